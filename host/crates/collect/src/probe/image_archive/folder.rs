//! A folder: an OCI layout, or an archive that someone unpacked. Files are read when they are asked for, so that a folder
//! that is something else costs nothing.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use perfctl_core::seams::Stop;

use super::contents::{self, ArchiveError, Contents, LARGEST_TEXT, Weight};

/// A folder's contents.
pub(super) struct Folder<'a> {
    root: &'a Path,
    stop: &'a dyn Stop,
}

impl<'a> Folder<'a> {
    /// The folder at that path.
    pub(super) fn new(root: &'a Path, stop: &'a dyn Stop) -> Self {
        Self { root, stop }
    }

    /// Opens a regular file; pipes and devices would block.
    fn open(&self, name: &str) -> Result<Option<File>, ArchiveError> {
        let Some(path) = contents::normal(name).map(|name| self.root.join(PathBuf::from(name)))
        else {
            return Ok(None);
        };
        match std::fs::metadata(&path) {
            Ok(about) if about.is_file() => File::open(&path).map(Some).map_err(contents::failed),
            Ok(_) => Ok(None),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(contents::failed(why)),
        }
    }
}

impl Contents for Folder<'_> {
    fn text(&self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(file) = self.open(name)? else {
            return Ok(None);
        };
        let mut text = Vec::new();
        file.take(LARGEST_TEXT + 1)
            .read_to_end(&mut text)
            .map_err(contents::failed)?;
        if text.len() as u64 > LARGEST_TEXT {
            return Err(ArchiveError::Damaged(format!(
                "`{name}` is larger than any manifest"
            )));
        }
        Ok(Some(text))
    }

    fn weigh(&self, name: &str) -> Result<Option<Weight>, ArchiveError> {
        let Some(file) = self.open(name)? else {
            return Ok(None);
        };
        match contents::weigh(file, self.stop) {
            Ok((weight, _)) => Ok(Some(weight)),
            Err(ArchiveError::Truncated(_)) => {
                Err(ArchiveError::Truncated(format!("within `{name}`")))
            }
            Err(why) => Err(why),
        }
    }
}
