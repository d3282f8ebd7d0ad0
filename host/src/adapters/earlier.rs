//! What an earlier audit left in an output directory and this one does not write again: it goes, for it would pass for this one's. The
//! earlier record is the list of it, with a digest for each file, so that nothing goes that somebody else has put or changed there.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use perfctl_core::run::Artifact;

use crate::files;

/// Largest file that is compared with its digest; a larger one stays.
const LARGEST: u64 = 1 << 30;

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
        let mut gone = Vec::new();
        for artifact in &self.0 {
            if !written.contains(&artifact.path) && is_as_it_was(root, artifact) {
                let file = root.join(&artifact.path);
                if std::fs::remove_file(&file).is_ok() {
                    gone.push(artifact.path.clone());
                    remove_empty(root, file.parent());
                }
            }
        }
        gone
    }
}

/// Whether the file lies below `root`, without a link on the way, and holds what that audit wrote. The record may be anybody's.
fn is_as_it_was(root: &Path, artifact: &Artifact) -> bool {
    let path = Path::new(&artifact.path);
    let mut at = root.to_owned();
    for part in path.components() {
        let Component::Normal(name) = part else {
            return false;
        };
        at.push(name);
        if at.is_symlink() {
            return false;
        }
    }
    let is_same = |meta: std::fs::Metadata| {
        meta.is_file() && meta.len() == artifact.size && meta.len() <= LARGEST
    };
    at.symlink_metadata().is_ok_and(is_same)
        && std::fs::read(&at).is_ok_and(|bytes| files::sha256(&bytes) == artifact.sha256)
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
