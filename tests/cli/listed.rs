//! Recipes that answer a checklist.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::World;

fn record(world: &World, recipe: &str) -> Value {
    world.run(&["recipe", "run", recipe, "--out", "../audit"]);
    let text = std::fs::read_to_string(world.work().join("../audit/run.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn before_a_deployment_each_of_the_48_items_has_a_verdict_that_says_why() {
    let world = World::new();
    world.file("template.yaml", "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: app.handler, Runtime: python3.13 }\n");
    world.file("app.py", "def handler(event, context):\n    return {}\n");
    let record = record(&world, "pre-deploy");
    let items = record["items"].as_array().unwrap();
    let lines = record["checklists"][0]["sections"]
        .as_array()
        .unwrap()
        .iter();
    let lines = lines.flat_map(|section| section["lines"].as_array().unwrap());
    let named = lines.filter_map(|line| line["items"].as_array());
    let ids: BTreeSet<&str> = named.flatten().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(ids.len(), 48, "{ids:?}");
    for id in ids {
        let item = items.iter().find(|item| item["id"] == id);
        let item = item.unwrap_or_else(|| panic!("{id} has no verdict"));
        let verdict = item["verdict"].as_str().unwrap();
        assert_ne!(verdict, "error", "{item}");
        let says_why = item["reason"].as_str().is_some_and(|why| !why.is_empty());
        assert!(says_why || ["pass", "fail"].contains(&verdict), "{item}");
    }
    let verdict = |id: &str| items.iter().find(|item| item["id"] == id).unwrap()["verdict"].clone();
    assert_eq!(verdict("VERCEL-001"), "not-applicable");
    let share = record["needs_evidence_share"].as_f64().unwrap();
    assert!(share > 0.0 && share < 1.0, "{share}");
    let report = std::fs::read_to_string(world.work().join("../audit/report.md")).unwrap();
    assert!(report.contains("### Before a deployment"), "{report}");
}

#[test]
fn a_function_package_is_measured_against_what_the_platform_takes() {
    let world = World::new();
    world.file("template.yaml", "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: app.handler, Runtime: python3.13 }\n");
    world.file("app.py", "def handler(event, context):\n    return {}\n");
    let large = std::fs::File::create(world.work().join("large.zip")).unwrap();
    large.set_len(60_000_000).unwrap();
    world.file("small.zip", "x");
    for (package, verdict) in [("large.zip", "fail"), ("small.zip", "pass")] {
        let set = format!("package={package}");
        let run = [
            "recipe",
            "run",
            "pre-deploy",
            "--out",
            "../audit",
            "--set",
            &set,
        ];
        world.run(&run);
        let text = std::fs::read_to_string(world.work().join("../audit/run.json")).unwrap();
        let record: Value = serde_json::from_str(&text).unwrap();
        let items = record["items"].as_array().unwrap();
        let item = items
            .iter()
            .find(|item| item["id"] == "LAMBDA-001")
            .unwrap();
        assert_eq!(item["verdict"], verdict, "{item}");
    }
}

#[test]
fn opportunities_are_written_as_a_plan() {
    let world = World::new();
    world.file(
        "client.py",
        "import requests\n\n\ndef ask(url):\n    return requests.get(url)\n",
    );
    let record = record(&world, "opportunities");
    assert_eq!(record["recipe"], "opportunities");
    let report = std::fs::read_to_string(world.work().join("../audit/opportunities.md")).unwrap();
    for said in [
        "### 1. outbound call without a time limit (NET-PERF-004)",
        "**Today.** 1 place in 1 file.",
        "## Priority matrix",
        "| phase 1, quick wins, each under a day | 100.0 % |",
        "## What to watch",
    ] {
        assert!(report.contains(said), "{said}: {report}");
    }
    assert!(world.work().join("../audit/opportunities.html").is_file());
}
