//! Whether a text holds any of a few words: the question that is asked of whole repositories.

use aho_corasick::AhoCorasick;
use aho_corasick::packed::{Config, MatchKind, Searcher};
use memchr::memmem::Finder;

/// A search for the first of a few words. It looks at many bytes at once where the machine can, which an automaton cannot.
#[derive(Debug)]
pub enum AnyOf {
    /// No word is looked for.
    None,
    /// One word.
    One(Box<Finder<'static>>),
    /// Words that are few and long enough to be looked for side by side.
    Few(Searcher),
    /// Any others.
    Many(AhoCorasick),
}

impl AnyOf {
    /// A search for `words`. An empty word stands in every text.
    ///
    /// # Errors
    /// When they are too many for an automaton.
    pub fn new<W: AsRef<[u8]>>(words: &[W]) -> Result<Self, aho_corasick::BuildError> {
        if let [word] = words {
            return Ok(Self::One(Box::new(Finder::new(word.as_ref()).into_owned())));
        }
        if words.is_empty() {
            return Ok(Self::None);
        }
        // It refuses too many words, empty ones, and machines without the instructions.
        let few = Config::new()
            .match_kind(MatchKind::LeftmostFirst)
            .builder()
            .extend(words)
            .build();
        match few {
            Some(few) => Ok(Self::Few(few)),
            None => AhoCorasick::new(words).map(Self::Many),
        }
    }

    /// Whether one of the words stands in `text`.
    pub fn stands_in(&self, text: &[u8]) -> bool {
        match self {
            Self::None => false,
            Self::One(word) => word.find(text).is_some(),
            Self::Few(words) => words.find(text).is_some(),
            Self::Many(words) => words.is_match(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn one_stands_in_a_text_that_holds_it(
            words in prop::collection::vec("[abc]{0,4}", 0..80),
            text in "[abcd]{0,40}",
        ) {
            let any = AnyOf::new(&words).expect("few words");
            let holds = words.iter().any(|word| text.contains(word.as_str()));
            prop_assert_eq!(any.stands_in(text.as_bytes()), holds);
        }
    }
}
