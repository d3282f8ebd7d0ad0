//! Making a repository in an empty directory and writing a commit's files into it. It must not know where the objects came
//! from.

use std::cell::Cell;
use std::path::Path;

use git2::build::CheckoutBuilder;
use git2::{
    CheckoutNotificationType, Commit, ErrorClass, ErrorCode, Repository, RepositoryInitOptions,
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

/// Writes the files of `commit` and points `HEAD` at it. `progress` hears of files written and to write, and says whether
/// to go on.
pub(super) fn write(
    repository: &Repository,
    commit: &Commit<'_>,
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
    let written = repository.checkout_tree(commit.as_object(), Some(&mut options));
    drop(options);
    if ended.get() {
        return Err(git2::Error::new(
            ErrorCode::User,
            ErrorClass::Checkout,
            "ended by the user",
        ));
    }
    written?;
    repository.set_head_detached(commit.id())
}
