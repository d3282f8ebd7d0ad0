//! Items of the checklist that no rule owns: which recipe measures them, by which steps and against which budgets.

use perfctl_core::budget::Budget;
use perfctl_core::recipe::Recipe;
use serde::Serialize;

use crate::session::Session;

/// An item that measurements decide.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Measured {
    /// Its id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Recipes that have it, by name.
    pub(crate) recipes: Vec<MeasuredBy>,
}

/// What one recipe does about an item.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct MeasuredBy {
    /// The recipe's name.
    pub(crate) name: String,
    /// Steps that measure it.
    pub(crate) steps: Vec<MeasuringStep>,
    /// Limits that decide it.
    pub(crate) budgets: Vec<DecidingBudget>,
}

/// A step that measures an item.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct MeasuringStep {
    /// Its id.
    pub(crate) id: String,
    /// What it does.
    pub(crate) title: String,
}

/// A limit that decides an item.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct DecidingBudget {
    /// The limit, such as `image.size <= 500 MB`.
    pub(crate) limit: String,
    /// Facts under which it counts.
    pub(crate) when: Vec<String>,
    /// Why this number.
    pub(crate) why: String,
}

impl Measured {
    /// The item of this id, whatever the case of its letters, among the recipes of all layers.
    pub(crate) fn find(session: &Session, id: &str) -> Option<Self> {
        let recipes = session.readable_recipes();
        Self::among(&recipes, id)
    }

    fn among(recipes: &[Recipe], id: &str) -> Option<Self> {
        let mut found: Option<Self> = None;
        for recipe in recipes {
            let mut items = recipe.items.iter();
            let named = items.find(|item| item.id.as_str().eq_ignore_ascii_case(id.trim()));
            let Some(item) = named else {
                continue;
            };
            // What a recipe takes over, the other one measures.
            let base = recipe.extends.as_ref();
            let base = base.and_then(|name| recipes.iter().find(|other| other.name == *name));
            if base.is_some_and(|base| base.items.contains(item)) {
                continue;
            }
            let measured = found.get_or_insert_with(|| Self {
                id: item.id.to_string(),
                title: item.title.clone(),
                recipes: Vec::new(),
            });
            let steps = recipe.steps.iter();
            let budgets = recipe.budgets.iter();
            measured.recipes.push(MeasuredBy {
                name: recipe.name.clone(),
                steps: steps
                    .filter(|step| step.items.contains(&item.id))
                    .map(|step| MeasuringStep {
                        id: step.id.to_string(),
                        title: step.title.clone(),
                    })
                    .collect(),
                budgets: budgets
                    .filter(|budget| budget.item.as_ref() == Some(&item.id))
                    .map(|budget| DecidingBudget {
                        limit: limit(budget),
                        when: budget.when.clone(),
                        why: budget.why.clone(),
                    })
                    .collect(),
            });
        }
        found
    }

    /// That it is no rule, as the end of a sentence: `an item that recipe quick-wins measures`.
    pub(crate) fn what(&self) -> String {
        let names: Vec<&str> = self.recipes.iter().map(|one| one.name.as_str()).collect();
        match names.as_slice() {
            [one] => format!("an item that recipe {one} measures"),
            names => format!("an item that recipes {} measure", names.join(", ")),
        }
    }

    /// What to do about it.
    pub(crate) fn advice(&self) -> String {
        let first = self.recipes.first().map_or("", |one| one.name.as_str());
        format!(
            "`perfctl recipe run {first}` measures it, `perfctl rule explain {}` says how",
            self.id
        )
    }
}

/// The limit of a budget with its metric, such as `image.size <= 500 MB`.
pub(crate) fn limit(budget: &Budget) -> String {
    let part = |sign: &str, value: Option<f64>| {
        value.map_or(String::new(), |value| {
            format!(" {sign} {}", budget.unit.show(value))
        })
    };
    format!(
        "{}{}{}",
        budget.metric,
        part("<=", budget.max),
        part(">=", budget.min)
    )
}
