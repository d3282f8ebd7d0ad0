//! Components that were built before what lies beside them was written: what is tested would not be what the folder says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{COMPONENT, manifest};
use crate::assets::is_looked_into;

/// Files that are written together, by a checkout or a copy, are not written at once.
const TOGETHER: Duration = Duration::from_secs(2);

/// The first of the texts of a folder that its component carries along otherwise.
fn differing(component: &[u8], files: &BTreeMap<String, String>) -> Option<String> {
    let carried = manifest(component).ok()?.files;
    let differs = |(path, text): &(String, String)| files.get(path) != Some(text);
    carried.into_iter().find(differs).map(|(path, _)| path)
}

/// Warns of a component that carries the texts of its folder along otherwise than they stand there.
pub(crate) fn warn_of_differing(folder: &Path, component: &[u8], files: &BTreeMap<String, String>) {
    if let Some(path) = differing(component, files) {
        let (shown, folder) = (folder.join(COMPONENT), folder.display());
        tracing::warn!(
            "{} was built when {path} beside it said otherwise: `perfctl plugin build {folder}` builds it anew",
            shown.display()
        );
    }
}

/// Warns of a component that was built before something beside it was written. `folder` is named as the user stands.
pub(crate) fn warn_of_newer(folder: &Path) {
    if let Some(newer) = newer(folder) {
        let (newer, folder) = (newer.display(), folder.display());
        tracing::warn!(
            "{newer} was changed since {COMPONENT} was built: what runs is what it was before; `perfctl plugin build {folder}` builds it anew"
        );
    }
}

/// The file of a folder that was written last, if it was written after the component was built.
fn newer(folder: &Path) -> Option<PathBuf> {
    let written = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    let component = folder.join(COMPONENT);
    let built = written(&component)?;
    let mut last: Option<(SystemTime, PathBuf)> = None;
    let mut left = vec![folder.to_owned()];
    while let Some(dir) = left.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && is_looked_into(&name.to_string_lossy()) {
                left.push(path);
            } else if kind.is_file()
                && is_source(&path)
                && let Some(at) = written(&path)
                && last.as_ref().is_none_or(|(known, _)| at > *known)
            {
                last = Some((at, path));
            }
        }
    }
    last.filter(|(at, _)| *at > built + TOGETHER)
        .map(|(_, path)| path)
}

/// Whether a file may be part of what is built.
fn is_source(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_lock = path.file_name().is_some_and(|name| name == "Cargo.lock");
    !is_lock && matches!(ending, Some("rs" | "py" | "ts" | "js" | "mjs" | "toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_after_the_build_is_told() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |path: &str, age: u64| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            let file = std::fs::File::create(&path).expect("made");
            let written = SystemTime::now() - Duration::from_secs(age);
            file.set_modified(written).expect("dated");
            path
        };
        at(COMPONENT, 100);
        at("src/lib.rs", 200);
        // None of them is built, or it was written as the component was.
        for path in [
            "cases/a/app.py",
            "target/x.rs",
            "README.md",
            "Cargo.lock",
            ".git/x.rs",
        ] {
            at(path, 10);
        }
        at("pack.toml", 99);
        assert_eq!(newer(dir.path()), None);
        let source = at("src/deep/mod.rs", 20);
        assert_eq!(newer(dir.path()), Some(source));
    }
}
