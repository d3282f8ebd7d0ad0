//! Rules that break beside rules that work: the broken ones say where, the others go on.

mod fits;
mod limits;
mod ready;

use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

use super::*;
use crate::pack::{PackFiles, Packs, Program};

const RULE: &str = r#"
schema = "perfctl.rule/1"
title = "t"
category = "test"
severity = "low"
languages = ["python"]
effort = "S"
limits = { time_ms = 200, memory_mib = 8 }
match = [{ name = "call", kind = "call", called = ["f"] }, { name = "all", kind = "repository" }]
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;

const GOOD: &str = "return { check = function(file, matches, report) report({ at = matches[1].node, message = 'found' }) end }";

/// The rule's head with the matchers that the script has a function for.
fn fitting(script: &str) -> String {
    let whole = ", { name = \"all\", kind = \"repository\" }";
    match (
        script.contains("check ="),
        script.contains("check_repository"),
    ) {
        (true, true) => RULE.to_owned(),
        (false, true) => RULE.replace(
            "{ name = \"call\", kind = \"call\", called = [\"f\"] }, ",
            "",
        ),
        _ => RULE.replace(whole, ""),
    }
}

/// Runs rules of these scripts on a repository of `files` files with a candidate each.
fn run_all(scripts: &[(&str, &str)], files: usize) -> RunOutput {
    let dir = tempfile::tempdir().expect("a folder");
    for at in 0..files {
        std::fs::write(dir.path().join(format!("m{at}.py")), "f(1)\n").expect("a file");
    }
    run_in(dir.path(), scripts)
}

/// Runs rules of these scripts on the repository in `dir`.
fn run_in(dir: &std::path::Path, scripts: &[(&str, &str)]) -> RunOutput {
    run_pack(dir, scripts, Layer::BuiltIn, "")
}

/// Runs rules of these scripts, of a pack that comes from `layer` and whose head also says `head`.
fn run_pack(
    dir: &std::path::Path,
    scripts: &[(&str, &str)],
    layer: Layer,
    head: &str,
) -> RunOutput {
    run_texts(dir, texts(scripts, head), layer)
}

/// The texts of a pack with rules of these scripts, whose head also says `head`.
fn texts(scripts: &[(&str, &str)], head: &str) -> BTreeMap<String, String> {
    let pack = "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
    let pack = format!("{pack}{head}");
    let mut texts = BTreeMap::from([("pack.toml".to_owned(), pack)]);
    for (id, script) in scripts {
        texts.insert(
            format!("{id}/rule.toml"),
            format!("id = \"{id}\"\n{}", fitting(script)),
        );
        texts.insert(format!("{id}/rule.lua"), (*script).to_owned());
    }
    texts
}

/// The pack with these texts, every rule of which can be read.
fn loaded(texts: BTreeMap<String, String>, layer: Layer) -> Packs {
    let pack = PackFiles {
        folder: "org".to_owned(),
        layer,
        shown: "org".to_owned(),
        files: texts,
        program: Program::default(),
        is_sealed: false,
    };
    let packs = Packs::load(&[pack]);
    assert!(
        packs.broken.is_empty() && packs.problems.is_empty(),
        "{:?} {:?}",
        packs.broken,
        packs.problems
    );
    packs
}

/// Runs the rules of the pack with these texts.
fn run_texts(dir: &std::path::Path, texts: BTreeMap<String, String>, layer: Layer) -> RunOutput {
    let packs = loaded(texts, layer);
    let rules: Vec<&LoadedRule> = packs.rules.values().collect();
    let matchers = rules.iter().map(|rule| rule.matchers.clone()).collect();
    let ruleset = Ruleset {
        rules: matchers,
        facts: Arc::new(packs.facts),
        max_file_size: 1 << 20,
    };
    let survey = survey(
        dir,
        &ruleset,
        &Scope {
            threads: 2,
            ..Scope::default()
        },
        &Never,
    );
    run(&survey, &rules, |_| true, &Never)
}

#[test]
fn a_broken_rule_says_file_and_line_and_the_others_go_on() {
    let broken = [
        (
            "BAD-LOAD",
            "local x = 1\nlocal = 2\nreturn {}",
            "org/BAD-LOAD/rule.lua:2: Expected identifier",
        ),
        (
            "BAD-RUN",
            "return {\n  check = function(file)\n    return file.path.x.y\n  end,\n}",
            "org/BAD-RUN/rule.lua:3: attempt to index nil with 'y'",
        ),
        (
            "BAD-CALL",
            "return {\n  check = function(file)\n    file:imports(5)\n  end,\n}",
            "org/BAD-CALL/rule.lua:3: ",
        ),
        (
            "BAD-FIELD",
            "return {\n  check = function(file)\n    return file.pathh\n  end,\n}",
            "org/BAD-FIELD/rule.lua:3: ",
        ),
        (
            "BAD-CALL",
            "return {\n  check = function(file, matches)\n    return matches[1].node:recever()\n  end,\n}",
            "org/BAD-CALL/rule.lua:3: there is no method `recever`; did you mean `receiver`?",
        ),
        (
            "BAD-PLACE",
            "return {\n  check = function(file, matches)\n    return matches[1]:args()\n  end,\n}",
            "org/BAD-PLACE/rule.lua:3: `args` is a method of Node and a field of Instruction, ShellCommand,",
        ),
        (
            "BAD-LOOP",
            "return {\n  check = function()\n    local i = 0\n    while true do i += 1 end\n  end,\n}",
            "org/BAD-LOOP/rule.lua:4: took longer than its limit of 200 ms",
        ),
        (
            "BAD-START",
            "while true do end",
            "org/BAD-START/rule.lua:1: took longer than its limit of 200 ms",
        ),
        (
            "BAD-GREED",
            "return {\n  check = function()\n    local t = {}\n    for i = 1, 1e9 do\n      t[i] = string.rep('x', 1e5) .. i\n    end\n  end,\n}",
            "org/BAD-GREED/rule.lua:4: took more than its limit of 8 MiB of memory",
        ),
        (
            "BAD-REPORT",
            "return {\n  check = function(file, matches, report)\n    report({ message = 'x' })\n  end,\n}",
            "org/BAD-REPORT/rule.lua:3: `at` must be",
        ),
        (
            "BAD-SHAPE",
            "return 5",
            "org/BAD-SHAPE/rule.lua: the script returned",
        ),
        (
            "BAD-EXPORT",
            "return { check = 5 }",
            "org/BAD-EXPORT/rule.lua: `check` is",
        ),
        (
            "BAD-WHOLE",
            "return {\n  check_repository = function(repo)\n    error('whole')\n  end,\n}",
            "org/BAD-WHOLE/rule.lua:3: whole",
        ),
    ];
    let mut scripts: Vec<(&str, &str)> = broken
        .iter()
        .map(|(id, script, _)| (*id, *script))
        .collect();
    scripts.push(("GOOD-1", GOOD));
    let output = run_all(&scripts, 20);
    for (id, _, expected) in broken {
        match &output.outcomes[&RuleId::from(id)] {
            Outcome::Error(message) => assert!(message.starts_with(expected), "{id}: {message}"),
            other => panic!("{id}: {other:?}"),
        }
    }
    assert_eq!(output.outcomes[&RuleId::from("GOOD-1")], Outcome::Examined);
    assert_eq!(
        output
            .findings
            .iter()
            .filter(|finding| finding.rule.as_str() == "GOOD-1")
            .count(),
        20
    );
}

#[test]
fn a_script_says_a_verdict_on_the_repository_with_a_reason() {
    let of = |script: &str| {
        let mut output = run_all(&[("ORG-001", script)], 1);
        output.outcomes.remove(&RuleId::from("ORG-001"))
    };
    let saying = |said: &str| {
        of(&format!(
            "return {{ check_repository = function() return {said} end }}"
        ))
    };
    assert_eq!(saying("nil"), Some(Outcome::Examined));
    assert_eq!(
        saying("{ not_applicable = 'no\\nservice' }"),
        Some(Outcome::NotApplicable("no service".to_owned()))
    );
    assert_eq!(
        saying("{ needs_evidence = 'a load test' }"),
        Some(Outcome::NeedsEvidence("a load test".to_owned()))
    );
    for (said, fault) in [
        (
            "'no service'",
            "returned a string; a verdict is `{ not_applicable",
        ),
        ("true", "returned a boolean"),
        ("{}", "returned an empty table"),
        ("{ 'no service' }", "returned a list"),
        (
            "{ not_aplicable = 'x' }",
            "the key `not_aplicable`; did you mean `not_applicable`?",
        ),
        ("{ reason = 'x' }", "the key `reason`; a verdict is"),
        (
            "{ needs_evidence = true }",
            "`needs_evidence` needs a reason in words",
        ),
        (
            "{ needs_evidence = ' ' }",
            "`needs_evidence` needs a reason in words",
        ),
        (
            "{ needs_evidence = 'x', not_applicable = 'y' }",
            "two verdicts",
        ),
    ] {
        match saying(said) {
            Some(Outcome::Error(message)) => {
                assert!(message.contains(fault), "{said}: {message}");
                assert!(message.starts_with("org/ORG-001/rule.lua: "), "{message}");
            }
            other => panic!("{said}: {other:?}"),
        }
    }
    let of_a_file = "return { check = function() return { not_applicable = 'x' } end }";
    let refused = of(of_a_file);
    assert!(
        matches!(&refused, Some(Outcome::Error(why)) if why.contains("only `check_repository`")),
        "{refused:?}"
    );
    assert_eq!(
        of("return { check = function() return 1 end }"),
        Some(Outcome::Examined)
    );
}

#[test]
fn a_rule_that_breaks_in_one_file_is_an_error_however_many_went_well() {
    let script = "return {\n check = function(file, matches, report)\n  assert(file.path ~= 'm3.py', 'not this one')\n  report({ at = file, message = 'x' })\n end,\n}";
    let output = run_all(&[("BAD-ONCE", script)], 8);
    let Outcome::Error(message) = &output.outcomes[&RuleId::from("BAD-ONCE")] else {
        panic!("{output:?}")
    };
    assert!(
        message.starts_with("org/BAD-ONCE/rule.lua:3: not this one"),
        "{message}"
    );
    assert!(message.ends_with(" (while it judged m3.py)"), "{message}");
    assert!(
        output
            .findings
            .iter()
            .all(|finding| &*finding.place.path != "m3.py")
    );
}

#[test]
fn of_several_files_in_which_a_rule_breaks_the_first_is_told() {
    // Whoever is first by the clock is the last by name: the second thread waits in it.
    let script = "return {\n check = function(file)\n  if file.path == 'm1.py' then for i = 1, 3e6 do end end\n  assert(file.path == 'm0.py', 'no')\n end,\n}";
    for _ in 0..5 {
        let output = run_all(&[("BAD-MANY", script)], 9);
        assert_eq!(
            output.outcomes[&RuleId::from("BAD-MANY")],
            Outcome::Error("org/BAD-MANY/rule.lua:4: no (while it judged m1.py)".to_owned())
        );
    }
    // What cannot be loaded is no file's fault.
    let output = run_all(&[("BAD-LOAD", "error('no')")], 9);
    assert_eq!(
        output.outcomes[&RuleId::from("BAD-LOAD")],
        Outcome::Error("org/BAD-LOAD/rule.lua:1: no".to_owned())
    );
}

#[test]
fn what_a_failed_call_reported_before_it_failed_does_not_count() {
    let script = "return { check = function(file, matches, report)\n report({ at = file, message = 'x' })\n error('y')\nend }";
    let output = run_all(&[("BAD-LATE", script)], 1);
    assert!(output.findings.is_empty(), "{:?}", output.findings);
}

#[test]
fn files_are_found_by_one_string_that_they_hold_or_by_any_of_a_list() {
    let script = "return { check = function(_, matches, report, repo)
        assert(#repo:holding('**/*.py', 'f(1)') == 2)
        assert(#repo:holding('**/*.py', { 'absent', 'f(1)' }) == 2)
        assert(#repo:holding('**/*.py', { 'absent', 'g(' }) == 0)
        assert(#repo:holding('**/*.go', { 'f(1)' }) == 0)
        assert(not pcall(repo.holding, repo, '**', 1))
        report({ at = matches[1].node, message = 'found' })
    end }";
    let out = run_all(&[("ORG-001", script)], 2);
    assert_eq!(out.findings.len(), 2, "{:?}", out.outcomes);
}

#[test]
fn a_file_has_a_size_and_what_is_none_has_not() {
    let script = "return { check = function(file, matches, report, repo)
        assert(repo:size(file.path) == #file.text)
        assert(repo:size('absent.png') == nil and repo:size('') == nil)
        report({ at = matches[1].node, message = 'found' })
    end }";
    let out = run_all(&[("ORG-001", script)], 2);
    assert_eq!(out.findings.len(), 2, "{:?}", out.outcomes);
}

#[test]
fn what_is_reported_in_another_form_than_it_is_read_in_is_an_error() {
    for (key, value) in [
        ("related", "file"),
        ("notes", "'slow'"),
        ("fix", "'faster'"),
    ] {
        let script = format!(
            "return {{ check = function(file, matches, report)\n report({{ at = file, message = 'x', {key} = {value} }})\nend }}"
        );
        let output = run_all(&[("BAD-FORM", &script)], 1);
        let Outcome::Error(message) = &output.outcomes[&RuleId::from("BAD-FORM")] else {
            panic!("{key}: {output:?}")
        };
        let start = format!("org/BAD-FORM/rule.lua:2: `{key}` must be a");
        assert!(message.starts_with(&start), "{message}");
    }
}

#[test]
fn who_reports_in_another_form_is_shown_the_form() {
    for call in [
        "report(file, 'x')",
        "report('x')",
        "report()",
        "report({}, 1)",
    ] {
        let script = format!("return {{ check = function(file, matches, report)\n {call}\nend }}");
        let output = run_all(&[("BAD-FORM", &script)], 1);
        assert_eq!(
            output.outcomes[&RuleId::from("BAD-FORM")],
            Outcome::Error(
                "org/BAD-FORM/rule.lua:2: `report` takes one table: `report({ at = match.node, message = \"what is wrong\" })` (while it judged m0.py)"
                    .to_owned()
            ),
            "{call}"
        );
    }
}

#[test]
fn what_scripts_print_is_kept_with_its_rule_also_when_they_break() {
    let script = "return { check = function(file, matches)\n print(file.path, matches[1].node, matches[1])\n error('no')\nend }";
    let output = run_all(&[("BAD-PRINT", script)], 1);
    assert_eq!(
        output.printed,
        [(
            RuleId::from("BAD-PRINT"),
            "m0.py <m0.py:1 f(1)> <match `call` at m0.py:1 f(1)>".to_owned()
        )]
    );
    let flood = "return { check = function() for i = 1, 1000 do print(i) end end }";
    let output = run_all(&[("GOOD-FLOOD", flood)], 30);
    assert_eq!(output.printed.len(), MOST_PRINTED);
}

#[test]
fn an_argument_behind_a_spread_is_hidden_not_absent() {
    let script = "return { check = function(file, matches, report)\n\
        local function state(at) return (select(2, matches[1].node:arg(at))) end\n\
        assert(state(1) == 'given' and state(2) == 'absent')\nend }";
    let output = run_all(&[("GOOD-PLAIN", script)], 1);
    assert_eq!(
        output.outcomes[&RuleId::from("GOOD-PLAIN")],
        Outcome::Examined
    );
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("m.py"), "f(1, *rest)\n").expect("a file");
    let hidden = script.replace("state(2) == 'absent'", "state(2) == 'hidden'");
    let output = run_in(dir.path(), &[("GOOD-SPREAD", &hidden)]);
    assert_eq!(
        output.outcomes[&RuleId::from("GOOD-SPREAD")],
        Outcome::Examined
    );
}

#[test]
fn a_slip_in_what_a_script_exports_is_said_and_judges_nothing() {
    let scripts = [
        ("ORG-1", "return { chek = function() end }"),
        ("ORG-2", "return {}"),
        ("ORG-3", GOOD),
    ];
    let out = run_all(&scripts, 1);
    let said = |id: &str| match &out.outcomes[&RuleId::new(id)] {
        Outcome::Error(error) => error.clone(),
        other => format!("{other:?}"),
    };
    assert!(
        said("ORG-1").ends_with("exports `chek`, which nothing calls; did you mean `check`?"),
        "{}",
        said("ORG-1")
    );
    assert!(
        said("ORG-2").contains("exports nothing"),
        "{}",
        said("ORG-2")
    );
    assert_eq!(said("ORG-3"), "Examined");
}

#[test]
fn a_path_that_fits_nothing_is_an_error_wherever_a_script_names_one() {
    let script = "return { check = function(file, matches, report, repo)
        local node = matches[1].node
        local function refused(...)
            local ran, why = pcall(...)
            assert(not ran and tostring(why):find('`a.**.b` fits no path', 1, true), tostring(why))
        end
        refused(node.is, node, 'a.**.b')
        refused(node.comes_from, node, { 'a.b', 'a.**.b' })
        refused(file.imports, file, 'a.**.b')
        for _, name in { 'imports', 'importers', 'calls' } do
            refused(repo[name], repo, 'a.**.b')
        end
        assert(node:is('{f,g}') == node:is({ 'f', 'g' }))
        report({ at = node, message = 'found' })
    end }";
    let out = run_all(&[("ORG-001", script)], 1);
    assert_eq!(out.findings.len(), 1, "{:?}", out.outcomes);
}

#[test]
fn a_report_that_is_kept_for_later_loses_nothing_in_silence() {
    let keeps = "local kept return { check = function(file, matches, report) kept = kept or report \
                 kept({ at = matches[1].node, message = 'found' }) end }";
    let out = run_all(&[("ORG-1", keeps)], 3);
    match &out.outcomes[&RuleId::new("ORG-1")] {
        Outcome::Error(error) => assert!(error.contains("which is over"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_fix_is_whole_or_an_error() {
    let edits = |count: usize| {
        format!(
            "return {{ check = function(file, matches, report) local edits = {{}} for at = 1, {count} do \
             edits[at] = {{ after = matches[1].node, text = ' ' }} end \
             report({{ at = matches[1].node, message = 'found', fix = {{ title = 't', edits = edits }} }}) end }}"
        )
    };
    let out = run_all(&[("ORG-1", &edits(130)), ("ORG-2", &edits(1001))], 1);
    let fix = out.findings[0].fix.as_ref().expect("a fix");
    assert_eq!(fix.edits.len(), 130);
    assert!(
        matches!(&out.outcomes[&RuleId::new("ORG-2")], Outcome::Error(error) if error.contains("more than 1000 edits"))
    );
}

#[test]
fn a_rule_that_asks_for_what_no_fact_says_is_broken() {
    let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"requests.get\"]\nkind = \"http\"\ntimeout_arg = \"timeout\"\n";
    let rule = |id: &str, fact: &str| {
        format!("id = \"{id}\"\n{RULE}").replace("called = [\"f\"]", &format!("fact = {fact}"))
    };
    let load = |layer: Layer| {
        let files = [
            ("pack.toml", "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n".to_owned()),
            ("facts/own.toml", facts.to_owned()),
            ("ORG-1/rule.toml", rule("ORG-1", "{ kind = \"htpp\" }")),
            ("ORG-2/rule.toml", rule("ORG-2", "{ kind = \"http\", timeout_argument = \"*\" }")),
            ("ORG-3/rule.toml", rule("ORG-3", "{ kind = [\"http\", \"grpc\"], timeout_arg = \"*\" }")),
        ];
        let mut texts: BTreeMap<String, String> =
            files.map(|(path, text)| (path.to_owned(), text)).into();
        for id in ["ORG-1", "ORG-2", "ORG-3"] {
            texts.insert(format!("{id}/rule.lua"), GOOD.to_owned());
        }
        let packs = Packs::load(&[PackFiles {
            folder: "org".to_owned(),
            layer,
            shown: "org".to_owned(),
            files: texts,
            program: Program::default(),
            is_sealed: false,
        }]);
        assert!(packs.problems.is_empty(), "{:?}", packs.problems);
        assert!(packs.rules.contains_key(&RuleId::from("ORG-3")));
        let broken = packs.broken.into_values();
        broken.map(|why| why.short).collect::<Vec<_>>()
    };
    assert_eq!(
        load(Layer::User("/user".into())),
        [
            "org/ORG-1/rule.toml: no fact about any library says `kind = htpp`, so a matcher matches nothing; did you mean `kind = http`?",
            "org/ORG-2/rule.toml: no fact about any library says `timeout_argument`, so a matcher matches nothing; did you mean `timeout_arg`?",
        ]
    );
    assert!(load(Layer::BuiltIn).is_empty());
}

#[test]
fn where_there_is_no_code_of_its_languages_a_rule_says_so_first() {
    let dir = tempfile::tempdir().expect("a folder");
    let reason = |file: &str| {
        std::fs::write(dir.path().join(file), "x = 1\n").expect("a file");
        let pack = "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
        let rule = format!(
            "id = \"ORG-1\"\n{RULE}applies = {{ imports = [\"requests\"], reason = \"no HTTP client\" }}\n"
        );
        let files = [
            ("pack.toml", pack.to_owned()),
            ("ORG-1/rule.toml", rule),
            ("ORG-1/rule.lua", GOOD.to_owned()),
        ];
        let packs = Packs::load(&[PackFiles {
            folder: "org".to_owned(),
            layer: Layer::BuiltIn,
            shown: "org".to_owned(),
            files: files.map(|(path, text)| (path.to_owned(), text)).into(),
            program: Program::default(),
            is_sealed: false,
        }]);
        let rules: Vec<&LoadedRule> = packs.rules.values().collect();
        let ruleset = Ruleset {
            rules: rules.iter().map(|rule| rule.matchers.clone()).collect(),
            facts: Arc::new(packs.facts),
            max_file_size: 1 << 20,
        };
        let survey = survey(dir.path(), &ruleset, &Scope::default(), &Never);
        rules[0].applies.refuses(&survey.view)
    };
    let said = ["a.js", "b.py"].map(reason);
    assert_eq!(
        said.each_ref().map(Option::as_deref),
        [
            Some("no python code in this repository"),
            Some("no HTTP client")
        ]
    );
}

#[test]
fn bytes_that_are_not_there_are_said_as_they_were_asked_for() {
    let script = "return { check = function(file, matches, report)
        local function refused(first, last)
            local ran, why = pcall(file.span, file, first, last)
            local text = `bytes {first} to {last} are not inside m0.py`
            assert(not ran and tostring(why):find(text, 1, true), tostring(why))
        end
        refused(0, 99)
        refused(50, 3)
        report({ at = file:span(0, 1), message = 'found' })
    end }";
    let out = run_all(&[("ORG-001", script)], 1);
    assert_eq!(out.findings.len(), 1, "{:?}", out.outcomes);
}
