//! Which lines differ from where a branch began: what `--changed-since` reports findings on. Reads only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use git2::{
    Delta, Diff, DiffFile, DiffFindOptions, DiffLineType, DiffOptions, ErrorCode, FileMode, Oid,
    Patch, Repository, RepositoryOpenFlags, Tree,
};

use super::absent::SUBMODULE;
use super::error::near_sentence;
use super::in_place::with_slashes;
use super::{pipe, reference};

/// Changed files by path from the audited directory, with forward slashes, and for each the first and last line (from 1) of
/// every changed run of lines as the file is now. A new file is one run, a file that is gone has none. Where lines were only
/// taken away the run is empty, from the line below to the line above: `(8, 7)` lies in whatever holds both.
pub type ChangedLines = BTreeMap<String, Vec<(u32, u32)>>;

/// The last line of a file whose lines cannot be counted (binary, or larger than git compares).
const END: u32 = u32::MAX;

/// Changes that could not be worked out.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Not under git.
    #[error("{path} is no git repository, so it cannot be said what changed since `{rev}`")]
    NoRepository {
        /// The audited directory.
        path: PathBuf,
        /// As given.
        rev: String,
    },
    /// A repository that belongs to someone else.
    #[error(
        "{path} belongs to another user, and git does not trust it; if you do: git config --global --add safe.directory {path}"
    )]
    Owner {
        /// The audited directory.
        path: PathBuf,
    },
    /// A revision that is not there.
    #[error("no revision `{rev}`{}{}", near_sentence(.near), shallow_advice(*.shallow))]
    UnknownRevision {
        /// As given.
        rev: String,
        /// Names like it.
        near: Vec<String>,
        /// Whether the clone has only a part of the history.
        shallow: bool,
    },
    /// A repository in which nothing was ever committed.
    #[error("{path} has no commits yet, so it cannot be said what changed since `{rev}`")]
    NoCommits {
        /// The audited directory.
        path: PathBuf,
        /// As given.
        rev: String,
    },
    /// No commit from which both come.
    #[error("`{rev}` and what is checked out have no common history{}", shallow_advice(*.shallow))]
    NoCommonHistory {
        /// As given.
        rev: String,
        /// Whether the clone has only a part of the history.
        shallow: bool,
    },
    /// Anything else that git says.
    #[error("what changed since `{rev}` cannot be worked out: git: {message}")]
    Git {
        /// As given.
        rev: String,
        /// What it said.
        message: String,
    },
}

fn shallow_advice(shallow: bool) -> &'static str {
    match shallow {
        true => {
            "; this clone is shallow: fetch the history with `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0` of the checkout step, in GitLab with `GIT_DEPTH: 0`"
        }
        false => "",
    }
}

/// The lines below `root` that differ from the commit where the branch of `rev` and what is checked out parted (their
/// merge base): committed since, uncommitted, and new files that are not ignored. `root` is a work tree or a part of one.
///
/// # Errors
/// [`ChangeError`] says what to do.
pub fn changed_since(root: &Path, rev: &str) -> Result<ChangedLines, ChangeError> {
    let repository = open(root, rev)?;
    let git = |error: git2::Error| ChangeError::Git {
        rev: rev.to_owned(),
        message: error.message().to_owned(),
    };
    if let Some(file) = pipe::in_the_way(&repository) {
        return Err(ChangeError::Git {
            rev: rev.to_owned(),
            message: format!("{} is a pipe or a device", file.display()),
        });
    }
    let base = base(&repository, rev)?;
    let tree = repository
        .find_commit(base)
        .and_then(|commit| commit.tree())
        .map_err(git)?;
    let mut changed = ChangedLines::new();
    let inner = inner_directory(&repository, root);
    add(
        &repository,
        Some(&tree),
        inner.as_deref(),
        Path::new(""),
        &mut changed,
        DEEPEST,
    )
    .map_err(git)?;
    Ok(changed)
}

/// The commit where the branch of `rev` and what is checked out at `root` parted, in hexadecimal.
///
/// # Errors
/// [`ChangeError`] says what to do.
pub fn merge_base(root: &Path, rev: &str) -> Result<String, ChangeError> {
    Ok(base(&open(root, rev)?, rev)?.to_string())
}

/// Submodules in submodules that are looked into.
const DEEPEST: u32 = 8;

/// Adds what differs from `tree` in the work tree of `repository`, which lies in `place` of the outermost one, and in its
/// submodules. Only what lies below `inner` of the outermost one counts, and paths count from there.
fn add(
    repository: &Repository,
    tree: Option<&Tree<'_>>,
    inner: Option<&Path>,
    place: &Path,
    changed: &mut ChangedLines,
    depth: u32,
) -> Result<(), git2::Error> {
    let mut options = DiffOptions::new();
    options
        .context_lines(0)
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .show_untracked_content(true)
        .ignore_submodules(true)
        .include_typechange(true);
    // In a submodule the wanted directory may lie above.
    if let Some(part) = inner.and_then(|inner| inner.strip_prefix(place).ok())
        && !part.as_os_str().is_empty()
    {
        options.disable_pathspec_match(true).pathspec(part);
    }
    let mut diff = repository.diff_tree_to_workdir_with_index(tree, Some(&mut options))?;
    // A file that moved keeps its old lines; only those that changed on the way count.
    diff.find_similar(Some(
        DiffFindOptions::new().renames(true).for_untracked(true),
    ))?;
    collect(&diff, inner, place, repository.workdir(), changed)?;
    if depth == 0 {
        return Ok(());
    }
    for path in submodules(repository)? {
        let below = place.join(&path);
        let wanted =
            inner.is_none_or(|inner| below.starts_with(inner) || inner.starts_with(&below));
        let opened = repository
            .workdir()
            .map(|top| Repository::open(top.join(&path)));
        let (true, Some(Ok(submodule))) = (wanted, opened) else {
            continue;
        };
        // Without the old commit all of it is new: the submodule is, or its history was not fetched.
        let before = tree.and_then(|tree| tree.get_path(&path).ok());
        let before = before.and_then(|entry| submodule.find_commit(entry.id()).ok());
        let before = before.map(|commit| commit.tree()).transpose()?;
        add(
            &submodule,
            before.as_ref(),
            inner,
            &below,
            changed,
            depth - 1,
        )?;
    }
    Ok(())
}

/// Where the index holds commits of other repositories.
fn submodules(repository: &Repository) -> Result<Vec<PathBuf>, git2::Error> {
    let index = repository.index()?;
    let all = index.iter().filter(|entry| entry.mode == SUBMODULE);
    Ok(all
        .map(|entry| PathBuf::from(String::from_utf8_lossy(&entry.path).into_owned()))
        .collect())
}

fn open(root: &Path, rev: &str) -> Result<Repository, ChangeError> {
    let opened = Repository::open_ext(root, RepositoryOpenFlags::empty(), &[] as &[&Path]);
    if opened
        .as_ref()
        .is_ok_and(|repository| repository.is_empty().unwrap_or(false))
    {
        return Err(ChangeError::NoCommits {
            path: root.to_path_buf(),
            rev: rev.to_owned(),
        });
    }
    opened.map_err(|error| match error.code() {
        ErrorCode::Owner => ChangeError::Owner {
            path: root.to_path_buf(),
        },
        ErrorCode::NotFound => ChangeError::NoRepository {
            path: root.to_path_buf(),
            rev: rev.to_owned(),
        },
        _ => ChangeError::Git {
            rev: rev.to_owned(),
            message: error.message().to_owned(),
        },
    })
}

/// The commit from which `rev` and what is checked out both come.
fn base(repository: &Repository, rev: &str) -> Result<Oid, ChangeError> {
    let shallow = repository.is_shallow();
    let commit = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit())
        .map_err(|_| ChangeError::UnknownRevision {
            rev: rev.to_owned(),
            near: reference::near(rev, &reference::names(repository)),
            shallow,
        })?;
    let none = || ChangeError::NoCommonHistory {
        rev: rev.to_owned(),
        shallow,
    };
    let head = repository
        .head()
        .and_then(|head| head.peel_to_commit())
        .map_err(|_| none())?;
    repository
        .merge_base(commit.id(), head.id())
        .map_err(|_| none())
}

/// `root` from the root of the work tree; `None` when it is that root.
pub(super) fn inner_directory(repository: &Repository, root: &Path) -> Option<PathBuf> {
    let top = repository.workdir()?.canonicalize().ok()?;
    let inner = root
        .canonicalize()
        .ok()?
        .strip_prefix(top)
        .ok()?
        .to_path_buf();
    (!inner.as_os_str().is_empty()).then_some(inner)
}

fn collect(
    diff: &Diff<'_>,
    inner: Option<&Path>,
    place: &Path,
    top: Option<&Path>,
    changed: &mut ChangedLines,
) -> Result<(), git2::Error> {
    for (at, delta) in diff.deltas().enumerate() {
        let Some(path) = delta.new_file().path().or(delta.old_file().path()) else {
            continue;
        };
        let is_submodule = |file: DiffFile<'_>| file.mode() == FileMode::Commit;
        if is_submodule(delta.new_file()) || is_submodule(delta.old_file()) {
            continue;
        }
        let whole = place.join(path);
        let shown = inner.map_or(Some(whole.as_path()), |inner| {
            whole.strip_prefix(inner).ok()
        });
        let Some(shown) = shown else {
            continue;
        };
        let runs = match delta.status() {
            // Removed from the index alone: the file is still there, and new.
            Delta::Deleted if top.is_some_and(|top| top.join(path).is_file()) => vec![(1, END)],
            Delta::Deleted => Vec::new(),
            Delta::Typechange | Delta::Conflicted | Delta::Unreadable => vec![(1, END)],
            _ => runs(diff, at)?,
        };
        changed.entry(with_slashes(shown)).or_default().extend(runs);
    }
    Ok(())
}

/// What a comment that allows a finding is known by.
const ALLOWANCE: &str = "perfctl:";

/// The changed runs of lines of one file as it is now.
fn runs(diff: &Diff<'_>, at: usize) -> Result<Vec<(u32, u32)>, git2::Error> {
    let Some(patch) = Patch::from_diff(diff, at)? else {
        return Ok(vec![(1, END)]);
    };
    if patch.delta().flags().is_binary() {
        return Ok(vec![(1, END)]);
    }
    (0..patch.num_hunks())
        .map(|at| {
            let (hunk, lines) = patch.hunk(at)?;
            // Git names the line above lines that are gone.
            let first = hunk.new_start() + u32::from(hunk.new_lines() == 0);
            let mut last = first + hunk.new_lines() - 1;
            for line in 0..lines {
                let line = patch.line_in_hunk(at, line)?;
                let gone = line.origin_value() == DiffLineType::Deletion;
                if gone && String::from_utf8_lossy(line.content()).contains(ALLOWANCE) {
                    // What it allowed may stand below.
                    last = first + hunk.new_lines();
                }
            }
            Ok((first, last))
        })
        .collect()
}
