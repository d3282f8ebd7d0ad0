//! Slips in settings, rules and comments that used to read as if all were well.

use crate::support::World;

const CALL: &str = "import requests\nrequests.get('https://x.example')\n";

#[test]
fn a_limit_on_a_metric_that_nothing_measures_and_an_entry_point_that_is_not_there_are_said() {
    let world = World::new();
    world.file(
        "parcel/main.py",
        "from fastapi import FastAPI\napp = FastAPI()\n",
    );
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\nentry_points = [\"parcel.nope\", \"parcel.main:app\"]\n[budgets]\n\"import.totl\" = \"1 s\"\n",
    );
    for command in [
        &["check"][..],
        &["recipe", "run", "quick-wins", "--out", "../audit"],
    ] {
        let ran = world.run(command);
        let said = format!("{}{}", ran.out(), ran.err());
        assert!(said.contains("did you mean `import.total`?"), "{said}");
        assert!(
            said.contains(".perfctl.toml:2") && said.contains("`entry_points` names `parcel.nope`"),
            "{said}"
        );
        assert!(!said.contains("`parcel.main:app`, but"), "{said}");
        assert!(!said.contains("`parcel.nope` is measured"), "{said}");
    }
}

#[test]
fn a_rule_that_asks_for_an_unknown_fact_does_not_pass() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world.file("org/plugins/org/pack.toml", "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"o\"\nversion = \"0.1.0\"\nedition = 1\n");
    world.file(
        "org/plugins/org/ORG-001/rule.toml",
        "schema = \"perfctl.rule/1\"\nid = \"ORG-001\"\ntitle = \"t\"\ncategory = \"own\"\nseverity = \"high\"\nlanguages = [\"python\"]\neffort = \"S\"\n\
         [[match]]\nkind = \"call\"\nfact = { kind = \"htttp\" }\n\
         [help]\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\nexample = \"e\"\nfix = \"f\"\nfalse_alarms = \"a\"\n",
    );
    world.file(
        "org/plugins/org/ORG-001/rule.lua",
        "return { check = function(file, matches) print('seen', #matches) end }\n",
    );
    let check = ["--config", "org", "check", "shop", "--select", "ORG-001"];
    let ran = world.run(&check).expect(3);
    let said = format!("{}{}", ran.out(), ran.err());
    assert!(said.contains("did you mean `kind = http`?"), "{said}");
    let path = "org/plugins/org/ORG-001/rule.toml";
    let text = std::fs::read_to_string(world.work().join(path)).unwrap();
    world.file(path, &text.replace("htttp", "http"));
    let ran = world.run(&check).expect(0);
    assert!(!ran.err().contains("seen"), "{}", ran.err());
    let ran = world
        .run(&[
            "-v", "--config", "org", "check", "shop", "--select", "ORG-001",
        ])
        .expect(0);
    assert!(ran.err().contains("print: seen 1"), "{}", ran.err());
    // What perfctl says of itself is for those who ask twice.
    assert!(!ran.err().contains("scanned"), "{}", ran.err());
    let log = [
        "-vv", "--config", "org", "check", "shop", "--select", "ORG-001",
    ];
    let ran = world.run(&log).expect(0);
    assert!(
        ran.err().contains(" INFO ") && ran.err().contains("scanned"),
        "{}",
        ran.err()
    );
    world.file("org/plugins/org/ORG-001/cases/one/app.py", CALL);
    let ran = world.run(&["rule", "test", "org/plugins/org"]).expect(0);
    assert!(ran.out().contains("        seen 1\n"), "{}", ran.out());
}

#[test]
fn allowances_behind_other_comments_and_in_the_middle_of_calls_are_heard() {
    let world = World::new();
    world.file(
        "shop/client.py",
        "import requests\n\n\ndef a(u):\n    return requests.get(u)  # type: ignore  # perfctl: allow NET-PERF-004 -- ends in a second\n\n\n\
         def b(u):\n    return requests.get(\n        u,  # perfctl: allow NET-PERF-004 -- ends in a second\n        params={},\n    )\n",
    );
    let ran = world.run(&["check", "--select", "NET-PERF-004"]).expect(1);
    assert!(!ran.out().contains("client.py:5"), "{}", ran.out());
    assert!(ran.out().contains("on line 9 or 12"), "{}", ran.out());
    let ran = world
        .run(&["rule", "explain", "PERFCTL-SUPPRESS"])
        .expect(0);
    assert!(
        !ran.out().contains("allow PERFCTL-SUPPRESS"),
        "{}",
        ran.out()
    );
    assert!(
        ran.out().contains("No comment silences it"),
        "{}",
        ran.out()
    );
}

#[test]
fn a_method_that_is_called_with_a_dot_is_told_of_the_colon() {
    let world = World::new();
    world
        .run(&["rule", "new", "ORG-001", "--dir", "org"])
        .expect(0);
    for call in ["match.node.arg(\"timeout\")", "match.node.loops()"] {
        world.file(
            "org/ORG-001/rule.lua",
            &format!("return {{ check = function(file, matches)\n  for _, match in matches do {call} end\nend }}\n"),
        );
        let ran = world.run(&["rule", "test", "org"]).expect(1);
        assert!(
            ran.out().contains("it is called with a colon, `node:"),
            "{}",
            ran.out()
        );
    }
}
