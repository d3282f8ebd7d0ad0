//! What the engine needs from the machine: commands, installed tools, a place for raw outputs, rendered reports.
//!
//! Four small traits, so that a whole run can be tested without a process. How a sandbox is built, where `PATH` comes
//! from and how files are written is none of this crate's business.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use perfctl_core::ids::StepId;
use perfctl_core::run::{Artifact, RunRecord};
use perfctl_core::seams::Stop;

/// A command, ready to run: every placeholder is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandSpec {
    /// The step that runs it, for logs and scratch directories.
    pub step: StepId,
    /// Program and arguments; never a shell line, never empty.
    pub argv: Vec<String>,
    /// Environment beside the runner's own allow-list.
    pub env: BTreeMap<String, String>,
    /// Root of the audited repository, absolute; readable, not writable.
    pub root: PathBuf,
    /// Working directory from `root`, within it; `None` is `root` itself.
    pub cwd: Option<String>,
    /// Wall time after which the whole process group is ended.
    pub timeout: Duration,
    /// Whether the network is granted.
    pub network: bool,
    /// Further absolute paths that it may read, all of which exist: an interpreter's environment, a file that the user
    /// named.
    pub readable: Vec<PathBuf>,
    /// Absolute directories that it may write to beside its scratch directory.
    pub writable: Vec<PathBuf>,
    /// Where earlier steps let code of the repository write: what lies there is trusted no more than the repository.
    pub prepared: Vec<PathBuf>,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandEnd {
    /// By itself, with this exit code.
    Exited(i32),
    /// By this signal, which the runner did not send.
    Signalled(i32),
    /// By the runner, after its time was up.
    TimedOut,
    /// By the runner, because the user asked to stop.
    Interrupted,
}

/// What a command left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOutcome {
    /// How it ended.
    pub end: CommandEnd,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// Whether an output was longer than the runner keeps.
    pub cut: bool,
    /// Which sandbox held it, or why none did; a few words.
    pub sandbox: String,
    /// Whether a sandbox held it at all.
    pub held: bool,
    /// What the record should say of how it ran; each a sentence.
    pub notes: Vec<String>,
    /// What else is known of how it ran, such as its processor time; kept beside the outputs.
    pub remarks: Vec<String>,
}

/// A command that could not be started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The program does not exist.
    #[error("program `{0}` was not found")]
    NotFound(String),
    /// The machine refused: no sandbox where one is demanded, no permission, no process slots.
    #[error("{0}")]
    Refused(String),
}

/// Runs commands.
pub trait Commands: Sync {
    /// Runs one command to its end. A runner that sees `stop` ends the whole process group and answers
    /// [`CommandEnd::Interrupted`] with the output so far.
    fn run(&self, spec: &CommandSpec, stop: &dyn Stop) -> Result<CommandOutcome, CommandError>;
}

/// A program that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTool {
    /// Its name, as it was asked for.
    pub program: String,
    /// Where it is, absolute.
    pub path: PathBuf,
    /// The first line of what it says about its version, if it says anything.
    pub version: Option<String>,
}

/// Knows which programs are installed.
pub trait Tools: Sync {
    /// The program `program` on the search path; `None` when there is none.
    fn find(&self, program: &str) -> Option<FoundTool>;

    /// Why a program that is installed could not do its work all the same, and what to do: an engine's client without an
    /// engine.
    fn hindrance(&self, _tool: &FoundTool) -> Option<String> {
        None
    }
}

/// Keeps raw outputs.
pub trait ArtifactStore: Sync {
    /// Stores `bytes` as `name` of `step`, whole or not at all. `what` says in a few words what it is.
    ///
    /// # Errors
    /// A sentence that names the file and what is wrong.
    fn put(&self, step: &StepId, name: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String>;
}

/// Renders reports into the output directory.
pub trait Reports: Sync {
    /// Renders `template` over `record` into `file`.
    ///
    /// # Errors
    /// A sentence that names the template, its line where known, and what is wrong.
    fn render(&self, template: &str, file: &Path, record: &RunRecord) -> Result<Artifact, String>;
}
