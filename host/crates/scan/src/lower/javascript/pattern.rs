//! What is bound or assigned to, in oxc's tree: names, destructuring patterns, assignments.
//!
//! A pattern is a `List` or `Dict`; a default inside one (`{a = 1}`) is an `Assign` of its own.

use oxc_ast::ast::*;
use oxc_span::Span;

use super::Lowering;
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    /// The target of a declaration. Returns its name when it is no pattern.
    pub(super) fn binding(&mut self, pattern: &'a BindingPattern<'a>, role: Role) -> Atom {
        if self.is_too_deep(pattern) {
            return Atom::EMPTY;
        }
        match pattern {
            BindingPattern::BindingIdentifier(it) => {
                let name = self.builder.atom(&it.name);
                self.leaf(Kind::Name, role, it.span, name);
                return name;
            }
            BindingPattern::ObjectPattern(it) => {
                self.open(Kind::Dict, role, it.span);
                for property in &it.properties {
                    let flags = Flags::when(property.shorthand, Flags::SHORTHAND)
                        | Flags::when(property.computed, Flags::COMPUTED);
                    let key = self.plain_key(&property.key);
                    self.open_with(Kind::Pair, Role::Item, property.span, flags, key);
                    self.pair_key(&property.key, property.computed, key);
                    self.binding(&property.value, Role::Value);
                    self.close();
                }
                self.binding_rest(it.rest.as_deref());
                self.close();
            }
            BindingPattern::ArrayPattern(it) => {
                self.open(Kind::List, role, it.span);
                for element in &it.elements {
                    match element {
                        Some(element) => {
                            self.binding(element, Role::Item);
                        }
                        None => self.hole(it.span),
                    }
                }
                self.binding_rest(it.rest.as_deref());
                self.close();
            }
            BindingPattern::AssignmentPattern(it) => {
                self.open(Kind::Assign, role, it.span);
                let name = self.binding(&it.left, Role::Target);
                self.named(&it.right, Role::Value, name);
                self.close();
            }
        }
        Atom::EMPTY
    }

    fn binding_rest(&mut self, rest: Option<&'a BindingRestElement<'a>>) {
        if let Some(rest) = rest {
            self.open(Kind::Spread, Role::Item, rest.span);
            self.binding(&rest.argument, Role::Value);
            self.close();
        }
    }

    /// A hole in a pattern keeps the places of those after it; the parser does not say where it is.
    fn hole(&mut self, pattern: Span) {
        self.leaf(
            Kind::Null,
            Role::Item,
            Span::empty(pattern.start),
            Atom::EMPTY,
        );
    }

    /// `a = v`, `a = b = v`, `a += v`, over `span`.
    pub(super) fn assignment(&mut self, it: &'a AssignmentExpression<'a>, role: Role, span: Span) {
        if it.operator != AssignmentOperator::Assign {
            let operator = self
                .builder
                .atom(it.operator.as_str().trim_end_matches('='));
            self.open_with(Kind::AugAssign, role, span, Flags::NONE, operator);
            self.target(&it.left, Role::Target);
            self.expression(&it.right, Role::Value);
            self.close();
            return;
        }
        self.open(Kind::Assign, role, span);
        let name = self.target_name(&it.left);
        self.target(&it.left, Role::Target);
        let mut value = &it.right;
        while let Expression::AssignmentExpression(next) = value.without_parentheses()
            && next.operator == AssignmentOperator::Assign
        {
            self.target(&next.left, Role::Target);
            value = &next.right;
        }
        self.named(value, Role::Value, name);
        self.close();
    }

    /// The name that a function gets by being assigned: `handler = ...`, `exports.handler = ...`.
    fn target_name(&mut self, target: &'a AssignmentTarget<'a>) -> Atom {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(it) => self.builder.atom(&it.name),
            AssignmentTarget::StaticMemberExpression(it) => self.builder.atom(&it.property.name),
            AssignmentTarget::PrivateFieldExpression(it) => self.private_name(&it.field.name),
            _ => Atom::EMPTY,
        }
    }

    pub(super) fn target(&mut self, target: &'a AssignmentTarget<'a>, role: Role) {
        if self.is_too_deep(target) {
            return;
        }
        match target {
            AssignmentTarget::ArrayAssignmentTarget(it) => {
                self.open(Kind::List, role, it.span);
                for element in &it.elements {
                    match element {
                        Some(element) => self.target_or_default(element, Role::Item),
                        None => self.hole(it.span),
                    }
                }
                self.target_rest(it.rest.as_deref());
                self.close();
            }
            AssignmentTarget::ObjectAssignmentTarget(it) => {
                self.open(Kind::Dict, role, it.span);
                for property in &it.properties {
                    self.target_property(property);
                }
                self.target_rest(it.rest.as_deref());
                self.close();
            }
            simple => self.simple_target(simple.to_simple_assignment_target(), role),
        }
    }

    pub(super) fn simple_target(&mut self, target: &'a SimpleAssignmentTarget<'a>, role: Role) {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(it) => {
                self.word(Kind::Name, role, it.span, &it.name);
            }
            SimpleAssignmentTarget::TSAsExpression(it) => self.expression(&it.expression, role),
            SimpleAssignmentTarget::TSSatisfiesExpression(it) => {
                self.expression(&it.expression, role);
            }
            SimpleAssignmentTarget::TSNonNullExpression(it) => {
                self.expression(&it.expression, role);
            }
            SimpleAssignmentTarget::TSTypeAssertion(it) => self.expression(&it.expression, role),
            member => self.member_expression(member.to_member_expression(), role),
        }
    }

    fn target_or_default(&mut self, target: &'a AssignmentTargetMaybeDefault<'a>, role: Role) {
        match target {
            AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(it) => {
                self.open(Kind::Assign, role, it.span);
                let name = self.target_name(&it.binding);
                self.target(&it.binding, Role::Target);
                self.named(&it.init, Role::Value, name);
                self.close();
            }
            target => self.target(target.to_assignment_target(), role),
        }
    }

    fn target_property(&mut self, property: &'a AssignmentTargetProperty<'a>) {
        match property {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(it) => {
                let name = self.builder.atom(&it.binding.name);
                self.open_with(Kind::Pair, Role::Item, it.span, Flags::SHORTHAND, name);
                if let Some(default) = &it.init {
                    self.open(Kind::Assign, Role::Value, it.span);
                    self.leaf(Kind::Name, Role::Target, it.binding.span, name);
                    self.named(default, Role::Value, name);
                    self.close();
                } else {
                    self.leaf(Kind::Name, Role::Value, it.binding.span, name);
                }
                self.close();
            }
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(it) => {
                let key = self.plain_key(&it.name);
                let flags = Flags::when(it.computed, Flags::COMPUTED);
                self.open_with(Kind::Pair, Role::Item, it.span, flags, key);
                self.pair_key(&it.name, it.computed, key);
                self.target_or_default(&it.binding, Role::Value);
                self.close();
            }
        }
    }

    fn target_rest(&mut self, rest: Option<&'a AssignmentTargetRest<'a>>) {
        if let Some(rest) = rest {
            self.open(Kind::Spread, Role::Item, rest.span);
            self.target(&rest.target, Role::Value);
            self.close();
        }
    }
}
