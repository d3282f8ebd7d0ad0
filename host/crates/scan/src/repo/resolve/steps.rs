//! The links of a written path, one after the other; see [`crate::model::path`] for the syntax.

/// The methods that are asked for what `with` binds, its own first, where the name of a link says that it is a `with`; see
/// [`crate::model::path::Link::Entered`].
pub(super) fn entering(name: &str) -> Option<[&'static str; 2]> {
    match name {
        "<with>" => Some(["__enter__", "__aenter__"]),
        "<async with>" => Some(["__aenter__", "__enter__"]),
        _ => None,
    }
}

/// Whether a name stands for a position, see [`crate::model::path::Link::Item`].
pub(super) fn is_item(name: &str) -> bool {
    name.strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .is_some_and(|at| at.bytes().all(|digit| digit.is_ascii_digit()))
}

/// One link of a written path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'p> {
    Attr(&'p str),
    Call(Option<&'p str>),
    /// A call that is handed a class, by its path in the file of the path around, at a position.
    CallOf(&'p str, u8),
    Element,
    Many,
}

/// The links of a written path.
pub(super) struct Steps<'p>(pub(super) &'p str);

impl<'p> Iterator for Steps<'p> {
    type Item = Step<'p>;

    fn next(&mut self) -> Option<Step<'p>> {
        let text = self.0;
        if let Some(rest) = text.strip_prefix("()") {
            self.0 = rest;
            return Some(Step::Call(None));
        }
        if let Some(rest) = text.strip_prefix("('") {
            let end = rest.find("')")?;
            self.0 = &rest[end + 2..];
            return Some(Step::Call(Some(&rest[..end])));
        }
        if let Some(rest) = text.strip_prefix("(<") {
            let (class, rest) = rest.split_once('>')?;
            let (at, rest) = rest.split_once(')')?;
            self.0 = rest;
            return Some(Step::CallOf(class, at.parse().ok()?));
        }
        if let Some(rest) = text.strip_prefix("[*]") {
            self.0 = rest;
            return Some(Step::Many);
        }
        if let Some(rest) = text.strip_prefix("[]") {
            self.0 = rest;
            return Some(Step::Element);
        }
        let text = text.strip_prefix('.').unwrap_or(text);
        if text.is_empty() {
            return None;
        }
        let end = text.find(['.', '(', '[']).unwrap_or(text.len());
        if end == 0 {
            return None;
        }
        self.0 = &text[end..];
        Some(Step::Attr(&text[..end]))
    }
}
