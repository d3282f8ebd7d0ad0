//! Texts of JavaScript: the values of string literals and templates.

use std::borrow::Cow;

/// The value of a string literal as written, quotes included. What is no valid escape stays as written; halves of
/// surrogate pairs become U+FFFD.
pub(super) fn string_value(literal: &str) -> Cow<'_, str> {
    let mut chars = literal.chars();
    let quote = chars.next();
    let inside = chars.as_str();
    let inside = quote
        .and_then(|quote| inside.strip_suffix(quote))
        .unwrap_or(inside);
    match quote {
        Some('`') => template_value(inside),
        _ => unescape(inside),
    }
}

/// The value of the text between two holes of a template: line ends are `\n`.
pub(super) fn template_value(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        Cow::Owned(unescape(&text).into_owned())
    } else {
        unescape(text)
    }
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (char, length) = read_escape(escape);
        match char {
            Read::Char(char) => value.push(char),
            Read::Nothing => {}
            Read::Invalid => value.push('\\'),
        }
        rest = &escape[length..];
    }
    value.push_str(rest);
    Cow::Owned(value)
}

enum Read {
    Char(char),
    /// A line continued.
    Nothing,
    Invalid,
}

/// What the escape that `text` starts with, after its backslash, stands for, and its length.
fn read_escape(text: &str) -> (Read, usize) {
    let Some(first) = text.chars().next() else {
        return (Read::Invalid, 0);
    };
    let char = match first {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '0'..='7' => return octal(text),
        '\r' => {
            let length = if text.starts_with("\r\n") { 2 } else { 1 };
            return (Read::Nothing, length);
        }
        '\n' | '\u{2028}' | '\u{2029}' => return (Read::Nothing, first.len_utf8()),
        'x' | 'u' => return code_point(text).unwrap_or((Read::Invalid, 0)),
        other => other,
    };
    (Read::Char(char), first.len_utf8())
}

fn octal(text: &str) -> (Read, usize) {
    let most = if text.starts_with(['0', '1', '2', '3']) {
        3
    } else {
        2
    };
    let length = text
        .bytes()
        .take(most)
        .take_while(|byte| matches!(byte, b'0'..=b'7'))
        .count();
    let code = u32::from_str_radix(&text[..length], 8).unwrap_or(0);
    (
        char::from_u32(code).map_or(Read::Invalid, Read::Char),
        length,
    )
}

/// `x41`, `u0041`, `u{41}` and a surrogate pair of two.
fn code_point(text: &str) -> Option<(Read, usize)> {
    let (code, mut length) = if text.starts_with('x') {
        (u32::from_str_radix(text.get(1..3)?, 16).ok()?, 3)
    } else {
        unicode(text)?
    };
    if (0xd800..0xdc00).contains(&code)
        && let Some(next) = text.get(length..).and_then(|rest| rest.strip_prefix('\\'))
        && let Some((low, more)) = next.starts_with('u').then(|| unicode(next)).flatten()
        && (0xdc00..0xe000).contains(&low)
    {
        length += 1 + more;
        let whole = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        return Some((Read::Char(char::from_u32(whole)?), length));
    }
    Some((
        Read::Char(char::from_u32(code).unwrap_or('\u{fffd}')),
        length,
    ))
}

fn unicode(text: &str) -> Option<(u32, usize)> {
    if let Some(braced) = text.strip_prefix("u{") {
        let (digits, _) = braced.split_once('}')?;
        return Some((u32::from_str_radix(digits, 16).ok()?, digits.len() + 3));
    }
    Some((u32::from_str_radix(text.get(1..5)?, 16).ok()?, 5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_literals_are_decoded() {
        for (literal, value) in [
            (r#""plain""#, "plain"),
            (r#"'it\'s\n'"#, "it's\n"),
            (r#""\x41é\u{1F600}\uD83D\uDE00\101\0""#, "Aé😀😀A\0"),
            ("'a\\\nb'", "ab"),
            (r#"'\q\xZZ\u12'"#, r"q\xZZ\u12"),
            (r#"'\uD83D'"#, "\u{fffd}"),
            ("`a\r\nb`", "a\nb"),
            ("'open", "open"),
            ("", ""),
        ] {
            assert_eq!(string_value(literal), value, "{literal}");
        }
    }
}
