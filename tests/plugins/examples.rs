//! Packs of organisations in `plugins/examples`: each is built, what needs no perfctl is tested by its own language, and its cases hold.

use std::collections::BTreeSet;

use crate::support::compilers::{Language, build, copied, has, machine};
use crate::support::{World, project};

/// A pack with its language, how many rules it has at least, and the program and words that test its own code.
struct Example {
    pack: &'static str,
    language: Language,
    rules: usize,
    own_tests: &'static [&'static str],
}

const EXAMPLES: [Example; 3] = [
    Example {
        pack: "acme-platform",
        language: Language::Rust,
        rules: 2,
        own_tests: &[],
    },
    Example {
        pack: "payments-team",
        language: Language::Python,
        rules: 3,
        own_tests: &["python3", "-m", "unittest"],
    },
    Example {
        pack: "storefront",
        language: Language::TypeScript,
        rules: 3,
        own_tests: &["npm", "run", "--silent", "check-and-test"],
    },
];

/// Builds an example in a folder of its own, and tests it there.
fn holds(pack: &str, test: &str) {
    let mut examples = EXAMPLES.iter();
    let example = examples.find(|example| example.pack == pack).unwrap();
    if !example.language.is_here(test) {
        return;
    }
    let world = World::new();
    let dir = copied(&world, "project", &format!("plugins/examples/{pack}"));
    example.language.prepare(&world, &dir);
    if let [program, words @ ..] = example.own_tests
        && has(test, program)
    {
        let mut command = world.command(program);
        let output = machine(&mut command)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .args(words)
            .current_dir(&dir)
            .output()
            .unwrap();
        let said = [&output.stdout[..], &output.stderr[..]].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(output.status.success(), "{said}");
    }
    let shown = dir.display().to_string();
    build(&world, &["plugin", "build", &shown]).expect(0);
    let tested = world.run(&["plugin", "test", &shown, "--format", "json"]);
    let tested = tested.expect(0).out();
    let tested: serde_json::Value = serde_json::from_str(&tested).unwrap();
    let rules = tested["rules"].as_array().unwrap();
    assert!(rules.len() >= example.rules, "{tested:#}");
}

#[test]
fn every_example_is_tested_and_in_a_language_of_its_own() {
    let there: BTreeSet<String> = std::fs::read_dir(project().join("plugins/examples"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let tested = EXAMPLES.map(|example| example.pack.to_owned());
    assert_eq!(there, BTreeSet::from(tested));
    for pack in there {
        let readme = project().join("plugins/examples").join(&pack);
        assert!(readme.join("README.md").is_file(), "{pack} teaches nothing");
    }
}

#[test]
fn the_example_in_rust_holds() {
    holds("acme-platform", "the_example_in_rust_holds");
}

#[test]
fn the_example_in_python_holds() {
    holds("payments-team", "the_example_in_python_holds");
}

#[test]
fn the_example_in_typescript_holds() {
    holds("storefront", "the_example_in_typescript_holds");
}
