//! The cases of every rule, through the program, as a rule's author runs them.

use crate::support::{World, project};

#[test]
fn every_case_of_every_rule_holds() {
    let world = World::new();
    let packs = project().join("plugins");
    let ran = world.run(&["rule", "test", &packs.display().to_string()]);
    assert_eq!(ran.code(), 0, "\n{}\n{}", ran.out(), ran.err());
}
