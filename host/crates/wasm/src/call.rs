//! What every call of a guest has in common: the store that keeps it within its limits, and the words for how it ended.

use std::sync::Arc;
use std::time::Duration;

use perfctl_runtime::api::{Refusal, clean};
use perfctl_runtime::lua::vm::{Limits, ScriptError};
use perfctl_runtime::plugin::Declared;
use wasmtime::{Store, Trap, UpdateDeadline, WasmBacktrace};

use crate::deadline::{Deadline, Late};
use crate::engine::Engine;
use crate::host::State;
use crate::meter::Meter;

/// What the engine says of what is larger than may be copied.
const COPIED_TOO_MUCH: &str = "fuel allocated for hostcalls";

/// A store for a guest that may have `memory` bytes, and of which the host copies `copied` bytes in a call.
pub(crate) fn store(
    engine: &Engine,
    declared: Arc<Declared>,
    memory: usize,
    copied: usize,
) -> Store<State> {
    let meter = Meter::new(memory, engine.pool().clone());
    let state = State::new(declared, meter, engine.ticks().clone(), copied);
    let mut store = Store::new(engine.inner(), state);
    store.limiter(|state| &mut state.meter);
    store.set_hostcall_fuel(copied);
    store.epoch_deadline_callback(|context| match context.data().deadline.is_over() {
        true => Err(Late.into()),
        false => Ok(UpdateDeadline::Continue(1)),
    });
    // Wherever a tick has passed the clock is looked at and the next tick waited for, in whichever call that is.
    store.set_epoch_deadline(1);
    store
}

/// From now on the guest has so much processor time.
pub(crate) fn allow(store: &mut Store<State>, time: Duration) {
    store.data_mut().deadline = Deadline::from_now(time);
}

/// An error of the plugin that messages call `shown`. Names in it may be the component's own, and the engine's words may go over several
/// lines.
pub(crate) fn fault(shown: &str, message: &str) -> ScriptError {
    ScriptError {
        place: format!("{shown}: "),
        message: clean(&message.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// Which limits of a call its author can raise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Raises {
    /// Those of a rule, in its rule.toml.
    Both,
    /// The memory, which the rule that asks for most decides.
    Memory,
    /// None.
    Neither,
}

impl Raises {
    /// What a sentence says of the limit `key`, which can be raised or not.
    fn said(can_be: bool, key: &str, most: &str) -> String {
        match can_be {
            true => format!("; `[limits] {key}` of rule.toml allows a rule up to {most}"),
            false => String::new(),
        }
    }
}

/// Why a call ended early, for the plugin's author and for who reads the verdict.
#[cold]
pub(crate) fn explain(
    shown: &str,
    error: &wasmtime::Error,
    state: &mut State,
    limits: Limits,
    raises: Raises,
) -> ScriptError {
    let plugin = |message: String| fault(shown, &message);
    if error.is::<Late>() {
        let ms = limits.time.as_millis();
        // What has the most already is told of nothing more.
        let how = Raises::said(raises == Raises::Both && ms < 5000, "time_ms", "5000 ms");
        return plugin(format!("took longer than its limit of {ms} ms{how}"));
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
    // A guest that lived with memory that it did not get, and then did what it may not, hears of the latter.
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return plugin(refusal.to_string());
    }
    if let Some(refused) = state.meter.refused() {
        let can_be = raises != Raises::Neither && refused.is_own;
        let how = Raises::said(can_be, "memory_mib", "256 MiB");
        return plugin(format!("{}{how}", refused.why));
    }
    if format!("{error:#}").contains(COPIED_TOO_MUCH) {
        let most = state.most_copied >> 20;
        return plugin(format!(
            "its answer, or what it hands the host in a call, has more than {most} MiB"
        ));
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
    plugin(said)
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
