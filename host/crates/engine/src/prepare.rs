//! What a recipe may build once and use again: an environment with the repository's dependencies. Owns the cache
//! directory, its key, its marks and its lock; knows neither commands nor verdicts.
//!
//! All `prepare` steps of a recipe (commands that ask for consent and write) share one directory, `{cache}`. Its key is
//! the content of all files that declare or pin dependencies, the steps themselves and the versions of their tools: whatever changes, a new
//! directory is built. Environments cannot be moved, so it is built in place, and only a mark of *every* step makes it
//! complete. What is found without all marks is the ruin of an ended run and is discarded.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use perfctl_core::ids::StepId;
use perfctl_core::seams::Stop;
use sha2::{Digest, Sha256};

mod declared;

/// How often a run asks whether another one has finished building the same directory.
const LOCK_PAUSE: Duration = Duration::from_millis(100);

/// A `prepare` step, as far as the key depends on it.
#[derive(Clone, Debug)]
pub struct Ingredient {
    /// The step.
    pub step: StepId,
    /// Its arguments, placeholders replaced where that is possible before the plan.
    pub argv: Vec<String>,
    /// Its working directory from the repository's root.
    pub cwd: String,
    /// Its further environment, `name=value`.
    pub env: Vec<String>,
    /// Names and versions of the tools it needs.
    pub tools: Vec<String>,
    /// The languages that it is for; empty means any.
    pub languages: Vec<String>,
}

/// Where something is or will be prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparation {
    home: PathBuf,
    steps: Vec<StepId>,
}

impl Preparation {
    /// Finds the directory below `caches` for these steps on the repository at `root`.
    ///
    /// `None` when no file of the repository declares dependencies: there is nothing to install, and what would be built
    /// could not be told from what was built before.
    pub fn locate(caches: &Path, root: &Path, steps: &[Ingredient]) -> Option<Self> {
        let named = steps.iter().flat_map(|step| {
            let cwd = root.join(&step.cwd);
            step.argv.iter().chain(&step.env).flat_map(move |argument| {
                let value = argument.rsplit('=').next().unwrap_or(argument);
                [cwd.join(value), root.join(value)]
            })
        });
        let files = declared::files(root, named);

        let mut key = Sha256::new();
        let mut read = 0;
        let languages = steps.iter().flat_map(|step| &step.languages);
        let languages: Vec<&str> = languages.map(String::as_str).collect();
        for file in &files {
            let Ok(content) = fs::read(file) else {
                continue;
            };
            read += usize::from(declared::concerns(file, &languages));
            let path = file.strip_prefix(root).unwrap_or(file);
            add(&mut key, path.as_os_str().as_encoded_bytes());
            add(&mut key, &content);
        }
        if read == 0 {
            tracing::info!(looked_for = ?declared::NAMES, "no file declares dependencies");
            return None;
        }
        for part in [std::env::consts::OS, std::env::consts::ARCH] {
            add(&mut key, part.as_bytes());
        }
        for step in steps {
            add(&mut key, step.step.as_str().as_bytes());
            add(&mut key, step.cwd.as_bytes());
            for part in step.argv.iter().chain(&step.env).chain(&step.tools) {
                add(&mut key, part.as_bytes());
            }
        }
        Some(Self {
            home: caches.join(hexadecimal(&key.finalize()[..16])),
            steps: steps.iter().map(|step| step.step.clone()).collect(),
        })
    }

    /// The directory that `{cache}` stands for.
    pub fn content(&self) -> PathBuf {
        self.home.join("content")
    }

    /// Whether `step` helps to build it.
    pub fn involves(&self, step: &StepId) -> bool {
        self.steps.contains(step)
    }

    /// The steps that build it, in the order of the recipe.
    pub fn steps(&self) -> &[StepId] {
        &self.steps
    }

    /// Whether every step left its mark.
    pub fn is_complete(&self) -> bool {
        self.content().is_dir() && self.steps.iter().all(|step| self.mark(step).is_file())
    }

    fn mark(&self, step: &StepId) -> PathBuf {
        self.home.join("done").join(step.as_str())
    }

    /// Discards everything that was built.
    fn discard(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.home) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Feeds one part with its length, so that no two lists of parts feed the same bytes.
fn add(key: &mut Sha256, part: &[u8]) {
    key.update((part.len() as u64).to_le_bytes());
    key.update(part);
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The right to build, held until all is built or the run is over.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    preparation: &'a Preparation,
    building: bool,
    // Dropped after the ruin is discarded, which releases the lock.
    _lock: File,
}

impl<'a> Session<'a> {
    /// Waits for other runs that build the same, then says whether there is anything left to build.
    ///
    /// # Errors
    /// When the directory cannot be made, or `stop` asks while waiting.
    pub(crate) fn begin(preparation: &'a Preparation, stop: &dyn Stop) -> Result<Self, String> {
        let home = &preparation.home;
        let trouble = |error: io::Error| format!("cannot prepare `{}`: {error}", home.display());
        make_private(home.parent().unwrap_or(home)).map_err(trouble)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(home.with_extension("lock"))
            .map_err(trouble)?;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(trouble(error)),
                Err(TryLockError::WouldBlock) if stop.requested() => {
                    return Err("interrupted while another run was preparing the same".to_owned());
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            }
        }
        let building = !preparation.is_complete();
        if building {
            preparation.discard().map_err(trouble)?;
            make_private(&preparation.content()).map_err(trouble)?;
            make_private(&home.join("done")).map_err(trouble)?;
        }
        Ok(Self {
            preparation,
            building,
            _lock: lock,
        })
    }

    /// Whether steps have to run; otherwise everything is there from an earlier run.
    pub(crate) fn is_building(&self) -> bool {
        self.building
    }

    /// Whether every step did its part.
    pub(crate) fn is_complete(&self) -> bool {
        self.preparation.is_complete()
    }

    /// Notes that `step` did its part.
    pub(crate) fn mark(&self, step: &StepId) -> Result<(), String> {
        fs::write(self.preparation.mark(step), "").map_err(|error| {
            format!(
                "cannot mark `{}` as prepared: {error}",
                self.preparation.home.display()
            )
        })
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if self.building && !self.preparation.is_complete() {
            // A ruin that cannot be removed now lacks its marks and is discarded by the next run.
            let _ = self.preparation.discard();
        }
    }
}

/// Creates a directory, and those above it, that only the user may enter.
fn make_private(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::seams::Never;

    fn ingredient(step: &str, argv: &[&str]) -> Ingredient {
        Ingredient {
            step: StepId::new(step),
            argv: argv.iter().map(|argument| (*argument).to_owned()).collect(),
            cwd: String::new(),
            env: Vec::new(),
            tools: Vec::new(),
            languages: Vec::new(),
        }
    }

    struct Ground(tempfile::TempDir);

    impl Ground {
        fn new() -> Self {
            let ground = Self(tempfile::tempdir().expect("a directory"));
            fs::create_dir(ground.root()).expect("a directory");
            ground.write("uv.lock", "fastapi 0.1");
            ground
        }
        fn root(&self) -> PathBuf {
            self.0.path().join("repo")
        }
        fn write(&self, name: &str, text: &str) {
            fs::write(self.root().join(name), text).expect("a file");
        }
        fn locate(&self, steps: &[Ingredient]) -> Preparation {
            Preparation::locate(&self.0.path().join("caches"), &self.root(), steps)
                .expect("located")
        }
    }

    #[test]
    fn the_key_follows_lock_files_named_files_and_steps_and_nothing_else() {
        let ground = Ground::new();
        ground.write("extra.in", "redis 1");
        let steps = [ingredient("venv", &["uv", "sync", "-r=extra.in"])];
        let first = ground.locate(&steps);
        ground.write("main.py", "print()");
        assert_eq!(ground.locate(&steps), first);
        ground.write("extra.in", "redis 2");
        let second = ground.locate(&steps);
        assert_ne!(second, first);
        ground.write("uv.lock", "fastapi 0.2");
        let third = ground.locate(&steps);
        assert_ne!(third, second);
        assert_ne!(ground.locate(&[ingredient("venv", &["uv", "sync"])]), third);
        fs::create_dir_all(ground.root().join("backend/requirements")).expect("a directory");
        let before = ground.locate(&steps);
        ground.write("backend/requirements/base.txt", "redis");
        let nested = ground.locate(&steps);
        assert_ne!(nested, before);
        ground.write("backend/poetry.lock", "redis 3");
        assert_ne!(ground.locate(&steps), nested);
    }

    #[test]
    fn the_key_follows_what_lists_name_and_what_each_kind_of_project_declares() {
        let ground = Ground::new();
        for folder in ["req", "library", "backend"] {
            fs::create_dir_all(ground.root().join(folder)).expect("a directory");
        }
        ground.write(
            "req/dev.txt",
            "-rbase.in\n--constraint=../pins.txt\n-e ../library[fast]\nflask\n-r ../../out.txt\n",
        );
        ground.write("req/base.in", "-r dev.txt\n-r ../req/dev.txt\n");
        let steps = [ingredient("install", &["pip", "req/dev.txt"])];
        let mut before = ground.locate(&steps);
        for file in [
            "req/base.in",
            "pins.txt",
            "library/setup.py",
            "setup.py",
            "backend/setup.py",
            "Pipfile",
        ] {
            ground.write(file, "-r dev.txt\n# another");
            let after = ground.locate(&steps);
            assert_ne!(after, before, "{file}");
            before = after;
        }
        fs::write(ground.0.path().join("out.txt"), "elsewhere").expect("a file");
        assert_eq!(ground.locate(&steps), before);
    }

    #[test]
    fn the_key_follows_what_projects_declare_that_are_named_by_their_folders() {
        for (file, text, project) in [
            (
                "pyproject.toml",
                "[tool.uv.sources]\nmoney = { path = \"./.shared/money\", editable = true }\n",
                ".shared/money/pyproject.toml",
            ),
            (
                "backend/pyproject.toml",
                "[tool.poetry.dependencies]\nmoney = { path = '../.shared/money', develop = true }\n",
                ".shared/money/setup.py",
            ),
            (
                "backend/Pipfile",
                "[packages]\nmoney = {path = \"../.shared/money\"}\n",
                ".shared/money/setup.cfg",
            ),
            (
                "req/base.txt",
                "-e ../.library[fast] ; python_version > '3'\n",
                ".library/pyproject.toml",
            ),
            (
                "req/base.txt",
                "money @ file:../.shared/money\n",
                ".shared/money/pyproject.toml",
            ),
            ("req/base.txt", "../.library\n", ".library/setup.py"),
        ] {
            let ground = Ground::new();
            for path in [file, project] {
                let path = ground.root().join(path);
                fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
            }
            ground.write(file, text);
            let steps = [ingredient("install", &["pip", "req/base.txt"])];
            let before = ground.locate(&steps);
            ground.write(project, "needs = 'redis'");
            let after = ground.locate(&steps);
            assert_ne!(after, before, "{file}: {text}");
            ground.write(project, "needs = 'redis<9'");
            assert_ne!(ground.locate(&steps), after, "{file}: {text}");
        }
    }

    #[test]
    fn without_a_file_that_pins_anything_nothing_is_prepared() {
        let ground = Ground::new();
        fs::remove_file(ground.root().join("uv.lock")).expect("removed");
        let none = Preparation::locate(
            ground.0.path(),
            &ground.root(),
            &[ingredient("venv", &["uv"])],
        );
        assert_eq!(none, None);
        // What another language declares is not installed by a step for Python.
        fs::write(ground.root().join("package.json"), "{}").expect("a file");
        let with = |languages: &[&str]| {
            let mut step = ingredient("venv", &["uv"]);
            step.languages = languages.iter().map(|it| (*it).to_owned()).collect();
            Preparation::locate(ground.0.path(), &ground.root(), &[step])
        };
        assert_eq!(with(&["python"]), None);
        for languages in [&[][..], &["typescript"], &["python", "javascript"]] {
            assert!(with(languages).is_some(), "{languages:?}");
        }
    }

    #[test]
    fn only_the_marks_of_all_steps_make_it_complete_and_a_ruin_is_discarded() {
        let ground = Ground::new();
        let there = ground.locate(&[ingredient("venv", &["a"]), ingredient("install", &["b"])]);
        let session = Session::begin(&there, &Never).expect("begun");
        assert!(session.is_building());
        fs::write(there.content().join("half"), "").expect("a file");
        session.mark(&StepId::new("venv")).expect("marked");
        drop(session);
        assert!(!there.content().exists(), "half a cache stays");

        let session = Session::begin(&there, &Never).expect("begun");
        assert!(session.is_building() && !there.content().join("half").exists());
        session.mark(&StepId::new("venv")).expect("marked");
        session.mark(&StepId::new("install")).expect("marked");
        drop(session);
        assert!(there.is_complete());
        assert!(!Session::begin(&there, &Never).expect("begun").is_building());
    }

    #[test]
    fn a_ruin_of_a_killed_run_is_discarded_before_building() {
        let ground = Ground::new();
        let there = ground.locate(&[ingredient("venv", &["a"])]);
        fs::create_dir_all(there.content()).expect("a directory");
        fs::write(there.content().join("half"), "").expect("a file");
        let session = Session::begin(&there, &Never).expect("begun");
        assert!(session.is_building() && !there.content().join("half").exists());
    }

    #[test]
    fn waiting_for_another_run_ends_with_ctrl_c() {
        struct Always;
        impl Stop for Always {
            fn requested(&self) -> bool {
                true
            }
        }
        let ground = Ground::new();
        let there = ground.locate(&[ingredient("venv", &["a"])]);
        let first = Session::begin(&there, &Never).expect("begun");
        assert!(
            Session::begin(&there, &Always)
                .expect_err("is locked")
                .contains("interrupted")
        );
        drop(first);
        assert!(Session::begin(&there, &Always).is_ok());
    }
}
