//! Why a repository could not be opened, with what to do. Never holds a URL's secrets.

use std::path::PathBuf;

/// A repository that could not be opened or cloned. URLs in it are without credentials.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// Neither a directory nor a URL.
    #[error("no directory `{what}`, and it is no URL of a git repository either")]
    NotFound {
        /// As given.
        what: String,
    },
    /// A file.
    #[error("{path} is a file; name the directory to audit")]
    IsFile {
        /// Which.
        path: PathBuf,
    },
    /// A scheme that git cannot speak here.
    #[error("cannot clone over `{scheme}`; use https, ssh, git or file")]
    Scheme {
        /// Which.
        scheme: String,
    },
    /// A host that says that there is no such repository.
    #[error("{url}: no such repository, or none that may be read with the credentials at hand")]
    RemoteNotFound {
        /// Which.
        url: String,
    },
    /// A host that asks who we are.
    #[error("{url} needs credentials, or does not exist (hosts do not tell which): {advice}")]
    AuthNeeded {
        /// Which.
        url: String,
        /// What was tried and what to do.
        advice: String,
    },
    /// A host that could not prove who it is.
    #[error(
        "{url}: the host could not prove who it is: {message}; for ssh, connect once with `ssh` to learn its key"
    )]
    Certificate {
        /// Which.
        url: String,
        /// What git said.
        message: String,
    },
    /// A host that cannot be reached.
    #[error("{url} cannot be reached: {message}")]
    Network {
        /// Which.
        url: String,
        /// What git said.
        message: String,
    },
    /// A host that sends more than is taken of it, or what is more than that when it is written.
    #[error("{url} has more than {} MiB, the most that is taken of it", .most >> 20)]
    TooLarge {
        /// Which.
        url: String,
        /// The limit, in bytes.
        most: usize,
    },
    /// A host that sends, and is not done in time.
    #[error("{url} was not there within {} s, the longest that is waited for", .limit.as_secs())]
    Slow {
        /// Which.
        url: String,
        /// How long was waited.
        limit: std::time::Duration,
    },
    /// A repository without commits.
    #[error("{origin} has no commits yet; there is nothing to audit")]
    Empty {
        /// Which.
        origin: String,
    },
    /// A branch, tag or commit that is not there.
    #[error("no branch, tag or commit `{reference}` in {origin}{}", near_sentence(.near))]
    NoReference {
        /// As given.
        reference: String,
        /// Where it was looked for.
        origin: String,
        /// Names like it.
        near: Vec<String>,
    },
    /// A reference into a directory without git.
    #[error("{path} is no git repository, so there is no `{reference}` to look at")]
    NoRepository {
        /// Which.
        path: PathBuf,
        /// As given.
        reference: String,
    },
    /// A repository that belongs to someone else, which git refuses for safety.
    #[error(
        "{path} belongs to another user, and git does not trust it; if you do: git config --global --add safe.directory {path}"
    )]
    Owner {
        /// Which.
        path: PathBuf,
    },
    /// The user asked to stop.
    #[error("interrupted while cloning")]
    Interrupted,
    /// Files could not be written or read.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Anything else that git says.
    #[error("{origin}: git: {message}")]
    Git {
        /// Which repository.
        origin: String,
        /// What it said.
        message: String,
    },
}

/// The end of a sentence that offers names like the one that is not there.
pub(super) fn near_sentence(near: &[String]) -> String {
    match near {
        [] => String::new(),
        [one] => format!("; did you mean `{one}`?"),
        some => format!(
            "; near ones: {}",
            some.iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
