//! What is checked in is what the generator writes, and what is written by hand beside it says the same.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use perfctl_plugin::words::{Confidence, Presence, Reach, Safety, Severity};
use perfctl_sdk_generate::model::{Model, wit_folder};

fn sdk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

#[test]
fn generated_files_are_up_to_date() {
    for file in perfctl_sdk_generate::generate(&sdk()).unwrap() {
        let there = std::fs::read_to_string(sdk().join(&file.path)).unwrap_or_default();
        assert!(
            there == file.text,
            "sdk/{} is not what the generator writes: run `cargo run -p perfctl-sdk-generate`",
            file.path
        );
    }
}

#[test]
fn enums_of_rust_have_the_words_of_lua() {
    let model = Model::read(&sdk()).unwrap();
    for (name, words) in [
        ("Presence", Presence::WORDS),
        ("Reach", Reach::WORDS),
        ("Severity", Severity::WORDS),
        ("Confidence", Confidence::WORDS),
        ("Safety", Safety::WORDS),
    ] {
        let lua: BTreeSet<_> = model
            .words(name)
            .unwrap()
            .words
            .iter()
            .map(|w| &**w)
            .collect();
        assert_eq!(
            words.iter().copied().collect::<BTreeSet<_>>(),
            lua,
            "{name}"
        );
    }
}

#[test]
fn the_newest_version_is_that_of_the_highest_number() {
    let sdk = tempfile::tempdir().unwrap();
    for version in ["0.2.0", "0.10.0", "0.9.11", "notes"] {
        std::fs::create_dir_all(sdk.path().join("wit").join(version)).unwrap();
    }
    let newest = wit_folder(sdk.path()).unwrap();
    assert_eq!(newest, sdk.path().join("wit/0.10.0"));
}

#[test]
fn a_new_version_reaches_everything_that_is_generated() {
    let old = Model::read(&sdk()).unwrap().version;
    let new = "0.99.0";
    let copied = tempfile::tempdir().unwrap();
    let wit = copied.path().join("wit").join(new);
    std::fs::create_dir_all(&wit).unwrap();
    std::fs::create_dir(copied.path().join("lua")).unwrap();
    let stubs = "lua/perfctl.d.luau";
    std::fs::copy(sdk().join(stubs), copied.path().join(stubs)).unwrap();
    for entry in std::fs::read_dir(sdk().join("wit").join(&old)).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(wit.join(path.file_name().unwrap()), text.replace(&old, new)).unwrap();
    }
    let named = format!("@{new}");
    let files = perfctl_sdk_generate::generate(copied.path()).unwrap();
    for file in &files {
        let left = file.text.contains(&format!("@{old}"));
        assert!(!left, "{} still names version {old}", file.path);
    }
    let naming = files.iter().filter(|file| file.text.contains(&named));
    let naming: BTreeSet<&str> = naming.map(|file| file.path.as_str()).collect();
    for path in [
        "js/src/model.js",
        "js/src/contract/log.js",
        "js/src/contract/declared.js",
        "rust/src/bindings/rule_pack.rs",
    ] {
        assert!(naming.contains(path), "{naming:?}");
    }
}

/// What is written by hand would stay behind when a version is released.
#[test]
fn no_other_module_of_javascript_names_a_version() {
    let generated: BTreeSet<String> = perfctl_sdk_generate::generate(&sdk())
        .unwrap()
        .into_iter()
        .map(|file| file.path)
        .collect();
    let mut looked_at = 0;
    for entry in std::fs::read_dir(sdk().join("js/src")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("js/src/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_file() && !generated.contains(&name) {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                !text.contains("perfctl:plugin/"),
                "sdk/{name} names the contract: take it from src/contract"
            );
            looked_at += 1;
        }
    }
    assert!(looked_at > 10, "{looked_at}");
}
