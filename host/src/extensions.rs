//! What plugins bring beside rules: collectors and formats of reports, by name. All that is known of them before they are called stands in
//! `pack.toml`; nothing of them runs until a step or a report asks.

mod named;

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_core::run::{Problem, RunRecord};
use perfctl_core::seams::{
    CollectError, Collected, Collector, Demand, Format, Output, RenderError, View,
};
use perfctl_runtime::pack::{PackFiles, Program};
use perfctl_runtime::plugin::{Extension, Heard};
use perfctl_wire::record::Run;
use perfctl_wire::rule::{CollectorHead, Kind, Pack, ReporterHead, read_pack};

use self::named::Claims;
pub(crate) use self::named::Named;
use crate::adapters;

/// The plugin that brings something.
#[derive(Clone, Debug)]
pub(crate) struct Bringer {
    /// The id of its pack.
    pub(crate) pack: String,
    /// Its file or folder, as messages call it.
    pub(crate) shown: String,
    /// Where it comes from.
    pub(crate) layer: Layer,
    program: Arc<dyn Extension>,
}

impl Bringer {
    /// What a call answered; what it printed goes to the log.
    fn answer<T>(&self, what: &str, heard: Heard<T>) -> Result<T, String> {
        for line in heard.printed {
            tracing::info!(target: perfctl_runtime::runner::PRINTED, plugin = self.pack, "{what}: {line}");
        }
        heard.answer.map_err(|error| error.to_string())
    }
}

/// A collector of a plugin.
#[derive(Clone, Debug)]
pub(crate) struct PluginCollector {
    /// What its pack says of it.
    pub(crate) head: CollectorHead,
    /// Who brings it.
    pub(crate) from: Bringer,
}

impl PluginCollector {
    /// What it makes of an output, with what it printed.
    pub(crate) fn heard(
        &self,
        output: Output<'_>,
        options: &BTreeMap<String, String>,
    ) -> Heard<Collected> {
        self.from.program.collect(&self.head, output, options)
    }
}

impl Collector for PluginCollector {
    fn name(&self) -> &str {
        &self.head.name
    }

    fn options(&self) -> Vec<(&str, &str)> {
        let options = self.head.options.iter();
        options.map(|(name, help)| (&**name, &**help)).collect()
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        let demands = self.head.demands.iter();
        demands
            .map(|(name, demand)| (&**name, demand.clone()))
            .collect()
    }

    fn metrics(&self) -> Vec<&str> {
        self.head.metrics.iter().map(|name| name.as_str()).collect()
    }

    fn is_foreign(&self) -> bool {
        true
    }

    fn collect(
        &self,
        output: Output<'_>,
        options: &BTreeMap<String, String>,
    ) -> Result<Collected, CollectError> {
        let heard = self.heard(output, options);
        let answer = self.from.answer(&self.head.name, heard);
        answer.map_err(|message| CollectError { message })
    }
}

/// A format of reports that a plugin brings.
#[derive(Clone, Debug)]
pub(crate) struct PluginFormat {
    /// What its pack says of it.
    pub(crate) head: ReporterHead,
    /// Who brings it.
    pub(crate) from: Bringer,
}

impl PluginFormat {
    /// The document of the JSON of a record, with what it printed.
    pub(crate) fn heard(&self, record: &[u8], view: &View) -> Heard<Vec<u8>> {
        self.from.program.render(&self.head, record, view)
    }
}

impl Format for PluginFormat {
    fn name(&self) -> &str {
        &self.head.name
    }

    fn about(&self) -> &str {
        &self.head.about
    }

    /// A plugin gets what `--format json` writes, and nothing else.
    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let record = perfctl_report::json_pretty(&Run::from(record))?;
        let answer = self.from.answer(&self.head.name, self.heard(&record, view));
        answer.map_err(|message| RenderError {
            message: format!("format `{}`: {message}", self.head.name),
        })
    }
}

/// Collectors and formats of plugins, by name.
#[derive(Debug, Default)]
pub(crate) struct Extensions {
    /// Collectors.
    pub(crate) collectors: Named<PluginCollector>,
    /// Formats of reports.
    pub(crate) formats: Named<PluginFormat>,
    /// What of them is not read, and why.
    pub(crate) problems: Vec<Problem>,
}

impl Extensions {
    /// What `packs` bring, in the order of their layers. Faults of their heads are told where rules are read.
    pub(crate) fn of(packs: &[PackFiles]) -> Self {
        let mut problems = Vec::new();
        let mut collectors = Claims::of("collector");
        let mut formats = Claims::of("format");
        for pack in packs.iter().filter(|pack| pack.files.is_empty()) {
            // Of a plugin that is lost its lock knows what it would bring.
            if let Program::Unusable { why, known } = &pack.program {
                for name in &known.collectors {
                    collectors.lack(name, &pack.shown, why);
                }
                for name in &known.formats {
                    formats.lack(name, &pack.shown, why);
                }
            }
        }
        for (pack, head) in in_force(packs) {
            let from = match bringer(pack, &head) {
                Ok(from) => from,
                Err(why) => {
                    for head in &head.collectors {
                        collectors.lack(&head.name, &pack.shown, &why);
                    }
                    for head in &head.reporters {
                        formats.lack(&head.name, &pack.shown, &why);
                    }
                    problems.push(Problem {
                        subject: pack.shown.clone(),
                        message: why,
                    });
                    continue;
                }
            };
            for head in head.collectors {
                let (name, from) = (head.name.clone(), from.clone());
                collectors.claim(name, &from.clone(), PluginCollector { head, from });
            }
            for head in head.reporters {
                let (name, from) = (head.name.clone(), from.clone());
                formats.claim(name, &from.clone(), PluginFormat { head, from });
            }
        }
        let is_own_format = |name: &str| perfctl_report::find(name).is_some();
        Self {
            collectors: collectors.settled(adapters::is_measurer, &mut problems),
            formats: formats.settled(is_own_format, &mut problems),
            problems,
        }
    }
}

/// The packs that bring something beside rules, with their heads. A later layer's pack takes the place of an earlier one's; of two with one id in a
/// layer the first counts, as for rules.
fn in_force(packs: &[PackFiles]) -> Vec<(&PackFiles, Pack)> {
    let mut all: Vec<(&PackFiles, Pack)> = Vec::new();
    let lost: Vec<&PackFiles> = packs.iter().filter(|pack| pack.files.is_empty()).collect();
    for pack in packs {
        // A plugin that is lost has its place still.
        let has_name = |other: &&PackFiles| {
            other.is_sealed && other.folder == pack.folder && other.layer == pack.layer
        };
        if lost.iter().any(has_name) {
            continue;
        }
        let Some(text) = pack.files.get("pack.toml") else {
            continue;
        };
        let Ok(head) = read_pack("pack.toml", text, &pack.folder) else {
            continue;
        };
        let has_rules = pack.files.keys().any(|path| path.ends_with("/rule.toml"));
        if head.kind() == Kind::Rules || has_rules {
            continue;
        }
        let known = all.iter().position(|(_, known)| known.id == head.id);
        match known {
            Some(at) if all[at].0.layer == pack.layer => {}
            Some(at) => all[at] = (pack, head),
            None => all.push((pack, head)),
        }
    }
    all
}

/// Who brings what the head declares; else why nobody does.
fn bringer(pack: &PackFiles, head: &Pack) -> Result<Bringer, String> {
    let program = match &pack.program {
        Program::Component(component) => component.clone().extension(),
        Program::Unusable { why, .. } => return Err(why.clone()),
        Program::Scripts => {
            let what = match head.kind() {
                Kind::Reporters => "formats of reports",
                _ => "collectors",
            };
            return Err(format!(
                "its pack.toml declares {what}, and there is no component: `perfctl plugin build {}` makes one",
                pack.shown
            ));
        }
    };
    Ok(Bringer {
        pack: head.id.clone(),
        shown: pack.shown.clone(),
        layer: pack.layer.clone(),
        program,
    })
}

#[cfg(test)]
mod tests;
