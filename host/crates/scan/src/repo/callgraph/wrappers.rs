//! Functions that are handed a function and give one back that calls it: `const wrap = (handler) => async (event) => answer(await handler(event))`.
//!
//! What is wrapped runs as the function that is given back does, and not where it is wrapped, which is mostly the top level of its file. A function
//! that runs what it is handed itself, be it in a callback (`inTransaction(work)`), is none of these. Only for JavaScript and TypeScript: a decorator
//! of Python leaves the name of what it wraps in place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Edge, FunctionId, Graph, Manner};
use crate::model::index::{ArgRow, TextId, call_flag};
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

/// How many calls of wrapping functions are followed for one name.
const MOST_WRAPPED: usize = 16;

/// The wrapping functions of a repository.
#[derive(Default)]
pub(super) struct Wrappers {
    /// By the function that is handed one, the functions in it that call what it is handed, with an edge for that call. Its callee is to be put in.
    by_outer: FxHashMap<FunctionId, Vec<(FunctionId, Edge)>>,
    /// The functions that are given back.
    pub(super) given_back: FxHashSet<FunctionId>,
    /// The calls of what was handed over, by who makes them.
    pub(super) calls: FxHashSet<(FunctionId, u32)>,
}

/// The parameter that a path calls: `$12`, and `$12.apply` of a function that hands on how it was called itself.
fn param_called(text: &str) -> Option<NodeId> {
    let rest = text.strip_prefix('$')?;
    let rest = rest
        .strip_suffix(".apply")
        .or_else(|| rest.strip_suffix(".call"))
        .unwrap_or(rest);
    rest.parse().ok().map(NodeId)
}

impl Graph {
    /// Notes the functions of a file that call what a function around them is handed, where that one gives them back.
    pub(super) fn read_wrappers(&mut self, repo: &Repo, file: FileId) {
        let index = &repo.file(file).index;
        let functions = &index.functions;
        if functions.iter().all(|row| row.outer.is_none()) {
            return;
        }
        let owners: FxHashMap<NodeId, u32> = functions
            .iter()
            .enumerate()
            .flat_map(|(at, row)| row.params.iter().map(move |(node, ..)| (*node, at as u32)))
            .collect();
        let around = |at: u32| functions.get(at as usize).and_then(|row| row.outer);
        let mut typed = index.params_called.iter().peekable();
        for (at, call) in index.calls.iter().enumerate() {
            let (from, count) = call.targets;
            let targets = &index.targets[from as usize..from as usize + count as usize];
            let typed = typed.next_if(|(call, _)| *call == at as u32);
            let params = targets
                .iter()
                .filter_map(|id| param_called(repo.file(file).text(*id)));
            let mut owners = params
                .chain(typed.map(|(_, param)| *param))
                .filter_map(|param| owners.get(&param).copied());
            let Some(owner) = owners.next() else {
                continue;
            };
            // The function directly in it that the call stands in.
            let mut outwards = std::iter::successors(Some(call.function), |at| around(*at));
            let Some(inner) = outwards.find(|at| around(*at) == Some(owner)) else {
                continue;
            };
            let returns = &functions[owner as usize].returns;
            let mut given = returns.iter().flat_map(|text| repo.meaning(file, *text));
            if !given.any(|value| *value == Value::Function(file, inner)) {
                continue;
            }
            let caller = self.id(file, call.function);
            let edge = Edge {
                callee: caller,
                call: at as u32,
                manner: Manner::Wrapped,
                awaited: call.flags & call_flag::AWAITED != 0,
            };
            self.wrappers.given_back.insert(self.id(file, inner));
            self.wrappers.calls.insert((caller, at as u32));
            let outer = self.id(file, owner);
            let all = self.wrappers.by_outer.entry(outer).or_default();
            if all.iter().all(|(known, _)| *known != caller) {
                all.push((caller, edge));
            }
        }
    }

    /// The functions that run what a call hands a wrapping function of the repository.
    pub(super) fn wrapping(&self, repo: &Repo, file: FileId, call: u32) -> Vec<(FunctionId, Edge)> {
        if self.wrappers.by_outer.is_empty() || !repo.file(file).language.is_javascript() {
            return Vec::new();
        }
        let index = &repo.file(file).index;
        let (from, count) = index.calls[call as usize].targets;
        index.targets[from as usize..from as usize + count as usize]
            .iter()
            .flat_map(|target| repo.meaning(file, *target))
            .filter_map(|value| match value {
                Value::Function(of, at) => self.wrappers.by_outer.get(&self.id(*of, *at)),
                _ => None,
            })
            .flatten()
            .copied()
            .collect()
    }

    /// Functions that a call hands a wrapping function by their names, or as what another wrapping function gives.
    pub(super) fn wrap(&mut self, repo: &Repo, file: FileId, call: u32, arguments: &[ArgRow]) {
        if arguments.is_empty() {
            return;
        }
        let wrapping = self.wrapping(repo, file, call);
        for row in arguments.iter().filter(|_| !wrapping.is_empty()) {
            for value in repo.meaning(file, row.value) {
                let Value::Function(of, at) = value else {
                    continue;
                };
                let callee = self.id(*of, *at);
                for (inner, edge) in &wrapping {
                    let edges = &mut self.edges[inner.0 as usize];
                    let is_new = !edges
                        .iter()
                        .any(|known| known.callee == callee && known.call == edge.call);
                    if is_new {
                        edges.push(Edge { callee, ..*edge });
                    }
                }
            }
        }
    }

    /// The functions that were handed over to make what the path `text` reads by a name, where a wrapping function gave it back; those that
    /// were handed over for them where they are such themselves.
    pub(super) fn wrapped_in(&self, repo: &Repo, file: FileId, text: TextId) -> Vec<FunctionId> {
        self.wrapped_behind(repo, vec![(file, text)])
    }

    /// The functions that were handed over to make what the top level of `file` calls `symbol`.
    pub(super) fn wrapped_as(&self, repo: &Repo, file: FileId, symbol: &str) -> Vec<FunctionId> {
        let named = (NodeId(0), symbol.into());
        let handed = repo.file(file).index.wrapped.get(&named).into_iter();
        let handed = handed.flat_map(|texts| texts.iter().map(|text| (file, *text)));
        let mut found = Vec::new();
        let mut behind = Vec::new();
        for (file, text) in handed {
            let own = self.functions_at(repo, file, text);
            match own.is_empty() {
                true => behind.push((file, text)),
                false => found.extend(own),
            }
        }
        found.extend(self.wrapped_behind(repo, behind));
        found
    }

    /// The functions that a path leads to.
    fn functions_at(&self, repo: &Repo, file: FileId, text: TextId) -> Vec<FunctionId> {
        let values = repo.meaning(file, text).iter();
        let functions = values.filter_map(|value| match value {
            Value::Function(of, at) => Some(self.id(*of, *at)),
            _ => None,
        });
        functions.collect()
    }

    fn wrapped_behind(&self, repo: &Repo, mut asked: Vec<(FileId, TextId)>) -> Vec<FunctionId> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((file, text)) = asked.get(at).copied().filter(|_| at < MOST_WRAPPED) {
            at += 1;
            for (of, inner) in repo.wrapped(file, repo.file(file).text(text)) {
                for id in self.functions_at(repo, of, inner) {
                    if !self.wrappers.given_back.contains(&id) {
                        found.push(id);
                    } else if !asked.contains(&(of, inner)) {
                        asked.push((of, inner));
                    }
                }
            }
        }
        found
    }
}
