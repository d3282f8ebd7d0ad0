//! An instance of a plugin, for one repository on one thread.

use std::sync::Arc;
use std::time::{Duration, Instant};

use perfctl_core::place::ByteSpan;
use perfctl_runtime::api::{Answer, Capture, Match, Part, Refusal};
use perfctl_runtime::clock::processor_time;
use perfctl_runtime::lua::vm::{Limits, ScriptError};
use perfctl_runtime::plugin::{Call, Declared, Said, Worker};
use perfctl_runtime::runner::Outcome;
use wasmtime::{Store, Trap, UpdateDeadline, WasmBacktrace};

use crate::bindings::exports::perfctl::plugin::rules;
use crate::bindings::{RulePack, RulePackPre};
use crate::engine::Engine;
use crate::findings;
use crate::host::State;
use crate::meter::Meter;
use crate::things::Things;

/// Bytes of memory that a plugin may have where none of its rules asks for more: an interpreter of Python has 30 MiB before it does
/// anything.
const MEMORY: usize = 128 << 20;

/// Bytes that the host copies at most for one call from the plugin or into it: many items of a list may all be the same large text.
const MOST_COPIED: usize = 16 << 20;

/// How much longer than its processor time a call may take on the clock, where other work has the processor.
const PATIENCE: u32 = 20;

/// When a call has to be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    begun: Instant,
    processor: Duration,
    time: Duration,
}

impl Deadline {
    /// A deadline so much processor time from now.
    pub(crate) fn from_now(time: Duration) -> Self {
        Self {
            begun: Instant::now(),
            processor: processor_time(),
            time,
        }
    }

    /// Whether it has passed.
    pub(crate) fn is_over(&self) -> bool {
        processor_time().saturating_sub(self.processor) >= self.time
            || self.begun.elapsed() >= self.time * PATIENCE
    }
}

/// The call took too long.
#[derive(Debug, thiserror::Error)]
#[error("took longer than its limit")]
pub(crate) struct Late;

/// An instance of a plugin.
pub(crate) struct Instance {
    store: Store<State>,
    pack: RulePack,
    engine: Arc<Engine>,
    /// How messages call the plugin.
    shown: String,
}

impl Instance {
    /// A fresh instance.
    ///
    /// # Errors
    /// When there can be none, or starting it fails or takes too long or too much.
    pub(crate) fn new(
        engine: Arc<Engine>,
        pre: &RulePackPre<State>,
        declared: Arc<Declared>,
        shown: String,
    ) -> Result<Self, ScriptError> {
        let asked = declared.rules.iter().map(|rule| rule.limits.memory);
        let memory = asked.max().unwrap_or_default().max(MEMORY);
        let limits = Limits {
            memory,
            ..Limits::default()
        };
        let meter = Meter::new(memory, engine.pool().clone());
        let state = State::new(declared, meter, engine.ticks().clone());
        let mut store = Store::new(engine.inner(), state);
        store.limiter(|state| &mut state.meter);
        store.set_hostcall_fuel(MOST_COPIED);
        store.epoch_deadline_callback(|context| match context.data().deadline.is_over() {
            true => Err(Late.into()),
            false => Ok(UpdateDeadline::Continue(1)),
        });
        let started = {
            let ticking = engine.ticker().tick().map_err(|error| ScriptError {
                place: format!("{shown}: "),
                message: format!("there is no thread to watch it: {error}"),
            })?;
            store.data_mut().begin(None);
            store.data_mut().deadline = Deadline::from_now(limits.time);
            store.set_epoch_deadline(1);
            let started = pre.instantiate(&mut store);
            drop(ticking);
            started
        };
        match started {
            Ok(pack) => Ok(Self {
                store,
                pack,
                engine,
                shown,
            }),
            Err(error) => Err(explain(&shown, &error, store.data_mut(), limits)),
        }
    }

    fn try_call(
        &mut self,
        call: Call<'_>,
    ) -> Result<(rules::Findings, Option<rules::Verdict>), wasmtime::Error> {
        let state = self.store.data_mut();
        state.begin(Some(call.repository));
        let given = call
            .file
            .map(|(file, matches)| -> Answer<_> {
                let rule = state.declared.clone();
                let declared = rule
                    .rules
                    .get(call.rule as usize)
                    .ok_or_else(|| Refusal::new("the rule is none of the plugin's"))?;
                let rows = rows(&mut state.things, &matches, &declared.matchers)?;
                Ok((state.things.put(file)?, rows))
            })
            .transpose()?;
        let _ticking = self.engine.ticker().tick()?;
        self.store.data_mut().deadline = Deadline::from_now(call.limits.time);
        self.store.set_epoch_deadline(1);
        let rules = self.pack.perfctl_plugin_rules();
        match given {
            Some((file, rows)) => {
                let found = rules.call_check(&mut self.store, call.rule, file, &rows)?;
                Ok((found, None))
            }
            None => {
                let answer = rules.call_check_repository(&mut self.store, call.rule)?;
                Ok(answer)
            }
        }
    }
}

/// The verdict that a rule says of the repository as a whole.
fn outcome(verdict: rules::Verdict) -> Answer<Outcome> {
    let words = |reason: String| {
        let words: Vec<&str> = reason.split_whitespace().collect();
        match words.is_empty() {
            true => Err(Refusal::new(
                "a verdict needs a reason in words, one that a reader can act on",
            )),
            false => Ok(perfctl_runtime::api::clean(&words.join(" "))),
        }
    };
    Ok(match verdict {
        rules::Verdict::NotApplicable(reason) => Outcome::NotApplicable(words(reason)?),
        rules::Verdict::NeedsEvidence(reason) => Outcome::NeedsEvidence(words(reason)?),
    })
}

/// Matches with their captures as rows of five numbers.
fn rows(
    things: &mut Things,
    matches: &[(u32, Match)],
    matchers: &[perfctl_runtime::plugin::DeclaredMatcher],
) -> Answer<Vec<u32>> {
    let mut rows = Vec::with_capacity(matches.len() * 5);
    let mut add = |matcher: u32, capture: u32, span: ByteSpan, place: u32| {
        rows.extend([matcher, capture, span.start, span.end, place]);
    };
    for (matcher, one) in matches {
        let (span, place) = match (one.node(), one.span()) {
            (Some(node), span) => {
                let bytes = match span {
                    Some(span) => span.bytes(),
                    None => node.span()?,
                };
                (bytes, things.put(node)?)
            }
            (None, Some(span)) => (span.bytes(), things.put(span)?),
            (None, None) => (ByteSpan::default(), things.put(one.file())?),
        };
        add(*matcher, 0, span, place);
        let captures = matchers
            .get(*matcher as usize)
            .map_or(&[][..], |matcher| matcher.captures.as_slice());
        for (at, name) in captures.iter().enumerate() {
            let parts = match one.capture(name)? {
                None => continue,
                Some(Capture::One(part)) => vec![part],
                Some(Capture::Many(parts)) => parts,
            };
            for part in parts {
                let (bytes, place) = match part {
                    Part::Node(node) => (node.span()?, things.put(node)?),
                    Part::Span(span) => (span.bytes(), things.put(span)?),
                };
                add(*matcher, at as u32 + 1, bytes, place);
            }
        }
    }
    Ok(rows)
}

impl Worker for Instance {
    fn call(&mut self, call: Call<'_>) -> Said {
        let (rule, limits) = (call.rule as usize, call.limits);
        let answer = self.try_call(call);
        let state = self.store.data_mut();
        let answer = answer.and_then(|(told, verdict)| {
            // Whoever says that he failed has failed, whatever came back.
            if state.failure.is_some() {
                return Err(Refusal::new("it failed and went on").into());
            }
            let empty = Vec::new();
            let messages = state.declared.rules.get(rule);
            let messages = messages.map_or(&empty, |rule| &rule.messages);
            let drafts = findings::drafts(told, &state.things, messages, state.deadline)?;
            Ok((drafts, verdict.map(outcome).transpose()?))
        });
        let answer = answer.map_err(|error| explain(&self.shown, &error, state, limits));
        let printed = std::mem::take(&mut state.printed);
        state.end();
        Said { printed, answer }
    }
}

/// Why a call ended early, for the plugin's author and for who reads the verdict.
pub(crate) fn explain(
    shown: &str,
    error: &wasmtime::Error,
    state: &mut State,
    limits: Limits,
) -> ScriptError {
    let plugin = |message: String| ScriptError {
        place: format!("{shown}: "),
        message,
    };
    if error.is::<Late>() {
        let ms = limits.time.as_millis();
        return plugin(format!("took longer than its limit of {ms} ms"));
    }
    if let Some(failure) = state.failure.take() {
        let place = match failure.place.is_empty() {
            true => shown.to_owned(),
            false => format!("{shown}: {}", failure.place),
        };
        state.printed.extend(failure.trace);
        let message = match failure.message.is_empty() {
            true => failure.kind,
            false => format!("{}: {}", failure.kind, failure.message),
        };
        return ScriptError {
            place: format!("{place}: "),
            message,
        };
    }
    if let Some(refused) = state.meter.refused() {
        return plugin(refused);
    }
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return plugin(refusal.to_string());
    }
    let said = match error.downcast_ref::<Trap>() {
        Some(Trap::StackOverflow) => "its calls go deeper than its stack".to_owned(),
        Some(trap) => {
            let trap = trap.to_string();
            let what = trap.strip_prefix("wasm trap: ").unwrap_or(&trap);
            format!("it ended with a trap: {what}{}", place_of(error))
        }
        None => format!("{error:#}"),
    };
    plugin(perfctl_runtime::api::clean(&said))
}

/// The innermost function that has a name, where the component was built with names.
fn place_of(error: &wasmtime::Error) -> String {
    let frames = error.downcast_ref::<WasmBacktrace>();
    let mut frames = frames
        .map_or(&[][..], |backtrace| backtrace.frames())
        .iter();
    let name = frames.find_map(|frame| frame.func_name());
    name.map_or(String::new(), |name| format!(" in `{name}`"))
}
