//! Tools that make components: started with all they start in a group of their own, and ended with it when the user does not want to wait.

use std::io::{self, Read as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use perfctl_core::seams::Stop;
use rustix::process::{Pid, Signal, kill_process_group};

use crate::error::CommandError;
use crate::interrupt::Interrupt;
use crate::ui::Ui;

/// How often a tool is looked at.
const BEAT: Duration = Duration::from_millis(10);

/// How long a tool may take to tidy up when it is asked to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a tool came to.
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    /// What it wrote to standard output, where that is wanted.
    pub(super) output: Vec<u8>,
}

/// Why a tool came to nothing.
pub(super) enum Unended {
    /// It could not be started, or waited for.
    Broken(io::Error),
    /// The user asked to stop.
    Stopped,
}

/// Runs a tool, whose own words are shown. `missing` says what to do where there is none.
pub(super) fn run(command: &mut Command, ui: &Ui, missing: &str) -> Result<(), CommandError> {
    let shown = command.get_program().to_string_lossy().into_owned();
    run_as(&shown, command, ui, missing)
}

/// The same for a tool that is a script: its own name says more than that of what runs it.
pub(super) fn run_as(
    tool: &str,
    command: &mut Command,
    ui: &Ui,
    missing: &str,
) -> Result<(), CommandError> {
    let shown = command.get_program().to_string_lossy().into_owned();
    // What is made is the result; a tool's chatter is none.
    command.stdout(if ui.is_quiet() {
        Stdio::null()
    } else {
        Stdio::from(io::stderr())
    });
    let ended = wait(command).map_err(|unended| failed(&shown, unended, missing))?;
    match ended.status.success() {
        true => Ok(()),
        false => Err(CommandError::failure(format!("{tool} failed"))),
    }
}

/// Runs a tool and takes what it writes to standard output.
pub(super) fn output(command: &mut Command, missing: &str) -> Result<Ended, CommandError> {
    let shown = command.get_program().to_string_lossy().into_owned();
    command.stdout(Stdio::piped());
    wait(command).map_err(|unended| failed(&shown, unended, missing))
}

/// A tool that came to nothing, for the user.
fn failed(shown: &str, unended: Unended, missing: &str) -> CommandError {
    match unended {
        Unended::Stopped => stopped(),
        Unended::Broken(error) => {
            let is_missing = error.kind() == io::ErrorKind::NotFound;
            let error = CommandError::failure(format!("cannot run {shown}: {error}"));
            match is_missing {
                true => error.hint(missing),
                false => error,
            }
        }
    }
}

/// How things are when a build was stopped.
pub(super) fn stopped() -> CommandError {
    CommandError::interrupted("nothing was built, and what was built before is as it was")
}

/// Waits for a tool, but no longer than the user wants.
fn wait(command: &mut Command) -> Result<Ended, Unended> {
    wait_unless(&Interrupt::listen(), command)
}

fn wait_unless(stop: &dyn Stop, command: &mut Command) -> Result<Ended, Unended> {
    if stop.requested() {
        return Err(Unended::Stopped);
    }
    // A second Ctrl-C must not leave behind what this one is about to end.
    let _tidying = Interrupt.held();
    tracing::info!(?command, "building");
    let child = command.stdin(Stdio::null()).process_group(0).spawn();
    let mut child = child.map_err(Unended::Broken)?;
    let writing = child.stdout.take();
    let reading = writing.map(|mut output| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            output.read_to_end(&mut bytes).map(|_| bytes)
        })
    });
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if stop.requested() => {
                end(&mut child);
                return Err(Unended::Stopped);
            }
            Ok(None) => std::thread::sleep(BEAT),
            Err(error) => {
                end(&mut child);
                return Err(Unended::Broken(error));
            }
        }
    };
    let output = match reading.map(std::thread::JoinHandle::join) {
        Some(Ok(read)) => read.map_err(Unended::Broken)?,
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => Vec::new(),
    };
    Ok(Ended { status, output })
}

/// Ends a tool and all of its group: first with the word that lets it tidy up, then without.
fn end(child: &mut Child) {
    let group = Pid::from_child(child);
    let until = Instant::now() + FAREWELL;
    // Who is gone already needs no word.
    let _ = kill_process_group(group, Signal::TERM);
    while Instant::now() < until && matches!(child.try_wait(), Ok(None)) {
        std::thread::sleep(BEAT);
    }
    // What it started may still be there where it is not.
    let _ = kill_process_group(group, Signal::KILL);
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Asks to stop once a file is there.
    struct Once<'p>(&'p Path);

    impl Stop for Once<'_> {
        fn requested(&self) -> bool {
            self.0.exists()
        }
    }

    fn script(text: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", text]);
        command
    }

    /// Whether there is a process of that number, and it is none that only waits to be counted.
    fn runs(process: &str) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.trim()));
        let behind = |stat: &str| stat.rsplit_once(')').map(|(_, behind)| behind.to_owned());
        stat.ok()
            .and_then(|stat| behind(&stat))
            .is_some_and(|state| !state.trim_start().starts_with('Z'))
    }

    #[test]
    fn a_tool_that_is_not_waited_for_is_ended_with_all_that_it_started() {
        let dir = tempfile::tempdir().expect("a directory");
        // One that listens, and one that does not.
        for trap in ["", "trap '' TERM;"] {
            let (begun, file) = (Instant::now(), dir.path().join("started"));
            let shown = file.display();
            let text = format!(
                "{trap} sleep 600 & echo $! > {shown}.new; mv {shown}.new {shown}; while :; do wait; done"
            );
            let ended = wait_unless(&Once(&file), &mut script(&text));
            assert!(matches!(ended, Err(Unended::Stopped)), "{trap}");
            assert!(begun.elapsed() < Duration::from_secs(60), "{trap}");
            let started = std::fs::read_to_string(&file).expect("it began");
            let gone = Instant::now() + Duration::from_secs(60);
            while runs(&started) {
                assert!(Instant::now() < gone, "{trap}: {started} is left behind");
                std::thread::sleep(BEAT);
            }
            std::fs::remove_file(&file).expect("there");
        }
    }

    #[test]
    fn a_tool_that_ends_is_told_with_what_it_wrote() {
        let nobody = perfctl_core::seams::Never;
        let mut command = script("echo made; exit 3");
        let ended = wait_unless(&nobody, command.stdout(Stdio::piped()));
        let ended = ended.unwrap_or_else(|_| panic!("it ended"));
        assert_eq!(
            (ended.status.code(), &*ended.output),
            (Some(3), &b"made\n"[..])
        );
        let missing = output(&mut Command::new("perfctl-no-such-tool"), "install it");
        let missing = missing.err().expect("there is none");
        assert!(
            missing.message.contains("perfctl-no-such-tool"),
            "{missing:?}"
        );
        assert_eq!(missing.hints, ["install it"]);
    }
}
