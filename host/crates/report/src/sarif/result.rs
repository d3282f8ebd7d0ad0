//! Findings as SARIF results.

use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::fix::{Edit, Fix};
use perfctl_core::place::{Excerpt, Place};
use perfctl_core::run::RunRecord;
use serde_json::{Map, Value, json};

use super::artifact;
use super::rule::{Described, level};
use crate::{column, neutral, select};

/// The score that gives a rank of 50: one certain finding of high severity per request, mended within an hour.
const MIDDLE: f64 = 8.55;

/// A finding as a `result`.
pub(super) fn result(record: &RunRecord, rules: &[Described<'_>], finding: &Finding) -> Value {
    let rule = select::rule_of(record, &finding.rule);
    let mut out = Map::new();
    out.insert("ruleId".to_owned(), finding.rule.as_str().into());
    if let Some(index) = rules.iter().position(|rule| *rule.id == finding.rule) {
        out.insert("ruleIndex".to_owned(), index.into());
    }
    out.insert("level".to_owned(), level(finding.severity).into());
    out.insert(
        "message".to_owned(),
        json!({"text": message(&finding.message)}),
    );
    out.insert("locations".to_owned(), json!([primary(record, finding)]));
    if !finding.related.is_empty() {
        let related: Vec<Value> = finding
            .related
            .iter()
            .enumerate()
            .map(|(at, related)| {
                json!({
                    "id": at + 1,
                    "message": {"text": message(&related.message)},
                    "physicalLocation": physical(record, &related.place, &related.excerpt),
                })
            })
            .collect();
        out.insert("relatedLocations".to_owned(), related.into());
    }
    out.insert(
        "partialFingerprints".to_owned(),
        json!({
            "perfctl/v1": finding.fingerprint,
            // The key by which GitHub follows an alert; ours survives moved lines.
            "primaryLocationLineHash": format!("{}:1", finding.fingerprint),
        }),
    );
    // A saturating scale keeps ranks comparable between runs: 50 is what MIDDLE scores, 100 is never reached.
    let score = select::score(finding, rule).max(0.0);
    out.insert(
        "rank".to_owned(),
        json!(((score / (score + MIDDLE)) * 1000.0).round() / 10.0),
    );
    if let Some(silenced) = &finding.silenced {
        out.insert("suppressions".to_owned(), json!([suppression(silenced)]));
    }
    if let Some(comparison) = &record.comparison {
        // What the earlier run could not see may be of either kind; the record counts it, and does not name it.
        let is_known = comparison.unseen == 0 && select::counts(finding, record.least);
        let state = match comparison.new.contains(&finding.fingerprint) {
            true => Some("new"),
            false => is_known.then_some("unchanged"),
        };
        if let Some(state) = state {
            out.insert("baselineState".to_owned(), state.into());
        }
    }
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
        out.insert("fixes".to_owned(), json!([fixes(record, finding, fix)]));
    }
    out.insert("properties".to_owned(), properties(finding, rule));
    out.into()
}

/// SARIF gives `[text](1)` in a message the meaning of a link and `{0}` that of a placeholder (sections 3.11.5 and 3.11.6
/// of the standard). Only what looks like one of them is escaped, because viewers show the escapes of anything else.
fn message(text: &str) -> String {
    let text = neutral::sentence(text).replace("](", "]\\(");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let digits = after[1..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && after[1 + digits..].starts_with('}') {
            out.push_str("{{");
            out.push_str(&after[1..=digits]);
            out.push_str("}}");
            rest = &after[digits + 2..];
        } else {
            out.push('{');
            rest = &after[1..];
        }
    }
    out.push_str(rest);
    if out.is_empty() {
        "(no message)".to_owned()
    } else {
        out
    }
}

fn primary(record: &RunRecord, finding: &Finding) -> Value {
    let mut location =
        json!({"physicalLocation": physical(record, &finding.place, &finding.excerpt)});
    if !finding.symbol.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.symbol}]);
    }
    location
}

fn physical(record: &RunRecord, place: &Place, excerpt: &Excerpt) -> Value {
    let start_line = place.start.line.max(1);
    let end_line = place.end.line.max(start_line);
    let start_column = column::utf16(excerpt, place.start);
    let mut end_column = column::utf16(excerpt, place.end);
    if start_line == end_line {
        end_column = end_column.max(start_column);
    }
    let mut physical = json!({
        "artifactLocation": artifact(record, &place.path),
        "region": {
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
            "byteOffset": place.span.start,
            "byteLength": place.span.end - place.span.start,
        },
    });
    if !excerpt.text.is_empty() {
        physical["contextRegion"] = json!({
            "startLine": excerpt.first_line.max(1),
            "endLine": excerpt.first_line.max(1) as usize + excerpt.text.matches('\n').count(),
            "snippet": {"text": excerpt.text},
        });
    }
    physical
}

fn suppression(silenced: &Silenced) -> Value {
    match silenced {
        Silenced::Comment(reason) => json!({"kind": "inSource", "justification": reason}),
        Silenced::Waiver(reason) => json!({"kind": "external", "justification": reason}),
        Silenced::Baseline => json!({"kind": "external", "justification": "in the baseline"}),
    }
}

fn fixes(record: &RunRecord, finding: &Finding, fix: &Fix) -> Value {
    let mut changes: Vec<Value> = Vec::new();
    let mut rest: &[Edit] = &fix.edits;
    while let Some(first) = rest.first() {
        let same = rest
            .iter()
            .take_while(|edit| edit.path == first.path)
            .count();
        let (now, later) = rest.split_at(same);
        changes.push(json!({
            "artifactLocation": artifact(record, &first.path),
            "replacements": now.iter().map(|edit| replacement(finding, edit)).collect::<Vec<_>>(),
        }));
        rest = later;
    }
    json!({
        "description": {"text": message(&fix.title)},
        "artifactChanges": changes,
        "properties": {"safety": fix.safety.word()},
    })
}

/// Lines and columns stand beside the bytes where the finding's excerpt holds them.
fn replacement(finding: &Finding, edit: &Edit) -> Value {
    let mut region =
        json!({"byteOffset": edit.span.start, "byteLength": edit.span.end - edit.span.start});
    if edit.path == finding.place.path {
        let start = column::utf16_of_byte(&finding.excerpt, edit.span.start);
        let end = column::utf16_of_byte(&finding.excerpt, edit.span.end);
        if let (Some((start_line, start_column)), Some((end_line, end_column))) = (start, end) {
            region["startLine"] = start_line.into();
            region["startColumn"] = start_column.into();
            region["endLine"] = end_line.into();
            region["endColumn"] = end_column.into();
        }
    }
    json!({"deletedRegion": region, "insertedContent": {"text": edit.text}})
}

fn properties(finding: &Finding, rule: Option<&perfctl_core::rule::Rule>) -> Value {
    let mut out = json!({
        "confidence": finding.confidence.word(),
        "severity": finding.severity.word(),
        "reach": finding.reach.word(),
        "symbol": finding.symbol,
    });
    if let Some(rule) = rule {
        out["effort"] = rule.effort.word().into();
    }
    if let Some(rank) = finding.rank {
        out["position"] = rank.position.into();
        out["score"] = rank.score.into();
        out["sites"] = rank.sites.into();
    }
    if !finding.notes.is_empty() {
        let notes: Map<String, Value> = finding
            .notes
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().into()))
            .collect();
        out["notes"] = notes.into();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_placeholders_of_sarif_are_taken_for_text() {
        assert_eq!(
            message("see [x](1) and {0} of f\"{BASE}\""),
            "see [x]\\(1) and {{0}} of f\"{BASE}\""
        );
        assert_eq!(message(""), "(no message)");
    }
}
