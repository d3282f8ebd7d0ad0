//! HCL 2 through `hcl-edit`: blocks become maps with labels, literal expressions values, and everything else an unknown node that
//! keeps its source.
//!
//! `local.x` and the default of `var.x` are filled in from the same file. The parser stops at 64 levels and 128 operators, so the
//! conversion may recurse.

mod expression;
mod recover;
mod scope;

use hcl_edit::Span;
use hcl_edit::structure::{Block, Body, Structure};
use perfctl_core::place::ByteSpan;

use super::source::Source;
use super::tree::{DocBuilder, DocErrorKind, DocKind, Full, Origin};
use scope::Scope;

/// Reads `source` into `builder`: one map for the whole file.
pub(super) fn load(source: &Source<'_>, builder: &mut DocBuilder<'_>) {
    let (text, shift) = source.body();
    let mut parts = Vec::new();
    let mut broken = Vec::new();
    match hcl_edit::parser::parse_body(text) {
        Ok(body) => parts.push((body, shift)),
        Err(error) => {
            builder.error(
                DocErrorKind::Syntax,
                shift + error.location().offset(),
                error.message(),
            );
            for part in recover::split(text) {
                match hcl_edit::parser::parse_body(&text[part.range.clone()]) {
                    Ok(body) => parts.push((body, shift + part.range.start)),
                    Err(_) => broken.push(part),
                }
            }
        }
    }
    let scope = Scope::collect(&parts);
    let mut loader = Loader {
        scope: &scope,
        expanded: 0,
        builder,
    };
    let whole = ByteSpan::new(shift as u32, (shift + text.len()) as u32);
    let filled = loader.file(&parts, &broken, shift, whole);
    if filled.is_err() {
        builder.error(
            DocErrorKind::Limit,
            0,
            "the file holds too many values; the last ones were left out",
        );
    }
}

struct Loader<'h, 'b, 's> {
    scope: &'h Scope<'h>,
    /// Nodes made so far from locals and variables.
    expanded: usize,
    builder: &'b mut DocBuilder<'s>,
}

impl<'h> Loader<'h, '_, '_> {
    fn file(
        &mut self,
        parts: &'h [(Body, usize)],
        broken: &[recover::Part],
        shift: usize,
        whole: ByteSpan,
    ) -> Result<(), Full> {
        let root = self.builder.open(DocKind::Map, "", whole)?;
        for (body, shift) in parts {
            self.body(body, *shift)?;
        }
        for part in broken {
            self.builder.set_partial(root);
            let Some(head) = &part.head else { continue };
            let moved = |range: &std::ops::Range<usize>| span_at(Some(range.clone()), shift);
            self.builder.key(&head.keyword, moved(&head.keyword_range));
            self.builder.labels(head.labels.iter().map(String::as_str));
            let span = moved(&part.range);
            let written = self.builder.excerpt(span);
            self.builder.leaf(DocKind::Unknown, written, span)?;
        }
        self.builder.close();
        Ok(())
    }

    fn body(&mut self, body: &'h Body, shift: usize) -> Result<(), Full> {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    self.builder
                        .key(attribute.key.as_str(), span_at(attribute.key.span(), shift));
                    self.expression(&attribute.value, shift, Origin::Written, 0)?;
                }
                Structure::Block(block) => self.block(block, shift)?,
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &'h Block, shift: usize) -> Result<(), Full> {
        let span = span_at(block.span(), shift);
        if block.ident.as_str() == "dynamic"
            && let Some(label) = block.labels.first()
        {
            return self.dynamic(
                block,
                label.as_str(),
                span_at(label.span(), shift),
                span,
                shift,
            );
        }
        self.builder
            .key(block.ident.as_str(), span_at(block.ident.span(), shift));
        self.builder
            .labels(block.labels.iter().map(|label| label.as_str()));
        self.builder.open(DocKind::Map, "", span)?;
        self.body(&block.body, shift)?;
        self.builder.close();
        Ok(())
    }

    /// `dynamic "x"` writes any number of blocks `x`, none included: an unknown entry `x` that shows what one would hold.
    fn dynamic(
        &mut self,
        block: &'h Block,
        name: &str,
        key: ByteSpan,
        span: ByteSpan,
        shift: usize,
    ) -> Result<(), Full> {
        self.builder.key(name, key);
        self.builder.tag("dynamic");
        let written = self.builder.excerpt(span);
        self.builder.open(DocKind::Unknown, written, span)?;
        for content in block.body.get_blocks("content") {
            self.body(&content.body, shift)?;
        }
        self.builder.close();
        Ok(())
    }
}

/// A range of the parsed text as a span of the file.
fn span_at(range: Option<std::ops::Range<usize>>, shift: usize) -> ByteSpan {
    let range = range.unwrap_or(0..0);
    ByteSpan::new((range.start + shift) as u32, (range.end + shift) as u32)
}

#[cfg(test)]
mod tests;
