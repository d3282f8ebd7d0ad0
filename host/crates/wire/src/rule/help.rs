//! `[help]`: the texts that a developer learns from.

use perfctl_core::rule::Help;

use crate::table::Table;

/// Reads the texts. All are required and not empty, but `example`, and `measure` where no metric confirms the rule.
pub(super) fn read(table: &Table<'_>, confirmed_by_metric: bool) -> Option<Help> {
    let what = table.filled("what", "\"what it checks\"");
    let why = table.filled("why", "\"what it costs, with a figure\"");
    let source = table.filled("source", "\"where the figure comes from\"");
    let example = table.value("example").map(|value| value.filled());
    let fix = table.filled("fix", "\"how to mend it\"");
    let false_alarms = table.filled("false_alarms", "\"when a finding is none\"");
    let measure = if confirmed_by_metric {
        Some(table.filled("measure", "\"how to confirm it with the metric\""))
    } else {
        table.value("measure").map(|value| value.filled())
    };
    Some(Help {
        what: what?.trim().to_owned(),
        why: why?.trim().to_owned(),
        source: source?.trim().to_owned(),
        example: example
            .flatten()
            .unwrap_or("")
            .trim_matches('\n')
            .to_owned(),
        fix: fix?.trim().to_owned(),
        false_alarms: false_alarms?.trim().to_owned(),
        measure: measure.flatten().unwrap_or("").trim().to_owned(),
    })
}
