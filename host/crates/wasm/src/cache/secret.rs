//! The key with which marks are made: in a file that only its owner reads, outside the cache.

use std::fs::{self, File, Metadata};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{CacheError, MARK};

/// Refuses what somebody else could have put there.
pub(super) fn check_owner(path: &Path, meta: &Metadata) -> Result<(), CacheError> {
    let refuse = |why| Err(CacheError::Unsafe(path.to_owned(), why));
    if meta.uid() != rustix::process::geteuid().as_raw() {
        return refuse("belongs to another user");
    }
    if meta.mode() & 0o022 != 0 {
        return refuse("can be written by others: take the right away with `chmod go-w`");
    }
    Ok(())
}

/// The key in a file that only its owner reads.
pub(super) fn read_or_make(path: &Path) -> Result<[u8; MARK], CacheError> {
    let unusable = |error| CacheError::Unusable(path.to_owned(), error);
    if let Some(dir) = path.parent() {
        let mut builder = fs::DirBuilder::new();
        builder
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .map_err(unusable)?;
    }
    if fs::symlink_metadata(path).is_err() {
        let mut key = [0; MARK];
        getrandom::fill(&mut key).map_err(|error| unusable(std::io::Error::other(error)))?;
        let home = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(home).map_err(unusable)?;
        file.write_all(&key).map_err(unusable)?;
        // Of two that start at once one makes it whole, and both read the same.
        match file.persist_noclobber(path) {
            Ok(_) => {}
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unusable(error.error)),
        }
    }
    let mut options = File::options();
    let mut file = options
        .read(true)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
        .open(path)
        .map_err(unusable)?;
    let meta = file.metadata().map_err(unusable)?;
    check_owner(path, &meta)?;
    if meta.mode() & 0o077 != 0 {
        return Err(CacheError::Unsafe(
            path.to_owned(),
            "can be read by others: remove it, and a new key is made",
        ));
    }
    let mut key = Vec::new();
    file.read_to_end(&mut key).map_err(unusable)?;
    key.try_into().map_err(|_| {
        CacheError::Unsafe(
            path.to_owned(),
            "is no key: remove it, and a new one is made",
        )
    })
}
