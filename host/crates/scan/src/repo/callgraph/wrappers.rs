//! Functions that are handed a function and give one back that calls it: `const wrap = (handler) => async (event) => answer(await handler(event))`.
//!
//! What is wrapped runs as the function that is given back does, and not where it is wrapped, which is mostly the top level of its file. Only for
//! JavaScript and TypeScript: a decorator of Python leaves the name of what it wraps in place.

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
    /// Those functions in it.
    pub(super) inner: FxHashSet<FunctionId>,
}

impl Graph {
    /// Notes the functions of a file that call what a function around them is handed.
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
        for (at, call) in index.calls.iter().enumerate() {
            let around = |at: u32| functions.get(at as usize).and_then(|row| row.outer);
            if around(call.function).is_none() {
                continue;
            }
            let (from, count) = call.targets;
            let targets = &index.targets[from as usize..from as usize + count as usize];
            let mut owners = targets.iter().filter_map(|id| {
                let node: u32 = repo.file(file).text(*id).strip_prefix('$')?.parse().ok()?;
                owners.get(&NodeId(node)).copied()
            });
            let Some(owner) = owners.next() else {
                continue;
            };
            if !std::iter::successors(around(call.function), |at| around(*at)).any(|at| at == owner)
            {
                continue;
            }
            let inner = self.id(file, call.function);
            let edge = Edge {
                callee: inner,
                call: at as u32,
                manner: Manner::Wrapped,
                awaited: call.flags & call_flag::AWAITED != 0,
            };
            let outer = self.id(file, owner);
            let all = self.wrappers.by_outer.entry(outer).or_default();
            all.push((inner, edge));
            self.wrappers.inner.insert(inner);
        }
    }

    /// The functions that run what a call hands a wrapping function of the repository.
    pub(super) fn wrapping(&self, repo: &Repo, file: FileId, call: u32) -> Vec<(FunctionId, Edge)> {
        if self.wrappers.inner.is_empty() || !repo.file(file).language.is_javascript() {
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
