//! JavaScript and TypeScript: the pack's modules as one, and QuickJS around it, without WASI.

use std::path::{Path, PathBuf};
use std::process::Command;

use perfctl_wire::rule::Pack;

use super::contract::{Contract, made};
use super::module;
use super::tool::run_as;
use crate::error::CommandError;
use crate::ui::Ui;

/// The tools, each with the package that brings it.
const BUNDLER: (&str, &str) = ("perfctl-plugin-bundle", "@perfctl/plugin");
const TOOL: (&str, &str) = ("componentize-qjs", "componentize-qjs");

/// What runs them. They are not started by themselves: only npm makes them executable, and a `node_modules` that comes from a cache or an archive may
/// not be.
pub(super) const NODE: &str = "node";

/// The script of a tool, as the `package.json` of its package names it.
pub(super) fn script(dir: &Path, (tool, package): (&str, &str)) -> Option<PathBuf> {
    let home = dir.join("node_modules").join(package);
    let head = std::fs::read_to_string(home.join("package.json")).ok()?;
    let head: serde_json::Value = serde_json::from_str(&head).ok()?;
    let bin = &head["bin"];
    let script = home.join(bin.as_str().or_else(|| bin[tool].as_str())?);
    script.is_file().then_some(script)
}

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
    let (Some(bundler), Some(tool)) = (script(dir, BUNDLER), script(dir, TOOL)) else {
        return Err(CommandError::failure(format!(
            "{} lacks its tools: {} and {} are not in node_modules",
            dir.display(),
            BUNDLER.0,
            TOOL.0
        ))
        .hint(format!(
            "`npm install` in {} installs what its package.json names",
            dir.display()
        )));
    };
    let contract = Contract::write(pack)?;
    let (bundle, output) = (contract.beside("bundle.js"), contract.beside("plugin.wasm"));
    let missing = "install Node.js";
    let mut bundling = Command::new(NODE);
    bundling.current_dir(dir).arg(bundler);
    bundling.arg(entry).arg(&bundle);
    if contract.world() == "rule-pack-without-files" {
        bundling.arg("--without-files");
    }
    run_as(BUNDLER.0, &mut bundling, ui, missing)?;
    let mut making = Command::new(NODE);
    making
        .current_dir(dir)
        .arg(tool)
        .arg("--wit")
        .arg(contract.wit())
        .args(["--world", contract.world(), "--stub-wasi", "--sync", "--js"])
        .arg(&bundle)
        .arg("--output")
        .arg(&output);
    run_as(TOOL.0, &mut making, ui, missing)?;
    made(&output)
}
