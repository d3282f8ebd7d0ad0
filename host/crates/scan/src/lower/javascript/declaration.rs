//! Declarations of oxc's tree: variables, functions and their parameters, type aliases, namespaces.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::{Lowering, Outer};
use crate::tree::{Atom, Flags, Kind, Role};

/// What a function is to its surroundings.
pub(super) struct Head {
    pub role: Role,
    pub span: Span,
    pub flags: Flags,
    pub name: Atom,
}

impl<'a> Lowering<'a> {
    pub(super) fn declaration(&mut self, declaration: &'a Declaration<'a>, outer: Outer) {
        match declaration {
            Declaration::VariableDeclaration(it) => self.variables(it, Role::Body, outer),
            Declaration::FunctionDeclaration(it) => self.function_declaration(it, outer),
            Declaration::ClassDeclaration(it) => self.class(it, Role::Body, outer, Atom::EMPTY),
            Declaration::TSTypeAliasDeclaration(it) => self.type_alias(it, outer),
            Declaration::TSInterfaceDeclaration(it) => self.interface(it, outer),
            Declaration::TSEnumDeclaration(it) => self.enumeration(it, outer),
            Declaration::TSExternalModuleDeclaration(it) => {
                let name = self.builder.atom(&it.id.value);
                self.namespace(it.body.as_deref(), outer, name);
            }
            Declaration::TSNamespaceDeclaration(it) => {
                let name = self.builder.atom(&it.id.name);
                let mut body = &it.body;
                // `namespace a.b.c {}` nests one declaration in the other; what is declared in it lies in one block.
                while let TSNamespaceDeclarationBody::TSNamespaceDeclaration(inner) = body {
                    body = &inner.body;
                }
                match body {
                    TSNamespaceDeclarationBody::TSModuleBlock(block) => {
                        self.namespace(Some(block), outer, name);
                    }
                    TSNamespaceDeclarationBody::TSNamespaceDeclaration(_) => {}
                }
            }
            Declaration::TSGlobalDeclaration(it) => {
                self.namespace(Some(&it.body), outer, Atom::EMPTY);
            }
            Declaration::TSImportEqualsDeclaration(it) => self.import_equals(it, outer),
        }
    }

    fn namespace(&mut self, block: Option<&'a TSModuleBlock<'a>>, outer: Outer, name: Atom) {
        self.open_with(Kind::Block, Role::Body, outer.span, outer.flags, name);
        if let Some(block) = block {
            self.directives(&block.directives);
            self.statements(&block.body);
        }
        self.close();
    }

    /// Each declarator is an assignment of its own; one that stands alone takes the whole statement.
    pub(super) fn variables(&mut self, it: &'a VariableDeclaration<'a>, role: Role, outer: Outer) {
        let fixed = matches!(
            it.kind,
            VariableDeclarationKind::Const
                | VariableDeclarationKind::Using
                | VariableDeclarationKind::AwaitUsing
        );
        let flags = outer.flags | Flags::DECLARE | Flags::when(fixed, Flags::CONST);
        let alone = it.declarations.len() == 1;
        for one in &it.declarations {
            let span = if alone { outer.span } else { one.span };
            self.open_with(Kind::Assign, role, span, flags, Atom::EMPTY);
            let name = self.binding(&one.id, Role::Target);
            self.type_child(one.type_annotation.as_deref(), Role::Type);
            if let Some(value) = &one.init {
                self.named(value, Role::Value, name);
            }
            self.close();
        }
    }

    pub(super) fn function_declaration(&mut self, it: &'a Function<'a>, outer: Outer) {
        let head = Head {
            role: Role::Body,
            span: outer.span,
            flags: outer.flags,
            name: it
                .id
                .as_ref()
                .map_or(Atom::EMPTY, |id| self.builder.atom(&id.name)),
        };
        self.function(it, head, &[]);
    }

    pub(super) fn function(
        &mut self,
        it: &'a Function<'a>,
        head: Head,
        decorators: &'a [Decorator<'a>],
    ) {
        let flags = head.flags
            | Flags::when(it.r#async, Flags::ASYNC)
            | Flags::when(it.generator, Flags::GENERATOR)
            | Flags::when(it.body.is_none(), Flags::ABSTRACT);
        self.open_with(Kind::Function, head.role, head.span, flags, head.name);
        self.decorators(decorators);
        self.parameters(&it.params);
        self.type_child(it.return_type.as_deref(), Role::Returns);
        if let Some(body) = &it.body {
            self.function_body(body);
        }
        self.close();
    }

    pub(super) fn arrow(&mut self, it: &'a ArrowFunctionExpression<'a>, role: Role, name: Atom) {
        let flags = Flags::LAMBDA | Flags::when(it.r#async, Flags::ASYNC);
        self.open_with(Kind::Function, role, it.span, flags, name);
        self.parameters(&it.params);
        self.type_child(it.return_type.as_deref(), Role::Returns);
        match &it.body {
            ArrowFunctionBody::FunctionBody(body) => self.function_body(body),
            expression => {
                let value = expression.to_expression();
                self.open(Kind::Block, Role::Body, value.span());
                self.open(Kind::Return, Role::Body, value.span());
                self.expression(value, Role::Value);
                self.close();
                self.close();
            }
        }
        self.close();
    }

    fn function_body(&mut self, body: &'a FunctionBody<'a>) {
        self.open(Kind::Block, Role::Body, body.span);
        self.directives(&body.directives);
        self.statements(&body.statements);
        self.close();
    }

    pub(super) fn decorators(&mut self, list: &'a [Decorator<'a>]) {
        for decorator in list {
            self.expression(&decorator.expression, Role::Decorator);
        }
    }

    pub(super) fn parameters(&mut self, list: &'a FormalParameters<'a>) {
        for it in &list.items {
            let property = it.accessibility.is_some() || it.readonly || it.r#override;
            let (pattern, inner) = match &it.pattern {
                BindingPattern::AssignmentPattern(pair) => (&pair.left, Some(&pair.right)),
                pattern => (pattern, None),
            };
            let default = it.initializer.as_deref().or(inner);
            self.parameter(it.span, Flags::when(property, Flags::PROPERTY), pattern);
            self.decorators(&it.decorators);
            self.type_child(it.type_annotation.as_deref(), Role::Type);
            if let Some(default) = default {
                self.expression(default, Role::Default);
            }
            self.close_parameter(pattern);
        }
        if let Some(it) = &list.rest {
            let pattern = &it.rest.argument;
            self.parameter(it.span, Flags::REST, pattern);
            self.decorators(&it.decorators);
            self.type_child(it.type_annotation.as_deref(), Role::Type);
            self.close_parameter(pattern);
        }
    }

    fn parameter(&mut self, span: Span, flags: Flags, pattern: &'a BindingPattern<'a>) {
        let name = match pattern {
            BindingPattern::BindingIdentifier(id) => self.builder.atom(&id.name),
            _ => Atom::EMPTY,
        };
        self.open_with(Kind::Param, Role::Param, span, flags, name);
    }

    fn close_parameter(&mut self, pattern: &'a BindingPattern<'a>) {
        if !matches!(pattern, BindingPattern::BindingIdentifier(_)) {
            self.binding(pattern, Role::Target);
        }
        self.close();
    }

    /// `type A = B` binds like an assignment that is gone at run time; an alias of an object type is an interface.
    fn type_alias(&mut self, it: &'a TSTypeAliasDeclaration<'a>, outer: Outer) {
        let name = self.builder.atom(&it.id.name);
        if let TSType::TSTypeLiteral(literal) = &it.type_annotation {
            let flags = outer.flags | Flags::TYPE_ONLY;
            self.open_with(Kind::Class, Role::Body, outer.span, flags, name);
            self.open(Kind::Block, Role::Body, literal.span);
            self.signatures(&literal.members);
            self.close();
            self.close();
            return;
        }
        let flags = outer.flags | Flags::TYPE_ONLY | Flags::DECLARE;
        self.open_with(Kind::Assign, Role::Body, outer.span, flags, Atom::EMPTY);
        self.leaf(Kind::Name, Role::Target, it.id.span, name);
        self.annotation(&it.type_annotation, Role::Value);
        self.close();
    }
}
