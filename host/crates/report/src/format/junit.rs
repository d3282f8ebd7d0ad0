//! JUnit XML: one test case per checklist item, so that a build server shows the checklist.

use std::fmt::Write as _;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};
use perfctl_core::verdict::{Item, Verdict};

use crate::escape::{attribute, html as text};
use crate::{broken, moment, neutral, overview, select};

/// Help of `--format junit`.
pub(super) const ABOUT: &str = "JUnit XML: one test case per checklist item";

/// Places that a failure lists at most.
const PLACES: usize = 20;

/// See the module.
pub(super) struct JUnit;

impl Format for JUnit {
    fn name(&self) -> &str {
        "junit"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, _: &View) -> Result<Vec<u8>, RenderError> {
        let count = |wanted: &[&str]| {
            record
                .items
                .iter()
                .filter(|item| wanted.contains(&item.verdict.word()))
                .count()
        };
        let (failures, errors) = (count(&["fail"]), count(&["error"]));
        let skipped = count(&["not-applicable", "needs-evidence", "waived"]);
        let counts = format!(
            "tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"{:.3}\"",
            record.items.len(),
            record.duration.as_secs_f64()
        );
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = writeln!(out, "<testsuites name=\"perfctl\" {counts}>");
        let name = format!("{}: {}", record.recipe, record.source.name);
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" timestamp=\"{}\" {counts}>",
            attribute(&name),
            moment::utc(record.started_ms).trim_end_matches('Z')
        );
        out.push_str("    <properties>\n");
        let commit = record.source.commit.as_deref().unwrap_or("");
        for (key, value) in [
            ("perfctl.version", record.version.as_str()),
            ("run", record.id.as_str()),
            ("commit", commit),
        ] {
            let _ = writeln!(
                out,
                "      <property name=\"{key}\" value=\"{}\"/>",
                attribute(value)
            );
        }
        out.push_str("    </properties>\n");
        for item in &record.items {
            case(&mut out, record, item);
        }
        if !record.problems.is_empty() {
            let lines: Vec<String> = record
                .problems
                .iter()
                .map(|problem| {
                    text(&format!(
                        "{}: {}",
                        neutral::line(&problem.subject),
                        neutral::sentence(&problem.message)
                    ))
                    .to_string()
                })
                .collect();
            let _ = writeln!(out, "    <system-err>{}</system-err>", lines.join("\n"));
        }
        out.push_str("  </testsuite>\n</testsuites>\n");
        Ok(out.into_bytes())
    }
}

fn case(out: &mut String, record: &RunRecord, item: &Item) {
    let rule = select::rule_of(record, &item.id);
    let class = rule.map_or("measured", |rule| rule.category.as_str());
    let _ = write!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\" time=\"0\"",
        attribute(item.id.as_str()),
        attribute(class)
    );
    let reason = neutral::sentence(item.verdict.reason());
    match &item.verdict {
        Verdict::Pass => {
            out.push_str("/>\n");
            return;
        }
        Verdict::Fail => {
            let kind = rule.map_or("budget", |rule| rule.severity.word());
            let counts = overview::places(item);
            let why = overview::reason(record, item).into_owned();
            let why: Vec<String> = [counts, why]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect();
            let message = match why.is_empty() {
                true => item.title.clone(),
                false => format!("{}: {}", item.title, why.join("; ")),
            };
            let _ = write!(
                out,
                ">\n      <failure message=\"{}\" type=\"{kind}\">{}</failure>",
                attribute(&message),
                text(&failure_text(record, item))
            );
        }
        Verdict::Error(_) => {
            let message = attribute(&reason);
            let _ = write!(
                out,
                ">\n      <error message=\"{message}\" type=\"error\">{}</error>",
                text(&reason)
            );
        }
        Verdict::NotApplicable(_) | Verdict::NeedsEvidence(_) | Verdict::Waived(_) => {
            let message = format!("{}: {reason}", item.verdict.word());
            let _ = write!(
                out,
                ">\n      <skipped message=\"{}\"/>",
                attribute(&message)
            );
        }
        Verdict::Attested(_) => {
            let _ = write!(
                out,
                ">\n      <system-out>attested: {}</system-out>",
                text(&reason)
            );
        }
    }
    out.push_str("\n    </testcase>\n");
}

/// The places of a failed item, and the budgets that it broke.
fn failure_text(record: &RunRecord, item: &Item) -> String {
    let mut out = String::new();
    for outcome in broken::of_item(record, &item.id) {
        let _ = writeln!(out, "{}", broken::told(outcome));
    }
    let places: Vec<_> = record
        .findings
        .iter()
        .filter(|finding| finding.rule == item.id && select::counts(finding, record.least))
        .collect();
    for finding in places.iter().take(PLACES) {
        let place = &finding.place;
        let _ = writeln!(
            out,
            "{}:{}:{}: {} ({} confidence)",
            neutral::line(&place.path),
            place.start.line,
            place.start.column,
            neutral::sentence(&finding.message),
            finding.confidence
        );
    }
    if places.len() > PLACES {
        let _ = writeln!(out, "and {} more", places.len() - PLACES);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn xml(record: &RunRecord) -> String {
        String::from_utf8(JUnit.render(record, &View::default()).expect("renders")).expect("UTF-8")
    }

    #[test]
    fn every_item_is_a_case_with_its_outcome() {
        let record = fixture::rich();
        let text = xml(&record);
        let document = roxmltree::Document::parse(&text).expect("well-formed");
        let cases: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name("testcase"))
            .collect();
        assert_eq!(cases.len(), record.items.len());
        for (case, item) in cases.iter().zip(&record.items) {
            assert_eq!(case.attribute("name"), Some(item.id.as_str()));
            let child = case
                .first_element_child()
                .map(|node| node.tag_name().name().to_owned());
            let expected = match item.verdict {
                Verdict::Pass => None,
                Verdict::Fail => Some("failure"),
                Verdict::Error(_) => Some("error"),
                Verdict::Attested(_) => Some("system-out"),
                _ => Some("skipped"),
            };
            assert_eq!(child.as_deref(), expected, "{}", item.id);
        }
        let suite = document
            .descendants()
            .find(|node| node.has_tag_name("testsuite"))
            .expect("one suite");
        assert_eq!(suite.attribute("failures"), Some("6"));
        assert_eq!(suite.attribute("skipped"), Some("3"));
    }

    #[test]
    fn a_failure_lists_twenty_places_and_says_how_many_there_are_more() {
        let mut record = fixture::small();
        let one = record.findings[0].clone();
        record.findings = vec![one; 23];
        let text = xml(&record);
        assert_eq!(text.matches("app/billing.py:14:16").count(), 20);
        assert!(text.contains("and 3 more"));
    }
}
