//! `attest`: signatures that a person writes with a command, and what becomes of them.

use crate::support::World;

const FILE: &str = ".perfctl/attestations.toml";

fn repository() -> World {
    let world = World::new();
    world
        .file("docs/load.md", "measured\n")
        .git(&["init", "-q", "."]);
    world
        .git(&["config", "user.name", "Ada"])
        .git(&["config", "user.email", "ada@shop.example"]);
    world
}

fn text(world: &World) -> String {
    std::fs::read_to_string(world.work().join(FILE)).unwrap_or_default()
}

#[test]
fn a_signature_has_its_writer_its_end_and_what_was_seen() {
    let world = repository();
    let said = world
        .run(&["attest", "perf-004", "--evidence", "docs/load.md"])
        .expect(0)
        .err();
    assert!(said.contains("90 days from now"), "{said}");
    let written = text(&world);
    assert!(
        written.starts_with("schema = \"perfctl.attestations/1\"\n"),
        "{written}"
    );
    assert!(
        written.contains("who = \"Ada <ada@shop.example>\"\n"),
        "{written}"
    );
    assert!(
        written.contains("evidence = \"docs/load.md\"\n"),
        "{written}"
    );
    // Somebody else signs for longer, from a directory below.
    let again = [
        "attest",
        "PERF-004",
        "--evidence",
        "https://wiki.example/image",
        "--who",
        "team-shop",
        "--until",
        "2199-01-31",
        "--reason",
        "measured in the registry",
    ];
    let said = world.run_in("docs", &again).expect(0).err();
    assert!(
        said.contains("team-shop signs again for PERF-004 until 2199-01-31"),
        "{said}"
    );
    let written = text(&world);
    assert_eq!(written.matches("[[attest]]").count(), 1);
    assert!(written.contains("until = 2199-01-31\n"), "{written}");
    let listed = world.run(&["attest", "--list"]).expect(0).out();
    assert_eq!(
        listed,
        "PERF-004  until 2199-01-31       team-shop  https://wiki.example/image  (measured in the registry)\n"
    );
    world.run(&["attest", "--remove", "PERF-004"]).expect(0);
    assert!(!text(&world).contains("[[attest]]"));
    let said = world
        .run(&["attest", "--remove", "PERF-004"])
        .expect(2)
        .err();
    assert!(said.contains("nobody has signed for PERF-004"), "{said}");
}

#[test]
fn what_holds_nothing_up_is_refused_and_nothing_is_written() {
    let world = repository();
    world.file("../elsewhere.md", "x");
    let base = ["attest", "PERF-004", "--evidence", "https://x.example"];
    for (args, said) in [
        (
            &["attest", "PERF-0O4", "--evidence", "docs/load.md"][..],
            "did you mean `PERF-004`?",
        ),
        (
            &["attest", "PERFCTL-SUPPRESS", "--evidence", "docs/load.md"],
            "no rule and no recipe has an item",
        ),
        (
            &["attest", "PERF-004", "--evidence", "docs/lod.md"],
            "neither a link nor a file",
        ),
        (
            &["attest", "PERF-004", "--evidence", "../elsewhere.md"],
            "outside of the repository",
        ),
        (
            &["attest", "PERF-004", "--evidence", "https://"],
            "is no link",
        ),
        (
            &[
                "attest",
                "PERF-004",
                "--evidence",
                "https://me:pw@x.example",
            ],
            "is no link",
        ),
        (
            &[&base[..], &["--until", "2026-02-30"]].concat(),
            "the calendar has no",
        ),
        (&[&base[..], &["--until", "2020-01-31"]].concat(), "is past"),
        (
            &[&base[..], &["--repo", "https://x.example/shop.git"]].concat(),
            "name a clone of it",
        ),
        (&["attest", "PERF-004"], "--evidence"),
    ] {
        let ran = world.run(args).expect(2);
        assert!(ran.err().contains(said), "{args:?}: {}", ran.err());
        assert!(!world.work().join(".perfctl").exists(), "{args:?}");
    }
    let nobody = world.run_with("", &base, |command| {
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    });
    assert_eq!(nobody.code(), 0);
    world
        .git(&["config", "--unset", "user.name"])
        .git(&["config", "--unset", "user.email"]);
    let said = world.run(&base).expect(2).err();
    assert!(said.contains("say `--who team-shop`"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_stays_as_it_is() {
    let world = repository();
    let broken = "schema = \"perfctl.attestations/1\"\n[[attest]]\nitem = 3\n";
    world.file(FILE, broken);
    let said = world
        .run(&["attest", "PERF-004", "--evidence", "docs/load.md"])
        .expect(2)
        .err();
    assert!(said.contains(".perfctl/attestations.toml:3"), "{said}");
    assert_eq!(text(&world), broken);
}

#[test]
fn an_expired_signature_comes_back_and_is_said() {
    let world = repository();
    let signed = |until: &str| {
        format!(
            "schema = \"perfctl.attestations/1\"\n[[attest]]\nitem = \"PERF-004\"\nwho = \"team-shop\"\ndate = 2020-01-01\n\
             evidence = \"docs/load.md\"\nuntil = {until}\n"
        )
    };
    // Its image would have to be measured, and there is none.
    world.file("Dockerfile", "FROM python:3.12-slim\n");
    let verdict = |until: &str| {
        world.file(FILE, &signed(until));
        let run = super::audit(&world, &[]);
        let items = run["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["id"] == "PERF-004").unwrap();
        (item["verdict"].to_string(), run["notes"].to_string())
    };
    assert_eq!(verdict("2199-01-31").0, "\"attested\"");
    let (verdict, notes) = verdict("2020-02-01");
    assert_eq!(verdict, "\"needs-evidence\"");
    assert!(
        notes.contains("the attestation of PERF-004 held until 2020-02-01"),
        "{notes}"
    );
    let listed = world.run(&["attest", "--list"]).expect(0).out();
    assert!(listed.contains("expired on 2020-02-01"), "{listed}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_of_the_repository_even_outside_of_git() {
    let world = World::new();
    world
        .file("docs/load.md", "measured\n")
        .file("../outside/kept", "x");
    let sign = [
        "attest",
        "PERF-004",
        "--evidence",
        "docs/load.md",
        "--who",
        "team-shop",
    ];
    let own = world.work().join(".perfctl");
    std::os::unix::fs::symlink("../outside", &own).unwrap();
    let said = world.run(&sign).expect(2).err();
    assert!(said.contains(".perfctl is a link"), "{said}");
    std::fs::remove_file(&own).unwrap();
    std::fs::create_dir(&own).unwrap();
    std::os::unix::fs::symlink("../../outside/new.toml", world.work().join(FILE)).unwrap();
    let said = world.run(&sign).expect(2).err();
    assert!(said.contains("attestations.toml is a link"), "{said}");
    let outside = std::fs::read_dir(world.work().join("../outside")).unwrap();
    assert_eq!(outside.count(), 1);
    std::fs::remove_file(world.work().join(FILE)).unwrap();
    world.run(&sign).expect(0);
    assert!(text(&world).contains("PERF-004"));
}

#[test]
fn signatures_of_several_processes_at_once_are_all_kept() {
    let world = repository();
    let items = [
        "PERF-004",
        "PERF-005",
        "NET-PERF-004",
        "CONC-001",
        "PERF-004",
    ];
    std::thread::scope(|scope| {
        for item in items {
            let sign = ["attest", item, "--evidence", "docs/load.md"];
            let world = &world;
            scope.spawn(move || world.run(&sign).expect(0));
        }
    });
    let written = text(&world);
    for item in items {
        let line = format!("item = \"{item}\"\n");
        assert_eq!(written.matches(&line).count(), 1, "{item}: {written}");
    }
}

#[test]
fn a_signature_that_changes_nothing_and_evidence_that_is_gone_are_said() {
    let world = repository();
    world.file(
        "shop/client.py",
        "import requests\n\n\ndef price():\n    return requests.get('https://x.example')\n",
    );
    let sign = |item| {
        let sign = ["attest", item, "--evidence", "docs/load.md"];
        world.run(&sign).expect(0).err()
    };
    let said = sign("NET-PERF-004");
    assert!(
        said.contains(
            "note: NET-PERF-004 fails, and the signature does nothing as long as it does"
        ),
        "{said}"
    );
    let said = sign("LAMBDA-002");
    assert!(
        said.contains("note: LAMBDA-002 is not for this repository"),
        "{said}"
    );
    // It waits for an image to be measured, and a signature is what can be had.
    world.file("Dockerfile", "FROM python:3.12-slim\n");
    let said = sign("PERF-004");
    assert!(!said.contains("note:"), "{said}");
    std::fs::remove_file(world.work().join("docs/load.md")).unwrap();
    let said = world.run(&["check"]).out();
    let note = "attestations.toml:10: the evidence for LAMBDA-002 is neither a file of the repository nor a link with https://, so the signature does not count: docs/load.md";
    assert!(said.contains(note), "{said}");
    let listed = world.run(&["attest", "--list"]).expect(0).out();
    assert!(
        listed.contains("docs/load.md (not there, so it does not count)"),
        "{listed}"
    );
}

#[test]
fn a_signature_whose_file_is_gone_attests_nothing() {
    let world = repository();
    world.file(
        "shop/web.py",
        "import flask\n\napp = flask.Flask(__name__)\n\n\n@app.get('/prices')\ndef prices():\n    return {}\n",
    );
    let verdict = || {
        let record = world.run(&["check", "--format", "json"]).out();
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        let mut items = record["items"].as_array().unwrap().iter();
        let item = items.find(|item| item["id"] == "TEST-001").unwrap();
        (item["verdict"].clone(), item["reason"].to_string())
    };
    let sign = ["attest", "TEST-001", "--evidence", "docs/load.md"];
    world.run(&sign).expect(0);
    assert_eq!(verdict().0, "attested");
    std::fs::remove_file(world.work().join("docs/load.md")).unwrap();
    let (word, why) = verdict();
    assert_eq!(word, "needs-evidence");
    assert!(
        why.contains("the evidence of its signature is neither a file of the repository nor a link with https://: docs/load.md (Ada"),
        "{why}"
    );
}

#[test]
fn a_heading_behind_the_file_is_written_with_it() {
    let world = repository();
    let sign = ["attest", "PERF-004", "--evidence", "docs/load.md#p95"];
    world.run(&sign).expect(0);
    let written = text(&world);
    assert!(
        written.contains("evidence = \"docs/load.md#p95\"\n"),
        "{written}"
    );
    let missing = ["attest", "PERF-004", "--evidence", "docs/lod.md#p95"];
    world.run(&missing).expect(2);
}
