//! Loading a file's bytes and reading them as text without moving a byte.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHasher;
use thiserror::Error;

/// Bytes by which git tells files that are no text.
const HEAD: u64 = 8000;

/// How a document begins that perfctl wrote itself: `{"schema": "perfctl.run/1", ...`, in any layout of a few bytes.
const RECORD: (&[u8], &[u8], usize) = (b"\"schema\"", b"\"perfctl.", 64);

/// A file that is not looked at.
#[derive(Debug, Error)]
pub enum LoadError {
    /// Larger than the limit.
    #[error(
        "not looked at: {size} bytes are more than the limit of {limit} (raise `scan.max_file_size` to include it)"
    )]
    TooLarge {
        /// Its size.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// Not text.
    #[error("not looked at: it holds NUL bytes, so it is no source text")]
    Binary,
    /// What perfctl found elsewhere or before. It quotes code, settings and rules, so it would answer for all of them.
    #[error("not looked at: it is a document that perfctl wrote")]
    Record,
    /// It cannot be read, or vanished since it was listed.
    #[error("not looked at: {0}")]
    Io(#[from] io::Error),
}

/// The bytes of a file, if it is text and not too large. The size is asked of the open file, so one that grows after
/// it was listed is still held to the limit.
///
/// # Errors
/// When it cannot be read, is too large, holds NUL bytes, or is a record of perfctl's. One that is both too large and no text is no text: nobody would
/// raise a limit for it.
pub fn load(path: &Path, limit: u64) -> Result<Vec<u8>, LoadError> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        let mut head = Vec::with_capacity(HEAD as usize);
        file.take(HEAD).read_to_end(&mut head)?;
        return Err(match memchr::memchr(0, &head) {
            Some(_) => LoadError::Binary,
            None => LoadError::TooLarge { size, limit },
        });
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(LoadError::TooLarge {
            size: bytes.len() as u64,
            limit,
        });
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(LoadError::Binary);
    }
    if is_record(&bytes) {
        return Err(LoadError::Record);
    }
    Ok(bytes)
}

/// Bytes by which what a program wrote is told from what people write.
const SAMPLE: u64 = 64 << 10;

/// Mean bytes of a line beyond which nobody wrote it: people's code has 20 to 40, and what is longest of theirs, data, some 200.
const DENSE: usize = 400;

/// Whether the file at `path` is minified, bundled or otherwise written by a program, as its first lines look.
pub fn is_dense(path: &Path) -> bool {
    let mut head = Vec::with_capacity(SAMPLE as usize);
    let read = File::open(path).and_then(|file| file.take(SAMPLE).read_to_end(&mut head));
    let lines = memchr::memchr_iter(b'\n', &head).count() + 1;
    read.is_ok() && head.len() / lines > DENSE
}

fn is_record(bytes: &[u8]) -> bool {
    let (key, value, within) = RECORD;
    let head = &bytes[..bytes.len().min(within)];
    head.first() == Some(&b'{')
        && memchr::memmem::find(head, key)
            .is_some_and(|at| memchr::memmem::find(&head[at..], value).is_some())
}

/// Contents that stand in for those on disk, by path from the root: a repository as it would be with some files changed.
#[derive(Clone, Debug, Default)]
pub struct Overlay(Arc<BTreeMap<Arc<str>, Arc<str>>>);

impl Overlay {
    /// The repository with these files changed.
    pub fn new(changed: BTreeMap<Arc<str>, Arc<str>>) -> Self {
        Self(Arc::new(changed))
    }

    /// As [`load`], for the file `path` below `root`.
    ///
    /// # Errors
    /// Those of [`load`].
    pub fn load(&self, root: &Path, path: &str, limit: u64) -> Result<Vec<u8>, LoadError> {
        match self.0.get(path) {
            Some(text) if text.len() as u64 > limit => Err(LoadError::TooLarge {
                size: text.len() as u64,
                limit,
            }),
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => load(&root.join(path), limit),
        }
    }
}

/// A number that tells contents apart, for as long as the program runs.
pub fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// `bytes` as text of the same length: each byte that is no part of valid UTF-8 reads as `_`, so spans hold for the file.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let mut text = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(std::iter::repeat_n('_', chunk.invalid().len()));
            }
            Cow::Owned(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_perfctl_wrote_is_known_by_its_first_key() {
        for text in [
            "{\n  \"schema\": \"perfctl.run/1\",\n  \"id\": \"x\"\n}",
            "{\"schema\":\"perfctl.finding/1\"}",
        ] {
            assert!(is_record(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "{\"name\": \"perfctl.run/1\"}",
            "schema = \"perfctl.rule/1\"",
            "[{\"schema\": \"perfctl.run/1\"}]",
        ] {
            assert!(!is_record(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn text_that_is_not_utf8_keeps_its_length() {
        let bytes = b"name = 'caf\xe9'\n\xff\xfe";
        let text = decode(bytes);
        assert_eq!(text.len(), bytes.len());
        assert_eq!(&*text, "name = 'caf_'\n__");
    }
}
