//! The verdict that a script may say of the repository as a whole, by what its `check_repository` returns.

use mlua::{MultiValue, Table, Value};
use perfctl_wire::table::nearest;

use super::Outcome;
use crate::api::LONGEST;

/// The keys of a verdict.
const KEYS: [&str; 2] = ["not_applicable", "needs_evidence"];

/// The verdict in `answer`, which `export` returned; `None` when it says nothing.
///
/// # Errors
/// What is wrong with it: a slip must not read as "nothing found".
pub(super) fn verdict(export: &str, answer: &MultiValue) -> Result<Option<Outcome>, String> {
    let shape =
        "a verdict is `{ not_applicable = \"reason\" }` or `{ needs_evidence = \"reason\" }`";
    let table = match (answer.front(), export) {
        (None | Some(Value::Nil), _) => return Ok(None),
        (Some(Value::Table(table)), "check_repository") => table,
        (Some(Value::Table(table)), _) if names_verdict(table) => {
            return Err(format!(
                "`{export}` returned a verdict: only `check_repository` says one, of the whole repository"
            ));
        }
        (Some(other), "check_repository") => {
            let kind = other.type_name();
            return Err(format!("`{export}` returned a {kind}; {shape}"));
        }
        _ => return Ok(None),
    };
    let mut said = None;
    for pair in table.pairs::<Value, Value>() {
        let (key, value) = pair.map_err(|error| error.to_string())?;
        let Value::String(key) = &key else {
            return Err(format!("`{export}` returned a list; {shape}"));
        };
        let key = key.to_string_lossy();
        if !KEYS.contains(&key.as_str()) {
            let near = nearest(&key, KEYS).map(|near| format!("; did you mean `{near}`?"));
            return Err(near.map_or_else(
                || format!("`{export}` returned the key `{key}`; {shape}"),
                |near| format!("`{export}` returned the key `{key}`{near}"),
            ));
        }
        let Some(reason) = reason(&value) else {
            let kind = value.type_name();
            return Err(format!(
                "`{key}` needs a reason in words, one that a reader can act on; it is a {kind}"
            ));
        };
        let outcome = match key.as_str() {
            "not_applicable" => Outcome::NotApplicable(reason),
            _ => Outcome::NeedsEvidence(reason),
        };
        if said.replace(outcome).is_some() {
            return Err(format!("`{export}` returned two verdicts; {shape}"));
        }
    }
    match said {
        Some(outcome) => Ok(Some(outcome)),
        None => Err(format!("`{export}` returned an empty table; {shape}")),
    }
}

/// Whether a table holds a key of a verdict. Read raw: a metatable of the script's making is not asked.
fn names_verdict(table: &Table) -> bool {
    KEYS.iter().any(|key| {
        table
            .raw_get::<Value>(*key)
            .is_ok_and(|value| !value.is_nil())
    })
}

/// Words on one line, cut where a message would be.
fn reason(value: &Value) -> Option<String> {
    let Value::String(text) = value else {
        return None;
    };
    let text = text.to_string_lossy();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut text = words.join(" ");
    text.truncate(text.floor_char_boundary(LONGEST));
    (!text.is_empty()).then_some(text)
}
