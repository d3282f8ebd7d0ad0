//! Texts of Go: the values of string and rune literals, and the name a package goes by.

use std::borrow::Cow;

/// The value of a string or rune literal as written, quotes included. What is no valid escape stays as written; bytes that
/// are no UTF-8 become U+FFFD.
pub(super) fn string_value(literal: &str) -> Cow<'_, str> {
    let mut chars = literal.chars();
    let quote = chars.next();
    let inside = chars.as_str();
    let inside = quote
        .and_then(|quote| inside.strip_suffix(quote))
        .unwrap_or(inside);
    match quote {
        Some('`') if inside.contains('\r') => Cow::Owned(inside.replace('\r', "")),
        Some('`') => Cow::Borrowed(inside),
        _ if !inside.contains('\\') => Cow::Borrowed(inside),
        _ => Cow::Owned(unescape(inside)),
    }
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at..];
        match read_escape(&escape[1..]) {
            Some((value, length)) => {
                match value {
                    Value::Byte(byte) => bytes.push(byte),
                    Value::Char(char) => {
                        bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
                rest = &escape[1 + length..];
            }
            None => {
                bytes.push(b'\\');
                rest = &escape[1..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

enum Value {
    Byte(u8),
    Char(char),
}

/// The value of the escape that `text` starts with, after its backslash, and its length.
fn read_escape(text: &str) -> Option<(Value, usize)> {
    let first = *text.as_bytes().first()?;
    let simple = match first {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' | b'\'' | b'"' => first,
        b'0'..=b'7' => {
            let byte = u8::from_str_radix(text.get(..3)?, 8).ok()?;
            return Some((Value::Byte(byte), 3));
        }
        b'x' => {
            let byte = u8::from_str_radix(text.get(1..3)?, 16).ok()?;
            return Some((Value::Byte(byte), 3));
        }
        b'u' | b'U' => {
            let end = if first == b'u' { 5 } else { 9 };
            let code = u32::from_str_radix(text.get(1..end)?, 16).ok()?;
            return Some((Value::Char(char::from_u32(code)?), end));
        }
        _ => return None,
    };
    Some((Value::Byte(simple), 1))
}

/// The name by which a package imported without an alias is known, as far as its path tells: the last segment that is
/// no major version, without the version that gopkg.in appends, a `go-` before it, and what no name can hold (`sentry-go`,
/// `nats.go`): the guess that Go's own tools make. The package clause may say otherwise.
pub(super) fn local_name(path: &str) -> &str {
    let mut segments = path.rsplit('/');
    let last = segments.next().unwrap_or_default();
    // A module's path says its major version from the second on; a folder `v1` names its package.
    let last = match version(last) {
        Some(2..) => segments.next().unwrap_or(last),
        _ => last,
    };
    let bare = last.strip_prefix("go-").unwrap_or(last);
    let end = bare
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(bare.len());
    if end == 0 { last } else { &bare[..end] }
}

fn version(segment: &str) -> Option<u32> {
    let number = segment.strip_prefix('v')?;
    if number.starts_with('+') {
        None
    } else {
        number.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_literals_are_decoded() {
        for (literal, value) in [
            (r#""plain""#, "plain"),
            (r#""a\tb\n\"q\" \\""#, "a\tb\n\"q\" \\"),
            (r#""\x41\101é\U0001F600""#, "AAé😀"),
            ("`raw \\n\r\n`", "raw \\n\n"),
            ("'x'", "x"),
            (r"'\''", "'"),
            (r#""\q \u12""#, r"\q \u12"),
            (r#""\xe2\x82\xac""#, "€"),
            (r#""\xff""#, "\u{fffd}"),
            ("\"open", "open"),
            ("", ""),
        ] {
            assert_eq!(string_value(literal), value, "{literal}");
        }
    }

    #[test]
    fn a_package_goes_by_its_last_segment_that_is_no_version() {
        for (path, name) in [
            ("fmt", "fmt"),
            ("net/http", "http"),
            ("github.com/go-redis/redis/v9", "redis"),
            ("gopkg.in/yaml.v3", "yaml"),
            ("github.com/mattn/go-sqlite3", "sqlite3"),
            ("github.com/getsentry/sentry-go", "sentry"),
            ("github.com/nats-io/nats.go", "nats"),
            ("github.com/segmentio/kafka-go", "kafka"),
            ("example.com/go-", "go-"),
            ("v2", "v2"),
            ("k8s.io/api/core/v1", "v1"),
            ("", ""),
        ] {
            assert_eq!(local_name(path), name, "{path}");
        }
    }
}
