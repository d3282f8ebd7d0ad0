//! Matchers that a single file decides, run while its tree is there.

mod in_tests;

use std::borrow::Cow;
use std::sync::Arc;

use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;

use super::literal::{Hits, Literals, Need, of_regex};
use super::path::Roots;
use super::structure::{self, Captured, Wanted};
use super::{Matcher, RuleIndex, RuleMatchers, What};
use crate::doc::sql;
use crate::lower::Language;
use crate::model::joined::joined;
use crate::model::loops;
use crate::model::scope::Scopes;
use crate::tree::{Flags, Kind, NodeId, Role, Tree};
use in_tests::InTests;
use perfctl_core::path_class::PathClass;

/// Where a matcher of a rule matched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The rule.
    pub rule: RuleIndex,
    /// The matcher, by position in the rule.
    pub matcher: u16,
    /// What matched.
    pub at: MatchAt,
}

/// The place of a match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchAt {
    /// A node of the tree.
    Node(NodeId),
    /// Bytes of the text.
    Span(ByteSpan),
    /// Bytes of the text, and of what the variables of a structure stand for.
    Captured(Arc<Captured>),
    /// The file as a whole.
    File,
}

/// Most matches of a regex in one file.
const MOST_MATCHES: usize = 1000;

/// A matcher of a rule, and its position there.
type Listed = (RuleIndex, u16, Matcher);

/// Matchers grouped by what they look at, so that a file's nodes are passed once for all rules.
#[derive(Debug, Default)]
pub struct LocalMatchers {
    imports: Vec<Listed>,
    import_roots: Roots,
    /// What a test must hold for one of the imports that are looked for in tests.
    in_tests: InTests,
    loops: Vec<Listed>,
    texts: Vec<Listed>,
    assigns: Vec<Listed>,
    files: Vec<Listed>,
    regexes: Vec<Listed>,
    structures: Vec<Listed>,
    /// What a file must hold for the regexes, then for the structures.
    in_files: Literals,
    /// What a string must hold for each of the texts.
    in_strings: Literals,
}

/// A matcher that was given up in a file: what it found there is not all there is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenUp {
    /// The rule.
    pub rule: RuleIndex,
    /// The matcher, by position in the rule.
    pub matcher: u16,
    /// The file.
    pub path: Arc<str>,
    /// Why.
    pub reason: String,
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
                    What::Assign { .. } => &mut all.assigns,
                    What::File | What::Dockerfile | What::Document => &mut all.files,
                    What::Regex(_) => &mut all.regexes,
                    What::Structure(_) => &mut all.structures,
                    _ => continue,
                };
                list.push((RuleIndex(rule as u16), at as u16, matcher.clone()));
            }
        }
        all.import_roots =
            Roots::of(
                all.imports
                    .iter()
                    .flat_map(|(_, _, matcher)| match &matcher.what {
                        What::Import(patterns) => Some(patterns.as_slice()),
                        _ => None,
                    }),
            );
        all.in_tests = InTests::of(&all.imports);
        let needs = |list: &[Listed]| -> Vec<Need> {
            list.iter()
                .map(|(_, _, matcher)| need(&matcher.what))
                .collect()
        };
        all.in_files = Literals::new(&[needs(&all.regexes), needs(&all.structures)].concat());
        all.in_strings = Literals::new(&needs(&all.texts));
        all
    }

    /// Which of the literals that matchers need stand in the text of a file.
    pub fn look(&self, text: &str) -> Hits {
        self.in_files.look(text)
    }

    /// Whether the text of a test may hold an import that is looked for in tests.
    pub fn may_import(&self, text: &str) -> bool {
        self.in_tests.may_stand_in(text)
    }

    /// Whether some matcher may look at the text of a file, whether it is code or not.
    pub fn wants_text(&self, path: &str, language: Option<Language>, class: PathClass) -> bool {
        self.regexes
            .iter()
            .any(|(_, _, matcher)| matcher.looks_at(path, language, class))
            || is_sql_file(path)
                && self
                    .texts
                    .iter()
                    .any(|(_, _, matcher)| looks_at_sql(matcher, path, class))
    }

    /// Matches of structures in the file `text`, which is parsed for them only if it holds what one of them needs; and
    /// those that were given up.
    pub fn in_code(
        &self,
        path: &Arc<str>,
        language: Language,
        class: PathClass,
        text: &str,
        hits: &Hits,
        found: &mut Vec<Match>,
    ) -> Vec<GivenUp> {
        let first = self.regexes.len();
        let looking: Vec<usize> = (0..self.structures.len())
            .filter(|at| self.in_files.is_met(first + at, hits))
            .filter(|at| self.structures[*at].2.looks_at(path, Some(language), class))
            .collect();
        let mut wanted: Vec<Wanted<'_>> = looking
            .iter()
            .filter_map(|at| match &self.structures[*at].2.what {
                What::Structure(structure) => Some(Wanted::new(structure)),
                _ => None,
            })
            .collect();
        let mut given_up = Vec::new();
        if !wanted.is_empty() {
            structure::search(text, path, language, &mut wanted);
        }
        for (at, one) in looking.into_iter().zip(wanted) {
            let (rule, matcher) = (self.structures[at].0, self.structures[at].1);
            found.extend(one.found.into_iter().map(|hit| Match {
                rule,
                matcher,
                at: MatchAt::Captured(Arc::new(hit)),
            }));
            given_up.extend(one.ended.map(|why| GivenUp {
                rule,
                matcher,
                path: path.clone(),
                reason: why.to_string(),
            }));
        }
        given_up
    }

    /// Matches of regexes in `text`, which has these `hits`; and those regexes that match more often than is told.
    pub fn in_text(
        &self,
        path: &Arc<str>,
        language: Option<Language>,
        class: PathClass,
        text: &str,
        hits: &Hits,
        found: &mut Vec<Match>,
    ) -> Vec<GivenUp> {
        let mut given_up = Vec::new();
        for (need, (rule, at, matcher)) in self.regexes.iter().enumerate() {
            let What::Regex(regex) = &matcher.what else {
                continue;
            };
            if self.in_files.is_met(need, hits) && matcher.looks_at(path, language, class) {
                for (count, hit) in regex.find_iter(text).enumerate() {
                    if count == MOST_MATCHES {
                        given_up.push(GivenUp {
                            rule: *rule,
                            matcher: *at,
                            path: path.clone(),
                            reason: format!("it matches more than {MOST_MATCHES} times"),
                        });
                        break;
                    }
                    let span = ByteSpan::new(hit.start() as u32, hit.end() as u32);
                    found.push(Match {
                        rule: *rule,
                        matcher: *at,
                        at: MatchAt::Span(span),
                    });
                }
            }
        }
        given_up
    }

    /// Matches of matchers over SQL texts in the statements of a `.sql` file; all of those are given up in one that is too long
    /// to be read to its end.
    pub fn in_sql(
        &self,
        path: &Arc<str>,
        class: PathClass,
        text: &str,
        found: &mut Vec<Match>,
    ) -> Vec<GivenUp> {
        let looking: Vec<&Listed> = self
            .texts
            .iter()
            .filter(|(_, _, matcher)| looks_at_sql(matcher, path, class))
            .collect();
        if looking.is_empty() || !is_sql_file(path) {
            return Vec::new();
        }
        let sql = sql::read(text, sql::Dialect::Generic);
        for statement in sql.statements {
            let told = text.get(statement.span.range()).unwrap_or_default();
            for (rule, at, matcher) in &looking {
                let What::Text { patterns, .. } = &matcher.what else {
                    continue;
                };
                if patterns.is_empty() || patterns.iter().any(|regex| regex.is_match(told)) {
                    found.push(Match {
                        rule: *rule,
                        matcher: *at,
                        at: MatchAt::Span(statement.span),
                    });
                }
            }
        }
        let cut = looking.iter().filter(|_| sql.is_cut);
        cut.map(|(rule, at, _)| GivenUp {
            rule: *rule,
            matcher: *at,
            path: path.clone(),
            reason: "it holds more SQL than is read".to_owned(),
        })
        .collect()
    }

    /// Matches of matchers over whole files of the kind that `fits` accepts.
    pub fn whole(
        &self,
        path: &str,
        language: Option<Language>,
        class: PathClass,
        fits: impl Fn(&What) -> bool,
        found: &mut Vec<Match>,
    ) {
        for (rule, at, matcher) in &self.files {
            if fits(&matcher.what) && matcher.looks_at(path, language, class) {
                found.push(Match {
                    rule: *rule,
                    matcher: *at,
                    at: MatchAt::File,
                });
            }
        }
    }

    /// Matches in a file's tree.
    pub fn in_tree(
        &self,
        path: &str,
        language: Language,
        class: PathClass,
        tree: &Tree,
        scopes: &Scopes,
        found: &mut Vec<Match>,
    ) {
        let looking = |list: &'_ [Listed]| -> Vec<usize> {
            (0..list.len())
                .filter(|at| list[*at].2.looks_at(path, Some(language), class))
                .collect()
        };
        // Choosing first what looks at this file keeps the inner loops free of glob tests.
        let (imports, loops, texts, assigns) = (
            looking(&self.imports),
            looking(&self.loops),
            looking(&self.texts),
            looking(&self.assigns),
        );
        if imports.is_empty() && loops.is_empty() && texts.is_empty() && assigns.is_empty() {
            return;
        }
        // Most strings hold nothing that a rule looks for.
        let any_text: Vec<usize> = texts
            .iter()
            .copied()
            .filter(|at| self.in_strings.needs_none(*at))
            .collect();
        let mut hits = Hits::default();
        for id in tree.ids() {
            let (list, looking): (&[Listed], &[usize]) = match tree.node(id).kind {
                Kind::Import => (&self.imports, &imports),
                Kind::For | Kind::CFor | Kind::While | Kind::Clause => (&self.loops, &loops),
                Kind::Assign => (&self.assigns, &assigns),
                Kind::Str | Kind::Template if !texts.is_empty() => {
                    self.in_string(tree, id, [&texts, &any_text], &mut hits, found);
                    continue;
                }
                _ => continue,
            };
            let is_known = |module: &str| self.import_roots.may_fit(module);
            if looking.is_empty() || tree.node(id).kind == Kind::Import && !is_known(tree.text(id))
            {
                continue;
            }
            let told = Told::of(tree, scopes, id);
            for (rule, at, matcher) in looking.iter().map(|at| &list[*at]) {
                if told.fits(&matcher.what) {
                    found.push(Match {
                        rule: *rule,
                        matcher: *at,
                        at: MatchAt::Node(id),
                    });
                }
            }
        }
    }

    /// Matches of those matchers over texts that are `looking`, in one string: all of them, and those that need nothing.
    fn in_string(
        &self,
        tree: &Tree,
        id: NodeId,
        [looking, any_text]: [&[usize]; 2],
        hits: &mut Hits,
        found: &mut Vec<Match>,
    ) {
        // A docstring is prose, whatever it quotes.
        if tree.node(tree.node(id).parent).kind == Kind::ExprStmt {
            return;
        }
        let Some(text) = joined(tree, id) else { return };
        let text = &*text;
        self.in_strings.look_into(text, hits);
        let mut is_sql = None;
        let looking = if hits.is_empty() { any_text } else { looking };
        for at in looking {
            let (rule, matcher_at, matcher) = &self.texts[*at];
            let What::Text {
                patterns,
                sql: needs_sql,
            } = &matcher.what
            else {
                continue;
            };
            if self.in_strings.is_met(*at, hits)
                && (!needs_sql || *is_sql.get_or_insert_with(|| sql::looks_like_sql(text)))
                && (patterns.is_empty() || patterns.iter().any(|regex| regex.is_match(text)))
            {
                found.push(Match {
                    rule: *rule,
                    matcher: *matcher_at,
                    at: MatchAt::Node(id),
                });
            }
        }
    }
}

/// What a text must hold for a matcher to match in it.
fn need(what: &What) -> Need {
    match what {
        What::Regex(regex) => of_regex(regex.as_str()),
        What::Structure(structure) => structure.need(),
        What::Text { patterns, .. } => {
            Need::or(patterns.iter().map(|regex| of_regex(regex.as_str())))
        }
        _ => Need::nothing(),
    }
}

fn is_sql_file(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("sql"))
}

/// Whether the matcher asks for SQL in a file of SQL: the languages of a rule are those that SQL is written in as text.
fn looks_at_sql(matcher: &Matcher, path: &str, class: PathClass) -> bool {
    matches!(matcher.what, What::Text { sql: true, .. })
        && !matcher.skip.contains(&class)
        && matcher
            .files
            .as_ref()
            .is_none_or(|files| files.is_match(path))
}

fn is_outside_functions(tree: &Tree, id: NodeId) -> bool {
    let mut around = tree.ancestors(id);
    !around.any(|up| tree.node(up).kind == Kind::Function)
}

/// Whether an assignment gives a container with nothing in it: `{}`, `dict()`, `defaultdict(list)`, `new Map()`,
/// `make(map[K]V)`.
fn gives_empty_container(tree: &Tree, assign: NodeId) -> bool {
    let Some(value) = tree.child(assign, Role::Value) else {
        return false;
    };
    let args = || {
        tree.children(value)
            .filter(|child| tree.node(*child).role == Role::Arg)
    };
    match tree.node(value).kind {
        Kind::Dict | Kind::Set => tree.children(value).next().is_none(),
        Kind::List => {
            tree.children(value).next().is_none() && !tree.node(value).flags.has(Flags::TUPLE)
        }
        Kind::Call => match tree
            .child(value, Role::Callee)
            .map(|callee| tree.text(callee))
        {
            Some(
                "dict" | "set" | "list" | "OrderedDict" | "Counter" | "Map" | "Set" | "WeakMap"
                | "WeakSet",
            ) => args().next().is_none(),
            // What they are given is a type or makes the entries; a size is no entry.
            Some("defaultdict") => args().count() <= 1,
            Some("make") => args().next().is_some_and(|kind| {
                tree.child(kind, Role::Value)
                    .is_some_and(|head| tree.text(head) == "map")
            }),
            _ => false,
        },
        _ => false,
    }
}

/// What a node says to matchers, worked out once for all of them.
struct Told<'t> {
    /// The module of an import, then each name of it behind its module; the targets of an assignment.
    names: SmallVec<[Cow<'t, str>; 4]>,
    /// The kind of a loop.
    word: &'static str,
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> Told<'t> {
    fn of(tree: &'t Tree, scopes: &Scopes, id: NodeId) -> Self {
        let mut told = Self {
            names: SmallVec::new(),
            word: "",
            tree,
            id,
        };
        match tree.node(id).kind {
            Kind::Import => {
                let module = tree.text(id);
                told.names.push(Cow::Borrowed(module));
                let names = tree
                    .children(id)
                    .map(|name| tree.text(name))
                    .filter(|name| !name.is_empty());
                told.names
                    .extend(names.map(|name| Cow::Owned(format!("{module}.{name}"))));
            }
            Kind::Assign => {
                let targets = tree
                    .children(id)
                    .filter(|child| tree.node(*child).role == Role::Target);
                told.names
                    .extend(targets.map(|target| Cow::Borrowed(tree.text(target))));
            }
            _ => told.word = loops::kind(tree, scopes, id).word(),
        }
        told
    }

    fn fits(&self, what: &What) -> bool {
        match what {
            What::Import(patterns) => {
                patterns.is_empty()
                    || patterns
                        .iter()
                        .any(|pattern| self.names.iter().any(|name| pattern.fits(name)))
            }
            What::Loop(kinds) => kinds.is_empty() || kinds.iter().any(|kind| kind == self.word),
            What::Assign {
                names,
                outside_functions,
                empty,
            } => {
                let is_named = names.is_empty()
                    || self
                        .names
                        .iter()
                        .any(|name| names.iter().any(|regex| regex.is_match(name)));
                is_named
                    && (!empty || gives_empty_container(self.tree, self.id))
                    && (!outside_functions || is_outside_functions(self.tree, self.id))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
