//! Compiled components, kept from run to run.
//!
//! What is kept here is machine code that will be run: the engine itself accepts nearly any damage to it. So it lies in a directory that only
//! its owner can enter, each file carries a mark that only the holder of a key can make, the key lies elsewhere (a directory that is restored from
//! somebody else's archive brings no valid mark), and the bytes that were checked are the bytes that are used.

mod secret;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use blake3::{Hash, Hasher};
use rustix::io::Errno;
use sha2::{Digest, Sha256};

use self::secret::check_owner;
use crate::code::{Code, Unsealed};

/// The bytes of a mark: BLAKE3 with a key.
const MARK: usize = 32;

/// Bytes that are read before they are looked at: as many as stay near the processor.
const CHUNK: usize = 256 << 10;

/// The most bytes that are kept; the longest unused go first.
const MOST: u64 = 1 << 30;

/// The endings of a compiled component, and of what is known of a component's bytes.
const CODE: &str = "cwasm";
const DIGEST: &str = "sha256";

/// How files begin that are being written, and how long that may take: older ones are what a process left that was ended.
const UNFINISHED: &str = ".unfinished-";
const WRITING: Duration = Duration::from_secs(3600);

/// Why there is no cache.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The directory or the key cannot be used as it is.
    #[error("{0} {1}")]
    Unsafe(PathBuf, &'static str),
    /// It cannot be made or read.
    #[error("{0}: {1}")]
    Unusable(PathBuf, std::io::Error),
}

/// A directory of compiled components.
#[derive(Debug)]
pub struct Cache {
    dir: PathBuf,
    key: [u8; MARK],
}

/// What something kept is of: the component's bytes, and all that decides what is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    hash: [u8; 32],
    ending: &'static str,
}

impl Key {
    /// The key of a component's code under an engine; `engine` says all that makes one engine's code useless to another.
    pub fn new(component: &[u8], engine: &[u8]) -> Self {
        Self::of(CODE, engine, component)
    }

    fn of(ending: &'static str, maker: &[u8], component: &[u8]) -> Self {
        let mut hash = Hasher::new();
        for part in [ending.as_bytes(), maker] {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.update(component);
        Self {
            hash: hash.finalize().into(),
            ending,
        }
    }

    fn name(self) -> String {
        let hash = Hash::from_bytes(self.hash);
        format!("{}.{}", hash.to_hex(), self.ending)
    }
}

/// Why something kept is not taken.
enum Reason {
    /// It is not what perfctl put there.
    Damage(String),
    /// It could not be read this time: a machine may have run out of memory or of open files.
    Passing(std::io::Error),
}

impl From<std::io::Error> for Reason {
    fn from(error: std::io::Error) -> Self {
        Self::Passing(error)
    }
}

impl Cache {
    /// The cache in `dir`, whose marks are made with the key in the file `key`; both are made if they are not there.
    ///
    /// # Errors
    /// When one of them cannot be made, is a symbolic link, or belongs to others or can be written by them.
    pub fn open(dir: &Path, key: &Path) -> Result<Self, CacheError> {
        let unusable = |error| CacheError::Unusable(dir.to_owned(), error);
        let mut builder = fs::DirBuilder::new();
        builder
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .map_err(unusable)?;
        let meta = fs::symlink_metadata(dir).map_err(unusable)?;
        if !meta.is_dir() {
            return Err(CacheError::Unsafe(
                dir.to_owned(),
                "is a symbolic link or no directory",
            ));
        }
        check_owner(dir, &meta)?;
        if meta.mode() & 0o077 != 0 {
            fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(unusable)?;
        }
        Ok(Self {
            dir: dir.to_owned(),
            key: secret::read_or_make(key)?,
        })
    }

    /// What makes the mark of the code for `key`, which is yet to be given.
    fn marker(&self, key: Key) -> Hasher {
        let mut mark = Hasher::new_keyed(&self.key);
        mark.update(&key.hash);
        mark
    }

    fn mark(&self, key: Key, bytes: &[u8]) -> Hash {
        self.marker(key).update(bytes).finalize()
    }

    /// The code kept for `key`, if there is any and it is what was put there. What is damaged is removed, with a warning.
    pub fn get(&self, key: Key) -> Option<Code> {
        self.get_into(key, Code::begin)
    }

    fn get_into(
        &self,
        key: Key,
        begin: impl FnOnce() -> std::io::Result<Unsealed>,
    ) -> Option<Code> {
        self.take(key, || {
            let mut code = begin()?;
            let is_there = self.read(key, |bytes| code.add(bytes))?;
            Ok(match is_there {
                true => Some(code.seal()?),
                false => None,
            })
        })
    }

    /// The SHA-256 of a component's bytes, in hexadecimal digits. Locks name it, and to find out whether it was asked for before takes a
    /// twentieth of the time: on a processor without instructions for it a plugin in Python has 70 ms of it.
    pub fn sha256(&self, bytes: &[u8]) -> String {
        let key = Key::of(DIGEST, &[], bytes);
        let known = self.take(key, || {
            let mut known = Vec::new();
            let is_there = self.read(key, |bytes| known.write_all(bytes))?;
            Ok(is_there.then_some(known))
        });
        let known = known.and_then(|known| String::from_utf8(known).ok());
        known.unwrap_or_else(|| {
            let digest = Sha256::digest(bytes)
                .iter()
                .fold(String::new(), |mut digits, byte| {
                    let _ = write!(digits, "{byte:02x}");
                    digits
                });
            self.put(key, digest.as_bytes());
            digest
        })
    }

    /// What is read for `key`. What is damaged is removed, with a warning.
    fn take<T>(&self, key: Key, read: impl FnOnce() -> Result<Option<T>, Reason>) -> Option<T> {
        read().unwrap_or_else(|reason| {
            let path = self.dir.join(key.name());
            let shown = path.display();
            match reason {
                Reason::Damage(why) => {
                    tracing::warn!("{shown}: {why}; it is made anew");
                    let _ = fs::remove_file(&path);
                }
                Reason::Passing(error) => tracing::warn!("{shown}: {error}; it is not used"),
            }
            None
        })
    }

    /// Hands on what is kept for `key`, and says whether there is something; when it fails, what was handed on is nothing that perfctl
    /// put there.
    fn read(
        &self,
        key: Key,
        mut hand_on: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> Result<bool, Reason> {
        let damage = |why: &str| Reason::Damage(why.to_owned());
        let path = self.dir.join(key.name());
        let mut options = File::options();
        // A symbolic link is not followed, whatever it leads to.
        let opened = options
            .read(true)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
            .open(&path);
        let mut file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) if Errno::from_io_error(&error) == Some(Errno::LOOP) => {
                return Err(damage("it is a symbolic link"));
            }
            Err(error) => return Err(error.into()),
        };
        let meta = file.metadata()?;
        check_owner(&path, &meta).map_err(|error| damage(&error.to_string()))?;
        if !meta.is_file() || meta.len() > MOST {
            return Err(damage("it is no file, or too large to be one"));
        }
        let mut mark = [0; MARK];
        match file.read_exact(&mut mark) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Err(damage("it is cut off"));
            }
            read => read?,
        }
        let mut made = self.marker(key);
        let mut chunk = Vec::with_capacity(CHUNK);
        while {
            chunk.clear();
            let mut next = Read::by_ref(&mut file).take(CHUNK as u64);
            next.read_to_end(&mut chunk)? > 0
        } {
            made.update(&chunk);
            hand_on(&chunk)?;
        }
        // Compared in constant time.
        if made.finalize() != mark {
            return Err(damage("it is not what perfctl put there"));
        }
        // The longest unused go first.
        let _ = file.set_modified(SystemTime::now());
        Ok(true)
    }

    /// Keeps code for `key`. What cannot be kept is compiled again next time, and that is all.
    pub fn put(&self, key: Key, code: &[u8]) {
        if let Err(error) = self.write(key, code) {
            tracing::warn!("{}: {error}", self.dir.display());
        }
        self.relieve();
        self.tidy_up();
    }

    fn write(&self, key: Key, code: &[u8]) -> std::io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.dir)?;
        file.write_all(self.mark(key, code).as_bytes())?;
        file.write_all(code)?;
        file.as_file().sync_data()?;
        file.persist(self.dir.join(key.name()))
            .map_err(|error| error.error)?;
        Ok(())
    }

    /// Removes what was begun and never finished.
    fn tidy_up(&self) {
        let is_left = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str());
            let written = fs::symlink_metadata(path).and_then(|meta| meta.modified());
            let age = written.map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
            name.is_some_and(|name| name.starts_with(UNFINISHED))
                && age.is_ok_and(|age| age > WRITING)
        };
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if is_left(&path) {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Everything that is kept: when it was used last, its size, its path.
    fn entries(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let Ok(all) = fs::read_dir(&self.dir) else {
            return Vec::new();
        };
        let paths = all.flatten().map(|entry| entry.path());
        let is_kept = |ending: &OsStr| ending == CODE || ending == DIGEST;
        let kept = paths.filter(|path| path.extension().is_some_and(is_kept));
        kept.filter_map(|path| {
            let meta = fs::symlink_metadata(&path).ok()?;
            Some((meta.modified().ok()?, meta.len(), path))
        })
        .collect()
    }

    /// Removes what was not used for longest until the rest is no more than [`MOST`].
    fn relieve(&self) {
        let mut entries = self.entries();
        entries.sort();
        let mut total: u64 = entries.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in entries {
            if total <= MOST {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= size;
            }
        }
    }
}

#[cfg(test)]
mod tests;
