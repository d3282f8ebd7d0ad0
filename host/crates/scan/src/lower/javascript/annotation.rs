//! Types of oxc's tree, in the shapes of expressions where one fits.
//!
//! Members of an object type written in place are `Pair`s and the parameters of a function type are types with the role
//! `Arg`, because neither binds a name.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};
use smallvec::SmallVec;

use super::chain::Link;
use super::{Lowering, bytes};
use crate::tree::{Atom, Flags, Kind, NodeId, Role};

impl<'a> Lowering<'a> {
    pub(super) fn type_child(&mut self, it: Option<&'a TSTypeAnnotation<'a>>, role: Role) {
        if let Some(it) = it {
            self.annotation(&it.type_annotation, role);
        }
    }

    pub(super) fn annotation(&mut self, mut at: &'a TSType<'a>, mut role: Role) {
        let floor = self.links.len();
        loop {
            if self.is_too_deep(at) {
                break;
            }
            match at {
                TSType::TSArrayType(it) => {
                    self.open(Kind::Index, role, it.span);
                    self.word(Kind::Name, Role::Value, Span::empty(it.span.start), "Array");
                    self.links.push(Link::Close);
                    at = &it.element_type;
                    role = Role::Index;
                }
                // Told from the arguments of a generic type by the flag.
                TSType::TSIndexedAccessType(it) => {
                    self.open_with(Kind::Index, role, it.span, Flags::PROPERTY, Atom::EMPTY);
                    self.links.push(Link::TypeIndex(&it.index_type));
                    at = &it.object_type;
                    role = Role::Value;
                }
                TSType::TSParenthesizedType(it) => at = &it.type_annotation,
                TSType::TSTypeOperatorType(it) if it.operator != TSTypeOperatorOperator::Keyof => {
                    at = &it.type_annotation;
                }
                TSType::JSDocNullableType(it) => at = &it.type_annotation,
                TSType::JSDocNonNullableType(it) => at = &it.type_annotation,
                TSType::TSNamedTupleMember(it) => match it.element_type.as_ts_type() {
                    Some(inner) => at = inner,
                    None => {
                        self.tuple_element(&it.element_type, role);
                        break;
                    }
                },
                last => {
                    self.plain_type(last, role);
                    break;
                }
            }
        }
        self.ascend(floor);
    }

    fn plain_type(&mut self, it: &'a TSType<'a>, role: Role) {
        if let Some(word) = keyword(it) {
            self.word(Kind::Name, role, it.span(), word);
            return;
        }
        match it {
            TSType::TSNullKeyword(_) | TSType::TSUndefinedKeyword(_) => {
                self.leaf(Kind::Null, role, it.span(), Atom::EMPTY);
            }
            TSType::TSTypeReference(it) => match &it.type_arguments {
                None => {
                    self.type_name(&it.type_name, role);
                }
                Some(arguments) => {
                    self.open(Kind::Index, role, it.span);
                    self.type_name(&it.type_name, Role::Value);
                    self.type_arguments(arguments);
                    self.close();
                }
            },
            TSType::TSUnionType(it) => self.operands("|", it.span, &it.types, role),
            TSType::TSIntersectionType(it) => self.operands("&", it.span, &it.types, role),
            TSType::TSTypeOperatorType(it) => {
                let operator = self.builder.atom("keyof");
                self.open_with(Kind::Unary, role, it.span, Flags::NONE, operator);
                self.annotation(&it.type_annotation, Role::Value);
                self.close();
            }
            TSType::TSTypeQuery(it) => self.type_query(it, role),
            TSType::TSTupleType(it) => {
                self.open_with(Kind::List, role, it.span, Flags::TUPLE, Atom::EMPTY);
                for element in &it.element_types {
                    self.tuple_element(element, Role::Item);
                }
                self.close();
            }
            TSType::TSLiteralType(it) => {
                let text = match &it.literal {
                    TSLiteral::StringLiteral(it) => self.builder.atom(&it.value),
                    other => self.builder.atom(other.span().source_text(self.source)),
                };
                self.leaf(Kind::Type, role, it.span, text);
            }
            TSType::TSTypeLiteral(it) => {
                self.open(Kind::Type, role, it.span);
                for member in &it.members {
                    self.object_type_member(member);
                }
                self.close();
            }
            TSType::TSFunctionType(it) => {
                self.function_type(it.span, &it.params, &it.return_type, role);
            }
            TSType::TSConstructorType(it) => {
                self.function_type(it.span, &it.params, &it.return_type, role);
            }
            TSType::TSConditionalType(it) => {
                self.open(Kind::Type, role, it.span);
                for part in [
                    &it.check_type,
                    &it.extends_type,
                    &it.true_type,
                    &it.false_type,
                ] {
                    self.annotation(part, Role::Type);
                }
                self.close();
            }
            TSType::TSMappedType(it) => {
                self.open(Kind::Type, role, it.span);
                self.annotation(&it.constraint, Role::Type);
                if let Some(value) = &it.type_annotation {
                    self.annotation(value, Role::Type);
                }
                self.close();
            }
            TSType::TSTemplateLiteralType(it) => {
                let text = self.quasis(&it.quasis);
                self.open_with(Kind::Type, role, it.span, Flags::NONE, text);
                for part in &it.types {
                    self.annotation(part, Role::Type);
                }
                self.close();
            }
            TSType::TSTypePredicate(it) => {
                self.open(Kind::Type, role, it.span);
                self.type_child(it.type_annotation.as_deref(), Role::Type);
                self.close();
            }
            TSType::TSImportType(it) => self.import_type(it, role),
            other => self.leaf(Kind::Type, role, other.span(), Atom::EMPTY),
        }
    }

    /// One argument stands as it is, several make a tuple, as in Python's `dict[str, int]`.
    fn type_arguments(&mut self, it: &'a TSTypeParameterInstantiation<'a>) {
        if let [one] = it.params.as_slice() {
            self.annotation(one, Role::Index);
            return;
        }
        self.open_with(Kind::List, Role::Index, it.span, Flags::TUPLE, Atom::EMPTY);
        for argument in &it.params {
            self.annotation(argument, Role::Item);
        }
        self.close();
    }

    /// `A | B | C` nests to the left, like the operator in Python.
    fn operands(&mut self, operator: &str, span: Span, types: &'a [TSType<'a>], role: Role) {
        let [first, rest @ ..] = types else {
            self.leaf(Kind::Type, role, span, Atom::EMPTY);
            return;
        };
        let operator = self.builder.atom(operator);
        let mut outer = role;
        for (at, last) in rest.iter().enumerate().rev() {
            let span = if at + 1 == rest.len() {
                span
            } else {
                first.span().merge(last.span())
            };
            self.open_with(Kind::Binary, outer, span, Flags::NONE, operator);
            outer = Role::Value;
        }
        self.annotation(first, outer);
        for operand in rest {
            self.annotation(operand, Role::Value);
            self.close();
        }
    }

    fn tuple_element(&mut self, element: &'a TSTupleElement<'a>, role: Role) {
        match element {
            TSTupleElement::TSOptionalType(it) => self.annotation(&it.type_annotation, role),
            TSTupleElement::TSRestType(it) => {
                self.open(Kind::Spread, role, it.span);
                self.annotation(&it.type_annotation, Role::Value);
                self.close();
            }
            element => self.annotation(element.to_ts_type(), role),
        }
    }

    fn function_type(
        &mut self,
        span: Span,
        parameters: &'a FormalParameters<'a>,
        result: &'a TSTypeAnnotation<'a>,
        role: Role,
    ) {
        self.open(Kind::Type, role, span);
        self.signature_types(parameters, Some(result));
        self.close();
    }

    fn signature_types(
        &mut self,
        parameters: &'a FormalParameters<'a>,
        result: Option<&'a TSTypeAnnotation<'a>>,
    ) {
        for parameter in &parameters.items {
            self.type_child(parameter.type_annotation.as_deref(), Role::Arg);
        }
        if let Some(rest) = &parameters.rest {
            self.type_child(rest.type_annotation.as_deref(), Role::Arg);
        }
        self.type_child(result, Role::Returns);
    }

    fn object_type_member(&mut self, member: &'a TSSignature<'a>) {
        match member {
            TSSignature::TSPropertySignature(it) => {
                let key = self.plain_key(&it.key);
                let flags = Flags::when(it.computed, Flags::COMPUTED);
                self.open_with(Kind::Pair, Role::Item, it.span, flags, key);
                self.pair_key(&it.key, it.computed, key);
                self.type_child(it.type_annotation.as_deref(), Role::Value);
                self.close();
            }
            TSSignature::TSMethodSignature(it) => {
                let key = self.plain_key(&it.key);
                let flags = Flags::when(it.computed, Flags::COMPUTED);
                self.open_with(Kind::Pair, Role::Item, it.span, flags, key);
                self.pair_key(&it.key, it.computed, key);
                self.open(Kind::Type, Role::Value, it.span);
                self.signature_types(&it.params, it.return_type.as_deref());
                self.close();
                self.close();
            }
            TSSignature::TSCallSignatureDeclaration(it) => {
                self.open(Kind::Type, Role::Item, it.span);
                self.signature_types(&it.params, it.return_type.as_deref());
                self.close();
            }
            TSSignature::TSConstructSignatureDeclaration(it) => {
                self.open(Kind::Type, Role::Item, it.span);
                self.signature_types(&it.params, it.return_type.as_deref());
                self.close();
            }
            TSSignature::TSIndexSignature(it) => self.index_signature(it, Role::Item),
        }
    }

    /// `[key: string]: T`: every further member has this type.
    pub(super) fn index_signature(&mut self, it: &'a TSIndexSignature<'a>, role: Role) {
        self.open(Kind::Other, role, it.span);
        self.type_child(Some(&it.type_annotation), Role::Type);
        self.close();
    }

    fn type_query(&mut self, it: &'a TSTypeQuery<'a>, role: Role) {
        let operator = self.builder.atom("typeof");
        self.open_with(Kind::Unary, role, it.span, Flags::NONE, operator);
        match &it.expr_name {
            TSTypeQueryExprName::TSImportType(it) => self.import_type(it, Role::Value),
            name => {
                self.type_name(name.to_ts_type_name(), Role::Value);
            }
        }
        self.close();
    }

    /// `import("m").T`: a type whose text is the module.
    fn import_type(&mut self, it: &'a TSImportType<'a>, role: Role) {
        let module = self.builder.atom(&it.source.value);
        self.open_with(Kind::Type, role, it.span, Flags::NONE, module);
        for argument in it.type_arguments.iter().flat_map(|list| &list.params) {
            self.annotation(argument, Role::Type);
        }
        self.close();
    }

    pub(super) fn type_name(&mut self, name: &'a TSTypeName<'a>, role: Role) -> NodeId {
        let (text, span) = match name {
            TSTypeName::QualifiedName(it) => return self.qualified_name(it, role),
            TSTypeName::IdentifierReference(it) => (it.name.as_str(), it.span),
            TSTypeName::ThisExpression(it) => ("this", it.span),
        };
        let atom = self.builder.atom(text);
        self.builder
            .leaf(Kind::Name, role, bytes(span), Flags::NONE, atom)
    }

    pub(super) fn qualified_name(&mut self, name: &'a TSQualifiedName<'a>, role: Role) -> NodeId {
        let mut parts = SmallVec::<[&'a TSQualifiedName<'a>; 4]>::new();
        parts.push(name);
        while let Some(TSTypeName::QualifiedName(inner)) = parts.last().map(|part| &part.left) {
            parts.push(inner);
        }
        let mut outer = role;
        let mut opened = None;
        for part in &parts {
            let atom = self.builder.atom(&part.right.name);
            let id = self.open_with(Kind::Attr, outer, part.span, Flags::NONE, atom);
            opened.get_or_insert(id);
            outer = Role::Value;
        }
        if let Some(last) = parts.last() {
            self.type_name(&last.left, Role::Value);
        }
        for _ in &parts {
            self.close();
        }
        opened.unwrap_or(NodeId(0))
    }
}

/// The word of a type that is one.
fn keyword(it: &TSType<'_>) -> Option<&'static str> {
    Some(match it {
        TSType::TSAnyKeyword(_) => "any",
        TSType::TSBigIntKeyword(_) => "bigint",
        TSType::TSBooleanKeyword(_) => "boolean",
        TSType::TSIntrinsicKeyword(_) => "intrinsic",
        TSType::TSNeverKeyword(_) => "never",
        TSType::TSNumberKeyword(_) => "number",
        TSType::TSObjectKeyword(_) => "object",
        TSType::TSStringKeyword(_) => "string",
        TSType::TSSymbolKeyword(_) => "symbol",
        TSType::TSUnknownKeyword(_) => "unknown",
        TSType::TSVoidKeyword(_) => "void",
        TSType::TSThisType(_) => "this",
        _ => return None,
    })
}
