//! One row per rule of combination.

use super::*;
use crate::fakes;
use perfctl_core::checklist::{Answer, Checklist, Line, Section};
use perfctl_core::ids::StepId;
use perfctl_core::recipe::MeasuredItem;

/// What is known of the item `NET-1`; `None` for the outcome means that no rule owns it.
#[derive(Default)]
struct Known {
    outcome: Option<RuleOutcome>,
    findings: Vec<Finding>,
    budgets: Vec<BudgetVerdict>,
    step: Option<StepStatus>,
    signed: Option<Option<Day>>,
    lost: Option<&'static str>,
}

impl Known {
    fn rule(outcome: RuleOutcome) -> Self {
        Self {
            outcome: Some(outcome),
            ..Self::default()
        }
    }

    fn step(self, status: StepStatus) -> Self {
        Self {
            step: Some(status),
            ..self
        }
    }

    fn budget(mut self, verdict: BudgetVerdict) -> Self {
        self.budgets.push(verdict);
        self
    }

    fn finding(mut self, change: impl FnOnce(&mut Finding)) -> Self {
        let mut finding = fakes::finding("NET-1", "a.py", 3);
        change(&mut finding);
        self.findings.push(finding);
        self
    }

    fn signed(self, until: Option<Day>) -> Self {
        Self {
            signed: Some(until),
            ..self
        }
    }

    fn item(self) -> Item {
        let id = RuleId::new("NET-1");
        let mut step = fakes::command_step("measure", &["x"]);
        step.items = vec![id.clone()];
        let mut recipe = fakes::recipe(vec![step]);
        if self.outcome.is_none() {
            recipe.items = vec![MeasuredItem {
                id: id.clone(),
                title: "Measured".to_owned(),
            }];
        }
        let rules: Vec<_> = self.outcome.iter().map(|_| fakes::rule("NET-1")).collect();
        let outcomes: BTreeMap<_, _> = self
            .outcome
            .into_iter()
            .map(|outcome| (id.clone(), outcome))
            .collect();
        let budgets: Vec<_> = self
            .budgets
            .into_iter()
            .map(|verdict| fakes::budget(Some(id.as_str()), verdict))
            .collect();
        let steps: Vec<_> = self
            .step
            .into_iter()
            .map(|status| StepRecord {
                id: StepId::new("measure"),
                status,
                ..fakes::step_record("s")
            })
            .collect();
        let attestations: Vec<_> = self
            .signed
            .into_iter()
            .map(|until| Attestation {
                item: id.clone(),
                reason: "load tested".to_owned(),
                who: "@owner".to_owned(),
                until,
                written: String::new(),
                lost: self.lost.map(str::to_owned),
            })
            .collect();
        let items = items(&Ground {
            recipe: &recipe,
            rules: &rules,
            outcomes: &outcomes,
            looked_at: &BTreeMap::new(),
            findings: &self.findings,
            budgets: &budgets,
            steps: &steps,
            attestations: &attestations,
            known: &BTreeSet::new(),
            least: crate::judge::LEAST,
            today: (2026, 11, 21),
        });
        assert_eq!(items.len(), 1);
        items[0].clone()
    }

    fn verdict(self) -> Verdict {
        self.item().verdict
    }
}

fn why(text: &str) -> String {
    text.to_owned()
}

fn lacking() -> StepStatus {
    StepStatus::NeedsEvidence(why("no docker"))
}

fn examined() -> Known {
    Known::rule(RuleOutcome::Examined)
}

fn waived(finding: &mut Finding) {
    finding.silenced = Some(Silenced::Waiver(why("legacy")));
}

fn suspected(finding: &mut Finding) {
    finding.confidence = Confidence::Low;
}

#[test]
fn a_rule_alone() {
    use RuleOutcome::{Error, NeedsEvidence, NotApplicable, Off};
    assert_eq!(examined().verdict(), Verdict::Pass);
    assert_eq!(examined().finding(|_| ()).verdict(), Verdict::Fail);
    assert_eq!(examined().finding(suspected).verdict(), Verdict::Pass);
    assert_eq!(
        Known::rule(NotApplicable(why("no go"))).verdict(),
        Verdict::NotApplicable(why("no go"))
    );
    assert_eq!(
        Known::rule(NeedsEvidence(why("p95"))).verdict(),
        Verdict::NeedsEvidence(why("p95"))
    );
    assert_eq!(
        Known::rule(Error(why("broke"))).verdict(),
        Verdict::Error(why("broke"))
    );
    let off = || Known::rule(Off(why("not us")));
    let waived = Verdict::Waived(why("switched off in the settings: not us"));
    assert_eq!(off().verdict(), waived);
    assert_eq!(off().budget(BudgetVerdict::Fail(2.0)).verdict(), waived);
    let accepted = |finding: &mut Finding| {
        suspected(finding);
        finding.silenced = Some(Silenced::Baseline);
    };
    assert_eq!(examined().finding(accepted).verdict(), Verdict::Pass);
}

#[test]
fn what_is_known_to_fail_fails_whatever_else_is_missing() {
    let broken = || Known::rule(RuleOutcome::Error(why("broke")));
    assert_eq!(broken().finding(|_| ()).verdict(), Verdict::Fail);
    assert_eq!(
        broken().budget(BudgetVerdict::Fail(2.0)).verdict(),
        Verdict::Fail
    );
    assert_eq!(
        examined()
            .finding(|_| ())
            .step(lacking())
            .signed(None)
            .verdict(),
        Verdict::Fail
    );
    let mixed = examined()
        .budget(BudgetVerdict::Pass(0.1))
        .budget(BudgetVerdict::Fail(2.0));
    assert_eq!(mixed.verdict(), Verdict::Fail);
}

#[test]
fn nothing_passes_on_missing_data() {
    let no_data = || BudgetVerdict::NoData(why("no samples"));
    for (known, reason) in [
        (examined().budget(no_data()), "no samples"),
        (examined().step(lacking()), "no docker"),
        (examined().step(lacking()).budget(no_data()), "no docker"),
        (
            examined().step(StepStatus::Failed(why("exit 2"))),
            "step `measure`: exit 2",
        ),
        (
            examined().step(StepStatus::TimedOut),
            "step `measure`: timed-out",
        ),
        (
            examined().step(StepStatus::Interrupted),
            "step `measure`: interrupted",
        ),
        (
            examined().step(StepStatus::Skipped(why(INTERRUPTED))),
            INTERRUPTED,
        ),
        (Known::default(), "nothing in this recipe measures it"),
        (
            Known::default().step(StepStatus::Ok),
            "it was measured, but no budget says what would be good enough",
        ),
        (
            Known::default().step(StepStatus::Ok).budget(no_data()),
            "no samples",
        ),
        (
            examined()
                .budget(BudgetVerdict::Pass(0.1))
                .budget(no_data()),
            "no samples",
        ),
        (examined().finding(waived).step(lacking()), "no docker"),
    ] {
        assert_eq!(known.verdict(), Verdict::NeedsEvidence(why(reason)));
    }
}

#[test]
fn a_measured_item_passes_by_its_budget_and_does_not_apply_where_its_step_does_not() {
    let held = Known::default()
        .step(StepStatus::Ok)
        .budget(BudgetVerdict::Pass(0.1));
    assert_eq!(held.verdict(), Verdict::Pass);
    let elsewhere = || StepStatus::Skipped(why("no Python"));
    let skipped = Known::default()
        .step(elsewhere())
        .budget(BudgetVerdict::NoData(why("none")));
    assert_eq!(skipped.verdict(), Verdict::NotApplicable(why("no Python")));
    let rule_looked = examined()
        .step(elsewhere())
        .budget(BudgetVerdict::NoData(why("none")));
    assert_eq!(rule_looked.verdict(), Verdict::Pass);
    let rule_silent = Known::rule(RuleOutcome::NotApplicable(why("no imports"))).step(elsewhere());
    assert_eq!(
        rule_silent.verdict(),
        Verdict::NotApplicable(why("no imports"))
    );
    let measured = Known::rule(RuleOutcome::NotApplicable(why("no imports")))
        .step(StepStatus::Ok)
        .budget(BudgetVerdict::Pass(0.1));
    assert_eq!(measured.verdict(), Verdict::Pass);
}

#[test]
fn waived_is_what_has_findings_and_none_that_counts() {
    let mixed = examined()
        .finding(waived)
        .finding(waived)
        .finding(|finding| {
            finding.silenced = Some(Silenced::Baseline);
        });
    let item = mixed.item();
    assert_eq!(
        item.verdict,
        Verdict::Waived(why("3 findings: in the baseline; legacy"))
    );
    assert_eq!((item.findings, item.silenced, item.suspicions), (0, 3, 0));
    let open = examined()
        .finding(waived)
        .finding(|_| ())
        .finding(suspected)
        .item();
    assert_eq!(open.verdict, Verdict::Fail);
    assert_eq!((open.findings, open.silenced, open.suspicions), (1, 1, 1));
}

#[test]
fn a_signature_stands_in_for_missing_evidence_only_and_runs_out() {
    let signed = |until| {
        Known::rule(RuleOutcome::NeedsEvidence(why("p95")))
            .signed(until)
            .verdict()
    };
    let until = Some((2027, 1, 31));
    assert_eq!(
        signed(until),
        Verdict::Attested(why("load tested (@owner, until 2027-01-31)"))
    );
    assert_eq!(signed(None), Verdict::Attested(why("load tested (@owner)")));
    assert_eq!(
        signed(Some((2026, 11, 20))),
        Verdict::NeedsEvidence(why("p95"))
    );
    assert_eq!(examined().signed(None).verdict(), Verdict::Pass);
    let broken = Known::rule(RuleOutcome::Error(why("broke")))
        .signed(None)
        .verdict();
    assert_eq!(broken, Verdict::Error(why("broke")));
}

#[test]
fn a_signature_whose_evidence_is_gone_holds_nothing_up_and_says_so() {
    let lost = |known: Known| {
        Known {
            lost: Some("docs/load.md"),
            ..known.signed(None)
        }
        .verdict()
    };
    let needed = RuleOutcome::NeedsEvidence(why("p95"));
    let gone = "the evidence of its signature is neither a file of the repository nor a link with https://: docs/load.md (@owner); p95";
    assert_eq!(lost(Known::rule(needed)), Verdict::NeedsEvidence(why(gone)));
    // What needs no evidence is not concerned.
    assert_eq!(lost(examined()), Verdict::Pass);
}

#[test]
fn what_only_a_checklist_names_needs_evidence_where_that_of_its_signature_is_lost() {
    let verdict = |attestations: &[Attestation]| {
        let mut recipe = fakes::recipe(Vec::new());
        recipe.checklists = vec![checklist(&["SLIP-1"])];
        let items = items(&Ground {
            recipe: &recipe,
            rules: &[],
            outcomes: &BTreeMap::new(),
            looked_at: &BTreeMap::new(),
            findings: &[],
            budgets: &[],
            steps: &[],
            attestations,
            known: &BTreeSet::new(),
            least: crate::judge::LEAST,
            today: (2026, 11, 21),
        });
        assert_eq!(items.len(), 1);
        items[0].verdict.clone()
    };
    let signed = Attestation {
        item: RuleId::new("SLIP-1"),
        reason: "load tested".to_owned(),
        who: "@owner".to_owned(),
        until: None,
        written: String::new(),
        lost: Some("docs/load.md".to_owned()),
    };
    let lost = "the evidence of its signature is neither a file of the repository nor a link with https://: docs/load.md (@owner); no rule and no step looks at it";
    assert_eq!(verdict(&[signed]), Verdict::NeedsEvidence(why(lost)));
    let unnamed = "a checklist names it, but no rule and no item does";
    assert_eq!(verdict(&[]), Verdict::Error(why(unnamed)));
}

#[test]
fn an_alias_in_a_step_or_budget_is_the_rule_itself() {
    let mut rule = fakes::rule("NET-1");
    rule.aliases = vec![RuleId::new("OLD-1")];
    let mut step = fakes::command_step("measure", &["x"]);
    step.items = vec![RuleId::new("OLD-1")];
    let record = StepRecord {
        status: lacking(),
        ..fakes::step_record("measure")
    };
    let items = items(&Ground {
        recipe: &fakes::recipe(vec![step]),
        rules: &[rule],
        outcomes: &BTreeMap::from([(RuleId::new("NET-1"), RuleOutcome::Examined)]),
        looked_at: &BTreeMap::new(),
        findings: &[],
        budgets: &[],
        steps: &[record],
        attestations: &[],
        known: &BTreeSet::new(),
        least: crate::judge::LEAST,
        today: (2026, 11, 21),
    });
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].title, "Title of NET-1");
    assert_eq!(items[0].verdict, Verdict::NeedsEvidence(why("no docker")));
}

#[test]
fn a_rule_that_does_not_say_how_it_ended_is_an_error() {
    let items = items(&Ground {
        recipe: &fakes::recipe(Vec::new()),
        rules: &[fakes::rule("NET-1")],
        outcomes: &BTreeMap::new(),
        looked_at: &BTreeMap::new(),
        findings: &[],
        budgets: &[],
        steps: &[],
        attestations: &[],
        known: &BTreeSet::new(),
        least: crate::judge::LEAST,
        today: (2026, 11, 21),
    });
    assert_eq!(items[0].verdict.word(), "error");
}

/// A checklist with a line for each item.
fn checklist(ids: &[&str]) -> Checklist {
    let lines = ids.iter().zip(1..).map(|(id, at)| Line {
        at,
        title: format!("line about {id}"),
        when: Vec::new(),
        elsewhere: None,
        answer: Answer::Items(vec![RuleId::new(*id)]),
    });
    Checklist {
        name: "ship".to_owned(),
        title: "Before it ships".to_owned(),
        origin: String::new(),
        sections: vec![Section {
            id: String::new(),
            title: String::new(),
            when: Vec::new(),
            elsewhere: None,
            lines: lines.collect(),
        }],
    }
}

/// The items of a checklist with one line for each of `ids`; `evidence` are those that no rule owns.
fn listed(ids: &[&str], evidence: Vec<EvidenceItem>, known: &[&str]) -> Vec<Item> {
    let mut recipe = fakes::recipe(Vec::new());
    recipe.checklists = vec![checklist(ids)];
    recipe.evidence = evidence;
    let mut rule = fakes::rule("NET-1");
    rule.aliases = vec![RuleId::new("OLD-1")];
    items(&Ground {
        recipe: &recipe,
        rules: &[rule],
        outcomes: &BTreeMap::from([(RuleId::new("NET-1"), RuleOutcome::Examined)]),
        looked_at: &BTreeMap::new(),
        findings: &[],
        budgets: &[],
        steps: &[],
        attestations: &[],
        known: &known.iter().map(|id| RuleId::new(*id)).collect(),
        least: crate::judge::LEAST,
        today: (2026, 11, 21),
    })
}

fn evidence(id: &str, kind: Evidence, elsewhere: Option<&str>) -> EvidenceItem {
    EvidenceItem {
        id: RuleId::new(id),
        title: format!("title of {id}"),
        kind,
        metric: None,
        evidence: "link the test".to_owned(),
        when: Vec::new(),
        elsewhere: elsewhere.map(str::to_owned),
    }
}

#[test]
fn every_item_of_a_checklist_has_a_verdict_and_says_what_would_decide_it() {
    let ids = ["OLD-1", "DOC-1", "LOAD-1", "FE-1", "RULE-1", "SLIP-1"];
    let items = listed(
        &ids,
        vec![
            evidence("DOC-1", Evidence::Attested, None),
            evidence("LOAD-1", Evidence::Measured, None),
            evidence("FE-1", Evidence::Attested, Some("no browser code")),
        ],
        &["RULE-1"],
    );
    let said: Vec<_> = items
        .iter()
        .map(|item| (item.id.as_str(), item.title.as_str(), item.verdict.clone()))
        .collect();
    let needs = |text: &str| Verdict::NeedsEvidence(why(text));
    assert_eq!(
        said,
        [
            (
                "DOC-1",
                "title of DOC-1",
                needs("nobody has signed for it: link the test")
            ),
            (
                "FE-1",
                "title of FE-1",
                Verdict::NotApplicable(why("no browser code"))
            ),
            (
                "LOAD-1",
                "title of LOAD-1",
                needs("nothing in this recipe measures it: link the test")
            ),
            // The alias and its rule are one item.
            ("NET-1", "Title of NET-1", Verdict::Pass),
            (
                "RULE-1",
                "line about RULE-1",
                needs("no step of this recipe runs its rule")
            ),
            (
                "SLIP-1",
                "line about SLIP-1",
                Verdict::Error(why("a checklist names it, but no rule and no item does"))
            ),
        ]
    );
}

#[test]
fn a_rule_decides_although_a_checklist_has_an_item_of_its_id() {
    let own = evidence("NET-1", Evidence::Attested, Some("nothing here"));
    let items = listed(&["NET-1"], vec![own], &[]);
    assert_eq!(items[0].title, "Title of NET-1");
    assert_eq!(items[0].verdict, Verdict::Pass);
}
