//! Statements of oxc's tree.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::{Lowering, Outer};
use crate::tree::{Atom, Flags, Kind, Role};

impl<'a> Lowering<'a> {
    pub(super) fn statements(&mut self, list: &'a [Statement<'a>]) {
        for statement in list {
            self.statement(statement);
        }
    }

    /// `"use strict"`, `"use client"`: a string as a statement.
    pub(super) fn directives(&mut self, list: &'a [Directive<'a>]) {
        for directive in list {
            self.open(Kind::ExprStmt, Role::Body, directive.span);
            let literal = &directive.expression;
            self.word(Kind::Str, Role::Value, literal.span, &literal.value);
            self.close();
        }
    }

    pub(super) fn statement(&mut self, statement: &'a Statement<'a>) {
        if self.is_too_deep(statement) {
            return;
        }
        match statement {
            Statement::BlockStatement(it) => self.block(it, Role::Body),
            Statement::ExpressionStatement(it) => self.expression_statement(it),
            Statement::IfStatement(it) => self.branch(it),
            Statement::ReturnStatement(it) => {
                self.one(Kind::Return, it.span, it.argument.as_ref());
            }
            Statement::ThrowStatement(it) => self.one(Kind::Raise, it.span, Some(&it.argument)),
            Statement::ForStatement(it) => self.counted(it),
            Statement::ForOfStatement(it) => {
                let flags = Flags::when(it.r#await, Flags::ASYNC);
                self.loop_over(it.span, flags, &it.left, &it.right, &it.body);
            }
            Statement::ForInStatement(it) => {
                self.loop_over(it.span, Flags::KEYS, &it.left, &it.right, &it.body);
            }
            Statement::WhileStatement(it) => {
                self.open(Kind::While, Role::Body, it.span);
                self.expression(&it.test, Role::Test);
                self.body(&it.body, Role::Body);
                self.close();
            }
            Statement::DoWhileStatement(it) => {
                self.open_with(Kind::While, Role::Body, it.span, Flags::DO, Atom::EMPTY);
                self.expression(&it.test, Role::Test);
                self.body(&it.body, Role::Body);
                self.close();
            }
            Statement::SwitchStatement(it) => self.switch(it),
            Statement::TryStatement(it) => self.attempt(it),
            Statement::BreakStatement(it) => {
                let flags = Flags::when(it.label.is_some(), Flags::LABELLED);
                self.open_with(Kind::Break, Role::Body, it.span, flags, Atom::EMPTY);
                self.close();
            }
            Statement::ContinueStatement(it) => {
                self.leaf(Kind::Continue, Role::Body, it.span, Atom::EMPTY);
            }
            Statement::LabeledStatement(it) => self.statement(&it.body),
            Statement::WithStatement(it) => {
                self.open(Kind::With, Role::Body, it.span);
                self.open(Kind::WithItem, Role::Item, it.object.span());
                self.expression(&it.object, Role::Value);
                self.close();
                self.body(&it.body, Role::Body);
                self.close();
            }
            Statement::DebuggerStatement(it) => {
                self.leaf(Kind::Other, Role::Body, it.span, Atom::EMPTY);
            }
            Statement::EmptyStatement(_) => {}
            match_declaration!(Statement) => {
                let declaration = statement.to_declaration();
                self.declaration(declaration, Outer::bare(declaration.span()));
            }
            match_module_declaration!(Statement) => {
                self.module_declaration(statement.to_module_declaration());
            }
        }
    }

    pub(super) fn block(&mut self, block: &'a BlockStatement<'a>, role: Role) {
        self.open(Kind::Block, role, block.span);
        self.statements(&block.body);
        self.close();
    }

    /// What a loop or branch owns, as a block also where there are no braces.
    fn body(&mut self, statement: &'a Statement<'a>, role: Role) {
        match statement {
            Statement::BlockStatement(block) => self.block(block, role),
            lone => {
                self.open(Kind::Block, role, lone.span());
                self.statement(lone);
                self.close();
            }
        }
    }

    fn one(&mut self, kind: Kind, span: Span, value: Option<&'a Expression<'a>>) {
        self.open(kind, Role::Body, span);
        if let Some(value) = value {
            self.expression(value, Role::Value);
        }
        self.close();
    }

    fn expression_statement(&mut self, statement: &'a ExpressionStatement<'a>) {
        match statement.expression.without_parentheses() {
            Expression::AssignmentExpression(it) => {
                self.assignment(it, Role::Body, statement.span);
            }
            expression => self.one(Kind::ExprStmt, statement.span, Some(expression)),
        }
    }

    fn branch(&mut self, mut branch: &'a IfStatement<'a>) {
        let mut role = Role::Body;
        let mut depth = 0;
        loop {
            if self.is_too_deep(branch) {
                break;
            }
            self.open(Kind::If, role, branch.span);
            depth += 1;
            self.expression(&branch.test, Role::Test);
            self.body(&branch.consequent, Role::Body);
            match &branch.alternate {
                Some(Statement::IfStatement(next)) => {
                    branch = next;
                    role = Role::Else;
                }
                Some(last) => {
                    self.body(last, Role::Else);
                    break;
                }
                None => break,
            }
        }
        for _ in 0..depth {
            self.close();
        }
    }

    fn counted(&mut self, it: &'a ForStatement<'a>) {
        self.open(Kind::CFor, Role::Body, it.span);
        match &it.init {
            Some(ForStatementInit::VariableDeclaration(variables)) => {
                let outer = Outer::bare(variables.span);
                if variables.declarations.len() == 1 {
                    self.variables(variables, Role::Init, outer);
                } else {
                    self.open(Kind::Block, Role::Init, variables.span);
                    self.variables(variables, Role::Body, outer);
                    self.close();
                }
            }
            Some(init) => self.expression(init.to_expression(), Role::Init),
            None => {}
        }
        if let Some(test) = &it.test {
            self.expression(test, Role::Test);
        }
        if let Some(update) = &it.update {
            self.expression(update, Role::Step);
        }
        self.body(&it.body, Role::Body);
        self.close();
    }

    fn loop_over(
        &mut self,
        span: Span,
        flags: Flags,
        left: &'a ForStatementLeft<'a>,
        right: &'a Expression<'a>,
        body: &'a Statement<'a>,
    ) {
        self.open_with(Kind::For, Role::Body, span, flags, Atom::EMPTY);
        match left {
            ForStatementLeft::VariableDeclaration(variables) => {
                for declarator in &variables.declarations {
                    self.binding(&declarator.id, Role::Target);
                }
            }
            target => self.target(target.to_assignment_target(), Role::Target),
        }
        self.expression(right, Role::Iter);
        self.body(body, Role::Body);
        self.close();
    }

    /// Cases that fall through with nothing of their own (`case 1: case 2:`) are one case with several tests.
    fn switch(&mut self, switch: &'a SwitchStatement<'a>) {
        self.open(Kind::Switch, Role::Body, switch.span);
        self.expression(&switch.discriminant, Role::Value);
        let mut cases = switch.cases.iter().peekable();
        while let Some(first) = cases.next() {
            let case = self.open(Kind::Case, Role::Case, first.span);
            if let Some(test) = &first.test {
                self.expression(test, Role::Test);
            }
            let mut last = first;
            while last.consequent.is_empty()
                && last.test.is_some()
                && let Some(next) = cases.next_if(|next| next.test.is_some())
            {
                if let Some(test) = &next.test {
                    self.expression(test, Role::Test);
                }
                last = next;
            }
            self.builder
                .set_span(case, super::bytes(first.span.merge(last.span)));
            let span = match (last.consequent.first(), last.consequent.last()) {
                (Some(from), Some(to)) => from.span().merge(to.span()),
                _ => Span::empty(last.span.end),
            };
            self.open(Kind::Block, Role::Body, span);
            self.statements(&last.consequent);
            self.close();
            self.close();
        }
        self.close();
    }

    fn attempt(&mut self, it: &'a TryStatement<'a>) {
        self.open(Kind::Try, Role::Body, it.span);
        self.block(&it.block, Role::Body);
        if let Some(handler) = &it.handler {
            let bound = handler.param.as_ref().map(|param| &param.pattern);
            let name = match bound {
                Some(BindingPattern::BindingIdentifier(id)) => self.builder.atom(&id.name),
                _ => Atom::EMPTY,
            };
            self.open_with(
                Kind::Handler,
                Role::Handler,
                handler.span,
                Flags::NONE,
                name,
            );
            if let Some(pattern) = bound
                && name == Atom::EMPTY
            {
                self.binding(pattern, Role::Target);
            }
            self.block(&handler.body, Role::Body);
            self.close();
        }
        if let Some(last) = &it.finalizer {
            self.block(last, Role::Finally);
        }
        self.close();
    }
}
