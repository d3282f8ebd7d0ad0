//! `perfctl rule test`: the author's loop.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueHint};
use perfctl_core::ids::RuleId;
use perfctl_core::message::Message;
use perfctl_core::run::Problem;
use perfctl_core::seams::Stop;
use perfctl_runtime::cases::{CaseResult, Harness, Outcome, Scope};
use perfctl_runtime::pack::{LoadedRule, PackFiles, Packs, Program, Unreadable};
use perfctl_workspace::temp::RunDirectory;

use super::places::{self, Place};
use super::shown_case::{Document, Look, draw, from, summary};
use super::{Form, json};
use crate::assets;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::interrupt::Interrupt;
use crate::ui::Ui;

const HELP: &str = "\
A case is a folder in the rule's `cases`: a tiny repository whose comments mark lines, at their end or alone above them.
  finding: RULE-ID                    must be found here (add `confidence: low|medium|high` to hold that too)
  ok: why it is none                  must not be found (`; mutate: s/old/new/` removes what guards it: then it must be)
  todo: RULE-ID                       should be found and is known not to
Nothing else may be found. For files without comments, `expect.toml` lies beside them:
  not_applicable = true               the rule does not apply here (or needs_evidence = true), or, per line:
  [[expect]]
  file = \"package.json\"
  text = \"a text that is there once\"
  finding = \"RULE-ID\"                 or ok = \"why\", mutate = [\"s/old/new/\"]

Examples:
  perfctl rule test                   the rules in plugins/* and .perfctl/plugins/*
  perfctl rule test plugins/org/ORG-001
  perfctl rule test ORG-001 -v        every line with what came of it
  perfctl rule test ORG-001 --watch   once more after each change
  perfctl rule test plugins/org/ORG-001/cases/session";

/// Runs the cases of rules: every marked line found, nothing else found. Exit code 1 when something is not as marked.
#[derive(Args, Clone, Debug)]
#[command(after_help = HELP)]
pub(crate) struct TestArgs {
    /// Rule folders, single cases, packs, folders of packs, or ids
    #[arg(value_name = "PATH|ID", value_hint = ValueHint::AnyPath)]
    pub(crate) rules: Vec<String>,
    /// Run every rule of the pack on each case; what any of them finds has to be marked
    #[arg(long)]
    pub(crate) all_rules: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: Form,
    /// Go on until Ctrl-C: run again when a file of the packs changes, built before where they are compiled
    #[arg(long)]
    pub(crate) watch: bool,
}

/// What came of one rule.
pub(super) struct RuleTest {
    /// The rule.
    pub(super) place: Place,
    /// Its cases.
    pub(super) cases: Vec<CaseResult>,
    /// What is wrong with the rule as a whole.
    pub(super) faults: Vec<String>,
    /// What could be better.
    pub(super) remarks: Vec<String>,
}

impl RuleTest {
    /// Whether nothing failed.
    pub(super) fn is_pass(&self) -> bool {
        self.faults.is_empty() && self.cases.iter().all(CaseResult::is_pass)
    }

    /// How many lines ended so.
    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.cases.iter().map(|case| case.count(outcome)).sum()
    }

    /// Time of all cases; several run at once.
    pub(super) fn took(&self) -> Duration {
        self.cases.iter().map(|case| case.took).sum()
    }
}

/// Runs the command.
pub(crate) fn run(args: &TestArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let here = here()?;
    let stop = Interrupt::listen();
    let once = || once(args, global, ui, &here, &stop);
    if !args.watch {
        return once();
    }
    super::watch::check(args.format)?;
    let packs = packs(&here, &args.rules)?;
    super::watch::run(&packs, &here, ui, &stop, once)
}

/// The current directory, from which paths are shown.
pub(crate) fn here() -> Result<PathBuf, CommandError> {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    here.map_err(|error| CommandError::usage(format!("cannot read the current directory: {error}")))
}

/// The packs of the rules that are named. Slips in the arguments are told before anything is watched.
pub(crate) fn packs(here: &Path, named: &[String]) -> Result<BTreeSet<PathBuf>, CommandError> {
    let places = places::find(here, named)?;
    Ok(places.into_iter().map(|place| place.pack).collect())
}

/// Runs all cases, and says what came of them.
pub(crate) fn once(
    args: &TestArgs,
    global: &GlobalArgs,
    ui: &Ui,
    here: &Path,
    stop: &dyn Stop,
) -> Answer {
    let places = places::find(here, &args.rules)?;
    let scope = if args.all_rules {
        Scope::Pack
    } else {
        Scope::Rule
    };
    let view = ui.view(false);
    let look = Look {
        colour: view.colour,
        passes: global.verbose > 0,
        times: global.timings,
    };
    let temp = RunDirectory::create(global.keep_temp).map_err(CommandError::failure)?;
    let copies = temp.scratch("cases");
    std::fs::create_dir_all(&copies).map_err(CommandError::failure)?;
    let mut tests = Vec::new();
    let mut told = Vec::new();
    for (pack, places) in by_pack(places) {
        let (harness, problems) = harness(here, &pack, global.jobs.unwrap_or(0) as usize, &copies)?;
        for problem in problems {
            let problem = format!("{}: {}", problem.subject, problem.message);
            ui.warn(&problem);
            told.push(problem);
        }
        for fault in harness.modules_that_fail() {
            let fault = fault.to_string();
            ui.warn(&fault);
            told.push(fault);
        }
        if let Some(why) = unfit_as_file(here, &pack) {
            ui.say(&format!("note: {}: {why}", from(here, &pack)));
        }
        for place in places {
            let test = test_one(&harness, place, scope, stop)?;
            if args.format == Form::Human {
                ui.result(draw(&test, here, look).as_bytes())?;
            }
            tests.push(test);
            if stop.requested() {
                ui.warn("interrupted: not every case was run");
                return Ok(Exit::Interrupted);
            }
        }
    }
    temp.close().map_err(CommandError::failure)?;
    match args.format {
        Form::Human => ui.result(summary(&tests, told.len(), look.colour).as_bytes())?,
        Form::Json => ui.result(&json(&Document::of(&tests, told.clone(), here))?)?,
    }
    // What is no rule for a fault of the pack was not tested.
    Ok(if told.is_empty() && tests.iter().all(RuleTest::is_pass) {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

fn by_pack(places: Vec<Place>) -> BTreeMap<PathBuf, Vec<Place>> {
    let mut all: BTreeMap<PathBuf, Vec<Place>> = BTreeMap::new();
    for place in places {
        all.entry(place.pack.clone()).or_default().push(place);
    }
    all
}

/// The built-in packs, whose facts every rule may rely on, and the pack under test above them; with what is wrong with the latter.
fn harness(
    here: &Path,
    pack: &Path,
    jobs: usize,
    copies: &Path,
) -> Result<(Harness, Vec<Problem>), CommandError> {
    let mut own: PackFiles = assets::own_pack(pack)?;
    own.shown = from(here, pack);
    let shown = own.shown.clone();
    let packs = assets::beside_built_in(own);
    let problems = of_pack(&packs, &shown);
    Ok((Harness::new(packs, jobs, copies.to_owned()), problems))
}

fn of_pack(packs: &Packs, shown: &str) -> Vec<Problem> {
    let all = packs.problems.iter();
    all.filter(|problem| problem.subject.starts_with(shown))
        .cloned()
        .collect()
}

/// Why a pack of scripts, which is fine as a folder, can be no plugin in one file: a folder may take the place of what perfctl brings along, a file
/// that nobody looks into may not.
fn unfit_as_file(here: &Path, pack: &Path) -> Option<String> {
    let mut own = assets::own_pack(pack).ok()?;
    let is_scripts = matches!(own.program, Program::Scripts);
    if !is_scripts || assets::is_built_in(&own.folder) {
        return None;
    }
    own.shown = from(here, pack);
    let (shown, folder) = (own.shown.clone(), own.folder.clone());
    let as_folder = assets::beside_built_in(own.clone());
    own.is_sealed = true;
    let as_file = assets::beside_built_in(own);
    let known = of_pack(&as_folder, &shown);
    let mut refused = of_pack(&as_file, &shown).into_iter();
    let problem = refused
        .find(|problem| !known.contains(problem))
        .map(|problem| format!("{}: {}", problem.subject, problem.message));
    let broken = || {
        let mut all = as_file.broken.iter();
        let is_new = |(id, why): &(&RuleId, &Unreadable)| {
            why.pack == folder && !as_folder.broken.contains_key(*id)
        };
        all.find(is_new).map(|(_, why)| why.short.clone())
    };
    let why = problem.or_else(broken)?;
    Some(format!(
        "it works as a folder, and `perfctl plugin build` would refuse to make one file of it: {why}"
    ))
}

/// Runs the cases of one rule and says what its cases leave open.
fn test_one(
    harness: &Harness,
    place: Place,
    scope: Scope,
    stop: &dyn Stop,
) -> Result<RuleTest, CommandError> {
    let folders = place.cases()?;
    let mut test = RuleTest {
        place,
        cases: Vec::new(),
        faults: Vec::new(),
        remarks: Vec::new(),
    };
    let id = &test.place.id;
    if harness.rule(id).is_none() {
        let is_headless = !test.place.folder().join("rule.toml").is_file();
        test.faults.push(match harness.fault(id) {
            Some(fault) => fault.to_owned(),
            None if is_headless => {
                "its head `rule.toml` is missing: nothing runs the rule".to_owned()
            }
            None => "the pack could not be read".to_owned(),
        });
        return Ok(test);
    }
    if folders.is_empty() {
        test.faults.push(format!(
            "no cases: make folders in {}/cases, each a tiny repository with `finding: {id}` or `ok: why` in comments",
            id.as_str()
        ));
        return Ok(test);
    }
    test.cases = harness.run(id, &folders, scope, stop);
    let is_whole = test.place.case.is_none() && test.is_pass();
    if is_whole && test.count(Outcome::Reported) == 0 {
        test.remarks.push(format!(
            "no case is found: mark a line with `finding: {id}`"
        ));
    }
    if is_whole && test.count(Outcome::Validated) == 0 {
        test.remarks.push(
            "no case is kept quiet about: mark a line that looks alike with `ok: why it is none`"
                .to_owned(),
        );
    }
    // What fails is mended first.
    if is_whole && let Some(loaded) = harness.rule(&test.place.id) {
        test.remarks.extend(unsaid(loaded, &test.cases));
        test.remarks.extend(super::new::left_to_write(loaded));
    }
    Ok(test)
}

/// The messages of a rule that no finding of its cases says.
fn unsaid(rule: &LoadedRule, cases: &[CaseResult]) -> Option<String> {
    let mut said = cases.iter().flat_map(|case| &case.said).peekable();
    // Without any finding there is more to be said than that.
    said.peek()?;
    let said: Vec<&String> = said.collect();
    let is_said = |message: &&Message| said.iter().any(|text| message.may_be(text));
    let all = rule.messages.iter();
    let unsaid: Vec<String> = all
        .filter(|message| !is_said(message))
        .map(|message| format!("`{}`", message.id()))
        .collect();
    (!unsaid.is_empty()).then(|| {
        format!(
            "[messages] holds what no case is found with: {}: add a case, or take it out where no code uses it",
            unsaid.join(", ")
        )
    })
}
