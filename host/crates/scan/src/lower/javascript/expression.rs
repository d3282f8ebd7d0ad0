//! Expressions of oxc's tree that are no chains: literals, operators with one operand, calls by keyword.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::declaration::Head;
use super::{Lowering, Outer};
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    /// Everything that [`chain`](super::chain) does not read itself.
    pub(super) fn terminal(&mut self, expression: &'a Expression<'a>, role: Role, name: Atom) {
        match expression {
            Expression::Identifier(it) => self.identifier(it, role),
            Expression::StringLiteral(it) => self.word(Kind::Str, role, it.span, &it.value),
            Expression::NumericLiteral(it) => self.number_literal(it.span, role),
            Expression::BigIntLiteral(it) => self.number_literal(it.span, role),
            Expression::BooleanLiteral(it) => {
                let text = if it.value { "true" } else { "false" };
                self.word(Kind::Bool, role, it.span, text);
            }
            Expression::NullLiteral(it) => self.leaf(Kind::Null, role, it.span, Atom::EMPTY),
            Expression::RegExpLiteral(it) => {
                let text = it.span.source_text(self.source);
                self.word(Kind::Other, role, it.span, text);
            }
            Expression::TemplateLiteral(it) => self.template(it, role),
            Expression::ThisExpression(it) => self.word(Kind::Name, role, it.span, "this"),
            Expression::Super(it) => self.word(Kind::Name, role, it.span, "super"),
            Expression::ArrayExpression(it) => self.array(it, role),
            Expression::ObjectExpression(it) => self.object(it, role),
            Expression::ArrowFunctionExpression(it) => self.arrow(it, role, name),
            Expression::FunctionExpression(it) => self.function_expression(it, role, name),
            Expression::ClassExpression(it) => self.class(it, role, Outer::bare(it.span), name),
            Expression::AssignmentExpression(it) => self.assignment(it, role, it.span),
            Expression::AwaitExpression(it) => {
                self.wrapped(Kind::Await, role, it.span, "", &it.argument);
            }
            Expression::YieldExpression(it) => {
                let flags = Flags::when(it.delegate, Flags::FROM);
                self.open_with(Kind::Yield, role, it.span, flags, Atom::EMPTY);
                if let Some(value) = &it.argument {
                    self.expression(value, Role::Value);
                }
                self.close();
            }
            Expression::UnaryExpression(it) => {
                let operator = match it.operator {
                    UnaryOperator::LogicalNot => "not",
                    operator => operator.as_str(),
                };
                self.wrapped(Kind::Unary, role, it.span, operator, &it.argument);
            }
            Expression::UpdateExpression(it) => {
                let operator = self.builder.atom(it.operator.as_str());
                self.open_with(Kind::Unary, role, it.span, Flags::NONE, operator);
                self.simple_target(&it.argument, Role::Value);
                self.close();
            }
            Expression::ConditionalExpression(it) => {
                self.open(Kind::Conditional, role, it.span);
                self.expression(&it.test, Role::Test);
                self.expression(&it.consequent, Role::Body);
                self.expression(&it.alternate, Role::Else);
                self.close();
            }
            Expression::NewExpression(it) => {
                self.open_with(Kind::Call, role, it.span, Flags::NEW, Atom::EMPTY);
                self.expression(&it.callee, Role::Callee);
                self.arguments(&it.arguments);
                self.close();
            }
            Expression::ImportExpression(it) => self.dynamic_import(it, role),
            Expression::SequenceExpression(it) => {
                self.open(Kind::Other, role, it.span);
                for part in &it.expressions {
                    self.expression(part, Role::Value);
                }
                self.close();
            }
            Expression::PrivateInExpression(it) => {
                let operator = self.builder.atom("in");
                self.open_with(Kind::Compare, role, it.span, Flags::NONE, operator);
                let field = self.private_name(&it.left.name);
                self.leaf(Kind::Name, Role::Value, it.left.span, field);
                self.expression(&it.right, Role::Value);
                self.close();
            }
            Expression::ImportMeta(it) => self.meta(it.span, role, "import", "meta"),
            Expression::NewTarget(it) => self.meta(it.span, role, "new", "target"),
            Expression::JSXElement(it) => self.jsx_element(it, role),
            Expression::JSXFragment(it) => self.jsx_fragment(it, role),
            // A chain, which never comes here, or an intrinsic, which the parser is not told to allow.
            other => self.leaf(Kind::Other, role, other.span(), Atom::EMPTY),
        }
    }

    pub(super) fn identifier(&mut self, it: &'a IdentifierReference<'a>, role: Role) {
        if it.name == "undefined" {
            self.leaf(Kind::Null, role, it.span, Atom::EMPTY);
        } else {
            self.word(Kind::Name, role, it.span, &it.name);
        }
    }

    fn function_expression(&mut self, it: &'a Function<'a>, role: Role, bound: Atom) {
        let name = match &it.id {
            Some(id) if bound == Atom::EMPTY => self.builder.atom(&id.name),
            _ => bound,
        };
        self.function(
            it,
            Head {
                role,
                span: it.span,
                flags: Flags::LAMBDA,
                name,
            },
            &[],
        );
    }

    /// `import.meta`, `new.target`.
    fn meta(&mut self, span: Span, role: Role, base: &str, name: &str) {
        let name = self.builder.atom(name);
        self.open_with(Kind::Attr, role, span, Flags::NONE, name);
        let length = base.len() as u32;
        self.word(
            Kind::Name,
            Role::Value,
            Span::sized(span.start, length),
            base,
        );
        self.close();
    }

    /// A node of one operand; `text` may be empty.
    fn wrapped(
        &mut self,
        kind: Kind,
        role: Role,
        span: Span,
        text: &str,
        value: &'a Expression<'a>,
    ) {
        let atom = self.builder.atom(text);
        self.open_with(kind, role, span, Flags::NONE, atom);
        self.expression(value, Role::Value);
        self.close();
    }

    pub(super) fn spread(&mut self, span: Span, value: &'a Expression<'a>, role: Role) {
        self.wrapped(Kind::Spread, role, span, "", value);
    }

    fn dynamic_import(&mut self, it: &'a ImportExpression<'a>, role: Role) {
        self.open(Kind::Call, role, it.span);
        let callee = Span::sized(it.span.start, "import".len() as u32);
        self.word(Kind::Name, Role::Callee, callee, "import");
        self.expression(&it.source, Role::Arg);
        if let Some(options) = &it.options {
            self.expression(options, Role::Arg);
        }
        self.close();
    }

    fn number_literal(&mut self, span: Span, role: Role) {
        let atom = self.number(span);
        self.leaf(Kind::Num, role, span, atom);
    }

    /// A number as written, without `_`.
    pub(super) fn number(&mut self, span: Span) -> Atom {
        let text = span.source_text(self.source);
        if text.contains('_') {
            self.scratch.clear();
            self.scratch
                .extend(text.chars().filter(|char| *char != '_'));
            self.builder.atom(&self.scratch)
        } else {
            self.builder.atom(text)
        }
    }

    /// A template without holes is a string.
    pub(super) fn template(&mut self, it: &'a TemplateLiteral<'a>, role: Role) {
        let text = self.template_text(it);
        if it.expressions.is_empty() {
            self.leaf(Kind::Str, role, it.span, text);
            return;
        }
        self.open_with(Kind::Template, role, it.span, Flags::NONE, text);
        for hole in &it.expressions {
            self.expression(hole, Role::Item);
        }
        self.close();
    }

    /// The literal parts with `{}` for each hole.
    pub(super) fn template_text(&mut self, it: &'a TemplateLiteral<'a>) -> Atom {
        self.quasis(&it.quasis)
    }

    pub(super) fn quasis(&mut self, quasis: &'a [TemplateElement<'a>]) -> Atom {
        self.scratch.clear();
        for (at, quasi) in quasis.iter().enumerate() {
            if at > 0 {
                self.scratch.push_str("{}");
            }
            // An escape that a tagged template may hold though it means nothing: as written.
            self.scratch
                .push_str(quasi.value.cooked.as_ref().unwrap_or(&quasi.value.raw));
        }
        self.builder.atom(&self.scratch)
    }
}
