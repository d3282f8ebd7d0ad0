//! Cloning from a host: asks what it has, fetches as little history as it allows, writes the files. It must not know what
//! kind of host it is.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use git2::{
    AutotagOption, Direction, ErrorClass, ErrorCode, FetchOptions, ProxyOptions, Remote,
    RemoteCallbacks, RemoteHead, Repository,
};
use perfctl_core::event::Event;
use perfctl_core::repository::{Checkout, Source};
use perfctl_core::seams::{Sink, Stop};

use super::address::{Url, name};
use super::credentials::{Credentials, Tokens, advice};
use super::errand::{self, Patience, Telling};
use super::lineage::committed_ms;
use super::received::Received;
use super::reference::{self, Advertised, Wanted};
use super::{CheckoutError, Part, absent, tree};

/// How long a host may be silent.
const SILENCE: Duration = Duration::from_secs(90);

/// Where a fetched commit that has no name of its own is kept.
const KEPT: &str = "refs/heads/perfctl-audited";

/// Clones a part of `url` into `into`. What comes over the network is the whole commit: libgit2 asks for no less.
pub(super) fn fetch(
    url: &Url,
    wanted: Part<'_>,
    into: &Path,
    tokens: &Tokens,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<Checkout, CheckoutError> {
    let job = Job {
        url: url.clone(),
        tokens: tokens.clone(),
        wanted: wanted.reference.map(str::to_owned),
        begins: wanted.begins.map(str::to_owned),
        most: wanted.most,
        received: Received::new(wanted.most),
        into: into.to_path_buf(),
    };
    let patience = Patience {
        silent: SILENCE,
        whole: wanted.time,
    };
    let cloned = errand::run(move |telling| job.run(telling), patience, sink, stop);
    let shown = url.shown();
    let cloned = cloned.map_err(|left| left.explain(shown.clone(), patience))??;
    for remark in cloned.remarks {
        sink.event(Event::Note(remark));
    }
    let root = into.canonicalize().map_err(|source| CheckoutError::Io {
        path: into.to_path_buf(),
        source,
    })?;
    let source = Source {
        name: name(&shown),
        remote: Some(shown.clone()),
        origin: shown,
        commit: Some(cloned.commit),
        committed_ms: cloned.committed_ms,
        reference: cloned.reference,
        dirty: false,
        subdirectory: None,
    };
    Ok(Checkout::new(root, source))
}

/// What the clone's thread needs; it owns all of it, for it may outlive the caller.
struct Job {
    url: Url,
    tokens: Tokens,
    wanted: Option<String>,
    begins: Option<String>,
    /// The most bytes that are taken of the host, and written.
    most: Option<usize>,
    received: Received,
    into: PathBuf,
}

struct Cloned {
    commit: String,
    committed_ms: Option<u64>,
    reference: Option<String>,
    remarks: Vec<String>,
}

impl Job {
    fn run(&self, telling: &Telling) -> Result<Cloned, CheckoutError> {
        let git = |error: git2::Error| self.explain(&error);
        let repository = tree::init(&self.into).map_err(git)?;
        // By its URL alone: a configured remote would store it, with what secrets it holds, in the clone's settings.
        let mut remote = repository
            .remote_anonymous(self.url.secret())
            .map_err(git)?;
        let credentials = RefCell::new(Credentials::of_the_user(&self.tokens));
        // What a host says it has is bounded by time and silence alone: libgit2 tells nobody how much of that list has come, and keeps it all.
        let mut connection = remote
            .connect_auth(
                Direction::Fetch,
                Some(self.callbacks(&credentials, telling)),
                Some(proxy()),
            )
            .map_err(git)?;
        let list: Vec<Advertised> = connection
            .list()
            .map_err(git)?
            .iter()
            .map(advertised)
            .collect();
        let wanted = reference::choose(&list, self.wanted.as_deref(), &self.url.shown())?;
        let found = self.obtain(&repository, connection.remote(), &list, &wanted, telling)?;
        let commit = repository.find_commit(found).map_err(git)?;
        let progress = |done, all| telling.files(done, all);
        let part = tree::Written {
            begins: self.begins.as_deref(),
            most: self.most,
        };
        let missing = tree::write(&repository, &commit, part, &progress);
        let missing = missing.map_err(|unwritten| match unwritten {
            tree::Unwritten::Git(error) => self.explain(&error),
            tree::Unwritten::TooLarge => self.too_large(),
        })?;
        let reference = match wanted {
            Wanted::Reference { short, .. } => short,
            Wanted::Commit(_) | Wanted::All => self.wanted.clone(),
        };
        let mut remarks = absent::remarks(&repository);
        remarks.extend(absent::left_out(&missing));
        Ok(Cloned {
            commit: found.to_string(),
            committed_ms: committed_ms(&commit),
            reference,
            remarks,
        })
    }

    /// Fetches what is wanted, and says which commit it is.
    fn obtain(
        &self,
        repository: &Repository,
        remote: &mut Remote<'_>,
        list: &[Advertised],
        wanted: &Wanted,
        telling: &Telling,
    ) -> Result<git2::Oid, CheckoutError> {
        let shallow = match wanted {
            Wanted::Reference { full, .. } => Some((format!("+{full}:{KEPT}"), KEPT.to_owned())),
            Wanted::Commit(oid) => Some((format!("+{oid}:{KEPT}"), oid.to_string())),
            Wanted::All => None,
        };
        let find = |name: &str| -> Result<git2::Oid, git2::Error> {
            Ok(repository.revparse_single(name)?.peel_to_commit()?.id())
        };
        if let Some((spec, name)) = &shallow {
            for depth in [Some(1), None] {
                match self
                    .fetch(remote, &[spec], depth, telling)
                    .and_then(|()| find(name))
                {
                    Ok(commit) => return Ok(commit),
                    // The whole history of one reference is the most that can be asked for.
                    Err(error)
                        if self.received.is_too_much()
                            || is_final(&error)
                            || (depth.is_none() && !matches!(wanted, Wanted::Commit(_))) =>
                    {
                        return Err(self.explain(&error));
                    }
                    // A host may refuse short histories, and single commits; then more is fetched.
                    Err(error) => {
                        tracing::debug!(?depth, message = error.message(), "more is fetched")
                    }
                }
            }
        }
        let head = match reference::default_branch(list, "") {
            Ok(Wanted::Reference { full, .. }) => Some(full),
            _ => None,
        };
        let is_detached = head.as_deref() == Some("HEAD");
        let kept = format!("+HEAD:{KEPT}");
        let mut all = vec!["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
        all.extend(is_detached.then_some(kept.as_str()));
        self.fetch(remote, &all, None, telling)
            .map_err(|error| self.explain(&error))?;
        // `HEAD~1` counts from the host's default branch and not from what an empty clone calls its own.
        let pointed = match head.as_deref() {
            Some("HEAD") => find(KEPT).and_then(|commit| repository.set_head_detached(commit)),
            Some(branch) => repository.set_head(branch),
            None => Ok(()),
        };
        pointed.map_err(|error| self.explain(&error))?;
        reference::find(repository, self.wanted.as_deref(), &self.url.shown())
            .map(|found| found.commit.id())
    }

    fn fetch(
        &self,
        remote: &mut Remote<'_>,
        specs: &[&str],
        depth: Option<i32>,
        telling: &Telling,
    ) -> Result<(), git2::Error> {
        self.received.begin();
        let credentials = RefCell::new(Credentials::of_the_user(&self.tokens));
        let mut options = FetchOptions::new();
        options
            .remote_callbacks(self.callbacks(&credentials, telling))
            .proxy_options(proxy())
            .download_tags(AutotagOption::None)
            .update_fetchhead(false);
        if let Some(depth) = depth {
            options.depth(depth);
        }
        remote.fetch(specs, Some(&mut options), None)
    }

    fn callbacks<'a>(
        &'a self,
        credentials: &'a RefCell<Credentials>,
        telling: &'a Telling,
    ) -> RemoteCallbacks<'a> {
        let mut callbacks = RemoteCallbacks::new();
        callbacks
            .credentials(|url, user, allowed| credentials.borrow_mut().offer(url, user, allowed))
            .sideband_progress(|words| {
                self.received.add(words.len());
                telling.alive() && !self.received.is_too_much()
            })
            .transfer_progress(|progress| {
                self.received.set(progress.received_bytes());
                telling.progress(progress.received_objects(), progress.total_objects())
                    && !self.received.is_too_much()
            });
        callbacks
    }

    fn too_large(&self) -> CheckoutError {
        CheckoutError::TooLarge {
            url: self.url.shown(),
            most: self.most.unwrap_or_default(),
        }
    }

    /// What git says, in the user's terms and without secrets.
    fn explain(&self, error: &git2::Error) -> CheckoutError {
        let url = self.url.shown();
        let message = self.url.scrub(error.message());
        let says = |words: &[&str]| {
            words
                .iter()
                .any(|word| message.to_lowercase().contains(word))
        };
        let auth = || CheckoutError::AuthNeeded {
            url: url.clone(),
            advice: advice(self.url.is_ssh()),
        };
        match (error.code(), error.class()) {
            // The error has no code of its own where it ends in the middle of a pack.
            _ if self.received.is_too_much() => self.too_large(),
            (ErrorCode::User, _) => CheckoutError::Interrupted,
            (ErrorCode::Auth, _) => auth(),
            (ErrorCode::Certificate, _) => CheckoutError::Certificate { url, message },
            _ if says(&[
                "status code: 401",
                "status code: 403",
                "authentication",
                "publickey",
            ]) =>
            {
                auth()
            }
            _ if says(&[
                "status code: 404",
                "not found",
                "not exported",
                "does not exist",
            ]) =>
            {
                CheckoutError::RemoteNotFound { url }
            }
            (ErrorCode::Timeout | ErrorCode::Eof, _)
            | (_, ErrorClass::Net | ErrorClass::Os | ErrorClass::Ssl) => {
                CheckoutError::Network { url, message }
            }
            _ => CheckoutError::Git {
                origin: url,
                message,
            },
        }
    }
}

fn advertised(head: &RemoteHead<'_>) -> Advertised {
    Advertised {
        name: head.name().to_owned(),
        oid: head.oid(),
        target: head.symref_target().map(str::to_owned),
    }
}

/// Whether asking for more would fail in the same way, or burden a host that is busy.
fn is_final(error: &git2::Error) -> bool {
    let by_code = matches!(
        error.code(),
        ErrorCode::Auth | ErrorCode::Certificate | ErrorCode::User | ErrorCode::Timeout
    );
    // Of the class `Net` is also the answer of a host that gives no short histories.
    let by_class = matches!(error.class(), ErrorClass::Os | ErrorClass::Ssl);
    by_code || by_class || error.message().contains("status code: 5")
}

/// The proxy of git's settings or of the environment.
fn proxy() -> ProxyOptions<'static> {
    let mut options = ProxyOptions::new();
    options.auto();
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_host_is_not_asked_for_more_and_one_that_refuses_short_histories_is() {
        let error =
            |class, message: &str| git2::Error::new(ErrorCode::GenericError, class, message);
        assert!(is_final(&error(
            ErrorClass::Http,
            "unexpected http status code: 503"
        )));
        assert!(is_final(&error(ErrorClass::Os, "connection reset by peer")));
        assert!(!is_final(&error(
            ErrorClass::Net,
            "shallow fetch is not supported"
        )));
        assert!(!is_final(&error(
            ErrorClass::Http,
            "unexpected http status code: 400"
        )));
    }
}
