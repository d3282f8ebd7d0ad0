//! Refuses sources that would cost a parser its stack, seconds or a gigabyte. It reads bytes only and knows no parser's types;
//! what is minified or generated is not its business.
//!
//! What costs, measured in release builds on sources of 1 MiB, and what is counted against it:
//! - A bracket costs ruff 2 KB, oxc 1 to 3 KB and tree-sitter's Go 1 KB, all of it at once when brackets nest
//!   (`[[[[`: 2 GB, 8 s; oxc overflows a stack of 1 GB). Counted: *depth*.
//! - Other nesting (`- - - a`, `a => b =>`, `a ** b **`, `x if y else`) costs up to 1 KB a level, and each level takes a byte
//!   that no separator ends. Counted: the *chain* of such bytes, over all levels that are open.
//! - oxc reads `(`, where an arrow function could begin, and `<`, where type arguments could, twice, and what stands in between
//!   once more for every such bracket around it: 8 KB of `a<a<a<` cost 1 GB. Counted: *guesses*, one for each pair of brackets
//!   of which the one reads the other again.
//!
//! Most files are small and hold few brackets, and then nothing of all this can be exceeded: counting the brackets decides. Only the
//! rest is scanned, by the rules of its language for strings and comments, since a bracket in a string neither opens nor closes.
//! Where the text does not follow these rules the scan errs towards more nesting.

mod go;
mod javascript;
mod nesting;
mod python;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::Language;
use nesting::Shape;

/// How much a source may hold before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub bytes: usize,
    /// Deepest nesting of brackets. The deepest in 1,322 ordinary Python files is 11.
    pub depth: usize,
    /// Longest chain, in bytes: code without strings, comments and separators, over all brackets that are open.
    pub chain: usize,
    /// Most pairs of brackets of which a JavaScript or TypeScript parser may have to read the inner one again for the outer one.
    pub guesses: usize,
    /// Most brackets in a JavaScript, TypeScript or Go file: the scan of these languages can be misled about what is a string,
    /// and this bounds what it may miss. Python is scanned exactly.
    pub brackets: usize,
    /// Largest Python file whose strings or brackets break Python's rules, in bytes: in such a file the scan can miss nesting.
    pub irregular: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            depth: 1000,
            chain: 64 << 10,
            guesses: 250_000,
            brackets: 128 << 10,
            irregular: 128 << 10,
        }
    }
}

/// Why a source is not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is larger than [`Limits::bytes`].
    #[error("{bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Brackets nest deeper than [`Limits::depth`].
    #[error("brackets nest deeper than {limit} levels at byte {at}")]
    TooDeep {
        /// The first byte beyond the limit.
        at: usize,
        /// The limit.
        limit: usize,
    },
    /// Code goes on for more than [`Limits::chain`] without a separator.
    #[error(
        "an expression of more than {limit} bytes without a comma or an end stands before byte {at}"
    )]
    TooLong {
        /// Where it was noticed.
        at: usize,
        /// The limit.
        limit: usize,
    },
    /// More than [`Limits::guesses`].
    #[error("more than {limit} brackets would be read again and again, the last at byte {at}")]
    TooAmbiguous {
        /// Where it was noticed.
        at: usize,
        /// The limit.
        limit: usize,
    },
    /// More than [`Limits::brackets`].
    #[error("{brackets} brackets, more than the limit of {limit}: data, not code")]
    TooDense {
        /// How many there are, strings and comments included.
        brackets: usize,
        /// The limit.
        limit: usize,
    },
    /// A file larger than [`Limits::irregular`] whose strings or brackets break the rules.
    #[error(
        "strings or brackets do not close, and in more than {limit} bytes that can hide deep nesting"
    )]
    Irregular {
        /// The limit.
        limit: usize,
    },
}

/// Whether `source` may be parsed under the default limits.
///
/// # Errors
/// Says what the source has too much of.
pub fn check(source: &[u8], language: Language) -> Result<(), Refusal> {
    Limits::default().check(source, language)
}

/// What a parser of the file at `path` reads of its `text`: of a component its scripts, of anything else all.
pub fn read<'t>(text: &'t str, path: &str) -> Cow<'t, str> {
    crate::lower::javascript::scripts(text, path)
}

impl Limits {
    /// The limits for parsers that have a stack of so many bytes. The default ones are for 1 GiB: a bracket that a scan misses may
    /// take 3 KB of it, another level 1 KB, and twice as much is kept free.
    pub fn on_stack(bytes: usize) -> Self {
        let all = Self::default();
        Self {
            depth: all.depth.min(bytes >> 14),
            chain: all.chain.min(bytes >> 14),
            brackets: all.brackets.min(bytes >> 13),
            irregular: all.irregular.min(bytes >> 13),
            ..all
        }
    }

    /// Whether `source` may be parsed under these limits.
    ///
    /// # Errors
    /// Says what the source has too much of.
    pub fn check(&self, source: &[u8], language: Language) -> Result<(), Refusal> {
        if source.len() > self.bytes {
            return Err(Refusal::TooLarge {
                bytes: source.len(),
                limit: self.bytes,
            });
        }
        let guesses = language.is_javascript();
        let brackets = count_openers(source, guesses);
        let few = brackets <= self.depth && (!guesses || brackets * brackets / 2 <= self.guesses);
        if few && source.len() <= self.chain {
            return Ok(());
        }
        self.scan(source, language, brackets).map(|_| ())
    }

    /// The shape of a source that is too large or has too many brackets to be let through by counting.
    fn scan(&self, source: &[u8], language: Language, brackets: usize) -> Result<Shape, Refusal> {
        if language == Language::Python {
            let shape = python::scan(source, self)?;
            if shape.is_irregular && source.len() > self.irregular {
                return Err(Refusal::Irregular {
                    limit: self.irregular,
                });
            }
            return Ok(shape);
        }
        if brackets > self.brackets {
            return Err(Refusal::TooDense {
                brackets,
                limit: self.brackets,
            });
        }
        match language {
            Language::Go => go::scan(source, self),
            _ => javascript::scan(source, self),
        }
    }
}

/// How many bytes are an opening bracket, angle brackets only if asked for.
fn count_openers(source: &[u8], angles: bool) -> usize {
    // `[` and `{` differ in one bit. The sums of short pieces fit a byte, which lets the compiler compare 16 bytes at once.
    let round_or_square = |byte: u8| byte == b'(' || byte | 0x20 == b'{';
    if angles {
        count(source, |byte| round_or_square(byte) || byte == b'<')
    } else {
        count(source, round_or_square)
    }
}

#[inline]
fn count(source: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    let (pieces, rest) = source.as_chunks::<128>();
    let of = |piece: &[u8]| piece.iter().map(|byte| u8::from(counts(*byte))).sum::<u8>();
    pieces
        .iter()
        .map(|piece| usize::from(of(piece)))
        .sum::<usize>()
        + usize::from(of(rest))
}

/// Which bytes a scan has to look at; the others it skips.
const fn table(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

/// The first byte from `at` on that `table` holds.
#[inline]
fn next_in(source: &[u8], at: usize, table: &[bool; 256]) -> Option<usize> {
    let rest = source.get(at..)?;
    rest.iter()
        .position(|byte| table[usize::from(*byte)])
        .map(|step| at + step)
}

/// The end of the blanks and tabs at `at`.
fn indent_end(source: &[u8], at: usize) -> usize {
    let blanks = source[at..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'));
    at + blanks.count()
}

/// Whether `byte` belongs to a word, in all the languages here.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

/// One past the end of a one-line string whose quote stands at `at`; the end of its line if it does not close.
fn string_end(source: &[u8], at: usize) -> Result<usize, usize> {
    let quote = source[at];
    let mut at = at + 1;
    while let Some(byte) = source.get(at) {
        match byte {
            b'\\' if source.get(at + 1) == Some(&b'\r') && source.get(at + 2) == Some(&b'\n') => {
                at += 3
            }
            b'\\' => at += 2,
            b'\n' | b'\r' => return Err(at),
            byte if *byte == quote => return Ok(at + 1),
            _ => at += 1,
        }
    }
    Err(source.len())
}
