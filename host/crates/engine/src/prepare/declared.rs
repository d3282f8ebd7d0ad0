//! The files of a repository that say what its environment is made of. Owns their names and where they are looked for; knows
//! nothing of caches.
//!
//! They are taken from the whole repository: a project may depend on another one by its folder (`path = "../library"` of uv
//! and Poetry, `-e ./library` of pip), and no two tools write that alike. A file too many costs one more build; one too few
//! measures what no longer is.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

/// Files that pin or declare dependencies, with the language whose they are; conda's, too, though pip installs nothing from them:
/// a service that has one does not run with the machine's bare interpreter. Lists called `*requirements*` and those in a
/// folder of that name are Python's as well.
pub(super) const NAMES: [(&str, &str); 21] = [
    (".python-version", PYTHON),
    ("Pipfile", PYTHON),
    ("Pipfile.lock", PYTHON),
    ("bun.lock", JAVASCRIPT),
    ("constraints.txt", PYTHON),
    ("environment.yaml", PYTHON),
    ("environment.yml", PYTHON),
    ("go.sum", "go"),
    ("npm-shrinkwrap.json", JAVASCRIPT),
    ("package-lock.json", JAVASCRIPT),
    ("package.json", JAVASCRIPT),
    ("pdm.lock", PYTHON),
    ("pnpm-lock.yaml", JAVASCRIPT),
    ("poetry.lock", PYTHON),
    ("pylock.toml", PYTHON),
    ("pyproject.toml", PYTHON),
    ("requirements.txt", PYTHON),
    ("setup.cfg", PYTHON),
    ("setup.py", PYTHON),
    ("uv.lock", PYTHON),
    ("yarn.lock", JAVASCRIPT),
];

const PYTHON: &str = "python";
const JAVASCRIPT: &str = "javascript";

/// Whether `file` is about dependencies of one of `languages`; of which language a file is that only the user or another
/// list names, nobody knows. Without languages any will do.
pub(super) fn concerns(file: &Path, languages: &[&str]) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let language = NAMES.iter().find(|(known, _)| *known == name);
    language.is_none_or(|(_, language)| {
        let is_meant = |wanted: &&str| match *wanted {
            "typescript" => *language == JAVASCRIPT,
            wanted => *language == wanted,
        };
        languages.is_empty() || languages.iter().any(is_meant)
    })
}

/// A dependency list above this size is not read; no real one comes near.
const LARGEST: u64 = 64 << 20;

/// Directories that are looked into, the outer ones first. saleor, with 4 338 Python files, has 514.
const MOST_DIRECTORIES: usize = 20_000;

/// The readable files below `root` that declare dependencies, those of `named` that lie there, and what lists for pip name,
/// sorted.
pub(super) fn files(root: &Path, named: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut files = found(root);
    files.extend(named);
    files.retain(|file| file.starts_with(root) && is_readable(file));
    follow(&mut files, root);
    files.sort();
    files.dedup();
    files
}

/// What lies in the repository. Installed packages bring lists of their own that say nothing about it; links are not
/// followed, because they may lead in circles.
fn found(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = VecDeque::from([root.to_owned()]);
    let mut left = MOST_DIRECTORIES;
    while let Some(directory) = waiting.pop_front() {
        if left == 0 {
            break;
        }
        left -= 1;
        let Ok(entries) = fs::read_dir(&directory) else {
            continue;
        };
        let mut inner = Vec::new();
        let in_lists = directory.file_name().is_some_and(|it| it == "requirements");
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => {
                    let path = entry.path();
                    if !name.starts_with('.')
                        && name != "node_modules"
                        && !path.join("pyvenv.cfg").exists()
                    {
                        inner.push(path);
                    }
                }
                Ok(_) if is_named(&name) || is_list(&name, in_lists) => {
                    files.push(entry.path());
                }
                _ => {}
            }
        }
        // The order of a directory is the file system's, and what the bound leaves out must not change from run to run.
        inner.sort();
        waiting.extend(inner);
    }
    files
}

/// Whether files of this name declare dependencies.
fn is_named(name: &str) -> bool {
    NAMES.iter().any(|(known, _)| *known == name)
}

/// Whether a file of this name is a list for pip.
fn is_list(name: &str, in_lists: bool) -> bool {
    (in_lists || name.contains("requirements")) && (name.ends_with(".txt") || name.ends_with(".in"))
}

fn is_readable(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|it| it.is_file() && it.len() <= LARGEST)
}

/// Adds the files in the repository that the lists for pip among `files` name (`-r base.txt`, `-c pins.txt`), and what the projects
/// declare that lists and declarations name by their folders, wherever they lie: also where nothing is looked for, as below `.shared`.
fn follow(files: &mut Vec<PathBuf>, root: &Path) {
    let Ok(root) = root.canonicalize() else {
        return;
    };
    let mut seen: BTreeSet<PathBuf> = files
        .iter()
        .filter_map(|file| file.canonicalize().ok())
        .collect();
    let mut next = 0;
    while let Some(file) = files.get(next).cloned() {
        next += 1;
        let is_list = file.extension().is_some_and(|it| it == "txt" || it == "in");
        let declares = file
            .file_name()
            .is_some_and(|it| it == "pyproject.toml" || it == "Pipfile");
        let (true, Some(folder), Ok(text)) = (is_list || declares, file.parent(), fs::read(&file))
        else {
            continue;
        };
        let text = String::from_utf8_lossy(&text);
        let lists = text
            .lines()
            .filter_map(|line| named(line).filter(|_| is_list));
        let mut found: Vec<PathBuf> = lists.map(|path| folder.join(path)).collect();
        let paths = match is_list {
            true => text.lines().filter_map(project).collect(),
            false => quoted(&text),
        };
        found.extend(
            paths
                .into_iter()
                .flat_map(|path| declarations(&folder.join(path), &root)),
        );
        for file in found.iter().filter_map(|file| file.canonicalize().ok()) {
            if file.starts_with(&root) && is_readable(&file) && seen.insert(file.clone()) {
                files.push(file);
            }
        }
    }
}

/// The files that may declare what the project in `folder` of the repository needs; none where there is no such folder.
fn declarations(folder: &Path, root: &Path) -> Vec<PathBuf> {
    match folder.canonicalize() {
        Ok(folder) if folder.starts_with(root) && folder.is_dir() => {
            NAMES.map(|(name, _)| folder.join(name)).into()
        }
        _ => Vec::new(),
    }
}

/// The folder in a line of a list for pip, if the line names a project by one: `-e ../library[fast]`, `./library`, `name @ file:library`.
fn project(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let option = ["-e", "--editable"]
        .iter()
        .find_map(|option| line.strip_prefix(option));
    let place = option.map(|rest| rest.trim_start_matches([' ', '\t', '=']));
    let place = place.or_else(|| Some(line.split_once('@')?.1.trim_start()));
    let place = place.unwrap_or(line);
    let place = place.strip_prefix("file:").unwrap_or(place);
    let place = place.strip_prefix("//").unwrap_or(place);
    place
        .split([' ', '\t', '[', ';', '#'])
        .next()
        .filter(|path| !path.is_empty())
}

/// The strings in a file of TOML that stand on one line. Which of them is a path only the tool knows whose table it is (`path` of uv, Poetry and
/// Pipenv, members of a workspace); those that name no project are none.
fn quoted(text: &str) -> Vec<&str> {
    let strings = text.lines().flat_map(|line| {
        let quotes = ['"', '\''];
        let parts = quotes.map(|quote| line.split(quote).skip(1).step_by(2));
        parts.into_iter().flatten()
    });
    strings.filter(|string| !string.is_empty()).collect()
}

/// The path in a line of a list for pip, if the line names another list.
fn named(line: &str) -> Option<&str> {
    let options = ["-r", "-c", "--requirement", "--constraint"];
    let line = line.trim_start();
    let rest = options
        .iter()
        .find_map(|option| line.strip_prefix(option))?;
    let path = rest.trim_start_matches([' ', '\t', '=']);
    path.split([' ', '\t'])
        .next()
        .filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_repository_itself_declares_counts() {
        let ground = tempfile::tempdir().expect("a directory");
        let root = ground.path();
        let all = [
            "pyproject.toml",
            "libraries/money/setup.py",
            "libraries/money/requirements/base.in",
            "deploy/requirements-dev.txt",
            "deploy/dev-requirements.txt",
            "deploy/environment.yml",
            "deploy/notes.txt",
            "web/node_modules/left/package.json",
            "env/lib/requirements.txt",
            ".tox/py/setup.py",
        ];
        for file in all {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
            fs::write(path, "").expect("a file");
        }
        fs::write(root.join("env/pyvenv.cfg"), "").expect("a file");
        let found: Vec<String> = files(root, std::iter::empty())
            .iter()
            .map(|file| {
                file.strip_prefix(root)
                    .expect("below")
                    .display()
                    .to_string()
            })
            .collect();
        assert_eq!(
            found,
            [
                "deploy/dev-requirements.txt",
                "deploy/environment.yml",
                "deploy/requirements-dev.txt",
                "libraries/money/requirements/base.in",
                "libraries/money/setup.py",
                "pyproject.toml",
            ]
        );
    }
}
