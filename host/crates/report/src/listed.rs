//! Checklists in a terminal, by section: lines that failed with why, the others by their ids.

use perfctl_core::run::RunRecord;
use perfctl_core::seams::View;

use crate::checked::{self, CheckedLine, CheckedSection, Named};
use crate::said_once::SaidOnce;
use crate::summary::{Totals, count};
use crate::terminal::paint::{self, Paint};
use crate::terminal::table::{self, Row, flexible, left, right};
use crate::terminal::wrap;
use crate::{neutral, overview};

/// The checklists of a record; empty where it has none. `full` gives the reason of every line.
pub(crate) fn checklists(record: &RunRecord, view: &View) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let said = SaidOnce::of(record);
    let mut out = String::new();
    for checked in checked::checklists(record) {
        let lines = checked.sections.iter().flat_map(|section| &section.lines);
        let total = count(lines.clone().count(), "line", "lines");
        let tally = phrase(&checked::tally(lines));
        let title = neutral::sentence(&checked.checklist.title);
        let head = format!("Checklist: {title}");
        let text = wrap::hanging(&format!("{head} ({total}: {tally})"), view.width, "  ");
        out.push_str(&format!(
            "{}\n",
            text.replacen(&head, &paint.heading(&head), 1)
        ));
        for section in &checked.sections {
            out.push_str(&draw(record, section, view, &said));
        }
        out.push('\n');
    }
    if out.is_empty() {
        return out;
    }
    out.push_str(&share(record));
    out
}

/// How much of what applies nobody has looked at.
fn share(record: &RunRecord) -> String {
    let totals = Totals::of(record);
    let needs = totals.verdict("needs-evidence");
    let applying = record.items.len() - totals.verdict("not-applicable");
    format!(
        "{needs} of {} that apply {} evidence ({:.0} %)\n",
        count(applying, "item", "items"),
        if needs == 1 { "needs" } else { "need" },
        totals.needs_evidence_share() * 100.0
    )
}

/// `2 fail, 1 pass`.
fn phrase(tally: &[(&str, usize)]) -> String {
    let parts: Vec<String> = tally
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    parts.join(", ")
}

fn draw(
    record: &RunRecord,
    section: &CheckedSection<'_>,
    view: &View,
    said: &SaidOnce<'_>,
) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let is_told = |line: &&CheckedLine<'_>| view.full || matches!(line.verdict, "fail" | "error");
    let (told, quiet): (Vec<_>, Vec<_>) = section.lines.iter().partition(is_told);
    let title = neutral::sentence(&section.section.title);
    let mut out = format!("  {}\n", paint.paint(paint::BOLD, &title));
    let rows: Vec<Row> = told
        .into_iter()
        .map(|line| row(record, line, said))
        .collect();
    if !rows.is_empty() {
        let columns = [
            left("verdict"),
            left("line"),
            left("item"),
            flexible("what it asks for"),
            right("findings"),
        ];
        let drawn = table::draw(&columns, &rows, view.width.saturating_sub(2), paint);
        for line in drawn.lines() {
            out.push_str(&format!("  {line}\n"));
        }
    }
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for line in quiet {
        let ids = line.items.iter().map(|named| ids(named));
        match groups.iter_mut().find(|(word, _)| *word == line.verdict) {
            Some((_, all)) => all.extend(ids),
            None => groups.push((line.verdict, ids.collect())),
        }
    }
    for (word, mut ids) in groups {
        ids.dedup();
        let text = format!("{word}: {}", ids.join(", "));
        let wrapped = wrap::hanging(&text, view.width.saturating_sub(4), "      ");
        let painted = wrapped.replacen(word, &paint.paint(paint::word(word), word), 1);
        out.push_str(&format!("    {painted}\n"));
    }
    out
}

fn ids(named: &Named<'_>) -> String {
    neutral::line(&named.ids()).into_owned()
}

fn row(record: &RunRecord, line: &CheckedLine<'_>, said: &SaidOnce<'_>) -> Row {
    let worst = line.items.first();
    let reason = worst.map_or_else(String::new, |named| {
        let why = overview::reason(record, named.item);
        let why = said.item(named.item.id.as_str(), &why);
        neutral::sentence(&why)
    });
    let findings: usize = line.items.iter().map(|named| named.item.findings).sum();
    let plain = |text: String| (text, anstyle::Style::new());
    let all: Vec<String> = line.items.iter().map(ids).collect();
    Row {
        cells: vec![
            (line.verdict.to_owned(), paint::word(line.verdict)),
            plain(line.line.at.to_string()),
            plain(all.join(", ")),
            plain(neutral::sentence(&line.line.title)),
            plain(match findings {
                0 => String::new(),
                findings => findings.to_string(),
            }),
        ],
        below: (!reason.is_empty()).then_some((3, (reason, paint::DIM))),
    }
}
