//! What a recipe may name, as the composition root knows it.

use perfctl_core::seams::{Collector, Probe};

use crate::table::{Refusal, advise};

/// A collector or probe with the options that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurer {
    /// Its name in recipes.
    pub name: String,
    /// Names of its options.
    pub options: Vec<String>,
}

impl Measurer {
    /// The entry for a collector.
    pub fn of_collector(collector: &dyn Collector) -> Self {
        Self::new(collector.name(), collector.options())
    }

    /// The entry for a probe.
    pub fn of_probe(probe: &dyn Probe) -> Self {
        Self::new(probe.name(), probe.options())
    }

    fn new(name: &str, options: &[(&str, &str)]) -> Self {
        Self {
            name: name.to_owned(),
            options: options
                .iter()
                .map(|(option, _)| (*option).to_owned())
                .collect(),
        }
    }
}

/// Every name that exists outside of the recipe itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Facts for `when`. A name ending in `:*` (`framework:*`) allows any word after the colon.
    pub facts: Vec<String>,
    /// Collectors for steps of kind `command`.
    pub collectors: Vec<Measurer>,
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
}

impl Vocabulary {
    /// Holds a fact name (without `!`) against the known ones.
    pub(super) fn check_fact(&self, fact: &str) -> Result<(), Refusal> {
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
pub(super) fn find<'v>(
    what: &str,
    list: &'v [Measurer],
    name: &str,
) -> Result<&'v Measurer, Refusal> {
    list.iter()
        .find(|measurer| measurer.name == name)
        .ok_or_else(|| {
            let mut refusal = Refusal::new(format!("no {what} is called `{name}`"));
            refusal.hint = advise(name, list.iter().map(|measurer| measurer.name.as_str()));
            refusal
        })
}
