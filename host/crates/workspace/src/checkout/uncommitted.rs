//! Files that git could not bring back: changed since the last commit, or in none.

use std::path::Path;

use git2::{Repository, RepositoryOpenFlags, Status, StatusOptions};

use super::changes::inner_directory;
use super::in_place::with_slashes;
use super::pipe;

/// Those of `paths`, from `root`, whose contents no commit has. `None` outside of git.
pub fn uncommitted<'p>(root: &Path, paths: &[&'p str]) -> Option<Vec<&'p str>> {
    let none: &[&Path] = &[];
    let repository = Repository::open_ext(root, RepositoryOpenFlags::empty(), none).ok()?;
    let inner = inner_directory(&repository, root).unwrap_or_default();
    let is_changed = |path: &&&str| match repository.status_file(&inner.join(path)) {
        Ok(status) => status != Status::CURRENT,
        // What git does not know it cannot bring back.
        Err(_) => true,
    };
    Some(paths.iter().filter(is_changed).copied().collect())
}

/// All files below `root` whose contents no commit has, from there and by name: changed, deleted, or new and not ignored. `None` outside
/// of git, and where a pipe or a device keeps git from looking.
pub fn all_uncommitted(root: &Path) -> Option<Vec<String>> {
    let none: &[&Path] = &[];
    let repository = Repository::open_ext(root, RepositoryOpenFlags::empty(), none).ok()?;
    if pipe::in_the_way(&repository).is_some() {
        return None;
    }
    let inner = inner_directory(&repository, root).unwrap_or_default();
    let mut options = StatusOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .exclude_submodules(true)
        .renames_head_to_index(false)
        // Git would write fresh file times to the index here; it is the user's.
        .update_index(false);
    if !inner.as_os_str().is_empty() {
        options.disable_pathspec_match(true).pathspec(&inner);
    }
    let statuses = repository.statuses(Some(&mut options)).ok()?;
    let mut paths: Vec<String> = statuses
        .iter()
        .filter_map(|entry| {
            let path = String::from_utf8_lossy(entry.path_bytes()).into_owned();
            let path = Path::new(&path).strip_prefix(&inner).ok()?;
            Some(with_slashes(path))
        })
        .collect();
    paths.sort();
    paths.dedup();
    Some(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_commit_has_is_named_also_below_the_root() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path();
        assert_eq!(uncommitted(root, &["a"]), None);
        assert_eq!(all_uncommitted(root), None);
        let repository = Repository::init(root).expect("works here");
        std::fs::create_dir(root.join("in")).expect("works here");
        for file in ["a", "in/b", "in/c"] {
            std::fs::write(root.join(file), "x\n").expect("works here");
        }
        let mut index = repository.index().expect("works here");
        for file in ["a", "in/b"] {
            index.add_path(Path::new(file)).expect("works here");
        }
        index.write().expect("works here");
        assert_eq!(uncommitted(root, &["a"]), Some(vec!["a"]));
        let tree = index.write_tree().expect("works here");
        let tree = repository.find_tree(tree).expect("works here");
        let who = git2::Signature::now("Ada", "ada@shop.example").expect("works here");
        let made = repository.commit(Some("HEAD"), &who, &who, "one", &tree, &[]);
        made.expect("works here");
        assert_eq!(uncommitted(root, &["a", "in/b"]), Some(Vec::new()));
        std::fs::write(root.join("in/b"), "y\n").expect("works here");
        let inner = root.join("in");
        assert_eq!(uncommitted(&inner, &["b", "c"]), Some(vec!["b", "c"]));
        let all = |root: &Path| all_uncommitted(root).expect("git is here");
        assert_eq!(all(root), ["in/b", "in/c"]);
        std::fs::remove_file(root.join("a")).expect("works here");
        std::fs::create_dir(inner.join("new")).expect("works here");
        std::fs::write(inner.join("new/d"), "x\n").expect("works here");
        std::fs::write(root.join(".gitignore"), "c\n").expect("works here");
        assert_eq!(all(root), [".gitignore", "a", "in/b", "in/new/d"]);
        assert_eq!(all(&inner), ["b", "new/d"]);
    }
}
