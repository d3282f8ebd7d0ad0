//! Plugins that tools have to build: made once with perfctl itself, and kept in cargo's target directory.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{PERFCTL, table};

/// Why there is no such plugin.
pub(crate) enum Lacks {
    /// A tool is not installed.
    Tool(String),
    /// It is installed and fails.
    Works(String),
}

/// The directory in which all of it is kept.
pub(crate) fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugins")
}

/// Where Rust's toolchain for plugins lies, if rustup has none: where it is named, or in the user's cache.
fn toolchain() -> OsString {
    let cache = || {
        let own = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        own.unwrap_or_else(|| {
            PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache")
        })
    };
    let named = std::env::var_os("PERFCTL_RUST_WASM");
    named.unwrap_or_else(|| cache().join("perfctl-rust-wasm").into())
}

/// perfctl with directories of its own: settings and caches of whoever runs the bench stay out of it.
fn perfctl(args: &[&str]) -> Command {
    let mut command = Command::new(PERFCTL);
    command
        .args(args)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("XDG_STATE_HOME", home().join("state"))
        .env("XDG_CACHE_HOME", home().join("cache"))
        .env("PERFCTL_RUST_WASM", toolchain())
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

fn done(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Lacks> {
    std::fs::read(path).map_err(|error| Lacks::Works(format!("{}: {error}", path.display())))
}

/// The guest in the folder `name`, built from Rust.
pub(crate) fn rust_guest(name: &str) -> Result<Vec<u8>, Lacks> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("benches/plugins")
        .join(name);
    let made = home().join(format!("{name}.wasm"));
    std::fs::create_dir_all(home()).map_err(|error| Lacks::Works(error.to_string()))?;
    let mut build = perfctl(&["plugin", "build", "--quiet"]);
    build.arg(source).arg("--output").arg(&made);
    build.env("CARGO_TARGET_DIR", home().join("rust"));
    match done(&mut build) {
        Ok(()) => read(&made),
        Err(why) if why.contains("no standard library for") => {
            let first = why.lines().next().unwrap_or_default();
            Err(Lacks::Tool(format!(
                "{first}; sdk/rust/toolchain/rust-wasm-toolchain makes one"
            )))
        }
        Err(why) => Err(Lacks::Works(why)),
    }
}

/// Everything below a folder, in a number.
fn digest(dir: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    let entries = std::fs::read_dir(dir)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = entries.collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        path.file_name().hash(hasher);
        match path.is_dir() {
            true => digest(&path, hasher)?,
            false => std::fs::read(&path)?.hash(hasher),
        }
    }
    Ok(())
}

/// The plugin in Python that `perfctl plugin new` begins, built anew when what it begins or the tool that builds it has changed.
pub(crate) fn python_plugin() -> Result<Vec<u8>, Lacks> {
    let works = |error: std::io::Error| Lacks::Works(error.to_string());
    let dir = tempfile::tempdir().map_err(works)?;
    let mut start = perfctl(&["plugin", "new", "org", "--lang", "python"]);
    done(start.current_dir(dir.path())).map_err(Lacks::Works)?;
    let tool = Command::new("componentize-py").arg("--version").output();
    let tool = tool.map_err(|_| {
        Lacks::Tool(
            "no componentize-py: `pip install componentize-py==0.25.1` installs it".to_owned(),
        )
    })?;
    let mut hasher = DefaultHasher::new();
    tool.stdout.hash(&mut hasher);
    digest(&dir.path().join("org"), &mut hasher).map_err(works)?;
    let made = home().join(format!("python-{:016x}.wasm", hasher.finish()));
    if made.is_file() {
        return read(&made);
    }
    table::say("        building a plugin in Python, once");
    let mut build = perfctl(&["plugin", "build", "org", "--output"]);
    std::fs::create_dir_all(home()).map_err(works)?;
    // Whole or not at all: the next run takes what is there.
    let fresh = home().join("python.new");
    build.arg(&fresh);
    done(build.current_dir(dir.path()))
        .and_then(|()| std::fs::rename(&fresh, &made).map_err(|error| error.to_string()))
        .map_err(Lacks::Works)?;
    read(&made)
}
