//! What a scan says of files that it does not look at, or not to their end.

use perfctl_core::seams::Never;

use super::*;
use crate::matcher::Matcher;
use crate::matcher::regular::Regular;
use crate::repo::scratch::Scratch;

/// One matcher over files of any kind.
pub(super) fn looking_for(what: What, max_file_size: u64) -> Ruleset {
    let matcher = Matcher {
        name: "m".to_owned(),
        languages: Vec::new(),
        files: None,
        skip: Vec::new(),
        evidence: false,
        what,
    };
    Ruleset {
        rules: vec![RuleMatchers {
            matchers: vec![matcher],
            asks_for_code: false,
        }],
        facts: Arc::new(Facts::default()),
        max_file_size,
    }
}

fn subjects(survey: &Survey) -> Vec<&str> {
    let problems = survey.problems.iter();
    problems.map(|problem| &*problem.subject).collect()
}

#[test]
fn a_file_that_a_matcher_wanted_and_that_was_refused_is_a_problem_whatever_it_is() {
    let large = "-- x\n".repeat(40);
    let picture = format!("\0{large}");
    let files = [
        ("large.sql", &*large),
        ("large.md", &large),
        ("large.png", &picture),
        ("small.png", "\0"),
        ("small.sql", "SELECT 1"),
    ];
    let sql = What::Text {
        patterns: Vec::new(),
        sql: true,
    };
    let scratch = Scratch::under(&looking_for(sql, 100), &files);
    assert_eq!(subjects(&scratch.survey), ["large.sql"]);
    let regex = What::Regex(Regular::new("x").expect("a regex"));
    let scratch = Scratch::under(&looking_for(regex, 100), &files);
    assert_eq!(subjects(&scratch.survey), ["large.md", "large.sql"]);
}

#[test]
fn a_rule_opens_what_the_limit_lets_through_and_nothing_larger() {
    let large = "x".repeat(5 << 20);
    let files = [("large.md", &*large), ("small.md", "x")];
    for (limit, opens) in [(8 << 20, true), (1 << 20, false)] {
        let scratch = Scratch::under(&looking_for(What::File, limit), &files);
        let view = &scratch.survey.view;
        let opened = |path: &str| view.open(view.entry(path).expect("listed")).is_ok();
        assert_eq!((opened("large.md"), opened("small.md")), (opens, true));
        // A script that asked gets nothing and says nothing.
        let problems = scratch
            .survey
            .judge(&Never, || (), |_, _| false, |(), _, _| {});
        assert_eq!(problems.len(), usize::from(!opens), "{problems:?}");
    }
}

#[test]
fn what_a_program_wrote_is_no_problem_for_being_too_large() {
    let line = "let a = 1;\n".repeat(40);
    let dense = format!("{};\n", "a=b,".repeat(2000));
    let files = [
        ("web/own.js", &*line),
        ("web/main-CA4.js", &*dense),
        ("web/own.min.js", &*line),
    ];
    let regex = What::Regex(Regular::new("a").expect("a regex"));
    let scratch = Scratch::under(&looking_for(regex, 300), &files);
    assert_eq!(subjects(&scratch.survey), ["web/own.js"]);
    assert_eq!(
        scratch.survey.outputs,
        ["web/main-CA4.js", "web/own.min.js"]
    );
}

#[test]
fn of_tests_in_which_only_imports_are_looked_for_those_that_may_have_one_become_trees() {
    let files = [
        ("app.py", "import os\n"),
        (
            "tests/test_load.py",
            "from locust import HttpUser\nHttpUser()\n",
        ),
        ("tests/test_more.py", "import pytest\n"),
        ("tests/test_word.py", "# a locust\n"),
    ];
    let trees = |what: What| {
        let scratch = Scratch::under(&looking_for(what, 1 << 20), &files);
        let files = scratch.survey.view.repo.files.iter();
        files.map(|file| file.path.to_string()).collect::<Vec<_>>()
    };
    let importing = |text: &str| What::Import(vec![crate::matcher::PathPattern::new(text)]);
    assert_eq!(
        trees(importing("locust**")),
        ["app.py", "tests/test_load.py", "tests/test_word.py"]
    );
    assert_eq!(trees(importing("*.locust")).len(), 4, "any path");
    assert_eq!(trees(What::Loop(Vec::new())).len(), 4, "more than imports");
}

#[test]
fn a_test_that_cannot_be_read_is_a_problem_where_its_imports_are_asked_for() {
    let large = "import pytest\n".repeat(40);
    let files = [("tests/test_large.py", &*large), ("tests/large.go", &large)];
    let importing = |skip| {
        let locust = crate::matcher::PathPattern::new("locust**");
        let mut rules = looking_for(What::Import(vec![locust]), 100);
        rules.rules[0].asks_for_code = true;
        let matcher = &mut rules.rules[0].matchers[0];
        matcher.skip = skip;
        matcher.languages = vec![Language::Python];
        let scratch = Scratch::under(&rules, &files);
        subjects(&scratch.survey).join(" ")
    };
    assert_eq!(importing(Vec::new()), "tests/test_large.py");
    assert_eq!(importing(vec![PathClass::Test]), "");
}
