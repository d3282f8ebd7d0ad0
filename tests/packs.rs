//! The cases of every rule, through the program, as a rule's author runs them.

use crate::support::{World, project};

#[test]
fn every_case_of_every_rule_holds() {
    let world = World::new();
    let packs = project().join("plugins/perf");
    let ran = world.run(&["rule", "test", &packs.display().to_string()]);
    assert_eq!(ran.code(), 0, "\n{}\n{}", ran.out(), ran.err());
}

#[test]
fn a_pack_with_a_rule_that_is_none_for_its_name_does_not_pass() {
    let world = World::new();
    world
        .run(&["rule", "new", "ORG-001", "--dir", "org"])
        .expect(0);
    let pack = world.work().join("org");
    let ran = world.run(&["rule", "test", "org"]).expect(0);
    assert!(ran.out().contains("1 rule,"), "{}", ran.out());
    std::fs::create_dir(pack.join("org_2")).unwrap();
    std::fs::write(pack.join("org_2/rule.toml"), "id = 3").unwrap();
    let ran = world.run(&["rule", "test", "org"]).expect(1);
    assert!(ran.err().contains("org_2"), "{}", ran.err());
}
