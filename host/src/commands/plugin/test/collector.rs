//! A case of a collector: what a command left in `output`, `stderr` and `exit_code`, the step's options in `options.toml`, and what has to be made of
//! it in `expect.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use perfctl_core::seams::{Collected, Output};
use perfctl_runtime::plugin::Heard;
use perfctl_wire::quantity::in_base;
use perfctl_wire::recipe::Measurer;
use serde::{Deserialize, Serialize};

use super::{against_error, bytes, text};
use crate::extensions::PluginCollector;

/// `expect.json`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metrics: Vec<Series>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    artifacts: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inconclusive: Option<String>,
    /// What the error says, where the output is none that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// The name and the labels of a series.
type Key = (String, BTreeMap<String, String>);

/// A metric in it; the unit as the collector gives it, or its base.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Series {
    name: String,
    unit: String,
    samples: Vec<f64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
}

impl Series {
    /// How messages call it.
    fn shown(&self) -> String {
        let labels = self.labels.iter();
        let labels: Vec<String> = labels
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        match labels.is_empty() {
            true => format!("`{}`", self.name),
            false => format!("`{}` ({})", self.name, labels.join(", ")),
        }
    }

    fn key(&self) -> Key {
        (self.name.clone(), self.labels.clone())
    }

    /// The same in the base of its unit.
    fn in_base(&self) -> Result<Self, String> {
        let mut unit = None;
        let mut samples = Vec::new();
        for sample in &self.samples {
            let (value, base) = in_base(*sample, &self.unit)
                .ok_or_else(|| format!("expect.json: `{}` is no unit", self.unit))?;
            unit = Some(base);
            samples.push(value);
        }
        Ok(Self {
            unit: unit.map_or_else(|| self.unit.clone(), |unit| unit.word().to_owned()),
            samples,
            ..self.clone()
        })
    }
}

/// What was made, as it would be expected.
fn made(collected: &Collected) -> Expected {
    let metrics = collected.metrics.iter().map(|metric| Series {
        name: metric.name.to_string(),
        unit: metric.unit.word().to_owned(),
        samples: metric.samples.clone(),
        labels: metric.labels.clone(),
    });
    let artifacts = collected.artifacts.iter();
    Expected {
        metrics: metrics.collect(),
        notes: collected.notes.clone(),
        artifacts: artifacts
            .map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect(),
        inconclusive: collected.inconclusive.clone(),
        error: None,
    }
}

/// What a case hands to the collector.
pub(in crate::commands::plugin) struct Given {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    exit_code: Option<i32>,
    timed_out: bool,
    options: BTreeMap<String, String>,
}

impl Given {
    /// Reads it.
    pub(in crate::commands::plugin) fn read(
        collector: &PluginCollector,
        case: &Path,
    ) -> Result<Self, String> {
        let ended = text(case, "exit_code")?.unwrap_or_else(|| "0".to_owned());
        let (exit_code, timed_out) = match ended.trim() {
            "timeout" => (None, true),
            code => {
                let code = code.parse().map_err(|_| {
                    format!("exit_code holds `{code}`: it is a number, or `timeout`")
                })?;
                (Some(code), false)
            }
        };
        Ok(Self {
            stdout: bytes(case, "output")?.unwrap_or_default(),
            stderr: bytes(case, "stderr")?.unwrap_or_default(),
            exit_code,
            timed_out,
            options: options(collector, case)?,
        })
    }

    /// The bytes that the collector reads.
    pub(in crate::commands::plugin) fn size(&self) -> usize {
        self.stdout.len() + self.stderr.len()
    }

    /// What the collector makes of it.
    pub(in crate::commands::plugin) fn hand_to(
        &self,
        collector: &PluginCollector,
    ) -> Heard<Collected> {
        let output = Output {
            stdout: &self.stdout,
            stderr: &self.stderr,
            exit_code: self.exit_code,
            timed_out: self.timed_out,
        };
        collector.heard(output, &self.options)
    }
}

/// Runs a case. Answers what is not as expected, and what was printed.
pub(super) fn run(
    collector: &PluginCollector,
    case: &Path,
) -> Result<(Vec<String>, Vec<String>), String> {
    let heard = Given::read(collector, case)?.hand_to(collector);
    let expected = text(case, "expect.json")?;
    let expected: Option<Expected> = expected
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| format!("expect.json: {error}"))?;
    let faults = match (expected, &heard.answer) {
        (None, Ok(collected)) => {
            let made = serde_json::to_string_pretty(&made(collected)).unwrap_or_default();
            vec![format!(
                "no expect.json says what should be made of it. If this is right, it goes there:\n{made}"
            )]
        }
        (None, Err(error)) => vec![error.to_string()],
        (Some(expected), answer) => match (&expected.error, answer) {
            (Some(error), answer) => against_error(error, answer),
            (None, Err(error)) => vec![error.to_string()],
            (None, Ok(collected)) => differences(&expected, &made(collected))?,
        },
    };
    Ok((faults, heard.printed))
}

/// The options of a case, by the names that the pack declares.
fn options(collector: &PluginCollector, case: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = text(case, "options.toml")?.unwrap_or_default();
    let table: toml::Table = text
        .parse()
        .map_err(|error| format!("options.toml: {error}"))?;
    let known: BTreeSet<&str> = collector
        .head
        .options
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let mut options = BTreeMap::new();
    for (name, value) in table {
        if !known.contains(name.as_str()) {
            return Err(format!(
                "options.toml: pack.toml declares no option `{name}`"
            ));
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(flag) => flag.to_string(),
            toml::Value::Float(number) => number.to_string(),
            _ => return Err(format!("options.toml: `{name}` is no single value")),
        };
        options.insert(name, value);
    }
    // A case shows how a recipe uses it, and no recipe gets past these.
    match Measurer::of_collector(collector).objections(&options) {
        objections if objections.is_empty() => Ok(options),
        objections => Err(format!("options.toml: {}", objections.join("; "))),
    }
}

/// Series by name and labels, of which there is one each: of two with the same only one would be held against anything.
fn by_key(list: &[Series]) -> Result<BTreeMap<Key, Series>, String> {
    let mut all = BTreeMap::new();
    for one in list {
        if all.insert(one.key(), one.clone()).is_some() {
            return Err(format!(
                "{} is there twice: one series has all samples of its name and labels",
                one.shown()
            ));
        }
    }
    Ok(all)
}

/// What was made otherwise than expected, each a sentence.
fn differences(expected: &Expected, made: &Expected) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    let wanted = expected.metrics.iter().map(Series::in_base);
    let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
    let (mut left, there) = (by_key(&made.metrics)?, by_key(&wanted)?);
    for (key, wanted) in there {
        let shown = wanted.shown();
        match left.remove(&key) {
            None => faults.push(format!("{shown} is missing")),
            Some(one) if one.unit != wanted.unit => faults.push(format!(
                "{shown} is in {}, not in {}",
                one.unit, wanted.unit
            )),
            Some(one) if one.samples != wanted.samples => faults.push(format!(
                "{shown} has the samples {:?}, not {:?} ({})",
                one.samples, wanted.samples, wanted.unit
            )),
            Some(_) => {}
        }
    }
    for one in left.values() {
        faults.push(format!(
            "{} with {:?} {} is not expected",
            one.shown(),
            one.samples,
            one.unit
        ));
    }
    if expected.notes != made.notes {
        faults.push(format!(
            "the notes are {:?}, not {:?}",
            made.notes, expected.notes
        ));
    }
    let say = |why: &Option<String>| {
        why.as_ref()
            .map_or("none".to_owned(), |why| format!("`{why}`"))
    };
    if expected.inconclusive != made.inconclusive {
        faults.push(format!(
            "`inconclusive` is {}, not {}",
            say(&made.inconclusive),
            say(&expected.inconclusive)
        ));
    }
    let names: BTreeSet<&String> = expected
        .artifacts
        .keys()
        .chain(made.artifacts.keys())
        .collect();
    for name in names {
        match (expected.artifacts.get(name), made.artifacts.get(name)) {
            (Some(_), None) => faults.push(format!("the file `{name}` is missing")),
            (None, Some(_)) => faults.push(format!("the file `{name}` is not expected")),
            (one, other) if one != other => {
                faults.push(format!("the file `{name}` holds something else"));
            }
            _ => {}
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Expected {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn what_was_made_is_held_against_what_was_expected_in_any_order_and_unit() {
        let made = read(
            r#"{"metrics": [{"name": "b", "unit": "seconds", "samples": [0.0125]}, {"name": "a", "unit": "count", "samples": [2], "labels": {"k": "v"}}],
                "notes": ["n"], "artifacts": {"x.txt": "1"}}"#,
        );
        let same = read(
            r#"{"metrics": [{"name": "a", "unit": "count", "samples": [2.0], "labels": {"k": "v"}}, {"name": "b", "unit": "ms", "samples": [12.5]}],
                "notes": ["n"], "artifacts": {"x.txt": "1"}}"#,
        );
        assert_eq!(differences(&same, &made), Ok(Vec::new()));
        let other = read(
            r#"{"metrics": [{"name": "b", "unit": "kB", "samples": [1]}, {"name": "c", "unit": "s", "samples": [1]}], "inconclusive": "why", "artifacts": {"x.txt": "2", "y": ""}}"#,
        );
        let faults = differences(&other, &made)
            .expect("units are known")
            .join("\n");
        for said in [
            "`b` is in seconds, not in bytes",
            "`c` is missing",
            "`a` (k=v) with [2.0] count is not expected",
            "the notes are [\"n\"], not []",
            "`inconclusive` is none, not `why`",
            "the file `x.txt` holds something else",
            "the file `y` is missing",
        ] {
            assert!(faults.contains(said), "{said}: {faults}");
        }
        let unknown = read(r#"{"metrics": [{"name": "b", "unit": "mb", "samples": [1]}]}"#);
        assert!(differences(&unknown, &made).is_err());
        let twice = read(
            r#"{"metrics": [{"name": "b", "unit": "s", "samples": [9]}, {"name": "b", "unit": "ms", "samples": [12.5]}]}"#,
        );
        let refused = differences(&twice, &made).expect_err("twice");
        assert!(refused.contains("`b` is there twice"), "{refused}");
    }
}
