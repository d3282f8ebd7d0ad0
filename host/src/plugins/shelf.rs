//! A directory of plugins with the lock that pins them: `perfctl.lock`, and `plugins/` beside it.

mod change;
mod disk;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_wire::lock::{FILE, Lock, Locked};

pub(crate) use self::change::Placed;
use super::lost::brought_in;
use super::package::{file_name, manifest};
use super::{COMPONENT, content, is_plugin};
use crate::error::CommandError;
use crate::files::sha256;
use crate::own;

/// The folder of packs in a layer's directory.
const FOLDER: &str = "plugins";

/// The ending of a signature's file, behind that of what is signed.
const SIGNATURE: &str = "minisig";

/// A directory with packs, recipes, templates and settings, as far as its plugins go.
pub(crate) struct Shelf {
    /// The directory.
    pub(crate) dir: PathBuf,
    /// What its lock says; `None` where it has none.
    pub(crate) lock: Option<Lock>,
}

/// How the file of a plugin that the lock names is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// As the lock says.
    Whole(Arc<[u8]>),
    /// It is not there.
    Missing,
    /// It has another digest.
    Changed(String),
    /// It cannot be read.
    Unreadable(String),
}

/// A plugin in one file, with its rules.
pub(crate) struct Owner {
    /// The id of its pack.
    pub(crate) id: String,
    /// Its rules.
    pub(crate) rules: Vec<RuleId>,
    /// Its file.
    pub(crate) path: PathBuf,
    /// Whether a lock names it.
    pub(crate) is_locked: bool,
}

impl Shelf {
    /// The plugins of `dir`, which need not be there yet.
    pub(crate) fn open(dir: &Path) -> Result<Self, CommandError> {
        let path = dir.join(FILE);
        if let Some(file) = dir.ancestors().find(|part| part.is_file()) {
            return Err(CommandError::usage(format!(
                "{} is a file, and plugins lie in a directory",
                file.display()
            )));
        }
        let text = match repository_of(dir) {
            Some(root) => own::text_in(root, &path)?,
            None => own::text(&path)?,
        };
        let read = text.map(|text| Lock::read(&path.display().to_string(), &text));
        let lock = read.transpose().map_err(|faults| {
            CommandError::from(faults).hint(
                "perfctl writes this file: bring back the one before from version control, or move it away and `perfctl plugin add` each plugin anew",
            )
        })?;
        Ok(Self {
            dir: dir.to_owned(),
            lock,
        })
    }

    /// The bytes of a file in the directory. A repository's own directory is read through no link out of the repository.
    pub(crate) fn read(&self, path: &Path) -> Result<Arc<[u8]>, String> {
        match repository_of(&self.dir) {
            Some(root) if own::leads_out(root, path) => {
                Err("it is a link out of the repository: it is not read".to_owned())
            }
            _ => content::read(path),
        }
    }

    /// The lock's path.
    pub(crate) fn lock_path(&self) -> PathBuf {
        self.dir.join(FILE)
    }

    /// Where the packs are.
    pub(crate) fn folder(&self) -> PathBuf {
        self.dir.join(FOLDER)
    }

    /// The plugins that the lock names.
    pub(crate) fn locked(&self) -> &[Locked] {
        self.lock.as_ref().map_or(&[], |lock| &lock.plugins)
    }

    /// Where the file of a plugin lies: under its own name, or still aside where a change of the lock was cut off.
    pub(crate) fn place_of(&self, plugin: &Locked) -> PathBuf {
        let path = self.path_of(plugin);
        let aside = change::aside(&path, &plugin.sha256);
        match aside.is_file() {
            true => aside,
            false => path,
        }
    }

    /// Where the file of a plugin belongs.
    pub(crate) fn path_of(&self, plugin: &Locked) -> PathBuf {
        let name = file_name(&plugin.id, plugin.contract.is_some());
        self.folder().join(name)
    }

    /// The plugin that the lock means with this file.
    pub(crate) fn owner_of(&self, file: &Path) -> Option<&Locked> {
        self.locked()
            .iter()
            .find(|plugin| file.file_name() == self.path_of(plugin).file_name())
    }

    /// How the file of a plugin is. What is [`State::Whole`] is what was read and has the lock's digest.
    pub(crate) fn state(&self, plugin: &Locked) -> State {
        self.state_by(plugin, sha256)
    }

    /// The same, with the digests that `sha256` gives.
    pub(crate) fn state_by(&self, plugin: &Locked, sha256: impl Fn(&[u8]) -> String) -> State {
        let path = self.place_of(plugin);
        match std::fs::symlink_metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return State::Missing,
            // It may well be there, behind a directory that this user may not look into.
            Err(error) => {
                return State::Unreadable(format!("{} cannot be read: {error}", path.display()));
            }
            Ok(_) => {}
        }
        match self.read(&path) {
            Ok(bytes) => match sha256(&bytes) {
                digest if digest == plugin.sha256 => State::Whole(bytes),
                digest => State::Changed(digest),
            },
            Err(why) => State::Unreadable(why),
        }
    }

    /// The plugins in one file that runs read here, with the rules that each has: those of the lock, or where there is none, those that lie
    /// there.
    pub(crate) fn owners(&self) -> Vec<Owner> {
        let locked = self.locked().iter().map(|plugin| Owner {
            id: plugin.id.clone(),
            rules: plugin.rules.clone(),
            path: self.place_of(plugin),
            is_locked: true,
        });
        let mut owners: Vec<Owner> = locked.collect();
        if self.lock.is_none() {
            let strays = self.strays().into_iter();
            // A component in a pack's folder is that folder's.
            let strays = strays.filter(|path| path.parent() == Some(&self.folder()));
            owners.extend(strays.filter_map(|path| {
                let carried = manifest(&self.read(&path).ok()?).ok()?;
                Some(Owner {
                    rules: brought_in(&carried.files, &carried.id).rules,
                    id: carried.id,
                    is_locked: false,
                    path,
                })
            }));
        }
        owners
    }

    /// What is asked from here on is answered as if a plugin were in the lock. Nothing is written.
    pub(crate) fn suppose(&mut self, plugin: Locked) {
        self.lock.get_or_insert_default().put(plugin);
    }

    /// Names of the folders of packs in the directory, in their order. Those that carry a component are told by that.
    pub(crate) fn folders(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder());
        let paths = entries.into_iter().flatten().flatten();
        let paths = paths.map(|entry| entry.path());
        let packs = paths
            .filter(|path| path.join("pack.toml").is_file() && !path.join(COMPONENT).is_file());
        let names = packs.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// What a first lock in the directory, which names `named` alone, would put out of action: without one all that lies there runs.
    pub(crate) fn first_lock_note(&self, named: &[&Locked]) -> Option<String> {
        if self.lock.is_some() {
            return None;
        }
        let folder = self.folder();
        let places: Vec<PathBuf> = named.iter().map(|plugin| self.path_of(plugin)).collect();
        let is_left = |path: &PathBuf| path.parent() == Some(&folder) && !places.contains(path);
        let left = self.strays().into_iter().filter(is_left);
        let shown: Vec<String> = left.map(|path| path.display().to_string()).collect();
        (!shown.is_empty()).then(|| {
            format!(
                "note: this is the first entry of {}, and beside a lock nothing runs that it does not name: `perfctl plugin add FILE{}` names {}",
                self.lock_path().display(),
                super::dir_option(self),
                shown.join(", ")
            )
        })
    }

    /// Files of plugins in the directory that the lock does not name, in the order of their names. Folders of packs that carry
    /// a component are told by that component.
    pub(crate) fn strays(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder());
        let paths = entries.into_iter().flatten().flatten();
        let mut strays: Vec<PathBuf> = paths
            .filter_map(|entry| {
                let path = entry.path();
                let component = path.join(COMPONENT);
                let is_locked = is_plugin(&path) && self.owner_of(&path).is_some();
                match component.is_file() {
                    true => Some(component),
                    false => (is_plugin(&path) && !is_locked).then_some(path),
                }
            })
            .collect();
        strays.sort();
        strays
    }
}

/// The signature beside the file of a plugin.
pub(crate) fn signature_of(file: &Path) -> Option<String> {
    content::text(&beside(file), perfctl_fetch::MOST_OF_A_SIGNATURE)
}

/// The repository whose own directory `dir` is: a stranger may have written that.
fn repository_of(dir: &Path) -> Option<&Path> {
    let is_own = dir.file_name().is_some_and(|name| name == own::OWN);
    let root = dir.parent().filter(|_| is_own)?;
    Some(match root.as_os_str().is_empty() {
        true => Path::new("."),
        false => root,
    })
}

/// The name that a file gets back which lies aside while its lock is changed.
pub(super) fn unaside(name: &str) -> Option<&str> {
    change::unaside(name)
}

/// Where the signature of a file lies.
pub(crate) fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{SIGNATURE}"));
    name.into()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_repositorys_own_directory_is_read_through_no_link_out_of_it() {
        let world = tempfile::tempdir().expect("works here");
        std::fs::write(world.path().join("secret"), "token").expect("works here");
        for (dir, is_stranger) in [("shop/.perfctl", true), ("mine", false)] {
            let dir = world.path().join(dir);
            let folder = dir.join(FOLDER);
            std::fs::create_dir_all(&folder).expect("works here");
            let (link, out) = (folder.join("a.wasm"), world.path().join("secret"));
            symlink(&out, &link).expect("works here");
            let shelf = Shelf::open(&dir).expect("no lock");
            let read = shelf.read(&link);
            assert_eq!(read.is_err(), is_stranger, "{read:?}");
            symlink(&out, dir.join(FILE)).expect("works here");
            let refused = Shelf::open(&dir).err().expect("no lock").message;
            assert_eq!(
                refused.contains("a link out of the repository"),
                is_stranger,
                "{refused}"
            );
        }
    }
}
