//! From a record to the class of the exit code. Knows the contract's numbers and no process.

use perfctl_core::bar;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Severity};

use super::counts;

/// How a run ends, for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing over the gate.
    Clean,
    /// Findings or broken budgets over the gate.
    Findings,
    /// Some steps or rules failed.
    Failed,
    /// The user ended it.
    Interrupted,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 3,
            Exit::Interrupted => 130,
        }
    }
}

/// Holds `record` against the gate: findings of at least `fail_on` that count from confidence `least`, and items that fail
/// by a broken budget. `None` lets everything through but failures.
///
/// An interrupted run is no verdict, so it comes first. Findings come before failures: a script that forgives trouble with
/// tools must not forgive defects with it.
pub fn gate(record: &RunRecord, fail_on: Option<Severity>, least: Confidence) -> Exit {
    if record.interrupted {
        return Exit::Interrupted;
    }
    if let Some(lowest) = fail_on {
        let over = record
            .findings
            .iter()
            .any(|finding| counts(finding, least) && finding.severity >= lowest);
        if over || bar::broken_budgets(record, lowest) > 0 {
            return Exit::Findings;
        }
    }
    let failed = bar::failed_steps(record) > 0 || bar::broken_items(record) > 0;
    if failed { Exit::Failed } else { Exit::Clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;
    use crate::judge::LEAST;
    use perfctl_core::budget::BudgetVerdict;
    use perfctl_core::finding::Silenced;
    use perfctl_core::ids::RuleId;
    use perfctl_core::run::StepStatus;
    use perfctl_core::verdict::{Item, Verdict};

    fn record(change: impl Fn(&mut RunRecord)) -> RunRecord {
        let mut record = fakes::record("r");
        change(&mut record);
        record
    }

    fn with_finding(record: &mut RunRecord) {
        record.findings = vec![fakes::finding("NET-1", "a.py", 1)];
    }

    fn failed(record: &mut RunRecord) {
        let mut step = fakes::step_record("s");
        step.status = StepStatus::Failed("no".to_owned());
        record.steps = vec![step];
    }

    #[test]
    fn only_findings_that_count_and_are_severe_enough_are_over_the_gate() {
        let high = Some(Severity::High);
        assert_eq!(gate(&record(with_finding), high, LEAST), Exit::Findings);
        assert_eq!(
            gate(&record(with_finding), Some(Severity::Critical), LEAST),
            Exit::Clean
        );
        assert_eq!(gate(&record(with_finding), None, LEAST), Exit::Clean);
        let silenced = record(|record| {
            with_finding(record);
            record.findings[0].silenced = Some(Silenced::Baseline);
        });
        let suspected = record(|record| {
            with_finding(record);
            record.findings[0].confidence = Confidence::Low;
        });
        assert_eq!(
            (gate(&silenced, high, LEAST), gate(&suspected, high, LEAST)),
            (Exit::Clean, Exit::Clean)
        );
    }

    #[test]
    fn a_rule_that_broke_after_it_found_something_is_a_failure_below_the_gate() {
        let below = record(|record| {
            with_finding(record);
            record.items = vec![fakes::item("NET-1", Verdict::Fail)];
            record.items[0].findings = 1;
        });
        let mut broke = below.clone();
        broke.unheard = vec![RuleId::new("NET-1")];
        let critical = Some(Severity::Critical);
        assert_eq!(
            [&below, &broke].map(|record| gate(record, critical, LEAST)),
            [Exit::Clean, Exit::Failed]
        );
        assert_eq!(
            gate(&broke, Some(Severity::High), LEAST),
            Exit::Findings,
            "defects come first"
        );
    }

    #[test]
    fn a_broken_budget_counts_beside_findings_that_are_below_the_gate() {
        let record = record(|record| {
            with_finding(record);
            record.findings[0].severity = Severity::Low;
            record.rules = vec![fakes::rule("NET-1")];
            record.items = vec![Item {
                findings: 1,
                ..fakes::item("NET-1", Verdict::Fail)
            }];
            record.budgets = vec![fakes::budget(Some("NET-1"), BudgetVerdict::Fail(2.0))];
        });
        assert_eq!(gate(&record, Some(Severity::High), LEAST), Exit::Findings);
    }

    #[test]
    fn a_broken_budget_is_over_the_gate_by_the_severity_of_its_rule() {
        let broken = |id: &'static str| {
            record(move |record| {
                record.items = vec![fakes::item(id, Verdict::Fail)];
                record.rules = vec![fakes::rule("NET-1")];
            })
        };
        assert_eq!(
            gate(&broken("NET-1"), Some(Severity::High), LEAST),
            Exit::Findings
        );
        assert_eq!(
            gate(&broken("NET-1"), Some(Severity::Critical), LEAST),
            Exit::Clean
        );
        assert_eq!(
            gate(&broken("MEASURED-1"), Some(Severity::Critical), LEAST),
            Exit::Findings
        );
    }

    #[test]
    fn an_interruption_hides_behind_nothing_and_findings_come_before_failures() {
        let low = Some(Severity::Low);
        let both = |record: &mut RunRecord| {
            with_finding(record);
            failed(record);
        };
        assert_eq!(gate(&record(failed), low, LEAST).code(), 3);
        assert_eq!(gate(&record(both), low, LEAST).code(), 1);
        let all = record(|record| {
            both(record);
            record.interrupted = true;
        });
        assert_eq!(gate(&all, low, LEAST).code(), 130);
        let error = record(|record| {
            record.items = vec![fakes::item("NET-1", Verdict::Error("broke".to_owned()))];
        });
        assert_eq!(gate(&error, low, LEAST).code(), 3);
        assert_eq!(gate(&fakes::record("r"), low, LEAST).code(), 0);
    }
}
