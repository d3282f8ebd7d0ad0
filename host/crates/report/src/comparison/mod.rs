//! Two runs side by side: what is new, what is gone, which verdicts and metrics changed.

mod human;
mod markdown;

use std::collections::HashMap;

use perfctl_core::finding::Finding;
use perfctl_core::run::{Comparison, RunRecord};
use perfctl_core::seams::{RenderError, View};
use serde::Serialize;

use crate::change::{self, Change};
use crate::summary::count;
use crate::{json_text, moment, neutral};

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

/// Everything that is shown, in the order in which it is shown. Also the JSON.
#[derive(Serialize)]
struct Compared<'a> {
    schema: &'static str,
    summary: String,
    before: Side<'a>,
    after: Side<'a>,
    new: Vec<Place<'a>>,
    fixed: Vec<Place<'a>>,
    unchanged: usize,
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
        let mut gone = Gone::of(before, after);
        let fixed: Vec<Place<'a>> = comparison
            .fixed
            .iter()
            .map(|(rule, path, message)| {
                let finding = gone.take(rule, path, message);
                Place {
                    rule,
                    severity: finding.map(|finding| finding.severity.word()),
                    path,
                    line: finding.map(|finding| finding.place.start.line),
                    message,
                }
            })
            .collect();
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
            unchanged: comparison.unchanged,
            unseen: comparison.unseen,
            verdicts,
            metrics,
        }
    }
}

/// The earlier run's findings that the later one does not have, to be named one by one.
struct Gone<'a>(Vec<&'a Finding>);

impl<'a> Gone<'a> {
    fn of(before: &'a RunRecord, after: &RunRecord) -> Self {
        // Fingerprints are counted: of two equal findings one may be there still.
        let mut there: HashMap<&str, usize> = HashMap::new();
        for finding in &after.findings {
            *there.entry(&finding.fingerprint).or_default() += 1;
        }
        let is_gone = |finding: &&Finding| match there.get_mut(finding.fingerprint.as_str()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        let counted = before
            .findings
            .iter()
            .filter(|finding| crate::select::counts(finding, after.least));
        Self(counted.filter(is_gone).collect())
    }

    fn take(&mut self, rule: &str, path: &str, message: &str) -> Option<&'a Finding> {
        let at = self.0.iter().position(|finding| {
            finding.rule.as_str() == rule
                && finding.place.path.as_ref() == path
                && finding.message == message
        })?;
        Some(self.0.remove(at))
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
        }
    }

    /// `20261121T093005-5f3a, commit 3f9a2c41d0, 2026-11-21T09:30:05Z, 9 findings`.
    fn phrase(&self) -> String {
        let mut parts = vec![neutral::line(self.run).into_owned()];
        if let Some(commit) = self.commit {
            let dirty = if self.dirty { " with changes" } else { "" };
            parts.push(format!(
                "commit {}{dirty}",
                neutral::line(commit.get(..10).unwrap_or(commit))
            ));
        }
        parts.push(self.started.clone());
        parts.push(count(self.findings, "finding", "findings"));
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
    if comparison.unseen > 0 {
        parts.push(format!(
            "{} that only one run looked for",
            count(comparison.unseen, "finding", "findings")
        ));
    }
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
        let mut before = fixture::small();
        let mut second = before.findings[0].clone();
        second.place.start.line += 40;
        before.findings.push(second);
        let mut after = fixture::small();
        let (rule, path, message) = {
            let one = &before.findings[0];
            (
                one.rule.to_string(),
                one.place.path.to_string(),
                one.message.clone(),
            )
        };
        let first = before.findings[0].place.start.line;
        let lines = |after: &RunRecord, fixed: usize| -> Vec<Option<u32>> {
            let comparison = Comparison {
                fixed: vec![(rule.clone(), path.clone(), message.clone()); fixed],
                ..Comparison::default()
            };
            let compared = Compared::of(&before, after, &comparison);
            assert!(
                compared
                    .fixed
                    .iter()
                    .all(|place| place.severity == Some("high"))
            );
            compared.fixed.iter().map(|place| place.line).collect()
        };
        // Of two equal findings one is there still, and nobody can say which: the first is taken for it.
        assert_eq!(lines(&after, 1), [Some(first + 40)]);
        after.findings.clear();
        assert_eq!(lines(&after, 2), [Some(first), Some(first + 40)]);
    }

    #[test]
    fn the_summary_counts_both_directions_and_claims_no_more_than_the_samples() {
        let (before, after) = (fixture::earlier(), fixture::rich());
        let comparison = after.comparison.clone().expect("one");
        assert_eq!(
            Compared::of(&before, &after, &comparison).summary,
            "2 new findings, 1 fixed, 6 unchanged; 1 finding that only one run looked for; 3 verdicts changed; 1 metric worse; \
             1 metric changed; 1 metric unchanged; no difference seen in 1 metric"
        );
    }
}
