//! Guests that mean harm, or are broken: each ends as an `error` verdict that names plugin and reason, or as a valid result; the rule beside
//! it goes on, and what the guest took is given back.

mod attacks;
mod coverage;
mod given_back;
pub(crate) mod guest;
mod kept;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_runtime::lua::vm::Limits;
use perfctl_runtime::pack::{LoadedRule, PackFiles, Packs, Program};
use perfctl_runtime::runner::{self, Outcome, RunOutput};
use perfctl_scan::repo::facts::Facts;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

use crate::cache::Cache;
use crate::compiler::InProcess;
use crate::component::{Component, Rights};
use crate::engine::Engine;

/// Milliseconds that a call of a hostile rule has.
const TIME_MS: u64 = 200;

/// After this an attack counts as one that hangs the host.
const PATIENCE: Duration = Duration::from_secs(60);

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
        is_sealed: true,
    }
}

/// A component of these bytes, which may use nothing that has to be granted.
pub(crate) fn component(engine: &Arc<Engine>, bytes: Vec<u8>) -> Component {
    Component {
        shown: "plugins/evil.wasm".to_owned(),
        bytes: bytes.into(),
        files: Rights::NotGranted("add `[grants] files = [\"evil\"]` to them".to_owned()),
        engine: engine.clone(),
        compiler: Arc::new(InProcess),
        cache: None,
    }
}

/// Packs, all of which can be read.
fn load(packs: &[PackFiles]) -> Packs {
    let packs = Packs::load(packs);
    assert!(
        packs.broken.is_empty() && packs.problems.is_empty(),
        "{:?} {:?}",
        packs.broken,
        packs.problems
    );
    packs
}

/// Runs the rules of `packs` on the repository in `dir`, on so many threads.
fn judge(dir: &Path, packs: &Packs, threads: usize) -> RunOutput {
    let rules: Vec<&LoadedRule> = packs.rules.values().collect();
    let matchers = rules.iter().map(|rule| rule.matchers.clone()).collect();
    let ruleset = Ruleset {
        rules: matchers,
        facts: Arc::new(Facts::default()),
        max_file_size: 1 << 20,
    };
    let scope = Scope {
        threads,
        ..Scope::default()
    };
    let survey = survey(dir, &ruleset, &scope, &Never);
    runner::run(&survey, &rules, |_| true, &Never)
}

/// Runs the rules of `packs` on the repository in `dir`.
pub(crate) fn run(dir: &Path, packs: &[PackFiles]) -> RunOutput {
    judge(dir, &load(packs), 2)
}

/// A candidate, and characters of several bytes from byte 8 on.
const SOURCE: &str = "f(1)  # é😀\n";

/// A repository of so many files with a candidate each.
pub(crate) fn repository(files: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for at in 0..files {
        std::fs::write(dir.path().join(format!("m{at}.py")), SOURCE).expect("a file");
    }
    dir
}

/// How the rule `EVIL-001` of a guest ends beside `GOOD-001`, which has to find what it finds in each of `files` files. Both are compiled before: that
/// is not what their calls take.
fn attack(engine: &Arc<Engine>, bytes: Vec<u8>, files: usize) -> (Outcome, RunOutput) {
    let dir = repository(files);
    let place = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(&place.path().join("cache"), &place.path().join("key"));
    let cache = Arc::new(cache.expect("a cache"));
    let compiled = |bytes: Vec<u8>| {
        let component = Component {
            cache: Some(cache.clone()),
            ..component(engine, bytes)
        };
        // What is wrong with it is the verdict's business.
        let _ = component.compile();
        component
    };
    let packs = [
        pack("evil", "EVIL-001", compiled(bytes)),
        pack(
            "good",
            "GOOD-001",
            compiled(guest::component(&guest::good())),
        ),
    ];
    let out = run(dir.path(), &packs);
    assert_eq!(ended(&out, "GOOD-001"), Outcome::Examined);
    let good = out
        .findings
        .iter()
        .filter(|one| one.rule.as_str() == "GOOD-001");
    assert_eq!(good.count(), files, "the rule beside it goes on");
    (ended(&out, "EVIL-001"), out)
}

/// How a rule ended.
fn ended(out: &RunOutput, rule: &str) -> Outcome {
    out.outcomes[&RuleId::from(rule)].clone()
}

/// What is wrong with how an attack ended, if anything is.
fn wrong(attack: &attacks::Attack, outcome: &Outcome, out: &RunOutput) -> Option<String> {
    match (outcome, attack.says) {
        (Outcome::Error(message), Some(says)) => {
            if !message.contains(says) || !message.starts_with("plugins/evil.wasm: ") {
                return Some(format!("{message:?}, not {says:?}"));
            }
            if message.len() > 2300 || message.chars().any(char::is_control) {
                return Some(format!("not fit for a terminal: {message:?}"));
            }
        }
        (Outcome::Examined, None) => {}
        _ => return Some(format!("{outcome:?}, not {:?}", attack.says)),
    }
    // Starting has the limit that there is without a rule's own.
    let limit = match attack.says == attacks::LATE_TO_START {
        true => Limits::default().time,
        false => Duration::from_millis(TIME_MS),
    };
    let took = out.costs[&RuleId::from("EVIL-001")].time;
    (took > limit * 2).then(|| format!("took {took:?}"))
}

#[test]
fn every_attack_ends_as_an_error_that_says_why_within_twice_its_limit() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let mut failures = Vec::new();
    for attack in attacks::all() {
        // Processor time; what a machine's other work adds to it is no fault of the host's: the best of three counts.
        let mut tries = Vec::new();
        while tries.len() < 3 {
            let begun = Instant::now();
            let (outcome, out) = self::attack(&engine, (attack.guest)(), 1);
            assert!(begun.elapsed() < PATIENCE, "{}: it hangs", attack.name);
            match wrong(&attack, &outcome, &out) {
                None => break,
                Some(why) => tries.push(why),
            }
        }
        if tries.len() == 3 {
            failures.push(format!("{}: {}", attack.name, tries.join("; ")));
        }
        assert_eq!(engine.pool().taken(), 0, "{}: memory is kept", attack.name);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn an_endless_loop_is_stopped_no_sooner_than_its_limit() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let guest = guest::component(&guest::check("(loop $l (br $l)) unreachable"));
    let begun = Instant::now();
    let (outcome, out) = attack(&engine, guest, 1);
    assert!(matches!(outcome, Outcome::Error(_)));
    let time = out.costs[&RuleId::from("EVIL-001")].time;
    // Where other work has the processor, twenty times as long on the clock is the end, too.
    let limit = Duration::from_millis(TIME_MS);
    assert!(time >= limit || begun.elapsed() >= limit * 20, "{time:?}");
}

/// Turns that take some 20 ms.
const SLOW: &str = "(local $n i32) (local.set $n (i32.const 60000000))
     (loop $l (local.set $n (i32.sub (local.get $n) (i32.const 1))) (br_if $l (local.get $n)))
     (call $none)";

/// W35.
#[test]
fn a_guest_that_is_slow_in_each_of_many_files_meets_the_limit_of_the_run() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let slow = guest::check(SLOW);
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

/// W35, with as many rules as it takes.
#[test]
fn the_rules_of_a_plugin_have_a_limit_together() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    let dir = repository(100);
    let slow = guest::component(&guest::check(SLOW));
    let mut evil = pack("evil", "EVIL-001", component(&engine, slow));
    for at in 2..=9 {
        let rule = evil.files["EVIL-001/rule.toml"].replace("EVIL-001", &format!("EVIL-00{at}"));
        evil.files.insert(format!("EVIL-00{at}/rule.toml"), rule);
    }
    let head = evil.files.get_mut("pack.toml").expect("the head");
    head.push_str("[limits]\nrun_ms = 400\n");
    let good = pack(
        "good",
        "GOOD-001",
        component(&engine, guest::component(&guest::good())),
    );
    let out = run(dir.path(), &[evil, good]);
    let spent: Duration = out.costs.values().map(|cost| cost.time).sum();
    assert!(spent < Duration::from_secs(5), "{spent:?}");
    for at in 1..=9 {
        let outcome = ended(&out, &format!("EVIL-00{at}"));
        let says = "the rules of the pack `evil` took longer than their limit of 400 ms in all";
        assert!(
            matches!(&outcome, Outcome::Error(message) if message.contains(says)),
            "{outcome:?}"
        );
    }
    assert_eq!(ended(&out, "GOOD-001"), Outcome::Examined);
    assert_eq!(out.findings.len(), 100);
}

/// W6, file by file: each call stays within what one may report.
#[test]
fn what_a_guest_finds_in_all_files_together_has_a_limit() {
    let engine = Arc::new(Engine::new().expect("an engine"));
    // Two hundred findings with messages of some thousand bytes, 270 KB in each file: little for a call.
    let rows = "(local $n i32) (local $at i32) (drop (memory.grow (i32.const 4)))
         (memory.fill (i32.const 8192) (i32.const 97) (i32.const 2000))
         (loop $l
           (local.set $at (i32.add (i32.const 131072) (i32.mul (local.get $n) (i32.const 24))))
           (i32.store (local.get $at) (i32.load offset=16 (local.get $rows)))
           (i32.store offset=4 (local.get $at) (i32.const 1))
           (i32.store offset=20 (local.get $at) (i32.const 2))
           (local.set $at (i32.add (i32.const 196608) (i32.mul (local.get $n) (i32.const 16))))
           (i32.store (local.get $at) (i32.const 8192))
           (i32.store offset=4 (local.get $at) (i32.const 1000))
           (i32.store offset=8 (local.get $at) (i32.const 8192))
           (local.set $n (i32.add (local.get $n) (i32.const 1)))
           (i32.store offset=12 (local.get $at) (local.get $n))
           (br_if $l (i32.lt_u (local.get $n) (i32.const 200))))";
    let list = [131_072, 1200, 196_608, 400, 0, 0, 0, 0, 0, 0];
    let guest = guest::check(&format!(
        "{rows} {} (i32.const 256)",
        guest::words(256, &list)
    ));
    // What is copied into the guest must not lie where it writes.
    let guest = guest.replace(
        "(mut i32) (i32.const 65536)",
        "(mut i32) (i32.const 262144)",
    );
    let (outcome, out) = attack(&engine, guest::component(&guest), 300);
    let Outcome::Error(message) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(
        message.contains("reported more than 64 MiB of findings in all"),
        "{message}"
    );
    let bytes: usize = out.findings.iter().map(|one| one.message.len()).sum();
    assert!((40 << 20..64 << 20).contains(&bytes), "{bytes}");
}

/// W32, W33.
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
