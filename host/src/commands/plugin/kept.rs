//! Sources that are paths, as a lock keeps them: from the lock's own directory, so that they mean the same wherever the repository around both
//! is cloned to.

use std::path::{Component, Path, PathBuf};

use perfctl_fetch::Source;

use crate::session::repository_root;

/// A source as the lock in `dir` keeps it; relative paths in it begin at `base`. A path is kept from `dir` where one repository holds both, or
/// the directory itself does, and whole elsewhere. A link at its end stays one: what it leads to may be a newer file tomorrow.
pub(super) fn kept(source: &Source, base: &Path, dir: &Path) -> Source {
    let Source::Path(path) = source else {
        return source.clone();
    };
    let (whole, dir) = (placed(&base.join(path)), real(dir));
    if let Ok(inside) = whole.strip_prefix(&dir) {
        return Source::Path(Path::new(".").join(inside));
    }
    let root = repository_root(&nearest(&dir));
    Source::Path(
        match root.join(".git").exists() && whole.starts_with(&root) {
            true => way(&dir, &whole),
            false => whole,
        },
    )
}

/// Whether a lock in `dir` goes into a repository and names a path that the repository does not hold: nobody else has it.
pub(super) fn is_of_this_machine(source: &Source, dir: &Path) -> bool {
    let Source::Path(path) = source else {
        return false;
    };
    let root = repository_root(&nearest(&real(dir)));
    path.is_absolute() && root.join(".git").exists()
}

/// Where a path leads, without following what is at its end.
fn placed(path: &Path) -> PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => real(path),
    }
}

/// A directory without links, which need not be there yet.
fn real(dir: &Path) -> PathBuf {
    let absolute = match dir.as_os_str().is_empty() {
        true => std::path::absolute("."),
        false => std::path::absolute(dir),
    };
    let absolute = absolute.unwrap_or_else(|_| dir.to_owned());
    let there = nearest(&absolute);
    let missing = absolute.strip_prefix(&there).unwrap_or(Path::new(""));
    let there = there.canonicalize().unwrap_or(there.clone());
    match missing.as_os_str().is_empty() {
        true => there,
        false => there.join(missing),
    }
}

/// The nearest directory upwards that is there.
fn nearest(dir: &Path) -> PathBuf {
    let found = dir.ancestors().find(|dir| dir.exists());
    found.unwrap_or(dir).to_owned()
}

/// The way from a directory to a path, both absolute and without links.
fn way(from: &Path, to: &Path) -> PathBuf {
    let pairs = from.components().zip(to.components());
    let shared = pairs.take_while(|(one, other)| one == other).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn world() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path().canonicalize().expect("works here");
        for below in ["shop/.git", "shop/.perfctl", "shop/tools", "elsewhere"] {
            std::fs::create_dir_all(root.join(below)).expect("works here");
        }
        (dir, root)
    }

    #[test]
    fn a_path_in_the_locks_repository_is_kept_from_the_locks_directory() {
        let (_dir, root) = world();
        let source = |path: &str| Source::Path(path.into());
        let (lock, base) = (root.join("shop/.perfctl"), root.join("shop"));
        for (written, is) in [
            ("tools/acme", "../tools/acme"),
            (".perfctl/src/acme.wasm", "./src/acme.wasm"),
            ("./.perfctl/../tools/acme", "../tools/acme"),
        ] {
            assert_eq!(kept(&source(written), &base, &lock), source(is));
        }
        // Of a lock in a directory that is made yet.
        let new = root.join("shop/vendor/perfctl");
        assert_eq!(
            kept(&source("tools/acme"), &base, &new),
            source("../../tools/acme")
        );
        let outside = root.join("elsewhere/acme.wasm");
        let outside = Source::Path(outside);
        assert_eq!(kept(&outside, &base, &lock), outside);
        assert!(is_of_this_machine(&outside, &lock));
        assert!(!is_of_this_machine(&outside, &root.join("elsewhere")));
        assert!(!is_of_this_machine(&source("../tools/acme"), &lock));
        let url = Source::Url("https://example.test/a.wasm".to_owned());
        assert_eq!(kept(&url, &base, &lock), url);
    }

    #[test]
    fn a_link_at_the_end_is_kept_and_those_before_it_are_not() {
        let (_dir, root) = world();
        std::fs::write(root.join("shop/tools/acme-1.wasm"), "").expect("works here");
        symlink("acme-1.wasm", root.join("shop/tools/acme.wasm")).expect("works here");
        symlink("shop/tools", root.join("short")).expect("works here");
        let written = Source::Path("short/acme.wasm".into());
        assert_eq!(
            kept(&written, &root, &root.join("shop/.perfctl")),
            Source::Path("../tools/acme.wasm".into())
        );
    }
}
