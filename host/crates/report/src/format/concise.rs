//! One line per finding, as compilers and linters write it: for editors, `grep` and people who know the rules.

use std::fmt::Write as _;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};

use crate::placeless::Kind;
use crate::terminal::paint::{self, Paint};
use crate::{neutral, placeless, select, shown_finding, summary};

/// Help of `--format concise`.
pub(super) const ABOUT: &str = "one line per finding: path:line:column: severity ID message";

/// See the module.
pub(super) struct Concise;

impl Format for Concise {
    fn name(&self) -> &str {
        "concise"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let paint = Paint {
            colour: view.colour,
        };
        let mut findings: Vec<_> = record
            .findings
            .iter()
            .filter(|finding| select::is_shown(finding, record.least, view))
            .collect();
        findings.sort_by(|a, b| (&a.place, &a.rule).cmp(&(&b.place, &b.rule)));
        let mut out = String::new();
        for finding in findings {
            let _ = writeln!(out, "{}", shown_finding::in_a_line(finding, paint));
        }
        for remark in placeless::remarks(record) {
            let (word, style) = match remark.kind {
                Kind::Budget(severity) => (severity.word(), paint::severity(severity)),
                Kind::Error => ("error", paint::word("error")),
            };
            let _ = writeln!(
                out,
                "{}: {}: {}",
                paint.paint(paint::BOLD, &remark.subject),
                paint.paint(style, word),
                remark.message
            );
        }
        for problem in &record.problems {
            let _ = writeln!(
                out,
                "{}: {}: {}",
                paint.paint(paint::BOLD, &neutral::line(&problem.subject)),
                paint.paint(paint::word("error"), "problem"),
                neutral::sentence(&problem.message)
            );
        }
        // What was left out or not understood decides how the lines above are read, here as in every other format.
        let notes: &[String] = if view.brief { &[] } else { &record.notes };
        for note in notes {
            let _ = writeln!(
                out,
                "{}: {}",
                paint.paint(paint::CYAN, "note"),
                neutral::sentence(note)
            );
        }
        let _ = writeln!(
            out,
            "{}: {}",
            paint.heading("perfctl"),
            summary::headline(record)
        );
        Ok(out.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn text(record: &RunRecord, view: &View) -> String {
        String::from_utf8(Concise.render(record, view).expect("renders")).expect("UTF-8")
    }

    #[test]
    fn every_finding_has_one_line_in_the_order_of_the_files() {
        let mut record = fixture::small();
        let mut first = record.findings[0].clone();
        first.place.path = "app/a\n.py".into();
        first.message = "two\nlines".to_owned();
        record.findings.push(first);
        let text = text(&record, &View::default());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[0], "app/a\\n.py:14:16: high NET-901 two lines");
        assert!(
            lines[1].starts_with("app/billing.py:14:16: high NET-901 "),
            "{text}"
        );
        assert!(lines[2].starts_with("perfctl: 2 findings"), "{text}");
    }

    #[test]
    fn a_suspicion_is_called_one() {
        let mut record = fixture::small();
        record.findings[0].confidence = perfctl_core::scale::Confidence::Low;
        record.least = perfctl_core::scale::Confidence::Low;
        let text = text(&record, &View::default());
        let said = "app/billing.py:14:16: high (suspicion) NET-901 ";
        assert!(text.starts_with(said), "{text}");
    }

    #[test]
    fn what_lies_on_no_line_has_one_of_its_own() {
        let text = text(&fixture::slow(), &View::default());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(
            lines[0].starts_with("START-901: high: `import.total"),
            "{text}"
        );
    }

    #[test]
    fn notes_stand_above_the_last_line_but_for_whoever_wants_findings_alone() {
        let mut record = fixture::small();
        record.notes = vec!["2 folders of\nexamples are left out".to_owned()];
        let said = text(&record, &View::default());
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(
            lines[1], "note: 2 folders of examples are left out",
            "{said}"
        );
        assert!(lines[2].starts_with("perfctl: "), "{said}");
        let brief = View {
            brief: true,
            ..View::default()
        };
        assert!(!text(&record, &brief).contains("note: "));
    }

    #[test]
    fn colour_is_for_terminals_and_silenced_findings_are_for_those_who_ask() {
        let mut record = fixture::rich();
        let styled = text(
            &record,
            &View {
                colour: true,
                silenced: true,
                ..View::default()
            },
        );
        assert!(styled.contains('\u{1b}') && styled.contains("(silenced by waiver: "));
        let plain = text(&record, &View::default());
        assert!(!plain.contains('\u{1b}') && !plain.contains("silenced by"));
        record.findings.clear();
        let problems = record.problems.len() + placeless::remarks(&record).len();
        assert_eq!(
            text(&record, &View::default()).lines().count(),
            problems + record.notes.len() + 1
        );
    }
}
