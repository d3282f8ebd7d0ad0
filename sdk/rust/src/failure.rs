//! Mistakes of the author's, and how the host gets to know what went wrong before a call ends.

use std::cell::Cell;
use std::panic::{Location, PanicHookInfo};

thread_local! {
    /// Where a mistake was made that is noticed later.
    static MADE_AT: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// Ends the call because of something that the author did at the caller's place.
#[cfg(feature = "rules")]
#[track_caller]
pub(crate) fn mistake(message: &str) -> ! {
    mistake_at(Location::caller(), message)
}

/// Ends the call because of something that the author did at a place that the code has left by now.
#[cfg(feature = "rules")]
pub(crate) fn mistake_at(place: &'static Location<'static>, message: &str) -> ! {
    MADE_AT.set(Some(place));
    panic!("{message}")
}

/// What a panic says, and where it was.
fn told(panic: &PanicHookInfo<'_>) -> (String, String) {
    let payload = panic.payload();
    let message = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let message = with_limits(message);
    let place = MADE_AT.take().or(panic.location());
    let place = place.map(|at| format!("{}:{}", at.file(), at.line()));
    (message, place.unwrap_or_default())
}

/// What the standard library says where a target has neither files nor threads nor a network; and where it has no clock.
const ABSENT: [&str; 2] = [
    "operation not supported on this platform",
    "time not implemented on this platform",
];

/// What a panic says, with the reason where it wanted something that no plugin has.
fn with_limits(message: String) -> String {
    match ABSENT.iter().any(|absent| message.contains(absent)) {
        false => message,
        true => format!(
            "{message} (a plugin has no files, network, threads or clock: what the repository holds, `repo.text` and `repo.open` read)"
        ),
    }
}

/// Makes panics tell the host what happened: all that it sees otherwise is that the plugin gave up.
pub(crate) fn tell_the_host() {
    #[cfg(target_arch = "wasm32")]
    {
        use crate::bindings::log::{Failure, failed};

        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            std::panic::set_hook(Box::new(|panic| {
                let (message, place) = told(panic);
                failed(Failure {
                    kind: "panic",
                    message: &message,
                    place: &place,
                    trace: "",
                });
            }));
        });
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = told;
}

/// Several names as a sentence lists them.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => "none".to_owned(),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_plugin_has_is_told_with_the_reason() {
        let said = "called `Result::unwrap()` on an `Err` value: Error { kind: Unsupported, message: \"operation not supported on this platform\" }";
        let told = with_limits(said.to_owned());
        assert!(
            told.starts_with(said) && told.contains("`repo.text`"),
            "{told}"
        );
        assert_eq!(with_limits("no such row".to_owned()), "no such row");
    }
}
