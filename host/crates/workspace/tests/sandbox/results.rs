//! What is reported of a command: outputs, exit, times, and why one could not be run.

use std::fs;
use std::time::Duration;

use libtest_mimic::Trial;
use perfctl_core::seams::Never;
use perfctl_workspace::command::{CommandSpec, Launcher, RunError, Runner};
use perfctl_workspace::sandbox::Policy;

use crate::world::{Mode, World, in_modes, launcher, plain, text};

pub(crate) fn tests() -> Vec<Trial> {
    [
        in_modes(&Mode::ALL, "exit codes and signals are told apart", exits),
        in_modes(
            &Mode::ALL,
            "200 MB on both outputs are read, counted and cut",
            floods,
        ),
        in_modes(
            &Mode::ALL,
            "wall time, processor time and memory are the program's",
            usage,
        ),
        in_modes(&Mode::ALL, "arguments arrive as they are", arguments),
        in_modes(
            &Mode::ALL,
            "the working directory is within the checkout or the command does not run",
            directories,
        ),
        in_modes(
            &Mode::ALL,
            "a program that is not there or cannot start is an error of its own",
            not_there,
        ),
        plain("a granted path that is not there is named", missing_grant),
        plain(
            "without a working sandbox a required one refuses and the best one says none",
            no_sandbox,
        ),
        plain(
            "strings that no program can be given are refused",
            unspeakable,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn exits(world: &World, _: Mode) {
    for (script, code, signal) in [
        ("exit 0", Some(0), None),
        ("exit 7", Some(7), None),
        // A code of its own above 128 is no signal.
        ("exit 137", Some(137), None),
        ("kill -SEGV $$", None, Some(11)),
        ("kill -KILL $$", None, Some(9)),
    ] {
        let outcome = world.run(&world.script(script));
        assert_eq!(
            (outcome.exit_code, outcome.signal),
            (code, signal),
            "{script}"
        );
        assert!(!outcome.timed_out && !outcome.interrupted && !outcome.truncated());
    }
    let outcome = world.run(&world.script("echo out; echo err >&2"));
    assert_eq!(
        (
            text(&outcome.stdout).as_str(),
            text(&outcome.stderr).as_str()
        ),
        ("out\n", "err\n")
    );
}

fn floods(world: &World, _: Mode) {
    let bytes = 100_000_000;
    let spec = CommandSpec {
        output_cap: 1 << 20,
        ..world.probe(&["flood", &bytes.to_string()])
    };
    let outcome = world.run(&spec);
    assert_eq!(outcome.exit_code, Some(0));
    assert!(outcome.truncated());
    assert_eq!((outcome.stdout_total, outcome.stderr_total), (bytes, bytes));
    assert_eq!(
        (outcome.stdout.len(), outcome.stderr.len()),
        (1 << 20, 1 << 20)
    );
    assert!(outcome.stdout.iter().all(|byte| *byte == b'x'));
}

fn usage(world: &World, _: Mode) {
    let slept = world.run(&world.script("sleep 0.3"));
    assert!(
        slept.duration >= Duration::from_millis(290),
        "{:?}",
        slept.duration
    );
    let cpu = slept.cpu_user.expect("known") + slept.cpu_system.expect("known");
    assert!(
        cpu < Duration::from_millis(150),
        "sleeping took {cpu:?} of the processor"
    );
    let burnt = world.run(&world.probe(&["burn", "400"]));
    let user = burnt.cpu_user.expect("known");
    // On a machine with other work the loop gets a part of its 400 ms of wall time.
    assert!(
        user >= Duration::from_millis(60) && user <= burnt.duration + Duration::from_millis(50),
        "{user:?}"
    );
    let large = world.run(&world.probe(&["memory", "200"]));
    let peak = large.peak_memory.expect("known");
    assert!((200 << 20..400 << 20).contains(&peak), "{peak}");
}

fn arguments(world: &World, _: Mode) {
    let outcome = world.run(&world.spec(["printf", "[%s]", "", "a b", "$HOME", "ü\n", "'\"*"]));
    assert_eq!(text(&outcome.stdout), "[][a b][$HOME][ü\n]['\"*]");
}

fn directories(world: &World, _: Mode) {
    let at = |cwd: &str| CommandSpec {
        cwd: Some(cwd.to_owned()),
        ..world.spec(["pwd"])
    };
    let here = world.run(&at("sub"));
    assert_eq!(
        text(&here.stdout).trim(),
        world.repo.join("sub").to_str().expect("UTF-8")
    );
    std::os::unix::fs::symlink("/usr", world.repo.join("out")).expect("link");
    for cwd in ["..", "/usr", "out", "file", "absent"] {
        let error = world.runner.run(&at(cwd), &Never).expect_err("refused");
        assert!(
            matches!(error, RunError::WorkingDirectory { .. }),
            "{cwd}: {error}"
        );
    }
}

fn not_there(world: &World, _: Mode) {
    let fail = |spec: &CommandSpec| world.runner.run(spec, &Never).expect_err("refused");
    let error = fail(&world.spec(["perfctl-no-such-program"]));
    assert_eq!(
        error.to_string(),
        "no program `perfctl-no-such-program` (not on PATH)"
    );
    assert!(
        matches!(
            fail(&world.spec(["./file"])),
            RunError::ProgramNotFound { .. }
        ),
        "not executable"
    );
    assert!(matches!(
        fail(&CommandSpec {
            argv: Vec::new(),
            ..world.spec(["x"])
        }),
        RunError::Empty
    ));
    let broken = world.repo.join("broken");
    fs::write(&broken, "#!/no/such/interpreter\n").expect("written");
    fs::set_permissions(&broken, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
    let error = fail(&world.spec(["./broken"]));
    assert!(matches!(error, RunError::NotStarted { .. }), "{error}");
}

fn missing_grant() {
    let world = World::new(Mode::Bare);
    let spec = CommandSpec {
        readable: vec!["/no/such/place".into()],
        ..world.script("true")
    };
    let error = world
        .runner
        .run(&spec, &Never)
        .expect_err("refused")
        .to_string();
    assert!(
        error.starts_with("/no/such/place, which the command is granted"),
        "{error}"
    );
    let spec = CommandSpec {
        writable: vec!["relative".into()],
        ..world.script("true")
    };
    assert!(matches!(
        world.runner.run(&spec, &Never),
        Err(RunError::Granted { .. })
    ));
}

fn no_sandbox() {
    // A launcher that does nothing makes no sandbox.
    let world = World::new(Mode::Bare);
    let broken = Launcher {
        program: "/bin/false".into(),
        arguments: Vec::new(),
    };
    let required = Runner::new(Policy::Required, &world.scratch, broken.clone());
    let error = required
        .run(&world.script("true"), &Never)
        .expect_err("refused");
    assert!(matches!(error, RunError::NoSandbox { .. }), "{error}");
    let best = Runner::new(Policy::Best, &world.scratch, broken);
    assert!(
        best.sandbox()
            .expect("none is an answer")
            .to_string()
            .starts_with("none: ")
    );
    let off = Runner::new(
        Policy::Off("--no-sandbox".to_owned()),
        &world.scratch,
        launcher(),
    );
    let outcome = off.run(&world.script("true"), &Never).expect("runs");
    assert_eq!(outcome.sandbox.to_string(), "none: --no-sandbox");
}

fn unspeakable() {
    let world = World::new(Mode::Bare);
    let mut spec = world.script("true");
    spec.env.insert("A=B".to_owned(), String::new());
    assert!(matches!(
        world.runner.run(&spec, &Never),
        Err(RunError::Unspeakable { .. })
    ));
    assert!(matches!(
        world.runner.run(&world.spec(["echo", "a\0b"]), &Never),
        Err(RunError::Unspeakable { .. })
    ));
}
