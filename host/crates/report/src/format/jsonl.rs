//! One JSON object per line, for pipes: the head of the run, then every part with its type, a summary last.
//!
//! Every line carries `schema` (that of `run.json`, whose shapes the parts have) and `type`.

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};
use perfctl_wire::record::{self, Run};
use serde::Serialize;
use serde_json::json;

use crate::summary::{Totals, headline, next_step};
use crate::{json_text, select};

/// Help of `--format jsonl`.
pub(super) const ABOUT: &str =
    "one JSON object per line: run, steps, items, findings, metrics, budgets, summary";

/// See the module.
pub(super) struct JsonLines;

#[derive(Serialize)]
struct Line<'a, T> {
    schema: &'static str,
    r#type: &'static str,
    #[serde(flatten)]
    part: &'a T,
}

fn push(out: &mut Vec<u8>, kind: &'static str, part: &impl Serialize) -> Result<(), RenderError> {
    out.extend(json_text::compact(&Line {
        schema: record::SCHEMA,
        r#type: kind,
        part,
    })?);
    out.push(b'\n');
    Ok(())
}

impl Format for JsonLines {
    fn name(&self) -> &str {
        "jsonl"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let run = Run::from(record);
        let mut out = Vec::new();
        let head = json!({
            "id": run.id,
            "recipe": run.recipe,
            "title": run.title,
            "started_ms": run.started_ms,
            "duration_ms": run.duration_ms,
            "version": run.version,
            "source": run.source,
            "portrait": run.portrait,
            "params": run.params,
            "least": run.least,
            "environment": run.environment,
        });
        push(&mut out, "run", &head)?;
        for step in &run.steps {
            push(&mut out, "step", step)?;
        }
        for item in &run.items {
            push(&mut out, "item", item)?;
        }
        for (finding, shown) in record.findings.iter().zip(&run.findings) {
            if select::is_shown(finding, record.least, view) {
                push(&mut out, "finding", shown)?;
            }
        }
        for metric in &run.metrics {
            push(&mut out, "metric", metric)?;
        }
        for budget in &run.budgets {
            push(&mut out, "budget", budget)?;
        }
        for problem in &run.problems {
            push(&mut out, "problem", problem)?;
        }
        for note in &run.notes {
            push(&mut out, "note", &json!({"text": note}))?;
        }
        if let Some(comparison) = &run.comparison {
            push(&mut out, "comparison", comparison)?;
        }
        let totals = Totals::of(record);
        let summary = json!({
            "headline": headline(record),
            "next": next_step(record),
            "findings": totals.findings,
            "silenced": totals.silenced,
            "suspicions": totals.suspicions,
            "interrupted": run.interrupted,
        });
        push(&mut out, "summary", &summary)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::fixture;

    fn lines(view: &View) -> Vec<Value> {
        let text = JsonLines.render(&fixture::rich(), view).expect("renders");
        String::from_utf8(text)
            .expect("UTF-8")
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect()
    }

    #[test]
    fn every_line_is_an_object_with_type_and_schema() {
        let record = fixture::rich();
        let lines = lines(&View {
            suspicions: true,
            silenced: true,
            ..View::default()
        });
        assert!(
            lines
                .iter()
                .all(|line| line["schema"] == "perfctl.run/1" && line["type"].is_string())
        );
        let count = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
        assert_eq!(count("finding"), record.findings.len());
        assert_eq!(count("item"), record.items.len());
        assert_eq!(count("metric"), record.metrics.len());
        assert_eq!((count("run"), count("summary")), (1, 1));
        assert_eq!(lines.last().expect("a line")["type"], "summary");
    }

    #[test]
    fn findings_are_those_of_the_view() {
        let shown = lines(&View::default());
        let findings: Vec<&Value> = shown
            .iter()
            .filter(|line| line["type"] == "finding")
            .collect();
        assert!(!findings.is_empty());
        assert!(
            findings
                .iter()
                .all(|line| line["confidence"] != "low" && line.get("silenced").is_none())
        );
    }
}
