//! Whether one step runs here: facts, consent, tools. Values are the plan's business, since steps may make them.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use perfctl_core::ids::StepId;
use perfctl_core::recipe::{Needs, Recipe, Step, StepKind, Tool};
use perfctl_core::repository::Portrait;

use super::{Decision, Offer};
use crate::image::{self, ImageSource};
use crate::nearness::hint;
use crate::seams::{FoundTool, Tools};
use crate::values::SETTABLE;
use perfctl_core::placeholder;

/// The facts that `when` may ask for; `*` is any name.
pub const FACTS: [&str; 7] = [
    "deploy:*",
    "dockerfile",
    "entry-point",
    "framework:*",
    "image:*",
    "language:*",
    "param:*",
];

/// What `when` is held against: the repository, and what was asked for.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    portrait: &'a Portrait,
    given: &'a BTreeMap<String, String>,
    /// Where the measured image is read from; `None` when there is none and none would be built.
    image: Option<ImageSource>,
}

impl<'a> Facts<'a> {
    /// The facts of a repository at `root` with parameters in force.
    pub(super) fn new(
        portrait: &'a Portrait,
        given: &'a BTreeMap<String, String>,
        root: &Path,
    ) -> Self {
        let image = match given.get("image") {
            Some(name) => Some(image::read(name, root).source),
            // Nothing is named, but there is something to build for the engine.
            None => portrait
                .holds("dockerfile")
                .unwrap_or(false)
                .then_some(ImageSource::Engine),
        };
        Self {
            portrait,
            given,
            image,
        }
    }

    /// The first of `facts` that does not hold, as a reason.
    pub(super) fn unmet(&self, facts: &[String]) -> Option<String> {
        facts.iter().find_map(|fact| {
            let (name, wanted) = match fact.strip_prefix('!') {
                Some(name) => (name, false),
                None => (fact.as_str(), true),
            };
            if name.split('|').any(|one| self.holds(one)) == wanted {
                return None;
            }
            Some(match (image_source(name), self.image, wanted) {
                (Some(_), None, true) => {
                    "not for this repository: it has no Dockerfile, and --set image= names no image"
                        .to_owned()
                }
                (Some(source), Some(_), true) => {
                    format!("not asked for: the image is not given as {}", source.what())
                }
                _ => in_words(name, wanted),
            })
        })
    }

    fn holds(&self, name: &str) -> bool {
        if let Some(param) = name.strip_prefix("param:") {
            return self.given.contains_key(param);
        }
        if name.starts_with("image:") {
            return self.image.is_some() && self.image == image_source(name);
        }
        // Who names an entry point or a Dockerfile says that there is one.
        let named = match name {
            "entry-point" => self.given.contains_key("entry"),
            "dockerfile" => self.given.contains_key("dockerfile"),
            _ => false,
        };
        named || self.portrait.holds(name).unwrap_or(false)
    }
}

/// What it means that a fact does not hold, or holds where it is not `wanted`. Of several with `|` between them none holds, or one
/// of them does.
fn in_words(fact: &str, wanted: bool) -> String {
    let parameter = |fact: &str| fact.starts_with("param:");
    // What is said of `deploy:a` and `deploy:b` is said once.
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in fact.split('|') {
        let (kind, name) = one.split_once(':').unwrap_or((one, ""));
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, names)) => names.push(name),
            None => kinds.push((kind, vec![name])),
        }
    }
    let said: Vec<String> = kinds
        .into_iter()
        .map(|(kind, names)| one_in_words(kind, &enumerated(&names), wanted))
        .collect();
    let between = if wanted { " and " } else { " or " };
    match fact.split('|').all(parameter) {
        true => format!("not asked for: {}", said.join(between)),
        false => format!("not for this repository: {}", said.join(between)),
    }
}

/// `a, b or c`.
fn enumerated(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn one_in_words(kind: &str, name: &str, wanted: bool) -> String {
    match (kind, wanted) {
        ("param", true) => format!("--set {name}= is not given"),
        ("param", false) => format!("--set {name}= is given"),
        ("language", true) => format!("it has no {name} code"),
        ("language", false) => format!("it has {name} code"),
        ("framework", true) => format!("it does not use {name}"),
        ("framework", false) => format!("it uses {name}"),
        ("deploy", true) => format!("nothing in it deploys to {name}"),
        ("deploy", false) => format!("it is deployed to {name}"),
        ("dockerfile", true) => "it has no Dockerfile".to_owned(),
        ("dockerfile", false) => "it has a Dockerfile".to_owned(),
        ("entry-point", true) => {
            "no entry point was found in it, and --set entry= names none".to_owned()
        }
        ("entry-point", false) => "it has an entry point".to_owned(),
        (_, true) => format!("`{kind}:{name}` does not hold"),
        (_, false) => format!("`{kind}:{name}` holds"),
    }
}

/// The source that a fact `image:*` names.
fn image_source(fact: &str) -> Option<ImageSource> {
    let word = fact.strip_prefix("image:")?;
    ImageSource::ALL
        .into_iter()
        .find(|source| source.word() == word)
}

/// What a decision depends on.
pub(super) struct Ground<'a> {
    pub(super) facts: Facts<'a>,
    /// What `--allow` must name for the step to run; `None` where the user permits what it asks for.
    pub(super) to_allow: Option<StepId>,
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
    let budgets = recipe.budgets.iter().flat_map(|budget| &budget.when);
    for fact in step.when.iter().chain(budgets) {
        let exists = |name: &&str| match name.strip_prefix("param:") {
            Some(param) => {
                SETTABLE.contains(&param) || recipe.params.iter().any(|known| known.name == param)
            }
            None => portrait.holds(name).is_some() || image_source(name).is_some(),
        };
        let names = fact.strip_prefix('!').unwrap_or(fact).split('|');
        if let Some(name) = names.into_iter().find(|name| !exists(name)) {
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
    if let Some(why) = ground.facts.unmet(&step.when) {
        return Decision::Skip(why);
    }
    // What is prepared already is not run again, so it needs neither consent nor tools.
    if ground.is_prepared {
        return Decision::Run;
    }
    let mut reasons = Vec::new();
    if let Some(name) = &ground.to_allow {
        reasons.push(format!(
            "{}: allow it with --allow {name}",
            asked(&step.needs)
        ));
    }
    for tool in &step.needs.tools {
        match choose(tool, ground.tools) {
            Some((tool_found, hindrance)) => {
                reasons.extend(hindrance);
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
        && placeholder::names(program).is_ok_and(|names| names.is_empty())
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

/// The program that a step would use where alternatives are joined by `|`, and why it could not do its work all the same; of
/// several the first that can: a docker without an engine does not keep podman from its own. `None` where none is
/// installed.
pub fn choose(tool: &Tool, tools: &dyn Tools) -> Option<(FoundTool, Option<String>)> {
    let programs = tool.program.split('|').map(str::trim);
    let mut installed: Vec<(FoundTool, Option<String>)> = programs
        .filter_map(|program| tools.find(program))
        .map(|found| {
            let hindrance = tools.hindrance(&found);
            (found, hindrance)
        })
        .collect();
    let able = installed.iter().position(|(_, why)| why.is_none());
    (!installed.is_empty()).then(|| installed.swap_remove(able.unwrap_or(0)))
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
