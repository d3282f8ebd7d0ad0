//! `expect.toml`: marks for files that have no comments, and the verdict of the case as a whole.

use perfctl_core::fix::Safety;
use perfctl_core::ids::RuleId;
use perfctl_core::place::LineIndex;
use perfctl_core::scale::Confidence;
use perfctl_wire::diagnose::Faults;
use perfctl_wire::table::{Document, Refusal, Table, Value};

use super::folder::CaseFile;
use super::marker::{Mark, Marked};
use super::{mutation, slip};

/// The name of the file.
pub(super) const NAME: &str = "expect.toml";

/// The schema that this version reads; a file need not name it.
const SCHEMA: &str = "perfctl.expect/1";

/// What one `expect.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expect {
    /// Marks by path from the case's folder.
    pub(super) marks: Vec<(String, Marked)>,
    /// What fixes must come to.
    pub(super) fixed: Vec<Fixed>,
    /// What findings must say.
    pub(super) said: Vec<Said>,
    /// How the rule must end, where that is no matter of findings.
    pub(super) verdict: Option<Expected>,
}

/// A verdict that a case may expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// The rule must not apply.
    NotApplicable,
    /// It must say that evidence is needed.
    NeedsEvidence,
}

impl Expected {
    /// What is written for it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Expected::NotApplicable => "not_applicable",
            Expected::NeedsEvidence => "needs_evidence",
        }
    }
}

/// What must come of the fix of the finding on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fixed {
    /// The file, from the case's folder.
    pub(super) path: String,
    /// The line of the finding, from 1.
    pub(super) line: u32,
    /// Whether there is one, and which.
    pub(super) offer: Offer,
}

/// What a finding must offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// No fix: the rule knows why it would be wrong here.
    Nothing,
    /// A fix of this class, or of any.
    Fix {
        /// What may be done with it.
        safety: Option<Safety>,
        /// Texts that the file holds afterwards, and did not hold before.
        gives: Vec<String>,
    },
}

/// What the finding on one line must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// The file, from the case's folder.
    pub(super) path: String,
    /// The line of the finding, from 1.
    pub(super) line: u32,
    /// Texts that its message holds.
    pub(super) message: Vec<String>,
    /// Texts that its notes hold, each of them some note, written `key: value`.
    pub(super) notes: Vec<String>,
    /// Texts that neither its message nor a note holds.
    pub(super) lacks: Vec<String>,
}

/// Reads the file `own` of a case with those `files`. Paths in it start at its own folder.
///
/// # Errors
/// Every fault of the file.
pub(super) fn read(own: &CaseFile, files: &[CaseFile]) -> Result<Expect, Faults> {
    let text = String::from_utf8_lossy(&own.bytes);
    let folder = own.path.strip_suffix(NAME).unwrap_or_default();
    Document::parse(&own.path, &text)?.read(|table| {
        if table.has("schema") {
            table.schema(SCHEMA);
        }
        let verdict = table.value("verdict").map(|value| {
            value.word(&[
                ("not-applicable", Expected::NotApplicable),
                ("needs-evidence", Expected::NeedsEvidence),
            ])
        });
        let by_flag = [Expected::NotApplicable, Expected::NeedsEvidence]
            .map(|expected| (expected, table.flag(expected.key())));
        let marks = table.tables("expect", |table| {
            let mark = mark(table);
            let (path, line) = place(table, folder, files)?;
            Some((path, Marked { line, mark: mark? }))
        });
        let fixed = table.tables("fixed", |table| {
            let offer = offer(table);
            let (path, line) = place(table, folder, files)?;
            let offer = offer?;
            Some(Fixed { path, line, offer })
        });
        let said = table.tables("said", |table| said(table, folder, files));
        let mut expected: Vec<Expected> = verdict.flatten().into_iter().collect();
        for (verdict, flag) in by_flag {
            if flag? && !expected.contains(&verdict) {
                expected.push(verdict);
            }
        }
        if expected.len() > 1 {
            table.report(table.fault("a case has one verdict"));
        }
        Some(Expect {
            marks,
            fixed,
            said,
            verdict: expected.first().copied(),
        })
    })
}

/// What `[[fixed]]` expects.
fn offer(table: &Table<'_>) -> Option<Offer> {
    let classes = [Safety::Safe, Safety::Unsafe, Safety::DisplayOnly];
    let classes = classes.map(|class| (class.word(), class));
    let is_none = table.flag("none");
    let (written, gives) = (table.value("safety"), filled(table, "gives"));
    let safety = written.as_ref().map(|value| value.word(&classes));
    if is_none? {
        for key in ["safety", "gives"] {
            if let Some(value) = table.value(key) {
                let message =
                    format!("`none` says that there is no fix, `{key}` what the fix is like");
                value.refuse(Refusal::new(message).hint("leave one of them out"));
            }
        }
        return Some(Offer::Nothing);
    }
    let safety = match safety {
        Some(read) => Some(read?),
        None => None,
    };
    let gives = gives?;
    Some(Offer::Fix { safety, gives })
}

/// What `[[said]]` expects.
fn said(table: &Table<'_>, folder: &str, files: &[CaseFile]) -> Option<Said> {
    let elsewhere = "how sure a finding is stands with its mark";
    table.refuse(
        "confidence",
        Refusal::new(elsewhere)
            .hint("write `finding: RULE-ID confidence: low`, or `confidence` in its `[[expect]]`"),
    );
    let (message, notes, lacks) = (
        filled(table, "message"),
        filled(table, "notes"),
        filled(table, "lacks"),
    );
    let place = place(table, folder, files);
    let (message, notes, lacks) = (message?, notes?, lacks?);
    if message.is_empty() && notes.is_empty() && lacks.is_empty() {
        let fault = table.fault("it is not said what the finding says");
        table.report(fault.with_hint("add `message = [\"words of it\"]`, `notes` or `lacks`"));
    }
    let (path, line) = place?;
    Some(Said {
        path,
        line,
        message,
        notes,
        lacks,
    })
}

/// A list of texts, each of which holds something.
fn filled(table: &Table<'_>, key: &'static str) -> Option<Vec<String>> {
    let texts = table.texts(key);
    let texts = texts.iter().map(|text| text.filled().map(str::to_owned));
    texts.collect()
}

/// The file and the line that an entry is about.
fn place(table: &Table<'_>, folder: &str, files: &[CaseFile]) -> Option<(String, u32)> {
    let file = table.need("file", "\"package.json\"");
    let text = table.need("text", "\"a text that is there once\"");
    let at = file.and_then(|file| {
        let path = format!("{folder}{}", file.filled()?);
        let found = files.iter().find(|other| other.path == path);
        file.accept(found.ok_or_else(|| Refusal::new(format!("the case has no file `{path}`"))))
    })?;
    let text = text?;
    let line = text.accept(line_of(&at.bytes, text.filled()?))?;
    Some((at.path.clone(), line))
}

/// The line on which `text` begins.
fn line_of(bytes: &[u8], text: &str) -> Result<u32, Refusal> {
    let mut places = memchr::memmem::find_iter(bytes, text.as_bytes());
    match (places.next(), places.count()) {
        (Some(at), 0) => Ok(LineIndex::new(bytes).line_of(at as u32)),
        (Some(_), more) => Err(
            Refusal::new(format!("`{text}` is {} times in the file", more + 1))
                .hint("quote more of it, so that it is unique"),
        ),
        (None, _) => Err(Refusal::new(format!("`{text}` is not in the file"))),
    }
}

fn mark(table: &Table<'_>) -> Option<Mark> {
    let id = |value: Value<'_>| value.parsed(perfctl_wire::names::rule_id);
    let (finding, ok, todo) = (
        table.value("finding"),
        table.value("ok"),
        table.value("todo"),
    );
    let levels: Vec<(&str, Confidence)> = Confidence::ALL
        .iter()
        .map(|step| (step.word(), *step))
        .collect();
    let confidence = table.value("confidence").map(|value| value.word(&levels));
    let mutate = table.texts("mutate");
    let mut mutations = Vec::new();
    for value in &mutate {
        mutations.extend(value.accept(mutation::read(value.text()?).map_err(Refusal::new))?);
    }
    match (finding, ok, todo) {
        (Some(value), None, None) => Some(Mark::Finding(id(value)?, confidence.flatten())),
        (None, Some(value), None) => {
            let why = value.filled()?;
            if let Some(written) = slip::mutation_in(why) {
                value.refuse(
                    Refusal::new("a mutation in the reason is never made")
                        .hint(format!("write it beside: `mutate = ['{written}']`")),
                );
            }
            Some(Mark::Fine(why.to_owned(), mutations))
        }
        (None, None, Some(value)) => Some(Mark::Todo(id(value)?)),
        _ => {
            let fault = table.fault("an expectation is one of `finding`, `ok` and `todo`");
            table.report(
                fault.with_hint("add `finding = \"RULE-ID\"` or `ok = \"why it is none\"`"),
            );
            None
        }
    }
}

/// The rules that an expectation names, to see whether they exist.
pub(super) fn rule_of(mark: &Mark) -> Option<&RuleId> {
    match mark {
        Mark::Finding(id, _) | Mark::Todo(id) => Some(id),
        Mark::Fine(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(path: &str, text: &str) -> Result<Expect, String> {
        let file = |path: &str, text: &str| CaseFile {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let files = [
            file("a/package.json", "{\n \"x\": 1,\n \"y\": 1\n}\n"),
            file("a/expect.toml", ""),
            file("b.json", "{}"),
        ];
        read(&file(path, text), &files).map_err(|faults| faults.to_string())
    }

    #[test]
    fn texts_stand_for_their_lines_and_paths_start_beside_the_file() {
        let text = "[[expect]]\nfile = 'package.json'\ntext = '\"y\"'\nfinding = 'NET-1'\nconfidence = 'low'\n\
            [[expect]]\nfile = 'package.json'\ntext = '\"x\"'\nok = 'why'\nmutate = ['s/1/2/', 's/3/4/']\n";
        let expect = read_in("a/expect.toml", text).expect("well formed");
        assert_eq!(
            expect.marks[0].1,
            Marked {
                line: 3,
                mark: Mark::Finding(RuleId::from("NET-1"), Some(Confidence::Low))
            }
        );
        assert!(
            matches!(&expect.marks[1], (path, Marked { line: 2, mark: Mark::Fine(_, two) }) if path == "a/package.json" && two.len() == 2)
        );
        assert_eq!(expect.verdict, None);
    }

    #[test]
    fn a_mutation_in_a_reason_is_refused() {
        for written in ["mutate: s/1/2/", "mutate s/1/2/"] {
            let text = format!(
                "[[expect]]\nfile = 'package.json'\ntext = '\"x\"'\nok = 'why; {written}'\n"
            );
            let refused = read_in("a/expect.toml", &text).expect_err("it is refused");
            assert!(refused.contains("mutate = ['s/1/2/']"), "{refused}");
        }
    }

    #[test]
    fn what_a_fix_must_come_to_is_named_by_the_line_of_its_finding() {
        let offer = |rest: &str| {
            let text = format!("[[fixed]]\nfile = 'package.json'\ntext = '\"y\"'\n{rest}\n");
            let mut fixed = read_in("a/expect.toml", &text).expect("well formed").fixed;
            let fixed = fixed.pop().expect("one entry");
            assert_eq!((fixed.path.as_str(), fixed.line), ("a/package.json", 3));
            fixed.offer
        };
        let fix = |safety, gives: &[&str]| Offer::Fix {
            safety,
            gives: gives.iter().map(|text| (*text).to_owned()).collect(),
        };
        assert_eq!(offer("gives = ['a', 'b']"), fix(None, &["a", "b"]));
        assert_eq!(offer(""), fix(None, &[]));
        for class in [Safety::Safe, Safety::Unsafe, Safety::DisplayOnly] {
            let written = format!("safety = '{}'", class.word());
            assert_eq!(offer(&written), fix(Some(class), &[]));
        }
        assert_eq!(offer("none = true"), Offer::Nothing);
        assert_eq!(offer("none = false\ngives = ['a']"), fix(None, &["a"]));
    }

    #[test]
    fn what_a_finding_must_say_is_named_by_its_line() {
        let text = "[[said]]\nfile = 'package.json'\ntext = '\"y\"'\nmessage = ['m']\nnotes = ['n']\nlacks = ['l']\n";
        let expect = read_in("a/expect.toml", text).expect("well formed");
        let texts = |text: &str| vec![text.to_owned()];
        let said = Said {
            path: "a/package.json".to_owned(),
            line: 3,
            message: texts("m"),
            notes: texts("n"),
            lacks: texts("l"),
        };
        assert_eq!(expect.said, [said]);
    }

    #[test]
    fn expectations_that_contradict_themselves_are_refused() {
        let entry = |table: &str, rest: &str| {
            format!("[[{table}]]\nfile = 'package.json'\ntext = 'x'\n{rest}")
        };
        for (text, fault) in [
            (
                entry("fixed", "none = true\ngives = ['a']"),
                "`none` says that there is no fix, `gives` what",
            ),
            (
                entry("fixed", "none = true\nsafety = 'safe'"),
                "`none` says that there is no fix, `safety` what",
            ),
            (entry("fixed", "safety = 'shown'"), "shown-only"),
            (entry("fixed", "gives = ['']"), "gives"),
            (entry("said", ""), "not said what the finding says"),
            (
                entry("said", "message = ['a']\nconfidence = 'low'"),
                "stands with its mark",
            ),
            (entry("said", "says = ['a']"), "says"),
        ] {
            let error = read_in("a/expect.toml", &text).expect_err(&text);
            assert!(error.contains(fault), "{text}: {error}");
        }
    }

    #[test]
    fn the_verdict_of_the_case_is_named_in_either_way() {
        for (text, verdict) in [
            ("not_applicable = true", Expected::NotApplicable),
            ("verdict = \"not-applicable\"", Expected::NotApplicable),
            (
                "schema = \"perfctl.expect/1\"\nnot_applicable = true",
                Expected::NotApplicable,
            ),
            ("needs_evidence = true", Expected::NeedsEvidence),
            (
                "verdict = \"needs-evidence\"\nneeds_evidence = true",
                Expected::NeedsEvidence,
            ),
        ] {
            assert_eq!(
                read_in("expect.toml", text).map(|expect| expect.verdict),
                Ok(Some(verdict)),
                "{text}"
            );
        }
    }

    #[test]
    fn every_fault_is_said() {
        let entry = |rest: &str| format!("[[expect]]\nfile = 'package.json'\n{rest}");
        for (text, fault) in [
            (entry("text = 'z'\nok = 'x'"), "`z` is not in the file"),
            (entry("text = '1'\nok = 'x'"), "`1` is 2 times in the file"),
            (entry("text = 'x'"), "one of `finding`, `ok` and `todo`"),
            (
                entry("text = 'x'\nok = 'x'\nfinding = 'NET-1'"),
                "one of `finding`, `ok` and `todo`",
            ),
            (entry("text = 'x'\nfinding = 'net'"), "net"),
            (
                entry("text = 'x'\nok = 'x'\nmutate = ['x']"),
                "is no mutation",
            ),
            (entry("text = 'x'\nok = 'x'\nwhy = 'y'"), "why"),
            (
                "[[expect]]\nfile = 'b.json'\ntext = '{'\nok = 'x'".to_owned(),
                "no file `a/b.json`",
            ),
            ("verdict = 'pass'".to_owned(), "pass"),
            (
                "needs_evidence = true\nnot_applicable = true".to_owned(),
                "a case has one verdict",
            ),
        ] {
            let error = read_in("a/expect.toml", &text).expect_err(&text);
            assert!(error.contains(fault), "{text}: {error}");
        }
    }
}
