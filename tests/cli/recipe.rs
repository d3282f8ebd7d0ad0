//! `perfctl recipe run` from clone to reports.

use crate::support::World;

fn service(world: &World) {
    world.file("shop/__init__.py", "");
    world.file("shop/main.py", "from fastapi import FastAPI\nimport requests\n\napp = FastAPI()\n\n\n@app.get(\"/p\")\ndef p():\n    return requests.get(\"https://x.example\").json()\n");
    world.file("Dockerfile", "FROM python:3.12-slim\nCOPY . /app\n");
}

#[test]
fn a_bare_repository_is_cloned_and_every_output_is_written() {
    let world = World::new();
    service(&world);
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"]);
    world.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let ran = world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            "../bare.git",
            "--out",
            "../audit",
        ])
        .expect(1);
    assert!(ran.out().contains("shop/main.py:9"), "{}", ran.out());
    assert!(ran.err().contains("reports are in"), "{}", ran.err());
    let audit = world.work().join("../audit");
    for file in ["report.md", "report.html", "run.json", "findings.sarif"] {
        assert!(audit.join(file).is_file(), "{file}");
    }
    let html = std::fs::read_to_string(audit.join("report.html")).unwrap();
    assert!(
        html.contains("NET-PERF-004") && !html.contains("src=\"http"),
        "self-contained"
    );
    let run: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(audit.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["schema"], "perfctl.run/1");
    // The same run compared with itself says that nothing changed.
    let ran = world.run(&["compare", "../audit", "../audit"]).expect(0);
    assert!(ran.out().contains('0'), "{}", ran.out());
    world
        .run(&[
            "report",
            "../audit",
            "--format",
            "junit",
            "--output",
            "../junit.xml",
        ])
        .expect(0);
    world.file("mine.md.hbs", "{{#each things}}{{rule}} {{/each}}");
    world
        .run(&["report", "../audit", "--template", "mine.md.hbs"])
        .expect(0);
}

#[test]
fn a_path_is_audited_in_place_with_uncommitted_changes() {
    let world = World::new();
    service(&world);
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"]);
    world.file(
        "shop/late.py",
        "import requests\nrequests.get(\"https://y.example\")\n",
    );
    let ran = world
        .run(&["recipe", "run", "quick-wins", "--out", "../audit"])
        .expect(1);
    assert!(ran.out().contains("shop/late.py:2"), "{}", ran.out());
}

#[test]
fn what_was_not_measured_needs_evidence_and_never_passes() {
    let world = World::new();
    service(&world);
    let ran = world.run(&[
        "recipe",
        "run",
        "quick-wins",
        "--out",
        "../audit",
        "--format",
        "json",
    ]);
    let run: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let items = run["items"].as_array().unwrap();
    let image = items.iter().find(|item| item["id"] == "PERF-004").unwrap();
    assert_eq!(image["verdict"], "needs-evidence");
    assert!(
        image["reason"].as_str().unwrap().contains("--set image="),
        "{image}"
    );
}

#[test]
fn import_time_is_measured_with_the_interpreter_that_is_given() {
    let world = World::new();
    world.file("shop/__init__.py", "");
    world.file("shop/main.py", "import json\nimport shop.slow\n");
    world.file("shop/slow.py", "import decimal\n");
    let python = world
        .command("sh")
        .args(["-c", "command -v python3"])
        .output()
        .unwrap();
    let python = String::from_utf8_lossy(&python.stdout).trim().to_owned();
    let set = format!("python={python}");
    let ran = world.run(&[
        "recipe",
        "run",
        "quick-wins",
        "--out",
        "../audit",
        "--format",
        "json",
        "--set",
        "entry=shop.main",
        "--set",
        &set,
    ]);
    let run: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let metrics = run["metrics"].as_array().unwrap();
    let total = metrics
        .iter()
        .find(|metric| metric["name"] == "import.total")
        .unwrap_or_else(|| panic!("{}", run["steps"]));
    assert!(total["samples"][0].as_f64().unwrap() > 0.0);
    assert!(
        metrics
            .iter()
            .any(|metric| metric["labels"]["module"] == "decimal"
                || metric["labels"]["module"] == "shop.slow"),
        "{metrics:?}"
    );
}

#[test]
fn the_searches_of_the_checklist_are_run_and_counted() {
    let world = World::new();
    world.file(
        "shop/main.py",
        "import requests\n\n\ndef load(cache, ids):\n    session = requests.Session()\n    for i in ids:\n        cache.get(i)\n    return requests.get(\"https://x.example\")\n",
    );
    world.file(
        "shop/tests/test_main.py",
        "import requests\nrequests.get(\"https://x.example\")\n",
    );
    let ran = world.run(&[
        "recipe",
        "run",
        "quick-wins",
        "--out",
        "../audit",
        "--format",
        "json",
    ]);
    let run: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let steps = run["steps"].as_array().unwrap();
    let searches = steps.iter().find(|step| step["id"] == "sync-http").unwrap();
    if searches["status"] == "needs-evidence" {
        assert!(
            searches["reason"].as_str().unwrap().contains("ripgrep"),
            "{searches}"
        );
        assert!(
            std::env::var_os("CI").is_none(),
            "ripgrep is missing; install the Debian package ripgrep"
        );
        return;
    }
    let count = |label: &str| {
        let metrics = run["metrics"].as_array().unwrap();
        let found = metrics
            .iter()
            .find(|metric| metric["name"] == "matches" && metric["labels"]["pattern"] == label);
        found.unwrap_or_else(|| panic!("{label}"))["samples"][0].as_f64()
    };
    assert_eq!(count("reads"), Some(2.0));
    assert_eq!(count("sync-http"), Some(1.0));
    assert_eq!(count("clients"), Some(1.0));
    let list = std::fs::read_to_string(
        world
            .work()
            .join("../audit/artifacts/sync-http/matches.txt"),
    )
    .unwrap();
    assert!(list.starts_with("shop/main.py:8:"), "{list}");
}
