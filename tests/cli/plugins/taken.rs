//! Rules that another plugin has: never taken in silence, and free once that one gives them away.

use std::fs::File;
use std::io::Read as _;

use super::together::{start, waits};
use super::{Acme, own};
use crate::support::World;

const OTHER: Acme<'_> = Acme {
    id: "other",
    version: "1.0.0",
    capabilities: "[]",
    rules: &["ACME-001", "ACME-002"],
};

fn lock(world: &World) -> String {
    std::fs::read_to_string(own(world, "perfctl.lock")).unwrap()
}

#[test]
fn a_rule_of_another_plugin_is_refused_before_anything_is_changed() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let before = lock(&world);
    OTHER.write(&world, "other");
    // Also where the other one is in another directory that runs read.
    for dir in [&[][..], &["--dir", "org"], &["--dry-run"]] {
        let args = [&["plugin", "add", "other"], dir].concat();
        let refused = world.run(&args).expect(2).err();
        for says in [
            "the rule ACME-001 of `other` is of the plugin `acme` already",
            "acme.pack.json",
            "`perfctl plugin remove acme` makes room for it",
        ] {
            assert!(refused.contains(says), "{says}: {refused}");
        }
        // What is in the user's own directory is read beside everything else.
        assert!(!refused.contains("--config"), "{refused}");
    }
    assert_eq!(lock(&world), before);
    world.run(&["plugin", "remove", "acme"]).expect(0);
    world.run(&["plugin", "add", "other", "--yes"]).expect(0);
    world.run(&["plugin", "verify"]).expect(0);
}

#[test]
fn a_repositorys_plugin_meets_the_users_own_in_that_repository_alone() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    OTHER.write(&world, "other");
    let args = ["plugin", "add", "other", "--dir", ".perfctl", "--yes"];
    let added = world.run(&args).expect(0).err();
    assert!(
        added.contains("has the rule ACME-001 as well: a run that reads both takes it from `acme`"),
        "{added}"
    );
}

#[test]
fn a_rule_moves_from_one_plugin_to_another_in_one_update() {
    let world = World::new();
    let (zeta, abel) = (
        Acme {
            id: "zeta",
            rules: &["ACME-001", "ACME-002"],
            ..Acme::default()
        },
        Acme {
            id: "abel",
            rules: &["ACME-003"],
            ..Acme::default()
        },
    );
    for pack in [&zeta, &abel] {
        pack.write(&world, pack.id);
        world.run(&["plugin", "add", pack.id, "--yes"]).expect(0);
    }
    std::fs::remove_dir_all(world.work().join("zeta/ACME-002")).unwrap();
    Acme {
        rules: &["ACME-002", "ACME-003"],
        ..abel
    }
    .write(&world, "abel");
    // By their names the one that takes it would come first.
    let shown = world.run(&["plugin", "update", "--dry-run"]).expect(0);
    assert!(
        shown.out().contains("+ ACME-002") && shown.out().contains("- ACME-002"),
        "{}",
        shown.out()
    );
    let alone = world.run(&["plugin", "update", "abel", "--yes"]).expect(2);
    assert!(alone.err().contains("`zeta`"), "{}", alone.err());
    assert!(
        alone
            .err()
            .contains("`perfctl plugin update zeta abel` takes both at once"),
        "{}",
        alone.err()
    );
    world.run(&["plugin", "update", "--yes"]).expect(0);
    world.run(&["plugin", "verify"]).expect(0);
    let lock = lock(&world);
    assert_eq!(lock.matches("ACME-002").count(), 1, "{lock}");
}

#[test]
fn rules_that_move_on_from_plugin_to_plugin_are_given_before_they_are_taken() {
    let world = World::new();
    let write = |rules: &[(&str, &[&str])]| {
        for (id, rules) in rules {
            let folder = world.work().join(id);
            if folder.exists() {
                std::fs::remove_dir_all(folder).unwrap();
            }
            Acme {
                id,
                rules,
                ..Acme::default()
            }
            .write(&world, id);
        }
    };
    write(&[
        ("abel", &["A-1"]),
        ("mid", &["M-1", "M-2"]),
        ("zeta", &["Z-1", "Z-2"]),
    ]);
    for id in ["abel", "mid", "zeta"] {
        world.run(&["plugin", "add", id, "--yes"]).expect(0);
    }
    write(&[
        ("abel", &["A-1", "M-2"]),
        ("mid", &["M-1", "Z-2"]),
        ("zeta", &["Z-1"]),
    ]);
    world.run(&["plugin", "update", "--dry-run"]).expect(0);
    world.run(&["plugin", "update", "--yes"]).expect(0);
    world.run(&["plugin", "verify"]).expect(0);
    // Two that exchange theirs have no order: both are refused, and nothing is changed.
    let before = lock(&world);
    write(&[("abel", &["A-1", "M-1"]), ("mid", &["M-2", "Z-2"])]);
    let refused = world.run(&["plugin", "update", "--yes"]).expect(2).err();
    assert!(
        refused.contains("M-1 of `abel`") && refused.contains("M-2 of `mid`"),
        "{refused}"
    );
    assert_eq!(lock(&world), before);
}

#[test]
fn what_is_copied_together_shares_no_rule() {
    let world = World::new();
    for pack in [&Acme::default(), &OTHER] {
        pack.write(&world, pack.id);
    }
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    world.file("other/.perfctl/.keep", "");
    let dir = ["--dir", ".perfctl", "--yes"];
    world
        .run(&[&["plugin", "add", "other"], &dir[..]].concat())
        .expect(0);
    world.run(&["trust", "."]).expect(0);
    let refused = world.run(&["plugin", "vendor", "out"]).expect(2).err();
    assert!(
        refused.contains("`acme` and `other` both have ACME-001"),
        "{refused}"
    );
    assert!(!world.work().join("out").exists());
}

#[test]
fn of_two_at_once_with_one_rule_the_second_is_refused() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let with_acme = lock(&world);
    world.run(&["plugin", "remove", "acme"]).expect(0);
    OTHER.write(&world, "other");

    // This process is the first one.
    let first = File::open(own(&world, "")).unwrap();
    first.lock().unwrap();
    let mut second = start(&world, &["plugin", "add", "other", "--yes"]);
    let mut said = waits(&mut second);
    std::fs::write(own(&world, "perfctl.lock"), &with_acme).unwrap();
    drop(first);
    let code = second.wait().unwrap().code();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(code, Some(3), "{rest}");
    assert!(
        rest.contains("ACME-001 of `other` is a rule of `acme`, which another perfctl has put"),
        "{rest}"
    );
    assert_eq!(lock(&world), with_acme);
    let left = std::fs::read_dir(own(&world, "plugins")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_copied_takes_no_rule_of_what_is_there() {
    let world = World::new();
    for pack in [&Acme::default(), &OTHER] {
        pack.write(&world, pack.id);
    }
    for (id, dir) in [("acme", "one"), ("other", "two")] {
        let add = ["plugin", "add", id, "--dir", dir, "--yes"];
        world.run(&add).expect(0);
    }
    world
        .run(&["plugin", "vendor", "out", "--dir", "one"])
        .expect(0);
    let before = std::fs::read_to_string(world.work().join("out/perfctl.lock")).unwrap();
    for more in [&[][..], &["--yes"], &["--dry-run"]] {
        let args = [&["plugin", "vendor", "out", "--dir", "two"], more].concat();
        let refused = world.run(&args).expect(2).err();
        for says in [
            "the rule ACME-001 of `other` is of the plugin `acme` already",
            "each with `--config DIR`",
        ] {
            assert!(refused.contains(says), "{says}: {refused}");
        }
    }
    let after = std::fs::read_to_string(world.work().join("out/perfctl.lock")).unwrap();
    assert_eq!(before, after);
}

#[test]
fn nothing_of_a_plugin_runs_before_its_user_agrees_and_one_that_cannot_run_is_not_taken() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.file("acme/ACME-001/rule.lua", "error('it ran')\n");
    let shown = world.run(&["plugin", "add", "acme", "--dry-run"]).expect(0);
    assert!(!shown.err().contains("it ran"), "{}", shown.err());
    let asked = world.run(&["plugin", "add", "acme"]).expect(2);
    assert!(!asked.err().contains("it ran"), "{}", asked.err());
    let refused = world.run(&["plugin", "add", "acme", "--yes"]).expect(2);
    assert!(refused.err().contains("it ran"), "{}", refused.err());
    assert!(!own(&world, "perfctl.lock").exists());
}
