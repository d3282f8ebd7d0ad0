//! Several perfctl that change the plugins of one directory at once.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::{Acme, own};
use crate::support::World;

pub(super) fn start(world: &World, args: &[&str]) -> Child {
    world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The pack of a colleague, of this id.
fn pack(world: &World, id: &str) {
    world.file(
        &format!("{id}/pack.toml"),
        &format!("schema = \"perfctl.pack/1\"\nid = \"{id}\"\ntitle = \"t\"\nversion = \"1.0.0\"\nedition = 1\n"),
    );
}

fn lock(world: &World) -> String {
    std::fs::read_to_string(own(world, "perfctl.lock")).unwrap()
}

/// The line that says that it waits.
pub(super) fn waits(child: &mut Child) -> BufReader<std::process::ChildStderr> {
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(
        line.starts_with("waiting for another perfctl, which changes the plugins of "),
        "{line}"
    );
    said
}

#[test]
fn who_comes_second_waits_and_keeps_what_the_first_one_wrote() {
    let world = World::new();
    for id in ["one", "two"] {
        pack(&world, id);
    }
    world.run(&["plugin", "add", "one", "--yes"]).expect(0);
    let with_one = lock(&world);
    world.run(&["plugin", "remove", "one"]).expect(0);

    // This process is the first one.
    let first = File::open(own(&world, "")).unwrap();
    first.lock().unwrap();
    let mut second = start(&world, &["plugin", "add", "two", "--yes"]);
    let mut said = waits(&mut second);
    assert!(!lock(&world).contains("\"two\""), "it waits");
    std::fs::write(own(&world, "perfctl.lock"), with_one).unwrap();
    drop(first);
    assert!(second.wait().unwrap().success());
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("two is added to"), "{rest}");
    let both = lock(&world);
    assert!(
        both.contains("\"one\"") && both.contains("\"two\""),
        "{both}"
    );
}

#[test]
fn what_became_another_plugin_meanwhile_is_not_replaced_and_who_waits_can_be_stopped() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let before = lock(&world);
    Acme {
        version: "2.0.0",
        ..Acme::default()
    }
    .write(&world, "acme");

    let first = File::open(own(&world, "")).unwrap();
    first.lock().unwrap();
    let mut second = start(&world, &["plugin", "update", "--yes"]);
    let mut said = waits(&mut second);
    let changed = before.replace("1.0.0", "1.5.0");
    std::fs::write(own(&world, "perfctl.lock"), &changed).unwrap();
    drop(first);
    let code = second.wait().unwrap().code();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(code, Some(3), "{rest}");
    assert!(rest.contains("another perfctl changed `acme` in"), "{rest}");
    assert_eq!(lock(&world), changed);

    let first = File::open(own(&world, "")).unwrap();
    first.lock().unwrap();
    let mut second = start(&world, &["plugin", "remove", "acme"]);
    let mut said = waits(&mut second);
    kill_process(Pid::from_child(&second), Signal::INT).unwrap();
    let code = second.wait().unwrap().code();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(code, Some(130), "{rest}");
    assert!(
        rest.contains("interrupted: no plugin was changed"),
        "{rest}"
    );
    assert_eq!(lock(&world), changed);
}

#[test]
fn many_at_once_are_all_there_in_the_end() {
    let world = World::new();
    let ids: Vec<String> = (0..8).map(|at| format!("pack{at}")).collect();
    for id in &ids {
        pack(&world, id);
    }
    let all: Vec<Child> = ids
        .iter()
        .map(|id| start(&world, &["plugin", "add", id, "--yes"]))
        .collect();
    for child in all {
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{said}");
    }
    let lock = lock(&world);
    for id in &ids {
        assert!(lock.contains(&format!("id = \"{id}\"")), "{id}: {lock}");
    }
    world.run(&["plugin", "verify"]).expect(0);
}
