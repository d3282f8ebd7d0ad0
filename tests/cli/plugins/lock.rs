//! The lock: what it holds, what it refuses, how it changes.

use super::{Acme, add_without_rules, check, own, service};
use std::path::Path;

use crate::support::World;

#[test]
fn a_plugin_is_added_listed_verified_run_and_removed() {
    let world = World::new();
    service(&world);
    Acme::default().write(&world, "acme");
    let added = world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let said = added.out();
    assert!(said.contains("acme 1.0.0  What acme agreed on"), "{said}");
    assert!(said.contains("asks for    nothing"), "{said}");
    assert!(
        said.contains("rule        ACME-001  high      No loads"),
        "{said}"
    );
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    for line in [
        "schema = \"perfctl.lock/1\"",
        "id = \"acme\"",
        "version = \"1.0.0\"",
        "sha256 = \"",
        "rules = [\n  \"ACME-001\",\n]",
    ] {
        assert!(lock.contains(line), "{line}: {lock}");
    }
    assert!(!lock.contains("contract ="), "{lock}");

    let listed = world.run(&["plugin", "list"]).expect(0).out();
    assert!(listed.starts_with("acme  1.0.0  ok  "), "{listed}");
    let listed = world.run(&["plugin", "list", "--format", "json"]).expect(0);
    let listed: serde_json::Value = serde_json::from_str(&listed.out()).unwrap();
    assert_eq!(listed["schema"], "perfctl.plugins/1");
    assert_eq!(listed["plugins"][0]["rules"][0], "ACME-001");
    world.run(&["plugin", "verify"]).expect(0);
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("loads is slow"), "{said}");

    world
        .run(&["plugin", "remove", "acme", "--dry-run"])
        .expect(0);
    assert!(own(&world, "plugins/acme.pack.json").is_file());
    world.run(&["plugin", "remove", "acme"]).expect(0);
    assert!(!own(&world, "plugins/acme.pack.json").exists());
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 2, "the rule is gone: {said}");
    let again = world.run(&["plugin", "remove", "acme"]).expect(2);
    assert!(again.err().contains("no plugin `acme`"), "{}", again.err());
}

#[test]
fn what_is_not_as_the_lock_says_does_not_run_and_says_what_does() {
    let world = World::new();
    service(&world);
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let file = own(&world, "plugins/acme.pack.json");
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, good.replace("loads is slow", "loads is fine")).unwrap();

    let (code, said) = check(&world, &[]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("ACME-001") && !said.contains("loads is fine"),
        "{said}"
    );
    assert!(said.contains("its sha256 is"), "{said}");
    assert!(said.contains("perfctl.lock:4 says"), "{said}");
    let verified = world.run(&["plugin", "verify"]).expect(3);
    for says in [
        "WRONG  acme 1.0.0",
        "`perfctl plugin add` fetches that from",
    ] {
        assert!(verified.out().contains(says), "{}", verified.out());
    }
    assert!(world.run(&["plugin", "list"]).out().contains("changed"));

    std::fs::remove_file(&file).unwrap();
    let verified = world.run(&["plugin", "verify"]).expect(3).out();
    assert!(
        verified.contains("the file is not there: `perfctl plugin add` fetches it from"),
        "{verified}"
    );
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("acme.pack.json: it is not there"), "{said}");
    assert!(said.contains("`perfctl plugin add` fetches"), "{said}");

    world.run(&["plugin", "add"]).expect(0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), good);
    world.run(&["plugin", "verify"]).expect(0);
    assert_eq!(check(&world, &[]).0, 1);

    // The source is another one now: what the lock means cannot be had again, and nothing else is taken for it.
    std::fs::remove_file(&file).unwrap();
    Acme {
        version: "1.1.0",
        ..Acme::default()
    }
    .write(&world, "acme");
    let refused = world.run(&["plugin", "add"]).expect(2);
    assert!(
        refused.err().contains("perfctl.lock:4 says"),
        "{}",
        refused.err()
    );
    assert!(
        refused.err().contains("perfctl plugin update acme"),
        "{}",
        refused.err()
    );
    assert!(!file.exists());
}

#[test]
fn what_no_lock_names_is_told_and_not_mistaken_for_nothing() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    let packed = own(&world, "plugins/acme.pack.json");
    std::fs::create_dir_all(packed.parent().unwrap()).unwrap();
    let output = packed.display().to_string();
    world
        .run(&["plugin", "build", "acme", "--output", &output])
        .expect(0);
    let none = world.run(&["plugin", "update"]).expect(0).err();
    assert!(
        none.contains("`perfctl plugin add SOURCE` makes one"),
        "{none}"
    );
    std::fs::remove_file(&packed).unwrap();
    let none = world.run(&["plugin", "update"]).expect(0).err();
    assert!(none.contains("there are no plugins to update"), "{none}");

    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    world.file(
        "../home/.config/perfctl/plugins/own/pack.toml",
        "schema = \"perfctl.pack/1\"\nid = \"own\"\ntitle = \"t\"\nversion = \"1.0.0\"\nedition = 1\n",
    );
    for command in ["list", "verify"] {
        let said = world.run(&["plugin", command]).expect(0).err();
        assert!(
            said.contains("is used as well, and perfctl.lock does not name it: own"),
            "{command}: {said}"
        );
    }
    // A directory that cannot be looked into may hold what the lock names.
    std::fs::remove_dir_all(own(&world, "plugins")).unwrap();
    std::fs::write(own(&world, "plugins"), "").unwrap();
    let said = world.run(&["plugin", "verify"]).expect(3).out();
    assert!(
        said.contains("plugins/acme.pack.json cannot be read: "),
        "{said}"
    );
}

#[test]
fn beside_a_lock_nothing_else_runs() {
    let world = World::new();
    service(&world);
    Acme::default().write(&world, "acme");
    world
        .run(&["plugin", "build", "acme", "--output", "acme.pack.json"])
        .expect(0);
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    std::fs::copy(
        world.work().join("acme.pack.json"),
        world.work().join("org/plugins/any.pack.json"),
    )
    .unwrap();
    // Without a lock an organisation's directory holds what it holds, unless the user wants one.
    assert_eq!(check(&world, &["--config", "org"]).0, 1);
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n[plugins]\nrequire_lock = true\n",
    );
    let ran = world.run(&["check", "service", "--config", "org"]);
    let said = format!("{}{}", ran.out(), ran.err());
    assert!(
        said.contains("any.pack.json: no perfctl.lock names it"),
        "{said}"
    );
    assert!(!said.contains("loads is slow"), "{said}");

    // Adding it from where it lies makes the lock.
    world
        .run(&["plugin", "add", "acme", "--dir", "org", "--yes"])
        .expect(0);
    let ran = world.run(&["check", "service", "--config", "org"]);
    let said = format!("{}{}", ran.out(), ran.err());
    assert!(said.contains("loads is slow"), "{said}");
    assert!(said.contains("org/perfctl.lock does not name it"), "{said}");
    let verified = world.run(&["plugin", "verify", "--dir", "org"]).expect(3);
    assert!(
        verified.out().contains("any.pack.json"),
        "{}",
        verified.out()
    );
    // Neither does a component whose name says nothing, which in a pack's folder would be that pack's.
    let named = world.work().join("org/plugins/plugin.wasm");
    std::fs::rename(world.work().join("org/plugins/any.pack.json"), &named).unwrap();
    let verified = world.run(&["plugin", "verify", "--dir", "org"]).expect(3);
    assert!(
        verified.out().contains("WRONG  plugin.wasm")
            && verified
                .out()
                .contains("the lock does not name it: it does not run"),
        "{}",
        verified.out()
    );
    let ran = world.run(&["check", "service", "--config", "org"]);
    let said = format!("{}{}", ran.out(), ran.err());
    assert!(
        said.contains("plugin.wasm: org/perfctl.lock does not name it"),
        "{said}"
    );
    std::fs::remove_file(named).unwrap();
    world.run(&["plugin", "verify", "--dir", "org"]).expect(0);
    assert_eq!(check(&world, &["--config", "org"]).0, 1);
}

#[test]
fn a_folder_beside_a_lock_takes_the_place_of_nothing_that_is_locked() {
    for folder in ["acme", "aaa"] {
        let world = World::new();
        service(&world);
        Acme::default().write(&world, "acme");
        world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
        let beside = format!("../home/.config/perfctl/plugins/{folder}");
        Acme::default().write(&world, &beside);
        for (file, was, is) in [
            ("pack.toml", "\"acme\"", format!("\"{folder}\"")),
            ("ACME-001/rule.lua", "is slow", "is fine".to_owned()),
        ] {
            let file = world.work().join(&beside).join(file);
            let text = std::fs::read_to_string(&file).unwrap();
            std::fs::write(&file, text.replace(was, &is)).unwrap();
        }
        let (code, said) = check(&world, &[]);
        assert_eq!(code, 1, "{folder}: {said}");
        assert!(
            said.contains("loads is slow") && !said.contains("loads is fine"),
            "{folder}: {said}"
        );
        assert!(said.contains("PERFCTL-PACK"), "{folder}: {said}");
        let verified = world.run(&["plugin", "verify"]).expect(3);
        assert!(
            verified.out().contains("WRONG  acme 1.0.0"),
            "{folder}: {}",
            verified.out()
        );
        // What is pinned and lost is no place that is free.
        std::fs::remove_file(own(&world, "plugins/acme.pack.json")).unwrap();
        let (code, said) = check(&world, &[]);
        assert_eq!(code, 3, "{folder}: {said}");
        assert!(!said.contains("loads is fine"), "{folder}: {said}");
        std::fs::remove_dir_all(world.work().join(&beside)).unwrap();
        world.run(&["plugin", "add"]).expect(0);
        world.run(&["plugin", "verify"]).expect(0);
    }
}

#[test]
fn everything_is_copied_for_a_machine_without_a_network() {
    let world = World::new();
    service(&world);
    Acme::default().write(&world, "acme");
    let none = world.run(&["plugin", "vendor", "out"]).expect(2);
    assert!(none.err().contains("no plugins to copy"), "{}", none.err());
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let file = own(&world, "plugins/acme.pack.json");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, "{}").unwrap();
    let wrong = world.run(&["plugin", "vendor", "out"]).expect(2);
    assert!(
        wrong.err().contains("nothing was copied"),
        "{}",
        wrong.err()
    );
    assert!(!world.work().join("out").exists());
    std::fs::write(&file, bytes).unwrap();
    world.run(&["plugin", "vendor", "out"]).expect(0);
    world.run(&["plugin", "remove", "acme"]).expect(0);
    assert_eq!(check(&world, &["--config", "out"]).0, 1);
    world.run(&["plugin", "verify", "--dir", "out"]).expect(0);
}

#[test]
fn what_lies_in_the_place_of_a_plugin_is_not_waited_for() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world
        .run(&["plugin", "add", "acme", "--dir", "shop/.perfctl", "--yes"])
        .expect(0);
    let file = world.work().join("shop/.perfctl/plugins/acme.pack.json");
    for target in [Path::new("/dev/zero"), &world.work().join("acme/pack.toml")] {
        std::fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink(target, &file).unwrap();
        let args = ["plugin", "verify", "--dir", "shop/.perfctl"];
        let verified = world.run(&args).expect(3);
        assert!(
            verified.out().contains("a link out of the repository"),
            "{}",
            verified.out()
        );
    }
}

#[test]
fn a_repository_brings_its_plugins_once_it_is_trusted() {
    let world = World::new();
    service(&world);
    world.git(&["init", "-q", "-b", "main", "service"]);
    Acme::default().write(&world, "service/tools/acme");
    let dir = ["--dir", ".perfctl"];
    let add = [&["plugin", "add", "tools/acme", "--yes"][..], &dir].concat();
    let dry = [&["plugin", "add", "tools/acme", "--dry-run"][..], &dir].concat();
    let file = world.work().join("service/.perfctl/plugins/acme.pack.json");
    world.run_in("service", &dry).expect(0);
    assert!(!file.exists() && !world.work().join("service/.perfctl/perfctl.lock").exists());
    world.run_in("service", &add).expect(0);
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 2, "nobody trusts it: {said}");
    world.run_in("service", &["trust"]).expect(0);
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("loads is slow"), "{said}");
    // The lock is part of what is trusted, and so is what it pins.
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("is slow", "is fine")).unwrap();
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 2, "{said}");
    let (code, said) = check(&world, &["--trust-repo"]);
    assert_eq!(code, 3, "{said}");
    assert!(!said.contains("loads is fine"), "{said}");
}

#[test]
fn several_are_removed_at_once_or_none() {
    let world = World::new();
    for id in ["abel", "zeta"] {
        add_without_rules(&world, id);
    }
    world.run(&["plugin", "remove", "abel", "acmy"]).expect(2);
    let listed = world.run(&["plugin", "list"]).expect(0).out();
    assert!(
        listed.contains("abel") && listed.contains("zeta"),
        "{listed}"
    );
    world.run(&["plugin", "remove", "zeta", "abel"]).expect(0);
    assert_eq!(world.run(&["plugin", "list"]).expect(0).out(), "");
    let left = std::fs::read_dir(own(&world, "plugins")).unwrap();
    assert_eq!(left.count(), 0);
}

#[test]
fn a_broken_lock_names_its_line_and_nothing_is_written() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let path = own(&world, "perfctl.lock");
    let text = std::fs::read_to_string(&path).unwrap();
    let broken = text.replace("sha256 = \"", "sha256 = \"XY");
    std::fs::write(&path, &broken).unwrap();
    for args in [
        &["plugin", "list"][..],
        &["plugin", "add", "acme"],
        &["check"],
        &["rule", "list"],
    ] {
        let ran = world.run(args).expect(2);
        assert!(
            ran.err().contains("perfctl.lock:"),
            "{args:?}: {}",
            ran.err()
        );
        assert!(
            ran.err().contains("not a SHA-256"),
            "{args:?}: {}",
            ran.err()
        );
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
}

#[test]
fn a_plugin_does_not_take_the_place_of_the_programs_own_rules() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    for (id, rule) in [("acme", "PERF-001"), ("perf", "PERF-001")] {
        Acme {
            rules: &[rule],
            ..Acme::default()
        }
        .write(&world, id);
        let head = world.work().join(id).join("pack.toml");
        let text = std::fs::read_to_string(&head).unwrap();
        std::fs::write(
            &head,
            text.replace("id = \"acme\"", &format!("id = \"{id}\"")),
        )
        .unwrap();
        let ran = world.run(&["plugin", "add", id, "--yes"]).expect(2);
        assert!(
            ran.err().contains("does not take another pack's rules"),
            "{}",
            ran.err()
        );
    }
    assert!(!own(&world, "perfctl.lock").exists());
}
