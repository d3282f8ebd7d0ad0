//! Renders the `report` steps over the finished record. A report shows everything but the reports themselves: their steps
//! enter the record after all are rendered. An interrupted run is reported too: rendering runs nothing and takes no time, and
//! the templates say that it is only a part.

use std::path::Path;
use std::time::{Duration, Instant};

use perfctl_core::event::Event;
use perfctl_core::recipe::StepKind;
use perfctl_core::run::{RunRecord, StepRecord, StepStatus};

use super::Parts;
use crate::plan::{Decision, Plan, PlannedStep};
use crate::redact::Redactor;
use crate::values::Value;
use perfctl_core::placeholder::expand;

/// The record with the `report` steps at their places.
pub(super) fn render(
    mut record: RunRecord,
    plan: &Plan,
    parts: &Parts<'_>,
    redactor: &Redactor,
) -> RunRecord {
    let mut rendered = Vec::new();
    for (at, planned) in plan.steps.iter().enumerate() {
        if let StepKind::Report { template, file } = &planned.step.kind {
            rendered.push((
                at,
                step(planned, template, file, &record, plan, parts, redactor),
            ));
        }
    }
    for (at, step) in rendered {
        record.steps.insert(at.min(record.steps.len()), step);
    }
    record
}

fn step(
    planned: &PlannedStep,
    template: &str,
    file: &str,
    record: &RunRecord,
    plan: &Plan,
    parts: &Parts<'_>,
    redactor: &Redactor,
) -> StepRecord {
    let step = &planned.step;
    let mut artifacts = Vec::new();
    let begun = Instant::now();
    let status = match &planned.decision {
        Decision::Skip(why) => StepStatus::Skipped(why.clone()),
        Decision::NeedsEvidence(why) => StepStatus::NeedsEvidence(why.clone()),
        Decision::Run => {
            parts.sink.event(Event::StepStarted {
                step: step.id.clone(),
                title: step.title.clone(),
            });
            let value = |name: &str| match plan.values.look_up(name) {
                Some(Value::Known(text)) => Ok(text.clone()),
                _ => Err(format!("`{{{name}}}` has no value")),
            };
            let file = expand(file, value);
            match file.and_then(|file| parts.reports.render(template, Path::new(&file), record)) {
                Ok(artifact) => {
                    artifacts.push(artifact);
                    StepStatus::Ok
                }
                Err(why) => StepStatus::Failed(redactor.text(&why).into_owned()),
            }
        }
    };
    let ran = matches!(status, StepStatus::Ok | StepStatus::Failed(_));
    let duration = if ran { begun.elapsed() } else { Duration::ZERO };
    parts.sink.event(Event::StepEnded {
        step: step.id.clone(),
        status: status.clone(),
        took: duration,
        last_lines: Vec::new(),
    });
    StepRecord {
        id: step.id.clone(),
        title: step.title.clone(),
        kind: step.kind.word().to_owned(),
        status,
        duration,
        attempts: u32::from(ran),
        argv: Vec::new(),
        exit_code: None,
        sandbox: String::new(),
        artifacts,
        notes: Vec::new(),
        last_lines: Vec::new(),
    }
}
