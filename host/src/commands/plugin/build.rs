//! `perfctl plugin build`: a pack's source to a component that carries the pack along, or its scripts to one file.

mod contract;
mod javascript;
pub(super) mod python;
mod rust;
mod tool;
mod typescript;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use perfctl_core::seams::Stop as _;
use perfctl_runtime::pack::Program;
use perfctl_wasm::section;
use perfctl_wire::plugin::Manifest;
use perfctl_wire::rule::{Kind, Pack};

use crate::assets;
use crate::error::{Answer, CommandError, Exit};
use crate::extensions::Extensions;
use crate::files::sha256;
use crate::interrupt::Interrupt;
use crate::plugins::{
    COMPONENT, Package, Plugins, Who, bundle, can_judge, is_compiled, package_name, world,
    written_id,
};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin build                                the pack in the current directory
  perfctl plugin build plugins/acme --output acme.wasm";

/// Bytes of a component that are not compiled in a moment.
const LARGE: usize = 8 << 20;

/// Compiles a pack in Rust, Python, TypeScript or JavaScript to a component. A pack in Lua becomes one file as well, to be sent elsewhere: it
/// runs as it is.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BuildArgs {
    /// The folder of the pack, with its pack.toml and its source
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Where to put it; `plugin.wasm` in the pack's folder unless said, of a pack in Lua `NAME.pack.json`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Do not check the types of a pack in TypeScript, which takes a second where it has a tsconfig.json and typescript is installed in it
    #[arg(long)]
    no_types: bool,
}

/// Runs the command.
pub(super) fn run(args: &BuildArgs, ui: &Ui) -> Answer {
    let dir = std::fs::canonicalize(&args.dir)
        .map_err(|error| CommandError::usage(format!("{}: {error}", args.dir.display())))?;
    let (manifest, pack) = manifest(&dir)?;
    let begun = Instant::now();
    if !is_compiled(&dir) && holds_scripts(&dir)? {
        return bundle_scripts(&dir, args, ui);
    }
    check_heads(&dir, &manifest, &pack)?;
    let stop = Interrupt::listen();
    if !args.no_types && dir.join("package.json").is_file() && !dir.join("Cargo.toml").is_file() {
        typescript::check(&dir, &args.dir, ui).map_err(|error| match stop.requested() {
            true => tool::stopped(),
            false => error,
        })?;
    }
    let bytes = make(&dir, &manifest, &pack, ui).map_err(|error| match stop.requested() {
        // Whatever a tool made of it that it was cut off.
        true => tool::stopped(),
        false => error,
    })?;
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

/// The component of the pack in `dir`, checked.
fn make(dir: &Path, manifest: &Manifest, pack: &Pack, ui: &Ui) -> Result<Vec<u8>, CommandError> {
    let compiled = compile(dir, manifest, pack, ui)?;
    let bytes = section::write(&compiled, &manifest.write()).map_err(CommandError::failure)?;
    // Python's interpreter takes a minute, in which nothing else would be heard.
    if bytes.len() > LARGE {
        ui.say(&format!(
            "compiling its {} MiB to see whether it fits; what comes of it is kept",
            bytes.len() >> 20
        ));
    }
    check(dir, manifest, pack, &bytes)?;
    Ok(bytes)
}

/// Whether rules of the pack have scripts.
fn holds_scripts(dir: &Path) -> Result<bool, CommandError> {
    let files = bundle(dir)?.files;
    Ok(files.keys().any(|path| path.ends_with("/rule.lua")))
}

/// Puts a pack of scripts into one file.
fn bundle_scripts(dir: &Path, args: &BuildArgs, ui: &Ui) -> Answer {
    let manifest = bundle(dir)?;
    let bytes = manifest.write();
    let delivery = perfctl_fetch::Delivery {
        bytes: bytes.clone(),
        signature: None,
        revision: None,
    };
    // What would be refused where it is used is refused here.
    Package::read(delivery, &dir.display().to_string())?.can_judge(Who::Author)?;
    let output = args.output.clone();
    let output = output.unwrap_or_else(|| args.dir.join(package_name(&manifest.id)));
    ui.write(&bytes, &output)?;
    ui.result(
        format!(
            "{}  {} bytes  sha256 {}\n",
            output.display(),
            bytes.len(),
            sha256(&bytes)
        )
        .as_bytes(),
    )?;
    Ok(Exit::Clean)
}

/// Builds the pack in `dir` to where its rules are run from.
pub(crate) fn rebuild(dir: &Path, ui: &Ui) -> Result<(), CommandError> {
    let args = BuildArgs {
        dir: dir.to_owned(),
        output: None,
        // Who watches wants to see what the cases say after each key.
        no_types: true,
    };
    run(&args, ui).map(|_| ())
}

/// What the component carries along: the pack's head, its rules' heads, its facts; and what the head says.
fn manifest(dir: &Path) -> Result<(Manifest, Pack), CommandError> {
    // The texts alone: an older component beside them is about to be replaced.
    let mut files = assets::all_texts(dir)?;
    let belongs = |path: &str| {
        path == "pack.toml"
            || path.split_once('/').is_some_and(|(folder, file)| {
                file == "rule.toml" || (folder == "facts" && file.ends_with(".toml"))
            })
    };
    files.retain(|path, _| belongs(path));
    if !files.contains_key("pack.toml") {
        return Err(CommandError::usage(format!(
            "{} has no pack.toml: it is no pack",
            dir.display()
        ))
        .hint("`perfctl plugin new` starts one"));
    }
    let head = files.get("pack.toml").map_or("", String::as_str);
    // What is built carries its id along: the folder of its source may be called otherwise. Faults of the head are told before any build.
    let id = written_id(head).unwrap_or_else(|| assets::folder_name(dir));
    let shown = dir.join("pack.toml").display().to_string();
    let head = perfctl_wire::rule::read_pack(&shown, head, &id)?;
    Ok((Manifest { id, files }, head))
}

/// The module that hands the host what a plugin is, where its language has modules. It must not be called as a world of the contract.
fn module(kind: Kind) -> &'static str {
    match kind {
        Kind::Rules => "rules",
        Kind::Collectors => "collectors",
        Kind::Reporters => "reporters",
    }
}

/// Compiles the source in `dir` with the tools of its language.
fn compile(dir: &Path, manifest: &Manifest, pack: &Pack, ui: &Ui) -> Result<Vec<u8>, CommandError> {
    if dir.join("Cargo.toml").is_file() {
        return rust::compile(dir, ui);
    }
    if dir.join("package.json").is_file() {
        return javascript::compile(dir, pack, ui);
    }
    if python::is_source(dir, pack) {
        return python::compile(dir, pack, ui);
    }
    let sources = format!("Cargo.toml, package.json or {}.py", module(pack.kind()));
    let mut heads = manifest.files.keys();
    let rule = heads.find_map(|path| path.strip_suffix("/rule.toml"));
    let dir = dir.display();
    Err(match (pack.kind(), rule) {
        (Kind::Rules, Some(rule)) => CommandError::usage(format!(
            "{dir}/{rule}/rule.lua is missing: it judges what rule.toml beside it matches, unless the pack has a source that is compiled ({sources})"
        ))
        .hint("write it, or the source: `perfctl plugin new` starts a pack with either"),
        (Kind::Rules, None) => CommandError::usage(format!(
            "{dir} holds no rule: a rule is a folder in it that is called as the rule's id, with rule.toml, and with rule.lua unless the pack has a source that is compiled ({sources})"
        ))
        .hint(format!("`perfctl rule new ORG-001 --dir {dir}` starts one")),
        _ => CommandError::usage(format!(
            "{dir} holds no source that is compiled: no {sources}"
        ))
        .hint("`perfctl plugin new` starts a pack with source"),
    })
}

/// Refuses rules whose heads would be refused behind the compiler, which takes its time. Read as if they were scripts: nothing of them runs.
fn check_heads(dir: &Path, manifest: &Manifest, head: &Pack) -> Result<(), CommandError> {
    if head.kind() != Kind::Rules {
        return Ok(());
    }
    let mut files = manifest.files.clone();
    let heads = manifest.files.keys();
    let folders = heads.filter_map(|path| path.strip_suffix("/rule.toml"));
    files.extend(folders.map(|folder| (format!("{folder}/rule.lua"), String::new())));
    let packs = assets::beside_built_in(perfctl_runtime::pack::PackFiles {
        folder: manifest.id.clone(),
        layer: perfctl_core::rule::Layer::Repository(dir.to_owned()),
        shown: dir.display().to_string(),
        files,
        program: Program::Scripts,
        is_sealed: true,
    });
    faultless(&packs, &[])
}

/// The first fault of packs that were read.
fn faultless(
    packs: &perfctl_runtime::pack::Packs,
    others: &[perfctl_core::run::Problem],
) -> Result<(), CommandError> {
    let problems = packs.problems.iter().chain(others);
    let problems = problems.map(|one| format!("{}: {}", one.subject, one.message));
    let broken = packs.broken.values().map(|why| why.full.clone());
    match problems.chain(broken).next() {
        Some(fault) => Err(CommandError::usage(fault)),
        None => Ok(()),
    }
}

/// Refuses a component that would be refused where it is used, with the reason.
fn check(dir: &Path, manifest: &Manifest, head: &Pack, bytes: &[u8]) -> Result<(), CommandError> {
    let kind = head.kind();
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
    let may = match kind {
        Kind::Rules => component.may_link(&surface),
        _ => component.may_be(world(kind), &surface),
    };
    may.map_err(CommandError::failure)?;
    let pack = perfctl_runtime::pack::PackFiles {
        folder: manifest.id.clone(),
        layer,
        shown: dir.display().to_string(),
        files: BTreeMap::clone(&manifest.files),
        program: Program::Component(std::sync::Arc::new(component)),
        is_sealed: true,
    };
    let extensions = Extensions::of(std::slice::from_ref(&pack));
    let packs = assets::beside_built_in(pack);
    faultless(&packs, &extensions.problems)?;
    let own = packs.rules.values();
    can_judge(
        own.filter(|loaded| loaded.rule.pack == manifest.id),
        Who::Author,
    )
}
