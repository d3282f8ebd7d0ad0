//! `perfctl plugin test --watch`, as a process that goes on while somebody edits: what it runs again, and how it ends.

use std::io::Read;
use std::os::unix::process::CommandExt as _;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use perfctl_wasm::contract::VERSION;
use rustix::process::{Pid, Signal, kill_process_group};

use crate::support::compilers::{Language, copy, machine};
use crate::support::{World, project};

/// Longer than any build of a small plugin takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A watcher of a pack.
struct Watcher {
    child: Child,
    /// What it said so far: both streams in one, for their order tells something.
    said: Arc<Mutex<String>>,
    /// What of it was looked at already.
    read: usize,
}

impl Watcher {
    fn start(world: &World, pack: &str) -> Self {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut command = world.command(env!("CARGO_BIN_EXE_perfctl"));
        let child = machine(&mut command)
            .args(["plugin", "test", pack, "--watch"])
            // A group of its own, as a shell gives to what it starts: Ctrl-C reaches the compiler, too.
            .process_group(0)
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let all = said.clone();
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count) = reader.read(&mut part)
                && count > 0
            {
                let text = String::from_utf8_lossy(&part[..count]);
                all.lock().unwrap().push_str(&text);
            }
        });
        Self {
            child,
            said,
            read: 0,
        }
    }

    /// What one round said, once it waits for changes again.
    fn round(&mut self) -> String {
        let start = Instant::now();
        loop {
            let said = self.said.lock().unwrap()[self.read..].to_owned();
            if said.ends_with("Ctrl-C ends\n") {
                self.read += said.len();
                return said;
            }
            let ended = self.child.try_wait().unwrap();
            assert_eq!(ended, None, "{said}");
            assert!(start.elapsed() < PATIENCE, "{said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses Ctrl-C; the exit code, and all that was said.
    fn interrupt(mut self) -> (Option<i32>, String) {
        kill_process_group(Pid::from_child(&self.child), Signal::INT).unwrap();
        let code = self.child.wait().unwrap().code();
        let said = self.said.lock().unwrap().clone();
        (code, said)
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // Nobody else ends it when an assertion failed.
        let _ = self.child.kill();
    }
}

#[test]
fn cases_run_again_after_each_change_until_ctrl_c() {
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "lua"])
        .expect(0);
    let mut watcher = Watcher::start(&world, "acme");
    let said = watcher.round();
    assert!(said.contains("all as marked"), "{said}");

    // A case that does not hold.
    world.file(
        "acme/ACME-001/cases/more/a.py",
        "x = 1  # finding: ACME-001\n",
    );
    let said = watcher.round();
    assert!(
        said.contains("new: acme/ACME-001/cases/more/a.py"),
        "{said}"
    );
    assert!(said.contains("FAIL  ACME-001"), "{said}");

    // A rule that cannot be read.
    let rule = std::fs::read_to_string(world.work().join("acme/ACME-001/rule.toml")).unwrap();
    world.file("acme/ACME-001/rule.toml", &format!("{rule}\n[[["));
    let said = watcher.round();
    assert!(said.contains("changed: acme/ACME-001/rule.toml"), "{said}");
    assert!(!said.contains("all as marked"), "{said}");

    // No rule left at all, which ends a run without `--watch`.
    let (pack, aside) = (
        world.work().join("acme/ACME-001"),
        world.work().join("aside"),
    );
    std::fs::rename(&pack, &aside).unwrap();
    let said = watcher.round();
    assert!(said.contains("error: acme holds no rule"), "{said}");
    assert!(said.contains("gone: acme/ACME-001/"), "{said}");

    std::fs::remove_dir_all(aside.join("cases/more")).unwrap();
    std::fs::write(aside.join("rule.toml"), rule).unwrap();
    std::fs::rename(&aside, &pack).unwrap();
    let said = watcher.round();
    assert!(said.contains("all as marked"), "{said}");

    let (code, said) = watcher.interrupt();
    assert_eq!(code, Some(130), "{said}");
    assert!(
        !said.contains('\u{1b}'),
        "a pipe got commands for a terminal: {said:?}"
    );
}

#[test]
fn components_are_built_before_their_cases_run_again() {
    if !Language::Rust.is_here("components_are_built_before_their_cases_run_again") {
        return;
    }
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "rust"])
        .expect(0);
    let mut watcher = Watcher::start(&world, "acme");
    let said = watcher.round();
    assert!(said.contains("acme/plugin.wasm  "), "{said}");
    assert!(said.contains("all as marked"), "{said}");

    // A build that fails: what was built before is not tested as if it were new.
    let source = world.work().join("acme/src/lib.rs");
    let good = std::fs::read_to_string(&source).unwrap();
    world.file("acme/src/lib.rs", &format!("{good}\nfn"));
    let said = watcher.round();
    assert!(said.contains("changed: acme/src/lib.rs"), "{said}");
    assert!(said.contains("error: cargo could not build"), "{said}");
    assert!(!said.contains("as marked"), "{said}");
    world.file("acme/ACME-001/cases/found/README.md", "Found.\n");
    let said = watcher.round();
    assert!(said.contains("error: cargo could not build"), "{said}");
    assert!(!said.contains("as marked"), "{said}");

    std::fs::write(&source, good).unwrap();
    let said = watcher.round();
    assert!(said.contains("acme/plugin.wasm  "), "{said}");
    assert!(said.contains("all as marked"), "{said}");

    // A case is no part of the component.
    world.file(
        "acme/ACME-001/cases/more/a.py",
        "x = 1  # ok: compiles nothing\n",
    );
    let said = watcher.round();
    assert!(!said.contains("plugin.wasm"), "{said}");
    assert!(said.contains("all as marked"), "{said}");

    let (code, said) = watcher.interrupt();
    assert_eq!(code, Some(130), "{said}");
}

#[test]
fn cases_of_collectors_run_again_after_each_change_until_ctrl_c() {
    let world = World::new();
    let tests = project().join("tests/plugins");
    let pack = world.work().join("conformance-collector");
    copy(&tests.join("conformance-collector"), &pack);
    // Without its source nothing is built: the component is somebody's.
    std::fs::remove_file(pack.join("Cargo.toml")).unwrap();
    let component = tests.join(format!("fixtures/{VERSION}/collector.wasm"));
    std::fs::copy(component, pack.join("plugin.wasm")).unwrap();
    let mut watcher = Watcher::start(&world, "conformance-collector");
    let said = watcher.round();
    assert!(said.contains("ok    conformance     5 cases"), "{said}");

    // A case that does not hold.
    let output = "conformance-collector/conformance/cases/refused/options.toml";
    world.file(output, "ends = \"well\"\n");
    let said = watcher.round();
    assert!(said.contains(&format!("changed: {output}")), "{said}");
    assert!(
        said.contains("cases/refused: no error, where one"),
        "{said}"
    );

    // A head that cannot be read ends a run without `--watch`.
    let head = std::fs::read_to_string(pack.join("pack.toml")).unwrap();
    world.file("conformance-collector/pack.toml", &format!("{head}\n[[["));
    let said = watcher.round();
    assert!(
        said.contains("pack.toml") && said.contains("error: "),
        "{said}"
    );
    assert!(!said.contains("conformance     5 cases"), "{said}");

    world.file(output, "ends = \"refused\"\n");
    std::fs::write(pack.join("pack.toml"), head).unwrap();
    let said = watcher.round();
    assert!(said.contains("ok    conformance     5 cases"), "{said}");

    // Another component, which is none.
    std::fs::write(pack.join("plugin.wasm"), "\0asm").unwrap();
    let said = watcher.round();
    assert!(
        said.contains("changed: conformance-collector/plugin.wasm"),
        "{said}"
    );
    assert!(!said.contains("ok    conformance"), "{said}");

    let (code, said) = watcher.interrupt();
    assert_eq!(code, Some(130), "{said}");
}

#[test]
fn a_document_that_never_ends_is_refused() {
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "lua"])
        .expect(0);
    let collectors = project().join("tests/plugins/conformance-collector");
    let collectors = collectors.display().to_string();
    for words in [["rule", "test", "acme"], ["plugin", "test", &collectors]] {
        let args = [&words[..], &["--watch", "--format", "json"]].concat();
        let ran = world.run(&args).expect(2);
        assert!(
            ran.err().contains("a document of JSON has an end"),
            "{}",
            ran.err()
        );
    }
}
