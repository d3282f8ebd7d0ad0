//! The counts of a run, the sentence that sums it up, and what to do next.

use perfctl_core::budget::{BudgetOutcome, BudgetVerdict};
use perfctl_core::finding::Silenced;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::Severity;
use perfctl_core::seams::View;
use perfctl_core::verdict::Verdict;

use crate::select::{Cause, counts, first_things};
use crate::{broken, ledger, neutral, select};

/// Counts over the whole record, whatever the view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Findings that count.
    pub findings: usize,
    /// The same by severity, low to critical.
    pub by_severity: [usize; 4],
    /// Files with at least one of them.
    pub files: usize,
    /// Those of them with a change that can be shown or written.
    pub fixable: usize,
    /// Silenced findings.
    pub silenced: usize,
    /// Findings of low confidence.
    pub suspicions: usize,
    /// Items per verdict, in the order of [`Verdict::WORDS`].
    pub by_verdict: [usize; 7],
    /// Budgets judged, and those broken.
    pub budgets: usize,
    /// Budgets that are broken.
    pub budgets_broken: usize,
    /// Steps that failed or timed out.
    pub steps_failed: usize,
}

impl Totals {
    /// Counts a record.
    pub(crate) fn of(record: &RunRecord) -> Self {
        let mut totals = Self::default();
        let mut files = std::collections::HashSet::new();
        for finding in &record.findings {
            if counts(finding, record.least) {
                totals.findings += 1;
                totals.by_severity[finding.severity as usize] += 1;
                totals.fixable += usize::from(finding.fix.is_some());
                files.insert(&finding.place.path);
            } else if finding.silenced.is_some() {
                totals.silenced += 1;
            } else {
                totals.suspicions += 1;
            }
        }
        totals.files = files.len();
        for item in &record.items {
            if let Some(at) = Verdict::WORDS
                .iter()
                .position(|word| *word == item.verdict.word())
            {
                totals.by_verdict[at] += 1;
            }
        }
        for outcome in &record.budgets {
            totals.budgets += 1;
            totals.budgets_broken += usize::from(matches!(outcome.verdict, BudgetVerdict::Fail(_)));
        }
        totals.steps_failed = record
            .steps
            .iter()
            .filter(|step| step.status.is_failure())
            .count();
        totals
    }

    /// Findings of one severity that count.
    pub(crate) fn severity(&self, severity: Severity) -> usize {
        self.by_severity[severity as usize]
    }

    /// Items that need evidence, as a share of all that apply; 0 where none does.
    pub(crate) fn needs_evidence_share(&self) -> f64 {
        let all: usize = self.by_verdict.iter().sum();
        let applying = all - self.verdict("not-applicable");
        self.verdict("needs-evidence") as f64 / applying.max(1) as f64
    }

    /// Items of one verdict, by its word.
    pub(crate) fn verdict(&self, word: &str) -> usize {
        Verdict::WORDS
            .iter()
            .position(|known| *known == word)
            .map_or(0, |at| self.by_verdict[at])
    }
}

/// `1 file`, `3 files`, `2 entries` with `plural` given.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The sentence that sums the run up.
pub fn headline(record: &RunRecord) -> String {
    headline_for(record, &View::default())
}

/// The same for a view, which may say how to see what does not count.
pub(crate) fn headline_for(record: &RunRecord, view: &View) -> String {
    let totals = Totals::of(record);
    let mut parts = Vec::new();
    if totals.findings == 0 {
        parts.push(match record.interrupted {
            true => "no findings until then".to_owned(),
            false => "no findings".to_owned(),
        });
    } else {
        let by: Vec<String> = Severity::ALL
            .iter()
            .rev()
            .filter(|severity| totals.severity(**severity) > 0)
            .map(|severity| format!("{} {severity}", totals.severity(*severity)))
            .collect();
        parts.push(format!(
            "{} ({}) in {}",
            count(totals.findings, "finding", "findings"),
            by.join(", "),
            count(totals.files, "file", "files")
        ));
        match ledger::back_since_this_run(record) {
            0 => {}
            1 => parts.push("1 of them came back after it was fixed".to_owned()),
            back => parts.push(format!("{back} of them came back after they were fixed")),
        }
    }
    let needs = totals.verdict("needs-evidence");
    if record.interrupted {
        // What was not come to is no item that needs evidence.
        let judged = record.items.len() - needs;
        parts.push(format!(
            "{judged} of {} judged",
            count(record.items.len(), "item", "items")
        ));
    } else if applies_nowhere(record) {
        parts.push(format!(
            "none of {} applies here",
            count(record.items.len(), "item", "items")
        ));
    } else if !record.items.is_empty() {
        let failed = totals.verdict("fail");
        parts.push(format!(
            "{failed} of {} failed",
            count(record.items.len(), "item", "items")
        ));
    }
    if needs > 0 && !record.interrupted {
        let applying = record.items.len() - totals.verdict("not-applicable");
        parts.push(format!(
            "{needs} of {} that apply {} evidence ({:.0} %)",
            count(applying, "item", "items"),
            if needs == 1 { "needs" } else { "need" },
            totals.needs_evidence_share() * 100.0
        ));
    }
    let broke = totals.verdict("error");
    if broke > 0 {
        parts.push(format!(
            "{} could not be judged",
            count(broke, "item", "items")
        ));
    }
    if totals.budgets_broken > 0 {
        parts.push(format!(
            "{} broken",
            count(totals.budgets_broken, "budget", "budgets")
        ));
    }
    if totals.steps_failed > 0 {
        parts.push(format!(
            "{} failed",
            count(totals.steps_failed, "step", "steps")
        ));
    }
    if totals.silenced > 0 {
        parts.push(format!("{} silenced", totals.silenced));
    }
    if totals.suspicions > 0 {
        let flag = match view.flags {
            true => " (--confidence low shows them)",
            false => "",
        };
        parts.push(format!(
            "{} not counted{flag}",
            count(totals.suspicions, "suspicion", "suspicions")
        ));
    }
    // A file that was not read is not clean, only unknown.
    if !record.problems.is_empty() {
        parts.push(format!(
            "{}: not everything was looked at",
            count(record.problems.len(), "problem", "problems")
        ));
    }
    let mut text = parts.join("; ");
    if record.interrupted {
        text.push_str("; interrupted, so this is only a part");
    }
    text
}

/// What to do next, as one sentence in the imperative.
pub(crate) fn next_step(record: &RunRecord) -> String {
    if record.interrupted {
        return "run it again: it was interrupted".to_owned();
    }
    if let Some(thing) = first_things(record).first() {
        let id = neutral::line(thing.id);
        let effort = thing.inputs.effort;
        return match thing.cause {
            Cause::Finding(finding) => format!(
                "mend {id} at {}:{} (effort {effort}); `perfctl rule explain {id}` says how",
                neutral::line(&finding.place.path),
                finding.place.start.line,
            ),
            Cause::Budget(outcome) => over_budget(record, outcome),
        };
    }
    if let Some(item) = record
        .items
        .iter()
        .find(|item| matches!(item.verdict, Verdict::Fail | Verdict::Error(_)))
    {
        // The record of an earlier version names no rank of a budget.
        if let Some(outcome) = broken::of_item(record, &item.id).first() {
            return over_budget(record, outcome);
        }
        return format!(
            "look at {}: {}",
            neutral::line(item.id.as_str()),
            neutral::sentence(&item.title)
        );
    }
    let broken = record.budgets.iter().find(|outcome| {
        outcome.budget.item.is_none() && matches!(outcome.verdict, BudgetVerdict::Fail(_))
    });
    if let Some(outcome) = broken {
        return over_budget(record, outcome);
    }
    if let Some(step) = record.steps.iter().find(|step| step.status.is_failure()) {
        let why = match step.status.reason() {
            "" => step.status.word(),
            why => why,
        };
        return format!(
            "look at step `{}`: {}",
            neutral::line(step.id.as_str()),
            neutral::sentence(why)
        );
    }
    if let Some(item) = record
        .items
        .iter()
        .find(|item| matches!(item.verdict, Verdict::NeedsEvidence(_)))
    {
        return format!(
            "give the evidence for {}: {}",
            neutral::line(item.id.as_str()),
            neutral::sentence(item.verdict.reason())
        );
    }
    if let Some(problem) = record.problems.first() {
        return format!(
            "look at {}: {}",
            neutral::line(&problem.subject),
            neutral::sentence(&problem.message)
        );
    }
    if record.portrait.files == 0 && !record.rules.is_empty() && applies_nowhere(record) {
        return match record.source.commit {
            None => "nothing: there are no files here yet, or the settings and .gitignore leave all of them out",
            Some(_) => "nothing: no file was looked at, because the settings and .gitignore leave all of them out, or there are none",
        }
        .to_owned();
    }
    if applies_nowhere(record) {
        return "nothing, unless this is the wrong place: no item is about what is here".to_owned();
    }
    nothing_to_do(record)
}

/// What to do about a broken budget, with its number, its limit, and where to look.
fn over_budget(record: &RunRecord, outcome: &BudgetOutcome) -> String {
    let mut text = broken::goal(outcome);
    let rule = outcome.budget.item.as_ref().map(|item| {
        let rule = select::rule_of(record, item);
        text.push_str(&format!(" ({})", neutral::line(item.as_str())));
        rule
    });
    if let Some(most) = broken::most(outcome) {
        text.push_str(&format!(": {most}"));
    }
    if let Some(rule) = rule.flatten() {
        let id = neutral::line(rule.id.as_str());
        text.push_str(&format!("; `perfctl rule explain {id}` says how"));
    }
    text
}

/// Why nothing is to do. What is silenced is not there to be mended, but it did not pass either.
fn nothing_to_do(record: &RunRecord) -> String {
    let silenced = || {
        let all = record.findings.iter();
        all.filter_map(|finding| finding.silenced.as_ref())
    };
    let all = silenced().count();
    let old = silenced()
        .filter(|why| matches!(why, Silenced::Baseline))
        .count();
    let are = if all == 1 { "is" } else { "are" };
    let among = match old {
        0 => String::new(),
        old if old == all => " by the baseline".to_owned(),
        old => format!(", {old} of them by the baseline"),
    };
    if all > 0 {
        let new = if record.comparison.is_some() || old > 0 {
            "there is no new finding"
        } else {
            "there is no other finding"
        };
        let all = count(all, "finding", "findings");
        return format!("nothing: {new}, and {all} {are} silenced{among}");
    }
    if record.changed_lines {
        return "nothing: no finding lies on the changed lines; the rest was not judged".to_owned();
    }
    let waived = record
        .items
        .iter()
        .any(|item| matches!(item.verdict, Verdict::Waived(_)));
    let or = if waived { " or is waived" } else { "" };
    format!("nothing: every item that applies passed{or}")
}

/// Whether there was nothing to judge, which a mistyped path and a clean service have in common with no finding.
fn applies_nowhere(record: &RunRecord) -> bool {
    let mut verdicts = record.items.iter().map(|item| &item.verdict);
    !record.items.is_empty() && verdicts.all(|verdict| matches!(verdict, Verdict::NotApplicable(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use perfctl_core::ids::StepId;
    use perfctl_core::run::StepStatus;

    #[test]
    fn the_headline_counts_what_counts() {
        let record = fixture::rich();
        let totals = Totals::of(&record);
        assert_eq!(
            totals.findings,
            record
                .findings
                .iter()
                .filter(|finding| counts(finding, record.least))
                .count()
        );
        assert_eq!(totals.by_severity.iter().sum::<usize>(), totals.findings);
        assert_eq!(totals.by_verdict.iter().sum::<usize>(), record.items.len());
        assert!(headline(&record).starts_with(&format!("{} findings (", totals.findings)));
        assert!(
            next_step(&record).starts_with("mend NET-901 at "),
            "{}",
            next_step(&record)
        );
    }

    #[test]
    fn a_clean_record_says_that_nothing_is_to_do() {
        let record = fixture::clean();
        assert_eq!(headline(&record), "no findings; 0 of 1 item failed");
        assert_eq!(
            next_step(&record),
            "nothing: every item that applies passed"
        );
        let mut changes = record;
        changes.changed_lines = true;
        assert_eq!(
            next_step(&changes),
            "nothing: no finding lies on the changed lines; the rest was not judged"
        );
    }

    #[test]
    fn what_is_silenced_is_not_called_passed() {
        let mut record = fixture::small();
        record.items[0].verdict = Verdict::Waived("1 finding: in the baseline".to_owned());
        record.findings[0].silenced = Some(Silenced::Baseline);
        assert_eq!(
            next_step(&record),
            "nothing: there is no new finding, and 1 finding is silenced by the baseline"
        );
        let mut other = record.findings[0].clone();
        other.silenced = Some(Silenced::Waiver("legacy".to_owned()));
        record.findings.push(other);
        assert_eq!(
            next_step(&record),
            "nothing: there is no new finding, and 2 findings are silenced, 1 of them by the baseline"
        );
        record.findings.remove(0);
        assert_eq!(
            next_step(&record),
            "nothing: there is no other finding, and 1 finding is silenced"
        );
        record.findings.clear();
        assert_eq!(
            next_step(&record),
            "nothing: every item that applies passed or is waived"
        );
    }

    #[test]
    fn where_nothing_applies_nothing_is_called_passed() {
        let mut record = fixture::clean();
        for item in &mut record.items {
            item.verdict = Verdict::NotApplicable("no code".to_owned());
        }
        assert_eq!(
            headline(&record),
            "no findings; none of 1 item applies here"
        );
        record.portrait.files = 3;
        assert!(next_step(&record).starts_with("nothing, unless this is the wrong place"));
        record.portrait.files = 0;
        assert!(next_step(&record).starts_with("nothing: there are no files here yet"));
        record.source.commit = Some("3f9a2c41".to_owned());
        assert!(next_step(&record).starts_with("nothing: no file was looked at"));
    }

    #[test]
    fn a_broken_budget_is_told_with_its_number_its_limit_and_where_to_look() {
        let mut record = fixture::slow();
        let told = "bring `import.total` from 2.51 s to at most 2.00 s (START-901): most of it in module `app.heavy` (2.31 s) and package `app` (2.40 s)";
        assert_eq!(next_step(&record), told);
        // A record of an earlier version says nothing of ranks and parts.
        record.budgets[0].rank = None;
        record.budgets[0].most.clear();
        let told = "bring `import.total` from 2.51 s to at most 2.00 s (START-901)";
        assert_eq!(next_step(&record), told);
        record.rules[0].id = "START-901".into();
        assert!(next_step(&record).ends_with("`perfctl rule explain START-901` says how"));
    }

    #[test]
    fn a_step_that_failed_is_what_to_look_at_when_nothing_else_is_wrong() {
        let mut record = fixture::clean();
        let mut step = fixture::rich().steps[0].clone();
        step.id = StepId::new("sizes");
        step.status = StepStatus::Failed("exit code 9: oops".to_owned());
        record.steps = vec![step];
        assert_eq!(
            next_step(&record),
            "look at step `sizes`: exit code 9: oops"
        );
    }

    #[test]
    fn what_could_not_be_looked_at_is_never_called_clean() {
        let record = RunRecord {
            problems: vec![perfctl_core::run::Problem {
                subject: "shop/a\u{1b}.py".to_owned(),
                message: "not looked at: its name is not UTF-8".to_owned(),
            }],
            ..fixture::clean()
        };
        assert!(headline(&record).ends_with("1 problem: not everything was looked at"));
        assert_eq!(
            next_step(&record),
            "look at shop/a\\x1b.py: not looked at: its name is not UTF-8"
        );
    }

    #[test]
    fn an_interrupted_run_is_never_called_complete() {
        let record = RunRecord {
            interrupted: true,
            ..fixture::clean()
        };
        assert!(headline(&record).ends_with("only a part"));
        assert!(next_step(&record).contains("interrupted"));
    }
}
