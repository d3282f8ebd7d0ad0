//! Binds a recipe to one repository: what every step will do, or why it will not. Looks at the machine, and runs nothing of
//! the repository: only tools that the user installed are asked for their versions.
//!
//! The decisions of a step, in this order: a fact of `when` does not hold, so it is skipped; it was not allowed, a tool
//! is absent, a value is missing, so its items need evidence; else it runs. Whatever is wrong with the recipe or the
//! command line is an error here, before anything has run.

mod decision;
mod demand;
mod order;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use perfctl_core::ids::StepId;
use perfctl_core::recipe::{Recipe, Step, StepKind};
use perfctl_core::repository::{Checkout, Portrait};

use self::decision::Facts;
pub use self::decision::{FACTS, choose};
use crate::nearness::hint;
use crate::params::{self, ParamError};
use crate::prepare::Preparation;
use crate::rules::{Selection, Selector};
use crate::seams::Tools;
use crate::values::{Ground, NOTHING_DECLARED, Preparing, SETTABLE, Value, Values};

/// What the user asks for on the command line and in the settings, beside the recipe.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `--set name=value`, in order.
    pub set: Vec<(String, String)>,
    /// `--allow STEP`: steps of this recipe that may do what they ask for.
    pub allow: Vec<StepId>,
    /// What the user's settings grant; may name steps of other recipes.
    pub grants: Grants,
    /// What the rules are limited to: rules switched off, rules left out, paths. Its `select` is ignored, because each
    /// step says what it wants.
    pub limits: Selection,
}

/// Rights that the user's settings give to steps, by id.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    /// Steps that may do what they ask for.
    pub consent: Vec<StepId>,
    /// Steps that may use the network, if that is all they ask for.
    pub network: Vec<StepId>,
}

impl Wishes {
    /// Whether the user permits what `step` asks for.
    pub fn permits(&self, step: &Step) -> bool {
        let by_name = self.allow.contains(&step.id) || self.grants.consent.contains(&step.id);
        let network = by_name || self.grants.network.contains(&step.id);
        (by_name || !step.needs.consent) && (network || !step.needs.network)
    }

    /// The same wishes, with the steps that an allowed one builds upon: who lets dependencies be installed into the cache
    /// lets the environment be made there. A step that wants more than to write to the cache is asked for by its own name.
    fn reaching(&self, recipe: &Recipe) -> Self {
        let mut wishes = self.clone();
        let named = self.allow.iter().chain(&self.grants.consent);
        let mut open: Vec<StepId> = named.cloned().collect();
        while let Some(id) = open.pop() {
            let below = demand::builds_upon(recipe, &id);
            let news = below.filter(|step| !wishes.allow.contains(&step.id) && !step.needs.network);
            let news: Vec<StepId> = news.map(|step| step.id.clone()).collect();
            wishes.allow.extend(news.iter().cloned());
            open.extend(news);
        }
        wishes
    }
}

/// What `--allow` best names for `step` to run: the last step for which it does its work, so that one word is enough for all.
pub fn to_allow(step: &Step, recipe: &Recipe) -> StepId {
    let with = |last: &&Step| {
        let wishes = Wishes {
            allow: vec![last.id.clone()],
            ..Wishes::default()
        };
        wishes.reaching(recipe).permits(step)
    };
    let last = recipe.steps.iter().rev().find(with);
    last.unwrap_or(step).id.clone()
}

/// What the machine offers to a plan.
pub struct Offer<'a> {
    /// Installed programs.
    pub tools: &'a dyn Tools,
    /// Names of the collectors that exist.
    pub collectors: BTreeSet<&'a str>,
    /// Names of the probes that exist.
    pub probes: BTreeSet<&'a str>,
    /// Where prepared environments are kept; `None` prepares nothing.
    pub caches: Option<&'a Path>,
    /// Where poetry keeps environments.
    pub poetry: Option<&'a Path>,
}

/// What a step will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It runs.
    Run,
    /// It is not for this repository; carries why.
    Skip(String),
    /// Something that it needs is missing; carries what, and what to do.
    NeedsEvidence(String),
}

/// A step with its decision.
#[derive(Clone, Debug)]
pub struct PlannedStep {
    /// The step; the first argument of a command names the program that was found.
    pub step: Step,
    /// Positions of the steps that must have ended before.
    pub after: Vec<usize>,
    /// What it will do.
    pub decision: Decision,
}

/// A recipe, bound to one repository.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The recipe, with the budgets that are for this repository, and which items of its checklists are not.
    pub recipe: Recipe,
    /// Its steps, in the same order.
    pub steps: Vec<PlannedStep>,
    /// What placeholders stand for.
    pub values: Values,
    /// Parameters in force, for the record.
    pub params: BTreeMap<String, String>,
    /// What `prepare` steps build or built.
    pub preparation: Option<Preparation>,
    /// Tools that steps will use, with their versions.
    pub tools: BTreeMap<String, String>,
    /// What the rules are limited to.
    pub limits: Selection,
    /// How values were chosen; each a sentence.
    pub notes: Vec<String>,
    /// Absolute paths beside the repository that commands may read.
    pub readable: Vec<PathBuf>,
}

impl Plan {
    /// Takes back why steps would not run: what the repository is was not learned to its end.
    pub(crate) fn decide_nothing(&mut self) {
        let reports =
            |planned: &&mut PlannedStep| !matches!(planned.step.kind, StepKind::Report { .. });
        // How values were chosen rests on the same half of a look.
        self.notes.clear();
        for planned in self.steps.iter_mut().filter(reports) {
            planned.decision = Decision::Run;
        }
        for item in &mut self.recipe.evidence {
            item.elsewhere = None;
        }
        let lists = self.recipe.checklists.iter_mut();
        for section in lists.flat_map(|list| &mut list.sections) {
            section.elsewhere = None;
            for line in &mut section.lines {
                line.elsewhere = None;
            }
        }
    }
}

/// What is wrong with the recipe or with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A value of `--set`.
    #[error(transparent)]
    Param(#[from] ParamError),
    /// A value that cannot be what it is given as, as the repository and the machine show.
    #[error("{0}")]
    Value(String),
    /// `--allow` names a step that asks for nothing.
    #[error("`--allow {name}`: step `{name}` needs no permission{hint}")]
    AllowNothing {
        /// What was written.
        name: String,
        /// The steps that do.
        hint: String,
    },
    /// `--allow` names no step.
    #[error("`--allow {name}` names no step of recipe `{recipe}`{hint}")]
    Allow {
        /// What was written.
        name: String,
        /// The recipe.
        recipe: String,
        /// What may have been meant.
        hint: String,
    },
    /// A step of the recipe is wrong.
    #[error("recipe `{recipe}`, step `{step}`: {what}")]
    Step {
        /// The recipe.
        recipe: String,
        /// The step.
        step: StepId,
        /// What is wrong, and what to do.
        what: String,
    },
}

/// Plans `recipe` for `checkout`.
///
/// # Errors
/// Everything that is wrong with the recipe, `--set` and `--allow`, not only the first.
pub fn plan(
    recipe: &Recipe,
    checkout: &Checkout,
    portrait: &Portrait,
    wishes: &Wishes,
    offer: &Offer<'_>,
) -> Result<Plan, Vec<PlanError>> {
    let Checked { given, after } = check(recipe, portrait, wishes, offer)?;

    let wishes = &wishes.reaching(recipe);
    let facts = Facts::new(portrait, &given, checkout.root());
    let mut preparing = demand::prepare(recipe, checkout, facts, &given, wishes, offer);
    let mut tools = BTreeMap::new();
    let mut steps: Vec<PlannedStep> = Vec::with_capacity(recipe.steps.len());
    for (step, after) in recipe.steps.iter().zip(after) {
        let mut step = step.clone();
        let ground = decision::Ground {
            facts,
            to_allow: (!wishes.permits(&step)).then(|| to_allow(&step, recipe)),
            tools: offer.tools,
            is_prepared: matches!(&preparing, Preparing::Done(done) if done.involves(&step.id)),
        };
        let decision = decision::decide(&mut step, &ground, &mut tools);
        steps.push(PlannedStep {
            step,
            after,
            decision,
        });
    }
    // Nothing to install is no lack, and no permission would change it.
    if matches!(preparing, Preparing::Unneeded) {
        let unneeded = |planned: &&mut PlannedStep| demand::preparing(&planned.step).is_some();
        for planned in steps.iter_mut().filter(unneeded) {
            if !matches!(planned.decision, Decision::Skip(_)) {
                let why = format!("not for this repository: {NOTHING_DECLARED}");
                planned.decision = Decision::Skip(why);
            }
        }
    }
    // When one of the preparing steps cannot run, nothing will ever be complete.
    if let Preparing::Will(preparation) = &preparing
        && let Some(stuck) = steps.iter().find(|planned| {
            preparation.involves(&planned.step.id) && planned.decision != Decision::Run
        })
    {
        preparing = Preparing::Nothing(format!("step `{}` cannot run", stuck.step.id));
    }

    let builder = steps
        .iter()
        .find(|planned| demand::mentions(&planned.step, "built-image"));
    let values = Values::derive(&Ground {
        checkout,
        portrait,
        params: &recipe.params,
        given: &given,
        tools: offer.tools,
        poetry: offer.poetry,
        builder: builder.map(|step| (step.step.id.clone(), step.decision == Decision::Run)),
        preparing: preparing.clone(),
    });
    let files = params::check_files(&recipe.params, &given, checkout.root());
    let mut refused: Vec<PlanError> = values
        .refused()
        .iter()
        .cloned()
        .map(PlanError::Value)
        .collect();
    refused.extend(files.err().into_iter().flatten().map(PlanError::from));
    if !refused.is_empty() {
        return Err(refused);
    }
    let building = match &preparing {
        Preparing::Will(preparation) | Preparing::Done(preparation) => preparation.steps(),
        Preparing::NotAllowed { steps, .. } => steps,
        Preparing::Nothing(_) | Preparing::Unneeded => &[],
    };
    if !matches!(preparing, Preparing::Done(_)) {
        leave_out(&mut steps, building, &values);
    }
    settle(recipe, &mut steps, &values, building)?;
    let preparation = match preparing {
        Preparing::Will(preparation) | Preparing::Done(preparation) => Some(preparation),
        Preparing::Nothing(_) | Preparing::Unneeded | Preparing::NotAllowed { .. } => None,
    };

    let used = |name: &&str| {
        steps
            .iter()
            .any(|planned| demand::mentions(&planned.step, name))
    };
    let notes = ["entry", "image", "python"]
        .into_iter()
        .filter(used)
        .filter_map(|name| values.note(name));
    let mut bound = recipe.clone();
    bound
        .budgets
        .retain(|budget| facts.unmet(&budget.when).is_none());
    bind_checklists(&mut bound, &facts);
    Ok(Plan {
        recipe: bound,
        notes: notes.map(str::to_owned).collect(),
        readable: demand::readable(recipe, checkout, &values, preparation.as_ref()),
        steps,
        values,
        params: given,
        preparation,
        tools,
        limits: wishes.limits.clone(),
    })
}

/// Says of sections, lines and items of checklists why they are not for the repository. An item of which only such lines ask is
/// asked for by nobody.
fn bind_checklists(recipe: &mut Recipe, facts: &Facts<'_>) {
    let sections = recipe.checklists.iter_mut();
    for section in sections.flat_map(|list| &mut list.sections) {
        section.elsewhere = facts.unmet(&section.when);
        for line in &mut section.lines {
            let own = || facts.unmet(&line.when);
            line.elsewhere = section.elsewhere.clone().or_else(own);
        }
    }
    let lists = &recipe.checklists;
    for item in &mut recipe.evidence {
        let sections = lists.iter().flat_map(|list| &list.sections);
        let mut asking = sections
            .flat_map(|section| &section.lines)
            .filter(|line| line.answer.items().contains(&item.id));
        let first = asking
            .clone()
            .next()
            .and_then(|line| line.elsewhere.clone());
        let by_lines = first.filter(|_| asking.all(|line| line.elsewhere.is_some()));
        item.elsewhere = facts.unmet(&item.when).or(by_lines);
    }
}

/// The selections of the recipe's `rules` steps, for the survey that precedes the plan.
pub fn selections(recipe: &Recipe, limits: &Selection) -> Vec<Selection> {
    recipe
        .steps
        .iter()
        .filter_map(|step| selection(&step.kind, limits))
        .collect()
}

/// The selection of a `rules` step; `None` for other kinds.
pub(crate) fn selection(kind: &StepKind, limits: &Selection) -> Option<Selection> {
    let StepKind::Rules { select, ignore } = kind else {
        return None;
    };
    let parse = |texts: &[String]| texts.iter().map(|text| Selector::parse(text)).collect();
    let mut ignored: Vec<Selector> = parse(ignore);
    ignored.extend(limits.ignore.iter().cloned());
    Some(Selection {
        select: parse(select),
        ignore: ignored,
        ..limits.clone()
    })
}

/// Holds `--set` and `--allow` against the recipe alone, before there is a repository: a slip should not cost a clone.
///
/// # Errors
/// Every value and name that cannot be taken.
pub fn check_wishes(
    recipe: &Recipe,
    set: &[(String, String)],
    allow: &[StepId],
) -> Result<BTreeMap<String, String>, Vec<PlanError>> {
    let mut errors = Vec::new();
    let given = params::resolve(&recipe.params, set, &SETTABLE).unwrap_or_else(|wrong| {
        errors.extend(wrong.into_iter().map(PlanError::from));
        BTreeMap::new()
    });
    for name in allow {
        let named = recipe.steps.iter().find(|step| step.id == *name);
        let asking = recipe
            .steps
            .iter()
            .filter(|step| decision::asks(&step.needs));
        let asking = asking.map(|step| step.id.as_str());
        match named {
            None => errors.push(PlanError::Allow {
                name: name.as_str().to_owned(),
                recipe: recipe.name.clone(),
                hint: hint(name.as_str(), asking.collect::<Vec<_>>()),
            }),
            Some(step) if !decision::asks(&step.needs) => {
                let others: Vec<&str> = asking.collect();
                errors.push(PlanError::AllowNothing {
                    name: name.as_str().to_owned(),
                    hint: match others.is_empty() {
                        true => ", and no other step of the recipe does".to_owned(),
                        false => format!("; those that do are {}", others.join(", ")),
                    },
                });
            }
            Some(_) => {}
        }
    }
    match errors.is_empty() {
        true => Ok(given),
        false => Err(errors),
    }
}

/// A request with which nothing is wrong.
struct Checked {
    /// Parameters in force.
    given: BTreeMap<String, String>,
    /// Positions that each step waits for by its `after`.
    after: Vec<Vec<usize>>,
}

/// Holds the recipe and the wishes against what exists.
fn check(
    recipe: &Recipe,
    portrait: &Portrait,
    wishes: &Wishes,
    offer: &Offer<'_>,
) -> Result<Checked, Vec<PlanError>> {
    let mut errors = Vec::new();
    let mut given = check_wishes(recipe, &wishes.set, &wishes.allow).unwrap_or_else(|wrong| {
        errors.extend(wrong);
        BTreeMap::new()
    });
    let order = order::after(&recipe.steps);
    errors.extend(
        order
            .wrong
            .into_iter()
            .map(|(at, what)| wrong(recipe, &recipe.steps[at], what)),
    );
    for step in &recipe.steps {
        let found = decision::examine(step, recipe, portrait, offer);
        errors.extend(found.into_iter().map(|what| wrong(recipe, step, what)));
    }
    // What is derived is not set by an empty value: `--set image=` is no image.
    given.retain(|name, value| !value.is_empty() || !SETTABLE.contains(&name.as_str()));
    if errors.is_empty() {
        Ok(Checked {
            given,
            after: order.after,
        })
    } else {
        Err(errors)
    }
}

/// Skips the steps that would build an environment which nothing uses, because there is an interpreter already.
fn leave_out(steps: &mut [PlannedStep], building: &[StepId], values: &Values) {
    let Some(Value::Known(_)) = values.look_up("python") else {
        return;
    };
    let uses = |planned: &PlannedStep| {
        planned.decision == Decision::Run
            && !building.contains(&planned.step.id)
            && demand::mentions(&planned.step, "cache")
    };
    if steps.iter().any(uses) {
        return;
    }
    let why = values
        .note("python")
        .unwrap_or("there is an interpreter already");
    for planned in steps {
        if building.contains(&planned.step.id) && !matches!(planned.decision, Decision::Skip(_)) {
            planned.decision = Decision::Skip(format!("not needed: {why}"));
        }
    }
}

/// Holds the placeholders of every step against the values: a step waits for the makers of what it uses, and does not
/// run without what is missing.
fn settle(
    recipe: &Recipe,
    steps: &mut [PlannedStep],
    values: &Values,
    building: &[StepId],
) -> Result<(), Vec<PlanError>> {
    let mut errors = Vec::new();
    let ids: Vec<StepId> = steps
        .iter()
        .map(|planned| planned.step.id.clone())
        .collect();
    for planned in steps.iter_mut() {
        let demand = demand::of(&planned.step, values, building);
        errors.extend(
            demand
                .wrong
                .into_iter()
                .map(|what| wrong(recipe, &planned.step, what)),
        );
        let makers = demand
            .makers
            .iter()
            .filter_map(|maker| ids.iter().position(|id| id == maker));
        planned.after.extend(makers);
        planned.after.sort_unstable();
        planned.after.dedup();
        if demand.missing.is_empty() {
            continue;
        }
        let missing = demand.missing.join("; ");
        match &mut planned.decision {
            decision @ Decision::Run => *decision = Decision::NeedsEvidence(missing),
            Decision::NeedsEvidence(why) => *why = format!("{why}; {missing}"),
            Decision::Skip(_) => {}
        }
    }
    let edges: Vec<&[usize]> = steps
        .iter()
        .map(|planned| planned.after.as_slice())
        .collect();
    if let Some(at) = order::cycle(&edges) {
        let what = "it needs what a step makes that waits for it".to_owned();
        errors.push(wrong(recipe, &steps[at].step, what));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

fn wrong(recipe: &Recipe, step: &Step, what: String) -> PlanError {
    PlanError::Step {
        recipe: recipe.name.clone(),
        step: step.id.clone(),
        what,
    }
}

#[cfg(test)]
mod tests;
