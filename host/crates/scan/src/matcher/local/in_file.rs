//! The matchers that look at files of one kind, and the search for their matches in such a file.

use std::sync::{Arc, OnceLock};

use perfctl_core::place::ByteSpan;

use super::told::Told;
use super::{GivenUp, Listed, Match, MatchAt};
use crate::doc::sql;
use crate::lower::Language;
use crate::matcher::What;
use crate::matcher::literal::{Hits, Literals};
use crate::matcher::path::Roots;
use crate::matcher::structure::{self, Wanted};
use crate::model::joined::joined;
use crate::model::scope::Scopes;
use crate::tree::{Kind, NodeId, Tree};

/// Most matches of a regex in one file.
const MOST_MATCHES: usize = 1000;

/// The matchers that look at a file, grouped by what they look at, so that its nodes are passed once for all rules.
#[derive(Debug, Default)]
pub struct FileMatchers {
    imports: Vec<Arc<Listed>>,
    import_roots: Roots,
    loops: Vec<Arc<Listed>>,
    texts: Vec<Arc<Listed>>,
    assigns: Vec<Arc<Listed>>,
    files: Vec<Arc<Listed>>,
    regexes: Vec<Arc<Listed>>,
    structures: Vec<Arc<Listed>>,
    /// What a file must hold for the regexes, then for the structures.
    in_files: OnceLock<Literals>,
    /// What a string must hold for each of the texts.
    in_strings: OnceLock<Strings>,
}

/// What strings must hold for matchers over texts.
#[derive(Debug)]
struct Strings {
    literals: Literals,
    /// The matchers that may match in a string without any of the literals, by position.
    need_none: Vec<usize>,
    all: Vec<usize>,
}

impl FileMatchers {
    pub(super) fn new(matchers: impl IntoIterator<Item = Arc<Listed>>) -> Self {
        let mut all = Self::default();
        for listed in matchers {
            let list = match &listed.matcher.what {
                What::Import(_) => &mut all.imports,
                What::Loop(_) => &mut all.loops,
                What::Text { .. } => &mut all.texts,
                What::Assign { .. } => &mut all.assigns,
                What::Regex(_) => &mut all.regexes,
                What::Structure(_) => &mut all.structures,
                _ => &mut all.files,
            };
            list.push(listed);
        }
        let modules = all
            .imports
            .iter()
            .filter_map(|listed| match &listed.matcher.what {
                What::Import(patterns) => Some(patterns.as_slice()),
                _ => None,
            });
        all.import_roots = Roots::of(modules);
        all
    }

    /// Whether some matcher may look at the text of the file, whether it is code or not.
    pub fn wants_text(&self, path: &str) -> bool {
        !self.regexes.is_empty() || is_sql_file(path) && !self.texts.is_empty()
    }

    /// Which of the literals that matchers need stand in the text of the file.
    pub fn look(&self, text: &str) -> Hits {
        self.in_files().look(text)
    }

    fn in_files(&self) -> &Literals {
        self.in_files.get_or_init(|| {
            let over_text = self.regexes.iter().chain(&self.structures);
            Literals::new(over_text.map(|listed| listed.need()))
        })
    }

    fn in_strings(&self) -> &Strings {
        self.in_strings.get_or_init(|| {
            let literals = Literals::new(self.texts.iter().map(|listed| listed.need()));
            let all = 0..self.texts.len();
            Strings {
                need_none: all.clone().filter(|at| literals.needs_none(*at)).collect(),
                all: all.collect(),
                literals,
            }
        })
    }

    /// Matches of structures in the file `text`, which is parsed for them only if it holds what one of them needs; and
    /// those that were given up.
    pub fn in_code(
        &self,
        path: &Arc<str>,
        language: Language,
        text: &str,
        hits: &Hits,
        found: &mut Vec<Match>,
    ) -> Vec<GivenUp> {
        let first = self.regexes.len();
        let mut looking = Vec::new();
        let mut wanted = Vec::new();
        for (at, listed) in self.structures.iter().enumerate() {
            if let What::Structure(structure) = &listed.matcher.what
                && self.in_files().is_met(first + at, hits)
            {
                looking.push(listed);
                wanted.push(Wanted::new(structure));
            }
        }
        if !wanted.is_empty() {
            structure::search(text, path, language, &mut wanted);
        }
        let mut given_up = Vec::new();
        for (listed, one) in looking.into_iter().zip(wanted) {
            let places = one.found.into_iter();
            found.extend(places.map(|hit| listed.matched(MatchAt::Captured(Arc::new(hit)))));
            given_up.extend(one.ended.map(|why| listed.given_up(path, why.to_string())));
        }
        given_up
    }

    /// Matches of regexes in `text`, which has these `hits`; and those regexes that match more often than is told.
    pub fn in_text(
        &self,
        path: &Arc<str>,
        text: &str,
        hits: &Hits,
        found: &mut Vec<Match>,
    ) -> Vec<GivenUp> {
        let mut given_up = Vec::new();
        for (need, listed) in self.regexes.iter().enumerate() {
            let What::Regex(regex) = &listed.matcher.what else {
                continue;
            };
            if !self.in_files().is_met(need, hits) {
                continue;
            }
            for (count, hit) in regex.find_iter(text).enumerate() {
                if count == MOST_MATCHES {
                    let reason = format!("it matches more than {MOST_MATCHES} times");
                    given_up.push(listed.given_up(path, reason));
                    break;
                }
                let span = ByteSpan::new(hit.start() as u32, hit.end() as u32);
                found.push(listed.matched(MatchAt::Span(span)));
            }
        }
        given_up
    }

    /// Matches of matchers over SQL texts in the statements of a `.sql` file; all of those are given up in one that is too long
    /// to be read to its end.
    pub fn in_sql(&self, path: &Arc<str>, text: &str, found: &mut Vec<Match>) -> Vec<GivenUp> {
        if self.texts.is_empty() || !is_sql_file(path) {
            return Vec::new();
        }
        let sql = sql::read(text, sql::Dialect::Generic);
        for statement in sql.statements {
            let told = text.get(statement.span.range()).unwrap_or_default();
            for listed in &self.texts {
                let What::Text { patterns, .. } = &listed.matcher.what else {
                    continue;
                };
                if patterns.is_empty() || patterns.iter().any(|regex| regex.is_match(told)) {
                    found.push(listed.matched(MatchAt::Span(statement.span)));
                }
            }
        }
        let cut = self.texts.iter().filter(|_| sql.is_cut);
        cut.map(|listed| listed.given_up(path, "it holds more SQL than is read".to_owned()))
            .collect()
    }

    /// Matches of matchers over whole files of the kind that `fits` accepts.
    pub fn whole(&self, fits: impl Fn(&What) -> bool, found: &mut Vec<Match>) {
        let fitting = self
            .files
            .iter()
            .filter(|listed| fits(&listed.matcher.what));
        found.extend(fitting.map(|listed| listed.matched(MatchAt::File)));
    }

    /// Matches in the tree of the file.
    pub fn in_tree(&self, tree: &Tree, scopes: &Scopes, found: &mut Vec<Match>) {
        if [&self.imports, &self.loops, &self.texts, &self.assigns]
            .iter()
            .all(|list| list.is_empty())
        {
            return;
        }
        let mut hits = Hits::default();
        for id in tree.ids() {
            let mut take = |listed: &Listed, told: &Told<'_>| {
                if told.fits(&listed.matcher.what) {
                    found.push(listed.matched(MatchAt::Node(id)));
                }
            };
            let list = match tree.node(id).kind {
                Kind::Import => {
                    let module = tree.text(id);
                    if self.import_roots.may_fit(module) {
                        let told = Told::of(tree, scopes, id);
                        for at in self.import_roots.fitting(module) {
                            take(&self.imports[at], &told);
                        }
                    }
                    continue;
                }
                Kind::For | Kind::CFor | Kind::While | Kind::Clause => &self.loops,
                Kind::Assign => &self.assigns,
                Kind::Str | Kind::Template if !self.texts.is_empty() => {
                    self.in_string(tree, id, &mut hits, found);
                    continue;
                }
                _ => continue,
            };
            if !list.is_empty() {
                let told = Told::of(tree, scopes, id);
                list.iter().for_each(|listed| take(listed, &told));
            }
        }
    }

    /// Matches of the matchers over texts in one string. Most strings hold nothing that a rule looks for.
    fn in_string(&self, tree: &Tree, id: NodeId, hits: &mut Hits, found: &mut Vec<Match>) {
        // A docstring is prose, whatever it quotes.
        if tree.node(tree.node(id).parent).kind == Kind::ExprStmt {
            return;
        }
        let Some(text) = joined(tree, id) else { return };
        let text = &*text;
        let strings = self.in_strings();
        strings.literals.look_into(text, hits);
        let mut is_sql = None;
        let looking = match hits.is_empty() {
            true => &strings.need_none,
            false => &strings.all,
        };
        for at in looking {
            let listed = &self.texts[*at];
            let What::Text {
                patterns,
                sql: needs_sql,
            } = &listed.matcher.what
            else {
                continue;
            };
            if strings.literals.is_met(*at, hits)
                && (!needs_sql || *is_sql.get_or_insert_with(|| sql::looks_like_sql(text)))
                && (patterns.is_empty() || patterns.iter().any(|regex| regex.is_match(text)))
            {
                found.push(listed.matched(MatchAt::Node(id)));
            }
        }
    }
}

/// Whether a path, or its end from a dot, is that of SQL.
pub(super) fn is_sql_file(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("sql"))
}
