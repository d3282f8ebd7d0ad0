//! Imports and exports of oxc's tree.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::{Lowering, Outer};
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    pub(super) fn module_declaration(&mut self, it: &'a ModuleDeclaration<'a>) {
        match it {
            ModuleDeclaration::ImportDeclaration(it) => self.import(it),
            ModuleDeclaration::ExportDeclaration(it) => {
                self.declaration(
                    &it.declaration,
                    Outer {
                        span: it.span,
                        flags: Flags::EXPORT,
                    },
                );
            }
            ModuleDeclaration::ExportDefaultDeclaration(it) => self.export_default(it),
            ModuleDeclaration::ExportNamedDeclaration(it) => {
                let flags = Flags::when(it.export_kind.is_type(), Flags::TYPE_ONLY);
                self.open_with(Kind::Export, Role::Body, it.span, flags, Atom::EMPTY);
                self.export_names(&it.specifiers);
                self.close();
            }
            ModuleDeclaration::ExportFromDeclaration(it) => {
                let flags = Flags::EXPORT | Flags::when(it.export_kind.is_type(), Flags::TYPE_ONLY);
                self.open_import(it.span, &it.source, flags);
                self.export_names(&it.specifiers);
                self.close();
            }
            ModuleDeclaration::ExportAllDeclaration(it) => {
                let flags = Flags::EXPORT
                    | Flags::when(it.export_kind.is_type(), Flags::TYPE_ONLY)
                    | Flags::when(it.exported.is_none(), Flags::STAR);
                self.open_import(it.span, &it.source, flags);
                if let Some(name) = &it.exported {
                    let local = self.builder.atom(&name.name());
                    self.import_name(name.span(), name.span(), Flags::NONE, Atom::EMPTY, local);
                }
                self.close();
            }
            // `export = value` is what a default import of the module gets.
            ModuleDeclaration::TSExportAssignment(it) => {
                self.open_default(it.span, &it.expression);
            }
            // `export as namespace X` names a global for scripts; it neither binds nor reads anything.
            ModuleDeclaration::TSNamespaceExportDeclaration(_) => {}
        }
    }

    fn open_import(&mut self, span: Span, source: &'a StringLiteral<'a>, flags: Flags) {
        let module = self.builder.atom(&source.value);
        self.open_with(Kind::Import, Role::Body, span, flags, module);
    }

    fn import(&mut self, it: &'a ImportDeclaration<'a>) {
        let specifiers = it.specifiers.as_ref().map_or(&[][..], |list| list);
        let type_only = Flags::when(it.import_kind.is_type(), Flags::TYPE_ONLY);
        let alone = Flags::when(specifiers.is_empty(), Flags::SIDE_EFFECT);
        self.open_import(it.span, &it.source, type_only | alone);
        for specifier in specifiers {
            match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(it) => {
                    let name = self.builder.atom(&it.imported.name());
                    let local = self.builder.atom(&it.local.name);
                    let flags = Flags::when(it.import_kind.is_type(), Flags::TYPE_ONLY);
                    self.import_name(it.span, it.local.span, flags, name, local);
                }
                ImportDeclarationSpecifier::ImportDefaultSpecifier(it) => {
                    let name = self.builder.atom("default");
                    let local = self.builder.atom(&it.local.name);
                    self.import_name(it.span, it.local.span, Flags::NONE, name, local);
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(it) => {
                    let local = self.builder.atom(&it.local.name);
                    self.import_name(it.span, it.local.span, Flags::NONE, Atom::EMPTY, local);
                }
            }
        }
        self.close();
    }

    fn import_name(&mut self, span: Span, at: Span, flags: Flags, name: Atom, local: Atom) {
        self.open_with(Kind::ImportName, Role::Item, span, flags, name);
        self.leaf(Kind::Name, Role::Target, at, local);
        self.close();
    }

    /// `{a as b}` of an export: the name on this side is the node's, the name on the outside its target.
    fn export_names(&mut self, list: &'a [ExportSpecifier<'a>]) {
        for it in list {
            let name = self.builder.atom(&it.local.name());
            let outside = self.builder.atom(&it.exported.name());
            let flags = Flags::when(it.export_kind.is_type(), Flags::TYPE_ONLY);
            self.import_name(it.span, it.exported.span(), flags, name, outside);
        }
    }

    fn export_default(&mut self, it: &'a ExportDefaultDeclaration<'a>) {
        let outer = Outer {
            span: it.span,
            flags: Flags::EXPORT | Flags::DEFAULT,
        };
        match &it.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(it) => {
                self.function_declaration(it, outer);
            }
            ExportDefaultDeclarationKind::ClassDeclaration(it) => {
                self.class(it, Role::Body, outer, Atom::EMPTY);
            }
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(it) => self.interface(it, outer),
            value => self.open_default(it.span, value.to_expression()),
        }
    }

    fn open_default(&mut self, span: Span, value: &'a Expression<'a>) {
        let name = self.builder.atom("default");
        self.open_with(Kind::Export, Role::Body, span, Flags::NONE, name);
        self.expression(value, Role::Value);
        self.close();
    }

    /// `import fs = require("fs")` is an import, `import A = B.C` an alias.
    pub(super) fn import_equals(&mut self, it: &'a TSImportEqualsDeclaration<'a>, outer: Outer) {
        let local = self.builder.atom(&it.id.name);
        let type_only = Flags::when(it.import_kind.is_type(), Flags::TYPE_ONLY);
        let flags = outer.flags | type_only;
        match &it.module_reference {
            TSModuleReference::ExternalModuleReference(module) => {
                self.open_import(outer.span, &module.expression, flags);
                self.import_name(it.id.span, it.id.span, Flags::NONE, Atom::EMPTY, local);
                self.close();
            }
            reference => {
                let flags = flags | Flags::DECLARE | Flags::CONST;
                self.open_with(Kind::Assign, Role::Body, outer.span, flags, Atom::EMPTY);
                self.leaf(Kind::Name, Role::Target, it.id.span, local);
                match reference {
                    TSModuleReference::IdentifierReference(id) => self.identifier(id, Role::Value),
                    TSModuleReference::QualifiedName(name) => {
                        self.qualified_name(name, Role::Value);
                    }
                    TSModuleReference::ExternalModuleReference(_) => {}
                }
                self.close();
            }
        }
    }
}
