//! What of a change blocks it and what its author does next, in words. Knows no format.

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
    /// Whether it blocks in a few words, for a headline: `1 blocks`; empty where nobody said what does.
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
    let blocking = blocks.clone().count();
    let bar = match lowest.word() {
        "critical" => "critical".to_owned(),
        word => format!("{word} or above"),
    };
    let (word, says) = match (blocking, found.len()) {
        (0, 0) => (String::new(), format!("What is new and {bar} would block.")),
        (0, _) => (
            "none blocks".to_owned(),
            format!("Nothing blocks: none of what is found is {bar}."),
        ),
        (some, all) => {
            let rest = match all - some {
                0 => String::new(),
                rest => format!("; {rest} below that do not"),
            };
            let word = if some == 1 { "blocks" } else { "block" };
            (
                format!("{some} {word}"),
                format!(
                    "{} {bar} {word}{rest}.",
                    count(some, "finding that is", "findings that are")
                ),
            )
        }
    };
    let changes = |safety: Safety| {
        let fixes = found.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    let written = match (changes(Safety::Safe), changes(Safety::Unsafe)) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" `perfctl fix` writes {safe} of the changes."),
        (safe, others) => format!(
            " `perfctl fix --unsafe` writes {} of the changes; read them, they may alter behaviour.",
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

/// What was held against what, a sentence without names of files.
pub(crate) fn uncommitted(comparison: &Comparison) -> String {
    match comparison.uncommitted.len() {
        0 => String::new(),
        1 => "1 file holds changes that are in no commit. It was checked as it lies there, so a run of the commit alone may end otherwise"
            .to_owned(),
        files => format!(
            "{files} files hold changes that are in no commit. They were checked as they lie there, so a run of the commit alone may end otherwise"
        ),
    }
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
        assert!(high.next.contains("writes 1 of the changes"), "{high:?}");
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
