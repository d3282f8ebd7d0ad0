//! The launcher: what perfctl's own binary does when the runner starts it as a hidden subcommand. `unsafe` code between fork
//! and exec, the usual way to confine a child, is not needed: this process confines itself and becomes the program.
//! It must not know policies or results, and must not print.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;

use super::channel;
use super::order::{Order, Report, Stage, borrow};
use super::{confine, supervise};
use crate::suspend;

/// Exit code of a launcher that was not started by a runner or lost it.
const LOST: u8 = 70;

/// Does what the runner on the other side of standard input orders. The host calls this, and nothing before it that starts
/// threads or writes, when it is started with the arguments of [`Launcher`](super::Launcher).
pub fn launch() -> ExitCode {
    // The program is somebody else's, and hears what it is told.
    suspend::unlisten();
    let _ = supervise::hang_up().thread_unblock();
    let Ok(mut line) = line() else {
        return ExitCode::from(LOST);
    };
    let Ok(Some(fields)) = channel::receive(&mut line) else {
        return ExitCode::from(LOST);
    };
    let Ok(order) = Order::from_fields(fields) else {
        return ExitCode::from(LOST);
    };
    match order.stage {
        Stage::Supervise => supervise::run(&order, line),
        Stage::Confine => confine::become_program(&order, line),
    }
}

/// The socket on standard input. The copy closes on exec, so that no program ever holds the line.
fn line() -> io::Result<UnixStream> {
    let line = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    // Fails when standard input is no socket: a person typed the hidden subcommand.
    line.local_addr()?;
    Ok(line)
}

/// Says `report` to the other side. A failure means that nobody listens any more, which the reader of the line notices.
pub(super) fn say(mut line: &UnixStream, report: &Report) {
    let _ = channel::send(&mut line, &borrow(&report.fields()));
}
