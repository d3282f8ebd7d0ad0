//! The interpreters of one thread: one per pack, made when the first of its rules has something to judge.

use std::sync::Arc;

use mlua::{MultiValue, Table, UserData, Value};
use perfctl_core::rule::Layer;
use perfctl_scan::matcher::{Matcher, What};
use rustc_hash::FxHashMap;

use super::{Outcome, Running, Task, said};
use crate::api::{Draft, File};
use crate::lua::api::Report;
use crate::lua::modules::Modules;
use crate::lua::vm::{Memory, Script, ScriptError, Vm};
use crate::pack::LoadedRule;
use crate::plugin::Said;

/// What the script of a rule may export.
const EXPORTS: [&str; 2] = ["check", "check_repository"];

/// The interpreters of one thread.
#[derive(Default)]
pub(super) struct Interpreters {
    /// By the modules of their pack, which each pack has of its own.
    packs: FxHashMap<*const Modules, Pack>,
}

/// An interpreter with the scripts that ran in it, by their rules' positions.
struct Pack {
    scripts: FxHashMap<usize, Script>,
    vm: Vm,
}

impl Pack {
    /// The script of the rule at a position, loaded if it is not yet.
    ///
    /// # Errors
    /// When it cannot be loaded.
    fn load(&mut self, at: usize, rule: &LoadedRule, source: &str) -> Result<(), ScriptError> {
        if !self.scripts.contains_key(&at) {
            let script = self.vm.load(&rule.judge_path(), source, rule.limits)?;
            script.exports_only(&EXPORTS)?;
            fits(&script, rule)?;
            self.scripts.insert(at, script);
        }
        Ok(())
    }

    /// The script of the rule at a position, if it is loaded.
    fn script(&self, at: usize) -> Option<&Script> {
        self.scripts.get(&at)
    }
}

/// Refuses a script that exports what its matchers never call, or lacks what they do: it would judge nothing, in silence.
fn fits(script: &Script, rule: &LoadedRule) -> Result<(), ScriptError> {
    // What is evidence alone is asked for, and handed to nobody.
    let matchers = rule.matchers.matchers.iter();
    let handed = matchers.filter(|matcher| !matcher.evidence);
    let (whole, files): (Vec<&Matcher>, Vec<&Matcher>) =
        handed.partition(|matcher| matches!(matcher.what, What::Repository));
    let [check, check_repository] = EXPORTS;
    for (export, handed, other, kind) in [
        (
            check,
            &files,
            check_repository,
            "another kind than `repository`",
        ),
        (check_repository, &whole, check, "kind `repository`"),
    ] {
        let message = match (script.function(export)?, handed.first()) {
            (Some(_), None) => format!(
                "the script exports `{export}`, which nothing calls: {} has no matcher of {kind}",
                rule.head_path()
            ),
            (None, Some(matcher)) => format!(
                "the matcher `{}` of {} calls `{export}`, which the script does not export; `{other}` is for matchers of {}",
                matcher.name,
                rule.head_path(),
                match export == check {
                    true => "kind `repository`",
                    false => "other kinds",
                }
            ),
            _ => continue,
        };
        return Err(ScriptError {
            place: format!("{}: ", rule.judge_path()),
            message,
        });
    }
    Ok(())
}

impl Interpreters {
    /// The interpreter of a rule's pack, with its script loaded.
    ///
    /// # Errors
    /// When there is none to be had, or the script cannot be loaded.
    fn of(
        &mut self,
        at: usize,
        rule: &LoadedRule,
        (source, modules): (&str, &Arc<Modules>),
    ) -> Result<&mut Pack, ScriptError> {
        let key = Arc::as_ptr(modules);
        let memory = match rule.rule.layer {
            Layer::BuiltIn => Memory::Watched,
            _ => Memory::Capped,
        };
        let pack = match self.packs.entry(key) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => free.insert(Pack {
                scripts: FxHashMap::default(),
                vm: Vm::new(modules, memory)?,
            }),
        };
        pack.load(at, rule, source)?;
        Ok(pack)
    }

    /// Lets go of the interpreter of a rule's pack: the next of its rules gets a fresh one.
    pub(super) fn drop_of(&mut self, modules: &Arc<Modules>) {
        self.packs.remove(&Arc::as_ptr(modules));
    }

    /// Lets go of the interpreter of a rule's pack if its scripts keep too much.
    fn relieve(&mut self, modules: &Arc<Modules>) {
        let key = Arc::as_ptr(modules);
        if self.packs.get(&key).is_some_and(|pack| pack.vm.is_full()) {
            self.packs.remove(&key);
        }
    }
}

impl Interpreters {
    /// Loads the script of a rule.
    ///
    /// # Errors
    /// When it cannot be loaded, or does not fit its matchers.
    pub(super) fn load(
        &mut self,
        running: &Running<'_>,
        program: (&str, &Arc<Modules>),
    ) -> Result<(), ScriptError> {
        self.of(running.at, running.rule, program).map(drop)
    }

    /// Loads the script of a rule that is not run.
    ///
    /// # Errors
    /// When it cannot be loaded, or does not fit its matchers.
    pub(super) fn load_rule(
        &mut self,
        at: usize,
        rule: &LoadedRule,
        program: (&str, &Arc<Modules>),
    ) -> Result<(), ScriptError> {
        self.of(at, rule, program).map(drop)
    }

    /// Whether the script of the rule at a position is loaded.
    pub(super) fn is_loaded(&self, at: usize, modules: &Arc<Modules>) -> bool {
        let pack = self.packs.get(&Arc::as_ptr(modules));
        pack.is_some_and(|pack| pack.script(at).is_some())
    }

    /// Has the script of a rule judge.
    pub(super) fn judge(
        &mut self,
        running: &Running<'_>,
        task: Task<'_>,
        program: (&str, &Arc<Modules>),
    ) -> Said {
        let mut printed = Vec::new();
        let answer = self.try_judge(running, task, program, &mut printed);
        if answer.is_ok() {
            self.relieve(program.1);
        }
        Said { printed, answer }
    }

    fn try_judge(
        &mut self,
        running: &Running<'_>,
        task: Task<'_>,
        program: (&str, &Arc<Modules>),
        printed: &mut Vec<String>,
    ) -> Result<(Vec<Draft>, Option<Outcome>), ScriptError> {
        let pack = self.of(running.at, running.rule, program)?;
        let vm = &pack.vm;
        printed.append(&mut vm.printed());
        let nothing = (Vec::new(), None);
        let Some(script) = pack.script(running.at) else {
            return Ok(nothing);
        };
        let export = match task {
            Task::File(..) => "check",
            Task::Repository => "check_repository",
        };
        let Some(function) = script.function(export)? else {
            return Ok(nothing);
        };
        vm.make_room(script)?;
        let report = Report::new(&running.rule.messages);
        let in_script = |message: String| ScriptError {
            place: format!("{}: ", running.rule.judge_path()),
            message,
        };
        let args = arguments(vm, running, task, &report);
        let args = args.map_err(|error| in_script(error.to_string()))?;
        let answer = vm.call(script, &function, args);
        printed.append(&mut vm.printed());
        let verdict = said::verdict(export, &answer?).map_err(in_script)?;
        Ok((report.close(), verdict))
    }
}

/// What a script is called with: `check(file, matches, report, repo)`, `check_repository(repo, report)`.
fn arguments(
    vm: &Vm,
    running: &Running<'_>,
    task: Task<'_>,
    report: &Report,
) -> mlua::Result<MultiValue> {
    let repository = userdata(vm, running.repository.clone())?;
    let report = userdata(vm, report.clone())?;
    let all = match task {
        Task::File(matches) => {
            let list: Table = vm.lua().create_table_with_capacity(matches.all.len(), 0)?;
            for one in matches.all {
                list.raw_push(vm.lua().create_userdata(matches.held(one))?)?;
            }
            let file = userdata(vm, File::new(matches.file.clone()))?;
            vec![file, Value::Table(list), report, repository]
        }
        Task::Repository => vec![repository, report],
    };
    Ok(MultiValue::from_vec(all))
}

fn userdata(vm: &Vm, data: impl UserData + 'static) -> mlua::Result<Value> {
    vm.lua().create_userdata(data).map(Value::UserData)
}
