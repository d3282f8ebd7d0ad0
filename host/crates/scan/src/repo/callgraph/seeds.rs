//! Functions that something outside the repository calls: frameworks, platforms, deploy files.

use perfctl_core::scale::Reach;
use perfctl_core::seams::Stop;

use super::{FunctionId, Graph};
use crate::lower::Language;
use crate::model::index::{ClassRow, FunctionRow, TextId};
use crate::repo::dispatch::ancestors;
use crate::repo::modules::directory;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};

/// How many classes of the repository above one are asked for its role.
const MOST_ABOVE: usize = 32;

/// Functions that something outside the repository calls.
#[derive(Default)]
pub(super) struct Seeds {
    all: Vec<(FunctionId, Reach)>,
    /// Those that run as a part of something else that a framework does, with the top level of their file: validators, guards.
    parts: Vec<(FunctionId, Reach, FunctionId)>,
}

impl Seeds {
    pub(super) fn add(&mut self, id: FunctionId, reach: Reach) {
        self.all.push((id, reach));
    }

    /// Those that run so, with where they are reached from: nowhere, where they are entries themselves.
    pub(super) fn by_reach(&self, reach: Reach) -> Vec<(FunctionId, Option<FunctionId>)> {
        let entries = self.all.iter().filter(|(_, of)| *of == reach);
        let parts = self.parts.iter().filter(|(_, of, _)| *of == reach);
        entries
            .map(|(id, _)| (*id, None))
            .chain(parts.map(|(id, _, top)| (*id, Some(*top))))
            .collect()
    }

    /// Decorators, parameter types and base classes that say how a function runs.
    pub(super) fn read_definitions(
        &mut self,
        repo: &Repo,
        file: FileId,
        graph: &Graph,
        stop: &dyn Stop,
    ) {
        let code = repo.file(file);
        let role_of = |text: TextId, key: &str| {
            repo.meaning(file, text).iter().find_map(|value| {
                let Value::Library(path) = value else {
                    return None;
                };
                let path = if key == "as_param" {
                    path.strip_suffix("()")?
                } else {
                    path
                };
                repo.facts.get(path)?.get(key)?.parse::<Reach>().ok()
            })
        };
        let functions = &code.index.functions;
        let decorated = |function: &FunctionRow| {
            let mut decorators = function.decorators.iter();
            decorators.find_map(|text| {
                let by_own = || {
                    let mut values = repo.meaning(file, *text).iter();
                    values.find_map(|value| match value {
                        Value::Function(of, at) => graph.handing_on.role(graph.id(*of, *at)),
                        _ => None,
                    })
                };
                role_of(*text, "role").or_else(by_own)
            })
        };
        // A command that never ends by itself is how a service is started. A loop in a command says so of that command, one
        // elsewhere in the file of all of them: any may come to it.
        let commands = |from: Option<u32>| {
            let outwards = std::iter::successors(from, |at| functions[*at as usize].outer);
            outwards.filter(|at| decorated(&functions[*at as usize]) == Some(Reach::Script))
        };
        let endless = &code.index.endless;
        let serving: Vec<Option<u32>> = endless.iter().map(|from| commands(*from).last()).collect();
        for (at, function) in functions.iter().enumerate() {
            let by_decorator = decorated(function);
            let by_param = || {
                function
                    .params
                    .iter()
                    .flat_map(|(_, _, values)| values.iter())
                    .find_map(|text| role_of(*text, "as_param"))
            };
            let serves = |reach: &Reach| {
                *reach == Reach::Script
                    && serving
                        .iter()
                        .any(|command| command.is_none_or(|command| command == at as u32))
            };
            if let Some(reach) = by_decorator
                .or_else(by_param)
                .filter(|reach| !serves(reach))
            {
                self.add(graph.id(file, at as u32), reach);
            }
            if let Some(reach) = by_decorator.filter(|_| function.decorators.len() > 1) {
                for id in graph.put_around(repo, file, &function.decorators) {
                    self.add(id, reach);
                }
            }
            let mut decorators = function.decorators.iter();
            if let Some(reach) = decorators.find_map(|text| role_of(*text, "within")) {
                let part = (graph.id(file, at as u32), reach, graph.top(file));
                self.parts.push(part);
            }
        }
        for (at, class) in code.index.classes.iter().enumerate() {
            if stop.requested() {
                return;
            }
            if let Some(reach) = inherited(repo, file, class, "within") {
                let top = graph.top(file);
                let methods = methods_of(repo, file, at as u32);
                let parts = methods.map(|(of, at)| (graph.id(of, at), reach, top));
                self.parts.extend(parts);
            }
            let Some(reach) = inherited(repo, file, class, "role") else {
                continue;
            };
            self.add_methods(repo, file, at as u32, reach, graph);
            // What a class with a role takes over runs as it does: `class Query(shop.Query, users.Query, ObjectType)`.
            for (above, at) in ancestors(repo, file, at as u32) {
                if repo.file(above).language == Language::Python {
                    self.add_methods(repo, above, at, reach, graph);
                }
            }
        }
    }

    fn add_methods(&mut self, repo: &Repo, file: FileId, class: u32, reach: Reach, graph: &Graph) {
        for (of, at) in methods_of(repo, file, class) {
            self.add(graph.id(of, at), reach);
        }
    }
}

/// The methods of a class that a framework may call: those that have a name of their own. Those of a type of Go may stand in any file of its
/// package.
pub(super) fn methods_of(
    repo: &Repo,
    file: FileId,
    class: u32,
) -> impl Iterator<Item = (FileId, u32)> {
    let code = repo.file(file);
    let row = &code.index.classes[class as usize];
    let named = row
        .methods
        .iter()
        .filter(|(name, _)| !name.starts_with("__") && &***name != "constructor");
    let is_go = code.language == Language::Go;
    let beside = match is_go {
        true => repo.modules.files_in(directory(&code.path)),
        false => &[],
    };
    let owner = code.text(row.name);
    let beside = beside
        .iter()
        .filter(move |of| **of != file)
        .flat_map(move |of| {
            let code = repo.file(*of);
            let bound = code.index.functions.iter().enumerate();
            bound
                .filter(move |(_, row)| {
                    let symbol = code.text(row.symbol).split_once('.');
                    row.is_bound && symbol.is_some_and(|(name, _)| name == owner)
                })
                .map(|(at, _)| (*of, at as u32))
        });
    named.map(move |(_, at)| (file, *at)).chain(beside)
}

/// Whether a decorator turns calls of a function into entries of a queue.
pub(super) fn is_queued(repo: &Repo, file: FileId, at: u32) -> bool {
    let function = &repo.file(file).index.functions[at as usize];
    let mut values = function
        .decorators
        .iter()
        .flat_map(|text| repo.meaning(file, *text));
    values.any(|value| {
        let Value::Library(path) = value else {
            return false;
        };
        let called = repo.facts.get(path).and_then(|fact| fact.get("called"));
        called == Some("later")
    })
}

/// The role that a decorator or base class gives a class under `key`, also through classes of the repository, the nearest first.
fn inherited(repo: &Repo, file: FileId, class: &ClassRow, key: &str) -> Option<Reach> {
    let decorators = class.decorators.iter();
    let mut texts: Vec<(FileId, TextId)> = class
        .bases
        .iter()
        .chain(decorators)
        .map(|text| (file, *text))
        .collect();
    let mut seen: Vec<(FileId, u32)> = Vec::new();
    let mut at = 0;
    while let Some((file, text)) = texts.get(at).copied() {
        at += 1;
        for value in repo.meaning(file, text) {
            match value {
                Value::Library(path) => {
                    let role = repo.facts.get(path).and_then(|fact| fact.get(key));
                    if let Some(reach) = role.and_then(|role| role.parse().ok()) {
                        return Some(reach);
                    }
                }
                Value::Class(of, class)
                    if seen.len() < MOST_ABOVE && !seen.contains(&(*of, *class)) =>
                {
                    seen.push((*of, *class));
                    let bases = &repo.file(*of).index.classes[*class as usize].bases;
                    texts.extend(bases.iter().map(|base| (*of, *base)));
                }
                _ => {}
            }
        }
    }
    None
}
