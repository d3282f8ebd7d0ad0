//! Placeholders in the texts of a recipe: `{name}` stands for a parameter or a fact, `{{` and `}}` for braces. Knows no
//! values of its own.
//!
//! A name is a lower-case letter, then lower-case letters, digits and `_ - . :`. The recipe's reader checks the same form
//! with file and line; here it is checked again, because recipes may be made in code.

/// Braces that belong to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpandError {
    /// A `{` without its `}`.
    #[error("`{{` is not closed in `{0}`: write `{{{{` for a brace")]
    Unclosed(String),
    /// A `}` without its `{`.
    #[error("`}}` closes nothing in `{0}`: write `}}}}` for a brace")]
    Unopened(String),
    /// Braces around something that is no name.
    #[error("`{{{0}}}` is not a placeholder: write `{{{{` and `}}}}` for braces")]
    NoName(String),
}

/// A stretch of a text.
enum Piece<'t> {
    Literal(&'t str),
    Name(&'t str),
}

/// Names of the placeholders in `text`, in order, repeated ones too.
///
/// # Errors
/// The first brace that belongs to nothing.
pub fn placeholders(text: &str) -> Result<Vec<&str>, ExpandError> {
    let names = pieces(text)?.into_iter().filter_map(|piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Literal(_) => None,
    });
    Ok(names.collect())
}

/// `text` with every placeholder replaced by what `value` answers. What a value holds is not expanded again.
///
/// # Errors
/// The first brace that belongs to nothing, or the first reason of `value`.
pub fn expand(
    text: &str,
    mut value: impl FnMut(&str) -> Result<String, String>,
) -> Result<String, String> {
    let mut done = String::with_capacity(text.len());
    for piece in pieces(text).map_err(|error| error.to_string())? {
        match piece {
            Piece::Literal(literal) => done.push_str(literal),
            Piece::Name(name) => done.push_str(&value(name)?),
        }
    }
    Ok(done)
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, ExpandError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        pieces.push(Piece::Literal(before));
        let brace = &from[..1];
        if from[1..].starts_with(brace) {
            pieces.push(Piece::Literal(brace));
            rest = &from[2..];
            continue;
        }
        if brace == "}" {
            return Err(ExpandError::Unopened(text.to_owned()));
        }
        let (name, after) = from[1..]
            .split_once('}')
            .ok_or_else(|| ExpandError::Unclosed(text.to_owned()))?;
        if !is_name(name) {
            return Err(ExpandError::NoName(name.to_owned()));
        }
        pieces.push(Piece::Name(name));
        rest = after;
    }
    pieces.push(Piece::Literal(rest));
    Ok(pieces)
}

fn is_name(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-.:".contains(&b);
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(name: &str) -> Result<String, String> {
        match name {
            "entry" => Ok("app.main".to_owned()),
            "odd" => Ok("{entry}".to_owned()),
            _ => Err(format!("no {name}")),
        }
    }

    #[test]
    fn placeholders_are_replaced_once_and_doubled_braces_are_braces() {
        for (text, expected) in [
            ("import {entry}", "import app.main"),
            ("{entry}{entry}", "app.mainapp.main"),
            ("{odd}", "{entry}"),
            ("--format={{{{json .}}}}", "--format={{json .}}"),
            ("{{{entry}}}", "{app.main}"),
            ("é{entry}é", "éapp.mainé"),
            ("", ""),
        ] {
            assert_eq!(expand(text, value).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(expand("a {nothing} b", value), Err("no nothing".to_owned()));
        assert_eq!(placeholders("{b-c} {a} {{d}}"), Ok(vec!["b-c", "a"]));
    }

    #[test]
    fn braces_that_belong_to_nothing_are_named() {
        for (text, expected) in [
            ("a {", "`{` is not closed in `a {`: write `{{` for a brace"),
            ("a }", "`}` closes nothing in `a }`: write `}}` for a brace"),
            (
                "{json .}",
                "`{json .}` is not a placeholder: write `{{` and `}}` for braces",
            ),
            (
                "{}",
                "`{}` is not a placeholder: write `{{` and `}}` for braces",
            ),
        ] {
            assert_eq!(expand(text, value), Err(expected.to_owned()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn escaped_text_comes_back_and_no_text_panics(text in "[{}a-cé .]{0,40}") {
            let escaped = text.replace('{', "{{").replace('}', "}}");
            prop_assert_eq!(expand(&escaped, value), Ok(text.clone()));
            let _ = expand(&text, value);
        }
    }
}
