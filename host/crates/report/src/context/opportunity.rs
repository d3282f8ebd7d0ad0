//! What there is to gain, as templates see it: opportunities with impact, return and phase, the profile of strengths and
//! bottlenecks, what to watch. Everything is computed from findings, budgets and the formula of the ranking.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::budget::BudgetVerdict;
use perfctl_core::finding::Finding;
use perfctl_core::rank::{self, Band, Phase as When};
use perfctl_core::rule::Rule;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::Effort;
use perfctl_core::seams::View;
use perfctl_core::suppress::SUPPRESS;
use perfctl_core::verdict::{Item, Verdict};
use serde::Serialize;

use super::outline::anchor;
use crate::help_text::language::{self, Family};
use crate::said_once::SaidOnce;
use crate::select::{self, Cause, Thing, counts};
use crate::source_link::place_url;
use crate::{broken, help_text, looked, metric_title, overview};

/// Places of an opportunity that are listed.
const PLACES: usize = 5;

/// Strengths that are listed.
const STRENGTHS: usize = 10;

#[derive(Serialize)]
pub(super) struct Opportunities<'a> {
    all: Vec<Opportunity<'a>>,
    phases: Vec<Phase<'a>>,
    strengths: Vec<Strength<'a>>,
    /// Items that passed and are not among the strengths.
    more_strengths: usize,
    bottlenecks: Vec<Bottleneck<'a>>,
    watch: Vec<Watch<'a>>,
}

#[derive(Serialize)]
struct Opportunity<'a> {
    priority: usize,
    rule: &'a str,
    title: &'a str,
    category: &'a str,
    anchor: String,
    sites: usize,
    files: usize,
    places: Vec<Place<'a>>,
    more: usize,
    over: String,
    change: String,
    gain: String,
    source: &'a str,
    confirm: String,
    metric: Option<&'a str>,
    measured: Option<f64>,
    /// What changes its findings carry: `unsafe`, `safe for 2 of 7`.
    fix_class: Option<String>,
    impact: f64,
    impact_word: &'static str,
    /// Of one place.
    effort: &'static str,
    /// Hours of one place.
    work: f64,
    /// Of all places.
    effort_word: &'static str,
    hours: f64,
    score: f64,
    roi: &'static str,
    phase: usize,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: u32,
    link: Option<String>,
    message: &'a str,
}

/// What is mended in a phase, and which share of all that was found is gone after it.
#[derive(Serialize)]
struct Phase<'a> {
    phase: usize,
    title: &'static str,
    rules: Vec<&'a str>,
    findings: usize,
    hours: f64,
    share: f64,
    /// Of this phase and those before.
    share_so_far: f64,
    /// Broken budgets whose opportunities are in the phase, each as a phrase.
    budgets: Vec<String>,
}

#[derive(Serialize)]
struct Strength<'a> {
    item: &'a str,
    title: &'a str,
    /// What was looked at, as a phrase.
    seen: String,
}

#[derive(Serialize)]
struct Bottleneck<'a> {
    category: &'a str,
    findings: usize,
    rules: Vec<&'a str>,
    share: f64,
}

/// A metric that tells whether something was mended.
#[derive(Serialize)]
struct Watch<'a> {
    metric: &'a str,
    title: String,
    limit: String,
    value_shown: String,
    /// Why there is no value, and what would measure it; empty where there is one.
    missing: String,
    rules: Vec<&'a str>,
}

pub(super) fn opportunities<'a>(record: &'a RunRecord, view: &View) -> Opportunities<'a> {
    let mut things = select::things(record);
    // A comment that allows nothing costs no request any time.
    things.retain(|thing| thing.id != SUPPRESS);
    let total: f64 = things.iter().map(|thing| rank::impact(&thing.inputs)).sum();
    let (strengths, more_strengths) = strengths(record);
    Opportunities {
        phases: phases(record, &things, total),
        bottlenecks: bottlenecks(record, &things, total),
        strengths,
        more_strengths,
        watch: watch(record, &things),
        all: things
            .iter()
            .enumerate()
            .map(|(at, thing)| opportunity(record, thing, at, view))
            .collect(),
    }
}

fn rule_of<'a>(record: &'a RunRecord, id: &str) -> Option<&'a Rule> {
    record.rules.iter().find(|rule| rule.id.as_str() == id)
}

fn opportunity<'a>(
    record: &'a RunRecord,
    thing: &Thing<'a>,
    at: usize,
    view: &View,
) -> Opportunity<'a> {
    let rule = rule_of(record, thing.id);
    let text = |part: fn(&Rule) -> &str| {
        rule.map_or_else(String::new, |rule| help_text::first_paragraph(part(rule)))
    };
    let found: Vec<_> = record
        .findings
        .iter()
        .filter(|finding| finding.rule.as_str() == thing.id)
        .filter(|finding| counts(finding, record.least))
        .filter(|finding| select::is_shown(finding, record.least, view))
        .collect();
    let files: BTreeSet<&str> = found.iter().map(|finding| &*finding.place.path).collect();
    let (change, gain) = match thing.cause {
        Cause::Finding(_) => {
            let families = found.iter();
            let families = families.filter_map(|found| Family::of_path(&found.place.path));
            let families: BTreeSet<Family> = families.collect();
            let fix = rule.map_or_else(String::new, |rule| {
                help_text::first_paragraph(&language::chosen(&rule.help.fix, &families))
            });
            (fix, text(|rule| &rule.help.why))
        }
        Cause::Budget(outcome) => (broken::goal(outcome), outcome.budget.why.clone()),
    };
    let (category, anchor) = match (rule, thing.cause) {
        (Some(rule), Cause::Finding(_)) => (rule.category.as_str(), anchor(thing.id)),
        (Some(rule), Cause::Budget(_)) => (rule.category.as_str(), "budgets".to_owned()),
        (None, _) => ("measured", "budgets".to_owned()),
    };
    let inputs = &thing.inputs;
    Opportunity {
        priority: at + 1,
        rule: thing.id,
        title: if thing.title.is_empty() {
            thing.id
        } else {
            thing.title
        },
        category,
        anchor,
        sites: inputs.sites,
        files: files.len(),
        places: found
            .iter()
            .take(PLACES)
            .map(|finding| Place {
                path: &finding.place.path,
                line: finding.place.start.line,
                link: place_url(&record.source, &finding.place),
                message: &finding.message,
            })
            .collect(),
        more: found.len().saturating_sub(PLACES),
        over: thing.over(record),
        change,
        gain,
        source: rule.map_or("", |rule| &rule.help.source),
        confirm: text(|rule| &rule.help.measure),
        metric: rule.and_then(|rule| Some(rule.metric.as_ref()?.as_str())),
        measured: inputs.measured,
        fix_class: offered(&found),
        impact: rank::impact(inputs),
        impact_word: Band::of(rank::impact(inputs)).word(),
        effort: inputs.effort.word(),
        work: rank::factors(inputs).work,
        effort_word: match rank::effort(inputs) {
            Effort::S => "low",
            Effort::M => "medium",
            Effort::L => "high",
        },
        hours: rank::hours(inputs),
        score: thing.score,
        roi: Band::of(thing.score).word(),
        phase: number(rank::phase(inputs)),
    }
}

/// The classes of the changes that findings carry, each with how many where it is not all; `None` where none carries one.
fn offered(found: &[&Finding]) -> Option<String> {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for fix in found.iter().filter_map(|finding| finding.fix.as_ref()) {
        *classes.entry(fix.safety.word()).or_default() += 1;
    }
    let all = found.len();
    let said: Vec<String> = classes
        .into_iter()
        .map(|(class, n)| match n == all {
            true => class.to_owned(),
            false => format!("{class} for {n} of {all}"),
        })
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn number(phase: When) -> usize {
    1 + When::ALL.iter().position(|one| *one == phase).unwrap_or(0)
}

fn phases<'a>(record: &'a RunRecord, things: &[Thing<'a>], total: f64) -> Vec<Phase<'a>> {
    let mut so_far = 0.0;
    let mut phases = Vec::new();
    for phase in When::ALL {
        let ours: Vec<&Thing<'a>> = things
            .iter()
            .filter(|thing| rank::phase(&thing.inputs) == *phase)
            .collect();
        let impact: f64 = ours.iter().map(|thing| rank::impact(&thing.inputs)).sum();
        let share = if total > 0.0 { impact / total } else { 0.0 };
        so_far += share;
        let findings = ours.iter().filter(|thing| thing.finding().is_some());
        phases.push(Phase {
            phase: number(*phase),
            title: phase.title(),
            rules: ours.iter().map(|thing| thing.id).collect(),
            findings: findings.map(|thing| thing.inputs.sites).sum(),
            hours: ours.iter().map(|thing| rank::hours(&thing.inputs)).sum(),
            share,
            share_so_far: so_far,
            budgets: ours
                .iter()
                .map(|thing| thing.over(record))
                .filter(|over| !over.is_empty())
                .collect(),
        });
    }
    phases
}

fn bottlenecks<'a>(record: &'a RunRecord, things: &[Thing<'a>], total: f64) -> Vec<Bottleneck<'a>> {
    let mut found: Vec<Bottleneck<'a>> = Vec::new();
    for thing in things {
        let category = rule_of(record, thing.id).map_or("measured", |rule| &rule.category);
        let share = rank::impact(&thing.inputs) / total;
        let sites = thing.finding().map_or(0, |_| thing.inputs.sites);
        match found.iter_mut().find(|one| one.category == category) {
            Some(one) => {
                one.findings += sites;
                one.share += share;
                one.rules.push(thing.id);
            }
            None => found.push(Bottleneck {
                category,
                findings: sites,
                rules: vec![thing.id],
                share,
            }),
        }
    }
    found.sort_by(|one, other| other.share.total_cmp(&one.share));
    found
}

/// What passed without a doubt, with what was looked at: code of the rule's languages, or a measurement within its limit. The gravest
/// first, and how many more passed: of a rule about files nobody knows whether there was one of its kind.
fn strengths(record: &RunRecord) -> (Vec<Strength<'_>>, usize) {
    let passed = record.items.iter();
    let passed =
        passed.filter(|item| item.verdict == Verdict::Pass && item.id.as_str() != SUPPRESS);
    let all = passed.clone().count();
    let severity = |item: &Item| rule_of(record, item.id.as_str()).map(|rule| rule.severity);
    let mut sure: Vec<(&Item, String)> = passed
        .filter(|item| item.suspicions + item.silenced == 0)
        .map(|item| (item, seen(record, item)))
        .filter(|(_, seen)| !seen.is_empty())
        .collect();
    // What was measured has no severity, and says most.
    let weight = |item: &Item| severity(item).map_or(usize::MAX, |one| one as usize);
    sure.sort_by_key(|(item, _)| std::cmp::Reverse(weight(item)));
    sure.truncate(STRENGTHS);
    let shown = sure.len();
    let strengths = sure.into_iter().map(|(item, seen)| Strength {
        item: item.id.as_str(),
        title: &item.title,
        seen,
    });
    (strengths.collect(), all - shown)
}

fn seen(record: &RunRecord, item: &Item) -> String {
    let id = item.id.as_str();
    let rule = rule_of(record, id);
    let held = record.budgets.iter().filter_map(|outcome| {
        let item = outcome.budget.item.as_ref()?;
        let is_its = item.as_str() == id || rule.is_some_and(|rule| rule.aliases.contains(item));
        match outcome.verdict {
            BudgetVerdict::Pass(value) if is_its => Some(format!(
                "`{}` is {}, allowed is {}",
                outcome.budget.metric,
                outcome.budget.unit.show(value),
                overview::limit(outcome).0
            )),
            _ => None,
        }
    });
    let mut said: Vec<String> = held.collect();
    let files = looked::files(record, item);
    if !files.is_empty() {
        let looked = match looked::phrase(record, item) {
            looked if item.looked_at.is_some_and(|looked| looked.places > 0) => looked + ", of ",
            _ => "nothing in ".to_owned(),
        };
        said.push(looked + &files.join(", "));
    }
    said.join("; ")
}

fn watch<'a>(record: &'a RunRecord, things: &[Thing<'a>]) -> Vec<Watch<'a>> {
    let mut rules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for thing in things {
        if let Some(metric) = rule_of(record, thing.id).and_then(|rule| rule.metric.as_ref()) {
            rules.entry(metric.as_str()).or_default().push(thing.id);
        }
    }
    for outcome in &record.budgets {
        rules.entry(outcome.budget.metric.as_str()).or_default();
    }
    let shown = |metric: &'a str| {
        let outcome = record
            .budgets
            .iter()
            .find(|outcome| outcome.budget.metric.as_str() == metric);
        let value = outcome.and_then(|outcome| match outcome.verdict {
            BudgetVerdict::Pass(value) | BudgetVerdict::Fail(value) => {
                Some(outcome.budget.unit.show(value))
            }
            BudgetVerdict::NoData(_) => None,
        });
        let limit = outcome.map(|outcome| overview::limit(outcome).0);
        (limit.unwrap_or_default(), value.unwrap_or_default())
    };
    rules
        .into_iter()
        .map(|(metric, rules)| {
            let (limit, value_shown) = shown(metric);
            let missing = match value_shown.is_empty() {
                true => missing(record, metric, &rules),
                false => String::new(),
            };
            Watch {
                metric,
                title: metric_title::of(metric),
                limit,
                value_shown,
                missing,
                rules,
            }
        })
        .collect()
}

/// Why nothing measured a metric, as its budget says; where the recipe has none, how it is measured, as the first of its rules says.
fn missing(record: &RunRecord, metric: &str, rules: &[&str]) -> String {
    let mut budgets = record.budgets.iter();
    let outcome = budgets.find(|outcome| outcome.budget.metric.as_str() == metric);
    if let Some(BudgetVerdict::NoData(why)) = outcome.map(|outcome| &outcome.verdict) {
        return SaidOnce::of(record).budget(why).into_owned();
    }
    let help = rules.iter().find_map(|id| rule_of(record, id));
    let how = help.map_or_else(String::new, |rule| {
        help_text::first_paragraph(&rule.help.measure)
    });
    let none = "no step of this recipe measures it";
    match how.is_empty() {
        true => none.to_owned(),
        false => format!("{none}; by hand: {how}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn phases_hold_every_opportunity_once_and_take_away_all_that_was_found() {
        let record = fixture::rich();
        let said = opportunities(&record, &View::default());
        let in_phases: usize = said.phases.iter().map(|phase| phase.rules.len()).sum();
        assert_eq!((in_phases, said.phases.len()), (said.all.len(), 3));
        let last = said.phases.last().map(|phase| phase.share_so_far);
        assert!((last.unwrap_or(0.0) - 1.0).abs() < 1e-9);
        let shares: f64 = said.bottlenecks.iter().map(|one| one.share).sum();
        assert!((shares - 1.0).abs() < 1e-9);
        for one in &said.all {
            assert!(
                (one.impact - one.score * rank::factors(&inputs(&record, one.rule)).work).abs()
                    < 1e-9
            );
        }
    }

    fn inputs(record: &RunRecord, id: &str) -> rank::Inputs {
        let things = select::things(record);
        things
            .iter()
            .find(|thing| thing.id == id)
            .expect("there")
            .inputs
    }

    #[test]
    fn a_suppression_that_does_no_good_is_no_opportunity() {
        let mut record = fixture::rich();
        let all = opportunities(&record, &View::default()).all.len();
        let id = record.findings[0].rule.clone();
        let of_it = |finding: &&mut Finding| finding.rule == id;
        for finding in record.findings.iter_mut().filter(of_it) {
            finding.rule = SUPPRESS.into();
        }
        let then = opportunities(&record, &View::default());
        assert_eq!(then.all.len(), all - 1);
        assert!(then.all.iter().all(|one| one.rule != SUPPRESS));
        assert!(
            then.bottlenecks
                .iter()
                .all(|one| !one.rules.contains(&SUPPRESS))
        );
    }

    #[test]
    fn strengths_are_what_passed_without_a_doubt() {
        let mut record = fixture::clean();
        record.portrait = fixture::rich().portrait;
        let before = opportunities(&record, &View::default()).strengths.len();
        let item = record
            .items
            .iter_mut()
            .find(|item| item.verdict == Verdict::Pass);
        item.expect("one").suspicions = 1;
        let said = opportunities(&record, &View::default());
        assert_eq!((said.strengths.len(), said.more_strengths), (before - 1, 1));
        for rule in &mut record.rules {
            rule.languages.clear();
        }
        let said = opportunities(&record, &View::default());
        assert!(said.strengths.is_empty() && said.more_strengths > 0);
    }

    #[test]
    fn what_nobody_measured_says_what_would() {
        let mut record = fixture::rich();
        let id = select::things(&record)[0].id.to_owned();
        let mut rules = record.rules.iter_mut();
        let rule = rules.find(|rule| rule.id.as_str() == id).expect("there");
        rule.metric = Some("http.outbound.p99".into());
        rule.help.measure = "Delay the dependency by 30 s.".to_owned();
        let said = opportunities(&record, &View::default());
        let bare: Vec<_> = said
            .watch
            .iter()
            .filter(|one| one.value_shown.is_empty())
            .collect();
        assert!(bare.iter().all(|one| !one.missing.is_empty()));
        let by_hand = bare.iter().find(|one| {
            one.missing
                == "no step of this recipe measures it; by hand: Delay the dependency by 30 s."
        });
        assert!(
            by_hand.is_some(),
            "{:?}",
            bare.iter().map(|one| &one.missing).collect::<Vec<_>>()
        );
        let measured = said.watch.iter().filter(|one| !one.value_shown.is_empty());
        assert!(measured.clone().count() > 0 && measured.clone().all(|one| one.missing.is_empty()));
    }

    #[test]
    fn a_fix_is_offered_where_findings_carry_one() {
        let mut record = fixture::rich();
        let with: Vec<Finding> = record
            .findings
            .drain(..)
            .filter(|one| one.fix.is_some())
            .collect();
        let one = with.first().expect("one has a change").clone();
        let word = one
            .fix
            .as_ref()
            .map(|fix| fix.safety.word())
            .expect("it has one");
        let mut bare = one.clone();
        bare.fix = None;
        assert_eq!(offered(&[&bare]), None);
        assert_eq!(offered(&[&one]).as_deref(), Some(word));
        assert_eq!(offered(&[&one, &bare]), Some(format!("{word} for 1 of 2")));
    }

    #[test]
    fn a_clean_run_has_strengths_with_what_was_seen_and_nothing_to_gain() {
        let mut record = fixture::clean();
        record.portrait = fixture::rich().portrait;
        let said = opportunities(&record, &View::default());
        assert!(said.all.is_empty() && said.bottlenecks.is_empty());
        assert_eq!(said.strengths[0].seen, "nothing in 58 files of python");
        assert!(said.phases.iter().all(|phase| phase.share == 0.0));
    }
}
