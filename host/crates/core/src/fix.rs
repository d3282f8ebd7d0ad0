//! A ready change: byte-range edits with a safety class.

use std::sync::Arc;

use crate::place::ByteSpan;

/// What may be done with a fix without asking. The applier decides by this, never the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Shown in reports, never written.
    DisplayOnly,
    /// Written on request; may change behaviour.
    Unsafe,
    /// Written by default; keeps behaviour.
    Safe,
}

impl Safety {
    /// The word used in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Safety::DisplayOnly => "shown-only",
            Safety::Unsafe => "unsafe",
            Safety::Safe => "safe",
        }
    }
}

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// Path from the repository's root.
    pub path: Arc<str>,
    /// Bytes to replace; empty to insert.
    pub span: ByteSpan,
    /// What stands there afterwards.
    pub text: String,
}

/// `bytes` with `edits` made, which are of this file, sorted, and do not overlap; `None` when one lies outside.
pub fn spliced<'e>(bytes: &[u8], edits: impl IntoIterator<Item = &'e Edit>) -> Option<Vec<u8>> {
    let mut changed = Vec::with_capacity(bytes.len() + 64);
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        changed.extend_from_slice(bytes.get(at..range.start)?);
        changed.extend_from_slice(edit.text.as_bytes());
        at = range.end;
    }
    changed.extend_from_slice(bytes.get(at..)?);
    Some(changed)
}

/// Where the byte `offset` of a file stands once `edits` are made, which are of this file, sorted, and do not overlap. What is
/// replaced stands where its replacement begins.
pub fn moved<'e>(offset: u32, edits: impl IntoIterator<Item = &'e Edit>) -> u32 {
    let mut at = i64::from(offset);
    for edit in edits {
        let ByteSpan { start, end } = edit.span;
        if end <= offset {
            at += edit.text.len() as i64 - i64::from(end - start);
        } else if start <= offset {
            at -= i64::from(offset - start);
        }
    }
    u32::try_from(at).unwrap_or(0)
}

/// Edits that belong together: all are applied or none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What the change does, in the imperative.
    pub title: String,
    /// What may be done with it.
    pub safety: Safety,
    /// Sorted by path and start, not overlapping.
    pub edits: Vec<Edit>,
    /// The change as a unified diff, rendered when the finding was made.
    pub diff: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit {
            path: "a.py".into(),
            span: ByteSpan::new(start, end),
            text: text.into(),
        }
    }

    #[test]
    fn what_stands_behind_an_edit_moves_with_it() {
        let edits = [edit(0, 0, "# "), edit(2, 4, "X"), edit(5, 5, "yy")];
        let changed = spliced(b"abcdefg", &edits).expect("within");
        assert_eq!(changed, b"# abXeyyfg");
        let places: Vec<u32> = (0..8).map(|at| moved(at, &edits)).collect();
        assert_eq!(places, [2, 3, 4, 4, 5, 8, 9, 10]);
    }

    #[test]
    fn an_edit_outside_of_its_file_makes_nothing() {
        assert_eq!(spliced(b"abc", &[edit(2, 9, "")]), None);
        assert_eq!(spliced(b"abc", &[edit(2, 3, ""), edit(1, 2, "")]), None);
    }
}
