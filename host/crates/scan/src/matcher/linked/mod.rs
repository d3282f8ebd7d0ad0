//! Matchers over calls, functions, classes and what imports stand for, run once the repository is linked.

mod calls;

pub use calls::Fitting;

use calls::Calls;

use super::local::{Match, MatchAt};
use super::{Matcher, RuleIndex, RuleMatchers, What, import_path};
use crate::repo::callgraph::Graph;
use crate::repo::resolve::Value;
use crate::repo::{CodeFile, FileId, Repo};
use crate::tree::Flags;

/// A matcher, its rule and its position among those of the rule.
type Linked = (RuleIndex, u16, Matcher);

/// Matchers that need the linked repository.
#[derive(Debug, Default)]
pub struct LinkedMatchers {
    calls: Calls,
    functions: Vec<Linked>,
    classes: Vec<Linked>,
    imports: Vec<Linked>,
    /// Rules that look at the repository as a whole.
    pub repository: Vec<(RuleIndex, u16)>,
}

impl LinkedMatchers {
    /// Takes what is linked from the matchers of all rules.
    pub fn new(rules: &[RuleMatchers]) -> Self {
        let mut all = Self::default();
        let mut calls = Vec::new();
        for (rule, matchers) in rules.iter().enumerate() {
            let rule = RuleIndex(rule as u16);
            for (at, matcher) in matchers.matchers.iter().enumerate() {
                let at = at as u16;
                match &matcher.what {
                    What::Call { .. } => calls.push((rule, at, matcher.clone())),
                    What::Function { .. } => all.functions.push((rule, at, matcher.clone())),
                    What::Class(_) => all.classes.push((rule, at, matcher.clone())),
                    What::Loaded(_) => all.imports.push((rule, at, matcher.clone())),
                    What::Repository => all.repository.push((rule, at)),
                    _ => {}
                }
            }
        }
        all.calls = Calls::new(calls);
        all
    }

    /// Whether calls by this last name are wanted whatever the receiver is.
    pub fn keeps(&self, name: &str) -> bool {
        self.calls.keeps(name)
    }

    /// Matches in one file; `known` is what the thread has worked out so far.
    pub fn in_file(
        &self,
        repo: &Repo,
        graph: &Graph,
        file: FileId,
        known: &mut Fitting,
        found: &mut Vec<Match>,
    ) {
        let code = repo.file(file);
        let looking = |list: &'_ [Linked]| -> Vec<usize> {
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
                if import_path(code.language, root)
                    .is_none_or(|root| !repo.facts.speaks_of_root(&root))
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
        self.calls.in_file((repo, graph), file, known, found);
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
}

/// Whether a function is asynchronous itself. A lambda in one may be handed to a thread, so it does not count.
fn is_in_async(code: &CodeFile, function: u32) -> bool {
    code.index
        .functions
        .get(function as usize)
        .is_some_and(|row| row.flags.has(Flags::ASYNC))
}
