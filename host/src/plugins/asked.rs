//! What a collector asks of the value of an option, as it is written and as it is shown.

use perfctl_core::seams::Demand;
use perfctl_wire::rule::CollectorHead;
use serde::Serialize;

/// What is asked of an option's value.
#[derive(Serialize)]
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
        let mut asked = Self {
            required: false,
            kind: None,
            words: Vec::new(),
        };
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
