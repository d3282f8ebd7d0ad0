//! The tables behind the findings in a terminal: steps, checklist, what to do first, budgets.

use std::borrow::Cow;

use anstyle::Style;
use perfctl_core::budget::{BudgetOutcome, BudgetVerdict};
use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::rank;
use perfctl_core::run::{RunRecord, StepStatus};
use perfctl_core::seams::View;
use perfctl_core::verdict::{Item, Verdict};

use crate::said_once::SaidOnce;
use crate::select::{Thing, first_things};
use crate::summary::count;
use crate::terminal::paint::{self, Paint};
use crate::terminal::table::{self, Row, flexible, left, right};
use crate::terminal::{bar, wrap};
use crate::{broken, checked, looked, moment, neutral, short};

const PLAIN: Style = Style::new();

fn plain(text: impl Into<String>) -> table::Cell {
    (text.into(), PLAIN)
}

/// Steps that did not simply work; empty when all did.
pub(crate) fn steps(record: &RunRecord, view: &View) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let odd: Vec<_> = record
        .steps
        .iter()
        .filter(|step| {
            !matches!(step.status, StepStatus::Ok | StepStatus::Skipped(_))
                || !step.notes.is_empty()
        })
        .collect();
    if odd.is_empty() {
        return String::new();
    }
    let said = SaidOnce::of(record);
    let mut out = format!("{}\n", paint.heading("Steps to look at"));
    for step in odd {
        let word = step.status.word();
        let mut line = format!("{}: {word}", neutral::line(step.id.as_str()));
        if !step.duration.is_zero() {
            line.push_str(&format!(" after {}", moment::duration(step.duration)));
        }
        let reason = said.step(step.id.as_str(), step.status.reason());
        let mut reasons = vec![neutral::sentence(&reason)];
        reasons.extend(step.notes.iter().map(|note| neutral::sentence(note)));
        reasons.retain(|reason| !reason.is_empty());
        if !reasons.is_empty() {
            line.push_str(": ");
            line.push_str(&reasons.join("; "));
        }
        let wrapped = wrap::hanging(&line, view.width.saturating_sub(2), "    ");
        out.push_str(&format!(
            "  {}\n",
            wrapped.replacen(word, &paint.paint(paint::word(word), word), 1)
        ));
    }
    out
}

/// The name of what `perfctl check` runs. It is run many times a day, a recipe once in a while.
pub(crate) const CHECK: &str = "check";

/// The items that no checklist names: one row each, in the order of the verdicts, with the reason below. After a check, and beside a
/// checklist, items that nobody has to look at are named in a line.
pub(crate) fn checklist(record: &RunRecord, view: &View) -> String {
    let items = checked::beside(record);
    if items.is_empty() {
        return String::new();
    }
    let paint = Paint {
        colour: view.colour,
    };
    let said = SaidOnce::of(record);
    let in_a_line = |item: &Item| {
        (record.recipe == CHECK || !record.checklists.is_empty())
            && !view.full
            && matches!(item.verdict, Verdict::Pass | Verdict::NotApplicable(_))
            && item.suspicions + item.silenced == 0
    };
    let waits = |item: &Item| matches!(item.verdict, Verdict::NeedsEvidence(_));
    let (as_before, items): (Vec<&Item>, Vec<&Item>) = sorted_items(items.into_iter())
        .partition(|item| waits(item) && !view.full && is_as_before(record, item));
    let (short, long): (Vec<&Item>, Vec<&Item>) =
        items.into_iter().partition(|item| in_a_line(item));
    let rows: Vec<Row> = long
        .into_iter()
        .map(|item| {
            let word = item.verdict.word();
            let quiet = places(&Item {
                findings: 0,
                ..item.clone()
            });
            let why = reason(record, item);
            let why = said.item(item.id.as_str(), &why);
            let looked = match view.full {
                true => looked::phrase(record, item),
                false => String::new(),
            };
            let parts = [quiet, neutral::sentence(&why), looked];
            // `4 silenced: in the baseline` is one phrase, a suspicion and a reason are two.
            let between = match item.verdict {
                Verdict::Waived(_) if item.silenced > 0 => ": ",
                _ => "; ",
            };
            let reason = parts
                .iter()
                .filter(|part| !part.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(between);
            let findings = if item.findings == 0 {
                String::new()
            } else {
                item.findings.to_string()
            };
            Row {
                cells: vec![
                    (word.to_owned(), paint::word(word)),
                    plain(neutral::line(item.id.as_str())),
                    plain(neutral::sentence(&item.title)),
                    plain(findings),
                ],
                below: (!reason.is_empty()).then_some((2, (reason, paint::DIM))),
            }
        })
        .collect();
    let columns = [
        left("verdict"),
        left("item"),
        flexible("title"),
        right("findings"),
    ];
    let title = match record.checklists.is_empty() {
        true => "Checklist",
        false => "Beside the checklist",
    };
    let mut out = format!("{}\n", paint.heading(title));
    if !rows.is_empty() {
        out.push_str(&table::draw(&columns, &rows, view.width, paint));
    }
    let (pass, rest): (Vec<&Item>, Vec<&Item>) = short
        .into_iter()
        .partition(|item| item.verdict == Verdict::Pass);
    let mut tell = |text: &str, before: &str| {
        let width = view.width.saturating_sub(before.len());
        let text = wrap::hanging(text, width, &format!("{before}  "));
        out.push_str(&format!("{before}{text}\n"));
    };
    if !pass.is_empty() {
        tell(&format!("{} pass: {}", pass.len(), ids(&pass)), "  ");
    }
    if !rest.is_empty() && record.recipe == CHECK {
        let text = format!(
            "{} not applicable (-v says why): {}",
            rest.len(),
            ids(&rest)
        );
        tell(&text, "  ");
    } else if !rest.is_empty() {
        tell(&format!("{} not applicable", rest.len()), "  ");
        for (reason, items) in by_reason(&rest) {
            tell(&format!("{}: {reason}", ids(&items)), "    ");
        }
    }
    if !as_before.is_empty() {
        let verb = if as_before.len() == 1 {
            "needs"
        } else {
            "need"
        };
        let items = count(as_before.len(), "item", "items");
        let line = format!("{items} {verb} evidence, as before (-v says which and why)");
        let line = wrap::hanging(&line, view.width.saturating_sub(2), "    ");
        out.push_str(&format!("  {line}\n"));
    }
    out
}

/// The ids of items, in their order.
fn ids(items: &[&Item]) -> String {
    let ids = items.iter().map(|item| neutral::line(item.id.as_str()));
    ids.collect::<Vec<_>>().join(", ")
}

/// Items with the same short reason together, in the order of the first of each.
fn by_reason<'i>(items: &[&'i Item]) -> Vec<(String, Vec<&'i Item>)> {
    let mut groups: Vec<(String, Vec<&'i Item>)> = Vec::new();
    for item in items {
        let reason = short::reason(item.verdict.reason());
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, items)) => items.push(item),
            None => groups.push((reason, vec![item])),
        }
    }
    groups
}

/// Whether the run that this one is compared with said the same of an item: a change has nothing to do with it.
fn is_as_before(record: &RunRecord, item: &Item) -> bool {
    let changed = |comparison: &perfctl_core::run::Comparison| {
        let mut verdicts = comparison.verdicts.iter();
        verdicts.any(|changed| changed.item == item.id)
    };
    (record.comparison.as_ref()).is_some_and(|comparison| !changed(comparison))
}

/// How many findings of an item would count if the baseline did not hold them. Nobody has decided anything about them.
pub(crate) fn known_before(record: &RunRecord, item: &Item) -> usize {
    let is_known = |finding: &&Finding| {
        finding.rule == item.id
            && finding.silenced == Some(Silenced::Baseline)
            && finding.confidence >= record.least
    };
    record.findings.iter().filter(is_known).count()
}

/// Items in the order in which a report groups them: by verdict, then as in the record.
pub(crate) fn sorted_items<'i>(
    items: impl Iterator<Item = &'i Item>,
) -> impl Iterator<Item = &'i Item> {
    let order = |item: &Item| {
        Verdict::WORDS
            .iter()
            .position(|word| *word == item.verdict.word())
    };
    let mut sorted: Vec<&Item> = items.collect();
    sorted.sort_by_key(|item| order(item));
    sorted.into_iter()
}

/// The counts of an item: `3 findings, 1 silenced`.
pub(crate) fn places(item: &Item) -> String {
    let mut parts = Vec::new();
    if item.findings > 0 {
        parts.push(count(item.findings, "finding", "findings"));
    }
    if item.silenced > 0 {
        parts.push(format!("{} silenced", item.silenced));
    }
    if item.suspicions > 0 {
        parts.push(count(item.suspicions, "suspicion", "suspicions"));
    }
    parts.join(", ")
}

/// The reason of an item without the count that stands beside it: of `4 findings: in the baseline` only why. Where a
/// budget is broken, that is it.
pub(crate) fn reason<'a>(record: &RunRecord, item: &'a Item) -> Cow<'a, str> {
    let reason = item.verdict.reason();
    match item.verdict {
        Verdict::Waived(_) => reason
            .strip_prefix(&format!(
                "{}: ",
                count(item.silenced, "finding", "findings")
            ))
            .unwrap_or(reason)
            .into(),
        Verdict::Fail => broken::reason(record, &item.id).into(),
        _ => reason.into(),
    }
}

/// What to do first, with every input of the ranking formula.
pub(crate) fn first(record: &RunRecord, view: &View) -> String {
    let things = first_things(record);
    if things.is_empty() {
        return String::new();
    }
    let paint = Paint {
        colour: view.colour,
    };
    let measured = things.iter().any(|thing| thing.inputs.measured.is_some());
    let mut columns = vec![
        right("#"),
        left("item"),
        left("severity"),
        left("confidence"),
        left("reach"),
        right("sites"),
        left("effort"),
    ];
    if measured {
        columns.push(right("measured"));
    }
    columns.push(right("score"));
    let rows: Vec<Row> = things
        .iter()
        .enumerate()
        .map(|(at, thing)| {
            let inputs = &thing.inputs;
            let mut cells = vec![
                plain((at + 1).to_string()),
                (neutral::line(thing.id).into_owned(), paint::BOLD),
                (
                    inputs.severity.to_string(),
                    paint::severity(inputs.severity),
                ),
                plain(inputs.confidence.to_string()),
                plain(inputs.reach.to_string()),
                plain(inputs.sites.to_string()),
                plain(format!("{} {:.0} h", inputs.effort, rank::hours(inputs))),
            ];
            if measured {
                let ratio = inputs.measured;
                cells.push(plain(
                    ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}x")),
                ));
            }
            cells.push(plain(format!("{:.2}", thing.score)));
            Row {
                cells,
                below: Some((1, (about(record, thing), paint::DIM))),
            }
        })
        .collect();
    let heading = match things.len() {
        1 => "The one thing to do first".to_owned(),
        10 => "The ten things to do first".to_owned(),
        n => format!("The {n} things to do first"),
    };
    let legend = "score: severity x confidence x reach x sites x measured cost, divided by the effort of one site (S 1 h, M 3 h, L 8 h); the hours are of all sites";
    let legend = wrap::hanging(legend, view.width.saturating_sub(2), "  ");
    format!(
        "{}\n{}  {}\n",
        paint.heading(&heading),
        table::draw(&columns, &rows, view.width, paint),
        paint.paint(paint::DIM, &legend)
    )
}

/// What a thing is about, in a line: its title, its place, the budget that it breaks.
fn about(record: &RunRecord, thing: &Thing<'_>) -> String {
    let place = thing.finding().map(|finding| {
        let path = neutral::line(&finding.place.path);
        let more = match thing.inputs.sites {
            0 | 1 => String::new(),
            sites => format!(" and {} more", sites - 1),
        };
        format!("{path}:{}{more}", finding.place.start.line)
    });
    let over = thing.over(record);
    let parts = place.into_iter().chain((!over.is_empty()).then_some(over));
    let parts: Vec<String> = parts.collect();
    let title = neutral::sentence(thing.title);
    let gap = if title.is_empty() { "" } else { ": " };
    format!("{title}{gap}{}", parts.join("; "))
}

/// The limit of a budget as a phrase, `at most 1.00 s`, and its number.
pub(crate) fn limit(outcome: &BudgetOutcome) -> (String, Option<f64>) {
    let budget = &outcome.budget;
    let show = |value: f64| budget.unit.show(value);
    match (budget.max, budget.min) {
        (Some(max), Some(min)) => (format!("{} to {}", show(min), show(max)), Some(max)),
        (Some(max), None) => (format!("at most {}", show(max)), Some(max)),
        (None, Some(min)) => (format!("at least {}", show(min)), Some(min)),
        (None, None) => ("no limit".to_owned(), None),
    }
}

/// Name and labels of a series: `import.total{module=app.main}`.
pub(crate) fn series_name<'a>(
    name: &str,
    labels: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> String {
    let labels: Vec<String> = labels
        .into_iter()
        .map(|(key, value)| format!("{}={}", neutral::line(key), neutral::line(value)))
        .collect();
    let name = neutral::line(name);
    if labels.is_empty() {
        name.into_owned()
    } else {
        format!("{name}{{{}}}", labels.join(","))
    }
}

/// How far the samples lie apart that a budget was judged by, `median of 5, 1.58 s to 1.71 s`; empty where there is one.
pub(crate) fn spread(record: &RunRecord, outcome: &BudgetOutcome) -> String {
    let budget = &outcome.budget;
    let judged = record.metrics.iter().find(|metric| {
        metric.name == budget.metric && metric.labels == outcome.series && metric.samples.len() > 1
    });
    let Some(metric) = judged.filter(|_| !matches!(outcome.verdict, BudgetVerdict::NoData(_)))
    else {
        return String::new();
    };
    let samples = || metric.samples.iter().copied();
    let show = |value: Option<f64>| metric.unit.show(value.unwrap_or(f64::NAN));
    let (least, most) = (samples().reduce(f64::min), samples().reduce(f64::max));
    let count = metric.samples.len();
    format!("median of {count}, {} to {}", show(least), show(most))
}

/// Budgets with a bar against the limit.
pub(crate) fn budgets(record: &RunRecord, view: &View) -> String {
    if record.budgets.is_empty() {
        return String::new();
    }
    let paint = Paint {
        colour: view.colour,
    };
    let cells = if view.width == 0 || view.width >= 100 {
        16
    } else {
        8
    };
    let said = SaidOnce::of(record);
    let rows: Vec<Row> = record
        .budgets
        .iter()
        .map(|outcome| {
            let (limit_text, limit) = limit(outcome);
            let (word, value, why) = match &outcome.verdict {
                BudgetVerdict::Pass(value) => ("pass", Some(*value), ""),
                BudgetVerdict::Fail(value) => ("fail", Some(*value), outcome.budget.why.as_str()),
                BudgetVerdict::NoData(why) => ("no data", None, why.as_str()),
            };
            let drawn = match (value, limit) {
                (Some(value), Some(limit)) => bar::against_limit(value, limit, cells),
                _ => String::new(),
            };
            let spread = spread(record, outcome);
            let why = neutral::sentence(&said.budget(why));
            let gap = if spread.is_empty() || why.is_empty() {
                ""
            } else {
                "; "
            };
            let why = format!("{spread}{gap}{why}");
            Row {
                cells: vec![
                    (
                        word.to_owned(),
                        paint::word(if value.is_none() {
                            "needs-evidence"
                        } else {
                            word
                        }),
                    ),
                    plain(series_name(outcome.budget.metric.as_str(), &outcome.series)),
                    (drawn, paint::word(word)),
                    plain(
                        value.map_or_else(
                            || "-".to_owned(),
                            |value| outcome.budget.unit.show(value),
                        ),
                    ),
                    plain(limit_text),
                ],
                below: (!why.is_empty()).then_some((1, (why, paint::DIM))),
            }
        })
        .collect();
    let columns = [
        left("budget"),
        flexible("metric"),
        left(""),
        right("measured"),
        left("limit"),
    ];
    format!(
        "{}\n{}",
        paint.heading("Budgets"),
        table::draw(&columns, &rows, view.width, paint)
    )
}
