//! Reading files that the audited repository put where they are. It may have put a device, a pipe or a link there, so only
//! regular files are opened, without waiting, and no more is read than was asked for. It must not know what is in them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Opens `path` if it is a regular file itself and no link to one.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
    // Looked at first, because opening alone already does something to some devices.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(refused());
    }
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(path)?;
    // Looked at again: it may have been replaced meanwhile.
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(refused()),
    }
}

/// What is in `path`, if that is a regular file of at most `most` bytes.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One more than allowed, to tell a file that grows while it is read.
    open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, "too large")),
        false => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_regular_files_are_read_and_only_small_ones() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let file = place.path().join("file");
        fs::write(&file, "1234").expect("written");
        assert_eq!(read(&file, 4).expect("read"), b"1234");
        assert!(read(&file, 3).is_err());
        let link = place.path().join("link");
        symlink(&file, &link).expect("a link");
        assert!(read(&link, 4).is_err());
        assert!(read(place.path(), 4).is_err());
        assert!(read(Path::new("/dev/zero"), 4).is_err());
    }
}
