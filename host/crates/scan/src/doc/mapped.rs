//! Text put together from pieces of a file that still knows where each of its bytes came from.

use std::ops::Range;

use perfctl_core::place::ByteSpan;

/// Text with the file offset of each of its bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapped {
    text: String,
    at: Vec<u32>,
}

impl Mapped {
    /// `text`, which stands in the file at `offset`.
    pub(super) fn new(text: &str, offset: usize) -> Self {
        let mut mapped = Self::default();
        mapped.push(text, offset);
        mapped
    }

    /// Appends `text`, which stands in the file at `offset`.
    pub(super) fn push(&mut self, text: &str, offset: usize) {
        self.text.push_str(text);
        self.at
            .extend((offset..offset + text.len()).map(|at| at as u32));
    }

    /// `text`, all of which comes from byte `offset` of the file.
    pub(super) fn at_place(text: &str, offset: usize) -> Self {
        let mut mapped = Self::default();
        mapped.push_at(text, offset);
        mapped
    }

    /// Appends `text`, all of which comes from byte `offset` of the file.
    pub(super) fn push_at(&mut self, text: &str, offset: usize) {
        self.text.push_str(text);
        self.at
            .extend(std::iter::repeat_n(offset as u32, text.len()));
    }

    /// Appends the bytes `range` of `other`.
    pub(super) fn push_from(&mut self, other: &Mapped, range: Range<usize>) {
        self.text.push_str(&other.text[range.clone()]);
        self.at.extend_from_slice(&other.at[range]);
    }

    /// Appends `c`, decoded from an escape that begins at byte `at` of `other`.
    pub(super) fn push_decoded(&mut self, c: char, other: &Mapped, at: usize) {
        self.text.push(c);
        let offset = other.at.get(at).copied().unwrap_or_default();
        self.at.extend(std::iter::repeat_n(offset, c.len_utf8()));
    }

    /// The bytes `range`, on their own.
    pub(super) fn slice(&self, range: Range<usize>) -> Mapped {
        Mapped {
            text: self.text[range.clone()].to_owned(),
            at: self.at[range].to_vec(),
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// From the first to the last byte of `range`, in the file.
    pub(super) fn span(&self, range: Range<usize>) -> ByteSpan {
        match (
            self.at.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.at.get(last)),
        ) {
            (Some(start), Some(last)) if range.start < range.end => ByteSpan::new(*start, last + 1),
            (Some(start), _) => ByteSpan::new(*start, *start),
            (None, _) => {
                let end = self.at.last().map_or(0, |last| last + 1);
                ByteSpan::new(end, end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_text_knows_where_its_parts_stand() {
        let mut mapped = Mapped::new("RUN a ", 10);
        mapped.push("é b", 30);
        assert_eq!(mapped.span(4..5), ByteSpan::new(14, 15));
        assert_eq!(mapped.span(4..8), ByteSpan::new(14, 32));
        assert_eq!(mapped.slice(6..8).span(0..2), ByteSpan::new(30, 32));
        assert_eq!(mapped.span(10..10), ByteSpan::new(34, 34));
    }
}
