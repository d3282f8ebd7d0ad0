//! Changing a directory of plugins: one process at a time, and so that a machine that stops at any moment leaves every plugin that
//! the lock names whole.
//!
//! The lock's own rename is the one moment at which anything changes. What it does not name yet, or soon no more, lies aside until then: under
//! its name with its digest behind, by which the entry of the lock that has this digest finds it, and which makes it a plugin for nobody else.
//! Whoever changes the directory next tidies up.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use perfctl_core::seams::Stop;
use perfctl_wire::lock::{Lock, Locked};

use super::{SIGNATURE, Shelf, beside, disk, signature_of};
use crate::error::CommandError;
use crate::files::sha256;
use crate::interrupt::{BEAT, Held, Interrupt};
use crate::plugins::taken::twice;
use crate::plugins::{PACK_ENDING, WASM_ENDING, read};
use crate::ui::Ui;

/// How long another process may take for its change: it writes files, and asks nobody for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// A directory of plugins that this process alone may change, until this is dropped.
pub(crate) struct Change<'s> {
    shelf: &'s mut Shelf,
    _alone: File,
    // A second Ctrl-C would end the program in the middle.
    _held: Held,
}

/// A plugin that is put into a directory.
pub(crate) struct Placed<'p> {
    /// Its file.
    pub(crate) bytes: &'p [u8],
    /// The text of its signature.
    pub(crate) signature: Option<&'p str>,
    /// What the lock says of it.
    pub(crate) locked: Locked,
}

impl Shelf {
    /// Waits until nobody else changes the directory, and reads its lock as it is then.
    ///
    /// # Errors
    /// When somebody else does not come to an end, or the user asks to stop: nothing was changed.
    pub(crate) fn change(&mut self, ui: &Ui) -> Result<Change<'_>, CommandError> {
        let stop = Interrupt::listen();
        disk::make(&self.dir)?;
        let alone = alone(&self.dir, PATIENCE, &stop, &|text| ui.say(text))?;
        Change::begin(self, alone)
    }
}

/// Locks a directory. The files in it are replaced by every change, and a lock on one would go with it.
fn alone(
    dir: &Path,
    patience: Duration,
    stop: &dyn Stop,
    tell: &dyn Fn(&str),
) -> Result<File, CommandError> {
    let shown = dir.display();
    let file = File::open(dir)
        .map_err(|error| CommandError::failure(format!("cannot read {shown}: {error}")))?;
    let begun = Instant::now();
    let mut is_told = false;
    loop {
        if stop.requested() {
            return Err(CommandError::interrupted("no plugin was changed"));
        }
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if begun.elapsed() >= patience => {
                return Err(CommandError::failure(format!(
                    "another perfctl has been changing the plugins of {shown} for {} s: nothing was changed",
                    begun.elapsed().as_secs()
                ))
                .hint("say it again when that one has come to its end"));
            }
            Err(TryLockError::WouldBlock) => {
                if !is_told {
                    tell(&format!(
                        "waiting for another perfctl, which changes the plugins of {shown}"
                    ));
                    is_told = true;
                }
                std::thread::sleep(BEAT);
            }
            // Some network filesystems know no locks; there a plugin is still better than none.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

impl<'s> Change<'s> {
    fn begin(shelf: &'s mut Shelf, alone: File) -> Result<Self, CommandError> {
        let held = Interrupt.held();
        *shelf = Shelf::open(&shelf.dir)?;
        let change = Change {
            shelf,
            _alone: alone,
            _held: held,
        };
        change.tidy()?;
        Ok(change)
    }

    /// Refuses to go on where the plugin `id` is not as the user saw it: what was agreed to was a change of that.
    pub(crate) fn expect(&self, id: &str, seen: Option<&Locked>) -> Result<(), CommandError> {
        let is = self.shelf.lock.as_ref().and_then(|lock| lock.find(id));
        // Entries above it may have come or gone.
        let same = match (is, seen) {
            (Some(is), Some(seen)) => {
                *is == Locked {
                    line: is.line,
                    ..seen.clone()
                }
            }
            (is, seen) => is.is_none() && seen.is_none(),
        };
        match same {
            true => Ok(()),
            false => Err(CommandError::failure(format!(
                "another perfctl changed `{id}` in {} meanwhile: nothing was changed",
                self.shelf.lock_path().display()
            ))
            .hint("say it again, and see what it is about now")),
        }
    }

    /// Puts a plugin into the directory and its lock, in place of the one with its id.
    pub(crate) fn put(
        &mut self,
        bytes: &[u8],
        signature: Option<&str>,
        locked: Locked,
    ) -> Result<(), CommandError> {
        self.put_all(&[Placed {
            bytes,
            signature,
            locked,
        }])
    }

    /// Puts plugins, all of them or none.
    pub(crate) fn put_all(&mut self, all: &[Placed<'_>]) -> Result<(), CommandError> {
        let mut lock = self.shelf.lock.clone().unwrap_or_default();
        let put = all
            .iter()
            .try_for_each(|one| self.place(one, &mut lock))
            .and_then(|()| all.iter().try_for_each(|one| self.is_alone(one, &lock)))
            .and_then(|()| self.commit(lock));
        self.tidied(put)
    }

    /// Refuses a plugin with a rule that another one has, which may have come while the user was asked.
    fn is_alone(&self, one: &Placed<'_>, lock: &Lock) -> Result<(), CommandError> {
        match twice(lock, &one.locked) {
            None => Ok(()),
            Some((rule, other)) => Err(CommandError::failure(format!(
                "{rule} of `{}` is a rule of `{other}`, which another perfctl has put into {} meanwhile: nothing was changed",
                one.locked.id,
                self.shelf.lock_path().display()
            ))),
        }
    }

    /// Lays a plugin aside, for the entry that `lock` gets.
    fn place(&self, one: &Placed<'_>, lock: &mut Lock) -> Result<(), CommandError> {
        let path = self.shelf.path_of(&one.locked);
        let place = aside(&path, &one.locked.sha256);
        // The file comes last: with it the place counts.
        match one.signature {
            Some(text) => disk::write(&beside(&place), text.as_bytes())?,
            None => disk::remove(&beside(&place))?,
        }
        disk::write(&place, one.bytes)?;
        // A pack of scripts that becomes a component has another name.
        let earlier = lock.find(&one.locked.id);
        if let Some(earlier) = earlier.filter(|it| self.shelf.path_of(it) != path) {
            self.set_aside(earlier)?;
        }
        lock.put(one.locked.clone());
        Ok(())
    }

    /// Takes a plugin out of the lock and the directory.
    pub(crate) fn take(&mut self, id: &str) -> Result<Option<Locked>, CommandError> {
        let mut lock = self.shelf.lock.clone().unwrap_or_default();
        let Some(gone) = lock.remove(id) else {
            return Ok(None);
        };
        let took = self.set_aside(&gone).and_then(|()| self.commit(lock));
        self.tidied(took)?;
        Ok(Some(gone))
    }

    /// Moves the file of a plugin to where only its entry finds it.
    fn set_aside(&self, plugin: &Locked) -> Result<(), CommandError> {
        let path = self.shelf.path_of(plugin);
        if !path.is_file() {
            return Ok(());
        }
        let place = aside(&path, &plugin.sha256);
        if let Some(text) = signature_of(&path) {
            disk::write(&beside(&place), text.as_bytes())?;
        }
        disk::rename(&path, &place)?;
        disk::remove(&beside(&path))
    }

    /// From here on the directory holds what `lock` names.
    fn commit(&mut self, lock: Lock) -> Result<(), CommandError> {
        let folder = self.shelf.folder();
        if folder.is_dir() {
            disk::settle(&folder)?;
        }
        disk::write(&self.shelf.lock_path(), lock.write().as_bytes())?;
        self.shelf.lock = Some(lock);
        disk::settle(&self.shelf.dir)
    }

    /// Tidies up behind a change, or behind one that did not come to its end.
    fn tidied(&self, change: Result<(), CommandError>) -> Result<(), CommandError> {
        let tidied = self.tidy();
        change.and(tidied)
    }

    /// Gives what lies aside its own name where the lock names it, and removes it elsewhere.
    fn tidy(&self) -> Result<(), CommandError> {
        for plugin in self.shelf.locked() {
            let path = self.shelf.path_of(plugin);
            let place = aside(&path, &plugin.sha256);
            let bytes = read(&place);
            if !bytes.is_ok_and(|bytes| sha256(&bytes) == plugin.sha256) {
                continue;
            }
            // As long as the file lies there, its signature is looked for there.
            match signature_of(&place) {
                Some(text) => disk::write(&beside(&path), text.as_bytes())?,
                None => disk::remove(&beside(&path))?,
            }
            disk::rename(&place, &path)?;
            disk::remove(&beside(&place))?;
        }
        let entries = std::fs::read_dir(self.shelf.folder());
        for entry in entries.into_iter().flatten().flatten() {
            let path = entry.path();
            if is_aside(&path) && !path.is_dir() {
                disk::remove(&path)?;
            }
        }
        Ok(())
    }
}

/// Where a file with that digest lies while the lock is changed.
pub(super) fn aside(path: &Path, sha256: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{sha256}"));
    name.into()
}

/// Whether a name is one that [`aside`] gives to a plugin's file, or that of its signature.
fn is_aside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let signed = format!(".{SIGNATURE}");
    let name = name.strip_suffix(&signed).unwrap_or(&name);
    let endings = [WASM_ENDING, PACK_ENDING];
    unaside(name).is_some_and(|file| {
        let mut endings = endings.iter();
        endings.any(|ending| file.ends_with(&format!(".{ending}")))
    })
}

/// The name that [`aside`] was given.
pub(super) fn unaside(name: &str) -> Option<&str> {
    let (file, digest) = name.rsplit_once('.')?;
    let is_digest = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
    is_digest.then_some(file)
}

#[cfg(test)]
mod tests;
