//! Two runs side by side: what is new, what is gone, which verdicts and metrics changed.

mod human;
mod markdown;

use std::collections::HashMap;

use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::run::{Comparison, Fixed, RunRecord};
use perfctl_core::seams::{RenderError, View};
use serde::Serialize;

use crate::change::{self, Change};
use crate::summary::count;
use crate::{json_text, moment, neutral, short};

/// The formats of a comparison.
pub const COMPARISON_FORMATS: &[&str] = &["human", "json", "markdown"];

/// Renders what changed from `before` to `after`. `comparison` is the judge's, with `before` as its baseline.
///
/// # Errors
/// If `format` is none of [`COMPARISON_FORMATS`].
pub fn render_comparison(
    before: &RunRecord,
    after: &RunRecord,
    comparison: &Comparison,
    format: &str,
    view: &View,
) -> Result<Vec<u8>, RenderError> {
    let compared = Compared::of(before, after, comparison);
    match format {
        "human" => Ok(human::draw(&compared, view).into_bytes()),
        "json" => json_text::pretty(&compared),
        "markdown" => Ok(markdown::draw(&compared).into_bytes()),
        other => Err(RenderError {
            message: format!(
                "a comparison cannot be shown as `{}`, only as {}",
                neutral::line(other),
                COMPARISON_FORMATS.join(", ")
            ),
        }),
    }
}

/// What changed from `before` to `after` as a sentence.
pub fn comparison_summary(
    before: &RunRecord,
    after: &RunRecord,
    comparison: &Comparison,
) -> String {
    Compared::of(before, after, comparison).summary
}

/// Everything that is shown, in the order in which it is shown. Also the JSON.
#[derive(Serialize)]
struct Compared<'a> {
    schema: &'static str,
    summary: String,
    before: Side<'a>,
    after: Side<'a>,
    new: Vec<Place<'a>>,
    fixed: Vec<Place<'a>>,
    /// Of the earlier run, where the settings of the later one leave them out.
    left_out: Vec<Place<'a>>,
    unchanged: usize,
    /// In both, and silenced by a comment or a waiver in the later one.
    silenced: usize,
    /// In both, and below the confidence that counts in the later one.
    suspected: usize,
    /// In both, and counting in the later one only.
    again: usize,
    /// In the later one only, or counting there only but for its baseline.
    covered: usize,
    unseen: usize,
    verdicts: Vec<Verdict<'a>>,
    metrics: Vec<Change>,
}

#[derive(Serialize)]
struct Side<'a> {
    run: &'a str,
    recipe: &'a str,
    started: String,
    commit: Option<&'a str>,
    dirty: bool,
    findings: usize,
    /// Findings that its baseline covers.
    known: usize,
}

/// A finding that is there in one run only, where that run has it.
#[derive(Serialize)]
struct Place<'a> {
    rule: &'a str,
    severity: Option<&'static str>,
    path: &'a str,
    line: Option<u32>,
    message: &'a str,
}

#[derive(Serialize)]
struct Verdict<'a> {
    item: &'a str,
    title: &'a str,
    before: Option<&'static str>,
    after: Option<&'static str>,
    reason: &'a str,
}

impl<'a> Compared<'a> {
    fn of(before: &'a RunRecord, after: &'a RunRecord, comparison: &'a Comparison) -> Self {
        let title = |id: &str| {
            let items = after.items.iter().chain(&before.items);
            items
                .into_iter()
                .find(|item| item.id.as_str() == id)
                .map_or("", |item| item.title.as_str())
        };
        let new: Vec<Place<'a>> = change::new_findings(after, comparison)
            .map(|finding| Place {
                rule: finding.rule.as_str(),
                severity: Some(finding.severity.word()),
                path: &finding.place.path,
                line: Some(finding.place.start.line),
                message: &finding.message,
            })
            .collect();
        let gone = Gone::of(before);
        let earlier = |fixed: &'a [Fixed]| -> Vec<Place<'a>> {
            let places = fixed.iter().map(|fixed| Place {
                rule: &fixed.rule,
                severity: gone.severity(fixed),
                path: &fixed.path,
                line: fixed.line,
                message: &fixed.message,
            });
            places.collect()
        };
        let (fixed, left_out) = (earlier(&comparison.fixed), earlier(&comparison.left_out));
        let metrics: Vec<Change> = comparison
            .metrics
            .iter()
            .map(|metric| Change::of(metric, change::goal(after, metric)))
            .collect();
        let verdicts: Vec<Verdict<'a>> = comparison
            .verdicts
            .iter()
            .map(|changed| Verdict {
                item: changed.item.as_str(),
                title: title(changed.item.as_str()),
                before: changed.before.as_ref().map(|verdict| verdict.word()),
                after: changed.after.as_ref().map(|verdict| verdict.word()),
                reason: changed
                    .after
                    .as_ref()
                    .map_or("", |verdict| verdict.reason()),
            })
            .collect();
        Self {
            schema: "perfctl.comparison/1",
            summary: summary(new.len(), fixed.len(), comparison, &metrics),
            before: Side::of(before),
            after: Side::of(after),
            new,
            fixed,
            left_out,
            unchanged: comparison.unchanged,
            silenced: comparison.silenced,
            suspected: comparison.suspected,
            again: comparison.again,
            covered: comparison.covered,
            unseen: comparison.unseen,
            verdicts,
            metrics,
        }
    }
}

/// The severities of the earlier run's findings, which only that run knows.
struct Gone<'a>(HashMap<(&'a str, &'a str, Option<u32>, &'a str), &'static str>);

impl<'a> Gone<'a> {
    fn of(before: &'a RunRecord) -> Self {
        let named = |finding: &'a Finding| {
            let line = Some(finding.place.start.line);
            let place = (
                finding.rule.as_str(),
                &*finding.place.path,
                line,
                finding.message.as_str(),
            );
            (place, finding.severity.word())
        };
        Self(before.findings.iter().map(named).collect())
    }

    fn severity(&self, fixed: &'a Fixed) -> Option<&'static str> {
        let place = (
            fixed.rule.as_str(),
            fixed.path.as_str(),
            fixed.line,
            fixed.message.as_str(),
        );
        self.0.get(&place).copied()
    }
}

impl<'a> Side<'a> {
    fn of(record: &'a RunRecord) -> Self {
        Self {
            run: record.id.as_str(),
            recipe: &record.recipe,
            started: moment::utc(record.started_ms),
            commit: record.source.commit.as_deref(),
            dirty: record.source.dirty,
            findings: record
                .findings
                .iter()
                .filter(|finding| crate::select::counts(finding, record.least))
                .count(),
            known: record
                .findings
                .iter()
                .filter(|finding| {
                    finding.silenced == Some(Silenced::Baseline)
                        && finding.confidence >= record.least
                })
                .count(),
        }
    }

    /// `20261121T093005-5f3a, commit 3f9a2c41d0, 2026-11-21T09:30:05Z, 9 findings`.
    fn phrase(&self) -> String {
        let mut parts = vec![neutral::line(self.run).into_owned()];
        if let Some(commit) = self.commit {
            let dirty = if self.dirty { " with changes" } else { "" };
            parts.push(format!(
                "commit {}{dirty}",
                neutral::line(short::commit(commit))
            ));
        }
        parts.push(self.started.clone());
        parts.push(count(self.findings, "finding", "findings"));
        if self.known > 0 {
            parts.push(format!("{} in its baseline", self.known));
        }
        parts.join(", ")
    }
}

impl Place<'_> {
    fn location(&self) -> String {
        let path = neutral::line(self.path);
        self.line
            .map_or_else(|| path.to_string(), |line| format!("{path}:{line}"))
    }
}

fn summary(new: usize, fixed: usize, comparison: &Comparison, metrics: &[Change]) -> String {
    let mut parts = vec![format!(
        "{}, {fixed} fixed, {} unchanged",
        count(new, "new finding", "new findings"),
        comparison.unchanged
    )];
    parts.extend(change::others(comparison));
    if !comparison.verdicts.is_empty() {
        parts.push(format!(
            "{} changed",
            count(comparison.verdicts.len(), "verdict", "verdicts")
        ));
    }
    for (verdict, phrase) in [
        ("worse", "worse"),
        ("better", "better"),
        ("changed", "changed"),
        ("unchanged", "unchanged"),
    ] {
        let number = metrics
            .iter()
            .filter(|metric| metric.verdict == verdict)
            .count();
        if number > 0 {
            parts.push(format!("{} {phrase}", count(number, "metric", "metrics")));
        }
    }
    let unseen = metrics
        .iter()
        .filter(|metric| metric.verdict == "no difference seen")
        .count();
    if unseen > 0 {
        parts.push(format!(
            "no difference seen in {}",
            count(unseen, "metric", "metrics")
        ));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn unknown_formats_name_those_that_exist() {
        let record = fixture::clean();
        let error = render_comparison(
            &record,
            &record,
            &Comparison::default(),
            "sarif",
            &View::default(),
        )
        .expect_err("no such format");
        assert_eq!(
            error.message,
            "a comparison cannot be shown as `sarif`, only as human, json, markdown"
        );
    }

    #[test]
    fn fixed_findings_are_named_as_the_earlier_run_has_them() {
        let (before, after) = (fixture::small(), fixture::clean());
        let one = &before.findings[0];
        let fixed = |line| Fixed {
            rule: one.rule.to_string(),
            path: one.place.path.to_string(),
            line,
            message: one.message.clone(),
        };
        let comparison = Comparison {
            fixed: vec![fixed(Some(one.place.start.line)), fixed(None)],
            ..Comparison::default()
        };
        let compared = Compared::of(&before, &after, &comparison);
        let said: Vec<_> = compared
            .fixed
            .iter()
            .map(|place| (place.severity, place.line))
            .collect();
        // A record that does not say the line cannot say which finding it was.
        assert_eq!(said, [(Some("high"), Some(14)), (None, None)]);
    }

    #[test]
    fn the_summary_counts_both_directions_and_claims_no_more_than_the_samples() {
        let (before, after) = (fixture::earlier(), fixture::rich());
        let comparison = after.comparison.clone().expect("one");
        assert_eq!(
            Compared::of(&before, &after, &comparison).summary,
            "2 new findings, 1 fixed, 6 unchanged; 1 left out now by the settings or git's ignore rules; 2 silenced now by a comment or a waiver; 1 below the confidence that counts now; \
             1 that counts again; 1 that the baseline covers; 1 that only one run looked for; 3 verdicts changed; 1 metric worse; \
             1 metric changed; 1 metric unchanged; no difference seen in 1 metric"
        );
    }
}
