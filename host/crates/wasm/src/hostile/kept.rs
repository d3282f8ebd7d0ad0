//! What is kept from call to call, from run to run and from repository to repository, and what of it can be turned against somebody.

use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_runtime::pack::Packs;
use perfctl_runtime::runner::Outcome;

use super::{component, ended, guest, judge, load, pack, repository, run};
use crate::cache::Cache;
use crate::component::{Component, Rights};
use crate::engine::Engine;

/// A guest that remembers something of its first call, and asks for its text in every later one.
fn rememberer() -> Vec<u8> {
    let imports = r#"
      (import "perfctl:plugin/file@0.1.0" "span" (func $span (param i32 i32 i32 i32)))
      (import "perfctl:plugin/span@0.1.0" "source" (func $source (param i32 i32)))"#;
    let ask = "(call $span (local.get $file) (i32.const 0) (i32.const 1) (i32.const 128))";
    // The first thing of a call, which each later one has as well.
    let check = format!(
        "(if (i32.eqz (global.get $kept))
           (then {ask} (global.set $kept (i32.load (i32.const 132))))
           (else (call $source (global.get $kept) (i32.const 64)) unreachable))
         (call $none)"
    );
    guest::component(&guest::module(imports, &check, "(call $none)"))
}

#[test]
fn of_what_a_guest_prints_without_end_the_beginning_is_kept_and_the_rest_is_told() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let printed = |lines: u32| {
        let check = format!(
            "(loop $l (call $print (i32.const 64) (i32.const 1))
               (i32.store (i32.const 128) (i32.add (i32.load (i32.const 128)) (i32.const 1)))
               (br_if $l (i32.lt_u (i32.load (i32.const 128)) (i32.const {lines}))))
             (call $none)"
        );
        let guest = guest::component(&guest::with_print(&check));
        let packs = load(&[pack("talker", "TALK-001", component(&engine, guest))]);
        let out = judge(repository(1).path(), &packs, 1);
        let lines = out.printed.into_iter().map(|(_, line)| line);
        lines.collect::<Vec<String>>()
    };
    let cut = "... (what follows is not shown)";
    let whole = printed(100);
    assert!(whole.len() == 100 && !whole.iter().any(|line| line == cut));
    let flood = printed(150);
    assert_eq!(flood.len(), 101);
    assert_eq!(flood.last().map(String::as_str), Some(cut));
}

/// W40.
#[test]
fn what_a_guest_kept_of_an_earlier_call_is_worth_nothing_in_the_next() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let packs = load(&[pack("evil", "EVIL-001", component(&engine, rememberer()))]);
    let (one, two) = (repository(1), repository(2));
    // A repository of its own each: in both there is one call, and nothing to be had from before.
    for _ in 0..2 {
        assert_eq!(
            ended(&judge(one.path(), &packs, 1), "EVIL-001"),
            Outcome::Examined
        );
    }
    let out = judge(two.path(), &packs, 1);
    let Outcome::Error(message) = ended(&out, "EVIL-001") else {
        panic!("{:?}", out.outcomes);
    };
    assert!(message.contains("did not get in this call"), "{message}");
}

/// W40.
#[test]
fn a_guest_that_may_read_files_reads_those_of_its_repository_only() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let world = tempfile::tempdir().expect("a folder");
    let file = |path: &str| {
        let path = world.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, "f(1)\n").expect("written");
    };
    file("audited/app/m.py");
    file("other/secret.py");
    let audited = world.path().join("audited");
    for (link, to) in [("link.py", "../other/secret.py"), ("linked", "../other")] {
        std::os::unix::fs::symlink(to, audited.join(link)).expect("linked");
    }
    let outside = world.path().join("other/secret.py");
    let outside = outside.to_str().expect("a name");
    // What it gets is told by how it ends: with a trap where there is a text.
    let reads = |path: &str| {
        let head = format!(
            r#"(import "perfctl:plugin/files@0.1.0" "text" (func $text (param i32 i32 i32)))
            (data (i32.const 1024) "{path}")"#
        );
        let check = format!(
            "(call $text (i32.const 1024) (i32.const {}) (i32.const 128))
             (if (i32.load8_u (i32.const 128)) (then unreachable)) (call $none)",
            path.len()
        );
        let bytes = guest::component(&guest::module(&head, &check, "(call $none)"));
        let component = Component {
            files: Rights::Granted,
            ..component(&engine, bytes)
        };
        let out = run(&audited, &[pack("evil", "EVIL-001", component)]);
        match ended(&out, "EVIL-001") {
            Outcome::Examined => false,
            Outcome::Error(message) if message.contains("unreachable") => true,
            other => panic!("{other:?}"),
        }
    };
    assert!(reads("app/m.py"), "its own it reads");
    for path in [
        outside,
        "../other/secret.py",
        "app/../../other/secret.py",
        "link.py",
        "linked/secret.py",
        "/etc/passwd",
        "file:///etc/passwd",
        "",
        ".",
        "app",
    ] {
        assert!(!reads(path), "{path}");
    }
}

/// W34.
#[test]
fn a_guest_that_counts_its_calls_counts_from_the_beginning_in_each_run() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    // It finds something in its first call only.
    let once = guest::good().replacen(
        "(param $count i32) (result i32)",
        "(param $count i32) (result i32)
          (if (global.get $kept) (then (return (call $none)))) (global.set $kept (i32.const 1))",
        1,
    );
    let packs = load(&[pack(
        "evil",
        "EVIL-001",
        component(&engine, guest::component(&once)),
    )]);
    let dir = repository(3);
    for _ in 0..3 {
        let out = judge(dir.path(), &packs, 1);
        assert_eq!(ended(&out, "EVIL-001"), Outcome::Examined);
        assert_eq!(out.findings.len(), 1);
    }
}

/// W36.
#[test]
fn a_file_that_is_swapped_after_it_was_read_changes_nothing() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("good.wasm");
    std::fs::write(&file, guest::component(&guest::good())).expect("written");
    let bytes = std::fs::read(&file).expect("read");
    let component = Component {
        shown: file.display().to_string(),
        ..component(&engine, bytes)
    };
    let packs = load(&[pack("good", "GOOD-001", component)]);
    std::fs::write(&file, guest::component(&guest::check("unreachable"))).expect("swapped");
    let out = judge(repository(1).path(), &packs, 1);
    assert_eq!(ended(&out, "GOOD-001"), Outcome::Examined);
    assert_eq!(out.findings.len(), 1);
}

/// W39: neither the pack of another plugin nor a rule of it.
#[test]
fn a_plugin_does_not_take_the_rules_of_another() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let good = guest::component(&guest::good());
    let packs = [
        pack("acme", "GOOD-001", component(&engine, good.clone())),
        pack("evil", "GOOD-001", component(&engine, good)),
    ];
    let packs = Packs::load(&packs);
    assert_eq!(packs.rules[&RuleId::from("GOOD-001")].rule.pack, "acme");
    let problem = &packs.problems.first().expect("a problem").message;
    assert!(
        problem.contains("is a rule of the pack `acme`"),
        "{problem}"
    );
}

/// W39.
#[test]
fn of_two_plugins_with_one_id_the_second_is_not_read() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let good = guest::component(&guest::good());
    let packs = [
        pack("acme", "GOOD-001", component(&engine, good.clone())),
        pack("acme", "EVIL-001", component(&engine, good)),
    ];
    let packs = Packs::load(&packs);
    let rules: Vec<&str> = packs.rules.keys().map(|id| id.as_str()).collect();
    assert_eq!(rules, ["GOOD-001"]);
    let problem = &packs.problems.first().expect("a problem").message;
    assert!(problem.contains("two packs"), "{problem}");
}

/// W11.
#[test]
fn code_is_kept_between_runs_and_made_anew_when_it_was_changed() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let place = tempfile::tempdir().expect("a folder");
    let (dir, key) = (place.path().join("cache"), place.path().join("key"));
    let good = guest::component(&guest::good());
    let run = || {
        let cache = Cache::open(&dir, &key).expect("a cache");
        let repository = repository(1);
        let component = Component {
            cache: Some(Arc::new(cache)),
            ..component(&engine, good.clone())
        };
        let out = super::run(repository.path(), &[pack("good", "GOOD-001", component)]);
        assert_eq!(out.findings.len(), 1, "{:?}", out.outcomes);
    };
    let kept = || {
        let mut files = std::fs::read_dir(&dir).expect("a cache").flatten();
        let file = files.next().expect("one file").path();
        (file.clone(), std::fs::read(file).expect("its bytes"))
    };
    run();
    let (file, bytes) = kept();
    run();
    assert_eq!(kept().1, bytes);
    // Every byte counts, wherever it is; a few of them here, each of them in the cache's own tests.
    for at in (0..bytes.len()).step_by(bytes.len() / 20) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x40;
        std::fs::write(&file, changed).expect("written");
        run();
        assert_eq!(kept().1, bytes, "byte {at}");
    }
}
