//! The host's side of the contract: what a plugin may ask in a call, over the API that rules in Lua have as well.

mod author;
mod code;
mod docker;
mod files;
mod repository;

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use perfctl_runtime::api::{
    Answer, Doc, Docker, File, Func, Instruction, LoadHop, Loop, Node, Refusal, Repository,
    ShellCommand, Span, Stage, words,
};
use perfctl_runtime::plugin::Declared;
use perfctl_scan::matcher::PathPattern;
use rustc_hash::FxHashMap;
use wasmtime::Result;

use crate::deadline::{Deadline, Late};
use crate::meter::Meter;
use crate::things::{Thing, Things};

/// The most questions in one call.
const MOST_QUESTIONS: u64 = 5_000_000;

/// Bytes of all texts that are parsed for their commands in one call: each is read anew, and its commands are kept until the call is over.
const MOST_PARSED: usize = 4 << 20;

/// Bytes of a list of patterns whose reading is remembered.
const LONGEST_KNOWN: usize = 4096;

/// The most lists of patterns whose reading is remembered.
const MOST_KNOWN: usize = 1024;

/// Why the author's code failed, as its SDK says it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure {
    /// The type of what was thrown.
    pub(crate) kind: String,
    /// What it says.
    pub(crate) message: String,
    /// File and line, if they are known.
    pub(crate) place: String,
    /// The calls that led there.
    pub(crate) trace: Vec<String>,
}

/// What the host keeps for an instance.
pub(crate) struct State {
    /// What it may take.
    pub(crate) meter: Meter,
    /// What the plugin's numbers stand for.
    pub(crate) things: Things,
    /// The audited repository, as the rule of this call sees it.
    pub(crate) repository: Option<Repository>,
    /// What the plugin's manifest declares.
    pub(crate) declared: Arc<Declared>,
    /// What was printed in this call.
    pub(crate) printed: Vec<String>,
    /// Why the author's code failed.
    pub(crate) failure: Option<Failure>,
    /// When the call has to be over.
    pub(crate) deadline: Deadline,
    /// Bytes that the host copies for it at most in a call.
    pub(crate) most_copied: usize,
    prints: u64,
    printed_bytes: usize,
    questions: Cell<u64>,
    ticks: Arc<AtomicU64>,
    /// The tick at which the clock was looked at last.
    looked: Cell<u64>,
    parsed: usize,
    patterns: FxHashMap<Vec<String>, Arc<[PathPattern]>>,
}

impl State {
    pub(crate) fn new(
        declared: Arc<Declared>,
        meter: Meter,
        ticks: Arc<AtomicU64>,
        most_copied: usize,
    ) -> Self {
        Self {
            meter,
            things: Things::default(),
            repository: None,
            declared,
            printed: Vec::new(),
            failure: None,
            deadline: Deadline::from_now(Duration::ZERO),
            most_copied,
            prints: 0,
            printed_bytes: 0,
            questions: Cell::new(0),
            ticks,
            looked: Cell::new(0),
            parsed: 0,
            patterns: FxHashMap::default(),
        }
    }

    /// A call begins, about a repository or about nothing.
    #[inline]
    pub(crate) fn begin(&mut self, repository: Option<&Repository>) {
        // One call after the other is about the same.
        if self.repository.as_ref() != repository {
            self.repository = repository.cloned();
        }
        // Most calls ask and say nothing.
        if self.questions.get() > 0 || self.meter.has_refused() {
            self.reset();
        }
    }

    /// Forgets what was counted and said in the call before. Whatever a guest asks or says is a question.
    #[cold]
    fn reset(&mut self) {
        self.printed.clear();
        self.failure = None;
        self.prints = 0;
        self.printed_bytes = 0;
        self.questions.set(0);
        self.parsed = 0;
        // What a guest was refused and lived with is no reason for what happens later.
        self.meter.refused();
    }

    /// A call is over: what it was handed means nothing any more.
    #[inline]
    pub(crate) fn end(&mut self) {
        self.things.clear();
    }

    /// Counts a question.
    fn count(&self) -> Result<()> {
        let questions = self.questions.get() + 1;
        self.questions.set(questions);
        // The engine looks at the clock where a guest loops or calls, and a guest may be one long line of questions.
        let tick = self.ticks.load(Ordering::Relaxed);
        if self.looked.replace(tick) != tick && self.deadline.is_over() {
            return Err(Late.into());
        }
        match questions > MOST_QUESTIONS {
            true => Err(Refusal::new(format!(
                "asked the host more than {MOST_QUESTIONS} times in one call"
            ))
            .into()),
            false => Ok(()),
        }
    }

    /// Counts a text that is about to be parsed.
    fn parse(&mut self, bytes: usize) -> Result<()> {
        self.parsed = self.parsed.saturating_add(bytes);
        match self.parsed > MOST_PARSED {
            true => Err(Refusal::new(format!(
                "asked for the commands of more than {} MiB in one call",
                MOST_PARSED >> 20
            ))
            .into()),
            false => Ok(()),
        }
    }

    fn repository(&self) -> Result<&Repository> {
        self.count()?;
        let there = self.repository.as_ref();
        Ok(there.ok_or_else(|| {
            Refusal::new(
                "there is no repository yet: what asks the host runs in `check`, not while the plugin starts",
            )
        })?)
    }

    /// Patterns over dotted paths. What was read once is not read again: rules ask the same of call after call.
    fn patterns(&mut self, texts: Vec<String>) -> Answer<Arc<[PathPattern]>> {
        if let Some(known) = self.patterns.get(&texts) {
            return Ok(known.clone());
        }
        let patterns: Arc<[PathPattern]> = words::patterns(&texts)?.into();
        if texts.iter().map(String::len).sum::<usize>() > LONGEST_KNOWN {
            return Ok(patterns);
        }
        if self.patterns.len() >= MOST_KNOWN {
            self.patterns.clear();
        }
        self.patterns.insert(texts, patterns.clone());
        Ok(patterns)
    }

    /// The number of what was found, or why it was not.
    fn one(&mut self, found: Answer<impl Into<Thing>>) -> Result<std::result::Result<u32, String>> {
        Ok(match found {
            Ok(thing) => Ok(self.things.put(thing)?),
            Err(refusal) => Err(refusal.to_string()),
        })
    }

    fn maybe(
        &mut self,
        found: std::result::Result<Option<impl Into<Thing>>, String>,
    ) -> Result<std::result::Result<Option<u32>, String>> {
        Ok(match found {
            Ok(thing) => Ok(self.things.put_maybe(thing)?),
            Err(message) => Err(message),
        })
    }

    fn each<T: Into<Thing>>(
        &mut self,
        found: std::result::Result<Vec<T>, String>,
    ) -> Result<std::result::Result<Vec<u32>, String>> {
        Ok(match found {
            Ok(things) => Ok(self.things.put_all(things)?),
            Err(message) => Err(message),
        })
    }
}

/// Each accessor counts as a question, which is what nearly every function of the contract begins with.
macro_rules! accessors {
    ($($name:ident $kind:ty,)*) => {
        impl State {
            $(
                fn $name(&self, number: u32) -> Result<&$kind> {
                    self.count()?;
                    Ok(self.things.$name(number)?)
                }
            )*
        }
    };
}

accessors! {
    node Node,
    span Span,
    file File,
    doc Doc,
    instruction Instruction,
    command ShellCommand,
    func Func,
    around Loop,
    docker Docker,
    stage Stage,
    hop LoadHop,
}

/// The answer to a question with words of the author's: where they are wrong, the author is told, and the call goes on.
fn said<W, T>(
    words: Answer<W>,
    ask: impl FnOnce(W) -> Answer<T>,
) -> Result<std::result::Result<T, String>> {
    match words {
        Ok(words) => Ok(Ok(ask(words)?)),
        Err(refusal) => Ok(Err(refusal.to_string())),
    }
}
