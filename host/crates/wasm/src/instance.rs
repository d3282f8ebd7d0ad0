//! An instance of a plugin, for one repository on one thread.

use std::sync::Arc;

use perfctl_runtime::api::{Answer, Draft, Refusal};
use perfctl_runtime::lua::vm::Limits;
use perfctl_runtime::plugin::{Call, Declared, Heard, Said, Worker};
use perfctl_runtime::runner::Outcome;
use wasmtime::Store;

use crate::bindings::exports::perfctl::plugin::rules;
use crate::bindings::{RulePack, RulePackPre};
use crate::call::{Raises, allow, explain, fault, store};
use crate::engine::Engine;
use crate::findings;
use crate::host::State;
use crate::rows::Rows;
use crate::ticker::Ticking;

/// Bytes of memory that a plugin may have where none of its rules asks for more: an interpreter of Python has 30 MiB before it does
/// anything.
const MEMORY: usize = 128 << 20;

/// Bytes that the host copies at most for one call from the plugin or into it: many items of a list may all be the same large text.
const MOST_COPIED: usize = 16 << 20;

/// What a call found, and what it says of the repository as a whole.
type Found = (Vec<Draft>, Option<Outcome>);

/// An instance of a plugin.
pub(crate) struct Instance {
    store: Store<State>,
    pack: RulePack,
    /// The clock ticks as long as there are instances, whether they are called or not: to wake it takes longer than a call.
    _ticking: Ticking,
    /// The rows of the call before, whose room the next one takes.
    rows: Rows,
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
        let pack =
            pack.map_err(|error| explain(&shown, &error, store.data_mut(), limits, Raises::Memory));
        Heard {
            printed: std::mem::take(&mut store.data_mut().printed),
            answer: pack.map(|pack| Self {
                store,
                pack,
                _ticking: ticking,
                rows: Rows::default(),
                shown,
            }),
        }
    }

    /// Calls, and checks what comes back; `None` where that is nothing. Little is handed on: a call that finds nothing takes a quarter of a
    /// microsecond, and what is put together in small parts and then copied in large ones makes the processor wait.
    fn try_call(&mut self, call: &Call<'_>) -> Result<Option<Found>, wasmtime::Error> {
        let state = self.store.data_mut();
        state.begin(Some(call.repository));
        let Some(matches) = &call.matches else {
            return self.try_repository(call.rule, call.limits).map(Some);
        };
        let declared = state.declared.rules.get(call.rule as usize);
        let declared = declared.ok_or_else(|| Refusal::new("the rule is none of the plugin's"))?;
        let file = state.things.open(matches.file);
        let things = &mut state.things;
        let rows = self.rows.of(matches, &declared.matchers, things)?;
        allow(&mut self.store, call.limits.time);
        let rules = self.pack.perfctl_plugin_rules();
        let found = rules.call_check(&mut self.store, call.rule, file, rows);
        self.rows.forget();
        match found {
            // Most calls find nothing, and where there are no lists there is nothing to free: looking for it takes as long as our part of the call.
            Ok(found) if findings::are_none(&found) && self.store.data().failure.is_none() => {
                std::mem::forget(found);
                Ok(None)
            }
            found => Ok(Some((self.checked(call.rule, found?)?, None))),
        }
    }

    /// What came of a call that found or printed something, or failed.
    #[inline(never)]
    fn said(&mut self, found: Result<Option<Found>, wasmtime::Error>, limits: Limits) -> Box<Said> {
        let state = self.store.data_mut();
        let found = found.map(Option::unwrap_or_default);
        let answer =
            found.map_err(|error| explain(&self.shown, &error, state, limits, Raises::Both));
        let printed = std::mem::take(&mut state.printed);
        state.end();
        Box::new(Said { printed, answer })
    }

    /// The same about the repository as a whole.
    #[inline(never)]
    fn try_repository(&mut self, rule: u32, limits: &Limits) -> Result<Found, wasmtime::Error> {
        allow(&mut self.store, limits.time);
        let rules = self.pack.perfctl_plugin_rules();
        let (found, verdict) = rules.call_check_repository(&mut self.store, rule)?;
        let drafts = self.checked(rule, found)?;
        Ok((drafts, verdict.map(outcome).transpose()?))
    }

    /// What a call found, if it can be believed.
    fn checked(&self, rule: u32, found: rules::Findings) -> Result<Vec<Draft>, wasmtime::Error> {
        let state = self.store.data();
        // Whoever says that he failed has failed, whatever came back.
        if state.failure.is_some() {
            return Err(Refusal::new("it failed and went on").into());
        }
        let declared = state.declared.rules.get(rule as usize);
        let messages = declared.map_or(&[][..], |rule| &rule.messages);
        findings::drafts(found, &state.things, messages, &state.deadline)
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

impl Worker for Instance {
    fn call(&mut self, call: &Call<'_>) -> Option<Box<Said>> {
        let found = self.try_call(call);
        let state = self.store.data_mut();
        if matches!(found, Ok(None)) && state.printed.is_empty() {
            state.end();
            return None;
        }
        Some(self.said(found, *call.limits))
    }
}
