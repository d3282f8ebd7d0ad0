//! What a case expects of the whole repository: verdicts of scripts, conditions that do not hold, comments that allow.

use super::*;

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
