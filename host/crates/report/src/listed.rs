//! Checklists in a terminal, by section: lines that failed with why, the others by their ids.

use std::collections::BTreeSet;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::View;
use perfctl_core::verdict::Verdict;

use crate::checked::{self, CheckedLine, CheckedSection, Named};
use crate::said_once::SaidOnce;
use crate::summary::{Totals, count};
use crate::terminal::paint::{self, Paint};
use crate::terminal::table::{self, Row, flexible, left, right};
use crate::terminal::wrap;
use crate::{looked, neutral, overview, short};

/// The checklists of a record; empty where it has none. `full` gives the reason of every line.
pub(crate) fn checklists(record: &RunRecord, view: &View) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let said = SaidOnce::of(record);
    let mut out = String::new();
    for checked in checked::checklists(record) {
        let total = count(checked.line_count(), "line", "lines");
        let tally = phrase(&checked::tally(checked.all()));
        let title = neutral::sentence(&checked.checklist.title);
        let head = format!("Checklist: {title}");
        let text = wrap::hanging(&format!("{head} ({total}: {tally})"), view.width, "  ");
        out.push_str(&format!(
            "{}\n",
            text.replacen(&head, &paint.heading(&head), 1)
        ));
        let origin = neutral::sentence(&checked.checklist.origin);
        if !origin.is_empty() {
            let text = format!("the numbers are lines of: {origin}");
            let text = wrap::hanging(&text, view.width.saturating_sub(2), "    ");
            out.push_str(&format!("  {}\n", paint.paint(paint::DIM, &text)));
        }
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
    let (told, quiet): (Vec<&CheckedLine<'_>>, Vec<_>) = section.lines.iter().partition(is_told);
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
    for Quiet { word, reason, ids } in grouped(&quiet, said) {
        let ids: Vec<String> = ids
            .into_iter()
            .map(|(id, lines)| {
                let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
                format!("{id} ({})", lines.join(", "))
            })
            .collect();
        let reason = match reason.is_empty() {
            true => reason,
            false => format!(": {reason}"),
        };
        let text = format!("{word}: {}{reason}", ids.join(", "));
        let wrapped = wrap::hanging(&text, view.width.saturating_sub(4), "      ");
        let painted = wrapped.replacen(word, &paint.paint(paint::word(word), word), 1);
        out.push_str(&format!("    {painted}\n"));
    }
    out
}

/// Lines that need nobody's eye, with one verdict for one reason.
struct Quiet {
    word: &'static str,
    /// Why, in short; empty for a pass.
    reason: String,
    /// The items, each once, with the lines that name it.
    ids: Vec<(String, BTreeSet<u32>)>,
}

fn grouped(lines: &[&CheckedLine<'_>], said: &SaidOnce<'_>) -> Vec<Quiet> {
    let mut groups: Vec<Quiet> = Vec::new();
    for line in lines {
        for named in &line.items {
            // A line that passes may name an item that is not for the repository.
            let word = match line.elsewhere {
                Some(_) => line.verdict,
                None => named.item.verdict.word(),
            };
            let own = said.item(named.item.id.as_str(), named.item.verdict.reason());
            let reason = short::reason(line.elsewhere.unwrap_or(&own));
            let at = groups
                .iter()
                .position(|group| group.word == word && group.reason == reason);
            let at = at.unwrap_or_else(|| {
                groups.push(Quiet {
                    word,
                    reason,
                    ids: Vec::new(),
                });
                groups.len() - 1
            });
            let group = &mut groups[at].ids;
            let id = ids(named);
            let numbers = line.lines.iter().map(|line| line.at);
            match group.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) => known.extend(numbers),
                None => group.push((id, numbers.collect())),
            }
        }
    }
    let order = |group: &Quiet| Verdict::WORDS.iter().position(|word| *word == group.word);
    groups.sort_by_key(order);
    groups
}

fn ids(named: &Named<'_>) -> String {
    neutral::line(&named.ids()).into_owned()
}

fn row(record: &RunRecord, line: &CheckedLine<'_>, said: &SaidOnce<'_>) -> Row {
    let worst = line.items.first();
    let reason = worst.map_or_else(String::new, |named| {
        let why = overview::reason(record, named.item);
        let why = said.item(named.item.id.as_str(), &why);
        match why.is_empty() && line.verdict == "pass" {
            true => looked::phrase(record, named.item),
            false => neutral::sentence(&why),
        }
    });
    let reason = line.elsewhere.map_or(reason, neutral::sentence);
    let findings: usize = line.items.iter().map(|named| named.item.findings).sum();
    let plain = |text: String| (text, anstyle::Style::new());
    let all: Vec<String> = line.items.iter().map(ids).collect();
    Row {
        cells: vec![
            (line.verdict.to_owned(), paint::word(line.verdict)),
            plain(line.numbers()),
            plain(all.join(", ")),
            plain(neutral::sentence(&line.title())),
            plain(match findings {
                _ if line.elsewhere.is_some() => String::new(),
                0 => String::new(),
                findings => findings.to_string(),
            }),
        ],
        below: (!reason.is_empty()).then_some((3, (reason, paint::DIM))),
    }
}
