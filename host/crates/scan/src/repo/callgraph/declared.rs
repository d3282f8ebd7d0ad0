//! Methods that are only declared: which of those that stand in for one a call runs, and what is known of it without any.

use super::*;
use crate::lower::Language;
use crate::repo::dispatch::ancestors;

/// A call of a method that is only declared, on an instance of a class below the one that declares it.
pub(super) struct DeclaredCall {
    holder: FunctionId,
    call: u32,
    method: FunctionId,
    receiver: (FileId, u32),
}

/// The most methods that one call is taken to run in place of the one that is declared: a sub-interface mostly has one class.
const MOST_BELOW: usize = 4;

impl Graph {
    /// A method that is only declared does what its result shows: rows come from a read, whoever implements it.
    pub(super) fn read_declared(&mut self, repo: &Repo, file: FileId) {
        for (at, row) in repo
            .file(file)
            .index
            .functions
            .iter()
            .enumerate()
            .filter(|(_, row)| row.flags.has(Flags::ABSTRACT))
        {
            let shown = row
                .returns
                .iter()
                .flat_map(|text| repo.meaning(file, *text))
                .find_map(|value| match value {
                    Value::Library(path) => {
                        effect_bit(repo.facts.get(path.strip_suffix("()")?)?.get("shows")?)
                    }
                    _ => None,
                });
            if let Some(bit) = shown {
                let id = self.id(file, at as u32);
                self.effects[id.0 as usize].all |= bit;
            }
        }
    }

    /// Notes a call of a declared method as `path` says it, where its receiver is known more closely than as what declares the method.
    pub(super) fn note_declared(
        &mut self,
        repo: &Repo,
        file: FileId,
        (holder, call): (FunctionId, u32),
        method: FunctionId,
        path: &str,
    ) {
        let Some((base, name)) = path.rsplit_once('.') else {
            return;
        };
        if name.contains(['(', '[', '|', '<']) {
            return;
        }
        for value in repo.follow(file, base, 0) {
            if let Value::Instance(of, class) = value
                && !self.is_declared_by(repo, method, (of, class))
            {
                self.declared_called.push(DeclaredCall {
                    holder,
                    call,
                    method,
                    receiver: (of, class),
                });
            }
        }
    }

    /// The functions that one call runs.
    pub(crate) fn run_by(
        &self,
        repo: &Repo,
        file: FileId,
        call: u32,
    ) -> impl Iterator<Item = FunctionId> + use<'_> {
        let edges = self.edges(self.holder(repo, file, call)).iter();
        let own = edges.filter(move |edge| edge.call == call);
        own.map(|edge| edge.callee)
    }

    fn is_declared_by(&self, repo: &Repo, method: FunctionId, class: (FileId, u32)) -> bool {
        let (file, at) = self.locate(method);
        let row = repo.file(file).index.functions.get(at as usize);
        row.is_some_and(|row| (file, row.class) == (class.0, Some(class.1)))
    }

    /// Calls of declared methods lead to those of the classes below what their receiver is declared to be, where these are few of all.
    pub(super) fn narrow_calls(&mut self, repo: &Repo) {
        let mut known: FxHashMap<(FunctionId, FileId, u32), Option<Vec<FunctionId>>> =
            FxHashMap::default();
        for one in std::mem::take(&mut self.declared_called) {
            let (file, class) = one.receiver;
            let below = known
                .entry((one.method, file, class))
                .or_insert_with(|| self.below(repo, one.method, (file, class)));
            let Some(below) = below else {
                continue;
            };
            let edges = &mut self.edges[one.holder.0 as usize];
            let is_this = |edge: &Edge| edge.call == one.call && edge.callee == one.method;
            let Some(at) = edges.iter().position(is_this) else {
                continue;
            };
            let edge = edges.remove(at);
            edges.extend(below.iter().map(|callee| Edge {
                callee: *callee,
                ..edge
            }));
        }
    }

    /// The methods that stand in for a declared one in `class` and the classes below it; `None` where these are all there are, too many, or none.
    pub(crate) fn below(
        &self,
        repo: &Repo,
        method: FunctionId,
        class: (FileId, u32),
    ) -> Option<Vec<FunctionId>> {
        let all = self.overriding.get(&method)?;
        let is_below = |id: &&FunctionId| {
            let (file, at) = self.locate(**id);
            let own = repo.file(file).index.functions[at as usize].class;
            own.is_some_and(|own| {
                (file, own) == class || ancestors(repo, file, own).contains(&class)
            })
        };
        // Those that are declared only run nothing.
        let real = |id: &&FunctionId| !self.is_abstract(repo, **id);
        let below: Vec<FunctionId> = all.iter().filter(real).filter(is_below).copied().collect();
        let is_told = !below.is_empty() && below.len() <= MOST_BELOW;
        (is_told && below.len() < all.iter().filter(real).count()).then_some(below)
    }

    /// The methods with a body that stand in for one that is only declared; empty where they are too many to say anything, or the method
    /// has a body. Types of Go stand in for an interface by the names of their methods, which says too little of one call: rules look at the
    /// interface there.
    pub fn implementations(&self, repo: &Repo, method: FunctionId) -> Vec<FunctionId> {
        let all = self.overriding.get(&method).map_or(&[][..], Vec::as_slice);
        let is_go = repo.file(self.locate(method).0).language == Language::Go;
        if is_go || !self.is_abstract(repo, method) {
            return Vec::new();
        }
        let real = all.iter().filter(|id| !self.is_abstract(repo, **id));
        let real: Vec<FunctionId> = real.copied().collect();
        match real.len() <= MOST_IMPLEMENTATIONS {
            true => real,
            false => Vec::new(),
        }
    }
}
