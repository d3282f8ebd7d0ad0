//! The tables that a statement names, from its tokens: behind FROM, JOIN, INTO, UPDATE, TABLE and the like, at any depth.

use super::outline::Outline;
use super::token::TokenKind;
use super::{Kind, Table, TableKind};

/// A table where it is named.
pub(super) struct Mention {
    pub(super) table: Table,
    /// Index of the word that introduces it: FROM, JOIN, INTO, ...
    pub(super) introduced: usize,
    pub(super) is_written: bool,
}

impl Outline<'_> {
    /// Every table that the statement names, at any depth, in order.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let is_about_tables = !self.is_any(
            self.main,
            &[
                "REVOKE",
                "GRANT",
                "SHOW",
                "SET",
                "FETCH",
                "MOVE",
                "CALL",
                "DEALLOCATE",
                "PREPARE",
            ],
        );
        if !is_about_tables {
            return mentions;
        }
        let mut open: Vec<usize> = Vec::new();
        // Per depth, the FROM whose list may go on behind a join: `FROM a JOIN b ON c, d`.
        let mut joined: Vec<Option<usize>> = vec![None];
        let mut from = 0;
        for at in 0..self.tokens.len() {
            if self.is_symbol(at, '(') {
                open.push(at);
                joined.push(None);
            } else if self.is_symbol(at, ')') && open.pop().is_some() {
                joined.pop();
            }
            if let Some(list) = joined.last_mut() {
                if self.is_symbol(at, ',')
                    && let Some(introduced) = *list
                {
                    self.item(introduced, at + 1, false, &mut mentions);
                } else if self.is(at, "JOIN") {
                    *list = Some(from);
                } else if self.is_any(at, ENDS_FROM) {
                    *list = None;
                }
            }
            let before = at.wrapping_sub(1);
            match self.word(at).to_ascii_uppercase().as_str() {
                "FROM" if !self.is_from_of_function(at, open.last().copied()) => {
                    from = at;
                    self.list(at, self.is(before, "DELETE"), &mut mentions);
                }
                "JOIN" | "STRAIGHT_JOIN" | "APPLY" => {
                    self.item(at, at + 1, false, &mut mentions);
                }
                "USING"
                    if !self.is_symbol(at + 1, '(')
                        && self.is_any(self.main, &["DELETE", "MERGE"]) =>
                {
                    self.list(at, false, &mut mentions);
                }
                "INTO" => {
                    let has_kind = self.is_any(at + 1, &["TABLE", "TEMP", "TEMPORARY"]);
                    self.target(at, at + 1 + usize::from(has_kind), &mut mentions);
                }
                "UPDATE" if self.begins_update(at) => {
                    self.item(at, self.behind_modifiers(at + 1), true, &mut mentions);
                }
                "TRUNCATE" | "COPY" if at == self.main => {
                    self.target(
                        at,
                        at + 1 + usize::from(self.is(at + 1, "TABLE")),
                        &mut mentions,
                    );
                }
                "TABLE" | "ON" if self.introduces_definition(at) => {
                    self.target(at, self.behind_modifiers(at + 1), &mut mentions);
                }
                _ => {}
            }
        }
        mentions
    }

    /// Whether the UPDATE at `at` is a statement and not the end of `FOR UPDATE`, `ON CONFLICT DO UPDATE` and the like.
    fn begins_update(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        self.is_symbol(before, ')')
            || self.is_symbol(before, '(')
            || self.is_any(before, &["EXPLAIN", "ANALYZE"])
    }

    /// Whether a table is defined or changed behind the TABLE, or behind the ON of CREATE INDEX, at `at`.
    fn introduces_definition(&self, at: usize) -> bool {
        if self.is(at, "TABLE") {
            return self.kind == Kind::Ddl
                && at <= self.main + 6
                && !self.is(self.main, "TRUNCATE");
        }
        self.is(self.main, "CREATE")
            && at <= self.main + 10
            && (self.main..at).any(|at| self.is(at, "INDEX"))
    }

    /// `EXTRACT(year FROM x)`, `IS DISTINCT FROM x`.
    fn is_from_of_function(&self, from: usize, open: Option<usize>) -> bool {
        let before = from.wrapping_sub(1);
        let is_distinct =
            self.is(before, "DISTINCT") && self.is_any(before.wrapping_sub(1), &["IS", "NOT"]);
        let called = open.and_then(|open| open.checked_sub(1));
        let is_function = called.is_some_and(|at| {
            self.is_any(at, &["EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION"])
        });
        let is_copy = self.is(self.main, "COPY") && self.depth(from) == self.depth(self.main);
        is_distinct || is_function || is_copy
    }

    fn behind_modifiers(&self, mut at: usize) -> usize {
        while self.is_any(
            at,
            &[
                "IF",
                "NOT",
                "EXISTS",
                "ONLY",
                "LOW_PRIORITY",
                "IGNORE",
                "OR",
                "ROLLBACK",
                "ABORT",
                "FAIL",
            ],
        ) {
            at += 1;
        }
        at
    }

    /// The tables behind FROM or USING, parted by commas.
    fn list(&self, introduced: usize, is_written: bool, mentions: &mut Vec<Mention>) {
        let mut at = introduced + 1;
        let mut is_first = true;
        loop {
            at = self.item(introduced, at, is_written && is_first, mentions);
            is_first = false;
            if !self.is_symbol(at, ',') {
                return;
            }
            at += 1;
        }
    }

    /// The table, subquery or function at `at`, with its alias; returns the index behind it.
    fn item(
        &self,
        introduced: usize,
        at: usize,
        is_written: bool,
        mentions: &mut Vec<Mention>,
    ) -> usize {
        let mut at = at;
        // A table may be called `table`.
        while self.is_any(at, &["LATERAL", "ONLY"])
            || (self.is(at, "TABLE") && self.path(at + 1).is_some())
        {
            at += 1;
        }
        let start = at;
        let (name, kind) = if self.is_symbol(at, '(') {
            let mut inner = at + 1;
            while self.is_symbol(inner, '(') {
                inner += 1;
            }
            at = self.behind(at);
            if !self.is_any(inner, &["SELECT", "WITH", "VALUES"]) {
                // `FROM (a JOIN b ON ...)`: the first table is named here, the joined ones by JOIN.
                self.item(introduced, inner, is_written, mentions);
                return self.alias(at).1;
            }
            (String::new(), TableKind::Derived)
        } else {
            let Some((name, end)) = self.path(at) else {
                return at;
            };
            if self.is_clause_word(at) {
                return at;
            }
            at = end;
            let is_hint = self.is_any(at + 1, &["NOLOCK", "READPAST", "UPDLOCK", "ROWLOCK"]);
            let is_call = self.is_symbol(at, '(') && !is_hint && !is_written;
            if self.is_symbol(at, '(') && !is_written {
                at = self.behind(at);
            }
            let kind = if is_call {
                TableKind::Function
            } else {
                self.kind_of_tokens(&name, start, end)
            };
            (name, kind)
        };
        let span = self.span(start, at);
        let (alias, end) = self.alias(at);
        mentions.push(Mention {
            table: Table {
                name,
                kind,
                alias,
                span,
            },
            introduced,
            is_written,
        });
        end
    }

    fn target(&self, introduced: usize, at: usize, mentions: &mut Vec<Mention>) {
        if self.is_symbol(at, '(') {
            return;
        }
        self.item(introduced, at, true, mentions);
    }

    /// An alias at `at`, and the index behind it and its columns.
    fn alias(&self, at: usize) -> (Option<String>, usize) {
        let named = at + usize::from(self.is(at, "AS"));
        let is_name = self
            .tokens
            .get(named)
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted));
        if !is_name || self.is_clause_word(named) {
            return (None, at);
        }
        let alias = self.text[self.tokens[named].range()]
            .trim_matches(['"', '`', '[', ']'])
            .to_owned();
        let end = named + 1;
        (
            Some(alias),
            if self.is_symbol(end, '(') && !self.is_any(named, &["VALUES"]) {
                self.behind(end)
            } else {
                end
            },
        )
    }

    fn is_clause_word(&self, at: usize) -> bool {
        CLAUSE_WORDS
            .binary_search(&self.word(at).to_ascii_uppercase().as_str())
            .is_ok()
    }
}

/// Words that cannot be a table or its alias here; sorted.
const CLAUSE_WORDS: &[&str] = &[
    "ALTER",
    "AND",
    "AS",
    "CLUSTER",
    "CONNECT",
    "CROSS",
    "DEFAULT",
    "DELETE",
    "DISTRIBUTE",
    "EXCEPT",
    "FETCH",
    "FINAL",
    "FOR",
    "FORCE",
    "FROM",
    "FULL",
    "GROUP",
    "HAVING",
    "IGNORE",
    "INNER",
    "INSERT",
    "INTERSECT",
    "INTO",
    "JOIN",
    "LATERAL",
    "LEFT",
    "LIMIT",
    "MINUS",
    "NATURAL",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OUTER",
    "OVERRIDING",
    "PARTITION",
    "PIVOT",
    "PREWHERE",
    "QUALIFY",
    "RETURNING",
    "RIGHT",
    "SAMPLE",
    "SELECT",
    "SET",
    "SORT",
    "START",
    "STRAIGHT_JOIN",
    "TABLESAMPLE",
    "UNION",
    "UNPIVOT",
    "UPDATE",
    "USE",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
    "WINDOW",
    "WITH",
];

/// Words that end the list behind FROM.
const ENDS_FROM: &[&str] = &[
    "FROM",
    "SELECT",
    "WHERE",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "WINDOW",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "SET",
    "RETURNING",
    "FOR",
    "WHEN",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_sorted() {
        assert!(CLAUSE_WORDS.is_sorted());
    }
}
