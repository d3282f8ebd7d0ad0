//! Which file or directory of a repository a path that is not there may have meant. Reads names, and no file.

use std::path::{Path, PathBuf};

use perfctl_wire::table::nearest;

/// Most entries of directories that are looked at for a file that lies elsewhere by now.
const MOST: usize = 50_000;

/// Most directories that lie in one another.
const DEEPEST: usize = 64;

/// What `written`, a path from `root` that is not there, may have meant: with a slip of the hand in each of its parts taken back, else
/// the one file of that name.
pub(crate) fn nearest_path(root: &Path, written: &str) -> Option<String> {
    let parts = parts(written)?;
    without_slips(root, &parts).or_else(|| {
        let mut found = Namesakes::of(&parts);
        files(root, |path| found.take(path));
        found.nearest()
    })
}

/// The same where the files of `root` are known.
pub(crate) fn nearest_of<'f>(
    root: &Path,
    written: &str,
    files: impl Iterator<Item = &'f str>,
) -> Option<String> {
    let parts = parts(written)?;
    without_slips(root, &parts).or_else(|| {
        let mut found = Namesakes::of(&parts);
        files.for_each(|path| found.take(path));
        found.nearest()
    })
}

/// The parts of a path; `None` where one leads out of its directory.
fn parts(written: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = written.split('/').filter(|part| *part != ".").collect();
    let is_within = |part: &&str| !matches!(*part, "" | "..");
    parts.iter().all(is_within).then_some(parts)
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

/// Files that are called as the last part of a path.
struct Namesakes<'p> {
    parts: &'p [&'p str],
    /// With the number of last parts that are the same.
    found: Vec<(usize, String)>,
}

impl<'p> Namesakes<'p> {
    fn of(parts: &'p [&'p str]) -> Self {
        Self {
            parts,
            found: Vec::new(),
        }
    }

    fn take(&mut self, path: &str) {
        if path.rsplit('/').next() == self.parts.last().copied() {
            let same = path.rsplit('/').zip(self.parts.iter().rev());
            let shared = same.take_while(|(one, other)| one == *other).count();
            self.found.push((shared, path.to_owned()));
        }
    }

    /// The only one, or of several the only one with most of the path's directories.
    fn nearest(self) -> Option<String> {
        let most = self.found.iter().map(|(shared, _)| *shared).max()?;
        let mut best = (self.found.into_iter()).filter(|(shared, _)| *shared == most);
        match (best.next(), best.next()) {
            (Some((_, one)), None) => Some(one),
            _ => None,
        }
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

/// Tells `each` the files below `root`, by their paths from there, as far as they are not too many. Links are not followed.
fn files(root: &Path, mut each: impl FnMut(&str)) {
    let mut left: Vec<(PathBuf, usize)> = vec![(PathBuf::new(), 0)];
    let mut seen = 0;
    while let Some((dir, depth)) = left.pop() {
        for name in names(&root.join(&dir)) {
            seen += 1;
            if seen > MOST {
                return;
            }
            let path = dir.join(&name);
            let is_directory = root
                .join(&path)
                .symlink_metadata()
                .is_ok_and(|found| found.is_dir());
            if !is_directory {
                each(&path.to_string_lossy().replace('\\', "/"));
            } else if depth < DEEPEST {
                left.push((path, depth + 1));
            }
        }
    }
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
}
