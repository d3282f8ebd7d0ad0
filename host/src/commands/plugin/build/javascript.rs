//! JavaScript and TypeScript: the pack's modules as one, and QuickJS around it, without WASI.

use std::path::{Path, PathBuf};
use std::process::Command;

use perfctl_wire::rule::Pack;
use serde::Deserialize;

use super::contract::{Contract, made};
use super::module;
use super::tool::{run_as, run_translated};
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
    run_translated(
        TOOL.0,
        &mut making,
        ui,
        missing,
        &contract.beside("said.txt"),
        |said| in_sources(said, &std::fs::read_to_string(&bundle).unwrap_or_default()),
    )?;
    made(&output)
}

/// How the table begins that a bundle ends with: where each of its lines came from.
const TABLE: &str = "globalThis.perfctlLines = ";

/// Where the lines of a bundle came from, as `bundle.mjs` of the SDK writes it.
#[derive(Default, Deserialize)]
struct Lines {
    /// Paths of sources; nothing for the SDK's own.
    sources: Vec<String>,
    /// For each line of the bundle the position of its source, -1 for none, and the line there.
    lines: Vec<i64>,
}

impl Lines {
    /// The table behind a bundle.
    fn behind(bundle: &str) -> Self {
        let table = bundle.rsplit_once(TABLE).map(|(_, table)| table);
        let table = table.map(|table| table.trim_end().trim_end_matches(';'));
        table
            .and_then(|table| serde_json::from_str(table).ok())
            .unwrap_or_default()
    }

    /// The author's place for a line of the bundle, counted from 1.
    fn place(&self, line: usize) -> Option<String> {
        let at = 2 * line.checked_sub(1)?;
        let source = usize::try_from(*self.lines.get(at)?).ok()?;
        let source = self.sources.get(source)?;
        let line = self.lines.get(at + 1)?;
        (!source.is_empty()).then(|| format!("{source}:{line}"))
    }
}

/// What the tool says of lines of the bundle, of which nobody else knows, with the places that they came from.
fn in_sources(said: &str, bundle: &str) -> String {
    const BUNDLE: &str = "/bundle.js:";
    let table = Lines::behind(bundle);
    let mut parts = said.split(BUNDLE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_place = |c: char| c.is_ascii_digit() || c == ':';
        let end = part.find(|c| !is_place(c)).unwrap_or(part.len());
        let line = part[..end].split(':').next().unwrap_or_default();
        match line.parse().ok().and_then(|line| table.place(line)) {
            Some(place) => out.push_str(&place),
            None => out.extend([BUNDLE, &part[..end]]),
        }
        out.push_str(&part[end..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_in_the_sources_of_the_author() {
        let bundle = "a();\nb();\nc();\nglobalThis.perfctlLines = {\"sources\":[\"\",\"src/rules.ts\"],\"lines\":[0,7,1,12,-1,0]};\n";
        let said = "Error: top\n    at <anonymous> (/bundle.js:2:11)\n    at pack (/bundle.js:1:3)\n    at x (/bundle.js:99:1)\n";
        assert_eq!(
            in_sources(said, bundle),
            "Error: top\n    at <anonymous> (src/rules.ts:12)\n    at pack (/bundle.js:1:3)\n    at x (/bundle.js:99:1)\n"
        );
        assert_eq!(in_sources(said, "no table"), said);
    }
}
