//! Texts that must occur where a matcher matches: what lets a file or a string be passed over without a closer look.
//!
//! A [`Need`] is worked out once per matcher; [`Literals`] looks for those of all matchers in one pass. Both may only err on
//! the side of a closer look. Knows neither files nor what the matchers are.

mod any;
mod expression;
mod set;
mod windows;

pub use any::AnyOf;
pub use expression::of_regex;
pub use set::{Hits, Literals};

/// Longest literal that is looked for, in bytes. More would hardly tell more, and each byte costs automaton.
const LONGEST: usize = 32;
/// Shorter ones occur nearly everywhere, in bytes.
const SHORT: usize = 3;
/// Most alternatives of one clause.
const MOST_ALTERNATIVES: usize = 64;
/// Most clauses that are looked for.
const MOST_CLAUSES: usize = 3;

/// A text that must occur.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal {
    text: String,
    /// Whether ASCII letters match in either case; the text is in lower case then.
    folded: bool,
    /// Whether it must stand as a whole word.
    whole: bool,
}

impl Literal {
    /// `text` as it is written.
    pub fn exact(text: &str) -> Self {
        Self {
            text: cut(text).to_owned(),
            folded: false,
            whole: false,
        }
    }

    /// `text` in capital or small letters.
    pub fn folded(text: &str) -> Self {
        Self {
            text: cut(text).to_ascii_lowercase(),
            folded: true,
            whole: false,
        }
    }

    /// `text` as an identifier of its own. One too long to be looked for entirely is looked for by its beginning.
    pub fn word(text: &str) -> Self {
        let shown = cut(text);
        Self {
            text: shown.to_owned(),
            folded: false,
            whole: shown.len() == text.len(),
        }
    }

    fn is_short(&self) -> bool {
        self.text.len() < SHORT
    }

    /// Whether the bytes `start..end` of `text` are an occurrence.
    fn stands_at(&self, text: &[u8], start: usize, end: usize) -> bool {
        let in_word = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        };
        let is_told = text.get(start..end).is_some_and(|bytes| match self.folded {
            true => bytes.eq_ignore_ascii_case(self.text.as_bytes()),
            false => bytes == self.text.as_bytes(),
        });
        is_told
            && !(self.whole
                && (in_word(start.checked_sub(1).and_then(|at| text.get(at)))
                    || in_word(text.get(end))))
    }
}

/// The beginning of `text` that is short enough.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a text must hold for a matcher to match in it: of every clause at least one literal. Without clauses nothing is
/// known, so every text may match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    clauses: Vec<Vec<Literal>>,
}

impl Need {
    /// Nothing is known.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// One literal.
    pub fn one(literal: Literal) -> Self {
        Self::any_of(vec![literal])
    }

    /// Any of the literals.
    pub fn any_of(mut literals: Vec<Literal>) -> Self {
        literals.sort();
        literals.dedup();
        let says_something = !literals.is_empty()
            && literals.len() <= MOST_ALTERNATIVES
            && literals.iter().all(|literal| !literal.text.is_empty());
        Self {
            clauses: says_something.then_some(literals).into_iter().collect(),
        }
    }

    /// What both say.
    pub fn and(mut self, other: Need) -> Self {
        for clause in other.clauses {
            if !self.clauses.contains(&clause) {
                self.clauses.push(clause);
            }
        }
        self
    }

    /// What holds whichever of `needs` does: the clauses that all have, and the best of each as one. Nothing when one of
    /// them says nothing.
    pub fn or(needs: impl IntoIterator<Item = Need>) -> Self {
        let needs: Vec<Need> = needs.into_iter().collect();
        let Some(first) = needs.first() else {
            return Self::nothing();
        };
        let mut common = first.clauses.clone();
        common.retain(|clause| needs.iter().all(|need| need.clauses.contains(clause)));
        let mut best = Vec::new();
        for need in &needs {
            match need.clauses.iter().max_by_key(|clause| worth(clause)) {
                Some(clause) => best.extend(clause.iter().cloned()),
                None => return Self::nothing(),
            }
        }
        Self { clauses: common }.and(Self::any_of(best))
    }

    /// Whether nothing is known.
    pub fn is_nothing(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The few clauses that tell most: the others cost more than they spare.
    fn best(&self) -> Vec<&[Literal]> {
        let mut best: Vec<&[Literal]> = self.clauses.iter().map(Vec::as_slice).collect();
        best.sort_by_key(|clause| std::cmp::Reverse(worth(clause)));
        if best
            .first()
            .is_some_and(|clause| !clause.iter().any(Literal::is_short))
        {
            best.retain(|clause| !clause.iter().any(Literal::is_short));
        }
        best.truncate(MOST_CLAUSES);
        best
    }
}

/// How much a clause tells: long literals and few of them are rare.
fn worth(clause: &[Literal]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = clause.iter().map(|literal| literal.text.len()).min();
    (shortest.unwrap_or(0), std::cmp::Reverse(clause.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(texts: &[&str]) -> Need {
        Need::any_of(texts.iter().map(|text| Literal::exact(text)).collect())
    }

    #[test]
    fn either_of_two_needs_asks_for_the_best_of_each() {
        let left = exact(&["ab"]).and(exact(&["session"]));
        let right = exact(&["client"]);
        assert_eq!(
            Need::or([left.clone(), right]),
            exact(&["client", "session"])
        );
        assert!(Need::or([left.clone(), Need::nothing()]).is_nothing());
        assert_eq!(Need::or([left.clone(), left.clone()]), left);
        assert!(Need::or([]).is_nothing());
    }

    #[test]
    fn an_empty_literal_says_nothing() {
        assert!(exact(&["session", ""]).is_nothing());
        assert!(exact(&[]).is_nothing());
        let many: Vec<String> = (0..=MOST_ALTERNATIVES)
            .map(|n| format!("name{n}"))
            .collect();
        assert!(exact(&many.iter().map(String::as_str).collect::<Vec<_>>()).is_nothing());
    }

    #[test]
    fn short_literals_are_looked_for_only_where_there_is_nothing_better() {
        let both = exact(&["os"]).and(exact(&["environ"]));
        assert_eq!(both.best(), [&[Literal::exact("environ")][..]]);
        assert_eq!(exact(&["os"]).best(), [&[Literal::exact("os")][..]]);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let long = "é".repeat(40);
        assert_eq!(Literal::word(&long).text, "é".repeat(16));
        assert!(!Literal::word(&long).whole);
        assert!(Literal::word("get").whole);
    }
}
