//! Updates: what they show before they are taken, and what they leave alone.

use super::{Acme, add_without_rules, own};

use crate::support::World;

#[test]
fn an_update_shows_what_changes_and_is_taken_on_request_only() {
    let world = World::new();
    Acme {
        rules: &["ACME-001", "ACME-002"],
        ..Acme::default()
    }
    .write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let before = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    let same = world.run(&["plugin", "update"]).expect(0);
    assert!(
        same.err().contains("acme 1.0.0 is as it was"),
        "{}",
        same.err()
    );

    std::fs::remove_dir_all(world.work().join("acme")).unwrap();
    Acme {
        version: "1.1.0",
        capabilities: "[\"files\"]",
        rules: &["ACME-001", "ACME-003"],
        ..Acme::default()
    }
    .write(&world, "acme");
    for args in [&["plugin", "update"][..], &["plugin", "add", "acme"]] {
        let asked = world.run(args).expect(2);
        for line in [
            "version     1.0.0 -> 1.1.0",
            "asks now    + files: read any file",
            "new rule    + ACME-003 (high) No loads",
            "rule gone   - ACME-002",
        ] {
            assert!(asked.out().contains(line), "{line}: {}", asked.out());
        }
        assert!(asked.err().contains("`--yes` takes"), "{}", asked.err());
    }
    world.run(&["plugin", "update", "--dry-run"]).expect(0);
    let after = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    assert_eq!(before, after);

    world.run(&["plugin", "update", "acme", "--yes"]).expect(0);
    let after = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    assert!(
        after.contains("version = \"1.1.0\"") && after.contains("ACME-003"),
        "{after}"
    );
    world.run(&["plugin", "verify"]).expect(0);
    let slip = world.run(&["plugin", "update", "acmy"]).expect(2);
    assert!(
        slip.err().contains("did you mean `acme`?"),
        "{}",
        slip.err()
    );
}

#[test]
fn an_update_shows_what_changes_of_a_rule_also_where_the_version_stays() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let file = own(&world, "plugins/acme.pack.json");
    let installed = std::fs::read_to_string(&file).unwrap();
    let head = std::fs::read_to_string(world.work().join("acme/ACME-001/rule.toml")).unwrap();
    let head = head
        .replace("severity = \"high\"", "severity = \"low\"")
        .replace("title = \"No loads\"", "title = \"Loads\"")
        .replace("category = \"cpu\"", "category = \"memory\"");
    world.file("acme/ACME-001/rule.toml", &head);
    let asked = world.run(&["plugin", "update", "--dry-run"]).expect(0);
    for line in [
        "content     changed, though the version is 1.0.0 still",
        "sha256      ",
        "rule        ~ ACME-001: severity high -> low; title \"No loads\" -> \"Loads\"; category cpu -> memory",
    ] {
        assert!(asked.out().contains(line), "{line}: {}", asked.out());
    }
    // What somebody else's file says is nothing that changes.
    std::fs::write(&file, installed.replace("high", "info")).unwrap();
    let asked = world.run(&["plugin", "update", "--dry-run"]).expect(0);
    assert!(
        asked
            .out()
            .contains("content     what changes of it beside that is not known: the file that is there is not the one that the lock names"),
        "{}",
        asked.out()
    );
}

#[test]
fn one_that_cannot_be_had_does_not_keep_the_others_away() {
    let world = World::new();
    for id in ["abel", "zeta"] {
        add_without_rules(&world, id);
        std::fs::remove_file(own(&world, &format!("plugins/{id}.pack.json"))).unwrap();
    }
    std::fs::remove_dir_all(world.work().join("abel")).unwrap();
    let failed = world.run(&["plugin", "add"]).expect(2);
    assert!(failed.err().contains("abel"), "{}", failed.err());
    assert!(own(&world, "plugins/zeta.pack.json").is_file());
    let failed = world.run(&["plugin", "update", "--yes"]).expect(2);
    assert!(failed.err().contains("abel"), "{}", failed.err());
    assert!(
        failed.err().contains("zeta 1.0.0 is as it was"),
        "{}",
        failed.err()
    );
}

#[test]
fn what_is_copied_can_be_had_again_and_shows_what_it_changes() {
    let world = World::new();
    // A lock of a repository, whose source lies in that repository.
    world.git(&["init", "-q", "-b", "main", "shop"]);
    Acme::default().write(&world, "shop/tools/acme");
    let add = ["plugin", "add", "tools/acme", "--dir", ".perfctl", "--yes"];
    let added = world.run_in("shop", &add).expect(0);
    assert!(
        !added.err().contains("only this machine"),
        "{}",
        added.err()
    );
    let lock =
        |dir: &str| std::fs::read_to_string(world.work().join(dir).join("perfctl.lock")).unwrap();
    let written = lock("shop/.perfctl");
    assert!(written.contains("source = \"../tools/acme\""), "{written}");
    let vendor = |more: &[&str]| {
        let args = [
            "plugin",
            "vendor",
            "../shop/out/perfctl",
            "--dir",
            ".perfctl",
        ];
        world.run_in("shop", &[&args, more].concat())
    };
    vendor(&[]).expect(0);
    let written = lock("shop/out/perfctl");
    assert!(
        written.contains("source = \"../../tools/acme\""),
        "{written}"
    );
    let file = world.work().join("shop/out/perfctl/plugins/acme.pack.json");
    std::fs::remove_file(&file).unwrap();
    world
        .run(&["plugin", "add", "--dir", "shop/out/perfctl"])
        .expect(0);
    assert!(file.is_file());

    // A newer one takes its place as an update does.
    Acme {
        version: "1.1.0",
        ..Acme::default()
    }
    .write(&world, "shop/tools/acme");
    world
        .run(&["plugin", "update", "--yes", "--dir", "shop/.perfctl"])
        .expect(0);
    let asked = vendor(&[]).expect(2);
    assert!(
        asked.out().contains("version     1.0.0 -> 1.1.0"),
        "{}",
        asked.out()
    );
    assert!(lock("shop/out/perfctl").contains("\"1.0.0\""));
    vendor(&["--yes"]).expect(0);
    assert!(lock("shop/out/perfctl").contains("\"1.1.0\""));

    // What lies outside of the repository nobody else has.
    Acme::default().write(&world, "elsewhere/acme");
    let add = [
        "plugin",
        "add",
        "../elsewhere/acme",
        "--dir",
        ".perfctl",
        "--yes",
    ];
    let added = world.run_in("shop", &add).expect(0);
    assert!(
        added.err().contains("only this machine has"),
        "{}",
        added.err()
    );
}
