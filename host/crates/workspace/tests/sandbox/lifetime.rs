//! That commands end when they should, whatever they do against it, and leave nothing behind.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use perfctl_core::seams::{Never, Stop};
use perfctl_workspace::command::{CommandSpec, Runner};
use perfctl_workspace::sandbox::Kind;
use rustix::process::{Pid, Signal, kill_process};

use crate::world::{
    Mode, PROBE, VICTIM, World, in_modes, launcher, own_program, still_grows, text,
};

pub(crate) fn tests() -> Vec<Trial> {
    [
        in_modes(
            &Mode::ALL,
            "a command over its time is asked to end and may clean up",
            polite,
        ),
        in_modes(
            &Mode::ALL,
            "a command and children that ignore TERM are killed",
            stubborn,
        ),
        in_modes(
            &Mode::ALL,
            "ctrl-c ends a command and its children",
            interrupted,
        ),
        in_modes(
            &Mode::ALL,
            "a daemon that fled into its own session ends with the command",
            fled,
        ),
        in_modes(
            &Mode::ALL,
            "a daemon whose first thread has ended ends with the command",
            headless,
        ),
        in_modes(
            &Mode::ALL,
            "a background child that holds the pipes does not hold up the end",
            background,
        ),
        in_modes(
            &Mode::ALL,
            "commands end when perfctl itself is killed",
            orphaned,
        ),
        in_modes(
            &Mode::ALL,
            "commands end when perfctl is killed while Ctrl-Z holds it and them",
            held,
        ),
        in_modes(
            &Mode::ALL,
            "a command that stops itself is ended by the time limit",
            stopped,
        ),
        in_modes(
            &Mode::ALL,
            "many commands run at once and none hears another's end",
            many,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn polite(world: &World, _: Mode) {
    let spec = CommandSpec {
        timeout: Duration::from_millis(500),
        ..world.script("trap 'echo cleaned; exit 3' TERM; echo begun; while :; do sleep 0.02; done")
    };
    let outcome = world.run(&spec);
    assert!(outcome.timed_out && !outcome.interrupted);
    assert_eq!(
        outcome.exit_code, None,
        "a time-out has no exit code of the program's own choice"
    );
    assert_eq!(text(&outcome.stdout), "begun\ncleaned\n");
}

fn stubborn(world: &World, _: Mode) {
    let beat = world.scratch.join("beat");
    let program = own_program();
    let spec = CommandSpec {
        timeout: Duration::from_secs(2),
        ..world.script(&format!(
            "trap '' TERM INT HUP; '{}' {PROBE} beat '{}' & while :; do sleep 0.02; done",
            program.display(),
            beat.display()
        ))
    };
    let spec = with_own_program(spec);
    let begun = Instant::now();
    let outcome = world.run(&spec);
    assert!(outcome.timed_out);
    assert_eq!(outcome.signal, Some(9), "{outcome:?}");
    // The time limit, the grace of 400 ms, and what a busy machine needs.
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    assert!(!still_grows(&beat));
}

/// The test binary must be visible for what a shell starts.
fn with_own_program(spec: CommandSpec) -> CommandSpec {
    CommandSpec {
        readable: vec![own_program()],
        ..spec
    }
}

/// Asks to stop once the file has content.
struct Once<'a>(&'a Path);

impl Stop for Once<'_> {
    fn requested(&self) -> bool {
        has_content(self.0)
    }
}

fn has_content(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|about| about.len() > 0)
}

fn interrupted(world: &World, _: Mode) {
    let beat = world.scratch.join("beat");
    let spec = world.probe(&["beat", beat.to_str().expect("UTF-8")]);
    let outcome = world.runner.run(&spec, &Once(&beat)).expect("runs");
    assert!(outcome.interrupted && !outcome.timed_out);
    assert_eq!(outcome.exit_code, None);
    assert_eq!(outcome.signal, Some(15));
    assert!(!still_grows(&beat));
}

fn fled(world: &World, _: Mode) {
    let beat = world.scratch.join("beat");
    let path = beat.to_str().expect("UTF-8");
    let spec = with_own_program(world.script(&format!(
        "'{}' {PROBE} daemon '{path}'; while ! [ -s '{path}' ]; do sleep 0.01; done",
        own_program().display()
    )));
    let outcome = world.run(&spec);
    assert_eq!(outcome.exit_code, Some(0), "{}", text(&outcome.stderr));
    assert!(outcome.leftovers >= 1, "{outcome:?}");
    assert!(!still_grows(&beat));
}

/// The kernel shows such a process as a zombie while its other threads run.
fn headless(world: &World, _: Mode) {
    let beat = world.scratch.join("beat");
    let path = beat.to_str().expect("UTF-8");
    let code = format!(
        "import ctypes, os, threading, time\n\
         if os.fork(): os._exit(0)\n\
         os.setsid()\n\
         def run():\n    \
             while True:\n        \
                 with open('{path}', 'a') as file: file.write('x')\n        \
                 time.sleep(0.01)\n\
         threading.Thread(target=run).start()\n\
         ctypes.CDLL(None).syscall(60 if os.uname().machine == 'x86_64' else 93, 0)\n"
    );
    let spec = world.script(&format!(
        "python3 -c \"{code}\"; while ! [ -s '{path}' ]; do sleep 0.01; done"
    ));
    let begun = Instant::now();
    let outcome = world.run(&spec);
    assert_eq!(outcome.exit_code, Some(0), "{}", text(&outcome.stderr));
    assert!(outcome.leftovers >= 1, "{outcome:?}");
    assert!(!still_grows(&beat));
    // Nothing had to be waited for in vain.
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}

fn background(world: &World, _: Mode) {
    let begun = Instant::now();
    let outcome = world.run(&world.script("sleep 50 & sleep 50 & echo done"));
    assert_eq!(
        (outcome.exit_code, text(&outcome.stdout).as_str()),
        (Some(0), "done\n")
    );
    assert_eq!(outcome.leftovers, 2);
    assert!(begun.elapsed() < Duration::from_secs(10));
}

fn orphaned(world: &World, mode: Mode) {
    let beat = world.scratch.join("beat");
    let mut victim = begun(world, mode, &beat, "beat");
    victim.kill().expect("killed");
    victim.wait().expect("gone");
    std::thread::sleep(Duration::from_millis(300));
    assert!(!still_grows(&beat));
}

/// A command in a session of its own: on any other the kernel hangs up, once nobody is there to let it go on.
fn held(world: &World, mode: Mode) {
    let beat = world.scratch.join("beat");
    let mut victim = begun(world, mode, &beat, "daemon");
    let own = Path::new("/proc").join(victim.id().to_string());
    kill_process(Pid::from_child(&victim), Signal::TSTP).expect("told");
    wait_until("it stops", || state(&own) == Some('T'));
    assert!(!still_grows(&beat), "the command goes on");
    victim.kill().expect("killed");
    victim.wait().expect("gone");
    // One that is stopped writes nothing either.
    wait_until("its command ends", || beating(&beat).is_empty());
}

/// A process whose command beats, in a group of its own as a shell would start it.
fn begun(world: &World, mode: Mode, beat: &Path, probe: &str) -> Child {
    std::fs::create_dir_all(&world.scratch).expect("made");
    let victim = Command::new(own_program())
        .args([VICTIM, mode.word(), probe])
        .args([&*world.repo, &*world.scratch, beat])
        .process_group(0)
        .spawn()
        .expect("starts");
    wait_until("the victim's command runs", || has_content(beat));
    victim
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(20), "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The state of a process, by its directory in `/proc`.
fn state(process: &Path) -> Option<char> {
    let stat = std::fs::read_to_string(process.join("stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

/// The processes that write to `beat`.
fn beating(beat: &Path) -> Vec<PathBuf> {
    let processes = std::fs::read_dir("/proc").expect("there").flatten();
    let lines = processes.map(|entry| entry.path()).filter(|process| {
        let line = std::fs::read(process.join("cmdline")).unwrap_or_default();
        let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
        words.contains(&PROBE.as_bytes()) && words.contains(&beat.as_os_str().as_encoded_bytes())
    });
    lines.collect()
}

/// Runs a command that never ends, until this process is killed.
pub(crate) fn victim(words: &[String]) -> ExitCode {
    let [mode, probe, repo, scratch, beat] = words else {
        return ExitCode::FAILURE;
    };
    perfctl_workspace::suspend::listen();
    let mode = Mode::named(mode);
    let own = own_program();
    let script = format!("'{}' {PROBE} {probe} '{beat}'; sleep 600", own.display());
    let spec = with_own_program(CommandSpec::new(repo, ["sh", "-c", &script]));
    let runner = Runner::new(mode.policy(), scratch, launcher());
    let _ = runner.run(&spec, &Never);
    ExitCode::FAILURE
}

fn stopped(world: &World, _: Mode) {
    let spec = CommandSpec {
        timeout: Duration::from_millis(400),
        ..world.script("kill -STOP $$; echo no")
    };
    let outcome = world.run(&spec);
    assert!(outcome.timed_out);
    assert_eq!(text(&outcome.stdout), "");
}

fn many(world: &World, mode: Mode) {
    std::thread::scope(|scope| {
        let short = scope.spawn(|| {
            let spec = CommandSpec {
                timeout: Duration::from_millis(200),
                ..world.script("sleep 30")
            };
            world.run(&spec)
        });
        let runs: Vec<_> = (0..6)
            .map(|n| {
                (
                    n,
                    scope.spawn(move || world.run(&world.script(&format!("sleep 0.6; echo {n}")))),
                )
            })
            .collect();
        assert!(short.join().expect("no panic").timed_out);
        for (n, run) in runs {
            let outcome = run.join().expect("no panic");
            assert_eq!(text(&outcome.stdout), format!("{n}\n"));
            assert_eq!(outcome.sandbox.is_none(), mode == Mode::Bare);
            assert_eq!(
                matches!(mode, Mode::In(Kind::Landlock)),
                outcome.sandbox.to_string().starts_with("landlock")
            );
        }
    });
}
