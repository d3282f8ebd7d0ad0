//! Ctrl-C while a plugin is on its way: at once, with the code that everything has that is stopped, and nothing left behind.

use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::{Acme, own};
use crate::support::World;
use crate::support::web::{Response, Web};

/// Longer than anything here takes, shorter than what is waited for would.
const PATIENCE: Duration = Duration::from_secs(60);

/// perfctl with a group of its own, as a shell gives to what it starts, and a directory for what is temporary.
pub(super) fn start(world: &World, args: &[&str]) -> Child {
    start_with(world, args, |_| ())
}

/// The same, with changes to the command.
pub(super) fn start_with(world: &World, args: &[&str], change: impl FnOnce(&mut Command)) -> Child {
    let mut command = world.command(env!("CARGO_BIN_EXE_perfctl"));
    change(&mut command);
    std::fs::create_dir_all(world.work().join("../tmp")).unwrap();
    command
        .args(args)
        .env("TMPDIR", world.work().join("../tmp"))
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Presses Ctrl-C; what it said, once it has ended with the code for that.
pub(super) fn stop(child: Child) -> String {
    kill_process_group(Pid::from_child(&child), Signal::INT).unwrap();
    stopped(child)
}

/// Sends the signal to perfctl alone, as a supervisor does: what it started hears nothing of it.
pub(super) fn stop_alone(child: Child, signal: Signal) -> String {
    kill_process(Pid::from_child(&child), signal).unwrap();
    stopped(child)
}

fn stopped(mut child: Child) -> String {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < PATIENCE, "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
    let code = child.wait().unwrap().code();
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(code, Some(130), "{said}");
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    said
}

pub(super) fn wait_until(what: &str, done: impl FnMut() -> bool) {
    wait_within(PATIENCE, what, done);
}

/// The same for what has to be soon.
pub(super) fn wait_within(most: Duration, what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < most, "{what}: not within {most:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Nothing was taken, and nothing temporary lies about.
pub(super) fn nothing_is_left(world: &World) {
    for path in ["perfctl.lock", "plugins"] {
        assert!(!own(world, path).exists(), "{path}");
    }
    nothing_temporary_is_left(world);
}

pub(super) fn nothing_temporary_is_left(world: &World) {
    let left = std::fs::read_dir(world.work().join("../tmp")).unwrap();
    let left: Vec<_> = left.flatten().map(|entry| entry.path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_download_is_left_at_once_in_the_middle_and_before_its_beginning() {
    let world = World::new();
    let web = Web::answering(|_| Some(Response::stalling("{\"schema\": ")));
    let child = start(
        &world,
        &["plugin", "add", &web.at("/acme.pack.json"), "--yes"],
    );
    wait_until("it asks", || web.requests() > 0);
    // Some of it has come.
    std::thread::sleep(Duration::from_millis(300));
    let said = stop(child);
    assert!(
        said.contains("interrupted: no plugin was changed"),
        "{said}"
    );
    nothing_is_left(&world);

    // A host that takes the call and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    for source in [
        format!("http://{address}/acme.wasm"),
        format!("oci://{address}/acme:1"),
        format!("git+http://{address}/acme#v1"),
    ] {
        let child = start(&world, &["plugin", "add", &source, "--yes"]);
        let call = silent.accept().unwrap();
        let said = stop(child);
        assert!(said.contains("interrupted"), "{source}: {said}");
        nothing_is_left(&world);
        drop(call);
    }
    Acme::default().write(&world, "acme");
    let child = start(
        &world,
        &["plugin", "push", "acme", &format!("oci://{address}/acme:1")],
    );
    let call = silent.accept().unwrap();
    let said = stop(child);
    assert!(
        said.contains("the registry may or may not have the plugin"),
        "{said}"
    );
    drop(call);
}

#[test]
fn an_update_that_is_stopped_leaves_what_there_was_and_says_what_was_taken() {
    let world = World::new();
    let web = Web::start();
    Acme::default().write(&world, "acme");
    let build = ["plugin", "build", "acme", "--output", "acme.pack.json"];
    world.run(&build).expect(0);
    let file = world.work().join("acme.pack.json");
    web.put("/acme.pack.json", std::fs::read(&file).unwrap());
    let url = web.at("/acme.pack.json");
    world.run(&["plugin", "add", &url, "--yes"]).expect(0);
    let before = std::fs::read(own(&world, "perfctl.lock")).unwrap();

    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let text = String::from_utf8(before)
        .unwrap()
        .replace(&web.host(), &address);
    std::fs::write(own(&world, "perfctl.lock"), &text).unwrap();
    let child = start(&world, &["plugin", "update", "--yes"]);
    let call = silent.accept().unwrap();
    let said = stop(child);
    assert!(
        said.contains("interrupted: no plugin was changed"),
        "{said}"
    );
    drop(call);
    assert_eq!(
        std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap(),
        text
    );
    assert!(own(&world, "plugins/acme.pack.json").is_file());

    // Of two, the first is taken before the second is asked for.
    let pack = world.work().join("zeta");
    std::fs::create_dir_all(&pack).unwrap();
    world.file(
        "zeta/pack.toml",
        "schema = \"perfctl.pack/1\"\nid = \"zeta\"\ntitle = \"t\"\nversion = \"1.0.0\"\nedition = 1\n",
    );
    std::fs::write(
        own(&world, "perfctl.lock"),
        text.replace(&address, &web.host()),
    )
    .unwrap();
    world.run(&["plugin", "add", "zeta", "--yes"]).expect(0);
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    let source = format!(
        "source = \"{}\"",
        std::fs::canonicalize(&pack).unwrap().display()
    );
    let away = format!("source = \"http://{address}/zeta.pack.json\"");
    assert!(lock.contains(&source), "{lock}");
    std::fs::write(own(&world, "perfctl.lock"), lock.replace(&source, &away)).unwrap();
    Acme {
        version: "2.0.0",
        ..Acme::default()
    }
    .write(&world, "acme");
    world.run(&build).expect(0);
    web.put("/acme.pack.json", std::fs::read(&file).unwrap());
    let child = start(&world, &["plugin", "update", "--yes"]);
    let call = silent.accept().unwrap();
    let said = stop(child);
    assert!(
        said.contains("interrupted: acme is taken, and nothing else was changed"),
        "{said}"
    );
    drop(call);
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    assert!(lock.contains("2.0.0") && lock.contains(&away), "{lock}");
}
