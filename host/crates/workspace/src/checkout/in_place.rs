//! A directory of the user's that is audited where it is: whether git knows it, its commit, its changes. Reads only; it
//! must never write, not even the index that git refreshes in passing.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Repository, RepositoryOpenFlags, StatusOptions};
use perfctl_core::event::Event;
use perfctl_core::repository::{Checkout, Source};
use perfctl_core::seams::Sink;

use super::lineage::committed_ms;
use super::{CheckoutError, absent, address, pipe};

/// What a directory is to git.
pub(super) enum Place {
    /// A repository without a work tree, or the `.git` directory of one that has.
    Bare(Repository),
    /// A work tree or a part of one.
    Tree(WorkTree),
    /// Nothing.
    Plain,
}

/// A directory within a work tree.
pub(super) struct WorkTree {
    repository: Repository,
    /// From the root of the work tree; `None` for the root.
    subdirectory: Option<PathBuf>,
}

/// Looks at `path`, which is canonical. What git cannot read (another user's repository, a format that it does not know)
/// is audited as a plain directory, and `sink` hears why nothing is known of commits.
pub(super) fn look(path: &Path, sink: &dyn Sink) -> Result<Place, CheckoutError> {
    let open = |flags| Repository::open_ext(path, flags, &[] as &[&Path]);
    let found = match open(RepositoryOpenFlags::NO_SEARCH) {
        Err(error) if error.code() == ErrorCode::NotFound => open(RepositoryOpenFlags::empty()),
        found => found,
    };
    let repository = match found {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(Place::Plain),
        // Without its objects there are no files to look at.
        Err(error) if looks_bare(path) => return Err(explain(&error, path)),
        Err(error) => {
            let why = explain(&error, path);
            sink.event(Event::Note(format!(
                "commit and changes are unknown: {why}"
            )));
            return Ok(Place::Plain);
        }
    };
    let own = repository
        .path()
        .canonicalize()
        .unwrap_or_else(|_| repository.path().to_path_buf());
    if path == own {
        return Ok(Place::Bare(repository));
    }
    let root = repository
        .workdir()
        .and_then(|root| root.canonicalize().ok());
    let Some(inner) = root
        .as_deref()
        .and_then(|root| path.strip_prefix(root).ok())
    else {
        return Ok(Place::Plain);
    };
    if path.starts_with(&own) {
        return Ok(Place::Plain);
    }
    let subdirectory = (!inner.as_os_str().is_empty()).then(|| inner.to_path_buf());
    if subdirectory
        .as_deref()
        .is_some_and(|inner| !is_tracked(&repository, inner))
    {
        // Merely lies in somebody's repository (a home directory under git, `node_modules`): its commit says nothing.
        return Ok(Place::Plain);
    }
    for remark in absent::remarks(&repository) {
        sink.event(Event::Note(remark));
    }
    Ok(Place::Tree(WorkTree {
        repository,
        subdirectory,
    }))
}

/// Whether the index holds a file below `directory`. Before the first commit, everything is meant to be the repository's that it does
/// not ignore.
fn is_tracked(repository: &Repository, directory: &Path) -> bool {
    let is_new = repository
        .head()
        .is_err_and(|error| error.code() == ErrorCode::UnbornBranch);
    if is_new && !repository.is_path_ignored(directory).unwrap_or(false) {
        return true;
    }
    let mut prefix = directory.as_os_str().as_encoded_bytes().to_vec();
    prefix.push(b'/');
    repository.index().is_ok_and(|index| {
        index.is_empty()
            || index
                .find_prefix(String::from_utf8_lossy(&prefix).as_ref())
                .is_ok()
    })
}

/// Whether `path` is laid out as a bare repository, for when git refuses to look.
fn looks_bare(path: &Path) -> bool {
    path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir()
}

/// Why `path` cannot be opened as a repository.
pub(super) fn explain(error: &git2::Error, path: &Path) -> CheckoutError {
    match error.code() {
        ErrorCode::Owner => CheckoutError::Owner {
            path: path.to_path_buf(),
        },
        ErrorCode::NotFound => CheckoutError::NotFound {
            what: path.display().to_string(),
        },
        _ => CheckoutError::Git {
            origin: path.display().to_string(),
            message: error.message().to_owned(),
        },
    }
}

/// The checkout of a directory that git does not know.
pub(super) fn plain(path: PathBuf) -> Checkout {
    let origin = path.display().to_string();
    let source = Source {
        name: address::name(&origin),
        origin,
        ..Source::default()
    };
    Checkout::new(path, source)
}

impl WorkTree {
    /// Its repository.
    pub(super) fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The directory from the root of the work tree.
    pub(super) fn subdirectory(&self) -> Option<&Path> {
        self.subdirectory.as_deref()
    }

    /// The checkout of `path` as it is now.
    pub(super) fn describe(&self, path: PathBuf) -> Result<Checkout, CheckoutError> {
        let origin = path.display().to_string();
        let head = self.repository.head().ok();
        let branch = head
            .as_ref()
            .filter(|head| head.is_branch())
            .and_then(|head| head.shorthand().ok());
        let commit = head.as_ref().and_then(|head| head.peel_to_commit().ok());
        let source = Source {
            name: address::name(&origin),
            commit: commit.as_ref().map(|commit| commit.id().to_string()),
            committed_ms: commit.as_ref().and_then(committed_ms),
            reference: branch.map(str::to_owned),
            dirty: self.is_dirty().map_err(|error| explain(&error, &path))?,
            remote: remote_of(&self.repository),
            subdirectory: self.subdirectory().map(with_slashes),
            origin,
        };
        Ok(Checkout::new(path, source))
    }

    /// Whether files of the directory differ from the commit, or are new and not ignored.
    fn is_dirty(&self) -> Result<bool, git2::Error> {
        // No commit holds such a file, so the tree is not what is committed.
        if pipe::in_the_way(&self.repository).is_some() {
            return Ok(true);
        }
        let mut options = StatusOptions::new();
        options
            .include_untracked(true)
            .recurse_untracked_dirs(false)
            .include_ignored(false)
            .exclude_submodules(true)
            .renames_head_to_index(false)
            // Git would write fresh file times to the index here; it is the user's.
            .update_index(false);
        if let Some(inner) = self.subdirectory() {
            options.disable_pathspec_match(true).pathspec(inner);
        }
        Ok(!self.repository.statuses(Some(&mut options))?.is_empty())
    }
}

/// The URL of the remote `origin`, without credentials.
pub(super) fn remote_of(repository: &Repository) -> Option<String> {
    let remote = repository.find_remote("origin").ok()?;
    remote.url().ok().map(address::redact)
}

/// A relative path as reports write it.
pub(super) fn with_slashes(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
