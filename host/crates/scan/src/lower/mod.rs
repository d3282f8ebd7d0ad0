//! From a parser's tree to the neutral one, one folder per parser, and which language a file is written in.
//! No parser's type leaves this room; it knows nothing of rules, of the model or of where files come from.

mod agenda;
pub mod go;
pub mod guard;
pub mod javascript;
pub mod python;

use std::fmt;

/// A programming language that is lowered to the neutral tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Python 3.
    Python,
    /// JavaScript, with or without JSX.
    JavaScript,
    /// TypeScript, with or without JSX.
    TypeScript,
    /// Go.
    Go,
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Language] = &[
        Language::Python,
        Language::JavaScript,
        Language::TypeScript,
        Language::Go,
    ];

    /// The name rules and reports use: `python`, `javascript`, `typescript`, `go`.
    pub const fn name(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::JavaScript => "javascript",
            Language::TypeScript => "typescript",
            Language::Go => "go",
        }
    }

    /// Whether it is JavaScript or its typed form.
    pub fn is_javascript(self) -> bool {
        matches!(self, Language::JavaScript | Language::TypeScript)
    }

    /// The language of the file at `path`, by its extension; of a component that of its scripts. Files that only declare (`.pyi`, `.d.ts`, `.d.mts`,
    /// `.d.cts`) run nowhere, so they have none.
    pub fn from_path(path: &str) -> Option<Language> {
        let file = path.rsplit(['/', '\\']).next()?;
        let (stem, extension) = file.rsplit_once('.')?;
        match extension {
            // What web servers load by name is written in Python alone.
            "py" | "wsgi" => Some(Language::Python),
            "js" | "jsx" | "mjs" | "cjs" => Some(Language::JavaScript),
            "ts" | "mts" | "cts" if stem.ends_with(".d") => None,
            "ts" | "tsx" | "mts" | "cts" | "vue" | "svelte" => Some(Language::TypeScript),
            "go" => Some(Language::Go),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_language_by_its_last_extension() {
        for (path, language) in [
            ("a/b.py", Some(Language::Python)),
            ("b.test.ts", Some(Language::TypeScript)),
            ("b.tsx", Some(Language::TypeScript)),
            ("B.vue", Some(Language::TypeScript)),
            ("B.svelte", Some(Language::TypeScript)),
            ("b.mts", Some(Language::TypeScript)),
            ("b.mjs", Some(Language::JavaScript)),
            ("b.cjs", Some(Language::JavaScript)),
            ("b.jsx", Some(Language::JavaScript)),
            ("cmd/main.go", Some(Language::Go)),
            ("uwsgi/admin.wsgi", Some(Language::Python)),
            (".py", Some(Language::Python)),
        ] {
            assert_eq!(Language::from_path(path), language, "{path}");
        }
    }

    #[test]
    fn declarations_and_other_files_have_no_language() {
        for path in [
            "a.pyi", "a.d.ts", "a.d.mts", "a.d.cts", "py", "a.py/x", "a.rs", "go.mod", "",
        ] {
            assert_eq!(Language::from_path(path), None, "{path}");
        }
    }
}
