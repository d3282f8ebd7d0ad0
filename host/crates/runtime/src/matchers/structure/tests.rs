//! Matchers of kind `pattern` from their TOML to findings, and the faults of the TOML.

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

use crate::pack::{PackFiles, Packs, Program};
use crate::runner::{self, Outcome};

const HEAD: &str = r#"
schema = "perfctl.rule/1"
id = "T-1"
title = "title"
category = "network"
severity = "high"
languages = ["python", "typescript"]
effort = "S"
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "a" }
"#;

fn load(matchers: &str, script: &str) -> Packs {
    let pack = "schema = \"perfctl.pack/1\"\nid = \"t\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
    let files = [
        ("pack.toml", pack.to_owned()),
        ("T-1/rule.toml", format!("{HEAD}{matchers}")),
        ("T-1/rule.lua", script.to_owned()),
    ];
    Packs::load(&[PackFiles {
        folder: "t".to_owned(),
        layer: Layer::BuiltIn,
        shown: "t".to_owned(),
        files: BTreeMap::from(files.map(|(path, text)| (path.to_owned(), text))),
        program: Program::default(),
        is_sealed: false,
    }])
}

/// The messages of the findings, each behind its path and line; or how the rule failed.
fn run(matchers: &str, script: &str, files: &[(&str, &str)]) -> Vec<String> {
    let packs = load(matchers, script);
    assert_eq!(packs.problems, []);
    assert_eq!(packs.broken, BTreeMap::new());
    let root = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        std::fs::write(root.path().join(path), text).expect("written");
    }
    let rules: Vec<_> = packs.rules.values().collect();
    let ruleset = Ruleset {
        rules: rules.iter().map(|rule| rule.matchers.clone()).collect(),
        facts: Arc::new(packs.facts),
        max_file_size: 1 << 20,
    };
    let survey = survey(root.path(), &ruleset, &Scope::default(), &Never);
    let output = runner::run(&survey, &rules, |_| true, &Never);
    let place = |finding: &perfctl_core::finding::Finding| {
        let (path, line) = (&finding.place.path, finding.place.start.line);
        format!("{path}:{line} {}", finding.message)
    };
    let errors = output
        .outcomes
        .values()
        .filter_map(|outcome| match outcome {
            Outcome::Error(error) => Some(format!("error {error}")),
            _ => None,
        });
    let found: Vec<String> = output.findings.iter().map(place).collect();
    found.into_iter().chain(errors).collect()
}

/// The faults of the rule's file, from its first matcher on.
fn faults(matchers: &str) -> String {
    let packs = load(matchers, "return {}");
    let broken: Vec<&String> = packs.broken.values().map(|why| &why.full).collect();
    assert_eq!(broken.len(), 1, "must be refused: {matchers}");
    broken[0].clone()
}

/// A script that tells what a match of each file captured.
const TELL: &str = r#"
local function shown(value)
    if type(value) == "table" then
        local all = {}
        for at, item in value do all[at] = shown(item) end
        return "[" .. table.concat(all, "|") .. "]"
    end
    return if value then value.source else "nothing"
end
return {
    check = function(file, matches, report, repo)
        for _, match in matches do
            local kind = if match.node then match.node.kind else "span"
            report({ at = match.node or match.span,
                message = `{match.matcher} {kind} {shown(match:capture("A"))} {shown(match:capture("REST"))}` })
        end
    end,
}
"#;

#[test]
fn a_pattern_leads_to_findings_in_every_language_with_what_it_captured() {
    let found = run(
        r#"
[[match]]
name = "get"
kind = "pattern"
pattern = "http.get($A, $$$REST)"
"#,
        TELL,
        &[
            ("a.py", "import http\nhttp.get(u.v, 1, (k))\nhttp.post(u)\n"),
            ("b.ts", "const r = await http.get(u, 2);\n"),
            ("c.js", "http.get(u, 3)\n"),
            ("test_a.py", "http.get(u, 4)\n"),
        ],
    );
    assert_eq!(
        found,
        ["a.py:2 get call u.v [1|(k)]", "b.ts:1 get call u [2]"]
    );
}

#[test]
fn a_rule_object_relates_nodes_and_constrains_variables() {
    let matchers = r#"
[[match]]
name = "loop"
kind = "pattern"
language = "python"

[match.rule]
any = [{ pattern = "get($A, $$$REST)" }, { pattern = "post($A)" }]
inside = { kind = "for_statement", stopBy = { kind = "function_definition" } }
not = { has = { regex = "^cached$", kind = "identifier", stopBy = "end" } }

[match.constraints]
A = { not = { kind = "string" } }
"#;
    let text = "\
get(a)
for x in y:
    get(x, 1)
    post(x)
    get('no')
    get(x, cached)
    def f():
        get(x)
";
    let found = run(matchers, TELL, &[("a.py", text)]);
    assert_eq!(
        found,
        ["a.py:3 loop call x [1]", "a.py:4 loop call x nothing"]
    );
}

#[test]
fn a_capture_can_be_asked_for_as_a_node_and_reported() {
    let script = r#"
return { check = function(file, matches, report, repo)
    for _, match in matches do
        local url = match:capture("URL")
        report({ at = url, message = `{url.kind} {url.line}` })
        report({ at = match.span, message = `{match.span.source}` })
    end
end }
"#;
    let found = run(
        "[[match]]\nkind = \"pattern\"\nlanguage = \"python\"\npattern = \"get($URL)\"\n",
        script,
        &[("a.py", "get(\n  a.b)\n")],
    );
    assert_eq!(found, ["a.py:1 get(   a.b)", "a.py:2 attr 2"]);
}

#[test]
fn a_variable_that_no_pattern_holds_is_an_error_of_the_script() {
    let script = "return { check = function(_, matches)\n matches[1]:capture('URI')\nend }";
    let found = run(
        "[[match]]\nkind = \"pattern\"\nlanguage = \"python\"\npattern = \"get($URL)\"\n",
        script,
        &[("a.py", "get(1)\n")],
    );
    assert_eq!(
        found,
        [
            "error t/T-1/rule.lua:2: the matcher's pattern holds no variable `URI`; it holds URL (while it judged a.py)"
        ]
    );
    let script = "return { check = function(_, matches)\n matches[1]:capture('URL')\nend }";
    let found = run(
        "[[match]]\nkind = \"file\"\n",
        script,
        &[("a.py", "get(1)\n")],
    );
    assert_eq!(
        found,
        [
            "error t/T-1/rule.lua:2: only matches of kind `pattern` capture variables (while it judged a.py)"
        ]
    );
}

#[test]
fn a_matcher_that_is_given_up_fails_its_rule() {
    let rule = (0..6).fold("{ kind = \"string\" }".to_owned(), |inner, _| {
        let inner = inner
            .trim_start_matches('{')
            .trim_end_matches('}')
            .to_owned();
        format!("{{ kind = \"list\", has = {{ {inner}, stopBy = \"end\" }} }}")
    });
    let matchers = format!(
        "[[match]]\nname = \"all\"\nkind = \"pattern\"\nlanguage = \"python\"\nrule = {rule}\n"
    );
    let deep = format!("{}{}\n", "[".repeat(900), "]".repeat(900));
    let found = run(&matchers, "return {}", &[("a.py", &deep)]);
    assert_eq!(found.len(), 1);
    let start = "error t/T-1/rule.toml: the matcher `all` was given up in a.py: its conditions take more than ";
    assert!(found[0].starts_with(start), "{}", found[0]);
}

#[test]
fn a_fault_names_its_line_and_what_to_write() {
    for (keys, line, parts) in [
        (
            "pattern = \"get($A\"",
            14,
            &["the pattern is no valid python: `get($A`", "context ="][..],
        ),
        (
            "pattern = \"def f(): pass\"",
            14,
            &[
                "the pattern is no valid typescript",
                "code of another language",
            ],
        ),
        ("pattern = \" \"", 14, &["`pattern` is empty"]),
        ("", 11, &["missing key `pattern`", "requests.get($URL)"]),
        (
            "pattern = \"f()\"\nrule = { pattern = \"f()\" }",
            15,
            &["stand side by side", "move the pattern"],
        ),
        (
            "pattern = \"f()\"\nflies = []",
            15,
            &["unknown key `flies`", "did you mean `files`?"],
        ),
        (
            "languages = [\"python\"]\nrule = { kind = \"for_statment\" }",
            15,
            &[
                "no kind of node called `for_statment`",
                "did you mean `for_statement`?",
            ],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\nstop_by = \"end\"",
            16,
            &["unknown key `stop_by` in `rule`"],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\ninside.kind = \"identifier\"\ninside.stop_by = \"end\"",
            17,
            &[
                "unknown key `stop_by` in `inside`",
                "did you mean `stopBy`?",
            ],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\ninside.kind = \"identifier\"\ninside.stopBy = \"and\"",
            17,
            &["unknown `stopBy`: `and`", "did you mean `end`?"],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\nhas.field = \"lefft\"",
            16,
            &["python has no field called `lefft`", "did you mean `left`?"],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\nfollows.field = \"left\"",
            16,
            &["`follows` looks at siblings"],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\nregex = \"a(\"",
            16,
            &["no regular expression: error: unclosed group"],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\nnthChild = 0",
            16,
            &["`0` is no position"],
        ),
        (
            "[match.rule]\nkind = \"identifier\"\nany = []",
            16,
            &["`any` needs a list of at least one condition"],
        ),
        (
            "[match.rule]\nmatches = \"x\"",
            15,
            &["`matches` is not read here"],
        ),
        ("rule = {}", 14, &["nothing says which code is meant"]),
        (
            "rule = { regex = \"a\" }",
            14,
            &["every node would be tried"],
        ),
        (
            "pattern = { selector = \"identifier\" }",
            14,
            &["missing key `context`"],
        ),
        (
            "pattern = { context = \"f($A)\", selector = \"string\" }",
            14,
            &["holds no `string`"],
        ),
        (
            "pattern = { context = \"f($A)\", strictness = \"lax\" }",
            14,
            &["unknown `strictness`: `lax`"],
        ),
        (
            "pattern = \"f($A)\"\nconstraints = { B = { kind = \"string\" } }",
            14,
            &["no pattern holds the variable `$B`"],
        ),
        (
            "pattern = \"f($A)\"\nconstraints = { A = { kind = \"strin\" } }",
            15,
            &["no kind of node called `strin`"],
        ),
        (
            "language = \"rust\"\npattern = \"f($A)\"",
            14,
            &["no language of that name"],
        ),
    ] {
        let text = faults(&format!(
            "\n[[match]]\nname = \"m\"\nkind = \"pattern\"\n{keys}\n"
        ));
        for part in parts {
            assert!(text.contains(part), "{keys}: {part} is not in\n{text}");
        }
        assert!(
            text.contains(&format!("t/T-1/rule.toml:{line}:")),
            "{keys}: line {line} is not in\n{text}"
        );
    }
}

#[test]
fn every_fault_of_a_rule_object_is_told_at_once() {
    let text = faults(
        r#"
[[match]]
kind = "pattern"
language = "python"
[match.rule]
pattern = "f($A"
kind = "nothing"
inside = { has = { kind = "no", regx = "a" } }
"#,
    );
    for part in ["`f($A`", "`nothing`", "called `no`", "unknown key `regx`"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}
