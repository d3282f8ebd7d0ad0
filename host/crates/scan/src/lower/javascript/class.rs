//! Classes, interfaces and enumerations of oxc's tree, and the names of their members.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::declaration::Head;
use super::{Lowering, Outer};
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    /// `bound` is the name that an expression is bound to; it wins over the class's own, as callers know it by that.
    pub(super) fn class(&mut self, it: &'a Class<'a>, role: Role, outer: Outer, bound: Atom) {
        let name = match &it.id {
            Some(id) if bound == Atom::EMPTY => self.builder.atom(&id.name),
            _ => bound,
        };
        // Decorators may stand before `export`.
        let span = it
            .decorators
            .first()
            .map_or(outer.span, |first| outer.span.merge(first.span));
        self.open_with(Kind::Class, role, span, outer.flags, name);
        self.decorators(&it.decorators);
        if let Some(heritage) = &it.heritage {
            self.expression(&heritage.expression, Role::Base);
        }
        for base in &it.implements {
            let id = self.type_name(&base.expression, Role::Base);
            self.builder.add_flags(id, Flags::TYPE_ONLY);
        }
        self.open(Kind::Block, Role::Body, it.body.span);
        for member in &it.body.body {
            self.member(member);
        }
        self.close();
        self.close();
    }

    fn member(&mut self, member: &'a ClassElement<'a>) {
        match member {
            ClassElement::MethodDefinition(it) => {
                let head = Head {
                    role: Role::Body,
                    span: it.span,
                    flags: Flags::when(it.r#static, Flags::STATIC),
                    name: self.member_name(&it.key),
                };
                self.function(&it.value, head, &it.decorators);
            }
            ClassElement::PropertyDefinition(it) => self.field(Field {
                span: it.span,
                flags: Flags::when(it.r#static, Flags::STATIC)
                    | Flags::when(it.readonly, Flags::CONST)
                    | private(it.accessibility, &it.key),
                decorators: &it.decorators,
                key: &it.key,
                annotation: it.type_annotation.as_deref(),
                value: it.value.as_ref(),
            }),
            ClassElement::AccessorProperty(it) => self.field(Field {
                span: it.span,
                flags: Flags::when(it.r#static, Flags::STATIC) | private(it.accessibility, &it.key),
                decorators: &it.decorators,
                key: &it.key,
                annotation: it.type_annotation.as_deref(),
                value: it.value.as_ref(),
            }),
            ClassElement::StaticBlock(it) => {
                self.open_with(Kind::Block, Role::Body, it.span, Flags::STATIC, Atom::EMPTY);
                self.statements(&it.body);
                self.close();
            }
            ClassElement::TSIndexSignature(it) => self.index_signature(it, Role::Body),
        }
    }

    fn field(&mut self, it: Field<'a>) {
        self.open_with(Kind::Assign, Role::Body, it.span, it.flags, Atom::EMPTY);
        self.decorators(it.decorators);
        let name = self.member_name(it.key);
        self.leaf(Kind::Name, Role::Target, it.key.span(), name);
        self.type_child(it.annotation, Role::Type);
        if let Some(value) = it.value {
            self.named(value, Role::Value, name);
        }
        self.close();
    }

    /// A member's name: the key's text, a computed one's as written in brackets.
    pub(super) fn member_name(&mut self, key: &'a PropertyKey<'a>) -> Atom {
        match self.plain_key(key) {
            Atom::EMPTY => {
                self.scratch.clear();
                self.scratch.push('[');
                self.scratch.push_str(key.span().source_text(self.source));
                self.scratch.push(']');
                self.builder.atom(&self.scratch)
            }
            name => name,
        }
    }

    /// The text of a key that is a name or a literal, else nothing.
    pub(super) fn plain_key(&mut self, key: &'a PropertyKey<'a>) -> Atom {
        match key {
            PropertyKey::StaticIdentifier(id) => self.builder.atom(&id.name),
            PropertyKey::PrivateIdentifier(id) => self.private_name(&id.name),
            PropertyKey::StringLiteral(it) => self.builder.atom(&it.value),
            PropertyKey::NumericLiteral(it) => self.number(it.span),
            PropertyKey::BigIntLiteral(it) => self.number(it.span),
            PropertyKey::TemplateLiteral(it) if it.expressions.is_empty() => self.template_text(it),
            _ => Atom::EMPTY,
        }
    }

    pub(super) fn private_name(&mut self, name: &str) -> Atom {
        self.scratch.clear();
        self.scratch.push('#');
        self.scratch.push_str(name);
        self.builder.atom(&self.scratch)
    }

    pub(super) fn interface(&mut self, it: &'a TSInterfaceDeclaration<'a>, outer: Outer) {
        let name = self.builder.atom(&it.id.name);
        let flags = outer.flags | Flags::TYPE_ONLY;
        self.open_with(Kind::Class, Role::Body, outer.span, flags, name);
        for base in &it.extends {
            self.type_name(&base.type_name, Role::Base);
        }
        self.open(Kind::Block, Role::Body, it.body.span);
        self.signatures(&it.body.body);
        self.close();
        self.close();
    }

    /// Members of an interface: fields without values, methods without bodies.
    pub(super) fn signatures(&mut self, members: &'a [TSSignature<'a>]) {
        for member in members {
            match member {
                TSSignature::TSPropertySignature(it) => {
                    let flags = Flags::when(it.readonly, Flags::CONST);
                    self.open_with(Kind::Assign, Role::Body, it.span, flags, Atom::EMPTY);
                    let name = self.member_name(&it.key);
                    self.leaf(Kind::Name, Role::Target, it.key.span(), name);
                    self.type_child(it.type_annotation.as_deref(), Role::Type);
                    self.close();
                }
                TSSignature::TSMethodSignature(it) => {
                    let name = self.member_name(&it.key);
                    self.signature(it.span, name, &it.params, it.return_type.as_deref());
                }
                TSSignature::TSCallSignatureDeclaration(it) => {
                    self.signature(it.span, Atom::EMPTY, &it.params, it.return_type.as_deref());
                }
                TSSignature::TSConstructSignatureDeclaration(it) => {
                    let name = self.builder.atom("new");
                    self.signature(it.span, name, &it.params, it.return_type.as_deref());
                }
                TSSignature::TSIndexSignature(it) => self.index_signature(it, Role::Body),
            }
        }
    }

    fn signature(
        &mut self,
        span: Span,
        name: Atom,
        parameters: &'a FormalParameters<'a>,
        result: Option<&'a TSTypeAnnotation<'a>>,
    ) {
        self.open_with(Kind::Function, Role::Body, span, Flags::ABSTRACT, name);
        self.parameters(parameters);
        self.type_child(result, Role::Returns);
        self.close();
    }

    /// An enumeration is a class whose members are constants.
    pub(super) fn enumeration(&mut self, it: &'a TSEnumDeclaration<'a>, outer: Outer) {
        let name = self.builder.atom(&it.id.name);
        self.open_with(Kind::Class, Role::Body, outer.span, outer.flags, name);
        self.open(Kind::Block, Role::Body, it.body.span);
        for member in &it.body.members {
            let flags = Flags::CONST | Flags::STATIC;
            self.open_with(Kind::Assign, Role::Body, member.span, flags, Atom::EMPTY);
            let name = match &member.id {
                TSEnumMemberName::Identifier(id) => self.builder.atom(&id.name),
                TSEnumMemberName::String(it) | TSEnumMemberName::ComputedString(it) => {
                    self.builder.atom(&it.value)
                }
                TSEnumMemberName::ComputedTemplateString(it) => self.template_text(it),
            };
            self.leaf(Kind::Name, Role::Target, member.id.span(), name);
            if let Some(value) = &member.initializer {
                self.expression(value, Role::Value);
            }
            self.close();
        }
        self.close();
        self.close();
    }
}

/// A field or accessor, as both are written.
struct Field<'a> {
    span: Span,
    flags: Flags,
    decorators: &'a [Decorator<'a>],
    key: &'a PropertyKey<'a>,
    annotation: Option<&'a TSTypeAnnotation<'a>>,
    value: Option<&'a Expression<'a>>,
}

fn private(accessibility: Option<TSAccessibility>, key: &PropertyKey<'_>) -> Flags {
    let private = accessibility == Some(TSAccessibility::Private) || key.is_private_identifier();
    Flags::when(private, Flags::PRIVATE)
}
