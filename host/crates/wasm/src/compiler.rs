//! Who compiles components: this process, or one of its own that may take only so much. Compiling cannot be stopped from within, and a
//! component can be made so that it takes hours and all of the memory.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use perfctl_core::seams::Stop;
use perfctl_runtime::api::clean;
use rustix::process::{
    Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit,
};

use crate::engine::Engine;

/// Processor seconds that compiling may take. Python's interpreter takes 10 to 25.
const SECONDS: u64 = 180;

/// Bytes of memory that compiling may take, its address space included.
const MEMORY: u64 = 4 << 30;

/// Threads that compile. Each takes some of the address space: a machine's 200 would have all of it.
const MOST_THREADS: usize = 8;

/// The largest code that is taken from a compiler: Python's interpreter has 35 MB.
const MOST_CODE: u64 = 512 << 20;

/// What is read of a compiler's complaint, in bytes: names in it are the component's.
const LONGEST: u64 = 4096;

/// How often the user's wish to stop is looked at.
const BEAT: Duration = Duration::from_millis(50);

/// Why there is no code where the user did not want to wait for it.
const LEFT: &str = "compiling it was interrupted";

/// Turns a component into machine code.
pub trait Compile: std::fmt::Debug + Send + Sync {
    /// The code of a component.
    ///
    /// # Errors
    /// Why there is none, as the end of a sentence.
    fn compile(&self, engine: &Engine, component: &[u8]) -> Result<Vec<u8>, String>;
}

/// Compiles in this process, with no limit: for components that are one's own.
#[derive(Clone, Copy, Debug)]
pub struct InProcess;

impl Compile for InProcess {
    fn compile(&self, engine: &Engine, component: &[u8]) -> Result<Vec<u8>, String> {
        let compiled = engine.compile(component);
        compiled.map_err(|error| format!("it is no valid component: {error:#}"))
    }
}

/// Compiles in a process of its own: `program` with `arguments`, which has to call [`compile_for_parent`] and nothing else.
pub struct InChild {
    /// This same program.
    program: PathBuf,
    /// What tells it to compile.
    arguments: Vec<OsString>,
    /// Who may not want to wait for it: Python's interpreter takes most of a minute.
    stop: Arc<dyn Stop + Send>,
    /// The largest code that is taken of it, in bytes.
    most_code: u64,
}

impl std::fmt::Debug for InChild {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("InChild").field(&self.program).finish()
    }
}

impl InChild {
    /// A compiler that is `program` with `arguments`, and is ended when `stop` asks.
    pub fn new(program: PathBuf, arguments: Vec<OsString>, stop: Arc<dyn Stop + Send>) -> Self {
        Self {
            program,
            arguments,
            stop,
            most_code: MOST_CODE,
        }
    }

    /// Hands the component to the child, and takes what it makes of it. A child of whom more or nothing is wanted is ended.
    fn converse(&self, child: &mut Child, component: &[u8]) -> Said {
        let (input, output, errors) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        std::thread::scope(|scope| {
            // What it says of a component may be longer than a pipe holds: read beside the code, so that neither waits for the other.
            let complaint = scope.spawn(move || {
                let mut said = Vec::new();
                if let Some(errors) = errors {
                    let _ = errors.take(LONGEST).read_to_end(&mut said);
                }
                String::from_utf8_lossy(&said).into_owned()
            });
            scope.spawn(move || {
                // Its end says why it does not read any more.
                let _ = input.map(|mut input| input.write_all(component));
            });
            let (sender, receiver) = channel();
            scope.spawn(move || {
                let mut code = Vec::new();
                let read = output.map_or(Ok(0), |output| {
                    output.take(self.most_code + 1).read_to_end(&mut code)
                });
                // Nobody listens any more where it was left.
                let _ = sender.send(read.map(|_| code));
            });
            let code = loop {
                match receiver.recv_timeout(BEAT) {
                    Ok(code) => {
                        break code.map_err(|error| format!("it cannot be compiled: {error}"));
                    }
                    Err(RecvTimeoutError::Timeout) if !self.stop.requested() => {}
                    Err(_) => break Err(LEFT.to_owned()),
                }
            };
            let code = code.and_then(|code| match code.len() as u64 > self.most_code {
                true => Err(format!(
                    "its code has more than {} MiB",
                    self.most_code >> 20
                )),
                false => Ok(code),
            });
            if code.is_err() {
                // Nobody reads on; its end closes what the others wait for.
                let _ = child.kill();
            }
            Said {
                code,
                complaint: complaint.join().unwrap_or_default(),
            }
        })
    }
}

/// What a compiler said.
struct Said {
    code: Result<Vec<u8>, String>,
    complaint: String,
}

impl Compile for InChild {
    fn compile(&self, _: &Engine, component: &[u8]) -> Result<Vec<u8>, String> {
        let cannot = |error: std::io::Error| format!("it cannot be compiled: {error}");
        if self.stop.requested() {
            return Err(LEFT.to_owned());
        }
        let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("RAYON_NUM_THREADS", threads.min(MOST_THREADS).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(cannot)?;
        let said = self.converse(&mut child, component);
        let status = child.wait().map_err(cannot)?;
        let code = said.code?;
        if status.success() {
            return Ok(code);
        }
        // Ctrl-C reaches the child as well, and may end it before anybody here hears of it.
        let is_left = [Signal::INT, Signal::TERM].map(Signal::as_raw);
        let complaint = clean(&said.complaint);
        let complaint = complaint.trim();
        Err(match status.signal() {
            Some(signal) if is_left.contains(&signal) => LEFT.to_owned(),
            Some(signal) if signal == Signal::XCPU.as_raw() => {
                format!("compiling it takes longer than {SECONDS} s")
            }
            // Whoever runs out of memory ends in one of several ways.
            Some(_) => format!(
                "compiling it takes more than {} GiB of memory, or breaks the compiler",
                MEMORY >> 30
            ),
            None if complaint.is_empty() => format!("the compiler ended with {status}"),
            None => complaint.to_owned(),
        })
    }
}

/// The other side of [`InChild`]: a component on standard input, its code on standard output.
pub fn compile_for_parent() -> ExitCode {
    match try_compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let end = why.floor_char_boundary(LONGEST as usize);
            let _ = std::io::stderr().write_all(&why.as_bytes()[..end]);
            ExitCode::FAILURE
        }
    }
}

fn try_compile() -> Result<(), String> {
    // Whoever wanted the code may be killed, and says nothing then.
    set_parent_process_death_signal(Some(Signal::KILL))
        .map_err(|error| format!("it cannot be tied to its parent: {error}"))?;
    for (resource, most) in [
        (Resource::Cpu, SECONDS),
        (Resource::As, MEMORY),
        (Resource::Core, 0),
    ] {
        // Whoever started this may have set limits of his own. Between the two limits of time a process is told, behind the second it ends.
        let own = getrlimit(resource);
        let hard = own.maximum.unwrap_or(u64::MAX);
        let maximum = hard.min(most.saturating_add(5));
        let limit = Rlimit {
            current: Some(own.current.unwrap_or(u64::MAX).min(most).min(maximum)),
            maximum: Some(maximum),
        };
        setrlimit(resource, limit).map_err(|error| format!("it cannot be limited: {error}"))?;
    }
    let mut component = Vec::new();
    let plain = |error: std::io::Error| error.to_string();
    std::io::stdin()
        .read_to_end(&mut component)
        .map_err(plain)?;
    let engine = Engine::new().map_err(|error| format!("{error:#}"))?;
    let code = InProcess.compile(&engine, &component)?;
    std::io::stdout().write_all(&code).map_err(plain)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;

    use perfctl_core::seams::Never;

    use super::*;

    /// What is said of a component when the compiler is this script.
    fn compiled_by(script: &str) -> Result<Vec<u8>, String> {
        compiled_until(script, Arc::new(Never))
    }

    fn compiled_until(script: &str, stop: Arc<dyn Stop + Send>) -> Result<Vec<u8>, String> {
        let engine = Engine::new().expect("an engine");
        let arguments = vec!["-c".into(), script.into()];
        let child = InChild {
            most_code: 2 << 20,
            ..InChild::new("/bin/sh".into(), arguments, stop)
        };
        child.compile(&engine, &[7; 300_000])
    }

    /// Asks to stop once it was looked at this often.
    struct After(AtomicUsize);

    impl Stop for After {
        fn requested(&self) -> bool {
            let left = self.0.load(Ordering::SeqCst);
            self.0.store(left.saturating_sub(1), Ordering::SeqCst);
            left == 0
        }
    }

    #[test]
    fn a_compiler_is_ended_when_the_user_stops_whatever_it_is_about() {
        for script in [
            "exec sleep 600",
            "cat >/dev/null; exec sleep 600",
            "cat >/dev/null; printf half; exec sleep 600",
        ] {
            let begun = Instant::now();
            let left = compiled_until(script, Arc::new(After(AtomicUsize::new(5))));
            assert_eq!(left, Err(LEFT.to_owned()), "{script}");
            assert!(begun.elapsed() < Duration::from_secs(60), "{script}");
        }
        // Where the signal reaches the compiler first, and where the user stopped before it began.
        for script in ["kill -INT $$", "kill -TERM $$"] {
            assert_eq!(compiled_by(script), Err(LEFT.to_owned()), "{script}");
        }
        let before = compiled_until("printf code", Arc::new(After(AtomicUsize::new(0))));
        assert_eq!(before, Err(LEFT.to_owned()));
    }

    #[test]
    fn a_compiler_that_says_more_than_a_pipe_holds_is_not_waited_for_for_ever() {
        let said = compiled_by("cat >/dev/null; head -c 300000 /dev/zero | tr '\\0' x >&2; exit 1");
        let said = said.expect_err("it failed");
        assert!(
            said.starts_with("xxx") && said.len() < 5000,
            "{}",
            said.len()
        );
    }

    #[test]
    fn a_compiler_has_few_threads_whatever_the_machine_has() {
        let said = compiled_by("cat >/dev/null; printf %s $RAYON_NUM_THREADS");
        let said = String::from_utf8(said.expect("it ends well")).expect("digits");
        let threads: usize = said.parse().expect("a number");
        assert!((1..=MOST_THREADS).contains(&threads), "{threads}");
    }

    #[test]
    fn a_compiler_that_reads_nothing_or_ends_early_is_told_as_it_ended() {
        for (script, says) in [
            ("kill -XCPU $$", "takes longer than 180 s"),
            ("kill -KILL $$", "more than 4 GiB of memory"),
            ("echo 'it is bad' >&2; exit 1", "it is bad"),
            ("printf '\\033[31mred' >&2; exit 1", "\u{fffd}[31mred"),
            ("exit 7", "exit status: 7"),
            ("cat >/dev/null; yes code", "its code has more than 2 MiB"),
        ] {
            let said = compiled_by(script).expect_err("it failed");
            assert!(said.contains(says), "{script}: {said}");
        }
        assert_eq!(
            compiled_by("cat >/dev/null; printf code"),
            Ok(b"code".to_vec())
        );
    }
}
