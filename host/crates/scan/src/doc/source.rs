//! The text of a file as parsers want it: valid UTF-8 of exactly the file's length, so that every offset holds for the bytes.
//! It knows nothing of formats.

use std::borrow::Cow;

use perfctl_core::place::ByteSpan;

/// Larger files are refused. The scanner's own, lower limit comes first; this one keeps a direct call safe.
pub const MAX_BYTES: usize = 4 << 20;

/// Why a file is not read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Over [`MAX_BYTES`].
    #[error("the file has {0} bytes, more than the {MAX_BYTES} that are read as a document")]
    TooLarge(usize),
    /// A byte order mark of UTF-16 or UTF-32.
    #[error("the file is in UTF-16 or UTF-32: save it as UTF-8")]
    WideText,
}

/// A file's text.
pub(crate) struct Source<'a> {
    text: Cow<'a, str>,
    start: usize,
}

impl<'a> Source<'a> {
    /// Takes `bytes` as text: a byte that is no UTF-8, and NUL, becomes `_`; a byte order mark is stepped over.
    pub(crate) fn admit(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_BYTES {
            return Err(Refusal::TooLarge(bytes.len()));
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(Refusal::WideText);
        }
        let text = same_length(bytes);
        let start = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Ok(Self { text, start })
    }

    /// The whole text, as long as the file.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text behind the byte order mark, and where it begins.
    pub(crate) fn body(&self) -> (&str, usize) {
        (&self.text[self.start..], self.start)
    }

    /// The text of `span`, widened to whole characters and cut to the file.
    pub(crate) fn slice(&self, span: ByteSpan) -> &str {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.ceil_char_boundary(span.end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// `bytes` as UTF-8 of the same length.
fn same_length(bytes: &[u8]) -> Cow<'_, str> {
    if memchr::memchr(0, bytes).is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.extend(
            chunk
                .valid()
                .chars()
                .map(|c| if c == '\0' { '_' } else { c }),
        );
        text.extend(std::iter::repeat_n('_', chunk.invalid().len()));
    }
    Cow::Owned(text)
}

/// Byte offsets of characters, for parsers that count characters.
pub(crate) struct CharIndex<'t> {
    text: &'t str,
    /// Byte offset of every [`STRIDE`]th character; empty when the text is ASCII.
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CharIndex<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(STRIDE)
                .map(|(at, _)| at as u32)
                .collect()
        };
        Self { text, marks }
    }

    /// The byte offset of character `index`; the text's length when there are fewer.
    pub(crate) fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(mark) = self.marks.get(index / STRIDE) else {
            return self.text.len();
        };
        let from = *mark as usize;
        self.text[from..]
            .char_indices()
            .nth(index % STRIDE)
            .map_or(self.text.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_and_nul_keep_their_place() {
        let source = Source::admit(b"a\xff\xfe\0b\xc3").expect("it is there");
        assert_eq!(source.text(), "a___b_");
        assert_eq!(Source::admit(b"\xff\xfea\0").err(), Some(Refusal::WideText));
        assert!(Source::admit(&vec![b'a'; MAX_BYTES + 1]).is_err());
    }

    #[test]
    fn a_byte_order_mark_counts_but_is_not_read() {
        let source = Source::admit("\u{feff}a: 1".as_bytes()).expect("it is there");
        assert_eq!(source.body(), ("a: 1", 3));
        assert_eq!(source.slice(ByteSpan::new(3, 4)), "a");
    }

    #[test]
    fn characters_are_counted_into_bytes() {
        let text = format!("{}é😀x", "a".repeat(130));
        let index = CharIndex::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.byte(n), at);
        }
        assert_eq!(index.byte(1000), text.len());
    }
}
