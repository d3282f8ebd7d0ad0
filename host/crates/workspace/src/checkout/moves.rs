//! Which files moved between two states of a repository, as git tells it from what they hold. Reads only.

use std::path::Path;

use git2::{Commit, Delta, Diff, DiffFindOptions, DiffOptions, Repository, RepositoryOpenFlags};
use perfctl_core::moves::Moves;

use super::changes::inner_directory;
use super::in_place::with_slashes;
use super::pipe;

/// Most files among which one of the same content is looked for; git's own limit is for files that are only alike.
const MOST: usize = 20_000;

/// A state of the repository around an audited directory.
#[derive(Clone, Copy, Debug)]
pub enum State<'c> {
    /// This commit.
    Commit(&'c str),
    /// The files as they lie there now, changes and new ones included.
    WorkTree,
    /// The same while this commit is checked out, and the commit by itself once it no longer is.
    Changed(&'c str),
}

/// The files below `root` that moved since the commit `before`, by paths from `root`, which is a work tree or a part of one. None
/// where that cannot be told: outside of git, and where a commit is not there.
pub fn moves(root: &Path, before: &str, after: State<'_>) -> Moves {
    match work_out(root, before, after) {
        Ok(moves) => moves,
        Err(error) => {
            tracing::debug!(before, ?after, %error, "no file is known to have moved");
            Moves::default()
        }
    }
}

fn work_out(root: &Path, before: &str, after: State<'_>) -> Result<Moves, git2::Error> {
    let repository = Repository::open_ext(root, RepositoryOpenFlags::empty(), &[] as &[&Path])?;
    let inner = inner_directory(&repository, root);
    let commit = |id: &str| -> Result<Commit<'_>, git2::Error> {
        repository.find_commit(git2::Oid::from_str(id)?)
    };
    let earlier = commit(before)?.tree()?;
    let mut options = DiffOptions::new();
    options
        .context_lines(0)
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .show_untracked_content(true)
        .ignore_submodules(true);
    if let Some(inner) = &inner {
        options.disable_pathspec_match(true).pathspec(inner);
    }
    let is_checked_out = |id: &str| {
        let head = repository.head().and_then(|head| head.peel_to_commit());
        head.is_ok_and(|head| head.id().to_string() == id)
    };
    let later = match after {
        State::Commit(id) => Some(id),
        State::WorkTree => None,
        State::Changed(id) => Some(id).filter(|id| !is_checked_out(id)),
    };
    let mut diff = match later {
        Some(id) => {
            let later = commit(id)?.tree()?;
            repository.diff_tree_to_tree(Some(&earlier), Some(&later), Some(&mut options))?
        }
        None => {
            if pipe::in_the_way(&repository).is_some() {
                return Err(git2::Error::from_str("a pipe or a device is in the way"));
            }
            repository.diff_tree_to_workdir_with_index(Some(&earlier), Some(&mut options))?
        }
    };
    if !may_have_moved(&diff) {
        return Ok(Moves::default());
    }
    let mut same = DiffFindOptions::new();
    same.renames(true).for_untracked(true);
    same.exact_match_only(true).rename_limit(MOST);
    diff.find_similar(Some(&mut same))?;
    let mut alike = DiffFindOptions::new();
    diff.find_similar(Some(alike.renames(true).for_untracked(true)))?;
    let seen = |path: Option<&Path>| {
        let path = path?;
        let path = inner
            .as_deref()
            .map_or(Some(path), |inner| path.strip_prefix(inner).ok());
        path.map(with_slashes)
    };
    let renamed = diff
        .deltas()
        .filter(|delta| delta.status() == Delta::Renamed);
    let moved = renamed.filter_map(|delta| {
        Some((
            seen(delta.old_file().path())?,
            seen(delta.new_file().path())?,
        ))
    });
    Ok(Moves::new(moved))
}

/// Whether a file is gone and another one there.
fn may_have_moved(diff: &Diff<'_>) -> bool {
    let any = |wanted: &[Delta]| diff.deltas().any(|delta| wanted.contains(&delta.status()));
    any(&[Delta::Deleted]) && any(&[Delta::Added, Delta::Untracked])
}
