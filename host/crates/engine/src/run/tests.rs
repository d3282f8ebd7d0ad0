//! The whole flow on a fake machine.

use super::*;
use crate::fakes::{
    self, FakeCollector, FakeCommands, FakeReports, FakeRules, FakeSink, FakeStop, FakeStore,
    FakeTools, command_step, outcome,
};
use crate::rules::RuleOutcome;
use crate::seams::CommandEnd;
use perfctl_core::budget::BudgetVerdict;
use perfctl_core::ids::{MetricName, RuleId};
use perfctl_core::metric::{Metric, Unit};
use perfctl_core::recipe::{MeasuredItem, Param, ParamKind};
use perfctl_core::run::StepStatus;
use perfctl_core::seams::Collected;
use perfctl_core::verdict::Verdict;
use std::sync::atomic::Ordering;

struct Bench {
    root: tempfile::TempDir,
    rules: FakeRules,
    commands: FakeCommands,
    store: FakeStore,
    sink: FakeSink,
    stop: FakeStop,
    collector: FakeCollector,
}

impl Bench {
    fn new() -> Self {
        let mut rules = FakeRules::default();
        rules.results.rules = vec![fakes::rule("NET-1")];
        rules
            .results
            .outcomes
            .insert(RuleId::new("NET-1"), RuleOutcome::Examined);
        rules.results.findings = vec![fakes::finding("NET-1", "a.py", 3)];
        Self {
            root: tempfile::tempdir().expect("a directory"),
            rules,
            commands: FakeCommands::new(|_, _| Ok(outcome(CommandEnd::Exited(0), "raw"))),
            store: FakeStore::default(),
            sink: FakeSink::default(),
            stop: FakeStop::default(),
            collector: FakeCollector::new(|_, _| {
                Ok(Collected {
                    metrics: vec![Metric {
                        name: MetricName::new("import.total"),
                        unit: Unit::Seconds,
                        samples: vec![2.0],
                        labels: BTreeMap::new(),
                        step: StepId::new(""),
                    }],
                    ..Collected::default()
                })
            }),
        }
    }

    fn run(&self, recipe: &Recipe, previous: Option<&RunRecord>) -> RunRecord {
        self.try_run(recipe, previous, Wishes::default())
            .expect("nothing is wrong")
    }

    fn try_run(
        &self,
        recipe: &Recipe,
        previous: Option<&RunRecord>,
        wishes: Wishes,
    ) -> Result<RunRecord, Vec<PlanError>> {
        let collectors: BTreeMap<String, &dyn Collector> =
            BTreeMap::from([("fake".to_owned(), &self.collector as _)]);
        let request = Request {
            recipe,
            checkout: &fakes::checkout(self.root.path()),
            wishes,
            policy: Policy::default(),
            previous,
            change: Default::default(),
            moves: Default::default(),
            started_ms: 1_795_253_400_000,
            version: "0.1.0".to_owned(),
            environment: Environment::default(),
            notes: vec!["said before".to_owned()],
            secrets: vec!["hunter22".to_owned()],
        };
        run(
            request,
            Parts {
                rules: &self.rules,
                commands: &self.commands,
                tools: &FakeTools::with(&["tool"]),
                artifacts: &self.store,
                reports: &FakeReports,
                collectors: &collectors,
                probes: &BTreeMap::new(),
                sink: &self.sink,
                stop: &self.stop,
                caches: None,
                poetry: None,
                chronicle: None,
                lineage: &perfctl_core::seams::NoLineage,
                jobs: 2,
                pause: Duration::ZERO,
            },
        )
    }
}

fn report(id: &str, template: &str) -> Step {
    let mut step = command_step(id, &["tool"]);
    step.kind = StepKind::Report {
        template: template.to_owned(),
        file: "audit.md".to_owned(),
    };
    step
}

fn audit() -> Recipe {
    let mut measure = command_step("measure", &["tool", "hunter22"]);
    if let StepKind::Command(command) = &mut measure.kind {
        command.collector = Some("fake".to_owned());
    }
    measure.items = vec![RuleId::new("IMPORT-1")];
    let mut rules = command_step("rules", &[]);
    rules.kind = StepKind::Rules {
        select: vec!["NET-1".to_owned()],
        ignore: Vec::new(),
    };
    let mut recipe = fakes::recipe(vec![rules, report("audit", "audit"), measure]);
    recipe.items = vec![MeasuredItem {
        id: RuleId::new("IMPORT-1"),
        title: "Imports".to_owned(),
    }];
    let budget = fakes::budget(Some("IMPORT-1"), BudgetVerdict::Pass(0.5)).budget;
    recipe.budgets = vec![budget];
    recipe
}

#[test]
fn a_run_goes_all_the_way_to_a_complete_record() {
    let bench = Bench::new();
    let record = bench.run(&audit(), None);
    let steps: Vec<_> = record
        .steps
        .iter()
        .map(|step| (step.id.as_str(), step.status.word()))
        .collect();
    assert_eq!(steps, [("rules", "ok"), ("audit", "ok"), ("measure", "ok")]);
    let items: Vec<_> = record
        .items
        .iter()
        .map(|item| (item.id.as_str(), &item.verdict))
        .collect();
    assert_eq!(
        items,
        [("IMPORT-1", &Verdict::Fail), ("NET-1", &Verdict::Fail)]
    );
    assert_eq!(record.findings[0].rank.map(|rank| rank.position), Some(1));
    assert_eq!(record.environment.tools["tool"], "1");
    assert_eq!(record.notes, ["said before"]);
    assert!(record.id.as_str().starts_with("20261121T"));
    assert!(!format!("{record:?}").contains("hunter22"));
    // The report saw the two other steps, and not itself.
    assert_eq!(record.steps[1].artifacts[0].what, "2 steps");
}

#[test]
fn what_is_set_and_secret_is_in_no_output() {
    let mut bench = Bench::new();
    bench.commands = FakeCommands::new(|spec, _| {
        assert_eq!(spec.argv[1], ENV, "the command itself gets it");
        Ok(outcome(
            CommandEnd::Exited(0),
            "connects to postgres://u:pw@h/db and s3cr3t-of-shop",
        ))
    });
    const ENV: &str = "DATABASE_URL=postgres://u:pw@h/db,TOKEN=s3cr3t-of-shop,DEBUG=maybe";
    let param = |name: &str| Param {
        name: name.to_owned(),
        kind: ParamKind::Text,
        default: None,
        choices: Vec::new(),
        help: String::new(),
    };
    let measure = command_step("measure", &["tool", "{env}", "--from={base}"]);
    let mut recipe = fakes::recipe(vec![measure]);
    recipe.params = vec![param("env"), param("base")];
    let wishes = Wishes {
        set: vec![
            ("env".to_owned(), ENV.to_owned()),
            ("base".to_owned(), "https://me:Pa55word@mirror/x".to_owned()),
        ],
        ..Wishes::default()
    };
    let record = bench.try_run(&recipe, None, wishes).expect("runs");
    let env = "DATABASE_URL=[redacted],TOKEN=[redacted],DEBUG=[redacted]";
    assert_eq!(record.params["env"], env);
    assert_eq!(record.params["base"], "https://[redacted]@mirror/x");
    assert_eq!(
        record.steps[0].argv[1..],
        [env, "--from=https://[redacted]@mirror/x"]
    );
    let kept = bench.store.0.lock().expect("whole");
    let written = kept.values().flatten().copied().collect();
    let written = String::from_utf8(written).expect("text");
    assert!(
        written.contains("connects to [redacted] and [redacted]"),
        "{written}"
    );
}

#[test]
fn a_broken_template_is_a_failed_step_and_nothing_else_is_lost() {
    let mut recipe = audit();
    recipe.steps.push(report("other", "broken"));
    let record = Bench::new().run(&recipe, None);
    assert_eq!(
        record.steps[3].status,
        StepStatus::Failed("broken.hbs:3: no such field".to_owned())
    );
    assert_eq!(record.steps[1].status, StepStatus::Ok);
    assert_eq!(record.findings.len(), 1);
}

#[test]
fn an_interrupted_run_is_judged_and_written_as_far_as_it_went() {
    let bench = Bench::new();
    bench.stop.0.store(true, Ordering::SeqCst);
    let mut recipe = audit();
    for step in &mut recipe.steps {
        // The survey was cut short, so that nothing is known of the repository.
        if step.id.as_str() == "measure" {
            step.when = vec!["language:python".to_owned()];
        }
    }
    let record = bench.run(&recipe, None);
    assert!(record.interrupted);
    for step in &record.steps {
        // A report says what there is, and that it is only a part.
        let expected = if step.kind == "report" {
            ""
        } else {
            observe::INTERRUPTED
        };
        assert_eq!(step.status.reason(), expected, "{}", step.id);
    }
    // Nothing of what did not run is missing from the checklist, and nothing is called not applicable.
    let judged: Vec<_> = record
        .items
        .iter()
        .map(|item| (item.id.as_str(), item.verdict.word(), item.verdict.reason()))
        .collect();
    let unrun = |id| (id, "needs-evidence", observe::INTERRUPTED);
    assert_eq!(judged, [unrun("IMPORT-1"), unrun("NET-1")]);
    assert!(record.notes.iter().any(|note| note.contains("partial")));
    assert_eq!(judge::gate::gate(&record, None, judge::LEAST).code(), 130);
}

#[test]
fn an_earlier_run_is_compared_with() {
    let bench = Bench::new();
    let mut first = bench.run(&audit(), None);
    first.findings.clear();
    let second = bench.run(&audit(), Some(&first));
    let comparison = second.comparison.expect("compared");
    assert_eq!((comparison.new.len(), comparison.unchanged), (1, 0));
    assert_eq!(comparison.baseline, Some(first.id));
    assert_eq!(comparison.metrics.len(), 1);
}

#[test]
fn what_a_limited_run_left_out_is_not_fixed() {
    let mut bench = Bench::new();
    let first = bench.run(&audit(), None);
    bench.rules.results.findings.clear();
    let whole = bench
        .run(&audit(), Some(&first))
        .comparison
        .expect("compared");
    assert_eq!((whole.fixed.len(), whole.unseen), (1, 0));
    let mut wishes = Wishes::default();
    wishes.limits.paths = vec!["b.py".to_owned()];
    let limited = bench
        .try_run(&audit(), Some(&first), wishes)
        .expect("nothing is wrong");
    let limited = limited.comparison.expect("compared");
    assert_eq!((limited.fixed.len(), limited.unseen), (0, 1));
}

#[test]
fn check_is_the_same_flow_with_one_step() {
    let bench = Bench::new();
    let recipe = check_recipe(
        vec!["category:network".to_owned()],
        vec!["NET-2".to_owned()],
    );
    let record = bench.run(&recipe, None);
    assert_eq!((record.recipe.as_str(), record.steps.len()), ("check", 1));
    assert_eq!(record.items.len(), 1);
    let selections = bench.rules.selections.lock().expect("whole");
    assert_eq!(
        selections[0].select,
        [crate::rules::Selector::parse("category:network")]
    );
}

#[test]
fn what_is_wrong_with_the_request_is_said_before_anything_runs() {
    let bench = Bench::new();
    let wishes = Wishes {
        set: vec![("nothing".to_owned(), "x".to_owned())],
        ..Wishes::default()
    };
    let errors = bench
        .try_run(&audit(), None, wishes)
        .expect_err("no such parameter");
    assert!(
        errors[0]
            .to_string()
            .contains("no parameter is called `nothing`")
    );
    assert!(bench.commands.order().is_empty());
}
