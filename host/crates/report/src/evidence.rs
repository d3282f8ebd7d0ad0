//! How items come to the evidence that they need: by a signature, or by steps that would have measured.

use perfctl_core::run::{RunRecord, StepStatus};

use crate::summary::Totals;
use crate::{neutral, overview};

/// Most steps that are named; more are counted.
const MOST_NAMED: usize = 6;

/// The ways out of `needs-evidence`, one sentence for the whole report; `None` where no item needs any.
pub(crate) fn ways(record: &RunRecord) -> Option<String> {
    if Totals::of(record).verdict("needs-evidence") == 0 || record.interrupted {
        return None;
    }
    let sign =
        "who has the evidence signs for the item with `perfctl attest ID --evidence URL|PATH`";
    let measure = match unmeasured(record).as_slice() {
        [] if record.recipe == overview::CHECK => {
            "; what can be measured, the steps of a recipe measure (`perfctl doctor` says what each needs)".to_owned()
        }
        [] => String::new(),
        [one] => format!("; step {one} of this recipe would measure more: its reason says what it lacks"),
        several => {
            let first = several[..several.len().min(MOST_NAMED)].join(", ");
            let more = match several.len().saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("; steps {first}{more} of this recipe would measure more: their reasons say what they lack")
        }
    };
    Some(format!("{sign}{measure}"))
}

/// The steps that would have measured, had they had what they need.
fn unmeasured(record: &RunRecord) -> Vec<String> {
    let steps = record.steps.iter();
    steps
        .filter(|step| matches!(step.status, StepStatus::NeedsEvidence(_)))
        .map(|step| format!("`{}`", neutral::line(step.id.as_str())))
        .collect()
}

#[cfg(test)]
mod tests {
    use perfctl_core::ids::StepId;
    use perfctl_core::verdict::Verdict;

    use super::*;
    use crate::fixture;

    fn needing() -> RunRecord {
        let mut record = fixture::clean();
        record.items[0].verdict = Verdict::NeedsEvidence("nobody looked".to_owned());
        record
    }

    #[test]
    fn who_needs_no_evidence_is_told_nothing() {
        assert_eq!(ways(&fixture::clean()), None);
    }

    #[test]
    fn a_check_points_to_recipes_and_a_recipe_to_its_own_steps() {
        let mut record = needing();
        let said = ways(&record).expect("one needs it");
        assert!(
            said.contains("`perfctl attest ID --evidence URL|PATH`"),
            "{said}"
        );
        assert!(said.contains("`perfctl doctor`"), "{said}");
        record.recipe = "quick-wins".to_owned();
        let said = ways(&record).expect("one needs it");
        assert!(!said.contains("step"), "{said}");
        let mut step = fixture::rich().steps[0].clone();
        step.status = StepStatus::NeedsEvidence("no docker".to_owned());
        for id in ["image", "imports"] {
            step.id = StepId::new(id);
            record.steps.push(step.clone());
        }
        let said = ways(&record).expect("one needs it");
        assert!(
            said.contains("; steps `image`, `imports` of this recipe would"),
            "{said}"
        );
        record.steps.truncate(1);
        let said = ways(&record).expect("one needs it");
        assert!(
            said.contains("; step `image` of this recipe would"),
            "{said}"
        );
    }
}
