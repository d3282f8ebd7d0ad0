//! `perfctl fix` where a change leaves something else than before: a lesser finding, or less than a finding.

use serde_json::Value;

use crate::support::World;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Adds rules of the repository's own: `slow()` is grave and its change gives it a limit, `slow(60)` is lesser; `late()` is only suspected
/// behind something with a limit.
fn with_own_rules(world: &World) {
    world.file(
        ".perfctl/plugins/own/pack.toml",
        "schema = \"perfctl.pack/1\"\nid = \"own\"\ntitle = \"own rules\"\nversion = \"0.1.0\"\nedition = 1\n",
    );
    for (id, severity, script) in [
        (
            "OWN-001",
            "high",
            "if m.node.name == 'slow' and #m.node:args() == 0 then report({ at = m.node, message = 'no limit', fix = { title = 'set a limit', safety = 'safe', edits = { { at = m.node, text = 'slow(60)' } } } }) end",
        ),
        (
            "OWN-002",
            "low",
            "if #m.node:args() > 0 then report({ at = m.node, message = 'a long limit' }) end",
        ),
        (
            "OWN-003",
            "high",
            "if m.node.name == 'late' then report({ at = m.node, message = 'late', confidence = if file.text:find('60', 1, true) then 'low' else 'high' }) end",
        ),
    ] {
        world.file(
            &format!(".perfctl/plugins/own/{id}/rule.toml"),
            &format!(
                "schema = \"perfctl.rule/1\"\nid = \"{id}\"\ntitle = \"t\"\ncategory = \"own\"\nseverity = \"{severity}\"\nlanguages = [\"python\"]\neffort = \"S\"\nfix = \"safe\"\n\
                 [[match]]\nkind = \"call\"\ncalled = [\"slow\", \"late\"]\n\
                 [help]\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\nexample = \"e\"\nfix = \"f\"\nfalse_alarms = \"a\"\n"
            ),
        );
        let body = format!("for _, m in matches do {script} end");
        world.file(
            &format!(".perfctl/plugins/own/{id}/rule.lua"),
            &format!("return {{ check = function(file, matches, report) {body} end }}\n"),
        );
    }
}

#[test]
fn a_lesser_finding_that_a_change_leaves_is_told_and_counted() {
    let world = World::new();
    world.file("a.py", "import other\n\n\ndef old():\n    other.slow(60)\n");
    with_own_rules(&world);
    world
        .git(&["init", "-q"])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "all"]);
    let more = "import other\nimport again\n\n\ndef old():\n    other.slow(60)\n\n\ndef new():\n    again.slow()\n    other.slow()\n";
    world.file("a.py", more);
    let fix = |more: &[&str]| {
        let own = ["fix", "--trust-repo", "--select", "OWN-001,OWN-002"];
        world.run(&[&own, more].concat())
    };
    for (select, left, came) in [(&[][..], 1, 2), (&["--changed-since", "HEAD"], 0, 2)] {
        let numbers = |how: &[&str]| {
            let ran = fix(&[select, &["--fail-on", "low", "--format", "json"], how].concat());
            let told = json(&ran.expect(1).out());
            let count = |key: &str| told[key].as_array().unwrap().len();
            let findings = told["findings"].as_u64().unwrap();
            assert_eq!(told["came"][0]["line"], 10, "{told:#}");
            (count("fixed"), count("left"), count("came"), findings)
        };
        let expected = (2, left, came, (left + came) as u64);
        assert_eq!(numbers(&["--dry-run"]), expected, "{select:?}");
        assert_eq!(numbers(&[]), expected, "{select:?}");
        world.file("a.py", more);
    }
    let ran = fix(&["--changed-since", "HEAD", "--fail-on", "low"]).expect(1);
    insta::assert_snapshot!(ran.out());
}

#[test]
fn a_finding_that_a_change_makes_a_suspicion_is_not_left() {
    let world = World::new();
    let text = "import other\n\n\ndef old():\n    other.slow()\n    other.late()\n";
    world.file("a.py", text);
    with_own_rules(&world);
    let own = ["fix", "--trust-repo", "--select", "OWN-001,OWN-003"];
    let fix = |more: &[&str]| world.run(&[&own, more].concat());
    for how in [&["--dry-run"][..], &[]] {
        let told = json(&fix(&[how, &["--format", "json"]].concat()).out());
        let count = |key: &str| told[key].as_array().unwrap().len();
        let counts = ["fixed", "went_along", "doubted", "left", "came"].map(count);
        assert_eq!(counts, [1, 0, 1, 0, 0], "{told:#}");
        assert_eq!(told["doubted"][0]["rule"], "OWN-003");
        assert_eq!(told["findings"], 0);
    }
    world.file("a.py", text);
    let ran = fix(&[]).expect(0);
    insta::assert_snapshot!(ran.out());
    // Where suspicions count it is left.
    world.file("a.py", text);
    let told = json(
        &fix(&["--confidence", "low", "--format", "json"])
            .expect(1)
            .out(),
    );
    assert_eq!(
        (told["doubted"].as_array().unwrap().len(), &told["findings"]),
        (0, &Value::from(1))
    );
}
