//! Files of an audited repository with other contents: which may be written, and how it is done without leaving anything half-done.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
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

/// Why a file is not written once the user does not want to wait.
pub(crate) const INTERRUPTED: &str = "perfctl was interrupted";

/// Writes `files`, each whole or not at all, and those of one of the `groups` all or none. The answer are those that were not
/// written, each with the reason. Once `stopped` says so nothing is begun any more: no file is written if not all are ready by then.
pub(crate) fn write(
    root: &Path,
    files: &[Changed],
    groups: &[&BTreeSet<Arc<str>>],
    stopped: impl Fn() -> bool,
) -> Vec<(Arc<str>, String)> {
    // A file that comes to what it was before all changes is not among the files, and holds nothing together.
    let paths: BTreeSet<&Arc<str>> = files.iter().map(|file| &file.path).collect();
    let is_written = |path: &&Arc<str>| paths.contains(*path);
    let groups: Vec<BTreeSet<&Arc<str>>> = groups
        .iter()
        .map(|group| group.iter().filter(is_written).collect())
        .collect();
    let mut failed: Vec<(Arc<str>, String)> = Vec::new();
    let mut staged: BTreeMap<&str, Staged<'_>> = BTreeMap::new();
    for file in files {
        if stopped() {
            let all = files.iter().map(|file| file.path.clone());
            return all.map(|path| (path, INTERRUPTED.to_owned())).collect();
        }
        match stage(root, file) {
            Ok(temp) => {
                staged.insert(&file.path, Staged { file, temp });
            }
            Err(why) => failed.push((file.path.clone(), why)),
        }
    }
    for part in parts(files, &groups) {
        let own: Vec<Staged<'_>> = part.iter().filter_map(|path| staged.remove(path)).collect();
        let paths: Vec<Arc<str>> = own.iter().map(|one| one.file.path.clone()).collect();
        let is_lost = |path: &str| failed.iter().any(|(lost, _)| **lost == *path);
        if stopped() {
            failed.extend(paths.into_iter().map(|path| (path, INTERRUPTED.to_owned())));
            continue;
        }
        let written = match part.iter().any(|path| is_lost(path)) {
            true => Err(None),
            false => replace(root, own).map_err(Some),
        };
        if let Err(fault) = written {
            failed.extend(fault);
            lose(&mut failed, paths, &groups);
        }
    }
    failed
}

/// The paths of `files`, those together that are written all or none: two groups that share a file are one.
fn parts<'f>(files: &'f [Changed], groups: &[BTreeSet<&'f Arc<str>>]) -> Vec<BTreeSet<&'f str>> {
    let alone = files.iter().map(|file| BTreeSet::from([&*file.path]));
    let groups = groups.iter();
    let groups = groups.map(|group| group.iter().map(|path| &***path).collect());
    let mut parts: Vec<BTreeSet<&str>> = Vec::new();
    for mut part in alone.chain(groups) {
        let meets = |other: &BTreeSet<&str>| !other.is_disjoint(&part);
        let (met, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(meets);
        part.extend(met.into_iter().flatten());
        parts = apart;
        parts.push(part);
    }
    parts.sort();
    parts
}

/// Adds `paths`, which hold together with something that `failed`, to that: each with the file that keeps it from being written.
fn lose(
    failed: &mut Vec<(Arc<str>, String)>,
    mut paths: Vec<Arc<str>>,
    groups: &[BTreeSet<&Arc<str>>],
) {
    let is_lost = |failed: &[(Arc<str>, String)], path: &Arc<str>| {
        failed.iter().any(|(other, _)| other == path)
    };
    paths.retain(|path| !is_lost(failed, path));
    loop {
        let with_lost = |path: &Arc<str>| {
            let mut own = groups.iter().filter(|group| group.contains(path));
            own.find_map(|group| {
                let mut group = group.iter();
                group
                    .find(|other| is_lost(failed, other))
                    .map(|other| (*other).clone())
            })
        };
        let next = (0..paths.len()).find_map(|at| Some((at, with_lost(&paths[at])?)));
        let Some((at, other)) = next else { break };
        let why = format!("it belongs together with {other}");
        failed.push((paths.remove(at), why));
    }
}

/// Puts files that belong together in the place of what is there, all or none. Each is compared once more right before.
///
/// # Errors
/// The first that cannot be put there, with the reason; those before it hold again what they held.
fn replace(root: &Path, files: Vec<Staged<'_>>) -> Result<(), (Arc<str>, String)> {
    let is_alone = files.len() == 1;
    let mut done: Vec<(PathBuf, tempfile::TempPath)> = Vec::new();
    for Staged { file, temp } in files {
        let path = root.join(&*file.path);
        let put = || -> Result<Option<tempfile::TempPath>, String> {
            let kept = match is_alone {
                true => None,
                false => Some(kept(&path, &file.before).map_err(|error| error.to_string())?),
            };
            check_unchanged(root, file)?;
            let put = temp.persist(&path);
            put.map_err(|error| error.error.to_string())?;
            Ok(kept)
        };
        match put() {
            Ok(kept) => done.extend(kept.map(|kept| (path, kept))),
            Err(why) => return Err((file.path.clone(), put_back(done, why))),
        }
    }
    Ok(())
}

/// The file `path` under a second name: itself where the file system has that, else what it holds.
fn kept(path: &Path, text: &str) -> io::Result<tempfile::TempPath> {
    let dir = path.parent().unwrap_or(path);
    let link = beside().make_in(dir, |name| std::fs::hard_link(path, name));
    match link {
        Ok(link) => Ok(link.into_temp_path()),
        Err(_) => Ok(copy(path, text)?.into_temp_path()),
    }
}

/// Puts files back that were replaced, and adds to `why` what that does not work for: then what they held is left beside them.
fn put_back(done: Vec<(PathBuf, tempfile::TempPath)>, mut why: String) -> String {
    for (path, kept) in done.into_iter().rev() {
        if let Err(error) = kept.persist(&path) {
            let (cause, kept) = (error.error, error.path);
            why.push_str(&format!(
                "; {} is written and cannot be put back ({cause}), what it held is in {}",
                path.display(),
                kept.display()
            ));
            if let Err(error) = kept.keep() {
                why.push_str(&format!(", which is no file to keep ({})", error.error));
            }
        }
    }
    why
}

/// The new contents of `file` beside it. A file with several names is written under this one: the others keep what they hold, as
/// when git writes it.
fn stage(root: &Path, file: &Changed) -> Result<tempfile::NamedTempFile, String> {
    check_unchanged(root, file)?;
    copy(&root.join(&*file.path), &file.after).map_err(|error| error.to_string())
}

/// Whether `file` still holds what the changes were made of.
fn check_unchanged(root: &Path, file: &Changed) -> Result<(), String> {
    match *text_of(root, &file.path)? == *file.before {
        true => Ok(()),
        false => Err("it changed while it was looked at".to_owned()),
    }
}

/// A file beside `path` with its owner and permissions, and with `text`.
fn copy(path: &Path, text: &str) -> io::Result<tempfile::NamedTempFile> {
    let data = std::fs::metadata(path)?;
    let mut temp = beside().tempfile_in(path.parent().unwrap_or(path))?;
    temp.write_all(text.as_bytes())?;
    keep_owner(temp.as_file(), &data);
    // After the owner, whose change takes some of them away.
    temp.as_file().set_permissions(data.permissions())?;
    temp.as_file().sync_all()?;
    Ok(temp)
}

/// Files that are gone once they are renamed or not needed.
fn beside() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".perfctl-");
    builder
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

    #[test]
    fn a_file_that_is_not_among_those_written_holds_nothing_together() {
        let dir = repository(&["a", "b", "x"]);
        std::fs::write(dir.path().join("a"), "somebody else was here\n").expect("works here");
        let group = |names: [&str; 2]| BTreeSet::from(names.map(Arc::from));
        let groups = [group(["a", "x"]), group(["b", "x"])];
        let groups: Vec<&BTreeSet<Arc<str>>> = groups.iter().collect();
        let failed = write(dir.path(), &["a", "b"].map(changed), &groups, || false);
        let told: Vec<&str> = failed.iter().map(|(path, _)| &**path).collect();
        assert_eq!((told, text(&dir, "b")), (vec!["a"], "new\n".to_owned()));
    }

    /// What happens at the `at`th time that somebody asks whether to stop, counted from 0.
    fn once(at: usize, what: impl Fn() -> bool) -> impl Fn() -> bool {
        let asked = std::cell::Cell::new(0);
        move || {
            asked.set(asked.get() + 1);
            asked.get() == at + 1 && what()
        }
    }

    fn temporary_of(dir: &tempfile::TempDir, sub: &str) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir.path().join(sub)).expect("works here");
        let paths = entries.map(|entry| entry.expect("works here").path());
        let is_ours = |path: &PathBuf| path.to_string_lossy().contains(".perfctl-");
        paths.filter(is_ours).collect()
    }

    #[test]
    fn what_changes_until_it_is_written_stays() {
        let dir = repository(&["a", "b"]);
        // Both are ready when it is asked for the third time.
        let somebody = once(2, || {
            std::fs::write(dir.path().join("a"), "theirs\n").expect("works here");
            false
        });
        let failed = write(dir.path(), &["a", "b"].map(changed), &[], somebody);
        let why = "it changed while it was looked at".to_owned();
        assert_eq!(failed, [("a".into(), why)]);
        assert_eq!(
            ["a", "b"].map(|name| text(&dir, name)),
            ["theirs\n", "new\n"]
        );
        assert!(temporary_of(&dir, "").is_empty());
    }

    #[test]
    fn what_was_written_of_one_change_is_put_back_if_the_rest_cannot_be() {
        let dir = repository(&["one/a", "two/b", "c"]);
        let first = dir.path().join("one/a");
        let mode = std::fs::Permissions::from_mode(0o750);
        std::fs::set_permissions(&first, mode).expect("works here");
        let before = std::fs::metadata(&first).expect("works here");
        let group = BTreeSet::from(["one/a".into(), "two/b".into()]);
        // The new contents of the second go away once all are ready.
        let somebody = once(4, || {
            for temp in temporary_of(&dir, "two") {
                std::fs::remove_file(temp).expect("works here");
            }
            false
        });
        let files = ["c", "one/a", "two/b"].map(changed);
        let failed = write(dir.path(), &files, &[&group], somebody);
        let paths: Vec<&str> = failed.iter().map(|(path, _)| &**path).collect();
        assert_eq!(paths, ["two/b", "one/a"], "{failed:?}");
        assert_eq!(failed[1].1, "it belongs together with two/b");
        let texts = ["c", "one/a", "two/b"].map(|name| text(&dir, name));
        assert_eq!(texts, ["new\n", "old\n", "old\n"]);
        let after = std::fs::metadata(&first).expect("works here");
        assert_eq!(after.ino(), before.ino(), "it is the same file");
        assert_eq!(after.permissions().mode() & 0o7777, 0o750);
        for sub in ["", "one", "two"] {
            assert!(temporary_of(&dir, sub).is_empty(), "{sub}");
        }
    }

    #[test]
    fn an_interruption_comes_between_changes_and_is_told() {
        let dir = repository(&["a", "b", "c"]);
        let files = ["a", "b", "c"].map(changed);
        let group = BTreeSet::from(["a".into(), "b".into()]);
        let told = |failed: Vec<(Arc<str>, String)>| -> Vec<String> {
            assert!(failed.iter().all(|(_, why)| why == INTERRUPTED));
            failed.iter().map(|(path, _)| path.to_string()).collect()
        };
        let failed = write(dir.path(), &files, &[&group], once(2, || true));
        assert_eq!(told(failed), ["a", "b", "c"], "not all were ready");
        assert_eq!(["a", "b", "c"].map(|name| text(&dir, name)), ["old\n"; 3]);
        let failed = write(dir.path(), &files, &[&group], once(4, || true));
        assert_eq!(told(failed), ["c"]);
        let texts = ["a", "b", "c"].map(|name| text(&dir, name));
        assert_eq!(texts, ["new\n", "new\n", "old\n"]);
        assert!(temporary_of(&dir, "").is_empty());
    }
}
