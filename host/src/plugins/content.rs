//! What is in a plugin's file. It may have come with somebody's repository, which may hold a pipe or a device in its place: only plain files
//! are read, without waiting, and no more of them than a plugin has.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use perfctl_wasm::component::MOST_BYTES;
use rustix::fs::OFlags;

/// The bytes of a plugin's file.
///
/// # Errors
/// When it cannot be read, or is too large to be one.
pub(crate) fn read(path: &Path) -> Result<Arc<[u8]>, String> {
    let (mut file, size) = open(path)?;
    if size > MOST_BYTES as u64 {
        return Err(format!(
            "the file has {} MiB, more than the limit of {} MiB",
            size >> 20,
            MOST_BYTES >> 20
        ));
    }
    let plain = |error: std::io::Error| error.to_string();
    // Read where it stays: plugins in Python have 19 MB. What has become shorter or longer since is being written.
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, size as usize).collect();
    let room = Arc::get_mut(&mut bytes).unwrap_or_default();
    file.read_exact(room).map_err(plain)?;
    match file.read(&mut [0]).map_err(plain)? {
        0 => Ok(bytes),
        _ => Err("it is being written".to_owned()),
    }
}

/// The text of a small file; `None` where there is none.
pub(super) fn text(path: &Path, most: u64) -> Option<String> {
    let (file, _) = open(path).ok()?;
    let mut text = String::new();
    file.take(most + 1).read_to_string(&mut text).ok()?;
    (text.len() as u64 <= most).then_some(text)
}

/// A plain file with its size.
fn open(path: &Path) -> Result<(File, u64), String> {
    let plain = |error: std::io::Error| error.to_string();
    let none = || Err("it is no plain file".to_owned());
    // Looked at first, because opening alone already does something to some devices.
    if !std::fs::metadata(path).map_err(plain)?.is_file() {
        return none();
    }
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(OFlags::NONBLOCK.bits() as i32)
        .open(path)
        .map_err(plain)?;
    // Looked at again: it may have been replaced meanwhile.
    let meta = file.metadata().map_err(plain)?;
    match meta.is_file() {
        true => Ok((file, meta.len())),
        false => none(),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_is_no_plain_file_is_refused_at_once() {
        let dir = tempfile::tempdir().expect("works here");
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("plain"), "bytes").expect("works here");
        symlink("plain", path("link")).expect("works here");
        assert_eq!(read(&path("link")).as_deref(), Ok(&b"bytes"[..]));
        assert_eq!(text(&path("link"), 5).as_deref(), Some("bytes"));
        assert_eq!(text(&path("link"), 4), None);
        symlink("/dev/zero", path("zero")).expect("works here");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(
            rustix::fs::CWD,
            path("pipe"),
            rustix::fs::FileType::Fifo,
            mode,
            0,
        )
        .expect("works here");
        for name in ["zero", "pipe", "."] {
            let refused = read(&path(name)).expect_err(name);
            assert_eq!(refused, "it is no plain file", "{name}");
            assert_eq!(text(&path(name), 8), None, "{name}");
        }
    }

    #[test]
    fn what_is_too_large_is_not_read() {
        let dir = tempfile::tempdir().expect("works here");
        let path = dir.path().join("large");
        let file = File::create(&path).expect("works here");
        file.set_len(MOST_BYTES as u64 + 1).expect("works here");
        let refused = read(&path).expect_err("too large");
        assert!(refused.contains("more than the limit"), "{refused}");
    }
}
