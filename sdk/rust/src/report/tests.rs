//! Findings and matches without a host.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use super::*;
use crate::declared::Matcher;
use crate::matches::Matches;
use crate::model::{File, Node};
use crate::words::Safety;

pub(super) const NODE: u32 = 1 << 28;
const SPAN: u32 = 2 << 28;
const FILE: u32 = 3 << 28;

pub(super) fn declared() -> Declared {
    let matcher = |name: &str, captures: &[&str]| Matcher {
        name: name.to_owned(),
        captures: captures.iter().map(|name| (*name).to_owned()).collect(),
    };
    let message = |id: &str, parameters: &[&str]| Message {
        id: id.to_owned(),
        parameters: parameters.iter().map(|name| (*name).to_owned()).collect(),
    };
    Declared {
        matchers: vec![matcher("request", &["URL", "REST"]), matcher("file", &[])],
        messages: vec![
            message("plain", &[]),
            message("no-timeout", &["library", "seconds"]),
        ],
    }
}

/// What a panic says.
fn said(act: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let payload = std::panic::catch_unwind(act).unwrap_err();
    payload.downcast_ref::<String>().unwrap().clone()
}

#[test]
fn findings_become_rows_with_texts_in_the_order_of_the_message() {
    let declared = declared();
    let mut report = Report::new(&declared);
    report.finding(Node(NODE + 5), "plain");
    report
        .finding(Node(NODE + 7), "no-timeout")
        .arg("seconds", 30)
        .arg("library", "requests")
        .severity(Severity::High)
        .confidence(Confidence::Medium)
        .reach(Reach::Worker)
        .related(Node(NODE + 8), "made here")
        .note("calls", 2)
        .fix(
            Fix::new("Add a timeout")
                .safety(Safety::Unsafe)
                .after(Node(NODE + 9), ", timeout=30"),
        );
    let found = report.into_findings();
    assert_eq!(
        found.rows,
        [NODE + 5, 0, 0, 0, 0, 0, NODE + 7, 1, 3, 2, 2, 2]
    );
    assert_eq!(found.texts, ["requests", "30"]);
    assert_eq!(
        (found.related[0].finding, found.related[0].at),
        (1, NODE + 8)
    );
    assert_eq!((found.notes[0].finding, &*found.notes[0].value), (1, "2"));
    let fix = &found.fixes[0];
    assert_eq!((fix.finding, fix.safety, fix.edits[0].how), (1, 1, 2));
}

#[test]
fn mistakes_in_messages_name_what_there_is() {
    let report = |id: &'static str, names: &'static [&'static str]| {
        said(move || {
            let declared = declared();
            let mut report = Report::new(&declared);
            let mut finding = report.finding(Node(NODE), id);
            for name in names {
                finding = finding.arg(name, "");
            }
        })
    };
    assert_eq!(
        report("no-time", &[]),
        "there is no message `no-time`; rule.toml has `plain`, `no-timeout`"
    );
    assert_eq!(
        report("no-timeout", &["libary"]),
        "the message `no-timeout` has no name `libary`; it has `library`, `seconds`"
    );
    assert_eq!(
        report("no-timeout", &["library"]),
        "the message `no-timeout` needs `seconds`, too: give it with `arg`"
    );
    assert_eq!(
        report("no-timeout", &["library", "library"]),
        "`library` was given before"
    );
    assert_eq!(
        report("plain", &["library"]),
        "the message `plain` has no name `library`; it has none"
    );
}

#[test]
fn matches_and_captures_are_read_from_rows() {
    let declared = declared();
    let rows = [
        [0, 0, 10, 30, NODE + 1],
        [0, 1, 12, 15, NODE + 2],
        [0, 2, 16, 17, SPAN + 3],
        [0, 2, 18, 19, NODE + 4],
        [1, 0, 0, 0, FILE + 1],
        [0, 0, 40, 50, SPAN + 5],
    ]
    .concat();
    let matches = Matches::new(File(FILE + 1), &rows, &declared);
    let names: Vec<_> = matches.iter().map(|found| found.matcher()).collect();
    assert_eq!(names, ["request", "file", "request"]);

    let requests: Vec<_> = matches.of("request").collect();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].node().0, NODE + 1);
    assert_eq!(requests[0].capture("URL").unwrap().node().0, NODE + 2);
    let rest: Vec<_> = requests[0].captures("REST").collect();
    assert_eq!(rest[0].name(), "REST");
    assert!(rest[0].try_node().is_none());
    assert_eq!(rest[0].bytes(), Some((16, 17)));
    assert_eq!(rest[1].node().0, NODE + 4);
    assert!(requests[1].try_node().is_none());
    assert_eq!(requests[1].span().unwrap().0, SPAN + 5);
    assert!(requests[1].capture("URL").is_none());
    let whole = matches.of("file").next().unwrap();
    assert_eq!(Place::from(whole).0, FILE + 1);
    assert_eq!(whole.bytes(), None);
}

#[test]
fn mistakes_in_names_say_what_there_is() {
    let rows = [0, 0, 40, 50, SPAN + 5];
    let first = |act: fn(crate::matches::Match<'_>)| {
        said(move || {
            let declared = declared();
            act(Matches::new(File(FILE), &rows, &declared)
                .iter()
                .next()
                .unwrap());
        })
    };
    assert_eq!(
        first(|found| {
            found.node();
        }),
        "a match of `request` has no node: ask with `try_node`"
    );
    assert_eq!(
        first(|found| {
            found.capture("url");
        }),
        "the matcher `request` captures no `url`; it captures `URL`, `REST`"
    );
    let unknown = said(move || {
        let declared = declared();
        Matches::new(File(FILE), &rows, &declared).of("requests");
    });
    assert_eq!(
        unknown,
        "there is no matcher `requests`; rule.toml has `request`, `file`"
    );
}
