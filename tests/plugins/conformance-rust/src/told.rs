//! What the API says, in words that are the same in every language.

use perfctl_plugin::prelude::*;

/// Several texts, in order.
pub(crate) fn list<T: ToString>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| text.to_string()).collect();
    texts.join(", ")
}

/// A text, or a dash for nothing.
pub(crate) fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |text| text.to_string())
}

/// Whether something is so.
pub(crate) fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// Names with their values, in the order of the names: Lua's tables have no other.
pub(crate) fn pairs<N: ToString, V: ToString>(pairs: impl IntoIterator<Item = (N, V)>) -> String {
    let pairs = pairs
        .into_iter()
        .map(|(name, value)| (name.to_string(), value.to_string()));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort();
    list(
        pairs
            .into_iter()
            .map(|(name, value)| format!("{name}={value}")),
    )
}

/// The value of an entry of a document. What is no scalar has none that is known, and null is none.
pub(crate) fn scalar(doc: Doc) -> String {
    if doc.kind() == "null" {
        return literal(&Literal::Null);
    }
    literal(&doc.value())
}

/// A value of code or of a document.
pub(crate) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Unknown => "unknown".to_owned(),
        Literal::Null => "null".to_owned(),
        Literal::Boolean(is) => yes(*is).to_owned(),
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) => format!("'{text}'"),
    }
}
