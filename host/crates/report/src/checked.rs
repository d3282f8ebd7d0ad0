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

impl<'a> Checked<'a> {
    /// All that items decide, section after section.
    pub(crate) fn all(&self) -> impl Iterator<Item = &CheckedLine<'a>> + Clone {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    /// How many lines of the document items decide: of those that are answered together each. What [`tally`] counts comes to it.
    pub(crate) fn line_count(&self) -> usize {
        self.all().map(|line| line.lines.len()).sum()
    }
}

/// A section of a checklist.
pub(crate) struct CheckedSection<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its lines, by verdict, then as in the document.
    pub lines: Vec<CheckedLine<'a>>,
}

/// What the same items decide in a section of a checklist: mostly a line. Several lines of a document often ask for one thing in other
/// words, and are answered together.
pub(crate) struct CheckedLine<'a> {
    /// The lines, as in the document; at least one.
    pub lines: Vec<&'a Line>,
    /// What decides them.
    pub items: Vec<Named<'a>>,
    /// The word of the worst verdict among them.
    pub verdict: &'static str,
    /// Why the lines are not for the repository, whatever their items say.
    pub elsewhere: Option<&'a str>,
}

impl CheckedLine<'_> {
    /// The number of the first line.
    pub(crate) fn first(&self) -> u32 {
        self.lines.first().map_or(0, |line| line.at)
    }

    /// The numbers of the lines: `62, 69`.
    pub(crate) fn numbers(&self) -> String {
        let numbers: Vec<String> = self.lines.iter().map(|line| line.at.to_string()).collect();
        numbers.join(", ")
    }

    /// What the lines ask for; of the same words once.
    pub(crate) fn title(&self) -> String {
        let mut titles: Vec<&str> = Vec::new();
        for line in &self.lines {
            if !titles.contains(&line.title.as_str()) {
                titles.push(&line.title);
            }
        }
        titles.join("; ")
    }
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
        let mut lines: Vec<CheckedLine<'a>> = Vec::new();
        for line in &section.lines {
            match &line.answer {
                Answer::OutOfScope(why) => out_of_scope.push((line, why.as_str())),
                Answer::Items(ids) => {
                    let one = checked_line(record, line, ids);
                    match lines
                        .iter_mut()
                        .find(|other| is_answered_alike(other, &one))
                    {
                        Some(other) => other.lines.extend(one.lines),
                        None => lines.push(one),
                    }
                }
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
    let elsewhere = line.elsewhere.as_deref();
    CheckedLine {
        lines: vec![line],
        verdict: match elsewhere {
            Some(_) => "not-applicable",
            None => worst.unwrap_or("needs-evidence"),
        },
        items,
        elsewhere,
    }
}

/// Whether the same items decide both, by the same ids.
fn is_answered_alike(one: &CheckedLine<'_>, other: &CheckedLine<'_>) -> bool {
    let ids = |line: &CheckedLine<'_>| -> std::collections::BTreeSet<String> {
        line.items.iter().map(Named::ids).collect()
    };
    one.elsewhere == other.elsewhere && !one.items.is_empty() && ids(one) == ids(other)
}

/// How many of `lines` have each verdict, in the order of a report; none that has none.
pub(crate) fn tally<'l, 'a: 'l>(
    lines: impl Iterator<Item = &'l CheckedLine<'a>> + Clone,
) -> Vec<(&'static str, usize)> {
    let count = |word: &&'static str| -> usize {
        let of = lines.clone().filter(|line| line.verdict == *word);
        of.map(|line| line.lines.len()).sum()
    };
    let words = Verdict::WORDS.iter();
    words
        .map(|word| (*word, count(word)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// The items that no line of a checklist asks for here, in the order of the record: a line that is not for the repository hides nothing
/// of what its items found.
pub(crate) fn beside(record: &RunRecord) -> Vec<&Item> {
    let named: Vec<&RuleId> = record
        .checklists
        .iter()
        .flat_map(|list| &list.sections)
        .flat_map(|section| &section.lines)
        .flat_map(|line| line.answer.items().iter().map(move |id| (line, id)))
        .filter_map(|(line, id)| {
            let item = item(record, id)?;
            let is_told =
                line.elsewhere.is_none() || matches!(item.verdict, Verdict::NotApplicable(_));
            is_told.then_some(&item.id)
        })
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
            .map(|line| (line.lines[0].at, line.verdict))
            .collect();
        assert_eq!(said, [(12, "fail"), (11, "pass")]);
        assert_eq!(tally(lines.iter()), [("fail", 1), ("pass", 1)]);
        assert_eq!(checked.out_of_scope[0].0.at, 3);
    }

    #[test]
    fn lines_that_the_same_items_decide_are_answered_together() {
        let mut record = fixture::listed();
        let lines = &mut record.checklists[0].sections[0].lines;
        let mut again = lines
            .iter()
            .find(|line| line.at == 12)
            .expect("there")
            .clone();
        (again.at, again.title) = (14, "in other words".to_owned());
        lines.push(again);
        let checked = &checklists(&record)[0];
        let tallied: usize = tally(checked.all()).iter().map(|(_, n)| n).sum();
        assert_eq!((checked.line_count(), tallied), (5, 5));
        let lines = &checked.sections[0].lines;
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].numbers(), "12, 14");
        assert!(lines[0].title().ends_with("; in other words"));
        assert_eq!(tally(lines.iter()), [("fail", 2), ("pass", 1)]);
    }

    #[test]
    fn what_a_line_for_other_repositories_names_stands_beside_if_it_says_anything() {
        let mut record = fixture::listed();
        let beside_of = |record: &RunRecord| -> Vec<String> {
            beside(record)
                .iter()
                .map(|item| item.id.to_string())
                .collect()
        };
        assert!(!beside_of(&record).contains(&"LOG-901".to_owned()));
        for line in &mut record.checklists[0].sections[0].lines {
            line.elsewhere = Some("not for this repository: it uses no mongodb".to_owned());
        }
        assert!(beside_of(&record).contains(&"LOG-901".to_owned()));
        let checked = &checklists(&record)[0];
        let words: Vec<&str> = checked.sections[0]
            .lines
            .iter()
            .map(|line| line.verdict)
            .collect();
        assert!(
            words.iter().all(|word| *word == "not-applicable"),
            "{words:?}"
        );
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
