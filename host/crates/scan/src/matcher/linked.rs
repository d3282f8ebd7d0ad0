//! Matchers over calls, functions, classes and what imports stand for, run once the repository is linked.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::local::{Match, MatchAt};
use super::path::Roots;
use super::{Matcher, RuleIndex, RuleMatchers, What, import_path};
use crate::model::index::call_flag;
use crate::repo::callgraph::Graph;
use crate::repo::facts::Fact;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};
use crate::tree::Flags;

/// By what a call can fit a matcher. Most calls offer nothing that most matchers ask for, which one look at these bits tells.
mod way {
    /// By the path of a library that it calls.
    pub(super) const PATH: u8 = 1;
    /// By a fact of that path.
    pub(super) const FACT: u8 = 2;
    /// By what the function of the repository that it calls does.
    pub(super) const CODE: u8 = 4;
    /// By its last name.
    pub(super) const NAME: u8 = 8;
    /// By what the functions do that it is handed.
    pub(super) const HANDS: u8 = 16;
}

/// The [`way`]s in which calls can fit `what`.
fn ways(what: &What) -> u8 {
    let What::Call {
        targets,
        names,
        fact,
        reaches,
        hands,
        ..
    } = what
    else {
        return 0;
    };
    let asks = |asked: bool, way: u8| if asked { way } else { 0 };
    asks(!targets.is_empty(), way::PATH)
        | asks(fact.is_some(), way::FACT)
        | asks(*reaches != 0, way::CODE)
        | asks(!names.is_empty(), way::NAME)
        | asks(*hands != 0, way::HANDS)
}

/// Matchers that need the linked repository.
#[derive(Debug, Default)]
pub struct LinkedMatchers {
    calls: Vec<(RuleIndex, u16, Matcher)>,
    functions: Vec<(RuleIndex, u16, Matcher)>,
    classes: Vec<(RuleIndex, u16, Matcher)>,
    imports: Vec<(RuleIndex, u16, Matcher)>,
    /// Rules that look at the repository as a whole.
    pub repository: Vec<(RuleIndex, u16)>,
    kept: FxHashMap<String, ()>,
    /// The first words of what matchers over calls ask for by path.
    roots: Roots,
}

impl LinkedMatchers {
    /// Takes what is linked from the matchers of all rules.
    pub fn new(rules: &[RuleMatchers]) -> Self {
        let mut all = Self::default();
        for (rule, matchers) in rules.iter().enumerate() {
            let rule = RuleIndex(rule as u16);
            for (at, matcher) in matchers.matchers.iter().enumerate() {
                let at = at as u16;
                match &matcher.what {
                    What::Call { names, .. } => {
                        all.kept.extend(names.iter().map(|name| (name.clone(), ())));
                        all.calls.push((rule, at, matcher.clone()));
                    }
                    What::Function { .. } => all.functions.push((rule, at, matcher.clone())),
                    What::Class(_) => all.classes.push((rule, at, matcher.clone())),
                    What::Loaded(_) => all.imports.push((rule, at, matcher.clone())),
                    What::Repository => all.repository.push((rule, at)),
                    _ => {}
                }
            }
        }
        all.roots = Roots::of(
            all.calls
                .iter()
                .filter_map(|(_, _, matcher)| match &matcher.what {
                    What::Call { targets, .. } if !targets.is_empty() => Some(targets.as_slice()),
                    _ => None,
                }),
        );
        all
    }

    /// Whether calls by this last name are wanted whatever the receiver is.
    pub fn keeps(&self, name: &str) -> bool {
        self.kept.contains_key(name)
    }

    /// Matches in one file.
    pub fn in_file(&self, repo: &Repo, graph: &Graph, file: FileId, found: &mut Vec<Match>) {
        let code = repo.file(file);
        let looking = |list: &'_ [(RuleIndex, u16, Matcher)]| -> Vec<usize> {
            (0..list.len())
                .filter(|at| {
                    list[*at]
                        .2
                        .looks_at(&code.path, Some(code.language), code.class)
                })
                .collect()
        };
        for at in looking(&self.imports) {
            let (rule, matcher_at, matcher) = &self.imports[at];
            let What::Loaded(test) = &matcher.what else {
                continue;
            };
            let says = |module: &str| {
                import_path(code.language, module)
                    .and_then(|path| repo.facts.get(&path))
                    .is_some_and(|fact| test.fits(fact))
            };
            for row in &code.index.imports {
                if row.function.is_some() || row.type_only || row.main_only {
                    continue;
                }
                let module = code.text(row.module);
                let root = &module[..module.find('.').unwrap_or(module.len())];
                if import_path(code.language, root).is_none_or(|root| !repo.facts.knows_root(&root))
                {
                    continue;
                }
                let mut names = row.names.iter();
                if says(module) || names.any(|name| says(&format!("{module}.{}", code.text(*name))))
                {
                    found.push(Match {
                        rule: *rule,
                        matcher: *matcher_at,
                        at: MatchAt::Node(row.node),
                    });
                }
            }
        }
        let calls: Vec<(usize, u8)> = looking(&self.calls)
            .into_iter()
            .map(|at| (at, ways(&self.calls[at].2.what)))
            .collect();
        if !calls.is_empty() {
            for at in 0..code.index.calls.len() {
                self.match_call(repo, graph, file, at as u32, &calls, found);
            }
        }
        for at in looking(&self.functions) {
            let (rule, matcher_at, matcher) = &self.functions[at];
            let What::Function {
                is_entry,
                is_async,
                reach,
                decorators,
                names,
            } = &matcher.what
            else {
                continue;
            };
            for (at, row) in code.index.functions.iter().enumerate() {
                let id = graph.id(file, at as u32);
                let fits = is_async.is_none_or(|wanted| wanted == row.flags.has(Flags::ASYNC))
                    && (reach.is_empty() || reach.contains(&graph.reach(id)))
                    && (!is_entry || graph.is_entry(id))
                    && (names.is_empty()
                        || names
                            .iter()
                            .any(|regex| regex.is_match(code.text(row.name))))
                    && (decorators.is_empty()
                        || row.decorators.iter().any(|text| {
                            repo.meaning(file, *text).iter().any(|value| match value {
                                Value::Library(path) => {
                                    decorators.iter().any(|pattern| pattern.fits(path))
                                }
                                _ => false,
                            })
                        }));
                if fits {
                    found.push(Match {
                        rule: *rule,
                        matcher: *matcher_at,
                        at: MatchAt::Node(row.node),
                    });
                }
            }
        }
        for at in looking(&self.classes) {
            let (rule, matcher_at, matcher) = &self.classes[at];
            let What::Class(bases) = &matcher.what else {
                continue;
            };
            for row in &code.index.classes {
                let fits = bases.is_empty()
                    || row.bases.iter().any(|text| {
                        repo.meaning(file, *text).iter().any(|value| match value {
                            Value::Library(path) => bases.iter().any(|pattern| pattern.fits(path)),
                            _ => false,
                        })
                    });
                if fits {
                    found.push(Match {
                        rule: *rule,
                        matcher: *matcher_at,
                        at: MatchAt::Node(row.node),
                    });
                }
            }
        }
    }

    fn match_call(
        &self,
        repo: &Repo,
        graph: &Graph,
        file: FileId,
        call: u32,
        looking: &[(usize, u8)],
        found: &mut Vec<Match>,
    ) {
        let code = repo.file(file);
        let row = code.index.calls[call as usize];
        let (from, count) = row.targets;
        let targets = &code.index.targets[from as usize..from as usize + count as usize];
        // Every matcher asks the same of the same few values: the facts are looked up once.
        let values: SmallVec<[(&Value, Option<&Fact>); 2]> = targets
            .iter()
            .flat_map(|text| repo.meaning(file, *text))
            .filter(|value| !matches!(value, Value::Unknown))
            .map(|value| match value {
                Value::Library(path) => (value, repo.facts.get(path)),
                _ => (value, None),
            })
            .collect();
        let name = code.text(row.name);
        let handed = {
            let all = &code.index.handed;
            let rest = &all[all.partition_point(|row| row.call < call)..];
            &rest[..rest.partition_point(|row| row.call == call)]
        };
        let mut offered = 0;
        for (value, known) in &values {
            offered |= match (value, known) {
                (Value::Library(path), known) => {
                    let fact = if known.is_some() { way::FACT } else { 0 };
                    let path = if self.roots.may_fit(path) {
                        way::PATH
                    } else {
                        0
                    };
                    fact | path
                }
                (Value::Function(..) | Value::Class(..), _) => way::CODE,
                _ => 0,
            };
        }
        if self.keeps(name) {
            offered |= way::NAME;
        }
        if !handed.is_empty() {
            offered |= way::HANDS;
        }
        for (at, ways) in looking {
            if offered & ways == 0 {
                continue;
            }
            let (rule, matcher_at, matcher) = &self.calls[*at];
            let What::Call {
                targets: patterns,
                names,
                fact,
                reaches,
                hands,
                blocking,
                in_loop,
                in_async,
            } = &matcher.what
            else {
                continue;
            };
            if *in_loop && row.flags & call_flag::IN_LOOP == 0 {
                continue;
            }
            if *in_async && !is_in_async(code, row.function) {
                continue;
            }
            let does = |of: FileId, at: u32, mask: u32| {
                let effects = graph.effects(graph.id(of, at));
                mask & if *blocking {
                    effects.blocking
                } else {
                    effects.all
                } != 0
            };
            let mut fits = values.iter().any(|(value, known)| match value {
                Value::Library(path) => {
                    patterns.iter().any(|pattern| pattern.fits(path))
                        || fact
                            .as_ref()
                            .is_some_and(|test| known.is_some_and(|known| test.fits(known)))
                }
                Value::Function(of, at) => does(*of, *at, *reaches),
                Value::Class(of, at) if *reaches != 0 => {
                    let methods = &repo.file(*of).index.classes[*at as usize].methods;
                    methods
                        .get("__init__")
                        .or_else(|| methods.get("constructor"))
                        .is_some_and(|at| does(*of, *at, *reaches))
                }
                _ => false,
            });
            if !fits && *hands != 0 {
                fits = handed
                    .iter()
                    .flat_map(|row| repo.meaning(file, row.value))
                    .any(|value| match value {
                        Value::Function(of, at) => does(*of, *at, *hands),
                        _ => false,
                    });
            }
            fits = fits || names.contains(name);
            if fits {
                found.push(Match {
                    rule: *rule,
                    matcher: *matcher_at,
                    at: MatchAt::Node(row.node),
                });
            }
        }
    }
}

/// Whether a function is asynchronous itself. A lambda in one may be handed to a thread, so it does not count.
fn is_in_async(code: &crate::repo::CodeFile, function: u32) -> bool {
    code.index
        .functions
        .get(function as usize)
        .is_some_and(|row| row.flags.has(Flags::ASYNC))
}
