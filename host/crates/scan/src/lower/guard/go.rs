//! Go as far as nesting goes: strings, raw strings, runes, comments, and lines that end a statement.

use memchr::{memchr, memmem};

use super::nesting::{Nesting, Shape};
use super::{Limits, Refusal, indent_end, is_word, next_in, string_end, table};

const CODE: [bool; 256] = table(b"()[]{},;'\"`/\n");

pub(super) fn scan(source: &[u8], limits: &Limits) -> Result<Shape, Refusal> {
    let mut nesting: Nesting<'_, ()> = Nesting::new(limits);
    // Up to here a quote is none: one before found no end.
    let mut plain_until = 0;
    // Whether there is an end for a comment that begins with `/*`.
    let mut comments_end = true;
    let mut at = 0;
    while let Some(found) = next_in(source, at, &CODE) {
        at = found + 1;
        match source[found] {
            b'(' => nesting.open(found, b')', None)?,
            b'[' => nesting.open(found, b']', None)?,
            b'{' => nesting.open(found, b'}', None)?,
            closer @ (b')' | b']' | b'}') => {
                nesting.close(found, closer)?;
            }
            b',' | b';' => nesting.separate(found)?,
            b'\n' => {
                if ends_statement(&source[..found]) {
                    nesting.separate(found)?;
                }
                at = indent_end(source, at);
                nesting.skip(found, at);
            }
            b'\'' | b'"' if found >= plain_until => match string_end(source, found) {
                // It counts as one byte: strings side by side are an error, and tree-sitter takes 8 us to get over each.
                Ok(end) => {
                    nesting.skip(found + 1, end);
                    at = end;
                }
                Err(line_end) => plain_until = line_end,
            },
            b'`' => {
                if let Some(length) = memchr(b'`', &source[at..]) {
                    at += length + 1;
                    nesting.skip(found + 1, at);
                }
            }
            b'/' => {
                let end = match source.get(at) {
                    Some(b'/') => memchr(b'\n', &source[at..]).map_or(source.len(), |end| at + end),
                    Some(b'*') if comments_end => match memmem::find(&source[at + 1..], b"*/") {
                        Some(end) => at + 3 + end,
                        None => {
                            comments_end = false;
                            continue;
                        }
                    },
                    _ => continue,
                };
                nesting.skip(found, end);
                at = end;
            }
            _ => {}
        }
    }
    nesting.finish(source.len())
}

/// Whether Go puts a semicolon at the end of a line that ends like this. A comment there hides it: then the line is taken to go on.
fn ends_statement(line: &[u8]) -> bool {
    let last = line
        .iter()
        .rev()
        .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    last.is_some_and(|byte| {
        is_word(*byte) || matches!(byte, b')' | b']' | b'}' | b'"' | b'\'' | b'`')
    })
}
