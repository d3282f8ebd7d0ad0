//! Unified diffs, cut into lines with a kind, for colouring.

/// What a line of a diff is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Added.
    Add,
    /// Removed.
    Remove,
    /// Unchanged.
    Context,
    /// Header of a hunk.
    Hunk,
    /// Name of a file.
    File,
}

impl Kind {
    /// The word used in templates.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Add => "add",
            Kind::Remove => "remove",
            Kind::Context => "context",
            Kind::Hunk => "hunk",
            Kind::File => "file",
        }
    }
}

/// A line of a diff, with its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// What it is.
    pub kind: Kind,
    /// The whole line without its end.
    pub text: &'a str,
}

/// The lines of a unified diff. File names stand before the first hunk of each file only, so a removed line that starts
/// with two dashes is not taken for one.
pub(crate) fn lines(diff: &str) -> Vec<Line<'_>> {
    // Lines that the current hunk still has to bring: removed or unchanged, and added or unchanged.
    let (mut old, mut new) = (0_usize, 0_usize);
    let mut lines = Vec::new();
    let diff = diff.strip_suffix('\n').unwrap_or(diff);
    for text in diff
        .split('\n')
        .map(|text| text.strip_suffix('\r').unwrap_or(text))
    {
        let in_hunk = old > 0 || new > 0;
        let kind = match text.as_bytes().first() {
            Some(b'-') if old > 0 => {
                old -= 1;
                Kind::Remove
            }
            Some(b'+') if new > 0 => {
                new -= 1;
                Kind::Add
            }
            Some(b'@') if !in_hunk && text.starts_with("@@") => {
                (old, new) = hunk_lengths(text);
                Kind::Hunk
            }
            Some(b'-' | b'+') if !in_hunk => Kind::File,
            None if !in_hunk => continue,
            _ => {
                old = old.saturating_sub(1);
                new = new.saturating_sub(1);
                Kind::Context
            }
        };
        lines.push(Line { kind, text });
    }
    lines
}

/// The lengths in `@@ -1,7 +1,8 @@`; a missing length is 1.
fn hunk_lengths(header: &str) -> (usize, usize) {
    let length = |sign: char| {
        header
            .split(' ')
            .find_map(|word| word.strip_prefix(sign))
            .map_or(0, |range| {
                range
                    .split_once(',')
                    .map_or(1, |(_, length)| length.parse().unwrap_or(1))
            })
    };
    (length('-'), length('+'))
}

/// Whether the diff changes only the file `path`, so that naming it again says nothing.
pub(crate) fn is_of_one_file(lines: &[Line<'_>], path: &str) -> bool {
    lines
        .iter()
        .filter(|line| line.kind == Kind::File)
        .all(|line| {
            let name = line
                .text
                .get(4..)
                .unwrap_or("")
                .split('\t')
                .next()
                .unwrap_or("");
            name == path
                || name.strip_prefix("a/") == Some(path)
                || name.strip_prefix("b/") == Some(path)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_line_of_dashes_is_no_file_name() {
        let diff = "--- a/x.sql\n+++ b/x.sql\n@@ -1,3 +1,3 @@\n--- old comment\n+-- new comment\n \n select\n";
        let kinds: Vec<Kind> = lines(diff).iter().map(|line| line.kind).collect();
        use Kind::{Add, Context, File, Hunk, Remove};
        assert_eq!(kinds, [File, File, Hunk, Remove, Add, Context, Context]);
        assert!(is_of_one_file(&lines(diff), "x.sql"));
        assert!(!is_of_one_file(&lines(diff), "y.sql"));
    }

    #[test]
    fn text_that_is_no_diff_is_context_or_nothing() {
        assert!(lines("").is_empty());
        assert_eq!(lines("hello\n")[0].kind, Kind::Context);
    }
}
