//! What git's ignore rules leave out of a walk: the `.gitignore` files from the repository's root downwards and its
//! `info/exclude`, never what git has tracked all the same, and nothing that only a machine or another tool knows of.
//!
//! The files come from the repository that is looked at, so one that is a link or too large is refused and said to be.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use perfctl_core::run::Problem;
use rustc_hash::FxHashMap;

use super::index::Index;
use super::rule::Rules;
use crate::source;

/// The largest file of ignore rules that is read, in bytes. Those of large projects have a few thousand.
const LARGEST: u64 = 64 << 10;

/// Bytes of ignore rules that are read in one walk: each may be looked for in every path.
const MOST: u64 = 1 << 20;

/// The largest index that is read, in bytes; a million files take about a hundred bytes each.
const LARGEST_INDEX: u64 = 128 << 20;

/// A git repository that the walk came upon: the one looked at, or one that lies inside it.
struct Repository {
    root: PathBuf,
    /// Where its index lies; `None` for a directory that is no repository.
    index: Option<PathBuf>,
    exclude: Rules,
    tracked: OnceLock<Index>,
}

/// A directory, as ignore rules see it.
struct Folder {
    repository: Arc<Repository>,
    path: PathBuf,
    above: Option<Arc<Folder>>,
    rules: Rules,
    /// Whether the directory as a whole is left out: what stands in it is so too, unless it is tracked.
    is_left_out: bool,
}

/// The ignore rules of one walk.
pub(super) struct Ignored {
    root: PathBuf,
    /// The highest directory whose rules count.
    top: PathBuf,
    folders: Mutex<FxHashMap<PathBuf, Arc<Folder>>>,
    problems: Mutex<Vec<Problem>>,
    read: AtomicU64,
    left_out: Mutex<BTreeSet<String>>,
}

impl Ignored {
    /// The rules for a walk below `root`, which may be a part of a repository: then those above it count as well, unless they
    /// leave out `root` itself, which makes it no part of that repository.
    pub(super) fn below(root: &Path) -> Self {
        // What cannot be resolved cannot be listed either, and the walk says so.
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let top = root.ancestors().find(|directory| is_repository(directory));
        let top = top.unwrap_or(&root).to_owned();
        let rules = Self::from(root.clone(), top);
        let folder = rules.folder(&root);
        if folder.is_left_out && !folder.repository.tracks(&root, true) {
            return Self::from(root.clone(), root);
        }
        rules
    }

    fn from(root: PathBuf, top: PathBuf) -> Self {
        Self {
            root,
            top,
            folders: Mutex::default(),
            problems: Mutex::default(),
            read: AtomicU64::new(0),
            left_out: Mutex::default(),
        }
    }

    /// Whether the rules leave out what stands at `relative`, a path from the root of the walk.
    pub(super) fn leaves_out(&self, relative: &Path, is_dir: bool) -> bool {
        let path = self.root.join(relative);
        let Some(parent) = path.parent().filter(|_| path != self.root) else {
            return false;
        };
        let folder = self.folder(parent);
        let leaves_out = (folder.is_left_out || folder.ignores(&path, is_dir))
            && !folder.repository.tracks(&path, is_dir);
        if leaves_out {
            let path = relative.to_string_lossy();
            let path = path.replace(std::path::MAIN_SEPARATOR, "/");
            let all = self.left_out.lock();
            all.unwrap_or_else(PoisonError::into_inner).insert(path);
        }
        leaves_out
    }

    /// The files and directories that were left out, without what stands in those directories.
    pub(super) fn left_out(&self) -> BTreeSet<String> {
        let all = self.left_out.lock();
        all.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Files of ignore rules that were not read.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.problems
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn folder(&self, directory: &Path) -> Arc<Folder> {
        let folders = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = folders().get(directory) {
            return known.clone();
        }
        let folder = Arc::new(self.read_folder(directory));
        folders()
            .entry(directory.to_owned())
            .or_insert(folder)
            .clone()
    }

    fn read_folder(&self, directory: &Path) -> Folder {
        let is_first = directory == self.top || is_repository(directory);
        let above = match directory.parent() {
            Some(parent) if !is_first => Some(self.folder(parent)),
            _ => None,
        };
        let (repository, is_left_out) = match &above {
            Some(above) => (
                above.repository.clone(),
                above.is_left_out || above.ignores(directory, true),
            ),
            None => (Arc::new(self.repository(directory)), false),
        };
        Folder {
            path: directory.to_owned(),
            rules: self.rules(&directory.join(".gitignore")),
            repository,
            above,
            is_left_out,
        }
    }

    fn repository(&self, root: &Path) -> Repository {
        let git = git_directory(root);
        let exclude = match &git {
            Some(git) => self.rules(&shared_directory(git).join("info/exclude")),
            None => Rules::default(),
        };
        Repository {
            root: root.to_owned(),
            index: git.map(|git| git.join("index")),
            exclude,
            tracked: OnceLock::new(),
        }
    }

    /// The rules in the file at `path`.
    fn rules(&self, path: &Path) -> Rules {
        match self.load(path) {
            Ok(text) => text.map_or_else(Rules::default, |text| Rules::read(&text)),
            Err(reason) => {
                self.refuse(path, &reason);
                Rules::default()
            }
        }
    }

    /// The text of a file of rules; `None` when there is none.
    fn load(&self, path: &Path) -> Result<Option<String>, String> {
        let Ok(found) = path.symlink_metadata() else {
            return Ok(None);
        };
        if !found.is_file() {
            // A directory of that name is no list of rules for git either.
            return match found.is_dir() {
                true => Ok(None),
                false => Err("it is no file of its own".to_owned()),
            };
        }
        let read = self.read.fetch_add(found.len(), Ordering::Relaxed);
        if found.len() > LARGEST {
            return Err(format!("it has more than {LARGEST} bytes"));
        }
        if read + found.len() > MOST {
            return Err(format!("the ignore rules have more than {MOST} bytes"));
        }
        match source::load(path, LARGEST) {
            Ok(bytes) => Ok(Some(source::decode(&bytes).into_owned())),
            Err(_) => Err("it cannot be read as text".to_owned()),
        }
    }

    fn refuse(&self, path: &Path, reason: &str) {
        let subject = path.strip_prefix(&self.root).unwrap_or(path);
        self.problems
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Problem {
                subject: subject.to_string_lossy().into_owned(),
                message: format!("its ignore rules were not applied: {reason}"),
            });
    }
}

impl Folder {
    /// Whether rules of this directory or of one above it name `path`; the nearest rule decides.
    fn ignores(&self, path: &Path, is_dir: bool) -> bool {
        let mut at = Some(self);
        while let Some(folder) = at {
            match folder.rules.leaves_out(below(&folder.path, path), is_dir) {
                Some(leaves_out) => return leaves_out,
                None => at = folder.above.as_deref(),
            }
        }
        let path = below(&self.repository.root, path);
        self.repository.exclude.leaves_out(path, is_dir) == Some(true)
    }
}

impl Repository {
    /// Whether git has `path`, or something below it, whatever its rules say.
    fn tracks(&self, path: &Path, is_dir: bool) -> bool {
        let Ok(relative) = path.strip_prefix(&self.root) else {
            return false;
        };
        let tracked = self.tracked.get_or_init(|| {
            let bytes = self.index.as_deref().and_then(|index| {
                let found = index.symlink_metadata().ok()?;
                let is_read = found.is_file() && found.len() <= LARGEST_INDEX;
                is_read.then(|| std::fs::read(index).ok())?
            });
            bytes.map_or_else(Index::default, |bytes| Index::read(&bytes))
        });
        tracked.holds(relative) || is_dir && tracked.holds_below(relative)
    }
}

/// `path` from `directory`, which it lies in.
fn below<'p>(directory: &Path, path: &'p Path) -> &'p [u8] {
    let relative = path.strip_prefix(directory).unwrap_or(path);
    relative.as_os_str().as_encoded_bytes()
}

fn is_repository(directory: &Path) -> bool {
    directory.join(".git").symlink_metadata().is_ok()
}

/// What `.git` is, or says when it is a file, which it is in submodules and linked work trees.
fn git_directory(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    let kind = git.symlink_metadata().ok()?;
    if kind.is_dir() {
        return Some(git);
    }
    let text = line_of(&git)?;
    Some(root.join(text.strip_prefix("gitdir:")?.trim()))
}

/// The directory that the work trees of one repository have in common.
fn shared_directory(git: &Path) -> PathBuf {
    match line_of(&git.join("commondir")) {
        Some(line) => git.join(line.trim()),
        None => git.to_owned(),
    }
}

/// The text of a file that holds a path and nothing else.
fn line_of(path: &Path) -> Option<String> {
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    String::from_utf8(source::load(path, 4096).ok()?).ok()
}
