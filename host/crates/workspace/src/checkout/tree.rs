//! Making a repository in an empty directory and writing a commit's files into it. It must not know where the objects came
//! from.

use std::cell::Cell;
use std::path::Path;

use git2::build::CheckoutBuilder;
use git2::{
    CheckoutNotificationType, Commit, ErrorClass, ErrorCode, ObjectType, Repository,
    RepositoryInitOptions, TreeWalkMode, TreeWalkResult,
};

/// An empty repository in `into`, without the user's templates and hooks.
pub(super) fn init(into: &Path) -> Result<Repository, git2::Error> {
    let mut options = RepositoryInitOptions::new();
    options
        .no_reinit(true)
        .mkpath(true)
        .external_template(false)
        .initial_head("main");
    Repository::init_opts(into, &options)
}

/// What one more file or directory takes at least, in bytes: a commit of empty files is not written without end either.
const LEAST: usize = 4 << 10;

/// What of a commit is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'p> {
    /// How the paths begin of the files that are; all of them unless given.
    pub(super) begins: Option<&'p str>,
    /// The most bytes that they may have together. What was packed into little may be very much.
    pub(super) most: Option<usize>,
}

/// Why files were not written.
pub(super) enum Unwritten {
    /// Git says so.
    Git(git2::Error),
    /// They are more than was allowed. None of them is there.
    TooLarge,
}

impl From<git2::Error> for Unwritten {
    fn from(error: git2::Error) -> Self {
        Self::Git(error)
    }
}

/// Writes that part of `commit`, and points `HEAD` at it. `progress` hears of files written and to write, and says whether to go on. Returns the
/// files whose contents are not among the objects, as in a clone that leaves large ones out: all others are written.
pub(super) fn write(
    repository: &Repository,
    commit: &Commit<'_>,
    part: Written<'_>,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<Vec<String>, Unwritten> {
    let whole = match (part.begins, part.most) {
        (None, None) => Some(write_files(repository, commit, None, progress)),
        _ => None,
    };
    let absent = match whole {
        Some(Ok(())) => Vec::new(),
        Some(Err(error)) if error.code() != ErrorCode::NotFound => return Err(error.into()),
        missing => {
            let (present, absent) = sorted_out(repository, commit, part, progress)?;
            if let Some(Err(error)) = missing
                && absent.is_empty()
            {
                return Err(error.into());
            }
            // Of no paths at all git makes all of them.
            if !present.is_empty() {
                write_files(repository, commit, Some(&present), progress)?;
            }
            absent
        }
    };
    repository.set_head_detached(commit.id())?;
    Ok(absent)
}

/// The files of that part of a commit, by whether their contents are there.
fn sorted_out(
    repository: &Repository,
    commit: &Commit<'_>,
    part: Written<'_>,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<(Vec<Vec<u8>>, Vec<String>), Unwritten> {
    let objects = repository.odb()?;
    let begins = part.begins.unwrap_or_default().as_bytes();
    let (mut present, mut absent) = (Vec::new(), Vec::new());
    let (mut size, mut is_ended) = (0_usize, false);
    let is_too_much = |size| part.most.is_some_and(|most| size > most);
    let walked = commit.tree()?.walk(TreeWalkMode::PreOrder, |above, entry| {
        let path = [above.as_bytes(), entry.name_bytes()].concat();
        let is_in_it = path.starts_with(begins);
        if !is_in_it {
            // The part may lie further below.
            return match begins.starts_with(&[path.as_slice(), b"/"].concat()) {
                true => TreeWalkResult::Ok,
                false => TreeWalkResult::Skip,
            };
        }
        size = size.saturating_add(LEAST);
        if entry.kind() == Some(ObjectType::Blob) {
            if objects.exists(entry.id()) {
                if part.most.is_some()
                    && let Ok((bytes, _)) = objects.read_header(entry.id())
                {
                    size = size.saturating_add(bytes);
                }
                present.push(path);
            } else {
                absent.push(String::from_utf8_lossy(&path).into_owned());
            }
        }
        // Trees that hold each other have no end.
        is_ended = !progress(0, 0);
        match is_ended || is_too_much(size) {
            true => TreeWalkResult::Abort,
            false => TreeWalkResult::Ok,
        }
    });
    if is_ended {
        return Err(ended_by_the_user().into());
    }
    if is_too_much(size) {
        return Err(Unwritten::TooLarge);
    }
    walked?;
    Ok((present, absent))
}

/// Writes the files of `commit`, or those of them that `paths` name.
fn write_files(
    repository: &Repository,
    commit: &Commit<'_>,
    paths: Option<&[Vec<u8>]>,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<(), git2::Error> {
    // The binding takes an end that was asked for in a notification for success.
    let ended = Cell::new(false);
    let mut options = CheckoutBuilder::new();
    options
        .force()
        .progress(|_, done, all| {
            if !progress(done, all) {
                ended.set(true);
            }
        })
        .notify_on(CheckoutNotificationType::all())
        .notify(|_, _, _, _, _| {
            if !progress(0, 0) {
                ended.set(true);
            }
            !ended.get()
        });
    if let Some(paths) = paths {
        options.disable_pathspec_match(true);
        for path in paths {
            options.path(path.as_slice());
        }
    }
    let written = repository.checkout_tree(commit.as_object(), Some(&mut options));
    drop(options);
    if ended.get() {
        return Err(ended_by_the_user());
    }
    written
}

fn ended_by_the_user() -> git2::Error {
    git2::Error::new(ErrorCode::User, ErrorClass::Checkout, "ended by the user")
}
