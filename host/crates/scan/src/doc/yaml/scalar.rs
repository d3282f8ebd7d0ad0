//! What a YAML scalar is, by its style, its tag, and YAML 1.2's core schema with the underscores of YAML 1.1's numbers.

use saphyr_parser::{ScalarStyle, Tag};

use crate::doc::tree::{DocKind, ScalarKind};

/// The kind of the plain scalar `text`.
fn kind_of(text: &str) -> DocKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => DocKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => DocKind::Scalar(ScalarKind::Bool),
        _ => DocKind::Scalar(number_kind(text).unwrap_or(ScalarKind::String)),
    }
}

fn number_kind(text: &str) -> Option<ScalarKind> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all = |digits: &str, fits: fn(&u8) -> bool| {
        !digits.is_empty() && digits.bytes().all(|b| fits(&b))
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Some(hexadecimal) = digits.strip_prefix("0x") {
        return all(hexadecimal, u8::is_ascii_hexdigit).then_some(ScalarKind::Integer);
    }
    if let Some(octal) = digits.strip_prefix("0o") {
        return all(octal, |b| (b'0'..=b'7').contains(b)).then_some(ScalarKind::Integer);
    }
    if all(digits, |b| b.is_ascii_digit() || *b == b'_') && !digits.starts_with('_') {
        return Some(ScalarKind::Integer);
    }
    if matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return Some(ScalarKind::Float);
    }
    let is_float = all(digits, |b| b.is_ascii_digit() || b".eE+-_".contains(b))
        && digits.replace('_', "").parse::<f64>().is_ok();
    is_float.then_some(ScalarKind::Float)
}

/// The length of `text` up to the end of the quoted scalar that it begins with, tag and anchor included.
pub(super) fn quoted_length(text: &str, quote: char) -> usize {
    let Some(open) = text.find(quote) else {
        return text.len();
    };
    let mut chars = text
        .char_indices()
        .skip_while(|(at, _)| *at <= open)
        .peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote
            && chars
                .next_if(|(_, next)| quote == '\'' && *next == quote)
                .is_none()
        {
            return at + 1;
        }
    }
    text.len()
}

/// The kind of a scalar, and the name of its tag if that makes it unknown.
pub(super) fn scalar_kind(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> (DocKind, Option<String>) {
    let string = DocKind::Scalar(ScalarKind::String);
    let by_style = if style == ScalarStyle::Plain {
        kind_of(text)
    } else {
        string
    };
    let Some(tag) = tag else {
        return (by_style, None);
    };
    if let Some(name) = local_tag(tag) {
        return (DocKind::Unknown, Some(name));
    }
    match tag.suffix.as_str() {
        "str" | "binary" | "timestamp" | "!" => (string, None),
        _ => (kind_of(text), None),
    }
}

/// The name of a tag that is none of YAML's own: `Ref` of `!Ref`.
pub(super) fn local_tag(tag: &Tag) -> Option<String> {
    let is_core = tag.is_yaml_core_schema()
        && matches!(
            tag.suffix.as_str(),
            "str"
                | "int"
                | "float"
                | "bool"
                | "null"
                | "map"
                | "seq"
                | "set"
                | "omap"
                | "binary"
                | "timestamp"
                | "merge"
        );
    let is_nonspecific = tag.suffix.is_empty() || (tag.handle.is_empty() && tag.suffix == "!");
    if is_core || is_nonspecific {
        return None;
    }
    let prefix = if tag.handle == "!" || tag.is_yaml_core_schema() {
        ""
    } else {
        tag.handle.trim_start_matches('!')
    };
    Some(format!("{prefix}{}", tag.suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_have_the_type_of_the_core_schema() {
        let kinds = |texts: &[&str]| texts.iter().map(|text| kind_of(text)).collect::<Vec<_>>();
        assert_eq!(kinds(&["", "~", "null"]), [DocKind::Null; 3]);
        assert_eq!(
            kinds(&["true", "False"]),
            [DocKind::Scalar(ScalarKind::Bool); 2]
        );
        assert_eq!(
            kinds(&["1", "-12", "0x1F", "0o17", "1_000"]),
            [DocKind::Scalar(ScalarKind::Integer); 5]
        );
        assert_eq!(
            kinds(&["1.5", ".5", "1e3", "-.inf", ".nan"]),
            [DocKind::Scalar(ScalarKind::Float); 5]
        );
        assert_eq!(
            kinds(&["yes", "1.2.3", "512Mi", "0xZ", "-", ".", "1e", "node:18"]),
            [DocKind::Scalar(ScalarKind::String); 8]
        );
    }
}
