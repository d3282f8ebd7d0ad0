//! Entities in JSX attributes: numbers and those that XML knows; any other stays as written.

use std::borrow::Cow;

/// The value of the text between the quotes of a JSX attribute, which has no escapes but entities.
pub(super) fn attribute_value(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        value.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest
            .split_once(';')
            .and_then(|(name, after)| Some((entity(&name[1..])?, after)));
        match entity {
            Some((char, after)) => {
                value.push(char);
                rest = after;
            }
            None => {
                value.push('&');
                rest = &rest[1..];
            }
        }
    }
    value.push_str(rest);
    Cow::Owned(value)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_read_entities_and_no_escapes() {
        let text = r"a &amp; b\n &#x41;&#66; &unknown; &";
        assert_eq!(attribute_value(text), r"a & b\n AB &unknown; &");
        assert_eq!(attribute_value("é&;&#xD800;&lt;"), "é&;&#xD800;<");
    }
}
