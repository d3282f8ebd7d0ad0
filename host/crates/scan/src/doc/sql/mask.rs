//! A statement as a strict parser takes it: plain ASCII of the same length, every hole an identifier, no comments.

use super::token::{Token, TokenKind};

/// `text[start..]` rewritten; `tokens` are its tokens. With `blank_clauses`, holes that stand for whole clauses become blank.
pub(super) fn mask(text: &str, tokens: &[Token], blank_clauses: bool) -> String {
    let Some(first) = tokens.first() else {
        return String::new();
    };
    let start = first.start as usize;
    let end = tokens.last().map_or(start, |last| last.end as usize);
    // What no token covers is blank or a comment; lines stay, for the parser reports places by line.
    let mut bytes: Vec<u8> = text.as_bytes()[start..end]
        .iter()
        .map(|byte| if *byte == b'\n' { b'\n' } else { b' ' })
        .collect();
    for (at, token) in tokens.iter().enumerate() {
        let written = &text.as_bytes()[token.range()];
        let from = token.start as usize - start;
        let target = &mut bytes[from..from + written.len()];
        match token.kind {
            TokenKind::Placeholder | TokenKind::Template => {
                if !(blank_clauses && is_clause(text, tokens, at)) {
                    target.fill(b'p');
                    parenthesize(text, tokens, at, &mut bytes, from);
                }
            }
            TokenKind::Word if token.has_hole => {
                for (byte, written) in target.iter_mut().zip(written) {
                    *byte = if written.is_ascii_alphanumeric() {
                        *written
                    } else {
                        b'_'
                    };
                }
            }
            _ => {
                for (byte, written) in target.iter_mut().zip(written) {
                    *byte = if written.is_ascii() && *written != 0 {
                        *written
                    } else {
                        b'x'
                    };
                }
            }
        }
    }
    // Every byte written above is ASCII.
    String::from_utf8(bytes).unwrap_or_default()
}

/// `IN %s` and `VALUES %s` take a list: `IN(p)`, the blank before it used up if need be.
fn parenthesize(text: &str, tokens: &[Token], at: usize, bytes: &mut [u8], from: usize) {
    let Some(before) = at
        .checked_sub(1)
        .map(|before| &text[tokens[before].range()])
    else {
        return;
    };
    if !before.eq_ignore_ascii_case("in") && !before.eq_ignore_ascii_case("values") {
        return;
    }
    let length = tokens[at].range().len();
    let has_blank = from > 0 && bytes[from - 1] == b' ';
    let open = if length >= 3 {
        from
    } else if length == 2 && has_blank {
        from - 1
    } else {
        return;
    };
    bytes[open] = b'(';
    bytes[from + length - 1] = b')';
}

/// Whether the hole `tokens[at]` stands where no operand is expected, and so for a clause of its own.
pub(super) fn is_clause(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| tokens[before]) else {
        return true;
    };
    match before.kind {
        TokenKind::Symbol => text[before.range()].starts_with([')', ']']),
        TokenKind::Word => {
            !EXPECTS_OPERAND.contains(&text[before.range()].to_ascii_uppercase().as_str())
        }
        _ => true,
    }
}

/// Words behind which an operand stands; sorted.
const EXPECTS_OPERAND: &[&str] = &[
    "ALL",
    "AND",
    "ANY",
    "AS",
    "BETWEEN",
    "BY",
    "CALL",
    "CASE",
    "COLLATE",
    "DATABASE",
    "DISTINCT",
    "ELSE",
    "ESCAPE",
    "EXCEPT",
    "EXISTS",
    "EXPLAIN",
    "FETCH",
    "FIRST",
    "FROM",
    "FUNCTION",
    "GLOB",
    "HAVING",
    "ILIKE",
    "IN",
    "INDEX",
    "INTERSECT",
    "INTERVAL",
    "INTO",
    "IS",
    "JOIN",
    "LATERAL",
    "LIKE",
    "LIMIT",
    "NEXT",
    "NOT",
    "OFFSET",
    "ON",
    "ONLY",
    "OR",
    "OVER",
    "PROCEDURE",
    "REGEXP",
    "RETURNING",
    "RLIKE",
    "SCHEMA",
    "SELECT",
    "SET",
    "SIMILAR",
    "SOME",
    "TABLE",
    "THEN",
    "TO",
    "TOP",
    "UNION",
    "UPDATE",
    "USING",
    "VALUES",
    "VIEW",
    "WHEN",
    "WHERE",
    "WITH",
];

#[cfg(test)]
mod tests {
    use super::super::Dialect;
    use super::super::split::statements;
    use super::*;

    fn masked(text: &str, blank: bool) -> String {
        let tokens = &statements(text, Dialect::Generic).0[0];
        let masked = mask(text, tokens, blank);
        assert_eq!(
            masked.len(),
            (tokens[tokens.len() - 1].end - tokens[0].start) as usize
        );
        masked
    }

    #[test]
    fn holes_become_identifiers_of_the_same_length() {
        assert_eq!(
            masked("SELECT {c} FROM t_{y} WHERE a=%s AND é='é' -- hi", false),
            "SELECT ppp FROM t__y_ WHERE a=pp AND xx='xx'"
        );
        assert_eq!(
            masked("a IN %s, b IN :ids, VALUES ?", false),
            "a IN(p), b IN (pp), VALUES p"
        );
    }

    #[test]
    fn holes_that_stand_for_clauses_may_be_blanked() {
        assert_eq!(
            masked("SELECT {c} FROM t {where} ORDER BY {o}", true),
            "SELECT ppp FROM t         ORDER BY ppp"
        );
        assert!(EXPECTS_OPERAND.is_sorted());
    }
}
