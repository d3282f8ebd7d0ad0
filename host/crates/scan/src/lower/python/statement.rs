//! Statements, functions and classes.

use perfctl_core::place::ByteSpan;
use ruff_python_ast::{
    Alias, AnyParameterRef, ArgOrKeyword, Arguments, Decorator, ElifElseClause, ExceptHandler,
    Expr, Identifier, Parameters, Stmt, StmtAssign, StmtClassDef, StmtFunctionDef, StmtIf,
    StmtImport, StmtImportFrom, StmtMatch, StmtTry, StmtWith, TypeParam, TypeParams,
};
use ruff_text_size::Ranged;

use super::{Lowering, span};
use crate::tree::{Atom, Flags, Kind, Role};

impl Lowering<'_> {
    /// Statements as `Body` children of the node that is open.
    pub(super) fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            if !self.is_too_deep(statement.range()) {
                self.statement(statement);
            }
        }
    }

    /// An indented suite. `owner` is the span of the statement it belongs to; a suite that the parser could not find is
    /// empty at its end.
    fn suite(&mut self, body: &[Stmt], role: Role, owner: ByteSpan) {
        let span = match (body.first(), body.last()) {
            (Some(first), Some(last)) => {
                ByteSpan::new(span(first.range()).start, span(last.range()).end)
            }
            _ => ByteSpan::new(owner.end, owner.end),
        };
        self.out.open(Kind::Block, role, span);
        self.statements(body);
        self.out.close();
    }

    fn statement(&mut self, statement: &Stmt) {
        let at = span(statement.range());
        match statement {
            Stmt::Expr(s) => self.wrap(Kind::ExprStmt, at, Role::Value, Some(&*s.value)),
            Stmt::Assign(s) => self.assign(s, at),
            Stmt::AnnAssign(s) => {
                self.out.open(Kind::Assign, Role::Body, at);
                self.expression(&s.target, Role::Target);
                self.expression(&s.annotation, Role::Type);
                if let Some(value) = &s.value {
                    self.bound(value, Role::Value, Some(&*s.target));
                }
                self.out.close();
            }
            Stmt::AugAssign(s) => {
                let operator = self.out.atom(s.op.as_str());
                self.out
                    .open_with(Kind::AugAssign, Role::Body, at, Flags::NONE, operator);
                self.expression(&s.target, Role::Target);
                self.expression(&s.value, Role::Value);
                self.out.close();
            }
            Stmt::TypeAlias(s) => {
                self.out
                    .open_with(Kind::Assign, Role::Body, at, Flags::TYPE_ONLY, Atom::EMPTY);
                self.expression(&s.name, Role::Target);
                self.type_params(s.type_params.as_deref());
                self.expression(&s.value, Role::Value);
                self.out.close();
            }
            Stmt::FunctionDef(s) => self.function(s, at),
            Stmt::ClassDef(s) => self.class(s, at),
            Stmt::If(s) => self.if_chain(s, at),
            Stmt::For(s) => {
                let flags = Flags::when(s.is_async, Flags::ASYNC);
                self.out
                    .open_with(Kind::For, Role::Body, at, flags, Atom::EMPTY);
                self.expression(&s.target, Role::Target);
                self.expression(&s.iter, Role::Iter);
                self.suite(&s.body, Role::Body, at);
                self.optional_suite(&s.orelse, Role::Else, at);
                self.out.close();
            }
            Stmt::While(s) => {
                self.out.open(Kind::While, Role::Body, at);
                self.expression(&s.test, Role::Test);
                self.suite(&s.body, Role::Body, at);
                self.optional_suite(&s.orelse, Role::Else, at);
                self.out.close();
            }
            Stmt::With(s) => self.with(s, at),
            Stmt::Try(s) => self.try_statement(s, at),
            Stmt::Match(s) => self.match_statement(s, at),
            Stmt::Return(s) => self.wrap(Kind::Return, at, Role::Value, s.value.as_deref()),
            Stmt::Raise(s) => {
                self.wrap(
                    Kind::Raise,
                    at,
                    Role::Value,
                    s.exc.iter().chain(&s.cause).map(|part| &**part),
                );
            }
            Stmt::Delete(s) => self.wrap(Kind::Delete, at, Role::Target, &s.targets),
            Stmt::Assert(s) => {
                self.out.open(Kind::Assert, Role::Body, at);
                self.expression(&s.test, Role::Test);
                if let Some(message) = &s.msg {
                    self.expression(message, Role::Value);
                }
                self.out.close();
            }
            Stmt::Import(s) => self.import(s, at),
            Stmt::ImportFrom(s) => self.import_from(s, at),
            Stmt::Global(s) => self.global(&s.names, at, Flags::NONE),
            Stmt::Nonlocal(s) => self.global(&s.names, at, Flags::NONLOCAL),
            Stmt::Break(_) => self.childless(Kind::Break, at),
            Stmt::Continue(_) => self.childless(Kind::Continue, at),
            Stmt::Pass(_) => {}
            Stmt::IpyEscapeCommand(_) => self.childless(Kind::Other, at),
        }
    }

    fn childless(&mut self, kind: Kind, at: ByteSpan) {
        self.out
            .leaf(kind, Role::Body, at, Flags::NONE, Atom::EMPTY);
    }

    /// A statement that is nothing but its expressions.
    fn wrap<'a>(
        &mut self,
        kind: Kind,
        at: ByteSpan,
        role: Role,
        parts: impl IntoIterator<Item = &'a Expr>,
    ) {
        self.out.open(kind, Role::Body, at);
        for part in parts {
            self.expression(part, role);
        }
        self.out.close();
    }

    fn optional_suite(&mut self, body: &[Stmt], role: Role, owner: ByteSpan) {
        if !body.is_empty() {
            self.suite(body, role, owner);
        }
    }

    fn assign(&mut self, s: &StmtAssign, at: ByteSpan) {
        self.out.open(Kind::Assign, Role::Body, at);
        for target in &s.targets {
            self.expression(target, Role::Target);
        }
        let only = if let [target] = &*s.targets {
            Some(target)
        } else {
            None
        };
        self.bound(&s.value, Role::Value, only);
        self.out.close();
    }

    /// A value on its way into `target`: a lambda takes the name it is bound to.
    pub(super) fn bound(&mut self, value: &Expr, role: Role, target: Option<&Expr>) {
        match (value, target) {
            (Expr::Lambda(lambda), Some(Expr::Name(name))) if !self.is_too_deep(lambda.range) => {
                self.lambda(lambda, role, &name.id);
            }
            _ => self.expression(value, role),
        }
    }

    /// `elif` is an `If` in the `Else` of the one before, so a chain nests; it is built without recursion.
    fn if_chain(&mut self, s: &StmtIf, at: ByteSpan) {
        self.out.open(Kind::If, Role::Body, at);
        self.expression(&s.test, Role::Test);
        self.suite(&s.body, Role::Body, at);
        let mut open = 1;
        for ElifElseClause {
            range, test, body, ..
        } in &s.elif_else_clauses
        {
            let Some(test) = test else {
                self.suite(body, Role::Else, at);
                continue;
            };
            if self.is_too_deep(*range) {
                break;
            }
            self.out.open(
                Kind::If,
                Role::Else,
                ByteSpan::new(span(*range).start, at.end),
            );
            self.expression(test, Role::Test);
            self.suite(body, Role::Body, at);
            open += 1;
        }
        for _ in 0..open {
            self.out.close();
        }
    }

    fn with(&mut self, s: &StmtWith, at: ByteSpan) {
        let flags = Flags::when(s.is_async, Flags::ASYNC);
        self.out
            .open_with(Kind::With, Role::Body, at, flags, Atom::EMPTY);
        for item in &s.items {
            self.out.open(Kind::WithItem, Role::Item, span(item.range));
            self.expression(&item.context_expr, Role::Value);
            if let Some(target) = &item.optional_vars {
                self.expression(target, Role::Target);
            }
            self.out.close();
        }
        self.suite(&s.body, Role::Body, at);
        self.out.close();
    }

    fn try_statement(&mut self, s: &StmtTry, at: ByteSpan) {
        self.out.open(Kind::Try, Role::Body, at);
        self.suite(&s.body, Role::Body, at);
        for ExceptHandler::ExceptHandler(handler) in &s.handlers {
            let name = handler
                .name
                .as_ref()
                .map_or(Atom::EMPTY, |name| self.out.atom(&name.id));
            let at = span(handler.range);
            self.out
                .open_with(Kind::Handler, Role::Handler, at, Flags::NONE, name);
            if let Some(caught) = &handler.type_ {
                self.expression(caught, Role::Type);
            }
            self.suite(&handler.body, Role::Body, at);
            self.out.close();
        }
        self.optional_suite(&s.orelse, Role::Else, at);
        self.optional_suite(&s.finalbody, Role::Finally, at);
        self.out.close();
    }

    fn match_statement(&mut self, s: &StmtMatch, at: ByteSpan) {
        self.out.open(Kind::Switch, Role::Body, at);
        self.expression(&s.subject, Role::Value);
        for case in &s.cases {
            let at = span(case.range);
            self.out.open(Kind::Case, Role::Case, at);
            self.case_tests(&case.pattern);
            if let Some(guard) = &case.guard {
                self.expression(guard, Role::Test);
            }
            self.suite(&case.body, Role::Body, at);
            self.out.close();
        }
        self.out.close();
    }

    fn function(&mut self, s: &StmtFunctionDef, at: ByteSpan) {
        let is_static = s.decorator_list.iter().any(|decorator| {
            matches!(&decorator.expression, Expr::Name(name) if name.id.as_str() == "staticmethod")
        });
        let flags = Flags::when(s.is_async, Flags::ASYNC) | Flags::when(is_static, Flags::STATIC);
        let name = self.out.atom(&s.name.id);
        let id = self
            .out
            .open_with(Kind::Function, Role::Body, at, flags, name);
        self.decorators(&s.decorator_list);
        self.type_params(s.type_params.as_deref());
        self.params(&s.parameters);
        if let Some(returns) = &s.returns {
            self.expression(returns, Role::Returns);
        }
        let outer = std::mem::take(&mut self.yields);
        self.suite(&s.body, Role::Body, at);
        if std::mem::replace(&mut self.yields, outer) {
            self.out.add_flags(id, Flags::GENERATOR);
        }
        self.out.close();
    }

    fn class(&mut self, s: &StmtClassDef, at: ByteSpan) {
        let name = self.out.atom(&s.name.id);
        self.out
            .open_with(Kind::Class, Role::Body, at, Flags::NONE, name);
        self.decorators(&s.decorator_list);
        self.type_params(s.type_params.as_deref());
        if let Some(arguments) = s.arguments.as_deref() {
            self.arguments(arguments, Role::Base);
        }
        self.suite(&s.body, Role::Body, at);
        self.out.close();
    }

    fn decorators(&mut self, decorators: &[Decorator]) {
        for decorator in decorators {
            self.expression(&decorator.expression, Role::Decorator);
        }
    }

    fn type_params(&mut self, params: Option<&TypeParams>) {
        for param in params.iter().flat_map(|params| &params.type_params) {
            let (name, bound, default) = match param {
                TypeParam::TypeVar(p) => (&p.name, p.bound.as_deref(), p.default.as_deref()),
                TypeParam::TypeVarTuple(p) => (&p.name, None, p.default.as_deref()),
                TypeParam::ParamSpec(p) => (&p.name, None, p.default.as_deref()),
            };
            let name = self.out.atom(&name.id);
            self.out.open_with(
                Kind::Type,
                Role::Item,
                span(param.range()),
                Flags::NONE,
                name,
            );
            if let Some(bound) = bound {
                self.expression(bound, Role::Type);
            }
            if let Some(default) = default {
                self.expression(default, Role::Default);
            }
            self.out.close();
        }
    }

    /// Parameters in source order.
    pub(super) fn params(&mut self, parameters: &Parameters) {
        let keyword_only = parameters.kwonlyargs.first().map(Ranged::start);
        let keywords = parameters.kwarg.as_deref().map(Ranged::start);
        for any in parameters {
            let parameter = any.as_parameter();
            let flags = match &any {
                AnyParameterRef::Variadic(_) if keywords == Some(any.start()) => {
                    Flags::REST_KEYWORDS
                }
                AnyParameterRef::Variadic(_) => Flags::REST,
                AnyParameterRef::NonVariadic(_) => Flags::when(
                    keyword_only.is_some_and(|first| first <= any.start()),
                    Flags::KEYWORD_ONLY,
                ),
            };
            let name = self.out.atom(&parameter.name.id);
            self.out
                .open_with(Kind::Param, Role::Param, span(any.range()), flags, name);
            if let Some(annotation) = &parameter.annotation {
                self.expression(annotation, Role::Type);
            }
            if let Some(default) = any.default() {
                self.expression(default, Role::Default);
            }
            self.out.close();
        }
    }

    /// The arguments of a call or a class in source order; positional ones get the role `positional`.
    pub(super) fn arguments(&mut self, arguments: &Arguments, positional: Role) {
        // Keywords nearly always follow the positional arguments; merging by position costs more than looking.
        if arguments.keywords.is_empty() {
            for argument in &arguments.args {
                self.expression(argument, positional);
            }
            return;
        }
        for argument in arguments.iter_source_order() {
            match argument {
                ArgOrKeyword::Arg(argument) => self.expression(argument, positional),
                ArgOrKeyword::Keyword(keyword) => {
                    let (kind, flags, name) = match &keyword.arg {
                        Some(name) => (Kind::KwArg, Flags::NONE, self.out.atom(&name.id)),
                        None => (Kind::Spread, Flags::REST_KEYWORDS, Atom::EMPTY),
                    };
                    self.out
                        .open_with(kind, Role::Arg, span(keyword.range), flags, name);
                    self.expression(&keyword.value, Role::Value);
                    self.out.close();
                }
            }
        }
    }

    fn global(&mut self, names: &[Identifier], at: ByteSpan, flags: Flags) {
        self.out
            .open_with(Kind::Global, Role::Body, at, flags, Atom::EMPTY);
        for name in names {
            let text = self.out.atom(&name.id);
            self.out.leaf(
                Kind::Name,
                Role::Target,
                span(name.range),
                Flags::NONE,
                text,
            );
        }
        self.out.close();
    }

    fn import(&mut self, s: &StmtImport, at: ByteSpan) {
        for alias in &s.names {
            // One statement that imports several modules is several imports, each with its own piece of it.
            let at = if s.names.len() == 1 {
                at
            } else {
                span(alias.range)
            };
            let module = self.out.atom(&alias.name.id);
            self.out
                .open_with(Kind::Import, Role::Body, at, Flags::NONE, module);
            let top = match (&alias.asname, alias.name.id.split_once('.')) {
                (None, Some((top, _))) => Some(top),
                _ => None,
            };
            self.import_name(alias, Atom::EMPTY, top);
            self.out.close();
        }
    }

    fn import_from(&mut self, s: &StmtImportFrom, at: ByteSpan) {
        let mut module = std::mem::take(&mut self.scratch);
        module.extend(std::iter::repeat_n('.', s.level as usize));
        module.push_str(s.module.as_ref().map_or("", |module| &module.id));
        let atom = self.out.atom(&module);
        module.clear();
        self.scratch = module;

        let star = matches!(&*s.names, [alias] if alias.name.id.as_str() == "*");
        self.out.open_with(
            Kind::Import,
            Role::Body,
            at,
            Flags::when(star, Flags::STAR),
            atom,
        );
        if !star {
            for alias in &s.names {
                let name = self.out.atom(&alias.name.id);
                self.import_name(alias, name, None);
            }
        }
        self.out.close();
    }

    /// One bound name; `top` is the first segment of a dotted module that binds only that.
    fn import_name(&mut self, alias: &Alias, imported: Atom, top: Option<&str>) {
        let flags = Flags::when(top.is_some(), Flags::TOP);
        self.out.open_with(
            Kind::ImportName,
            Role::Item,
            span(alias.range),
            flags,
            imported,
        );
        let local = alias.asname.as_ref().unwrap_or(&alias.name);
        let mut at = span(local.range);
        if let Some(top) = top {
            // The name may be written with spaces or in another Unicode form, so its end is looked up in the source.
            let text = self.source.get(at.range()).unwrap_or_default();
            let length = text.find(|c: char| c == '.' || c == '\\' || c.is_whitespace());
            at.end = at.start + length.unwrap_or(text.len()) as u32;
            let text = self.out.atom(top);
            self.out
                .leaf(Kind::Name, Role::Target, at, Flags::NONE, text);
        } else {
            let text = self.out.atom(&local.id);
            self.out
                .leaf(Kind::Name, Role::Target, at, Flags::NONE, text);
        }
        self.out.close();
    }
}
