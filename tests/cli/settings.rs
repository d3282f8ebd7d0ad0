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
    // A change ends the trust, and is said.
    world.file(".perfctl/note.md", "changed");
    let ran = world.run(&["check"]).expect(1);
    let said = "because the repository has changed since it was trusted on 2";
    assert!(ran.out().contains(said), "{}", ran.out());
    let ran = world.run(&["config", "explain", "rules.fail_on"]).expect(0);
    assert!(
        ran.err().starts_with("note: the repository has changed"),
        "{}",
        ran.err()
    );
}

#[test]
fn trust_says_what_it_grants_and_is_listed_and_taken_back() {
    let world = World::new();
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[rules]\nfail_on = \"critical\"\n[grants]\nallow = [\"prepare\"]\n",
    );
    world.file(".perfctl/plugins/own/OWN-001/rule.toml", "");
    world.file(".perfctl/recipes/nightly.toml", "");
    // What is not read for lack of trust is said where it is asked for.
    for args in [
        ["check", "--select", "OWN-001"].as_slice(),
        &["recipe", "show", "nightly"],
    ] {
        let ran = world.run(args).expect(2);
        let said = "they are not read, because the repository is not trusted: to read them, run `perfctl trust`";
        assert!(ran.err().contains(said), "{}", ran.err());
    }
    let ran = world.run(&["trust"]).expect(0);
    let granted = "  settings   rules.fail_on\n  rules      OWN-001\n  recipes    nightly\n";
    assert!(ran.err().ends_with(granted), "{}", ran.err());
    let listed = || world.run(&["trust", "--list"]).expect(0).out();
    assert!(listed().ends_with("  [WORLD]/work\n"), "{}", listed());
    world.file(".perfctl/recipes/nightly.toml", "changed");
    assert!(listed().contains("work  (changed since"), "{}", listed());
    world.run(&["trust", "--remove", "nowhere"]).expect(2);
    world.run(&["trust", "--remove"]).expect(0);
    assert_eq!(listed(), "");
    let ran = world.run(&["trust", "--remove"]).expect(2);
    assert!(ran.err().contains("trust --list"), "{}", ran.err());
}

#[test]
fn a_directory_with_settings_of_its_own_is_trusted_by_name() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("sub/a.py", "x = 1\n");
    world.file(
        "sub/.perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[rules]\nignore = [\"pack:perf\"]\n",
    );
    let notes = || super::audit(&world, &["--repo", "sub"])["notes"].to_string();
    let command = format!("run `perfctl trust {}/sub`", world.work().display());
    assert!(notes().contains(&command), "{}", notes());
    world.run(&["trust", "sub"]).expect(0);
    assert!(!notes().contains("perfctl trust"), "{}", notes());
    world.run(&["trust", "--remove", "sub"]).expect(0);
    assert!(notes().contains(&command), "{}", notes());
}

#[test]
fn the_command_that_trusts_names_the_repository_unless_one_stands_in_it() {
    let world = World::new();
    for repository in ["here", "over there", "plain"] {
        world.git(&["init", "-q", repository]);
        world.file(&format!("{repository}/a.py"), "x = 1\n");
        world.file(
            &format!("{repository}/.perfctl.toml"),
            "schema = \"perfctl.settings/1\"\n[rules]\nignore = [\"pack:perf\"]\n",
        );
    }
    std::fs::create_dir_all(world.work().join("here/deep")).unwrap();
    for (stands, path, command) in [
        ("here", ".", "run `perfctl trust`"),
        ("here/deep", "..", "run `perfctl trust`"),
        ("here", "../plain", "run `perfctl trust [WORLD]/work/plain`"),
        (
            "here",
            "../over there",
            "run `perfctl trust '[WORLD]/work/over there'`",
        ),
        ("", "plain", "run `perfctl trust [WORLD]/work/plain`"),
    ] {
        let ran = world.run_in(stands, &["check", path]).expect(0);
        assert!(
            ran.out().contains(command),
            "{stands} {path}: {}",
            ran.out()
        );
    }
}

#[test]
fn what_cannot_be_read_is_not_trusted() {
    let world = World::new();
    world.git(&["init", "-q", "-b", "main", "."]);
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\nexlude = []\n",
    );
    world
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    for repository in [".", "../bare.git"] {
        let ran = world.run(&["trust", repository]).expect(2);
        assert!(ran.err().contains(".perfctl.toml:2"), "{}", ran.err());
        assert!(!ran.err().contains("is trusted"), "{}", ran.err());
        let is_cloned = repository != ".";
        assert!(
            !is_cloned || ran.err().contains("--> .perfctl.toml:2"),
            "{}",
            ran.err()
        );
    }
    let listed = world.run(&["trust", "--list"]).expect(0);
    assert_eq!(listed.out(), "");
}

#[test]
fn settings_below_the_root_are_not_passed_over_without_a_word() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("sub/a.py", "x = 1\n");
    std::fs::create_dir_all(world.work().join("sub/deep")).unwrap();
    // Without a directory the settings are the repository's.
    let ran = world.run_in("sub", &["init"]).expect(0);
    assert_eq!(ran.err(), "wrote [WORLD]/work/.perfctl.toml\n");
    let ran = world.run(&["check", "sub"]).expect(0);
    assert!(!ran.out().contains("is not read"), "{}", ran.out());
    let said = "[WORLD]/work/sub/.perfctl.toml is not read: of a repository the settings at its root count";
    let ran = world.run(&["init", "sub"]).expect(0);
    assert!(ran.err().contains(said), "{}", ran.err());
    for (directory, path) in [("", "sub/a.py"), ("sub/deep", ".")] {
        let ran = world.run_in(directory, &["check", path]).expect(0);
        assert!(ran.out().contains(said), "{}", ran.out());
    }
    let ran = world
        .run_in("sub", &["config", "explain", "exclude"])
        .expect(0);
    assert!(ran.err().contains(said), "{}", ran.err());
    let ran = world.run(&["check"]).expect(0);
    assert!(!ran.out().contains("is not read"), "{}", ran.out());
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
    let said = |ran: &crate::support::Ran| ran.out() + &ran.err();
    assert!(!said(&ran).contains("takes the place"), "{}", said(&ran));
    // One that has the id of another layer's rule is read in its place, and the reader is told.
    let rule = world.work().join(".perfctl/plugins/own/OWN-001");
    let head = std::fs::read_to_string(rule.join("rule.toml")).unwrap();
    let (id, theirs) = ("NET-PERF-004", rule.with_file_name("NET-PERF-004"));
    std::fs::rename(&rule, &theirs).unwrap();
    std::fs::write(theirs.join("rule.toml"), head.replace("OWN-001", id)).unwrap();
    let told = "own of the audited repository takes the place of the rule NET-PERF-004";
    let ran = world.run(&["check", "--trust-repo"]);
    assert!(said(&ran).contains(told), "{}", said(&ran));
    let ran = world.run(&["check", "--trust-repo", "--format", "json"]);
    assert!(
        ran.out().contains(told),
        "it belongs into the record: {}",
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

#[test]
fn colours_are_as_the_settings_say_unless_the_command_line_or_a_variable_says_otherwise() {
    let world = World::new();
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n[output]\ncolor = \"always\"\n",
    );
    let coloured = |ran: &crate::support::Ran| ran.out().contains('\u{1b}');
    assert!(coloured(&world.run(&["check"])));
    assert!(!coloured(&world.run(&["check", "--color", "never"])));
    let plain = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .arg("check")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!plain.stdout.contains(&0x1b));
}

#[test]
fn a_signature_answers_for_what_was_not_measured_and_for_nothing_else() {
    let world = World::new();
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );
    world.file("Dockerfile", "FROM python:3.12-slim\nCOPY . /app\n");
    let signed = |item: &str, until: &str| {
        format!(
            "[[attest]]\nitem = \"{item}\"\nwho = \"team-shop\"\ndate = 2020-01-01\nevidence = \"https://wiki.example\"\nuntil = {until}\n"
        )
    };
    let text = [
        "PERF-004 2999-01-01",
        "NET-PERF-004 2999-01-01",
        "PERF-0004 2999-01-01",
        "PERF-001 2020-02-01",
    ]
    .map(|pair| pair.split_once(' ').unwrap())
    .map(|(item, until)| signed(item, until));
    world.file(
        ".perfctl/attestations.toml",
        &format!("schema = \"perfctl.attestations/1\"\n{}", text.concat()),
    );
    let ran = world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--out",
            "../audit",
            "--format",
            "json",
        ])
        .expect(1);
    let run: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let item = |id: &str| {
        let items = run["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == id).unwrap().clone()
    };
    assert_eq!(item("PERF-004")["verdict"], "attested");
    assert_eq!(
        item("PERF-004")["reason"],
        "https://wiki.example (team-shop, signed 2020-01-01, until 2999-01-01)"
    );
    assert_eq!(item("NET-PERF-004")["verdict"], "fail");
    assert_ne!(item("PERF-001")["verdict"], "attested");
    let notes = run["notes"].to_string();
    assert!(notes.contains("did you mean `PERF-004`?"), "{notes}");
    assert!(notes.contains("PERF-001 held until 2020-02-01"), "{notes}");
    // A fault is said with its line, and nothing runs.
    world.file(
        ".perfctl/attestations.toml",
        "schema = \"perfctl.attestations/1\"\n[[attest]]\nitem = \"PERF-004\"\n",
    );
    let ran = world.run(&["check"]).expect(2);
    assert!(
        ran.err().contains(".perfctl/attestations.toml:2"),
        "{}",
        ran.err()
    );
}

#[test]
#[cfg(unix)]
fn settings_that_are_a_link_to_a_device_are_refused() {
    let world = World::new();
    std::os::unix::fs::symlink("/dev/zero", world.work().join(".perfctl.toml")).unwrap();
    let ran = world.run(&["check"]).expect(2);
    assert!(
        ran.err().contains("a link out of the repository"),
        "{}",
        ran.err()
    );
}

#[test]
fn a_directory_of_a_repository_is_audited_under_the_settings_of_the_repository() {
    let world = World::new();
    let slow = "import requests\n\n\ndef price():\n    return requests.get('https://prices')\n";
    world.git(&["init", "-q"]);
    world.file("app/shop.py", slow);
    world.file("app/made/client.py", slow);
    world.file("app/deep/prices_gen.py", slow);
    world.file("other/shop.py", slow);
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\nexclude = [\"/app/made\", \"other\", \"*_gen.py\"]\n\
         [rules]\nfail_on = \"low\"\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"{app,web}/shop.py\"\nreason = \"a gateway ends it\"\n",
    );
    world.git(&["add", "."]);
    let run = |args: &[&str]| {
        let mut all = vec![
            "recipe",
            "run",
            "quick-wins",
            "--out",
            "../out",
            "--format",
            "json",
        ];
        all.extend(args);
        let ran = world.run(&all).expect(0);
        let record: serde_json::Value = serde_json::from_str(&ran.out()).expect("json");
        let findings = record["findings"].as_array().expect("a list");
        let places: Vec<String> = findings
            .iter()
            .map(|finding| {
                let silenced = if finding["silenced"].is_null() {
                    ""
                } else {
                    " silenced"
                };
                format!(
                    "{}{silenced}",
                    finding["place"]["path"].as_str().expect("a path")
                )
            })
            .collect();
        places
    };
    assert_eq!(run(&["--repo", "app"]), ["shop.py silenced"]);
    assert_eq!(run(&["--repo", "."]), ["app/shop.py silenced"]);
}

#[test]
fn an_audit_of_a_directory_takes_its_own_of_the_entry_points_that_the_root_names() {
    let world = World::new();
    world.git(&["init", "-q"]);
    for service in ["shop", "mail"] {
        world.file(&format!("services/{service}/main.py"), "x = 1\n");
    }
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\nentry_points = [\"services/shop/main.py\", \"services/mail/main.py\", \"services.shop.main\", \"services.mail.main:app\"]\n",
    );
    let entries = |args: &[&str]| {
        let record = super::audit(&world, args);
        assert!(
            !record["problems"].to_string().contains("entry_points"),
            "{record}"
        );
        let entries = record["portrait"]["entry_points"]
            .as_array()
            .unwrap()
            .iter();
        // Others are found in the code.
        entries
            .filter(|entry| entry["path"] == ".perfctl.toml")
            .map(|entry| entry["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(entries(&["--repo", "services/shop"]), ["main.py", "main"]);
    assert_eq!(
        entries(&["--repo", "services/mail"]),
        ["main.py", "main:app"]
    );
    assert_eq!(entries(&["--repo", "."]).len(), 4);
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\nentry_points = [\"services/shop/mian.py\"]\n",
    );
    let record = super::audit(&world, &["--repo", "services/shop"]);
    let said = "`entry_points` names `services/shop/mian.py`, but";
    assert!(record["problems"].to_string().contains(said), "{record}");
}

#[test]
fn a_directory_of_an_organisation_that_holds_nothing_is_warned_of() {
    let world = World::new();
    world.file("service/app.py", "x = 1\n");
    std::fs::create_dir_all(world.work().join("org/empty")).unwrap();
    let check = || {
        let args = [
            "check",
            "service",
            "--select",
            "NET-PERF-001",
            "--config",
            "org",
        ];
        world.run(&args).expect(0).err()
    };
    let warned = "warning: org has nothing for perfctl: none of config.toml, plugins, recipes, templates, perfctl.lock is in it";
    assert!(check().contains(warned), "{}", check());
    // Each of these is enough, also where there is nothing in it yet.
    for folder in ["plugins", "recipes", "templates"] {
        let path = world.work().join("org").join(folder);
        std::fs::create_dir(&path).unwrap();
        assert!(!check().contains("nothing for perfctl"), "{folder}");
        std::fs::remove_dir(path).unwrap();
    }
    world.file("org/config.toml", "schema = \"perfctl.settings/1\"\n");
    assert!(!check().contains("nothing for perfctl"));
}
