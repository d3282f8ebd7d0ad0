//! Files that git could not bring back: changed since the last commit, or in none.

use std::path::Path;

use git2::{Repository, RepositoryOpenFlags, Status};

use super::changes::inner_directory;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_commit_has_is_named_also_below_the_root() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path();
        assert_eq!(uncommitted(root, &["a"]), None);
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
    }
}
