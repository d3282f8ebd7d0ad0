//! What the rules of a pack may take together in a run: each may be well within its own limit, and there may be forty of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use perfctl_core::rule::Layer;

use crate::lua::vm::ScriptError;
use crate::pack::LoadedRule;

/// What the rules of one pack took so far, of what they may take.
pub(super) struct Budget {
    /// `None` for the packs that come with perfctl.
    most: Option<Duration>,
    spent: Mutex<Duration>,
}

impl Budget {
    fn of(rule: &LoadedRule) -> Self {
        Self {
            most: (rule.rule.layer != Layer::BuiltIn).then_some(rule.limits.pack),
            spent: Mutex::default(),
        }
    }

    /// Counts what a call took.
    pub(super) fn spend(&self, time: Duration) {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner) += time;
    }

    /// Refuses a further call of `rule` where everything is spent. What was seen by then counts: a rule that had no more to see is whole.
    pub(super) fn check(&self, rule: &LoadedRule) -> Result<(), ScriptError> {
        let spent = *self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        match self.most {
            Some(most) if spent > most => Err(ScriptError {
                place: format!("{}: ", rule.judge_path()),
                message: format!(
                    "the rules of the pack `{}` took longer than their limit of {} ms in all: this one did not see everything",
                    rule.rule.pack,
                    most.as_millis()
                ),
            }),
            _ => Ok(()),
        }
    }
}

/// The budgets of the packs of `rules`, one for each rule.
pub(super) fn of_each(rules: &[&LoadedRule]) -> Vec<Arc<Budget>> {
    let mut packs: BTreeMap<(&str, &Layer), Arc<Budget>> = BTreeMap::new();
    rules
        .iter()
        .map(|rule| {
            let pack = packs.entry((&rule.rule.pack, &rule.rule.layer));
            pack.or_insert_with(|| Arc::new(Budget::of(rule))).clone()
        })
        .collect()
}
