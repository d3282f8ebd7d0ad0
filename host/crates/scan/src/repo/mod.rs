//! What only the whole repository can tell: which file an import means, what a function in another file returns or does.

pub mod aliases;
pub mod callgraph;
pub mod command;
pub mod dispatch;
pub mod facts;
pub mod flows;
pub mod loads;
pub mod modules;
pub mod packages;
pub mod put;
pub mod resolve;
#[cfg(test)]
pub(crate) mod scratch;
pub mod side;
mod wrapped;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use perfctl_core::seams::Stop;
use rustc_hash::FxHashSet;

use crate::lower::Language;
use crate::model::index::{FileIndex, TextId};
use facts::Facts;
use flows::Flows;
use modules::Modules;
use perfctl_core::path_class::PathClass;
use put::Put;
use resolve::Value;

/// Index of a file in its repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A file of code with its index.
#[derive(Debug)]
pub struct CodeFile {
    /// Path from the root.
    pub path: Arc<str>,
    /// Its language.
    pub language: Language,
    /// What kind of file it is.
    pub class: PathClass,
    /// The [`digest`](crate::source::digest) of its bytes.
    pub digest: u64,
    /// What others see of it.
    pub index: FileIndex,
    resolved: Box<[OnceLock<Box<[Value]>>]>,
}

impl CodeFile {
    /// A file; its paths are followed on demand.
    pub fn new(
        path: Arc<str>,
        language: Language,
        class: PathClass,
        digest: u64,
        index: FileIndex,
    ) -> Self {
        let resolved = (0..index.texts.len()).map(|_| OnceLock::new()).collect();
        Self {
            path,
            language,
            class,
            digest,
            index,
            resolved,
        }
    }

    /// The text of a path or name.
    pub fn text(&self, id: TextId) -> &str {
        self.index.texts.get(id)
    }
}

/// All code of a repository, linked by name.
pub struct Repo {
    /// The files, sorted by path.
    pub files: Vec<CodeFile>,
    /// Which file an import means.
    pub modules: Modules,
    /// What is known about libraries.
    pub facts: Arc<Facts>,
    sides: Vec<side::Side>,
    flows: Option<Flows>,
    put: Put,
    /// Whether all that leads from one place of the repository to another is known: flows, and what is put on objects.
    is_linked: bool,
    /// Whether what is being followed depends on something of it that is not known yet.
    needs_links: AtomicBool,
    /// Paths that do, while not all is known.
    pending: Mutex<FxHashSet<(FileId, TextId)>>,
}

impl Repo {
    /// Links `files`, sorted by path; less of what is handed from function to function is known when it is to stop.
    pub fn new(
        files: Vec<CodeFile>,
        modules: Modules,
        facts: Arc<Facts>,
        manifests: &side::Manifests,
        stop: &dyn Stop,
    ) -> Self {
        let put = Put::names(&files);
        let mut repo = Self {
            files,
            modules,
            facts,
            sides: Vec::new(),
            flows: None,
            put,
            is_linked: false,
            needs_links: AtomicBool::new(false),
            pending: Mutex::default(),
        };
        repo.sides = side::sides(&repo, manifests);
        repo.flows = Some(Flows::new(&repo, stop));
        repo.pending = Mutex::default();
        repo.put = Put::new(&repo, stop);
        repo.pending = Mutex::default();
        repo.is_linked = true;
        repo
    }

    /// The file.
    pub fn file(&self, id: FileId) -> &CodeFile {
        &self.files[id.0 as usize]
    }

    /// Every file id.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// Where the code of a file runs.
    pub fn side(&self, id: FileId) -> side::Side {
        self.sides.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The file at `path`.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.files
            .binary_search_by(|file| (*file.path).cmp(path))
            .ok()
            .map(|at| FileId(at as u32))
    }
}
