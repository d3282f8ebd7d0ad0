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
    assert!(
        ran.out().contains("0 new findings, 0 fixed"),
        "{}",
        ran.out()
    );
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
    let run = super::audit(&world, &[]);
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
fn a_slip_on_the_command_line_is_found_before_anything_is_cloned() {
    let world = World::new();
    let run = |more: &[&str]| {
        let head = [
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            "https://nowhere.invalid/shop.git",
        ];
        // Without a slip the clone is tried, and fails.
        let code = if more.is_empty() { 3 } else { 2 };
        world.run(&[&head, more].concat()).expect(code).err()
    };
    assert!(run(&["--set", "entyr=shop"]).contains("did you mean `entry`?"));
    assert!(run(&["--allow", "prepar"]).contains("did you mean `prepare`?"));
    assert!(run(&["--baseline", "gone"]).contains("cannot read gone"));
    assert!(run(&[]).contains("nowhere.invalid"));
}

#[test]
fn a_directory_that_cannot_be_written_to_is_found_before_anything_runs() {
    let world = World::new();
    service(&world);
    world.file("taken", "");
    let ran = world
        .run(&["recipe", "run", "quick-wins", "--out", "taken"])
        .expect(2);
    assert!(
        ran.err().contains("cannot write into taken"),
        "{}",
        ran.err()
    );
    assert!(!ran.err().contains("ok "), "{}", ran.err());
}

#[test]
fn the_output_is_hidden_from_git_and_from_the_next_audit() {
    let world = World::new();
    service(&world);
    let files = || {
        let ran = world
            .run(&["recipe", "run", "quick-wins", "--format", "json"])
            .expect(1);
        let run: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
        run["portrait"]["files"].clone()
    };
    let first = files();
    let ignore = world.work().join("perfctl-out/.gitignore");
    assert!(std::fs::read_to_string(ignore).unwrap().ends_with("\n*\n"));
    assert_eq!(first, files());
    // A directory of the user's own is left as it is.
    world.file("reports/notes.md", "mine");
    world
        .run(&["recipe", "run", "quick-wins", "--out", "reports"])
        .expect(1);
    assert!(!world.work().join("reports/.gitignore").exists());
}

#[test]
fn a_file_of_the_users_is_never_replaced_by_a_report() {
    let world = World::new();
    service(&world);
    let audit = |out: &str| world.run(&["recipe", "run", "quick-wins", "--out", out]);
    world.file("mine/report.md", "mine");
    let ran = audit("mine").expect(2);
    assert!(
        ran.err()
            .contains("mine/report.md is there and was not written by an audit"),
        "{}",
        ran.err()
    );
    assert!(!ran.err().contains("ok "), "{}", ran.err());
    let text = || std::fs::read_to_string(world.work().join("mine/report.md")).unwrap();
    assert_eq!(text(), "mine");
    // Its own files it replaces, wherever they are.
    std::fs::remove_file(world.work().join("mine/report.md")).unwrap();
    world.file("mine/notes.md", "mine");
    audit("mine").expect(1);
    world.file("mine/report.md", "old");
    audit("mine").expect(1);
    assert_ne!(text(), "old");
    world.file("other/run.json", "{}");
    audit("other").expect(2);
}

#[test]
fn a_recipe_asks_for_facts_by_name_and_a_slip_gets_advice() {
    let world = World::new();
    let recipe = |when: &str| {
        world.file("mine.toml", &format!("schema = \"perfctl.recipe/1\"\ntitle = \"x\"\n[params.image]\nkind = \"text\"\nhelp = \"h\"\n[[step]]\nkind = \"rules\"\nwhen = [\"{when}\"]\n"));
        world.run(&["recipe", "validate", "mine.toml"])
    };
    recipe("param:image").expect(0);
    recipe("!param:python").expect(0);
    recipe("framework:fastapi").expect(0);
    for (when, said) in [
        ("param:imgae", "did you mean `image`?"),
        ("language:pyhton", "did you mean `language:python`?"),
        ("framwork:fastapi", "did you mean `framework:fastapi`?"),
    ] {
        let ran = recipe(when).expect(2);
        assert!(ran.err().contains(said), "{when}: {}", ran.err());
    }
    let ran = recipe("framework:fastpai").expect(0);
    assert!(
        ran.err().contains("did you mean `framework:fastapi`?"),
        "{}",
        ran.err()
    );
}

#[test]
fn the_origin_of_a_recipe_names_every_file_that_it_uses() {
    let world = World::new();
    world.file("org/templates/report.md.hbs", "ours");
    let ran = world
        .run(&[
            "--config",
            "org",
            "recipe",
            "show",
            "quick-wins",
            "--origin",
        ])
        .expect(0);
    for line in [
        "recipe    built-in  built-in:recipes/quick-wins.toml",
        "template  organisation  report.md.hbs  org/templates/report.md.hbs",
        "template  built-in  report.html.hbs  built-in:templates/report.html.hbs",
    ] {
        assert!(ran.out().contains(line), "{line}: {}", ran.out());
    }
}

#[test]
fn runs_of_different_repositories_are_compared_with_a_warning() {
    let world = World::new();
    for name in ["one", "two"] {
        world.file(&format!("{name}/a.py"), "x = 1\n");
        let out = format!("../out-{name}");
        world
            .run(&["recipe", "run", "quick-wins", "--repo", name, "--out", &out])
            .expect(0);
    }
    let ran = world
        .run(&["compare", "../out-one", "../out-two"])
        .expect(0);
    assert!(
        ran.err().contains("different repositories"),
        "{}",
        ran.err()
    );
    let ran = world
        .run(&["compare", "../out-one", "../out-one"])
        .expect(0);
    assert_eq!(ran.err(), "");
}

#[test]
fn a_comparison_fails_on_new_findings_only_when_it_is_asked_to() {
    let world = World::new();
    let audit = |out: &str| {
        let ran = world.run(&["recipe", "run", "quick-wins", "--repo", ".", "--out", out]);
        assert!(world.work().join(out).join("run.json").is_file());
        ran
    };
    world.file("shop/main.py", "x = 1\n");
    audit("../before").expect(0);
    world.file(
        "shop/main.py",
        "import requests\n\n\ndef price(sku):\n    return requests.get(f\"https://prices.example.com/{sku}\").json()\n",
    );
    audit("../after").expect(1);
    let new = ["compare", "../before", "../after"];
    let ran = world.run(&new).expect(0);
    assert!(ran.out().contains("1 new finding"), "{}", ran.out());
    world
        .run(&[&new[..], &["--fail-on", "high"]].concat())
        .expect(1);
    world
        .run(&[&new[..], &["--fail-on", "critical"]].concat())
        .expect(0);
    // What was fixed is named by line and severity of the earlier run, and fails nothing.
    let ran = world
        .run(&["compare", "../after", "../before", "--fail-on", "low"])
        .expect(0);
    assert!(
        ran.out().contains("- high[") && ran.out().contains("shop/main.py:5:"),
        "{}",
        ran.out()
    );
}

#[test]
fn a_repository_that_is_cloned_is_trusted_by_its_url() {
    let world = World::new();
    world.file("a.py", "x = 1\n");
    world.file(
        ".perfctl/recipes/own.toml",
        "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\n[[step]]\nkind = \"rules\"\n",
    );
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"]);
    world.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let url = format!(
        "file://{}",
        world
            .work()
            .join("../bare.git")
            .canonicalize()
            .unwrap()
            .display()
    );
    let run = |code| {
        world
            .run(&["recipe", "run", "own", "--repo", &url, "--out", "../audit"])
            .expect(code)
    };
    run(2);
    let ran = world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            &url,
            "--out",
            "../audit",
        ])
        .expect(0);
    assert!(
        ran.out().contains("perfctl trust [WORLD]/bare.git"),
        "{}",
        ran.out()
    );
    let ran = world.run(&["trust", &url]).expect(0);
    assert!(
        ran.err().contains("bare.git is trusted as it is now"),
        "{}",
        ran.err()
    );
    // What lies in the directory is no work tree, also where an older record does not say that it was cloned.
    let listed = || world.run(&["trust", "--list"]).expect(0).out();
    assert!(listed().contains("/bare.git  (commit "), "{}", listed());
    let settings = world.work().join("../home/.config/perfctl/config.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let older = text.lines().filter(|line| !line.starts_with("commit"));
    let older: Vec<&str> = older.collect();
    std::fs::write(&settings, older.join("\n")).unwrap();
    assert!(listed().ends_with("/bare.git\n"), "{}", listed());
    run(0);
    world.file(".perfctl/recipes/more.toml", "");
    world
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "two"])
        .git(&["push", "-q", &url, "main"]);
    run(2);
    // What `trust` takes, `--remove` takes, too.
    let ran = world.run(&["trust", "--remove", &url]).expect(0);
    assert!(
        ran.err().contains("[WORLD]/bare.git is trusted no longer"),
        "{}",
        ran.err()
    );
    let with_password = "https://me:SECRET@example.invalid/shop.git";
    let ran = world.run(&["trust", "--remove", with_password]).expect(2);
    assert!(
        ran.err()
            .contains("https://example.invalid/shop.git is not"),
        "{}",
        ran.err()
    );
    assert!(!ran.err().contains("SECRET"), "{}", ran.err());
}

#[test]
fn the_searches_of_the_checklist_are_run_and_counted() {
    let world = World::new();
    world.file(
        "shop/main.py",
        "import requests\n\n\ndef load(cache, ids):\n    session = requests.Session()\n    for i in ids:\n        cache.get(i)\n    return requests.get(\"https://x.example\")\n",
    );
    let calls = [
        "urllib.request.urlopen(address)",
        "with urlopen(address) as answer:",
        "requests.head(address)",
        "self.session.post(address, json=body)",
        "return session.get(f\"{base}/items\")",
        "with http_session.get(self.base_url) as answer:",
        "httpx.Client(timeout=3).get(address)",
    ];
    let others = [
        "session.get(User, 1)",
        "request.session.get(\"url\")",
        "await session.post(address)",
        "async with session.get(url) as answer:",
    ];
    world.file(
        "shop/more.py",
        &[&calls[..], &others[..]].concat().join("\n"),
    );
    world.file(
        "shop/tests/test_main.py",
        "import requests\nrequests.get(\"https://x.example\")\n",
    );
    let run = super::audit(&world, &[]);
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
    assert_eq!(count("reads"), Some(8.0));
    assert_eq!(count("sync-http"), Some(1.0 + calls.len() as f64));
    assert_eq!(count("clients"), Some(2.0));
    let list = std::fs::read_to_string(
        world
            .work()
            .join("../audit/artifacts/sync-http/matches.txt"),
    )
    .unwrap();
    assert!(list.starts_with("shop/main.py:8:"), "{list}");
    for call in calls {
        assert!(list.contains(call), "{call}: {list}");
    }
}

#[test]
fn the_audited_repository_hides_nothing_from_the_searches() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file(
        "shop.py",
        "import requests\nrequests.get('https://prices')\n",
    );
    for name in [".ignore", ".rgignore", ".gitignore"] {
        world.file(name, "*.py\n");
    }
    // Tracked, whatever the ignore files say.
    world.git(&["add", "-f", "."]);
    let args = [
        "recipe",
        "run",
        "quick-wins",
        "--out",
        "../out",
        "--format",
        "json",
    ];
    let ran = world.run(&args);
    let record: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let metrics = record["metrics"].as_array().unwrap();
    let found = metrics
        .iter()
        .find(|metric| metric["name"] == "matches" && metric["labels"]["pattern"] == "sync-http");
    assert_eq!(found.unwrap()["samples"][0], 1.0, "{metrics:?}");
}
