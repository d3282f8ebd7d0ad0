//! Puts together what is known into the record. Decides nothing.

use std::time::Duration;

use jiff::Timestamp;
use perfctl_core::ids::RunId;
use perfctl_core::recipe::Recipe;
use perfctl_core::repository::Checkout;
use perfctl_core::run::RunRecord;
use sha2::{Digest, Sha256};

use super::Request;
use crate::judge::Judgement;
use crate::observe::Observations;
use crate::plan::Plan;
use crate::prepare::hexadecimal;
use crate::rules::Survey;

/// Writes the record. Its duration and comparison are still open.
pub(super) fn write(
    request: &Request<'_>,
    plan: &Plan,
    survey: Survey,
    observations: Observations,
    judgement: Judgement,
) -> RunRecord {
    let mut problems = survey.problems;
    problems.extend(observations.problems);
    problems.extend(judgement.problems);
    problems.sort();
    problems.dedup();
    let mut notes = request.notes.clone();
    notes.extend(plan.notes.iter().cloned());
    notes.extend(survey.notes);
    notes.extend(judgement.notes);
    if request.policy.changed.is_some() {
        notes.push("only findings on changed lines are kept".to_owned());
    }
    if !plan.limits.paths.is_empty() {
        notes.push(format!(
            "only findings in {} are kept",
            plan.limits.paths.join(", ")
        ));
    }
    if observations.interrupted {
        notes.push("the run was interrupted: this record is partial".to_owned());
    }
    let mut environment = request.environment.clone();
    environment.tools.extend(plan.tools.clone());
    RunRecord {
        id: run_id(request.recipe, request.checkout, request.started_ms),
        recipe: request.recipe.name.clone(),
        title: request.recipe.title.clone(),
        started_ms: request.started_ms,
        duration: Duration::ZERO,
        version: request.version.clone(),
        source: request.checkout.source.clone(),
        portrait: survey.portrait,
        params: plan.params.clone(),
        steps: observations.steps,
        rules: judgement.rules,
        items: judgement.items,
        checklists: plan.recipe.checklists.clone(),
        least: request.policy.least,
        parts: plan.limits.paths.clone(),
        unheard: judgement.unheard,
        ignored: judgement.ignored,
        changed_lines: request.policy.changed.is_some(),
        excluded: request.policy.excluded.clone(),
        hidden: survey.hidden,
        findings: judgement.findings,
        metrics: observations.metrics,
        budgets: judgement.budgets,
        problems,
        notes,
        environment,
        comparison: None,
        history: None,
        interrupted: observations.interrupted,
    }
}

/// Time and a short hash: `20261121T093000Z-1f3a9c02`. Sorts by time, and runs of different repositories or recipes that
/// start in the same second differ.
fn run_id(recipe: &Recipe, checkout: &Checkout, started_ms: u64) -> RunId {
    let time = i64::try_from(started_ms)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .unwrap_or(Timestamp::MAX);
    let mut hash = Sha256::new();
    let commit = checkout.source.commit.as_deref().unwrap_or_default();
    for part in [recipe.name.as_str(), &checkout.source.origin, commit] {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(started_ms.to_le_bytes());
    let hash = hexadecimal(&hash.finalize()[..4]);
    RunId::new(format!("{}-{hash}", time.strftime("%Y%m%dT%H%M%SZ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;

    #[test]
    fn a_run_id_sorts_by_time_and_tells_repositories_apart() {
        let recipe = crate::run::check_recipe(Vec::new(), Vec::new());
        let shop = fakes::checkout(std::path::Path::new("/srv/shop"));
        let mut other = shop.clone();
        other.source.origin = "https://example.org/other".to_owned();
        let id = run_id(&recipe, &shop, 1_795_253_400_000);
        assert!(id.as_str().starts_with("20261121T093000Z-"), "{id}");
        assert_eq!(id, run_id(&recipe, &shop, 1_795_253_400_000));
        assert_ne!(id, run_id(&recipe, &other, 1_795_253_400_000));
        assert_ne!(id, run_id(&recipe, &shop, 1_795_253_400_001));
        assert!(
            run_id(&recipe, &shop, u64::MAX)
                .as_str()
                .starts_with("9999")
        );
    }
}
