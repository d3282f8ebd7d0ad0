//! The paths in git's index: which files a repository has, whatever its ignore rules say. It reads versions 2 to 4 and knows
//! nothing of what the entries say beside their paths.

use std::path::Path;

/// Bytes of an entry before the object's name.
const FIXED: usize = 40;

/// Paths that a repository tracks.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Paths from the root of the repository, in the order of their bytes.
    paths: Vec<Box<[u8]>>,
}

impl Index {
    /// The paths in the bytes of an index. One that cannot be read to its end says nothing: half of it would be guessed.
    pub(super) fn read(bytes: &[u8]) -> Self {
        // How long names of objects are is only said in the repository's configuration.
        let mut paths = [20, 32]
            .iter()
            .find_map(|hash| paths(bytes, *hash))
            .unwrap_or_default();
        paths.sort_unstable();
        Self { paths }
    }

    /// Whether the file `path` is tracked.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let path = path.as_os_str().as_encoded_bytes();
        self.paths
            .binary_search_by(|known| (**known).cmp(path))
            .is_ok()
    }

    /// Whether something below the directory `path` is tracked.
    pub(super) fn holds_below(&self, path: &Path) -> bool {
        let mut prefix = path.as_os_str().as_encoded_bytes().to_vec();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let at = self.paths.partition_point(|known| **known < *prefix);
        self.paths
            .get(at)
            .is_some_and(|known| known.starts_with(&prefix))
    }
}

/// The paths of an index whose objects have names of `hash` bytes; `None` when it is none.
fn paths(bytes: &[u8], hash: usize) -> Option<Vec<Box<[u8]>>> {
    let rest = bytes.strip_prefix(b"DIRC")?;
    let version = u32::from_be_bytes(*rest.first_chunk()?);
    let count = u32::from_be_bytes(*rest.get(4..)?.first_chunk()?) as usize;
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut at = 12;
    let mut paths: Vec<Box<[u8]>> = Vec::with_capacity(count.min(bytes.len() / (FIXED + hash)));
    for _ in 0..count {
        let flags = u16::from_be_bytes(*bytes.get(at + FIXED + hash..)?.first_chunk()?);
        let is_extended = version > 2 && flags & 0x4000 != 0;
        let start = at + FIXED + hash + if is_extended { 4 } else { 2 };
        let kept = match version {
            4 => {
                let before: &[u8] = paths.last().map_or(&[], |path| path);
                let (dropped, length) = offset(bytes.get(start..)?)?;
                (before.get(..before.len().checked_sub(dropped)?)?, length)
            }
            _ => (&[][..], 0),
        };
        let text = bytes.get(start + kept.1..)?;
        let end = memchr::memchr(0, text)?;
        let path = [kept.0, &text[..end]].concat();
        // The length that the entry says is what tells a wrong guess at the names of objects.
        let said = usize::from(flags & 0xfff);
        if said != path.len().min(0xfff) {
            return None;
        }
        at = match version {
            4 => start + kept.1 + end + 1,
            _ => at + (start - at + end + 8) / 8 * 8,
        };
        paths.push(path.into());
    }
    Some(paths)
}

/// How many bytes of the path before are dropped, as git writes offsets, and how many bytes say so.
fn offset(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = usize::from(bytes.first()? & 0x7f);
    let mut at = 0;
    while bytes.get(at)? & 0x80 != 0 {
        at += 1;
        value = value.checked_add(1)?.checked_mul(128)? | usize::from(bytes.get(at)? & 0x7f);
    }
    Some((value, at + 1))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn entry(path: &str, before: &str, version: u8, hash: usize) -> Vec<u8> {
        let mut entry = vec![7; FIXED + hash];
        entry.extend((path.len() as u16).to_be_bytes());
        if version == 4 {
            entry.push(before.len() as u8);
            entry.extend(path.bytes().chain([0]));
        } else {
            entry.extend(path.bytes());
            let padded = (entry.len() + 8) / 8 * 8;
            entry.resize(padded, 0);
        }
        entry
    }

    /// An index as git writes it, of files that are sorted already.
    pub(in crate::walk) fn index(paths: &[&str], version: u8, hash: usize) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend([0, 0, 0, version, 0, 0, 0, paths.len() as u8]);
        let mut before = "";
        for path in paths {
            bytes.extend(entry(path, before, version, hash));
            before = path;
        }
        bytes.extend(vec![9; hash]);
        bytes
    }

    #[test]
    fn paths_are_read_in_every_version_and_with_either_hash() {
        for (version, hash) in [(2, 20), (3, 20), (4, 20), (2, 32), (4, 32)] {
            let read = Index::read(&index(&["a.log", "dist/x/app.js", "z"], version, hash));
            let holds = |path: &str| read.holds(Path::new(path));
            let below = |path: &str| read.holds_below(Path::new(path));
            assert!(holds("a.log") && holds("z"), "{version}, {hash}");
            assert!(!holds("dist") && !holds("a.lo"), "{version}, {hash}");
            assert!(below("dist/x") && below("dist"), "{version}, {hash}");
            assert!(!below("dis") && !below("a.log"), "{version}, {hash}");
        }
    }

    #[test]
    fn an_index_that_cannot_be_read_says_nothing() {
        let whole = index(&["a", "b/c"], 2, 20);
        let last_name = 12 + 64 + FIXED + 20 + 2 + "b/c\0".len();
        for end in 0..last_name {
            assert!(Index::read(&whole[..end]).paths.is_empty(), "{end}");
        }
        let mut claims = whole.clone();
        claims[8] = 0xff;
        assert!(Index::read(&claims).paths.is_empty());
    }
}
