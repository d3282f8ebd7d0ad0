//! Steps on a fake machine: order, parallelism, failures, time-outs, repetitions, interruption.

mod collected;
mod order;
mod repeated;

use super::*;
use crate::fakes::{
    self, FakeCollector, FakeCommands, FakeRules, FakeSink, FakeStop, FakeStore, FakeTools,
    command_step, outcome,
};
use crate::plan::{Offer, Wishes};
use crate::seams::{CommandEnd, CommandError, CommandOutcome, CommandSpec};
use perfctl_core::ids::{MetricName, RuleId, StepId};
use perfctl_core::metric::Unit;
use perfctl_core::recipe::{Command, Step};
use perfctl_core::seams::{CollectError, Collected, Output};
use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::rules::RuleOutcome;

struct Bench {
    root: tempfile::TempDir,
    caches: tempfile::TempDir,
    commands: FakeCommands,
    collectors: BTreeMap<String, FakeCollector>,
    rules: FakeRules,
    store: FakeStore,
    sink: FakeSink,
    stop: FakeStop,
    allow: Vec<StepId>,
    secrets: Vec<String>,
    jobs: usize,
}

impl Bench {
    fn new(
        act: impl Fn(&CommandSpec, &dyn Stop) -> Result<CommandOutcome, CommandError>
        + Sync
        + Send
        + 'static,
    ) -> Self {
        Self {
            root: tempfile::tempdir().expect("a directory"),
            caches: tempfile::tempdir().expect("a directory"),
            commands: FakeCommands::new(act),
            collectors: BTreeMap::new(),
            rules: FakeRules::default(),
            store: FakeStore::default(),
            sink: FakeSink::default(),
            stop: FakeStop::default(),
            allow: Vec::new(),
            secrets: Vec::new(),
            jobs: 4,
        }
    }

    fn collector(
        mut self,
        collect: impl Fn(Output<'_>) -> Result<Collected, CollectError> + Sync + 'static,
    ) -> Self {
        let collector = FakeCollector::new(move |output, _| collect(output));
        self.collectors.insert("fake".to_owned(), collector);
        self
    }

    fn observe(&self, steps: Vec<Step>) -> Observations {
        let collectors: BTreeMap<String, &dyn Collector> = self
            .collectors
            .iter()
            .map(|(name, it)| (name.clone(), it as _))
            .collect();
        let probes: BTreeMap<String, &dyn Probe> = self
            .collectors
            .iter()
            .map(|(name, it)| (name.clone(), it as _))
            .collect();
        let names: BTreeSet<&str> = self.collectors.keys().map(String::as_str).collect();
        let offer = Offer {
            tools: &FakeTools::with(&["tool"]),
            collectors: names.clone(),
            probes: names,
            caches: Some(self.caches.path()),
            poetry: None,
        };
        let checkout = fakes::checkout(self.root.path());
        let wishes = Wishes {
            allow: self.allow.clone(),
            ..Wishes::default()
        };
        let recipe = fakes::recipe(steps);
        let plan = plan::plan(&recipe, &checkout, &self.rules.portrait, &wishes, &offer);
        observe(
            &plan.expect("a plan"),
            &checkout,
            Means {
                rules: &self.rules,
                commands: &self.commands,
                artifacts: &self.store,
                collectors: &collectors,
                probes: &probes,
                sink: &self.sink,
                stop: &self.stop,
                redactor: &Redactor::new(self.secrets.iter().map(String::as_str)),
                jobs: self.jobs,
                pause: Duration::from_millis(1),
            },
        )
    }
}

fn ok(_: &CommandSpec, _: &dyn Stop) -> Result<CommandOutcome, CommandError> {
    Ok(outcome(CommandEnd::Exited(0), ""))
}

fn after(mut step: Step, before: &[&str]) -> Step {
    step.after = before.iter().map(|id| StepId::new(*id)).collect();
    step
}

fn command(step: &mut Step) -> &mut Command {
    match &mut step.kind {
        StepKind::Command(command) => command,
        other => panic!("{other:?}"),
    }
}

fn collected(id: &str) -> Step {
    let mut step = command_step(id, &["tool"]);
    command(&mut step).collector = Some("fake".to_owned());
    step
}

fn rules_step() -> Step {
    let mut step = command_step("rules", &["tool"]);
    step.kind = StepKind::Rules {
        select: Vec::new(),
        ignore: Vec::new(),
    };
    step
}

fn samples(samples: &[f64]) -> Collected {
    Collected {
        metrics: vec![Metric {
            name: MetricName::new("import.total"),
            unit: Unit::Seconds,
            samples: samples.to_vec(),
            labels: BTreeMap::new(),
            step: StepId::new(""),
        }],
        ..Collected::default()
    }
}

fn words(observations: &Observations) -> Vec<&'static str> {
    observations
        .steps
        .iter()
        .map(|step| step.status.word())
        .collect()
}

#[test]
fn a_command_that_finds_no_host_is_told_that_it_has_no_network() {
    let reason = |network: bool, held: bool| {
        let bench = Bench::new(move |_, _| {
            let mut ended = outcome(CommandEnd::Exited(6), "");
            ended.stderr = b"curl: (6) Could not resolve host: shop.example\n".to_vec();
            ended.held = held;
            Ok(ended)
        });
        let mut step = command_step("fetch", &["tool"]);
        step.needs.network = network;
        let bench = Bench {
            allow: vec![StepId::new("fetch")],
            ..bench
        };
        let seen = bench.observe(vec![step]);
        seen.steps[0].status.reason().to_owned()
    };
    let told = reason(false, true);
    assert!(
        told.contains("it has no network") && told.contains("--allow fetch"),
        "{told}"
    );
    assert!(!reason(true, true).contains("no network"));
    assert!(!reason(false, false).contains("no network"));
}

#[test]
fn steps_that_wait_for_nothing_run_at_the_same_time() {
    let both = Barrier::new(2);
    let bench = Bench::new(move |_, _| {
        both.wait();
        Ok(outcome(CommandEnd::Exited(0), ""))
    });
    let seen = bench.observe(vec![
        command_step("a", &["tool"]),
        command_step("b", &["tool"]),
    ]);
    assert_eq!(words(&seen), ["ok", "ok"]);
}

#[test]
fn the_order_is_kept_and_a_failure_stops_nobody() {
    let bench = Bench::new(|spec, _| match spec.step.as_str() {
        "b" => Ok(CommandOutcome {
            stderr: b"Traceback\nboom\n".to_vec(),
            ..outcome(CommandEnd::Exited(2), "")
        }),
        _ => Ok(outcome(CommandEnd::Exited(0), "")),
    });
    let seen = bench.observe(vec![
        after(command_step("c", &["tool"]), &["b"]),
        after(command_step("b", &["tool"]), &["a"]),
        command_step("a", &["tool"]),
    ]);
    assert_eq!(bench.commands.order(), ["a", "b", "c"]);
    assert_eq!(words(&seen), ["ok", "failed", "ok"]);
    assert_eq!(seen.steps[1].status.reason(), "exit code 2: boom");
    assert_eq!(seen.steps[1].exit_code, Some(2));
    let lines = bench.sink.0.lock().expect("whole");
    assert_eq!(lines[..2], ["a started", "a ok"]);
    assert!(lines.contains(&"b failed exit code 2: boom".to_owned()));
}

#[test]
fn a_command_is_repeated_as_often_as_the_recipe_says_and_every_output_is_kept() {
    let count = AtomicUsize::new(0);
    let bench = Bench::new(move |_, _| {
        let attempt = count.fetch_add(1, Ordering::SeqCst) + 1;
        let end = if attempt < 3 {
            CommandEnd::TimedOut
        } else {
            CommandEnd::Exited(0)
        };
        Ok(outcome(end, &format!("attempt {attempt}")))
    });
    let mut step = command_step("a", &["tool"]);
    step.retries = 5;
    let seen = bench.observe(vec![step]);
    assert_eq!((words(&seen), seen.steps[0].attempts), (vec!["ok"], 3));
    assert_eq!(
        bench.store.names(),
        [
            "a/attempt-1.exit.txt",
            "a/attempt-1.stdout.txt",
            "a/attempt-2.exit.txt",
            "a/attempt-2.stdout.txt",
            "a/exit.txt",
            "a/stdout.txt",
        ]
    );
    assert_eq!(
        bench.store.0.lock().expect("whole")["a/stdout.txt"],
        b"attempt 3"
    );
    assert_eq!(seen.steps[0].artifacts.len(), 6);
}

#[test]
fn the_last_of_all_attempts_decides_and_an_absent_program_is_not_tried_again() {
    let slow = Bench::new(|_, _| Ok(outcome(CommandEnd::TimedOut, "")));
    let mut step = command_step("a", &["tool"]);
    step.retries = 1;
    let seen = slow.observe(vec![step.clone()]);
    assert_eq!(
        (words(&seen), seen.steps[0].attempts),
        (vec!["timed-out"], 2)
    );
    let absent = Bench::new(|spec, _| Err(CommandError::NotFound(spec.argv[0].clone())));
    let seen = absent.observe(vec![step.clone()]);
    assert_eq!(
        (words(&seen), seen.steps[0].attempts),
        (vec!["needs-evidence"], 1)
    );
    let refused = Bench::new(|_, _| Err(CommandError::Refused("no sandbox".to_owned())));
    let seen = refused.observe(vec![step]);
    assert_eq!(
        (words(&seen), seen.steps[0].status.reason()),
        (vec!["failed"], "no sandbox")
    );
}

#[test]
fn ctrl_c_ends_what_runs_and_skips_the_rest_and_the_record_is_complete() {
    let mut bench = Bench::new(|spec, stop| {
        if spec.step.as_str() == "first" {
            return Ok(outcome(CommandEnd::Exited(0), "done"));
        }
        while !stop.requested() {
            std::thread::yield_now();
        }
        Ok(outcome(CommandEnd::Interrupted, "half"))
    });
    bench.jobs = 2;
    let mut running = after(command_step("running", &["tool"]), &["first"]);
    running.retries = 3;
    let steps = vec![
        command_step("first", &["tool"]),
        running,
        after(command_step("waiting", &["tool"]), &["running"]),
        after(command_step("lacking", &["absent"]), &["running"]),
    ];
    let seen = std::thread::scope(|scope| {
        let run = scope.spawn(|| bench.observe(steps));
        while !bench.commands.order().contains(&"running".to_owned()) {
            std::thread::yield_now();
        }
        bench.stop.0.store(true, Ordering::SeqCst);
        run.join().expect("no panic")
    });
    assert!(seen.interrupted);
    assert_eq!(
        words(&seen),
        ["ok", "interrupted", "skipped", "needs-evidence"]
    );
    assert_eq!(seen.steps[2].status.reason(), INTERRUPTED);
    assert!(
        bench
            .store
            .names()
            .contains(&"running/stdout.txt".to_owned()),
        "partial output is kept"
    );
}

#[test]
fn an_interruption_between_attempts_ends_the_step() {
    let bench = Bench::new(|_, _| Ok(outcome(CommandEnd::Exited(1), "")));
    bench.stop.0.store(false, Ordering::SeqCst);
    let mut step = command_step("a", &["tool"]);
    step.retries = u32::MAX;
    let seen = std::thread::scope(|scope| {
        let run = scope.spawn(|| bench.observe(vec![step]));
        while bench.commands.order().is_empty() {
            std::thread::yield_now();
        }
        bench.stop.0.store(true, Ordering::SeqCst);
        run.join().expect("no panic")
    });
    assert_eq!(words(&seen), ["interrupted"]);
}

#[test]
fn rules_that_were_cut_short_have_not_seen_all() {
    let mut bench = Bench::new(ok);
    bench.rules.results.rules = vec![fakes::rule("NET-1")];
    bench
        .rules
        .results
        .outcomes
        .insert(RuleId::new("NET-1"), RuleOutcome::Examined);
    let seen = bench.observe(vec![rules_step()]);
    assert_eq!(
        seen.rules.outcomes[&RuleId::new("NET-1")],
        RuleOutcome::Examined
    );
    struct AtOnce<'a>(&'a FakeRules, &'a FakeStop);
    impl RuleRunner for AtOnce<'_> {
        fn known(&self) -> BTreeSet<RuleId> {
            self.0.known()
        }
        fn heads(&self, selection: &crate::rules::Selection) -> Vec<perfctl_core::rule::Rule> {
            self.0.heads(selection)
        }
        fn survey(
            &self,
            _: &Checkout,
            _: &[crate::rules::Selection],
            _: &dyn Sink,
            _: &dyn Stop,
        ) -> crate::rules::Survey {
            crate::rules::Survey::default()
        }
        fn run(
            &self,
            _: &Checkout,
            _: &crate::rules::Selection,
            _: &dyn Sink,
            _: &dyn Stop,
        ) -> RuleResults {
            self.1.0.store(true, Ordering::SeqCst);
            self.0.results.clone()
        }
    }
    let recipe = fakes::recipe(vec![rules_step()]);
    let checkout = fakes::checkout(bench.root.path());
    let offer = Offer {
        tools: &FakeTools::with(&[]),
        collectors: BTreeSet::new(),
        probes: BTreeSet::new(),
        caches: None,
        poetry: None,
    };
    let portrait = perfctl_core::repository::Portrait::default();
    let plan =
        plan::plan(&recipe, &checkout, &portrait, &Wishes::default(), &offer).expect("a plan");
    let seen = observe(
        &plan,
        &checkout,
        Means {
            rules: &AtOnce(&bench.rules, &bench.stop),
            commands: &bench.commands,
            artifacts: &bench.store,
            collectors: &BTreeMap::new(),
            probes: &BTreeMap::new(),
            sink: &bench.sink,
            stop: &bench.stop,
            redactor: &Redactor::default(),
            jobs: 1,
            pause: Duration::ZERO,
        },
    );
    assert_eq!(words(&seen), ["interrupted"]);
    let cut_short = RuleOutcome::NeedsEvidence(CUT_SHORT.to_owned());
    assert_eq!(seen.rules.outcomes[&RuleId::new("NET-1")], cut_short);
}

#[test]
fn a_panic_is_a_failed_step_and_the_others_go_on() {
    let bench = Bench::new(ok).collector(|_| panic!("index out of range"));
    let seen = bench.observe(vec![
        collected("a"),
        after(command_step("b", &["tool"]), &["a"]),
    ]);
    assert_eq!(words(&seen), ["failed", "ok"]);
    assert!(
        seen.steps[0]
            .status
            .reason()
            .ends_with("panicked: index out of range")
    );
}

#[test]
fn a_probe_measures_by_itself() {
    let bench = Bench::new(ok).collector(|_| Ok(samples(&[3.0])));
    let mut step = command_step("p", &["tool"]);
    let options = BTreeMap::from([("root".to_owned(), "{root}".to_owned())]);
    step.kind = StepKind::Probe {
        collector: "fake".to_owned(),
        options,
    };
    let seen = bench.observe(vec![step]);
    assert_eq!((words(&seen), seen.metrics.len()), (vec!["ok"], 1));
    assert!(bench.commands.order().is_empty());
}

#[test]
fn a_command_gets_what_it_needs_and_no_more() {
    let bench = Bench::new(ok);
    let mut step = command_step("a", &["tool", "--root={root}"]);
    command(&mut step)
        .env
        .insert("WHERE".to_owned(), "{root}".to_owned());
    command(&mut step).cwd = Some("app".to_owned());
    let seen = bench.observe(vec![step]);
    let root = bench.root.path().display().to_string();
    let ran = bench.commands.ran.lock().expect("whole");
    assert_eq!(ran[0].argv, ["tool".to_owned(), format!("--root={root}")]);
    assert_eq!(seen.steps[0].argv, ran[0].argv);
    assert_eq!(
        (ran[0].env["WHERE"].as_str(), ran[0].cwd.as_deref()),
        (root.as_str(), Some("app"))
    );
    assert!(!ran[0].network && ran[0].writable.is_empty() && ran[0].readable.is_empty());
    assert_eq!(ran[0].timeout, Duration::from_secs(60));
}

#[test]
fn a_command_without_a_sandbox_says_so() {
    let bench = Bench::new(|_, _| {
        let sandbox = "none: no namespaces".to_owned();
        Ok(CommandOutcome {
            held: false,
            sandbox,
            ..outcome(CommandEnd::Exited(0), "")
        })
    });
    let seen = bench.observe(vec![command_step("a", &["tool"])]);
    assert_eq!(
        seen.steps[0].notes,
        ["ran without a sandbox: no namespaces"]
    );
}

#[test]
fn secrets_reach_neither_artifacts_nor_events() {
    let mut bench = Bench::new(|_, _| {
        let mut leaking = outcome(CommandEnd::Exited(1), "token=hunter22");
        leaking.stderr = b"denied: hunter22".to_vec();
        Ok(leaking)
    });
    bench.secrets = vec!["hunter22".to_owned()];
    bench.observe(vec![command_step("a", &["tool"])]);
    let kept = bench.store.0.lock().expect("whole");
    assert_eq!(kept["a/stdout.txt"], b"token=[redacted]");
    assert!(!format!("{:?}", bench.sink.0.lock().expect("whole")).contains("hunter22"));
}

#[test]
fn what_is_prepared_is_measured_with_and_prepared_once() {
    let steps = || {
        let mut prepare = command_step("prepare", &["tool", "{cache}"]);
        prepare.needs.consent = true;
        prepare.needs.writes = true;
        vec![command_step("measure", &["{python}", "-X"]), prepare]
    };
    let mut bench = Bench::new(|spec, _| {
        if spec.step.as_str() == "prepare" {
            let bin = spec.writable[0].join("bin");
            std::fs::create_dir_all(&bin).expect("a directory");
            std::fs::write(bin.join("python"), "").expect("a file");
        }
        Ok(outcome(CommandEnd::Exited(0), ""))
    });
    std::fs::write(bench.root.path().join("uv.lock"), "x").expect("a file");
    bench.allow = vec![StepId::new("prepare")];
    let seen = bench.observe(steps());
    assert_eq!(words(&seen), ["ok", "ok"]);
    assert_eq!(bench.commands.order(), ["prepare", "measure"]);
    {
        let ran = bench.commands.ran.lock().expect("whole");
        assert!(ran[1].argv[0].ends_with("/bin/python"), "{:?}", ran[1].argv);
        assert_eq!(ran[1].readable, ran[0].writable);
        assert_eq!(ran[1].prepared, ran[0].writable, "code wrote there");
        assert!(ran[1].writable.is_empty());
    }
    // The second run prepares nothing, even without being allowed to.
    bench.allow.clear();
    let again = bench.observe(steps());
    assert_eq!(words(&again), ["ok", "ok"]);
    assert_eq!(again.steps[1].attempts, 0);
    assert_eq!(bench.commands.order(), ["prepare", "measure", "measure"]);
}

#[test]
fn what_failed_to_be_prepared_leaves_no_ruin_and_measures_nothing() {
    let mut bench = Bench::new(|spec, _| {
        std::fs::write(spec.writable[0].join("half"), "").expect("a file");
        Ok(outcome(CommandEnd::Exited(1), ""))
    });
    std::fs::write(bench.root.path().join("uv.lock"), "x").expect("a file");
    bench.allow = vec![StepId::new("prepare")];
    let seen = bench.observe(vec![
        prepare("prepare"),
        command_step("measure", &["{python}"]),
    ]);
    assert_eq!(words(&seen), ["failed", "needs-evidence"]);
    let why = seen.steps[1].status.reason();
    assert!(
        why.starts_with("`python` is made by step `prepare`, which failed: exit code 1"),
        "{why}"
    );
    let left: Vec<_> = std::fs::read_dir(bench.caches.path())
        .expect("readable")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A step that fills the cache, as the user must allow.
fn prepare(id: &str) -> perfctl_core::recipe::Step {
    let mut step = command_step(id, &["tool", "{cache}"]);
    (step.needs.consent, step.needs.writes) = (true, true);
    step
}
