//! Which lines of which checklists a rule or an item answers.

use perfctl_core::checklist::Checklist;
use perfctl_core::ids::RuleId;
use perfctl_core::rule::Rule;

/// The lines that name `rule`, by its id or an alias: `pre-deploy, line 12: calls without a timeout`.
pub(crate) fn lines<'c>(
    rule: &Rule,
    checklists: impl Iterator<Item = &'c Checklist>,
) -> Vec<String> {
    let is_named = |id: &RuleId| rule.id == *id || rule.aliases.contains(id);
    lines_of(is_named, checklists)
}

/// The lines that name something that `is_named` knows.
pub(crate) fn lines_of<'c>(
    is_named: impl Fn(&RuleId) -> bool,
    checklists: impl Iterator<Item = &'c Checklist>,
) -> Vec<String> {
    let mut found = Vec::new();
    for checklist in checklists {
        let lines = checklist.sections.iter().flat_map(|section| &section.lines);
        for line in lines.filter(|line| line.answer.items().iter().any(&is_named)) {
            found.push(format!(
                "{}, line {}: {}",
                checklist.name, line.at, line.title
            ));
        }
    }
    found
}
