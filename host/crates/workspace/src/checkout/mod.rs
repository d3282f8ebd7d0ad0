//! Getting hold of what is to be audited: a work tree where it is, or a clone of what a URL, a bare repository or a
//! reference names. This module must not know forges or what is done with the checkout.

mod absent;
mod address;
mod changes;
mod credentials;
mod errand;
mod error;
#[cfg(test)]
mod fixture;
mod in_place;
mod lineage;
mod local;
mod moves;
mod pipe;
mod received;
mod reference;
mod remote;
#[cfg(test)]
mod tests;
mod tree;
mod uncommitted;

use std::path::Path;
use std::time::Duration;

use perfctl_core::event::Event;
use perfctl_core::repository::Checkout;
use perfctl_core::seams::{Sink, Stop};

use self::address::Address;
pub use self::changes::{ChangeError, ChangedLines, changed_since, merge_base};
pub use self::credentials::Tokens;
pub use self::error::CheckoutError;
use self::in_place::Place;
pub use self::lineage::Ancestry;
pub use self::moves::{State, moves};
pub use self::uncommitted::{all_uncommitted, uncommitted};

/// What of a repository is cloned.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part<'p> {
    /// A branch, tag, commit or expression; what the repository stands at unless given.
    pub reference: Option<&'p str>,
    /// How the paths begin of the files that are written, from its root; all of them unless given. Only clones are in parts.
    pub begins: Option<&'p str>,
    /// The most bytes that a host may send for it, and that its files may have; whatever they are unless given.
    pub most: Option<usize>,
    /// How long all of it may take; as long as it does unless given.
    pub time: Option<Duration>,
}

impl<'p> Part<'p> {
    fn at(reference: Option<&'p str>) -> Self {
        Self {
            reference,
            ..Self::default()
        }
    }
}

/// Opens what `what` names: a directory that is a work tree (or part of one, or no repository at all) is audited where it
/// is, uncommitted changes included; a bare repository, a URL, and anything with a `reference` (branch, tag, commit, or an
/// expression such as `main~2`) is cloned into `into`, which must not exist yet. The user's own tree, index and settings
/// are never written to.
///
/// Progress and remarks go to `sink`; `stop` is asked at least every twentieth of a second.
///
/// # Errors
/// [`CheckoutError`], never with a URL's credentials in it. What was half cloned stays in `into`.
pub fn open(
    what: &str,
    reference: Option<&str>,
    into: &Path,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    open_with(what, reference, into, &Tokens::default(), sink, stop)
}

/// The same, with tokens for the hosts that want one.
///
/// # Errors
/// As [`open`].
pub fn open_with(
    what: &str,
    reference: Option<&str>,
    into: &Path,
    tokens: &Tokens,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    open_part(what, Part::at(reference), into, tokens, sink, stop)
}

/// The same, for who needs a few files only.
///
/// # Errors
/// As [`open`].
pub fn open_part(
    what: &str,
    part: Part<'_>,
    into: &Path,
    tokens: &Tokens,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    at(Address::parse(what)?, part, into, tokens, sink, stop)
}

/// Opens a directory, as [`open`] does, whatever bytes its path is made of.
///
/// # Errors
/// [`CheckoutError`].
pub fn open_directory(
    path: &Path,
    into: &Path,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    at(
        Address::of_path(path)?,
        Part::default(),
        into,
        &Tokens::default(),
        sink,
        stop,
    )
}

/// Clones the directory `path` as it was at `reference` into `into`, which must not exist yet.
///
/// # Errors
/// [`CheckoutError`].
pub fn open_directory_at(
    path: &Path,
    reference: &str,
    into: &Path,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    at(
        Address::of_path(path)?,
        Part::at(Some(reference)),
        into,
        &Tokens::default(),
        sink,
        stop,
    )
}

/// How the checkout of what was opened as `what` calls its origin, of which nothing is opened: a URL without its secrets, a
/// directory by its path. It may be gone by now.
pub fn origin_of(what: &str) -> String {
    address::called(what)
}

/// Who commits in the repository at `root`, as git calls them: `Ada <ada@shop.example>`. `None` where git knows nobody.
pub fn author(root: &Path) -> Option<String> {
    let settings = match git2::Repository::discover(root) {
        Ok(repository) => repository.config(),
        Err(_) => git2::Config::open_default(),
    };
    let settings = settings.and_then(|mut settings| settings.snapshot()).ok()?;
    let value = |key| {
        settings
            .get_str(key)
            .ok()
            .filter(|text| !text.trim().is_empty())
    };
    match (value("user.name"), value("user.email")) {
        (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

fn at(
    address: Address,
    part: Part<'_>,
    into: &Path,
    tokens: &Tokens,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    let checkout = match address {
        Address::Remote(url) => {
            sink.event(Event::CloneStarted { from: url.shown() });
            remote::fetch(&url, part, into, tokens, sink, stop)?
        }
        Address::Source(path) => {
            let origin = path.display().to_string();
            let source = git2::Repository::open(&path)
                .or_else(|_| git2::Repository::discover(&path))
                .map_err(|error| in_place::explain(&error, &path))?;
            local::share(&source, part, &origin, None, into, sink, stop)?
        }
        Address::Directory(path) => match (in_place::look(&path, sink)?, part.reference) {
            (Place::Bare(source), _) => local::share(
                &source,
                part,
                &path.display().to_string(),
                None,
                into,
                sink,
                stop,
            )?,
            (Place::Tree(tree), Some(_)) => {
                let origin = path.display().to_string();
                local::share(
                    tree.repository(),
                    part,
                    &origin,
                    tree.subdirectory(),
                    into,
                    sink,
                    stop,
                )?
            }
            (Place::Plain, Some(reference)) => {
                return Err(CheckoutError::NoRepository {
                    path,
                    reference: reference.to_owned(),
                });
            }
            (Place::Tree(tree), None) => tree.describe(path)?,
            (Place::Plain, None) => in_place::plain(path),
        },
    };
    let source = &checkout.source;
    tracing::debug!(
        name = source.name,
        commit = source.commit,
        dirty = source.dirty,
        "checkout"
    );
    sink.event(Event::RepositoryReady {
        name: source.name.clone(),
        commit: source.commit.clone(),
    });
    Ok(checkout)
}
