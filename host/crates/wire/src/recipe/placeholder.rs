//! Which placeholders a recipe may use, and the check of every text that may hold one.

use perfctl_core::recipe::Param;

use super::Vocabulary;
use crate::names;
use crate::table::{Refusal, Value};
use perfctl_core::placeholder as form;

/// Most bytes of a text that a recipe brings along: Linux takes an argument of 128 KiB, and some of it goes to filled-in values.
const LONGEST_WORD: usize = 96 << 10;

/// The names that may stand in braces: the recipe's parameters and what the host fills in.
pub(super) struct Scope<'v> {
    known: Vec<&'v str>,
    settable: Vec<&'v str>,
    beside: &'v dyn Fn(&str) -> Result<String, String>,
}

impl<'v> Scope<'v> {
    pub(super) fn new(
        params: &'v [Param],
        vocabulary: &'v Vocabulary,
        beside: &'v dyn Fn(&str) -> Result<String, String>,
    ) -> Self {
        let own = params.iter().map(|param| param.name.as_str());
        let with = |further: &'v [String]| {
            let further = further.iter().map(String::as_str);
            own.clone().chain(further).collect()
        };
        Self {
            known: with(&vocabulary.placeholders),
            settable: with(&vocabulary.settable),
            beside,
        }
    }

    /// The text of the file at `path` beside the recipe, as a value that stands for itself: its braces name no parameters.
    pub(super) fn text_beside(&self, path: &str) -> Result<String, Refusal> {
        let path = names::inner_path(path, "the recipe's folder")?;
        let text = (self.beside)(&path).map_err(Refusal::new)?;
        if text.len() > LONGEST_WORD || text.contains('\0') {
            let kib = LONGEST_WORD >> 10;
            let refusal = Refusal::new(format!("`{path}` cannot be an argument of a program"));
            return Err(refusal.hint(format!("an argument is text of at most {kib} KiB")));
        }
        Ok(form::escape(&text))
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
        match form::names(text) {
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
                let mut refusal = Refusal::new(error.problem.to_string());
                refusal.hint = Some(error.problem.hint().to_owned());
                value.refuse_part(error.at, refusal);
            }
        }
    }
}
