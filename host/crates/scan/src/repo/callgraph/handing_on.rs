//! Functions of the repository that hand what they are handed to something that runs it in a role: the router of a project around that of a
//! library, `def every(self, hours, job): self.scheduler.add_job(job)`. A call of one registers what it is handed as the library's would.

use perfctl_core::path_class::PathClass;
use perfctl_core::scale::Reach;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{FunctionId, Graph, role_of};
use crate::model::index::{ArgKey, ArgRow, HandedOnRow};
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};

/// How many functions of the repository may stand between the one that is handed something and the library.
const MOST_BETWEEN: usize = 3;

/// What one function hands on.
#[derive(Debug)]
struct HandsOn {
    role: Reach,
    /// Its parameters, and whether one takes all arguments from there on.
    params: SmallVec<[(u16, bool); 1]>,
}

/// The functions that hand on, and where they do.
#[derive(Default)]
pub(super) struct HandingOn {
    by_function: FxHashMap<FunctionId, HandsOn>,
    calls: FxHashMap<(FileId, u32), SmallVec<[FunctionId; 1]>>,
}

impl HandingOn {
    /// How a function runs what it is handed.
    pub(super) fn role(&self, function: FunctionId) -> Option<Reach> {
        Some(self.by_function.get(&function)?.role)
    }

    /// Whether the call hands on what a function around it was handed: those who call that one register it.
    pub(super) fn is_between(&self, file: FileId, call: u32) -> bool {
        !self.calls.is_empty() && self.calls.contains_key(&(file, call))
    }

    /// The arguments among `rows`, of a call of `function`, that it hands on.
    pub(super) fn taken<'r>(
        &self,
        repo: &Repo,
        (file, rows): (FileId, &'r [ArgRow]),
        (of, function): (FileId, u32),
        id: FunctionId,
    ) -> Vec<&'r ArgRow> {
        let Some(hands_on) = self.by_function.get(&id) else {
            return Vec::new();
        };
        let row = &repo.file(of).index.functions[function as usize];
        let skipped = u16::from(row.is_bound && !row.params.is_empty());
        let is_taken = |key: ArgKey| {
            hands_on.params.iter().any(|(param, is_rest)| match key {
                ArgKey::Position(at) => at + skipped == *param || *is_rest && at + skipped > *param,
                ArgKey::Name(name) => {
                    let (_, own, _) = &row.params[*param as usize];
                    repo.file(of).text(*own) == repo.file(file).text(name)
                }
            })
        };
        rows.iter().filter(|row| is_taken(row.key)).collect()
    }
}

impl Graph {
    /// Finds the functions that hand on. Those of tests make stand-ins.
    pub(super) fn read_handing_on(&mut self, repo: &Repo) {
        let of_service = |file: &FileId| repo.file(*file).class != PathClass::Test;
        let mut left: Vec<(FileId, HandedOnRow)> = repo
            .ids()
            .filter(of_service)
            .flat_map(|file| {
                let rows = &repo.file(file).index.handed_on;
                rows.iter().map(move |row| (file, *row))
            })
            .collect();
        for _ in 0..MOST_BETWEEN {
            let before = left.len();
            left.retain(|(file, row)| {
                let Some(role) = self.role_of_call(repo, *file, row.call) else {
                    return true;
                };
                let function = self.id(*file, row.function);
                let calls = self.handing_on.calls.entry((*file, row.call)).or_default();
                calls.push(function);
                let all = self.handing_on.by_function.entry(function);
                let known = all.or_insert_with(|| HandsOn {
                    role,
                    params: SmallVec::new(),
                });
                if !known.params.contains(&(row.param, row.is_rest)) {
                    known.params.push((row.param, row.is_rest));
                }
                false
            });
            if left.len() == before {
                break;
            }
        }
    }

    /// The role in which a call runs what it is handed.
    fn role_of_call(&self, repo: &Repo, file: FileId, call: u32) -> Option<Reach> {
        let index = &repo.file(file).index;
        let (from, count) = index.calls[call as usize].targets;
        let targets = &index.targets[from as usize..from as usize + count as usize];
        let mut values = targets
            .iter()
            .flat_map(|target| repo.meaning(file, *target));
        values.find_map(|value| match value {
            Value::Library(path) => role_of(repo.facts.get(path)?),
            Value::Function(of, at) => self.handing_on.role(self.id(*of, *at)),
            _ => None,
        })
    }
}
