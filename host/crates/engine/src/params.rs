//! Values that `--set name=value` gives, held against the parameters that a recipe declares. Knows no repository.

use std::collections::BTreeMap;
use std::path::Path;

use perfctl_core::recipe::{Param, ParamKind};

use crate::nearness::hint;

/// A value that cannot be taken. A usage error: nothing has run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParamError {
    /// No `=`.
    #[error("`--set {0}` has no value; write `--set name=value`")]
    Form(String),
    /// No such parameter.
    #[error("no parameter is called `{name}`{hint}")]
    Unknown {
        /// What was written.
        name: String,
        /// `; did you mean X?` or the list of parameters.
        hint: String,
    },
    /// Not of the parameter's kind.
    #[error("`{name}` takes {kind}, not `{value}`")]
    Kind {
        /// The parameter.
        name: String,
        /// What was written.
        value: String,
        /// What it takes, with an article.
        kind: &'static str,
    },
    /// A file that is not there.
    #[error("`{name}` takes a file of the repository, and `{value}` is none")]
    Absent {
        /// The parameter.
        name: String,
        /// What was written.
        value: String,
    },
    /// Given more than once, and not the same.
    #[error("`{0}` is set twice, to different values: set it once")]
    Twice(String),
    /// Not one of the choices.
    #[error("`{name}` cannot be `{value}`{hint}")]
    Choice {
        /// The parameter.
        name: String,
        /// What was written.
        value: String,
        /// `; did you mean X?` or the list of choices.
        hint: String,
    },
}

/// Holds the values in force that name files against the repository at `root`.
///
/// # Errors
/// Every file that is not there.
pub fn check_files(
    params: &[Param],
    given: &BTreeMap<String, String>,
    root: &Path,
) -> Result<(), Vec<ParamError>> {
    let files = params.iter().filter(|param| param.kind == ParamKind::File);
    let absent = files.filter_map(|param| {
        let value = given.get(&param.name).filter(|value| !value.is_empty())?;
        (!is_file_of(root, value)).then(|| ParamError::Absent {
            name: param.name.clone(),
            value: value.clone(),
        })
    });
    match absent.collect::<Vec<_>>() {
        absent if absent.is_empty() => Ok(()),
        absent => Err(absent),
    }
}

/// Whether `path`, from `root`, is a file of the repository there: neither an absolute path nor `..` nor a link leads out of it.
pub(crate) fn is_file_of(root: &Path, path: &str) -> bool {
    let real = root.join(path).canonicalize();
    let inside = root
        .canonicalize()
        .is_ok_and(|root| real.is_ok_and(|real| real.is_file() && real.starts_with(root)));
    inside && Path::new(path).is_relative()
}

/// Splits `name=value` at the first `=`.
///
/// # Errors
/// [`ParamError::Form`] without a `=` or a name.
pub fn split(text: &str) -> Result<(String, String), ParamError> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err(ParamError::Form(text.to_owned())),
    }
}

/// The values in force: what is set, else the default. A parameter with neither is absent, and so is a
/// path whose default is empty: it would name the repository's root, which nobody meant.
/// `further` names what may be set without being declared.
///
/// # Errors
/// Every value that cannot be taken, not only the first.
pub fn resolve(
    params: &[Param],
    set: &[(String, String)],
    further: &[&str],
) -> Result<BTreeMap<String, String>, Vec<ParamError>> {
    let mut values: BTreeMap<String, String> = params
        .iter()
        .filter(|param| param.kind != ParamKind::Path || param.default.as_deref() != Some(""))
        .filter_map(|param| Some((param.name.clone(), param.default.clone()?)))
        .collect();
    let mut errors = Vec::new();
    for (at, (name, value)) in set.iter().enumerate() {
        // Of two values the one that is not taken is one that somebody meant.
        let mut before = set[..at].iter();
        if before.any(|(other, before)| other == name && before != value) {
            let twice = ParamError::Twice(name.clone());
            if !errors.contains(&twice) {
                errors.push(twice);
            }
            continue;
        }
        match params.iter().find(|param| param.name == *name) {
            Some(param) => match check(param, value) {
                Ok(()) => drop(values.insert(name.clone(), value.clone())),
                Err(error) => errors.push(error),
            },
            None if further.contains(&name.as_str()) => {
                values.insert(name.clone(), value.clone());
            }
            None => {
                let known = params.iter().map(|param| param.name.as_str());
                let mut known: Vec<&str> = known.collect();
                for name in further {
                    if !known.contains(name) {
                        known.push(name);
                    }
                }
                let hint = hint(name, known.iter().copied());
                errors.push(ParamError::Unknown {
                    name: name.clone(),
                    hint,
                });
            }
        }
    }
    if errors.is_empty() {
        Ok(values)
    } else {
        Err(errors)
    }
}

/// Whether `value` is of the kind and among the choices of `param`.
///
/// # Errors
/// What it would take.
pub fn check(param: &Param, value: &str) -> Result<(), ParamError> {
    let is_named = param.kind != ParamKind::Path || !value.is_empty();
    if !is_named || !param.kind.fits(value) {
        return Err(ParamError::Kind {
            name: param.name.clone(),
            value: value.to_owned(),
            kind: param.kind.wanted(),
        });
    }
    if !param.choices.is_empty() && param.choices.iter().all(|choice| choice != value) {
        return Err(ParamError::Choice {
            name: param.name.clone(),
            value: value.to_owned(),
            hint: hint(value, param.choices.iter().map(String::as_str)),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(name: &str, kind: ParamKind, default: Option<&str>, choices: &[&str]) -> Param {
        Param {
            name: name.to_owned(),
            kind,
            default: default.map(str::to_owned),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            help: String::new(),
        }
    }

    fn set(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn what_is_set_wins_over_the_default_and_is_set_once() {
        let params = [
            param("samples", ParamKind::Integer, Some("3"), &[]),
            param("x", ParamKind::Text, None, &[]),
        ];
        assert_eq!(
            resolve(&params, &[], &[]).expect("defaults")["samples"],
            "3"
        );
        let values = resolve(&params, &set(&[("samples", "5"), ("samples", "5")]), &[]);
        assert_eq!(values.expect("numbers")["samples"], "5");
        let twice = set(&[("samples", "5"), ("samples", "7"), ("samples", "9")]);
        let errors = resolve(&params, &twice, &[]).expect_err("which one is meant?");
        assert_eq!(errors, [ParamError::Twice("samples".to_owned())]);
        assert!(
            !resolve(&params, &[], &[])
                .expect("defaults")
                .contains_key("x")
        );
    }

    #[test]
    fn an_empty_default_is_a_text_but_no_path() {
        let params = [
            param("lock", ParamKind::Path, Some(""), &[]),
            param("suffix", ParamKind::Text, Some(""), &[]),
        ];
        let values = resolve(&params, &[], &[]).expect("defaults");
        assert_eq!(values.keys().collect::<Vec<_>>(), ["suffix"]);
    }

    #[test]
    fn every_wrong_value_is_named_with_what_would_be_right() {
        let params = [
            param("samples", ParamKind::Integer, None, &[]),
            param("rate", ParamKind::Number, None, &[]),
            param("deep", ParamKind::Flag, None, &[]),
            param("engine", ParamKind::Text, None, &["docker", "podman"]),
        ];
        // A recipe may declare what could be set anyhow; it is listed once.
        let further = ["image", "engine"];
        let wrong = set(&[
            ("samples", "2.5"),
            ("rate", "inf"),
            ("deep", "yes"),
            ("engine", "dokcer"),
            ("sampels", "3"),
            ("colour", "red"),
        ]);
        let errors = resolve(&params, &wrong, &further).expect_err("all six are wrong");
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "`samples` takes a whole number, not `2.5`",
                "`rate` takes a number, not `inf`",
                "`deep` takes `true` or `false`, not `yes`",
                "`engine` cannot be `dokcer`; did you mean `docker`?",
                "no parameter is called `sampels`; did you mean `samples`?",
                "no parameter is called `colour`; known: samples, rate, deep, engine, image",
            ]
        );
    }

    #[test]
    fn a_value_may_hold_the_equals_sign_but_must_be_there() {
        assert_eq!(split("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(split("a="), Ok(("a".to_owned(), String::new())));
        assert!(split("a").is_err() && split("=b").is_err());
    }
}
