//! The outline of a statement, from its tokens alone: which kind, which tables, where its clauses stand.
//!
//! It serves every statement; a strict parser refines the answers where it can read the statement.

use perfctl_core::place::ByteSpan;
use rustc_hash::FxHashSet;

use super::token::{Token, TokenKind};
use super::{Kind, Table, TableKind};

/// A statement's tokens with the brackets matched.
pub(super) struct Outline<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    /// Per opening bracket, the index of the one that closes it; the number of tokens where none does.
    closes: Vec<u32>,
    /// Index of the word that says what the statement does, behind WITH.
    pub(super) main: usize,
    pub(super) kind: Kind,
    ctes: FxHashSet<String>,
}

/// A table where it is named.
pub(super) struct Mention {
    pub(super) table: Table,
    /// Index of the word that introduces it: FROM, JOIN, INTO, ...
    pub(super) introduced: usize,
    pub(super) is_written: bool,
}

impl<'t> Outline<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token]) -> Self {
        let mut outline = Self {
            text,
            tokens,
            closes: matches(text, tokens),
            main: 0,
            kind: Kind::Other,
            ctes: FxHashSet::default(),
        };
        for at in 0..tokens.len() {
            if outline.is(at, "WITH") {
                outline.read_ctes(at);
            }
        }
        let mut at = 0;
        while outline.is_symbol(at, '(') {
            at += 1;
        }
        outline.main = if outline.is(at, "WITH") {
            outline.read_ctes(at)
        } else {
            at
        };
        while outline.is_symbol(outline.main, '(') {
            outline.main += 1;
        }
        outline.kind = outline.kind_at(outline.main);
        outline
    }

    fn kind_at(&self, at: usize) -> Kind {
        match self.word(at).to_ascii_uppercase().as_str() {
            "SELECT" | "VALUES" => Kind::Select,
            "INSERT" | "UPSERT" => Kind::Insert,
            "REPLACE" if self.is(at + 1, "INTO") => Kind::Insert,
            "UPDATE" => Kind::Update,
            "DELETE" => Kind::Delete,
            "CREATE" | "ALTER" | "DROP" | "TRUNCATE" | "RENAME" | "COMMENT" => Kind::Ddl,
            _ => Kind::Other,
        }
    }

    /// The text of the word at `at`; empty for everything that is no word.
    pub(super) fn word(&self, at: usize) -> &'t str {
        match self.tokens.get(at) {
            Some(token) if token.kind == TokenKind::Word => &self.text[token.range()],
            _ => "",
        }
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    pub(super) fn is_symbol(&self, at: usize, symbol: char) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Symbol && self.text[token.range()].starts_with(symbol)
        })
    }

    pub(super) fn depth(&self, at: usize) -> u32 {
        self.tokens.get(at).map_or(0, |token| token.depth)
    }

    /// The index behind the bracket that closes the one at `open`.
    pub(super) fn behind(&self, open: usize) -> usize {
        self.closes.get(open).map_or(self.tokens.len(), |close| {
            (*close as usize + 1).min(self.tokens.len())
        })
    }

    /// Collects the names of the WITH at `with`; returns the index behind it.
    fn read_ctes(&mut self, with: usize) -> usize {
        let mut at = with + 1 + usize::from(self.is(with + 1, "RECURSIVE"));
        loop {
            let name = at;
            at += 1;
            if self.is_symbol(at, '(') {
                at = self.behind(at);
            }
            if !self.is(at, "AS") {
                return name;
            }
            at += 1;
            while self.is_any(at, &["NOT", "MATERIALIZED"]) {
                at += 1;
            }
            if !self.is_symbol(at, '(') {
                return name;
            }
            if let Some((path, _)) = self.path(name) {
                self.ctes.insert(path.to_lowercase());
            }
            at = self.behind(at);
            if !self.is_symbol(at, ',') {
                return at;
            }
            at += 1;
        }
    }

    /// The dotted name that begins at `at`, unquoted, and the index behind it.
    fn path(&self, at: usize) -> Option<(String, usize)> {
        let mut path = String::new();
        let mut at = at;
        loop {
            let token = self.tokens.get(at)?;
            let written = &self.text[token.range()];
            match token.kind {
                TokenKind::Word | TokenKind::Placeholder | TokenKind::Template => {
                    path.push_str(written)
                }
                TokenKind::Quoted => path.push_str(written.trim_matches(['"', '`', '[', ']'])),
                // MySQL's double quotes and SQLite's single ones name tables, too.
                TokenKind::Text if path.is_empty() => {
                    path.push_str(written.trim_matches(['"', '\'']))
                }
                _ => return None,
            }
            at += 1;
            if !self.is_symbol(at, '.') || self.is_symbol(at + 1, '*') {
                return Some((path, at));
            }
            path.push('.');
            at += 1;
        }
    }

    /// Whether `name` is a common table expression, a catalog's, or a table.
    pub(super) fn kind_of_name(&self, name: &str, is_hole: bool) -> TableKind {
        let lower = name.to_lowercase();
        if self.ctes.contains(&lower) {
            TableKind::Cte
        } else if is_catalog(&lower) {
            TableKind::Catalog
        } else if is_hole {
            TableKind::Hole
        } else {
            TableKind::Base
        }
    }

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
            let word = self.word(at);
            let before = at.wrapping_sub(1);
            if word.eq_ignore_ascii_case("FROM")
                && !self.is_from_of_function(at, open.last().copied())
            {
                let is_deleted = self.is(before, "DELETE");
                from = at;
                self.list(at, is_deleted, &mut mentions);
            } else if word.eq_ignore_ascii_case("JOIN")
                || word.eq_ignore_ascii_case("STRAIGHT_JOIN")
                || word.eq_ignore_ascii_case("APPLY")
            {
                self.item(at, at + 1, false, &mut mentions);
            } else if word.eq_ignore_ascii_case("USING")
                && !self.is_symbol(at + 1, '(')
                && self.is_any(self.main, &["DELETE", "MERGE"])
            {
                self.list(at, false, &mut mentions);
            } else if word.eq_ignore_ascii_case("INTO") && !self.is_any(self.main, &["CALL"]) {
                let target =
                    at + 1 + usize::from(self.is_any(at + 1, &["TABLE", "TEMP", "TEMPORARY"]));
                self.target(at, target, &mut mentions);
            } else if word.eq_ignore_ascii_case("UPDATE")
                && (at == 0
                    || self.is_symbol(before, ')')
                    || self.is_symbol(before, '(')
                    || self.is_any(before, &["EXPLAIN", "ANALYZE"]))
            {
                self.item(at, self.behind_modifiers(at + 1), true, &mut mentions);
            } else if at == self.main && self.is_any(at, &["TRUNCATE", "COPY"]) {
                let target = at + 1 + usize::from(self.is(at + 1, "TABLE"));
                self.target(at, target, &mut mentions);
            } else if word.eq_ignore_ascii_case("TABLE")
                && self.kind == Kind::Ddl
                && at <= self.main + 6
                && !self.is(self.main, "TRUNCATE")
            {
                self.target(at, self.behind_modifiers(at + 1), &mut mentions);
            } else if word.eq_ignore_ascii_case("ON")
                && self.is(self.main, "CREATE")
                && at <= self.main + 10
                && self.is_index(at)
            {
                self.target(at, self.behind_modifiers(at + 1), &mut mentions);
            }
        }
        mentions
    }

    /// Whether the ON at `on` belongs to CREATE INDEX.
    fn is_index(&self, on: usize) -> bool {
        (self.main..on).any(|at| self.is(at, "INDEX"))
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
        while self.is_any(at, &["LATERAL", "ONLY", "TABLE"]) {
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
            let is_hole = self.tokens[start..end.min(self.tokens.len())]
                .iter()
                .any(|token| token.has_hole || token.is_hole());
            let kind = if is_call {
                TableKind::Function
            } else {
                self.kind_of_name(&name, is_hole)
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

    /// The bytes of the tokens `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> ByteSpan {
        let last = to.saturating_sub(1).max(from);
        match (self.tokens.get(from), self.tokens.get(last)) {
            (Some(first), Some(last)) => ByteSpan::new(first.start, last.end),
            _ => ByteSpan::default(),
        }
    }
}

/// Per token the index of the bracket that closes it.
fn matches(text: &str, tokens: &[Token]) -> Vec<u32> {
    let mut closes = vec![tokens.len() as u32; tokens.len()];
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token.kind, &text[token.range()]) {
            (TokenKind::Symbol, "(") => open.push(at),
            (TokenKind::Symbol, ")") => {
                if let Some(start) = open.pop() {
                    closes[start] = at as u32;
                }
            }
            _ => {}
        }
    }
    closes
}

fn is_catalog(lower: &str) -> bool {
    let mut parts = lower.split('.').rev();
    let table = parts.next().unwrap_or(lower);
    let is_schema = |part: &str| {
        matches!(
            part,
            "information_schema"
                | "pg_catalog"
                | "sys"
                | "performance_schema"
                | "mysql"
                | "system"
                | "svv"
                | "v$"
        )
    };
    table.starts_with("pg_")
        || table.starts_with("sqlite_")
        || table.starts_with("svv_")
        || table.starts_with("v$")
        || matches!(table, "dual" | "sysobjects" | "syscolumns")
        || parts.any(is_schema)
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
