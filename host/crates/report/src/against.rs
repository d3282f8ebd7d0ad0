//! What changed against an earlier run, for a terminal: which two runs they are, and what the later one found, kept and lost.

use perfctl_core::run::{Comparison, RunRecord};
use perfctl_core::seams::View;
use perfctl_core::verdict::Verdict;

use crate::change::{self, Change};
use crate::summary::count;
use crate::terminal::paint::Paint;
use crate::terminal::wrap;
use crate::{gate, moment, neutral, short};

/// What changed against the baseline, in a few lines; empty without one.
pub(crate) fn section(record: &RunRecord, view: &View) -> String {
    let Some(comparison) = &record.comparison else {
        return String::new();
    };
    let paint = Paint {
        colour: view.colour,
    };
    let mut line = format!(
        "{}, {} fixed, {} unchanged",
        count(
            change::new_findings(record, comparison).count(),
            "new finding",
            "new findings"
        ),
        comparison.fixed.len(),
        comparison.unchanged
    );
    for other in change::others(comparison) {
        line.push_str(&format!(", {other}"));
    }
    // A branch is held against where it began, and the heading names that.
    let which = which(record, comparison).filter(|_| comparison.reference.is_none());
    let mut lines: Vec<String> = which.into_iter().chain([line]).collect();
    lines.extend(gate::told(record, comparison));
    // An item that only one of two recipes asks for has not changed.
    let (one_sided, both): (Vec<_>, Vec<_>) = comparison
        .verdicts
        .iter()
        .partition(|changed| changed.before.is_none() || changed.after.is_none());
    let (added, gone): (Vec<_>, Vec<_>) = one_sided
        .into_iter()
        .partition(|changed| changed.before.is_none());
    for (items, said) in [
        (
            added,
            [
                "is asked for now and was not before",
                "are asked for now and were not before",
            ],
        ),
        (
            gone,
            [
                "was asked for before and is not now",
                "were asked for before and are not now",
            ],
        ),
    ] {
        let said = said[usize::from(items.len() > 1)];
        if !items.is_empty() {
            let ids = items
                .iter()
                .map(|changed| neutral::line(changed.item.as_str()));
            let ids: Vec<_> = ids.collect();
            lines.push(format!(
                "{} {said}: {}",
                count(items.len(), "item", "items"),
                ids.join(", ")
            ));
        }
    }
    for changed in both {
        let word = |verdict: &Option<Verdict>| verdict.as_ref().map_or("not there", Verdict::word);
        let item = neutral::line(changed.item.as_str());
        lines.push(format!(
            "{item}: {} before, {} now",
            word(&changed.before),
            word(&changed.after)
        ));
    }
    let said = comparison
        .metrics
        .iter()
        .map(|metric| Change::of(metric, change::goal(record, metric)));
    let (same, other): (Vec<Change>, Vec<Change>) =
        said.partition(|said| said.verdict == "unchanged");
    for said in other {
        lines.push(format!(
            "{}: {} before, {} now ({}, {})",
            neutral::line(&said.series),
            said.before_shown,
            said.after_shown,
            said.relative_shown,
            said.verdict
        ));
    }
    if !same.is_empty() {
        lines.push(format!(
            "{} unchanged",
            count(same.len(), "count", "counts")
        ));
    }
    let heading = match (&comparison.reference, &comparison.commit) {
        (Some(named), Some(commit)) => format!(
            "Against {}, from which the branch parted at {}",
            neutral::line(named),
            neutral::line(short::commit(commit))
        ),
        _ => "Against the baseline".to_owned(),
    };
    let mut out = format!("{}\n", paint.heading(&heading));
    for line in lines {
        out.push_str(&format!(
            "  {}\n",
            wrap::hanging(&line, view.width.saturating_sub(2), "    ")
        ));
    }
    out
}

/// Which run is compared with which.
fn which(record: &RunRecord, comparison: &Comparison) -> Option<String> {
    let named = |id: &str, commit: Option<&str>| {
        let started = moment::of_run(id).map_or_else(String::new, |at| format!(" of {at}"));
        let commit = commit.map_or_else(String::new, |commit| {
            format!(", commit {}", short::commit(commit))
        });
        neutral::line(&format!("run {id}{started}{commit}")).into_owned()
    };
    let before = comparison.baseline.as_ref()?;
    let before = named(before.as_str(), comparison.commit.as_deref());
    let after = named(record.id.as_str(), record.source.commit.as_deref());
    Some(format!("before: {before}; after: {after}"))
}
