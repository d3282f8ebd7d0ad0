//! Where git keeps what belongs to a checkout but lies outside of it. Reads only.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use git2::{Repository, RepositoryOpenFlags};

/// The directories outside `root` that git must read to work in it: the repository above a part of a work tree, the main
/// repository of a linked work tree, the objects that a local clone borrows. A command that asks git for the history (to
/// work out a version number, say) needs them readable in its sandbox. Empty without git.
pub fn history_paths(root: &Path) -> Vec<PathBuf> {
    let open = Repository::open_ext(root, RepositoryOpenFlags::empty(), &[] as &[&Path]);
    let (Ok(repository), Ok(root)) = (open, root.canonicalize()) else {
        return Vec::new();
    };
    let mut wanted = vec![
        repository.path().to_path_buf(),
        repository.commondir().to_path_buf(),
    ];
    let alternates = repository.commondir().join("objects/info/alternates");
    let lines = fs::read_to_string(alternates).unwrap_or_default();
    wanted.extend(lines.lines().map(PathBuf::from));
    let outside: BTreeSet<PathBuf> = wanted
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .filter(|path| !path.starts_with(&root))
        .collect();
    outside.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use perfctl_core::seams::{Never, Silence};

    use super::super::fixture::Fixture;
    use super::super::open;
    use super::*;

    #[test]
    fn a_whole_work_tree_needs_nothing_else_and_a_part_needs_the_repository_above() {
        let fixture = Fixture::new();
        assert_eq!(history_paths(&fixture.work), [] as [PathBuf; 0]);
        let above = fixture.work.join(".git");
        assert_eq!(history_paths(&fixture.work.join("sub")), [above]);
        assert_eq!(history_paths(&fixture.place), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_local_clone_needs_the_objects_that_it_borrows() {
        let fixture = Fixture::new();
        open(fixture.path(), Some("v1"), &fixture.into, &Silence, &Never).expect("clones");
        let objects = fixture.work.join(".git/objects");
        assert_eq!(history_paths(&fixture.into), [objects]);
    }
}
