//! Guests that mean harm, or are broken: each ends as an `error` verdict that names plugin and reason, or as a valid result; the rule beside
//! it goes on, and what the guest took is given back.

mod attacks;
pub(crate) mod guest;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_runtime::pack::{LoadedRule, PackFiles, Packs, Program};
use perfctl_runtime::runner::{self, Outcome, RunOutput};
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

use crate::compiler::InProcess;
use crate::component::{Component, Rights};
use crate::engine::Engine;

/// Milliseconds that a call of a hostile rule has.
const TIME_MS: u64 = 200;

const RULE: &str = r#"
schema = "perfctl.rule/1"
title = "t"
category = "test"
severity = "low"
languages = ["python"]
effort = "S"
fix = "safe"
limits = { time_ms = 200 }
match = [{ name = "call", kind = "call", called = ["f"] }, { name = "all", kind = "repository" }]
messages = { plain = "found", named = "{what} of {whom}" }
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;

/// A pack whose only rule is judged by `component`.
pub(crate) fn pack(id: &str, rule: &str, component: Component) -> PackFiles {
    let head = format!(
        "schema = \"perfctl.pack/1\"\nid = \"{id}\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n"
    );
    let texts = BTreeMap::from([
        ("pack.toml".to_owned(), head),
        (
            format!("{rule}/rule.toml"),
            format!("id = \"{rule}\"\n{RULE}"),
        ),
    ]);
    PackFiles {
        folder: id.to_owned(),
        layer: Layer::User("/user".into()),
        shown: format!("plugins/{id}.wasm"),
        files: texts,
        program: Program::Component(Arc::new(component)),
    }
}

/// A component of these bytes, which may use nothing that has to be granted.
pub(crate) fn component(engine: &Arc<Engine>, bytes: Vec<u8>) -> Component {
    Component {
        shown: "plugins/evil.wasm".to_owned(),
        bytes: bytes.into(),
        files: Rights::NotGranted("[grants] files = [\"evil\"]".to_owned()),
        engine: engine.clone(),
        compiler: Arc::new(InProcess),
        cache: None,
    }
}

/// Runs the rules of `packs` on the repository in `dir`.
pub(crate) fn run(dir: &Path, packs: &[PackFiles]) -> RunOutput {
    let packs = Packs::load(packs);
    assert!(
        packs.broken.is_empty() && packs.problems.is_empty(),
        "{:?} {:?}",
        packs.broken,
        packs.problems
    );
    let rules: Vec<&LoadedRule> = packs.rules.values().collect();
    let matchers = rules.iter().map(|rule| rule.matchers.clone()).collect();
    let ruleset = Ruleset {
        rules: matchers,
        facts: Arc::new(packs.facts),
        max_file_size: 1 << 20,
    };
    let scope = Scope {
        threads: 2,
        ..Scope::default()
    };
    let survey = survey(dir, &ruleset, &scope, &Never);
    runner::run(&survey, &rules, |_| true, &Never)
}

/// A repository of so many files with a candidate each.
pub(crate) fn repository(files: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for at in 0..files {
        std::fs::write(dir.path().join(format!("m{at}.py")), "f(1)\n").expect("a file");
    }
    dir
}

/// How the rule `EVIL-001` of a guest ends beside `GOOD-001`, which has to find what it finds in each of `files` files.
fn attack(engine: &Arc<Engine>, bytes: Vec<u8>, files: usize) -> (Outcome, RunOutput) {
    let dir = repository(files);
    let good = guest::component(&guest::good());
    let packs = [
        pack("evil", "EVIL-001", component(engine, bytes)),
        pack("good", "GOOD-001", component(engine, good)),
    ];
    let out = run(dir.path(), &packs);
    let of = |id: &str| {
        let mut outcomes = out.outcomes.iter();
        let found = outcomes.find(|(rule, _)| rule.as_str() == id);
        found.map(|(_, outcome)| outcome.clone()).expect("it ran")
    };
    assert_eq!(of("GOOD-001"), Outcome::Examined);
    let good = out
        .findings
        .iter()
        .filter(|one| one.rule.as_str() == "GOOD-001");
    assert_eq!(good.count(), files, "the rule beside it goes on");
    (of("EVIL-001"), out)
}

/// Threads of this process, the engine's clock left out.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

#[test]
fn every_attack_ends_as_an_error_that_says_why() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let mut wrong = Vec::new();
    for attack in attacks::all() {
        let begun = Instant::now();
        let (outcome, _) = self::attack(&engine, (attack.guest)(), 1);
        let took = begun.elapsed();
        // Compiling is not the attack; twice the limit and what two threads wait for each other on a busy machine are.
        let allowed = Duration::from_secs(30);
        match (&outcome, attack.says) {
            (Outcome::Error(message), Some(says))
                if message.contains(says) && message.contains("plugins/evil.wasm") => {}
            (Outcome::Examined, None) => {}
            _ => wrong.push(format!(
                "{}: {outcome:?}, not {:?}",
                attack.name, attack.says
            )),
        }
        if took > allowed {
            wrong.push(format!("{}: took {took:?}", attack.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_endless_loop_is_stopped_within_twice_its_limit() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let guest = guest::component(&guest::check("(loop $l (br $l)) unreachable"));
    // Once for the compiler.
    let (outcome, out) = attack(&engine, guest, 1);
    assert!(matches!(outcome, Outcome::Error(_)));
    let mut costs = out.costs.iter();
    let cost = costs.find(|(rule, _)| rule.as_str() == "EVIL-001");
    let time = cost.expect("it ran").1.time;
    // Linking and starting count, too: a few milliseconds.
    let limit = Duration::from_millis(TIME_MS);
    assert!(
        time >= limit && time < limit * 2 + Duration::from_millis(200),
        "{time:?}"
    );
}

#[test]
fn memory_and_threads_are_given_back() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let greedy = guest::component(&guest::check(
        "(drop (memory.grow (i32.const 1900))) (memory.fill (i32.const 65536) (i32.const 1) (i32.const 120000000)) unreachable",
    ));
    let run = || attack(&engine, greedy.clone(), 1);
    run();
    let resident = || {
        let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let pages: usize = text
            .split_whitespace()
            .nth(1)
            .and_then(|pages| pages.parse().ok())
            .unwrap_or_default();
        pages * 4096
    };
    let (before, threads_before) = (resident(), threads());
    for _ in 0..5 {
        run();
    }
    assert!(resident() < before + (100 << 20), "{before} {}", resident());
    assert!(threads() <= threads_before + 2);
}

#[test]
fn what_a_guest_kept_of_another_repository_is_worth_nothing() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    // It remembers the file of its first call, and asks for its text in every later one.
    let guest = guest::component(&guest::with_file_text(
        "(if (i32.eqz (global.get $kept)) (then (global.set $kept (local.get $file))) (else
           (call $text (global.get $kept) (i32.const 64))))
         (call $none)",
    ));
    let (outcome, _) = attack(&engine, guest, 1);
    // One call in one file: nothing to be had from before.
    assert_eq!(outcome, Outcome::Examined);
}

#[test]
fn a_guest_that_is_slow_in_each_of_many_files_meets_the_limit_of_the_run() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    // Turns that take some 20 ms, in each file.
    let slow = guest::check(
        "(local $n i32) (local.set $n (i32.const 60000000))
         (loop $l (local.set $n (i32.sub (local.get $n) (i32.const 1))) (br_if $l (local.get $n)))
         (call $none)",
    );
    let dir = repository(400);
    let mut files = pack(
        "evil",
        "EVIL-001",
        component(&engine, guest::component(&slow)),
    );
    let text = files.files.get_mut("EVIL-001/rule.toml").expect("the rule");
    *text = text.replace("time_ms = 200", "time_ms = 2000, run_ms = 300");
    let begun = Instant::now();
    let out = run(dir.path(), &[files]);
    let outcome = out.outcomes.values().next().expect("it ran");
    let Outcome::Error(message) = outcome else {
        panic!("{outcome:?} after {:?}", begun.elapsed());
    };
    assert!(message.contains("300 ms in all"), "{message}");
}

#[test]
fn what_a_guest_says_cannot_steer_a_terminal_or_fill_a_report() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    // ESC at 1024, and ten megabytes of `a` from 1 MiB on.
    let guest = guest::component(&guest::check(&format!(
        "(drop (memory.grow (i32.const 200))) (i32.store8 (i32.const 1024) (i32.const 27))
         (memory.fill (i32.const 1048576) (i32.const 97) (i32.const 10000000)) {} {}
         (i32.store (i32.const {}) (i32.load offset=16 (local.get $rows))) {}",
        guest::words(1040, &[1024, 1, 1_048_576, 10_000_000]),
        guest::words(guest::ROWS, &[0, 1, 0, 0, 0, 2]),
        guest::ROWS,
        guest::found(1, (1040, 2))
    )));
    let (outcome, out) = attack(&engine, guest, 1);
    assert_eq!(outcome, Outcome::Examined);
    let mut findings = out.findings.iter();
    let found = findings.find(|one| one.rule.as_str() == "EVIL-001");
    let message = &found.expect("it is told").message;
    assert!(message.starts_with('\u{fffd}') && message.ends_with(" ..."));
    assert!(message.len() < 3000, "{}", message.len());
}

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

#[test]
fn code_is_kept_between_runs_and_made_anew_when_it_was_changed() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let place = tempfile::tempdir().expect("a folder");
    let (dir, key) = (place.path().join("cache"), place.path().join("key"));
    let good = guest::component(&guest::good());
    let run = || {
        let cache = crate::cache::Cache::open(&dir, &key).expect("a cache");
        let repository = repository(1);
        let component = Component {
            cache: Some(Arc::new(cache)),
            ..component(&engine, good.clone())
        };
        let out = self::run(repository.path(), &[pack("good", "GOOD-001", component)]);
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
