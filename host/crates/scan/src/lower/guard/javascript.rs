//! JavaScript and TypeScript as far as nesting goes: strings, templates, comments, regular expressions by what stands before them.
//! Text in JSX looks like code here; an apostrophe in it begins no string unless the line has another.

use memchr::{memchr, memchr2, memmem};

use super::nesting::{Nesting, Shape};
use super::{Limits, Refusal, indent_end, is_word, next_in, string_end, table};

const CODE: [bool; 256] = table(b"()[]{}<>,;'\"`/\n");

/// Words after which `/` begins a regular expression and `(` may begin an arrow function, although a name before them says no.
const BEFORE_OPERAND: &[&[u8]] = &[
    b"async",
    b"await",
    b"case",
    b"default",
    b"delete",
    b"do",
    b"else",
    b"in",
    b"instanceof",
    b"new",
    b"of",
    b"return",
    b"throw",
    b"typeof",
    b"void",
    b"yield",
];

/// Words that at the start of a line begin a statement, so that the one before has ended even without a semicolon. None of them can
/// stand inside an expression.
const STATEMENTS: &[&[u8]] = &[
    b"const", b"export", b"let", b"return", b"switch", b"throw", b"try", b"var",
];

pub(super) fn scan(source: &[u8], limits: &Limits) -> Result<Shape, Refusal> {
    let mut scan = Scan {
        source,
        nesting: Nesting::new(limits),
        floor: 0,
        before: None,
        plain_until: [0; 3],
        comments_end: true,
    };
    scan.code()?;
    scan.nesting.finish(source.len())
}

struct Scan<'s, 'l> {
    source: &'s [u8],
    nesting: Nesting<'l, ()>,
    /// Looking back ends here: the end of what was last looked at.
    floor: usize,
    /// The last byte of code before `floor`.
    before: Option<usize>,
    /// Up to here a single quote, a double quote, a slash is none: one before found no end.
    plain_until: [usize; 3],
    /// Whether there is an end for a comment that begins with `/*`.
    comments_end: bool,
}

impl Scan<'_, '_> {
    fn code(&mut self) -> Result<(), Refusal> {
        let mut at = 0;
        while let Some(found) = next_in(self.source, at, &CODE) {
            let before = self.code_before(found);
            at = found + 1;
            let mut is_code = true;
            match self.source[found] {
                b'(' => {
                    if self.may_begin_operand(before) {
                        self.nesting.guess(found)?;
                    }
                    self.nesting.open(found, b')', None)?;
                }
                b'[' => self.nesting.open(found, b']', None)?,
                b'{' => self.nesting.open(found, b'}', None)?,
                closer @ (b')' | b']' | b'}') => at = self.close(found, closer)?,
                b'<' => self.nesting.open_angle(found)?,
                b'>' if before.is_none_or(|before| self.source[before] != b'=') => {
                    self.nesting.close_angle()
                }
                b',' => self.nesting.separate(found)?,
                b';' => self.nesting.end_statement(found)?,
                b'\n' => {
                    is_code = false;
                    at = indent_end(self.source, at);
                    self.nesting.skip(found, at);
                    if self.begins_statement(at) {
                        self.nesting.end_statement(at - 1)?;
                    }
                }
                b'\'' => at = self.string(found, 0),
                b'"' => at = self.string(found, 1),
                b'`' if memchr(b'`', &self.source[at..]).is_some() => at = self.template(at)?,
                b'/' => (at, is_code) = self.slash(found, before),
                _ => {}
            }
            self.floor = at;
            self.before = if is_code { Some(at - 1) } else { before };
        }
        Ok(())
    }

    /// A closing bracket at `at`: where code goes on.
    fn close(&mut self, at: usize, closer: u8) -> Result<usize, Refusal> {
        match self.nesting.close(at, closer)? {
            Some(()) => self.template(at + 1),
            None => Ok(at + 1),
        }
    }

    /// The last byte of code before `at`.
    fn code_before(&self, at: usize) -> Option<usize> {
        let gap = &self.source[self.floor..at];
        match gap.iter().rposition(|byte| !byte.is_ascii_whitespace()) {
            Some(offset) => Some(self.floor + offset),
            None => self.before,
        }
    }

    /// Whether what stands after the byte `before` can be an operand.
    fn may_begin_operand(&self, before: Option<usize>) -> bool {
        let Some(end) = before else { return true };
        match self.source[end] {
            b')' | b']' | b'\'' | b'"' | b'`' => false,
            byte if is_word(byte) => {
                // Two bytes more than the longest word: to tell a longer name apart, and `.return` from `return`.
                let tail = &self.source[end.saturating_sub(11)..=end];
                let length = tail.iter().rev().take_while(|byte| is_word(**byte)).count();
                let (ahead, word) = tail.split_at(tail.len() - length);
                BEFORE_OPERAND.contains(&word) && ahead.last() != Some(&b'.')
            }
            _ => true,
        }
    }

    /// Whether a statement begins at `at`, the first word of a line.
    fn begins_statement(&self, at: usize) -> bool {
        let rest = &self.source[at..];
        let length = rest
            .iter()
            .take(7)
            .take_while(|byte| is_word(**byte))
            .count();
        STATEMENTS.contains(&&rest[..length])
    }

    /// A string whose quote stands at `at`: where code goes on.
    fn string(&mut self, at: usize, quote: usize) -> usize {
        if at < self.plain_until[quote] {
            return at + 1;
        }
        match string_end(self.source, at) {
            Ok(end) => {
                self.nesting.skip(at, end);
                end
            }
            Err(line_end) => {
                self.plain_until[quote] = line_end;
                at + 1
            }
        }
    }

    /// The text of a template from `from` on: where code goes on, in a hole or behind the template.
    fn template(&mut self, from: usize) -> Result<usize, Refusal> {
        let mut at = from;
        while let Some(byte) = self.source.get(at) {
            match byte {
                b'\\' => at += 2,
                b'`' => {
                    self.nesting.skip(from, at);
                    return Ok(at + 1);
                }
                b'$' if self.source.get(at + 1) == Some(&b'{') => {
                    self.nesting.skip(from, at);
                    self.nesting.open(at + 1, b'}', Some(()))?;
                    return Ok(at + 2);
                }
                _ => at += 1,
            }
        }
        Ok(self.source.len())
    }

    /// A comment, a regular expression, a division, or the end of a tag: where code goes on, and whether it was code.
    fn slash(&mut self, at: usize, before: Option<usize>) -> (usize, bool) {
        let rest = &self.source[at + 1..];
        let end = match rest.first() {
            Some(b'/') => memchr2(b'\n', b'\r', rest).map_or(self.source.len(), |end| at + 1 + end),
            Some(b'*') if self.comments_end => match memmem::find(&rest[1..], b"*/") {
                Some(end) => at + 4 + end,
                None => {
                    self.comments_end = false;
                    return (at + 1, true);
                }
            },
            Some(b'*' | b'>') => return (at + 1, true),
            _ => {
                let is_tag = at > 0 && self.source[at - 1] == b'<';
                if is_tag || at < self.plain_until[2] || !self.may_begin_operand(before) {
                    return (at + 1, true);
                }
                return match regex_end(self.source, at) {
                    Ok(end) => {
                        self.nesting.skip(at, end);
                        (end, true)
                    }
                    Err(line_end) => {
                        self.plain_until[2] = line_end;
                        (at + 1, true)
                    }
                };
            }
        };
        self.nesting.skip(at, end);
        (end, false)
    }
}

/// One past the slash that ends the regular expression at `at`; the end of its line if there is none.
fn regex_end(source: &[u8], at: usize) -> Result<usize, usize> {
    let mut in_class = false;
    let mut at = at + 1;
    while let Some(byte) = source.get(at) {
        match byte {
            b'\n' | b'\r' => return Err(at),
            b'\\' if source.get(at + 1).is_some_and(|next| *next != b'\n') => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Ok(at + 1),
            _ => {}
        }
        at += 1;
    }
    Err(source.len())
}
