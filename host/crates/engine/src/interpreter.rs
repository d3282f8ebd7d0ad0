//! Which Python interpreter measures the repository: the one with the repository's own dependencies. Runs nothing.
//!
//! Search order, first hit wins:
//! 1. what `--set python=` names: a program on the search path, an interpreter, or the directory of an environment. When
//!    it does not exist, the search ends: another interpreter would measure something that nobody asked for;
//! 2. `.venv`, `venv`, `env` in the audited directory and in the directories down to its first entry point (`python -m
//!    venv`, uv and poetry with `virtualenvs.in-project` put them there), recognised by `pyvenv.cfg`;
//! 3. the environment that poetry keeps outside, recognised by its own hash of the project's path;
//! 4. the cache that a `prepare` step filled.
//!
//! The machine's bare `python3` comes last, and only where no file declares dependencies: elsewhere it lacks them, and a
//! failing import is no measurement.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::redact::base64;
use crate::seams::Tools;

/// Where to look.
pub struct Search<'a> {
    /// The audited directory, absolute.
    pub root: &'a Path,
    /// What `--set python=` names.
    pub given: Option<&'a str>,
    /// File of the first entry point, from the root.
    pub entry_file: Option<&'a str>,
    /// The directory in which poetry keeps environments, if the machine has one.
    pub poetry: Option<&'a Path>,
    /// A completely prepared cache.
    pub prepared: Option<&'a Path>,
    /// Whether no file of the repository declares dependencies, so that the machine's own interpreter lacks none.
    pub is_bare: bool,
    /// Installed programs.
    pub tools: &'a dyn Tools,
}

/// An interpreter, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// The program, absolute.
    pub path: PathBuf,
    /// A few words for the report, such as ``the environment `.venv` ``.
    pub how: String,
}

/// Names of environments inside a repository, in the order of the search.
const IN_REPOSITORY: [&str; 3] = [".venv", "venv", "env"];

/// Looks for the interpreter.
///
/// # Errors
/// Why there is none, as a sentence without its end: where it was looked for.
pub fn find(search: &Search<'_>) -> Result<Interpreter, String> {
    if let Some(given) = search.given {
        return find_given(search, given);
    }
    for directory in project_directories(search) {
        for name in IN_REPOSITORY {
            let environment = directory.join(name);
            if environment.join("pyvenv.cfg").is_file()
                && let Some(path) = program_of(&environment)
            {
                let shown = environment
                    .strip_prefix(search.root)
                    .unwrap_or(&environment);
                return Ok(Interpreter {
                    path,
                    how: format!("the environment `{}`", shown.display()),
                });
            }
        }
    }
    if let Some(path) = search
        .poetry
        .and_then(|kept| find_poetry(kept, search.root))
    {
        return Ok(Interpreter {
            path,
            how: "poetry's environment of this project".to_owned(),
        });
    }
    if let Some(path) = search.prepared.and_then(within) {
        return Ok(Interpreter {
            path,
            how: "the environment that the recipe prepared".to_owned(),
        });
    }
    let bare = || {
        let names = ["python3", "python"].into_iter();
        names.filter_map(|name| search.tools.find(name)).next()
    };
    if search.is_bare
        && let Some(tool) = bare()
    {
        return Ok(Interpreter {
            how: format!(
                "`{}` of this machine, because no file of the repository that perfctl reads declares dependencies",
                tool.program
            ),
            path: tool.path,
        });
    }
    Err("no Python environment with the repository's dependencies was found (`.venv`, `venv`, `env`, poetry's, a \
         prepared cache)"
        .to_owned())
}

/// The interpreter in a prepared cache: the environment may be the directory itself or lie one level below it.
pub fn within(cache: &Path) -> Option<PathBuf> {
    if let Some(path) = program_of(cache) {
        return Some(path);
    }
    let mut below: Vec<PathBuf> = std::fs::read_dir(cache)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    below.sort();
    below.iter().find_map(|environment| program_of(environment))
}

/// The directory of the environment that `program` belongs to: what a sandbox must let it read. `None` where it merely lies
/// in a `bin`, as in `/bin` or `~/bin`: nothing around that belongs to it.
pub fn environment_of(program: &Path) -> Option<&Path> {
    let directory = program.parent()?.parent()?;
    let holds_library = || {
        let entries = std::fs::read_dir(directory.join("lib")).ok()?;
        let mut names = entries.flatten().map(|entry| entry.file_name());
        names.find(|name| name.to_string_lossy().starts_with("python3"))
    };
    let is_one = ["pyvenv.cfg", "conda-meta"]
        .iter()
        .any(|mark| directory.join(mark).exists())
        || holds_library().is_some();
    (is_one && directory.parent().is_some()).then_some(directory)
}

fn find_given(search: &Search<'_>, given: &str) -> Result<Interpreter, String> {
    let how = "`--set python`".to_owned();
    let is_name = !given.contains('/') && !search.root.join(given).exists();
    if is_name && let Some(tool) = search.tools.find(given) {
        return Ok(Interpreter {
            path: tool.path,
            how,
        });
    }
    let path = search.root.join(given);
    if path.is_dir()
        && let Some(path) = program_of(&path)
    {
        return Ok(Interpreter { path, how });
    }
    if path.is_file() {
        return Ok(Interpreter { path, how });
    }
    Err(format!(
        "`--set python={given}` names neither an interpreter nor an environment"
    ))
}

/// The root and the directories from it down to the entry point, so that `backend/.venv` serves `backend/app/main.py`.
fn project_directories(search: &Search<'_>) -> Vec<PathBuf> {
    let mut directories = vec![search.root.to_owned()];
    let parents = search.entry_file.and_then(|file| Path::new(file).parent());
    for part in parents.into_iter().flat_map(Path::components) {
        let std::path::Component::Normal(part) = part else {
            break;
        };
        let below = directories[directories.len() - 1].join(part);
        directories.push(below);
    }
    directories
}

/// The interpreter of the environment in `directory`.
fn program_of(directory: &Path) -> Option<PathBuf> {
    ["bin/python", "bin/python3", "Scripts/python.exe"]
        .iter()
        .map(|program| directory.join(program))
        .find(|program| program.is_file())
}

/// Poetry names an environment `<project>-<hash>-py<version>`, where the hash is the first eight characters of the
/// URL-safe base64 of the SHA-256 of the project's resolved path. The newest version in the order of names wins.
fn find_poetry(kept: &Path, root: &Path) -> Option<PathBuf> {
    let real = root.canonicalize().ok()?;
    let digest = Sha256::digest(real.as_os_str().as_encoded_bytes());
    let hash: String = base64(&digest, true).chars().take(8).collect();
    let mark = format!("-{hash}-py");
    let mut environments: Vec<PathBuf> = std::fs::read_dir(kept)
        .ok()?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().contains(&mark))
        .map(|entry| entry.path())
        .collect();
    environments.sort();
    environments
        .iter()
        .rev()
        .find_map(|environment| program_of(environment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::FakeTools;
    use std::fs;

    fn environment(at: &Path) -> PathBuf {
        let bin = at.join("bin");
        fs::create_dir_all(&bin).expect("a directory");
        fs::write(at.join("pyvenv.cfg"), "home = /usr/bin\n").expect("a file");
        fs::write(bin.join("python"), "").expect("a file");
        bin.join("python")
    }

    struct Ground {
        kept: tempfile::TempDir,
        root: PathBuf,
        tools: FakeTools,
    }

    impl Ground {
        fn new() -> Self {
            let kept = tempfile::tempdir().expect("a directory");
            let root = kept.path().join("repo");
            fs::create_dir(&root).expect("a directory");
            Self {
                kept,
                root,
                tools: FakeTools::with(&["python3.12"]),
            }
        }

        fn find<'a>(&'a self, change: impl FnOnce(&mut Search<'a>)) -> Result<Interpreter, String> {
            let mut search = Search {
                root: &self.root,
                given: None,
                entry_file: None,
                poetry: None,
                prepared: None,
                is_bare: false,
                tools: &self.tools,
            };
            change(&mut search);
            find(&search)
        }
    }

    #[test]
    fn what_the_user_names_wins_and_is_never_replaced_by_another() {
        let ground = Ground::new();
        let inside = environment(&ground.root.join(".venv"));
        let other = environment(&ground.root.join("other"));
        assert_eq!(ground.find(|_| ()).expect("found").path, inside);
        for given in ["other", "other/bin/python"] {
            let found = ground
                .find(|search| search.given = Some(given))
                .expect(given);
            assert_eq!(found.path, other);
        }
        let on_path = ground
            .find(|search| search.given = Some("python3.12"))
            .expect("on the path");
        assert_eq!(on_path.path, PathBuf::from("/bin/python3.12"));
        let absent = ground.find(|search| search.given = Some("gone/bin/python"));
        assert!(absent.expect_err("is absent").contains("gone/bin/python"));
    }

    #[test]
    fn an_environment_beside_the_entry_point_serves_a_monorepo() {
        let ground = Ground::new();
        let nested = environment(&ground.root.join("backend/venv"));
        assert!(ground.find(|_| ()).is_err());
        let found = ground.find(|search| search.entry_file = Some("backend/app/main.py"));
        assert_eq!(found.expect("found").path, nested);
    }

    #[test]
    fn the_machines_own_interpreter_serves_only_where_nothing_declares_dependencies() {
        let mut ground = Ground::new();
        ground.tools = FakeTools::with(&["python3"]);
        assert!(ground.find(|_| ()).is_err());
        let bare = ground.find(|search| search.is_bare = true).expect("found");
        assert_eq!(bare.path, PathBuf::from("/bin/python3"));
        let own = environment(&ground.root.join(".venv"));
        let found = ground.find(|search| search.is_bare = true).expect("found");
        assert_eq!(found.path, own);
    }

    #[test]
    fn a_directory_without_its_mark_is_no_environment() {
        let ground = Ground::new();
        environment(&ground.root.join("env"));
        fs::remove_file(ground.root.join("env/pyvenv.cfg")).expect("removed");
        let why = ground.find(|_| ()).expect_err("no environment");
        assert!(why.contains("was found"), "{why}");
    }

    #[test]
    fn poetrys_environment_is_known_by_its_hash_of_the_path_and_the_cache_comes_last() {
        let (kept, cache);
        let ground = Ground::new();
        kept = ground.kept.path().join("virtualenvs");
        let real = ground.root.canonicalize().expect("exists");
        let digest = Sha256::digest(real.as_os_str().as_encoded_bytes());
        let hash = &base64(&digest, true)[..8];
        environment(&kept.join("shop-AAAAAAAA-py3.12"));
        let poetry = environment(&kept.join(format!("shop-{hash}-py3.11")));
        cache = ground.kept.path().join("cache");
        let prepared = environment(&cache.join("venv"));
        let both = ground.find(|search| {
            search.poetry = Some(&kept);
            search.prepared = Some(&cache);
        });
        assert_eq!(both.expect("found").path, poetry);
        let cache_only = ground
            .find(|search| search.prepared = Some(&cache))
            .expect("found");
        assert_eq!(cache_only.path, prepared);
        assert_eq!(
            environment_of(&prepared),
            Some(cache.join("venv").as_path())
        );
    }

    #[test]
    fn what_lies_around_a_bin_belongs_to_an_interpreter_only_if_it_is_an_environment() {
        let home = tempfile::tempdir().expect("a directory");
        let program = home.path().join("bin/python3");
        assert_eq!(environment_of(&program), None);
        fs::create_dir_all(home.path().join("lib/python3.13/json")).expect("a directory");
        assert_eq!(environment_of(&program), Some(home.path()));
        // Its library is `/lib/python3` on many machines.
        assert_eq!(environment_of(Path::new("/bin/python3")), None);
        assert_eq!(environment_of(Path::new("/etc/passwd")), None);
    }
}
