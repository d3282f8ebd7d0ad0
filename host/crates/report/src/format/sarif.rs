//! SARIF 2.1.0: one run, minified, within the limits of GitHub code scanning.

use perfctl_core::finding::Finding;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};

use crate::{json_text, sarif};

/// Help of `--format sarif`.
pub(super) const ABOUT: &str = "SARIF 2.1.0 for code scanning";

/// Results that a run carries at most; GitHub stores no more than this many of one run.
pub(crate) const RESULTS: usize = 5_000;

/// See the module.
pub(super) struct Sarif;

impl Format for Sarif {
    fn name(&self) -> &str {
        "sarif"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let (findings, cut) = chosen(record, view);
        json_text::compact(&sarif::log(record, &findings, cut))
    }
}

/// The findings to write, those that cost most first, and how many were cut. Silenced ones are always written, as
/// suppressed results, but behind the others. Suspicions only when the view asks for them.
fn chosen<'a>(record: &'a RunRecord, view: &View) -> (Vec<&'a Finding>, usize) {
    let mut findings: Vec<&Finding> = record
        .findings
        .iter()
        .filter(|finding| view.suspicions || finding.confidence >= record.least)
        .collect();
    findings.sort_by_key(|finding| {
        (
            finding.silenced.is_some(),
            std::cmp::Reverse((finding.severity, finding.confidence)),
        )
    });
    let cut = findings.len().saturating_sub(RESULTS);
    findings.truncate(RESULTS);
    (findings, cut)
}

#[cfg(test)]
mod tests;
