//! One rule in every language: the same findings, byte for byte, as perfctl writes them.

use super::reproducible;
use crate::support::compilers::{Language, build, copied, copy};
use crate::support::{World, project};

/// What its user's settings hold: components look at other files only where that is granted.
const GRANTED: &str = "schema = \"perfctl.settings/1\"\n\n[grants]\nfiles = [\"conformance\"]\n";

/// A world with the repository that the rule is run on, and the grant that it needs.
pub(super) fn world() -> World {
    let world = World::new();
    let repository = project().join("tests/plugins/repository");
    copy(&repository, &world.work().join("repository"));
    world.file("../home/.config/perfctl/config.toml", GRANTED);
    world
}

/// The findings in the record of a check with the one plugin in `organisation/plugins`, as they stand in it.
pub(super) fn findings(world: &World) -> String {
    findings_of(world, "CONF-001")
}

/// Those of one of its rules.
fn findings_of(world: &World, rule: &str) -> String {
    let args = format!(
        "check repository --config organisation --select {rule} --confidence low --format json"
    );
    let ran = world.run(&args.split(' ').collect::<Vec<_>>()).expect(1);
    let record = ran.out();
    let (_, behind) = record.split_once("\n  \"findings\": ").unwrap();
    let (findings, _) = behind.split_once("\n  ]").unwrap();
    format!("{{\n  \"findings\": {findings}\n  ]\n}}\n")
}

/// The findings that the rule has to come to.
pub(super) fn expected() -> String {
    std::fs::read_to_string(project().join("tests/plugins/findings.json")).unwrap()
}

/// Holds a text of lines against what is expected, and shows the first line that differs.
pub(super) fn hold(what: &str, found: &str, expected: &str) {
    let mut lines = found.lines().zip(expected.lines()).enumerate();
    if let Some((at, (found, expected))) = lines.find(|(_, (found, expected))| found != expected) {
        panic!(
            "{what}: line {} is\n{found}\nand not, as expected,\n{expected}",
            at + 1
        );
    }
    assert_eq!(found.len(), expected.len(), "{what}: the ends differ");
}

/// Builds the rule in a language, runs it, and holds what it found against what is expected.
fn conforms(language: Language, name: &str, test: &str) {
    if !language.is_here(test) {
        return;
    }
    let world = world();
    let dir = copied(
        &world,
        "project",
        &format!("tests/plugins/conformance-{name}"),
    );
    language.prepare(&world, &dir);
    std::fs::create_dir_all(world.work().join("organisation/plugins")).unwrap();
    let output = "organisation/plugins/conformance.wasm";
    let dir = dir.display().to_string();
    build(&world, &["plugin", "build", &dir, "--output", output]).expect(0);
    if language == Language::Rust {
        // Although the SDK lies outside of the pack's folder.
        let plugin = std::fs::read(world.work().join(output)).unwrap();
        reproducible::hold_no_path(&world, &plugin);
    }
    hold(name, &findings(&world), &expected());
    hold_values(name, &world);
}

/// Holds what the rule about values says against what it has to say in every language.
fn hold_values(language: &str, world: &World) {
    let values = project().join("tests/plugins/values.json");
    let expected = std::fs::read_to_string(values).unwrap();
    let found = findings_of(world, "CONF-002");
    assert_eq!(found, expected, "{language}: see tests/plugins/values.json");
}

#[test]
fn the_rule_in_lua_finds_what_is_expected() {
    let world = world();
    copy(
        &project().join("tests/plugins/conformance-lua"),
        &world.work().join("organisation/plugins/conformance"),
    );
    let found = findings(&world);
    let rules = found.matches("\"rule\": \"CONF-001\"").count();
    assert_eq!(rules, 27, "{found}");
    hold("lua", &found, &expected());
    hold_values("lua", &world);
}

#[test]
fn the_rule_in_rust_finds_the_same() {
    conforms(Language::Rust, "rust", "the_rule_in_rust_finds_the_same");
}

#[test]
fn the_rule_in_python_finds_the_same() {
    conforms(
        Language::Python,
        "python",
        "the_rule_in_python_finds_the_same",
    );
}

#[test]
fn the_rule_in_typescript_finds_the_same() {
    conforms(
        Language::TypeScript,
        "js",
        "the_rule_in_typescript_finds_the_same",
    );
}
