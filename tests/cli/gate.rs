//! `recipe run --base`: the gate of a change, and figures before and after.

use serde_json::Value;

use crate::support::World;

const HANDLERS: &str = "\
import flask
import store

app = flask.Flask(__name__)


@app.get(\"/totals\")
def totals():
    return [store.total(order) for order in flask.request.args.getlist(\"id\")]
";

const KEPT: &str = "\
TOTALS = {}


def total(order):
    return TOTALS[order]
";

const QUERIED: &str = "\
import psycopg2


def connection():
    return psycopg2.connect(\"dbname=shop\")


def total(order):
    cursor = connection().cursor()
    cursor.execute(\"select total from orders where id = %s\", (order,))
    return cursor.fetchone()[0]
";

/// A repository with a branch that makes a helper ask the database, and leaves its caller as it was.
fn world() -> World {
    let world = World::new();
    world.file("handlers.py", HANDLERS).file("store.py", KEPT);
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["checkout", "-q", "-b", "change"]);
    world.file("store.py", QUERIED);
    world.git(&["commit", "-q", "-a", "-m", "two"]);
    world
}

fn record(world: &World) -> Value {
    let text = std::fs::read_to_string(world.work().join("../audit/run.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn counting(record: &Value) -> Vec<String> {
    let findings = record["findings"].as_array().unwrap().iter();
    let open = findings.filter(|finding| finding["silenced"].is_null());
    let shown =
        open.map(|one| format!("{} {}", one["rule"], one["place"]["path"]).replace('"', ""));
    shown.collect()
}

#[test]
fn a_change_is_held_to_what_it_causes_in_files_that_it_does_not_touch() {
    let world = world();
    let gate = [
        "recipe", "run", "pr-gate", "--out", "../audit", "--base", "main",
    ];
    world.run(&gate).expect(1);
    let record = record(&world);
    assert!(
        counting(&record).contains(&"DB-PERF-001 handlers.py".to_owned()),
        "{record}"
    );
    // Nothing compresses, before and after: that is not the change's doing.
    assert!(
        !counting(&record)
            .iter()
            .any(|one| one.starts_with("NET-PERF-003"))
    );
    assert_eq!(
        record["comparison"]["files"],
        serde_json::json!(["store.py"])
    );
    let comment = std::fs::read_to_string(world.work().join("../audit/comment.md")).unwrap();
    assert!(comment.contains("new finding"), "{comment}");
    assert!(
        comment
            .contains("- [ ] queries use indexes, and none runs per item\n  - DB-PERF-001: fail"),
        "{comment}"
    );
    assert!(comment.len() <= 65_536);
    // The branch itself is its own base: nothing is new, and what is there does not fail it.
    let gate = [
        "recipe", "run", "pr-gate", "--out", "../audit", "--base", "change",
    ];
    world.run(&gate).expect(0);
}

#[test]
fn without_anything_to_compare_with_the_gate_says_that_it_audits_everything() {
    let world = world();
    let gate = ["recipe", "run", "pr-gate", "--out", "../audit"];
    let ran = world.run(&gate);
    let note = "`pr-gate` is about what a change brings, and nothing was given to compare with, so this is an audit of everything";
    assert!(record(&world)["notes"].to_string().contains(note));
    let end = ran.err();
    assert!(end.contains("compared with nothing: `--base REF`"), "{end}");
    let ran = world.run(&[&gate[..], &["--base", "main"]].concat());
    assert!(!ran.err().contains("compared with nothing"));
    assert!(!record(&world)["notes"].to_string().contains(note));
}

#[test]
fn what_the_base_has_was_first_seen_there() {
    let world = world();
    let head = |rev: &str| {
        let output = world
            .command("git")
            .args(["rev-parse", rev])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let gate = [
        "recipe", "run", "pr-gate", "--out", "../audit", "--base", "main",
    ];
    world.run(&gate).expect(1);
    let record = record(&world);
    let first: std::collections::BTreeMap<&str, &str> = record["history"]["open"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let commit = one["first"]["commit"].as_str().unwrap();
            (one["rule"].as_str().unwrap(), commit)
        })
        .collect();
    assert_eq!(first["NET-PERF-003"], head("main"), "{first:?}");
    assert_eq!(first["DB-PERF-001"], head("change"), "{first:?}");
}

#[test]
fn a_base_that_is_not_there_is_said_and_leaves_nothing() {
    let world = world();
    let ran = world
        .run(&[
            "recipe", "run", "pr-gate", "--out", "../none", "--base", "mian",
        ])
        .expect(2);
    assert!(ran.err().contains("no revision `mian`"), "{}", ran.err());
    assert!(!world.work().join("../none").exists());
    world
        .run(&[
            "recipe",
            "run",
            "pr-gate",
            "--base",
            "main",
            "--baseline",
            "x",
        ])
        .expect(2);
}

#[test]
fn improvements_compares_two_commits_and_names_the_next_review() {
    let world = world();
    let run = [
        "recipe",
        "run",
        "improvements",
        "--out",
        "../audit",
        "--base",
        "main",
        "--set",
        "review-days=7",
    ];
    world.run(&run);
    let report = std::fs::read_to_string(world.work().join("../audit/improvements.md")).unwrap();
    // Which two runs they are, and when.
    let (_, said) = report
        .split_once("## Before and after\n\nBefore: run `")
        .expect(&report);
    let (said, _) = said.split_once('\n').unwrap();
    for part in [
        " UTC, commit `",
        ". After: this one, run `",
        ". What changed: ",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(report.contains(", 7 days after this run."), "{report}");
    // What was there before is there still, and no practice.
    let record = record(&world);
    let findings = record["findings"].as_array().unwrap();
    assert!(!findings.is_empty() && findings.iter().all(|one| one["silenced"].is_null()));
    let page = std::fs::read_to_string(world.work().join("../audit/improvements.html")).unwrap();
    assert!(page.contains("Next review:"));
}

#[test]
fn a_file_that_moved_brings_nothing_new() {
    let world = world();
    world.git(&["mv", "store.py", "orders.py"]);
    let handlers = HANDLERS.replace("import store", "import orders as store");
    std::fs::create_dir(world.work().join("web")).unwrap();
    world.git(&["mv", "handlers.py", "web/handlers.py"]);
    world.file("web/handlers.py", &handlers);
    world
        .file("web/__init__.py", "")
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "three"]);
    let gate = ["recipe", "run", "pr-gate", "--out"];
    let before = world.run(&[&gate[..], &["../before", "--ref", "change~1"]].concat());
    before.expect(1);
    world.run(&[&gate[..], &["../after"]].concat()).expect(1);
    world
        .run(&[&gate[..], &["../audit", "--base", "change~1"]].concat())
        .expect(0);
    let record = record(&world);
    assert_eq!(counting(&record), [] as [&str; 0]);
    assert_eq!(record["comparison"]["fixed"], serde_json::json!([]));
    let compared = world.run(&["compare", "../before", "../after", "--format", "json"]);
    let compared: Value = serde_json::from_str(&compared.expect(0).out()).unwrap();
    assert_eq!(
        (&compared["new"], &compared["fixed"]),
        (&serde_json::json!([]), &serde_json::json!([])),
        "{compared}"
    );
    assert!(compared["unchanged"].as_u64() > Some(0));
    // A check against that run, and before the move is committed.
    world.run(&["check", "--baseline", "../before"]).expect(0);
    world.git(&["mv", "orders.py", "web/orders.py"]);
    world.run(&["check", "--baseline", "../before"]).expect(0);
}

#[test]
fn what_the_settings_leave_out_now_is_not_called_fixed() {
    let world = world();
    let audit = |out: &str| {
        world.run(&["recipe", "run", "pr-gate", "--out", out]);
    };
    let compared = |after: &str| -> Value {
        let said = world.run(&["compare", "../before", after, "--format", "json"]);
        serde_json::from_str(&said.expect(0).out()).unwrap()
    };
    audit("../before");
    let user = "../home/.config/perfctl/config.toml";
    for (out, file, settings) in [
        (
            "../excluded",
            ".perfctl.toml",
            "exclude = [\"*handlers.py\"]\n",
        ),
        ("../ignored", user, "[rules]\nignore = [\"DB-PERF-001\"]\n"),
    ] {
        let settings = format!("schema = \"perfctl.settings/1\"\n{settings}");
        world.file(file, &settings);
        audit(out);
        let compared = compared(out);
        let rules = |list: &str| {
            let places = compared[list].as_array().unwrap().iter();
            places
                .map(|place| place["rule"].clone())
                .collect::<Vec<_>>()
        };
        assert!(
            rules("left_out").contains(&"DB-PERF-001".into()),
            "{compared}"
        );
        assert!(
            !rules("fixed").contains(&"DB-PERF-001".into()),
            "{compared}"
        );
        std::fs::remove_file(world.work().join(file)).unwrap();
    }
    let said = world
        .run(&["compare", "../before", "../ignored"])
        .expect(0)
        .out();
    assert!(
        said.contains("Left out now\n  ? high[DB-PERF-001] handlers.py:"),
        "{said}"
    );
}

const CALLS: &str = "\
import flask
import requests

app = flask.Flask(__name__)


@app.get(\"/price\")
def price():
    return requests.get(\"https://prices.example\", headers={\"a\": \"b\"}).json()
";

#[test]
fn a_finding_whose_line_the_branch_edits_is_not_new_and_another_one_is() {
    let world = World::new();
    world
        .file("web.py", CALLS)
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["checkout", "-q", "-b", "change"]);
    let gate = [
        "recipe", "run", "pr-gate", "--out", "../audit", "--base", "main",
    ];
    let edited = CALLS.replace("\"a\": \"b\"", "\"a\": \"c\", \"d\": \"e\"");
    world.file("web.py", &edited);
    let ran = world.run(&gate).expect(0);
    let record = record(&world);
    assert_eq!(counting(&record), [] as [&str; 0]);
    assert_eq!(record["comparison"]["fixed"], serde_json::json!([]));
    // Who reads it hears what was compared, and that no commit holds it.
    assert_eq!(record["comparison"]["reference"], "main");
    assert_eq!(
        record["comparison"]["uncommitted"],
        serde_json::json!(["web.py"])
    );
    let told = "1 file holds changes that are in no commit";
    assert!(ran.out().contains(told), "{}", ran.out());
    let comment = || std::fs::read_to_string(world.work().join("../audit/comment.md")).unwrap();
    assert!(
        comment().contains(told) && comment().contains("it parted from `main`"),
        "{}",
        comment()
    );
    let ran = world.run(&[
        "recipe", "run", "pr-gate", "--out", "../other", "--ref", "change",
    ]);
    let passed_over = "1 file holds changes that are in no commit: it is no part of `--ref change`";
    assert!(ran.out().contains(passed_over), "{}", ran.out());
    let more = "\n\n@app.get(\"/stock\")\ndef stock():\n    return requests.get(\"https://stock.example\").json()\n";
    world.file("web.py", &format!("{edited}{more}"));
    world.git(&["commit", "-q", "-a", "-m", "two"]);
    world.run(&gate).expect(1);
    let comment = comment();
    assert!(
        comment.contains("block") && comment.contains("stock.example"),
        "{comment}"
    );
    assert!(
        !comment.contains("in no commit") && !comment.contains("web.py:9"),
        "{comment}"
    );
}

#[test]
fn what_was_waived_where_it_lay_before_is_not_waived_by_that_where_it_lies_now() {
    let world = World::new();
    let calls = "import requests\n\n\ndef prices(url):\n    return requests.get(url).json()\n";
    world.file("legacy/shop.py", calls).file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"legacy/**\"\nreason = \"a gateway ends it\"\n",
    );
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["checkout", "-q", "-b", "change"]);
    let gate = [
        "recipe", "run", "pr-gate", "--out", "../audit", "--base", "main",
    ];
    world.run(&gate).expect(0);
    world
        .git(&["mv", "legacy", "core"])
        .git(&["commit", "-q", "-m", "two"]);
    world.run(&gate).expect(1);
    let counting = counting(&record(&world));
    for new in [
        "NET-PERF-004 core/shop.py",
        "PERFCTL-SUPPRESS .perfctl.toml",
    ] {
        assert!(counting.contains(&new.to_owned()), "{counting:?}");
    }
}
