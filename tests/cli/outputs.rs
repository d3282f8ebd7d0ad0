//! What is written where, in every form, and to readers that go away.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{World, project};

const FORMATS: [&str; 10] = [
    "human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html",
];

fn call(world: &World) {
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );
}

#[test]
fn every_form_goes_to_standard_output_or_to_a_file_and_nowhere_else() {
    let world = World::new();
    call(&world);
    world
        .run(&["recipe", "run", "quick-wins", "--out", "../audit"])
        .expect(1);
    for format in FORMATS {
        // Of one record, so that nothing differs but where it goes.
        let shown = world
            .run(&["report", "../audit", "--format", format])
            .expect(0)
            .out();
        let ran = world
            .run(&[
                "report",
                "../audit",
                "--format",
                format,
                "--output",
                "../written",
            ])
            .expect(0);
        assert_eq!(ran.out(), "", "{format}");
        let written = std::fs::read_to_string(world.work().join("../written")).unwrap();
        let root = world.work().join("..").canonicalize().unwrap();
        assert_eq!(
            written.replace(&root.display().to_string(), "[WORLD]"),
            shown,
            "{format}"
        );
        assert!(shown.contains("NET-PERF-004"), "{format}");
        for command in [
            &["check"][..],
            &["recipe", "run", "quick-wins", "--out", "../audit2"],
        ] {
            let args = [command, &["--format", format, "--output", "../written"]].concat();
            assert_eq!(world.run(&args).expect(1).out(), "", "{args:?}");
            let written = std::fs::read_to_string(world.work().join("../written")).unwrap();
            assert!(written.contains("NET-PERF-004"), "{args:?}");
        }
    }
    let ran = world.run(&["check", "--output", "shop"]).expect(2);
    assert!(ran.err().contains("is a directory"), "{}", ran.err());
}

#[test]
fn repetitions_take_a_line_each_unless_all_is_asked_for() {
    let world = World::new();
    let call = "requests.get('https://x.example')\n";
    world.file(
        "shop/client.py",
        &format!("import requests\n{}", call.repeat(5)),
    );
    let ran = world.run(&["check"]).expect(1);
    assert_eq!(ran.out().matches("--> shop/").count(), 3, "{}", ran.out());
    assert!(ran.out().contains("NET-PERF-004: 2 more"), "{}", ran.out());
    let ran = world.run(&["check", "-v"]).expect(1);
    assert_eq!(ran.out().matches("--> shop/").count(), 5, "{}", ran.out());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let world = World::new();
    call(&world);
    for (args, code) in [
        (&["check", "--format", "json"][..], 1),
        (&["rule", "list"][..], 0),
        (&["--help"][..], 0),
        (&["schema", "run"][..], 0),
    ] {
        let mut child = world
            .command(env!("CARGO_BIN_EXE_perfctl"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{args:?}: {said}");
        assert_eq!(said, "", "{args:?}");
    }
}

#[test]
fn a_run_rendered_again_counts_from_the_confidence_that_it_was_judged_by() {
    let world = World::new();
    let service = project().join("tests/service").display().to_string();
    let mut headlines = Vec::new();
    for confidence in ["low", "medium", "high"] {
        let ran = world
            .run(&[
                "recipe",
                "run",
                "quick-wins",
                "--out",
                "../audit",
                "--repo",
                &service,
                "--confidence",
                confidence,
                "--format",
                "json",
                "--output",
                "../run.json",
            ])
            .expect(1);
        assert_eq!(ran.out(), "");
        let text = std::fs::read_to_string(world.work().join("../run.json")).unwrap();
        let run: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(run["least"], confidence);
        let items = run["items"].as_array().unwrap().iter();
        let counted: u64 = items.map(|item| item["findings"].as_u64().unwrap()).sum();
        let again = world.run(&["report", "../run.json"]).expect(0).out();
        let headline = format!("perfctl: {counted} findings");
        assert!(again.contains(&headline), "{headline}: {again}");
        assert!(!again.contains("--confidence"), "{again}");
        headlines.push(counted);
    }
    assert!(
        headlines.is_sorted_by(|more, less| more > less),
        "{headlines:?}"
    );
}

#[test]
fn what_files_and_rules_hold_cannot_command_a_terminal() {
    let world = World::new();
    let evil = "\u{1b}]0;x\u{7}\u{9b}31m\u{7f}\u{202e}";
    let line = format!("import requests\nrequests.get('x')  # {evil}\n");
    world.file(&format!("shop/{evil}.py"), &line);
    world.file("shop/broken\u{1b}[5m.py", "def (:\n");
    world.file("org/recipes/evil.toml", "schema = \"perfctl.recipe/1\"\ntitle = \"\\u001b[31m\"\nabout = \"\\u009b5m\"\n[[step]]\nkind = \"rules\"\n");
    world.file("org/plugins/org/pack.toml", "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"\\u001b[31m\"\nversion = \"0.1.0\"\nedition = 1\n");
    world.file("org/plugins/org/ORG-001/rule.toml", "schema = \"perfctl.rule/1\"\nid = \"ORG-001\"\ntitle = \"\\u001b[31m\"\ncategory = \"own\"\nseverity = \"high\"\nlanguages = [\"python\"]\neffort = \"S\"\n[[match]]\nkind = \"call\"\ntarget = [\"requests.**\"]\n[help]\nwhat = \"\\u001b[31m\"\nwhy = \"\\u009b\"\nsource = \"s\"\nexample = \"\\u001b\"\nfix = \"f\"\nfalse_alarms = \"a\"\n");
    world.file(
        "org/plugins/org/ORG-001/rule.lua",
        "return { check = function(f, m, r) error('\\27[31m\\n::error::x') end }\n",
    );
    let mut calls: Vec<Vec<&str>> = vec![
        vec!["recipe", "list"],
        vec!["recipe", "show", "evil"],
        vec!["recipe", "run", "evil", "--out", "../audit", "--repo", "."],
        vec!["rule", "list"],
        vec!["rule", "explain", "ORG-001"],
        vec!["rule", "test", "org/plugins/org"],
        vec!["check", "shop", "no\u{1b}such"],
    ];
    for format in FORMATS {
        calls.push(vec!["check", "shop", "--format", format]);
    }
    for call in calls {
        let args = [&["--config", "org"], call.as_slice()].concat();
        let ran = world.run(&args);
        let said = ran.out() + &ran.err();
        let bad = said.chars().find(|c| {
            (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202e}' | '\u{2028}')
        });
        assert_eq!(bad, None, "{args:?}: {said}");
    }
    let ran = world.run(&["check", "shop", "--format", "github"]);
    assert!(
        ran.out().contains("::warning title=broken\\x1b[5m.py::"),
        "{}",
        ran.out()
    );
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_no_unicode_are_said_and_stop_nothing() {
    use std::os::unix::ffi::OsStrExt as _;
    let world = World::new();
    let inner = world.work().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::write(
        inner.join("client.py"),
        "import requests\nrequests.get('x')\n",
    )
    .unwrap();
    std::fs::write(
        inner.join(std::ffi::OsStr::from_bytes(b"\xff.py")),
        "x = 1\n",
    )
    .unwrap();
    let ran = world.run(&["check", "--fail-on", "critical"]).expect(0);
    assert!(ran.out().contains("its name is not UTF-8"), "{}", ran.out());
    assert!(
        ran.out().contains("not everything was looked at"),
        "{}",
        ran.out()
    );
    let output = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .current_dir(&inner)
        .args(["check"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("--> client.py:2"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn where_the_time_went_is_told_per_rule_and_step_beside_the_result() {
    let world = World::new();
    call(&world);
    let ran = world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--out",
            "../audit",
            "--timings",
            "--format",
            "json",
        ])
        .expect(1);
    serde_json::from_str::<Value>(&ran.out()).unwrap();
    for line in [
        "ms  scan",
        " below 1 ms each",
        "ms  step rules",
        "ms  step report-md",
        "ms  all",
    ] {
        assert!(ran.err().contains(line), "{line}: {}", ran.err());
    }
}

#[test]
fn a_comparison_in_a_file_is_summed_up_beside_it() {
    let world = World::new();
    call(&world);
    let record = ["check", "--format", "json", "--output", "../run.json"];
    world.run(&record);
    let compare = ["compare", "../run.json", "../run.json", "--output"];
    let ran = world
        .run(&[&compare[..], &["../changes.txt"]].concat())
        .expect(0);
    assert_eq!(ran.out(), "");
    assert!(
        ran.err().contains("perfctl: 0 new findings, 0 fixed")
            && ran.err().contains("; written to ../changes.txt"),
        "{}",
        ran.err()
    );
    let ran = world.run(&[&compare[..], &["-"]].concat()).expect(0);
    assert!(ran.out().contains("0 new findings"), "{}", ran.out());
    assert_eq!(ran.err(), "");
    world.run(&[&compare[..], &[".."]].concat()).expect(2);
}

#[test]
fn what_another_recipe_left_does_not_lie_beside_what_is_new() {
    let world = World::new();
    call(&world);
    let names = || {
        let mut names: Vec<String> = std::fs::read_dir(world.work().join("../audit"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".md"))
            .collect();
        names.sort();
        names
    };
    let run = |recipe: &str| {
        let ran = world.run(&["recipe", "run", recipe, "--out", "../audit"]);
        ran.expect(1).err()
    };
    let said = run("opportunities");
    assert!(!said.contains("gone"), "{said}");
    world.file("../audit/notes.md", "mine");
    assert_eq!(names(), ["notes.md", "opportunities.md"]);
    let said = run("pr-gate");
    assert!(said.contains("the audit before"), "{said}");
    assert_eq!(names(), ["comment.md", "notes.md"]);
    // What somebody has changed is theirs.
    world.file("../audit/comment.md", "read and answered");
    run("opportunities");
    assert_eq!(names(), ["comment.md", "notes.md", "opportunities.md"]);
}
