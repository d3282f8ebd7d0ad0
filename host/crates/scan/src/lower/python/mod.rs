//! Lowers Python, by way of ruff's parser, to the neutral tree. No type of that parser leaves this folder.
//!
//! Where [`Kind`] leaves a choice, this is how Python fills it:
//! - `import a, b` is two [`Kind::Import`]s. `import a.b` binds `a` (flag `TOP`), `import a.b as c` binds `c`.
//! - `pass` leaves no node. `...` is an [`Kind::Other`] with that text.
//! - A lambda that is assigned to a single name takes that name. `@staticmethod` gives the flag `STATIC`.
//! - `raise a from b` has `a` and `b` as `Value`s.
//! - A type parameter is a [`Kind::Type`] with its name, an `Item` of its function, class or alias; its bound is the `Type`
//!   below it. A type alias is an [`Kind::Assign`] with the flag `TYPE_ONLY`.
//! - In a dictionary only string and number keys are plain; every other key is a `Key` and the pair `COMPUTED`.
//! - Expressions inside an f-string's format specification are `Arg`s of the [`Kind::Template`], its holes are `Item`s.
//! - A `case` pattern reads like the expression it resembles: a capture is a `Name`, a class pattern a `Call`, `p as x` an
//!   `Assign` of `p` to `x`. The alternatives of a whole pattern are `Test`s of their own, a guard is the last `Test`, and `_` is none.

mod expression;
mod pattern;
mod statement;
mod text;

#[cfg(test)]
mod tests;

use perfctl_core::place::ByteSpan;
use ruff_python_ast::PySourceType;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{ParseError, parse_unchecked_source};
use ruff_text_size::{Ranged, TextRange};

#[cfg(doc)]
use crate::tree::Kind;
use crate::tree::{Builder, MAX_DEPTH, Tree};

/// A file with more errors than this is not broken Python but something else; the rest of them is counted, not kept.
const MAX_ERRORS: usize = 100;

/// The neutral tree of `source`, spans in bytes of `source` (a byte order mark counts). There always is a tree: what could not be
/// parsed stands in [`Tree::errors`], what could, in the tree. [`Tree::comments`] is filled only if `want_comments`.
///
/// Recursion follows the nesting of the source: ask [`crate::lower::guard::check`] first and run on a large stack.
pub fn lower(source: &str, want_comments: bool) -> Tree {
    let parsed = parse_unchecked_source(source, PySourceType::Python);
    let mut lowering = Lowering {
        source,
        out: Builder::new(source.len()),
        scratch: String::new(),
        yields: false,
        cut: None,
    };
    lowering.statements(&parsed.syntax().body);
    if parsed.has_invalid_syntax() {
        lowering.out.nest_spans();
    }
    lowering.record_errors(parsed.errors());
    if want_comments {
        let comments = parsed
            .tokens()
            .iter()
            .filter(|token| token.kind() == TokenKind::Comment);
        for comment in comments {
            lowering.out.comment(span(comment.range()));
        }
    }
    lowering.out.finish()
}

/// One file on its way to the neutral tree.
struct Lowering<'s> {
    source: &'s str,
    out: Builder,
    /// Where texts are put together; empty between uses.
    scratch: String,
    /// Whether the function body being lowered has a `yield` so far.
    yields: bool,
    /// The first place that was too deep to lower.
    cut: Option<ByteSpan>,
}

impl Lowering<'_> {
    /// Whether the tree is too deep for a node at `range`; remembers the first such place.
    fn is_too_deep(&mut self, range: TextRange) -> bool {
        let too_deep = self.out.depth() >= MAX_DEPTH;
        if too_deep && self.cut.is_none() {
            self.cut = Some(span(range));
        }
        too_deep
    }

    fn record_errors(&mut self, errors: &[ParseError]) {
        if let Some(place) = self.cut {
            let message =
                format!("nested deeper than {MAX_DEPTH} levels, the inner part is left out");
            self.out.error(place, message);
        }
        for error in errors.iter().take(MAX_ERRORS) {
            self.out
                .error(self.span_on_characters(error.location), message(error));
        }
        if let Some(first) = errors.get(MAX_ERRORS) {
            let message = format!("and {} more errors from here", errors.len() - MAX_ERRORS);
            self.out
                .error(self.span_on_characters(first.location), message);
        }
    }

    /// The span of `range`, widened to whole characters: the lexer reports some errors by bytes.
    fn span_on_characters(&self, range: TextRange) -> ByteSpan {
        let end = self.source.len();
        let start = self
            .source
            .floor_char_boundary(range.start().to_usize().min(end));
        let end = self
            .source
            .ceil_char_boundary(range.end().to_usize().min(end));
        ByteSpan::new(start as u32, end as u32)
    }
}

/// The parser's message as a fragment: it starts in lower case.
fn message(error: &ParseError) -> String {
    let mut message = error.error.to_string();
    let acronym = message
        .as_bytes()
        .get(1)
        .is_some_and(u8::is_ascii_uppercase);
    if !acronym && let Some(first) = message.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    message
}

fn span(range: TextRange) -> ByteSpan {
    ByteSpan::new(range.start().to_u32(), range.end().to_u32())
}
