//! What calls are handed: functions, and classes whose methods answer.

use perfctl_core::scale::Reach;

use super::seeds::Seeds;
use super::{Edge, FunctionId, Graph, Manner, role_of};
use crate::model::index::{ArgRow, HandedRow, HandedWay};
use crate::repo::facts::Fact;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo, dispatch};

/// What a call does with the functions that it is handed.
#[derive(Clone, Copy, Default)]
pub(super) struct Takes {
    /// The role in which it runs them.
    pub(super) role: Option<Reach>,
    /// Whether they run in another thread or process.
    offloads: bool,
    /// Whether they may stand in tables.
    tables: bool,
}

impl Takes {
    /// As a fact says it of what is called.
    pub(super) fn as_said(&mut self, fact: &Fact) {
        self.role = self.role.or_else(|| role_of(fact));
        self.offloads |= fact.get("offloads").is_some();
        self.tables |= fact.get("takes_tables").is_some();
    }
}

impl Graph {
    pub(super) fn hand(
        &mut self,
        repo: &Repo,
        file: FileId,
        holder: FunctionId,
        row: &HandedRow,
        takes: Takes,
        seeds: &mut Seeds,
    ) {
        let Takes { role, offloads, .. } = takes;
        // What stands within an argument, or is only spelled, is run by this call only if the call is known to keep functions for later.
        if matches!(row.way, HandedWay::Within | HandedWay::Spelled) && role.is_none() {
            return;
        }
        let call = row.call;
        // Who hands a function to the one around registers it.
        let is_handed_on = is_made_of_param(repo.file(file).text(row.value))
            && self.handing_on.is_between(file, call);
        if row.way == HandedWay::Carried && !self.runs_what_it_is_handed(repo, file, call) {
            return;
        }
        let wrapped = match role {
            Some(_) => Vec::new(),
            None => self.wrapping(repo, file, call),
        };
        let meaning = repo.meaning(file, row.value);
        // `get("/", list)`, where `list` is what a library made of a function: `const list = handleErrors(find)`.
        if let Some(role) = role
            && !meaning
                .iter()
                .any(|value| matches!(value, Value::Function(..)))
        {
            for handler in self.wrapped_in(repo, file, row.value) {
                self.register(handler, (file, call));
                seeds.add(handler, role);
            }
        }
        for value in meaning {
            let callees: Vec<FunctionId> = match value {
                Value::Function(file, at) => vec![self.id(*file, *at)],
                // A class handed to a router answers requests with its methods.
                Value::Class(file, at) if role.is_some() && row.way != HandedWay::Within => {
                    let class = &repo.file(*file).index.classes[*at as usize];
                    class
                        .methods
                        .values()
                        .map(|at| self.id(*file, *at))
                        .collect()
                }
                // An instance of Python that can be called itself.
                Value::Instance(file, at) if role.is_some() && row.way != HandedWay::Within => {
                    let class = &repo.file(*file).index.classes[*at as usize];
                    let called = class.methods.get("__call__");
                    called.map(|at| self.id(*file, *at)).into_iter().collect()
                }
                Value::Object(..) | Value::Module(_) if takes.tables => {
                    if let Some(role) = role {
                        let all = self.in_table(repo, value);
                        all.into_iter().for_each(|id| seeds.add(id, role));
                    }
                    continue;
                }
                _ => continue,
            };
            for callee in callees {
                match role {
                    Some(role) => {
                        // What every route is wrapped in is none of their handlers.
                        let handlers = match self.wrappers.given_back.contains(&callee) {
                            true => self.wrapped_in(repo, file, row.value),
                            false => vec![callee],
                        };
                        for handler in handlers.into_iter().filter(|_| !is_handed_on) {
                            self.register(handler, (file, call));
                        }
                        seeds.add(callee, role);
                    }
                    None if !wrapped.is_empty() => {
                        for (inner, edge) in &wrapped {
                            let edge = Edge { callee, ..*edge };
                            self.edges[inner.0 as usize].push(edge);
                        }
                    }
                    // `get("/", wrap(handler))` wraps a handler and does not run it.
                    None if row.way == HandedWay::Written
                        && self.registered.contains_key(&callee) => {}
                    None => {
                        let manner = if offloads {
                            Manner::Offloaded
                        } else {
                            Manner::Handed
                        };
                        self.edges[holder.0 as usize].push(Edge {
                            callee,
                            call,
                            manner,
                            awaited: false,
                        });
                    }
                }
            }
        }
    }

    /// Notes that a call registers a handler.
    fn register(&mut self, handler: FunctionId, call: (FileId, u32)) {
        let registered = self.registered.entry(handler).or_default();
        if !registered.contains(&call) {
            registered.push(call);
        }
    }

    /// What a call of functions of the repository is handed that these hand on to what runs it as `role` says.
    pub(super) fn hand_on(
        &mut self,
        repo: &Repo,
        (file, call): (FileId, u32),
        holder: FunctionId,
        (arguments, role): (&[ArgRow], Reach),
        seeds: &mut Seeds,
    ) {
        if arguments.is_empty() {
            return;
        }
        let index = &repo.file(file).index;
        let (from, count) = index.calls[call as usize].targets;
        for target in &index.targets[from as usize..from as usize + count as usize] {
            for value in repo.meaning(file, *target) {
                let function = match value {
                    Value::Function(of, at) => Some((*of, *at)),
                    Value::Class(of, class) => dispatch::constructor(repo, *of, *class),
                    _ => None,
                };
                let Some((of, at)) = function else {
                    continue;
                };
                let id = self.id(of, at);
                for row in self.handing_on.taken(repo, (file, arguments), (of, at), id) {
                    let row = HandedRow {
                        call,
                        way: HandedWay::Named,
                        value: row.value,
                    };
                    let takes = Takes {
                        role: Some(role),
                        ..Takes::default()
                    };
                    self.hand(repo, file, holder, &row, takes, seeds);
                }
            }
        }
    }

    /// Notes the functions of a file that call a property of something that they are handed: `table[key]()`.
    pub(super) fn read_asking(&mut self, repo: &Repo, file: FileId) {
        let code = repo.file(file);
        for row in &code.index.calls {
            let (from, count) = row.targets;
            let targets = &code.index.targets[from as usize..from as usize + count as usize];
            if row.function != u32::MAX && targets.iter().any(|id| is_of_param(code.text(*id))) {
                self.asking.insert(self.id(file, row.function));
            }
        }
    }

    /// Whether a function of the repository that a call may run is one of those.
    fn runs_what_it_is_handed(&self, repo: &Repo, file: FileId, call: u32) -> bool {
        let index = &repo.file(file).index;
        let (from, count) = index.calls[call as usize].targets;
        index.targets[from as usize..from as usize + count as usize]
            .iter()
            .flat_map(|target| repo.meaning(file, *target))
            .any(|value| match value {
                Value::Function(of, at) => self.asking.contains(&self.id(*of, *at)),
                _ => false,
            })
    }

    /// Notes the classes among the arguments of a call, as far as names written as those of classes are tell.
    pub(super) fn note_handed_classes(
        &mut self,
        repo: &Repo,
        file: FileId,
        holder: FunctionId,
        arguments: &[ArgRow],
    ) {
        for row in arguments {
            let text = repo.file(file).text(row.value);
            let name = &text[text.rfind(['.', '|']).map_or(0, |at| at + 1)..];
            let is_class = name.starts_with(char::is_uppercase)
                && name.bytes().all(|b| b.is_ascii_alphanumeric())
                && name.bytes().any(|b| b.is_ascii_lowercase());
            let values = is_class.then(|| repo.meaning(file, row.value));
            for value in values.into_iter().flatten() {
                if let Value::Class(of, class) = value {
                    self.handed_classes.push((holder, *of, *class));
                }
            }
        }
    }
}

/// Whether a path may be a parameter, as it is or wrapped: `$12`, `wrap(handler)`.
fn is_made_of_param(text: &str) -> bool {
    let rest = text.strip_prefix('$');
    rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())) || text.ends_with(')')
}

/// Whether a path leads to a property or an element of a parameter: `$12.load`, `$12[]`.
fn is_of_param(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c == '$' || c.is_ascii_digit());
    text.starts_with('$') && rest.starts_with(['.', '['])
}
