//! Tools that make components: started with all they start in a group of their own, and ended with it when the user does not want to wait.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use perfctl_core::seams::Stop;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use crate::error::{CommandError, Exit};
use crate::interrupt::Interrupt;
use crate::ui::Ui;

/// How often a tool is looked at.
const BEAT: Duration = Duration::from_millis(10);

/// How long a tool may take to tidy up when it is asked to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long somebody may hold the output of a tool that has ended, and of whose group nobody is left.
const PATIENCE: Duration = Duration::from_secs(3);

/// How much of a tool's output is read at once, in bytes.
const PIECE: usize = 64 << 10;

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
    /// It asks something at the terminal, where it is not heard.
    Asks,
    /// The user asked to stop.
    Stopped,
}

/// Runs a tool, whose own words are shown. `tool` is its name, which says more than that of what runs a script; `missing` says what to do where there is
/// none.
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

/// The same for a tool that names places of the author's code as only it knows them: what it writes to standard error goes through the file `said`
/// and then through `translated`.
pub(super) fn run_translated(
    tool: &str,
    command: &mut Command,
    ui: &Ui,
    missing: &str,
    said: &Path,
    translated: impl Fn(&str) -> String,
) -> Result<(), CommandError> {
    let file = File::create(said).map_err(CommandError::failure)?;
    command.stderr(file);
    let ran = run_as(tool, command, ui, missing);
    let text = std::fs::read(said).unwrap_or_default();
    let text = translated(&String::from_utf8_lossy(&text));
    match ran {
        Err(error) if error.exit != Exit::Interrupted && !text.trim().is_empty() => {
            Err(CommandError {
                message: format!("{}\n{}", error.message, text.trim_end()),
                ..error
            })
        }
        ran => {
            if !text.trim().is_empty() {
                ui.say(text.trim_end());
            }
            ran
        }
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
        Unended::Asks => CommandError::failure(format!(
            "{shown} was ended: it asks something at the terminal, and what builds has no terminal"
        ))
        .hint(
            "run it there once by itself (`cargo fetch` for what a crate needs), or have the answer ready: a key in the ssh agent, a credential helper of git",
        ),
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
    let mut output = Output::of(child.stdout.take());
    if let Err(unended) = follow(stop, &child, &mut output) {
        end(&mut child);
        return Err(unended);
    }
    let status = child.wait().map_err(Unended::Broken)?;
    let output = output.bytes;
    Ok(Ended { status, output })
}

/// Waits until a tool has ended and its output with it. What it started may hold that open when it is gone itself.
fn follow(stop: &dyn Stop, child: &Child, output: &mut Output) -> Result<(), Unended> {
    let mut ended = None::<Instant>;
    loop {
        let is_silent = output.listen().map_err(Unended::Broken)?;
        match state(child).map_err(Unended::Broken)? {
            State::Ended if output.is_whole() => return Ok(()),
            State::Ended => {
                let since = ended.get_or_insert_with(Instant::now).elapsed();
                if since >= FAREWELL {
                    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
                }
                // Who left the group cannot be ended, and has nothing to say for the tool.
                if since >= PATIENCE && is_silent {
                    return Ok(());
                }
            }
            State::Asks => return Err(Unended::Asks),
            State::Runs => {}
        }
        if stop.requested() {
            return Err(Unended::Stopped);
        }
    }
}

/// How a tool is.
enum State {
    Runs,
    /// The system has stopped it, for it is not in the terminal's foreground and asks there.
    Asks,
    Ended,
}

/// Looks at a tool without counting it as gone: until then nobody else has its number, which is its group's.
fn state(child: &Child) -> io::Result<State> {
    let options = WaitIdOptions::EXITED
        | WaitIdOptions::STOPPED
        | WaitIdOptions::NOHANG
        | WaitIdOptions::NOWAIT;
    let asking = [Signal::TTIN.as_raw(), Signal::TTOU.as_raw()];
    let seen = waitid(WaitId::Pid(Pid::from_child(child)), options)?;
    Ok(match seen {
        None => State::Runs,
        Some(status) if status.stopped() => match status.stopping_signal() {
            Some(signal) if asking.contains(&signal) => State::Asks,
            // Whoever stops it by hand lets it go on.
            _ => State::Runs,
        },
        Some(_) => State::Ended,
    })
}

/// What a tool writes to standard output, where that is wanted, as it comes.
struct Output {
    /// `None` once there is no more.
    pieces: Option<Receiver<io::Result<Vec<u8>>>>,
    bytes: Vec<u8>,
}

impl Output {
    fn of(pipe: Option<ChildStdout>) -> Self {
        Self {
            pieces: pipe.map(read),
            bytes: Vec::new(),
        }
    }

    fn is_whole(&self) -> bool {
        self.pieces.is_none()
    }

    /// Takes what comes next, and waits a beat for it; whether there was nothing.
    fn listen(&mut self) -> io::Result<bool> {
        let Some(pieces) = &self.pieces else {
            std::thread::sleep(BEAT);
            return Ok(true);
        };
        match pieces.recv_timeout(BEAT) {
            Ok(piece) => self.bytes.extend(piece?),
            Err(RecvTimeoutError::Timeout) => return Ok(true),
            Err(RecvTimeoutError::Disconnected) => self.pieces = None,
        }
        Ok(false)
    }
}

/// Reads on a thread of its own, which is left behind where the other side is never closed.
fn read(mut pipe: ChildStdout) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, pieces) = channel();
    std::thread::spawn(move || {
        let mut piece = vec![0; PIECE];
        loop {
            let told = match pipe.read(&mut piece) {
                Ok(0) => return,
                Ok(read) => Ok(piece[..read].to_vec()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let is_last = told.is_err();
            if sender.send(told).is_err() || is_last {
                return;
            }
        }
    });
    pieces
}

/// Ends a tool and all of its group: first with the word that lets it tidy up, then without.
fn end(child: &mut Child) {
    let group = Pid::from_child(child);
    let until = Instant::now() + FAREWELL;
    // Who is gone already needs no word, and who is stopped hears it when it goes on.
    let _ = kill_process_group(group, Signal::TERM);
    let _ = kill_process_group(group, Signal::CONT);
    while Instant::now() < until && !matches!(state(child), Ok(State::Ended)) {
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
            is_gone(&started);
            std::fs::remove_file(&file).expect("there");
        }
    }

    /// Asks to stop when that is over: a test that hangs says nothing.
    struct After(Instant);

    impl Stop for After {
        fn requested(&self) -> bool {
            self.0.elapsed() > Duration::from_secs(20)
        }
    }

    fn is_gone(process: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        while runs(process) {
            assert!(Instant::now() < until, "{process} is left behind");
            std::thread::sleep(BEAT);
        }
    }

    #[test]
    fn a_tool_that_has_ended_is_not_waited_for_because_of_what_it_started() {
        let never = || After(Instant::now());
        let mut command = script("sleep 600 & echo $!; exit 3");
        let ended = wait_unless(&never(), command.stdout(Stdio::piped()));
        let ended = ended.unwrap_or_else(|_| panic!("it ended"));
        assert_eq!(ended.status.code(), Some(3));
        let sleeper = String::from_utf8(ended.output).expect("a number");
        assert_ne!(sleeper.trim(), "");
        is_gone(&sleeper);
        // One that is in no group of ours holds nobody up.
        let mut command = script("setsid sleep 600 & echo $!");
        let ended = wait_unless(&never(), command.stdout(Stdio::piped()));
        let ended = ended.unwrap_or_else(|_| panic!("it ended"));
        let sleeper = String::from_utf8(ended.output).expect("a number");
        assert!(runs(&sleeper), "it was out of reach: {sleeper}");
        let sleeper = sleeper.trim().parse().ok().and_then(Pid::from_raw);
        rustix::process::kill_process(sleeper.expect("a number"), Signal::KILL).expect("ended");
    }

    #[test]
    fn a_user_who_stops_does_not_wait_for_what_an_ended_tool_started() {
        let dir = tempfile::tempdir().expect("a directory");
        let (begun, file) = (Instant::now(), dir.path().join("started"));
        let shown = file.display();
        let text = format!("sleep 600 & echo $! > {shown}.new; mv {shown}.new {shown}; exit 0");
        let mut command = script(&text);
        let ended = wait_unless(&Once(&file), command.stdout(Stdio::piped()));
        assert!(matches!(ended, Err(Unended::Stopped)));
        assert!(begun.elapsed() < Duration::from_secs(15));
        is_gone(&std::fs::read_to_string(&file).expect("it began"));
    }

    #[test]
    fn a_tool_that_asks_at_the_terminal_is_ended_and_one_stopped_by_hand_is_not() {
        // As the system does with whoever reads there, or writes, from the background.
        for signal in ["TTIN", "TTOU"] {
            let begun = Instant::now();
            let mut command = script(&format!("kill -{signal} 0; sleep 600"));
            let ended = wait_unless(&After(begun), &mut command);
            assert!(matches!(ended, Err(Unended::Asks)), "{signal}");
        }
        let said = failed("cargo", Unended::Asks, "");
        assert!(said.message.contains("cargo was ended"), "{said:?}");
        let mut command = script("(sleep 1; kill -CONT $$) & kill -STOP $$; exit 4");
        let ended = wait_unless(&After(Instant::now()), &mut command);
        let ended = ended.unwrap_or_else(|_| panic!("it goes on"));
        assert_eq!(ended.status.code(), Some(4));
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
