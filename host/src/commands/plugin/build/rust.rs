//! Rust: `cargo build` for `wasm32-unknown-unknown`, whose output has no WASI in it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::tool::output;
use crate::error::CommandError;
use crate::ui::Ui;

/// The target: what is not there cannot be asked for, and that is the sandbox.
const TARGET: &str = "wasm32-unknown-unknown";

/// Where a toolchain for the target lies that was not installed by rustup.
const TOOLCHAIN: &str = "PERFCTL_RUST_WASM";

/// What to do where there is no Rust.
const MISSING: &str = "install Rust from https://rustup.rs";

/// Compiles the crate in `dir`.
pub(super) fn compile(dir: &Path, ui: &Ui) -> Result<Vec<u8>, CommandError> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(dir)
        .args(["build", "--release", "--lib", "--target", TARGET])
        .arg("--message-format=json-render-diagnostics")
        .args(["--config", &remapped(dir)])
        .envs(toolchain()?);
    if ui.is_quiet() {
        cargo.arg("--quiet");
    }
    let built = output(&mut cargo, MISSING)?;
    if !built.status.success() {
        return Err(CommandError::failure(format!(
            "cargo could not build {}",
            dir.display()
        )));
    }
    let artifact = artifact(&built.output, dir).ok_or_else(|| {
        CommandError::usage(format!(
            "{} makes no WASM file",
            dir.join("Cargo.toml").display()
        ))
        .hint("write `crate-type = [\"cdylib\"]` under `[lib]`")
    })?;
    std::fs::read(&artifact)
        .map_err(|error| CommandError::failure(format!("{}: {error}", artifact.display())))
}

/// What makes two machines build the same bytes: messages of panics hold the paths of sources.
fn remapped(dir: &Path) -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registry = home.map(|home| (home.join("registry/src"), "/crates".to_owned()));
    let own = (dir.to_owned(), ".".to_owned());
    let flags = [own].into_iter().chain(registry).chain(neighbours(dir));
    let flags = flags.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    // A list of texts is the same in TOML.
    let flags = serde_json::to_string(&flags.collect::<Vec<_>>()).unwrap_or_default();
    format!("target.{TARGET}.rustflags={flags}")
}

/// Folders of crates that lie elsewhere on this machine, such as an SDK that is not vendored, with what stands for them. None when cargo
/// cannot tell: then the build says why.
fn neighbours(dir: &Path) -> Vec<(PathBuf, String)> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(dir)
        .args(["metadata", "--format-version", "1", "--quiet"])
        .args(["--filter-platform", TARGET])
        .stderr(Stdio::null());
    let text = output(&mut cargo, MISSING).map(|told| told.output);
    let text = text.unwrap_or_default();
    let known: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    let packages = known["packages"].as_array().into_iter().flatten();
    // What comes from a registry or from git has a source.
    let local = packages.filter(|package| package["source"].is_null());
    local
        .filter_map(|package| {
            let folder = Path::new(package["manifest_path"].as_str()?).parent()?;
            let name = package["name"].as_str()?;
            (!folder.starts_with(dir)).then(|| (folder.to_owned(), format!("/crates/{name}")))
        })
        .collect()
}

/// The WASM file of the package in `dir`, among what cargo says that it made.
fn artifact(messages: &[u8], dir: &Path) -> Option<PathBuf> {
    let manifest = dir.join("Cargo.toml");
    let lines = messages.split(|byte| *byte == b'\n');
    let made = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
    let own = made.filter(|message| {
        message["reason"] == "compiler-artifact"
            && message["manifest_path"].as_str().map(Path::new) == Some(&manifest)
    });
    own.filter_map(|message| {
        let files = message["filenames"].as_array()?;
        let mut files = files.iter().filter_map(|file| file.as_str());
        files
            .find(|file| file.ends_with(".wasm"))
            .map(PathBuf::from)
    })
    .next_back()
}

/// What cargo has to be told to compile for the target: nothing, where rustup installed it.
fn toolchain() -> Result<Vec<(&'static str, OsString)>, CommandError> {
    // Whoever names one wants it, and no other that happens to be there.
    if let Some(dir) = std::env::var_os(TOOLCHAIN).filter(|dir| !dir.is_empty()) {
        return installed(Path::new(&dir)).map_err(|missing| {
            CommandError::usage(format!(
                "`{TOOLCHAIN}` names {}, which holds no toolchain: there is no {}",
                dir.display(),
                missing.display()
            ))
            .hint("`sdk/rust/toolchain/rust-wasm-toolchain` makes one; without the variable the usual places are looked at")
        });
    }
    let home =
        crate::settings::cache_dir().and_then(|dir| Some(dir.parent()?.join("perfctl-rust-wasm")));
    if let Some(Ok(found)) = home.as_deref().map(installed) {
        return Ok(found);
    }
    let libraries = said(&["--print", "target-libdir", "--target", TARGET]);
    if libraries.is_some_and(|dir| Path::new(&dir).is_dir())
        && let Some(linker) = linker()
    {
        return Ok(linker);
    }
    Err(
        CommandError::failure(format!("this Rust has no standard library for {TARGET}"))
            .hint(format!("`rustup target add {TARGET}` installs it"))
            .hint(format!(
                "where rustup has no server, `sdk/rust/toolchain/rust-wasm-toolchain` makes one; `{TOOLCHAIN}` names its directory if it is another than the default"
            )),
    )
}

/// What cargo has to be told of the toolchain in a directory; else which of its files is not there.
fn installed(dir: &Path) -> Result<Vec<(&'static str, OsString)>, PathBuf> {
    let (rustc, linker) = (dir.join("bin/rustc"), dir.join("bin/wasm-component-ld"));
    for file in [&rustc, &linker] {
        if !file.is_file() {
            return Err(file.clone());
        }
    }
    Ok(vec![
        ("RUSTC", rustc.into()),
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
    ])
}

/// What `rustc` says to these words, on one line.
fn said(words: &[&str]) -> Option<String> {
    let mut rustc = Command::new("rustc");
    let told = output(rustc.args(words).stderr(Stdio::null()), MISSING).ok()?;
    let text = String::from_utf8(told.output).ok()?;
    told.status.success().then(|| text.trim().to_owned())
}

/// The linker that makes components of what the compiler makes; it comes with every toolchain of rustup, with the one that it runs beside it.
fn linker() -> Option<Vec<(&'static str, OsString)>> {
    let version = said(&["-vV"])?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))?;
    let sysroot = PathBuf::from(said(&["--print", "sysroot"])?);
    let bin = sysroot.join("lib/rustlib").join(host).join("bin");
    let linker = bin.join("wasm-component-ld");
    if !linker.is_file() {
        return None;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([bin.join("gcc-ld")]);
    Some(vec![
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
        ("PATH", std::env::join_paths(folders).ok()?),
    ])
}
