//! Counts, the checklist and what to do first, as templates see them.

use perfctl_core::run::RunRecord;
use perfctl_core::scale::Severity;
use perfctl_core::verdict::{self, Verdict};
use serde::Serialize;

use crate::said_once::SaidOnce;
use crate::select::{self, first_things};
use crate::shown_finding::reach_phrase;
use crate::source_link::place_url;
use crate::{checked, looked, overview, summary};

#[derive(Serialize)]
pub(super) struct Problem<'a> {
    pub(super) subject: &'a str,
    pub(super) message: &'a str,
}

#[derive(Serialize)]
pub(super) struct Totals {
    findings: usize,
    files: usize,
    fixable: usize,
    silenced: usize,
    suspicions: usize,
    items: usize,
    needs_evidence_share: f64,
    budgets: usize,
    budgets_broken: usize,
    steps: usize,
    steps_failed: usize,
}

pub(super) fn totals(totals: &summary::Totals, record: &RunRecord) -> Totals {
    Totals {
        findings: totals.findings,
        files: totals.files,
        fixable: totals.fixable,
        silenced: totals.silenced,
        suspicions: totals.suspicions,
        items: record.items.len(),
        needs_evidence_share: totals.needs_evidence_share(),
        budgets: totals.budgets,
        budgets_broken: totals.budgets_broken,
        steps: record.steps.len(),
        steps_failed: totals.steps_failed,
    }
}

/// A word with how often it occurs, and its share of the whole.
#[derive(Serialize)]
pub(super) struct Count {
    word: &'static str,
    n: usize,
    share: f64,
}

fn counts(words: impl Iterator<Item = (&'static str, usize)>) -> Vec<Count> {
    let all: Vec<(&'static str, usize)> = words.collect();
    let whole: usize = all.iter().map(|(_, count)| count).sum();
    all.into_iter()
        .map(|(word, count)| Count {
            word,
            n: count,
            share: count as f64 / whole.max(1) as f64,
        })
        .collect()
}

pub(super) fn severities(totals: &summary::Totals) -> Vec<Count> {
    counts(
        Severity::ALL
            .iter()
            .rev()
            .map(|severity| (severity.word(), totals.severity(*severity))),
    )
}

pub(super) fn verdicts(totals: &summary::Totals) -> Vec<Count> {
    counts(Verdict::WORDS.iter().copied().zip(totals.by_verdict))
}

#[derive(Serialize)]
pub(super) struct Item<'a> {
    id: &'a str,
    title: &'a str,
    category: Option<&'a str>,
    severity: Option<&'static str>,
    verdict: &'static str,
    reason: &'a str,
    reason_shown: String,
    findings: usize,
    silenced: usize,
    /// Of the silenced ones, those that only the baseline holds.
    known: usize,
    suspicions: usize,
    places: String,
    anchor: String,
}

/// The fragment that names a rule's findings within a document.
pub(super) fn anchor(id: &str) -> String {
    let slug: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    format!("rule-{slug}")
}

pub(super) fn items<'a>(record: &'a RunRecord, said: &SaidOnce<'_>) -> Vec<Item<'a>> {
    let items = overview::sorted_items(record.items.iter());
    items.map(|item| one_item(record, item, said)).collect()
}

/// The items that no checklist names.
pub(super) fn other_items<'a>(record: &'a RunRecord, said: &SaidOnce<'_>) -> Vec<Item<'a>> {
    let items = overview::sorted_items(checked::beside(record).into_iter());
    items.map(|item| one_item(record, item, said)).collect()
}

/// One item.
pub(super) fn one_item<'a>(
    record: &'a RunRecord,
    item: &'a verdict::Item,
    said: &SaidOnce<'_>,
) -> Item<'a> {
    let rule = select::rule_of(record, &item.id);
    Item {
        id: item.id.as_str(),
        title: &item.title,
        category: rule.map(|rule| rule.category.as_str()),
        severity: rule.map(|rule| rule.severity.word()),
        verdict: item.verdict.word(),
        reason: item.verdict.reason(),
        reason_shown: {
            let why = overview::reason(record, item);
            let why = said.item(item.id.as_str(), &why).into_owned();
            match why.is_empty() {
                true => looked::phrase(record, item),
                false => why,
            }
        },
        findings: item.findings,
        silenced: item.silenced,
        known: overview::known_before(record, item),
        suspicions: item.suspicions,
        places: overview::places(item),
        anchor: anchor(item.id.as_str()),
    }
}

#[derive(Serialize)]
pub(super) struct Thing<'a> {
    position: usize,
    rule: &'a str,
    title: &'a str,
    message: String,
    path: &'a str,
    line: Option<u32>,
    link: Option<String>,
    over: String,
    more: usize,
    severity: &'static str,
    confidence: &'static str,
    reach: &'static str,
    runs: &'static str,
    sites: usize,
    effort: &'static str,
    measured: Option<f64>,
    score: f64,
    factors: Factors,
    share: f64,
    anchor: String,
}

/// What each input comes to in the formula of the score, for people.
#[derive(Serialize)]
struct Factors {
    cost: String,
    probability: String,
    exposure: String,
    spread: String,
    measured: String,
    work: String,
}

fn factors(of: &perfctl_core::rank::Factors) -> Factors {
    // Two digits tell all factors apart, and `1` is plainer than `1.00`.
    let show = |value: f64| {
        let text = format!("{value:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    Factors {
        cost: show(of.cost),
        probability: show(of.probability),
        exposure: show(of.exposure),
        spread: show(of.spread),
        measured: show(of.measured),
        work: show(of.work),
    }
}

pub(super) fn things(record: &RunRecord) -> Vec<Thing<'_>> {
    let things = first_things(record);
    let best = things.iter().map(|thing| thing.score).fold(0.0, f64::max);
    things
        .into_iter()
        .enumerate()
        .map(|(at, thing)| {
            let over = thing.over(record);
            let found = thing.finding();
            let inputs = &thing.inputs;
            Thing {
                position: at + 1,
                rule: thing.id,
                title: match thing.title {
                    "" => thing.id,
                    title => title,
                },
                message: found.map_or_else(|| over.clone(), |found| found.message.clone()),
                path: found.map_or("", |found| &found.place.path),
                line: found.map(|found| found.place.start.line),
                link: found.and_then(|found| place_url(&record.source, &found.place)),
                over,
                more: inputs.sites.saturating_sub(1),
                severity: inputs.severity.word(),
                confidence: inputs.confidence.word(),
                reach: inputs.reach.word(),
                runs: reach_phrase(inputs.reach),
                sites: inputs.sites,
                effort: inputs.effort.word(),
                measured: inputs.measured,
                score: thing.score,
                factors: factors(&thing.factors()),
                share: if best > 0.0 { thing.score / best } else { 0.0 },
                anchor: match found {
                    Some(_) => anchor(thing.id),
                    None => "budgets".to_owned(),
                },
            }
        })
        .collect()
}
