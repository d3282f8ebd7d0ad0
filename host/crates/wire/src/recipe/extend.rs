//! What a recipe takes over from the one that it extends: everything, but for what it says itself under the same name.

use perfctl_core::budget::Budget;
use perfctl_core::recipe::{MeasuredItem, Param, Recipe, Step};

use crate::table::{Refusal, Table};

/// The recipe that `extends` names; an empty one where none is named or it cannot be read.
pub(super) fn read_base(
    table: &Table<'_>,
    find: &dyn Fn(&str) -> Result<Recipe, String>,
) -> Option<Recipe> {
    let value = table.value("extends")?;
    value.filled()?;
    value.parsed(|name| {
        find(name)
            .map_err(|why| Refusal::new(format!("recipe `{name}` cannot be extended")).hint(why))
    })
}

/// `own` over `base`: one of the same name replaces the other at its place, and what is new comes last.
fn over<T>(base: Vec<T>, own: Vec<T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut all = base;
    for one in own {
        match all.iter().position(|other| is_same(other, &one)) {
            Some(at) => all[at] = one,
            None => all.push(one),
        }
    }
    all
}

/// Parameters by name.
pub(super) fn params(base: Vec<Param>, own: Vec<Param>) -> Vec<Param> {
    over(base, own, |one, other| one.name == other.name)
}

/// Steps by id.
pub(super) fn steps(base: Vec<Step>, own: Vec<Step>) -> Vec<Step> {
    over(base, own, |one, other| one.id == other.id)
}

/// Items by id.
pub(super) fn items(base: Vec<MeasuredItem>, own: Vec<MeasuredItem>) -> Vec<MeasuredItem> {
    over(base, own, |one, other| one.id == other.id)
}

/// Budgets by what they limit, and where.
pub(super) fn budgets(base: Vec<Budget>, own: Vec<Budget>) -> Vec<Budget> {
    over(base, own, |one, other| {
        (&one.metric, &one.labels, &one.when) == (&other.metric, &other.labels, &other.when)
    })
}
