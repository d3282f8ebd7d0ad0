//! Regular expressions of matchers, compiled when a text is first held against them: a run has hundreds, few of which meet a file that
//! holds what they need.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use regex::{Matches, Regex, RegexBuilder};

/// The most that one expression may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// A regular expression in which `^` and `$` stand at lines.
#[derive(Clone, Debug)]
pub struct Regular {
    text: Arc<str>,
    /// `None` for one that turned out to be none, or too large.
    compiled: Arc<OnceLock<Option<Regex>>>,
}

impl Regular {
    /// The expression `text`, compiled at once.
    ///
    /// # Errors
    /// Why it is none, or that it is too large.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        let compiled = compile(text)?;
        Ok(Self {
            text: text.into(),
            compiled: Arc::new(OnceLock::from(Some(compiled))),
        })
    }

    /// The expression `text`, known to be one: it is not looked at before it is needed, and never matches if it is none.
    pub fn known(text: &str) -> Self {
        Self {
            text: text.into(),
            compiled: Arc::default(),
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches somewhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled().is_some_and(|regex| regex.is_match(text))
    }

    /// Its matches in `text`.
    pub fn find_iter<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = regex::Match<'t>> {
        let found: Option<Matches<'r, 't>> = self.compiled().map(|regex| regex.find_iter(text));
        found.into_iter().flatten()
    }

    fn compiled(&self) -> Option<&Regex> {
        let compiled = self.compiled.get_or_init(|| {
            let compiled = compile(&self.text);
            if let Err(error) = &compiled {
                tracing::error!(expression = &*self.text, "it never matches: {error}");
            }
            compiled.ok()
        });
        compiled.as_ref()
    }
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&with_plain_words(text))
        .size_limit(SIZE_LIMIT)
        .multi_line(true)
        .build()
}

/// `pattern` with the ends of words (`\b`) told by ASCII letters alone. An expression with those of Unicode cannot be searched by an
/// automaton in a text that holds one character beyond ASCII, which costs ten times as much.
fn with_plain_words(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains("\\b") {
        return Cow::Borrowed(pattern);
    }
    let mut plain = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let long = 1 + escape[1..].chars().next().map_or(0, char::len_utf8);
        let (escape, after) = escape.split_at(long);
        match escape {
            // `\b{start}` and its kin are tests of their own.
            "\\b" if !after.starts_with('{') => plain.push_str(r"(?-u:\b)"),
            _ => plain.push_str(escape),
        }
        rest = after;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_compiled_late_matches_as_one_that_is_compiled_at_once() {
        let text = "one\ntwo two\n";
        for pattern in ["^two", "o$", "x", "(?i)TWO"] {
            let (early, late) = (
                Regular::new(pattern).expect("a regex"),
                Regular::known(pattern),
            );
            let spans = |regular: &Regular| -> Vec<_> {
                regular.find_iter(text).map(|hit| hit.range()).collect()
            };
            assert_eq!(spans(&early), spans(&late), "{pattern}");
            assert_eq!(early.is_match(text), late.is_match(text), "{pattern}");
        }
        assert_eq!(Regular::known("^two").find_iter(text).count(), 1);
    }

    #[test]
    fn words_end_where_their_plain_letters_do() {
        for (pattern, plain) in [
            (r"\bget\b", r"(?-u:\b)get(?-u:\b)"),
            (r"\\b", r"\\b"),
            (r"\\\b\.", r"\\(?-u:\b)\."),
            (r"\b{start}x", r"\b{start}x"),
            (r"\Bx\", r"\Bx\"),
        ] {
            assert_eq!(with_plain_words(pattern), plain);
        }
        let get = Regular::known(r"\bget\b");
        assert!(get.is_match("é get(ü)") && !get.is_match("é getter"));
    }

    #[test]
    fn what_is_no_expression_is_refused_or_never_matches() {
        assert!(Regular::new("a(").is_err());
        assert!(!Regular::known("a(").is_match("a("));
        assert!(Regular::new(r"(\w{100}){100}").is_err(), "too large");
    }
}
