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

/// What comes of a call without a limit, for which the rule offers a fix of that class, and of `[[fixed]]` with this in it.
fn expected(offers: &str, entry: &str) -> Vec<(String, String)> {
    let script = SCRIPT.replace("confidence = sure", offers);
    let rule = RULE.replace("effort = \"S\"", "effort = \"S\"\nfix = \"safe\"");
    let files = BTreeMap::from([
        ("pack.toml".to_owned(), PACK.to_owned()),
        ("NET-1/rule.toml".to_owned(), rule),
        ("NET-1/rule.lua".to_owned(), script),
    ]);
    let pack = PackFiles {
        folder: "org".to_owned(),
        layer: Layer::BuiltIn,
        shown: "org".to_owned(),
        files,
        program: Program::default(),
        is_sealed: false,
    };
    let harness = Harness::new(Packs::load(&[pack]), 1, std::env::temp_dir());
    let text = format!("{IMPORT}requests.get(u)  # finding: NET-1\nx = 1\n");
    let expect = format!("[[fixed]]\nfile = 'app.py'\n{entry}\n");
    let files = [("app.py", text.as_str()), ("expect.toml", expect.as_str())];
    let lines = run_in(&harness, &files, Scope::Rule).lines.into_iter();
    let lines = lines.filter(|line| line.outcome != Outcome::Reported);
    lines
        .map(|line| (line.outcome.word().to_owned(), line.message))
        .collect()
}

const FIX: &str = "fix = { title = \"t\", safety = \"unsafe\", edits = { { after = match.node:arg(1), text = \", timeout=3\" } } }";

#[test]
fn a_case_may_say_that_no_fix_is_offered() {
    let none = "text = 'get(u'\nnone = true";
    let lines = expected("confidence = sure", none);
    assert!(
        lines.len() == 1 && lines[0].0 == "withheld" && lines[0].1 == "no limit",
        "{lines:?}"
    );
    let lines = expected(FIX, none);
    assert!(
        lines.len() == 1 && lines[0].0 == "unfixed" && lines[0].1.contains("none is expected"),
        "{lines:?}"
    );
    let lines = expected("confidence = sure", "text = 'x = 1'\nnone = true");
    assert!(
        lines.len() == 1 && lines[0].0 == "missing" && lines[0].1.contains("nothing is found"),
        "{lines:?}"
    );
}

#[test]
fn a_case_may_say_of_which_class_a_fix_is() {
    let class = |word: &str| expected(FIX, &format!("text = 'get(u'\nsafety = '{word}'"));
    assert_eq!(class("unsafe")[0].0, "fixed");
    let lines = class("safe");
    assert!(
        lines[0].0 == "unfixed" && lines[0].1.contains("is `unsafe`, and `safe` is expected"),
        "{lines:?}"
    );
    assert_eq!(class("shown-only")[0].0, "unfixed");
    let lines = expected("confidence = sure", "text = 'get(u'\nsafety = 'safe'");
    assert!(
        lines.len() == 1 && lines[0].0 == "unfixed" && lines[0].1.contains("none is offered"),
        "{lines:?}"
    );
    let lines = expected(FIX, "text = 'x = 1'\nsafety = 'unsafe'");
    let words: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(words, ["fixed", "missing"]);
}
