//! Functions that are handed a function and give one back that calls it: `const wrap = (handler) => async (event) => answer(await handler(event))`.
//!
//! What is wrapped runs as the function that is given back does, and not where it is wrapped, which is mostly the top level of its file. A function
//! that runs what it is handed itself, be it in a callback (`inTransaction(work)`), is none of these. Only for JavaScript and TypeScript: a decorator
//! of Python leaves the name of what it wraps in place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Edge, FunctionId, Graph, Manner};
use crate::model::index::call_flag;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

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
        for (at, call) in index.calls.iter().enumerate() {
            let (from, count) = call.targets;
            let targets = &index.targets[from as usize..from as usize + count as usize];
            let mut owners = targets.iter().filter_map(|id| {
                let param = param_called(repo.file(file).text(*id))?;
                owners.get(&param).copied()
            });
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
}
