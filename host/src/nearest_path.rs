//! Which file or directory of a repository a path that is not there may have meant. Reads names, and no file.

use std::path::{Path, PathBuf};

use perfctl_wire::table::nearest;

/// Most entries of directories that are looked at for a file that lies elsewhere by now.
const MOST: usize = 50_000;

/// Most directories that lie in one another.
const DEEPEST: usize = 64;

/// Whether `is_it` holds for some file below `root`, by its path from there; what is not looked at for its number may be it.
pub(crate) fn any_file(root: &Path, below: &str, is_it: impl Fn(&str) -> bool) -> bool {
    let mut holds = false;
    let is_whole = files(root, below, |path| {
        holds = is_it(path);
        !holds
    });
    holds || !is_whole
}

/// What `written`, a path from `root` that is not there, may have meant: with a slip of the hand in each of its parts taken back, else
/// the one file of that name.
pub(crate) fn nearest_path(root: &Path, written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split('/').filter(|part| *part != ".").collect();
    if parts.iter().any(|part| matches!(*part, "" | "..")) {
        return None;
    }
    without_slips(root, &parts).or_else(|| elsewhere(root, &parts))
}

/// The path with each part that is not there replaced by the nearest name beside it.
fn without_slips(root: &Path, parts: &[&str]) -> Option<String> {
    let mut at = root.to_owned();
    let mut meant: Vec<String> = Vec::new();
    for part in parts {
        let name = match is_there(&at.join(part)) {
            true => (*part).to_owned(),
            false => {
                let names = names(&at);
                let near = nearest(part, names.iter().map(String::as_str))?;
                // `a.py` has more in common with `b.py` than a slip would leave.
                let (stem, other) = (stem(part), stem(near));
                (stem == other || nearest(stem, [other]).is_some()).then(|| near.to_owned())?
            }
        };
        at.push(&name);
        meant.push(name);
    }
    Some(meant.join("/"))
}

/// The only file that is called as the path's last part, or of several the only one with most of its directories.
fn elsewhere(root: &Path, parts: &[&str]) -> Option<String> {
    let last = parts.last()?;
    let mut found: Vec<(usize, String)> = Vec::new();
    files(root, "", |path| {
        if path.rsplit('/').next() == Some(last) {
            let same = path.rsplit('/').zip(parts.iter().rev());
            let shared = same.take_while(|(one, other)| one == *other).count();
            found.push((shared, path.to_owned()));
        }
        true
    });
    let most = found.iter().map(|(shared, _)| *shared).max()?;
    let mut best = found.into_iter().filter(|(shared, _)| *shared == most);
    match (best.next(), best.next()) {
        (Some((_, one)), None) => Some(one),
        _ => None,
    }
}

/// A name without what stands behind its last dot.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Names in a directory, but git's own.
fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name != ".git").take(MOST).collect();
    names.sort();
    names
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Tells `each` the files below the directory `below` of `root`, by their paths from `root`, until it answers `false`. Links are not followed.
/// Answers whether all were told, or enough.
fn files(root: &Path, below: &str, mut each: impl FnMut(&str) -> bool) -> bool {
    let mut left: Vec<(PathBuf, usize)> = vec![(PathBuf::from(below), 0)];
    let mut seen = 0;
    while let Some((dir, depth)) = left.pop() {
        for name in names(&root.join(&dir)) {
            seen += 1;
            if seen > MOST {
                return false;
            }
            let path = dir.join(&name);
            let is_directory = root
                .join(&path)
                .symlink_metadata()
                .is_ok_and(|found| found.is_dir());
            if is_directory {
                if depth < DEEPEST {
                    left.push((path, depth + 1));
                }
                continue;
            }
            if !each(&path.to_string_lossy().replace('\\', "/")) {
                return true;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("works here");
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("works here");
            std::fs::write(path, "").expect("works here");
        }
        dir
    }

    #[test]
    fn slips_are_taken_back_part_by_part_and_what_moved_is_found_by_its_name() {
        let dir = tree(&[
            "shop/orders/views.py",
            "shop/api/views.py",
            "shop/api/prices.py",
            ".git/prices.py",
        ]);
        let near = |written: &str| nearest_path(dir.path(), written);
        assert_eq!(
            near("shp/order/view.py").as_deref(),
            Some("shop/orders/views.py")
        );
        assert_eq!(near("shop/apii").as_deref(), Some("shop/api"));
        assert_eq!(
            near("core/prices.py").as_deref(),
            Some("shop/api/prices.py")
        );
        assert_eq!(
            near("old/api/views.py").as_deref(),
            Some("shop/api/views.py")
        );
        assert_eq!(near("core/views.py"), None, "which of the two?");
        assert_eq!(near("legacy/**"), None);
        assert_eq!(near("shop/orders/x.py"), None);
        assert_eq!(near("../shop"), None);
    }

    #[test]
    fn a_file_is_looked_for_below_a_directory() {
        let dir = tree(&["shop/api/views.py"]);
        let any = |below: &str| any_file(dir.path(), below, |path| path.ends_with("views.py"));
        assert_eq!((any(""), any("shop"), any("old")), (true, true, false));
    }
}
