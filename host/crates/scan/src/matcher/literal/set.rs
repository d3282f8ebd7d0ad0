//! The literals of all needs, looked for in one pass over a text, and a second one for those of a byte or two.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, Input};
use rustc_hash::FxHashMap;

use super::windows::{self, Windows};
use super::{Literal, Need};

/// A full automaton is made after so many bytes were searched without one.
const MUCH: usize = 1 << 20;

/// The literals of a list of needs. A need is asked for by its position in that list.
#[derive(Debug, Default)]
pub struct Literals {
    /// Finds those that are too short for windows: a byte or two.
    automaton: Option<AhoCorasick>,
    /// Searches faster and takes long to make: made once so much was searched that it will pay.
    full: OnceLock<Option<AhoCorasick>>,
    /// Bytes that were searched before that.
    searched: AtomicUsize,
    /// Finds the first literal several times faster; most texts hold none. Only where every literal's case counts, and there are few.
    first: Option<Searcher>,
    /// Finds the others.
    windows: Option<Windows>,
    /// The literals that the automaton finds, by their number there.
    short: Vec<u32>,
    literals: Vec<Literal>,
    needs: Vec<Vec<Vec<u32>>>,
}

/// Which literals a text holds.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    words: Vec<u64>,
}

impl Hits {
    /// Sets the bit of a literal; whether it was not set before.
    fn set(&mut self, at: usize) -> bool {
        let (word, bit) = (&mut self.words[at / 64], 1 << (at % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Whether the text holds none of the literals.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    fn has(&self, at: usize) -> bool {
        self.words
            .get(at / 64)
            .is_some_and(|word| word & (1 << (at % 64)) != 0)
    }
}

impl Literals {
    /// Compiles the literals of `needs`.
    pub fn new<'n>(needs: impl IntoIterator<Item = &'n Need>) -> Self {
        let mut known: FxHashMap<Literal, u32> = FxHashMap::default();
        let mut literals = Vec::new();
        let needs = needs
            .into_iter()
            .map(|need| {
                let clauses = need.best().into_iter();
                clauses
                    .map(|clause| {
                        let of = |literal: &Literal| {
                            *known.entry(literal.clone()).or_insert_with(|| {
                                literals.push(literal.clone());
                                literals.len() as u32 - 1
                            })
                        };
                        clause.iter().map(of).collect()
                    })
                    .collect()
            })
            .collect();
        let is_short = |at: &u32| literals[*at as usize].text.len() < windows::SHORTEST;
        let (short, long): (Vec<u32>, Vec<u32>) = (0..literals.len() as u32).partition(is_short);
        // Too many literals for any automaton: then every text counts as one that holds them.
        let automaton = match short.is_empty() {
            true => None,
            false => build(&literals, &short, AhoCorasickKind::ContiguousNFA)
                .inspect_err(|error| tracing::warn!(%error, "short literals are not looked for"))
                .ok(),
        };
        let numbered = long.iter().map(|at| (*at, &literals[*at as usize]));
        let windows = (!long.is_empty()).then(|| Windows::new(numbered));
        let first = match literals.iter().any(|literal| literal.folded) {
            true => None,
            false => Searcher::new(literals.iter().map(|literal| &literal.text)),
        };
        Self {
            automaton,
            full: OnceLock::new(),
            searched: AtomicUsize::new(0),
            first,
            windows,
            short,
            literals,
            needs,
        }
    }

    /// The automaton to search `text` with.
    fn automaton(&self, text: &str) -> Option<&AhoCorasick> {
        if let Some(full) = self.full.get() {
            return full.as_ref().or(self.automaton.as_ref());
        }
        let searched = self.searched.fetch_add(text.len(), Ordering::Relaxed);
        if searched > MUCH {
            self.full
                .get_or_init(|| build(&self.literals, &self.short, AhoCorasickKind::DFA).ok());
        }
        self.automaton.as_ref()
    }

    /// Looks for every literal in `text`.
    pub fn look(&self, text: &str) -> Hits {
        let mut hits = Hits::default();
        self.look_into(text, &mut hits);
        hits
    }

    /// As [`Self::look`], into `hits` that were used before.
    pub fn look_into(&self, text: &str, hits: &mut Hits) {
        hits.words.clear();
        hits.words.resize(self.literals.len().div_ceil(64), 0);
        let from = match &self.first {
            Some(first) => match first.find(text) {
                Some(found) => found.start(),
                None => return,
            },
            None => 0,
        };
        let mut left = self.literals.len();
        let mut holds = |at: usize, start: usize, hits: &mut Hits| {
            let end = start + self.literals[at].text.len();
            if !hits.has(at)
                && self.literals[at].stands_at(text.as_bytes(), start, end)
                && hits.set(at)
            {
                left -= 1;
            }
            left == 0
        };
        if let Some(windows) = &self.windows {
            windows.search(text.as_bytes(), from, |at, start| {
                holds(at as usize, start, hits)
            });
        }
        if self.short.is_empty() {
            return;
        }
        let Some(automaton) = self.automaton(text) else {
            self.short.iter().for_each(|at| {
                hits.set(*at as usize);
            });
            return;
        };
        for found in automaton.find_overlapping_iter(Input::new(text).range(from..)) {
            let at = self.short[found.pattern().as_usize()] as usize;
            if holds(at, found.start(), hits) {
                return;
            }
        }
    }

    /// Whether the need at position `at` may be met by a text with none of the literals.
    pub fn needs_none(&self, at: usize) -> bool {
        self.is_met(at, &Hits::default())
    }

    /// Whether the need at position `at` is met by a text with these `hits`.
    pub fn is_met(&self, at: usize, hits: &Hits) -> bool {
        self.literals.is_empty()
            || self.needs.get(at).is_none_or(|clauses| {
                clauses
                    .iter()
                    .all(|clause| clause.iter().any(|literal| hits.has(*literal as usize)))
            })
    }
}

fn build(
    literals: &[Literal],
    short: &[u32],
    kind: AhoCorasickKind,
) -> Result<AhoCorasick, BuildError> {
    let mut short = short.iter().map(|at| &literals[*at as usize]);
    AhoCorasick::builder()
        .kind(Some(kind))
        .ascii_case_insensitive(short.clone().any(|literal| literal.folded))
        .build(short.by_ref().map(|literal| &literal.text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::of_regex;
    use super::*;

    proptest! {
        /// Short ones and long ones, in either case, wherever they stand.
        #[test]
        fn what_a_text_holds_is_found(
            exact in prop::collection::vec("[aB_é]{1,9}", 0..12),
            folded in prop::collection::vec("[aB_.]{1,9}", 0..12),
            text in "[abAB_.é]{0,60}",
        ) {
            let literals: Vec<Literal> = exact
                .iter()
                .map(|text| Literal::exact(text))
                .chain(folded.iter().map(|text| Literal::folded(text)))
                .collect();
            let needs: Vec<Need> = literals.iter().cloned().map(Need::one).collect();
            let held = |literal: &Literal| match literal.folded {
                true => text.to_ascii_lowercase().contains(&literal.text),
                false => text.contains(&literal.text),
            };
            // Too short a need is none.
            let expected: Vec<usize> = (0..needs.len())
                .filter(|at| needs[*at].best().is_empty() || held(&literals[*at]))
                .collect();
            prop_assert_eq!(met(&needs, &text), expected);
        }
    }

    fn met(needs: &[Need], text: &str) -> Vec<usize> {
        let literals = Literals::new(needs);
        let hits = literals.look(text);
        (0..needs.len())
            .filter(|at| literals.is_met(*at, &hits))
            .collect()
    }

    #[test]
    fn a_need_is_met_when_every_clause_has_a_literal_in_the_text() {
        let needs = [
            Need::one(Literal::exact("requests")).and(Need::one(Literal::exact("get"))),
            Need::any_of(vec![Literal::exact("httpx"), Literal::exact("aiohttp")]),
            Need::nothing(),
        ];
        assert_eq!(met(&needs, "requests.get(url)"), [0, 2]);
        assert_eq!(met(&needs, "requests.post(url); httpx.x()"), [1, 2]);
        assert_eq!(met(&needs, ""), [2]);
    }

    #[test]
    fn only_what_needs_nothing_can_be_met_without_a_literal() {
        let needs = [Need::one(Literal::exact("get")), Need::nothing()];
        let literals = Literals::new(&needs);
        assert!(literals.look("set").is_empty() && !literals.look("get").is_empty());
        assert_eq!([0, 1].map(|at| literals.needs_none(at)), [false, true]);
    }

    #[test]
    fn literals_that_lie_in_each_other_are_all_found() {
        let needs = ["get", "target", "target_url"].map(|text| Need::one(Literal::exact(text)));
        assert_eq!(met(&needs, "the target_url"), [0, 1, 2]);
        assert_eq!(met(&needs, "a target"), [0, 1]);
    }

    #[test]
    fn what_is_looked_for_first_hides_nothing_that_begins_with_it() {
        let texts = ["a get", "xtarget_url", "get", "target_url get", "tar get_"];
        let words = ["target_url", "target", "get", "tar"];
        let needs = words.map(|text| Need::one(Literal::exact(text)));
        assert!(Literals::new(&needs).first.is_some());
        for text in texts {
            let held: Vec<usize> = (0..words.len())
                .filter(|at| text.contains(words[*at]))
                .collect();
            assert_eq!(met(&needs, text), held, "{text}");
        }
    }

    #[test]
    fn after_many_texts_the_same_is_found() {
        let needs = ["ge", "target", "get_url"].map(|text| Need::one(Literal::folded(text)));
        let literals = Literals::new(&needs);
        let text = format!("{} a Target", "x ".repeat(MUCH / 2));
        let found = |text: &str| -> Vec<usize> {
            let hits = literals.look(text);
            (0..3).filter(|at| literals.is_met(*at, &hits)).collect()
        };
        for _ in 0..3 {
            assert_eq!(found(&text), [0, 1]);
            assert_eq!(found("GET_url"), [0, 2]);
        }
        assert!(matches!(literals.full.get(), Some(Some(_))));
    }

    #[test]
    fn a_word_stands_alone_and_case_counts_unless_it_is_folded() {
        let needs = [
            Need::one(Literal::word("get")),
            Need::one(Literal::exact("get")),
            Need::one(Literal::folded("Get")),
        ];
        assert_eq!(met(&needs, "x.get(1)"), [0, 1, 2]);
        assert_eq!(met(&needs, "forget, getter"), [1, 2]);
        assert_eq!(met(&needs, "GET /"), [2]);
        assert_eq!(met(&needs, "forget; get"), [0, 1, 2]);
    }

    #[test]
    fn what_a_regex_needs_is_met_wherever_it_matches() {
        let patterns = ["(?i)select\\s+\\*", "a+b", "x.y|zz", "FROM .*? LIMIT"];
        let needs = patterns.map(of_regex);
        assert_eq!(met(&needs, "Select  *"), [0]);
        assert_eq!(met(&needs, "AB"), [1]);
        assert_eq!(met(&needs, "fuzz from x limit"), [2, 3]);
    }
}
