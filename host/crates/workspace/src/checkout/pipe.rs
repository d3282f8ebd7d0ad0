//! Pipes and devices where libgit2 looks for rules: it opens them and waits.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git2::Repository;

/// The first file that libgit2 reads to tell what is ignored, and that is a pipe or a device or a link to one.
pub(super) fn in_the_way(repository: &Repository) -> Result<Option<PathBuf>, git2::Error> {
    let Some(root) = repository.workdir() else {
        return Ok(None);
    };
    let mut folders: BTreeSet<PathBuf> = BTreeSet::from([PathBuf::new()]);
    for entry in repository.index()?.iter() {
        let path = PathBuf::from(String::from_utf8_lossy(&entry.path).into_owned());
        folders.extend(path.ancestors().skip(1).map(Path::to_path_buf));
    }
    // What a link leads to counts, and looking at it does not open it.
    let waits = |file: &PathBuf| {
        std::fs::metadata(file).is_ok_and(|found| !found.is_file() && !found.is_dir())
    };
    let own = repository.path().join("info");
    let mut rules = folders
        .iter()
        .flat_map(|folder| {
            [".gitignore", ".gitattributes"].map(|name| root.join(folder).join(name))
        })
        .chain(["exclude", "attributes"].map(|name| own.join(name)));
    Ok(rules.find(waits))
}
