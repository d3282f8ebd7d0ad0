//! A clean environment for running the program: no settings, no colours, no terminal of the machine at hand.

pub(crate) mod compilers;
pub(crate) mod tls;
pub(crate) mod web;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The root of the project.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// A directory with a home of its own.
pub(crate) struct World {
    dir: TempDir,
}

impl World {
    /// An empty world.
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        std::fs::create_dir_all(dir.path().join("home")).unwrap();
        std::fs::create_dir_all(dir.path().join("work")).unwrap();
        Self { dir }
    }

    /// The directory in which commands run.
    pub(crate) fn work(&self) -> PathBuf {
        self.dir.path().join("work")
    }

    /// A file below the working directory.
    pub(crate) fn file(&self, path: &str, text: &str) -> &Self {
        let file = self.work().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        self
    }

    /// A command with nothing of this machine's environment but the search path.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .current_dir(self.work())
            .env("HOME", self.dir.path().join("home"));
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (key, value) in [
            ("GIT_AUTHOR_NAME", "t"),
            ("GIT_COMMITTER_NAME", "t"),
            ("GIT_AUTHOR_EMAIL", "t@t"),
            ("GIT_COMMITTER_EMAIL", "t@t"),
        ] {
            command.env(key, value);
        }
        command
    }

    /// Runs perfctl.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_in("", args)
    }

    /// Runs perfctl in a directory below the working directory.
    pub(crate) fn run_in(&self, directory: &str, args: &[&str]) -> Ran {
        self.run_with(directory, args, |_| ())
    }

    /// As [`Self::run_in`], with changes to the command.
    pub(crate) fn run_with(
        &self,
        directory: &str,
        args: &[&str],
        change: impl FnOnce(&mut Command),
    ) -> Ran {
        let mut command = self.command(env!("CARGO_BIN_EXE_perfctl"));
        command.current_dir(self.work().join(directory)).args(args);
        change(&mut command);
        let output = command.output().unwrap();
        Ran {
            output,
            root: self.dir.path().display().to_string(),
        }
    }

    /// Runs git, which must work.
    pub(crate) fn git(&self, args: &[&str]) -> &Self {
        let output = self.command("git").args(args).output().unwrap();
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        self
    }
}

/// What a program said.
pub(crate) struct Ran {
    output: Output,
    root: String,
}

impl Ran {
    /// Its exit code.
    pub(crate) fn code(&self) -> i32 {
        self.output.status.code().unwrap_or(-1)
    }

    /// Standard output, paths of this world replaced.
    pub(crate) fn out(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).replace(&self.root, "[WORLD]")
    }

    /// Standard error, paths of this world replaced.
    pub(crate) fn err(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).replace(&self.root, "[WORLD]")
    }

    /// Fails unless the exit code is `code`.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code(),
            code,
            "\n--- out\n{}\n--- err\n{}",
            self.out(),
            self.err()
        );
        self
    }
}
