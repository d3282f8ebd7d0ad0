//! Who calls whom: what a function does to the world through everything it calls, and how it comes to run.

mod conventions;
mod declared;
mod handed;
mod handing_on;
mod seeds;
mod spread;
mod tables;
mod wrappers;

use std::sync::OnceLock;

use perfctl_core::scale::Reach;
use perfctl_core::seams::Stop;
use rustc_hash::{FxHashMap, FxHashSet};

use super::command::commands;
use super::dispatch::{self, Overriding};
use super::facts::{EFFECTS, Effects, Fact, effect_bit};
use super::resolve::Value;
use super::{FileId, Repo};
use crate::entries::Called;
use crate::model::index::call_flag;
use crate::model::path::MOST_ALTERNATIVES;
use crate::tree::Flags;
use declared::DeclaredCall;
use handed::Takes;
use handing_on::HandingOn;
use perfctl_core::path_class::PathClass;
use seeds::Seeds;
use wrappers::Wrappers;

/// A function of the repository; each file also has one for the code of its top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionId(pub u32);

/// How an edge's callee runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Called on the spot.
    Called,
    /// Handed to something that runs it on the spot: `map`, `gather`.
    Handed,
    /// Handed to another thread or process: what it does does not hold up the caller.
    Offloaded,
    /// Called on the spot as one that a key chooses from a table. Where these are many, who calls it is not said to do what one of them does;
    /// and what a program does that chooses so when it starts is its work, not its start.
    Chosen,
    /// Put in a queue: it runs as its worker does, and the caller does none of it.
    Queued,
    /// Handed to a function that gives one back which calls it: `export const list = wrap(async (event) => ...)`. It runs as what is given
    /// back does, whose edge this is; what it does is its own, since others are wrapped by the same function.
    Wrapped,
}

/// A call of one function by another.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Who is called.
    pub callee: FunctionId,
    /// Index of the call among the calls of the caller's file.
    pub call: u32,
    /// How.
    pub manner: Manner,
    /// Whether the result is awaited at the call.
    pub awaited: bool,
}

/// Why a function has an effect: a call, and the function behind it unless the call itself has the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Index of the call among the calls of the function's file, or [`u32::MAX`] where a declared method is meant.
    pub call: u32,
    /// The function that brings the effect.
    pub through: Option<FunctionId>,
}

/// The call of a [`Witness`] that is none: a declared method and one that stands in for it.
const NO_CALL: u32 = u32::MAX;

/// The most methods that one declared method may be for what they do to count as what it does.
const MOST_IMPLEMENTATIONS: usize = 8;

/// The call graph with what follows from it.
pub struct Graph {
    first: Vec<u32>,
    edges: Vec<Vec<Edge>>,
    effects: Vec<Effects>,
    witnesses: FxHashMap<(FunctionId, u32, bool), Witness>,
    reach: Vec<Reach>,
    reached_from: Vec<Option<FunctionId>>,
    /// Which function makes an instance of which class of the repository.
    made: Vec<(FunctionId, FileId, u32)>,
    /// Which function hands which class of the repository to another, which may make an instance of it.
    handed_classes: Vec<(FunctionId, FileId, u32)>,
    /// Calls that hand a function to something that runs it in a role: routes, schedules.
    registered: FxHashMap<FunctionId, Vec<(FileId, u32)>>,
    /// Functions that call a property of something that they are handed.
    asking: FxHashSet<FunctionId>,
    wrappers: Wrappers,
    handing_on: HandingOn,
    /// Methods that stand in for others.
    overriding: Overriding,
    /// Calls of declared methods, whose receivers may be of a class below the one that declares them.
    declared_called: Vec<DeclaredCall>,
    /// Edges by callee, made when first asked for.
    callers: OnceLock<Vec<Vec<(FunctionId, Edge)>>>,
}

impl Graph {
    /// Builds the graph of a repository, or a part of it when it is to stop. `called` are functions that deploy files name.
    pub fn new(repo: &Repo, called: &[Called], stop: &dyn Stop) -> Self {
        let mut first = Vec::with_capacity(repo.files.len() + 1);
        let mut total = 0;
        for file in &repo.files {
            first.push(total);
            total += file.index.functions.len() as u32 + 1;
        }
        first.push(total);
        let mut graph = Self {
            first,
            edges: vec![Vec::new(); total as usize],
            effects: vec![Effects::default(); total as usize],
            witnesses: FxHashMap::default(),
            reach: vec![Reach::Unknown; total as usize],
            reached_from: vec![None; total as usize],
            made: Vec::new(),
            handed_classes: Vec::new(),
            registered: FxHashMap::default(),
            asking: FxHashSet::default(),
            wrappers: Wrappers::default(),
            handing_on: HandingOn::default(),
            overriding: Overriding::default(),
            declared_called: Vec::new(),
            callers: OnceLock::new(),
        };
        for file in repo
            .ids()
            .filter(|file| repo.file(*file).language.is_javascript())
        {
            graph.read_asking(repo, file);
            graph.read_wrappers(repo, file);
        }
        graph.read_handing_on(repo);
        let mut seeds = Seeds::default();
        for file in repo.ids() {
            graph.read_calls(repo, file, &mut seeds, stop);
            if stop.requested() {
                return graph;
            }
            graph.read_declared(repo, file);
            seeds.read_definitions(repo, file, &graph, stop);
        }
        seeds.read_conventions(repo, &graph);
        for (file, symbol, reach) in called {
            for id in conventions::named(repo, &graph, *file, symbol) {
                seeds.add(id, *reach);
            }
        }
        let overriding = dispatch::overriding(repo, &graph, stop);
        if stop.requested() {
            return graph;
        }
        graph.overriding = overriding;
        graph.narrow_calls(repo);
        let overriding = std::mem::take(&mut graph.overriding);
        graph.spread_effects(repo, &overriding);
        graph.spread_reach(repo, seeds, &overriding);
        graph.overriding = overriding;
        graph
    }

    /// The function with index `at` of `file`.
    pub fn id(&self, file: FileId, at: u32) -> FunctionId {
        FunctionId(self.first[file.0 as usize] + at)
    }

    /// The code of the top level of `file`.
    pub fn top(&self, file: FileId) -> FunctionId {
        FunctionId(self.first[file.0 as usize + 1] - 1)
    }

    /// The file and index of a function; the index of a file's top level is the number of its functions.
    pub fn locate(&self, id: FunctionId) -> (FileId, u32) {
        let file = self.first.partition_point(|first| *first <= id.0) - 1;
        (FileId(file as u32), id.0 - self.first[file])
    }

    /// The function that holds a call.
    pub fn holder(&self, repo: &Repo, file: FileId, call: u32) -> FunctionId {
        match repo.file(file).index.calls[call as usize].function {
            u32::MAX => self.top(file),
            at => self.id(file, at),
        }
    }

    /// Calls made by a function.
    pub fn edges(&self, id: FunctionId) -> &[Edge] {
        &self.edges[id.0 as usize]
    }

    /// What a function does, itself and through what it calls.
    pub fn effects(&self, id: FunctionId) -> Effects {
        self.effects[id.0 as usize]
    }

    /// How a function comes to run.
    pub fn reach(&self, id: FunctionId) -> Reach {
        self.reach[id.0 as usize]
    }

    /// Whether something outside the repository calls the function itself, not only what calls it.
    pub fn is_entry(&self, id: FunctionId) -> bool {
        self.reach(id) != Reach::Unknown && self.reached_from[id.0 as usize].is_none()
    }

    /// The calls that hand a function to something that runs it in a role, by file and index: `router.get("/", handler)`.
    pub fn registrations(&self, id: FunctionId) -> &[(FileId, u32)] {
        self.registered.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The functions from the one that a platform calls down to `id`, itself included.
    pub fn route(&self, id: FunctionId) -> Vec<FunctionId> {
        let mut route = vec![id];
        while let Some(Some(next)) = route.last().map(|at| self.reached_from[at.0 as usize]) {
            if route.contains(&next) || route.len() > 16 {
                break;
            }
            route.push(next);
        }
        route.reverse();
        route
    }

    /// The calls that bring the effect `bit` (see [`super::facts::effect_bit`]) about, from `id` downwards.
    pub fn chain(&self, id: FunctionId, bit: u32, blocking: bool) -> Vec<(FunctionId, u32)> {
        let mut chain = Vec::new();
        let mut hops = 0;
        let mut at = Some(id);
        while let Some(function) = at {
            let Some(witness) = self.witnesses.get(&(function, bit, blocking)) else {
                break;
            };
            if witness.call != NO_CALL {
                chain.push((function, witness.call));
            }
            hops += 1;
            at = witness.through.filter(|_| hops < 16);
        }
        chain
    }

    /// Who calls a function.
    pub fn callers(&self, id: FunctionId) -> &[(FunctionId, Edge)] {
        let all = self.callers.get_or_init(|| {
            let mut callers: Vec<Vec<(FunctionId, Edge)>> = vec![Vec::new(); self.edges.len()];
            for (caller, edges) in self.edges.iter().enumerate() {
                for edge in edges {
                    callers[edge.callee.0 as usize].push((FunctionId(caller as u32), *edge));
                }
            }
            callers
        });
        &all[id.0 as usize]
    }

    /// The calls by which a coroutine gets to `id` in the thread of its own event loop, from the coroutine downwards;
    /// empty when `id` is a coroutine itself, `None` when none gets there. One that answers requests is preferred; those
    /// of start-up, workers, scripts and tests hold up nobody else.
    pub fn from_loop(&self, repo: &Repo, id: FunctionId) -> Option<Vec<(FunctionId, u32)>> {
        let mut found: Vec<(FunctionId, Option<(usize, u32)>)> = vec![(id, None)];
        let mut other = None;
        let mut at = 0;
        while at < found.len() && at < 1000 {
            let (function, _) = found[at];
            if is_async(repo, self, function) {
                match self.reach(function) {
                    Reach::Request => return Some(downwards(&found, at)),
                    Reach::Unknown => other = other.or(Some(at)),
                    _ => {}
                }
            } else {
                for (caller, edge) in self.callers(function) {
                    if !matches!(edge.manner, Manner::Offloaded | Manner::Queued)
                        && !found.iter().any(|(known, _)| known == caller)
                    {
                        found.push((*caller, Some((at, edge.call))));
                    }
                }
            }
            at += 1;
        }
        other.map(|at| downwards(&found, at))
    }

    fn read_calls(&mut self, repo: &Repo, file: FileId, seeds: &mut Seeds, stop: &dyn Stop) {
        let code = repo.file(file);
        let mut handed = code.index.handed.iter().peekable();
        let mut arguments = &code.index.arguments[..];
        for (at, call) in code.index.calls.iter().enumerate() {
            if stop.requested() {
                return;
            }
            let at = at as u32;
            let holder = self.holder(repo, file, at);
            let awaited = call.flags & call_flag::AWAITED != 0;
            let mut takes = Takes::default();
            let (from, count) = call.targets;
            for target in &code.index.targets[from as usize..from as usize + count as usize] {
                let meaning = repo.meaning(file, *target);
                let chosen = match meaning {
                    [value] => repo.chosen(value),
                    _ => None,
                };
                let meaning = chosen.as_deref().unwrap_or(meaning);
                let usual = match is_chosen(code.text(*target), meaning.len()) {
                    true => Manner::Chosen,
                    false => Manner::Called,
                };
                for value in meaning {
                    let mut manner = usual;
                    let callee = match value {
                        Value::Library(path) => {
                            let mut taking = repo.facts.get(path);
                            if let Some(fact) = taking {
                                if call.flags & call_flag::DECORATOR == 0 {
                                    self.direct(holder, at, fact.effects);
                                }
                            } else {
                                taking = repo.made_by_subclass(path);
                            }
                            if let Some(fact) = taking {
                                takes.as_said(fact);
                            }
                            continue;
                        }
                        Value::Function(file, at) => {
                            if seeds::is_queued(repo, *file, *at) {
                                manner = Manner::Queued;
                            }
                            let id = self.id(*file, *at);
                            takes.role = takes.role.or_else(|| self.handing_on.role(id));
                            id
                        }
                        Value::Class(of, class) => {
                            self.made.push((holder, *of, *class));
                            let made = dispatch::constructor(repo, *of, *class);
                            if let Some((_, fact)) = repo.library_class(*of, *class) {
                                self.direct(holder, at, fact.effects);
                                // What its own constructor takes, that one hands on.
                                if made.is_none() {
                                    takes.as_said(fact);
                                }
                            }
                            match made {
                                Some((file, at)) => {
                                    let id = self.id(file, at);
                                    takes.role = takes.role.or_else(|| self.handing_on.role(id));
                                    id
                                }
                                None => continue,
                            }
                        }
                        _ => continue,
                    };
                    let is_declared = match value {
                        Value::Function(file, at) => {
                            let row = &repo.file(*file).index.functions[*at as usize];
                            row.flags.has(Flags::ABSTRACT)
                        }
                        _ => false,
                    };
                    if is_declared {
                        let method = code.text(*target);
                        self.note_declared(repo, file, (holder, at), callee, method);
                    }
                    self.edges[holder.0 as usize].push(Edge {
                        callee,
                        call: at,
                        manner,
                        awaited,
                    });
                }
            }
            while let Some(row) = handed.next_if(|row| row.call == at) {
                self.hand(repo, file, holder, row, takes, seeds);
            }
            let count = arguments.iter().take_while(|row| row.call == at).count();
            let (of_call, others) = arguments.split_at(count);
            arguments = others;
            match takes.role {
                Some(role) => self.hand_on(repo, (file, at), holder, (of_call, role), seeds),
                None => self.wrap(repo, file, at, of_call),
            }
            self.note_handed_classes(repo, file, holder, of_call);
        }
    }

    fn direct(&mut self, holder: FunctionId, call: u32, effects: Effects) {
        let slot = &mut self.effects[holder.0 as usize];
        slot.all |= effects.all;
        slot.blocking |= effects.blocking;
        let witness = Witness {
            call,
            through: None,
        };
        for bit in bits(effects.all) {
            self.witnesses
                .entry((holder, bit, false))
                .or_insert(witness);
        }
        for bit in bits(effects.blocking) {
            self.witnesses.entry((holder, bit, true)).or_insert(witness);
        }
    }
}

/// Whether a call of what `path` leads to is one of what a table holds: `handlers[kind]()`, `handlers.get(kind)()`.
fn is_chosen(path: &str, meanings: usize) -> bool {
    meanings > MOST_ALTERNATIVES || path.ends_with("[]") || path.ends_with(".get()")
}

/// The role in which what takes functions runs them.
fn role_of(fact: &Fact) -> Option<Reach> {
    fact.get("role")?.parse().ok()
}

fn is_async(repo: &Repo, graph: &Graph, id: FunctionId) -> bool {
    let (file, at) = graph.locate(id);
    repo.file(file)
        .index
        .functions
        .get(at as usize)
        .is_some_and(|row| row.flags.has(Flags::ASYNC))
}

/// The calls that lead from the function at `at` down to the first.
fn downwards(
    found: &[(FunctionId, Option<(usize, u32)>)],
    mut at: usize,
) -> Vec<(FunctionId, u32)> {
    let mut calls = Vec::new();
    while let (function, Some((next, call))) = found[at] {
        calls.push((function, call));
        at = next;
    }
    calls
}

fn bits(mask: u32) -> impl Iterator<Item = u32> {
    (0..EFFECTS.len() as u32)
        .map(|at| 1 << at)
        .filter(move |bit| mask & bit != 0)
}

#[cfg(test)]
mod tests;
