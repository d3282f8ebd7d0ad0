//! The terminal: who may print, in which colours, and what a failure looks like. Results go to standard output, everything
//! said about them to standard error.

mod ask;
mod events;
mod progress;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use perfctl_core::seams::View;
use perfctl_wire::settings::Color;

use crate::cli::{ColorChoice, GlobalArgs, STANDARD_OUTPUT};
use crate::error::{CommandError, Exit};
use crate::files::write_whole;
use crate::hidden;

pub(crate) use events::Screen;

/// What the terminal is like and what the user wants of it.
pub(crate) struct Ui {
    quiet: bool,
    /// What `--color` says; the settings are asked when it is silent.
    told: Option<ColorChoice>,
    out_is_terminal: bool,
    colour_out: AtomicBool,
    colour_err: AtomicBool,
    width: usize,
    is_terminal: bool,
    /// Whether everything is to be shown, `-v`.
    full: bool,
}

impl Ui {
    /// Looks at the terminal once.
    pub(crate) fn new(global: &GlobalArgs) -> Self {
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        let ui = Self {
            quiet: global.quiet,
            told: global.color,
            out_is_terminal: out,
            colour_out: AtomicBool::new(false),
            colour_err: AtomicBool::new(false),
            width: if out { width() } else { 0 },
            is_terminal: err,
            full: global.verbose > 0,
        };
        ui.colours(None);
        ui
    }

    /// Takes over what the settings say about colours, once they are read; `--color` wins.
    pub(crate) fn colours(&self, settings: Option<Color>) {
        // The variables are the user's word too, and nearer than a file.
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let from_file = settings.map(|color| match color {
            Color::Always if !plain => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto | Color::Always => ColorChoice::Auto,
        });
        let choice = self.told.or(from_file).unwrap_or(ColorChoice::Auto);
        let wanted = |is_terminal: bool| match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !plain,
        };
        self.colour_out
            .store(wanted(self.out_is_terminal), Ordering::Relaxed);
        self.colour_err
            .store(wanted(self.is_terminal), Ordering::Relaxed);
    }

    /// How results are rendered; colours only where they go to the terminal.
    pub(crate) fn view(&self, to_file: bool) -> View {
        View {
            colour: self.colour_out.load(Ordering::Relaxed) && !to_file,
            width: if to_file { 0 } else { self.width },
            suspicions: false,
            silenced: false,
            full: self.full,
            brief: self.quiet,
            flags: false,
        }
    }

    /// Whether results go to a terminal.
    pub(crate) fn shows_results(&self) -> bool {
        self.out_is_terminal
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

    /// Writes a result that is plain text for people. What files and users wrote cannot command the terminal.
    pub(crate) fn text(&self, text: &str) -> Result<(), CommandError> {
        self.result(perfctl_report::neutral_block(text).as_bytes())
    }

    /// Writes a result to the file of `--output`, or to standard output.
    pub(crate) fn deliver(&self, bytes: &[u8], file: Option<&Path>) -> Result<(), CommandError> {
        match file.filter(|file| *file != Path::new(STANDARD_OUTPUT)) {
            Some(file) => self.write(bytes, file),
            None => self.result(bytes),
        }
    }

    /// Writes a file that the user named, whole or not at all.
    pub(crate) fn write(&self, bytes: &[u8], file: &Path) -> Result<(), CommandError> {
        // A directory that is not there is a slip of the pen more often than a wish.
        if let Some(dir) = file
            .parent()
            .filter(|dir| *dir != Path::new("") && !dir.is_dir())
        {
            return Err(CommandError::usage(format!(
                "cannot write {}: there is no directory {}",
                file.display(),
                dir.display()
            )));
        }
        write_whole(file, bytes).map_err(|error| {
            CommandError::usage(format!("cannot write {}: {error}", file.display()))
        })
    }

    /// Clears the screen before something is shown once more; nothing where somebody else reads what is written.
    pub(crate) fn clear(&self) {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if self.draws() && self.out_is_terminal && !is_dumb {
            // To the top, and all below it away; what scrolled off stays.
            let _ = io::stderr().lock().write_all(b"\x1b[H\x1b[2J");
        }
    }

    /// Says something to the user beside the result.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            self.line(&perfctl_report::neutral_block(text));
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
        if self.colour_err.load(Ordering::Relaxed) {
            format!("{code}{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn line(&self, text: &str) {
        let mut err = io::stderr().lock();
        // Nothing can be done about a standard error that is gone.
        let _ = writeln!(err, "{}", hidden::clean(text));
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
