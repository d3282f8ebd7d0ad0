//! Questions asked without any language for rules in between.

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::fix::Safety;
use perfctl_core::place::ByteSpan;
use perfctl_core::rule::Layer;
use perfctl_core::scale::{Confidence, Reach};
use perfctl_core::seams::Never;
use perfctl_scan::scanner::{Ruleset, Survey, survey};
use perfctl_scan::tree::{Kind, Role};
use perfctl_scan::walk::Scope;

use super::words::{Kinds, MOST_WORDS, patterns};
use super::*;
use crate::pack::{PackFiles, Packs, Program};

/// A rule about calls of Python, for whose sake code is read at all.
const RULE: &str = r#"
schema = "perfctl.rule/1"
id = "ORG-1"
title = "t"
category = "test"
severity = "low"
languages = ["python"]
effort = "S"
match = [{ name = "call", kind = "call", called = ["get"] }]
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;

/// A repository of two files, code and a Dockerfile, and the folder that it is in.
struct Scanned {
    survey: Survey,
    _dir: tempfile::TempDir,
}

fn scanned() -> Scanned {
    let code = "import requests\n\ndef load(urls):\n    for url in urls:\n        requests.get(url, timeout=5)\n";
    let docker = "FROM python:3.12\nRUN pip install flask\n";
    scanned_with("", &[("a.py", code), ("Dockerfile", docker)])
}

/// A repository of `files`, with one file of facts unless that is empty.
fn scanned_with(facts: &str, files: &[(&str, &str)]) -> Scanned {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let pack = "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
    let script = "return { check = function() end }";
    let mut files = BTreeMap::from([
        ("pack.toml".to_owned(), pack.to_owned()),
        ("ORG-1/rule.toml".to_owned(), RULE.to_owned()),
        ("ORG-1/rule.lua".to_owned(), script.to_owned()),
    ]);
    if !facts.is_empty() {
        files.insert("facts/facts.toml".to_owned(), facts.to_owned());
    }
    let packs = Packs::load(&[PackFiles {
        folder: "org".to_owned(),
        layer: Layer::BuiltIn,
        shown: "org".to_owned(),
        files,
        program: Program::Scripts,
        is_sealed: false,
    }]);
    let rules = packs.rules.values().map(|rule| rule.matchers.clone());
    let ruleset = Ruleset {
        rules: rules.collect(),
        facts: Arc::new(packs.facts),
        max_file_size: 1 << 20,
    };
    Scanned {
        survey: survey(dir.path(), &ruleset, &Scope::default(), &Never),
        _dir: dir,
    }
}

fn repository(scanned: &Scanned) -> Repository {
    Repository::new(&scanned.survey, 0, BTreeMap::new())
}

fn file(scanned: &Scanned, path: &str) -> File {
    repository(scanned).open(path).expect("it is open")
}

fn call(scanned: &Scanned) -> Node {
    let root = file(scanned, "a.py").root().expect("it is code");
    let calls = root.descendants(&["call"], Some(&["get"])).expect("nodes");
    let [call] = <[Node; 1]>::try_from(calls).ok().expect("one call");
    call
}

fn told(at: Location) -> Told {
    Told {
        at,
        message: "slow".to_owned(),
        severity: None,
        confidence: None,
        reach: None,
        related: Vec::new(),
        notes: Vec::new(),
        fix: None,
    }
}

fn message<T>(answer: Answer<T>) -> String {
    answer.err().expect("a refusal").to_string()
}

#[test]
fn what_a_runtime_holds_between_calls_may_go_to_other_threads() {
    fn goes<T: Send + 'static>() {}
    goes::<(Node, Func, Loop, File, Span, Doc)>();
    goes::<(Docker, Stage, Instruction, Image, ShellCommand)>();
    goes::<(Repository, LoadHop, Match, Location)>();
    goes::<(Told, Draft, Findings)>();
}

#[test]
fn a_call_tells_what_it_calls_with_what_and_where() {
    let scanned = scanned();
    let call = call(&scanned);
    assert_eq!(call.target().expect("paths"), ["requests.get"]);
    assert!(
        call.is(&patterns(&["requests.*"]).expect("patterns"))
            .expect("an answer")
    );
    let (first, presence) = call.arg_at(0).expect("an argument");
    assert_eq!((first.is_some(), presence), (true, "given"));
    assert_eq!(call.arg_at(1).expect("an answer").1, "absent");
    let (timeout, presence) = call.arg_named("timeout").expect("an argument");
    assert_eq!(presence, "given");
    assert_eq!(timeout.expect("a node").source(), Ok("5"));
    let url = call.child(Role::Arg).expect("an answer").expect("a node");
    let loops = call.loops().expect("loops");
    assert_eq!(loops[0].carries(&url), Ok(true));
    let func = call.func().expect("an answer").expect("a function");
    assert_eq!(func.name(), Ok("load"));
    assert_eq!(func.params().expect("nodes").len(), 1);
}

#[test]
fn what_the_constructor_of_a_subclass_hands_on_is_hidden() {
    let text = "import redis\nclass Own(redis.Redis):\n    def __init__(self, key):\n        super().__init__(timeout=5)\nclass Bare(redis.Redis): pass\nown = Own('a', db=1)\nbare = Bare()\nown.get('k')\n";
    let facts =
        "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"redis.Redis\"]\nverb = \"construct\"\n";
    let scanned = scanned_with(facts, &[("a.py", text)]);
    let root = file(&scanned, "a.py").root().expect("it is code");
    let calls = |name: &str| root.descendants(&["call"], Some(&[name])).expect("nodes");
    let presence = |call: &Node, name: &str| call.arg_named(name).expect("an answer").1;
    assert_eq!(presence(&calls("Own")[0], "timeout"), "hidden");
    assert_eq!(presence(&calls("Own")[0], "db"), "given");
    assert_eq!(presence(&calls("Bare")[0], "timeout"), "absent");
    let receiver = calls("get")[0]
        .receiver()
        .expect("an answer")
        .expect("a node");
    let comes_from = |path: &str| receiver.comes_from(&patterns(&[path]).expect("patterns"));
    assert_eq!(comes_from("redis.Redis()"), Ok(true));
    assert_eq!(comes_from("redis.Other()"), Ok(false));
}

#[test]
fn positions_count_from_zero_and_bytes_are_half_open() {
    let scanned = scanned();
    let docker = file(&scanned, "Dockerfile").docker().expect("a Dockerfile");
    let stages = docker.stages().expect("stages");
    assert_eq!(stages[0].index(), 0);
    let run = &stages[0].instructions().expect("instructions")[0];
    let commands = run.commands().expect("commands");
    let word = commands[0].arg_at(1).expect("an answer").expect("a word");
    assert_eq!(word.source(), "flask");
    assert_eq!(commands[0].args(), Ok(vec!["install", "flask"]));
    let code = file(&scanned, "a.py");
    let span = code.span(ByteSpan::new(0, 6)).expect("bytes");
    assert_eq!((span.source(), span.line()), ("import", 1));
    assert_eq!(
        message(code.span(ByteSpan::new(4, 4000))),
        "bytes 5 to 4000 are not inside a.py"
    );
}

#[test]
fn a_finding_gets_what_follows_from_its_place() {
    let scanned = scanned();
    let at = call(&scanned).location().expect("a place");
    let draft = told(at).draft().expect("a finding");
    assert_eq!(draft.confidence, Confidence::High);
    assert_eq!((draft.symbol.as_str(), draft.place.start.line), ("load", 5));
    let whole = file(&scanned, "Dockerfile").location().expect("a place");
    assert_eq!(told(whole).draft().expect("a finding").reach, Reach::Build);
}

#[test]
fn what_is_told_is_cleaned_and_cut() {
    let scanned = scanned();
    let at = call(&scanned).location().expect("a place");
    let draft = Told {
        message: format!("a\nb\u{7}{}", "x".repeat(2 * LONGEST)),
        related: vec![(at.clone(), "here".to_owned()); 20],
        notes: (0..20)
            .rev()
            .map(|n| (format!("k{n:02}"), "v".to_owned()))
            .collect(),
        ..told(at)
    }
    .draft()
    .expect("a finding");
    assert!(draft.message.starts_with("a b\u{fffd}x") && draft.message.ends_with("x ..."));
    assert_eq!(draft.related.len(), MOST_RELATED);
    assert_eq!(draft.notes.len(), MOST_RELATED);
    assert!(draft.notes.is_sorted());
}

#[test]
fn what_cannot_be_believed_is_refused() {
    let scanned = scanned();
    let call = call(&scanned);
    let at = call.location().expect("a place");
    let outside = Location {
        span: ByteSpan::new(0, 4000),
        ..at.clone()
    };
    assert_eq!(
        message(told(outside).draft()),
        "the place is not inside a.py"
    );
    let fix = |edits: Vec<Put>| Told {
        fix: Some(ToldFix {
            title: "faster".to_owned(),
            safety: Some(Safety::Unsafe),
            edits: edits
                .into_iter()
                .map(|put| ToldEdit {
                    at: at.clone(),
                    put,
                    text: "x".to_owned(),
                })
                .collect(),
        }),
        ..told(at.clone())
    };
    assert_eq!(
        message(fix(vec![Put::InPlace; 2]).draft()),
        "edits of a fix overlap"
    );
    assert_eq!(
        message(fix(vec![Put::Behind; MOST_EDITS + 1]).draft()),
        "more than 1000 edits in one fix"
    );
    let draft = fix(vec![Put::Behind, Put::Before]).draft().expect("a fix");
    let made = draft.fix.expect("a fix");
    assert_eq!(made.safety, Safety::Unsafe);
    assert!(
        made.diff
            .contains("+        xrequests.get(url, timeout=5)x")
    );
    let mut findings = Findings::default();
    for _ in 0..MOST_FINDINGS {
        findings.add(told(at.clone())).expect("there is room");
    }
    assert_eq!(
        message(findings.add(told(at))),
        "more than 1000 findings in one call"
    );
    assert_eq!(findings.into_drafts().len(), MOST_FINDINGS);
}

#[test]
fn a_kind_that_is_none_is_refused() {
    let asked = Kinds::named(&["call", "functon"]);
    assert_eq!(
        message(asked),
        "`functon` is no kind of a node; did you mean `function`?"
    );
    let kinds = Kinds::named(&["call", "other"]).expect("kinds");
    let held: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| kinds.holds(*kind))
        .collect();
    assert_eq!(held, [Kind::Call, Kind::Other]);
}

#[test]
fn patterns_that_fit_nothing_and_lists_without_end_are_refused() {
    assert!(message(patterns(&["a.**.b"])).contains("`a.**.b` fits no path"));
    assert_eq!(
        message(patterns(&vec!["a"; MOST_WORDS + 1])),
        "more than 1000 words in one list"
    );
    // What braces stand for counts, and what is said twice counts once.
    assert_eq!(patterns(&["a.{b,c}", "a.b"]).map(|all| all.len()), Ok(2));
    let many = |texts: usize| -> Vec<String> {
        let ways: Vec<String> = (0..100).map(|at| format!("w{at}")).collect();
        (0..texts)
            .map(|at| format!("*m{at}.{{{}}}", ways.join(",")))
            .collect()
    };
    assert_eq!(patterns(&many(10)).map(|all| all.len()), Ok(1000));
    assert!(message(patterns(&many(11))).contains("more than 1000 patterns in one list"));
}
