//! What must not appear in anything that this process writes: one redactor for the log and for what the terminal is told, set
//! as soon as the secrets are known. What the engine writes it redacts itself.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{PoisonError, RwLock};

use perfctl_engine::redact::Redactor;

static HIDDEN: RwLock<Option<Redactor>> = RwLock::new(None);

/// Hides these texts from now on.
pub(crate) fn hide(secrets: &[String]) {
    let redactor = Redactor::new(secrets.iter().map(String::as_str));
    *HIDDEN.write().unwrap_or_else(PoisonError::into_inner) = Some(redactor);
}

/// `text` without what is hidden.
pub(crate) fn clean(text: &str) -> String {
    let hidden = HIDDEN.read().unwrap_or_else(PoisonError::into_inner);
    hidden
        .as_ref()
        .map_or(Cow::Borrowed(text), |redactor| redactor.text(text))
        .into_owned()
}

/// Standard error without what is hidden. The log writes one event at a time.
pub(crate) struct CleanStderr;

impl Write for CleanStderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let hidden = HIDDEN.read().unwrap_or_else(PoisonError::into_inner);
        let shown = hidden
            .as_ref()
            .map_or(Cow::Borrowed(bytes), |redactor| redactor.bytes(bytes));
        io::stderr().lock().write_all(&shown)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}
