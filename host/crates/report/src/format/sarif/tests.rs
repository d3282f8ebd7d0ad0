//! Tests of the SARIF output, the official schema among them.

use perfctl_core::place::{LineColumn, LineIndex};
use serde_json::Value;

use super::*;
use crate::fixture;

fn log(record: &RunRecord, view: &View) -> Value {
    serde_json::from_slice(&Sarif.render(record, view).expect("renders")).expect("is JSON")
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("an array")
}

#[test]
fn every_record_validates_against_the_official_schema() {
    let schema = serde_json::from_str(include_str!(
        "../../../tests/schemas/sarif-schema-2.1.0.json"
    ))
    .expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let all = View {
        suspicions: true,
        silenced: true,
        ..View::default()
    };
    for record in [fixture::clean(), fixture::small(), fixture::rich()] {
        let log = log(&record, &all);
        let errors: Vec<String> = validator
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(
        !validator.is_valid(&serde_json::json!({"version": "2.1.0"})),
        "the validator refuses a log without runs"
    );
}

#[test]
fn only_rules_with_results_are_described_and_every_index_leads_to_its_rule() {
    let mut record = fixture::rich();
    let mut quiet = record.rules[0].clone();
    quiet.id = "QUIET-901".into();
    record.rules.insert(0, quiet);
    let log = log(&record, &View::default());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array();
    let rules = rules.expect("an array");
    assert!(rules.iter().all(|rule| rule["id"] != "QUIET-901"));
    for result in results(&log) {
        let index = result["ruleIndex"].as_u64().expect("a number");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    }
}

#[test]
fn suspicions_are_left_out_unless_asked_for() {
    let record = fixture::rich();
    let usual = log(&record, &View::default());
    assert!(
        results(&usual)
            .iter()
            .all(|result| result["properties"]["confidence"] != "low")
    );
    let all = log(
        &record,
        &View {
            suspicions: true,
            ..View::default()
        },
    );
    assert_eq!(results(&all).len(), results(&usual).len() + 1);
}

#[test]
fn silenced_findings_are_suppressed_results_with_their_reason() {
    let log = log(&fixture::rich(), &View::default());
    let suppressions: Vec<&Value> = results(&log)
        .iter()
        .filter_map(|result| result.get("suppressions"))
        .map(|all| &all[0])
        .collect();
    assert_eq!(suppressions.len(), 2);
    assert!(
        suppressions
            .iter()
            .any(|one| one["kind"] == "inSource" && one["justification"] == "local loopback only")
    );
    assert!(suppressions.iter().any(|one| one["kind"] == "external"));
}

#[test]
fn columns_count_utf16_units_and_replacements_are_located() {
    let mut record = fixture::small();
    let code = "x = '😀'; requests.get(u)\n";
    let index = LineIndex::new(code.as_bytes());
    let finding = &mut record.findings[0];
    let start = code.find("requests").expect("there") as u32;
    finding.place.span = perfctl_core::place::ByteSpan::new(start, start + 15);
    finding.place.start = index.line_column(code.as_bytes(), start);
    finding.place.end = index.line_column(code.as_bytes(), start + 15);
    finding.excerpt = index.excerpt(code.as_bytes(), 1, 1);
    finding.fix.as_mut().expect("a fix").edits[0].span = finding.place.span;
    assert_eq!(
        finding.place.start,
        LineColumn {
            line: 1,
            column: 10
        }
    );
    let log = log(&record, &View::default());
    let result = &results(&log)[0];
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startColumn"], &region["endColumn"]),
        (&11.into(), &26.into())
    );
    assert_eq!(
        (&region["byteOffset"], &region["byteLength"]),
        (&start.into(), &15.into())
    );
    let deleted = &result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"];
    assert_eq!(deleted["startColumn"], 11);
    assert_eq!(log["runs"][0]["columnKind"], "utf16CodeUnits");
}

#[test]
fn five_thousand_results_are_kept_the_costliest_and_the_cut_is_said() {
    let mut record = fixture::small();
    let one = record.findings[0].clone();
    record.findings = vec![one.clone(); RESULTS + 7];
    record.findings[RESULTS + 3].severity = perfctl_core::scale::Severity::Critical;
    let log = log(&record, &View::default());
    assert_eq!(results(&log).len(), RESULTS);
    assert_eq!(results(&log)[0]["properties"]["severity"], "critical");
    let notifications = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(
        notifications.contains("7 results were left out"),
        "{notifications}"
    );
}

#[test]
fn a_broken_budget_is_said_though_it_lies_on_no_line() {
    let log = log(&fixture::slow(), &View::default());
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(told[0]["level"], "error");
    assert!(told.to_string().contains("START-901: `import.total"));
}

#[test]
fn a_comparison_gives_baseline_states_and_ranks_lie_within_their_range() {
    let states = |record: &RunRecord| -> Vec<String> {
        let all = results(&log(record, &View::default())).clone();
        let states = all
            .iter()
            .filter_map(|result| result["baselineState"].as_str());
        states.map(str::to_owned).collect()
    };
    let mut record = fixture::rich();
    // One of those that are not new was not looked for before, and nobody knows which.
    assert_eq!(states(&record), ["new", "new"]);
    if let Some(comparison) = &mut record.comparison {
        comparison.unseen = 0;
    }
    let log = log(&record, &View::default());
    let known = states(&record);
    assert_eq!(known.iter().filter(|state| **state == "new").count(), 2);
    let counting = |finding: &&Finding| crate::select::counts(finding, record.least);
    assert_eq!(known.len(), record.findings.iter().filter(counting).count());
    for result in results(&log) {
        let rank = result["rank"].as_f64().expect("a rank");
        assert!((0.0..=100.0).contains(&rank));
        assert!(result["partialFingerprints"]["perfctl/v1"].is_string());
    }
    assert_eq!(
        log["runs"][0]["versionControlProvenance"][0]["repositoryUri"],
        "https://github.com/example/orders"
    );
}
