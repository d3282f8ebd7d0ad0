//! Watching one launched command from perfctl's side: one loop over the launcher's line and both outputs, so that no pipe
//! fills up, no thread is left behind, and time-outs and Ctrl-C are noticed within a twentieth of a second.
//! It must not know what the command is or which sandbox holds it.

use std::io::{self, Read};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStderr, ChildStdout};
use std::time::{Duration, Instant};

use perfctl_core::seams::Stop;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process_group};

use super::capture::Capture;
use super::channel;
use super::order::{Ended, Report};
use super::supervise::PLEASE_END;
use crate::suspend::Awake;

/// How often Ctrl-C is asked for.
const BEAT: Duration = Duration::from_millis(50);

/// How long a killed command may take to be gone before it is given up.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// What a launched command is watched with.
pub(super) struct Watch {
    pub(super) child: Child,
    pub(super) line: UnixStream,
    pub(super) stdout: ChildStdout,
    pub(super) stderr: ChildStderr,
    pub(super) timeout: Duration,
    /// Time between the request to end and the kill.
    pub(super) grace: Duration,
    /// Bytes kept of each output.
    pub(super) cap: usize,
}

/// What was seen.
#[derive(Debug)]
pub(super) struct Seen {
    /// The Landlock version of a program that started.
    pub(super) started: Option<u32>,
    pub(super) ended: Option<Ended>,
    /// The launcher's complaint.
    pub(super) complaint: Option<Report>,
    pub(super) timed_out: bool,
    pub(super) interrupted: bool,
    pub(super) stdout: Capture,
    pub(super) stderr: Capture,
    /// How long it took, without pauses.
    pub(super) wall: Duration,
    /// How long it was stopped together with perfctl.
    pub(super) paused: Duration,
}

/// How far ending the command has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Running,
    Asked { until: Instant },
    Killed { until: Instant },
}

impl Phase {
    /// The same after a pause, in which no time of it went by.
    fn after(self, pause: Duration) -> Self {
        match self {
            Phase::Running => Phase::Running,
            Phase::Asked { until } => Phase::Asked {
                until: until + pause,
            },
            Phase::Killed { until } => Phase::Killed {
                until: until + pause,
            },
        }
    }
}

/// Watches until the command is gone, asking and then forcing it to end when its time is over or `stop` says so.
pub(super) fn watch(mut watch: Watch, stop: &dyn Stop) -> io::Result<Seen> {
    let mut time = Awake::begin();
    let mut seen = Seen {
        started: None,
        ended: None,
        complaint: None,
        timed_out: false,
        interrupted: false,
        stdout: Capture::new(watch.cap),
        stderr: Capture::new(watch.cap),
        wall: Duration::ZERO,
        paused: Duration::ZERO,
    };
    let mut phase = Phase::Running;
    let mut open = Open {
        line: true,
        stdout: true,
        stderr: true,
    };
    let mut heard = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    // A line that says nonsense is treated as one that hung up: the launcher has been tampered with.
    while open.any() {
        let ready = wait_readable(&watch, open)?;
        if ready.stdout {
            open.stdout = transfer(&mut watch.stdout, &mut buffer, |bytes| {
                seen.stdout.push(bytes)
            })?;
        }
        if ready.stderr {
            open.stderr = transfer(&mut watch.stderr, &mut buffer, |bytes| {
                seen.stderr.push(bytes)
            })?;
        }
        if ready.line {
            let more = transfer(&mut watch.line, &mut buffer, |bytes| {
                heard.extend_from_slice(bytes)
            });
            open.line = more.unwrap_or(false) && listen(&mut heard, &mut seen);
        }
        // While perfctl was stopped, so was the command.
        if let Some(pause) = time.look() {
            phase = phase.after(pause);
        }
        phase = match phase {
            Phase::Running if seen.ended.is_some() => Phase::Killed {
                until: Instant::now() + LAST_WAIT,
            },
            Phase::Running if stop.requested() => {
                seen.interrupted = true;
                ask(&watch)
            }
            Phase::Running if time.elapsed() >= watch.timeout => {
                seen.timed_out = true;
                ask(&watch)
            }
            Phase::Asked { until } if Instant::now() >= until => {
                let _ = watch.line.shutdown(Shutdown::Write);
                Phase::Killed {
                    until: Instant::now() + LAST_WAIT,
                }
            }
            Phase::Killed { until } if Instant::now() >= until => break,
            as_before => as_before,
        };
    }
    drop(watch.line);
    if open.any() {
        // Nothing reaches it any more; its process group at least.
        if let Some(group) = i32::try_from(watch.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
    watch.child.wait()?;
    time.look();
    (seen.wall, seen.paused) = (time.elapsed(), time.paused());
    Ok(seen)
}

/// Asks the command to end.
fn ask(watch: &Watch) -> Phase {
    use std::io::Write;
    let _ = (&watch.line).write_all(&[PLEASE_END]);
    Phase::Asked {
        until: Instant::now() + watch.grace,
    }
}

/// Which of the three can still say something, or has.
#[derive(Clone, Copy, Debug)]
struct Open {
    line: bool,
    stdout: bool,
    stderr: bool,
}

impl Open {
    fn any(self) -> bool {
        self.line || self.stdout || self.stderr
    }
}

/// Waits one beat at most for something to read.
fn wait_readable(watch: &Watch, open: Open) -> io::Result<Open> {
    let mut fds = Vec::with_capacity(3);
    let mut add = |wanted, fd| {
        if wanted {
            fds.push(fd);
        }
    };
    add(open.line, PollFd::new(&watch.line, PollFlags::IN));
    add(open.stdout, PollFd::new(&watch.stdout, PollFlags::IN));
    add(open.stderr, PollFd::new(&watch.stderr, PollFlags::IN));
    let beat = Timespec {
        tv_sec: 0,
        tv_nsec: i64::from(BEAT.subsec_nanos()),
    };
    match poll(&mut fds, Some(&beat)) {
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let mut ready = fds.iter().map(|fd| !fd.revents().is_empty());
    let mut next = |wanted: bool| wanted && ready.next().unwrap_or(false);
    Ok(Open {
        line: next(open.line),
        stdout: next(open.stdout),
        stderr: next(open.stderr),
    })
}

/// Reads once; `false` at the end.
fn transfer(
    from: &mut impl Read,
    buffer: &mut [u8],
    mut to: impl FnMut(&[u8]),
) -> io::Result<bool> {
    match from.read(buffer) {
        Ok(0) => Ok(false),
        Ok(size) => {
            to(&buffer[..size]);
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
        Err(error) => Err(error),
    }
}

/// Takes in what the launcher said; `false` when it was nonsense.
fn listen(heard: &mut Vec<u8>, seen: &mut Seen) -> bool {
    loop {
        match channel::take(heard) {
            Ok(None) => return true,
            Ok(Some(fields)) => match Report::from_fields(&fields) {
                Ok(Report::Started { landlock }) => seen.started = Some(landlock),
                Ok(Report::Ended(ended)) => seen.ended = Some(ended),
                Ok(complaint) => seen.complaint = Some(complaint),
                Err(_) => return false,
            },
            Err(_) => return false,
        }
    }
}
