//! Pipes and devices where libgit2 looks for rules: it opens them and waits.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;

use git2::Repository;

/// Directories that are looked into, the outer ones first. saleor has 514.
const MOST_DIRECTORIES: usize = 50_000;

/// The first file that libgit2 reads to tell what is ignored, and that is a pipe or a device or a link to one. It reads those of
/// directories that git does not know yet as well, so all count; those of installed packages come last, for they are many.
pub(super) fn in_the_way(repository: &Repository) -> Option<PathBuf> {
    let root = repository.workdir()?;
    // What a link leads to counts, and looking at it does not open it.
    let waits =
        |file: &PathBuf| fs::metadata(file).is_ok_and(|found| !found.is_file() && !found.is_dir());
    let own = repository.path().join("info");
    if let Some(file) = ["exclude", "attributes"]
        .map(|name| own.join(name))
        .into_iter()
        .find(waits)
    {
        return Some(file);
    }
    let mut waiting = VecDeque::from([root.to_owned()]);
    let mut packages = VecDeque::new();
    let mut left = MOST_DIRECTORIES;
    while let Some(directory) = waiting.pop_front().or_else(|| packages.pop_front()) {
        if left == 0 {
            break;
        }
        left -= 1;
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            let name = entry.file_name();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && name == "node_modules" => {
                    packages.push_back(entry.path());
                }
                Ok(kind) if kind.is_dir() && name != ".git" => waiting.push_back(entry.path()),
                Ok(kind) if kind.is_dir() || kind.is_file() => {}
                _ if name == ".gitignore" || name == ".gitattributes" => {
                    let file = entry.path();
                    if waits(&file) {
                        return Some(file);
                    }
                }
                _ => {}
            }
        }
    }
    None
}
