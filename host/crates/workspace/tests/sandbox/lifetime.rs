//! That commands end when they should, whatever they do against it, and leave nothing behind.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use perfctl_core::seams::{Never, Stop};
use perfctl_workspace::command::{CommandSpec, Runner};
use perfctl_workspace::sandbox::Kind;

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
    std::fs::create_dir_all(&world.scratch).expect("made");
    let mut victim = Command::new(own_program())
        .args([VICTIM, mode.word()])
        .args([&world.repo, &world.scratch, &beat])
        .spawn()
        .expect("starts");
    let begun = Instant::now();
    while !has_content(&beat) {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "the victim's command never ran"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    victim.kill().expect("killed");
    victim.wait().expect("gone");
    std::thread::sleep(Duration::from_millis(300));
    assert!(!still_grows(&beat));
}

/// Runs a command that never ends, until this process is killed.
pub(crate) fn victim(words: &[String]) -> ExitCode {
    let [mode, repo, scratch, beat] = words else {
        return ExitCode::FAILURE;
    };
    let mode = Mode::named(mode);
    let own = own_program();
    let argv = [own.to_str().expect("UTF-8"), PROBE, "beat", beat];
    let runner = Runner::new(mode.policy(), scratch, launcher());
    let _ = runner.run(&CommandSpec::new(repo, argv), &Never);
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
