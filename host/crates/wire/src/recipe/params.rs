//! Parameters of a recipe: their declaration. What `--set` gives them is bound elsewhere.

use perfctl_core::recipe::{Param, ParamKind};

use crate::names;
use crate::table::{Refusal, Table, Value};

fn kinds() -> Vec<(&'static str, ParamKind)> {
    let named = |kind: &ParamKind| (kind.word(), *kind);
    ParamKind::ALL.iter().map(named).collect()
}

/// Reads `[params.NAME]`.
pub(super) fn read(name: &str, value: &Value<'_>) -> Option<Param> {
    if let Err(refusal) = names::word(name) {
        value.refuse_key(refusal);
    }
    value.table(format!("parameter `{name}`"), |table| {
        read_body(name, table)
    })
}

fn read_body(name: &str, table: &Table<'_>) -> Option<Param> {
    let kind = match table.value("kind") {
        Some(value) => value.word(&kinds()),
        None => Some(ParamKind::Text),
    };
    let help = table.filled("help", "\"one line for `recipe show`\"");
    let choices = table
        .value("choices")
        .map(|value| value.items())
        .unwrap_or_default();
    let default = table.value("default");
    let mut param = Param {
        name: name.to_owned(),
        kind: kind?,
        default: None,
        choices: Vec::new(),
        help: help.unwrap_or("").to_owned(),
    };
    // Each choice is held against the kind alone, the default against kind and choices.
    let choices = choices
        .iter()
        .filter_map(|choice| choice.accept(accept(&param, &choice.scalar()?)));
    param.choices = choices.collect();
    param.default = default.and_then(|value| value.accept(accept(&param, &value.scalar()?)));
    Some(param)
}

/// Holds a value against the kind and the choices of a parameter; yields it in its normal form.
///
/// An empty text is allowed for all but numbers and flags: it means "not given".
///
/// # Errors
/// A value that does not fit, with what would.
fn accept(param: &Param, value: &str) -> Result<String, Refusal> {
    if !param.kind.fits(value) {
        return Err(Refusal::new(format!(
            "`{value}` is not {}, as parameter `{}` needs",
            param.kind.wanted(),
            param.name
        )));
    }
    let normal = match (param.kind, value.parse::<i64>()) {
        (ParamKind::Integer, Ok(number)) => number.to_string(),
        _ => value.to_owned(),
    };
    if param.choices.is_empty() || param.choices.contains(&normal) {
        return Ok(normal);
    }
    let refusal = Refusal::new(format!(
        "`{value}` is no choice of parameter `{}`",
        param.name
    ));
    Err(refusal.advise(value, param.choices.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(kind: ParamKind, choices: &[&str]) -> Param {
        Param {
            name: "p".to_owned(),
            kind,
            default: None,
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            help: String::new(),
        }
    }

    #[test]
    fn values_fit_their_kind_or_are_refused() {
        for (kind, good, bad) in [
            (ParamKind::Integer, "-3", "3.5"),
            (ParamKind::Number, "3.5", "inf"),
            (ParamKind::Flag, "true", "yes"),
            (ParamKind::Path, "/usr/bin/python3", "a\0b"),
        ] {
            assert_eq!(accept(&param(kind, &[]), good).as_deref(), Ok(good));
            assert!(
                accept(&param(kind, &[]), bad).is_err(),
                "{bad:?} for {}",
                kind.word()
            );
        }
        let refusal =
            accept(&param(ParamKind::Text, &["smoke", "soak"]), "smoek").expect_err("no choice");
        assert_eq!(
            refusal.to_string(),
            "`smoek` is no choice of parameter `p` (did you mean `smoke`?)"
        );
    }
}
