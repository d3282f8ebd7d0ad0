//! What plugins bring beside rules: collectors and formats of reports, by name. All that is known of them before they are called stands in
//! `pack.toml`; nothing of them runs until a step or a report asks.

use std::collections::{BTreeMap, BTreeSet};
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
            tracing::info!(plugin = self.pack, "{what}: {line}");
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
    collectors: BTreeMap<String, PluginCollector>,
    formats: BTreeMap<String, PluginFormat>,
    /// What of them is not read, and why.
    pub(crate) problems: Vec<Problem>,
}

impl Extensions {
    /// What `packs` bring, in the order of their layers. Faults of their heads are told where rules are read.
    pub(crate) fn of(packs: &[PackFiles]) -> Self {
        let mut all = Self::default();
        let mut seen = BTreeSet::new();
        for pack in packs {
            let Some(text) = pack.files.get("pack.toml") else {
                continue;
            };
            let Ok(head) = read_pack("pack.toml", text, &pack.folder) else {
                continue;
            };
            let has_rules = pack.files.keys().any(|path| path.ends_with("/rule.toml"));
            // Of two packs with one id in a layer the first counts, for rules as well.
            if head.kind() != Kind::Rules
                && !has_rules
                && seen.insert((head.id.clone(), pack.layer.clone()))
            {
                all.add(pack, head);
            }
        }
        all
    }

    fn add(&mut self, pack: &PackFiles, head: Pack) {
        // A later layer may take the place of an earlier one's pack.
        self.collectors.retain(|_, one| one.from.pack != head.id);
        self.formats.retain(|_, one| one.from.pack != head.id);
        let program = match &pack.program {
            Program::Component(component) => component.clone().extension(),
            Program::Unusable { why, .. } => {
                // Of a file that is no plugin at all nothing but this is known, and it is told elsewhere.
                return self.refuse(pack, why.clone());
            }
            Program::Scripts => {
                let what = match head.kind() {
                    Kind::Reporters => "formats of reports",
                    _ => "collectors",
                };
                let why = format!(
                    "its pack.toml declares {what}, and there is no component: `perfctl plugin build {}` makes one",
                    pack.shown
                );
                return self.refuse(pack, why);
            }
        };
        let from = Bringer {
            pack: head.id,
            shown: pack.shown.clone(),
            layer: pack.layer.clone(),
            program,
        };
        for head in head.collectors {
            if let Some(taken) = taken_collector(&head.name) {
                self.refuse(pack, taken);
            } else if let Some(other) = self.collectors.get(&head.name) {
                let why = claimed("collector", &head.name, &other.from);
                self.refuse(pack, why);
            } else {
                let name = head.name.clone();
                let from = from.clone();
                self.collectors.insert(name, PluginCollector { head, from });
            }
        }
        for head in head.reporters {
            if let Some(taken) = taken_format(&head.name) {
                self.refuse(pack, taken);
            } else if let Some(other) = self.formats.get(&head.name) {
                let why = claimed("format", &head.name, &other.from);
                self.refuse(pack, why);
            } else {
                let name = head.name.clone();
                let from = from.clone();
                self.formats.insert(name, PluginFormat { head, from });
            }
        }
    }

    fn refuse(&mut self, pack: &PackFiles, message: String) {
        self.problems.push(Problem {
            subject: pack.shown.clone(),
            message,
        });
    }

    /// Collectors, in the order of their names.
    pub(crate) fn collectors(&self) -> impl Iterator<Item = &PluginCollector> {
        self.collectors.values()
    }

    /// Formats, in the order of their names.
    pub(crate) fn formats(&self) -> impl Iterator<Item = &PluginFormat> {
        self.formats.values()
    }

    /// The format of that name.
    pub(crate) fn format(&self, name: &str) -> Option<&PluginFormat> {
        self.formats.get(name)
    }
}

fn claimed(what: &str, name: &str, other: &Bringer) -> String {
    format!(
        "its {what} `{name}` is not read: the plugin `{}` ({}) has one of that name; take one of the two away, or have it renamed",
        other.pack, other.shown
    )
}

/// Why no plugin's collector can be called so.
fn taken_collector(name: &str) -> Option<String> {
    adapters::is_measurer(name).then(|| {
        format!(
            "its collector `{name}` is not read: perfctl itself has one of that name; a plugin gives its own another, such as its id in front"
        )
    })
}

/// Why no plugin's format can be called so.
fn taken_format(name: &str) -> Option<String> {
    perfctl_report::find(name).map(|_| {
        format!(
            "its format `{name}` is not read: perfctl itself has one of that name; a plugin gives its own another, such as its id in front"
        )
    })
}

#[cfg(test)]
mod tests;
