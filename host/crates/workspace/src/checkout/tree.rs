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

/// Writes the files of `commit`, of a part of it those whose paths begin with that, and points `HEAD` at it. `progress` hears of files
/// written and to write, and says whether to go on. Returns the files whose contents are not among the objects, as in a clone that leaves large ones out: all others are
/// written.
pub(super) fn write(
    repository: &Repository,
    commit: &Commit<'_>,
    part: Option<&str>,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<Vec<String>, git2::Error> {
    let whole = match part {
        Some(_) => None,
        None => Some(write_files(repository, commit, None, progress)),
    };
    let absent = match whole {
        Some(Ok(())) => Vec::new(),
        Some(Err(error)) if error.code() != ErrorCode::NotFound => return Err(error),
        missing => {
            let (present, absent) = sorted_out(repository, commit, part.unwrap_or_default())?;
            if let Some(Err(error)) = missing
                && absent.is_empty()
            {
                return Err(error);
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

/// The files of a commit whose paths begin with `part`, by whether their contents are there.
fn sorted_out(
    repository: &Repository,
    commit: &Commit<'_>,
    part: &str,
) -> Result<(Vec<Vec<u8>>, Vec<String>), git2::Error> {
    let objects = repository.odb()?;
    let (mut present, mut absent) = (Vec::new(), Vec::new());
    commit
        .tree()?
        .walk(TreeWalkMode::PreOrder, |above, entry| {
            if entry.kind() == Some(ObjectType::Blob) {
                let path = [above.as_bytes(), entry.name_bytes()].concat();
                if !path.starts_with(part.as_bytes()) {
                    return TreeWalkResult::Ok;
                }
                if objects.exists(entry.id()) {
                    present.push(path);
                } else {
                    absent.push(String::from_utf8_lossy(&path).into_owned());
                }
            }
            TreeWalkResult::Ok
        })?;
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
        return Err(git2::Error::new(
            ErrorCode::User,
            ErrorClass::Checkout,
            "ended by the user",
        ));
    }
    written
}
