//! Compilers of the languages that plugins are written in, as far as this machine has them, and copies of packs to build with them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Ran, World, project};

/// A language of plugins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    Python,
    TypeScript,
}

impl Language {
    /// Whether plugins in it can be built here. Where they cannot, `test` is skipped and says so; where everything has to be
    /// tested, it fails.
    pub(crate) fn is_here(self, test: &str) -> bool {
        match self {
            Self::Rust => is_there(
                toolchain().is_some(),
                test,
                "no Rust toolchain for WASM: run sdk/rust/toolchain/rust-wasm-toolchain",
            ),
            Self::Python => has(test, "componentize-py"),
            Self::TypeScript => has(test, "npm"),
        }
    }

    /// What the language needs for a pack that lies at `dir` before it can be built.
    pub(crate) fn prepare(self, world: &World, dir: &Path) {
        if self != Self::TypeScript {
            return;
        }
        let mut npm = world.command("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        let output = machine(&mut npm).current_dir(dir).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "npm install: {said}");
    }
}

/// Whether a program is on the search path; without it `test` is skipped as above.
pub(crate) fn has(test: &str, program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|dir| dir.join(program).is_file());
    is_there(found, test, &format!("no {program}"))
}

fn is_there(found: bool, test: &str, missing: &str) -> bool {
    if !found {
        assert!(std::env::var_os("CI").is_none(), "{test}: {missing}");
        let line = format!("skipped: {test}: {missing}\n");
        // Not `eprintln!`, which the harness keeps to itself when a test passes.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
    found
}

/// Where a Rust toolchain for WASM lies, if there is one.
pub(crate) fn toolchain() -> Option<PathBuf> {
    let named = std::env::var_os("PERFCTL_RUST_WASM").map(PathBuf::from);
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let own = cache.or(home).map(|dir| dir.join("perfctl-rust-wasm"));
    let is_there = |dir: &PathBuf| dir.join("bin/rustc").is_file();
    named.into_iter().chain(own).find(is_there)
}

/// Where this machine keeps what compilers need, by the variable that names it.
pub(crate) fn homes() -> [(&'static str, PathBuf); 3] {
    let home = PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
    [
        ("CARGO_HOME", ".cargo"),
        ("RUSTUP_HOME", ".rustup"),
        ("npm_config_cache", ".npm"),
    ]
    .map(|(name, dir)| {
        let dir = std::env::var_os(name).map_or_else(|| home.join(dir), PathBuf::from);
        (name, dir)
    })
}

/// Gives a command this machine's compilers, with what they have downloaded before.
pub(crate) fn machine(command: &mut Command) -> &mut Command {
    command
        .envs(toolchain().map(|dir| ("PERFCTL_RUST_WASM", dir)))
        .env("PYTHONPATH", project().join("sdk/python"))
        .envs(homes())
}

/// Runs perfctl with this machine's compilers.
pub(crate) fn build(world: &World, args: &[&str]) -> Ran {
    world.run_with("", args, |command| {
        machine(command);
    })
}

/// Copies the pack at `pack` of the project and all SDKs into the folder `into` of the world, so that the paths between them hold.
/// What compilers left in the project is not taken along.
pub(crate) fn copied(world: &World, into: &str, pack: &str) -> PathBuf {
    let root = world.work().join(into);
    copy(&project().join("sdk"), &root.join("sdk"));
    let copied = root.join(pack);
    copy(&project().join(pack), &copied);
    copied
}

/// Copies a folder without what was made in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let name = entry.file_name();
        let made = [
            "target",
            "node_modules",
            ".venv",
            "__pycache__",
            "plugin.wasm",
        ];
        if made.iter().any(|made| name == *made) {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            std::fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}
