//! Which files load which: imports at the top level, which run as soon as the importing file is loaded.
//!
//! Knows nothing of what is imported from libraries, and nothing of deployment.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::modules::{Target, directory};
use super::{FileId, Repo};
use crate::lower::Language;
use crate::model::index::ImportRow;
use crate::tree::NodeId;

/// One file on the way from a start to a file that it loads, with the import there that leads on; the last file has none.
pub type Hop = (FileId, Option<NodeId>);

/// The imports between the files of a repository that run while a file is loaded.
#[derive(Debug)]
pub struct Loads {
    /// Per file, the files that load it, with the import that does.
    loaded_by: Vec<Vec<(FileId, NodeId)>>,
}

impl Loads {
    /// Reads the imports of all Python, JavaScript and TypeScript files. Those within functions, for type checkers, and for a file that
    /// is run as a program are left out.
    pub fn new(repo: &Repo) -> Self {
        let mut loads = Self {
            loaded_by: vec![Vec::new(); repo.files.len()],
        };
        let mut around = FxHashMap::default();
        for file in repo.ids() {
            for import in &repo.file(file).index.imports {
                if import.function.is_some() || import.type_only || import.main_only {
                    continue;
                }
                for to in targets(repo, file, import, &mut around) {
                    let row = &mut loads.loaded_by[to.0 as usize];
                    if to != file && row.last().is_none_or(|(from, _)| *from != file) {
                        row.push((file, import.node));
                    }
                }
            }
        }
        loads
    }

    /// Whether no other file loads this one.
    pub fn is_root(&self, file: FileId) -> bool {
        self.loaded_by[file.0 as usize].is_empty()
    }

    /// For each file that `is_start` and loads `file`, directly or through others, the shortest way from it to `file`. A start that is
    /// `file` itself gives a way of one hop.
    pub fn chains(&self, file: FileId, is_start: impl Fn(FileId) -> bool) -> Vec<Vec<Hop>> {
        let mut next: FxHashMap<FileId, Option<(FileId, NodeId)>> =
            FxHashMap::from_iter([(file, None)]);
        let mut queue = VecDeque::from([file]);
        let mut starts = Vec::new();
        while let Some(at) = queue.pop_front() {
            if is_start(at) {
                starts.push(at);
            }
            for (from, import) in &self.loaded_by[at.0 as usize] {
                if !next.contains_key(from) {
                    next.insert(*from, Some((at, *import)));
                    queue.push_back(*from);
                }
            }
        }
        let chain = |start: FileId| {
            let mut hops = Vec::new();
            let mut at = start;
            while let Some(Some((to, import))) = next.get(&at) {
                hops.push((at, Some(*import)));
                at = *to;
            }
            hops.push((at, None));
            hops
        };
        starts.into_iter().map(chain).collect()
    }
}

/// The files of the repository that an import loads: the module, what it takes from a package, and the packages around.
fn targets(
    repo: &Repo,
    file: FileId,
    import: &ImportRow,
    around: &mut FxHashMap<FileId, Vec<FileId>>,
) -> Vec<FileId> {
    let code = repo.file(file);
    if code.language == Language::Go {
        return Vec::new();
    }
    let module = code.text(import.module);
    if module.contains('*') {
        return repo.modules.matching(module, &code.path);
    }
    let found = repo
        .modules
        .find(module, &code.path, code.language, &repo.facts);
    let mut all = Vec::new();
    if let Some(Target::File(to)) = found {
        all.push(to);
    }
    if code.language != Language::Python {
        return all;
    }
    let package = match &found {
        Some(Target::File(to)) => repo
            .file(*to)
            .path
            .strip_suffix("/__init__.py")
            .map(str::to_owned),
        Some(Target::Directory(path)) => Some(path.to_string()),
        // One word may be a folder without a file of its own, which is proven by what is taken from it.
        None => import.names.iter().find_map(|name| {
            let name = code.text(*name);
            let found = repo.modules.namespace(module, name, &code.path);
            found.map(String::from)
        }),
    };
    if let Some(package) = package {
        for name in &import.names {
            if let Some(Target::File(to)) = repo.modules.child(&package, code.text(*name)) {
                all.push(to);
            }
        }
    }
    for at in 0..all.len() {
        let module = all[at];
        let packages = around
            .entry(module)
            .or_insert_with(|| packages(repo, module));
        for to in packages {
            if !all.contains(to) {
                all.push(*to);
            }
        }
    }
    all
}

/// The packages around a module, the innermost first.
fn packages(repo: &Repo, module: FileId) -> Vec<FileId> {
    let mut all = Vec::new();
    let mut package = directory(&repo.file(module).path);
    while let Some(to) = repo.find(&format!("{package}/__init__.py")) {
        all.push(to);
        package = directory(package);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    fn chains(files: &[(&str, &str)], path: &str, start: &str) -> Vec<Vec<String>> {
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", files);
        let repo = &scratch.survey.view.repo;
        let loads = Loads::new(repo);
        let file = repo.find(path).expect("scanned");
        loads
            .chains(file, |id| repo.file(id).path.starts_with(start))
            .into_iter()
            .map(|chain| {
                chain
                    .into_iter()
                    .map(|(id, _)| repo.file(id).path.to_string())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_file_is_loaded_through_packages_and_their_modules() {
        let files = [
            ("main.py", "from shop import api\n"),
            ("shop/__init__.py", "from .names import NAME\n"),
            ("shop/names.py", "NAME = 1\n"),
            ("shop/api.py", "import shop.deep.frames\n"),
            ("shop/deep/__init__.py", ""),
            ("shop/deep/frames.py", "import pandas\n"),
        ];
        assert_eq!(
            chains(&files, "shop/deep/frames.py", "main"),
            [["main.py", "shop/api.py", "shop/deep/frames.py"]]
        );
        // The package around is loaded with its module.
        assert_eq!(
            chains(&files, "shop/names.py", "main"),
            [["main.py", "shop/__init__.py", "shop/names.py"]]
        );
        assert_eq!(chains(&files, "main.py", "main"), [["main.py"]]);
    }

    #[test]
    fn packages_without_a_file_of_their_own_load_their_modules() {
        let files = [
            ("main.py", "from shop import api\n"),
            (
                "shop/api.py",
                "from shop.deep import frames\nfrom . import near\n",
            ),
            ("shop/near.py", ""),
            ("shop/deep/frames.py", "import pandas\n"),
            (
                "src/app.py",
                "from parts import engine\nimport parts.other\n",
            ),
            ("src/parts/engine.py", ""),
            ("src/parts/other.py", ""),
        ];
        assert_eq!(
            chains(&files, "shop/deep/frames.py", "main"),
            [["main.py", "shop/api.py", "shop/deep/frames.py"]]
        );
        assert_eq!(
            chains(&files, "shop/near.py", "main"),
            [["main.py", "shop/api.py", "shop/near.py"]]
        );
        for part in ["engine", "other"] {
            let path = format!("src/parts/{part}.py");
            assert_eq!(chains(&files, &path, "src/app"), [["src/app.py", &*path]]);
        }
    }

    #[test]
    fn what_runs_later_or_never_is_not_loaded() {
        let files = [
            (
                "main.py",
                "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n\ndef f():\n    import b\n\nif __name__ == '__main__':\n    import c\n\ntry:\n    import d\nexcept ImportError:\n    d = None\n",
            ),
            ("a.py", ""),
            ("b.py", ""),
            ("c.py", ""),
            ("d.py", ""),
        ];
        for (path, is_loaded) in [
            ("a.py", false),
            ("b.py", false),
            ("c.py", false),
            ("d.py", true),
        ] {
            assert_eq!(
                !chains(&files, path, "main").is_empty(),
                is_loaded,
                "{path}"
            );
        }
    }

    #[test]
    fn circles_end() {
        let files = [
            ("main.py", "import a\n"),
            ("a.py", "import b\n"),
            ("b.py", "import a\nimport main\n"),
        ];
        assert_eq!(
            chains(&files, "b.py", "main"),
            [["main.py", "a.py", "b.py"]]
        );
    }
}
