//! How a suspicion is confirmed: which step of which recipe makes the number that a rule is about.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_core::recipe::{Recipe, Step, StepKind};
use perfctl_core::rule::Rule;
use perfctl_wire::recipe::Measurer;

/// What may confirm a suspicion: recipes, and what their steps measure with.
#[derive(Debug, Default)]
pub(crate) struct Confirming {
    /// The recipes.
    pub(crate) recipes: Vec<Recipe>,
    /// Collectors and probes, those of plugins among them.
    pub(crate) measurers: Vec<Measurer>,
}

impl Confirming {
    /// The measurement that would confirm each of `rules`, as a sentence without its end; rules that name none are left out.
    pub(crate) fn all<'r>(
        &self,
        rules: impl Iterator<Item = &'r Rule>,
    ) -> BTreeMap<RuleId, String> {
        rules
            .filter_map(|rule| Some((rule.id.clone(), self.of(rule)?)))
            .collect()
    }

    /// The measurement that would confirm a rule's finding: the steps that make its metric, or else what its help says.
    pub(crate) fn of(&self, rule: &Rule) -> Option<String> {
        if let Some(steps) = self.steps(rule) {
            return Some(steps);
        }
        let measure = perfctl_report::first_paragraph(&rule.help.measure);
        let measure = measure.trim().trim_end_matches('.');
        (!measure.is_empty()).then(|| measure.to_owned())
    }

    /// The steps that make a rule's metric: ``step `importtime` of `perfctl recipe run quick-wins` measures import.startup``.
    pub(crate) fn steps(&self, rule: &Rule) -> Option<String> {
        let metric = rule.metric.as_ref()?.as_str();
        // A recipe that extends another has its steps, too: the one that asks for less is the quicker way.
        let mut shortest: Vec<&Recipe> = self.recipes.iter().collect();
        shortest.sort_by_key(|recipe| (recipe.steps.len(), recipe.checklists.len()));
        shortest.into_iter().find_map(|recipe| {
            let steps = recipe.steps.iter().filter(|step| self.makes(step, metric));
            let ids: Vec<String> = steps.map(|step| format!("`{}`", step.id)).collect();
            let (noun, verb) = match ids.len() {
                0 => return None,
                1 => ("step", "measures"),
                _ => ("steps", "measure"),
            };
            Some(format!(
                "{noun} {} of `perfctl recipe run {}` {verb} {metric}",
                ids.join(", "),
                recipe.name
            ))
        })
    }

    /// Whether a step can make a metric of that name.
    fn makes(&self, step: &Step, metric: &str) -> bool {
        let name = match &step.kind {
            StepKind::Command(command) => command.collector.as_deref(),
            StepKind::Probe { collector, .. } => Some(collector.as_str()),
            _ => None,
        };
        let makes = |one: &Measurer| {
            name == Some(one.name.as_str()) && one.metrics.iter().any(|made| made == metric)
        };
        self.measurers.iter().any(makes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;
    use perfctl_runtime::pack::Packs;

    #[test]
    fn a_rule_names_the_step_that_makes_its_metric_or_what_its_help_says() {
        let packs = Packs::load(&assets::built_in_packs());
        let mut vocabulary = crate::adapters::vocabulary(
            &perfctl_report::Templates::default(),
            &crate::extensions::Extensions::default(),
        );
        vocabulary.templates = vec!["report.md".to_owned(), "report.html".to_owned()];
        vocabulary.checklists = assets::checklists::built_in(&vocabulary);
        let texts = assets::recipes::built_in();
        let read = texts
            .values()
            .filter_map(|text| text.read(&vocabulary, &texts).ok());
        let confirming = Confirming {
            recipes: read.collect(),
            measurers: vocabulary.measurers().cloned().collect(),
        };
        let rules = packs.rules.values().map(|rule| &rule.rule);
        let mut rule = rules
            .clone()
            .find(|rule| rule.id.as_str() == "PERF-001")
            .expect("built in")
            .clone();
        rule.metric = Some("import.total".into());
        let said = confirming.of(&rule).expect("it has a metric");
        assert!(said.starts_with("step `"), "{said}");
        assert!(
            said.ends_with("of `perfctl recipe run quick-wins` measures import.total"),
            "{said}"
        );
        rule.metric = Some("no.such".into());
        rule.help.measure = "Count *queries* per request.\n\nMore.".to_owned();
        assert_eq!(
            confirming.of(&rule).as_deref(),
            Some("Count queries per request")
        );
        rule.help.measure.clear();
        assert_eq!(confirming.of(&rule), None);
        assert!(!confirming.all(rules).is_empty());
    }
}
