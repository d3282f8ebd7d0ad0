//! `perfctl plugin bench`: what each rule of a pack costs on a real repository, per file and per candidate, and a call of each collector or format.

mod calls;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use perfctl_core::ids::RuleId;
use perfctl_runtime::pack::LoadedRule;
use perfctl_runtime::runner::{self, Cost, Outcome};
use perfctl_scan::matcher::What;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;
use serde::Serialize;

use super::test::place::Place;
use crate::assets;
use crate::cli::GlobalArgs;
use crate::commands::rule::{Form, json};
use crate::error::{Answer, CommandError, Exit};
use crate::interrupt::Interrupt;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin bench acme --repo ../orders
  perfctl plugin bench acme --repo ../orders --runs 20 --format json
  perfctl plugin bench acme-tool                  a collector or format, on its cases";

/// Files larger than this are not looked at, in bytes, as in a check without settings.
const MAX_FILE_SIZE: u64 = 1 << 20;

/// Says what each rule of a pack costs on a repository: per file and per candidate, the scan left out. Of collectors and formats it says what a call
/// costs on each of their cases.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BenchArgs {
    /// The folder of the pack
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The repository to run rules on; one of the size that its users have
    #[arg(long, value_name = "PATH")]
    repo: Option<PathBuf>,
    /// How often each rule judges all of it, or a case is run; the quickest run counts
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    runs: u32,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Form,
}

/// What a rule cost in its quickest run.
#[derive(Serialize)]
struct Timed {
    id: String,
    files: u64,
    candidates: u64,
    findings: usize,
    total_us: f64,
    per_file_us: Option<f64>,
    per_candidate_us: Option<f64>,
    /// Why it ended early, or has nothing to say.
    note: Option<String>,
    /// Whether it broke: what it took says nothing then.
    #[serde(skip)]
    is_broken: bool,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    runs: u32,
    rules: Vec<Timed>,
}

/// Runs the command.
pub(super) fn run(args: &BenchArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let dir = std::fs::canonicalize(&args.dir)
        .map_err(|error| CommandError::usage(format!("{}: {error}", args.dir.display())))?;
    if let Some(place) = Place::of(&dir.display().to_string())? {
        return calls::run(&place, args, ui);
    }
    let Some(repo) = &args.repo else {
        return Err(CommandError::usage("rules are timed on a repository")
            .hint("name one of the size that their users have: `--repo PATH`"));
    };
    if !repo.is_dir() {
        let repo = repo.display();
        return Err(CommandError::usage(format!("{repo} is no directory")));
    }
    let own = assets::own_pack(&dir)?;
    let id = own.folder.clone();
    let packs = assets::beside_built_in(own);
    for problem in &packs.problems {
        ui.warn(&format!("{}: {}", problem.subject, problem.message));
    }
    for (rule, why) in &packs.broken {
        ui.warn(&format!("{rule}: {}", why.short));
    }
    let rules: Vec<&LoadedRule> = packs
        .rules
        .values()
        .filter(|rule| rule.rule.pack == id)
        .collect();
    if rules.is_empty() {
        return Err(CommandError::usage(format!(
            "{} has no rule that can be run",
            args.dir.display()
        )));
    }
    let (timed, is_interrupted) = measure(repo, args.runs, global, &rules, Arc::new(packs.facts));
    if is_interrupted {
        ui.warn("interrupted: nothing was measured to its end");
        return Ok(Exit::Interrupted);
    }
    let is_broken = timed.iter().any(|one| one.is_broken) || !packs.broken.is_empty();
    match args.format {
        Form::Human => ui.text(&drawn(&timed, args.runs))?,
        Form::Json => ui.result(&json(&Document {
            schema: "perfctl.plugin-bench/1",
            runs: args.runs,
            rules: timed,
        })?)?,
    }
    Ok(match is_broken {
        true => Exit::Failures,
        false => Exit::Clean,
    })
}

/// Scans once and has the rules judge again and again; the quickest run of each counts. The second says whether somebody stopped it.
fn measure(
    repo: &Path,
    runs: u32,
    global: &GlobalArgs,
    rules: &[&LoadedRule],
    facts: Arc<perfctl_scan::repo::facts::Facts>,
) -> (Vec<Timed>, bool) {
    let stop = Interrupt::listen();
    let ruleset = Ruleset {
        rules: rules.iter().map(|rule| rule.matchers.clone()).collect(),
        facts,
        max_file_size: MAX_FILE_SIZE,
    };
    let scope = Scope {
        threads: global.jobs.unwrap_or(0) as usize,
        ..Scope::default()
    };
    let survey = survey(repo, &ruleset, &scope, &stop);
    let mut best: BTreeMap<RuleId, Cost> = BTreeMap::new();
    let mut last = runner::RunOutput::default();
    for _ in 0..runs {
        if perfctl_core::seams::Stop::requested(&stop) {
            return (Vec::new(), true);
        }
        last = runner::run(&survey, rules, |_| true, &stop);
        for (id, cost) in &last.costs {
            let known = best.entry(id.clone()).or_insert(*cost);
            if cost.time < known.time {
                *known = *cost;
            }
        }
    }
    let timed = rules.iter().map(|rule| {
        let id = &rule.rule.id;
        let cost = best.get(id).copied().unwrap_or_default();
        Timed {
            id: id.to_string(),
            files: cost.files,
            candidates: cost.candidates,
            findings: last.findings.iter().filter(|one| one.rule == *id).count(),
            total_us: micros(cost.time),
            per_file_us: shared(cost.time, cost.files),
            per_candidate_us: shared(cost.time, cost.candidates),
            is_broken: matches!(last.outcomes.get(id), Some(Outcome::Error(_))),
            note: match last.outcomes.get(id) {
                Some(Outcome::Error(why)) => Some(why.clone()),
                Some(Outcome::NotApplicable(why)) => Some(format!("not applicable: {why}")),
                _ => (cost.candidates == 0 && !judges_repositories(rule)).then(|| {
                    "its matchers fit nothing in this repository: there is nothing to time"
                        .to_owned()
                }),
            },
        }
    });
    (timed.collect(), false)
}

/// Whether a rule is called for the repository as a whole, which is no candidate.
fn judges_repositories(rule: &LoadedRule) -> bool {
    let mut matchers = rule.matchers.matchers.iter();
    matchers.any(|matcher| matches!(matcher.what, What::Repository))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The part of each of `count`.
fn shared(time: Duration, count: u64) -> Option<f64> {
    (count > 0).then(|| micros(time) / count as f64)
}

fn drawn(timed: &[Timed], runs: u32) -> String {
    let mut out = String::new();
    let width = timed
        .iter()
        .map(|one| one.id.len())
        .max()
        .unwrap_or(4)
        .max(4);
    let _ = writeln!(
        out,
        "{:width$}  {:>7}  {:>10}  {:>8}  {:>10}  {:>10}  {:>13}",
        "rule", "files", "candidates", "findings", "total", "per file", "per candidate"
    );
    let cell = |time: Option<f64>| time.map_or("-".to_owned(), |us| format!("{us:.1} us"));
    for one in timed {
        let _ = writeln!(
            out,
            "{:width$}  {:>7}  {:>10}  {:>8}  {:>10}  {:>10}  {:>13}",
            one.id,
            one.files,
            one.candidates,
            one.findings,
            format!("{:.1} ms", one.total_us / 1e3),
            cell(one.per_file_us),
            cell(one.per_candidate_us),
        );
        if let Some(note) = &one.note {
            let _ = writeln!(out, "{:width$}  {note}", "");
        }
    }
    let _ = writeln!(
        out,
        "processor time of the quickest of {runs} runs; the scan is left out, starting the plugin is part of it"
    );
    out
}
