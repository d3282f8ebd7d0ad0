//! What facts say that calls give: what they are handed, or what comes of running it.

use super::{Fact, Facts};
use crate::model::eval::results::{Given, Results};

/// The keys that say it with a position, from 1.
const POSITIONS: &[&str] = &["stands_for", "result_of", "wraps"];

/// The key that says that each argument gives one result.
const EACH: &str = "gives_each";

/// Every key that says what a call gives.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    POSITIONS.iter().copied().chain([EACH])
}

/// A position from 1, counted from 0.
fn position(word: &str) -> Option<usize> {
    let at: u8 = word.parse().ok()?;
    at.checked_sub(1).map(usize::from)
}

/// What is wrong with a word that says what a call gives.
pub(super) fn check(key: &str, word: &str) -> Result<(), String> {
    if POSITIONS.contains(&key) && position(word).is_none() {
        return Err(format!(
            "`{key} = \"{word}\"` is no position: write the number of the argument, the first is \"1\" and the last that may be named \"255\""
        ));
    }
    if key == EACH && word != "true" {
        return Err(format!(
            "`{key} = \"{word}\"`: write \"true\", or leave it out where a call gives no such list"
        ));
    }
    Ok(())
}

/// What calls of what a fact speaks of give.
fn given(fact: &Fact) -> Option<Given> {
    let at = |key: &str| position(fact.get(key)?);
    let each = || fact.is(EACH, "true").then_some(Given::Each);
    let by_position = at("stands_for")
        .map(Given::Argument)
        .or_else(|| at("result_of").map(Given::ResultOf))
        .or_else(|| at("wraps").map(Given::Wrapped));
    by_position.or_else(each)
}

impl Facts {
    /// What calls give that hand back what they are handed.
    pub fn results(&self) -> &Results {
        self.results.get_or_init(|| {
            let mut results = Results::default();
            for root in &self.roots {
                results.know(root);
            }
            let mut silent = Vec::new();
            for (path, fact) in &self.exact {
                match given(fact) {
                    Some(given) => results.add(path, given),
                    None => silent.push(path),
                }
            }
            for path in silent {
                results.share(path);
            }
            results
        })
    }
}
