//! A reason is said once: what comes later refers to the item or step that says it.
//!
//! A step that could not run gives its reason to the item it would have decided and to the budgets that wait for it. The
//! item says it, else the step. Must not know any format.

use std::borrow::Cow;

use perfctl_core::run::{RunRecord, StepStatus};
use perfctl_core::verdict::Verdict;

use crate::overview::sorted_items;

/// Reasons shorter than this may be repeated: a reference would not be shorter.
const LONG: usize = 40;

/// The long reasons of a record's steps, the longest first, each with where it is said.
pub(crate) struct SaidOnce<'a> {
    reasons: Vec<Reason<'a>>,
}

struct Reason<'a> {
    text: &'a str,
    /// The first step that gives it.
    step: &'a str,
    /// The first item of the checklist that repeats it, which then is the one to say it.
    item: Option<&'a str>,
}

impl<'a> SaidOnce<'a> {
    /// Looks through a record.
    pub(crate) fn of(record: &'a RunRecord) -> Self {
        let items: Vec<_> = sorted_items(record.items.iter()).collect();
        let mut reasons: Vec<Reason<'a>> = Vec::new();
        for step in &record.steps {
            let text = step.status.reason();
            if text.len() < LONG || reasons.iter().any(|known| known.text == text) {
                continue;
            }
            let says = |verdict: &Verdict| verdict.reason().contains(text);
            let item = items.iter().find(|item| says(&item.verdict));
            // A terminal lists no step that was skipped, so that nothing can refer to one.
            if item.is_none() && matches!(step.status, StepStatus::Skipped(_)) {
                continue;
            }
            reasons.push(Reason {
                text,
                step: step.id.as_str(),
                item: item.map(|item| item.id.as_str()),
            });
        }
        // Of two reasons of which one holds the other, the whole one is replaced.
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.text.len()));
        Self { reasons }
    }

    /// The reason of an item, as the checklist says it.
    pub(crate) fn item<'t>(&self, id: &str, reason: &'t str) -> Cow<'t, str> {
        self.cut(reason, |known| known.item != Some(id))
    }

    /// The reason of a budget without data.
    pub(crate) fn budget<'t>(&self, reason: &'t str) -> Cow<'t, str> {
        self.cut(reason, |_| true)
    }

    /// The reason of a step.
    pub(crate) fn step<'t>(&self, id: &str, reason: &'t str) -> Cow<'t, str> {
        self.cut(reason, |known| known.item.is_some() || known.step != id)
    }

    fn cut<'t>(
        &self,
        text: &'t str,
        is_said_elsewhere: impl Fn(&Reason<'_>) -> bool,
    ) -> Cow<'t, str> {
        let mut cut = Cow::Borrowed(text);
        for known in &self.reasons {
            if !cut.contains(known.text) || !is_said_elsewhere(known) {
                continue;
            }
            let see = known.item.map_or_else(
                || format!("see step `{}`", known.step),
                |item| format!("see {item}"),
            );
            let with_step = format!("step `{}`: {}", known.step, known.text);
            cut = Cow::Owned(if cut.contains(&with_step) {
                cut.replace(&with_step, &see)
            } else {
                cut.replace(known.text, &see)
            });
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use perfctl_core::verdict::Item;

    const WHY: &str = "no image was named: give one with --set image=..., or let it be built";

    fn record(verdict: Option<Verdict>) -> RunRecord {
        let mut record = fixture::clean();
        let mut step = fixture::rich().steps[0].clone();
        step.id = "image".into();
        step.status = StepStatus::NeedsEvidence(WHY.to_owned());
        record.steps = vec![step];
        record.items.extend(verdict.map(|verdict| Item {
            id: "IMG-901".into(),
            title: "large image".to_owned(),
            verdict,
            findings: 0,
            silenced: 0,
            suspicions: 0,
            looked_at: None,
        }));
        record
    }

    #[test]
    fn the_item_says_the_reason_and_step_and_budget_refer_to_it() {
        let record = record(Some(Verdict::NeedsEvidence(WHY.to_owned())));
        let said = SaidOnce::of(&record);
        assert_eq!(said.item("IMG-901", WHY), WHY);
        assert_eq!(said.item("IMG-902", WHY), "see IMG-901");
        assert_eq!(said.step("image", WHY), "see IMG-901");
        let budget = format!("nothing measured `image.size` (step `image`: {WHY})");
        assert_eq!(
            said.budget(&budget),
            "nothing measured `image.size` (see IMG-901)"
        );
    }

    #[test]
    fn without_an_item_the_step_says_it() {
        let record = record(Some(Verdict::Fail));
        let said = SaidOnce::of(&record);
        assert_eq!(said.step("image", WHY), WHY);
        assert_eq!(said.step("image-again", WHY), "see step `image`");
        let budget = format!("nothing measured `image.size` (step `image`: {WHY})");
        assert_eq!(
            said.budget(&budget),
            "nothing measured `image.size` (see step `image`)"
        );
    }

    #[test]
    fn nothing_refers_to_a_skipped_step_which_a_terminal_does_not_list() {
        let mut record = record(None);
        record.steps[0].status = StepStatus::Skipped(WHY.to_owned());
        assert_eq!(SaidOnce::of(&record).budget(WHY), WHY);
    }

    #[test]
    fn short_reasons_and_those_of_no_step_stay() {
        let mut record = record(None);
        record.steps[0].status = StepStatus::NeedsEvidence("no image".to_owned());
        let said = SaidOnce::of(&record);
        assert_eq!(said.step("other", "no image"), "no image");
        assert_eq!(said.budget(WHY), WHY);
    }
}
