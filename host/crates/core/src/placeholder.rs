//! Placeholders in texts: `{name}` stands for a value, `{{` and `}}` for braces.
//!
//! Substitution happens once and per argument; a value is never searched for placeholders and never split.

use std::fmt;
use std::ops::Range;

/// Braces that belong to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The bytes of the text in question.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub problem: Problem,
}

/// What is wrong with a brace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A `{` without its `}`.
    Unclosed,
    /// A `}` without its `{`.
    Unopened,
    /// Braces around something that is no name.
    NoName(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Unclosed => out.write_str("`{` is not closed"),
            Problem::Unopened => out.write_str("`}` closes nothing"),
            Problem::NoName(name) => write!(out, "`{{{name}}}` is not a placeholder"),
        }
    }
}

impl Problem {
    /// What to write instead.
    pub fn hint(&self) -> &'static str {
        match self {
            Problem::Unclosed => "write `{{` for a brace",
            Problem::Unopened => "write `}}` for a brace",
            Problem::NoName(_) => {
                "a placeholder is a lower-case name in braces; write `{{` and `}}` for braces"
            }
        }
    }
}

impl Stray {
    /// A sentence for who wrote `text`, which it was found in.
    pub fn told_of(&self, text: &str) -> String {
        format!("{} in `{text}`: {}", self.problem, self.problem.hint())
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
pub fn pieces(text: &str) -> Result<Vec<(Range<usize>, Piece<'_>)>, Stray> {
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
            return Err(Stray {
                at: at..at + 1,
                problem: Problem::Unopened,
            });
        }
        let Some(length) = text[at..].find('}') else {
            return Err(Stray {
                at: at..at + 1,
                problem: Problem::Unclosed,
            });
        };
        let (end, name) = (at + length + 1, &text[at + 1..at + length]);
        if !is_name(name) {
            return Err(Stray {
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
pub fn names(text: &str) -> Result<Vec<(Range<usize>, &str)>, Stray> {
    let names = pieces(text)?
        .into_iter()
        .filter_map(|(at, piece)| match piece {
            Piece::Name(name) => Some((at, name)),
            Piece::Literal(_) => None,
        });
    Ok(names.collect())
}

/// `text` with every placeholder replaced by what `value` answers.
///
/// # Errors
/// The first brace that belongs to nothing, with what to write, or the first reason of `value`.
pub fn expand(
    text: &str,
    mut value: impl FnMut(&str) -> Result<String, String>,
) -> Result<String, String> {
    let pieces = pieces(text).map_err(|stray| stray.told_of(text))?;
    let mut expanded = String::with_capacity(text.len());
    for (_, piece) in pieces {
        match piece {
            Piece::Literal(literal) => expanded.push_str(literal),
            Piece::Name(name) => expanded.push_str(&value(name)?),
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

    fn value(name: &str) -> Result<String, String> {
        match name {
            "entry" => Ok("app.main".to_owned()),
            "python" => Ok("/usr/bin/{entry}".to_owned()),
            _ => Err(format!("no {name}")),
        }
    }

    #[test]
    fn names_become_values_once_and_doubled_braces_become_braces() {
        for (text, expanded) in [
            ("import {entry}", "import app.main"),
            ("{entry}{entry}", "app.mainapp.main"),
            ("{python}", "/usr/bin/{entry}"),
            ("{{{entry}}}", "{app.main}"),
            ("--format {{{{.Size}}}}", "--format {{.Size}}"),
            ("é{entry}é", "éapp.mainé"),
            ("", ""),
        ] {
            assert_eq!(expand(text, value).as_deref(), Ok(expanded), "{text}");
        }
        assert_eq!(expand("a {enrty} b", value), Err("no enrty".to_owned()));
        let found = names("{b-c} {a} {{d}}").expect("well formed");
        assert_eq!(found, [(0..5, "b-c"), (6..9, "a")]);
    }

    #[test]
    fn stray_braces_are_errors_with_their_place() {
        for (text, shown, at) in [
            ("a {", "`{` is not closed", 2..3),
            ("a }", "`}` closes nothing", 2..3),
            ("a {}", "`{}` is not a placeholder", 2..4),
            ("a { b }", "`{ b }` is not a placeholder", 2..7),
            ("{{}", "`}` closes nothing", 2..3),
        ] {
            let stray = names(text).expect_err(text);
            assert_eq!((stray.problem.to_string().as_str(), stray.at), (shown, at));
        }
        assert_eq!(
            expand("a {", value),
            Err("`{` is not closed in `a {`: write `{{` for a brace".to_owned())
        );
    }

    proptest::proptest! {
        #[test]
        fn escaped_text_comes_back(text in "\\PC{0,80}") {
            proptest::prop_assert_eq!(expand(&escape(&text), value), Ok(text));
        }

        #[test]
        fn a_value_is_inserted_as_it_is(before in "[^{}]{0,9}", inner in "\\PC{0,40}", after in "[^{}]{0,9}") {
            let expanded = expand(&format!("{before}{{x}}{after}"), |_| Ok(inner.clone()));
            proptest::prop_assert_eq!(expanded, Ok(format!("{before}{inner}{after}")));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[{}a-c.é ]{0,40}") {
            if let Err(stray) = names(&text) {
                proptest::prop_assert!(text.get(stray.at).is_some());
            }
        }
    }
}
