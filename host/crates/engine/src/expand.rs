//! Placeholders in the texts of a recipe: `{name}` stands for a parameter or a fact. Knows no values of its own.
//!
//! A placeholder is one pair of braces around a name: a lower-case letter, then lower-case letters, digits, `-`, `_`.
//! Everything else stays as it is, so that `{{json .}}`, `${HOME}` and `{"a": 1}` need no escaping: a brace or a `$`
//! directly in front, or a second closing brace, means that it is no placeholder.

use std::ops::Range;

/// Names of the placeholders in `text`, in order, repeated ones too.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    spans(text).map(|span| &text[span.start + 1..span.end - 1])
}

/// `text` with every placeholder replaced by what `value` knows. What a value holds is not expanded again.
///
/// # Errors
/// The name of the first placeholder that `value` does not know.
pub fn expand(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> Result<String, String> {
    let mut done = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans(text) {
        let name = &text[span.start + 1..span.end - 1];
        done.push_str(&text[from..span.start]);
        done.push_str(&value(name).ok_or_else(|| name.to_owned())?);
        from = span.end;
    }
    done.push_str(&text[from..]);
    Ok(done)
}

/// Byte ranges of the placeholders, braces included.
fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(open) = bytes[from..].iter().position(|byte| *byte == b'{') {
            let open = from + open;
            from = open + 1;
            let name = bytes[from..]
                .iter()
                .take_while(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
                .count();
            let close = from + name;
            let starts = open == 0 || !matches!(bytes[open - 1], b'{' | b'$');
            let ends = bytes.get(close) == Some(&b'}') && bytes.get(close + 1) != Some(&b'}');
            if starts && ends && bytes[from].is_ascii_lowercase() {
                from = close + 1;
                return Some(open..close + 1);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(name: &str) -> Option<String> {
        match name {
            "entry" => Some("app.main".to_owned()),
            "odd" => Some("{entry}".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn placeholders_are_replaced_once_and_other_braces_stay() {
        let cases = [
            ("import {entry}", "import app.main"),
            ("{entry}{entry}", "app.mainapp.main"),
            ("{odd}", "{entry}"),
            ("{{json .}}", "{{json .}}"),
            ("{{entry}}", "{{entry}}"),
            ("${entry}", "${entry}"),
            ("{\"entry\": 1}", "{\"entry\": 1}"),
            ("{}", "{}"),
            ("{Entry} {9} {", "{Entry} {9} {"),
        ];
        for (text, expected) in cases {
            assert_eq!(expand(text, value).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(expand("a {nothing} b", value), Err("nothing".to_owned()));
        assert_eq!(
            placeholders("{b-c} {a} {{d}}").collect::<Vec<_>>(),
            ["b-c", "a"]
        );
    }

    proptest! {
        #[test]
        fn any_text_expands_without_a_panic_and_text_without_braces_stays(text in ".{0,60}") {
            let done = expand(&text, |name| Some(name.to_owned()));
            prop_assert!(done.is_ok());
            if !text.contains('{') {
                prop_assert_eq!(done, Ok(text));
            }
        }
    }
}
