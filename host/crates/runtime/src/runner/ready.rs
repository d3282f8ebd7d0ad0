//! Whether rules could judge at all, tried before they are used anywhere: a script that cannot be loaded, a component whose rules are not those
//! of its pack.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use perfctl_core::seams::{Never, Stop};
use perfctl_scan::repo::facts::Facts;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

use super::interpreters::Interpreters;
use crate::api::Repository;
use crate::lua::modules::Modules;
use crate::lua::vm::{Limits, Memory, ScriptError, Vm};
use crate::pack::{Judge, LoadedRule};
use crate::plugin::{Call, Worker};

/// How perfctl's own SDKs say that code and manifest name different rules. They learn of it when they are called first.
pub(super) const DIFFERS: [&str; 2] = ["has the rule `", "the manifest names the rule `"];

/// The largest file of the repository without files, in bytes.
const LARGEST: u64 = 1 << 10;

/// How long all rules of a pack may take together; each has its own limit beside it. A thousand rules, the most that a pack may have, load in
/// two seconds, and a component starts in some tenths of one.
const TOGETHER: Duration = Duration::from_secs(30);

/// How it is told that a rule was not tried, and may well be right.
pub const UNTRIED: &str = "it was not tried: ";

/// Loads what judges for each of `rules`, which are those of one pack. `empty` is a directory without files: it is the repository that components are asked about.
///
/// # Errors
/// The first that could not judge anything, wherever it is used. That all of them take longer than half a minute. Any, once `stop` asks for it.
pub fn try_to_load(
    rules: &[&LoadedRule],
    empty: &Path,
    stop: &dyn Stop,
) -> Result<(), ScriptError> {
    within(TOGETHER, rules, empty, stop)
}

pub(super) fn within(
    most: Duration,
    rules: &[&LoadedRule],
    empty: &Path,
    stop: &dyn Stop,
) -> Result<(), ScriptError> {
    let begun = Instant::now();
    let mut scripts = Interpreters::default();
    let mut worker: Option<Box<dyn Worker>> = None;
    for (at, rule) in rules.iter().enumerate() {
        if stop.requested() {
            return Err(cut(rule, format!("{UNTRIED}somebody asked to stop")));
        }
        if at > 0 && begun.elapsed() >= most {
            let (tried, all) = (at, rules.len());
            return Err(cut(
                rule,
                format!(
                    "{UNTRIED}those before it, {tried} of {all}, took {} s to load",
                    begun.elapsed().as_secs()
                ),
            ));
        }
        match &rule.judge {
            Judge::Script { source, modules } => {
                scripts.load_rule(at, rule, (source, modules))?;
                // All rules of a pack share them.
                let shared = (at == 0).then(|| trials(modules)).into_iter().flatten();
                for (tried, loaded) in shared.enumerate() {
                    loaded?;
                    if stop.requested() {
                        return Err(cut(rule, format!("{UNTRIED}somebody asked to stop")));
                    }
                    if begun.elapsed() >= most {
                        let (tried, took) = (tried + 1, begun.elapsed().as_secs());
                        return Err(cut(
                            rule,
                            format!(
                                "{UNTRIED}the first {tried} of the pack's shared scripts took {took} s to load"
                            ),
                        ));
                    }
                }
            }
            Judge::Plugin(plugin, number) => {
                let mut using = match worker.take() {
                    Some(known) => known,
                    None => plugin.worker().answer?,
                };
                if call(using.as_mut(), *number, rule, empty)? {
                    worker = Some(using);
                }
            }
        }
    }
    Ok(())
}

/// Why those of a pack's shared scripts that cannot be loaded cannot. A rule learns that only once it uses one, which no case of its need do.
pub fn modules_that_fail(modules: &Arc<Modules>) -> Vec<ScriptError> {
    trials(modules).filter_map(Result::err).collect()
}

/// Loads the shared scripts of a pack, one a step.
fn trials(modules: &Arc<Modules>) -> impl Iterator<Item = Result<(), ScriptError>> {
    let mut using: Option<Vm> = None;
    modules.iter().map(move |(name, (shown, _))| {
        let mut vm = match using.take() {
            Some(vm) => vm,
            None => Vm::new(modules, Memory::Capped)?,
        };
        // A module is run when something of it is read. The same name for the chunk: an error at its top names no line of this.
        let read = format!("for _ in require({name:?}) do break end return {{}}");
        vm.load(shown, &read, Limits::default())?;
        using = Some(vm);
        Ok(())
    })
}

fn cut(rule: &LoadedRule, message: String) -> ScriptError {
    ScriptError {
        place: format!("{}: ", rule.judge_path()),
        message,
    }
}

/// Calls a component for a rule; whether it can be called again. What the rule itself says to a repository without anything in it is its own business.
fn call(
    worker: &mut dyn Worker,
    number: u32,
    rule: &LoadedRule,
    empty: &Path,
) -> Result<bool, ScriptError> {
    let ruleset = Ruleset {
        rules: vec![rule.matchers.clone()],
        facts: Arc::new(Facts::default()),
        max_file_size: LARGEST,
    };
    let survey = survey(empty, &ruleset, &Scope::default(), &Never);
    let said = worker.call(&Call {
        rule: number,
        id: &rule.rule.id,
        repository: &Repository::new(&survey, 0, Default::default()),
        matches: None,
        limits: &rule.limits,
    });
    match said.map(|said| said.answer) {
        Some(Err(error)) if DIFFERS.iter().any(|words| error.message.contains(words)) => Err(error),
        Some(Err(_)) => Ok(false),
        _ => Ok(true),
    }
}
