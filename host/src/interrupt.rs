//! Ctrl-C: the first asks to stop and leave what there is, the second ends the program at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use perfctl_core::seams::Stop;

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Whether the user pressed Ctrl-C.
pub(crate) struct Interrupt;

impl Interrupt {
    /// Starts listening. Without it (a second listener, no signals) the program just ends on Ctrl-C.
    pub(crate) fn listen() -> Self {
        let listening = ctrlc::set_handler(|| {
            if ASKED.fetch_add(1, Ordering::SeqCst) > 0 {
                std::process::exit(130);
            }
        });
        if let Err(error) = listening {
            tracing::debug!(%error, "Ctrl-C will end the program at once");
        }
        Interrupt
    }
}

impl Stop for Interrupt {
    fn requested(&self) -> bool {
        ASKED.load(Ordering::SeqCst) > 0
    }
}
