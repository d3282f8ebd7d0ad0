//! The seam to the rules: which are wanted, and what came of them. Which rules exist, and how they run, is not known here.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::repository::{Checkout, Portrait};
use perfctl_core::rule::Rule;
use perfctl_core::run::Problem;
use perfctl_core::seams::{Sink, Stop};
use perfctl_core::suppress::Allow;
use perfctl_core::verdict::LookedAt;

/// One form of naming rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selector {
    /// `all`: every rule.
    All,
    /// `category:X`.
    Category(String),
    /// An id or an alias.
    Id(RuleId),
    /// `pack:X`.
    Pack(String),
    /// `tag:X`.
    Tag(String),
}

impl Selector {
    /// Reads `all`, `tag:X`, `category:X`, `pack:X`, or an id.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some(("tag", tag)) => Selector::Tag(tag.to_owned()),
            Some(("category", category)) => Selector::Category(category.to_owned()),
            Some(("pack", pack)) => Selector::Pack(pack.to_owned()),
            _ if text == "all" => Selector::All,
            _ => Selector::Id(RuleId::new(text)),
        }
    }

    /// Whether it names `rule`.
    pub fn matches(&self, rule: &Rule) -> bool {
        match self {
            Selector::All => true,
            Selector::Category(category) => rule.category == *category,
            Selector::Id(id) => rule.id == *id || rule.aliases.contains(id),
            Selector::Pack(pack) => rule.pack == *pack,
            Selector::Tag(tag) => rule.tags.contains(tag),
        }
    }
}

/// Rules that the settings switch off, with the reason that the report shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchedOff {
    /// Which.
    pub rules: Selector,
    /// Why.
    pub reason: String,
}

/// Which rules are to run on which files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Wanted by the recipe; empty means all.
    pub select: Vec<Selector>,
    /// Wanted by the settings, too; empty means all.
    pub within: Vec<Selector>,
    /// Taken out again, without a trace.
    pub ignore: Vec<Selector>,
    /// Not run, but named in the record with the reason.
    pub off: Vec<SwitchedOff>,
    /// Only findings in these files or directories, from the repository's root; empty means all. Facts still come from
    /// the whole repository.
    pub paths: Vec<String>,
}

/// What a selection says of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// Run it.
    Run,
    /// Not asked for.
    Leave,
    /// Asked for, and switched off for this reason.
    Off(&'a str),
}

impl Selection {
    /// Whether `rule` is to run. `ignore` wins over `off`, and both win over `select`.
    pub fn choice(&self, rule: &Rule) -> Choice<'_> {
        let named = |list: &[Selector]| list.iter().any(|selector| selector.matches(rule));
        let wanted = |list: &[Selector]| list.is_empty() || named(list);
        if !wanted(&self.select) || !wanted(&self.within) || named(&self.ignore) {
            return Choice::Leave;
        }
        match self.off.iter().find(|off| off.rules.matches(rule)) {
            Some(off) => Choice::Off(&off.reason),
            None => Choice::Run,
        }
    }
}

/// How one rule ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleOutcome {
    /// It saw all that it had to see. Whether it passes is the judge's business.
    Examined,
    /// The repository has nothing that it is about; carries why.
    NotApplicable(String),
    /// The settings switch it off; carries the reason given there.
    Off(String),
    /// Only a measurement or a signature can decide it; carries what is needed.
    NeedsEvidence(String),
    /// It broke, or could not see all that it had to see; carries why.
    Error(String),
}

/// What running rules yields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleResults {
    /// Heads of the rules that ran or were switched off.
    pub rules: Vec<Rule>,
    /// Findings, neither ranked nor silenced; an empty fingerprint is filled in by the judge.
    pub findings: Vec<Finding>,
    /// How each of `rules` ended. A rule without an outcome counts as an error.
    pub outcomes: BTreeMap<RuleId, RuleOutcome>,
    /// What each rule that ran was handed to judge.
    pub looked_at: BTreeMap<RuleId, LookedAt>,
    /// Files and rules that gave trouble.
    pub problems: Vec<Problem>,
    /// Allowing comments in the files looked at.
    pub allows: Vec<Allow>,
}

/// What is known before the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// What the repository is.
    pub portrait: Portrait,
    /// What could not be looked at. Not to be repeated by a later [`RuleResults`].
    pub problems: Vec<Problem>,
    /// Files and directories that git's ignore rules left out, or that are too large and nobody's to mend, as a record names them.
    pub hidden: Vec<String>,
    /// What a reader of the findings has to know of what was looked at, a sentence each.
    pub notes: Vec<String>,
}

/// Runs rules.
pub trait RuleRunner: Sync {
    /// Every id and alias that exists, whether it is selected or not: what an allowing comment may name.
    fn known(&self) -> BTreeSet<RuleId>;

    /// Heads of the rules that [`Self::run`] would name for `selection`, without running any.
    fn heads(&self, selection: &Selection) -> Vec<Rule>;

    /// What the repository is: asked once, before the plan, because facts decide which steps run. `selections` are
    /// those that [`Self::run`] may be asked for later, so that an implementation which reads every file only once may
    /// do all the work here and keep it.
    fn survey(
        &self,
        checkout: &Checkout,
        selections: &[Selection],
        sink: &dyn Sink,
        stop: &dyn Stop,
    ) -> Survey;

    /// Runs the selected rules. Ends early when `stop` asks; the engine then trusts no rule that found nothing.
    fn run(
        &self,
        checkout: &Checkout,
        selection: &Selection,
        sink: &dyn Sink,
        stop: &dyn Stop,
    ) -> RuleResults;
}

impl RuleResults {
    /// The results of rules that did not run, and `why`: what is switched off is switched off all the same.
    pub(crate) fn unrun(heads: Vec<Rule>, selection: &Selection, why: &str) -> Self {
        let outcome = |rule: &Rule| match selection.choice(rule) {
            Choice::Off(reason) => RuleOutcome::Off(reason.to_owned()),
            Choice::Run | Choice::Leave => RuleOutcome::NeedsEvidence(why.to_owned()),
        };
        Self {
            outcomes: heads
                .iter()
                .map(|rule| (rule.id.clone(), outcome(rule)))
                .collect(),
            rules: heads,
            ..Self::default()
        }
    }

    /// Adds the results of another step. A rule that ran twice keeps its worse outcome, and a place found twice is one
    /// finding.
    pub fn merge(&mut self, other: RuleResults) {
        for rule in other.rules {
            if self.rules.iter().all(|known| known.id != rule.id) {
                self.rules.push(rule);
            }
        }
        let key = |finding: &Finding| {
            let Finding {
                rule,
                place,
                message,
                ..
            } = finding;
            (rule.clone(), place.clone(), message.clone())
        };
        let mut seen: BTreeSet<_> = self.findings.iter().map(key).collect();
        let new = other
            .findings
            .into_iter()
            .filter(|finding| seen.insert(key(finding)));
        self.findings.extend(new);
        for (id, outcome) in other.outcomes {
            let worse = self
                .outcomes
                .get(&id)
                .is_none_or(|known| outcome.weight() > known.weight());
            if worse {
                self.outcomes.insert(id, outcome);
            }
        }
        for (id, looked) in other.looked_at {
            // Steps may look at the same files.
            let known = self.looked_at.entry(id).or_default();
            known.places = known.places.max(looked.places);
            known.files = known.files.max(looked.files);
        }
        for problem in other.problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        for allow in other.allows {
            if self.allows.iter().all(|known| known.place != allow.place) {
                self.allows.push(allow);
            }
        }
    }
}

impl RuleResults {
    /// Takes the word of every rule that claims to have seen all: the run ended before that could be so.
    pub(crate) fn distrust(&mut self, why: &str) {
        for outcome in self.outcomes.values_mut() {
            if matches!(
                outcome,
                RuleOutcome::Examined | RuleOutcome::NotApplicable(_)
            ) {
                *outcome = RuleOutcome::NeedsEvidence(why.to_owned());
            }
        }
    }
}

impl RuleOutcome {
    /// Order in which outcomes win over each other when a rule ran in two steps: the one that knows less wins, but a
    /// rule that ran at all wins over one that was switched off or had nothing to look at.
    fn weight(&self) -> u8 {
        match self {
            RuleOutcome::Off(_) => 0,
            RuleOutcome::NotApplicable(_) => 1,
            RuleOutcome::Examined => 2,
            RuleOutcome::NeedsEvidence(_) => 3,
            RuleOutcome::Error(_) => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;

    #[test]
    fn a_selection_decides_by_id_alias_tag_and_category() {
        let mut rule = fakes::rule("NET-1");
        rule.tags = vec!["quick".to_owned()];
        rule.aliases = vec![RuleId::new("OLD-1")];
        let selection = |select: &[&str], ignore: &[&str]| Selection {
            select: select.iter().map(|text| Selector::parse(text)).collect(),
            ignore: ignore.iter().map(|text| Selector::parse(text)).collect(),
            ..Selection::default()
        };
        for select in [
            "all",
            "NET-1",
            "OLD-1",
            "tag:quick",
            "category:network",
            "pack:test",
        ] {
            assert_eq!(
                selection(&[select], &[]).choice(&rule),
                Choice::Run,
                "{select}"
            );
            assert_eq!(
                selection(&[], &[select]).choice(&rule),
                Choice::Leave,
                "{select}"
            );
        }
        for select in ["NET-2", "tag:slow", "category:build", "pack:other"] {
            assert_eq!(
                selection(&[select], &[]).choice(&rule),
                Choice::Leave,
                "{select}"
            );
            assert_eq!(
                selection(&[], &[select]).choice(&rule),
                Choice::Run,
                "{select}"
            );
        }
    }

    #[test]
    fn a_rule_that_is_switched_off_is_named_with_the_reason() {
        let off = SwitchedOff {
            rules: Selector::parse("category:network"),
            reason: "no network".to_owned(),
        };
        let selection = Selection {
            off: vec![off],
            ..Selection::default()
        };
        assert_eq!(
            selection.choice(&fakes::rule("NET-1")),
            Choice::Off("no network")
        );
    }

    #[test]
    fn recipe_and_settings_must_both_want_a_rule() {
        let selection = Selection {
            select: vec![Selector::parse("category:network")],
            within: vec![Selector::parse("NET-1")],
            ..Selection::default()
        };
        assert_eq!(selection.choice(&fakes::rule("NET-1")), Choice::Run);
        assert_eq!(selection.choice(&fakes::rule("NET-2")), Choice::Leave);
    }

    #[test]
    fn merging_two_steps_keeps_the_worse_outcome_and_each_finding_once() {
        let results = |outcome: RuleOutcome| RuleResults {
            rules: vec![fakes::rule("NET-1")],
            findings: vec![fakes::finding("NET-1", "a.py", 3)],
            outcomes: BTreeMap::from([(RuleId::new("NET-1"), outcome)]),
            ..RuleResults::default()
        };
        let mut merged = results(RuleOutcome::Examined);
        merged.merge(results(RuleOutcome::Error("broke".to_owned())));
        merged.merge(results(RuleOutcome::NotApplicable("nothing".to_owned())));
        assert_eq!((merged.rules.len(), merged.findings.len()), (1, 1));
        assert_eq!(
            merged.outcomes[&RuleId::new("NET-1")],
            RuleOutcome::Error("broke".to_owned())
        );
    }
}
