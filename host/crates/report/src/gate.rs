//! What of a change blocks it, findings and all else that ends a run with a failure, and what its author does next, in words. Knows no format.

use perfctl_core::bar;
use perfctl_core::fix::Safety;
use perfctl_core::run::{Comparison, RunRecord};

use crate::neutral;
use crate::select::counts;
use crate::summary::count;

/// Most files that are named; more are counted.
const MOST_NAMED: usize = 5;

/// What of a change lets it fail, and what does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gate {
    /// Findings that block.
    pub(crate) blocking: usize,
    /// Whether anything blocks in a few words, for a headline: `1 blocks`; empty where nobody said what does.
    pub(crate) word: String,
    /// What blocks and what does not, a sentence; empty where nobody said what does.
    pub(crate) says: String,
    /// What to do with what is found, a sentence; empty where nothing is.
    pub(crate) next: String,
}

/// Holds what counts in `record` against what `comparison` says of its gate.
pub(crate) fn gate(record: &RunRecord, comparison: &Comparison) -> Gate {
    let found: Vec<_> = record
        .findings
        .iter()
        .filter(|finding| counts(finding, record.least))
        .collect();
    let Some(lowest) = comparison.fail_on else {
        return Gate::default();
    };
    let blocks = found.iter().filter(|finding| finding.severity >= lowest);
    let blocking = blocks.count();
    let budgets = bar::broken_budgets(record, lowest);
    let broken = count(budgets, "broken budget", "broken budgets");
    let severe = match lowest.word() {
        "critical" => "critical".to_owned(),
        word => format!("{word} or above"),
    };
    let verb = |n: usize| if n == 1 { "blocks" } else { "block" };
    let failed = failures(record);
    let (mut word, mut says) = match (blocking, found.len(), budgets) {
        (0, 0, 0) => (
            String::new(),
            format!("What is new and {severe} would block."),
        ),
        (0, 0, some) => {
            let word = format!("{broken} {}", verb(some));
            (word.clone(), format!("{word}."))
        }
        (0, _, 0) => (
            "none blocks".to_owned(),
            match failed.is_empty() {
                true => format!("Nothing blocks: none of what is found is {severe}."),
                false => format!("No finding blocks: none of what is found is {severe}."),
            },
        ),
        (0, _, some) => (
            format!("{broken} {}", verb(some)),
            format!(
                "{broken} {}; none of the findings does, for none is {severe}.",
                verb(some)
            ),
        ),
        (some, all, budgets) => {
            let rest = match all - some {
                0 => String::new(),
                rest => format!("; {rest} below that do not"),
            };
            let findings = count(some, "finding that is", "findings that are");
            match budgets {
                0 => (
                    format!("{some} {}", verb(some)),
                    format!("{findings} {severe} {}{rest}.", verb(some)),
                ),
                _ => (
                    format!("{some} and {broken} block"),
                    format!("{findings} {severe} and {broken} block{rest}."),
                ),
            }
        }
    };
    // Where something blocks, what failed decides nothing more.
    if !failed.is_empty() && blocking + budgets == 0 {
        word = match word.is_empty() {
            true => failed.clone(),
            false => format!("{word}, but {failed}"),
        };
        says.push_str(&format!(
            " The run ends with a failure all the same: {failed}."
        ));
    }
    let changes = |safety: Safety| {
        let fixes = found.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    let written = match (changes(Safety::Safe), changes(Safety::Unsafe)) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" `perfctl fix` mends {safe} of these findings."),
        (safe, others) => format!(
            " `perfctl fix --unsafe` mends {} of these findings; read what it writes, it may alter behaviour.",
            safe + others
        ),
    };
    let next = match found.is_empty() {
        true => String::new(),
        false => format!(
            "Mend what is below, or say beside the code why it may stay: `perfctl: allow RULE-ID -- reason` in a comment.{written}"
        ),
    };
    Gate {
        blocking,
        word,
        says,
        next,
    }
}

/// What failed, so that the run ends with a failure whatever it found: `2 steps failed`; empty where nothing did.
fn failures(record: &RunRecord) -> String {
    if record.interrupted {
        return "it was broken off".to_owned();
    }
    let steps = match bar::failed_steps(record) {
        0 => None,
        steps => Some(format!("{} failed", count(steps, "step", "steps"))),
    };
    let items = match bar::broken_items(record) {
        0 => None,
        items => Some(format!(
            "{} could not be judged",
            count(items, "item", "items")
        )),
    };
    let both: Vec<String> = steps.into_iter().chain(items).collect();
    both.join(" and ")
}

/// That so many files hold what no commit has, the beginning of a sentence.
pub fn hold_uncommitted(files: usize) -> String {
    let hold = count(files, "file holds", "files hold");
    format!("{hold} changes that are in no commit")
}

/// What was held against what, a sentence without names of files.
pub(crate) fn uncommitted(comparison: &Comparison) -> String {
    let files = comparison.uncommitted.len();
    let how = match files {
        0 => return String::new(),
        1 => "It was checked as it lies",
        _ => "They were checked as they lie",
    };
    let hold = hold_uncommitted(files);
    format!("{hold}. {how} there, so a run of the commit alone may end otherwise")
}

/// The same for a terminal: what blocks, and which files hold what no commit has; nothing without a gate.
pub(crate) fn told(record: &RunRecord, comparison: &Comparison) -> Vec<String> {
    let mut lines = vec![gate(record, comparison).says];
    let uncommitted = uncommitted(comparison);
    if !uncommitted.is_empty() {
        let first = comparison.uncommitted.iter().take(MOST_NAMED);
        let first: Vec<_> = first.map(|path| neutral::line(path)).collect();
        let more = match comparison.uncommitted.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(format!("{uncommitted}: {}{more}", first.join(", ")));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use perfctl_core::scale::Severity;

    use super::*;
    use crate::fixture;

    fn of(record: &RunRecord, fail_on: Option<Severity>) -> Gate {
        let comparison = Comparison {
            fail_on,
            ..Comparison::default()
        };
        gate(record, &comparison)
    }

    #[test]
    fn what_else_ends_the_run_with_a_failure_is_told_beside_findings() {
        use perfctl_core::budget::BudgetVerdict;
        use perfctl_core::run::StepStatus;
        use perfctl_core::verdict::{Item, Verdict};

        let says = |record: &RunRecord| {
            let gate = of(record, Some(Severity::High));
            (gate.word, gate.says)
        };
        let mut record = fixture::small();
        record.findings.truncate(1);
        record.findings[0].severity = Severity::Low;
        let mut broken = record.clone();
        broken.budgets = fixture::rich().budgets;
        broken.budgets.truncate(1);
        broken.budgets[0].budget.item = None;
        broken.budgets[0].verdict = BudgetVerdict::Fail(2.0);
        let (word, sentence) = says(&broken);
        assert_eq!(word, "1 broken budget blocks");
        assert_eq!(
            sentence,
            "1 broken budget blocks; none of the findings does, for none is high or above."
        );
        broken.findings[0].severity = Severity::High;
        assert_eq!(
            says(&broken).1,
            "1 finding that is high or above and 1 broken budget block."
        );
        broken.findings.clear();
        assert_eq!(says(&broken).1, "1 broken budget blocks.");

        let mut item: Item = fixture::rich().items.remove(0);
        item.verdict = Verdict::Error("it broke".to_owned());
        record.items = vec![item];
        record.steps = fixture::rich().steps;
        record.steps.truncate(1);
        record.steps[0].status = StepStatus::Failed("no".to_owned());
        assert_eq!(
            says(&record),
            (
                "none blocks, but 1 step failed and 1 item could not be judged".to_owned(),
                "No finding blocks: none of what is found is high or above. The run ends with a failure all the same: 1 step failed and 1 item could not be judged."
                    .to_owned()
            )
        );
        record.interrupted = true;
        assert!(
            says(&record)
                .1
                .ends_with("all the same: it was broken off.")
        );
    }

    #[test]
    fn what_blocks_is_told_from_what_does_not() {
        let mut record = fixture::small();
        record.findings.truncate(1);
        record.findings[0].severity = Severity::High;
        let mut milder = record.findings[0].clone();
        milder.severity = Severity::Low;
        milder.fix = None;
        record.findings.push(milder);
        let high = of(&record, Some(Severity::High));
        assert_eq!(
            (high.word.as_str(), high.says.as_str()),
            (
                "1 blocks",
                "1 finding that is high or above blocks; 1 below that do not."
            )
        );
        assert!(
            high.next
                .contains(" mends 1 of these findings; read what it writes"),
            "{high:?}"
        );
        let critical = of(&record, Some(Severity::Critical));
        assert_eq!(
            (critical.word.as_str(), critical.says.as_str()),
            (
                "none blocks",
                "Nothing blocks: none of what is found is critical."
            )
        );
        assert_eq!(of(&record, Some(Severity::Low)).word, "2 block");
        assert_eq!(of(&record, None), Gate::default());
        let clean = of(&fixture::clean(), Some(Severity::High));
        assert_eq!((clean.blocking, clean.next.as_str()), (0, ""));
    }
}
