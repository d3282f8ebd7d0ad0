//! The repository as the fixing room sees it: files that may be written, and what all rules say of them as they would be.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use perfctl_core::event::Event;
use perfctl_core::finding::Finding;
use perfctl_core::ids::{RuleId, StepId};
use perfctl_core::path_class::PathClass;
use perfctl_core::recipe::Recipe;
use perfctl_core::repository::Checkout;
use perfctl_core::rule::Rule;
use perfctl_core::seams::{Silence, Sink, Stop};
use perfctl_engine::judge::{Policy, judge};
use perfctl_engine::observe::Observations;
use perfctl_engine::rules::{Choice, RuleOutcome, RuleResults, RuleRunner, Selection, Survey};
use perfctl_fix::{Progress, Repository, Scan, Soundness, Stopped, Texts};

use super::rules::Rules;
use crate::rewrite;
use crate::ui::Screen;

/// One repository on which fixes are tried.
pub(crate) struct Fixing<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) checkout: &'a Checkout,
    /// What `check` would run.
    pub(crate) recipe: &'a Recipe,
    /// What the user limits rules and findings to.
    pub(crate) limits: &'a Selection,
    /// What people decided about findings.
    pub(crate) policy: &'a Policy,
    pub(crate) stop: &'a dyn Stop,
    pub(crate) screen: &'a Screen<'a>,
    /// What the latest scan saw, which may have been of a trial that fails.
    latest: RefCell<Option<(Survey, RuleResults)>>,
    /// What the latest scan saw whose files are those that are kept.
    kept: RefCell<Option<(Survey, RuleResults)>>,
}

impl<'a> Fixing<'a> {
    /// Nothing is scanned yet.
    pub(crate) fn new(
        rules: &'a Rules,
        checkout: &'a Checkout,
        recipe: &'a Recipe,
        limits: &'a Selection,
        policy: &'a Policy,
        stop: &'a dyn Stop,
        screen: &'a Screen<'a>,
    ) -> Self {
        Self {
            rules,
            checkout,
            recipe,
            limits,
            policy,
            stop,
            screen,
            latest: RefCell::default(),
            kept: RefCell::default(),
        }
    }

    /// Every rule that is not switched off, wherever: a fix must not bring what the user did not ask about.
    fn everything(&self) -> Selection {
        Selection {
            off: self.limits.off.clone(),
            paths: self.limits.paths.clone(),
            ..Selection::default()
        }
    }

    /// Scans the files as they lie on disk, which is what is there until a change proves right.
    ///
    /// # Errors
    /// When the user asked to stop.
    pub(crate) fn scan_disk(&self) -> Result<Scan, Stopped> {
        let scan = self.scan(&Texts::new())?;
        self.proved();
        Ok(scan)
    }

    /// The findings of what is kept that the user asks about and that count under `policy`, by rule, place and message.
    pub(crate) fn asked_for(&self, policy: &Policy) -> Vec<Finding> {
        let kept = self.kept.borrow();
        let Some((_, results)) = kept.as_ref() else {
            return Vec::new();
        };
        let policy = Policy {
            known: self.rules.known(),
            limited_to: self.limits.paths.clone(),
            ..policy.clone()
        };
        let asked = self.asked();
        let mut found = self.judged(results.clone(), &policy);
        found.retain(|finding| {
            perfctl_engine::judge::counts(finding, policy.least) && asked.contains(&finding.rule)
        });
        found
    }

    /// The rules that the user asks about. All ran, so that also of comments for the others it is known whether they are needed.
    pub(crate) fn asked(&self) -> BTreeSet<RuleId> {
        let kept = self.kept.borrow();
        let all = kept.iter().flat_map(|(_, results)| &results.rules);
        let own = perfctl_engine::judge::silence::head();
        let is_asked = |head: &&Rule| self.limits.choice(head) != Choice::Leave;
        let asked = all.chain([&own]).filter(is_asked);
        asked.map(|head| head.id.clone()).collect()
    }

    fn judged(&self, rules: RuleResults, policy: &Policy) -> Vec<Finding> {
        let observations = Observations {
            rules,
            ..Observations::default()
        };
        judge(self.recipe, &observations, policy).findings
    }

    /// What all rules saw of the files that are kept, once more, for a run that is only to be recorded.
    pub(crate) fn replay(&self) -> Replay<'_> {
        let (survey, results) = self.kept.borrow().clone().unwrap_or_default();
        Replay {
            rules: self.rules,
            survey,
            results,
        }
    }
}

impl Repository for Fixing<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        match self.rules.class_of(path) {
            None => return Err("git ignores it, or the settings exclude it".to_owned()),
            Some(PathClass::Vendored) => {
                return Err("it is other people's code".to_owned());
            }
            Some(PathClass::Generated) => return Err("a program writes it".to_owned()),
            Some(_) => {}
        }
        rewrite::text_of(self.checkout.root(), path)
    }

    fn soundness(&self, path: &str, text: &str) -> Soundness {
        let found = perfctl_scan::sound::soundness(path, text);
        Soundness {
            faults: found.faults,
            whole: found.imports,
            is_unread: found.is_unread,
        }
    }

    fn scan(&self, changed: &Texts) -> Result<Scan, Stopped> {
        let everything = self.everything();
        self.rules.overlay(changed.clone());
        let selections = [everything];
        let survey = self
            .rules
            .survey(self.checkout, &selections, &Silence, self.stop);
        let results = self
            .rules
            .run(self.checkout, &selections[0], &Silence, self.stop);
        if self.stop.requested() {
            return Err(Stopped);
        }
        let policy = Policy {
            known: self.rules.known(),
            waivers: self.policy.waivers.clone(),
            today: self.policy.today,
            ..Policy::default()
        };
        let broke = |outcome: &RuleOutcome| matches!(outcome, RuleOutcome::Error(_));
        let broken = results
            .outcomes
            .iter()
            .filter(|(_, outcome)| broke(outcome));
        let scan = Scan {
            broken: broken.map(|(id, _)| id.clone()).collect(),
            findings: self.judged(results.clone(), &policy),
        };
        *self.latest.borrow_mut() = Some((survey, results));
        Ok(scan)
    }

    fn proved(&self) {
        self.kept.replace(self.latest.take());
    }

    fn heard(&self, progress: Progress) {
        match progress {
            Progress::Trying { round, fixes } => {
                tracing::info!(round, fixes, "on trial");
                self.show(&format!("round {round}: {fixes} changes on trial"));
            }
            Progress::Foreseeing => self.show("looking at what --unsafe would mend"),
        }
    }
}

impl Fixing<'_> {
    /// Says on a terminal what is being done.
    pub(crate) fn show(&self, title: &str) {
        self.screen.clear();
        self.screen.event(Event::StepStarted {
            step: StepId::new("fix"),
            title: title.to_owned(),
        });
    }
}

/// What rules said, for a run that asks them again: all of it, whatever is selected.
pub(crate) struct Replay<'a> {
    rules: &'a Rules,
    survey: Survey,
    results: RuleResults,
}

impl RuleRunner for Replay<'_> {
    fn known(&self) -> BTreeSet<RuleId> {
        self.rules.known()
    }

    fn heads(&self, selection: &Selection) -> Vec<Rule> {
        self.rules.heads(selection)
    }

    fn survey(&self, _: &Checkout, _: &[Selection], _: &dyn Sink, _: &dyn Stop) -> Survey {
        self.survey.clone()
    }

    fn run(&self, _: &Checkout, _: &Selection, _: &dyn Sink, _: &dyn Stop) -> RuleResults {
        self.results.clone()
    }
}
