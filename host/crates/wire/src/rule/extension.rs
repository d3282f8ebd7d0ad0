//! What a plugin declares beside rules: collectors and formats of reports. Everything that a recipe, help or completions have to know stands in
//! `pack.toml`, so that nothing of the plugin has to run for it.

use std::collections::BTreeSet;
use std::time::Duration;

use perfctl_core::ids::MetricName;
use perfctl_core::seams::Demand;

use crate::names;
use crate::table::{Table, Value};

/// Processor time of one call unless the pack says otherwise, and the most that it may say: an output may have 64 MiB, and is read at once.
const TIME: Duration = Duration::from_secs(5);
const MOST_MS: i64 = 60_000;

/// Memory of one call unless the pack says otherwise, in MiB, and the most that it may say.
const MEMORY_MIB: usize = 256;
const MOST_MIB: i64 = 1024;

/// A collector that a plugin brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectorHead {
    /// Its name in recipes.
    pub name: String,
    /// One line.
    pub about: String,
    /// Its options, each with one line of help.
    pub options: Vec<(String, String)>,
    /// What it asks of the values of some.
    pub demands: Vec<(String, Demand)>,
    /// Names of the metrics that it may make.
    pub metrics: BTreeSet<MetricName>,
    /// What one call may take.
    pub limits: CallLimits,
}

/// A format of reports that a plugin brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReporterHead {
    /// The value of `--format`.
    pub name: String,
    /// One line of help.
    pub about: String,
    /// What one call may take.
    pub limits: CallLimits,
}

/// What one call of a collector or reporter may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// Processor time.
    pub time: Duration,
    /// Bytes of memory.
    pub memory: usize,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self {
            time: TIME,
            memory: MEMORY_MIB << 20,
        }
    }
}

/// `[collector.NAME]`, in the order of the names.
pub(super) fn collectors(table: &Table<'_>) -> Vec<CollectorHead> {
    named(table, "collector", |name, table| {
        let about = table.one_line("about", "\"the output of acme-tool\"");
        let options = table.table("options", |table| Some(options(table)));
        let (options, demands) = options.unwrap_or_default();
        let metrics = table.need("metrics", "[\"acme.time\"]");
        let metrics = metrics.map(|value| {
            let items = value.items().into_iter();
            items
                .filter_map(|item| item.parsed(names::metric_name))
                .collect()
        });
        let limits = limits(table);
        Some(CollectorHead {
            name,
            about: about?.to_owned(),
            options,
            demands,
            metrics: metrics?,
            limits,
        })
    })
}

/// `[reporter.NAME]`, in the order of the names.
pub(super) fn reporters(table: &Table<'_>) -> Vec<ReporterHead> {
    named(table, "reporter", |name, table| {
        let about = table.one_line("about", "\"one page for the intranet\"");
        let limits = limits(table);
        Some(ReporterHead {
            name,
            about: about?.to_owned(),
            limits,
        })
    })
}

/// The tables `[KEY.NAME]`, in the order of their names.
fn named<T>(
    table: &Table<'_>,
    key: &'static str,
    read: impl Fn(String, &Table<'_>) -> Option<T>,
) -> Vec<T> {
    let each = |(name, value): (String, Value<'_>)| -> Option<(String, T)> {
        let word = match names::word(&name) {
            Ok(word) => word,
            Err(refusal) => {
                value.refuse_key(refusal);
                return None;
            }
        };
        let read = value.table(format!("`[{key}.{name}]`"), |table| read(word, table))?;
        Some((name, read))
    };
    let all = table.table(key, |table| {
        Some(table.entries().into_iter().filter_map(each).collect())
    });
    let mut all: Vec<(String, T)> = all.unwrap_or_default();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.into_iter().map(|(_, read)| read).collect()
}

/// Options with their help, and what is asked of their values.
type Options = (Vec<(String, String)>, Vec<(String, Demand)>);

/// `[collector.NAME.options]`: a line of help each, or a table with more.
fn options(table: &Table<'_>) -> Options {
    let (mut helps, mut demands) = (Vec::new(), Vec::new());
    let mut entries = table.entries();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    for (name, value) in entries {
        if let Err(refusal) = names::word(&name) {
            value.refuse_key(refusal);
            continue;
        }
        let help = if value.is_table() {
            value.table(format!("option `{name}`"), |table| {
                demands.extend(
                    demanded(table)
                        .into_iter()
                        .map(|demand| (name.clone(), demand)),
                );
                table.one_line("help", "\"what the option says\"")
            })
        } else {
            value.one_line()
        };
        helps.extend(help.map(|help| (name, help.to_owned())));
    }
    (helps, demands)
}

/// What an option's table asks of its value.
fn demanded(table: &Table<'_>) -> Vec<Demand> {
    let required = table.flag("required").unwrap_or_default();
    let kinds = [("count", Demand::Count), ("flag", Demand::Flag)];
    let words = kinds.each_ref().map(|(word, _)| (*word, *word));
    let kind = table.value("kind").and_then(|value| value.word(&words));
    let kind = kinds.into_iter().find(|(word, _)| Some(*word) == kind);
    let allowed = table.texts("words").into_iter();
    let allowed: Vec<String> = allowed
        .filter_map(|value| value.as_text().map(str::to_owned))
        .collect();
    let required = required.then_some(Demand::Given);
    let one_of = (!allowed.is_empty()).then_some(Demand::Word(allowed));
    let kind = kind.map(|(_, demand)| demand);
    required.into_iter().chain(kind).chain(one_of).collect()
}

/// `[collector.NAME.limits]`.
fn limits(table: &Table<'_>) -> CallLimits {
    let read = table.table("limits", |table| {
        let mut limits = CallLimits::default();
        let time = table.value("time_ms");
        if let Some(ms) = time.and_then(|value| value.integer(1..=MOST_MS)) {
            limits.time = Duration::from_millis(ms as u64);
        }
        let memory = table.value("memory_mib");
        if let Some(mib) = memory.and_then(|value| value.integer(1..=MOST_MIB)) {
            limits.memory = (mib as usize) << 20;
        }
        Some(limits)
    });
    read.unwrap_or_default()
}
