//! Fixes: that a finding goes by its fix, and the file stays whole.

use super::*;

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
