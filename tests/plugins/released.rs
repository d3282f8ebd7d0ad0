//! Versions of the contract that are released: their files stay as they are, and what was built for them runs for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use perfctl_wasm::contract::VERSION;
use sha2::{Digest as _, Sha256};

use super::conformance;
use crate::support::{World, project};

/// The versions that are released, each with the digest of its lines of `sdk/wit/SHA256SUMS`, sorted. A list that stands beside what it lists is soon
/// made anew; what stands here is a promise, and is never changed.
const RELEASED: [(&str, &str); 1] = [(
    "0.1.0",
    "2eaa4d014fa76ae33e66175a0d5ad4214887acaf5c7ecc418700d67eea6b94f5",
)];

/// Components as they were built for a released version. Built with today's SDK they would show nothing.
const COMPONENTS: [(&str, &str); 4] = [
    (
        "0.1.0/collector.wasm",
        "ba521bb5122434d874b15c3ad6169f5d490fa891963252c8100e8e9cc0da6c3d",
    ),
    (
        "0.1.0/conformance.wasm",
        "a4d9f3da92d4ab1ed672a093d470bf898265f8b29f40afc9ac38364f1b0c4f51",
    ),
    (
        "0.1.0/reporter.wasm",
        "51c96fd5f1feb6935fa7e543dac18ffe05c85e53b53794543cd8ad0d3088783d",
    ),
    (
        "0.1.0/surface.wasm",
        "01138222c3ffbd18870d03066cae23a4fd1c675a7ca1ca927afbd16dc1753bab",
    ),
];

/// Digests of all files of released versions by path, as `sdk/wit/SHA256SUMS` lists them.
fn listed() -> BTreeMap<String, String> {
    let list = std::fs::read_to_string(project().join("sdk/wit/SHA256SUMS")).unwrap();
    let line = |line: &str| {
        let (digest, path) = line.split_once("  ").unwrap();
        (path.to_owned(), digest.to_owned())
    };
    list.lines().map(line).collect()
}

/// The versions that are released.
pub(super) fn versions() -> BTreeSet<String> {
    let of = |path: &String| path.split_once('/').unwrap().0.to_owned();
    listed().keys().map(of).collect()
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[test]
fn a_released_contract_is_never_edited() {
    let wit = project().join("sdk/wit");
    let mut there = BTreeMap::new();
    for version in versions() {
        for entry in std::fs::read_dir(wit.join(&version)).unwrap().flatten() {
            let path = format!("{version}/{}", entry.file_name().to_string_lossy());
            there.insert(path, digest(&std::fs::read(entry.path()).unwrap()));
        }
    }
    let listed = listed();
    assert!(
        versions().contains(VERSION),
        "perfctl speaks version {VERSION} of the contract, which sdk/wit/SHA256SUMS does not list"
    );
    let paths: BTreeSet<&String> = there.keys().chain(listed.keys()).collect();
    for path in paths {
        assert!(
            there.get(path) == listed.get(path),
            "sdk/wit/{path} is not what was released. A released contract is never edited, comments included: components out there were built for it. \
             Take the change back and make a new version, `sdk/wit/0.2.0`; sdk/wit/README.md says how"
        );
    }
}

#[test]
fn the_list_of_what_is_released_is_never_edited() {
    let listed = listed();
    for version in versions() {
        let lines = listed.iter().map(|(path, digest)| (digest, path));
        let mut lines: Vec<String> = lines
            .filter(|(_, path)| path.starts_with(&format!("{version}/")))
            .map(|(digest, path)| format!("{digest}  {path}\n"))
            .collect();
        lines.sort();
        let found = digest(lines.concat().as_bytes());
        let known = RELEASED.iter().find(|(released, _)| *released == version);
        let (_, known) = known.unwrap_or_else(|| {
            panic!("version {version} is released: put it into RELEASED, with {found}")
        });
        assert!(
            found == *known,
            "the lines of {version} in sdk/wit/SHA256SUMS are not those of its release. What was released stays as it is: make a new version; sdk/wit/README.md says how"
        );
    }
    let lost = RELEASED
        .iter()
        .find(|(version, _)| !versions().contains(*version));
    assert_eq!(lost, None, "a released version is not listed any more");
}

#[test]
fn components_of_released_versions_are_never_built_anew() {
    let fixtures = project().join("tests/plugins/fixtures");
    let mut there = BTreeMap::new();
    for version in versions() {
        for entry in std::fs::read_dir(fixtures.join(&version))
            .unwrap()
            .flatten()
        {
            let path = format!("{version}/{}", entry.file_name().to_string_lossy());
            if path.ends_with(".wasm") {
                there.insert(path, digest(&std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    let known = COMPONENTS.map(|(path, digest)| (path.to_owned(), digest.to_owned()));
    assert_eq!(
        there,
        BTreeMap::from(known),
        "left what is there, right what was built for the release: a component that changed is to be taken back, a new one to be put into COMPONENTS"
    );
}

#[test]
fn the_newest_version_is_the_one_that_is_spoken() {
    let entries = std::fs::read_dir(project().join("sdk/wit")).unwrap();
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let newest = names
        .filter_map(|name| {
            let numbers: Result<Vec<u64>, _> = name.split('.').map(str::parse).collect();
            Some((numbers.ok().filter(|numbers| numbers.len() == 3)?, name))
        })
        .max();
    let (_, newest) = newest.unwrap();
    assert_eq!(
        newest, VERSION,
        "sdk/wit/README.md lists the places that name the version"
    );
}

#[test]
fn components_of_every_released_version_run() {
    for version in versions() {
        let fixtures = project().join("tests/plugins/fixtures").join(&version);
        let component = std::fs::read(fixtures.join("conformance.wasm"))
            .unwrap_or_else(|error| panic!("{version} has no fixture: {error}"));
        let world = conformance::world();
        std::fs::create_dir_all(world.work().join("organisation/plugins")).unwrap();
        let home = world.work().join("organisation/plugins/conformance.wasm");
        std::fs::write(home, component).unwrap();
        let found = conformance::findings(&world);
        let expected = std::fs::read_to_string(fixtures.join("findings.json"))
            .unwrap_or_else(|_| conformance::expected());
        conformance::hold(&format!("the fixture of {version}"), &found, &expected);
    }
}

#[test]
fn components_that_import_all_of_a_released_version_are_linked() {
    for version in versions() {
        let fixtures = project().join("tests/plugins/fixtures").join(&version);
        let component = std::fs::read(fixtures.join("surface.wasm")).unwrap();
        let world = World::new();
        world.file("repository/app.py", "import json\n");
        world.file(
            "../home/.config/perfctl/config.toml",
            "schema = \"perfctl.settings/1\"\n[grants]\nfiles = [\"surface\"]\n",
        );
        let pack = "organisation/plugins/surface";
        world.file(&format!("{pack}/pack.toml"), PACK);
        world.file(&format!("{pack}/SURFACE-001/rule.toml"), RULE);
        std::fs::write(world.work().join(pack).join("plugin.wasm"), component).unwrap();
        let args = "check repository --config organisation --select SURFACE-001 --format json";
        let ran = world.run(&args.split(' ').collect::<Vec<_>>()).expect(3);
        let record: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
        // It was linked and started, and its function for repositories was called, which does nothing but trap.
        let item = &record["items"][0];
        assert_eq!(item["verdict"], "error", "{version}: {item}");
        let reason = item["reason"].as_str().unwrap();
        assert!(reason.contains("unreachable"), "{version}: {reason}");
    }
}

const PACK: &str = r#"
schema = "perfctl.pack/1"
id = "surface"
title = "All of the contract"
version = "0.1.0"
edition = 1
capabilities = ["files"]
"#;

const RULE: &str = r#"
schema = "perfctl.rule/1"
id = "SURFACE-001"
title = "imports everything"
category = "surface"
severity = "low"
effort = "S"
match = [{ name = "all", kind = "repository" }]
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;
