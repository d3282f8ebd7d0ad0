//! Whether one step runs here: facts, consent, tools. Values are the plan's business, since steps may make them.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use perfctl_core::recipe::{Needs, Recipe, Step, StepKind};
use perfctl_core::repository::Portrait;

use super::{Decision, Offer};
use crate::expand;
use crate::nearness::hint;
use crate::seams::Tools;
use crate::values::SETTABLE;

/// The facts that `when` may ask for; `*` is any name.
pub const FACTS: [&str; 6] = [
    "deploy:*",
    "dockerfile",
    "entry-point",
    "framework:*",
    "language:*",
    "param:*",
];

/// What a decision depends on.
pub(super) struct Ground<'a> {
    pub(super) portrait: &'a Portrait,
    pub(super) given: &'a BTreeMap<String, String>,
    /// The user permits what it asks for.
    pub(super) is_permitted: bool,
    pub(super) tools: &'a dyn Tools,
    /// An earlier run did its work already.
    pub(super) is_prepared: bool,
}

/// What is wrong with a step, whatever the repository.
pub(super) fn examine(
    step: &Step,
    recipe: &Recipe,
    portrait: &Portrait,
    offer: &Offer<'_>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for fact in &step.when {
        let name = fact.strip_prefix('!').unwrap_or(fact);
        let exists = match name.strip_prefix("param:") {
            Some(param) => {
                SETTABLE.contains(&param) || recipe.params.iter().any(|known| known.name == param)
            }
            None => portrait.holds(name).is_some(),
        };
        if !exists {
            wrong.push(format!(
                "`when` asks for an unknown fact: `{fact}`{}",
                hint(name, FACTS)
            ));
        }
    }
    match &step.kind {
        StepKind::Command(command) => {
            if command.argv.first().is_none_or(String::is_empty) {
                wrong.push("`argv` names no program".to_owned());
            }
            if let Some(name) = &command.collector
                && !offer.collectors.contains(name.as_str())
            {
                let hint = hint(name, offer.collectors.iter().copied());
                wrong.push(format!("no collector is called `{name}`{hint}"));
            }
            if command.cwd.as_deref().is_some_and(|cwd| !stays_inside(cwd)) {
                wrong.push("`cwd` must stay within the repository".to_owned());
            }
        }
        StepKind::Probe { collector, .. } if !offer.probes.contains(collector.as_str()) => {
            let hint = hint(collector, offer.probes.iter().copied());
            wrong.push(format!("no probe is called `{collector}`{hint}"));
        }
        StepKind::Report { file, .. } if !stays_inside(file) => {
            wrong.push("`file` must stay within the output directory".to_owned());
        }
        StepKind::Rules { .. } | StepKind::Probe { .. } | StepKind::Report { .. } => {}
        other => wrong.push(format!(
            "steps of kind `{}` cannot be run yet",
            other.word()
        )),
    }
    wrong
}

/// Decides on facts, consent and tools, names the program that was found in `step`, and lists tools in `found`.
pub(super) fn decide(
    step: &mut Step,
    ground: &Ground<'_>,
    found: &mut BTreeMap<String, String>,
) -> Decision {
    if let Some(why) = unmet(step, ground.portrait, ground.given) {
        return Decision::Skip(why);
    }
    // What is prepared already is not run again, so it needs neither consent nor tools.
    if ground.is_prepared {
        return Decision::Run;
    }
    let mut reasons = Vec::new();
    if !ground.is_permitted {
        reasons.push(format!(
            "{}: allow it with --allow {}",
            asked(&step.needs),
            step.id
        ));
    }
    for tool in &step.needs.tools {
        match tool
            .program
            .split('|')
            .find_map(|program| ground.tools.find(program))
        {
            Some(tool_found) => {
                if let StepKind::Command(command) = &mut step.kind
                    && command.argv.first() == Some(&tool.program)
                {
                    command.argv[0].clone_from(&tool_found.program);
                }
                let version = tool_found.version.unwrap_or_default();
                found.insert(tool_found.program, version);
            }
            None => {
                let names = tool.program.replace('|', " or ");
                reasons.push(format!("{names} is not installed: {}", tool.install));
            }
        }
    }
    if reasons.is_empty()
        && let StepKind::Command(command) = &step.kind
        && let Some(program) = command.argv.first()
        && !program.contains('/')
        && expand::placeholders(program).is_ok_and(|names| names.is_empty())
        && !found.contains_key(program)
    {
        match ground.tools.find(program) {
            Some(tool) => drop(found.insert(tool.program, tool.version.unwrap_or_default())),
            None => reasons.push(format!("{program} is not installed")),
        }
    }
    if reasons.is_empty() {
        Decision::Run
    } else {
        Decision::NeedsEvidence(reasons.join("; "))
    }
}

/// The first fact of `when` that does not hold, as a reason.
pub(super) fn unmet(
    step: &Step,
    portrait: &Portrait,
    given: &BTreeMap<String, String>,
) -> Option<String> {
    step.when.iter().find_map(|fact| {
        let (name, wanted) = match fact.strip_prefix('!') {
            Some(name) => (name, false),
            None => (fact.as_str(), true),
        };
        let holds = match name.strip_prefix("param:") {
            Some(param) => given.contains_key(param),
            None => portrait.holds(name).unwrap_or(false),
        };
        (holds != wanted).then(|| {
            let word = if wanted { "does not hold" } else { "holds" };
            format!("not for this repository: `{name}` {word}")
        })
    })
}

/// Whether the user must allow a step by name.
pub(super) fn asks(needs: &Needs) -> bool {
    needs.consent || needs.network
}

fn asked(needs: &Needs) -> &'static str {
    match (needs.network, needs.writes) {
        (true, true) => "it uses the network and writes to perfctl's cache",
        (true, false) => "it uses the network",
        (false, true) => "it writes to perfctl's cache",
        (false, false) => "it asks for your consent",
    }
}

/// Whether a relative path names something at or below the directory that it starts from.
fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
