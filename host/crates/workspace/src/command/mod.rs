//! Running a program that is not ours: as arguments, in a sandbox, with a short environment, a time limit and an end that
//! leaves no process behind.
//!
//! The runner starts the launcher (perfctl's own binary, see [`launch`]), under `bwrap` where that works, and speaks to it
//! over a socket; the launcher starts the program and supervises it. This module must not know recipes, collectors or the
//! terminal.

mod capture;
mod channel;
mod conduct;
mod confine;
mod descendants;
mod environment;
mod launch;
mod order;
mod probe;
mod program;
mod runner;
mod supervise;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

pub(crate) use self::capture::Capture;
pub(crate) use self::descendants::living;
pub(crate) use self::environment::search_path;
pub use self::environment::withheld;
pub use self::launch::launch;
pub use self::probe::{Availability, availability};
pub(crate) use self::program::locate;
pub use self::runner::Runner;
use crate::sandbox::{Limits, Sandbox};

/// How to start the launcher: a program that does nothing but call [`launch`] when it gets these arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launcher {
    /// Absolute path of the program, usually the running one.
    pub program: PathBuf,
    /// Its arguments, such as a hidden subcommand.
    pub arguments: Vec<OsString>,
}

/// A command to run. Everything not granted here is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandSpec {
    /// Program and arguments. A program without a slash is looked for on `PATH`; a relative one starts from `cwd`.
    pub argv: Vec<String>,
    /// Environment beyond the fixed list; wins over it.
    pub env: BTreeMap<String, String>,
    /// Root of the checkout: readable, not writable.
    pub root: PathBuf,
    /// Working directory from `root`; must lie within it.
    pub cwd: Option<String>,
    /// Wall time.
    pub timeout: Duration,
    /// Whether it may use the network. Without it even the loopback of this machine is out of reach.
    pub network: bool,
    /// Directories to write to, beside the scratch directory. Must exist.
    pub writable: Vec<PathBuf>,
    /// Files and directories to read and execute, beside the system's own, the checkout, and the program's own (for an
    /// interpreter its installation). Must exist.
    pub readable: Vec<PathBuf>,
    /// Directories beside the checkout to which its code has written. A program there leads no further than one of the
    /// checkout. May be absent.
    pub prepared: Vec<PathBuf>,
    /// Unix sockets to connect to, such as a container engine's. Must exist.
    pub sockets: Vec<PathBuf>,
    /// Bytes kept of each of the two outputs; what follows is read, counted and forgotten.
    pub output_cap: usize,
    /// Resource limits.
    pub limits: Limits,
}

impl CommandSpec {
    /// A command in `root` that may reach nothing, with ten minutes and 64 MiB of each output.
    pub fn new(
        root: impl Into<PathBuf>,
        argv: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            argv: argv.into_iter().map(Into::into).collect(),
            env: BTreeMap::new(),
            root: root.into(),
            cwd: None,
            timeout: Duration::from_secs(600),
            network: false,
            writable: Vec::new(),
            readable: Vec::new(),
            prepared: Vec::new(),
            sockets: Vec::new(),
            output_cap: 64 << 20,
            limits: Limits::default(),
        }
    }
}

/// How a command ended and what it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The first bytes of standard output.
    pub stdout: Vec<u8>,
    /// The first bytes of standard error.
    pub stderr: Vec<u8>,
    /// Bytes written to standard output, kept or not.
    pub stdout_total: u64,
    /// Bytes written to standard error, kept or not.
    pub stderr_total: u64,
    /// Exit code; `None` when a signal, the time limit or the user ended it.
    pub exit_code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Whether the time limit ended it.
    pub timed_out: bool,
    /// Whether the user ended it.
    pub interrupted: bool,
    /// What held it.
    pub sandbox: Sandbox,
    /// Wall time of the program itself, without the sandbox's making.
    pub duration: Duration,
    /// Processor time of it and its children in user mode; `None` when it was killed too hard to tell.
    pub cpu_user: Option<Duration>,
    /// Processor time of it and its children in the kernel.
    pub cpu_system: Option<Duration>,
    /// Bytes of memory of its largest process at its peak; `None` when that is below what the launcher itself needs.
    pub peak_memory: Option<u64>,
    /// Processes that outlived it and were killed.
    pub leftovers: u32,
}

impl Outcome {
    /// Whether an output was longer than what is kept of it.
    pub fn truncated(&self) -> bool {
        self.stdout_total > self.stdout.len() as u64 || self.stderr_total > self.stderr.len() as u64
    }
}

/// A command that could not be run. One that ran and failed is an [`Outcome`].
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No program was named.
    #[error("the command names no program")]
    Empty,
    /// A string that no program can be given.
    #[error("{what} holds a zero byte or an equals sign where none can be")]
    Unspeakable {
        /// Which.
        what: String,
    },
    /// The program is not there.
    #[error("no program `{program}` ({searched})")]
    ProgramNotFound {
        /// As given.
        program: String,
        /// Where it was looked for.
        searched: String,
    },
    /// A program of the checkout leads out of it, to where only the user may let a command look.
    #[error(
        "`{link}` leads out of the repository to {target}, which is no Python of the system or of a version manager; name an interpreter with --set python=..."
    )]
    Astray {
        /// The link, or the settings of an environment that name a directory.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// The working directory is not there or not within the checkout.
    #[error("the working directory {path} {why}")]
    WorkingDirectory {
        /// As given.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A path that was granted is not there.
    #[error("{path}, which the command is granted, cannot be used: {source}")]
    Granted {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The scratch directory cannot be made.
    #[error("the scratch directory {path} cannot be made: {source}")]
    Scratch {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No sandbox works here and the policy asks for one.
    #[error(
        "no sandbox works here ({reason}); install bubblewrap, or allow commands to run without one"
    )]
    NoSandbox {
        /// Why each did not work.
        reason: String,
    },
    /// The sandbox works in general but could not hold this command.
    #[error("the sandbox ({kind}) could not be made: {message}")]
    Sandbox {
        /// Which.
        kind: String,
        /// What it said.
        message: String,
    },
    /// The program was found but could not be started.
    #[error("`{program}` could not be started: {message}")]
    NotStarted {
        /// Its file.
        program: PathBuf,
        /// What the system said.
        message: String,
    },
    /// Pipes, processes or the launcher itself failed.
    #[error("running `{program}`: {source}")]
    System {
        /// Its file.
        program: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}
