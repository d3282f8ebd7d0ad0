//! Holds what findings say against what a case expects them to say. Pure.

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;

use super::case::Case;
use super::expect::Said;
use super::judge::{Verdicts, is_at};
use super::outcome::{LineResult, Outcome};

/// Holds each expectation against the findings of the rule under test on its line, of which one has to say it all.
pub(super) fn compare(case: &Case, verdicts: &Verdicts, under_test: &RuleId) -> Vec<LineResult> {
    let held = case.said.iter().map(|said| {
        let here = |finding: &&Finding| {
            finding.rule == *under_test && is_at(finding, &said.path, said.line)
        };
        let mut faults = verdicts.findings.iter().filter(here).map(|finding| {
            let fault = fault(said, finding);
            fault.map_or(Ok(finding), Err)
        });
        let (outcome, message) = match faults.next() {
            None => (
                Outcome::Missing,
                format!("{under_test} is expected to say something here, and finds nothing"),
            ),
            Some(Ok(finding)) => (Outcome::Worded, whole(finding)),
            // Of several findings on a line it may be another one.
            Some(Err(fault)) => match faults.find_map(Result::ok) {
                Some(finding) => (Outcome::Worded, whole(finding)),
                None => (Outcome::Wrong, fault),
            },
        };
        case.line(outcome, &said.path, said.line, message)
    });
    held.collect()
}

/// What of the expectation does not hold for the finding.
fn fault(said: &Said, finding: &Finding) -> Option<String> {
    let notes = notes(finding);
    let in_notes = |text: &str| notes.iter().any(|note| note.contains(text));
    let in_message = |text: &str| finding.message.contains(text);
    let says = |text: &str| in_message(text) || in_notes(text);
    let missing = |texts: &[String], holds: &dyn Fn(&str) -> bool| {
        texts.iter().find(|text| !holds(text)).cloned()
    };
    let why = if let Some(text) = missing(&said.message, &in_message) {
        format!("its message does not say `{text}`")
    } else if let Some(text) = missing(&said.notes, &in_notes) {
        format!("no note of it says `{text}`")
    } else {
        let text = said.lacks.iter().find(|text| says(text))?;
        format!("it says `{text}`, which it is expected not to")
    };
    Some(format!("{why}: {}", whole(finding)))
}

/// All that a finding says.
fn whole(finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(notes(finding));
    lines.join("\n")
}

/// The notes of a finding as reports write them.
fn notes(finding: &Finding) -> Vec<String> {
    let notes = finding.notes.iter();
    notes
        .map(|(key, value)| format!("{key}: {value}"))
        .collect()
}
