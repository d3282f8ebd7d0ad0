//! Files written whole or not at all.

use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// The bytes' digest, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The digest of a file's contents, in hexadecimal. However large it is, little of it is in memory at once.
pub(crate) fn sha256_of(file: &Path) -> io::Result<String> {
    let mut file = std::fs::File::open(file)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hexadecimal(&digest.finalize())),
            Ok(size) => digest.update(&buffer[..size]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Writes `bytes` to a temporary file beside `file` and renames it. A link is followed, unless it lies in a repository and leads
/// out of it: whoever made the repository has put it there. A device or a pipe is written into, and a file that is there keeps
/// its permissions.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(link) = leads_out(file) {
        return Err(io::Error::other(format!(
            "{} is a link out of the repository's files",
            link.display()
        )));
    }
    write_with_mode(file, bytes, 0o666)
}

/// As [`write_whole`], for a file of the user's own that holds what is nobody else's business: a new one is theirs alone, and
/// links are theirs as well.
pub(crate) fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with_mode(file, bytes, 0o600)
}

/// As [`write_whole`], but what `file` is does not matter: a link is replaced and never followed. The directory must be there.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = file.parent().unwrap_or(Path::new("."));
    through_temporary(dir, file, bytes, 0o666, None)
}

/// Whether a file can be made in `dir`.
pub(crate) fn try_directory(dir: &Path) -> io::Result<()> {
    tempfile::tempfile_in(dir).map(drop).map_err(bare)
}

/// The error without the name of a temporary file, of which the user has never heard.
fn bare(error: io::Error) -> io::Error {
    // `tempfile` adds it to the message, and keeps the error beneath to itself.
    let said = error.to_string();
    match said.split_once(" at path \"") {
        Some((why, _)) => io::Error::new(error.kind(), why),
        None => error,
    }
}

fn through_temporary(
    dir: &Path,
    file: &Path,
    bytes: &[u8],
    mode: u32,
    permissions: Option<std::fs::Permissions>,
) -> io::Result<()> {
    let mut temp = temporary(mode).tempfile_in(dir).map_err(bare)?;
    temp.write_all(bytes).map_err(bare)?;
    if let Some(permissions) = permissions {
        temp.as_file().set_permissions(permissions)?;
    }
    temp.as_file().sync_all()?;
    temp.persist(file).map_err(|error| bare(error.error))?;
    Ok(())
}

/// The first link on the way to `path` that lies within `root`, where whoever made `root` has put it.
pub(crate) fn link_within(root: &Path, path: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let mut way: Vec<&Path> = path.ancestors().collect();
    way.reverse();
    let is_within = |parent: &Path| {
        parent
            .canonicalize()
            .is_ok_and(|real| real.starts_with(&root))
    };
    let found = way
        .into_iter()
        .find(|step| step.is_symlink() && step.parent().is_some_and(is_within));
    found.map(Path::to_owned)
}

/// The link in a repository on the way to `file` by which it leads out of that repository's files.
fn leads_out(file: &Path) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    let real = match file.canonicalize() {
        Ok(real) => real,
        Err(_) => file.parent()?.canonicalize().ok()?,
    };
    let mut way: Vec<&Path> = file.ancestors().collect();
    way.reverse();
    for step in way.into_iter().filter(|step| step.is_symlink()) {
        // The repository that holds the link, which is not the one that it leads to.
        let place = step.parent()?.canonicalize().ok()?;
        let Some(root) = place.ancestors().find(|dir| dir.join(".git").exists()) else {
            continue;
        };
        if !real.starts_with(root) || real.starts_with(root.join(".git")) {
            return Some(step.to_owned());
        }
    }
    None
}

fn write_with_mode(file: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let file = &std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let there = std::fs::metadata(file).ok();
    if there
        .as_ref()
        .is_some_and(|there| !there.is_file() && !there.is_dir())
    {
        return std::fs::OpenOptions::new()
            .write(true)
            .open(file)?
            .write_all(bytes);
    }
    let dir = match file.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(dir)?;
    let permissions = there.filter(std::fs::Metadata::is_file);
    let permissions = permissions.map(|there| there.permissions());
    through_temporary(dir, file, bytes, mode, permissions)
}

/// Temporary files are private unless told otherwise; the user's umask still takes its share.
#[cfg(unix)]
fn temporary(mode: u32) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.permissions(std::fs::Permissions::from_mode(mode));
    builder
}

#[cfg(not(unix))]
fn temporary(_: u32) -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(file: &Path) -> u32 {
        std::fs::metadata(file)
            .expect("works here")
            .permissions()
            .mode()
            & 0o777
    }

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_a_private_one_is_private() {
        let dir = tempfile::tempdir().expect("works here");
        let (kept, private) = (dir.path().join("kept"), dir.path().join("a/private"));
        std::fs::write(&kept, "old").expect("works here");
        std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o640))
            .expect("works here");
        write_whole(&kept, b"new").expect("works here");
        assert_eq!(
            (mode(&kept), std::fs::read(&kept).expect("works here")),
            (0o640, b"new".to_vec())
        );
        write_private(&private, b"x").expect("works here");
        assert_eq!(mode(&private), 0o600);
    }

    #[test]
    fn a_link_of_a_repository_leads_nowhere_else() {
        let dir = tempfile::tempdir().expect("works here");
        let repo = dir.path().join("repo");
        std::fs::create_dir_all(repo.join(".git")).expect("works here");
        std::fs::write(dir.path().join("victim"), "old").expect("works here");
        std::fs::write(repo.join("inner"), "old").expect("works here");
        std::os::unix::fs::symlink("../victim", repo.join("x.sarif")).expect("works here");
        std::os::unix::fs::symlink("..", repo.join("up")).expect("works here");
        std::os::unix::fs::symlink("../other", repo.join("aside")).expect("works here");
        std::os::unix::fs::symlink(".git/config", repo.join("z.sarif")).expect("works here");
        std::fs::create_dir_all(dir.path().join("other/.git")).expect("works here");
        std::fs::write(repo.join(".git/config"), "old").expect("works here");
        std::os::unix::fs::symlink("inner", repo.join("y.sarif")).expect("works here");
        for file in ["x.sarif", "up/victim", "up/new", "aside/new", "z.sarif"] {
            let error = write_whole(&repo.join(file), b"new").expect_err("refused");
            assert!(
                error
                    .to_string()
                    .contains("link out of the repository's files"),
                "{error}"
            );
        }
        assert_eq!(
            std::fs::read(dir.path().join("victim")).expect("works here"),
            b"old"
        );
        assert!(!dir.path().join("new").exists());
        write_private(&repo.join("x.sarif"), b"old").expect("a link of the user's own");
        write_whole(&repo.join("y.sarif"), b"new").expect("works here");
        assert_eq!(
            std::fs::read(repo.join("inner")).expect("works here"),
            b"new"
        );
    }

    #[test]
    fn an_error_names_no_temporary_file() {
        let dir = tempfile::tempdir().expect("works here");
        let said = replace(&dir.path().join("none/file"), b"x").expect_err("no directory");
        assert!(!said.to_string().contains("tmp"), "{said}");
        assert_eq!(said.kind(), io::ErrorKind::NotFound);
        let said = write_whole(dir.path(), b"x").expect_err("a directory");
        assert!(!said.to_string().contains("tmp"), "{said}");
        let said = try_directory(&dir.path().join("none")).expect_err("no directory");
        assert!(!said.to_string().contains("tmp"), "{said}");
    }

    #[test]
    fn a_link_stays_a_link_and_a_device_stays_a_device() {
        let dir = tempfile::tempdir().expect("works here");
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        std::fs::write(&file, "old").expect("works here");
        std::os::unix::fs::symlink("file", &link).expect("works here");
        write_whole(&link, b"new").expect("works here");
        assert!(
            std::fs::symlink_metadata(&link)
                .expect("works here")
                .is_symlink()
        );
        assert_eq!(std::fs::read(&file).expect("works here"), b"new");
        write_whole(Path::new("/dev/null"), b"new").expect("works here");
        assert!(
            !std::fs::metadata("/dev/null")
                .expect("works here")
                .is_file()
        );
    }
}
