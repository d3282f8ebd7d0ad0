//! What an archive holds, whether it is a tar file or a folder, and how a file of it is weighed.

use std::io::{self, BufReader, Read};

use flate2::read::MultiGzDecoder;
use perfctl_core::seams::Stop;
use thiserror::Error;

/// Manifests, indexes and configurations are smaller than this; registries refuse larger ones, too.
pub(super) const LARGEST_TEXT: u64 = 4 << 20;

/// Why an archive could not be measured. The texts continue a sentence that begins with its path.
#[derive(Debug, Error)]
pub(super) enum ArchiveError {
    /// Nothing at that path.
    #[error("is not there")]
    NotThere,
    /// The archive is whole, but does not hold what was asked for.
    #[error("does not hold what was asked for: {0}")]
    Absent(String),
    /// It ends too early.
    #[error("is cut off {0}: save the image again")]
    Truncated(String),
    /// It contradicts itself.
    #[error("is damaged: {0}; save the image again")]
    Damaged(String),
    /// It is something else.
    #[error(
        "is no image archive or is cut off: it has neither `index.json` (OCI) nor `manifest.json` (docker); save the \
         image with `docker save`, `podman save` or `skopeo copy`"
    )]
    Foreign,
    /// The file system refused.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The user asked to stop.
    #[error("was left unmeasured on request")]
    Stopped,
}

impl ArchiveError {
    /// That the image `wanted` is not among those that the archive names.
    pub(super) fn no_image(wanted: Option<&str>, there: &[String]) -> Self {
        let has = if there.is_empty() {
            "it names none".to_owned()
        } else {
            format!("it has {}", there.join(", "))
        };
        Self::Absent(format!("no image `{}`; {has}", wanted.unwrap_or_default()))
    }
}

/// Lengths of a file in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weight {
    /// Bytes as stored.
    pub(super) stored: u64,
    /// Bytes after unpacking; `None` for a packing that is not understood.
    pub(super) unpacked: Option<u64>,
}

/// An archive's files by their path within it.
pub(super) trait Contents {
    /// A small file's bytes; `None` where it is absent.
    fn text(&self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError>;
    /// A file's lengths; `None` where it is absent.
    fn weigh(&self, name: &str) -> Result<Option<Weight>, ArchiveError>;
}

/// A path within an archive in one form: no `./`, `..` resolved. `None` where it leads out of the archive.
pub(super) fn normal(name: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!name.starts_with('/') && !parts.is_empty()).then(|| parts.join("/"))
}

/// Passes bytes on, counts them, and ends with an error once the user asks to stop.
pub(super) struct Watched<'a, R> {
    inner: R,
    count: u64,
    stop: &'a dyn Stop,
}

/// The error inside of an [`io::Error`] when the user asked to stop.
#[derive(Debug, Error)]
#[error("stopped")]
struct StopRequested;

impl<'a, R: Read> Watched<'a, R> {
    /// Watches `inner`.
    pub(super) fn new(inner: R, stop: &'a dyn Stop) -> Self {
        Self {
            inner,
            count: 0,
            stop,
        }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.requested() {
            return Err(io::Error::other(StopRequested));
        }
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// Reads a file to its end. The bytes themselves are kept where they look like JSON and are few.
pub(super) fn weigh(
    file: impl Read,
    stop: &dyn Stop,
) -> Result<(Weight, Option<Vec<u8>>), ArchiveError> {
    let mut watched = Watched::new(file, stop);
    let mut head = Vec::new();
    (&mut watched)
        .take(6)
        .read_to_end(&mut head)
        .map_err(failed)?;
    let mut whole = io::Cursor::new(head.clone()).chain(&mut watched);
    if head.first().is_some_and(|byte| matches!(byte, b'{' | b'[')) {
        let mut text = Vec::new();
        (&mut whole)
            .take(LARGEST_TEXT)
            .read_to_end(&mut text)
            .map_err(failed)?;
        let rest = io::copy(&mut whole, &mut io::sink()).map_err(failed)?;
        let length = text.len() as u64 + rest;
        return Ok((
            Weight {
                stored: length,
                unpacked: Some(length),
            },
            (rest == 0).then_some(text),
        ));
    }
    let unpacked = match head[..] {
        [0x1f, 0x8b, ..] => {
            let mut unpacked = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, &mut whole));
            Some(io::copy(&mut unpacked, &mut io::sink()).map_err(failed)?)
        }
        // zstd, xz and bzip2.
        [0x28, 0xb5, 0x2f, 0xfd, ..]
        | [0xfd, b'7', b'z', b'X', b'Z', 0]
        | [b'B', b'Z', b'h', ..] => None,
        _ => Some(io::copy(&mut whole, &mut io::sink()).map_err(failed)?),
    };
    io::copy(&mut whole, &mut io::sink()).map_err(failed)?;
    Ok((
        Weight {
            stored: watched.count,
            unpacked,
        },
        None,
    ))
}

/// What an error of reading means for the archive.
pub(super) fn failed(why: io::Error) -> ArchiveError {
    let stopped = why
        .get_ref()
        .is_some_and(|inner| inner.is::<StopRequested>());
    if stopped {
        ArchiveError::Stopped
    } else if why.kind() == io::ErrorKind::UnexpectedEof || ends_early(&why.to_string()) {
        ArchiveError::Truncated("within a file".to_owned())
    } else if matches!(
        why.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
    ) {
        ArchiveError::Damaged(why.to_string())
    } else {
        ArchiveError::Unreadable(why.to_string())
    }
}

/// The tar reader has no error kind of its own for an archive that ends within a header or within padding.
fn ends_early(message: &str) -> bool {
    message.contains("failed to read entire block") || message.contains("unexpected EOF")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use perfctl_core::seams::Never;
    use proptest::prelude::*;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("in memory");
        encoder.finish().expect("in memory")
    }

    #[test]
    fn plain_and_gzipped_files_are_weighed() {
        let plain = vec![7; 100_000];
        let packed = gzip(&plain);
        let weight = |bytes: &[u8]| weigh(bytes, &Never).expect("readable").0;
        assert_eq!(
            weight(&plain),
            Weight {
                stored: 100_000,
                unpacked: Some(100_000)
            }
        );
        assert_eq!(
            weight(&packed),
            Weight {
                stored: packed.len() as u64,
                unpacked: Some(100_000)
            }
        );
        let twice = [packed.clone(), packed].concat();
        assert_eq!(
            weight(&twice).unpacked,
            Some(200_000),
            "pigz and estargz write several members"
        );
        assert_eq!(weight(b"\x28\xb5\x2f\xfd....").unpacked, None);
        assert_eq!(
            weight(b""),
            Weight {
                stored: 0,
                unpacked: Some(0)
            }
        );
    }

    #[test]
    fn json_is_kept_and_a_cut_gzip_is_truncated() {
        assert_eq!(
            weigh(&b"{\"a\":1}"[..], &Never)
                .expect("readable")
                .1
                .as_deref(),
            Some(&b"{\"a\":1}"[..])
        );
        let packed = gzip(&[7; 100_000]);
        let cut = weigh(&packed[..packed.len() / 2], &Never).expect_err("cut");
        assert!(matches!(cut, ArchiveError::Truncated(_)), "{cut}");
    }

    #[test]
    fn reading_ends_when_asked_to() {
        struct Now;
        impl Stop for Now {
            fn requested(&self) -> bool {
                true
            }
        }
        assert!(matches!(
            weigh(&b"abc"[..], &Now),
            Err(ArchiveError::Stopped)
        ));
    }

    #[test]
    fn paths_have_one_form_and_stay_inside() {
        assert_eq!(normal("./a//b/../c").as_deref(), Some("a/c"));
        for outside in ["../a", "a/../../b", "/etc/passwd", "", "./"] {
            assert_eq!(normal(outside), None, "{outside}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_weighed_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), packed in any::<bool>()) {
            let bytes = if packed { [&[0x1f, 0x8b, 8, 0][..], &bytes].concat() } else { bytes };
            if let Ok((weight, _)) = weigh(&bytes[..], &Never) {
                prop_assert_eq!(weight.stored, bytes.len() as u64);
            }
        }
    }
}
