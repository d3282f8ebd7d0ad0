//! The directories of one test and shorthands for running commands in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use perfctl_core::seams::Never;
use perfctl_workspace::command::{CommandSpec, Launcher, Outcome, Runner, availability};
use perfctl_workspace::sandbox::{Kind, Policy};

pub(crate) const LAUNCH: &str = "__launch";
pub(crate) const PROBE: &str = "__probe";
pub(crate) const VICTIM: &str = "__victim";
pub(crate) const TERMINAL: &str = "__terminal";

/// Where a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    In(Kind),
    Bare,
}

impl Mode {
    pub(crate) const ALL: [Mode; 3] = [
        Mode::In(Kind::Bubblewrap),
        Mode::In(Kind::Landlock),
        Mode::Bare,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Mode::In(kind) => kind.word(),
            Mode::Bare => "bare",
        }
    }

    pub(crate) fn named(word: &str) -> Self {
        let found = Mode::ALL.into_iter().find(|known| known.word() == word);
        found.expect("a mode")
    }

    pub(crate) fn policy(self) -> Policy {
        match self {
            Mode::In(kind) => Policy::Exactly(kind),
            Mode::Bare => Policy::Off("a test".to_owned()),
        }
    }
}

/// A repository with a file, a secret beside it, and a scratch directory.
pub(crate) struct World {
    _place: tempfile::TempDir,
    pub(crate) place: PathBuf,
    pub(crate) repo: PathBuf,
    pub(crate) scratch: PathBuf,
    pub(crate) secret: PathBuf,
    pub(crate) runner: Runner,
}

impl World {
    pub(crate) fn new(mode: Mode) -> Self {
        let guard = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(guard.path()).expect("canonical");
        let (repo, scratch, secret) = (
            place.join("repo"),
            place.join("scratch"),
            place.join("secret"),
        );
        fs::create_dir_all(repo.join("sub")).expect("a repository");
        fs::write(repo.join("file"), "content\n").expect("a file");
        fs::write(&secret, "hidden\n").expect("a secret");
        let runner =
            Runner::new(mode.policy(), &scratch, launcher()).with_grace(Duration::from_millis(400));
        Self {
            _place: guard,
            place,
            repo,
            scratch,
            secret,
            runner,
        }
    }

    pub(crate) fn spec<const N: usize>(&self, argv: [&str; N]) -> CommandSpec {
        CommandSpec {
            timeout: Duration::from_secs(60),
            ..CommandSpec::new(&self.repo, argv)
        }
    }

    /// A command that runs `script` in `sh`.
    pub(crate) fn script(&self, script: &str) -> CommandSpec {
        self.spec(["sh", "-c", script])
    }

    /// A command that runs one of our probes.
    pub(crate) fn probe(&self, words: &[&str]) -> CommandSpec {
        let own = own_program();
        let mut argv = vec![own.to_str().expect("UTF-8"), PROBE];
        argv.extend(words);
        CommandSpec {
            timeout: Duration::from_secs(60),
            ..CommandSpec::new(&self.repo, argv)
        }
    }

    pub(crate) fn run(&self, spec: &CommandSpec) -> Outcome {
        self.runner.run(spec, &Never).expect("the command runs")
    }
}

pub(crate) fn own_program() -> PathBuf {
    std::env::current_exe().expect("this program")
}

pub(crate) fn launcher() -> Launcher {
    Launcher {
        program: own_program(),
        arguments: vec![LAUNCH.into()],
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// One trial per mode. A sandbox that does not work here skips it, or fails it on CI.
pub(crate) fn in_modes(modes: &[Mode], name: &str, test: fn(&World, Mode)) -> Vec<Trial> {
    modes
        .iter()
        .map(|mode| {
            let (mode, title) = (*mode, format!("{}: {name}", mode.word()));
            Trial::test(title.clone(), move || match missing(mode) {
                Some(why) if std::env::var_os("CI").is_some() => Err(Failed::from(why)),
                Some(why) => {
                    eprintln!("skipped: {title}: {why}");
                    Ok(())
                }
                None => {
                    test(&World::new(mode), mode);
                    Ok(())
                }
            })
        })
        .collect()
}

/// One trial that needs no sandbox.
pub(crate) fn plain(name: &str, test: fn()) -> Vec<Trial> {
    vec![Trial::test(name, move || {
        test();
        Ok(())
    })]
}

/// Why `mode` does not work here.
pub(crate) fn missing(mode: Mode) -> Option<String> {
    let Mode::In(kind) = mode else { return None };
    let scratch = std::env::temp_dir().join(format!("perfctl-test-probe-{}", std::process::id()));
    let all = availability(&launcher(), &scratch);
    let _ = fs::remove_dir_all(&scratch);
    all.into_iter().find(|one| one.kind == kind)?.works.err()
}

/// Whether the file at `path` still grows.
pub(crate) fn still_grows(path: &Path) -> bool {
    let size = || fs::metadata(path).map(|about| about.len()).unwrap_or(0);
    let before = size();
    assert!(before > 0, "nothing was ever written to {}", path.display());
    std::thread::sleep(Duration::from_millis(400));
    size() > before
}
