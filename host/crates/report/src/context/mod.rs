//! What a template sees: the record with everything worked out that a template cannot work out itself.
//!
//! `templates/README.md` documents every name; a test holds it against these structures. Texts are raw here: templates
//! escape them by the kind of file that they write.

mod checklist;
mod finding;
mod history;
mod measured;
mod opportunity;
mod outline;
mod repository;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{RenderError, View};
use perfctl_wire::record;
use serde::Serialize;
use serde_json::Value;

use crate::said_once::SaidOnce;
use crate::summary::{Totals, headline, next_step};
use crate::{evidence, moment, select};

/// Version of the context; a template that needs fields of a later one can say so.
pub(crate) const SCHEMA: &str = "perfctl.report/1";

#[derive(Serialize)]
struct Context<'a> {
    schema: &'static str,
    perfctl: &'a str,
    headline: String,
    next: String,
    evidence: Option<String>,
    run: Run<'a>,
    repository: repository::Repository<'a>,
    portrait: repository::Portrait<'a>,
    environment: repository::Environment<'a>,
    totals: outline::Totals,
    severities: Vec<outline::Count>,
    verdicts: Vec<outline::Count>,
    items: Vec<outline::Item<'a>>,
    checklists: Vec<checklist::Checklist<'a>>,
    other_items: Vec<outline::Item<'a>>,
    opportunities: opportunity::Opportunities<'a>,
    things: Vec<outline::Thing<'a>>,
    groups: Vec<finding::Group<'a>>,
    budgets: Vec<measured::Budget<'a>>,
    metrics: Vec<measured::Metric<'a>>,
    steps: Vec<measured::Step<'a>>,
    comparison: Option<measured::Comparison<'a>>,
    ledger: Option<history::Ledger<'a>>,
    problems: Vec<outline::Problem<'a>>,
    notes: &'a [String],
    record: Option<record::Run>,
}

#[derive(Serialize)]
struct Run<'a> {
    id: &'a str,
    recipe: &'a str,
    title: &'a str,
    started: String,
    started_for_people: String,
    duration: String,
    duration_s: f64,
    interrupted: bool,
    params: Vec<Pair<'a>>,
}

/// A name with its value.
#[derive(Serialize)]
struct Pair<'a> {
    name: &'a str,
    value: &'a str,
}

fn pairs(map: &std::collections::BTreeMap<String, String>) -> Vec<Pair<'_>> {
    map.iter()
        .map(|(name, value)| Pair { name, value })
        .collect()
}

/// The context of a record, with the findings that the view shows. `with_record` adds the whole record, which doubles the
/// work and which hardly any template asks for.
///
/// # Errors
/// If the record cannot be written as JSON.
pub(crate) fn build(
    record: &RunRecord,
    view: &View,
    with_record: bool,
) -> Result<Value, RenderError> {
    let totals = Totals::of(record);
    let said = SaidOnce::of(record);
    let context = Context {
        schema: SCHEMA,
        perfctl: &record.version,
        headline: headline(record),
        next: next_step(record),
        evidence: evidence::ways(record),
        run: Run {
            id: record.id.as_str(),
            recipe: &record.recipe,
            title: &record.title,
            started: moment::utc(record.started_ms),
            started_for_people: moment::utc_for_people(record.started_ms),
            duration: moment::duration(record.duration),
            duration_s: record.duration.as_secs_f64(),
            interrupted: record.interrupted,
            params: pairs(&record.params),
        },
        repository: repository::repository(&record.source),
        portrait: repository::portrait(&record.portrait),
        environment: repository::environment(&record.environment),
        severities: outline::severities(&totals),
        verdicts: outline::verdicts(&totals),
        totals: outline::totals(&totals, record),
        items: outline::items(record, &said),
        checklists: checklist::checklists(record, &said),
        other_items: outline::other_items(record, &said),
        opportunities: opportunity::opportunities(record, view),
        things: outline::things(record),
        groups: select::groups(record, view)
            .iter()
            .enumerate()
            .map(|(at, group)| finding::group(record, group, at))
            .collect(),
        budgets: measured::budgets(record, &said),
        metrics: measured::metrics(record),
        steps: measured::steps(record, &said),
        comparison: record
            .comparison
            .as_ref()
            .map(|comparison| measured::comparison(record, comparison)),
        ledger: history::ledger(record),
        problems: record
            .problems
            .iter()
            .map(|problem| outline::Problem {
                subject: &problem.subject,
                message: &problem.message,
            })
            .collect(),
        notes: &record.notes,
        record: with_record.then(|| record::Run::from(record)),
    };
    serde_json::to_value(context).map_err(|error| RenderError {
        message: format!("cannot prepare the record for a template: {error}"),
    })
}
