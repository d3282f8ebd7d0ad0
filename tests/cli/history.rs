//! The history of findings: what `recipe run` remembers, and what it does where it cannot.

use serde_json::Value;

use crate::support::World;

const SLOW: &str =
    "import requests\n\n\ndef price():\n    return requests.get('https://x.example')\n";
const MENDED: &str =
    "import requests\n\n\ndef price():\n    return requests.get('https://x.example', timeout=5)\n";

fn commit(world: &World, text: &str) -> String {
    world.file("shop/client.py", text);
    world
        .git(&["add", "shop"])
        .git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    let mut git = world.command("git");
    let output = git.args(["rev-parse", "HEAD"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn repository() -> World {
    let world = World::new();
    world.git(&["init", "-q", "-b", "main", "."]);
    world
}

fn database(world: &World) -> std::path::PathBuf {
    world.work().join("../home/.local/state/perfctl/history.db")
}

fn of_client(run: &Value) -> Value {
    let open = run["history"]["open"].as_array().unwrap();
    let mut client = open.iter().filter(|one| one["rule"] == "NET-PERF-004");
    client.next().cloned().unwrap_or_default()
}

#[test]
fn a_finding_is_first_seen_fixed_in_a_commit_verified_by_a_run_and_may_come_back() {
    let world = repository();
    let first = commit(&world, SLOW);
    let run = super::audit(&world, &[]);
    assert_eq!(of_client(&run)["first"]["commit"], *first);
    assert_eq!(run["history"]["fixed_in_all"], 0);
    let second = commit(&world, MENDED);
    let run = super::audit(&world, &[]);
    let gone = &run["history"]["fixed"][0];
    assert_eq!(gone["rule"], "NET-PERF-004");
    assert_eq!(gone["fixed"]["commit"], *second);
    assert_eq!(gone["fixed"]["run"], run["id"]);
    let report =
        |name: &str| std::fs::read_to_string(world.work().join("../audit").join(name)).unwrap();
    let markdown = report("report.md");
    let at = markdown.find("## Identified and fixed").expect("a ledger");
    assert!(
        markdown[at..].contains(&second[..10]),
        "{}",
        &markdown[at..]
    );
    assert!(report("report.html").contains("id=\"ledger\""));
    // A check reads nothing and writes nothing.
    let before = std::fs::read(database(&world)).unwrap();
    world.run(&["check"]).expect(0);
    assert_eq!(std::fs::read(database(&world)).unwrap(), before);
    let third = commit(&world, SLOW);
    let run = super::audit(&world, &[]);
    let back = of_client(&run);
    assert_eq!(back["came_back"]["commit"], *third);
    assert_eq!(back["first"]["commit"], *first);
    assert_eq!(run["history"]["fixed_in_all"], 0);
    let said = world.run(&["report", "../audit", "-v"]).expect(0).out();
    assert!(said.contains("was gone, came back 20"), "{said}");
    assert!(report("report.md").contains("first seen 20"));
}

#[test]
fn no_history_is_kept_where_nobody_wants_one() {
    let world = repository();
    commit(&world, SLOW);
    let run = super::audit(&world, &["--no-history"]);
    assert!(run.get("history").is_none());
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n[history]\nenabled = false\n",
    );
    let run = super::audit(&world, &[]);
    assert!(run.get("history").is_none());
    assert!(!database(&world).exists());
}

#[test]
fn a_history_that_cannot_be_kept_is_a_note_and_the_run_goes_on() {
    let world = repository();
    commit(&world, SLOW);
    let text = "no database at all, but long enough to be read as one. ".repeat(30);
    world.file("../home/.local/state/perfctl/history.db", &text);
    let run = super::audit(&world, &[]);
    assert_eq!(run["findings"][0]["rule"], "NET-PERF-004");
    assert!(run.get("history").is_none());
    let notes = run["notes"].to_string();
    assert!(
        notes.contains("move it away, and a new one is begun"),
        "{notes}"
    );
    assert_eq!(std::fs::read_to_string(database(&world)).unwrap(), text);
    // A machine without a home has none, and needs none.
    let run = super::audit_with(&world, &[], |command| {
        command.env_remove("HOME");
    });
    assert!(run.get("history").is_none());
    assert!(!run["notes"].to_string().contains("came and went"));
}

#[test]
fn an_audit_of_an_older_commit_mends_nothing_and_brings_nothing_back() {
    let world = repository();
    let clean = commit(&world, MENDED);
    let slow = commit(&world, SLOW);
    super::audit(&world, &[]);
    let run = super::audit(&world, &["--ref", &clean]);
    assert_eq!(run["history"]["fixed_in_all"], 0, "{}", run["history"]);
    let run = super::audit(&world, &[]);
    let known = of_client(&run);
    assert_eq!(known["first"]["commit"], *slow);
    assert!(known.get("came_back").is_none(), "{known}");
    // It is mended, in the file's new place, and the commit before still had it.
    world.git(&["mv", "shop/client.py", "shop/prices.py"]);
    world.git(&["commit", "-q", "-m", "moved"]);
    let run = super::audit(&world, &[]);
    assert_eq!(run["history"]["fixed_in_all"], 0, "{}", run["history"]);
    assert_eq!(of_client(&run)["first"]["commit"], *slow);
    assert_eq!(of_client(&run)["path"], "shop/prices.py");
    world.file("shop/prices.py", MENDED);
    world.git(&["commit", "-q", "-a", "-m", "mended"]);
    let run = super::audit(&world, &[]);
    assert_eq!(run["history"]["fixed_in_all"], 1);
    super::audit(&world, &["--ref", "HEAD~1"]);
    let run = super::audit(&world, &[]);
    assert_eq!(run["history"]["fixed_in_all"], 1);
    assert!(run["history"]["fixed"][0].get("came_back").is_none());
}
