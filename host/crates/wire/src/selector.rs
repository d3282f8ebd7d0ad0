//! The forms by which rules are selected: an id, `tag:X`, `category:X` or `pack:X`.

use perfctl_core::ids::RuleId;

use crate::names;
use crate::table::{Refusal, advise};

/// One selected set of rules.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Selector {
    /// One rule, by id or alias.
    Rule(RuleId),
    /// Every rule with the tag.
    Tag(String),
    /// Every rule of the category.
    Category(String),
    /// Every rule of the pack.
    Pack(String),
}

impl Selector {
    /// Reads one of the forms.
    ///
    /// # Errors
    /// An unknown prefix, or a name of the wrong form.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let Some((kind, name)) = text.split_once(':') else {
            return names::rule_id(text).map(Selector::Rule).map_err(|refusal| {
                let hint = refusal.hint.unwrap_or_default();
                let hint = match names::word(text) {
                    Ok(word) => format!("{hint}\nor a set of rules: `tag:{word}`, `category:{word}` or `pack:{word}`"),
                    Err(_) => hint,
                };
                Refusal::new(refusal.message).hint(hint)
            });
        };
        match kind {
            "tag" => names::word(name).map(Selector::Tag),
            "category" => names::word(name).map(Selector::Category),
            "pack" => names::word(name).map(Selector::Pack),
            _ => {
                let kinds = ["tag", "category", "pack"];
                Err(Refusal::new(format!("`{kind}:` selects nothing")).advise(kind, kinds))
            }
        }
    }

    /// Reads one of the forms and holds it against the selectors that exist, if the caller knows them.
    ///
    /// # Errors
    /// As [`Self::parse`]; also when nothing of that name exists.
    pub fn parse_known(text: &str, known: Option<&[String]>) -> Result<Self, Refusal> {
        let selector = Self::parse(text)?;
        match known {
            Some(known) if !known.iter().any(|name| name == text) => {
                let mut refusal = Refusal::new(format!("`{text}` selects no rule"));
                refusal.hint = advise(text, known.iter().map(String::as_str));
                Err(refusal)
            }
            _ => Ok(selector),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_others_are_refused_with_advice() {
        assert_eq!(
            Selector::parse("DB-PERF-001"),
            Ok(Selector::Rule(RuleId::new("DB-PERF-001")))
        );
        assert_eq!(
            Selector::parse("tag:orm"),
            Ok(Selector::Tag("orm".to_owned()))
        );
        assert_eq!(
            Selector::parse("pack:perf"),
            Ok(Selector::Pack("perf".to_owned()))
        );
        assert_eq!(
            Selector::parse("categroy:x")
                .expect_err("prefix")
                .hint
                .as_deref(),
            Some("did you mean `category`?")
        );
        assert!(
            Selector::parse("orm")
                .expect_err("bare word")
                .to_string()
                .contains("`tag:orm`")
        );
        assert!(Selector::parse("tag:").is_err());
    }

    #[test]
    fn a_selector_that_selects_nothing_is_refused_when_the_rules_are_known() {
        let known = ["DB-PERF-001".to_owned(), "tag:orm".to_owned()];
        assert!(Selector::parse_known("DB-PERF-001", Some(&known)).is_ok());
        let refusal = Selector::parse_known("DB-PERF-010", Some(&known)).expect_err("unknown");
        assert_eq!(refusal.hint.as_deref(), Some("did you mean `DB-PERF-001`?"));
        assert!(Selector::parse_known("DB-PERF-010", None).is_ok());
    }
}
