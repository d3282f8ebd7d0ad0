//! Files of an audited repository with other contents: which may be written, and how it is done without leaving anything half-done.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Component, Path};
use std::sync::Arc;

use perfctl_fix::Changed;

use crate::files::link_within;

/// The text of the file `path` of the repository at `root`, if it may be written.
///
/// # Errors
/// Why it may not, as the end of a sentence.
pub(crate) fn text_of(root: &Path, path: &str) -> Result<Arc<str>, String> {
    let named = Path::new(path);
    if !named
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Err("it lies outside of the repository".to_owned());
    }
    let file = root.join(named);
    if link_within(root, &file).is_some() {
        return Err("it is a link, or lies behind one".to_owned());
    }
    let data = file.symlink_metadata().map_err(|error| error.to_string())?;
    if !data.is_file() {
        return Err("it is no file".to_owned());
    }
    if data.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    if let Some(dir) = file.parent()
        && let Err(error) = rustix::fs::access(dir, rustix::fs::Access::WRITE_OK)
    {
        return Err(format!(
            "its directory takes no files: {}",
            io::Error::from(error)
        ));
    }
    let bytes = std::fs::read(&file).map_err(|error| error.to_string())?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(_) => Err("it is not UTF-8".to_owned()),
    }
}

/// A file with its new contents beside it, under another name until all of them are there.
struct Staged<'f> {
    file: &'f Changed,
    temp: tempfile::NamedTempFile,
}

/// Writes `files`, each whole or not at all, and those of one of the `groups` all or none. The answer are those that were not
/// written, each with the reason. Once `stopped` says so nothing is begun any more.
pub(crate) fn write(
    root: &Path,
    files: &[Changed],
    groups: &[&BTreeSet<Arc<str>>],
    stopped: impl Fn() -> bool,
) -> Vec<(Arc<str>, String)> {
    let mut failed: Vec<(Arc<str>, String)> = Vec::new();
    let mut staged = Vec::new();
    for file in files {
        let made = match stopped() {
            true => Err("it was interrupted".to_owned()),
            false => stage(root, file),
        };
        match made {
            Ok(temp) => staged.push(Staged { file, temp }),
            Err(why) => failed.push((file.path.clone(), why)),
        }
    }
    // What belongs to a file that cannot be written stays as it is, and what belongs to that as well.
    loop {
        let is_lost = |path: &Arc<str>| failed.iter().any(|(other, _)| other == path);
        let with_lost = |path: &Arc<str>| {
            let mut own = groups.iter().filter(|group| group.contains(path));
            own.find_map(|group| group.iter().find(|other| is_lost(other)).cloned())
        };
        let next = staged
            .iter()
            .enumerate()
            .find_map(|(at, one)| Some((at, with_lost(&one.file.path)?)));
        let Some((at, other)) = next else { break };
        let one = staged.remove(at);
        let why = format!("it belongs together with {other}");
        failed.push((one.file.path.clone(), why));
    }
    for Staged { file, temp } in staged {
        if let Err(error) = temp.persist(root.join(&*file.path)) {
            failed.push((file.path.clone(), error.error.to_string()));
        }
    }
    failed
}

/// The new contents of `file` beside it. A file with several names is written under this one: the others keep what they hold, as
/// when git writes it.
fn stage(root: &Path, file: &Changed) -> Result<tempfile::NamedTempFile, String> {
    if *text_of(root, &file.path)? != *file.before {
        return Err("it changed while it was looked at".to_owned());
    }
    let path = root.join(&*file.path);
    let put = || -> io::Result<tempfile::NamedTempFile> {
        let data = std::fs::metadata(&path)?;
        let dir = path.parent().unwrap_or(root);
        let mut temp = tempfile::Builder::new()
            .prefix(".perfctl-")
            .tempfile_in(dir)?;
        temp.write_all(file.after.as_bytes())?;
        keep_owner(temp.as_file(), &data);
        // After the owner, whose change takes some of them away.
        temp.as_file().set_permissions(data.permissions())?;
        temp.as_file().sync_all()?;
        Ok(temp)
    };
    put().map_err(|error| error.to_string())
}

/// Gives a new file the owner and the group of the one that it replaces, as far as this user may.
#[cfg(unix)]
fn keep_owner(file: &std::fs::File, data: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    if fchown(file, Some(data.uid()), Some(data.gid())).is_err() {
        // The owner may only be changed by root, the group by its members.
        if let Err(error) = fchown(file, None, Some(data.gid())) {
            tracing::debug!(%error, "the file's group is not kept");
        }
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &std::fs::File, _: &std::fs::Metadata) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    fn changed(path: &str) -> Changed {
        Changed {
            path: path.into(),
            before: "old\n".into(),
            after: "new\n".into(),
        }
    }

    fn repository(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("works here");
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("works here");
            std::fs::write(path, "old\n").expect("works here");
        }
        dir
    }

    fn text(dir: &tempfile::TempDir, file: &str) -> String {
        std::fs::read_to_string(dir.path().join(file)).expect("works here")
    }

    #[test]
    fn a_file_keeps_its_permissions_and_its_other_names_their_contents() {
        let dir = repository(&["a.sh", "b"]);
        let file = dir.path().join("a.sh");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o754))
            .expect("works here");
        std::fs::hard_link(&file, dir.path().join("other")).expect("works here");
        let before = std::fs::metadata(&file).expect("works here");
        assert_eq!(write(dir.path(), &[changed("a.sh")], &[], || false), []);
        let after = std::fs::metadata(&file).expect("works here");
        assert_eq!(after.permissions().mode() & 0o7777, 0o754);
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_eq!(
            (text(&dir, "a.sh").as_str(), text(&dir, "other").as_str()),
            ("new\n", "old\n")
        );
        let names: Vec<_> = std::fs::read_dir(dir.path()).expect("works here").collect();
        assert_eq!(names.len(), 3, "no temporary file is left");
    }

    #[test]
    fn what_may_not_be_written_is_told_and_stays() {
        let dir = repository(&["inside/a", "read-only", "latin", "fine"]);
        let outside = repository(&["b"]);
        symlink(outside.path().join("b"), dir.path().join("link")).expect("works here");
        symlink("inside", dir.path().join("way")).expect("works here");
        symlink(outside.path(), dir.path().join("out")).expect("works here");
        std::fs::write(dir.path().join("latin"), b"caf\xe9\n").expect("works here");
        let mode = std::fs::Permissions::from_mode(0o444);
        std::fs::set_permissions(dir.path().join("read-only"), mode).expect("works here");
        for (path, why) in [
            ("link", "it is a link, or lies behind one"),
            ("way/a", "it is a link, or lies behind one"),
            ("out/b", "it is a link, or lies behind one"),
            ("../x", "it lies outside of the repository"),
            ("inside", "it is no file"),
            ("read-only", "it is read-only"),
            ("latin", "it is not UTF-8"),
        ] {
            assert_eq!(text_of(dir.path(), path), Err(why.to_owned()), "{path}");
            let failed = write(dir.path(), &[changed(path), changed("fine")], &[], || true);
            assert_eq!(failed.len(), 2);
        }
        assert_eq!(text(&outside, "b"), "old\n");
        assert_eq!(text_of(dir.path(), "fine").as_deref(), Ok("old\n"));
    }

    #[test]
    fn files_of_one_change_are_written_all_or_none() {
        let dir = repository(&["a", "b", "c", "d"]);
        std::fs::write(dir.path().join("c"), "somebody else was here\n").expect("works here");
        let files = ["a", "b", "c", "d"].map(changed);
        let group = |names: &[&str]| -> BTreeSet<Arc<str>> {
            names.iter().map(|name| (*name).into()).collect()
        };
        let groups = [group(&["a", "b"]), group(&["b", "c"]), group(&["d"])];
        let groups: Vec<&BTreeSet<Arc<str>>> = groups.iter().collect();
        let failed = write(dir.path(), &files, &groups, || false);
        let told: BTreeSet<(&str, &str)> =
            failed.iter().map(|(path, why)| (&**path, &**why)).collect();
        assert_eq!(
            told,
            BTreeSet::from([
                ("a", "it belongs together with b"),
                ("b", "it belongs together with c"),
                ("c", "it changed while it was looked at"),
            ])
        );
        let texts = ["a", "b", "d"].map(|name| text(&dir, name));
        assert_eq!(texts, ["old\n", "old\n", "new\n"]);
    }
}
