//! `perfctl plugin inspect`: what a component's file says of itself, compiled but never run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use perfctl_fetch::Delivery;
use perfctl_wire::rule::{CallLimits, Capability, CollectorHead};
use serde::Serialize;

use crate::commands::rule::{Form, json};
use crate::error::{Answer, CommandError, Exit};
use crate::plugins::{
    Asked, COMPONENT, Package, bundle, is_compiled, read, unbuilt, warn_of_differing,
};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin inspect acme.wasm
  perfctl plugin inspect plugins/acme         its plugin.wasm, or its scripts
  perfctl plugin inspect acme.wasm --format json";

/// Says what a plugin holds, asks for and imports; nothing of it is run.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InspectArgs {
    /// A plugin in one file, as `perfctl plugin build` makes it, or the folder of its pack
    #[arg(value_name = "FILE|DIR")]
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
    /// A pack of scripts has neither.
    world: Option<&'static str>,
    contract: Option<String>,
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
    limits: InspectedLimits,
}

#[derive(Serialize)]
struct InspectedOption {
    name: String,
    help: String,
    #[serde(flatten)]
    asked: Asked,
}

/// What one call may take.
#[derive(Serialize)]
struct InspectedLimits {
    time_ms: u128,
    memory_mib: usize,
}

impl InspectedLimits {
    fn of(limits: CallLimits) -> Self {
        Self {
            time_ms: limits.time.as_millis(),
            memory_mib: limits.memory >> 20,
        }
    }

    fn drawn(&self) -> String {
        format!("    limits    {} ms, {} MiB", self.time_ms, self.memory_mib)
    }
}

#[derive(Serialize)]
struct InspectedFormat {
    name: String,
    about: String,
    limits: InspectedLimits,
}

impl InspectedCollector {
    fn of(head: &CollectorHead) -> Self {
        let options = head.options.iter();
        let options = options.map(|(name, help)| InspectedOption {
            name: name.clone(),
            help: help.clone(),
            asked: Asked::of(head, name),
        });
        Self {
            name: head.name.clone(),
            about: head.about.clone(),
            metrics: head.metrics.iter().map(ToString::to_string).collect(),
            options: options.collect(),
            limits: InspectedLimits::of(head.limits),
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
    let (shown, bytes) = whole(&args.file)?;
    let delivery = Delivery {
        bytes,
        signature: None,
        revision: None,
    };
    let package = Package::read(delivery, &shown)?;
    let rules = package.rules.iter().map(|(id, rule)| InspectedRule {
        id: id.to_string(),
        severity: rule.severity.word(),
        title: rule.title.clone(),
        languages: rule.languages.clone(),
    });
    let rules = rules.collect();
    let pack = package.pack;
    let surface = package.surface;
    Ok(Inspected {
        schema: "perfctl.plugin-inspection/1",
        id: pack.id,
        title: pack.title,
        version: pack.version,
        world: surface.as_ref().map(|surface| surface.world.name()),
        contract: surface.as_ref().map(|surface| surface.version.clone()),
        bytes: package.bytes.len(),
        sha256: package.sha256,
        capabilities: pack.capabilities.iter().map(|one| one.word()).collect(),
        imports: surface.map(|surface| surface.imports).unwrap_or_default(),
        rules,
        collectors: pack.collectors.iter().map(InspectedCollector::of).collect(),
        formats: pack
            .reporters
            .iter()
            .map(|head| InspectedFormat {
                name: head.name.clone(),
                about: head.about.clone(),
                limits: InspectedLimits::of(head.limits),
            })
            .collect(),
    })
}

/// A plugin as one file, and how messages call it: the file itself, what was built in a folder, or the folder's scripts put together.
fn whole(path: &Path) -> Result<(String, Vec<u8>), CommandError> {
    let file = match path.is_dir() {
        false => path.to_owned(),
        true => {
            let component = path.join(COMPONENT);
            if !component.is_file() && is_compiled(path) {
                return Err(CommandError::usage(unbuilt(path)));
            }
            if !component.is_file() {
                let scripts = bundle(path)?;
                if scripts.files.is_empty() {
                    let path = path.display();
                    return Err(
                        CommandError::usage(format!("{path} is no folder of a pack"))
                            .hint("name a plugin's file, or a folder with a pack.toml"),
                    );
                }
                return Ok((path.display().to_string(), scripts.write()));
            }
            component
        }
    };
    let shown = file.display().to_string();
    let bytes = read(&file).map_err(|why| CommandError::usage(format!("{shown}: {why}")))?;
    if path.is_dir() {
        warn_of_differing(path, &bytes, &bundle(path)?.files);
    }
    Ok((shown, bytes.to_vec()))
}

fn drawn(plugin: &Inspected) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {}  {}", plugin.id, plugin.version, plugin.title);
    match (plugin.world, &plugin.contract) {
        (Some(world), Some(contract)) => {
            let _ = writeln!(out, "  built for   {world} of contract {contract}");
        }
        _ => out.push_str("  kind        pack of scripts in Lua\n"),
    }
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
            let (name, help, asks) = (&option.name, &option.help, option.asked.text());
            let _ = writeln!(out, "    option    {name}: {help}{asks}");
        }
        let _ = writeln!(out, "    metrics   {}", one.metrics.join(", "));
        let _ = writeln!(out, "{}", one.limits.drawn());
    }
    for one in &plugin.formats {
        let _ = writeln!(out, "  format      {}: {}", one.name, one.about);
        let _ = writeln!(out, "{}", one.limits.drawn());
    }
    let names = plugin.rules.iter().map(|rule| rule.id.len());
    let width = names.max().unwrap_or_default();
    if plugin.collectors.is_empty() && plugin.formats.is_empty() {
        out.push_str("  rules\n");
    }
    for rule in &plugin.rules {
        let _ = writeln!(
            out,
            "    {:width$}  {:8}  {}",
            rule.id, rule.severity, rule.title
        );
    }
    if !plugin.imports.is_empty() {
        out.push_str("  imports\n");
    }
    for import in &plugin.imports {
        let _ = writeln!(out, "    {import}");
    }
    out
}
