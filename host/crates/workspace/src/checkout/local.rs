//! A clone of a repository on this machine that borrows its objects: nothing is copied but the files of the commit, and the
//! source is not written to. It must not know hosts.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;

use git2::{ErrorCode, Repository};
use perfctl_core::event::Event;
use perfctl_core::repository::{Checkout, Source};
use perfctl_core::seams::{Sink, Stop};

use super::errand::{self, Patience, Telling};
use super::in_place::{remote_of, with_slashes};
use super::lineage::committed_ms;
use super::{CheckoutError, Part, absent, address, reference, tree};

/// How long writing may go without finishing one more file.
const SILENCE: Duration = Duration::from_secs(300);

/// Clones a part of `source` into `into`. With `subdirectory`, that directory of the clone is the checkout.
pub(super) fn share(
    source: &Repository,
    part: Part<'_>,
    origin: &str,
    subdirectory: Option<&Path>,
    into: &Path,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    let wanted = part.reference;
    let found = reference::find(source, wanted, origin)?;
    let git = |error: git2::Error| match error.code() {
        ErrorCode::User => CheckoutError::Interrupted,
        _ => CheckoutError::Git {
            origin: origin.to_owned(),
            message: error.message().to_owned(),
        },
    };
    tree::init(into).map_err(git)?;
    borrow_objects(source, into)?;
    let (place, id) = (into.to_path_buf(), found.commit.id());
    let (begins, most) = (part.begins.map(str::to_owned), part.most);
    let job = move |telling: &Telling| {
        // Opened again: the objects of others are looked up when a repository is opened.
        let clone = Repository::open(&place)?;
        let commit = clone.find_commit(id)?;
        let progress = |done, all| telling.files(done, all);
        let part = tree::Written {
            begins: begins.as_deref(),
            most,
        };
        let missing = tree::write(&clone, &commit, part, &progress)?;
        let mut remarks = absent::remarks(&clone);
        remarks.extend(absent::left_out(&missing));
        Ok(remarks)
    };
    let patience = Patience {
        silent: SILENCE,
        whole: part.time,
    };
    let remarks = errand::run(job, patience, sink, stop)
        .map_err(|left| left.explain(origin.to_owned(), patience))?
        .map_err(|unwritten| match unwritten {
            tree::Unwritten::Git(error) => git(error),
            tree::Unwritten::TooLarge => CheckoutError::TooLarge {
                url: origin.to_owned(),
                most: most.unwrap_or_default(),
            },
        })?;
    for remark in remarks {
        sink.event(Event::Note(remark));
    }
    let root = into.canonicalize().map_err(|source| CheckoutError::Io {
        path: into.to_path_buf(),
        source,
    })?;
    // At that revision a part of the path may be a link, and lead anywhere.
    let inner = match subdirectory {
        Some(inner) => root.join(inner).canonicalize().unwrap_or_default(),
        None => root.clone(),
    };
    if !inner.is_dir() || !inner.starts_with(&root) {
        let what = format!(
            "{} at {}",
            subdirectory.unwrap_or(into).display(),
            wanted.unwrap_or("HEAD")
        );
        return Err(CheckoutError::NotFound { what });
    }
    Ok(Checkout::new(
        inner,
        Source {
            name: address::name(origin),
            origin: origin.to_owned(),
            commit: Some(id.to_string()),
            committed_ms: committed_ms(&found.commit),
            reference: found.name.or_else(|| wanted.map(str::to_owned)),
            dirty: false,
            remote: remote_of(source),
            subdirectory: subdirectory.map(with_slashes),
        },
    ))
}

/// Lets the repository in `into` read the objects of `source`, and know where its history ends if it is shallow.
fn borrow_objects(source: &Repository, into: &Path) -> Result<(), CheckoutError> {
    let objects = source.commondir().join("objects");
    let told = |path: &Path| {
        let path = path.to_path_buf();
        move |source| CheckoutError::Io { path, source }
    };
    let objects = objects.canonicalize().map_err(told(&objects))?;
    let alternates = into.join(".git/objects/info/alternates");
    if let Some(parent) = alternates.parent() {
        fs::create_dir_all(parent).map_err(told(parent))?;
    }
    fs::write(
        &alternates,
        [objects.as_os_str().as_bytes(), b"\n"].concat(),
    )
    .map_err(told(&alternates))?;
    let shallow = source.commondir().join("shallow");
    if shallow.is_file() {
        fs::copy(&shallow, into.join(".git/shallow")).map_err(told(&shallow))?;
    }
    Ok(())
}
