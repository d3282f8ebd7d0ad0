//! JSX of oxc's tree. Text between tags is prose and not kept.

use oxc_ast::ast::*;

use super::Lowering;
use super::entity::attribute_value;
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    pub(super) fn jsx_element(&mut self, it: &'a JSXElement<'a>, role: Role) {
        if self.is_too_deep(it) {
            return;
        }
        let opening = &it.opening_element;
        let tag = match &opening.name {
            JSXElementName::Identifier(name) => self.builder.atom(&name.name),
            JSXElementName::IdentifierReference(name) => self.builder.atom(&name.name),
            name => self.builder.atom(&name.to_string()),
        };
        self.open_with(Kind::Jsx, role, it.span, Flags::NONE, tag);
        for attribute in &opening.attributes {
            match attribute {
                JSXAttributeItem::Attribute(it) => self.jsx_attribute(it),
                JSXAttributeItem::SpreadAttribute(it) => {
                    self.spread(it.span, &it.argument, Role::Arg);
                }
            }
        }
        self.jsx_children(&it.children);
        self.close();
    }

    pub(super) fn jsx_fragment(&mut self, it: &'a JSXFragment<'a>, role: Role) {
        if self.is_too_deep(it) {
            return;
        }
        self.open_with(Kind::Jsx, role, it.span, Flags::NONE, Atom::EMPTY);
        self.jsx_children(&it.children);
        self.close();
    }

    fn jsx_attribute(&mut self, it: &'a JSXAttribute<'a>) {
        let name = match &it.name {
            JSXAttributeName::Identifier(name) => self.builder.atom(&name.name),
            JSXAttributeName::NamespacedName(name) => self.builder.atom(&name.to_string()),
        };
        self.open_with(Kind::KwArg, Role::Arg, it.span, Flags::NONE, name);
        match &it.value {
            Some(JSXAttributeValue::StringLiteral(it)) => {
                let value = attribute_value(&it.value);
                self.word(Kind::Str, Role::Value, it.span, &value);
            }
            Some(JSXAttributeValue::ExpressionContainer(it)) => {
                // `onClick={() => ...}`: the attribute names the function, as a property would.
                if let Some(value) = it.expression.as_expression() {
                    self.named(value, Role::Value, name);
                }
            }
            Some(JSXAttributeValue::Element(it)) => self.jsx_element(it, Role::Value),
            Some(JSXAttributeValue::Fragment(it)) => self.jsx_fragment(it, Role::Value),
            None => {}
        }
        self.close();
    }

    fn jsx_children(&mut self, children: &'a [JSXChild<'a>]) {
        for child in children {
            match child {
                JSXChild::Text(_) => {}
                JSXChild::Element(it) => self.jsx_element(it, Role::Item),
                JSXChild::Fragment(it) => self.jsx_fragment(it, Role::Item),
                JSXChild::ExpressionContainer(it) => {
                    if let Some(value) = it.expression.as_expression() {
                        self.expression(value, Role::Item);
                    }
                }
                JSXChild::Spread(it) => self.spread(it.span, &it.expression, Role::Item),
            }
        }
    }
}
