//! Scripts that break: what a user reads of it, and where it was.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Error, Lua};
use thiserror::Error;

use super::api::names;
use super::vm::Limits;

/// A script that broke: the verdict of its rule is `error`.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{place}{message}")]
pub struct ScriptError {
    /// `rule.lua:12: `, or the script alone when no line is known.
    pub place: String,
    /// What happened.
    pub message: String,
}

impl ScriptError {
    /// Whether Luau says no more than that something was nil.
    pub(super) fn is_about_nil(&self) -> bool {
        self.message == "attempt to call a nil value"
            || self.message.starts_with("attempt to index nil with")
    }

    /// Whether Luau says no more than that something could not be changed.
    pub(super) fn is_about_readonly(&self) -> bool {
        self.message == "attempt to modify a readonly table"
    }

    /// The script and its line, where a line is known.
    pub(super) fn line(&self) -> Option<(&str, usize)> {
        let (chunk, line) = self.place.strip_suffix(": ")?.rsplit_once(':')?;
        Some((chunk, line.parse().ok()?))
    }

    /// Something about the script as a whole.
    pub(super) fn of_script(chunk: &str, message: String) -> Self {
        Self {
            place: format!("{chunk}: "),
            message,
        }
    }
}

/// The longest error text that is kept, in bytes.
const LONGEST: usize = 2048;

/// The chunk of the bounds around built-ins: lines of it say nothing to a rule's author.
pub(super) const BOUNDS: &str = "perfctl";

/// Frames looked at for one that is the script's own; the innermost come first.
const FRAMES: usize = 64;

/// What Luau throws when an allocation is refused.
const OUT_OF_MEMORY: &str = "not enough memory";

/// Where a script was when it was stopped. Memory that ran out and time that ran out carry no line of their own, so it is read
/// off the stack while the stack is still there.
#[derive(Clone, Default)]
pub(super) struct Trace(Rc<RefCell<Option<String>>>);

impl Trace {
    /// Forgets what was recorded: another call begins.
    pub(super) fn clear(&self) {
        self.0.replace(None);
    }

    /// Records the innermost line of script on the stack, unless something was recorded since the call began.
    pub(super) fn record(&self, lua: &Lua) {
        if self.0.borrow().is_none() {
            self.0.replace(place_now(lua));
        }
    }

    fn place(&self) -> Option<String> {
        self.0.borrow().clone()
    }
}

/// `rule.lua:12` of the innermost frame that is a script's.
fn place_now(lua: &Lua) -> Option<String> {
    let frame = |level| {
        lua.inspect_stack(level, |frame| {
            let source = frame.source();
            let chunk = source
                .short_src
                .as_deref()
                .filter(|chunk| *chunk != BOUNDS && !chunk.starts_with("__mlua"))?;
            Some(format!("{chunk}:{}", frame.current_line()?))
        })
    };
    (0..FRAMES).map_while(frame).flatten().next()
}

/// What to write where a method was called with a dot, so that what it is called on came first among its arguments or not at all.
fn without_self(message: &str) -> Option<String> {
    let rest = message.strip_prefix("bad argument 1 to `")?;
    let (name, why) = rest.split_once('`')?;
    let (kind, method) = name.split_once('.')?;
    why.contains("to userdata").then(|| {
        let value = kind.to_lowercase();
        format!("`{method}` is a method: it is called with a colon, `{value}:{method}(...)`")
    })
}

/// What to write where something was called that no thing can do, of which the binding says no more than its name.
fn unknown_method(message: &str) -> Option<String> {
    let rest = message.strip_prefix("attempt to call an unknown method '")?;
    Some(names::no_method(rest.strip_suffix('\'')?))
}

/// Why a call ended early, for a user. `is_late` says that its time had run out.
pub(super) fn describe(
    chunk: &str,
    error: &Error,
    trace: &Trace,
    is_late: bool,
    limits: Limits,
) -> ScriptError {
    let recorded = trace.place();
    let text = text_of(error);
    let text = text.lines().next().unwrap_or_default();
    let clean: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    let clean = &clean[..clean.floor_char_boundary(LONGEST)];
    let clean = match leading_place(BOUNDS, clean) {
        Some(place) => clean[place.len()..].trim_start_matches([':', ' ']),
        None => clean,
    };
    // A message that names a line of the script itself knows better: `error("...", 2)` speaks of the caller.
    let chunks = recorded
        .as_deref()
        .and_then(|place| Some(place.rsplit_once(':')?.0))
        .into_iter()
        .chain([chunk]);
    let said = chunks
        .into_iter()
        .find_map(|chunk| leading_place(chunk, clean));
    let message = match said {
        Some(place) => clean[place.len()..].trim_start_matches([':', ' ']),
        None => clean,
    };
    let message = if is_late {
        format!(
            "took longer than its limit of {} ms",
            limits.time.as_millis()
        )
    } else if is_out_of_memory(error) {
        format!(
            "took more than its limit of {} MiB of memory",
            limits.memory >> 20
        )
    } else {
        without_self(message)
            .or_else(|| unknown_method(message))
            .unwrap_or_else(|| message.to_owned())
    };
    let place = match (is_late, said, recorded) {
        (true, _, Some(place)) => place,
        (_, Some(place), _) => place.to_owned(),
        (_, None, Some(place)) => place,
        (_, None, None) => chunk.to_owned(),
    };
    ScriptError {
        place: format!("{place}: "),
        message,
    }
}

fn is_out_of_memory(error: &Error) -> bool {
    match error {
        Error::MemoryError(_) => true,
        Error::RuntimeError(text) => text == OUT_OF_MEMORY,
        Error::CallbackError { cause, .. } => is_out_of_memory(cause),
        _ => false,
    }
}

fn text_of(error: &Error) -> String {
    match error {
        Error::CallbackError { cause, .. } => text_of(cause),
        Error::BadArgument { to, pos, cause, .. } => {
            let to = to.as_deref().unwrap_or("function");
            format!("bad argument {pos} to `{to}`: {}", text_of(cause))
        }
        Error::RuntimeError(text) => text.clone(),
        Error::SyntaxError { message, .. } => message.clone(),
        other => other.to_string(),
    }
}

/// `rule.lua:12` at the start of an error text.
fn leading_place<'t>(chunk: &str, text: &'t str) -> Option<&'t str> {
    let rest = text.strip_prefix(chunk)?.strip_prefix(':')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| &text[..chunk.len() + 1 + digits])
}
