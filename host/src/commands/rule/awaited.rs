//! `perfctl rule explain` of an item of a checklist that no rule owns and no recipe defines: what would decide it, and who asks.

use std::fmt::Write as _;

use perfctl_core::checklist::{Checklist, Evidence, EvidenceItem};
use perfctl_core::ids::RuleId;
use perfctl_core::recipe::Recipe;
use serde::Serialize;

use super::layout::{BOLD, DIM, paint, wrap};
use crate::error::CommandError;
use crate::session::Session;

/// An item that waits for evidence.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Awaited {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// `measured` or `attested`.
    kind: &'static str,
    /// The metric that decides it; empty where none does.
    metric: String,
    /// What would decide it.
    evidence: String,
    /// Names of the recipes that ask for it.
    asked_by: Vec<String>,
    /// Those that measure it.
    measured_by: Vec<String>,
    /// The lines of checklists that it answers.
    lines: Vec<String>,
}

impl Awaited {
    /// The item of this id, whatever the case of its letters.
    pub(super) fn find(session: &Session, id: &str) -> Result<Option<Self>, CommandError> {
        let shelf = session.vocabulary()?.checklists;
        let mut items = shelf.readable().flat_map(|file| &file.items);
        let item = items.find(|item| item.id.as_str().eq_ignore_ascii_case(id.trim()));
        let checklists = shelf.readable().map(|file| &file.checklist);
        Ok(item.map(|item| Self::of(item, &session.readable_recipes(), checklists)))
    }

    fn of<'c>(
        item: &EvidenceItem,
        recipes: &[Recipe],
        checklists: impl Iterator<Item = &'c Checklist>,
    ) -> Self {
        let names = |is_one: &dyn Fn(&Recipe) -> bool| {
            let ours = recipes.iter().filter(|recipe| is_one(recipe));
            ours.map(|recipe| recipe.name.clone()).collect()
        };
        let is_it = |id: &RuleId| *id == item.id;
        Self {
            id: item.id.to_string(),
            title: item.title.clone(),
            kind: item.kind.word(),
            metric: (item.metric.as_ref()).map_or(String::new(), ToString::to_string),
            evidence: item.evidence.clone(),
            asked_by: names(&|recipe| recipe.evidence.iter().any(|one| is_it(&one.id))),
            measured_by: names(&|recipe| {
                let mut steps = recipe.steps.iter().flat_map(|step| &step.items);
                let mut budgets = recipe.budgets.iter();
                steps.any(is_it) || budgets.any(|budget| budget.item.as_ref().is_some_and(is_it))
            }),
            lines: crate::answered::lines_of(is_it, checklists),
        }
    }

    /// For people.
    pub(super) fn drawn(&self, width: usize, colour: bool) -> String {
        let line = |text: &str| perfctl_report::neutral_line(text).into_owned();
        let mut out = String::new();
        for line in wrap(&line(&format!("{}: {}", self.id, self.title)), width) {
            let _ = writeln!(out, "{}", paint(&line, BOLD, colour));
        }
        let decided = match (self.kind == Evidence::Measured.word(), self.metric.as_str()) {
            (true, "") => "a measurement decides it".to_owned(),
            (true, metric) => format!("the metric {metric} decides it"),
            (false, _) => "a person signs for it".to_owned(),
        };
        let about = format!("no rule, but an item of a checklist: {decided}");
        for line in wrap(&line(&about), width) {
            let _ = writeln!(out, "{}", paint(&line, DIM, colour));
        }
        let run = |name: &String| format!("perfctl recipe run {name}");
        let mut how: Vec<String> = self.measured_by.iter().map(run).collect();
        how.push(format!("perfctl attest {} --evidence URL|PATH", self.id));
        for (title, lines) in [
            ("What decides it", &vec![self.evidence.clone()]),
            ("How to answer it", &how),
            ("Which recipes ask for it", &self.asked_by),
            ("What it answers", &self.lines),
        ] {
            if lines.is_empty() {
                continue;
            }
            let _ = writeln!(out, "\n{}", paint(title, BOLD, colour));
            for text in lines {
                let mut indent = "  ";
                for part in wrap(&line(text), width.saturating_sub(4)) {
                    let _ = writeln!(out, "{indent}{part}");
                    indent = "    ";
                }
            }
        }
        out
    }
}
