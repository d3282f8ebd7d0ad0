//! The harness on packs and cases that are written for the test: marks held against findings. What else a case can say has a file of
//! its own beside this one.

mod clues;
mod faults;
mod fixes;
mod mutations;
mod sayings;
mod verdicts;

use std::fs;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;

use super::*;
use crate::pack::{PackFiles, Program};

const RULE: &str = r#"
schema = "perfctl.rule/1"
id = "NET-1"
title = "call without a limit"
category = "network"
severity = "high"
languages = ["python"]
effort = "S"

[[match]]
name = "get"
kind = "call"
target = ["requests.get"]

[applies]
imports = ["requests"]
reason = "nothing is requested here"

[help]
what = "w"
why = "w"
source = "s"
fix = "f"
false_alarms = "f"
"#;

/// The matcher of a rule whose script judges the repository as a whole.
const WHOLE: &str = "[[match]]\nname = \"all\"\nkind = \"repository\"\n\n[applies]";

const SCRIPT: &str = r#"return {
  check = function(file, matches, report)
    for _, match in matches do
      local _, state = match.node:arg("timeout")
      if state == "absent" then
        local sure = file:imports({ "maybe" }) and "medium" or "high"
        report({ at = match.node, message = "no limit", confidence = sure })
      end
    end
  end,
}
"#;

const PACK: &str =
    "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";

fn harness(rules: &[(&str, &str)]) -> Harness {
    let mut files = BTreeMap::from([("pack.toml".to_owned(), PACK.to_owned())]);
    for (id, script) in rules {
        let head = RULE.replace("NET-1", id);
        let head = match script.contains("check_repository") {
            true => head.replace("[applies]", WHOLE),
            false => head,
        };
        files.insert(format!("{id}/rule.toml"), head);
        files.insert(format!("{id}/rule.lua"), (*script).to_owned());
    }
    let pack = PackFiles {
        folder: "org".to_owned(),
        layer: Layer::BuiltIn,
        shown: "org".to_owned(),
        files,
        program: Program::default(),
        is_sealed: false,
    };
    let packs = Packs::load(&[pack]);
    assert!(
        packs.problems.is_empty() && packs.broken.is_empty(),
        "{:?} {:?}",
        packs.problems,
        packs.broken
    );
    Harness::new(packs, 2, std::env::temp_dir())
}

/// A rule's folder with one case of these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = dir.path().join("cases/one").join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    dir
}

fn run_in(harness: &Harness, files: &[(&str, &str)], scope: Scope) -> CaseResult {
    let dir = folder(files);
    let cases = find(dir.path()).expect("readable");
    let mut results = harness.run(&RuleId::from("NET-1"), &cases, scope, &Never);
    assert_eq!((results.len(), results[0].name.as_str()), (1, "one"));
    results.remove(0)
}

/// Outcomes of one case of one rule, as `word path:line`.
fn outcomes(files: &[(&str, &str)]) -> Vec<String> {
    shown(&run_in(&harness(&[("NET-1", SCRIPT)]), files, Scope::Rule))
}

fn shown(result: &CaseResult) -> Vec<String> {
    result
        .lines
        .iter()
        .map(|line| format!("{} {}:{}", line.outcome.word(), line.path, line.line))
        .collect()
}

fn message(files: &[(&str, &str)]) -> String {
    let result = run_in(&harness(&[("NET-1", SCRIPT)]), files, Scope::Rule);
    result
        .lines
        .into_iter()
        .filter(|line| !line.outcome.is_pass())
        .map(|line| line.message)
        .collect::<Vec<_>>()
        .join("\n")
}

const IMPORT: &str = "import requests\n";

fn app(body: &str) -> Vec<(&'static str, String)> {
    vec![("app.py", format!("{IMPORT}{body}"))]
}

fn of(body: &str) -> Vec<String> {
    let files = app(body);
    outcomes(
        &files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect::<Vec<_>>(),
    )
}

fn why(body: &str) -> String {
    let files = app(body);
    message(
        &files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect::<Vec<_>>(),
    )
}

#[test]
fn marks_and_findings_are_held_against_each_other_both_ways() {
    assert_eq!(
        of("requests.get(u)  # finding: NET-1\n"),
        ["reported app.py:2"]
    );
    assert_eq!(
        of("requests.get(u, timeout=3)  # ok: has a limit\n"),
        ["validated app.py:2"]
    );
    assert_eq!(
        of("requests.get(u, timeout=3)  # finding: NET-1\n"),
        ["missing app.py:2"]
    );
    assert!(
        why("requests.get(u)  # finding: NET-1, NET-1\n")
            .contains("NET-1 is marked here more than once, and found once"),
    );
    assert_eq!(of("requests.get(u)\n"), ["noisy app.py:2"]);
    assert_eq!(of("requests.get(u)  # ok: I say so\n"), ["noisy app.py:2"]);
    assert!(why("requests.get(u)  # ok: I say so\n").contains("though marked `ok: I say so`"));
}

#[test]
fn two_findings_on_a_line_want_two_marks() {
    let call = "requests.get(requests.get(u).text)";
    assert_eq!(
        of(&format!("{call}  # finding: NET-1\n")),
        ["reported app.py:2", "noisy app.py:2"]
    );
    assert_eq!(
        of(&format!("{call}  # finding: NET-1, NET-1\n")),
        ["reported app.py:2", "reported app.py:2"]
    );
}

#[test]
fn a_known_gap_is_counted_until_it_is_closed() {
    assert_eq!(
        of("requests.get(u, timeout=None)  # todo: NET-1\n"),
        ["gap app.py:2"]
    );
    let closed = "requests.get(u)  # todo: NET-1\n";
    assert_eq!(of(closed), ["gap-closed app.py:2"]);
    assert!(why(closed).contains("write `finding: NET-1`"));
}

#[test]
fn confidence_is_compared_where_it_is_marked() {
    let sure = |word: &str| {
        of(&format!(
            "import maybe\nrequests.get(u)  # finding: NET-1 confidence: {word}\n"
        ))
    };
    assert_eq!(sure("medium"), ["reported app.py:3"]);
    assert_eq!(sure("high"), ["wrong app.py:3"]);
}

#[test]
fn files_without_comments_are_marked_beside_them() {
    let file = (
        "src/app.py",
        "import requests\nrequests.get(a)\nrequests.get(b, timeout=3)\n",
    );
    let expect = "[[expect]]\nfile = 'app.py'\ntext = 'get(a)'\nfinding = 'NET-1'\n\
        [[expect]]\nfile = 'app.py'\ntext = 'get(b'\nok = 'has a limit'\nmutate = ['s/, timeout=3//']\n";
    let all = [
        "reported src/app.py:2",
        "validated src/app.py:3",
        "fired src/app.py:3",
    ];
    assert_eq!(outcomes(&[file, ("src/expect.toml", expect)]), all);
    let faulty = expect.replace("get(a)", "get(");
    let lines = outcomes(&[file, ("src/expect.toml", &faulty)]);
    assert!(
        lines.contains(&"broken src/expect.toml:0".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn paths_are_judged_from_the_case_on() {
    let files = [
        (
            "tests/test_app.py",
            "import requests\nrequests.get(u)  # ok: a test\n",
        ),
        ("app.py", IMPORT),
    ];
    assert_eq!(outcomes(&files), ["validated tests/test_app.py:2"]);
}

#[test]
fn marks_of_other_rules_count_only_when_their_rules_run() {
    let other = SCRIPT.replace("no limit", "also found");
    let harness = harness(&[("NET-1", SCRIPT), ("NET-2", &other)]);
    let files = [(
        "app.py",
        "import requests\nrequests.get(u)  # finding: NET-1\n",
    )];
    assert_eq!(
        shown(&run_in(&harness, &files, Scope::Rule)),
        ["reported app.py:2"]
    );
    assert_eq!(
        shown(&run_in(&harness, &files, Scope::Pack)),
        ["reported app.py:2", "noisy app.py:2"]
    );
    let files = [(
        "app.py",
        "import requests\nrequests.get(u)  # finding: NET-1, NET-2\n",
    )];
    assert!(
        run_in(&harness, &files, Scope::Rule).is_pass()
            && run_in(&harness, &files, Scope::Pack).is_pass()
    );
}

#[test]
fn many_cases_keep_their_order() {
    let dir = tempfile::tempdir().expect("a folder");
    for at in 0..20 {
        let case = dir.path().join(format!("cases/{at:02}"));
        fs::create_dir_all(&case).expect("a folder");
        let mark = if at % 3 == 0 {
            ""
        } else {
            "  # finding: NET-1"
        };
        fs::write(
            case.join("app.py"),
            format!("import requests\nrequests.get(u){mark}\n"),
        )
        .expect("a file");
    }
    let results = harness(&[("NET-1", SCRIPT)]).run(
        &RuleId::from("NET-1"),
        &find(dir.path()).expect("readable"),
        Scope::Rule,
        &Never,
    );
    for (at, result) in results.iter().enumerate() {
        assert_eq!(
            (result.name.as_str(), result.is_pass()),
            (format!("{at:02}").as_str(), at % 3 != 0)
        );
    }
    assert!(
        find(&dir.path().join("cases/00"))
            .expect("readable")
            .is_empty()
    );
}

#[test]
fn a_file_among_cases_is_told_and_not_passed_over() {
    let rule = tempfile::tempdir().expect("a folder");
    let cases = rule.path().join("cases");
    std::fs::create_dir_all(cases.join("found")).expect("made");
    for name in [".DS_Store", "README.md"] {
        std::fs::write(cases.join(name), "").expect("written");
    }
    assert_eq!(find(rule.path()).expect("whole"), [cases.join("found")]);
    std::fs::write(cases.join("loose.py"), "").expect("written");
    let refused = find(rule.path()).expect_err("loose").to_string();
    assert!(
        refused.contains("cases/loose.py is a file, and cases are folders"),
        "{refused}"
    );
}
