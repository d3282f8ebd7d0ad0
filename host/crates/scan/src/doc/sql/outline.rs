//! The outline of a statement, from its tokens alone: which kind, which tables, where its clauses stand.
//!
//! It serves every statement; a strict parser refines the answers where it can read the statement.

use perfctl_core::place::ByteSpan;
use rustc_hash::FxHashSet;

use super::token::{Token, TokenKind};
use super::{Kind, TableKind};

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
    pub(super) fn path(&self, at: usize) -> Option<(String, usize)> {
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

    /// The kind of the table named by the tokens `from..to`.
    pub(super) fn kind_of_tokens(&self, name: &str, from: usize, to: usize) -> TableKind {
        let named = &self.tokens[from.min(to)..to.min(self.tokens.len())];
        let is_hole = named.iter().any(|token| token.has_hole || token.is_hole());
        let is_bracketed = self.is_symbol(from.wrapping_sub(1), '(') && self.is_symbol(to, ')');
        match self.kind_of_name(name, is_hole) {
            // `FROM ({query}) t`: what stands in brackets of its own is a query.
            TableKind::Hole if is_bracketed => TableKind::Derived,
            kind => kind,
        }
    }

    /// Whether `name` is a common table expression, a catalog's, or a table.
    fn kind_of_name(&self, name: &str, is_hole: bool) -> TableKind {
        let lower = name.to_lowercase();
        // S3 Select reads a file and calls it so.
        if lower == "s3object" {
            return TableKind::Function;
        }
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
