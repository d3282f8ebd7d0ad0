//! What flows along the calls: effects from callees to callers, and how functions run from callers to callees.

use std::collections::VecDeque;

use perfctl_core::scale::Reach;
use rustc_hash::FxHashSet;

use super::seeds::Seeds;
use super::*;

impl Graph {
    /// Effects flow from callees to callers until nothing changes. What blocks does not cross into another thread, and
    /// an asynchronous callee answers for its own blocking: it is reported there, once, and not at every caller.
    pub(super) fn spread_effects(&mut self, repo: &Repo, overriding: &Overriding) {
        let mut callers: Vec<Vec<(FunctionId, Edge)>> = vec![Vec::new(); self.edges.len()];
        for (caller, edges) in self.edges.iter().enumerate() {
            let chosen_beside = |edge: &Edge| {
                let beside =
                    |other: &&Edge| other.manner == Manner::Chosen && other.call == edge.call;
                edges.iter().filter(beside).count()
            };
            let is_done = |edge: &&Edge| match edge.manner {
                Manner::Queued | Manner::Wrapped => false,
                Manner::Chosen => chosen_beside(edge) <= MOST_ALTERNATIVES,
                _ => true,
            };
            for edge in edges.iter().filter(is_done) {
                callers[edge.callee.0 as usize].push((FunctionId(caller as u32), *edge));
            }
        }
        for (method, implementations) in overriding {
            // A method without a body of its own does what those do that stand in for it, unless these are too many to
            // say anything.
            if self.is_abstract(repo, *method) && implementations.len() <= MOST_IMPLEMENTATIONS {
                for callee in implementations {
                    let edge = Edge {
                        callee: *callee,
                        call: NO_CALL,
                        manner: Manner::Called,
                        awaited: true,
                    };
                    callers[callee.0 as usize].push((*method, edge));
                }
            }
        }
        let mut queue: VecDeque<FunctionId> = (0..self.effects.len() as u32)
            .map(FunctionId)
            .filter(|id| !self.effects(*id).is_empty())
            .collect();
        while let Some(id) = queue.pop_front() {
            let effects = self.effects(id);
            let is_async = is_async(repo, self, id);
            for (caller, edge) in &callers[id.0 as usize] {
                let blocking = if edge.manner == Manner::Offloaded || is_async {
                    0
                } else {
                    effects.blocking
                };
                // A declared method does what most of those do that stand in for it, and may block as any of them does.
                let all = match edge.call {
                    NO_CALL => {
                        self.usual(overriding.get(caller).map_or(&[], Vec::as_slice)) | blocking
                    }
                    _ => effects.all,
                };
                let slot = &mut self.effects[caller.0 as usize];
                let new_all = all & !slot.all;
                let new_blocking = blocking & !slot.blocking;
                if new_all == 0 && new_blocking == 0 {
                    continue;
                }
                slot.all |= new_all;
                slot.blocking |= new_blocking;
                let witness = Witness {
                    call: edge.call,
                    through: Some(id),
                };
                for bit in bits(new_all) {
                    self.witnesses
                        .entry((*caller, bit, false))
                        .or_insert(witness);
                }
                for bit in bits(new_blocking) {
                    self.witnesses
                        .entry((*caller, bit, true))
                        .or_insert(witness);
                }
                queue.push_back(*caller);
            }
        }
    }

    /// Effects of at least half of `functions`.
    fn usual(&self, functions: &[FunctionId]) -> u32 {
        bits(u32::MAX)
            .filter(|bit| {
                let having = functions
                    .iter()
                    .filter(|id| self.effects(**id).all & bit != 0);
                having.count() * 2 >= functions.len()
            })
            .fold(0, |all, bit| all | bit)
    }

    /// Whether a function is declared without a body.
    pub(crate) fn is_abstract(&self, repo: &Repo, id: FunctionId) -> bool {
        let (file, at) = self.locate(id);
        repo.file(file)
            .index
            .functions
            .get(at as usize)
            .is_some_and(|row| row.flags.has(Flags::ABSTRACT))
    }

    /// Functions that the seeds call, directly or not, run as the seeds do unless something else said so before.
    fn spread_one_reach(
        &mut self,
        reach: Reach,
        seeds: Vec<(FunctionId, Option<FunctionId>)>,
        overriding: &Overriding,
    ) {
        let mut queue = VecDeque::new();
        let take = |graph: &mut Self,
                    queue: &mut VecDeque<FunctionId>,
                    id: FunctionId,
                    from: Option<FunctionId>| {
            if graph.reach[id.0 as usize] == Reach::Unknown {
                graph.reach[id.0 as usize] = reach;
                graph.reached_from[id.0 as usize] = from;
                queue.push_back(id);
            }
        };
        for (seed, from) in seeds {
            take(self, &mut queue, seed, from);
        }
        while let Some(id) = queue.pop_front() {
            for at in 0..self.edges[id.0 as usize].len() {
                let edge = self.edges[id.0 as usize][at];
                // What is wrapped is what is called from outside: its wrapping only hands on.
                let is_wrapped = self.wrappers.calls.contains(&(id, edge.call));
                let from = match edge.manner {
                    Manner::Queued => continue,
                    Manner::Chosen if reach == Reach::Startup => continue,
                    _ if is_wrapped => self.reached_from[id.0 as usize],
                    _ => Some(id),
                };
                take(self, &mut queue, edge.callee, from);
            }
            for method in overriding.get(&id).map_or(&[][..], Vec::as_slice) {
                take(self, &mut queue, *method, Some(id));
            }
        }
    }

    /// Requests first, so that a helper of a handler and of a script counts as the handler's.
    pub(super) fn spread_reach(&mut self, repo: &Repo, mut seeds: Seeds, overriding: &Overriding) {
        let commands = commands(repo);
        for file in repo.ids() {
            let reach = match repo.file(file).class {
                _ if commands.contains(&file) => Reach::Script,
                PathClass::Test => Reach::Test,
                PathClass::Script | PathClass::Migration => Reach::Script,
                PathClass::Example | PathClass::Vendored | PathClass::Generated => Reach::Unknown,
                PathClass::Source => Reach::Startup,
            };
            seeds.add(self.top(file), reach);
        }
        // What only tests are seen to call is part of the service all the same: the real callers are not understood.
        for reach in [Reach::Request, Reach::Worker, Reach::Startup, Reach::Script] {
            self.spread_one_reach(reach, seeds.by_reach(reach), overriding);
        }
        // A method that nobody is seen to call runs as its instances are made. Start-up and tests say nothing: what is
        // made then serves something else.
        let shared: FxHashSet<(FileId, u32)> = self
            .made
            .iter()
            .filter(|(maker, ..)| matches!(self.reach(*maker), Reach::Startup | Reach::Unknown))
            .map(|(_, file, class)| (*file, *class))
            .collect();
        for reach in [Reach::Request, Reach::Worker] {
            let mut seeds = Vec::new();
            for (maker, file, class) in self.made.iter().chain(&self.handed_classes) {
                if self.reach(*maker) == reach
                    && (reach == Reach::Request || !shared.contains(&(*file, *class)))
                {
                    let methods = repo.file(*file).index.classes[*class as usize]
                        .methods
                        .values();
                    seeds.extend(methods.map(|at| (self.id(*file, *at), Some(*maker))));
                }
            }
            self.spread_one_reach(reach, seeds, overriding);
        }
        // Whatever calls it, code that lies among tests or scripts runs as such, unless a handler of the service itself calls
        // it: an import of other people's data may well lie in a directory called `migration`.
        let of_service = |graph: &Self, id: FunctionId| {
            matches!(graph.reach(id), Reach::Request | Reach::Worker)
                && graph.route(id).first().is_some_and(|first| {
                    // No migration answers requests: what does lies in a directory of that name by chance.
                    match repo.file(graph.locate(*first).0).class {
                        PathClass::Source => true,
                        PathClass::Migration => graph.reach(*first) == Reach::Request,
                        _ => false,
                    }
                })
        };
        for file in repo.ids() {
            let forced = match repo.file(file).class {
                PathClass::Test => Reach::Test,
                PathClass::Script | PathClass::Migration => Reach::Script,
                _ if commands.contains(&file) => Reach::Script,
                _ => continue,
            };
            for at in 0..=repo.file(file).index.functions.len() as u32 {
                let id = self.id(file, at);
                if forced == Reach::Test || !of_service(self, id) {
                    self.reach[id.0 as usize] = forced;
                }
            }
        }
    }
}
