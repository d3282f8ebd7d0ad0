//! What a checkout silently lacks: submodules that were not fetched, and files of which only a Git LFS pointer is here.
//! It must not fetch them.

use std::fs;
use std::io::Read;
use std::path::Path;

use git2::Repository;

use crate::regular;

/// How an LFS pointer begins.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Bytes of the longest pointer that the format allows.
const LONGEST_POINTER: u32 = 1024;

/// Bytes of the longest list of attributes that is read; git itself reads none above 100 MB, and real ones have a few lines.
const LONGEST_ATTRIBUTES: u64 = 1 << 20;

/// The mode of a submodule in the index.
pub(super) const SUBMODULE: u32 = 0o160_000;

/// That a source does not have the contents of these files of the commit; `None` where it has all.
pub(super) fn left_out(files: &[String]) -> Option<String> {
    let first = files.first()?;
    let count = files.len();
    Some(format!(
        "{count} file(s) of the commit are not among the objects of the source and not audited, such as `{first}`"
    ))
}

/// A sentence for each kind of thing that is not here.
pub(super) fn remarks(repository: &Repository) -> Vec<String> {
    let (Some(root), Ok(index)) = (repository.workdir(), repository.index()) else {
        return Vec::new();
    };
    let mut remarks = Vec::new();
    let submodules: Vec<String> = index
        .iter()
        .filter(|entry| entry.mode == SUBMODULE)
        .map(|entry| String::from_utf8_lossy(&entry.path).into_owned())
        .filter(|path| is_empty(&root.join(path)))
        .collect();
    if let Some(first) = submodules.first() {
        let count = submodules.len();
        remarks.push(format!(
            "{count} submodule(s) are not here and not audited, such as `{first}`"
        ));
    }
    // Only where it is in use: otherwise thousands of small files would be opened for nothing.
    let attributes = regular::read(&root.join(".gitattributes"), LONGEST_ATTRIBUTES);
    if attributes.is_ok_and(|text| contains(&text, b"filter=lfs")) {
        let pointers = index
            .iter()
            .filter(|entry| (1..=LONGEST_POINTER).contains(&entry.file_size))
            .filter(|entry| {
                std::str::from_utf8(&entry.path).is_ok_and(|path| is_pointer(&root.join(path)))
            })
            .count();
        if pointers > 0 {
            remarks.push(format!("{pointers} file(s) kept in Git LFS are only pointers here; `git lfs pull` gets them"));
        }
    }
    remarks
}

fn is_empty(directory: &Path) -> bool {
    fs::read_dir(directory).map_or(true, |mut entries| entries.next().is_none())
}

fn is_pointer(file: &Path) -> bool {
    let mut start = [0; POINTER.len()];
    regular::open(file)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok()
        && start == POINTER
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}
