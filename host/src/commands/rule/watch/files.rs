//! The files of packs with what tells a change of them, and what changed between two looks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::plugins::COMPONENT;
use crate::plugins::is_compiled;

/// How many changes are named.
const NAMED: usize = 3;

/// What compilers and package managers make. Cargo writes its lock file in the middle of a build.
const MADE: [&str; 4] = ["target", "node_modules", "__pycache__", "Cargo.lock"];

/// When a file was written, and its size.
type Mark = (Option<SystemTime>, u64);

/// Files by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Files(BTreeMap<PathBuf, Mark>);

impl Files {
    /// All files of these packs that somebody writes. Hidden ones are an editor's or git's.
    pub(super) fn below(packs: &BTreeSet<PathBuf>) -> Self {
        let mut all = Self::default();
        for pack in packs {
            all.add(pack);
            // What a build made is no reason to build again.
            if is_compiled(pack) {
                all.0.remove(&pack.join(COMPONENT));
            }
        }
        all
    }

    fn add(&mut self, dir: &Path) {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || name.ends_with('~') || MADE.contains(&&*name) {
                continue;
            }
            // Links to folders may lead anywhere, also back up here.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.add(&entry.path());
            } else if let Ok(meta) = std::fs::metadata(entry.path())
                && meta.is_file()
            {
                let mark = (meta.modified().ok(), meta.len());
                self.0.insert(entry.path(), mark);
            }
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether the component of the pack in `dir` is missing, or older than something that it is made of.
    pub(super) fn is_stale(&self, dir: &Path) -> bool {
        let made = std::fs::metadata(dir.join(COMPONENT)).and_then(|meta| meta.modified());
        let Ok(made) = made else {
            return true;
        };
        let mut sources = self.0.iter().filter(|(path, _)| goes_in(path, dir));
        sources.any(|(_, (written, _))| written.is_some_and(|written| written > made))
    }

    /// What is otherwise than it was before.
    pub(super) fn since(&self, before: &Self) -> Changes {
        let paths: BTreeSet<&PathBuf> = self.0.keys().chain(before.0.keys()).collect();
        let changes = paths.into_iter().filter_map(|path| {
            let word = match (before.0.get(path), self.0.get(path)) {
                (None, _) => "new",
                (_, None) => "gone",
                (was, is) if was != is => "changed",
                _ => return None,
            };
            Some((path.clone(), word))
        });
        Changes(changes.collect())
    }
}

/// Whether a file of the pack in `dir` is made into its component: neither cases nor what is only read.
fn goes_in(path: &Path, dir: &Path) -> bool {
    path.strip_prefix(dir).is_ok_and(|path| {
        let mut folders = path.components();
        let is_case = folders
            .nth(1)
            .is_some_and(|name| name.as_os_str() == "cases");
        !is_case && path.extension().is_none_or(|ending| ending != "md")
    })
}

/// Paths with what became of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Changes(Vec<(PathBuf, &'static str)>);

impl Changes {
    /// Whether one of them goes into the component of the pack in `dir`.
    pub(super) fn ask_for_a_build(&self, dir: &Path) -> bool {
        self.0.iter().any(|(path, _)| goes_in(path, dir))
    }

    /// All of them on one line, the first by name.
    pub(super) fn shown(&self, name: impl Fn(&Path) -> String) -> String {
        let named = self.0.iter().take(NAMED);
        let named: Vec<String> = named
            .map(|(path, word)| format!("{word}: {}", name(path)))
            .collect();
        match self.0.len().saturating_sub(NAMED) {
            0 => named.join(", "),
            more => format!("{}, and {more} more", named.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(dir: &Path, paths: &[&str]) -> BTreeSet<PathBuf> {
        for path in paths {
            let path = dir.join(path);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, "text").expect("a file");
        }
        BTreeSet::from([dir.to_owned()])
    }

    #[test]
    fn what_somebody_writes_is_watched_and_what_tools_make_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let pack = pack(
            dir.path(),
            &[
                "pack.toml",
                "A-1/cases/one/target.py",
                "src/lib.rs",
                "Cargo.toml",
                "plugin.wasm",
                "target/release/x.wasm",
                "node_modules/x/index.js",
                "__pycache__/rules.pyc",
                "Cargo.lock",
                "src/.lib.rs.swp",
                "src/lib.rs~",
            ],
        );
        let files = Files::below(&pack);
        let names = files.0.keys().map(|path| {
            let path = path.strip_prefix(dir.path()).expect("below");
            path.display().to_string()
        });
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "A-1/cases/one/target.py",
                "Cargo.toml",
                "pack.toml",
                "src/lib.rs"
            ]
        );
        // Where nothing is compiled, somebody put the component there.
        std::fs::remove_file(dir.path().join("Cargo.toml")).expect("removed");
        let files = Files::below(&pack);
        assert!(files.0.contains_key(&dir.path().join("plugin.wasm")));
    }

    #[test]
    fn changes_are_named_and_cases_ask_for_no_build() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = dir.path();
        let packs = pack(at, &["src/lib.rs", "A-1/rule.toml", "A-1/cases/a/b.py"]);
        let before = Files::below(&packs);
        assert_eq!(before.since(&before), Changes(Vec::new()));
        std::fs::write(at.join("A-1/cases/a/b.py"), "longer text").expect("written");
        std::fs::write(at.join("A-1/cases/a/c.py"), "").expect("written");
        std::fs::write(at.join("README.md"), "").expect("written");
        let now = Files::below(&packs);
        let changes = now.since(&before);
        assert!(!changes.ask_for_a_build(at), "{changes:?}");
        let name = |path: &Path| path.file_name().expect("a name").display().to_string();
        assert_eq!(
            changes.shown(name),
            "changed: b.py, new: c.py, new: README.md"
        );
        std::fs::remove_file(at.join("src/lib.rs")).expect("removed");
        let changes = Files::below(&packs).since(&before);
        assert!(changes.ask_for_a_build(at), "{changes:?}");
        assert!(changes.shown(name).ends_with("new: README.md, and 1 more"));
        assert!(!changes.ask_for_a_build(&at.join("other")));
    }

    #[test]
    fn a_component_is_stale_when_it_is_missing_or_older_than_its_source() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = dir.path();
        let packs = pack(at, &["src/lib.rs", "A-1/cases/a/b.py"]);
        let stale = || Files::below(&packs).is_stale(at);
        assert!(stale());
        pack(at, &["plugin.wasm"]);
        let write = |path: &str, seconds: u64| {
            let file = std::fs::File::options().write(true).open(at.join(path));
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            file.and_then(|file| file.set_modified(time))
                .expect("a time");
        };
        write("src/lib.rs", 1_000);
        write("plugin.wasm", 2_000);
        write("A-1/cases/a/b.py", 3_000);
        assert!(!stale());
        write("src/lib.rs", 4_000);
        assert!(stale());
    }
}
