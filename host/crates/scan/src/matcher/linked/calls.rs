//! Matchers over calls. A repository has a hundred thousand calls and a run hundreds of matchers over them: what the path of a library
//! fits is worked out once per path, and of the others only those are asked that may fit what a call offers.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{Linked, is_in_async};
use crate::matcher::local::{Match, MatchAt};
use crate::matcher::path::Roots;
use crate::matcher::{Matcher, What};
use crate::model::index::call_flag;
use crate::repo::callgraph::{FunctionId, Graph};
use crate::repo::dispatch::constructor;
use crate::repo::facts::Fact;
use crate::repo::resolve::Value;
use crate::repo::{CodeFile, FileId, Repo};

/// Matchers over calls by position: a bit each.
#[derive(Clone, Debug, Default)]
struct Chosen(SmallVec<[u64; 8]>);

impl Chosen {
    fn none(of: usize) -> Self {
        Self(SmallVec::from_elem(0, of.div_ceil(64)))
    }

    fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    fn add_all(&mut self, other: &Chosen) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    fn keep(&mut self, only: &Chosen) {
        for (word, kept) in self.0.iter_mut().zip(&only.0) {
            *word &= kept;
        }
    }

    fn clear(&mut self) {
        self.0.fill(0);
    }

    fn positions(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            let set = |word: &u64| (*word != 0).then_some(*word);
            std::iter::successors(set(word), move |left| set(&(left & (left - 1))))
                .map(move |left| place * 64 + left.trailing_zeros() as usize)
        })
    }
}

/// The matchers over calls of all rules.
#[derive(Debug, Default)]
pub(super) struct Calls {
    all: Vec<Linked>,
    /// The first words of the paths that matchers ask for; the lists are those of `by_path`.
    roots: Roots,
    /// Those that ask for paths of libraries.
    by_path: Vec<usize>,
    /// Those that ask for facts.
    by_fact: Vec<usize>,
    /// Those that ask for what a called function of the repository does.
    by_code: Vec<usize>,
    /// Those that ask for what the functions do that a call is handed.
    by_hands: Vec<usize>,
    /// Those that ask for a last name.
    by_name: FxHashMap<String, Vec<usize>>,
}

/// What one thread has worked out: the matchers that a path fits, by itself or by its facts.
#[derive(Debug, Default)]
pub struct Fitting(FxHashMap<Box<str>, Chosen>);

impl Calls {
    /// Takes the matchers over calls among `all`.
    pub(super) fn new(all: Vec<Linked>) -> Self {
        let mut calls = Self::default();
        let mut paths = Vec::new();
        for (at, (_, _, matcher)) in all.iter().enumerate() {
            let What::Call {
                targets,
                names,
                fact,
                reaches,
                hands,
                ..
            } = &matcher.what
            else {
                continue;
            };
            if !targets.is_empty() {
                calls.by_path.push(at);
                paths.push(targets.as_slice());
            }
            for name in names {
                calls.by_name.entry(name.clone()).or_default().push(at);
            }
            if fact.is_some() {
                calls.by_fact.push(at);
            }
            if *reaches != 0 {
                calls.by_code.push(at);
            }
            if *hands != 0 {
                calls.by_hands.push(at);
            }
        }
        calls.roots = Roots::of(paths);
        calls.all = all;
        calls
    }

    /// Whether calls by this last name are wanted whatever the receiver is.
    pub(super) fn keeps(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Matches among the calls of one file.
    pub(super) fn in_file(
        &self,
        (repo, graph): (&Repo, &Graph),
        file: FileId,
        known: &mut Fitting,
        found: &mut Vec<Match>,
    ) {
        let code = repo.file(file);
        let mut looking = Chosen::none(self.all.len());
        for (at, (_, _, matcher)) in self.all.iter().enumerate() {
            if matcher.looks_at(&code.path, Some(code.language), code.class) {
                looking.add(at);
            }
        }
        let mut fitting = Chosen::none(self.all.len());
        for call in 0..code.index.calls.len() {
            fitting.clear();
            self.offered((repo, graph), file, call as u32, known, &mut fitting);
            fitting.keep(&looking);
            let row = &code.index.calls[call];
            found.extend(fitting.positions().filter_map(|at| {
                let (rule, matcher_at, matcher) = &self.all[at];
                stands_right(matcher, code, row.flags, row.function).then_some(Match {
                    rule: *rule,
                    matcher: *matcher_at,
                    at: MatchAt::Node(row.node),
                })
            }));
        }
    }

    /// Adds the matchers that a call fits, wherever it stands.
    fn offered(
        &self,
        (repo, graph): (&Repo, &Graph),
        file: FileId,
        call: u32,
        known: &mut Fitting,
        fitting: &mut Chosen,
    ) {
        let code = repo.file(file);
        let row = &code.index.calls[call as usize];
        let does = |id: FunctionId, mask: u32, blocking: bool| {
            let effects = graph.effects(id);
            let effects = if blocking {
                effects.blocking
            } else {
                effects.all
            };
            mask & effects != 0
        };
        let (from, count) = row.targets;
        let targets = &code.index.targets[from as usize..from as usize + count as usize];
        for value in targets.iter().flat_map(|text| repo.meaning(file, *text)) {
            let function = match value {
                Value::Library(path) => {
                    self.of_path(repo, path, known, fitting);
                    continue;
                }
                Value::Function(of, at) => Some((*of, *at)),
                Value::Class(of, at) => {
                    if let Some((path, _)) = repo.library_class(*of, *at) {
                        self.of_path(repo, path, known, fitting);
                    }
                    constructor(repo, *of, *at)
                }
                _ => None,
            };
            let Some((of, function)) = function else {
                continue;
            };
            let id = graph.id(of, function);
            // What a declared method is for this one call, what it is called on may tell.
            let narrowed: SmallVec<[FunctionId; 4]> = match graph.is_abstract(repo, id) {
                true => graph.run_by(repo, file, call).collect(),
                false => SmallVec::new(),
            };
            for at in &self.by_code {
                let What::Call {
                    reaches, blocking, ..
                } = &self.all[*at].2.what
                else {
                    continue;
                };
                let fits = match narrowed.as_slice() {
                    [] => does(id, *reaches, *blocking),
                    all => all.iter().any(|id| does(*id, *reaches, *blocking)),
                };
                if fits {
                    fitting.add(*at);
                }
            }
        }
        if let Some(named) = self.by_name.get(code.text(row.name)) {
            named.iter().for_each(|at| fitting.add(*at));
        }
        if self.by_hands.is_empty() {
            return;
        }
        let handed = &code.index.handed;
        let handed = &handed[handed.partition_point(|row| row.call < call)..];
        let handed = handed.iter().take_while(|row| row.call == call);
        for value in handed.flat_map(|row| repo.meaning(file, row.value)) {
            let Value::Function(of, function) = value else {
                continue;
            };
            for at in &self.by_hands {
                if let What::Call {
                    hands, blocking, ..
                } = &self.all[*at].2.what
                    && does(graph.id(*of, *function), *hands, *blocking)
                {
                    fitting.add(*at);
                }
            }
        }
    }

    /// Adds the matchers that the path of a library fits.
    fn of_path(&self, repo: &Repo, path: &str, known: &mut Fitting, fitting: &mut Chosen) {
        if let Some(chosen) = known.0.get(path) {
            fitting.add_all(chosen);
            return;
        }
        let fact = repo.facts.get(path);
        if fact.is_none() && !self.roots.may_fit(path) {
            return;
        }
        let chosen = self.fitting(path, fact);
        fitting.add_all(&chosen);
        known.0.insert(path.into(), chosen);
    }

    fn fitting(&self, path: &str, fact: Option<&Fact>) -> Chosen {
        let mut chosen = Chosen::none(self.all.len());
        for at in self.roots.fitting(path).map(|list| self.by_path[list]) {
            if !chosen.has(at)
                && let What::Call { targets, .. } = &self.all[at].2.what
                && targets.iter().any(|pattern| pattern.fits(path))
            {
                chosen.add(at);
            }
        }
        for at in &self.by_fact {
            if let (
                What::Call {
                    fact: Some(test), ..
                },
                Some(fact),
            ) = (&self.all[*at].2.what, fact)
                && test.fits(fact)
            {
                chosen.add(*at);
            }
        }
        chosen
    }
}

/// Whether a call stands where the matcher wants it.
fn stands_right(matcher: &Matcher, code: &CodeFile, flags: u8, function: u32) -> bool {
    let What::Call {
        in_loop, in_async, ..
    } = &matcher.what
    else {
        return false;
    };
    (!in_loop || flags & call_flag::IN_LOOP != 0) && (!in_async || is_in_async(code, function))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustc_hash::FxHashSet;

    use super::*;
    use crate::matcher::RuleMatchers;
    use crate::repo::facts::{Facts, effect_bit};
    use crate::repo::scratch::Scratch;
    use crate::scanner::Ruleset;

    #[test]
    fn what_is_chosen_comes_in_order_and_once() {
        let mut chosen = Chosen::none(200);
        for at in [199, 0, 64, 63, 64, 130] {
            chosen.add(at);
        }
        assert_eq!(
            chosen.positions().collect::<Vec<_>>(),
            [0, 63, 64, 130, 199]
        );
        let mut only = Chosen::none(200);
        only.add(64);
        only.add(1);
        chosen.keep(&only);
        assert_eq!(chosen.positions().collect::<Vec<_>>(), [64]);
        chosen.add_all(&only);
        assert!(chosen.has(1) && !chosen.has(0));
        chosen.clear();
        assert_eq!(chosen.positions().count(), 0);
    }

    #[test]
    fn what_a_call_of_a_declared_method_reaches_its_receiver_tells() {
        let mut files = vec![(
            "store.ts".to_owned(),
            "export interface Store<T> { all(): Promise<T[]> }\n".to_owned(),
        )];
        for at in 0..12 {
            let body = if at == 3 { "query('x')" } else { "1" };
            let text = format!(
                "import {{ query }} from 'pg';\nimport {{ Store }} from './store';\nexport interface Own{at} extends Store<string> {{ more(): void }}\nexport class Pg{at} implements Own{at} {{ async all() {{ return {body}; }} more() {{}} }}\n"
            );
            files.push((format!("s{at}.ts"), text));
            let service = format!(
                "import {{ Own{at} }} from './s{at}';\nclass Service {{ constructor(private own: Own{at}) {{}} run() {{ return this.own.all(); }} }}\n"
            );
            files.push((format!("service{at}.ts"), service));
        }
        let files: Vec<(&str, &str)> = (files.iter())
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let mut facts = Facts::default();
        let text = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"pg.query\"]\nkind = \"db\"\nverb = \"read\"\n";
        facts.add("facts.toml", text).expect("well formed");
        let matcher = Matcher {
            name: "call".to_owned(),
            languages: Vec::new(),
            files: None,
            skip: Vec::new(),
            evidence: false,
            what: What::Call {
                targets: Vec::new(),
                names: FxHashSet::default(),
                fact: None,
                reaches: effect_bit("db-read").expect("an effect"),
                hands: 0,
                blocking: false,
                in_loop: false,
                in_async: false,
            },
        };
        let rules = Ruleset {
            rules: vec![RuleMatchers {
                matchers: vec![matcher],
                asks_for_code: true,
            }],
            facts: Arc::new(facts),
            max_file_size: 1 << 20,
        };
        let scratch = Scratch::under(&rules, &files);
        assert_eq!(scratch.survey.files_with_candidates(), 1);
    }
}
