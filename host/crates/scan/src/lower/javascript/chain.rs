//! Chains of oxc's tree that grow to the left: `a.b().c`, `a + b + c`, `x as A as B`.
//!
//! Parsers read them in a loop, so one may be as long as its file; it is lowered in a loop too, with what stands to the
//! right of each link kept on a list.

use oxc_ast::ast::*;

use super::Lowering;
use crate::tree::{Atom, Flags, Kind, Role};

/// What remains to be read of an open node once its leftmost child is there.
pub(super) enum Link<'a> {
    /// Nothing.
    Close,
    /// The index of `a[i]`.
    Index(&'a Expression<'a>),
    /// The index of the type `T["key"]`.
    TypeIndex(&'a TSType<'a>),
    /// The arguments of a call.
    Arguments(&'a [Argument<'a>]),
    /// The template of a tagged template.
    Quasi(&'a TemplateLiteral<'a>),
    /// The right operand.
    Right(&'a Expression<'a>),
    /// The next operand of `a && b && c`, which is one node.
    Operand(&'a Expression<'a>),
}

impl<'a> Lowering<'a> {
    pub(super) fn expression(&mut self, expression: &'a Expression<'a>, role: Role) {
        self.named(expression, role, Atom::EMPTY);
    }

    /// An expression whose value gets the name `name`, should it be a function or class.
    pub(super) fn named(&mut self, expression: &'a Expression<'a>, role: Role, name: Atom) {
        let floor = self.links.len();
        self.descend(expression, role, name, floor);
    }

    /// `a.b` where the parser gives a member and not an expression (assignment targets).
    pub(super) fn member_expression(&mut self, it: &'a MemberExpression<'a>, role: Role) {
        let floor = self.links.len();
        let next = match it {
            MemberExpression::StaticMemberExpression(it) => self.enter_static(it, role),
            MemberExpression::ComputedMemberExpression(it) => self.enter_computed(it, role),
            MemberExpression::PrivateFieldExpression(it) => self.enter_private(it, role),
        };
        self.descend(next, Role::Value, Atom::EMPTY, floor);
    }

    fn descend(&mut self, mut at: &'a Expression<'a>, mut role: Role, name: Atom, floor: usize) {
        let mut same = None;
        loop {
            let mut next_role = Role::Value;
            let mut next_same = None;
            if self.is_too_deep(at) {
                break;
            }
            at = match at {
                Expression::StaticMemberExpression(it) => self.enter_static(it, role),
                Expression::ComputedMemberExpression(it) => self.enter_computed(it, role),
                Expression::PrivateFieldExpression(it) => self.enter_private(it, role),
                Expression::CallExpression(it) => {
                    next_role = Role::Callee;
                    self.enter_call(it, role)
                }
                Expression::ChainExpression(it) => match &it.expression {
                    ChainElement::CallExpression(it) => {
                        next_role = Role::Callee;
                        self.enter_call(it, role)
                    }
                    ChainElement::TSNonNullExpression(it) => {
                        next_role = role;
                        &it.expression
                    }
                    ChainElement::StaticMemberExpression(it) => self.enter_static(it, role),
                    ChainElement::ComputedMemberExpression(it) => self.enter_computed(it, role),
                    ChainElement::PrivateFieldExpression(it) => self.enter_private(it, role),
                },
                Expression::TaggedTemplateExpression(it) => {
                    self.open_with(Kind::Call, role, it.span, Flags::TAGGED, Atom::EMPTY);
                    self.links.push(Link::Quasi(&it.quasi));
                    next_role = Role::Callee;
                    &it.tag
                }
                Expression::BinaryExpression(it) => {
                    let comparison = it.operator.is_equality()
                        || it.operator.is_compare()
                        || it.operator.is_relational();
                    let kind = if comparison {
                        Kind::Compare
                    } else {
                        Kind::Binary
                    };
                    let operator = self.builder.atom(it.operator.as_str());
                    self.open_with(kind, role, it.span, Flags::NONE, operator);
                    self.links.push(Link::Right(&it.right));
                    &it.left
                }
                Expression::LogicalExpression(it) => {
                    next_same = Some(it.operator);
                    if same == next_same {
                        self.links.push(Link::Operand(&it.right));
                    } else {
                        let operator = self.builder.atom(match it.operator {
                            LogicalOperator::And => "and",
                            LogicalOperator::Or => "or",
                            LogicalOperator::Coalesce => "??",
                        });
                        self.open_with(Kind::Logic, role, it.span, Flags::NONE, operator);
                        self.links.push(Link::Right(&it.right));
                    }
                    &it.left
                }
                Expression::TSNonNullExpression(it) => {
                    next_role = role;
                    next_same = same;
                    &it.expression
                }
                Expression::TSAsExpression(it) => {
                    next_role = role;
                    next_same = same;
                    &it.expression
                }
                Expression::TSSatisfiesExpression(it) => {
                    next_role = role;
                    next_same = same;
                    &it.expression
                }
                Expression::TSTypeAssertion(it) => {
                    next_role = role;
                    next_same = same;
                    &it.expression
                }
                Expression::TSInstantiationExpression(it) => {
                    next_role = role;
                    next_same = same;
                    &it.expression
                }
                Expression::ParenthesizedExpression(it) => {
                    next_role = role;
                    next_same = same;
                    &it.expression
                }
                last => {
                    let name = if self.links.len() == floor {
                        name
                    } else {
                        Atom::EMPTY
                    };
                    self.terminal(last, role, name);
                    break;
                }
            };
            role = next_role;
            same = next_same;
        }
        self.ascend(floor);
    }

    /// Reads what stands to the right, innermost link first.
    pub(super) fn ascend(&mut self, floor: usize) {
        while self.links.len() > floor
            && let Some(link) = self.links.pop()
        {
            match link {
                Link::Close => {}
                Link::Index(index) => self.expression(index, Role::Index),
                Link::TypeIndex(index) => self.annotation(index, Role::Index),
                Link::Arguments(list) => self.arguments(list),
                Link::Quasi(quasi) => self.template(quasi, Role::Arg),
                Link::Right(right) => self.expression(right, Role::Value),
                Link::Operand(operand) => {
                    self.expression(operand, Role::Value);
                    continue;
                }
            }
            self.close();
        }
    }

    fn enter_static(
        &mut self,
        it: &'a StaticMemberExpression<'a>,
        role: Role,
    ) -> &'a Expression<'a> {
        let name = self.builder.atom(&it.property.name);
        let flags = Flags::when(it.optional, Flags::OPTIONAL);
        self.open_with(Kind::Attr, role, it.span, flags, name);
        self.links.push(Link::Close);
        &it.object
    }

    fn enter_private(
        &mut self,
        it: &'a PrivateFieldExpression<'a>,
        role: Role,
    ) -> &'a Expression<'a> {
        let name = self.private_name(&it.field.name);
        let flags = Flags::when(it.optional, Flags::OPTIONAL);
        self.open_with(Kind::Attr, role, it.span, flags, name);
        self.links.push(Link::Close);
        &it.object
    }

    fn enter_computed(
        &mut self,
        it: &'a ComputedMemberExpression<'a>,
        role: Role,
    ) -> &'a Expression<'a> {
        let flags = Flags::when(it.optional, Flags::OPTIONAL);
        self.open_with(Kind::Index, role, it.span, flags, Atom::EMPTY);
        self.links.push(Link::Index(&it.expression));
        &it.object
    }

    fn enter_call(&mut self, it: &'a CallExpression<'a>, role: Role) -> &'a Expression<'a> {
        let flags = Flags::when(it.optional, Flags::OPTIONAL);
        self.open_with(Kind::Call, role, it.span, flags, Atom::EMPTY);
        self.links.push(Link::Arguments(&it.arguments));
        &it.callee
    }

    pub(super) fn arguments(&mut self, list: &'a [Argument<'a>]) {
        for argument in list {
            match argument {
                Argument::SpreadElement(it) => self.spread(it.span, &it.argument, Role::Arg),
                argument => self.expression(argument.to_expression(), Role::Arg),
            }
        }
    }
}
