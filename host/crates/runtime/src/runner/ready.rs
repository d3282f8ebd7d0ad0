//! Whether rules could judge at all, tried before they are used anywhere: a script that cannot be loaded, a component whose rules are not those
//! of its pack.

use std::path::Path;
use std::sync::Arc;

use perfctl_core::seams::Never;
use perfctl_scan::repo::facts::Facts;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

use super::interpreters::Interpreters;
use crate::api::Repository;
use crate::lua::vm::ScriptError;
use crate::pack::{Judge, LoadedRule};
use crate::plugin::{Call, Plugin};

/// How perfctl's own SDKs say that code and manifest name different rules. They learn of it when they are called first.
const DIFFERS: [&str; 2] = ["has the rule `", "the manifest names the rule `"];

/// The largest file of the repository without files, in bytes.
const LARGEST: u64 = 1 << 10;

/// Loads what judges for each of `rules`, which are those of one pack. `empty` is a directory without files: it is the repository that components are asked about.
///
/// # Errors
/// The first that could not judge anything, wherever it is used.
pub fn try_to_load(rules: &[&LoadedRule], empty: &Path) -> Result<(), ScriptError> {
    let mut scripts = Interpreters::default();
    for (at, rule) in rules.iter().enumerate() {
        match &rule.judge {
            Judge::Script { source, modules } => {
                scripts.load_rule(at, rule, (source, modules))?;
            }
            Judge::Plugin(plugin, number) => call(plugin, *number, rule, empty)?,
        }
    }
    Ok(())
}

/// Starts a component and calls it for a rule. What the rule itself says to a repository without anything in it is its own business.
fn call(
    plugin: &Arc<dyn Plugin>,
    number: u32,
    rule: &LoadedRule,
    empty: &Path,
) -> Result<(), ScriptError> {
    let mut worker = plugin.worker().answer?;
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
        _ => Ok(()),
    }
}
