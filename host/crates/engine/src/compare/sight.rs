//! What a run would have found: only of that does its silence mean that nothing is there.

use std::collections::{BTreeMap, BTreeSet};

use globset::GlobSet;
use perfctl_core::finding::Silenced;
use perfctl_core::ids::RuleId;
use perfctl_core::path_class::{PathClass, named_of};
use perfctl_core::recipe::StepKind;
use perfctl_core::run::{RunRecord, StepRecord, StepStatus};
use perfctl_core::verdict::Verdict;

use crate::excluded;
use crate::judge::silence::{SUPPRESS, within};

/// What a run would have found.
#[derive(Debug)]
pub struct Sight<'r> {
    rules: BTreeSet<RuleId>,
    record: &'r RunRecord,
    refused: BTreeSet<&'r str>,
    excluded: GlobSet,
    hidden: BTreeSet<&'r str>,
    /// Findings that no comment and no waiver allows, by fingerprint.
    open: BTreeMap<&'r str, usize>,
}

impl<'r> Sight<'r> {
    /// What the run behind `record` would have found.
    pub fn of(record: &'r RunRecord) -> Self {
        let refused = record.problems.iter();
        let mut open = BTreeMap::new();
        for finding in &record.findings {
            if matches!(finding.silenced, None | Some(Silenced::Baseline)) {
                *open.entry(finding.fingerprint.as_str()).or_default() += 1;
            }
        }
        Self {
            rules: sure_rules(record),
            record,
            refused: refused.map(|problem| problem.subject.as_str()).collect(),
            excluded: excluded::set(&record.excluded),
            hidden: record.hidden.iter().map(String::as_str).collect(),
            open,
        }
    }

    /// Whether the run would have found something of `rule` in `path`: its silence means that it is not there. `found_in` is what
    /// the file was taken for by the run that found something; `None` where nobody knows, as in a list.
    pub fn covers(&self, rule: &RuleId, path: &str, found_in: Option<PathClass>) -> bool {
        self.rules.contains(rule)
            && !self.record.changed_lines
            && within(&self.record.parts, path)
            && judges_alike(self.class_of(path), found_in)
            && !self.leaves_out(path)
            && !path_and_above(path).any(|path| self.refused.contains(path))
    }

    /// Whether settings, flags or the recipe keep the run from seeing what `rule` finds in `path`: the path is excluded or git ignores
    /// it, or the rule was left out or switched off.
    pub fn is_left_out(&self, rule: &RuleId, path: &str) -> bool {
        let is_limited = self.record.changed_lines || !within(&self.record.parts, path);
        let looked = self.record.steps.iter().any(is_rules);
        let off = || self.record.ignored.contains(rule) || is_switched_off(self.record, rule);
        looked && !is_limited && (self.leaves_out(path) || off())
    }

    /// What the run took the file at `path` for: in a directory that was named, what lies in it is no test because of its name.
    pub fn class_of(&self, path: &str) -> PathClass {
        PathClass::of(&path[named_of(&self.record.parts, path)..])
    }

    /// How many of `count` known findings a baseline still has to cover: those that were found, or all where nobody looked.
    pub fn still_there(&self, rule: &RuleId, path: &str, fingerprint: &str, count: usize) -> usize {
        if !self.covers(rule, path, None) {
            return count;
        }
        count.min(self.open.get(fingerprint).copied().unwrap_or(0))
    }

    /// Whether git's ignore rules left `path` out, or the settings, seen from the audited directory or from the repository around it.
    fn leaves_out(&self, path: &str) -> bool {
        let is_hidden = |path| self.hidden.contains(path);
        if is_hidden(".") || path_and_above(path).any(is_hidden) {
            return true;
        }
        let around = self.record.source.subdirectory.as_deref();
        self.excluded.is_match(path)
            || around.is_some_and(|around| self.excluded.is_match(format!("{around}/{path}")))
    }
}

/// Whether a run that took a file for `seen` asks of it what one asked that took it for `found_in`. Who does not know takes for
/// granted that no rule looks at tests and other people's code unless they are named.
fn judges_alike(seen: PathClass, found_in: Option<PathClass>) -> bool {
    match (seen, found_in) {
        (PathClass::Source, _) => true,
        (seen, Some(found_in)) => seen == found_in,
        (PathClass::Migration | PathClass::Script, None) => true,
        (_, None) => false,
    }
}

/// A path and the directories that it lies in: one that could not be listed hides all that is in it.
fn path_and_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(above, _)| above)
    })
}

/// Rules whose silence means that there is nothing: they were not switched off, they did not break, and no rules step was cut
/// short. The tool's own, which is no item where nothing is suppressed, is one of them wherever there are rules.
fn sure_rules(record: &RunRecord) -> BTreeSet<RuleId> {
    let cut_short = |step: &StepRecord| is_rules(step) && step.status != StepStatus::Ok;
    if record.steps.iter().any(cut_short) {
        return BTreeSet::new();
    }
    let own = (!record.rules.is_empty()).then(|| RuleId::new(SUPPRESS));
    let all = record.rules.iter().map(|rule| rule.id.clone());
    all.chain(own)
        .filter(|id| !record.unheard.contains(id) && !broke(record, id))
        .collect()
}

/// Whether a rule was to look and settings said that it should not.
fn is_switched_off(record: &RunRecord, id: &RuleId) -> bool {
    let is_rule = record.rules.iter().any(|rule| rule.id == *id) && id.as_str() != SUPPRESS;
    is_rule && record.unheard.contains(id) && !broke(record, id)
}

fn broke(record: &RunRecord, id: &RuleId) -> bool {
    let mut items = record.items.iter();
    items.any(|item| item.id == *id && matches!(item.verdict, Verdict::Error(_)))
}

fn is_rules(step: &StepRecord) -> bool {
    let rules = StepKind::Rules {
        select: Vec::new(),
        ignore: Vec::new(),
    };
    step.kind == rules.word()
}
