//! Python as far as nesting goes: strings with their prefixes, f-strings down to their format specifications, comments.

use memchr::{memchr2, memmem};

use super::nesting::{Nesting, Shape};
use super::{Limits, Refusal, indent_end, is_word, next_in, string_end, table};

/// More lambdas than this, and a comma is no separator: `lambda a, b: lambda a, b:` nests across commas.
const MANY_LAMBDAS: usize = 1000;

const CODE: [bool; 256] = table(b"()[]{},;:#'\"\\\n\r`$?");
const TEXT: [bool; 256] = table(b"{}'\"\\\n\r");

/// An f- or t-string, as far as its text goes.
#[derive(Clone, Copy)]
struct Text {
    quote: u8,
    is_triple: bool,
    is_raw: bool,
    /// Whether the text is a format specification; it ends with the hole.
    is_format: bool,
}

pub(super) fn scan(source: &[u8], limits: &Limits) -> Result<Shape, Refusal> {
    let lambdas = memmem::find_iter(source, b"lambda")
        .take(MANY_LAMBDAS + 1)
        .count();
    let mut scan = Scan {
        source,
        nesting: Nesting::new(limits),
        comma_separates: lambdas <= MANY_LAMBDAS,
        plain_until: 0,
    };
    scan.code()?;
    scan.nesting.finish(source.len())
}

struct Scan<'s, 'l> {
    source: &'s [u8],
    nesting: Nesting<'l, Text>,
    comma_separates: bool,
    /// Up to here quotes are no quotes: a string that did not close began before.
    plain_until: usize,
}

impl Scan<'_, '_> {
    fn code(&mut self) -> Result<(), Refusal> {
        let mut at = 0;
        while let Some(found) = next_in(self.source, at, &CODE) {
            at = found + 1;
            match self.source[found] {
                b'(' => self.nesting.open(found, b')', None)?,
                b'[' => self.nesting.open(found, b']', None)?,
                b'{' => self.nesting.open(found, b'}', None)?,
                closer @ (b')' | b']' | b'}') => {
                    if let Some(text) = self.nesting.close(found, closer)? {
                        at = self.text(at, text)?;
                    }
                }
                b',' if self.comma_separates => self.nesting.separate(found)?,
                b';' => self.nesting.separate(found)?,
                b'\n' | b'\r' => {
                    if self.nesting.depth() == 0 {
                        self.nesting.separate(found)?;
                    } else {
                        at = indent_end(self.source, at);
                        self.nesting.skip(found, at);
                    }
                }
                b':' => {
                    if let Some(text) = self.nesting.resume() {
                        let format = Text {
                            is_format: true,
                            ..*text
                        };
                        at = self.text(at, format)?;
                    }
                }
                b'#' => {
                    let rest = &self.source[found..];
                    at = memchr2(b'\n', b'\r', rest).map_or(self.source.len(), |end| found + end);
                    self.nesting.skip(found, at);
                }
                // A line that goes on; a backslash before anything else is a stray one.
                b'\\' => at += line_break(&self.source[at..]),
                b'`' | b'$' | b'?' => self.nesting.shape.is_irregular = true,
                b'\'' | b'"' if found >= self.plain_until => at = self.string(found)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A string whose first quote stands at `at`: where code goes on.
    fn string(&mut self, at: usize) -> Result<usize, Refusal> {
        let quote = self.source[at];
        let is_triple = self.is_triple(at, quote);
        let text_at = if is_triple { at + 3 } else { at + 1 };
        if let Some(is_raw) = self.interpolation(at) {
            let text = Text {
                quote,
                is_triple,
                is_raw,
                is_format: false,
            };
            return self.text(text_at, text);
        }
        let end = if is_triple {
            self.triple_end(text_at, quote)
        } else {
            string_end(self.source, at)
        };
        match end {
            Ok(end) => {
                self.nesting.skip(at, end);
                Ok(end)
            }
            Err(end) => {
                self.nesting.shape.is_irregular = true;
                self.plain_until = end;
                Ok(text_at)
            }
        }
    }

    fn is_triple(&self, at: usize, quote: u8) -> bool {
        self.source.get(at..at + 3) == Some(&[quote; 3])
    }

    /// Whether the quote at `at` has a prefix that makes its text one with holes, and then whether it is raw.
    fn interpolation(&self, at: usize) -> Option<bool> {
        let before = &self.source[..at];
        // A number may end right before the prefix: `1f"{x}"`. A longer word is a keyword, as in `if"a"`.
        let letters = before
            .iter()
            .rev()
            .take(3)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let prefix = &before[at - letters..];
        let in_word = before[..at - letters]
            .last()
            .is_some_and(|byte| is_word(*byte) && !byte.is_ascii_digit());
        let has = |letter: u8| {
            prefix
                .iter()
                .any(|byte| byte.to_ascii_lowercase() == letter)
        };
        let valid = match prefix.len() {
            1 => has(b'f') || has(b't'),
            2 => (has(b'f') || has(b't')) && has(b'r'),
            _ => false,
        };
        (valid && !in_word).then(|| has(b'r'))
    }

    fn triple_end(&self, from: usize, quote: u8) -> Result<usize, usize> {
        let mut at = from;
        while let Some(step) = memchr2(quote, b'\\', &self.source[at.min(self.source.len())..]) {
            at += step;
            if self.source[at] == b'\\' {
                at += 2;
            } else if self.is_triple(at, quote) {
                return Ok(at + 3);
            } else {
                at += 1;
            }
        }
        Err(self.source.len())
    }

    /// The text of an f-string from `from` on: where code goes on, in a hole or behind the string.
    fn text(&mut self, mut from: usize, mut text: Text) -> Result<usize, Refusal> {
        let mut at = from;
        while let Some(found) = next_in(self.source, at, &TEXT) {
            at = found + 1;
            let next = self.source.get(at).copied();
            match self.source[found] {
                b'{' if next == Some(b'{') && !text.is_format => at += 1,
                b'{' => {
                    self.nesting.skip(from, found);
                    self.nesting.open(found, b'}', Some(text))?;
                    return Ok(at);
                }
                b'}' if text.is_format => {
                    self.nesting.skip(from, found);
                    match self.nesting.close(found, b'}')? {
                        Some(around) => (text, from) = (around, at),
                        None => return Ok(at),
                    }
                }
                b'}' if next == Some(b'}') => at += 1,
                b'}' => self.nesting.shape.is_irregular = true,
                b'\\' => at += self.escape(at, text.is_raw),
                b'\n' | b'\r' if !text.is_triple => {
                    self.nesting.shape.is_irregular = true;
                    return Ok(found);
                }
                quote
                    if quote == text.quote && (!text.is_triple || self.is_triple(found, quote)) =>
                {
                    self.nesting.shape.is_irregular |= text.is_format;
                    let end = if text.is_triple { found + 3 } else { found + 1 };
                    self.nesting.skip(from, end);
                    return Ok(end);
                }
                _ => {}
            }
        }
        self.nesting.shape.is_irregular = true;
        Ok(self.source.len())
    }

    /// How many bytes a backslash before `at` takes along: a brace still opens a hole, that of a named character does not.
    fn escape(&self, at: usize, is_raw: bool) -> usize {
        match &self.source[at.min(self.source.len())..] {
            [b'{' | b'}', ..] => 0,
            [b'N', b'{', name @ ..] if !is_raw => {
                let is_letter =
                    |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-');
                let length = name.iter().take_while(is_letter).count();
                2 + length + usize::from(name.get(length) == Some(&b'}'))
            }
            rest => line_break(rest).max(1),
        }
    }
}

/// The length of the line break that `rest` begins with.
fn line_break(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}
