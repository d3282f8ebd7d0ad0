//! The question before a plugin is taken, to who sits at a terminal.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nix::pty::openpty;
use rustix::process::{Pid, Signal, kill_process};

use super::{Acme, own};
use crate::support::World;

const PATIENCE: Duration = Duration::from_secs(60);

/// perfctl at a terminal, and who sits there.
struct Terminal {
    child: Child,
    keys: File,
    shown: Arc<Mutex<String>>,
}

impl Terminal {
    fn start(world: &World, args: &[&str]) -> Self {
        let pty = openpty(None, None).unwrap();
        let (ours, theirs): (OwnedFd, OwnedFd) = (pty.master, pty.slave);
        let mut command = world.command(env!("CARGO_BIN_EXE_perfctl"));
        command
            .args(args)
            .env("TERM", "xterm")
            .stdin(theirs.try_clone().unwrap())
            .stdout(theirs.try_clone().unwrap())
            .stderr(theirs);
        let child = command.spawn().unwrap();
        // What it holds of the terminal would keep reading from ending.
        drop(command);
        let shown = Arc::<Mutex<String>>::default();
        let (mut screen, seen) = (File::from(ours.try_clone().unwrap()), shown.clone());
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            // A terminal whose other side is gone is an error.
            while let Ok(read @ 1..) = screen.read(&mut piece) {
                seen.lock()
                    .unwrap()
                    .push_str(&String::from_utf8_lossy(&piece[..read]));
            }
        });
        Self {
            child,
            keys: File::from(ours),
            shown,
        }
    }

    fn shown(&self) -> String {
        self.shown.lock().unwrap().clone()
    }

    fn wait_for(&self, text: &str) {
        let begun = Instant::now();
        while !self.shown().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "no `{text}`: {}", self.shown());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Its code, once it ended, and all that was shown.
    fn end(mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(
                begun.elapsed() < PATIENCE,
                "it does not end: {}",
                self.shown()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        let code = self.child.wait().unwrap().code();
        // The last of it may be on its way to the screen still.
        std::thread::sleep(Duration::from_millis(100));
        (code, self.shown())
    }

    /// Waits for the question, types, and waits for the end.
    fn answer(mut self, question: &str, keys: &str) -> (Option<i32>, String) {
        self.wait_for(question);
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.end()
    }
}

fn lock(world: &World) -> String {
    std::fs::read_to_string(own(world, "perfctl.lock")).unwrap_or_default()
}

#[test]
fn a_first_plugin_is_shown_before_it_is_added_and_added_on_a_yes_only() {
    let world = World::new();
    Acme {
        capabilities: "[\"files\"]",
        ..Acme::default()
    }
    .write(&world, "acme");
    let question = "add acme 1.0.0? [y/N] ";
    for (keys, code) in [("\n", 0), ("n\n", 0), ("x\n", 0), ("\x04", 0)] {
        let (ended, shown) =
            Terminal::start(&world, &["plugin", "add", "acme"]).answer(question, keys);
        assert_eq!(ended, Some(code), "{keys:?}: {shown}");
        assert!(shown.contains("acme was not added"), "{keys:?}: {shown}");
        assert!(!own(&world, "perfctl.lock").exists() && !own(&world, "plugins").exists());
    }
    let (ended, shown) =
        Terminal::start(&world, &["plugin", "add", "acme"]).answer(question, "y\n");
    assert_eq!(ended, Some(0), "{shown}");
    let before = shown.split(question).next().unwrap();
    for line in [
        "asks for    files: read any file",
        "signed by   nobody",
        "rule        ACME-001  high",
    ] {
        assert!(before.contains(line), "{line}: {shown}");
    }
    assert!(shown.contains("acme is added to"), "{shown}");
    world.run(&["plugin", "verify"]).expect(0);
}

#[test]
fn a_first_plugin_is_not_added_where_nobody_is_there_to_be_asked() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    let ran = world.run(&["plugin", "add", "acme"]).expect(2);
    assert!(ran.out().contains("rule        ACME-001"), "{}", ran.out());
    assert!(
        ran.err()
            .contains("the plugin was not added: there is no terminal to ask at"),
        "{}",
        ran.err()
    );
    assert!(ran.err().contains("`--yes` takes"), "{}", ran.err());
    let dry = world.run(&["plugin", "add", "acme", "--dry-run"]).expect(0);
    assert!(
        dry.err().contains("acme was not added: --dry-run"),
        "{}",
        dry.err()
    );
    assert!(!own(&world, "perfctl.lock").exists() && !own(&world, "plugins").exists());
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
}

#[test]
fn an_update_is_taken_on_a_yes_and_left_on_a_no_or_ctrl_c() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.run(&["plugin", "add", "acme", "--yes"]).expect(0);
    let before = lock(&world);
    Acme {
        version: "1.1.0",
        ..Acme::default()
    }
    .write(&world, "acme");
    let question = "take acme 1.1.0? [y/N] ";
    let (ended, shown) = Terminal::start(&world, &["plugin", "update"]).answer(question, "n\n");
    assert_eq!(ended, Some(0), "{shown}");
    assert!(shown.contains("acme was left as it is"), "{shown}");
    assert_eq!(lock(&world), before);

    let asking = Terminal::start(&world, &["plugin", "update"]);
    asking.wait_for(question);
    kill_process(Pid::from_child(&asking.child), Signal::INT).unwrap();
    let (ended, shown) = asking.end();
    assert_eq!(ended, Some(130), "{shown}");
    assert!(
        shown.contains("interrupted: the plugin was left as it is"),
        "{shown}"
    );
    assert_eq!(lock(&world), before);

    let (ended, shown) = Terminal::start(&world, &["plugin", "update"]).answer(question, "yes\n");
    assert_eq!(ended, Some(0), "{shown}");
    assert!(
        lock(&world).contains("version = \"1.1.0\""),
        "{}",
        lock(&world)
    );
    world.run(&["plugin", "verify"]).expect(0);
}
