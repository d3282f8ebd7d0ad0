//! What gives a sentence away, and what a sentence does not have.

use crate::doc::sql::outline::Outline;
use crate::doc::sql::token::TokenKind;

/// Words that name no column and no table; sorted.
const PROSE: &[&str] = &[
    "a",
    "about",
    "an",
    "another",
    "any",
    "are",
    "because",
    "been",
    "but",
    "can",
    "does",
    "each",
    "every",
    "existing",
    "following",
    "has",
    "have",
    "her",
    "his",
    "how",
    "it",
    "its",
    "list",
    "many",
    "may",
    "more",
    "most",
    "multiple",
    "must",
    "my",
    "new",
    "of",
    "one",
    "or",
    "other",
    "our",
    "should",
    "some",
    "such",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "we",
    "what",
    "which",
    "will",
    "would",
    "you",
    "your",
];

/// Whether a word of prose stands where only a name may, or a sentence ends before the text does.
pub(super) fn has_prose(outline: &Outline<'_>) -> bool {
    let count = outline.tokens.len();
    let is_prose = |at: usize| {
        PROSE
            .binary_search(&outline.word(at).to_ascii_lowercase().as_str())
            .is_ok()
    };
    let is_qualified =
        |at: usize| outline.is_symbol(at + 1, '.') || (at > 0 && outline.is_symbol(at - 1, '.'));
    let is_followed_by_word = |at: usize| {
        outline
            .tokens
            .get(at + 1)
            .is_some_and(|token| token.kind == TokenKind::Word)
    };
    let names = |at: usize| {
        outline.is_any(
            at,
            &[
                "SELECT", "FROM", "INTO", "UPDATE", "JOIN", "ALL", "TABLE", "DISTINCT", "SET",
                "WHERE", "BY", "VIEW", "INDEX", "USER", "DATABASE",
            ],
        )
    };
    let behind_keyword = (0..count).any(|at| {
        names(at)
            && is_prose(at + 1)
            && !is_qualified(at + 1)
            && (is_followed_by_word(at + 1) || at + 2 >= count)
            && !outline.is_any(
                at + 2,
                &[
                    "AS", "FROM", "WHERE", "JOIN", "SET", "ORDER", "LIMIT", "ON", "AND", "IN", "IS",
                ],
            )
    });
    let is_sentence_end = |at: usize| {
        outline.is_symbol(at, '.')
            && at > 0
            && outline.tokens[at - 1].kind == TokenKind::Word
            && !is_glued(outline, at)
    };
    let last = outline.text.trim_end();
    behind_keyword
        || (0..count).any(is_sentence_end)
        || last.ends_with(['.', '!', ':'])
        || last.ends_with("?\"")
}

/// Whether a name goes on right behind the dot at `at`.
fn is_glued(outline: &Outline<'_>, at: usize) -> bool {
    outline
        .tokens
        .get(at + 1)
        .is_some_and(|next| next.start == outline.tokens[at].end)
}

pub(super) fn is_title_case(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..].starts_with(|c: char| c.is_ascii_lowercase())
}

/// Something that SQL has and a sentence has not.
pub(super) fn has_proof(outline: &Outline<'_>) -> bool {
    (1..outline.tokens.len()).any(|at| {
        let is_symbol = ['*', '=', '<', '>', ';']
            .into_iter()
            .any(|symbol| outline.is_symbol(at, symbol));
        let is_dotted = outline.is_symbol(at, '.') && is_glued(outline, at);
        is_symbol
            || is_dotted
            || outline.tokens[at].is_hole()
            || outline.is_any(at, &["WHERE", "JOIN", "VALUES", "LIMIT", "HAVING"])
            || outline.word(at).contains('_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_prose_are_sorted() {
        assert!(PROSE.is_sorted());
    }
}
