//! Makes text harmless: control and direction characters become visible escapes.
//!
//! Every text that a format writes and that perfctl did not write itself passes through here first, so that neither a
//! terminal nor a reader can be fooled by bytes in audited code. Must not know which format asks.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character must never reach an output as it is: control characters, bidirectional overrides, invisible
/// characters that hide text, line separators that some readers take for line ends, and what XML 1.0 cannot hold.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends the visible form of one character, such as `\x1b` or `\u{202e}`.
pub(crate) fn push_escape(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if (c as u32) < 0x100 => {
            let _ = write!(out, "\\x{:02x}", c as u32);
        }
        c => {
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        }
    }
}

/// Text of several lines: line ends and tabs stay, `\r\n` becomes `\n`, the rest is escaped.
pub fn block(text: &str) -> Cow<'_, str> {
    if !text
        .chars()
        .any(|c| is_harmful(c) && c != '\n' && c != '\t')
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            c if is_harmful(c) => push_escape(&mut out, c),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Text that must stay on one line, such as a path: line ends and tabs are escaped too.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_harmful(c) {
            push_escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A sentence on one line: runs of white space become one space, the rest as in [`line()`].
pub(crate) fn sentence(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split([' ', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&line(word));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_overrides_become_visible() {
        assert_eq!(line("a\x1b[31mb\u{202e}c"), "a\\x1b[31mb\\u{202e}c");
        assert_eq!(line("two\nlines"), "two\\nlines");
        assert_eq!(block("two\r\nlines\r\u{9b}"), "two\nlines\\r\\x9b");
        assert_eq!(sentence("  one \n\n two\u{7} "), "one two\\x07");
    }

    #[test]
    fn harmless_text_is_not_copied() {
        assert!(matches!(block("é 日本 👩‍💻\n\tx"), Cow::Borrowed(_)));
        assert!(matches!(line("é 日本"), Cow::Borrowed(_)));
    }
}
