//! Recipe files (`schema = "perfctl.recipe/1"`) read into [`Recipe`], strictly and with every fault at once.
//!
//! What a recipe may name (facts, collectors, probes, templates, placeholders, rules) is told by the caller as a
//! [`Vocabulary`]; this module knows the form only. It runs nothing.

mod budget;
mod extend;
mod kind;
mod order;
mod params;
mod placeholder;
mod step;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::budget::Budget;
use perfctl_core::checklist::Checklist;
use perfctl_core::recipe::{BaselineUse, MeasuredItem, Param, Recipe, Step, StepKind};
use perfctl_core::rule::Layer;

pub use budget::limit;
pub use step::DEFAULT_TIMEOUT;
pub use vocabulary::{Measurer, Vocabulary};

use crate::checklist;
use crate::diagnose::Faults;
use crate::names;
use crate::table::{Document, Refusal, Table, Value};

/// The schema that this version reads.
pub const SCHEMA: &str = "perfctl.recipe/1";

/// A recipe as it was written.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// What the recipe is called.
    pub name: &'a str,
    /// Its layer.
    pub layer: &'a Layer,
    /// Where the text came from, for messages.
    pub path: &'a str,
    /// The recipe's text.
    pub text: &'a str,
    /// Tells the text of a file by its path from the recipe's folder, or why it cannot.
    pub beside: &'a dyn Fn(&str) -> Result<String, String>,
    /// Reads the recipe of that name for `extends`, or says why it cannot.
    pub base: &'a dyn Fn(&str) -> Result<Recipe, String>,
}

/// Reads a recipe.
///
/// # Errors
/// Every fault of the file.
pub fn read(written: Written<'_>, vocabulary: &Vocabulary) -> Result<Recipe, Faults> {
    Document::parse(written.path, written.text)?
        .read(|table| read_table(table, written, vocabulary))
}

fn read_table(table: &Table<'_>, written: Written<'_>, vocabulary: &Vocabulary) -> Option<Recipe> {
    table.schema(SCHEMA);
    let title = table.filled("title", "\"what the recipe does, in one line\"");
    let about = table.text("about").unwrap_or("");
    let base = extend::read_base(table, written.base);
    if table.has("extends") && base.is_none() {
        // Without what it takes over, nothing can be said about what it names.
        table.leave();
        return None;
    }
    let base_steps = base.as_ref().map(|base| base.steps.clone());
    let base_steps = base_steps.unwrap_or_default();
    let own = table
        .table("params", |table| Some(read_params(table)))
        .unwrap_or_default();
    let params = match &base {
        Some(base) => extend::params(base.params.clone(), own),
        None => own,
    };
    let scope = placeholder::Scope::new(&params, vocabulary, written.beside);
    let drafts = table.tables("step", |table| step::read(table, &scope, vocabulary));
    if !table.has("step") && base.is_none() {
        let fault = table.fault("a recipe needs a step");
        table.report(fault.with_hint("add a `[[step]]` table with `kind = \"rules\"`, for one"));
    }
    let mut kept = base_steps.clone();
    kept.retain(|step| drafts.iter().all(|draft| draft.id != step.id.as_str()));
    step::check_unique(&drafts, &kept);
    order::check(&drafts, &kept);
    let items = table.tables("item", read_item);
    let (budgets, metrics): (Vec<_>, Vec<_>) = table
        .tables("budget", |table| budget::read(table, vocabulary))
        .into_iter()
        .unzip();
    let budgets = match &base {
        Some(base) => extend::budgets(base.budgets.clone(), budgets),
        None => budgets,
    };
    check_items(&items, &budgets);
    // What a step that could not be read makes is not known.
    if drafts.iter().all(|draft| draft.step.is_some()) {
        let own = drafts.iter().filter_map(|draft| draft.step.as_ref());
        check_metrics(&metrics.concat(), own.chain(&kept), vocabulary);
    }
    let checklists = match (read_checklists(table, vocabulary), &base) {
        (None, Some(base)) => base.checklists.clone(),
        (named, _) => named.unwrap_or_default(),
    };
    let words = [
        ("silence", BaselineUse::Silence),
        ("compare", BaselineUse::Compare),
    ];
    let own = table.value("baseline").and_then(|value| value.word(&words));
    let baseline = own.or(base.as_ref().and_then(|base| base.baseline));
    let steps = drafts.into_iter().filter_map(|draft| draft.step).collect();
    let items = items.into_iter().map(|(item, _)| item).collect();
    let base_items = base.as_ref().map(|base| base.items.clone());
    Some(Recipe {
        name: written.name.to_owned(),
        title: title?.to_owned(),
        about: about.to_owned(),
        extends: base.as_ref().map(|base| base.name.clone()),
        params,
        steps: extend::steps(base_steps, steps),
        budgets,
        items: extend::items(base_items.unwrap_or_default(), items),
        evidence: vocabulary.checklists.evidence(&checklists),
        checklists,
        baseline,
        layer: written.layer.clone(),
    })
}

/// The checklists that the recipe names; `None` where it says nothing of any.
fn read_checklists(table: &Table<'_>, vocabulary: &Vocabulary) -> Option<Vec<Checklist>> {
    let mut taken = Vec::new();
    for value in table.texts("checklist") {
        if let Some(checklist) = value.parsed(|name| vocabulary.checklists.take(name)) {
            checklist::add(checklist, &mut taken);
        }
    }
    table.has("checklist").then_some(taken)
}

fn read_params(table: &Table<'_>) -> Vec<Param> {
    let entries = table.entries();
    entries
        .iter()
        .filter_map(|(name, value)| params::read(name, value))
        .collect()
}

/// A measured item with the fault to report if nothing decides it.
fn read_item<'d>(table: &Table<'d>) -> Option<(MeasuredItem, Value<'d>)> {
    let id = table.need("id", "\"PERF-001\"");
    let title = table.filled("title", "\"what is checked\"");
    let at = id?;
    let id = at.parsed(names::rule_id)?;
    Some((
        MeasuredItem {
            id,
            title: title?.to_owned(),
        },
        at,
    ))
}

fn check_items(items: &[(MeasuredItem, Value<'_>)], budgets: &[Budget]) {
    let mut seen = BTreeMap::new();
    for (item, at) in items {
        if let Some(line) = seen.insert(&item.id, at.line()) {
            at.refuse(
                Refusal::new(format!("item `{}` exists already", item.id))
                    .hint(format!("the other one is in line {line}")),
            );
        } else if !budgets
            .iter()
            .any(|budget| budget.item.as_ref() == Some(&item.id))
        {
            at.refuse(
                Refusal::new(format!("no budget decides item `{}`", item.id)).hint(format!(
                    "add `item = \"{}\"` to the `[[budget]]` that does",
                    item.id
                )),
            );
        }
    }
}

/// Refuses budgets and parts of metrics that no step of the recipe makes: nothing would ever be held against them.
fn check_metrics<'s>(
    metrics: &[Value<'_>],
    steps: impl Iterator<Item = &'s Step>,
    vocabulary: &Vocabulary,
) {
    let measurers = steps.filter_map(|step| {
        let (list, name) = match &step.kind {
            StepKind::Command(command) => (&vocabulary.collectors, command.collector.as_ref()?),
            StepKind::Probe { collector, .. } => (&vocabulary.probes, collector),
            _ => return None,
        };
        list.iter().find(|measurer| measurer.name == *name)
    });
    let made: BTreeSet<&str> = measurers
        .flat_map(|measurer| measurer.metrics.iter().map(String::as_str))
        .collect();
    for at in metrics {
        let name = at.as_text().unwrap_or_default();
        if made.contains(name) {
            continue;
        }
        let refusal = Refusal::new(format!("no step of this recipe makes a metric `{name}`"));
        let makers: Vec<&str> = vocabulary
            .measurers()
            .filter(|measurer| measurer.metrics.iter().any(|metric| metric == name))
            .map(|measurer| measurer.name.as_str())
            .collect();
        at.refuse(match (makers.as_slice(), made.is_empty()) {
            ([], true) => refusal.hint("metrics are made by the `collector` of a step"),
            ([], false) => refusal.advise(name, made.iter().copied()),
            (makers, _) => refusal.hint(format!("made by: {}", makers.join(", "))),
        });
    }
}

#[cfg(test)]
pub(crate) mod tests;
