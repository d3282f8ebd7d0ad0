//! Reads a tar file once from front to back, gzipped or not, and remembers what its files weigh.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use perfctl_core::seams::Stop;

use super::contents::{self, ArchiveError, Contents, Watched, Weight};

/// Bytes of JSON kept at most. An image has a handful of small files; anything beyond is no image archive.
const LARGEST_TOTAL: usize = 64 << 20;

enum Entry {
    File {
        weight: Weight,
        text: Option<Vec<u8>>,
    },
    Link(String),
    /// A gzipped file that ends too early or is garbled; matters only if an image needs it.
    Broken(String),
}

/// A file's lengths, and its bytes where they were kept.
type Found<'a> = (Weight, Option<&'a [u8]>);

/// A tar file's contents.
pub(super) struct Tarball {
    entries: BTreeMap<String, Entry>,
}

/// Reads the tar file.
pub(super) fn read(path: &Path, stop: &dyn Stop) -> Result<Tarball, ArchiveError> {
    let mut file = File::open(path).map_err(|why| ArchiveError::Unreadable(why.to_string()))?;
    let mut magic = [0; 2];
    let packed = match file.read_exact(&mut magic) {
        Ok(()) => magic == [0x1f, 0x8b],
        Err(why) if why.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(ArchiveError::Truncated("before its first file".to_owned()));
        }
        Err(why) => return Err(contents::failed(why)),
    };
    file.rewind().map_err(contents::failed)?;
    let watched = Watched::new(BufReader::with_capacity(1 << 17, file), stop);
    if packed {
        scan(MultiGzDecoder::new(BufReader::new(watched)), stop)
    } else {
        scan(watched, stop)
    }
}

fn scan(reader: impl Read, stop: &dyn Stop) -> Result<Tarball, ArchiveError> {
    let mut entries = BTreeMap::new();
    let mut kept = 0;
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(contents::failed)? {
        let entry = entry.map_err(|why| {
            if entries.is_empty() {
                match first(why) {
                    // A file that is too short for one header was hardly ever an archive.
                    ArchiveError::Truncated(_) => ArchiveError::Foreign,
                    other => other,
                }
            } else {
                contents::failed(why)
            }
        })?;
        let Some(name) = contents::normal(&String::from_utf8_lossy(&entry.path_bytes())) else {
            continue;
        };
        let kind = entry.header().entry_type();
        if kind.is_symlink() || kind.is_hard_link() {
            let target = entry
                .link_name_bytes()
                .map(|link| String::from_utf8_lossy(&link).into_owned());
            entries.extend(
                target
                    .and_then(|target| link(&name, &target, kind.is_hard_link()))
                    .map(|to| (name, Entry::Link(to))),
            );
        } else if kind.is_file() {
            let expected = entry.size();
            let found = match contents::weigh(entry, stop) {
                Ok((weight, _)) if weight.stored < expected => {
                    return Err(ArchiveError::Truncated(format!("within `{name}`")));
                }
                Ok((weight, text)) => {
                    let text = text.filter(|text| kept + text.len() <= LARGEST_TOTAL);
                    kept += text.as_ref().map_or(0, Vec::len);
                    Entry::File { weight, text }
                }
                Err(ArchiveError::Truncated(_)) => {
                    Entry::Broken("its gzip stream ends too early".to_owned())
                }
                Err(ArchiveError::Damaged(why)) => Entry::Broken(why),
                Err(why) => return Err(why),
            };
            entries.insert(name, found);
        }
    }
    Ok(Tarball { entries })
}

/// A file whose very first block is no tar header is something else, unless it is too short for one.
fn first(why: io::Error) -> ArchiveError {
    match contents::failed(why) {
        ArchiveError::Unreadable(_) | ArchiveError::Damaged(_) => ArchiveError::Foreign,
        other => other,
    }
}

/// The target of a link as a path within the archive: symbolic ones are relative to their folder, hard ones to the root.
fn link(name: &str, target: &str, hard: bool) -> Option<String> {
    match name.rsplit_once('/') {
        Some((folder, _)) if !hard => contents::normal(&format!("{folder}/{target}")),
        _ => contents::normal(target),
    }
}

impl Tarball {
    fn find(&self, name: &str) -> Result<Option<Found<'_>>, ArchiveError> {
        let mut at = contents::normal(name);
        // `docker save` links a layer to one that it has already written; a chain of links is bounded against loops.
        for _ in 0..8 {
            match at.as_ref().and_then(|name| self.entries.get(name)) {
                None => return Ok(None),
                Some(Entry::File { weight, text }) => return Ok(Some((*weight, text.as_deref()))),
                Some(Entry::Broken(why)) => {
                    return Err(ArchiveError::Damaged(format!("`{name}`: {why}")));
                }
                Some(Entry::Link(to)) => at = Some(to.clone()),
            }
        }
        Ok(None)
    }
}

impl Contents for Tarball {
    fn text(&self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        match self.find(name)? {
            None => Ok(None),
            Some((_, Some(text))) => Ok(Some(text.to_vec())),
            Some((_, None)) => Err(ArchiveError::Damaged(format!(
                "`{name}` is not JSON of a usual size"
            ))),
        }
    }

    fn weigh(&self, name: &str) -> Result<Option<Weight>, ArchiveError> {
        Ok(self.find(name)?.map(|(weight, _)| weight))
    }
}
