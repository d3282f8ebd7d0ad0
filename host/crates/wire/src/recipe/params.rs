//! Parameters of a recipe: their declaration. What `--set` gives them is bound elsewhere.

use perfctl_core::recipe::{Param, ParamKind};

use crate::names;
use crate::table::{Refusal, Table, Value};

const KINDS: [(&str, ParamKind); 5] = [
    ("text", ParamKind::Text),
    ("integer", ParamKind::Integer),
    ("number", ParamKind::Number),
    ("flag", ParamKind::Flag),
    ("path", ParamKind::Path),
];

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
        Some(value) => value.word(&KINDS),
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
/// An empty text is allowed for texts and paths, and for them only: it means "not given".
///
/// # Errors
/// A value that does not fit, with what would.
fn accept(param: &Param, value: &str) -> Result<String, Refusal> {
    let wrong = |wanted: &str| {
        Refusal::new(format!(
            "`{value}` is not {wanted}, as parameter `{}` needs",
            param.name
        ))
    };
    let normal = match param.kind {
        ParamKind::Text => value.to_owned(),
        ParamKind::Integer => value
            .parse::<i64>()
            .map_err(|_| wrong("a whole number"))?
            .to_string(),
        ParamKind::Number => {
            let number = value
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite());
            number
                .map(|_| value.to_owned())
                .ok_or_else(|| wrong("a number"))?
        }
        ParamKind::Flag if value == "true" || value == "false" => value.to_owned(),
        ParamKind::Flag => return Err(wrong("`true` or `false`")),
        ParamKind::Path if value.contains('\0') => return Err(wrong("a path")),
        ParamKind::Path => value.to_owned(),
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
