//! Placeholders in texts: `{name}` stands for a value, `{{` and `}}` for braces.
//!
//! Substitution happens once and per argument; a value is never searched for placeholders and never split.

use std::collections::BTreeMap;
use std::ops::Range;

/// A text whose placeholders cannot be read or filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct ExpandError {
    /// The bytes of the text in question.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub problem: Problem,
}

/// What is wrong with a placeholder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A `{` without its `}`.
    #[error("`{{` is not closed")]
    Unclosed,
    /// A `}` without its `{`.
    #[error("`}}` closes nothing")]
    Unopened,
    /// Braces around something that is no name.
    #[error("`{{{0}}}` is not a placeholder")]
    NoName(String),
    /// No value for this name.
    #[error("no value for the placeholder `{{{0}}}`")]
    Unknown(String),
}

impl Problem {
    /// What to write instead, where the form is wrong.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Problem::Unclosed => Some("write `{{` for a brace"),
            Problem::Unopened => Some("write `}}` for a brace"),
            Problem::NoName(_) => {
                Some("a placeholder is a lower-case name in braces; write `{{` and `}}` for braces")
            }
            Problem::Unknown(_) => None,
        }
    }
}

/// A stretch of a text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Taken as it is.
    Literal(&'t str),
    /// Replaced by the value of this name.
    Name(&'t str),
}

/// Cuts `text` into literal stretches and names, each with its bytes (braces included).
///
/// # Errors
/// The first brace that belongs to nothing.
pub fn pieces(text: &str) -> Result<Vec<(Range<usize>, Piece<'_>)>, ExpandError> {
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find(['{', '}']) {
        let at = from + offset;
        if at > from {
            pieces.push((from..at, Piece::Literal(&text[from..at])));
        }
        let brace = &text[at..at + 1];
        if text[at + 1..].starts_with(brace) {
            pieces.push((at..at + 2, Piece::Literal(brace)));
            from = at + 2;
            continue;
        }
        if brace == "}" {
            return Err(ExpandError {
                at: at..at + 1,
                problem: Problem::Unopened,
            });
        }
        let Some(length) = text[at..].find('}') else {
            return Err(ExpandError {
                at: at..at + 1,
                problem: Problem::Unclosed,
            });
        };
        let (end, name) = (at + length + 1, &text[at + 1..at + length]);
        if !is_name(name) {
            return Err(ExpandError {
                at: at..end,
                problem: Problem::NoName(name.to_owned()),
            });
        }
        pieces.push((at..end, Piece::Name(name)));
        from = end;
    }
    if from < text.len() {
        pieces.push((from..text.len(), Piece::Literal(&text[from..])));
    }
    Ok(pieces)
}

/// The names of the placeholders in `text`, in order, doubles included.
///
/// # Errors
/// As [`pieces`].
pub fn names(text: &str) -> Result<Vec<(Range<usize>, &str)>, ExpandError> {
    let names = pieces(text)?
        .into_iter()
        .filter_map(|(at, piece)| match piece {
            Piece::Name(name) => Some((at, name)),
            Piece::Literal(_) => None,
        });
    Ok(names.collect())
}

/// `text` with every placeholder replaced by its value.
///
/// # Errors
/// A brace that belongs to nothing, or a name that `values` does not hold.
pub fn expand(text: &str, values: &BTreeMap<String, String>) -> Result<String, ExpandError> {
    let mut expanded = String::with_capacity(text.len());
    for (at, piece) in pieces(text)? {
        match piece {
            Piece::Literal(literal) => expanded.push_str(literal),
            Piece::Name(name) => match values.get(name) {
                Some(value) => expanded.push_str(value),
                None => {
                    return Err(ExpandError {
                        at,
                        problem: Problem::Unknown(name.to_owned()),
                    });
                }
            },
        }
    }
    Ok(expanded)
}

/// `text` with its braces doubled, so that [`expand`] gives it back.
pub fn escape(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A lower-case letter, then lower-case letters, digits and `_ - . :`.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-.:".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<String, String> {
        [("entry", "app.main"), ("python", "/usr/bin/{entry}")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn names_become_values_once_and_doubled_braces_become_braces() {
        for (text, expanded) in [
            ("import {entry}", "import app.main"),
            ("{python}", "/usr/bin/{entry}"),
            ("{{{entry}}}", "{app.main}"),
            ("--format {{{{.Size}}}}", "--format {{.Size}}"),
            ("é{entry}é", "éapp.mainé"),
            ("", ""),
        ] {
            assert_eq!(expand(text, &values()).as_deref(), Ok(expanded), "{text}");
        }
    }

    #[test]
    fn stray_braces_and_unknown_names_are_errors_with_their_place() {
        for (text, shown, at) in [
            ("a {", "`{` is not closed", 2..3),
            ("a }", "`}` closes nothing", 2..3),
            ("a {}", "`{}` is not a placeholder", 2..4),
            ("a { b }", "`{ b }` is not a placeholder", 2..7),
            ("a {enrty}", "no value for the placeholder `{enrty}`", 2..9),
            ("{{}", "`}` closes nothing", 2..3),
        ] {
            let error = expand(text, &values()).expect_err(text);
            assert_eq!(
                (error.to_string().as_str(), error.at),
                (shown, at),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn escaped_text_comes_back(text in "\\PC{0,80}") {
            proptest::prop_assert_eq!(expand(&escape(&text), &BTreeMap::new()), Ok(text));
        }

        #[test]
        fn a_value_is_inserted_as_it_is(before in "[^{}]{0,9}", value in "\\PC{0,40}", after in "[^{}]{0,9}") {
            let values = BTreeMap::from([("x".to_owned(), value.clone())]);
            let expanded = expand(&format!("{before}{{x}}{after}"), &values);
            proptest::prop_assert_eq!(expanded, Ok(format!("{before}{value}{after}")));
        }

        #[test]
        fn no_text_makes_expansion_panic(text in "[{}a-c.é ]{0,40}") {
            if let Err(error) = expand(&text, &BTreeMap::new()) {
                proptest::prop_assert!(text.get(error.at).is_some());
            }
        }
    }
}
