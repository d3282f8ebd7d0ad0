//! Ctrl-C while a command of an audit runs: it ends with everything it started, and what was done until then is kept.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::Value;

use crate::service::{hold, run_schema};
use crate::support::World;

/// Longer than anything here takes, shorter than the import that is interrupted.
const PATIENCE: Duration = Duration::from_secs(60);

/// Commands on this machine whose line holds `mark`, but not perfctl itself.
fn running(mark: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(mark) && !line.contains("recipe run"))
        .collect()
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(
            start.elapsed() < PATIENCE,
            "{what}: not within {PATIENCE:?}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Puts a package into the repository whose import sleeps: what names this machine's Python and its entry for `--set`, and the mark of the
/// command that imports it. Its own name tells its processes from all others.
fn asleep(world: &World, name: &str) -> [String; 3] {
    let package = format!("{name}{}", std::process::id());
    world.file(&format!("{package}/__init__.py"), "").file(
        &format!("{package}/main.py"),
        "import time\n\ntime.sleep(600)\n",
    );
    let python = world
        .command("sh")
        .args(["-c", "command -v python3"])
        .output()
        .unwrap();
    let python = String::from_utf8_lossy(&python.stdout);
    let mark = format!("{package}.main");
    [
        format!("python={}", python.trim()),
        format!("entry={mark}"),
        mark,
    ]
}

fn ended(child: &mut Child) -> bool {
    child.try_wait().unwrap().is_some()
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_ends_the_children_and_keeps_what_was_done() {
    let world = World::new();
    let [python, entry, mark] = asleep(&world, "slow");
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );

    // An audit that came to its end, which the interrupted one must not replace.
    let small = ["recipe", "run", "pr-gate", "--out", "../audit"];
    world.run(&small).expect(1);
    let whole = std::fs::read(world.work().join("../audit/run.json")).unwrap();

    // A group of its own, as a shell gives to what it starts: Ctrl-C reaches the whole group.
    let mut child = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .args([
            "recipe",
            "run",
            "quick-wins",
            "--out",
            "../audit",
            "--set",
            &python,
            "--set",
            &entry,
        ])
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("the import starts", || {
        !running(&mark).is_empty() || ended(&mut child)
    });
    assert!(
        !ended(&mut child),
        "it ended before it was interrupted: {}",
        said(child)
    );

    kill_process_group(Pid::from_child(&child), Signal::INT).unwrap();
    wait_until("it ends", || ended(&mut child));
    let code = child.wait().unwrap().code();
    let said = said(child);
    assert_eq!(code, Some(130), "{said}");
    assert!(
        said.contains("interrupted: what was done until then is in ../audit/interrupted; ../audit holds the audit before"),
        "{said}"
    );
    assert_eq!(
        std::fs::read(world.work().join("../audit/run.json")).unwrap(),
        whole
    );
    wait_until("its children end", || running(&mark).is_empty());

    let report =
        |name: &str| std::fs::read_to_string(world.work().join("../audit/interrupted").join(name));
    for name in ["report.md", "report.html"] {
        let text = report(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(text.contains("only a part of the audit"), "{name}");
        assert!(text.contains("NET-PERF-004"), "{name}");
    }
    let run: Value = serde_json::from_str(
        &std::fs::read_to_string(world.work().join("../audit/interrupted/run.json")).unwrap(),
    )
    .unwrap();
    hold(&run_schema(&world), &run, "run.json");
    assert_eq!(run["interrupted"], true);
    let steps = run["steps"].as_array().unwrap();
    let status = |id: &str| {
        steps
            .iter()
            .find(|step| step["id"] == id)
            .map(|step| step["status"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        status("imports").as_deref(),
        Some("interrupted"),
        "{steps:#?}"
    );
    assert_eq!(
        status("rules").as_deref(),
        Some("ok"),
        "what was done until then is kept: {steps:#?}"
    );
    assert!(
        !run["findings"].as_array().unwrap().is_empty(),
        "what was done until then is kept"
    );
    assert!(
        run["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["id"] != "PERF-001" || item["verdict"] != "pass"),
        "what was not measured never passes"
    );
}

/// Directories in `/proc` of the processes whose line holds `mark`, but not perfctl itself.
fn running_directories(mark: &str) -> Vec<std::path::PathBuf> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let paths = processes.map(|entry| entry.path());
    paths
        .filter(|path| {
            let line = std::fs::read(path.join("cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            line.contains(mark) && !line.contains("recipe run")
        })
        .collect()
}

/// Their states: `S` sleeps, `T` is stopped.
fn states(mark: &str) -> Vec<char> {
    let processes = running_directories(mark).into_iter();
    processes.filter_map(|process| state(&process)).collect()
}

/// The state of a process, by its directory in `/proc`.
fn state(process: &std::path::Path) -> Option<char> {
    let stat = std::fs::read_to_string(process.join("stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_z_stops_the_children_too_and_they_go_on_with_it() {
    let world = World::new();
    let [python, entry, mark] = asleep(&world, "idle");
    let mut child = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .args(["recipe", "run", "quick-wins", "--out", "../audit"])
        .args(["--set", &python, "--set", &entry])
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("the import starts", || {
        !running(&mark).is_empty() || ended(&mut child)
    });
    let group = Pid::from_child(&child);
    let own = std::path::PathBuf::from(format!("/proc/{}", child.id()));
    kill_process_group(group, Signal::TSTP).unwrap();
    wait_until("it stops", || state(&own) == Some('T'));
    let all = states(&mark);
    assert!(
        !all.is_empty() && all.iter().all(|one| *one == 'T'),
        "{all:?}"
    );
    kill_process_group(group, Signal::CONT).unwrap();
    wait_until("all go on", || {
        state(&own) != Some('T') && !states(&mark).contains(&'T')
    });
    // Nothing of its word is held back from what it starts.
    for process in running_directories(&mark) {
        let status = std::fs::read_to_string(process.join("status")).unwrap_or_default();
        let blocked = status.lines().find_map(|line| line.strip_prefix("SigBlk:"));
        let blocked = blocked.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap());
        assert_eq!(
            blocked & (1 << (Signal::TSTP.as_raw() - 1)),
            0,
            "{process:?}"
        );
    }
    kill_process_group(group, Signal::INT).unwrap();
    wait_until("it ends", || ended(&mut child));
    assert_eq!(child.wait().unwrap().code(), Some(130));
    wait_until("its children end", || running(&mark).is_empty());
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_ends_a_clone_that_waits_for_its_host() {
    // A host that takes the call and never answers.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/shop.git", listener.local_addr().unwrap());
    let world = World::new();
    let mut child = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .args([
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            &url,
            "--out",
            "../audit",
        ])
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let call = listener.accept().unwrap();
    kill_process_group(Pid::from_child(&child), Signal::INT).unwrap();
    wait_until("it ends", || ended(&mut child));
    let code = child.wait().unwrap().code();
    let said = said(child);
    assert_eq!(code, Some(130), "{said}");
    assert!(said.contains("interrupted while cloning"), "{said}");
    assert!(
        !world.work().join("../audit").exists(),
        "nothing was audited"
    );
    drop(call);
}

fn said(mut child: Child) -> String {
    let mut text = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}
