//! Sentences with `code` in backticks, as findings and rules write them, for every kind of output.
//!
//! Nothing but backticks has a meaning here; full Markdown is the matter of the `help_text` module.

use crate::{escape, neutral};

/// A piece of a sentence.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
}

/// Cuts a sentence at its backticks; one without a partner is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('`') {
        let after = &rest[open + 1..];
        let Some(close) = after.find('`').filter(|length| *length > 0) else {
            break;
        };
        if open > 0 {
            out.push(Piece::Text(&rest[..open]));
        }
        out.push(Piece::Code(&after[..close]));
        rest = &after[close + 1..];
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

/// As HTML: `<code>` for the parts in backticks.
pub(crate) fn html(text: &str) -> String {
    pieces(&neutral::sentence(text))
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => escape::html(text),
            Piece::Code(code) => format!("<code>{}</code>", escape::html(code)),
        })
        .collect()
}

/// As Markdown that is safe anywhere, with `in_table` also within a table cell.
pub(crate) fn markdown(text: &str, in_table: bool) -> String {
    let text = neutral::sentence(text);
    let mut out = String::new();
    for piece in pieces(&text) {
        match piece {
            Piece::Text(text) => {
                // The escape folds white space, which would glue the words to the code beside them.
                if text.starts_with(' ') {
                    out.push(' ');
                }
                out.push_str(&escape::markdown(text));
                if text.ends_with(' ') && text.len() > 1 {
                    out.push(' ');
                }
            }
            Piece::Code(code) => out.push_str(&escape::code_span(code, in_table)),
        }
    }
    out
}

/// As one line of plain text; backticks stay, because terminals show code in them.
pub(crate) fn plain(text: &str) -> String {
    neutral::sentence(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_backticks_is_marked_and_everything_else_is_text() {
        assert_eq!(html("a `<b>` c"), "a <code>&lt;b&gt;</code> c");
        assert_eq!(markdown("use `a|b` *now*", true), "use `a\\|b` \\*now\\*");
        assert_eq!(markdown("`x`", false), "`x`");
    }

    #[test]
    fn a_lonely_backtick_is_text() {
        assert_eq!(html("it`s"), "it`s");
        assert_eq!(markdown("it`s odd", false), "it\\`s odd");
        assert_eq!(markdown("a `` b", false), "a \\`\\` b");
    }
}
