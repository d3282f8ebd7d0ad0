//! The harness on packs and cases that are written for the test.

use std::fs;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;

use super::*;
use crate::pack::PackFiles;

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

[[match]]
name = "all"
kind = "repository"

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
        files.insert(format!("{id}/rule.toml"), RULE.replace("NET-1", id));
        files.insert(format!("{id}/rule.lua"), (*script).to_owned());
    }
    let pack = PackFiles {
        folder: "org".to_owned(),
        layer: Layer::BuiltIn,
        shown: "org".to_owned(),
        files,
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
fn an_ok_must_fire_once_its_guard_is_removed() {
    let case = |mutation: &str| {
        of(&format!(
            "requests.get(u, timeout=3)  # ok: has a limit; mutate: {mutation}\n"
        ))
    };
    assert_eq!(
        case("s/, timeout=3//"),
        ["validated app.py:2", "fired app.py:2"]
    );
    assert_eq!(
        case("s/timeout=3/timeout=4/"),
        ["validated app.py:2", "silent app.py:2"]
    );
    assert_eq!(
        case("s/nothing//"),
        ["validated app.py:2", "broken app.py:2"]
    );
    assert_eq!(
        case("s/, timeout=3//; mutate: s/(u/(v/"),
        ["validated app.py:2", "fired app.py:2", "silent app.py:2"]
    );
    assert_eq!(
        case("s/import requests/import requests\\n/ s/, timeout=3//"),
        ["validated app.py:2", "fired app.py:2"]
    );
    assert_eq!(
        case("other.py s/a/b/"),
        ["validated app.py:2", "broken app.py:2"]
    );
}

#[test]
fn a_mutation_that_does_not_do_its_work_says_what_happened_instead() {
    let why = |mutation: &str| {
        why(&format!(
            "requests.get(u, timeout=3)  # ok: has a limit; mutate: {mutation}\n"
        ))
    };
    assert!(
        why("s/u, timeout=3)/u/").contains("breaks the file: line"),
        "{}",
        why("s/u, timeout=3)/u/")
    );
    assert!(
        why("s/requests.get/x = 1; \\n\\nrequests.get/ s/, timeout=3//")
            .contains("it finds app.py:4")
    );
    assert!(
        why("s/import requests/import os/").contains("does not apply: nothing is requested here")
    );
}

#[test]
fn a_mutation_may_touch_another_file_and_the_case_stays_as_it_is() {
    let dir = folder(&[
        (
            "app.py",
            "from net import limits\nimport requests\nrequests.get(u, **limits)  # ok: limits; mutate: net.py s/x/y/ s/, **limits//\n",
        ),
        (
            "net.py",
            "limits = {'timeout': 3}  # x\n# ok: x; mutate: s/x/y/\nz = 1\n",
        ),
    ]);
    let harness = harness(&[("NET-1", SCRIPT)]);
    let results = harness.run(
        &RuleId::from("NET-1"),
        &find(dir.path()).expect("readable"),
        Scope::Rule,
        &Never,
    );
    assert_eq!(
        shown(&results[0])[..2],
        ["validated app.py:3", "fired app.py:3"]
    );
    let kept = fs::read_to_string(dir.path().join("cases/one/net.py")).expect("it is there");
    assert!(kept.starts_with("limits = {'timeout': 3}  # x"));
}

#[test]
fn a_comment_that_allows_is_no_finding_and_must_be_needed() {
    let allow = "# perfctl: allow NET-1 -- measured";
    assert_eq!(
        of(&format!("requests.get(u)  {allow}\n")),
        ["allowed app.py:2"]
    );
    assert_eq!(
        of(&format!("{allow}\nrequests.get(u, timeout=3)\n")),
        ["missing app.py:3"]
    );
    assert_eq!(
        of("requests.get(u)  # perfctl: allow NET-1\n"),
        ["noisy app.py:2"],
        "without a reason it allows nothing"
    );
    assert_eq!(
        of(&format!("{allow}\nrequests.get(u)  # finding: NET-1\n")),
        ["allowed app.py:3", "missing app.py:3"]
    );
}

#[test]
fn a_rule_that_does_not_apply_is_expected_or_wrong() {
    let file = ("app.py", "import os\nos.getcwd()  # ok: nothing of ours\n");
    assert_eq!(outcomes(&[file]), ["wrong :0", "validated app.py:2"]);
    assert!(message(&[file]).contains("nothing is requested here"));
    let expected = ("expect.toml", "not_applicable = true\n");
    assert_eq!(
        outcomes(&[file, expected]),
        ["verdict :0", "validated app.py:2"]
    );
    let applies = ("app.py", "import requests\n");
    assert_eq!(
        outcomes(&[applies, ("expect.toml", "verdict = \"not-applicable\"\n")]),
        ["wrong :0"]
    );
}

#[test]
fn what_a_script_says_of_the_whole_is_expected_or_wrong() {
    let saying = |said: &str| {
        let script = format!(
            "return {{ check = function(file, matches, report) report({{ at = matches[1].node, message = 'x', \
            confidence = if file.path == 'low.py' then 'low' else 'high' }}) end, check_repository = function() return {said} end }}"
        );
        move |files: &[(&str, &str)]| {
            shown(&run_in(&harness(&[("NET-1", &script)]), files, Scope::Rule))
        }
    };
    let plain = ("app.py", "import requests\n");
    let expect = |text: &'static str| ("expect.toml", text);
    let lacking = saying("{ needs_evidence = 'a load test' }");
    assert_eq!(lacking(&[plain]), ["wrong :0"]);
    assert_eq!(
        lacking(&[plain, expect("needs_evidence = true\n")]),
        ["verdict :0"]
    );
    assert_eq!(
        lacking(&[plain, expect("not_applicable = true\n")]),
        ["wrong :0"]
    );
    let found = (
        "app.py",
        "import requests\nrequests.get('')  # finding: NET-1\n",
    );
    assert_eq!(lacking(&[found]), ["reported app.py:2"]);
    assert_eq!(
        lacking(&[found, expect("needs_evidence = true\n")]),
        ["wrong :0", "reported app.py:2"]
    );
    let suspected = (
        "low.py",
        "import requests\nrequests.get('')  # finding: NET-1\n",
    );
    assert_eq!(
        lacking(&[suspected, expect("needs_evidence = true\n")]),
        ["verdict :0", "reported low.py:2"]
    );
    let elsewhere = saying("{ not_applicable = 'no service' }");
    assert_eq!(
        elsewhere(&[plain, expect("not_applicable = true\n")]),
        ["verdict :0"]
    );
    assert_eq!(
        saying("nil")(&[plain, expect("needs_evidence = true\n")]),
        ["wrong :0"]
    );
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
fn a_broken_file_is_said_and_the_rest_is_judged() {
    let files = [
        (
            "app.py",
            "import requests\nrequests.get(u)  # finding: NET-1\n",
        ),
        ("bad.py", "def f(:\n"),
    ];
    let result = run_in(&harness(&[("NET-1", SCRIPT)]), &files, Scope::Rule);
    assert!(
        result.is_pass()
            && result
                .problems
                .iter()
                .any(|problem| problem.subject == "bad.py"),
        "{result:?}"
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
fn marks_that_name_no_rule_or_make_no_sense_break_the_case() {
    assert_eq!(of("x = 1  # finding: NET-2\n"), ["broken app.py:2"]);
    assert_eq!(of("x = 1  # finding: net\n"), ["broken app.py:2"]);
    assert_eq!(
        outcomes(&[("app.py", IMPORT), (".git/x", "finding: NET-7")]),
        [""; 0]
    );
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(dir.path().join("cases/empty")).expect("a folder");
    let results = harness(&[("NET-1", SCRIPT)]).run(
        &RuleId::from("NET-1"),
        &find(dir.path()).expect("readable"),
        Scope::Rule,
        &Never,
    );
    assert!(!results[0].is_pass() && results[0].lines[0].message.contains("no files"));
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
fn a_broken_script_fails_its_cases_with_file_and_line() {
    let harness = harness(&[
        ("NET-1", "return {\n check = function() error('no') end }"),
        ("NET-2", "return {"),
    ]);
    let files = [(
        "app.py",
        "import requests\nrequests.get(u)  # finding: NET-1\n",
    )];
    let result = run_in(&harness, &files, Scope::Rule);
    assert_eq!(shown(&result), ["broken :0"]);
    assert_eq!(result.lines[0].message, "org/NET-1/rule.lua:2: no");
}

#[test]
fn a_rule_that_could_not_be_read_fails_its_cases() {
    let files = BTreeMap::from([
        ("pack.toml".to_owned(), PACK.to_owned()),
        ("NET-1/rule.toml".to_owned(), RULE.replace("high", "urgent")),
        ("NET-1/rule.lua".to_owned(), SCRIPT.to_owned()),
    ]);
    let pack = PackFiles {
        folder: "org".to_owned(),
        layer: Layer::BuiltIn,
        shown: "org".to_owned(),
        files,
    };
    let harness = Harness::new(Packs::load(&[pack]), 1, std::env::temp_dir());
    let result = run_in(&harness, &[("app.py", IMPORT)], Scope::Rule);
    assert!(result.lines[0].message.contains("urgent"), "{result:?}");
    let cases = [PathBuf::from("nowhere")];
    assert!(!harness.run(&RuleId::from("NET-9"), &cases, Scope::Rule, &Never)[0].is_pass());
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

/// What comes of the line of a call without a limit when the rule offers these edits.
fn offered(edits: &str) -> (String, String) {
    let script = SCRIPT.replace(
        "confidence = sure",
        &format!("confidence = sure, fix = {{ title = \"give it one\", edits = {{ {edits} }} }}"),
    );
    let text = format!("{IMPORT}requests.get(u)  # finding: NET-1\n");
    let result = run_in(
        &harness(&[("NET-1", &script)]),
        &[("app.py", text.as_str())],
        Scope::Rule,
    );
    let line = result
        .lines
        .into_iter()
        .find(|line| line.outcome != Outcome::Reported);
    line.map(|line| (line.outcome.word().to_owned(), line.message))
        .expect("the fix was tried")
}

#[test]
fn a_fix_has_to_make_its_finding_go_and_to_leave_the_file_whole() {
    let (word, message) = offered("{ after = match.node:arg(1), text = \", timeout=3\" }");
    assert_eq!(word, "fixed", "{message}");
    let (word, message) = offered("{ after = match.node:arg(1), text = \", limit=3\" }");
    assert!(
        word == "unfixed" && message.contains("does not make"),
        "{word}: {message}"
    );
    let (word, message) = offered("{ after = match.node:arg(1), text = \", timeout=(3\" }");
    assert!(
        word == "unfixed" && message.contains("breaks app.py"),
        "{word}: {message}"
    );
}

#[test]
fn a_fix_is_tried_where_a_mutation_brings_the_finding_out() {
    let script = SCRIPT.replace(
        "confidence = sure",
        "fix = { title = \"t\", edits = { { after = match.node:arg(1), text = \", x=3\" } } }",
    );
    let text = format!("{IMPORT}requests.get(u, timeout=3)  # ok: ends; mutate: s/, timeout=3//\n");
    let result = run_in(
        &harness(&[("NET-1", &script)]),
        &[("app.py", text.as_str())],
        Scope::Rule,
    );
    assert_eq!(shown(&result), ["validated app.py:2", "unfixed app.py:2"]);
}

#[test]
fn a_fix_comes_to_what_its_case_expects() {
    let script = SCRIPT.replace(
        "confidence = sure",
        "fix = { title = \"t\", edits = { { after = match.node:arg(1), text = \", timeout=3\" } } }",
    );
    let outcome = |gives: &str| {
        let expect = format!(
            "[[expect]]\nfile = 'app.py'\ntext = 'get(u'\nfinding = 'NET-1'\n\
             [[fixed]]\nfile = 'app.py'\ntext = 'get(u'\ngives = ['{gives}']\n"
        );
        let text = format!("{IMPORT}requests.get(u)\n");
        let files = [("app.py", text.as_str()), ("expect.toml", expect.as_str())];
        shown(&run_in(
            &harness(&[("NET-1", &script)]),
            &files,
            Scope::Rule,
        ))
    };
    assert_eq!(
        outcome("get(u, timeout=3)"),
        ["reported app.py:2", "fixed app.py:2"]
    );
    assert_eq!(
        outcome("get(u, timeout=4)"),
        ["reported app.py:2", "unfixed app.py:2"]
    );
}
