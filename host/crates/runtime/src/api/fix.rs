//! A ready change, as a rule tells it.

use std::sync::Arc;

use perfctl_core::fix::{Edit, Fix, Safety};
use perfctl_core::place::ByteSpan;
use perfctl_scan::view::FileView;

use super::location::Location;
use super::refusal::{Answer, Refusal};
use super::report::clean;

/// Most edits of a fix. Half a fix would be worse than none, so that more are an error.
pub const MOST_EDITS: usize = 1000;

/// A change as a rule tells it, nothing of it checked.
pub struct ToldFix {
    /// What it does, in the imperative.
    pub title: String,
    /// What may be done with it; shown only unless said.
    pub safety: Option<Safety>,
    /// Replacements, in any order.
    pub edits: Vec<ToldEdit>,
}

/// One replacement.
pub struct ToldEdit {
    /// Of what. Of a node all of it is meant, where a finding shows only its head.
    pub at: Location,
    /// Where the text is put.
    pub put: Put,
    /// The new text; its lines end with `\n` or as in the file.
    pub text: String,
}

/// Where a text is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// In place of something.
    InPlace,
    /// Before it.
    Before,
    /// Behind it.
    Behind,
}

impl ToldFix {
    /// Refuses a fix of so many edits, if they are too many.
    ///
    /// # Errors
    /// When they are.
    pub fn check_edits(edits: usize) -> Answer<()> {
        match edits > MOST_EDITS {
            true => Err(Refusal::new(format!(
                "more than {MOST_EDITS} edits in one fix"
            ))),
            false => Ok(()),
        }
    }

    /// The change with its diff.
    ///
    /// # Errors
    /// When its edits are too many or overlap.
    pub(super) fn checked(self) -> Answer<Fix> {
        Self::check_edits(self.edits.len())?;
        let mut files: Vec<Arc<FileView>> = Vec::new();
        let mut edits = Vec::with_capacity(self.edits.len());
        for told in self.edits {
            let file = told.at.file.clone();
            edits.push(told.edit());
            if !files.iter().any(|known| known.path() == file.path()) {
                files.push(file);
            }
        }
        edits.sort_by(|left, right| (&left.path, left.span).cmp(&(&right.path, right.span)));
        if edits
            .windows(2)
            .any(|pair| pair[0].path == pair[1].path && pair[0].span.overlaps(pair[1].span))
        {
            return Err(Refusal::new("edits of a fix overlap"));
        }
        let diff = files
            .iter()
            .map(|file| crate::diff::of(file.path(), file.text(), &edits))
            .collect();
        Ok(Fix {
            title: clean(&self.title),
            safety: self.safety.unwrap_or(Safety::DisplayOnly),
            edits,
            diff,
        })
    }
}

impl ToldEdit {
    fn edit(self) -> Edit {
        let Location { file, span, node } = self.at;
        let span = match (file.code(), node) {
            (Some(code), Some(node)) => code.syntax.tree.node(node).span,
            _ => span,
        };
        let span = match self.put {
            Put::InPlace => span,
            Put::Before => ByteSpan::new(span.start, span.start),
            Put::Behind => ByteSpan::new(span.end, span.end),
        };
        Edit {
            path: file.path().clone(),
            span: behind_mark(file.text(), span),
            text: with_line_ends_of(file.text(), self.text),
        }
    }
}

/// A span that leaves the mark of byte order alone with which `text` may begin: what is written before the first line is not
/// written before the file.
fn behind_mark(text: &str, span: ByteSpan) -> ByteSpan {
    match text.starts_with('\u{feff}') {
        true => ByteSpan::new(span.start.max(3), span.end.max(3)),
        false => span,
    }
}

/// `new` with the line ends that `text` has: rules write `\n`.
fn with_line_ends_of(text: &str, new: String) -> String {
    let has_returns = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    match has_returns && new.contains('\n') {
        true => new.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_byte_order_stays_the_first() {
        assert_eq!(
            behind_mark("\u{feff}a", ByteSpan::new(0, 0)),
            ByteSpan::new(3, 3)
        );
        assert_eq!(
            behind_mark("\u{feff}a", ByteSpan::new(0, 4)),
            ByteSpan::new(3, 4)
        );
        assert_eq!(
            behind_mark("abcd", ByteSpan::new(0, 1)),
            ByteSpan::new(0, 1)
        );
    }

    #[test]
    fn what_is_written_into_a_file_ends_its_lines_as_the_file_does() {
        let ends = |text, new: &str| with_line_ends_of(text, new.to_owned());
        assert_eq!(ends("a\r\nb\r\n", "c\nd\r\n"), "c\r\nd\r\n");
        assert_eq!(ends("a\nb\r\n", "c\n"), "c\n");
        assert_eq!(ends("a", "c\n"), "c\n");
    }
}
