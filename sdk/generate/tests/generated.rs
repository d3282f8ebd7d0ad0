//! What is checked in is what the generator writes, and what is written by hand beside it says the same.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use perfctl_plugin::words::{Confidence, Presence, Reach, Safety, Severity};
use perfctl_sdk_generate::model::Model;

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
