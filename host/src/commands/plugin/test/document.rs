//! What came of the cases of collectors and formats, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::Tested;
use crate::commands::rule::layout::{BOLD, DIM, GREEN, RED, paint};

/// One line for each collector and format, with details where something failed.
pub(super) fn drawn(all: &[Tested], colour: bool) -> String {
    let mut out = String::new();
    for one in all {
        let (word, style) = match one.is_pass() {
            true => ("ok  ", GREEN),
            false => ("FAIL", RED),
        };
        let cases = match one.cases.len() {
            1 => "1 case".to_owned(),
            some => format!("{some} cases"),
        };
        let failed = one.cases.iter().filter(|case| !case.faults.is_empty());
        let failed = match failed.count() {
            0 => String::new(),
            some => format!(": {some} failed"),
        };
        let _ = writeln!(
            out,
            "{}  {}  {cases}{failed}",
            paint(word, style, colour),
            paint(&format!("{:<14}", one.name), BOLD, colour)
        );
        for fault in &one.faults {
            block(&mut out, "", fault);
        }
        for case in &one.cases {
            for fault in &case.faults {
                let head = paint(&format!("cases/{}: ", case.name), RED, colour);
                block(&mut out, &head, fault);
            }
            if !case.printed.is_empty() {
                let head = format!("printed in cases/{}:", case.name);
                let _ = writeln!(out, "      {}", paint(&head, DIM, colour));
            }
            for line in &case.printed {
                let _ = writeln!(out, "        {}", perfctl_report::neutral_line(line));
            }
        }
    }
    out
}

/// A text of several lines, indented.
fn block(out: &mut String, head: &str, text: &str) {
    let text = perfctl_report::neutral_block(text);
    for (at, line) in text.lines().enumerate() {
        let head = if at == 0 { head } else { "" };
        let _ = writeln!(out, "      {head}{line}");
    }
}

/// The result as JSON.
#[derive(Serialize)]
pub(super) struct Document<'t> {
    schema: &'static str,
    /// Whether everything could be read and nothing failed.
    pub(super) passed: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    unread: &'t [String],
    tests: Vec<Test<'t>>,
}

#[derive(Serialize)]
struct Test<'t> {
    plugin: &'t str,
    kind: &'static str,
    name: &'t str,
    passed: bool,
    faults: &'t [String],
    cases: Vec<Case<'t>>,
}

#[derive(Serialize)]
struct Case<'t> {
    name: &'t str,
    faults: &'t [String],
    printed: &'t [String],
}

impl<'t> Document<'t> {
    /// What came of `all`; `unread` is what could not be read, and so was not tested.
    pub(super) fn of(all: &'t [Tested], unread: &'t [String]) -> Self {
        let tests = all.iter().map(|one| Test {
            plugin: &one.plugin,
            kind: one.what,
            name: &one.name,
            passed: one.is_pass(),
            faults: &one.faults,
            cases: one
                .cases
                .iter()
                .map(|case| Case {
                    name: &case.name,
                    faults: &case.faults,
                    printed: &case.printed,
                })
                .collect(),
        });
        Self {
            schema: "perfctl.plugin-test/1",
            passed: unread.is_empty() && all.iter().all(Tested::is_pass),
            unread,
            tests: tests.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_has_not_passed() {
        let text = |unread: &[String]| {
            let document = Document::of(&[], unread);
            serde_json::to_value(&document).expect("JSON")
        };
        assert_eq!(text(&[])["passed"], true);
        let unread = text(&["acme: its component is not built".to_owned()]);
        assert_eq!(unread["passed"], false);
        assert_eq!(unread["unread"][0], "acme: its component is not built");
    }
}
