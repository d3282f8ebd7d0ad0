//! An instance of a plugin, for one repository on one thread.

use std::sync::Arc;

use perfctl_core::place::ByteSpan;
use perfctl_runtime::api::{Answer, Capture, Match, Part, Refusal};
use perfctl_runtime::lua::vm::Limits;
use perfctl_runtime::plugin::{Call, Declared, Heard, Said, Worker};
use perfctl_runtime::runner::Outcome;
use wasmtime::Store;

use crate::bindings::exports::perfctl::plugin::rules;
use crate::bindings::{RulePack, RulePackPre};
use crate::call::{allow, explain, fault, store};
use crate::engine::Engine;
use crate::findings;
use crate::host::State;
use crate::things::Things;
use crate::ticker::Ticking;

/// Bytes of memory that a plugin may have where none of its rules asks for more: an interpreter of Python has 30 MiB before it does
/// anything.
const MEMORY: usize = 128 << 20;

/// Bytes that the host copies at most for one call from the plugin or into it: many items of a list may all be the same large text.
const MOST_COPIED: usize = 16 << 20;

/// Numbers of rows for which an instance keeps room between calls.
const MOST_KEPT: usize = 64 << 10;

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
    /// A fresh instance, with what it printed while it started. It fails when there can be none, or starting it fails or takes too long or
    /// too much.
    pub(crate) fn start(
        engine: &Engine,
        pre: &RulePackPre<State>,
        declared: Arc<Declared>,
        shown: String,
    ) -> Heard<Self> {
        let asked = declared.rules.iter().map(|rule| rule.limits.memory);
        let limits = Limits {
            memory: asked.max().unwrap_or_default().max(MEMORY),
            ..Limits::default()
        };
        let ticking = match engine.ticker().tick() {
            Ok(ticking) => ticking,
            Err(error) => {
                let why = format!("there is no thread to watch it: {error}");
                return Heard::silent(Err(fault(&shown, &why)));
            }
        };
        let mut store = store(engine, declared, limits.memory, MOST_COPIED);
        store.data_mut().begin(None);
        allow(&mut store, limits.time);
        let pack = pre.instantiate(&mut store);
        let pack = pack.map_err(|error| explain(&shown, &error, store.data_mut(), limits));
        Heard {
            printed: std::mem::take(&mut store.data_mut().printed),
            answer: pack.map(|pack| Self {
                store,
                pack,
                _ticking: ticking,
                rows: Vec::new(),
                shown,
            }),
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
        allow(&mut self.store, call.limits.time);
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
