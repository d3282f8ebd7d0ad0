//! Settings by layer, and what an audited repository may do.

use crate::support::World;

#[test]
fn a_repository_may_tighten_and_nothing_else() {
    let world = World::new();
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[rules]\nfail_on = \"critical\"\n[grants]\nallow = [\"prepare\"]\n[sandbox]\nmode = \"off\"\n",
    );
    let ran = world.run(&["check"]).expect(1);
    assert!(
        ran.out().contains("perfctl trust") || ran.err().contains("perfctl trust"),
        "{}{}",
        ran.out(),
        ran.err()
    );
    world.run(&["check", "--trust-repo"]).expect(0);
    world.run(&["trust"]).expect(0);
    world.run(&["check"]).expect(0);
    // A change ends the trust.
    world.file(".perfctl/note.md", "changed");
    world.run(&["check"]).expect(1);
}

#[test]
fn the_winner_of_a_key_is_explained_with_its_file() {
    let world = World::new();
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[rules]\nfail_on = \"low\"\n",
    );
    let ran = world.run(&["config", "explain", "rules.fail_on"]).expect(0);
    assert!(ran.out().contains(".perfctl.toml:3"), "{}", ran.out());
    assert!(ran.out().contains("\"low\""), "{}", ran.out());
}

#[test]
fn init_writes_a_file_that_is_read_and_keeps_one_that_is_there() {
    let world = World::new();
    world.run(&["init"]).expect(0);
    world.run(&["check"]).expect(0);
    world.run(&["init"]).expect(2);
}

#[test]
fn the_rules_of_a_repository_are_read_only_when_it_is_trusted() {
    let world = World::new();
    world.file("shop/a.py", "import shop.own\nshop.own.slow()\n");
    world.file(
        ".perfctl/plugins/own/pack.toml",
        "schema = \"perfctl.pack/1\"\nid = \"own\"\ntitle = \"own rules\"\nversion = \"0.1.0\"\nedition = 1\n",
    );
    world.file(
        ".perfctl/plugins/own/OWN-001/rule.toml",
        "schema = \"perfctl.rule/1\"\nid = \"OWN-001\"\ntitle = \"call of slow\"\ncategory = \"own\"\nseverity = \"high\"\nlanguages = [\"python\"]\neffort = \"S\"\n\
         [[match]]\nkind = \"call\"\ncalled = [\"slow\"]\n\
         [help]\nwhat = \"calls\"\nwhy = \"slow\"\nsource = \"us\"\nexample = \"slow()\"\nfix = \"do not\"\nfalse_alarms = \"none\"\n",
    );
    world.file(
        ".perfctl/plugins/own/OWN-001/rule.lua",
        "return { check = function(file, matches, report) for _, m in matches do report({ at = m.node, message = 'slow is slow' }) end end }\n",
    );
    let ran = world.run(&["check"]).expect(0);
    assert!(!ran.out().contains("OWN-001"), "{}", ran.out());
    let ran = world.run(&["check", "--trust-repo"]).expect(1);
    assert!(
        ran.out().contains("OWN-001") && ran.out().contains("shop/a.py:2"),
        "{}",
        ran.out()
    );
}

#[test]
fn a_broken_rule_is_an_error_with_its_line_and_the_others_go_on() {
    let world = World::new();
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );
    world.file("org/plugins/org/pack.toml", "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"o\"\nversion = \"0.1.0\"\nedition = 1\n");
    let rule = |id: &str| {
        format!(
            "schema = \"perfctl.rule/1\"\nid = \"{id}\"\ntitle = \"t\"\ncategory = \"own\"\nseverity = \"high\"\nlanguages = [\"python\"]\neffort = \"S\"\n\
             [[match]]\nkind = \"call\"\ntarget = [\"requests.**\"]\n\
             [help]\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\nexample = \"e\"\nfix = \"f\"\nfalse_alarms = \"a\"\n"
        )
    };
    for (id, script) in [
        (
            "ORG-001",
            "return { check = function() local x = nil\nreturn x.y end }",
        ),
        (
            "ORG-002",
            "return { check = function() while true do end end }",
        ),
        ("ORG-003", "return { check = = }"),
        (
            "ORG-004",
            "return { check = function() local t = {} while true do t[#t + 1] = string.rep('x', 100000) .. #t end end }",
        ),
    ] {
        world.file(&format!("org/plugins/org/{id}/rule.toml"), &rule(id));
        world.file(&format!("org/plugins/org/{id}/rule.lua"), script);
    }
    let ran = world.run(&["--config", "org", "check", "shop"]).expect(1);
    assert!(ran.out().contains("NET-PERF-004"), "{}", ran.out());
    for said in [
        "ORG-001/rule.lua:2",
        "ORG-002/rule.lua",
        "ORG-003/rule.lua:1",
        "ORG-004/rule.lua",
    ] {
        assert!(ran.out().contains(said), "{said}: {}", ran.out());
    }
}
