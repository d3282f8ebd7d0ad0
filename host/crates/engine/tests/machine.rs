//! A recipe run on the real machine: sandboxed commands, their outputs, their time-outs, and an interruption. The binary is
//! two things: the tests, and the launcher that starts commands.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use perfctl_core::event::Event;
use perfctl_core::ids::{MetricName, RuleId, StepId};
use perfctl_core::metric::{Metric, Unit};
use perfctl_core::recipe::{Command, Needs, Recipe, Step, StepKind};
use perfctl_core::repository::{Checkout, Source};
use perfctl_core::rule::Layer;
use perfctl_core::run::{Artifact, Environment, RunRecord};
use perfctl_core::seams::{CollectError, Collected, Collector, Output, Sink, Stop};
use perfctl_engine::judge::gate::{Exit, gate};
use perfctl_engine::judge::{LEAST, Policy as JudgePolicy};
use perfctl_engine::machine::Sandboxed;
use perfctl_engine::plan::Wishes;
use perfctl_engine::rules::{RuleResults, RuleRunner, Selection, Survey};
use perfctl_engine::run::{Parts, Request, run};
use perfctl_engine::seams::{ArtifactStore, Reports};
use perfctl_workspace::command::Launcher;
use perfctl_workspace::sandbox::Policy;
use perfctl_workspace::tools::Tools;

const LAUNCH: &str = "launch-for-the-engine-test";

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(LAUNCH) {
        return perfctl_workspace::command::launch();
    }
    let tests = vec![
        Trial::test(
            "commands_run_are_collected_and_leave_their_outputs",
            commands_are_collected,
        ),
        Trial::test(
            "a_command_beyond_its_time_is_ended",
            slow_commands_are_ended,
        ),
        Trial::test(
            "an_interruption_ends_children_and_leaves_a_record",
            interruptions_end_children,
        ),
        Trial::test(
            "what_a_step_prepares_serves_the_next_and_a_later_run",
            what_is_prepared_serves,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

fn commands_are_collected() -> Result<(), Failed> {
    let bench = Bench::new()?;
    std::fs::write(bench.root().join("a.txt"), "12\n30\n")?;
    let mut count = step("lines", &["cat", "a.txt"]);
    collect(&mut count);
    let mut fails = step("fails", &["sh", "-c", "echo no luck >&2; exit 4"]);
    fails.after = vec![StepId::new("lines")];
    let absent = step("absent", &["perfctl-no-such-program"]);
    let record = bench.run(vec![count, fails, absent])?;
    let ends: Vec<_> = record
        .steps
        .iter()
        .map(|step| (step.status.word(), step.status.reason()))
        .collect();
    same(
        &ends,
        &vec![
            ("ok", ""),
            ("failed", "exit code 4: no luck"),
            ("needs-evidence", "perfctl-no-such-program is not installed"),
        ],
    )?;
    same(&record.metrics[0].samples, &vec![12.0, 30.0])?;
    same(&record.environment.tools.contains_key("cat"), &true)?;
    same(&bench.kept("lines/stdout.txt"), &Some(b"12\n30\n".to_vec()))?;
    same(
        &bench.kept("fails/stderr.txt"),
        &Some(b"no luck\n".to_vec()),
    )?;
    same(&gate(&record, None, LEAST), &Exit::Failed)
}

fn slow_commands_are_ended() -> Result<(), Failed> {
    let bench = Bench::new()?;
    let mut slow = step("slow", &["sh", "-c", "echo began; sleep 60"]);
    slow.timeout = Duration::from_millis(500);
    slow.retries = 1;
    let begun = Instant::now();
    let record = bench.run(vec![slow])?;
    same(
        &(record.steps[0].status.word(), record.steps[0].attempts),
        &("timed-out", 2),
    )?;
    same(
        &bench.kept("slow/attempt-1.stdout.txt"),
        &Some(b"began\n".to_vec()),
    )?;
    same(&(begun.elapsed() < Duration::from_secs(30)), &true)
}

fn interruptions_end_children() -> Result<(), Failed> {
    let bench = Bench::new()?;
    let running = step("running", &["sh", "-c", "echo half; sleep 60"]);
    let mut waiting = step("waiting", &["true"]);
    waiting.after = vec![StepId::new("running")];
    let record = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !bench.begun.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(5));
            }
            // The sandbox and the shell need a moment until there is half an output to keep.
            std::thread::sleep(Duration::from_millis(700));
            bench.stopped.store(true, Ordering::SeqCst);
        });
        bench.run(vec![running, waiting])
    })?;
    let ends: Vec<_> = record.steps.iter().map(|step| step.status.word()).collect();
    same(&ends, &vec!["interrupted", "skipped"])?;
    same(&bench.kept("running/stdout.txt"), &Some(b"half\n".to_vec()))?;
    same(&gate(&record, None, LEAST).code(), &130)
}

fn what_is_prepared_serves() -> Result<(), Failed> {
    let mut bench = Bench::new()?;
    std::fs::write(bench.root().join("requirements.txt"), "redis==5\n")?;
    let script = "mkdir {cache}/bin && printf '#!/bin/sh\\necho 42\\n' > {cache}/bin/python && chmod +x {cache}/bin/python";
    let steps = || {
        let mut prepare = step("prepare", &["sh", "-c", script]);
        prepare.needs = Needs {
            consent: true,
            writes: true,
            ..Needs::default()
        };
        let mut measure = step("measure", &["{python}"]);
        collect(&mut measure);
        vec![prepare, measure]
    };
    bench.allow = vec![StepId::new("prepare")];
    let first = bench.run(steps())?;
    let ends: Vec<_> = first
        .steps
        .iter()
        .map(|step| (step.status.word(), step.attempts))
        .collect();
    same(&ends, &vec![("ok", 1), ("ok", 1)])?;
    same(
        &first.metrics.first().map(|metric| metric.samples.clone()),
        &Some(vec![42.0]),
    )?;
    bench.allow.clear();
    let second = bench.run(steps())?;
    same(
        &(second.steps[0].status.word(), second.steps[0].attempts),
        &("ok", 0),
    )?;
    same(
        &second.metrics.first().map(|metric| metric.samples.clone()),
        &Some(vec![42.0]),
    )
}

struct Bench {
    place: tempfile::TempDir,
    kept: Mutex<BTreeMap<String, Vec<u8>>>,
    begun: AtomicBool,
    stopped: AtomicBool,
    allow: Vec<StepId>,
}

impl Bench {
    fn new() -> std::io::Result<Self> {
        let place = tempfile::tempdir()?;
        for name in ["repo", "caches"] {
            std::fs::create_dir(place.path().join(name))?;
        }
        Ok(Self {
            place,
            kept: Mutex::default(),
            begun: AtomicBool::default(),
            stopped: AtomicBool::default(),
            allow: Vec::new(),
        })
    }

    fn root(&self) -> std::path::PathBuf {
        self.place.path().join("repo")
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.lock().ok()?.get(name).cloned()
    }

    fn run(&self, steps: Vec<Step>) -> Result<RunRecord, Failed> {
        let recipe = Recipe {
            name: "test".to_owned(),
            title: String::new(),
            about: String::new(),
            extends: None,
            params: Vec::new(),
            steps,
            budgets: Vec::new(),
            items: Vec::new(),
            checklists: Vec::new(),
            evidence: Vec::new(),
            baseline: None,
            layer: Layer::BuiltIn,
        };
        let commands = Sandboxed {
            policy: Policy::Best,
            launcher: Launcher {
                program: std::env::current_exe()?,
                arguments: vec![OsString::from(LAUNCH)],
            },
            scratch: self.place.path().join("scratch"),
            output_cap: 1 << 20,
        };
        let collectors: BTreeMap<String, &dyn Collector> =
            BTreeMap::from([("numbers".to_owned(), &Numbers as _)]);
        let request = Request {
            recipe: &recipe,
            checkout: &Checkout::new(self.root(), Source::default()),
            wishes: Wishes {
                allow: self.allow.clone(),
                ..Wishes::default()
            },
            policy: JudgePolicy::default(),
            previous: None,
            change: Default::default(),
            moves: Default::default(),
            started_ms: 0,
            version: String::new(),
            environment: Environment::default(),
            notes: Vec::new(),
            secrets: Vec::new(),
        };
        let parts = Parts {
            rules: &NoRules,
            commands: &commands,
            tools: &Tools::new(),
            artifacts: self,
            reports: self,
            collectors: &collectors,
            probes: &BTreeMap::new(),
            sink: self,
            stop: self,
            caches: Some(&self.place.path().join("caches")),
            chronicle: None,
            lineage: &perfctl_core::seams::NoLineage,
            poetry: None,
            jobs: 2,
            pause: Duration::from_millis(10),
        };
        run(request, parts).map_err(|errors| Failed::from(format!("{errors:?}")))
    }
}

impl ArtifactStore for Bench {
    fn put(&self, step: &StepId, name: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        let path = format!("{step}/{name}");
        let mut kept = self.kept.lock().map_err(|error| error.to_string())?;
        kept.insert(path.clone(), bytes.to_vec());
        Ok(Artifact {
            path,
            size: bytes.len() as u64,
            sha256: String::new(),
            what: what.to_owned(),
        })
    }
}

impl Reports for Bench {
    fn render(&self, template: &str, _: &Path, _: &RunRecord) -> Result<Artifact, String> {
        Err(format!("no template is called `{template}`"))
    }
}

impl Sink for Bench {
    fn event(&self, event: Event) {
        if matches!(event, Event::StepStarted { .. }) {
            self.begun.store(true, Ordering::SeqCst);
        }
    }
}

impl Stop for Bench {
    fn requested(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

struct NoRules;

impl RuleRunner for NoRules {
    fn known(&self) -> BTreeSet<RuleId> {
        BTreeSet::new()
    }

    fn heads(&self, _: &Selection) -> Vec<perfctl_core::rule::Rule> {
        Vec::new()
    }

    fn survey(&self, _: &Checkout, _: &[Selection], _: &dyn Sink, _: &dyn Stop) -> Survey {
        Survey::default()
    }

    fn run(&self, _: &Checkout, _: &Selection, _: &dyn Sink, _: &dyn Stop) -> RuleResults {
        RuleResults::default()
    }
}

/// Every line is a sample.
struct Numbers;

impl Collector for Numbers {
    fn name(&self) -> &str {
        "numbers"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["numbers"]
    }
    fn collect(
        &self,
        output: Output<'_>,
        _: &BTreeMap<String, String>,
    ) -> Result<Collected, CollectError> {
        let text = String::from_utf8_lossy(output.stdout);
        let samples: Result<Vec<f64>, _> = text.lines().map(str::parse).collect();
        let samples = samples.map_err(|_| CollectError {
            message: "no number".to_owned(),
        })?;
        Ok(Collected {
            metrics: vec![Metric {
                name: MetricName::new("numbers"),
                unit: Unit::Count,
                samples,
                labels: BTreeMap::new(),
                step: StepId::new(""),
            }],
            ..Collected::default()
        })
    }
}

fn step(id: &str, argv: &[&str]) -> Step {
    Step {
        id: StepId::new(id),
        title: id.to_owned(),
        kind: StepKind::Command(Command {
            argv: argv.iter().map(|argument| (*argument).to_owned()).collect(),
            ..Command::default()
        }),
        after: Vec::new(),
        when: Vec::new(),
        needs: Needs::default(),
        timeout: Duration::from_secs(60),
        retries: 0,
        items: Vec::new(),
    }
}

fn collect(step: &mut Step) {
    if let StepKind::Command(command) = &mut step.kind {
        command.collector = Some("numbers".to_owned());
    }
}

fn same<T: PartialEq + std::fmt::Debug>(seen: &T, expected: &T) -> Result<(), Failed> {
    if seen == expected {
        Ok(())
    } else {
        Err(format!("{seen:?} is not {expected:?}").into())
    }
}
