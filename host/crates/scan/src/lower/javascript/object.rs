//! Array and object literals of oxc's tree.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::Lowering;
use super::declaration::Head;
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    pub(super) fn array(&mut self, it: &'a ArrayExpression<'a>, role: Role) {
        self.open(Kind::List, role, it.span);
        for element in &it.elements {
            match element {
                ArrayExpressionElement::SpreadElement(it) => {
                    self.spread(it.span, &it.argument, Role::Item);
                }
                // A hole reads as `undefined` and keeps the places of those after it.
                ArrayExpressionElement::Elision(it) => {
                    self.leaf(Kind::Null, Role::Item, it.span, Atom::EMPTY);
                }
                element => self.expression(element.to_expression(), Role::Item),
            }
        }
        self.close();
    }

    pub(super) fn object(&mut self, it: &'a ObjectExpression<'a>, role: Role) {
        self.open(Kind::Dict, role, it.span);
        for property in &it.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(it) => self.property(it),
                ObjectPropertyKind::SpreadProperty(it) => {
                    self.spread(it.span, &it.argument, Role::Item);
                }
            }
        }
        self.close();
    }

    fn property(&mut self, it: &'a ObjectProperty<'a>) {
        let key = self.plain_key(&it.key);
        let function = match &it.value {
            Expression::FunctionExpression(function)
                if it.method || it.kind != PropertyKind::Init =>
            {
                Some(function)
            }
            _ => None,
        };
        if let Some(function) = function
            && key != Atom::EMPTY
        {
            let flags = Flags::METHOD | Flags::LAMBDA;
            let head = Head {
                role: Role::Item,
                span: it.span,
                flags,
                name: key,
            };
            self.function(function, head, &[]);
            return;
        }
        let flags =
            Flags::when(it.shorthand, Flags::SHORTHAND) | Flags::when(it.computed, Flags::COMPUTED);
        self.open_with(Kind::Pair, Role::Item, it.span, flags, key);
        self.pair_key(&it.key, it.computed, key);
        match function {
            Some(function) => {
                let span = function.span;
                let flags = Flags::METHOD | Flags::LAMBDA;
                let name = self.member_name(&it.key);
                let head = Head {
                    role: Role::Value,
                    span,
                    flags,
                    name,
                };
                self.function(function, head, &[]);
            }
            None => self.named(&it.value, Role::Value, key),
        }
        self.close();
    }

    /// The key as a node, where its text does not say it all.
    pub(super) fn pair_key(&mut self, key: &'a PropertyKey<'a>, computed: bool, text: Atom) {
        if let Some(key) = key.as_expression()
            && (computed || text == Atom::EMPTY)
        {
            self.expression(key, Role::Key);
        } else if text == Atom::EMPTY {
            self.leaf(Kind::Other, Role::Key, key.span(), Atom::EMPTY);
        }
    }
}
