//! Sentences that findings say, with names that each finding fills in.

use std::fmt;

/// A sentence with names between braces: `{library} is called without a timeout`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    id: String,
    parts: Vec<Part>,
    parameters: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A position among the parameters.
    Parameter(usize),
}

/// The longest sentence, in bytes, and the most that is made of one with its names filled in: more than anybody is shown.
const LONGEST: usize = 1024;
const LONGEST_FILLED: usize = 4096;

/// Why a sentence cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageError {
    /// It says nothing.
    Empty,
    /// It has so many bytes, more than a sentence.
    Long(usize),
    /// A brace without its partner, at this byte.
    Unpaired(usize),
    /// What stands between braces is no name.
    NoName(String),
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the message says nothing"),
            Self::Long(bytes) => {
                write!(f, "the message has {bytes} bytes, more than {LONGEST}")
            }
            Self::Unpaired(at) => write!(
                f,
                "the brace at byte {at} has no partner; `{{{{` and `}}}}` stand for braces themselves"
            ),
            Self::NoName(name) => write!(
                f,
                "`{{{name}}}` is no name: names are lower-case letters, digits and `_`, a letter first"
            ),
        }
    }
}

impl std::error::Error for MessageError {}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

impl Message {
    /// Reads the sentence called `id`.
    ///
    /// # Errors
    /// When it says nothing or its braces do not fit.
    pub fn parse(id: impl Into<String>, text: &str) -> Result<Self, MessageError> {
        if text.trim().is_empty() {
            return Err(MessageError::Empty);
        }
        if text.len() > LONGEST {
            return Err(MessageError::Long(text.len()));
        }
        let mut message = Self {
            id: id.into(),
            parts: Vec::new(),
            parameters: Vec::new(),
        };
        let mut said = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(['{', '}']) {
            let brace = at + found;
            said.push_str(&text[at..brace]);
            let rest = &text[brace..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                said.push_str(&rest[..1]);
                at = brace + 2;
                continue;
            }
            let end = rest.find('}').filter(|_| rest.starts_with('{'));
            let end = end.ok_or(MessageError::Unpaired(brace))?;
            let name = &rest[1..end];
            if !is_name(name) {
                return Err(MessageError::NoName(name.to_owned()));
            }
            if !said.is_empty() {
                message.parts.push(Part::Text(std::mem::take(&mut said)));
            }
            let known = message.parameters.iter().position(|known| known == name);
            let position = known.unwrap_or_else(|| {
                message.parameters.push(name.to_owned());
                message.parameters.len() - 1
            });
            message.parts.push(Part::Parameter(position));
            at = brace + end + 1;
        }
        said.push_str(&text[at..]);
        if !said.is_empty() {
            message.parts.push(Part::Text(said));
        }
        Ok(message)
    }

    /// What rules call it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The names in it, in the order in which they come first.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// Whether a text may be this sentence with something in place of its names.
    pub fn may_be(&self, text: &str) -> bool {
        let mut rest = text;
        // Whether a name stands before, and how many parts follow.
        let mut is_open = false;
        for (left, part) in (0..self.parts.len()).rev().zip(&self.parts) {
            let Part::Text(piece) = part else {
                is_open = true;
                continue;
            };
            let found = match (is_open, left) {
                (true, 0) => return rest.ends_with(piece.as_str()),
                (true, _) => rest.find(piece.as_str()),
                (false, _) => rest.starts_with(piece.as_str()).then_some(0),
            };
            let Some(found) = found else {
                return false;
            };
            rest = &rest[found + piece.len()..];
            is_open = false;
        }
        is_open || rest.is_empty()
    }

    /// The sentence with `values` in place of its names, in their order; nothing for names that have none.
    pub fn fill(&self, values: &[String]) -> String {
        let mut said = String::new();
        for part in &self.parts {
            let text = match part {
                Part::Text(text) => text.as_str(),
                Part::Parameter(at) => values.get(*at).map_or("", String::as_str),
            };
            // Who shows it cuts it there anyway; a text that stands for many names would be all of them before.
            let room = (LONGEST_FILLED - said.len()).min(text.len());
            said.push_str(&text[..text.floor_char_boundary(room)]);
            if room < text.len() {
                break;
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Message, MessageError> {
        Message::parse("id", text)
    }

    #[test]
    fn names_are_filled_in_wherever_they_stand() {
        let message = parse("{who} waits for {what}: {who} {{sic}}").expect("reads");
        assert_eq!(message.parameters(), ["who", "what"]);
        let filled = message.fill(&["a {b}".to_owned(), "c".to_owned()]);
        assert_eq!(filled, "a {b} waits for c: a {b} {sic}");
        let long = message.fill(&["\u{e9}".repeat(3000), "c".repeat(9000)]);
        assert!(long.len() <= LONGEST_FILLED && long.len() > LONGEST_FILLED - 3);
        assert!(parse(&"x".repeat(LONGEST + 1)).is_err());
        let plain = parse("nothing to fill in").expect("reads");
        assert_eq!(plain.fill(&[]), "nothing to fill in");
        assert!(plain.parameters().is_empty());
    }

    #[test]
    fn a_text_is_told_to_be_the_sentence_or_not() {
        let may_be = |sentence: &str, text: &str| parse(sentence).expect("reads").may_be(text);
        for (sentence, text, is) in [
            ("plain", "plain", true),
            ("plain", "plainly", false),
            ("{who} waits", "he waits and waits", true),
            ("{who} waits", "he waits not", false),
            ("call of {what}", "call of x", true),
            ("call of {what}", "a call of x", false),
            ("{a} in {b}, {{sic}} {c}!", "x in y, {sic} z!", true),
            ("{a} in {b}, {{sic}} {c}!", "x in y, z!", false),
            ("{a}", "anything", true),
        ] {
            assert_eq!(may_be(sentence, text), is, "{sentence}: {text}");
        }
    }

    #[test]
    fn braces_that_do_not_fit_are_refused() {
        assert_eq!(parse(" \n"), Err(MessageError::Empty));
        assert_eq!(parse("a { b"), Err(MessageError::Unpaired(2)));
        assert_eq!(parse("a } b"), Err(MessageError::Unpaired(2)));
        for name in ["", "A", "a b", "1a", "a-b", "{a"] {
            let text = format!("x {{{name}}}");
            assert!(parse(&text).is_err(), "{text}");
        }
    }
}
