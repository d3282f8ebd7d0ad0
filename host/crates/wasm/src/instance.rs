//! An instance of a plugin, for one repository on one thread.

use std::cell::Cell;
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
use crate::ticker::Ticking;

/// Bytes of memory that a plugin may have where none of its rules asks for more: an interpreter of Python has 30 MiB before it does
/// anything.
const MEMORY: usize = 128 << 20;

/// Bytes that the host copies at most for one call from the plugin or into it: many items of a list may all be the same large text.
const MOST_COPIED: usize = 16 << 20;

/// Numbers of rows for which an instance keeps room between calls.
const MOST_KEPT: usize = 64 << 10;

/// How much longer than its processor time a call may take on the clock, where other work has the processor.
const PATIENCE: u32 = 20;

/// When a call has to be over. What the clocks say is noted when somebody looks for the first time: most calls are over before the first tick,
/// and asking the system what a thread has used is dearer than they are. A call may take a tick longer for it.
#[derive(Debug)]
pub(crate) struct Deadline {
    time: Duration,
    begun: Cell<Option<(Instant, Duration)>>,
}

impl Deadline {
    /// A deadline so much processor time from now.
    pub(crate) fn from_now(time: Duration) -> Self {
        Self {
            time,
            begun: Cell::new(None),
        }
    }

    /// Whether it has passed.
    pub(crate) fn is_over(&self) -> bool {
        let Some((begun, processor)) = self.begun.get() else {
            self.begun.set(Some((Instant::now(), processor_time())));
            return false;
        };
        let passed = begun.elapsed();
        // No thread uses more than passes, and the clock is quickly asked.
        passed >= self.time
            && (passed >= self.time * PATIENCE
                || processor_time().saturating_sub(processor) >= self.time)
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
    /// The clock ticks as long as there are instances, whether they are called or not: to wake it takes longer than a call.
    _ticking: Ticking,
    /// The rows of the call before, whose room the next one takes.
    rows: Vec<u32>,
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
        let ticking = engine.ticker().tick().map_err(|error| ScriptError {
            place: format!("{shown}: "),
            message: format!("there is no thread to watch it: {error}"),
        })?;
        store.data_mut().begin(None);
        store.data_mut().deadline = Deadline::from_now(limits.time);
        store.set_epoch_deadline(1);
        match pre.instantiate(&mut store) {
            Ok(pack) => Ok(Self {
                store,
                pack,
                _ticking: ticking,
                rows: Vec::new(),
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
        self.rows.clear();
        let given = call
            .file
            .map(|(file, matches)| -> Answer<_> {
                let rules = &state.declared.rules;
                let declared = rules
                    .get(call.rule as usize)
                    .ok_or_else(|| Refusal::new("the rule is none of the plugin's"))?;
                add_rows(
                    &mut self.rows,
                    &mut state.things,
                    &matches,
                    &declared.matchers,
                )?;
                state.things.put(file)
            })
            .transpose()?;
        self.store.data_mut().deadline = Deadline::from_now(call.limits.time);
        self.store.set_epoch_deadline(1);
        let rules = self.pack.perfctl_plugin_rules();
        match given {
            Some(file) => {
                let found = rules.call_check(&mut self.store, call.rule, file, &self.rows)?;
                // A call that took much is no reason to keep much.
                self.rows.shrink_to(MOST_KEPT);
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

/// Adds matches with their captures, as rows of five numbers.
fn add_rows(
    rows: &mut Vec<u32>,
    things: &mut Things,
    matches: &[(u32, Match)],
    matchers: &[perfctl_runtime::plugin::DeclaredMatcher],
) -> Answer<()> {
    rows.reserve(matches.len() * 5);
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
    Ok(())
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
            let drafts = findings::drafts(told, &state.things, messages, &state.deadline)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: Duration = Duration::from_millis(20);

    #[test]
    fn who_waits_while_others_work_is_not_late() {
        let deadline = Deadline::from_now(TIME);
        assert!(!deadline.is_over());
        std::thread::sleep(TIME * 3);
        assert!(!deadline.is_over());
    }

    #[test]
    fn who_works_is_late_after_his_own_time() {
        let begun = processor_time();
        let deadline = Deadline::from_now(TIME);
        while !deadline.is_over() {}
        let took = processor_time() - begun;
        assert!(took >= TIME && took < TIME * 2, "{took:?}");
    }

    #[test]
    fn who_waits_for_ever_is_late() {
        let deadline = Deadline::from_now(Duration::from_millis(1));
        assert!(!deadline.is_over());
        std::thread::sleep(Duration::from_millis(1) * PATIENCE);
        assert!(deadline.is_over());
    }
}
