//! What a change of a directory of plugins does to files, a step each, so that tests can let the machine stop between any two.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::error::CommandError;
use crate::files::write_whole;

/// Writes a file whole, and the directory for it where it is not there.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    if let Some(dir) = path.parent() {
        make(dir)?;
    }
    running()
        .and_then(|()| write_whole(path, bytes))
        .map_err(|error| failed("write", path, &error))
}

/// Makes a directory, if it is not there.
pub(super) fn make(dir: &Path) -> Result<(), CommandError> {
    running()
        .and_then(|()| fs::create_dir_all(dir))
        .map_err(|error| failed("make", dir, &error))
}

/// Gives a file another name, in place of what has it.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), CommandError> {
    running()
        .and_then(|()| fs::rename(from, to))
        .map_err(|error| failed("write", to, &error))
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), CommandError> {
    match running().and_then(|()| fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Has the names in a directory written, before anything that relies on them: a file's bytes are not all of it.
pub(super) fn settle(dir: &Path) -> Result<(), CommandError> {
    let synced = running().and_then(|()| File::open(dir)?.sync_all());
    match synced {
        // Some filesystems have nothing to write there.
        Err(error) if error.kind() != io::ErrorKind::InvalidInput => {
            Err(failed("write", dir, &error))
        }
        _ => Ok(()),
    }
}

fn failed(what: &str, path: &Path, error: &io::Error) -> CommandError {
    CommandError::failure(format!("cannot {what} {}: {error}", path.display()))
}

#[cfg(not(test))]
fn running() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use self::stopping::{running, stop_after};

/// A machine that stops.
#[cfg(test)]
mod stopping {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    }

    /// Nothing is done any more after `steps`; with `None`, everything is.
    pub(in super::super) fn stop_after(steps: Option<usize>) {
        LEFT.set(steps);
    }

    pub(in super::super) fn running() -> io::Result<()> {
        match LEFT.get() {
            Some(0) => Err(io::Error::other("the machine stopped")),
            left => {
                LEFT.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}
