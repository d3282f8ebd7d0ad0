//! The cases of every rule, through the program, as a rule's author runs them.

use crate::support::compilers::copy;
use crate::support::{World, project};

#[test]
fn every_case_of_every_rule_holds() {
    let world = World::new();
    let packs = project().join("plugins/perf");
    let ran = world.run(&["rule", "test", &packs.display().to_string()]);
    assert_eq!(ran.code(), 0, "\n{}\n{}", ran.out(), ran.err());
}

/// A rule's own cases show it only what was written for it: a rule that breaks on another rule's code is seen here alone.
#[test]
fn no_rule_breaks_on_code_written_for_another() {
    let world = World::new();
    let rules = std::fs::read_dir(project().join("plugins/perf")).unwrap();
    let mut copied = 0;
    for rule in rules.flatten() {
        let cases = rule.path().join("cases");
        if cases.is_dir() {
            copy(&cases, &world.work().join(rule.file_name()));
            copied += 1;
        }
    }
    assert!(copied > 100, "{copied}");
    let ran = world.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    assert!(report["findings"].as_array().unwrap().len() > 1000);
    let broken: Vec<_> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["message"].as_str().unwrap().contains("it broke"))
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
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
