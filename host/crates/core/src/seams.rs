//! The seams: where one room calls another without knowing which. All are object-safe and synchronous; parallelism
//! belongs to the engine.

use std::collections::BTreeMap;
use std::fmt;

use crate::event::Event;
use crate::history::Known;
use crate::metric::Metric;
use crate::moves::Moves;
use crate::run::RunRecord;

/// Takes events from any thread.
pub trait Sink: Sync {
    /// Called as things happen; must not block for long.
    fn event(&self, event: Event);
}

/// Forgets every event.
pub struct Silence;

impl Sink for Silence {
    fn event(&self, _: Event) {}
}

/// Says whether the user asked to stop. Long work asks often and ends early, leaving what it has.
pub trait Stop: Sync {
    /// Whether to stop.
    fn requested(&self) -> bool;
}

/// Never stops.
pub struct Never;

impl Stop for Never {
    fn requested(&self) -> bool {
        false
    }
}

/// What a command left, as a collector sees it.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// Standard output.
    pub stdout: &'a [u8],
    /// Standard error.
    pub stderr: &'a [u8],
    /// Exit code; `None` when a signal or the timeout ended it.
    pub exit_code: Option<i32>,
    /// Whether the timeout ended it.
    pub timed_out: bool,
}

/// What a collector made of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collected {
    /// Numbers. The collector leaves `step` empty; the engine fills it in.
    pub metrics: Vec<Metric>,
    /// Sentences for the report, such as an absent dependency.
    pub notes: Vec<String>,
    /// Files to keep beside the raw output: name and content.
    pub artifacts: Vec<(String, Vec<u8>)>,
    /// Set when the output exists but measures nothing: why, and what to do. The items of the step become
    /// `needs-evidence`; what `metrics` holds is kept as partial.
    pub inconclusive: Option<String>,
}

/// An output that a collector could not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectError {
    /// What is wrong, with the line where one can be named.
    pub message: String,
}

impl fmt::Display for CollectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CollectError {}

/// What a collector or probe asks of an option's value, beyond that it is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// It has to be given.
    Given,
    /// A whole number.
    Count,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(Vec<String>),
}

impl Demand {
    /// One of `words`.
    pub fn word(words: &[&str]) -> Self {
        Self::Word(words.iter().map(|word| (*word).to_owned()).collect())
    }
}

/// Turns the output of one tool into metrics. Pure: bytes in, numbers out. One may come from a plugin, so what it says of itself is its own.
pub trait Collector: Sync {
    /// Its name in recipes.
    fn name(&self) -> &str;
    /// Option names that it understands, each with one line of help; others are refused when the recipe is read.
    fn options(&self) -> Vec<(&str, &str)>;
    /// What it asks of some of them, so that a recipe is refused before it runs.
    fn demands(&self) -> Vec<(&str, Demand)> {
        Vec::new()
    }
    /// Names of the metrics that it may make, sorted.
    fn metrics(&self) -> Vec<&str>;
    /// Whether it is a stranger's: it reads what people read, without secrets. In its answer a secret could stand in any form.
    fn is_foreign(&self) -> bool {
        false
    }
    /// Reads the output.
    fn collect(
        &self,
        output: Output<'_>,
        options: &BTreeMap<String, String>,
    ) -> Result<Collected, CollectError>;
}

/// Measures something itself, without a command: an image archive or a registry.
pub trait Probe: Sync {
    /// Its name in recipes.
    fn name(&self) -> &'static str;
    /// Option names that it understands, each with one line of help.
    fn options(&self) -> &'static [(&'static str, &'static str)];
    /// What it asks of some of them, so that a recipe is refused before it runs.
    fn demands(&self) -> Vec<(&str, Demand)> {
        Vec::new()
    }
    /// Names of the metrics that it may make, sorted.
    fn metrics(&self) -> &'static [&'static str];
    /// Measures. `stop` is asked between requests.
    fn probe(
        &self,
        options: &BTreeMap<String, String>,
        stop: &dyn Stop,
    ) -> Result<Collected, CollectError>;
}

/// How a commit stands to the state that is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// It is checked out, or what is checked out came from it.
    Earlier,
    /// It came from what is checked out.
    Later,
    /// Neither came from the other.
    Apart,
}

/// What git knows of the commits from which the audited state came.
pub trait Lineage: Sync {
    /// How `commit` stands to what is checked out. `None` where that cannot be told: it is not there, or no branch and no tag leads to
    /// it any more, because history was written anew.
    fn kinship(&self, commit: &str) -> Option<Kinship>;

    /// Files that lie elsewhere now than they did in `commit`.
    fn moves_since(&self, commit: &str) -> Moves;
}

/// Knows of no commit.
pub struct NoLineage;

impl Lineage for NoLineage {
    fn kinship(&self, _: &str) -> Option<Kinship> {
        None
    }

    fn moves_since(&self, _: &str) -> Moves {
        Moves::default()
    }
}

/// Remembers findings from run to run.
pub trait Chronicle: Sync {
    /// Hands what is known of the repository behind `record` to `advance`, and keeps what that makes of it, whole or not at all. Other
    /// runs need not wait for `advance`: where one enters meanwhile, it is asked again with what is known then.
    ///
    /// # Errors
    /// Why nothing could be kept, as the end of a sentence.
    fn enter(
        &self,
        record: &RunRecord,
        advance: &dyn Fn(Vec<Known>) -> Vec<Known>,
    ) -> Result<Vec<Known>, String>;
}

/// Renders a record. Pure: everything it needs is in the record. One may come from a plugin.
pub trait Format: Sync {
    /// The value of `--format`.
    fn name(&self) -> &str;
    /// One line of help.
    fn about(&self) -> &str;
    /// The bytes of the document.
    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError>;
}

/// What a reader asked to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    /// ANSI colours.
    pub colour: bool,
    /// Also findings of low confidence.
    pub suspicions: bool,
    /// Columns of the terminal; 0 for no limit.
    pub width: usize,
    /// Also silenced findings.
    pub silenced: bool,
    /// Every finding with its code, also where a terminal shows repetitions in one line each.
    pub full: bool,
    /// Findings and problems alone, and nothing where there are none: for hooks and pipes.
    pub brief: bool,
    /// Which flag shows more is said: the reader has just run what takes it.
    pub flags: bool,
}

/// A record that could not be rendered: a broken template, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderError {}
