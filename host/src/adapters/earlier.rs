//! What an earlier audit left in an output directory and this one does not write again: it goes, for it would pass for this one's. The
//! earlier record is the list of it, with a digest for each file, so that nothing goes that somebody else has put or changed there.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use perfctl_core::run::Artifact;

use crate::files;

/// The files of an earlier audit, as its record names them.
#[derive(Debug, Default)]
pub(super) struct Earlier(Vec<Artifact>);

impl Earlier {
    /// The files that the record at `file` names; none where there is no record.
    pub(super) fn of(file: &Path) -> Self {
        let text = file.is_file().then(|| std::fs::read_to_string(file).ok());
        let record = text
            .flatten()
            .and_then(|text| perfctl_wire::record::read("", &text).ok());
        let steps = record.into_iter().flat_map(|record| record.steps);
        Self(steps.flat_map(|step| step.artifacts).collect())
    }

    /// Removes those below `root` that are not among `written`, and directories that become empty. Answers the names of what is
    /// gone.
    pub(super) fn clear(&self, root: &Path, written: &BTreeSet<String>) -> Vec<String> {
        let ours: BTreeSet<Identity> = written
            .iter()
            .filter_map(|path| identity(&root.join(path)))
            .collect();
        // Other names may lead to what this audit has written: on a disk that does not tell `A.md` from `a.md`.
        let is_ours = |file: &Path| identity(file).is_none_or(|file| ours.contains(&file));
        let mut gone = Vec::new();
        for artifact in &self.0 {
            let Some(file) = place(root, &artifact.path) else {
                continue;
            };
            if !written.contains(&artifact.path)
                && !is_ours(&file)
                && is_as_it_was(&file, artifact)
                && std::fs::remove_file(&file).is_ok()
            {
                gone.push(artifact.path.clone());
                remove_empty(root, file.parent());
            }
        }
        gone
    }
}

/// What tells a file from every other one, whatever it is called.
#[cfg(unix)]
type Identity = (u64, u64);
/// What tells a file from every other one, whatever it is called.
#[cfg(not(unix))]
type Identity = std::path::PathBuf;

/// `None` where there is no file.
#[cfg(unix)]
fn identity(file: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let found = file.symlink_metadata().ok()?;
    Some((found.dev(), found.ino()))
}

/// `None` where there is no file.
#[cfg(not(unix))]
fn identity(file: &Path) -> Option<Identity> {
    std::fs::canonicalize(file).ok()
}

/// Where a file lies below `root` that a record calls `path`, without a link on the way. `None` for what no audit calls a file, such as
/// `a//b` and `../a`: the record may be anybody's.
fn place(root: &Path, path: &str) -> Option<PathBuf> {
    let mut at = root.to_owned();
    let mut names = Vec::new();
    for part in Path::new(path).components() {
        let Component::Normal(name) = part else {
            return None;
        };
        names.push(name.to_str()?);
        at.push(name);
        if at.is_symlink() {
            return None;
        }
    }
    (names.join("/") == path).then_some(at)
}

/// Whether the file holds what that audit wrote.
fn is_as_it_was(file: &Path, artifact: &Artifact) -> bool {
    let is_same = |meta: std::fs::Metadata| meta.is_file() && meta.len() == artifact.size;
    file.symlink_metadata().is_ok_and(is_same)
        && files::sha256_of(file).is_ok_and(|digest| digest == artifact.sha256)
}

/// Removes `dir` and those around it up to `root` as far as they are empty.
fn remove_empty(root: &Path, dir: Option<&Path>) {
    let mut next = dir;
    while let Some(dir) = next.filter(|dir| *dir != root && dir.starts_with(root)) {
        if std::fs::remove_dir(dir).is_err() {
            return;
        }
        next = dir.parent();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_this_audit_wrote_stays_by_whatever_name_the_earlier_one_calls_it() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path();
        std::fs::create_dir_all(root.join("artifacts/deps")).expect("works here");
        for file in ["artifacts/deps/stderr.txt", "a.md"] {
            std::fs::write(root.join(file), "").expect("works here");
        }
        // As a disk that does not tell them apart would have it.
        std::fs::hard_link(root.join("a.md"), root.join("A.md")).expect("works here");
        let artifact = |path: &str| Artifact {
            path: path.to_owned(),
            size: 0,
            sha256: files::sha256(b""),
            what: String::new(),
        };
        let listed = [
            "artifacts/deps//stderr.txt",
            "artifacts/./deps/stderr.txt",
            "./a.md",
            "a.md/",
            "A.md",
            "",
        ];
        let earlier = Earlier(listed.map(artifact).into());
        let written = ["artifacts/deps/stderr.txt", "a.md"].map(str::to_owned);
        assert_eq!(earlier.clear(root, &written.into()), [""; 0]);
        // What is called by another name than an audit gives is nobody's, be it written again or not.
        assert_eq!(earlier.clear(root, &BTreeSet::new()), ["A.md"]);
        assert!(root.join("artifacts/deps/stderr.txt").exists());
    }

    #[test]
    fn only_what_that_audit_wrote_and_nobody_changed_goes() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path().join("out");
        std::fs::create_dir_all(root.join("artifacts/deps")).expect("works here");
        let write = |path: &str| std::fs::write(root.join(path), "text").expect("works here");
        let names = [
            "report.md",
            "kept.md",
            "changed.md",
            "link.md",
            "artifacts/deps/a",
        ];
        names.into_iter().for_each(write);
        write("mine.md");
        std::fs::write(root.join("changed.md"), "TEXT").expect("works here");
        std::fs::write(dir.path().join("outside"), "text").expect("works here");
        std::fs::remove_file(root.join("link.md")).expect("works here");
        std::os::unix::fs::symlink("../outside", root.join("link.md")).expect("works here");
        let artifact = |path: &str| Artifact {
            path: path.to_owned(),
            size: 4,
            sha256: files::sha256(b"text"),
            what: String::new(),
        };
        let outside = dir.path().join("outside").display().to_string();
        let listed = names.into_iter().chain(["../outside", &outside, "none.md"]);
        let earlier = Earlier(listed.map(artifact).collect());
        let gone = earlier.clear(&root, &["kept.md".to_owned()].into());
        assert_eq!(gone, ["report.md", "artifacts/deps/a"]);
        let mut left: Vec<String> = std::fs::read_dir(&root)
            .expect("there")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        assert_eq!(left, ["changed.md", "kept.md", "link.md", "mine.md"]);
        assert!(dir.path().join("outside").exists());
    }
}
