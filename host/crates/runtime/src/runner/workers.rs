//! What judges on one thread: the interpreters of packs of scripts, and the instances of plugins.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::interpreters::Interpreters;
use super::{At, Running, Task};
use crate::pack::{Judge, LoadedRule};
use crate::plugin::{Call, Heard, Plugin, Said, Worker};

/// What judges on one thread. Nothing of it is shared with another, or outlives the repository.
#[derive(Default)]
pub(super) struct Workers {
    scripts: Interpreters,
    /// By the address of their plugin.
    plugins: FxHashMap<*const (), Box<dyn Worker>>,
}

fn address(plugin: &Arc<dyn Plugin>) -> *const () {
    Arc::as_ptr(plugin).cast()
}

impl Workers {
    /// Has a rule judge.
    pub(super) fn judge(&mut self, running: &Running<'_>, task: Task<'_>) -> Said {
        let (plugin, rule) = match &running.rule.judge {
            Judge::Script { source, modules } => {
                return self.scripts.judge(running, task, (source, modules));
            }
            Judge::Plugin(plugin, rule) => (plugin, *rule),
        };
        let mut started = Vec::new();
        let worker = match self.plugins.entry(address(plugin)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let Heard { printed, answer } = plugin.worker();
                match answer {
                    Ok(worker) => {
                        started = printed;
                        free.insert(worker)
                    }
                    Err(error) => {
                        let answer = Err(error);
                        return Said { printed, answer };
                    }
                }
            }
        };
        let said = worker.call(&Call {
            rule,
            id: &running.rule.rule.id,
            repository: &running.repository,
            matches: match task {
                Task::File(matches) => Some(matches),
                Task::Repository => None,
            },
            limits: &running.rule.limits,
        });
        let mut said = match said {
            Some(said) => *said,
            None => Said {
                printed: Vec::new(),
                answer: Ok((Vec::new(), None)),
            },
        };
        if !started.is_empty() {
            said.printed.splice(..0, started);
        }
        said
    }

    /// Loads the script of a rule, which fails where it could not run.
    pub(super) fn load(&mut self, running: &Running<'_>) {
        if let Judge::Script { source, modules } = &running.rule.judge
            && let Err(error) = self.scripts.load(running, (source, modules))
        {
            running.fail(At::Program, error);
            self.scripts.drop_of(modules);
        }
    }

    /// Whether what judges for a rule is there: what fails then fails in what it judges.
    pub(super) fn is_loaded(&self, running: &Running<'_>) -> bool {
        match &running.rule.judge {
            Judge::Script { modules, .. } => self.scripts.is_loaded(running.at, modules),
            Judge::Plugin(plugin, _) => self.plugins.contains_key(&address(plugin)),
        }
    }

    /// Lets go of what judged for a rule: the next of the same program gets a fresh one.
    pub(super) fn drop_of(&mut self, rule: &LoadedRule) {
        match &rule.judge {
            Judge::Script { modules, .. } => self.scripts.drop_of(modules),
            Judge::Plugin(plugin, _) => {
                self.plugins.remove(&address(plugin));
            }
        }
    }
}
