//! The interpreters of one thread: one per pack, made when the first of its rules has something to judge.

use std::sync::Arc;

use perfctl_core::rule::Layer;
use rustc_hash::FxHashMap;

use crate::lua::modules::Modules;
use crate::lua::vm::{Memory, Script, ScriptError, Vm};
use crate::pack::LoadedRule;

/// What the script of a rule may export.
const EXPORTS: [&str; 2] = ["check", "check_repository"];

/// The interpreters of one thread.
#[derive(Default)]
pub(super) struct Interpreters {
    /// By the modules of their pack, which each pack has of its own.
    packs: FxHashMap<*const Modules, Pack>,
}

/// An interpreter with the scripts that ran in it, by their rules' positions.
pub(super) struct Pack {
    scripts: FxHashMap<usize, Script>,
    pub vm: Vm,
}

impl Pack {
    /// The script of the rule at a position, loaded if it is not yet.
    ///
    /// # Errors
    /// When it cannot be loaded.
    fn load(&mut self, at: usize, rule: &LoadedRule) -> Result<(), ScriptError> {
        if !self.scripts.contains_key(&at) {
            let script = self.vm.load(&rule.script_path, &rule.script, rule.limits)?;
            script.exports_only(&EXPORTS)?;
            self.scripts.insert(at, script);
        }
        Ok(())
    }

    /// The script of the rule at a position, if it is loaded.
    pub(super) fn script(&self, at: usize) -> Option<&Script> {
        self.scripts.get(&at)
    }
}

impl Interpreters {
    /// The interpreter of a rule's pack, with its script loaded.
    ///
    /// # Errors
    /// When there is none to be had, or the script cannot be loaded.
    pub(super) fn of(&mut self, at: usize, rule: &LoadedRule) -> Result<&mut Pack, ScriptError> {
        let key = Arc::as_ptr(&rule.modules);
        let memory = match rule.rule.layer {
            Layer::BuiltIn => Memory::Watched,
            _ => Memory::Capped,
        };
        let pack = match self.packs.entry(key) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => free.insert(Pack {
                scripts: FxHashMap::default(),
                vm: Vm::new(&rule.modules, memory)?,
            }),
        };
        pack.load(at, rule)?;
        Ok(pack)
    }

    /// Lets go of the interpreter of a rule's pack: the next of its rules gets a fresh one.
    pub(super) fn drop_of(&mut self, rule: &LoadedRule) {
        self.packs.remove(&Arc::as_ptr(&rule.modules));
    }

    /// Lets go of the interpreter of a rule's pack if its scripts keep too much.
    pub(super) fn relieve(&mut self, rule: &LoadedRule) {
        let key = Arc::as_ptr(&rule.modules);
        if self.packs.get(&key).is_some_and(|pack| pack.vm.is_full()) {
            self.packs.remove(&key);
        }
    }
}
