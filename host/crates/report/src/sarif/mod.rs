//! The parts of a SARIF log. Field names and meanings are those of the OASIS standard, version 2.1.0.

mod result;
mod rule;

use perfctl_core::finding::Finding;
use perfctl_core::run::{RunRecord, StepStatus};
use perfctl_core::verdict::Verdict;
use serde_json::{Map, Value, json};

use crate::source_link::repository_url;
use crate::{escape, moment, neutral, select};

/// The name of the root of the repository in relative URIs.
const ROOT: &str = "SRCROOT";

/// A log with one run.
pub(crate) fn log(record: &RunRecord, findings: &[&Finding], cut: usize) -> Value {
    let rules = rule::rules(record, findings);
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result::result(record, &rules, finding))
        .collect();
    let mut run = json!({
        "tool": {"driver": {
            "name": "perfctl",
            "semanticVersion": record.version,
            "rules": rules.iter().map(|rule| &rule.descriptor).collect::<Vec<_>>(),
        }},
        "automationDetails": {"id": format!("perfctl/{}/", neutral::line(&record.recipe))},
        "invocations": [invocation(record, results.len(), cut)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the audited repository"}}},
        "columnKind": "utf16CodeUnits",
        "results": results,
        "properties": {"runId": record.id.as_str(), "recipe": record.recipe, "items": items(record)},
    });
    if let Some(provenance) = provenance(record) {
        run["versionControlProvenance"] = json!([provenance]);
    }
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    })
}

/// A location of a file of the repository.
fn artifact(record: &RunRecord, path: &str) -> Value {
    let path = crate::source_link::repository_path(&record.source, path);
    json!({"uri": escape::artifact_path(&path), "uriBaseId": ROOT})
}

/// The verdict of every item; a reader of the results alone would take what was not judged for clean.
fn items(record: &RunRecord) -> Vec<Value> {
    record
        .items
        .iter()
        .map(|item| {
            json!({"id": item.id.as_str(), "verdict": item.verdict.word(), "reason": item.verdict.reason()})
        })
        .collect()
}

fn invocation(record: &RunRecord, shown: usize, cut: usize) -> Value {
    let mut notifications = Vec::new();
    let mut notify = |level: &str, text: String| {
        notifications.push(json!({"level": level, "message": {"text": neutral::block(&text)}}));
    };
    if cut > 0 {
        notify(
            "warning",
            format!(
                "{cut} results were left out: of {} the costliest are here",
                cut + shown
            ),
        );
    }
    if record.interrupted {
        notify(
            "error",
            "the run was interrupted; this is only a part".to_owned(),
        );
    }
    for problem in &record.problems {
        notify("error", format!("{}: {}", problem.subject, problem.message));
    }
    // Results lie on lines of the code, and a budget does not.
    for thing in select::exceeded(record) {
        notify("error", format!("{}: {}", thing.id, thing.over(record)));
    }
    for item in &record.items {
        if let Verdict::Error(why) = &item.verdict {
            notify("error", format!("{} could not be judged: {why}", item.id));
        }
    }
    for step in &record.steps {
        match &step.status {
            StepStatus::Failed(why) => notify("error", format!("step {} failed: {why}", step.id)),
            StepStatus::TimedOut => {
                notify("error", format!("step {} ran into its time limit", step.id))
            }
            StepStatus::NeedsEvidence(why) => {
                notify("note", format!("step {} needs evidence: {why}", step.id))
            }
            _ => {}
        }
    }
    for note in &record.notes {
        notify("note", note.clone());
    }
    let took = u64::try_from(record.duration.as_millis()).unwrap_or(u64::MAX);
    let mut invocation = json!({
        "executionSuccessful": !record.interrupted,
        "startTimeUtc": moment::utc(record.started_ms),
        "endTimeUtc": moment::utc(record.started_ms.saturating_add(took)),
    });
    if !notifications.is_empty() {
        invocation["toolExecutionNotifications"] = Value::Array(notifications);
    }
    invocation
}

fn provenance(record: &RunRecord) -> Option<Value> {
    let mut out = Map::new();
    out.insert(
        "repositoryUri".to_owned(),
        repository_url(&record.source)?.into(),
    );
    if let Some(commit) = &record.source.commit {
        out.insert("revisionId".to_owned(), commit.as_str().into());
    }
    if let Some(reference) = &record.source.reference {
        out.insert("branch".to_owned(), reference.as_str().into());
    }
    out.insert("mappedTo".to_owned(), json!({"uriBaseId": ROOT}));
    Some(out.into())
}
