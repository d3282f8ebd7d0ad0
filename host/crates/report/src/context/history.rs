//! What was identified and fixed, as templates see it.

use perfctl_core::run::RunRecord;
use serde::Serialize;

use crate::ledger;

#[derive(Serialize)]
pub(super) struct Ledger<'a> {
    fixed: Vec<Fixed<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct Fixed<'a> {
    rule: &'a str,
    path: &'a str,
    line: u32,
    message: &'a str,
    first_seen: String,
    first_commit: Option<String>,
    fixed_commit: Option<String>,
    verified: String,
    verified_by: &'a str,
}

/// Null without a history, and while nothing is gone.
pub(super) fn ledger(record: &RunRecord) -> Option<Ledger<'_>> {
    let history = record
        .history
        .as_ref()
        .filter(|one| !one.fixed.is_empty())?;
    let fixed = history.fixed.iter().filter_map(|one| {
        let gone = one.fixed.as_ref()?;
        Some(Fixed {
            rule: one.rule.as_str(),
            path: &one.path,
            line: one.line,
            message: &one.message,
            first_seen: ledger::day(&one.first),
            first_commit: ledger::short_commit(&one.first),
            fixed_commit: ledger::short_commit(gone),
            verified: ledger::day(gone),
            verified_by: gone.run.as_str(),
        })
    });
    Some(Ledger {
        fixed: fixed.collect(),
        more: history.fixed_in_all.saturating_sub(history.fixed.len()),
    })
}
