//! A record goes through JSON unchanged, validates against its schema, and survives readers and writers of other ages.

use perfctl_core::run::RunRecord;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// A record with every field filled, as JSON made by hand.
pub(crate) const FULL: &str = include_str!("../../tests/files/run.json");

fn full() -> RunRecord {
    read("run.json", FULL).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Adds a field that no reader knows to every object.
fn widen(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(widen);
            fields.insert("from_the_future".to_owned(), json!({ "x": [1] }));
        }
        Value::Array(items) => items.iter_mut().for_each(widen),
        _ => {}
    }
}

#[test]
fn the_written_record_is_the_documented_one() {
    assert_eq!(write(&full()), FULL);
}

#[test]
fn fields_that_a_reader_does_not_know_are_ignored() {
    let mut value: Value = serde_json::from_str(FULL).expect("JSON");
    widen(&mut value);
    // Maps with free keys keep what they hold; everything else must come out equal.
    for map in [
        "/params",
        "/environment/tools",
        "/metrics/0/labels",
        "/budgets/0/budget/labels",
        "/budgets/0/series",
    ] {
        let map = value
            .pointer_mut(map)
            .and_then(Value::as_object_mut)
            .expect("a map");
        map.remove("from_the_future");
    }
    for rule in value["rules"].as_array_mut().expect("rules") {
        let elsewhere = rule
            .pointer_mut("/elsewhere")
            .and_then(Value::as_object_mut);
        elsewhere.map(|map| map.remove("from_the_future"));
    }
    for budget in value["budgets"].as_array_mut().expect("budgets") {
        for map in ["/budget/labels", "/series", "/most/0/labels"] {
            let map = budget.pointer_mut(map).and_then(Value::as_object_mut);
            map.map(|map| map.remove("from_the_future"));
        }
    }
    let record = read("run.json", &value.to_string()).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(record, full());
}

#[test]
fn fields_that_later_versions_of_the_schema_added_may_be_absent() {
    let minimal = json!({
        "schema": SCHEMA, "id": "i", "recipe": "r", "title": "t", "started_ms": 0, "duration_ms": 0.0, "version": "0.1.0",
        "source": { "name": "n", "origin": "o", "dirty": false },
        "portrait": { "files": 0 },
        "environment": { "os": "o", "arch": "a", "cpus": 1 },
    });
    let record = read("run.json", &minimal.to_string()).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(record.findings.is_empty() && record.comparison.is_none());
}

#[test]
fn a_file_that_is_no_record_says_so_with_its_line() {
    let broken = FULL.replacen("\"high\"", "\"hihg\"", 1);
    let cut = &FULL[..FULL.len() / 2];
    let older = FULL.replacen("perfctl.run/1", "perfctl.run/2", 1);
    let texts = [
        broken.as_str(),
        &older,
        "{}",
        "{\"schema\": \"sarif\"}",
        "[1",
        "",
        "{\"schema\": 1}",
    ];
    let shown = texts.map(|text| read("run.json", text).expect_err("no record").to_string());
    insta::assert_snapshot!(shown.join("\n\n----\n"));
    assert!(read("run.json", cut).is_err());
}

#[test]
fn a_number_that_json_cannot_hold_does_not_make_the_record_unreadable() {
    let mut record = full();
    record.metrics[0].samples = vec![f64::NAN, 1.0, f64::INFINITY];
    let again = read("run.json", &write(&record)).unwrap_or_else(|fault| panic!("{fault}"));
    let samples = &again.metrics[0].samples;
    assert!(samples[0].is_nan() && samples[1] == 1.0 && samples[2].is_nan());
}

#[test]
fn a_budget_without_its_value_is_never_a_pass() {
    let mut value: Value = serde_json::from_str(FULL).expect("JSON");
    let budget = value["budgets"][0].as_object_mut().expect("a budget");
    assert_eq!(budget["verdict"], "pass");
    budget.remove("worst");
    let record = read("run.json", &value.to_string()).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(matches!(
        record.budgets[0].verdict,
        perfctl_core::budget::BudgetVerdict::NoData(_)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_record_comes_back_equal(record in arbitrary::record()) {
        let text = write(&record);
        prop_assert_eq!(read("run.json", &text).map_err(|fault| fault.to_string()), Ok(record));
    }

    #[test]
    fn no_text_makes_the_reader_panic(at in 0usize..20_000, cut in 0usize..40, put in "[\\[\\]{}:,\"a-z0-9.\n é]{0,12}") {
        let at = at.min(FULL.len());
        let end = (at + cut).min(FULL.len());
        let text = format!("{}{put}{}", &FULL[..at], &FULL[end..]);
        if let Err(fault) = read("run.json", &text) {
            prop_assert!(!fault.to_string().is_empty());
        }
    }
}
