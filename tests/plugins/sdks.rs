//! The SDKs' own tests, which run in the interpreters of their languages.

use std::process::Output;

use crate::support::compilers::has;
use crate::support::{World, project};

/// What a run of tests said, which must have gone well.
fn well(output: &Output) -> String {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// The number behind `before` in the words of a test runner.
fn number(said: &str, before: &str) -> u32 {
    let (_, behind) = said
        .split_once(before)
        .unwrap_or_else(|| panic!("no `{before}` in {said}"));
    let digits = behind.split(|digit: char| !digit.is_ascii_digit());
    digits
        .into_iter()
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_else(|| panic!("no number behind `{before}` in {said}"))
}

#[test]
fn the_sdk_for_python_passes_its_tests() {
    if !has("the_sdk_for_python_passes_its_tests", "python3") {
        return;
    }
    let output = World::new()
        .command("python3")
        .args(["-m", "unittest", "discover", "-s", "tests"])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(project().join("sdk/python"))
        .output()
        .unwrap();
    let said = well(&output);
    assert!(number(&said, "Ran ") >= 20, "{said}");
    assert!(!said.contains("skipped="), "{said}");
}

#[test]
fn the_sdk_for_javascript_passes_its_tests() {
    if !has("the_sdk_for_javascript_passes_its_tests", "node") {
        return;
    }
    let sdk = project().join("sdk/js");
    let mut files: Vec<_> = std::fs::read_dir(sdk.join("test"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    assert!(files.len() >= 4, "{files:?}");
    // As `npm test` of its package.json does; npm is no part of what is tested.
    let output = World::new()
        .command("node")
        .args([
            "--test",
            "--test-reporter=tap",
            "--import",
            "./test/host.mjs",
        ])
        .args(files)
        .current_dir(sdk)
        .output()
        .unwrap();
    let said = well(&output);
    assert!(number(&said, "\n# pass ") >= 15, "{said}");
    assert_eq!(number(&said, "\n# skipped "), 0, "{said}");
}
