//! The patterns of `match`, as the expressions they resemble.

use perfctl_core::place::ByteSpan;
use ruff_python_ast::{
    Identifier, Pattern, PatternMatchAs, PatternMatchClass, PatternMatchMapping, Singleton,
};
use ruff_text_size::Ranged;

use super::{Lowering, span};
use crate::tree::{Atom, Flags, Kind, Role};

impl Lowering<'_> {
    /// The tests of one `case`: none for `_`, one for each alternative otherwise.
    pub(super) fn case_tests(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchAs(PatternMatchAs {
                pattern: None,
                name: None,
                ..
            }) => {}
            Pattern::MatchOr(alternatives) => {
                for alternative in &alternatives.patterns {
                    self.pattern(alternative, Role::Test);
                }
            }
            _ => self.pattern(pattern, Role::Test),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, role: Role) {
        if self.is_too_deep(pattern.range()) {
            return;
        }
        let at = span(pattern.range());
        match pattern {
            Pattern::MatchValue(p) => self.expression(&p.value, role),
            Pattern::MatchSingleton(p) => {
                let (kind, text) = match p.value {
                    Singleton::None => (Kind::Null, ""),
                    Singleton::True => (Kind::Bool, "true"),
                    Singleton::False => (Kind::Bool, "false"),
                };
                let text = self.out.atom(text);
                self.out.leaf(kind, role, at, Flags::NONE, text);
            }
            Pattern::MatchSequence(p) => {
                self.out.open(Kind::List, role, at);
                self.patterns(&p.patterns, Role::Item);
                self.out.close();
            }
            Pattern::MatchMapping(p) => self.mapping_pattern(p, role, at),
            Pattern::MatchClass(p) => self.class_pattern(p, role, at),
            Pattern::MatchStar(p) => {
                self.out.open(Kind::Spread, role, at);
                self.capture(p.name.as_ref(), Role::Value);
                self.out.close();
            }
            Pattern::MatchAs(p) => self.as_pattern(p, role, at),
            Pattern::MatchOr(p) => {
                let or = self.out.atom("or");
                self.out.open_with(Kind::Logic, role, at, Flags::NONE, or);
                self.patterns(&p.patterns, Role::Value);
                self.out.close();
            }
        }
    }

    fn patterns(&mut self, patterns: &[Pattern], role: Role) {
        for pattern in patterns {
            self.pattern(pattern, role);
        }
    }

    /// The name a capture binds; nothing for `_`.
    fn capture(&mut self, name: Option<&Identifier>, role: Role) {
        if let Some(name) = name {
            let text = self.out.atom(&name.id);
            self.out
                .leaf(Kind::Name, role, span(name.range), Flags::NONE, text);
        }
    }

    fn as_pattern(&mut self, p: &PatternMatchAs, role: Role, at: ByteSpan) {
        match (&p.pattern, &p.name) {
            (Some(pattern), name) => {
                self.out.open(Kind::Assign, role, at);
                self.capture(name.as_ref(), Role::Target);
                self.pattern(pattern, Role::Value);
                self.out.close();
            }
            (None, Some(name)) => self.capture(Some(name), role),
            (None, None) => {
                let text = self.out.atom("_");
                self.out.leaf(Kind::Name, role, at, Flags::NONE, text);
            }
        }
    }

    fn mapping_pattern(&mut self, p: &PatternMatchMapping, role: Role, at: ByteSpan) {
        self.out.open(Kind::Dict, role, at);
        for (key, value) in p.keys.iter().zip(&p.patterns) {
            self.open_pair(key, span(value.range()).end, Role::Item);
            self.pattern(value, Role::Value);
            self.out.close();
        }
        if let Some(rest) = &p.rest {
            self.out.open(Kind::Spread, Role::Item, span(rest.range));
            self.capture(Some(rest), Role::Value);
            self.out.close();
        }
        self.out.close();
    }

    fn class_pattern(&mut self, p: &PatternMatchClass, role: Role, at: ByteSpan) {
        self.out
            .open_with(Kind::Call, role, at, Flags::NONE, Atom::EMPTY);
        self.expression(&p.cls, Role::Callee);
        self.patterns(&p.arguments.patterns, Role::Arg);
        for keyword in &p.arguments.keywords {
            let name = self.out.atom(&keyword.attr.id);
            self.out.open_with(
                Kind::KwArg,
                Role::Arg,
                span(keyword.range),
                Flags::NONE,
                name,
            );
            self.pattern(&keyword.pattern, Role::Value);
            self.out.close();
        }
        self.out.close();
    }
}
