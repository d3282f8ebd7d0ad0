//! Lowers Python, by way of ruff's parser, to the neutral tree.

use perfctl_core::place::ByteSpan;
use ruff_python_ast::PySourceType;
use ruff_python_parser::{ParseOptions, parse_unchecked};

use crate::tree::{Builder, Tree};

/// The neutral tree of `source`. There always is one: what could not be parsed stands in [`Tree::errors`].
pub fn lower(source: &str, _want_comments: bool) -> Tree {
    let mut builder = Builder::new(source.len());
    let parsed = parse_unchecked(source, ParseOptions::from(PySourceType::Python));
    for error in parsed.errors() {
        let span = ByteSpan::new(error.location.start().into(), error.location.end().into());
        builder.error(span, error.error.to_string());
    }
    builder.finish()
}
