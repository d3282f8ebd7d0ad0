//! Compiled components, kept from run to run.
//!
//! What is kept here is machine code that will be run: the engine itself accepts nearly any damage to it. So it lies in a directory that only
//! its owner can enter, each file carries a mark that only the holder of a key can make, the key lies elsewhere (a directory that is restored from
//! somebody else's archive brings no valid mark), and the bytes that were checked are the bytes that are used.

use std::fs::{self, File, Metadata};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use blake3::{Hash, Hasher};

/// The bytes of a mark: BLAKE3 with a key.
const MARK: usize = 32;

/// Bytes that are read before they are looked at: as many as stay near the processor.
const CHUNK: u64 = 256 << 10;

/// The most bytes that are kept; the longest unused go first.
const MOST: u64 = 1 << 30;

/// The ending of a compiled component.
const ENDING: &str = "cwasm";

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

/// What a compiled component is of: the component's bytes, and all of the engine that decides what is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of a component under an engine; `engine` says all that makes one engine's code useless to another.
    pub fn new(component: &[u8], engine: &[u8]) -> Self {
        let mut hash = Hasher::new();
        hash.update(&(engine.len() as u64).to_le_bytes());
        hash.update(engine);
        hash.update(component);
        Self(hash.finalize().into())
    }

    fn name(self) -> String {
        let mut name = String::with_capacity(70);
        for byte in self.0 {
            name.push_str(&format!("{byte:02x}"));
        }
        name.push('.');
        name.push_str(ENDING);
        name
    }
}

/// Refuses what somebody else could have put there.
fn check_owner(path: &Path, meta: &Metadata) -> Result<(), CacheError> {
    let refuse = |why| Err(CacheError::Unsafe(path.to_owned(), why));
    if meta.uid() != rustix::process::geteuid().as_raw() {
        return refuse("belongs to another user");
    }
    if meta.mode() & 0o022 != 0 {
        return refuse("can be written by others: take the right away with `chmod go-w`");
    }
    Ok(())
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
            key: read_or_make_key(key)?,
        })
    }

    /// What makes the mark of the code for `key`, which is yet to be given.
    fn marker(&self, key: Key) -> Hasher {
        let mut mark = Hasher::new_keyed(&self.key);
        mark.update(&key.0);
        mark
    }

    /// Whether there is code for `key`, looked at from outside.
    pub fn holds(&self, key: Key) -> bool {
        self.dir.join(key.name()).is_file()
    }

    fn mark(&self, key: Key, bytes: &[u8]) -> Hash {
        self.marker(key).update(bytes).finalize()
    }

    /// The code kept for `key`, if there is any and it is what was put there. What is damaged is removed, with a warning.
    pub fn get(&self, key: Key) -> Option<Vec<u8>> {
        let path = self.dir.join(key.name());
        match self.read(key, &path) {
            Ok(bytes) => bytes,
            Err(why) => {
                tracing::warn!("{}: {why}; it is compiled anew", path.display());
                let _ = fs::remove_file(&path);
                None
            }
        }
    }

    fn read(&self, key: Key, path: &Path) -> Result<Option<Vec<u8>>, String> {
        let mut options = File::options();
        // A symbolic link is not followed, whatever it leads to.
        let opened = options
            .read(true)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
            .open(path);
        let mut file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let plain = |error: std::io::Error| error.to_string();
        let meta = file.metadata().map_err(plain)?;
        check_owner(path, &meta).map_err(|error| error.to_string())?;
        let mut mark = [0; MARK];
        file.read_exact(&mut mark)
            .map_err(|_| "it is cut off".to_owned())?;
        if meta.len() > MOST {
            return Err("it is too large to be one".to_owned());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default());
        let mut made = self.marker(key);
        loop {
            let known = bytes.len();
            let chunk = Read::by_ref(&mut file).take(CHUNK).read_to_end(&mut bytes);
            if chunk.map_err(plain)? == 0 {
                break;
            }
            made.update(&bytes[known..]);
        }
        // Compared in constant time.
        if made.finalize() != mark {
            return Err("it is not what perfctl put there".to_owned());
        }
        // The longest unused go first.
        let _ = file.set_modified(SystemTime::now());
        Ok(Some(bytes))
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

    /// Every compiled component: when it was used last, its size, its path.
    fn entries(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let Ok(all) = fs::read_dir(&self.dir) else {
            return Vec::new();
        };
        let paths = all.flatten().map(|entry| entry.path());
        let kept = paths.filter(|path| path.extension().is_some_and(|ending| ending == ENDING));
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

/// The key in a file that only its owner reads.
fn read_or_make_key(path: &Path) -> Result<[u8; MARK], CacheError> {
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

#[cfg(test)]
mod tests;
