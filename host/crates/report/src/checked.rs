//! Checklists with what came of each of their lines, failing ones first. Must not know any format.

use perfctl_core::checklist::{Answer, Checklist, Line, Section};
use perfctl_core::ids::RuleId;
use perfctl_core::run::RunRecord;
use perfctl_core::verdict::{Item, Verdict};

/// A checklist of a record.
pub(crate) struct Checked<'a> {
    /// The document.
    pub checklist: &'a Checklist,
    /// Its sections with lines that items decide.
    pub sections: Vec<CheckedSection<'a>>,
    /// Lines that nothing decides, each with why.
    pub out_of_scope: Vec<(&'a Line, &'a str)>,
}

/// A section of a checklist.
pub(crate) struct CheckedSection<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its lines, by verdict, then as in the document.
    pub lines: Vec<CheckedLine<'a>>,
}

/// A line of a checklist.
pub(crate) struct CheckedLine<'a> {
    /// The line.
    pub line: &'a Line,
    /// What decides it.
    pub items: Vec<Named<'a>>,
    /// The word of the worst verdict among them.
    pub verdict: &'static str,
}

/// An item as a line names it.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    /// The id that the line gives.
    pub written: &'a RuleId,
    /// The item, which has another id where the line gives an alias.
    pub item: &'a Item,
}

impl Named<'_> {
    /// The rule behind an alias.
    pub(crate) fn behind(&self) -> Option<&RuleId> {
        (self.item.id != *self.written).then_some(&self.item.id)
    }

    /// Both ids where there are two: `API-001 (DB-001)`.
    pub(crate) fn ids(&self) -> String {
        match self.behind() {
            Some(rule) => format!("{} ({rule})", self.written),
            None => self.written.to_string(),
        }
    }
}

/// Place of a verdict's word in the order of a report.
fn order(word: &str) -> usize {
    let at = Verdict::WORDS.iter().position(|known| *known == word);
    at.unwrap_or(usize::MAX)
}

/// The item of an id or alias.
fn item<'a>(record: &'a RunRecord, id: &RuleId) -> Option<&'a Item> {
    let of = |id: &RuleId| record.items.iter().find(|item| item.id == *id);
    of(id).or_else(|| {
        let rule = record.rules.iter().find(|rule| rule.aliases.contains(id))?;
        of(&rule.id)
    })
}

/// The checklists of a record.
pub(crate) fn checklists(record: &RunRecord) -> Vec<Checked<'_>> {
    record
        .checklists
        .iter()
        .map(|list| checked(record, list))
        .collect()
}

fn checked<'a>(record: &'a RunRecord, checklist: &'a Checklist) -> Checked<'a> {
    let mut out_of_scope = Vec::new();
    let mut sections = Vec::new();
    for section in &checklist.sections {
        let mut lines = Vec::new();
        for line in &section.lines {
            match &line.answer {
                Answer::OutOfScope(why) => out_of_scope.push((line, why.as_str())),
                Answer::Items(ids) => lines.push(checked_line(record, line, ids)),
            }
        }
        lines.sort_by_key(|line| order(line.verdict));
        if !lines.is_empty() {
            sections.push(CheckedSection { section, lines });
        }
    }
    Checked {
        checklist,
        sections,
        out_of_scope,
    }
}

fn checked_line<'a>(record: &'a RunRecord, line: &'a Line, ids: &'a [RuleId]) -> CheckedLine<'a> {
    let named = |written: &'a RuleId| item(record, written).map(|item| Named { written, item });
    let mut items: Vec<Named<'a>> = ids.iter().filter_map(named).collect();
    items.sort_by_key(|named| order(named.item.verdict.word()));
    // The record of another version may lack an item; nothing is known of it.
    let worst = items.first().map(|named| named.item.verdict.word());
    CheckedLine {
        line,
        verdict: worst.unwrap_or("needs-evidence"),
        items,
    }
}

/// How many of `lines` have each verdict, in the order of a report; none that has none.
pub(crate) fn tally<'l, 'a: 'l>(
    lines: impl Iterator<Item = &'l CheckedLine<'a>> + Clone,
) -> Vec<(&'static str, usize)> {
    let count = |word: &&'static str| lines.clone().filter(|line| line.verdict == *word).count();
    let words = Verdict::WORDS.iter();
    words
        .map(|word| (*word, count(word)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// The items that no checklist names, in the order of the record.
pub(crate) fn beside(record: &RunRecord) -> Vec<&Item> {
    let named: Vec<&RuleId> = record
        .checklists
        .iter()
        .flat_map(Checklist::ids)
        .filter_map(|id| Some(&item(record, id)?.id))
        .collect();
    let items = record.items.iter();
    items.filter(|item| !named.contains(&&item.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_line_is_as_bad_as_its_worst_item_and_bad_ones_come_first() {
        let record = fixture::listed();
        let checked = &checklists(&record)[0];
        let lines = &checked.sections[0].lines;
        let said: Vec<(u32, &str)> = lines
            .iter()
            .map(|line| (line.line.at, line.verdict))
            .collect();
        assert_eq!(said, [(12, "fail"), (11, "pass")]);
        assert_eq!(tally(lines.iter()), [("fail", 1), ("pass", 1)]);
        assert_eq!(checked.out_of_scope[0].0.at, 3);
    }

    #[test]
    fn an_alias_is_shown_with_its_rule_and_what_no_line_names_stands_beside() {
        let record = fixture::listed();
        let checked = &checklists(&record)[0];
        let ids: Vec<String> = checked.sections[0].lines[0]
            .items
            .iter()
            .map(Named::ids)
            .collect();
        assert_eq!(ids, ["LOG-901", "OLD-901 (NET-901)"]);
        let beside: Vec<&str> = beside(&record)
            .iter()
            .map(|item| item.id.as_str())
            .collect();
        assert!(
            !beside.contains(&"NET-901") && !beside.is_empty(),
            "{beside:?}"
        );
    }
}
