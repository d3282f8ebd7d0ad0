//! Checklists, as templates see them.

use perfctl_core::run::RunRecord;
use serde::Serialize;

use super::outline::{Item, one_item};
use crate::checked::{self, Checked, CheckedLine, CheckedSection, Named};
use crate::overview;
use crate::said_once::SaidOnce;

#[derive(Serialize)]
pub(super) struct Checklist<'a> {
    name: &'a str,
    title: &'a str,
    origin: &'a str,
    /// Lines that items decide.
    lines: usize,
    tally: Vec<Tally>,
    sections: Vec<Section<'a>>,
    out_of_scope: Vec<OutOfScope<'a>>,
}

/// How many lines have a verdict.
#[derive(Serialize)]
struct Tally {
    word: &'static str,
    n: usize,
}

#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    title: &'a str,
    /// Whether a line failed, or could not be judged.
    is_open: bool,
    tally: Vec<Tally>,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    /// The number of the document's line, of several the first.
    at: u32,
    /// The numbers of all: `62, 69`.
    numbers: String,
    /// How many lines of the document they are.
    n: usize,
    title: String,
    /// Why they are not for the repository, whatever the items say.
    elsewhere: Option<&'a str>,
    verdict: &'static str,
    /// Whether nothing is left to do. What is only known from before is left.
    is_settled: bool,
    items: Vec<LineItem<'a>>,
}

/// An item of a line; the rule behind it where the line gives an alias.
#[derive(Serialize)]
struct LineItem<'a> {
    written: &'a str,
    behind: Option<&'a str>,
    #[serde(flatten)]
    item: Item<'a>,
}

#[derive(Serialize)]
struct OutOfScope<'a> {
    at: u32,
    title: &'a str,
    reason: &'a str,
}

fn tally<'l, 'a: 'l>(lines: impl Iterator<Item = &'l CheckedLine<'a>> + Clone) -> Vec<Tally> {
    let counts = checked::tally(lines).into_iter();
    counts.map(|(word, n)| Tally { word, n }).collect()
}

pub(super) fn checklists<'a>(record: &'a RunRecord, said: &SaidOnce<'_>) -> Vec<Checklist<'a>> {
    let all = checked::checklists(record).into_iter();
    all.map(|checked| checklist(record, checked, said))
        .collect()
}

fn checklist<'a>(
    record: &'a RunRecord,
    checked: Checked<'a>,
    said: &SaidOnce<'_>,
) -> Checklist<'a> {
    Checklist {
        name: &checked.checklist.name,
        title: &checked.checklist.title,
        origin: &checked.checklist.origin,
        lines: checked.line_count(),
        tally: tally(checked.all()),
        sections: checked
            .sections
            .iter()
            .map(|one| section(record, one, said))
            .collect(),
        out_of_scope: checked
            .out_of_scope
            .iter()
            .map(|(line, reason)| OutOfScope {
                at: line.at,
                title: &line.title,
                reason,
            })
            .collect(),
    }
}

fn section<'a>(
    record: &'a RunRecord,
    checked: &CheckedSection<'a>,
    said: &SaidOnce<'_>,
) -> Section<'a> {
    Section {
        id: &checked.section.id,
        title: &checked.section.title,
        is_open: checked
            .lines
            .iter()
            .any(|line| matches!(line.verdict, "fail" | "error")),
        tally: tally(checked.lines.iter()),
        lines: checked
            .lines
            .iter()
            .map(|line| Line {
                at: line.first(),
                numbers: line.numbers(),
                n: line.lines.len(),
                title: line.title(),
                elsewhere: line.elsewhere,
                verdict: line.verdict,
                is_settled: matches!(
                    line.verdict,
                    "pass" | "waived" | "attested" | "not-applicable"
                ) && (line.items.iter())
                    .all(|named| overview::known_before(record, named.item) == 0),
                items: line
                    .items
                    .iter()
                    .map(|named| line_item(record, named, said))
                    .collect(),
            })
            .collect(),
    }
}

fn line_item<'a>(record: &'a RunRecord, named: &Named<'a>, said: &SaidOnce<'_>) -> LineItem<'a> {
    let is_alias = named.item.id != *named.written;
    LineItem {
        written: named.written.as_str(),
        behind: is_alias.then(|| named.item.id.as_str()),
        item: one_item(record, named.item, said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_line_has_its_number_and_the_numbers_of_all_that_stand_with_it() {
        let mut record = fixture::listed();
        let lines = &mut record.checklists[0].sections[0].lines;
        let mut again = lines[1].clone();
        let first = again.at;
        again.at = 99;
        lines.push(again);
        let shown = serde_json::to_value(checklists(&record, &SaidOnce::of(&record)));
        let shown = shown.expect("is JSON");
        let lines = shown[0]["sections"][0]["lines"].as_array().expect("lines");
        let both = lines.iter().find(|line| line["n"] == 2).expect("two");
        assert_eq!(both["at"], first);
        assert_eq!(both["numbers"], format!("{first}, 99"));
    }
}
