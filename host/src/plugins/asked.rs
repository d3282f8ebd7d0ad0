//! What a collector asks of the value of an option: as a lock writes it, and as it is shown.

use perfctl_core::seams::Demand;
use perfctl_wire::rule::CollectorHead;
use serde::Serialize;

/// What a lock writes before the values that an option may have, and between two of them.
const ONE_OF: &str = "one of ";
const OR: char = '|';

/// What is asked of an option's value.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Asked {
    required: bool,
    /// `count` or `flag`, where its value is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// The values that it may have, where only some are allowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
}

impl Asked {
    /// What `head` asks of its option `name`.
    pub(crate) fn of(head: &CollectorHead, name: &str) -> Self {
        let mut asked = Self::default();
        for (_, demand) in head.demands.iter().filter(|(other, _)| other == name) {
            match demand {
                Demand::Given => asked.required = true,
                Demand::Count => asked.kind = Some("count"),
                Demand::Flag => asked.kind = Some("flag"),
                Demand::Word(words) => asked.words.clone_from(words),
            }
        }
        asked
    }

    /// What a lock says behind the option's name: words that stay the same whatever is shown.
    pub(crate) fn written(&self) -> String {
        let words = (!self.words.is_empty())
            .then(|| format!("{ONE_OF}{}", self.words.join(&OR.to_string())));
        let required = self.required.then(|| "required".to_owned());
        let kind = self.kind.map(str::to_owned);
        let asked = kind.into_iter().chain(words).chain(required);
        asked.map(|text| format!(", {text}")).collect()
    }

    /// Reads what a lock says; what is none of its words asks nothing.
    pub(crate) fn read(written: &str) -> Self {
        let mut asked = Self::default();
        for word in written.split(", ") {
            match word {
                "required" => asked.required = true,
                "count" => asked.kind = Some("count"),
                "flag" => asked.kind = Some("flag"),
                other => {
                    if let Some(words) = other.strip_prefix(ONE_OF) {
                        asked.words = words.split(OR).map(str::to_owned).collect();
                    }
                }
            }
        }
        asked
    }

    /// The same behind the option's help; empty where nothing is asked.
    pub(crate) fn text(&self) -> String {
        let kind = match self.kind {
            Some("count") => Some("a whole number".to_owned()),
            Some(_) => Some("true or false".to_owned()),
            None => None,
        };
        let words = (!self.words.is_empty()).then(|| self.words.join(" or "));
        let required = self.required.then(|| "required".to_owned());
        let asked = kind.into_iter().chain(words).chain(required);
        asked.map(|text| format!(", {text}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lock_says_is_read_again() {
        let asked = Asked {
            required: true,
            kind: Some("count"),
            words: vec!["a".to_owned(), "b c".to_owned()],
        };
        assert_eq!(asked.written(), ", count, one of a|b c, required");
        assert_eq!(Asked::read(&asked.written()), asked);
        assert_eq!(Asked::read(&Asked::default().written()), Asked::default());
        assert_eq!(asked.text(), ", a whole number, a or b c, required");
    }
}
