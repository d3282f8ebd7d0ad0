//! Matchers that a single file decides, run while its tree is there.

use perfctl_core::place::ByteSpan;

use super::{Matcher, RuleIndex, RuleMatchers, What};
use crate::doc::sql;
use crate::lower::Language;
use crate::model::joined::joined;
use crate::model::loops;
use crate::model::scope::Scopes;
use crate::tree::{Kind, NodeId, Role, Tree};
use crate::walk::class::PathClass;

/// Where a matcher of a rule matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The rule.
    pub rule: RuleIndex,
    /// The matcher, by position in the rule.
    pub matcher: u16,
    /// What matched.
    pub at: MatchAt,
}

/// The place of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchAt {
    /// A node of the tree.
    Node(NodeId),
    /// Bytes of the text.
    Span(ByteSpan),
    /// The file as a whole.
    File,
}

/// Matchers grouped by what they look at, so that a file's nodes are passed once for all rules.
#[derive(Debug, Default)]
pub struct LocalMatchers {
    imports: Vec<(RuleIndex, u16, Matcher)>,
    loops: Vec<(RuleIndex, u16, Matcher)>,
    texts: Vec<(RuleIndex, u16, Matcher)>,
    assigns: Vec<(RuleIndex, u16, Matcher)>,
    files: Vec<(RuleIndex, u16, Matcher)>,
    regexes: Vec<(RuleIndex, u16, Matcher)>,
}

impl LocalMatchers {
    /// Takes what is local from the matchers of all rules.
    pub fn new(rules: &[RuleMatchers]) -> Self {
        let mut all = Self::default();
        for (rule, matchers) in rules.iter().enumerate() {
            for (at, matcher) in matchers.matchers.iter().enumerate() {
                let list = match &matcher.what {
                    What::Import(_) => &mut all.imports,
                    What::Loop(_) => &mut all.loops,
                    What::Text { .. } => &mut all.texts,
                    What::Assign(_) => &mut all.assigns,
                    What::File | What::Dockerfile | What::Document => &mut all.files,
                    What::Regex(_) => &mut all.regexes,
                    _ => continue,
                };
                list.push((RuleIndex(rule as u16), at as u16, matcher.clone()));
            }
        }
        all
    }

    /// Whether some matcher may look at the text of a file that is not code.
    pub fn wants_text(&self, path: &str, class: PathClass) -> bool {
        self.regexes.iter().any(|(_, _, matcher)| matcher.looks_at(path, None, class))
            || is_sql_file(path) && self.texts.iter().any(|(_, _, matcher)| looks_at_sql(matcher, path, class))
    }

    /// Matches of regexes in `text`.
    pub fn in_text(&self, path: &str, language: Option<Language>, class: PathClass, text: &str, found: &mut Vec<Match>) {
        for (rule, at, matcher) in &self.regexes {
            let What::Regex(regex) = &matcher.what else { continue };
            if matcher.looks_at(path, language, class) {
                for hit in regex.find_iter(text).take(1000) {
                    let span = ByteSpan::new(hit.start() as u32, hit.end() as u32);
                    found.push(Match { rule: *rule, matcher: *at, at: MatchAt::Span(span) });
                }
            }
        }
    }

    /// Matches of matchers over SQL texts in the statements of a `.sql` file.
    pub fn in_sql(&self, path: &str, class: PathClass, text: &str, found: &mut Vec<Match>) {
        let looking: Vec<&(RuleIndex, u16, Matcher)> =
            self.texts.iter().filter(|(_, _, matcher)| looks_at_sql(matcher, path, class)).collect();
        if looking.is_empty() || !is_sql_file(path) {
            return;
        }
        for statement in sql::read(text, sql::Dialect::Generic).statements {
            let told = text.get(statement.span.range()).unwrap_or_default();
            for (rule, at, matcher) in &looking {
                let What::Text { patterns, .. } = &matcher.what else { continue };
                if patterns.is_empty() || patterns.iter().any(|regex| regex.is_match(told)) {
                    found.push(Match { rule: *rule, matcher: *at, at: MatchAt::Span(statement.span) });
                }
            }
        }
    }

    /// Matches of matchers over whole files of the kind that `fits` accepts.
    pub fn whole(&self, path: &str, language: Option<Language>, class: PathClass, fits: impl Fn(&What) -> bool, found: &mut Vec<Match>) {
        for (rule, at, matcher) in &self.files {
            if fits(&matcher.what) && matcher.looks_at(path, language, class) {
                found.push(Match { rule: *rule, matcher: *at, at: MatchAt::File });
            }
        }
    }

    /// Matches in a file's tree.
    pub fn in_tree(&self, path: &str, language: Language, class: PathClass, tree: &Tree, scopes: &Scopes, found: &mut Vec<Match>) {
        let looking = |list: &'_ [(RuleIndex, u16, Matcher)]| -> Vec<(RuleIndex, u16, Matcher)> {
            list.iter().filter(|(_, _, matcher)| matcher.looks_at(path, Some(language), class)).cloned().collect()
        };
        // Cloning only what looks at this file keeps the inner loops free of glob tests.
        let (imports, loops_, texts, assigns) =
            (looking(&self.imports), looking(&self.loops), looking(&self.texts), looking(&self.assigns));
        if imports.is_empty() && loops_.is_empty() && texts.is_empty() && assigns.is_empty() {
            return;
        }
        for id in tree.ids() {
            let node = tree.node(id);
            let hits: &[(RuleIndex, u16, Matcher)] = match node.kind {
                Kind::Import => &imports,
                Kind::For | Kind::CFor | Kind::While | Kind::Clause => &loops_,
                Kind::Str | Kind::Template => &texts,
                Kind::Assign => &assigns,
                _ => continue,
            };
            for (rule, at, matcher) in hits {
                if fits(&matcher.what, tree, scopes, id) {
                    found.push(Match { rule: *rule, matcher: *at, at: MatchAt::Node(id) });
                }
            }
        }
    }
}

fn is_sql_file(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("sql"))
}

/// Whether the matcher asks for SQL in a file of SQL: the languages of a rule are those that SQL is written in as text.
fn looks_at_sql(matcher: &Matcher, path: &str, class: PathClass) -> bool {
    matches!(matcher.what, What::Text { sql: true, .. })
        && !matcher.skip.contains(&class)
        && matcher.files.as_ref().is_none_or(|files| files.is_match(path))
}

fn fits(what: &What, tree: &Tree, scopes: &Scopes, id: NodeId) -> bool {
    match what {
        What::Import(patterns) => {
            let module = tree.text(id);
            patterns.is_empty()
                || patterns.iter().any(|pattern| pattern.fits(module))
                || tree.children(id).any(|name| {
                    let text = tree.text(name);
                    !text.is_empty() && patterns.iter().any(|pattern| pattern.fits(&format!("{module}.{text}")))
                })
        }
        What::Loop(kinds) => {
            kinds.is_empty() || kinds.iter().any(|kind| kind == loops::kind(tree, scopes, id).word())
        }
        What::Text { patterns, sql: needs_sql } => {
            // A docstring is prose, whatever it quotes.
            let is_prose = tree.node(tree.node(id).parent).kind == Kind::ExprStmt;
            let Some(text) = joined(tree, id).filter(|_| !is_prose) else { return false };
            let text = &*text;
            (!needs_sql || sql::looks_like_sql(text))
                && (patterns.is_empty() || patterns.iter().any(|regex| regex.is_match(text)))
        }
        What::Assign(names) => tree
            .children(id)
            .filter(|child| tree.node(*child).role == Role::Target)
            .any(|target| names.iter().any(|regex| regex.is_match(tree.text(target)))),
        _ => false,
    }
}
