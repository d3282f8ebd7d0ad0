//! What is tried of rules before they are used: bounded as a whole, and ended by who asks for it.

use std::time::Duration;

use super::*;
use crate::runner::ready::{DIFFERS, within};

/// What comes of trying to load rules of these scripts, which may take `most` together.
fn tried(scripts: &[(&str, &str)], most: Duration, stop: &dyn Stop) -> Result<(), String> {
    let packs = loaded(texts(scripts, ""), Layer::User("there".into()));
    let rules: Vec<&LoadedRule> = packs.rules.values().collect();
    let empty = tempfile::tempdir().expect("a folder");
    within(most, &rules, empty.path(), stop).map_err(|error| error.to_string())
}

struct Asked;

impl Stop for Asked {
    fn requested(&self) -> bool {
        true
    }
}

#[test]
fn all_rules_of_a_pack_together_have_a_limit() {
    let long = Duration::from_secs(600);
    assert_eq!(tried(&[("O-1", GOOD), ("O-2", GOOD)], long, &Never), Ok(()));
    let told = tried(&[("O-1", GOOD), ("O-2", GOOD)], Duration::ZERO, &Never);
    let late = "org/O-2/rule.lua: it was not tried: those before it, 1 of 2, took 0 s to load";
    assert_eq!(told, Err(late.to_owned()));
}

#[test]
fn who_asks_to_stop_waits_for_no_further_rule() {
    let told = tried(&[("O-1", GOOD)], Duration::from_secs(600), &Asked);
    let told = told.expect_err("stopped");
    assert!(told.contains("asked to stop"), "{told}");
}

#[test]
fn the_words_that_say_that_rules_differ_are_those_of_the_sdks() {
    let sdks = [
        (
            include_str!("../../../../../../sdk/rust/src/pack.rs"),
            &DIFFERS[..1],
        ),
        (
            include_str!("../../../../../../sdk/python/perfctl_plugin/rule.py"),
            &DIFFERS[..],
        ),
        (
            include_str!("../../../../../../sdk/js/src/rule.js"),
            &DIFFERS[..],
        ),
    ];
    for (source, words) in sdks {
        // Code escapes what would end a text of it.
        let source = source.replace("\\`", "`");
        for words in words {
            assert!(source.contains(words), "{words}");
        }
    }
}
