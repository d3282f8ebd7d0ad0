//! `perfctl check`.

use crate::support::World;

const CALL: &str = "import requests\n\n\ndef profile(user):\n    return requests.get(f\"https://api.example/{user}\")\n";

#[test]
fn a_finding_is_shown_with_its_code_and_decides_the_exit_code() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    let ran = world.run(&["check"]).expect(1);
    assert!(
        ran.out().contains("--> shop/client.py:5:12"),
        "{}",
        ran.out()
    );
    assert!(ran.out().contains("requests.get("), "{}", ran.out());
    assert!(!ran.out().contains('\u{1b}'), "no colours in a pipe");
    world.run(&["check", "--fail-on", "critical"]).expect(0);
    world
        .run(&["check", "--ignore", "category:network"])
        .expect(0);
}

#[test]
fn a_comment_with_a_reason_silences_one_rule_and_an_unused_one_is_a_finding() {
    let world = World::new();
    let silenced = CALL.replace(
        "(f\"https",
        "(  # perfctl: allow NET-PERF-004 -- the gateway ends it\n        f\"https",
    );
    world.file("shop/client.py", &silenced);
    let ran = world.run(&["check"]).expect(0);
    assert!(!ran.out().contains("client.py:5"), "{}", ran.out());
    let world = World::new();
    world.file(
        "shop/clean.py",
        "x = 1  # perfctl: allow NET-PERF-004 -- nothing is here\n",
    );
    let ran = world.run(&["check"]);
    assert!(ran.out().contains("PERFCTL-SUPPRESS"), "{}", ran.out());
}

#[test]
fn formats_go_to_files_and_sarif_is_json() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    let ran = world
        .run(&["check", "--format", "sarif", "--output", "out.sarif"])
        .expect(1);
    assert_eq!(ran.out(), "");
    let items = crate::tidy::rule_folders().len();
    assert_eq!(
        ran.err(),
        format!(
            "perfctl: 1 finding (1 high) in 1 file; 1 of {items} items failed; written to out.sarif\n"
        )
    );
    let quiet = ["check", "--quiet", "--output", "out.txt"];
    assert_eq!(world.run(&quiet).expect(1).err(), "");
    let ran = world.run(&["check", "--output", "-"]).expect(1);
    assert!(ran.out().contains("shop/client.py:5"), "{}", ran.out());
    assert_eq!(ran.err(), "");
    assert!(!world.work().join("-").exists());
    let ran = world
        .run(&["check", "--output", "shop/client.py/x"])
        .expect(2);
    assert!(!ran.err().contains(".tmp"), "{}", ran.err());
    let text = std::fs::read_to_string(world.work().join("out.sarif")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["runs"][0]["results"][0]["ruleId"], "NET-PERF-004");
    assert_eq!(
        value["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"],
        5
    );
}

#[test]
fn a_baseline_keeps_old_findings_from_counting() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world.git(&["init", "-q"]);
    let ran = world
        .run(&["check", "--write-baseline", "known.txt"])
        .expect(0);
    assert!(
        ran.err().contains("known.txt holds 1 finding,"),
        "{}",
        ran.err()
    );
    // A part of the findings does not take the place of all.
    for part in [&["--select", "MEM-002"][..], &["shop"]] {
        let args = [&["check", "--write-baseline", "known.txt"], part].concat();
        world.run(&args).expect(2);
    }
    world.run(&["check", "--baseline", "known.txt"]).expect(0);
    // A second finding of the same kind is new; the first one moved and is still known.
    let more = format!(
        "# moved\n{CALL}\n\ndef orders():\n    return requests.get(\"https://api.example/orders\")\n"
    );
    world.file("shop/client.py", &more);
    let ran = world.run(&["check", "--baseline", "known.txt"]).expect(1);
    assert!(ran.out().contains("client.py:10"), "{}", ran.out());
    assert!(!ran.out().contains("client.py:6"), "{}", ran.out());
}

#[test]
fn only_changed_lines_count_when_asked_for() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"]);
    world.run(&["check", "--changed-since", "HEAD"]).expect(0);
    world.file("shop/more.py", CALL);
    let ran = world.run(&["check", "--changed-since", "HEAD"]).expect(1);
    assert!(ran.out().contains("shop/more.py:5"), "{}", ran.out());
    assert!(!ran.out().contains("shop/client.py:5"), "{}", ran.out());
    world
        .run(&["check", "--changed-since", "nowhere"])
        .expect(2);
}

#[test]
fn what_cannot_be_parsed_is_said_and_never_clean() {
    let world = World::new();
    world.file(
        "shop/broken.py",
        &format!("def broken(:\n    pass\n\n\n{CALL}"),
    );
    world.file("shop/deep.py", &"[".repeat(100_000));
    world.file("shop/huge.py", &"x = 1\n".repeat(400_000));
    let ran = world.run(&["check"]).expect(1);
    // The rest of a broken file still counts.
    assert!(ran.out().contains("shop/broken.py:9"), "{}", ran.out());
    for path in ["shop/broken.py", "shop/deep.py", "shop/huge.py"] {
        assert!(ran.out().contains(path), "{path}: {}", ran.out());
    }
}

#[test]
fn links_in_a_circle_and_odd_bytes_do_not_stop_the_walk() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    std::os::unix::fs::symlink(world.work(), world.work().join("shop/again")).unwrap();
    std::fs::write(
        world.work().join("shop/latin.py"),
        b"# caf\xe9\nimport requests\nrequests.get('x')\n",
    )
    .unwrap();
    std::fs::write(world.work().join("shop/binary.py"), [0u8, 1, 2, 255]).unwrap();
    let ran = world.run(&["check"]).expect(1);
    assert!(ran.out().contains("shop/latin.py:3"), "{}", ran.out());
}

#[test]
fn only_findings_in_the_paths_given_are_shown_and_count() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("shop/client.py", CALL);
    world.file("shopping/client.py", CALL);
    let ran = world.run(&["check", "shop"]).expect(1);
    assert!(ran.out().contains("--> shop/client.py"), "{}", ran.out());
    assert!(!ran.out().contains("shopping/"), "{}", ran.out());
    world.file("clean/empty.py", "x = 1\n");
    world.run(&["check", "clean"]).expect(0);
}

#[test]
fn a_selector_that_selects_nothing_is_an_error_and_not_a_clean_check() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    let ran = world.run(&["check", "--select", "NET-PERF-04"]).expect(2);
    assert!(
        ran.err().contains("did you mean `NET-PERF-004`?"),
        "{}",
        ran.err()
    );
    let ran = world
        .run(&["check", "--ignore", "category:netwrk"])
        .expect(2);
    assert!(ran.err().contains("category:network"), "{}", ran.err());
    world
        .run(&["check", "--select", "PERFCTL-SUPPRESS"])
        .expect(0);
}

#[test]
fn a_check_that_leaves_no_rule_is_an_error_that_says_why() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    let ran = world
        .run(&[
            "check",
            "--select",
            "NET-PERF-004",
            "--ignore",
            "NET-PERF-004",
        ])
        .expect(2);
    for said in [
        "no rule is left to run",
        "selected by --select",
        "ignored by --ignore",
    ] {
        assert!(ran.err().contains(said), "{}", ran.err());
    }
    world.run(&["check", "--ignore", "pack:perf"]).expect(2);
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n[rules]\nselect = [\"pack:org\"]\n",
    );
    let ran = world.run(&["check"]).expect(2);
    assert!(
        ran.err()
            .contains("`pack:org` is selected by [WORLD]/home/.config/perfctl/config.toml:3"),
        "{}",
        ran.err()
    );
    // A recipe has other things to do, and says it.
    let run = super::audit(&world, &[]);
    let notes = run["notes"].to_string();
    assert!(notes.contains("no rule is left to run"), "{notes}");
}

#[test]
fn several_paths_are_checked_as_all_of_them() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("shop/client.py", CALL);
    world.file("jobs/client.py", CALL);
    world.file("tests/service/web.py", CALL);
    world.file("README.md", "# Shop\n");
    let counted = |paths: &[&str]| {
        let args = [&["check", "--format", "json"], paths].concat();
        let run: serde_json::Value =
            serde_json::from_str(&world.run(&args).expect(1).out()).unwrap();
        run["findings"].as_array().unwrap().len()
    };
    assert_eq!(counted(&["."]), 2);
    for paths in [["shop", "."], [".", "shop"], [".", "README.md"]] {
        assert_eq!(counted(&paths), 2, "{paths:?}");
    }
    // What is named is no test, beside everything else as alone.
    assert_eq!(counted(&["tests/service"]), 1);
    assert_eq!(counted(&["tests/service", "."]), 3);
    assert_eq!(counted(&["tests/service", "shop", "README.md"]), 2);
}

#[test]
fn a_repositorys_own_rules_are_no_code_of_the_service() {
    let world = World::new();
    world.file("app.py", "x = 1\n");
    world.file(
        ".perfctl/plugins/local/L-1/cases/found/shop/client.py",
        CALL,
    );
    world.run(&["check"]).expect(0);
}

#[test]
fn several_paths_outside_of_git_are_checked_from_the_directory_around_them() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world.file("jobs/client.py", CALL);
    world.file("other/client.py", CALL);
    let ran = world.run(&["check", "shop", "jobs/client.py"]).expect(1);
    for path in ["--> shop/client.py", "--> jobs/client.py"] {
        assert!(ran.out().contains(path), "{path}: {}", ran.out());
    }
    assert!(!ran.out().contains("other/"), "{}", ran.out());
    let ran = world.run(&["check", "shop", "/etc/hostname"]).expect(2);
    assert!(ran.err().contains("nothing in common"), "{}", ran.err());
}

#[test]
fn a_directory_that_is_named_is_no_test_because_of_where_it_lies() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("tests/service/shop/client.py", CALL);
    world.file("tests/service/test_client.py", CALL);
    world.file("tests/service/Dockerfile", "FROM python:slim\n");
    world.file("tests/broken.py", "def broken(:\n");
    world.run(&["check"]).expect(0);
    let ran = world.run(&["check", "tests/service"]).expect(1);
    assert!(
        ran.out().contains("tests/service/shop/client.py:5"),
        "{}",
        ran.out()
    );
    assert!(!ran.out().contains("test_client.py"), "{}", ran.out());
    // Nor does anybody ask what is wrong elsewhere.
    assert!(!ran.out().contains("broken.py"), "{}", ran.out());
    let ran = world.run_in("tests/service", &["check"]).expect(1);
    assert!(ran.out().contains("2 findings"), "{}", ran.out());
    // A terminal opens what it shows; machines count from the repository's root.
    assert!(ran.out().contains("--> shop/client.py:5"), "{}", ran.out());
    let ran = world
        .run_in("tests/service", &["check", "--format", "github"])
        .expect(1);
    assert!(
        ran.out().contains("file=tests/service/shop/client.py"),
        "{}",
        ran.out()
    );
}

#[test]
fn where_nothing_is_judged_nothing_is_called_passed() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("shop/client.py", CALL);
    world.file("README.md", "# Shop\n");
    let ran = world.run(&["check", "README.md"]).expect(0);
    assert!(
        ran.out()
            .contains("1 problem: not everything was looked at")
            && ran
                .out()
                .contains("README.md: no rule looks at this file: it is not code of the service"),
        "{}",
        ran.out()
    );
    world.file("notes/a.md", "# Notes\n");
    let verdicts = |path: &str| {
        let ran = world.run(&["check", path, "--format", "json"]).expect(0);
        let run: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
        let items = run["items"].as_array().unwrap().clone();
        let passed = items.iter().filter(|item| item["verdict"] == "pass");
        (items.len() > 10, passed.count())
    };
    assert_eq!(verdicts("README.md"), (true, 0));
    assert_eq!(verdicts("notes"), (true, 0));
    // What the repository leaves out is said.
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\nexclude = [\"shop\"]\n",
    );
    let ran = world.run(&["check"]).expect(0);
    assert!(ran.out().contains("leave `shop` out"), "{}", ran.out());
}

#[test]
fn what_is_checked_has_a_name_where_one_stands_in_it() {
    let world = World::new();
    world.git(&["init", "-q"]);
    world.file("docs/guide.md", "# Guide\n");
    world.file("a.py", "x = 1\n");
    let ran = world.run_in("docs", &["check"]);
    assert!(
        ran.out().contains("problem: .: nothing in it"),
        "{}",
        ran.out()
    );
}
