//! Scripts that do not fit their matchers, and answers that do not fit into their limits.

use super::*;

/// How a rule with these matchers and this script ends on a file with a call of `f`.
fn outcome(matchers: &str, script: &str) -> Outcome {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("m.py"), "f(1)\n").expect("a file");
    let all = "[{ name = \"call\", kind = \"call\", called = [\"f\"] }, { name = \"all\", kind = \"repository\" }]";
    let head = RULE.replace(all, matchers);
    let texts = BTreeMap::from([
        (
            "pack.toml".to_owned(),
            "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n".to_owned(),
        ),
        ("O-1/rule.toml".to_owned(), format!("id = \"O-1\"\n{head}")),
        ("O-1/rule.lua".to_owned(), script.to_owned()),
    ]);
    let mut output = run_texts(dir.path(), texts, Layer::BuiltIn);
    output
        .outcomes
        .remove(&RuleId::from("O-1"))
        .expect("it ran")
}

#[test]
fn a_script_that_its_matchers_never_call_is_an_error_and_so_is_one_that_lacks_what_they_call() {
    let call = "{ name = \"call\", kind = \"call\", called = [\"f\"] }";
    let evidence = "{ name = \"seen\", kind = \"call\", called = [\"f\"], evidence = true }";
    let whole = "{ name = \"all\", kind = \"repository\" }";
    let (files, repository) = (
        "check = function() end",
        "check_repository = function() end",
    );
    let of = |matchers: &[&str], exports: &[&str]| {
        let script = format!("return {{ {} }}", exports.join(", "));
        outcome(&format!("[{}]", matchers.join(", ")), &script)
    };
    for (matchers, exports) in [
        (&[call][..], &[files][..]),
        (&[whole], &[repository]),
        (&[call, whole], &[files, repository]),
        (&[evidence, whole], &[repository]),
    ] {
        assert_eq!(of(matchers, exports), Outcome::Examined, "{matchers:?}");
    }
    let nothing_calls = "org/O-1/rule.lua: the script exports `check_repository`, which nothing calls: org/O-1/rule.toml has no matcher of kind `repository`";
    let no_files = "org/O-1/rule.lua: the script exports `check`, which nothing calls: org/O-1/rule.toml has no matcher of another kind than `repository`";
    let lacks_whole = "org/O-1/rule.lua: the matcher `all` of org/O-1/rule.toml calls `check_repository`, which the script does not export; `check` is for matchers of other kinds";
    let lacks_files = "org/O-1/rule.lua: the matcher `call` of org/O-1/rule.toml calls `check`, which the script does not export; `check_repository` is for matchers of kind `repository`";
    for (matchers, exports, says) in [
        (&[call][..], &[files, repository][..], nothing_calls),
        (&[call], &[repository], lacks_files),
        (&[whole], &[files, repository], no_files),
        (&[whole], &[files], no_files),
        (&[call, whole], &[files], lacks_whole),
        (&[call, whole], &[repository], lacks_files),
        (&[evidence, whole], &[files, repository], no_files),
    ] {
        let said = of(matchers, exports);
        assert_eq!(said, Outcome::Error(says.to_owned()), "{matchers:?}");
    }
}

#[test]
fn a_script_that_could_not_run_is_an_error_where_nothing_is_a_candidate_too() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("m.py"), "g(1)\n").expect("a file");
    let said = |script, layer| {
        let output = run_pack(dir.path(), &[("ORG-1", script)], layer, "");
        output.outcomes[&RuleId::from("ORG-1")].clone()
    };
    let user = || Layer::User("/u".into());
    let held = "return { check = function() end }";
    assert_eq!(said(held, user()), Outcome::Examined);
    for broken in ["return {", "error('no')", "return {}"] {
        let Outcome::Error(why) = said(broken, user()) else {
            panic!("{broken} passed");
        };
        assert!(why.starts_with("org/ORG-1/rule.lua:"), "{why}");
    }
}

#[test]
fn a_rule_that_was_given_a_part_of_an_answer_is_told_of() {
    let script = "return { check = function(file, matches, report) matches[1].node:callees()[1]:callers() end }";
    let of = |script: &str, calls: usize, layer| {
        let dir = tempfile::tempdir().expect("a folder");
        let lines = "    f(1)\n".repeat(calls);
        let text = format!("def f(x):\n    return x\n\n\ndef g():\n{lines}");
        for name in ["b.py", "a.py"] {
            std::fs::write(dir.path().join(name), &text).expect("a file");
        }
        run_pack(dir.path(), &[("ORG-1", script)], layer, "").problems
    };
    let told = |calls, layer| of(script, calls, layer);
    let user = || Layer::User("/u".into());
    let says = Problem {
        subject: "ORG-1".to_owned(),
        message:
            "`callers` had more than 64 answers, and the rule judged by the first 64 (in a.py)"
                .to_owned(),
    };
    assert_eq!(told(65, user()), [says]);
    assert_eq!(told(64, user()), []);
    // Those that come with perfctl know of it.
    assert_eq!(told(65, Layer::BuiltIn), []);
    // The answers of one that broke are nobody's verdict, and its error is what has to be read.
    let breaks =
        format!("{script}; error('no')").replace(" end }; error('no')", "; error('no') end }");
    assert_eq!(of(&breaks, 65, user()), []);
}
