//! Errors of TOML's own grammar, reworded where the parser's words leave a person guessing.

use toml::de::Error;

use crate::diagnose::{Fault, Source};

/// The faults for the parser's errors, one per line: what follows the first of a line is mostly its echo.
pub(super) fn faults(source: &Source, errors: &[Error]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = errors.iter().map(|error| fault(source, error)).collect();
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults.dedup_by_key(|fault| fault.line);
    faults
}

fn fault(source: &Source, error: &Error) -> Fault {
    let span = error.span().unwrap_or(0..0);
    let text = source.text();
    let written: &str = text.get(span.clone()).unwrap_or("");
    let rest = text.get(span.start..).unwrap_or("");
    match error.message() {
        "duplicate key" => source
            .fault(span, format!("`{written}` stands twice"))
            .with_hint("a key or table may stand once; keep one of them, or use `[[...]]` for a list of tables"),
        message
            if ["string values must be quoted", "invalid boolean", "invalid float, expected `nan`"]
                .iter()
                .any(|start| message.starts_with(start)) =>
        {
            unquoted(source, span.start, rest)
        }
        "key with no value, expected `=`" if rest.starts_with(':') => {
            source.fault(span, "`:` cannot follow a key").with_hint("TOML writes `key = value`")
        }
        message => {
            let fault = source.fault(span.clone(), message);
            if rest.starts_with("<<<<<<<") || rest.starts_with("=======") || rest.starts_with(">>>>>>>") {
                return fault.with_hint("this is a mark of an unfinished merge; settle it first");
            }
            fault
        }
    }
}

/// A value that is neither quoted nor a number, date, `true` or `false`.
fn unquoted(source: &Source, start: usize, rest: &str) -> Fault {
    let line = rest.lines().next().unwrap_or("");
    let value = line
        .split(['#', ',', ']', '}', '='])
        .next()
        .unwrap_or("")
        .trim_end();
    if value.is_empty() {
        return source
            .fault(start..start, "a value is missing")
            .with_hint("write a value after the `=`, or remove the key");
    }
    let fault = source.fault(start..start + value.len(), "this is no TOML value");
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => fault.with_hint("write `true`"),
        "false" | "no" | "off" => fault.with_hint("write `false`"),
        "none" | "null" | "nil" => fault.with_hint("TOML has no null; leave the key out"),
        _ => fault.with_hint("text stands in quotes: `key = \"text\"`"),
    }
}
