//! Expressions. The frames of [`Lowering::expression`] are what deep nesting costs, so its larger arms are functions of their own.

use perfctl_core::place::ByteSpan;
use ruff_python_ast::{
    Comprehension, DictItem, Expr, ExprCompare, ExprDict, ExprDictComp, ExprIf, ExprLambda,
    ExprSlice,
};
use ruff_text_size::Ranged;

use super::{Lowering, span};
use crate::tree::{Atom, Flags, Kind, Role};

impl Lowering<'_> {
    /// One expression as the `role` of the node that is open.
    pub(super) fn expression(&mut self, expression: &Expr, role: Role) {
        let range = expression.range();
        if self.is_too_deep(range) {
            return;
        }
        let at = span(range);
        match expression {
            Expr::Name(e) => {
                let name = self.out.atom(&e.id);
                self.out.leaf(Kind::Name, role, at, Flags::NONE, name);
            }
            Expr::Attribute(e) => {
                let name = self.out.atom(&e.attr.id);
                self.out.open_with(Kind::Attr, role, at, Flags::NONE, name);
                self.expression(&e.value, Role::Value);
                self.out.close();
            }
            Expr::Call(e) => {
                self.out.open(Kind::Call, role, at);
                self.expression(&e.func, Role::Callee);
                self.arguments(&e.arguments, Role::Arg);
                self.out.close();
            }
            Expr::StringLiteral(e) => self.string(&e.value, role, at),
            Expr::FString(e) => self.f_string(&e.value, role, at),
            Expr::NumberLiteral(_) => self.number(role, at),
            Expr::NoneLiteral(_) => self.constant(Kind::Null, "", role, at),
            Expr::BooleanLiteral(e) => {
                self.constant(Kind::Bool, if e.value { "true" } else { "false" }, role, at);
            }
            Expr::EllipsisLiteral(_) => self.constant(Kind::Other, "...", role, at),
            Expr::BytesLiteral(e) => self.bytes(&e.value, role, at),
            Expr::TString(e) => self.t_string(&e.value, role, at),
            Expr::List(e) => self.sequence(Kind::List, Flags::NONE, &e.elts, role, at),
            Expr::Tuple(e) => self.sequence(Kind::List, Flags::TUPLE, &e.elts, role, at),
            Expr::Set(e) => self.sequence(Kind::Set, Flags::NONE, &e.elts, role, at),
            Expr::Dict(e) => self.dictionary(e, role, at),
            Expr::Subscript(e) => {
                self.out.open(Kind::Index, role, at);
                self.expression(&e.value, Role::Value);
                self.expression(&e.slice, Role::Index);
                self.out.close();
            }
            Expr::BinOp(e) => {
                let operator = self.out.atom(e.op.as_str());
                self.out
                    .open_with(Kind::Binary, role, at, Flags::NONE, operator);
                self.expression(&e.left, Role::Value);
                self.expression(&e.right, Role::Value);
                self.out.close();
            }
            Expr::UnaryOp(e) => {
                let operator = self.out.atom(e.op.as_str());
                self.out
                    .open_with(Kind::Unary, role, at, Flags::NONE, operator);
                self.expression(&e.operand, Role::Value);
                self.out.close();
            }
            Expr::BoolOp(e) => {
                let operator = self.out.atom(e.op.as_str());
                self.out
                    .open_with(Kind::Logic, role, at, Flags::NONE, operator);
                for value in &e.values {
                    self.expression(value, Role::Value);
                }
                self.out.close();
            }
            Expr::Compare(e) => self.comparison(e, role, at),
            Expr::If(e) => self.conditional(e, role, at),
            Expr::Await(e) => {
                self.out.open(Kind::Await, role, at);
                self.expression(&e.value, Role::Value);
                self.out.close();
            }
            Expr::Yield(e) => {
                self.yields = true;
                self.out.open(Kind::Yield, role, at);
                if let Some(value) = &e.value {
                    self.expression(value, Role::Value);
                }
                self.out.close();
            }
            Expr::YieldFrom(e) => {
                self.yields = true;
                self.out
                    .open_with(Kind::Yield, role, at, Flags::FROM, Atom::EMPTY);
                self.expression(&e.value, Role::Value);
                self.out.close();
            }
            Expr::Starred(e) => {
                self.out.open(Kind::Spread, role, at);
                self.expression(&e.value, Role::Value);
                self.out.close();
            }
            Expr::Named(e) => {
                self.out.open(Kind::Assign, role, at);
                self.expression(&e.target, Role::Target);
                self.bound(&e.value, Role::Value, Some(&*e.target));
                self.out.close();
            }
            Expr::Lambda(e) => self.lambda(e, role, ""),
            Expr::ListComp(e) => self.comprehension(&e.elt, &e.generators, Flags::NONE, role, at),
            Expr::SetComp(e) => self.comprehension(&e.elt, &e.generators, Flags::NONE, role, at),
            Expr::Generator(e) => {
                self.comprehension(&e.elt, &e.generators, Flags::GENERATOR, role, at)
            }
            Expr::DictComp(e) => self.dict_comprehension(e, role, at),
            Expr::Slice(e) => self.slice(e, role, at),
            Expr::IpyEscapeCommand(_) => self.constant(Kind::Other, "", role, at),
        }
    }

    fn constant(&mut self, kind: Kind, text: &str, role: Role, at: ByteSpan) {
        let atom = self.out.atom(text);
        self.out.leaf(kind, role, at, Flags::NONE, atom);
    }

    fn sequence(&mut self, kind: Kind, flags: Flags, items: &[Expr], role: Role, at: ByteSpan) {
        self.out.open_with(kind, role, at, flags, Atom::EMPTY);
        for item in items {
            self.expression(item, Role::Item);
        }
        self.out.close();
    }

    fn comparison(&mut self, e: &ExprCompare, role: Role, at: ByteSpan) {
        let operator = self
            .out
            .atom(e.ops.first().map_or("", |operator| operator.as_str()));
        self.out
            .open_with(Kind::Compare, role, at, Flags::NONE, operator);
        self.expression(&e.left, Role::Value);
        for value in &e.comparators {
            self.expression(value, Role::Value);
        }
        self.out.close();
    }

    fn conditional(&mut self, e: &ExprIf, role: Role, at: ByteSpan) {
        self.out.open(Kind::Conditional, role, at);
        self.expression(&e.test, Role::Test);
        self.expression(&e.body, Role::Body);
        self.expression(&e.orelse, Role::Else);
        self.out.close();
    }

    fn slice(&mut self, e: &ExprSlice, role: Role, at: ByteSpan) {
        self.out.open(Kind::Slice, role, at);
        let parts = [
            (&e.lower, Role::Lower),
            (&e.upper, Role::Upper),
            (&e.step, Role::Step),
        ];
        for (part, role) in parts {
            if let Some(part) = part {
                self.expression(part, role);
            }
        }
        self.out.close();
    }

    fn dictionary(&mut self, e: &ExprDict, role: Role, at: ByteSpan) {
        self.out.open(Kind::Dict, role, at);
        for DictItem { key, value } in &e.items {
            match key {
                Some(key) => self.pair(key, value, Role::Item),
                None => self.unpacked(value, Role::Item, at),
            }
        }
        self.out.close();
    }

    /// `**value` in a dictionary. The parser keeps no span for the stars, so they are looked up before the value.
    fn unpacked(&mut self, value: &Expr, role: Role, within: ByteSpan) {
        let value_at = span(value.range());
        let before = within.start as usize..value_at.start as usize;
        let stars = self
            .source
            .get(before)
            .and_then(|before| before.rfind("**"));
        let start = stars.map_or(value_at.start, |stars| within.start + stars as u32);
        let at = ByteSpan::new(start, value_at.end);
        self.out.open(Kind::Spread, role, at);
        self.expression(value, Role::Value);
        self.out.close();
    }

    pub(super) fn pair(&mut self, key: &Expr, value: &Expr, role: Role) {
        self.open_pair(key, span(value.range()).end, role);
        self.expression(value, Role::Value);
        self.out.close();
    }

    /// Opens `key: value` up to `end`. A plain key is its text, any other a child.
    pub(super) fn open_pair(&mut self, key: &Expr, end: u32, role: Role) {
        let at = ByteSpan::new(span(key.range()).start, end);
        let plain = match key {
            Expr::StringLiteral(key) => Some(self.string_atom(&key.value)),
            Expr::NumberLiteral(key) => Some(self.number_atom(span(key.range))),
            _ => None,
        };
        if let Some(text) = plain {
            self.out.open_with(Kind::Pair, role, at, Flags::NONE, text);
        } else {
            self.out
                .open_with(Kind::Pair, role, at, Flags::COMPUTED, Atom::EMPTY);
            self.expression(key, Role::Key);
        }
    }

    fn comprehension(
        &mut self,
        element: &Expr,
        clauses: &[Comprehension],
        flags: Flags,
        role: Role,
        at: ByteSpan,
    ) {
        self.out
            .open_with(Kind::Comprehension, role, at, flags, Atom::EMPTY);
        self.expression(element, Role::Value);
        self.clauses(clauses);
        self.out.close();
    }

    fn dict_comprehension(&mut self, e: &ExprDictComp, role: Role, at: ByteSpan) {
        self.out
            .open_with(Kind::Comprehension, role, at, Flags::KEYS, Atom::EMPTY);
        match &e.key {
            Some(key) => self.pair(key, &e.value, Role::Value),
            None => self.unpacked(&e.value, Role::Value, at),
        }
        self.clauses(&e.generators);
        self.out.close();
    }

    fn clauses(&mut self, clauses: &[Comprehension]) {
        for clause in clauses {
            let flags = Flags::when(clause.is_async, Flags::ASYNC);
            self.out.open_with(
                Kind::Clause,
                Role::Item,
                span(clause.range),
                flags,
                Atom::EMPTY,
            );
            self.expression(&clause.target, Role::Target);
            self.expression(&clause.iter, Role::Iter);
            for test in &clause.ifs {
                self.expression(test, Role::Test);
            }
            self.out.close();
        }
    }

    /// A lambda; `name` is what it is bound to, or empty.
    pub(super) fn lambda(&mut self, e: &ExprLambda, role: Role, name: &str) {
        let name = self.out.atom(name);
        let id = self
            .out
            .open_with(Kind::Function, role, span(e.range), Flags::LAMBDA, name);
        if let Some(parameters) = &e.parameters {
            self.params(parameters);
        }
        let outer = std::mem::take(&mut self.yields);
        let body = span(e.body.range());
        self.out.open(Kind::Block, Role::Body, body);
        self.out.open(Kind::Return, Role::Body, body);
        self.expression(&e.body, Role::Value);
        self.out.close();
        self.out.close();
        if std::mem::replace(&mut self.yields, outer) {
            self.out.add_flags(id, Flags::GENERATOR);
        }
        self.out.close();
    }
}
