//! What is said of a marked line that is not found.

use super::*;

/// What is said of the first line that is not as marked, by a rule with these `[[match]]` tables.
fn said(matchers: &str, files: &[(&str, &str)]) -> String {
    let head = RULE.split("[[match]]").next().expect("it has one");
    let help = RULE.split_once("[help]").expect("it has one").1;
    let rule = format!("{head}{matchers}\n[help]{help}");
    let script = "return { check = function(file, matches, report) end }";
    let files_of_pack = BTreeMap::from([
        ("pack.toml".to_owned(), PACK.to_owned()),
        ("NET-1/rule.toml".to_owned(), rule),
        ("NET-1/rule.lua".to_owned(), script.to_owned()),
    ]);
    let packs = Packs::load(&[PackFiles {
        folder: "org".to_owned(),
        layer: Layer::BuiltIn,
        shown: "org".to_owned(),
        files: files_of_pack,
        program: Program::default(),
        is_sealed: false,
    }]);
    assert!(packs.broken.is_empty(), "{:?}", packs.broken);
    let harness = Harness::new(packs, 1, std::env::temp_dir());
    let result = run_in(&harness, files, Scope::Rule);
    let mut failed = result.lines.iter().filter(|line| !line.outcome.is_pass());
    let line = failed.next().expect("something failed");
    line.message.clone()
}

fn call(rest: &str) -> String {
    format!("[[match]]\nname = \"post\"\nkind = \"call\"\n{rest}\n")
}

const APP: &str =
    "from ledger import Client\nclient = Client()\nclient.post(1)  # finding: NET-1\n";

#[test]
fn a_matcher_that_fits_nothing_is_told_with_what_the_line_calls() {
    let said = said(
        &call("target = [\"ledger.client.post\"]"),
        &[("app.py", APP)],
    );
    assert_eq!(
        said,
        "NET-1 is marked here, but not found\nno matcher fits this line\n`client.post` calls `ledger.Client.post`"
    );
}

#[test]
fn a_matcher_of_whole_files_hides_no_condition_of_another() {
    let whole = "[[match]]\nname = \"whole\"\nkind = \"file\"\n";
    let in_loop = call("target = [\"ledger.Client.post\"]\nin_loop = true");
    let said = said(&format!("{whole}{in_loop}"), &[("app.py", APP)]);
    for part in [
        "\n`whole` fits the file as a whole: the code was handed it",
        "\nno matcher fits this line",
        "\n`post` would fit it without `in_loop`",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_matcher_that_fits_leaves_it_to_the_code() {
    let said = said(
        &call("target = [\"ledger.Client.post\"]"),
        &[("app.py", APP)],
    );
    assert!(
        said.contains("\n`post` fits here: the code was handed it, and reports nothing"),
        "{said}"
    );
}

#[test]
fn lines_that_a_matcher_fits_instead_are_named() {
    let said = said(&call("target = [\"ledger.Client\"]"), &[("app.py", APP)]);
    assert!(
        said.contains("\nno matcher fits this line\n`post` fits line 2\n"),
        "{said}"
    );
}

#[test]
fn the_condition_that_keeps_a_matcher_away_is_named() {
    let matcher = call("target = [\"ledger.**\"]\nin_loop = true");
    let said = said(&matcher, &[("app.py", APP)]);
    assert!(
        said.contains("\n`post` would fit it without `in_loop`\n"),
        "{said}"
    );
}

#[test]
fn files_that_no_matcher_looks_at_are_told_with_the_reason() {
    let matcher = call("target = [\"ledger.**\"]");
    // The rule is for repositories with Python.
    let code = ("main.py", "x = 1\n");
    let away = |path: &str, matcher: &str| said(matcher, &[(path, APP), code]);
    let said = away("tests/test_app.py", &matcher);
    assert!(
        said.contains(
            "`post` does not look at this file: its kind is `test`, which `skip` leaves out"
        ),
        "{said}"
    );
    let said = away("app.py", &format!("{matcher}files = [\"lib/**\"]"));
    assert!(said.contains("`files` does not fit its path"), "{said}");
    let script = APP.replace('#', "//");
    let said = self::said(&matcher, &[("app.ts", &script), code]);
    assert!(said.contains("it looks at python"), "{said}");
}

#[test]
fn what_facts_say_is_told_where_a_matcher_asks_for_them() {
    let matcher = call("fact = { kind = \"http\", verb = \"call\" }");
    let said = said(&matcher, &[("app.py", APP)]);
    assert!(
        said.ends_with("`client.post` calls `ledger.Client.post` (no fact speaks of it)"),
        "{said}"
    );
}

#[test]
fn a_call_of_something_unknown_is_told_to_be_one() {
    let matcher = call("target = [\"ledger.**\"]");
    let app = "def f(client):\n    client.post(1)  # finding: NET-1\n";
    let said = said(&matcher, &[("app.py", app)]);
    assert!(
        said.contains("only `called = [\"post\"]` can fit it"),
        "{said}"
    );
}

#[test]
fn a_mutation_that_changes_nothing_is_explained_alike() {
    let matcher = call("target = [\"ledger.client.post\"]");
    let app = "from ledger import Client\nClient().post(1, x=2)  # ok: has x; mutate: s/, x=2//\n";
    let said = said(&matcher, &[("app.py", app)]);
    assert!(
        said.contains("still is no finding of NET-1\nno matcher fits this line\n"),
        "{said}"
    );
}
