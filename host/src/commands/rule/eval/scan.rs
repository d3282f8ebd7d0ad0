//! The findings of every labelled repository, each looked at on its own and then given back.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use perfctl_core::event::Event;
use perfctl_core::ids::StepId;
use perfctl_core::label::{Found, Label};
use perfctl_core::run::{RunRecord, StepStatus};
use perfctl_core::scale::Confidence;
use perfctl_core::seams::{Silence, Sink as _, Stop, View};
use perfctl_core::verdict::Verdict;
use perfctl_engine::rules::RuleRunner as _;
use perfctl_engine::score::score;
use perfctl_workspace::temp::RunDirectory;

use super::labels::Unit;
use super::mirror::Places;
use super::{Asked, EvalArgs, Outcome, Scored, sarif_file, slips};
use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::commands::check::command_layer;
use crate::error::CommandError;
use crate::remarks::Remarks;
use crate::rules_only::{Look, rules_only};
use crate::session::{self, Session};
use crate::ui::{Screen, Ui};

/// Runs the rules on every unit, several at once.
pub(super) fn all(
    units: &[Unit],
    args: &EvalArgs,
    asked: &Asked,
    global: &GlobalArgs,
    ui: &Ui,
    stop: &dyn Stop,
) -> Result<Vec<Outcome>, CommandError> {
    if let Some(dir) = &args.write_sarif {
        std::fs::create_dir_all(dir).map_err(|error| {
            CommandError::usage(format!("cannot write into {}: {error}", dir.display()))
        })?;
    }
    let before = session(args, global, ui, 0)?;
    let threads = match before.jobs() {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    };
    let workers = threads.min(units.len()).max(1);
    // The threads are shared out: one repository uses several, and several repositories one each.
    let session = session(args, global, ui, threads / workers)?;
    let accounts = Accounts::of(&session.loaded.settings);
    let tokens = accounts.for_git();
    let temp = RunDirectory::create(global.keep_temp).map_err(CommandError::failure)?;
    let screen = Screen::new(ui);
    let work = Work {
        args,
        asked,
        session: &session,
        places: Places {
            mirrors: &args.mirror,
            fetch: args.fetch,
            tokens: &tokens,
        },
        temp: temp.scratch("repositories"),
        stop,
    };
    std::fs::create_dir_all(&work.temp).map_err(CommandError::failure)?;
    let next = AtomicUsize::new(0);
    let outcomes: Vec<Mutex<Option<Outcome>>> = units.iter().map(|_| Mutex::default()).collect();
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(unit) = units.get(at).filter(|_| !stop.requested()) else {
                return;
            };
            let (step, begun) = (StepId::from(unit.shown().as_str()), Instant::now());
            screen.event(Event::StepStarted {
                step: step.clone(),
                title: unit.shown(),
            });
            let outcome = work.one(unit, &work.temp.join(at.to_string()));
            let status = match &outcome {
                Outcome::Scored(..) => StepStatus::Ok,
                Outcome::NotScored(why) => StepStatus::Failed(why.clone()),
            };
            screen.event(Event::StepEnded {
                step,
                status,
                took: begun.elapsed(),
                last_lines: Vec::new(),
            });
            *outcomes[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(worker);
        }
    });
    screen.clear();
    temp.close().map_err(CommandError::failure)?;
    let outcome = |slot: Mutex<Option<Outcome>>| {
        let left = slot.into_inner().unwrap_or_else(PoisonError::into_inner);
        left.unwrap_or_else(|| Outcome::NotScored("interrupted".to_owned()))
    };
    Ok(outcomes.into_iter().map(outcome).collect())
}

/// Settings without those of any repository: what is scored are the rules.
fn session(
    args: &EvalArgs,
    global: &GlobalArgs,
    ui: &Ui,
    jobs: usize,
) -> Result<Session, CommandError> {
    let mut global = global.clone();
    if jobs > 0 {
        global.jobs = u32::try_from(jobs).ok();
    }
    let layer = command_layer(&args.select, &[], None, None);
    Session::open(None, layer, &global, ui)
}

/// What every worker needs.
struct Work<'w> {
    args: &'w EvalArgs,
    asked: &'w Asked,
    session: &'w Session,
    places: Places<'w>,
    temp: std::path::PathBuf,
    stop: &'w dyn Stop,
}

impl Work<'_> {
    fn one(&self, unit: &Unit, into: &Path) -> Outcome {
        let outcome = self.look(unit, into);
        // The disk should not have to hold all of them at once.
        let _ = std::fs::remove_dir_all(into);
        outcome.unwrap_or_else(Outcome::NotScored)
    }

    fn look(&self, unit: &Unit, into: &Path) -> Result<Outcome, String> {
        let remarks = Remarks::before(&Silence);
        let checkout = self.places.check_out(unit, into, &remarks, self.stop)?;
        let told = |error: CommandError| error.message;
        let rules = self.session.rules().map_err(told)?;
        let record = rules_only(Look {
            session: self.session,
            checkout: &checkout,
            rules: &rules,
            policy: self.session.policy(&rules, None),
            paths: Vec::new(),
            notes: Vec::new(),
            scratch: &into.with_extension("commands"),
            sink: &Silence,
            stop: self.stop,
        });
        rules.release();
        let record = record.map_err(told)?;
        if record.interrupted || self.stop.requested() {
            return Err("interrupted".to_owned());
        }
        if let Some(dir) = &self.args.write_sarif {
            write_sarif(&record, &sarif_file(dir, unit))?;
        }
        let mut troubles = broken(&record);
        troubles.extend(slips::of(
            unit,
            checkout.root(),
            &rules.known(),
            self.asked.only.as_ref(),
        ));
        Ok(Outcome::Scored(Scored {
            score: scored(unit, &found(&record), self.asked),
            troubles,
            notes: remarks.into_kept(),
        }))
    }
}

fn scored(unit: &Unit, found: &[Found], asked: &Asked) -> perfctl_engine::score::Score {
    let labels: Vec<&Label> = unit.labels.iter().collect();
    let described = unit.described.as_ref();
    let described = described.map(|(repository, scope)| (repository, scope));
    score(
        &labels,
        described,
        found,
        &asked.matching,
        asked.only.as_ref(),
    )
}

/// Rules that could not judge a repository, and those that broke behind what they found: what they missed is no weakness of theirs, and
/// the figures do not show it.
fn broken(record: &RunRecord) -> Vec<String> {
    let unjudged = record.items.iter().filter_map(|item| match &item.verdict {
        Verdict::Error(why) => Some(format!("{} could not be judged: {why}", item.id)),
        _ => None,
    });
    let is_rule = |subject: &str| record.rules.iter().any(|rule| rule.id.as_str() == subject);
    let in_part = (record.problems.iter())
        .filter(|problem| is_rule(&problem.subject))
        .map(|problem| format!("{}: {}", problem.subject, problem.message));
    unjudged.chain(in_part).collect()
}

/// Findings that count, as labels may meet them.
fn found(record: &RunRecord) -> Vec<Found> {
    let counting = record
        .findings
        .iter()
        .filter(|finding| finding.silenced.is_none() && finding.confidence > Confidence::Low);
    let one = |finding: &perfctl_core::finding::Finding| {
        let rule = record.rules.iter().find(|rule| rule.id == finding.rule);
        let aliases = rule.into_iter().flat_map(|rule| &rule.aliases);
        let start = finding.place.start.line.max(1);
        Found {
            ids: aliases.chain([&finding.rule]).cloned().collect(),
            path: finding.place.path.to_string(),
            start,
            end: finding.place.end.line.max(start),
        }
    };
    counting.map(one).collect()
}

fn write_sarif(record: &RunRecord, file: &Path) -> Result<(), String> {
    let told = |why: String| format!("cannot write {}: {why}", file.display());
    let format = perfctl_report::find("sarif").ok_or_else(|| told("no such format".to_owned()))?;
    let format = format.build(&std::sync::Arc::default());
    let bytes = format.render(record, &View::default());
    let bytes = bytes.map_err(|error| told(error.to_string()))?;
    crate::files::write_whole(file, &bytes).map_err(|error| told(error.to_string()))
}

/// Scores the SARIF files of a directory, of whatever tool.
pub(super) fn of_sarif(
    units: &[Unit],
    dir: &Path,
    asked: &Asked,
) -> Result<Vec<Outcome>, CommandError> {
    if !dir.is_dir() {
        return Err(CommandError::usage(format!(
            "there is no directory {}",
            dir.display()
        )));
    }
    let one = |unit: &Unit| {
        let file = sarif_file(dir, unit);
        if !file.exists() {
            let why = format!("there is no {}", file.display());
            return Ok(Outcome::NotScored(why));
        }
        let text = session::read(&file)?;
        let found = perfctl_wire::sarif::read(&file.display().to_string(), &text)?;
        Ok(Outcome::Scored(Scored {
            score: scored(unit, &found, asked),
            ..Scored::default()
        }))
    };
    units.iter().map(one).collect()
}
