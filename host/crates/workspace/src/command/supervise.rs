//! The first part of the launcher: starts the second, waits for the program that it becomes, and leaves no process behind,
//! not even one that fled into a session of its own. In a sandbox of namespaces it is process 1; elsewhere it adopts orphans
//! as a subreaper.

use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::UsageWho;
use nix::sys::signal::{SIGHUP, SigSet};
use rustix::io::Errno;
use rustix::process::{
    DumpableBehavior, Pid, Signal, WaitOptions, WaitStatus, getpid, set_child_subreaper,
    set_dumpable_behavior, wait,
};

use super::channel;
use super::confine::usage;
use super::descendants::{kill_all, signal_all};
use super::launch::say;
use super::order::{Ended, Order, Report, Stage, Usage, borrow};

/// The byte on the line that asks the program to end. The end of the line orders it.
pub(super) const PLEASE_END: u8 = b't';

/// Bytes that the launcher may still need between counting its own memory and becoming the program.
const NOISE: u64 = 2 << 20;

/// How long killed processes may take to be gone.
const SWEEP: Duration = Duration::from_secs(5);

/// Runs the program of `order` to its end.
pub(super) fn run(order: &Order, line: UnixStream) -> ExitCode {
    match supervise(order, &line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&line, &why);
            kill_all();
            ExitCode::FAILURE
        }
    }
}

fn supervise(order: &Order, line: &UnixStream) -> Result<(), Report> {
    // Where perfctl dies while it and its commands are stopped, the kernel hangs up on the group of this process. What fled from the
    // group is still to be ended.
    let held = hang_up().thread_block();
    held.map_err(|error| not_confined("signals", error))?;
    set_child_subreaper(Some(getpid())).map_err(|error| not_confined("subreaper", error))?;
    // The program runs as the same user; it must not trace this process to get at the line.
    set_dumpable_behavior(DumpableBehavior::NotDumpable)
        .map_err(|error| not_confined("dumpable", error))?;
    let begun = start(order)?;
    let started = Instant::now();
    say(
        line,
        &Report::Started {
            landlock: begun.landlock,
        },
    );
    let listener = line
        .try_clone()
        .map_err(|error| not_confined("the line", error))?;
    thread::spawn(move || obey(listener));
    let status = wait_for(begun.pid).map_err(|error| not_confined("wait", error))?;
    let wall = started.elapsed();
    let leftovers = kill_all();
    reap(Instant::now() + SWEEP);
    say(
        line,
        &Report::Ended(Ended {
            code: status.exit_status(),
            signal: status.terminating_signal(),
            wall,
            usage: without(usage(UsageWho::RUSAGE_CHILDREN), begun.used),
            leftovers,
        }),
    );
    Ok(())
}

/// The signal that this process does not hear, and the second part does.
pub(super) fn hang_up() -> SigSet {
    let mut word = SigSet::empty();
    word.add(SIGHUP);
    word
}

fn not_confined(what: &str, error: impl std::fmt::Display) -> Report {
    Report::NotConfined(format!("{what}: {error}"))
}

/// The second part, once it has become the program.
struct Begun {
    pid: Pid,
    landlock: u32,
    used: Usage,
}

/// Starts the second part and waits until it has become the program.
fn start(order: &Order) -> Result<Begun, Report> {
    let lost = |error: io::Error| not_confined("the launcher", error);
    let (mut ours, theirs) = UnixStream::pair().map_err(lost)?;
    let (program, arguments) = order
        .launcher
        .split_first()
        .ok_or_else(|| not_confined("the launcher", "not named"))?;
    let child = Command::new(program)
        .args(arguments)
        .env_clear()
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .spawn()
        .map_err(lost)?;
    let pid = i32::try_from(child.id())
        .ok()
        .and_then(Pid::from_raw)
        .ok_or_else(|| not_confined("the launcher", "has no process number"))?;
    let confine = Order {
        stage: Stage::Confine,
        ..order.clone()
    };
    channel::send(&mut ours, &borrow(&confine.fields())).map_err(lost)?;
    let mut begun = None;
    // The line ends when the program takes the second part's place: it closes on exec.
    while let Some(fields) = channel::receive(&mut ours).map_err(lost)? {
        match Report::from_fields(&fields).map_err(|error| not_confined("the launcher", error))? {
            Report::Ready { landlock, used } => {
                begun = Some(Begun {
                    pid,
                    landlock,
                    used,
                })
            }
            other => return Err(other),
        }
    }
    begun.ok_or_else(|| not_confined("the launcher", "ended before it had confined itself"))
}

/// Does what the runner asks until it hangs up; then, or when perfctl itself is gone, kills all.
fn obey(mut line: UnixStream) {
    let mut byte = [0];
    loop {
        match line.read(&mut byte) {
            Ok(1) if byte[0] == PLEASE_END => signal_all(Signal::TERM),
            Ok(1) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(_) | Err(_) => break,
        }
    }
    kill_all();
}

/// Waits for `program`, reaping every orphan that ends meanwhile.
fn wait_for(program: Pid) -> Result<WaitStatus, Errno> {
    loop {
        match wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) if pid == program => return Ok(status),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reaps what was killed, so that its processor time counts and nothing of it remains.
fn reap(until: Instant) {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some(_)) | Err(Errno::INTR) => {}
            Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(1)),
            Ok(None) | Err(_) => return,
        }
    }
}

/// What the program used beyond what the launcher had used in the same process before.
fn without(all: Usage, own: Usage) -> Usage {
    Usage {
        user: all.user.saturating_sub(own.user),
        system: all.system.saturating_sub(own.system),
        // A peak survives exec: one that the launcher reached, give or take what it did after it counted, says nothing
        // about the program.
        memory: if all.memory > own.memory + NOISE {
            all.memory
        } else {
            0
        },
    }
}
