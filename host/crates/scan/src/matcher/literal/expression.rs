//! What a text must hold for a regular expression to match in it.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};

use super::{Literal, MOST_ALTERNATIVES, Need};

/// Parts of a sequence from which literals are looked for.
const MOST_PARTS: usize = 64;

/// How many bytes of each alternative are looked for, the first that leaves few enough. Fewer than four stand in most texts.
const LENGTHS: [usize; 7] = [usize::MAX, 16, 12, 10, 8, 6, 4];

/// What a text must hold for `pattern`, as the `regex` crate reads it, to match in it. Case is never counted, so the
/// answer also holds for an expression that was built to ignore it.
pub fn of_regex(pattern: &str) -> Need {
    match ParserBuilder::new().build().parse(pattern) {
        Ok(hir) => of(&hir),
        Err(_) => Need::nothing(),
    }
}

// As deep as expressions nest, which their parser limits.
fn of(hir: &Hir) -> Need {
    let need = beginnings(hir);
    match hir.kind() {
        HirKind::Capture(capture) => need.and(of(&capture.sub)),
        HirKind::Repetition(repetition) if repetition.min > 0 => need.and(of(&repetition.sub)),
        HirKind::Alternation(branches) => need.and(Need::or(branches.iter().map(of))),
        HirKind::Concat(parts) => (1..parts.len().min(MOST_PARTS))
            .map(|at| beginnings(&Hir::concat(parts[at..].to_vec())))
            .chain(parts.iter().map(of))
            .fold(need, Need::and),
        _ => need,
    }
}

/// The literals with which every match begins.
fn beginnings(hir: &Hir) -> Need {
    let found = Extractor::new().extract(hir);
    let Some(literals) = found.literals() else {
        return Need::nothing();
    };
    let texts = |longest: usize| {
        let mut texts: Vec<Literal> = literals
            .iter()
            .map(|literal| {
                let bytes = literal.as_bytes();
                let bytes = &bytes[..bytes.len().min(longest)];
                // The extractor counts bytes and may have cut a character.
                let valid = match std::str::from_utf8(bytes) {
                    Ok(text) => text,
                    Err(error) => {
                        std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
                    }
                };
                Literal::folded(valid)
            })
            .collect();
        texts.sort();
        texts.dedup();
        texts
    };
    // Many alternatives often share their first letters: as many of these as leave few enough.
    let mut lengths = LENGTHS.iter().map(|longest| texts(*longest));
    Need::any_of(
        lengths
            .find(|texts| texts.len() <= MOST_ALTERNATIVES)
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(texts: &[&str]) -> Vec<Literal> {
        texts.iter().map(|text| Literal::folded(text)).collect()
    }

    fn best(pattern: &str) -> Vec<Literal> {
        let need = of_regex(pattern);
        need.best()
            .first()
            .map(|clause| clause.to_vec())
            .unwrap_or_default()
    }

    #[test]
    fn the_longest_part_that_must_occur_is_found_wherever_it_stands() {
        for (pattern, texts) in [
            ("execute", &["execute"][..]),
            (r"\bexecute\(", &["execute("]),
            (r"\w+\.objects\.all\(\)", &[".objects.all()"]),
            (r"(?i)select\s", &["select", "\u{17f}elect"]),
            (r"(?:get|post)_json", &["get_json", "post_json"]),
            (r"^\s*(FROM|COPY)\s+", &["copy", "from"]),
            (r"x*(alpha)+", &["alpha"]),
        ] {
            assert_eq!(best(pattern), folded(texts), "{pattern}");
        }
    }

    #[test]
    fn of_many_ways_to_begin_as_much_is_looked_for_as_leaves_few() {
        let pattern = "(from |import )(alpha|beta)[abcdefghijklmnopqrst]x";
        assert_eq!(
            best(pattern),
            folded(&["from alpha", "from beta", "import alpha", "import beta"])
        );
    }

    #[test]
    fn an_expression_that_can_match_anything_needs_nothing() {
        for pattern in [
            r"\w+",
            "",
            "a*",
            "(long)?",
            "long|",
            r"long|\d+",
            "(",
            "[a-z]{3}",
        ] {
            assert!(of_regex(pattern).is_nothing(), "{pattern}");
        }
    }

    proptest! {
        /// The one promise that counts: where the expression matches, its need is met.
        #[test]
        fn a_match_never_lacks_what_its_expression_needs(
            pattern in r"([ab]|ab|\.|x\*|(?:ab|b)|[ab]\+|\\b|\^|é|\(\?i\)k|(?:a|bé)\{1,2\}|\||\$){1,8}",
            text in r"[abxké A]{0,24}",
        ) {
            if let Ok(regex) = regex::Regex::new(&pattern) {
                let set = super::super::Literals::new(&[of_regex(&pattern)]);
                prop_assert!(!regex.is_match(&text) || set.is_met(0, &set.look(&text)), "{pattern} in {text:?}");
            }
        }
    }
}
