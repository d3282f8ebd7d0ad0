//! How commits stand to the one that is audited, as git's history has it. Reads only.

use std::path::{Path, PathBuf};

use git2::{Commit, Oid, Repository, RepositoryOpenFlags};
use perfctl_core::moves::Moves;
use perfctl_core::repository::Checkout;
use perfctl_core::seams::{Kinship, Lineage};

use super::moves::{State, moves};

/// The history of an audited repository.
#[derive(Clone, Debug)]
pub struct Ancestry {
    root: PathBuf,
    commit: Option<String>,
    /// Whether the files at `root` are another state's than the commit's.
    is_elsewhere: bool,
}

impl Ancestry {
    /// The history behind `checkout`.
    pub fn of(checkout: &Checkout) -> Self {
        Self {
            root: checkout.root().to_owned(),
            commit: checkout.source.commit.clone(),
            is_elsewhere: false,
        }
    }

    /// The history behind `commit` of the repository at `root`, whatever is checked out there.
    pub fn behind(root: &Path, commit: &str) -> Self {
        Self {
            root: root.to_owned(),
            commit: Some(commit.to_owned()),
            is_elsewhere: true,
        }
    }

    fn work_out(&self, commit: &str) -> Result<Option<Kinship>, git2::Error> {
        let Some(here) = &self.commit else {
            return Ok(None);
        };
        if here == commit {
            return Ok(Some(Kinship::Earlier));
        }
        let repository =
            Repository::open_ext(&self.root, RepositoryOpenFlags::empty(), &[] as &[&Path])?;
        let here = Oid::from_str(here)?;
        let other = repository.find_commit(Oid::from_str(commit)?)?.id();
        if repository.graph_descendant_of(here, other)? {
            return Ok(Some(Kinship::Earlier));
        }
        if repository.graph_descendant_of(other, here)? {
            return Ok(Some(Kinship::Later));
        }
        // Where history is cut off, what joins the two may lie behind its end.
        let is_led_to = !repository.is_shallow() && leads_to(&repository, other, here)?;
        Ok(is_led_to.then_some(Kinship::Apart))
    }
}

/// Whether a branch or a tag leads to `commit`, from which `here` did not come.
fn leads_to(repository: &Repository, commit: Oid, here: Oid) -> Result<bool, git2::Error> {
    let mut beside = repository.revwalk()?;
    for reference in repository.references()? {
        // What is no commit, such as a tag of a tree, leads to none.
        if let Ok(tip) = reference.and_then(|reference| reference.peel_to_commit()) {
            beside.push(tip.id())?;
        }
    }
    beside.hide(here)?;
    let mut found = beside.filter(|id| id.as_ref().map_or(true, |id| *id == commit));
    found.next().transpose().map(|found| found.is_some())
}

impl Lineage for Ancestry {
    fn kinship(&self, commit: &str) -> Option<Kinship> {
        let told = self.work_out(commit);
        told.unwrap_or_else(|error| {
            tracing::debug!(commit, %error, "how it stands to what is audited is not known");
            None
        })
    }

    fn moves_since(&self, commit: &str) -> Moves {
        let here = self.commit.as_deref().filter(|_| self.is_elsewhere);
        moves(
            &self.root,
            commit,
            here.map_or(State::WorkTree, State::Commit),
        )
    }
}

/// When a commit was made, milliseconds since 1970.
pub(super) fn committed_ms(commit: &Commit<'_>) -> Option<u64> {
    let seconds = u64::try_from(commit.time().seconds()).ok()?;
    seconds.checked_mul(1000)
}
