//! Cases, scripts and rules that are broken or sit in each other's way: what is said of them.

use super::*;

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
    assert_eq!(
        result.lines[0].message,
        "org/NET-1/rule.lua:2: no (while it judged app.py)"
    );
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
        program: Program::default(),
        is_sealed: false,
    };
    let harness = Harness::new(Packs::load(&[pack]), 1, std::env::temp_dir());
    let result = run_in(&harness, &[("app.py", IMPORT)], Scope::Rule);
    assert!(result.lines[0].message.contains("urgent"), "{result:?}");
    let cases = [PathBuf::from("nowhere")];
    assert!(!harness.run(&RuleId::from("NET-9"), &cases, Scope::Rule, &Never)[0].is_pass());
}
