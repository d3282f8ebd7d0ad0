//! Newtypes for every name that travels between rooms, so that a step id is never taken for a rule id.

use std::fmt;
use std::sync::Arc;

macro_rules! name {
    ($(#[$doc:meta])* $ty:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $ty(Arc<str>);

        impl $ty {
            /// Wraps a name; validation happens where the name enters the program.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $ty {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

name!(
    /// A rule or checklist item, such as the `id` of a `rule.toml`: upper case letters, digits and dashes.
    RuleId
);
name!(
    /// A step of a recipe, unique within it.
    StepId
);
name!(
    /// A metric such as `import.total`: lower case words joined by dots.
    MetricName
);
name!(
    /// One run of one recipe on one repository.
    RunId
);

impl RuleId {
    /// What the id shares with others of its kind: `DB-IDX` of `DB-IDX-001`.
    pub fn family(&self) -> &str {
        self.0
            .rsplit_once('-')
            .map_or(&self.0, |(family, _)| family)
    }

    /// Whether `text` has the shape of a rule id: upper case words and numbers joined by single dashes, at least two
    /// words, at most 64 bytes.
    pub fn is_well_formed(text: &str) -> bool {
        text.len() <= 64
            && text.contains('-')
            && text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_is_all_but_the_last_word() {
        assert_eq!(RuleId::from("DB-IDX-001").family(), "DB-IDX");
        assert_eq!(RuleId::from("NET-1").family(), "NET");
    }

    #[test]
    fn a_rule_id_is_upper_case_words_and_numbers() {
        for good in ["NET-1", "DB-PERF-001", "ORG2-X"] {
            assert!(RuleId::is_well_formed(good), "{good}");
        }
        for bad in [
            "", "NET", "net-001", "NET--1", "-NET-1", "NET-1-", "NET 1", "1-NET",
        ] {
            assert!(!RuleId::is_well_formed(bad), "{bad}");
        }
    }
}
