//! Values that code or a document holds, and how an argument of a call is named.

pub use crate::bindings::rule_pack::perfctl::plugin::types::{Argument, Literal};

impl Literal {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// `true` or `false`, if it is one of these.
    pub fn boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(boolean) => Some(*boolean),
            _ => None,
        }
    }

    /// Whether it is Python's `None`, JavaScript's `null` or Go's `nil`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether anything is known of it.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(name: &'a str) -> Self {
        Self::Name(name)
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(name: &'a String) -> Self {
        Self::Name(name)
    }
}

impl From<u32> for Argument<'_> {
    fn from(position: u32) -> Self {
        Self::Position(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken<'a>(key: impl Into<Argument<'a>>) -> Argument<'a> {
        key.into()
    }

    #[test]
    fn an_argument_is_named_by_a_text_or_a_number() {
        assert_eq!(taken("timeout"), Argument::Name("timeout"));
        assert_eq!(taken(0), Argument::Position(0));
    }

    #[test]
    fn null_is_known() {
        assert!(Literal::Null.is_known() && Literal::Null.is_null());
        assert!(!Literal::Unknown.is_known());
        assert_eq!(Literal::Text("a".to_owned()).text(), Some("a"));
        assert_eq!(Literal::Number(1.5).number(), Some(1.5));
        assert_eq!(Literal::Boolean(true).boolean(), Some(true));
    }
}
