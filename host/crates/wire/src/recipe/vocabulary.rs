//! What a recipe may name, as the composition root knows it.

use std::collections::BTreeMap;

use perfctl_core::seams::{Collector, Demand, Probe};

use crate::checklist::Shelf;
use crate::table::{Refusal, advise};

/// A collector or probe with the options that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurer {
    /// Its name in recipes.
    pub name: String,
    /// Its options, each with one line of help.
    pub options: Vec<(String, String)>,
    /// What it asks of the values of some.
    pub demands: Vec<(String, Demand)>,
    /// Names of the metrics that it may make.
    pub metrics: Vec<String>,
}

impl Measurer {
    /// The entry for a collector.
    pub fn of_collector(collector: &dyn Collector) -> Self {
        Self::new(
            collector.name(),
            &collector.options(),
            collector.demands(),
            &collector.metrics(),
        )
    }

    /// The entry for a probe.
    pub fn of_probe(probe: &dyn Probe) -> Self {
        Self::new(
            probe.name(),
            probe.options(),
            probe.demands(),
            probe.metrics(),
        )
    }

    fn new(
        name: &str,
        options: &[(&str, &str)],
        demands: Vec<(&str, Demand)>,
        metrics: &[&str],
    ) -> Self {
        let text = |text: &str| text.to_owned();
        Self {
            name: text(name),
            options: options
                .iter()
                .map(|(option, help)| (text(option), text(help)))
                .collect(),
            demands: demands
                .into_iter()
                .map(|(option, demand)| (text(option), demand))
                .collect(),
            metrics: metrics.iter().map(|metric| text(metric)).collect(),
        }
    }

    /// The options that have to be given, each with its help.
    pub(super) fn needed(&self) -> impl Iterator<Item = &(String, String)> {
        let given = |option: &String| {
            self.demands
                .iter()
                .any(|(name, demand)| name == option && *demand == Demand::Given)
        };
        self.options.iter().filter(move |(option, _)| given(option))
    }

    /// What is wrong with a value that stands in the recipe as it is.
    pub(super) fn refuses(&self, option: &str, value: &str) -> Option<Refusal> {
        let (message, wanted) = self.objection(option, value)?;
        Some(Refusal::new(message).hint(wanted))
    }

    /// What a recipe with these options would be refused for, a sentence each.
    pub fn objections(&self, options: &BTreeMap<String, String>) -> Vec<String> {
        let missing = self
            .needed()
            .filter(|(name, _)| !options.contains_key(name));
        let missing = missing.map(|(name, help)| format!("option `{name}` is missing: {help}"));
        let wrong = options.iter().filter_map(|(name, value)| {
            let (message, wanted) = self.objection(name, value)?;
            Some(format!("{message}: {wanted}"))
        });
        missing.chain(wrong).collect()
    }

    /// What is wrong with a value, and what to do.
    fn objection(&self, option: &str, value: &str) -> Option<(String, String)> {
        let demands = self.demands.iter().filter(|(name, _)| name == option);
        demands.into_iter().find_map(|(_, demand)| {
            let (holds, wanted) = match demand {
                Demand::Given => return None,
                Demand::Count => (
                    value.parse::<usize>().is_ok(),
                    "give a whole number".to_owned(),
                ),
                Demand::Flag => (
                    matches!(value, "true" | "false"),
                    "give `true` or `false`".to_owned(),
                ),
                Demand::Word(words) => {
                    let shown: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                    (
                        words.iter().any(|word| word == value),
                        format!("give {}", shown.join(" or ")),
                    )
                }
            };
            (!holds).then(|| (format!("option `{option}` is `{value}`"), wanted))
        })
    }
}

/// Every name that exists outside of the recipe itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Facts for `when`. A name ending in `:*` (`framework:*`) allows any word after the colon.
    pub facts: Vec<String>,
    /// Collectors for steps of kind `command`.
    pub collectors: Vec<Measurer>,
    /// Names of collectors that plugins have and nobody can use, each with the reason.
    pub unusable: BTreeMap<String, String>,
    /// Collectors for steps of kind `probe`.
    pub probes: Vec<Measurer>,
    /// Templates for steps of kind `report`.
    pub templates: Vec<String>,
    /// Placeholders beside the recipe's own parameters.
    pub placeholders: Vec<String>,
    /// What `--set` may give beside the recipe's own parameters; `when` may ask for it as `param:NAME`.
    pub settable: Vec<String>,
    /// Selectors that select a rule (`DB-PERF-001`, `tag:orm`, ...); `None` when rules are not loaded.
    pub selectors: Option<Vec<String>>,
    /// Checklists.
    pub checklists: Shelf,
}

impl Vocabulary {
    /// All collectors and probes.
    pub fn measurers(&self) -> impl Iterator<Item = &Measurer> {
        self.collectors.iter().chain(&self.probes)
    }

    /// The collector called `name`, or the refusal that says why there is none, or suggests another.
    pub(super) fn collector(&self, name: &str) -> Result<&Measurer, Refusal> {
        let found = find("collector", &self.collectors, name);
        found.map_err(|refusal| match self.unusable.get(name) {
            Some(why) => {
                Refusal::new(format!("collector `{name}` cannot be used")).hint(why.as_str())
            }
            None => refusal,
        })
    }

    /// The probe called `name`, or the refusal that suggests another.
    pub(super) fn probe(&self, name: &str) -> Result<&Measurer, Refusal> {
        find("probe", &self.probes, name)
    }

    /// Holds a fact's name (without `!`) against the known ones, or each of several with `|` between them.
    pub(crate) fn check_fact(&self, fact: &str) -> Result<(), Refusal> {
        fact.split('|').try_for_each(|one| self.check_one(one))
    }

    fn check_one(&self, fact: &str) -> Result<(), Refusal> {
        let known = self
            .facts
            .iter()
            .any(|known| match known.strip_suffix('*') {
                Some(family) => fact
                    .strip_prefix(family)
                    .is_some_and(|name| !name.is_empty()),
                None => fact == known,
            });
        if known {
            return Ok(());
        }
        // For `framwork:x` the family is what was mistyped.
        let (kind, name) = fact.split_once(':').unwrap_or((fact, ""));
        let families = self
            .facts
            .iter()
            .filter_map(|known| known.strip_suffix(":*"));
        let refusal = Refusal::new(format!("no fact is called `{fact}`"));
        Err(match crate::table::nearest(kind, families.clone()) {
            Some(family) => refusal.hint(format!("did you mean `{family}:{name}`?")),
            None if families.clone().any(|family| family == kind) => {
                refusal.hint(format!("name one after the colon: `{kind}:...`"))
            }
            None => refusal.advise(fact, self.facts.iter().map(String::as_str)),
        })
    }
}

/// The measurer called `name`, or the refusal that suggests another.
fn find<'v>(what: &str, list: &'v [Measurer], name: &str) -> Result<&'v Measurer, Refusal> {
    list.iter()
        .find(|measurer| measurer.name == name)
        .ok_or_else(|| {
            let mut refusal = Refusal::new(format!("no {what} is called `{name}`"));
            refusal.hint = advise(name, list.iter().map(|measurer| measurer.name.as_str()));
            refusal
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_held_against_what_is_asked_of_them() {
        let text = |text: &str| text.to_owned();
        let tool = Measurer {
            name: text("acme-tool"),
            options: vec![
                (text("unit"), text("what a number is")),
                (text("top"), text("how many")),
            ],
            demands: vec![
                (text("unit"), Demand::Given),
                (text("unit"), Demand::word(&["ms", "s"])),
                (text("top"), Demand::Count),
            ],
            metrics: Vec::new(),
        };
        let objections = |given: &[(&str, &str)]| {
            let given = given.iter().map(|(name, value)| (text(name), text(value)));
            tool.objections(&given.collect())
        };
        assert!(objections(&[("unit", "ms"), ("top", "3")]).is_empty());
        assert_eq!(
            objections(&[("top", "three")]),
            [
                "option `unit` is missing: what a number is",
                "option `top` is `three`: give a whole number"
            ]
        );
        assert_eq!(
            objections(&[("unit", "hours")]),
            ["option `unit` is `hours`: give `ms` or `s`"]
        );
    }
}
