//! Where something stands: byte spans, lines and columns, and the lines of code a renderer shows.

use std::sync::Arc;

/// A half-open range of bytes in one file. Files over 4 GiB never reach the scanner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// A span from `start` to `end`; an inverted pair becomes empty at `start`.
    #[inline]
    pub fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Whether `other` lies within this span, borders included.
    #[inline]
    pub fn contains(self, other: ByteSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    #[inline]
    pub fn overlaps(self, other: ByteSpan) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a range for slicing.
    #[inline]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place for people: both counted from 1, columns in characters (not bytes, not UTF-16 units).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// A span in a file of the audited repository, with its lines already worked out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path from the repository's root, with forward slashes.
    pub path: Arc<str>,
    /// The bytes.
    pub span: ByteSpan,
    /// Line and column of the first byte.
    pub start: LineColumn,
    /// Line and column just after the last byte.
    pub end: LineColumn,
}

/// Lines of source kept with a finding, so that no renderer has to open a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// Number of the first line, from 1.
    pub first_line: u32,
    /// Byte offset in the file at which `text` begins.
    pub offset: u32,
    /// Whole lines, invalid UTF-8 replaced, without the last line's end. Of very long ones the beginning: a place may then lie behind what is
    /// kept.
    pub text: String,
}

/// Byte offsets of the starts of lines; turns byte offsets into lines and columns.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`. A line ends at `\n`; a `\r` before it belongs to the line.
    pub fn new(text: &[u8]) -> Self {
        let mut starts = vec![0];
        starts.extend(
            text.iter()
                .enumerate()
                .filter(|(_, byte)| **byte == b'\n')
                .map(|(at, _)| at as u32 + 1),
        );
        Self { starts }
    }

    /// How many lines there are; an empty file has one.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The number, from 1, of the line that holds `offset`.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Byte offset at which line `line` (from 1) starts; the last line's start when there is no such line.
    pub fn line_start(&self, line: u32) -> u32 {
        let at = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        self.starts[at]
    }

    /// Line and column of `offset` in `text`, which must be the text that was indexed.
    pub fn line_column(&self, text: &[u8], offset: u32) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.line_start(line) as usize;
        let end = (offset as usize).min(text.len()).max(start);
        let column = String::from_utf8_lossy(&text[start..end]).chars().count() as u32 + 1;
        LineColumn { line, column }
    }

    /// The place of `span` in the file `path` with content `text`.
    pub fn place(&self, path: Arc<str>, text: &[u8], span: ByteSpan) -> Place {
        Place {
            path,
            span,
            start: self.line_column(text, span.start),
            end: self.line_column(text, span.end),
        }
    }

    /// Lines `first..=last` (from 1) of `text` as an excerpt.
    pub fn excerpt(&self, text: &[u8], first: u32, last: u32) -> Excerpt {
        self.excerpt_within(text, first, last, usize::MAX)
    }

    /// The same, of no more than `most` bytes.
    pub fn excerpt_within(&self, text: &[u8], first: u32, last: u32, most: usize) -> Excerpt {
        let first = first.clamp(1, self.lines());
        let start = self.line_start(first);
        let end = if last >= self.lines() {
            text.len() as u32
        } else {
            self.line_start(last + 1)
        };
        let mut bytes = &text[start as usize..(end as usize).max(start as usize)];
        if bytes.len() > most {
            let is_inside = |at: &usize| bytes[*at] & 0xc0 == 0x80;
            let end = (0..=most).rev().find(|at| !is_inside(at));
            bytes = &bytes[..end.unwrap_or_default()];
        }
        let text = String::from_utf8_lossy(bytes);
        Excerpt {
            first_line: first,
            offset: start,
            text: text.trim_end_matches(['\n', '\r']).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "a = 1\nb = 'é😀' + x\r\n".as_bytes();
        let index = LineIndex::new(text);
        let x = text.iter().position(|b| *b == b'x').expect("x is there") as u32;
        assert_eq!(
            index.line_column(text, 0),
            LineColumn { line: 1, column: 1 }
        );
        assert_eq!(
            index.line_column(text, x),
            LineColumn {
                line: 2,
                column: 12
            }
        );
        assert_eq!(index.excerpt(text, 2, 2).text, "b = 'é😀' + x");
        assert_eq!(index.lines(), 3);
    }

    #[test]
    fn an_excerpt_ends_at_its_limit_and_splits_no_character() {
        let text = "a = 1\nb = '😀😀'\nc = 2\n".as_bytes();
        let index = LineIndex::new(text);
        let within = |most| index.excerpt_within(text, 2, 3, most);
        assert_eq!(within(usize::MAX), index.excerpt(text, 2, 3));
        for (most, kept) in [(0, ""), (5, "b = '"), (8, "b = '"), (9, "b = '😀")] {
            let excerpt = within(most);
            assert_eq!((&*excerpt.text, excerpt.offset), (kept, 6), "{most}");
        }
    }
}
