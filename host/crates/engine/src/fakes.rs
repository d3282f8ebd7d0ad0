//! Stand-ins for the machine and small values, for the tests of this crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use perfctl_core::budget::{Budget, BudgetOutcome, BudgetVerdict};
use perfctl_core::event::Event;
use perfctl_core::finding::Finding;
use perfctl_core::ids::{MetricName, RuleId, RunId, StepId};
use perfctl_core::metric::Unit;
use perfctl_core::place::{ByteSpan, LineIndex};
use perfctl_core::recipe::{Command, Needs, Recipe, Step, StepKind};
use perfctl_core::repository::{Checkout, Portrait, Source};
use perfctl_core::rule::{Help, Layer, Rule};
use perfctl_core::run::{Artifact, RunRecord, StepRecord, StepStatus};
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};
use perfctl_core::seams::{CollectError, Collected, Collector, Output, Probe, Sink, Stop};
use perfctl_core::verdict::{Item, Verdict};

use crate::rules::{RuleResults, RuleRunner, Selection, Survey};
use crate::seams::{
    ArtifactStore, CommandEnd, CommandError, CommandOutcome, CommandSpec, Commands, FoundTool,
    Reports, Tools,
};

/// Programs that "are installed" in `/bin`, each in version 1.
pub(crate) struct FakeTools(BTreeSet<String>);

impl FakeTools {
    pub(crate) fn with(programs: &[&str]) -> Self {
        Self(
            programs
                .iter()
                .map(|program| (*program).to_owned())
                .collect(),
        )
    }
}

impl Tools for FakeTools {
    fn find(&self, program: &str) -> Option<FoundTool> {
        self.0.contains(program).then(|| FoundTool {
            program: program.to_owned(),
            path: PathBuf::from("/bin").join(program),
            version: Some("1".to_owned()),
        })
    }
}

type Act = dyn Fn(&CommandSpec, &dyn Stop) -> Result<CommandOutcome, CommandError> + Sync + Send;

/// Commands that do what a closure says, and remembers what was run.
pub(crate) struct FakeCommands {
    act: Box<Act>,
    pub(crate) ran: Mutex<Vec<CommandSpec>>,
}

impl FakeCommands {
    pub(crate) fn new(
        act: impl Fn(&CommandSpec, &dyn Stop) -> Result<CommandOutcome, CommandError>
        + Sync
        + Send
        + 'static,
    ) -> Self {
        Self {
            act: Box::new(act),
            ran: Mutex::new(Vec::new()),
        }
    }

    /// Steps in the order in which they began.
    pub(crate) fn order(&self) -> Vec<String> {
        self.ran
            .lock()
            .expect("whole")
            .iter()
            .map(|spec| spec.step.as_str().to_owned())
            .collect()
    }
}

impl Commands for FakeCommands {
    fn run(&self, spec: &CommandSpec, stop: &dyn Stop) -> Result<CommandOutcome, CommandError> {
        self.ran.lock().expect("whole").push(spec.clone());
        (self.act)(spec, stop)
    }
}

/// An outcome with this standard output.
pub(crate) fn outcome(end: CommandEnd, stdout: &str) -> CommandOutcome {
    CommandOutcome {
        end,
        stdout: stdout.as_bytes().to_vec(),
        stderr: Vec::new(),
        cut: false,
        sandbox: "fake".to_owned(),
        held: true,
        notes: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Keeps artifacts in memory.
#[derive(Default)]
pub(crate) struct FakeStore(pub(crate) Mutex<BTreeMap<String, Vec<u8>>>);

impl FakeStore {
    pub(crate) fn names(&self) -> Vec<String> {
        self.0.lock().expect("whole").keys().cloned().collect()
    }
}

impl ArtifactStore for FakeStore {
    fn put(&self, step: &StepId, name: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        let path = format!("{step}/{name}");
        self.0
            .lock()
            .expect("whole")
            .insert(path.clone(), bytes.to_vec());
        Ok(artifact(&path, what, bytes))
    }
}

fn artifact(path: &str, what: &str, bytes: &[u8]) -> Artifact {
    Artifact {
        path: path.to_owned(),
        size: bytes.len() as u64,
        sha256: String::new(),
        what: what.to_owned(),
    }
}

/// Renders the number of steps it sees; a template called `broken` fails.
pub(crate) struct FakeReports;

impl Reports for FakeReports {
    fn render(&self, template: &str, file: &Path, record: &RunRecord) -> Result<Artifact, String> {
        if template == "broken" {
            return Err("broken.hbs:3: no such field".to_owned());
        }
        let text = format!("{} steps", record.steps.len());
        Ok(artifact(
            &file.display().to_string(),
            &text,
            text.as_bytes(),
        ))
    }
}

/// Answers the same results every time.
#[derive(Default)]
pub(crate) struct FakeRules {
    pub(crate) portrait: Portrait,
    pub(crate) results: RuleResults,
    pub(crate) selections: Mutex<Vec<Selection>>,
}

impl RuleRunner for FakeRules {
    fn known(&self) -> BTreeSet<RuleId> {
        self.results
            .rules
            .iter()
            .map(|rule| rule.id.clone())
            .collect()
    }

    fn heads(&self, _: &Selection) -> Vec<Rule> {
        self.results.rules.clone()
    }

    fn survey(&self, _: &Checkout, _: &[Selection], _: &dyn Sink, _: &dyn Stop) -> Survey {
        Survey {
            portrait: self.portrait.clone(),
            ..Survey::default()
        }
    }

    fn run(&self, _: &Checkout, selection: &Selection, _: &dyn Sink, _: &dyn Stop) -> RuleResults {
        self.selections
            .lock()
            .expect("whole")
            .push(selection.clone());
        self.results.clone()
    }
}

type Collect =
    dyn Fn(Output<'_>, &BTreeMap<String, String>) -> Result<Collected, CollectError> + Sync;

/// A collector and probe that does what a closure says.
pub(crate) struct FakeCollector {
    collect: Box<Collect>,
    is_foreign: bool,
}

impl FakeCollector {
    pub(crate) fn new(
        collect: impl Fn(Output<'_>, &BTreeMap<String, String>) -> Result<Collected, CollectError>
        + Sync
        + 'static,
    ) -> Self {
        Self {
            collect: Box::new(collect),
            is_foreign: false,
        }
    }

    /// The same as a stranger's.
    pub(crate) fn foreign(self) -> Self {
        Self {
            is_foreign: true,
            ..self
        }
    }
}

impl Collector for FakeCollector {
    fn name(&self) -> &str {
        "fake"
    }
    fn options(&self) -> Vec<(&str, &str)> {
        vec![]
    }
    fn metrics(&self) -> Vec<&str> {
        vec![]
    }
    fn is_foreign(&self) -> bool {
        self.is_foreign
    }
    fn collect(
        &self,
        output: Output<'_>,
        options: &BTreeMap<String, String>,
    ) -> Result<Collected, CollectError> {
        (self.collect)(output, options)
    }
}

impl Probe for FakeCollector {
    fn name(&self) -> &'static str {
        "fake"
    }
    fn options(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
    fn metrics(&self) -> &'static [&'static str] {
        &[]
    }
    fn probe(
        &self,
        options: &BTreeMap<String, String>,
        _: &dyn Stop,
    ) -> Result<Collected, CollectError> {
        let nothing = Output {
            stdout: b"",
            stderr: b"",
            exit_code: None,
            timed_out: false,
        };
        (self.collect)(nothing, options)
    }
}

/// Remembers events as short lines.
#[derive(Default)]
pub(crate) struct FakeSink(pub(crate) Mutex<Vec<String>>);

impl Sink for FakeSink {
    fn event(&self, event: Event) {
        let line = match event {
            Event::StepStarted { step, .. } => format!("{step} started"),
            Event::StepEnded { step, status, .. } => {
                format!("{step} {} {}", status.word(), status.reason())
                    .trim_end()
                    .to_owned()
            }
            other => format!("{other:?}"),
        };
        self.0.lock().expect("whole").push(line);
    }
}

/// A stop that a test may request.
#[derive(Default)]
pub(crate) struct FakeStop(pub(crate) AtomicBool);

impl Stop for FakeStop {
    fn requested(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

pub(crate) fn checkout(root: &Path) -> Checkout {
    let source = Source {
        name: "shop".to_owned(),
        origin: "https://example.org/shop".to_owned(),
        commit: Some("0123456789abcdef0123456789abcdef01234567".to_owned()),
        ..Source::default()
    };
    Checkout::new(root.to_owned(), source)
}

pub(crate) fn command_step(id: &str, argv: &[&str]) -> Step {
    Step {
        id: StepId::new(id),
        title: format!("Do {id}"),
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

pub(crate) fn recipe(steps: Vec<Step>) -> Recipe {
    Recipe {
        name: "test".to_owned(),
        title: "A test".to_owned(),
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
    }
}

pub(crate) fn rule(id: &str) -> Rule {
    Rule {
        id: RuleId::new(id),
        aliases: Vec::new(),
        title: format!("Title of {id}"),
        category: "network".to_owned(),
        tags: Vec::new(),
        severity: Severity::High,
        languages: vec!["python".to_owned()],
        keywords: Vec::new(),
        elsewhere: std::collections::BTreeMap::new(),
        effort: Effort::S,
        fix: None,
        metric: None,
        help: Help::default(),
        pack: "test".to_owned(),
        layer: Layer::BuiltIn,
    }
}

/// A finding on one whole line of a file of equal lines.
pub(crate) fn finding(rule: &str, path: &str, line: u32) -> Finding {
    let source = "call(x)\n".repeat(line as usize + 1);
    let start = (line - 1) * 8;
    finding_at(&source, ByteSpan::new(start, start + 7), rule, path)
}

/// A finding on the first occurrence of `needle` in `source`.
pub(crate) fn finding_in(source: &str, needle: &str, rule: &str, path: &str) -> Finding {
    let start = source.find(needle).expect("the needle is there") as u32;
    finding_at(
        source,
        ByteSpan::new(start, start + needle.len() as u32),
        rule,
        path,
    )
}

pub(crate) fn finding_at(source: &str, span: ByteSpan, rule: &str, path: &str) -> Finding {
    let index = LineIndex::new(source.as_bytes());
    let place = index.place(path.into(), source.as_bytes(), span);
    let first = place.start.line.saturating_sub(1).max(1);
    Finding {
        rule: RuleId::new(rule),
        message: format!("{rule} finds this"),
        severity: Severity::High,
        confidence: Confidence::High,
        reach: Reach::Request,
        excerpt: index.excerpt(source.as_bytes(), first, place.end.line + 1),
        place,
        symbol: "f".to_owned(),
        related: Vec::new(),
        notes: Vec::new(),
        fix: None,
        fingerprint: String::new(),
        silenced: None,
        rank: None,
    }
}

pub(crate) fn step_record(id: &str) -> StepRecord {
    StepRecord {
        id: StepId::new(id),
        title: String::new(),
        kind: "command".to_owned(),
        status: StepStatus::Ok,
        duration: Duration::ZERO,
        attempts: 1,
        argv: Vec::new(),
        exit_code: Some(0),
        sandbox: String::new(),
        artifacts: Vec::new(),
        notes: Vec::new(),
        last_lines: Vec::new(),
    }
}

/// A budget of one second of imports with its outcome.
pub(crate) fn budget(item: Option<&str>, verdict: BudgetVerdict) -> BudgetOutcome {
    BudgetOutcome {
        budget: Budget {
            metric: MetricName::new("import.total"),
            labels: BTreeMap::new(),
            max: Some(1.0),
            min: None,
            unit: Unit::Seconds,
            when: Vec::new(),
            parts: Vec::new(),
            weight: Default::default(),
            item: item.map(RuleId::new),
            why: String::new(),
        },
        verdict,
        series: BTreeMap::new(),
        most: Vec::new(),
        rank: None,
    }
}

pub(crate) fn item(id: &str, verdict: Verdict) -> Item {
    Item {
        id: RuleId::new(id),
        title: String::new(),
        verdict,
        findings: 0,
        silenced: 0,
        suspicions: 0,
        looked_at: None,
    }
}

pub(crate) fn record(id: &str) -> RunRecord {
    RunRecord {
        id: RunId::new(id),
        recipe: "test".to_owned(),
        title: String::new(),
        started_ms: 0,
        duration: Duration::ZERO,
        version: String::new(),
        source: Source::default(),
        portrait: Portrait::default(),
        params: BTreeMap::new(),
        steps: Vec::new(),
        rules: Vec::new(),
        items: Vec::new(),
        checklists: Vec::new(),
        least: crate::judge::LEAST,
        parts: Vec::new(),
        unheard: Vec::new(),
        ignored: Vec::new(),
        changed_lines: false,
        excluded: Vec::new(),
        hidden: Vec::new(),
        findings: Vec::new(),
        metrics: Vec::new(),
        budgets: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
        environment: perfctl_core::run::Environment::default(),
        comparison: None,
        history: None,
        interrupted: false,
    }
}
