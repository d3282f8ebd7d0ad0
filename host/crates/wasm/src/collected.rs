//! What a collector hands back, checked before it is believed. Half of a measurement would be worse than none, so one fault refuses all of it.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::ids::{MetricName, StepId};
use perfctl_core::metric::Metric;
use perfctl_core::seams::Collected;
use perfctl_runtime::api::{Answer, Refusal, clean};
use perfctl_wire::names;
use perfctl_wire::quantity::in_base;
use perfctl_wire::rule::CollectorHead;

use crate::collector_bindings::exports::perfctl::plugin::collection as told;

/// The most metrics of a call, and the most samples of all of them.
const MOST_METRICS: usize = 1000;
const MOST_SAMPLES: usize = 100_000;
/// The most labels of a metric, and the longest value of one, in bytes.
const MOST_LABELS: usize = 16;
const LONGEST_LABEL: usize = 256;
/// The most notes and files of a call.
const MOST_NOTES: usize = 50;
const MOST_ARTIFACTS: usize = 16;
/// Bytes of all files of a call.
const MOST_KEPT: usize = 16 << 20;
/// The longest name of a file.
const LONGEST_NAME: usize = 64;
/// What the host itself keeps beside a collector's files.
const OWN: [&str; 3] = ["stdout.txt", "stderr.txt", "exit.txt"];
/// Behind the name of what is a part of the whole.
const PARTIAL: &str = ".partial";

/// Refuses more than `most` of something.
fn at_most(count: usize, most: usize, what: &str) -> Answer<()> {
    match count > most {
        true => Err(Refusal::new(format!("more than {most} {what} in one call"))),
        false => Ok(()),
    }
}

/// What was collected, by the collector `asked`.
pub(crate) fn checked(told: told::Collected, asked: &CollectorHead) -> Answer<Collected> {
    at_most(told.metrics.len(), MOST_METRICS, "metrics")?;
    at_most(told.notes.len(), MOST_NOTES, "notes")?;
    at_most(told.artifacts.len(), MOST_ARTIFACTS, "files")?;
    let samples = told.metrics.iter().map(|metric| metric.samples.len());
    at_most(samples.sum(), MOST_SAMPLES, "samples of all metrics")?;
    let mut series = BTreeSet::new();
    let mut metrics = Vec::with_capacity(told.metrics.len());
    for metric in told.metrics {
        let metric = self::metric(metric, asked)?;
        if !series.insert((metric.name.clone(), metric.labels.clone())) {
            return Err(Refusal::new(format!(
                "two series of `{}` have the same labels: give them a label that tells them apart, or put their samples into one",
                metric.name
            )));
        }
        metrics.push(metric);
    }
    let sentences = told.notes.into_iter().map(|note| sentence(&note));
    Ok(Collected {
        metrics,
        notes: sentences.filter(|note| !note.is_empty()).collect(),
        artifacts: artifacts(told.artifacts)?,
        inconclusive: told.inconclusive.map(|why| reason(&why)).transpose()?,
    })
}

/// A text for people: one line, and nothing in it that would steer a terminal.
fn sentence(text: &str) -> String {
    clean(text.trim())
}

fn reason(why: &str) -> Answer<String> {
    match why.trim().is_empty() {
        true => Err(Refusal::new(
            "`inconclusive` says nothing: say why the output measures nothing, and what to do",
        )),
        false => Ok(sentence(why)),
    }
}

fn metric(told: told::Metric, asked: &CollectorHead) -> Answer<Metric> {
    let name = clean(&told.name);
    let whole = MetricName::new(name.strip_suffix(PARTIAL).unwrap_or(&name));
    if !asked.metrics.contains(&whole) {
        let known: Vec<String> = asked
            .metrics
            .iter()
            .map(|known| format!("`{known}`"))
            .collect();
        return Err(Refusal::new(format!(
            "it made the metric `{name}`, which its pack.toml does not declare for `{}`: there are {}",
            asked.name,
            match known.is_empty() {
                true => "none".to_owned(),
                false => known.join(", "),
            }
        )));
    }
    if told.samples.is_empty() {
        return Err(Refusal::new(format!("`{name}` has no samples")));
    }
    let mut samples = Vec::with_capacity(told.samples.len());
    let mut unit = None;
    for sample in told.samples {
        let Some((value, base)) = in_base(sample, &told.unit) else {
            return Err(Refusal::new(format!(
                "`{name}` has the unit `{}`, which is none: units are `s`, `ms`, `us`, `B`, `kB`, `MB`, `KiB`, `MiB`, `%`, `ratio`, `/s`, `count`",
                clean(&told.unit)
            )));
        };
        if !value.is_finite() {
            return Err(Refusal::new(format!(
                "`{name}` has the sample {sample}, which is no number"
            )));
        }
        unit = Some(base);
        samples.push(value);
    }
    let unit = unit.ok_or_else(|| Refusal::new(format!("`{name}` has no samples")))?;
    Ok(Metric {
        labels: labels(&name, told.labels)?,
        name: MetricName::new(name),
        unit,
        samples,
        step: StepId::new(""),
    })
}

fn labels(metric: &str, told: Vec<(String, String)>) -> Answer<BTreeMap<String, String>> {
    if told.len() > MOST_LABELS {
        return Err(Refusal::new(format!(
            "`{metric}` has more than {MOST_LABELS} labels"
        )));
    }
    let mut labels = BTreeMap::new();
    for (label, value) in told {
        if let Err(refusal) = names::word(&label) {
            return Err(Refusal::new(format!(
                "a label of `{metric}`: {}",
                clean(&refusal.message)
            )));
        }
        if value.len() > LONGEST_LABEL {
            return Err(Refusal::new(format!(
                "the label `{label}` of `{metric}` has more than {LONGEST_LABEL} bytes"
            )));
        }
        if labels.insert(label.clone(), clean(&value)).is_some() {
            return Err(Refusal::new(format!(
                "`{metric}` has the label `{label}` twice"
            )));
        }
    }
    Ok(labels)
}

/// Files lie in a folder of the step's own, on whatever file system, beside those of the host.
fn artifacts(told: Vec<told::Artifact>) -> Answer<Vec<(String, Vec<u8>)>> {
    let mut names = BTreeSet::new();
    let mut bytes = 0;
    let mut all = Vec::with_capacity(told.len());
    for told::Artifact { name, content } in told {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let first = name.bytes().next();
        let is_harmless = first.is_some_and(|byte| byte.is_ascii_alphanumeric())
            && name.len() <= LONGEST_NAME
            && name.bytes().all(is_plain);
        if !is_harmless {
            return Err(Refusal::new(format!(
                "it keeps a file called `{}`: a name has letters, digits, `.`, `-` and `_`, begins with a letter or digit, and has at most {LONGEST_NAME} of them",
                clean(&name)
            )));
        }
        let lower = name.to_ascii_lowercase();
        // Of a step that runs several times each run's own files have a number before their names.
        if OWN.iter().any(|own| lower.ends_with(own)) {
            return Err(Refusal::new(format!(
                "it keeps a file called `{name}`, which is a file of perfctl's own"
            )));
        }
        if !names.insert(lower) {
            return Err(Refusal::new(format!("it keeps two files called `{name}`")));
        }
        bytes += content.len();
        if bytes > MOST_KEPT {
            return Err(Refusal::new(format!(
                "its files have more than {} MiB",
                MOST_KEPT >> 20
            )));
        }
        all.push((name, content));
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
