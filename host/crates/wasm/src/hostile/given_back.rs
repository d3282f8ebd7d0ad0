//! Memory and threads: whatever a guest takes is given back. Both are a process's own, so each test here runs in one of its own.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use perfctl_runtime::runner::Outcome;

use super::{attack, attacks, component, ended, guest, pack, repository, run};
use crate::engine::Engine;

/// Tells the process of a test that it is alone.
const ALONE: &str = "PERFCTL_TEST_ALONE";

/// Runs the test called `name` in a process without any other.
fn alone(name: &str, test: impl Fn()) {
    if std::env::var_os(ALONE).is_some() {
        return test();
    }
    let program = std::env::current_exe().expect("a program");
    let name = format!("hostile::given_back::{name}");
    let ran = Command::new(program)
        .args(["--exact", &name, "--nocapture", "--test-threads=1"])
        .env(ALONE, "1")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// Threads of this process.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

/// Fails when more threads than `before` are there for good. One whose work has been waited for may still be on its way out.
fn assert_threads_end(before: usize) {
    let until = Instant::now() + Duration::from_secs(10);
    while threads() > before && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(threads() <= before, "{before} {}", threads());
}

/// Bytes of this process in memory.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").expect("a number");
    let pages = text.split_whitespace().nth(1).expect("a number");
    pages.parse::<usize>().expect("a number") * 4096
}

#[test]
fn what_a_greedy_guest_took_is_given_back() {
    alone("what_a_greedy_guest_took_is_given_back", || {
        let engine = Arc::new(Engine::new().expect("an engine"));
        let greedy = guest::component(&guest::check(
            "(drop (memory.grow (i32.const 1900))) (memory.fill (i32.const 65536) (i32.const 1) (i32.const 120000000)) unreachable",
        ));
        let run = || {
            let (outcome, _) = attack(&engine, greedy.clone(), 1);
            let is_trap = |message: &str| message.contains("`unreachable`");
            assert!(
                matches!(&outcome, Outcome::Error(message) if is_trap(message)),
                "{outcome:?}"
            );
            assert_eq!(engine.pool().taken(), 0);
        };
        run();
        let (before, threads_before) = (resident(), threads());
        for _ in 0..5 {
            run();
        }
        let after = resident();
        assert!(after < before + (20 << 20), "{before} {after}");
        assert_threads_end(threads_before);
    });
}

#[test]
fn all_attacks_together_leave_nothing_behind() {
    alone("all_attacks_together_leave_nothing_behind", || {
        let engine = Arc::new(Engine::new().expect("an engine"));
        let run = || {
            for attack in attacks::all() {
                self::attack(&engine, (attack.guest)(), 1);
            }
        };
        run();
        let (before, threads_before) = (resident(), threads());
        run();
        let after = resident();
        assert!(after < before + (40 << 20), "{before} {after}");
        assert_threads_end(threads_before);
        drop(engine);
    });
}

#[test]
fn plugins_that_want_more_than_a_process_has_are_refused_and_the_others_go_on() {
    // Room for one that takes what it may, and for one that takes little.
    let engine = Arc::new(Engine::with_memory(140 << 20).expect("an engine"));
    let greedy = guest::component(&guest::check(
        "(if (i32.eq (memory.grow (i32.const 1900)) (i32.const -1)) (then unreachable)) (call $none)",
    ));
    let packs = [
        pack("evil", "EVIL-001", component(&engine, greedy.clone())),
        pack("more", "MORE-001", component(&engine, greedy)),
        pack(
            "good",
            "GOOD-001",
            component(&engine, guest::component(&guest::good())),
        ),
    ];
    let dir = repository(1);
    let run = || {
        let out = run(dir.path(), &packs);
        let greedy = ["EVIL-001", "MORE-001"].map(|rule| ended(&out, rule));
        let refused = greedy.iter().filter(|outcome| {
            let says = "all plugins of a run have 140 MiB together";
            matches!(outcome, Outcome::Error(message) if message.contains(says))
        });
        assert_eq!(refused.count(), 1, "{greedy:?}");
        assert!(greedy.contains(&Outcome::Examined), "{greedy:?}");
        assert_eq!(ended(&out, "GOOD-001"), Outcome::Examined);
        assert_eq!(engine.pool().taken(), 0);
    };
    // What the first run took the second has again.
    run();
    run();
}
