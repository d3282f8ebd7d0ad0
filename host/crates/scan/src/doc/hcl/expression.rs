//! From HCL's expressions to values, as far as the file tells them.

use hcl_edit::Span;
use hcl_edit::expr::{Expression, FuncCall, Object, ObjectKey};
use hcl_edit::template::{Element, Template};
use perfctl_core::place::ByteSpan;

use super::scope::{MAX_HOPS, key_name};
use super::{Loader, span_at};
use crate::doc::tree::{DocKind, Full, Origin, ScalarKind};

/// Nodes that locals and variables may expand to in one file: the guard against locals that double each other.
const MAX_EXPANDED: usize = 50_000;

impl<'h> Loader<'h, '_, '_> {
    /// Adds `expression`, which was parsed at `shift` and reached through `hops` references.
    pub(super) fn expression(
        &mut self,
        expression: &'h Expression,
        shift: usize,
        origin: Origin,
        hops: usize,
    ) -> Result<(), Full> {
        let span = span_at(expression.span(), shift);
        self.expression_at(expression, shift, origin, hops, span)
    }

    /// The same; the node shall have the span `at`, for values that stand elsewhere.
    fn expression_at(
        &mut self,
        expression: &'h Expression,
        shift: usize,
        origin: Origin,
        hops: usize,
        at: ByteSpan,
    ) -> Result<(), Full> {
        if origin != Origin::Written {
            self.expanded += 1;
            if self.expanded > MAX_EXPANDED {
                return self.unknown(at, at);
            }
        }
        self.builder.origin(origin);
        let written = span_at(expression.span(), shift);
        match expression {
            Expression::Parenthesis(inner) => {
                self.expression_at(inner.inner(), shift, origin, hops, at)
            }
            Expression::Null(_) => self.leaf(DocKind::Null, "", at),
            Expression::Bool(value) => {
                self.leaf(DocKind::Scalar(ScalarKind::Bool), &value.to_string(), at)
            }
            Expression::Number(number) => {
                let kind = if number.value().is_f64() {
                    ScalarKind::Float
                } else {
                    ScalarKind::Integer
                };
                self.leaf(DocKind::Scalar(kind), &number.value().to_string(), at)
            }
            Expression::String(text) => {
                self.leaf(DocKind::Scalar(ScalarKind::String), text.as_str(), at)
            }
            Expression::StringTemplate(template) => self.template(template, hops, at, written),
            Expression::HeredocTemplate(heredoc) => {
                self.template(&heredoc.template, hops, at, written)
            }
            Expression::Array(array) => {
                self.builder.open(DocKind::List, "", at)?;
                for element in array.iter() {
                    self.expression(element, shift, origin, hops)?;
                }
                self.builder.close();
                Ok(())
            }
            Expression::Object(object) => {
                self.builder.open(DocKind::Map, "", at)?;
                self.fields(object, shift, origin, hops)?;
                self.builder.close();
                Ok(())
            }
            Expression::Traversal(_) => match self.scope.resolve(expression, hops) {
                Some(target) if hops < MAX_HOPS => {
                    self.expression_at(target.expression, target.shift, target.origin, hops + 1, at)
                }
                _ => self.unknown(at, written),
            },
            Expression::FuncCall(call) => self.call(call, shift, origin, hops, at),
            _ => self.unknown(at, written),
        }
    }

    fn fields(
        &mut self,
        object: &'h Object,
        shift: usize,
        origin: Origin,
        hops: usize,
    ) -> Result<(), Full> {
        for (key, value) in object.iter() {
            let key_range = match key {
                ObjectKey::Ident(name) => name.span(),
                ObjectKey::Expression(expression) => expression.span(),
            };
            let key_span = span_at(key_range, shift);
            match key_name(key) {
                Some(name) => self.builder.key(name, key_span),
                None => {
                    if let Some(map) = self.builder.current() {
                        self.builder.set_partial(map);
                    }
                    let written = self.builder.excerpt(key_span);
                    self.builder.key(written, key_span);
                }
            }
            self.expression(value.expr(), shift, origin, hops)?;
        }
        Ok(())
    }

    fn call(
        &mut self,
        call: &'h FuncCall,
        shift: usize,
        origin: Origin,
        hops: usize,
        at: ByteSpan,
    ) -> Result<(), Full> {
        let name = call.name.name.as_str();
        let mut arguments = call.args.iter();
        match (name, call.args.len()) {
            // What these return reads like their argument.
            (
                "jsonencode" | "yamlencode" | "tomap" | "tolist" | "toset" | "tostring"
                | "tonumber" | "tobool",
                1,
            ) => {
                self.builder.tag(name);
                match arguments.next() {
                    Some(argument) => self.expression_at(argument, shift, origin, hops, at),
                    None => Ok(()),
                }
            }
            ("merge", 1..) => self.gather(call, DocKind::Map, shift, origin, hops, at),
            ("concat", 1..) => self.gather(call, DocKind::List, shift, origin, hops, at),
            _ => {
                let written = span_at(call.span(), shift);
                self.unknown(at, written)
            }
        }
    }

    /// `merge` and `concat`: the entries of every argument in turn; one that is unknown leaves the whole partial.
    fn gather(
        &mut self,
        call: &'h FuncCall,
        kind: DocKind,
        shift: usize,
        origin: Origin,
        hops: usize,
        at: ByteSpan,
    ) -> Result<(), Full> {
        self.builder.tag(call.name.name.as_str());
        let whole = self.builder.open(kind, "", at)?;
        if call.args.expand_final() {
            self.builder.set_partial(whole);
        }
        for argument in call.args.iter() {
            let target = self.scope.resolve(argument, hops);
            let (expression, shift, origin, hops) = match target {
                Some(target) => (target.expression, target.shift, target.origin, hops + 1),
                None => (argument, shift, origin, hops),
            };
            match (kind, expression) {
                (DocKind::Map, Expression::Object(object)) => {
                    self.fields(object, shift, origin, hops)?
                }
                (DocKind::List, Expression::Array(array)) => {
                    for element in array.iter() {
                        self.expression(element, shift, origin, hops)?;
                    }
                }
                _ => self.builder.set_partial(whole),
            }
        }
        self.builder.close();
        Ok(())
    }

    /// A string with interpolations: known if each of them is.
    fn template(
        &mut self,
        template: &'h Template,
        hops: usize,
        at: ByteSpan,
        written: ByteSpan,
    ) -> Result<(), Full> {
        match self.text_of(template, hops) {
            Some(text) => self.leaf(DocKind::Scalar(ScalarKind::String), &text, at),
            None => {
                let source = self.builder.excerpt(written);
                let inside = source
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'))
                    .unwrap_or(source);
                self.leaf(DocKind::Unknown, inside, at)
            }
        }
    }

    fn text_of(&self, template: &'h Template, hops: usize) -> Option<String> {
        let mut text = String::new();
        for element in template {
            match element {
                Element::Literal(literal) => text.push_str(literal.value()),
                Element::Interpolation(interpolation) => {
                    text.push_str(&self.interpolated(&interpolation.expr, hops)?)
                }
                Element::Directive(_) => return None,
            }
        }
        Some(text)
    }

    fn interpolated(&self, expression: &'h Expression, hops: usize) -> Option<String> {
        match expression {
            Expression::String(text) => Some(text.as_str().to_owned()),
            Expression::Number(number) => Some(number.value().to_string()),
            Expression::Bool(value) => Some(value.to_string()),
            Expression::StringTemplate(template) if hops < MAX_HOPS => {
                self.text_of(template, hops + 1)
            }
            Expression::Traversal(_) if hops < MAX_HOPS => {
                let target = self.scope.resolve(expression, hops)?;
                self.interpolated(target.expression, hops + 1)
            }
            _ => None,
        }
    }

    fn unknown(&mut self, at: ByteSpan, written: ByteSpan) -> Result<(), Full> {
        let text = self.builder.excerpt(written);
        self.leaf(DocKind::Unknown, text, at)
    }

    fn leaf(&mut self, kind: DocKind, text: &str, span: ByteSpan) -> Result<(), Full> {
        self.builder.leaf(kind, text, span).map(|_| ())
    }
}
