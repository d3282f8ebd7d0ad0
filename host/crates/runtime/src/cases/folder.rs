//! The files of a case, and copies of it that may be changed.

use std::fs;
use std::io;
use std::path::Path;

/// Files larger than this carry no marks, in bytes: nobody writes that much by hand.
const LARGEST: u64 = 1 << 20;

/// One file of a case.
#[derive(Clone, Debug)]
pub(super) struct CaseFile {
    /// Path from the case's folder, forward slashes.
    pub(super) path: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Every file of the case in `root` that may carry marks, sorted by path; ignore files are not asked, links not followed.
///
/// # Errors
/// When a file or folder cannot be read.
pub(super) fn read(root: &Path) -> io::Result<Vec<CaseFile>> {
    let mut files = Vec::new();
    read_below(root, "", &mut files)?;
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}

fn read_below(dir: &Path, prefix: &str, files: &mut Vec<CaseFile>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if kind.is_dir() && entry.file_name() != ".git" {
            read_below(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() && entry.metadata()?.len() <= LARGEST {
            files.push(CaseFile {
                path,
                bytes: fs::read(entry.path())?,
            });
        }
    }
    Ok(())
}

/// Copies everything below `from` into the folder `to`, links as links.
///
/// # Errors
/// When something cannot be read or written.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            fs::create_dir(&target)?;
            copy(&entry.path(), &target)?;
        } else if kind.is_symlink() {
            link(&fs::read_link(entry.path())?, &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

/// The scan follows no links, so a copy without them is judged alike.
#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}
