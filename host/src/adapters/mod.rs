//! The composition root: the only place that names concrete parts and hands them to the engine.

mod earlier;
mod entry_points;
pub(crate) mod fixing;
mod history;
mod output;
pub(crate) mod probes;
pub(crate) mod rules;
mod unread;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use perfctl_core::seams::Collector;
use perfctl_engine::machine::Sandboxed;
use perfctl_wire::recipe::{Measurer, Vocabulary};
use perfctl_wire::settings::{SandboxMode, Settings};
use perfctl_workspace::command::Launcher;
use perfctl_workspace::sandbox::Policy;

use crate::error::CommandError;
use crate::extensions::Extensions;

pub(crate) use history::Ledger;
pub(crate) use output::{Discard, OutputDirectory};

/// The argument that turns this program into the launcher of sandboxed commands.
pub(crate) const LAUNCHER: &str = "__sandbox-exec";

/// Bytes kept of each output of a command.
const OUTPUT_CAP: usize = 64 << 20;

/// Collectors by name: those that perfctl has itself, and those of plugins.
pub(crate) fn collectors(extensions: &Extensions) -> BTreeMap<String, &dyn Collector> {
    let own = perfctl_collect::COLLECTORS.iter();
    let own = own.map(|collector| *collector as &dyn Collector);
    let foreign = extensions
        .collectors
        .iter()
        .map(|collector| collector as &dyn Collector);
    own.chain(foreign)
        .map(|collector| (collector.name().to_owned(), collector))
        .collect()
}

/// Whether perfctl itself has a collector or probe of that name.
pub(crate) fn is_measurer(name: &str) -> bool {
    let mut collectors = perfctl_collect::COLLECTORS.iter();
    let mut probes = perfctl_collect::PROBES.iter();
    collectors.any(|one| one.name() == name) || probes.any(|one| one.name() == name)
}

/// How this program is started as a launcher.
pub(crate) fn launcher() -> Result<Launcher, CommandError> {
    let program = std::env::current_exe().map_err(|error| {
        CommandError::failure(format!("cannot find perfctl's own program: {error}"))
    })?;
    Ok(Launcher {
        program,
        arguments: vec![OsString::from(LAUNCHER)],
    })
}

/// Commands of a run, in the sandbox that the settings ask for.
pub(crate) fn commands(settings: &Settings, scratch: &Path) -> Result<Sandboxed, CommandError> {
    let policy = match settings.sandbox {
        Some(SandboxMode::Require) => Policy::Required,
        Some(SandboxMode::Off) => Policy::Off("switched off in the settings".to_owned()),
        Some(SandboxMode::Prefer) | None => Policy::Best,
    };
    Ok(Sandboxed {
        policy,
        launcher: launcher()?,
        scratch: scratch.to_owned(),
        output_cap: OUTPUT_CAP,
    })
}

/// Every metric that a step can make without plugins.
pub(crate) fn metrics() -> impl Iterator<Item = &'static str> + Clone {
    let collectors = perfctl_collect::COLLECTORS.iter();
    let probes = perfctl_collect::PROBES.iter();
    collectors
        .flat_map(|collector| collector.metrics())
        .chain(probes.flat_map(|probe| probe.metrics().iter().copied()))
}

/// What recipes may name.
pub(crate) fn vocabulary(
    templates: &perfctl_report::Templates,
    extensions: &Extensions,
) -> Vocabulary {
    let languages = perfctl_scan::portrait::LANGUAGES.map(|name| format!("language:{name}"));
    let others = perfctl_engine::plan::FACTS;
    let others = others
        .iter()
        .filter(|fact| !matches!(**fact, "language:*" | "image:*"));
    let images =
        perfctl_engine::image::ImageSource::ALL.map(|source| format!("image:{}", source.word()));
    Vocabulary {
        facts: others
            .map(|fact| (*fact).to_owned())
            .chain(languages)
            .chain(images)
            .collect(),
        collectors: collectors(extensions)
            .into_values()
            .map(Measurer::of_collector)
            .collect(),
        unusable: extensions.collectors.refused().clone(),
        probes: perfctl_collect::PROBES
            .iter()
            .map(|probe| Measurer::of_probe(*probe))
            .collect(),
        templates: templates
            .names()
            .filter_map(|name| name.strip_suffix(".hbs"))
            .filter(|name| !name.contains('/'))
            .map(str::to_owned)
            .collect(),
        placeholders: perfctl_engine::values::DERIVED
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        settable: perfctl_engine::values::SETTABLE
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        selectors: None,
        checklists: Default::default(),
    }
}
