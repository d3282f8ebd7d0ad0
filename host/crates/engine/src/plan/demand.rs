//! What steps demand of values: which placeholders they hold, who makes what they need, what they may read, and where
//! `prepare` steps would build.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use perfctl_core::ids::StepId;
use perfctl_core::placeholder;
use perfctl_core::recipe::{Command, ParamKind, Recipe, Step, StepKind};
use perfctl_core::repository::Checkout;

use super::decision::Facts;
use super::{Offer, Wishes};
use crate::interpreter;
use crate::nearness::hint;
use crate::prepare::{Ingredient, Preparation};
use crate::seams::Tools;
use crate::values::{Preparing, Value, Values};

/// What the placeholders of one step come to.
#[derive(Default)]
pub(super) struct Demand {
    /// Why values are missing, and what to do.
    pub(super) missing: Vec<String>,
    /// Names that mean nothing, and braces that belong to nothing; what is wrong and what to write.
    pub(super) wrong: Vec<String>,
    /// Steps that make what it needs.
    pub(super) makers: Vec<StepId>,
}

/// What `step` demands; `building` names the steps that make the cache or would.
pub(super) fn of(step: &Step, values: &Values, building: &[StepId]) -> Demand {
    let mut demand = Demand::default();
    let builds = building.contains(&step.id);
    let mut names = BTreeSet::new();
    for text in texts(step) {
        match placeholder::names(text) {
            Ok(found) => names.extend(found.into_iter().map(|(_, name)| name)),
            Err(stray) => demand.wrong.push(stray.told_of(text)),
        }
    }
    for name in names {
        match values.look_up(name) {
            None => {
                let hint = hint(name, values.names());
                demand
                    .wrong
                    .push(format!("nothing is called `{{{name}}}`{hint}"));
            }
            Some(Value::Known(_)) => {}
            // It makes this itself; whether it may, its consent says.
            Some(Value::Made { .. } | Value::Missing(_)) if builds && name == "cache" => {}
            Some(Value::Made { by, .. }) if by.contains(&step.id) => {
                demand
                    .missing
                    .push(format!("`{name}` is what this step helps to make"));
            }
            Some(Value::Made { by, .. }) => demand.makers.extend(by.iter().cloned()),
            Some(Value::Missing(why)) => demand.missing.push(why.clone()),
        }
    }
    demand
}

/// Whether a placeholder of `step` is called `name`.
pub(super) fn mentions(step: &Step, name: &str) -> bool {
    texts(step)
        .into_iter()
        .filter_map(|text| placeholder::names(text).ok())
        .flatten()
        .any(|(_, it)| it == name)
}

/// Every text of a step that may hold placeholders.
fn texts(step: &Step) -> Vec<&str> {
    match &step.kind {
        StepKind::Command(command) => command
            .argv
            .iter()
            .chain(command.env.values())
            .chain(&command.cwd)
            .chain(command.options.values())
            .map(String::as_str)
            .collect(),
        StepKind::Probe { options, .. } => options.values().map(String::as_str).collect(),
        StepKind::Report { file, .. } => vec![file],
        _ => Vec::new(),
    }
}

/// Where the recipe's `prepare` steps would build, and whether they may or need not.
pub(super) fn prepare(
    recipe: &Recipe,
    checkout: &Checkout,
    facts: Facts<'_>,
    given: &BTreeMap<String, String>,
    wishes: &Wishes,
    offer: &Offer<'_>,
) -> Preparing {
    let here = |step: &&Step| facts.unmet(&step.when).is_none();
    let steps: Vec<(&Step, &Command)> = recipe
        .steps
        .iter()
        .filter(here)
        .filter_map(preparing)
        .collect();
    if steps.is_empty() {
        return Preparing::Nothing("the recipe prepares nothing here".to_owned());
    }
    let Some(caches) = offer.caches else {
        return Preparing::Nothing("there is no cache directory to prepare in".to_owned());
    };
    let ingredients: Vec<Ingredient> = steps
        .iter()
        .map(|(step, command)| ingredient(step, command, given, offer.tools))
        .collect();
    match Preparation::locate(caches, checkout.root(), &ingredients) {
        None => Preparing::Unneeded,
        Some(preparation) if preparation.is_complete() => Preparing::Done(preparation),
        Some(preparation) if steps.iter().all(|(step, _)| wishes.permits(step)) => {
            Preparing::Will(preparation)
        }
        Some(preparation) => Preparing::NotAllowed {
            ask: preparation
                .steps()
                .iter()
                .filter(|id| {
                    let above = |step: &&Step| step.after.contains(id) && preparing(step).is_some();
                    recipe
                        .steps
                        .iter()
                        .filter(above)
                        .all(|step| step.id == **id)
                })
                .cloned()
                .collect(),
            steps: preparation.steps().to_vec(),
        },
    }
}

/// The steps that write to the cache before step `id`, which does so too.
pub(super) fn builds_upon<'r>(recipe: &'r Recipe, id: &StepId) -> impl Iterator<Item = &'r Step> {
    let after = recipe
        .steps
        .iter()
        .filter(|step| step.id == *id && preparing(step).is_some())
        .flat_map(|step| &step.after);
    let after: BTreeSet<&StepId> = after.collect();
    recipe
        .steps
        .iter()
        .filter(move |step| after.contains(&step.id) && preparing(step).is_some())
}

/// The command of a `prepare` step: one that asks for consent and writes.
pub(super) fn preparing(step: &Step) -> Option<(&Step, &Command)> {
    match &step.kind {
        StepKind::Command(command) if step.needs.consent && step.needs.writes => {
            Some((step, command))
        }
        _ => None,
    }
}

fn ingredient(
    step: &Step,
    command: &Command,
    given: &BTreeMap<String, String>,
    tools: &dyn Tools,
) -> Ingredient {
    // Parameters are known already; `{cache}` follows from this key and stays as written.
    let known = |name: &str| Ok(given.get(name).cloned().unwrap_or(format!("{{{name}}}")));
    let text = |text: &String| placeholder::expand(text, known).unwrap_or_else(|_| text.clone());
    let programs = step
        .needs
        .tools
        .iter()
        .flat_map(|tool| tool.program.split('|'));
    Ingredient {
        step: step.id.clone(),
        argv: command.argv.iter().map(text).collect(),
        cwd: command.cwd.clone().unwrap_or_default(),
        env: command
            .env
            .iter()
            .map(|(name, value)| format!("{name}={}", text(value)))
            .collect(),
        tools: programs
            .filter_map(|program| tools.find(program))
            .map(|found| format!("{} {}", found.program, found.version.unwrap_or_default()))
            .collect(),
        languages: step
            .when
            .iter()
            .filter_map(|fact| fact.strip_prefix("language:"))
            .map(str::to_owned)
            .collect(),
    }
}

/// What commands may read beside the repository: the interpreter's environment, what is prepared, files that the user
/// named.
pub(super) fn readable(
    recipe: &Recipe,
    checkout: &Checkout,
    values: &Values,
    preparation: Option<&Preparation>,
) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = preparation.map(Preparation::content).into_iter().collect();
    if let Some(Value::Known(python)) = values.look_up("python") {
        paths.extend(interpreter::environment_of(Path::new(python)).map(Path::to_owned));
    }
    let files = recipe
        .params
        .iter()
        .filter(|param| param.kind == ParamKind::Path);
    paths.extend(files.filter_map(|param| match values.look_up(&param.name) {
        Some(Value::Known(path)) => Some(PathBuf::from(path)),
        _ => None,
    }));
    // The root of the machine is no file of the user's.
    paths.retain(|path| {
        path.is_absolute() && path.parent().is_some() && !path.starts_with(checkout.root())
    });
    paths.sort();
    paths.dedup();
    paths
}
