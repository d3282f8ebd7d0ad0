//! The one temporary place of a run. It is gone when the run is over, also after an error or Ctrl-C; what a killed run
//! left behind, the next one removes. It must not know what is kept in it.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::process::getuid;
use tempfile::TempDir;

/// How the names of all such places begin.
const PREFIX: &str = "perfctl-run-";

/// Locked as long as the run lives. A place without one is kept for the user and never swept.
const LOCK: &str = "lock";

/// A temporary place that could not be made or removed.
#[derive(Debug, thiserror::Error)]
#[error(
    "temporary directory {path} cannot be {done}: {source}; set TMPDIR to a directory with room"
)]
pub struct TempError {
    path: PathBuf,
    done: &'static str,
    source: io::Error,
}

/// The temporary place of one run: a directory that only this user can read.
#[derive(Debug)]
pub struct RunDirectory {
    path: PathBuf,
    /// `None` when it is kept.
    held: Option<(TempDir, File)>,
}

impl RunDirectory {
    /// A place in the system's directory for temporary files. With `keep` it stays, for `--keep-temp`.
    ///
    /// # Errors
    /// When no directory can be made there.
    pub fn create(keep: bool) -> Result<Self, TempError> {
        Self::create_in(&std::env::temp_dir(), keep)
    }

    /// A place in `parent`.
    ///
    /// # Errors
    /// When no directory can be made there.
    pub fn create_in(parent: &Path, keep: bool) -> Result<Self, TempError> {
        let told = |source| TempError {
            path: parent.to_path_buf(),
            done: "made",
            source,
        };
        sweep(parent);
        let place = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent)
            .map_err(told)?;
        let path = fs::canonicalize(place.path()).map_err(told)?;
        if keep {
            let _ = place.keep();
            return Ok(Self { path, held: None });
        }
        let lock = lock(&path).map_err(told)?;
        Ok(Self {
            path,
            held: Some((place, lock)),
        })
    }

    /// Its absolute path without symbolic links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it stays when the run is over.
    pub fn is_kept(&self) -> bool {
        self.held.is_none()
    }

    /// Where a clone goes; not made yet.
    pub fn checkout(&self) -> PathBuf {
        self.path.join("checkout")
    }

    /// The scratch directory of the step `name`; not made yet. Characters that mean something in paths are replaced.
    pub fn scratch(&self, name: &str) -> PathBuf {
        let name: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        self.path.join("scratch").join(name)
    }

    /// Removes it now and says when that fails; dropping it removes it, too, but in silence.
    ///
    /// # Errors
    /// When something in it cannot be removed.
    pub fn close(mut self) -> Result<(), TempError> {
        self.remove().map_err(|source| TempError {
            path: self.path.clone(),
            done: "removed",
            source,
        })
    }

    fn remove(&mut self) -> io::Result<()> {
        match self.held.take() {
            Some((place, _lock)) => {
                // Removed here, because what programs leave may be read only, which `TempDir` gives up on.
                let path = place.keep();
                remove_tree(&path)
            }
            None => Ok(()),
        }
    }
}

impl Drop for RunDirectory {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            tracing::warn!(path = %self.path.display(), %error, "temporary directory not removed");
        }
    }
}

/// Makes the lock under another name first: under its own it is never seen unlocked while the run lives.
fn lock(place: &Path) -> io::Result<File> {
    let (early, name) = (place.join("lock.new"), place.join(LOCK));
    let file = File::create(&early)?;
    file.try_lock().map_err(io::Error::from)?;
    fs::rename(early, name)?;
    Ok(file)
}

/// Removes the places of this user's runs that were killed: those whose lock nobody holds.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        if !entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(PREFIX.as_bytes())
        {
            continue;
        }
        let path = entry.path();
        // Anybody may put a link with such a name into a directory that all can write to.
        let ours = fs::symlink_metadata(&path)
            .is_ok_and(|about| about.is_dir() && about.uid() == getuid().as_raw());
        if !ours {
            continue;
        }
        let Ok(lock) = File::open(path.join(LOCK)) else {
            continue;
        };
        if lock.try_lock().is_ok() {
            tracing::debug!(path = %path.display(), "left by a run that was killed");
            let _ = remove_tree(&path);
        }
    }
}

/// Removes a tree, making directories writable where that is what hinders.
fn remove_tree(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open_up(path);
            fs::remove_dir_all(path)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn open_up(directory: &Path) {
    let _ = fs::set_permissions(directory, Permissions::from_mode(0o700));
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        // `file_type` does not follow links, so nothing outside is touched.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            open_up(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parent() -> TempDir {
        tempfile::tempdir().expect("a temporary directory")
    }

    #[test]
    fn the_place_is_private_and_gone_when_dropped() {
        let parent = parent();
        let place = RunDirectory::create_in(parent.path(), false).expect("made");
        let path = place.path().to_path_buf();
        fs::create_dir_all(place.scratch("a/../b")).expect("scratch");
        assert!(place.scratch("a/../b").starts_with(&path));
        assert_eq!(place.scratch("a/../b").file_name(), Some("a____b".as_ref()));
        assert_eq!(fs::metadata(&path).expect("there").mode() & 0o777, 0o700);
        drop(place);
        assert!(!path.exists());
    }

    #[test]
    fn read_only_directories_left_by_a_program_are_removed_too() {
        let parent = parent();
        let place = RunDirectory::create_in(parent.path(), false).expect("made");
        let inner = place.path().join("module/cache");
        fs::create_dir_all(&inner).expect("directories");
        fs::write(inner.join("file"), "x").expect("a file");
        for path in [&inner, &place.path().join("module")] {
            fs::set_permissions(path, Permissions::from_mode(0o555)).expect("permissions");
        }
        let path = place.path().to_path_buf();
        place.close().expect("removed");
        assert!(!path.exists());
    }

    #[test]
    fn a_kept_place_stays_and_is_not_swept() {
        let parent = parent();
        let kept = RunDirectory::create_in(parent.path(), true).expect("made");
        let path = kept.path().to_path_buf();
        assert!(kept.is_kept());
        drop(kept);
        drop(RunDirectory::create_in(parent.path(), false).expect("made"));
        assert!(path.is_dir());
    }

    #[test]
    fn what_a_killed_run_left_is_swept_and_a_living_run_is_not() {
        let parent = parent();
        let dead = parent.path().join("perfctl-run-dead");
        fs::create_dir_all(dead.join("checkout")).expect("directories");
        fs::write(dead.join(LOCK), "").expect("a lock");
        let alive = RunDirectory::create_in(parent.path(), false).expect("made");
        assert!(!dead.exists());
        let other = RunDirectory::create_in(parent.path(), false).expect("made");
        assert!(alive.path().is_dir() && other.path().is_dir());
    }

    #[test]
    fn a_link_with_such_a_name_is_not_followed() {
        let parent = parent();
        let target = parent.path().join("precious");
        fs::create_dir_all(&target).expect("directories");
        fs::write(target.join(LOCK), "").expect("a lock");
        std::os::unix::fs::symlink(&target, parent.path().join("perfctl-run-link")).expect("link");
        drop(RunDirectory::create_in(parent.path(), false).expect("made"));
        assert!(target.join(LOCK).is_file());
    }
}
