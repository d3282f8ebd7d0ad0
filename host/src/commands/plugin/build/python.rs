//! Python: the interpreter and the pack's modules in one component, without WASI.

use std::path::{Path, PathBuf};
use std::process::Command;

use perfctl_wire::rule::Pack;

use super::contract::{Contract, made};
use super::module;
use super::tool::run_translated;
use crate::error::CommandError;
use crate::ui::Ui;

/// The tool, and the version whose output is known to fit the contract.
const TOOL: &str = "componentize-py";
const VERSION: &str = "0.25.1";

/// Where a pack may have it for itself: most systems let nobody install beside their own Python.
const ENVIRONMENT: &str = ".venv";

/// The lines of a shell that install the tool for the pack in `dir`.
pub(in crate::commands::plugin) fn installation(dir: &Path) -> [String; 2] {
    let environment = dir.join(ENVIRONMENT);
    let environment = environment.display();
    [
        format!("python3 -m venv {environment}"),
        format!("{environment}/bin/pip install {TOOL}=={VERSION}"),
    ]
}

/// The tool: the pack's own, or that of the search path.
fn tool(dir: &Path) -> PathBuf {
    let own = dir.join(ENVIRONMENT).join("bin").join(TOOL);
    if own.is_file() { own } else { TOOL.into() }
}

/// The module that hands over what the pack is: `rules.py` for rules, or one that is called as the pack.
fn entry(dir: &Path, pack: &Pack) -> Option<String> {
    let own = pack.id.replace('-', "_");
    let known = [module(pack.kind()).to_owned(), own];
    known
        .into_iter()
        .find(|name| dir.join(format!("{name}.py")).is_file())
}

/// Whether the pack in `dir` is one in Python.
pub(super) fn is_source(dir: &Path, pack: &Pack) -> bool {
    entry(dir, pack).is_some()
}

/// Makes a component of the pack in `dir`.
pub(super) fn compile(dir: &Path, pack: &Pack, ui: &Ui) -> Result<Vec<u8>, CommandError> {
    let entry = entry(dir, pack).unwrap_or_else(|| module(pack.kind()).to_owned());
    let contract = Contract::write(pack)?;
    let output = contract.beside("plugin.wasm");
    let mut command = Command::new(tool(dir));
    command.arg("--wit-path").arg(contract.wit()).args([
        "--world",
        contract.world(),
        "componentize",
        "--stub-wasi",
    ]);
    let path = std::env::var_os("PYTHONPATH").unwrap_or_default();
    let vendored = [dir.to_owned(), dir.join("vendor")];
    let folders = vendored.into_iter().chain(std::env::split_paths(&path));
    let folders: Vec<PathBuf> = folders
        .filter(|folder| *folder != PathBuf::new() && folder.is_dir())
        .collect();
    for folder in &folders {
        command.arg("-p").arg(folder);
    }
    command.arg(&entry).arg("-o").arg(&output);
    // Byte code beside the sources would be nobody's.
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    // The tool is in Rust, and says where it is itself.
    command.env("RUST_BACKTRACE", "0");
    run_translated(
        TOOL,
        &mut command,
        ui,
        &format!("`{}` installs it", installation(dir).join("; ")),
        &contract.beside("said.txt"),
        |said| in_folders(said, &folders),
    )?;
    made(&output)
}

/// What the tool says of modules, whose folders it numbers, with the folders' own names.
fn in_folders(said: &str, folders: &[PathBuf]) -> String {
    let named = |text: String, (at, folder): (usize, &PathBuf)| {
        let shown = folder.join("");
        text.replace(
            &format!("File \"/{at}/"),
            &format!("File \"{}", shown.display()),
        )
    };
    folders.iter().enumerate().fold(said.to_owned(), named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_in_the_folders_of_the_author() {
        let said = "Traceback:\n  File \"/0/rules.py\", line 5, in <module>\n  File \"/1/perfctl_plugin/pack.py\", line 2\n";
        assert_eq!(
            in_folders(said, &["acme".into(), "acme/vendor".into()]),
            "Traceback:\n  File \"acme/rules.py\", line 5, in <module>\n  File \"acme/vendor/perfctl_plugin/pack.py\", line 2\n"
        );
    }
}
