//! Known findings: what `--baseline` takes, what it does in `check` and in `recipe run`, and how a list grows shorter.

use crate::support::World;

const CALL: &str = "import requests\n\n\ndef profile(user):\n    return requests.get(f\"https://api.example/{user}\")\n";
const MORE: &str = "\n\ndef orders():\n    return requests.get(\"https://api.example/orders\")\n";

const RUN: &[&str] = &["recipe", "run", "quick-wins", "--out"];

#[test]
fn every_form_of_a_baseline_silences_in_check_and_in_a_recipe() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world.run(&[RUN, &["../first"]].concat()).expect(1);
    world
        .run(&["check", "--write-baseline", "../known.txt"])
        .expect(0);
    // Some editors begin a file with a mark of its byte order.
    let run = std::fs::read_to_string(world.work().join("../first/run.json")).unwrap();
    world.file("../marked.json", &format!("\u{feff}{run}"));
    let forms = [
        "../known.txt",
        "../first",
        "../first/run.json",
        "../marked.json",
    ];
    for known in forms {
        world.run(&["check", "--baseline", known]).expect(0);
        let ran = world
            .run(&[RUN, &["../again", "--baseline", known]].concat())
            .expect(0);
        // A run can be compared with, a list only silences.
        let compared = known != "../known.txt";
        assert_eq!(
            ran.out().contains("0 new findings, 0 fixed, 1 unchanged"),
            compared,
            "{}",
            ran.out()
        );
        assert!(!ran.out().contains("fail before"), "{}", ran.out());
    }
    world.file("shop/client.py", &format!("{CALL}{MORE}"));
    for known in forms {
        let ran = world.run(&["check", "--baseline", known]).expect(1);
        assert!(!ran.out().contains("client.py:5"), "{}", ran.out());
        world
            .run(&[RUN, &["../again", "--baseline", known]].concat())
            .expect(1);
    }
    // The run that was held against a baseline is the next one's baseline.
    world
        .run(&["check", "--baseline", "../again/run.json"])
        .expect(0);
}

#[test]
fn a_list_is_no_run_to_compare_with_and_is_called_by_its_name() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world
        .run(&["check", "--write-baseline", "known.txt"])
        .expect(0);
    for args in [
        &["compare", "known.txt", "known.txt"][..],
        &["report", "known.txt"],
    ] {
        let ran = world.run(args).expect(2);
        assert!(
            ran.err()
                .contains("known.txt is a baseline, a list of known findings"),
            "{}",
            ran.err()
        );
    }
}

#[test]
fn a_baseline_is_narrowed_and_what_comes_back_is_new() {
    let world = World::new();
    world.file("shop/client.py", &format!("{CALL}{MORE}"));
    let ran = world
        .run(&["check", "--write-baseline", "known.txt"])
        .expect(0);
    // The line that counts is not behind a page of findings that were just adopted.
    assert!(
        ran.out().starts_with("perfctl: 2 findings"),
        "{}",
        ran.out()
    );
    assert_eq!(ran.out().lines().count(), 1, "{}", ran.out());
    world.file("shop/client.py", CALL);
    let known = ["check", "--baseline", "known.txt"];
    let gone = "1 line of known.txt is no longer needed";
    let ran = world.run(&known).expect(0);
    assert!(ran.err().contains(gone), "{}", ran.err());
    // Who did not look cannot say, and outside of git a directory that is named is a root of its own.
    for part in [&["--ignore", "NET-PERF-004"][..], &["tests"]] {
        world.file("tests/empty.py", "");
        let ran = world.run(&[&known[..], part].concat()).expect(0);
        assert!(!ran.err().contains("needed"), "{}", ran.err());
        let args = [&known[..], &["--write-baseline", "part.txt"], part].concat();
        world.run(&args).expect(0);
        let read = |name: &str| std::fs::read_to_string(world.work().join(name)).unwrap();
        assert_eq!(read("part.txt"), read("known.txt"));
    }
    // A new finding is not adopted with what is taken out.
    world.file("shop/other.py", CALL);
    let ran = world
        .run(&[&known[..], &["--write-baseline", "known.txt"]].concat())
        .expect(1);
    assert!(
        ran.err()
            .contains("known.txt holds 1 finding; 1 that is gone was taken out"),
        "{}",
        ran.err()
    );
    assert!(ran.out().contains("shop/other.py:5"), "{}", ran.out());
    std::fs::remove_file(world.work().join("shop/other.py")).unwrap();
    assert_eq!(world.run(&known).expect(0).err(), "");
    world.file("shop/client.py", &format!("{CALL}{MORE}"));
    world.run(&known).expect(1);
}

#[test]
fn a_check_of_everything_takes_out_nothing_that_only_naming_finds() {
    let world = World::new();
    world.git(&["init", "--quiet"]);
    world
        .file(
            "shop/orders.py",
            "def total(prices):\n    return sum(prices)\n",
        )
        .file("tests/service.py", CALL);
    let write = ["--write-baseline", "known.txt"];
    let known = ["check", "--baseline", "known.txt"];
    let part = ["check", "tests", "--baseline", "known.txt"];
    world
        .run(&[&["check", "tests"][..], &write].concat())
        .expect(0);
    let ran = world.run(&known).expect(0);
    assert!(!ran.err().contains("needed"), "{}", ran.err());
    world.run(&[&known[..], &write].concat()).expect(0);
    world.run(&part).expect(0);
    world.file("tests/service.py", "");
    let ran = world.run(&part).expect(0);
    assert!(ran.err().contains("1 line of known.txt"), "{}", ran.err());
}

#[test]
fn what_a_clone_no_longer_needs_is_said_with_where_to_narrow_it() {
    let world = World::new();
    world
        .git(&["init", "-q", "-b", "main", "."])
        .file("shop/client.py", &format!("{CALL}{MORE}"));
    world
        .run(&["check", "--write-baseline", "../known.txt"])
        .expect(0);
    world
        .file("shop/client.py", CALL)
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["clone", "-q", "--bare", ".", "../shop.git"]);
    let bare = world.work().join("../shop.git").canonicalize().unwrap();
    let url = format!("file://{}", bare.display());
    let args = ["../out", "--baseline", "../known.txt", "--repo", &url];
    let ran = world.run(&[RUN, &args].concat()).expect(0);
    let said = "1 line of ../known.txt is no longer needed: `perfctl check --baseline ../known.txt --write-baseline ../known.txt` in a clone of ";
    assert!(ran.err().contains(said), "{}", ran.err());
    // From elsewhere the command names the repository, too.
    world.file("elsewhere/notes.txt", "");
    let named = ["check", "../shop", "--baseline", "../../known.txt"];
    let ran = world.run_in("elsewhere", &named).expect(0);
    let said = "`perfctl check ../shop --baseline ../../known.txt ";
    assert!(ran.err().contains(said), "{}", ran.err());
}

#[test]
fn what_was_said_of_suppressions_is_narrowed_with_the_last_of_them() {
    let world = World::new();
    let comment = "  # perfctl: allow NET-PERF-004 -- the gateway ends calls";
    world.file("shop/total.py", &format!("TOTAL = 1{comment}\n"));
    world
        .run(&["check", "--write-baseline", "known.txt"])
        .expect(0);
    let known = ["check", "--baseline", "known.txt"];
    let gone = "1 line of known.txt is no longer needed";
    // Who does not run the rule cannot say whether its comment is needed.
    for part in [[].as_slice(), &["--ignore", "NET-PERF-004"]] {
        let ran = world.run(&[&known[..], part].concat()).expect(0);
        assert!(!ran.err().contains(gone), "{}", ran.err());
    }
    world.file("shop/total.py", "TOTAL = 1\n");
    let ran = world.run(&known).expect(0);
    assert!(ran.err().contains(gone), "{}", ran.err());
    let ignored = [&known[..], &["--ignore", "PERFCTL-SUPPRESS"]].concat();
    let ran = world.run(&ignored).expect(0);
    assert!(!ran.err().contains(gone), "{}", ran.err());
}

#[test]
fn a_list_of_files_that_are_all_gone_is_kept_and_said_to_be() {
    let world = World::new();
    world
        .file("shop/client.py", CALL)
        .file("shop/total.py", "TOTAL = 1\n");
    let write = ["--write-baseline", "known.txt"];
    world.run(&[&["check"][..], &write].concat()).expect(0);
    let list = || std::fs::read_to_string(world.work().join("known.txt")).unwrap();
    let before = list();
    std::fs::remove_file(world.work().join("shop/client.py")).unwrap();
    let known = ["check", "--baseline", "known.txt"];
    for part in [[].as_slice(), &write] {
        let ran = world.run(&[&known[..], part].concat()).expect(0);
        let said = "no file that known.txt names is here: it was written from another directory, or all that it holds is gone";
        assert!(ran.err().contains(said), "{}", ran.err());
    }
    assert_eq!(list(), before);
}

#[test]
fn a_list_goes_to_a_file_and_the_report_to_standard_output() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world
        .run(&["check", "--write-baseline", "known.txt"])
        .expect(0);
    for known in [[].as_slice(), &["--baseline", "known.txt"]] {
        let ran = world
            .run(&[&["check", "--write-baseline", "-"][..], known].concat())
            .expect(2);
        let said = "`--write-baseline` takes a file";
        assert!(ran.err().contains(said), "{}", ran.err());
        assert_eq!(ran.out(), "");
    }
    assert!(!world.work().join("-").exists());
}

#[test]
fn everything_and_more_is_no_part() {
    let world = World::new();
    world.git(&["init", "--quiet"]);
    world
        .file("shop/client.py", CALL)
        .file("tests/service.py", CALL);
    for _ in 0..2 {
        let args = ["check", ".", "tests", "--write-baseline", "known.txt"];
        let ran = world.run(&args).expect(0);
        assert!(ran.err().contains("holds 2 findings"), "{}", ran.err());
    }
    let ran = world
        .run(&["check", "tests", "--write-baseline", "known.txt"])
        .expect(2);
    assert!(ran.err().contains("a part of the repository"));
}

#[test]
fn a_file_that_git_ignores_now_is_not_mended() {
    let world = World::new();
    world.file("shop/client.py", CALL).git(&["init", "-q"]);
    world.run(&[RUN, &["../before"]].concat()).expect(1);
    world.file(".gitignore", "client.py\n");
    world.run(&[RUN, &["../after"]].concat()).expect(0);
    let compared = || {
        world
            .run(&["compare", "../before", "../after"])
            .expect(0)
            .out()
    };
    let said = compared();
    assert!(
        said.contains("0 fixed") && said.contains("1 left out now"),
        "{said}"
    );
    // One that is gone is.
    std::fs::remove_file(world.work().join("shop/client.py")).unwrap();
    world.run(&[RUN, &["../after"]].concat()).expect(0);
    assert!(compared().contains("1 fixed"), "{}", compared());
}

#[test]
fn a_rule_that_was_switched_off_has_mended_nothing() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    world.run(&[RUN, &["../on"]].concat()).expect(1);
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\n\n[[rules.off]]\nid = \"NET-PERF-004\"\nreason = \"the gateway ends calls\"\n",
    );
    world.run(&[RUN, &["../off"]].concat()).expect(0);
    for (one, other, why) in [
        (
            "../on",
            "../off",
            "left out now by the settings or git's ignore rules",
        ),
        ("../off", "../on", "that only one run looked for"),
    ] {
        let ran = world
            .run(&["compare", one, other, "--fail-on", "low"])
            .expect(0);
        let said = format!("0 new findings, 0 fixed, 0 unchanged; 1 {why}");
        assert!(ran.out().contains(&said), "{}", ran.out());
    }
}
