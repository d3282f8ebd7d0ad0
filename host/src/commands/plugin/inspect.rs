//! `perfctl plugin inspect`: what a component's file says of itself, compiled but never run.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use perfctl_core::rule::Layer;
use perfctl_core::seams::Demand;
use perfctl_wasm::contract::World;
use perfctl_wire::rule::{Capability, CollectorHead, Kind, read_pack};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::assets;
use crate::commands::rule::{Form, json};
use crate::error::{Answer, CommandError, Exit};
use crate::extensions::Extensions;
use crate::plugins::{Plugins, carried, world};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin inspect acme.wasm
  perfctl plugin inspect acme.wasm --format json";

/// Says what a plugin holds, asks for and imports; nothing of it is run.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InspectArgs {
    /// A component, as `perfctl plugin build` makes it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Form,
}

#[derive(Serialize)]
struct Inspected {
    schema: &'static str,
    id: String,
    title: String,
    version: String,
    world: &'static str,
    contract: String,
    bytes: usize,
    sha256: String,
    capabilities: Vec<&'static str>,
    imports: Vec<String>,
    rules: Vec<InspectedRule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    collectors: Vec<InspectedCollector>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    formats: Vec<InspectedFormat>,
}

#[derive(Serialize)]
struct InspectedCollector {
    name: String,
    about: String,
    metrics: Vec<String>,
    options: Vec<InspectedOption>,
}

#[derive(Serialize)]
struct InspectedOption {
    name: String,
    help: String,
    required: bool,
}

#[derive(Serialize)]
struct InspectedFormat {
    name: String,
    about: String,
}

impl InspectedCollector {
    fn of(head: &CollectorHead) -> Self {
        let is_required = |name: &str| {
            let mut demands = head.demands.iter();
            demands.any(|(option, demand)| option == name && *demand == Demand::Given)
        };
        let options = head.options.iter().map(|(name, help)| InspectedOption {
            name: name.clone(),
            help: help.clone(),
            required: is_required(name),
        });
        Self {
            name: head.name.clone(),
            about: head.about.clone(),
            metrics: head.metrics.iter().map(ToString::to_string).collect(),
            options: options.collect(),
        }
    }
}

#[derive(Serialize)]
struct InspectedRule {
    id: String,
    severity: &'static str,
    title: String,
    languages: Vec<String>,
}

/// The bytes' digest, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Runs the command.
pub(super) fn run(args: &InspectArgs, ui: &Ui) -> Answer {
    let inspected = inspect(args)?;
    match args.format {
        Form::Json => ui.result(&json(&inspected)?)?,
        Form::Human => ui.text(&drawn(&inspected))?,
    }
    Ok(Exit::Clean)
}

fn inspect(args: &InspectArgs) -> Result<Inspected, CommandError> {
    let shown = args.file.display();
    let wrong = |why: String| CommandError::usage(format!("{shown}: {why}"));
    let carried = carried(&args.file).map_err(wrong)?;
    let id = carried.manifest.id.clone();
    let missing = || wrong("its manifest has no pack.toml".to_owned());
    let head = carried
        .manifest
        .files
        .get("pack.toml")
        .ok_or_else(missing)?;
    let pack = read_pack(&format!("{shown}: pack.toml"), head, &id)?;
    let plugins = Plugins::of_the_author();
    let layer = Layer::Repository(args.file.clone());
    let component = plugins
        .component(&args.file, carried.bytes.clone(), &id, head, &layer)
        .map_err(wrong)?;
    let surface = component.surface().map_err(CommandError::usage)?;
    if pack.kind() != Kind::Rules {
        let may = component.may_be(world(pack.kind()), &surface);
        may.map_err(CommandError::usage)?;
    }
    let own = plugins.pack_of(&args.file, layer);
    let extensions = Extensions::of(std::slice::from_ref(&own));
    if let Some(problem) = extensions.problems.first() {
        return Err(wrong(problem.message.clone()));
    }
    let read = assets::beside_built_in(own);
    if let Some((rule, why)) = read.broken.iter().next() {
        return Err(CommandError::usage(format!(
            "{shown}: {rule}: {}",
            why.full
        )));
    }
    let own = read.rules.values().filter(|rule| rule.rule.pack == id);
    let rules = own.map(|rule| InspectedRule {
        id: rule.rule.id.to_string(),
        severity: rule.rule.severity.word(),
        title: rule.rule.title.clone(),
        languages: rule.rule.languages.clone(),
    });
    let rules = rules.collect();
    Ok(Inspected {
        schema: "perfctl.plugin-inspection/1",
        id: id.clone(),
        title: pack.title,
        version: pack.version,
        world: surface.world.name(),
        contract: surface.version.clone(),
        bytes: carried.bytes.len(),
        sha256: sha256(&carried.bytes),
        capabilities: pack.capabilities.iter().map(|one| one.word()).collect(),
        imports: surface.imports,
        rules,
        collectors: pack.collectors.iter().map(InspectedCollector::of).collect(),
        formats: pack
            .reporters
            .iter()
            .map(|head| InspectedFormat {
                name: head.name.clone(),
                about: head.about.clone(),
            })
            .collect(),
    })
}

fn drawn(plugin: &Inspected) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {}  {}", plugin.id, plugin.version, plugin.title);
    let _ = writeln!(
        out,
        "  built for   {} of contract {}",
        plugin.world, plugin.contract
    );
    let _ = writeln!(out, "  size        {} bytes", plugin.bytes);
    let _ = writeln!(out, "  sha256      {}", plugin.sha256);
    match plugin.capabilities.as_slice() {
        [] => out.push_str("  asks for    nothing\n"),
        some => {
            for word in some {
                let known = Capability::ALL.iter().find(|one| one.word() == *word);
                let about = known.map_or("", |one| one.about());
                let _ = writeln!(out, "  asks for    {word}: {about}");
            }
        }
    }
    for one in &plugin.collectors {
        let _ = writeln!(out, "  collector   {}: {}", one.name, one.about);
        for option in &one.options {
            let required = if option.required { ", required" } else { "" };
            let _ = writeln!(
                out,
                "    option    {}: {}{required}",
                option.name, option.help
            );
        }
        let _ = writeln!(out, "    metrics   {}", one.metrics.join(", "));
    }
    for one in &plugin.formats {
        let _ = writeln!(out, "  format      {}: {}", one.name, one.about);
    }
    let names = plugin.rules.iter().map(|rule| rule.id.len());
    let width = names.max().unwrap_or_default();
    if plugin.world == World::RulePack.name() {
        out.push_str("  rules\n");
    }
    for rule in &plugin.rules {
        let _ = writeln!(
            out,
            "    {:width$}  {:8}  {}",
            rule.id, rule.severity, rule.title
        );
    }
    out.push_str("  imports\n");
    for import in &plugin.imports {
        let _ = writeln!(out, "    {import}");
    }
    out
}
