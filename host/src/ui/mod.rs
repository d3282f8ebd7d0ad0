//! The terminal: who may print, in which colours, and what a failure looks like. Results go to standard output, everything
//! said about them to standard error.

mod events;
mod progress;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use perfctl_core::seams::View;

use crate::cli::{ColorChoice, GlobalArgs};
use crate::error::{CommandError, Exit};

pub(crate) use events::Screen;

/// What the terminal is like and what the user wants of it.
pub(crate) struct Ui {
    quiet: bool,
    colour_out: bool,
    colour_err: bool,
    width: usize,
    is_terminal: bool,
}

impl Ui {
    /// Looks at the terminal once.
    pub(crate) fn new(global: &GlobalArgs) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let wanted = |is_terminal: bool| match global.color.unwrap_or(ColorChoice::Auto) {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !plain,
        };
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        Self {
            quiet: global.quiet,
            colour_out: wanted(out),
            colour_err: wanted(err),
            width: if out { width() } else { 0 },
            is_terminal: err,
        }
    }

    /// How results are rendered; colours only where they go to the terminal.
    pub(crate) fn view(&self, to_file: bool) -> View {
        View {
            colour: self.colour_out && !to_file,
            width: if to_file { 0 } else { self.width },
            suspicions: false,
            silenced: false,
        }
    }

    /// Whether progress may be drawn.
    pub(crate) fn draws(&self) -> bool {
        self.is_terminal && !self.quiet
    }

    /// Whether only the result is wanted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes a result. A reader that went away (`| head`) is no failure.
    pub(crate) fn result(&self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::failure(
                format!("cannot write the result: {error}"),
            )),
            _ => Ok(()),
        }
    }

    /// Writes a result to a file, whole or not at all, or to standard output.
    pub(crate) fn deliver(&self, bytes: &[u8], file: Option<&Path>) -> Result<(), CommandError> {
        let Some(file) = file else {
            return self.result(bytes);
        };
        write_whole(file, bytes).map_err(|error| {
            CommandError::failure(format!("cannot write {}: {error}", file.display()))
        })
    }

    /// Says something to the user beside the result.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            self.line(text);
        }
    }

    /// Says what must not be missed, `--quiet` or not.
    pub(crate) fn warn(&self, text: &str) {
        let text = perfctl_report::neutral_block(text);
        self.line(&format!(
            "{} {text}",
            self.paint("warning:", "\u{1b}[1;33m")
        ));
    }

    /// Reports why a command failed.
    pub(crate) fn failure(&self, error: &CommandError) {
        let message = perfctl_report::neutral_block(&error.message);
        let word = match error.exit {
            Exit::Bug => "perfctl has a bug:",
            _ => "error:",
        };
        // A list of faults brings its own heads.
        if message.starts_with("error") {
            self.line(&message);
        } else {
            self.line(&format!("{} {message}", self.paint(word, "\u{1b}[1;31m")));
        }
        for hint in &error.hints {
            self.line(&format!(
                "{} {}",
                self.paint("help:", "\u{1b}[1;36m"),
                perfctl_report::neutral_block(hint)
            ));
        }
    }

    fn paint(&self, text: &str, code: &str) -> String {
        if self.colour_err {
            format!("{code}{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn line(&self, text: &str) {
        let mut err = io::stderr().lock();
        // Nothing can be done about a standard error that is gone.
        let _ = writeln!(err, "{text}");
    }
}

/// Says that perfctl itself broke; the panic's own message stands above.
pub(crate) fn bug() {
    let text = format!(
        "perfctl {} has a bug: the message above says where.\nPlease report it with that message and the command line; nothing \
         was half-written, results are renamed into place when they are complete.",
        env!("CARGO_PKG_VERSION")
    );
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Columns of the terminal; 100 when it does not say.
fn width() -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok());
    told.or_else(|| {
        rustix::termios::tcgetwinsize(io::stdout())
            .ok()
            .map(|size| usize::from(size.ws_col))
    })
    .filter(|columns| *columns > 0)
    .unwrap_or(100)
}

/// Writes `bytes` to a temporary file beside `file` and renames it.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = match file.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(dir)?;
    let mut temp = tempfile::NamedTempFile::new_in(dir)?;
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    let persisted = temp.persist(file).map_err(|error| error.error)?;
    readable(&persisted)?;
    Ok(())
}

/// Temporary files are private; a result is as readable as any file the user makes.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}
