//! Words and symbols of SQL as it stands in programs: with placeholders, template holes and every dialect's quotes.

use std::cell::Cell;
use std::ops::Range;

use super::Dialect;

/// A template hole longer than this is taken for something else.
const MAX_HOLE: usize = 4 << 10;

/// After so many braces that nothing closes, braces are no holes.
const MAX_OPEN_BRACES: usize = 1_000;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A bare word; it may contain holes: `table_{year}`.
    Word,
    /// A quoted identifier.
    Quoted,
    /// A string.
    Text,
    Number,
    /// A placeholder of a driver: `%s`, `?`, `$1`, `:x`, `@x`.
    Placeholder,
    /// A hole of a template, which may stand for anything: `{x}`, `${x}`, `#{x}`.
    Template,
    /// One byte, or one character that is not ASCII.
    Symbol,
}

/// A token of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Brackets around it.
    pub(super) depth: u32,
    /// Whether a word contains a hole.
    pub(super) has_hole: bool,
}

impl Token {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn is_hole(self) -> bool {
        matches!(self.kind, TokenKind::Placeholder | TokenKind::Template)
    }
}

/// Reads tokens one by one. Comments are passed over.
pub(super) struct Lexer<'t> {
    text: &'t str,
    dialect: Dialect,
    pub(super) at: usize,
    depth: u32,
    /// Braces that were never closed; each costs a look ahead.
    open_braces: Cell<usize>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, dialect: Dialect) -> Self {
        Self {
            text,
            dialect,
            at: 0,
            depth: 0,
            open_braces: Cell::new(0),
        }
    }

    /// Forgets open brackets: what comes next is another statement.
    pub(super) fn reset_depth(&mut self) {
        self.depth = 0;
    }

    /// The next token.
    pub(super) fn next_token(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let c = self.text[start..].chars().next()?;
            if c.is_whitespace() {
                self.at += c.len_utf8();
                continue;
            }
            if let Some(length) = self.comment_length() {
                self.at += length;
                continue;
            }
            let (kind, length, has_hole) = self.token_at(start, c);
            self.at = (start + length).min(self.text.len());
            if kind == TokenKind::Symbol && c == ')' {
                self.depth = self.depth.saturating_sub(1);
            }
            let token = Token {
                kind,
                start: start as u32,
                end: self.at as u32,
                depth: self.depth,
                has_hole,
            };
            if kind == TokenKind::Symbol && c == '(' {
                self.depth += 1;
            }
            return Some(token);
        }
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn comment_length(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let is_hash =
            rest.starts_with('#') && self.dialect == Dialect::MySql && !rest.starts_with("#{");
        if rest.starts_with("--") || is_hash {
            return Some(rest.find('\n').unwrap_or(rest.len()));
        }
        if let Some(inside) = rest.strip_prefix("/*") {
            return Some(inside.find("*/").map_or(rest.len(), |at| at + 4));
        }
        rest.starts_with("{%")
            .then(|| rest.find("%}").map_or(rest.len(), |at| at + 2))
    }

    fn token_at(&self, start: usize, c: char) -> (TokenKind, usize, bool) {
        if let Some((kind, length)) = self.hole_at(start) {
            // A hole may be the beginning of a word: `{prefix}_users`.
            let behind = start + length;
            return match self.bytes().get(behind) {
                Some(next) if kind == TokenKind::Template && is_word_byte(*next) => {
                    (TokenKind::Word, self.word_length(start), true)
                }
                _ => (kind, length, true),
            };
        }
        let rest = &self.text[start..];
        match c {
            '\'' => (TokenKind::Text, self.string_length(rest, b'\''), false),
            '"' if self.dialect == Dialect::MySql || self.dialect == Dialect::BigQuery => {
                (TokenKind::Text, self.string_length(rest, b'"'), false)
            }
            '"' => (TokenKind::Quoted, quoted_length(rest, '"'), false),
            '`' => (TokenKind::Quoted, quoted_length(rest, '`'), false),
            '[' if self.dialect == Dialect::SqlServer => {
                (TokenKind::Quoted, quoted_length(rest, ']'), false)
            }
            '$' => match dollar_quoted_length(rest) {
                Some(length) => (TokenKind::Text, length, false),
                None => (TokenKind::Symbol, 1, false),
            },
            'e' | 'E' if rest[1..].starts_with('\'') => (
                TokenKind::Text,
                1 + escaped_length(&rest[1..], b'\''),
                false,
            ),
            'n' | 'N' | 'b' | 'B' | 'x' | 'X' | 'r' | 'R' if rest[1..].starts_with('\'') => (
                TokenKind::Text,
                1 + self.string_length(&rest[1..], b'\''),
                false,
            ),
            c if c.is_ascii_digit() => {
                let length = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_')
                    .unwrap_or(rest.len());
                (TokenKind::Number, length, false)
            }
            c if c.is_alphabetic() || c == '_' => {
                let length = self.word_length(start);
                let has_hole = rest[..length].contains(['{', '%', '$', ':']);
                (TokenKind::Word, length, has_hole)
            }
            c => (TokenKind::Symbol, c.len_utf8(), false),
        }
    }

    /// The length of the word at `start`, holes in it included.
    fn word_length(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(c) = self.text[at..].chars().next() {
            let is_glued = matches!(c, '{' | '%' | '$');
            if c.is_alphanumeric() || c == '_' {
                at += c.len_utf8();
            } else if let Some((_, length)) = self.hole_at(at).filter(|_| is_glued) {
                at += length;
            } else {
                break;
            }
        }
        (at - start).max(1)
    }

    /// The placeholder or hole at byte `start`.
    fn hole_at(&self, start: usize) -> Option<(TokenKind, usize)> {
        let bytes = self.bytes();
        let next = |offset: usize| bytes.get(start + offset).copied().unwrap_or(b' ');
        let before = start.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let name_length = |from: usize| {
            bytes[start + from..]
                .iter()
                .take_while(|byte| is_word_byte(**byte))
                .count()
        };
        let is_name_start = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
        match bytes.get(start)? {
            b'{' => self
                .balanced_length(start)
                .map(|length| (TokenKind::Template, length)),
            b'$' | b'#' if next(1) == b'{' => self
                .balanced_length(start + 1)
                .map(|length| (TokenKind::Template, length + 1)),
            b'$' if next(1).is_ascii_digit() => Some((TokenKind::Placeholder, 1 + name_length(1))),
            b'$' if is_name_start(next(1))
                && bytes.get(start + 1 + name_length(1)) != Some(&b'$')
                && !is_word_byte(before) =>
            {
                Some((TokenKind::Placeholder, 1 + name_length(1)))
            }
            b'%' if next(1) == b'(' => {
                let close = memchr::memchr(b')', &bytes[start..bytes.len().min(start + MAX_HOLE)])?;
                is_name_start(next(close + 1)).then_some((TokenKind::Placeholder, close + 2))
            }
            b'%' if b"sdifrbvqw".contains(&next(1)) && !is_word_byte(next(2)) => {
                Some((TokenKind::Placeholder, 2))
            }
            b'%' if b"sd".contains(&next(1)) && next(2) == b'_' => Some((TokenKind::Template, 2)),
            b'?' if next(1) == b'?' => Some((TokenKind::Placeholder, 2)),
            b'?' if !b"|&".contains(&next(1)) => Some((TokenKind::Placeholder, 1 + name_length(1))),
            b':' if is_name_start(next(1))
                && before != b':'
                && !is_word_byte(before)
                && before != b']' =>
            {
                Some((TokenKind::Placeholder, 1 + name_length(1)))
            }
            b':' if next(1).is_ascii_digit()
                && matches!(before, b' ' | b'(' | b',' | b'=' | b'\n' | b'\t') =>
            {
                Some((TokenKind::Placeholder, 1 + name_length(1)))
            }
            b'@' if is_name_start(next(1)) && before != b'@' && !is_word_byte(before) => {
                Some((TokenKind::Placeholder, 1 + name_length(1)))
            }
            _ => None,
        }
    }

    /// The length of the braces that open at byte `start`.
    fn balanced_length(&self, start: usize) -> Option<usize> {
        if self.open_braces.get() > MAX_OPEN_BRACES {
            return None;
        }
        let mut depth = 0_usize;
        for (at, byte) in self.bytes()[start..].iter().take(MAX_HOLE).enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => return Some(at + 1),
                b'}' => depth -= 1,
                _ => {}
            }
        }
        self.open_braces.set(self.open_braces.get() + 1);
        None
    }

    fn string_length(&self, rest: &str, quote: u8) -> usize {
        match self.dialect {
            Dialect::MySql | Dialect::BigQuery | Dialect::ClickHouse => escaped_length(rest, quote),
            _ => quoted_length(rest, quote as char),
        }
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of a quoted stretch in which a doubled quote is one; all of `rest` if it is not closed.
fn quoted_length(rest: &str, close: char) -> usize {
    let mut from = 1;
    while let Some(at) = rest[from..].find(close) {
        from += at + 1;
        if !rest[from..].starts_with(close) {
            return from;
        }
        from += 1;
    }
    rest.len()
}

/// The same, in which a backslash escapes.
fn escaped_length(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte == b'\\' {
            at += 1;
        } else if *byte == quote {
            if bytes.get(at) != Some(&quote) {
                return at;
            }
            at += 1;
        }
    }
    rest.len()
}

/// The length of `$tag$ ... $tag$`.
fn dollar_quoted_length(rest: &str) -> Option<usize> {
    let tag_end = 1 + rest[1..].find('$')?;
    let is_tag = rest[1..tag_end].bytes().all(is_word_byte);
    let tag = &rest[..=tag_end];
    is_tag.then(|| {
        rest[tag.len()..]
            .find(tag)
            .map_or(rest.len(), |at| at + 2 * tag.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str, dialect: Dialect) -> Vec<(TokenKind, &str)> {
        let mut lexer = Lexer::new(text, dialect);
        std::iter::from_fn(|| lexer.next_token())
            .map(|token| (token.kind, &text[token.range()]))
            .collect()
    }

    #[test]
    fn placeholders_of_every_driver_are_told_from_operators() {
        let placeholders = |text| -> Vec<&str> {
            let is_hole =
                |kind: &TokenKind| matches!(kind, TokenKind::Placeholder | TokenKind::Template);
            kinds(text, Dialect::Generic)
                .into_iter()
                .filter(|(kind, _)| is_hole(kind))
                .map(|(_, text)| text)
                .collect()
        };
        assert_eq!(
            placeholders("a = %s AND b = %(name)s AND c = ? OR d = :x OR e = $1 OR f = @p"),
            ["%s", "%(name)s", "?", ":x", "$1", "@p"]
        );
        assert_eq!(
            placeholders("{where} ${a.b} #{c} {', '.join(f'{x}')}"),
            ["{where}", "${a.b}", "#{c}", "{', '.join(f'{x}')}"]
        );
        assert_eq!(
            placeholders("a::text, a % b, x[1:n], '%s :x', a ?| b, @@v, \":y\" -- :z"),
            [] as [&str; 0]
        );
    }

    #[test]
    fn holes_may_be_part_of_a_word() {
        let words = kinds("{p}_users t_{y}_x {s}.{t} a%sb", Dialect::Generic);
        assert_eq!(words[0], (TokenKind::Word, "{p}_users"));
        assert_eq!(words[1], (TokenKind::Word, "t_{y}_x"));
        assert_eq!(words[2].0, TokenKind::Template);
    }

    #[test]
    fn quotes_follow_the_dialect() {
        assert_eq!(
            kinds("\"a\"\"b\"", Dialect::Postgres),
            [(TokenKind::Quoted, "\"a\"\"b\"")]
        );
        assert_eq!(
            kinds("\"a\\\"b\"", Dialect::MySql),
            [(TokenKind::Text, "\"a\\\"b\"")]
        );
        assert_eq!(
            kinds("[a b]", Dialect::SqlServer),
            [(TokenKind::Quoted, "[a b]")]
        );
        assert_eq!(
            kinds("$f$ it's $f$", Dialect::Postgres),
            [(TokenKind::Text, "$f$ it's $f$")]
        );
        assert_eq!(kinds("'it''s' E'\\''", Dialect::Postgres).len(), 2);
    }
}
