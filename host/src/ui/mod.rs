//! The terminal: who may print, in which colours, and what a failure looks like. Results go to standard output, everything
//! said about them to standard error.

mod events;
mod progress;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use perfctl_core::seams::View;
use perfctl_wire::settings::Color;

use crate::cli::{ColorChoice, GlobalArgs};
use crate::error::{CommandError, Exit};
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

    /// Writes a result that is plain text for people. What files and users wrote cannot command the terminal.
    pub(crate) fn text(&self, text: &str) -> Result<(), CommandError> {
        self.result(perfctl_report::neutral_block(text).as_bytes())
    }

    /// Writes a result to a file, whole or not at all, or to standard output.
    pub(crate) fn deliver(&self, bytes: &[u8], file: Option<&Path>) -> Result<(), CommandError> {
        let Some(file) = file else {
            return self.result(bytes);
        };
        write_whole(file, bytes).map_err(|error| {
            CommandError::usage(format!("cannot write {}: {error}", file.display()))
        })
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

/// Writes `bytes` to a temporary file beside `file` and renames it. A link is followed, a device or a pipe is written into,
/// and a file that is there keeps its permissions.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with_mode(file, bytes, 0o666)
}

/// As [`write_whole`], for a file that holds what is nobody else's business: a new one is the user's alone.
pub(crate) fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with_mode(file, bytes, 0o600)
}

fn write_with_mode(file: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let file = &std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let there = std::fs::metadata(file).ok();
    if there
        .as_ref()
        .is_some_and(|there| !there.is_file() && !there.is_dir())
    {
        return std::fs::OpenOptions::new()
            .write(true)
            .open(file)?
            .write_all(bytes);
    }
    let dir = match file.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(dir)?;
    let mut temp = temporary(mode).tempfile_in(dir)?;
    temp.write_all(bytes)?;
    if let Some(there) = there.filter(std::fs::Metadata::is_file) {
        temp.as_file().set_permissions(there.permissions())?;
    }
    temp.as_file().sync_all()?;
    temp.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are private unless told otherwise; the user's umask still takes its share.
#[cfg(unix)]
fn temporary(mode: u32) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.permissions(std::fs::Permissions::from_mode(mode));
    builder
}

#[cfg(not(unix))]
fn temporary(_: u32) -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(file: &Path) -> u32 {
        std::fs::metadata(file)
            .expect("works here")
            .permissions()
            .mode()
            & 0o777
    }

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_a_private_one_is_private() {
        let dir = tempfile::tempdir().expect("works here");
        let (kept, private) = (dir.path().join("kept"), dir.path().join("a/private"));
        std::fs::write(&kept, "old").expect("works here");
        std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o640))
            .expect("works here");
        write_whole(&kept, b"new").expect("works here");
        assert_eq!(
            (mode(&kept), std::fs::read(&kept).expect("works here")),
            (0o640, b"new".to_vec())
        );
        write_private(&private, b"x").expect("works here");
        assert_eq!(mode(&private), 0o600);
    }

    #[test]
    fn a_link_stays_a_link_and_a_device_stays_a_device() {
        let dir = tempfile::tempdir().expect("works here");
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        std::fs::write(&file, "old").expect("works here");
        std::os::unix::fs::symlink("file", &link).expect("works here");
        write_whole(&link, b"new").expect("works here");
        assert!(
            std::fs::symlink_metadata(&link)
                .expect("works here")
                .is_symlink()
        );
        assert_eq!(std::fs::read(&file).expect("works here"), b"new");
        write_whole(Path::new("/dev/null"), b"new").expect("works here");
        assert!(
            !std::fs::metadata("/dev/null")
                .expect("works here")
                .is_file()
        );
    }
}
