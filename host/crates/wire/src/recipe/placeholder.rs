//! Which placeholders a recipe may use, and the check of every text that may hold one.

use perfctl_core::recipe::Param;

use super::Vocabulary;
use crate::expand;
use crate::table::{Refusal, Value};

/// The names that may stand in braces: the recipe's parameters and what the host fills in.
pub(super) struct Scope<'v> {
    known: Vec<&'v str>,
    settable: Vec<&'v str>,
}

impl<'v> Scope<'v> {
    pub(super) fn new(params: &'v [Param], vocabulary: &'v Vocabulary) -> Self {
        let own = params.iter().map(|param| param.name.as_str());
        let with = |further: &'v [String]| {
            let further = further.iter().map(String::as_str);
            own.clone().chain(further).collect()
        };
        Self {
            known: with(&vocabulary.placeholders),
            settable: with(&vocabulary.settable),
        }
    }

    /// Holds the name behind `param:` in `when` against what can be set.
    pub(super) fn check_param(&self, name: &str) -> Result<(), Refusal> {
        if self.settable.contains(&name) {
            return Ok(());
        }
        let refusal = Refusal::new(format!("no parameter is called `{name}`"));
        Err(refusal.advise(name, self.settable.iter().copied()))
    }

    /// Reports every stray brace and unknown name in a text value.
    pub(super) fn check(&self, value: &Value<'_>) {
        // A number or flag holds no braces; anything else was reported when it was read.
        let Some(text) = value.as_text() else { return };
        match expand::names(text) {
            Ok(names) => {
                for (at, name) in names {
                    if !self.known.contains(&name) {
                        let refusal =
                            Refusal::new(format!("no parameter or fact is called `{name}`"));
                        value.refuse_part(at, refusal.advise(name, self.known.iter().copied()));
                    }
                }
            }
            Err(error) => {
                let mut refusal = Refusal::new(error.to_string());
                refusal.hint = error.problem.hint().map(str::to_owned);
                value.refuse_part(error.at, refusal);
            }
        }
    }
}
