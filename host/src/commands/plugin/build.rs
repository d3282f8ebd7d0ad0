//! `perfctl plugin build`: a pack's source to a component that carries the pack along.

mod contract;
mod javascript;
pub(super) mod python;
mod rust;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use perfctl_runtime::pack::Program;
use perfctl_wasm::section;
use perfctl_wire::plugin::Manifest;

use super::inspect::sha256;
use crate::assets;
use crate::error::{Answer, CommandError, Exit};
use crate::plugins::{COMPONENT, Plugins};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin build                                the pack in the current directory
  perfctl plugin build plugins/acme --output acme.wasm";

/// Bytes of a component that are not compiled in a moment.
const LARGE: usize = 8 << 20;

/// Compiles a pack in Rust, Python, TypeScript or JavaScript to a component.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BuildArgs {
    /// The folder of the pack, with its pack.toml and its source
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Where to put the component; `plugin.wasm` in the pack's folder unless said
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: &BuildArgs, ui: &Ui) -> Answer {
    let dir = std::fs::canonicalize(&args.dir)
        .map_err(|error| CommandError::usage(format!("{}: {error}", args.dir.display())))?;
    let manifest = manifest(&dir)?;
    let begun = Instant::now();
    let compiled = compile(&dir, &manifest, ui)?;
    let bytes = section::write(&compiled, &manifest.write()).map_err(CommandError::failure)?;
    // Python's interpreter takes a minute, in which nothing else would be heard.
    if bytes.len() > LARGE {
        ui.say(&format!(
            "compiling its {} MiB to see whether it fits; what comes of it is kept",
            bytes.len() >> 20
        ));
    }
    check(&dir, &manifest, &bytes)?;
    let output = args.output.clone();
    let output = output.unwrap_or_else(|| args.dir.join(COMPONENT));
    ui.write(&bytes, &output)?;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}  {} bytes  sha256 {}  {:.1} s",
        output.display(),
        bytes.len(),
        sha256(&bytes),
        begun.elapsed().as_secs_f64()
    );
    ui.result(out.as_bytes())?;
    Ok(Exit::Clean)
}

/// Whether the pack in `dir` has a source that is compiled before its rules run.
pub(crate) fn is_compiled(dir: &Path) -> bool {
    let head = std::fs::read_to_string(dir.join("pack.toml")).unwrap_or_default();
    let is_python = || python::is_source(dir, &written_id(&head).unwrap_or_default());
    dir.join("Cargo.toml").is_file() || dir.join("package.json").is_file() || is_python()
}

/// Builds the pack in `dir` to where its rules are run from.
pub(crate) fn rebuild(dir: &Path, ui: &Ui) -> Result<(), CommandError> {
    let args = BuildArgs {
        dir: dir.to_owned(),
        output: None,
    };
    run(&args, ui).map(|_| ())
}

/// What the component carries along: the pack's head, its rules' heads, its facts.
fn manifest(dir: &Path) -> Result<Manifest, CommandError> {
    let layer = perfctl_core::rule::Layer::Repository(dir.to_owned());
    let mut pack = assets::pack_at(dir, layer, &Plugins::of_the_author())?;
    let belongs = |path: &str| {
        path == "pack.toml"
            || path.split_once('/').is_some_and(|(folder, file)| {
                file == "rule.toml" || (folder == "facts" && file.ends_with(".toml"))
            })
    };
    pack.files.retain(|path, _| belongs(path));
    if !pack.files.contains_key("pack.toml") {
        return Err(CommandError::usage(format!(
            "{} has no pack.toml: it is no pack",
            dir.display()
        ))
        .hint("`perfctl plugin new` starts one"));
    }
    let head = pack.files.get("pack.toml").map_or("", String::as_str);
    // What is built carries its id along: the folder of its source may be called otherwise. Faults of the head are told before any build.
    let id = written_id(head).unwrap_or(pack.folder);
    let shown = dir.join("pack.toml").display().to_string();
    perfctl_wire::rule::read_pack(&shown, head, &id)?;
    Ok(Manifest {
        id,
        files: pack.files,
    })
}

/// The id that the head of a pack gives it.
fn written_id(head: &str) -> Option<String> {
    let head: toml::Table = head.parse().ok()?;
    head.get("id")?.as_str().map(str::to_owned)
}

/// Compiles the source in `dir` with the tools of its language.
fn compile(dir: &Path, manifest: &Manifest, ui: &Ui) -> Result<Vec<u8>, CommandError> {
    if dir.join("Cargo.toml").is_file() {
        return rust::compile(dir, ui);
    }
    if dir.join("package.json").is_file() {
        return javascript::compile(dir, manifest, ui);
    }
    if python::is_source(dir, &manifest.id) {
        return python::compile(dir, manifest, ui);
    }
    Err(CommandError::usage(format!(
        "{} holds no source that is compiled: no Cargo.toml, package.json or rules.py",
        dir.display()
    ))
    .hint("rules in Lua need no build: `perfctl rule test` runs them as they are"))
}

/// Refuses a component that would be refused where it is used, with the reason.
fn check(dir: &Path, manifest: &Manifest, bytes: &[u8]) -> Result<(), CommandError> {
    let layer = perfctl_core::rule::Layer::Repository(dir.to_owned());
    let head = manifest.files.get("pack.toml").map_or("", String::as_str);
    let component = Plugins::of_the_author()
        .component(
            &dir.join(COMPONENT),
            bytes.into(),
            &manifest.id,
            head,
            &layer,
        )
        .map_err(CommandError::failure)?;
    let surface = component.surface().map_err(CommandError::failure)?;
    component
        .may_link(&surface)
        .map_err(CommandError::failure)?;
    let pack = perfctl_runtime::pack::PackFiles {
        folder: manifest.id.clone(),
        layer,
        shown: dir.display().to_string(),
        files: BTreeMap::clone(&manifest.files),
        program: Program::Component(std::sync::Arc::new(component)),
    };
    let packs = assets::beside_built_in(pack);
    let problems = packs.problems.iter();
    let problems = problems.map(|one| format!("{}: {}", one.subject, one.message));
    let broken = packs.broken.values().map(|why| why.full.clone());
    match problems.chain(broken).next() {
        Some(fault) => Err(CommandError::usage(fault)),
        None => Ok(()),
    }
}
