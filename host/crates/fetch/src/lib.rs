//! Plugins on their way: where one comes from, how its bytes get here, and who signed them.
//!
//! A [`Source`] is what a user writes and the lock keeps. [`download`] reads a file from a web server, [`artifact`] reads and writes
//! plugins in OCI registries, [`signature`] says whether a key that is trusted made a signature. Folders of this machine and git repositories are
//! the caller's to open; what a plugin holds, and whether it may run, is nothing to this room.

pub mod artifact;
pub mod download;
pub mod signature;
mod source;

use std::time::Duration;

pub use self::source::{Source, SourceError};

/// A plugin as it came: the bytes of its file, and the text of the minisign signature that lay beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The file.
    pub bytes: Vec<u8>,
    /// The signature, if there was one.
    pub signature: Option<String>,
    /// What the source stood for when it was read: a commit, or the digest of a manifest. `None` where it has no such thing.
    pub revision: Option<String>,
}

/// How much of a plugin is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The most bytes of its file.
    pub bytes: u64,
    /// How long all of it may take, whatever is asked for on the way. A server that sends a byte now and then is never silent.
    pub time: Duration,
}

impl Bounds {
    /// Those for a file of at most that many bytes. In a quarter of an hour 32 MiB come at 37 KB a second, which any link has that one would
    /// send a plugin over.
    pub fn of(bytes: u64) -> Self {
        Self {
            bytes,
            time: Duration::from_secs(900),
        }
    }
}

/// The most bytes of a signature's text.
pub const MOST_OF_A_SIGNATURE: u64 = 8 << 10;
