//! A directory of plugins with the lock that pins them: `perfctl.lock`, and `plugins/` beside it.

mod change;
mod disk;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use perfctl_wire::lock::{FILE, Lock, Locked};

use super::package::file_name;
use super::{COMPONENT, is_plugin, read};
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

impl Shelf {
    /// The plugins of `dir`, which need not be there yet.
    pub(crate) fn open(dir: &Path) -> Result<Self, CommandError> {
        let path = dir.join(FILE);
        let text = own::text(&path)?;
        let read = text.map(|text| Lock::read(&path.display().to_string(), &text));
        Ok(Self {
            dir: dir.to_owned(),
            lock: read.transpose()?,
        })
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
        if std::fs::symlink_metadata(&path).is_err() {
            return State::Missing;
        }
        match read(&path) {
            Ok(bytes) => match sha256(&bytes) {
                digest if digest == plugin.sha256 => State::Whole(bytes),
                digest => State::Changed(digest),
            },
            Err(why) => State::Unreadable(why),
        }
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
    let path = beside(file);
    let is_small = std::fs::metadata(&path)
        .is_ok_and(|meta| meta.is_file() && meta.len() <= perfctl_fetch::MOST_OF_A_SIGNATURE);
    is_small.then(|| std::fs::read_to_string(path).ok())?
}

/// Where the signature of a file lies.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{SIGNATURE}"));
    name.into()
}
