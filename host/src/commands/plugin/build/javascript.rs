//! JavaScript and TypeScript: the pack's modules as one, and QuickJS around it, without WASI.

use std::path::{Path, PathBuf};
use std::process::Command;

use perfctl_wire::rule::Pack;

use super::contract::{Contract, made, run};
use super::module;
use crate::error::CommandError;
use crate::ui::Ui;

/// The tools, as `package.json` names them.
const BUNDLER: &str = "perfctl-plugin-bundle";
const TOOL: &str = "componentize-qjs";

/// The module that hands over what the pack is.
fn entry(dir: &Path, pack: &Pack) -> Option<PathBuf> {
    let names = [module(pack.kind()), &pack.id];
    let files = names.iter().flat_map(|name| {
        ["ts", "js", "mts", "mjs"].map(|end| PathBuf::from(format!("src/{name}.{end}")))
    });
    files.into_iter().find(|file| dir.join(file).is_file())
}

/// Makes a component of the pack in `dir`.
pub(super) fn compile(dir: &Path, pack: &Pack, ui: &Ui) -> Result<Vec<u8>, CommandError> {
    let entry = entry(dir, pack).ok_or_else(|| {
        let name = module(pack.kind());
        CommandError::usage(format!("{} has no src/{name}.ts", dir.display())).hint(format!(
            "what the plugin is, `src/{name}.ts` or `src/{name}.js` exports"
        ))
    })?;
    let tools = dir.join("node_modules/.bin");
    if !tools.join(TOOL).exists() || !tools.join(BUNDLER).exists() {
        return Err(CommandError::failure(format!(
            "{} lacks its tools: {BUNDLER} and {TOOL} are not in node_modules",
            dir.display()
        ))
        .hint(format!(
            "`npm install` in {} installs what its package.json names",
            dir.display()
        )));
    }
    let contract = Contract::write(pack)?;
    let (bundle, output) = (contract.beside("bundle.js"), contract.beside("plugin.wasm"));
    let missing = "install Node.js";
    let mut bundler = Command::new(tools.join(BUNDLER));
    bundler.current_dir(dir).arg(entry).arg(&bundle);
    if contract.world() == "rule-pack-without-files" {
        bundler.arg("--without-files");
    }
    run(&mut bundler, ui, missing)?;
    let mut tool = Command::new(tools.join(TOOL));
    tool.current_dir(dir)
        .arg("--wit")
        .arg(contract.wit())
        .args(["--world", contract.world(), "--stub-wasi", "--sync", "--js"])
        .arg(&bundle)
        .arg("--output")
        .arg(&output);
    run(&mut tool, ui, missing)?;
    made(&output)
}
