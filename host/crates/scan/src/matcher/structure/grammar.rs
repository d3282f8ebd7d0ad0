//! The tree-sitter grammars in which patterns are written, and how variables are spelled in them.

use std::borrow::Cow;
use std::sync::LazyLock;

use ast_grep_core::matcher::PatternBuilder;
use ast_grep_core::{Language as AstGrepLanguage, Pattern, PatternError};

use super::flat::Flat;
use crate::lower::Language;

/// A grammar, in the order of the parsers below. TypeScript has two, since `<T>x` means something else where there is JSX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    Python,
    JavaScript,
    TypeScript,
    Tsx,
    Go,
}

impl Grammar {
    /// The grammars of the files of a language.
    pub(super) fn all_of(language: Language) -> &'static [Grammar] {
        match language {
            Language::Python => &[Grammar::Python],
            Language::JavaScript => &[Grammar::JavaScript],
            Language::TypeScript => &[Grammar::TypeScript, Grammar::Tsx],
            Language::Go => &[Grammar::Go],
        }
    }

    /// The grammar of a file.
    pub(super) fn of_file(path: &str, language: Language) -> Grammar {
        match language {
            Language::Python => Grammar::Python,
            Language::JavaScript => Grammar::JavaScript,
            Language::TypeScript if path.ends_with(".tsx") => Grammar::Tsx,
            Language::TypeScript => Grammar::TypeScript,
            Language::Go => Grammar::Go,
        }
    }

    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Grammar::Python => "python",
            Grammar::JavaScript => "javascript",
            Grammar::TypeScript => "typescript",
            Grammar::Tsx => "typescript with jsx",
            Grammar::Go => "go",
        }
    }

    pub(super) fn parser(self) -> &'static tree_sitter::Language {
        static PARSERS: LazyLock<[tree_sitter::Language; 5]> = LazyLock::new(|| {
            [
                tree_sitter_python::LANGUAGE.into(),
                tree_sitter_javascript::LANGUAGE.into(),
                tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
                tree_sitter_typescript::LANGUAGE_TSX.into(),
                tree_sitter_go::LANGUAGE.into(),
            ]
        });
        &PARSERS[self as usize]
    }

    /// Parses the code of a pattern, its variables respelled. What Go allows only in a function is read as in one: outside,
    /// a call would pass for a conversion and never be found.
    pub(super) fn parse_pattern(self, code: &str) -> Option<Flat> {
        let plain = Flat::parse(code, self)?;
        let word = code.split_whitespace().next().unwrap_or_default();
        let declares = ["package", "import", "func", "type", "var", "const"].contains(&word);
        if self != Grammar::Go || declares && plain.first_error().is_none() {
            return Some(plain);
        }
        let inside = Flat::parse(&format!("func f() {{{code}}}"), self)?;
        match inside.first_error() {
            None => Some(inside.below("statement_list")),
            Some(_) => Some(plain),
        }
    }

    /// The names of the kinds of its named nodes.
    pub(super) fn kinds(self) -> Vec<&'static str> {
        let parser = self.parser();
        let visible = (0..parser.node_kind_count() as u16)
            .filter(|id| parser.node_kind_is_named(*id) && parser.node_kind_is_visible(*id));
        let mut kinds: Vec<&str> = visible
            .filter_map(|id| parser.node_kind_for_id(id))
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The names of its fields.
    pub(super) fn fields(self) -> Vec<&'static str> {
        let parser = self.parser();
        (1..=parser.field_count() as u16)
            .filter_map(|id| parser.field_name_for_id(id))
            .collect()
    }
}

impl AstGrepLanguage for Grammar {
    // Only JavaScript reads `$` as part of a name; for the others a letter stands in that nobody types.
    fn expando_char(&self) -> char {
        match self {
            Grammar::JavaScript | Grammar::TypeScript | Grammar::Tsx => '$',
            Grammar::Python | Grammar::Go => 'µ',
        }
    }

    fn pre_process_pattern<'q>(&self, code: &'q str) -> Cow<'q, str> {
        let sign = self.expando_char();
        if sign == self.meta_var_char() || !code.contains('$') {
            return Cow::Borrowed(code);
        }
        let mut out = String::with_capacity(code.len() + 8);
        let mut rest = code;
        while let Some(at) = rest.find('$') {
            let (before, dollars) = rest.split_at(at);
            let count = dollars.bytes().take_while(|byte| *byte == b'$').count();
            let after = &dollars[count..];
            let names = after.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
            out.push_str(before);
            let sign = if names || count == 3 { sign } else { '$' };
            out.extend(std::iter::repeat_n(sign, count));
            rest = after;
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    fn kind_to_id(&self, kind: &str) -> u16 {
        self.parser().id_for_node_kind(kind, true)
    }

    fn field_to_id(&self, field: &str) -> Option<u16> {
        self.parser()
            .field_id_for_name(field)
            .map(std::num::NonZero::get)
    }

    fn build_pattern(&self, builder: &PatternBuilder<'_>) -> Result<Pattern, PatternError> {
        builder.build(|code| {
            self.parse_pattern(code)
                .ok_or_else(|| "the parser gave up".to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_as_a_variable_is_respelled() {
        let spelled = |code| Grammar::Python.pre_process_pattern(code).into_owned();
        assert_eq!(spelled("f($A, $$$ARGS, $$$)"), "f(µA, µµµARGS, µµµ)");
        assert_eq!(spelled("'$5 and $a' + $_"), "'$5 and $a' + µ_");
        assert_eq!(Grammar::Tsx.pre_process_pattern("f($A)"), "f($A)");
    }

    #[test]
    fn every_grammar_can_be_loaded() {
        for language in Language::ALL {
            for grammar in Grammar::all_of(*language) {
                let mut parser = tree_sitter::Parser::new();
                parser
                    .set_language(grammar.parser())
                    .expect("built for this library");
                assert!(grammar.kinds().contains(&"identifier"), "{grammar:?}");
                assert!(grammar.fields().contains(&"body"), "{grammar:?}");
            }
        }
    }
}
