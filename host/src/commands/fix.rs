//! `perfctl fix`: the changes that findings offer, tried in memory and then written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Severity};
use perfctl_engine::judge::Policy;
use perfctl_engine::plan::Wishes;
use perfctl_engine::run::{Parts, Request, check_recipe, run as run_recipe};
use perfctl_workspace::temp::RunDirectory;

use super::check::{changed_lines, command_layer, exit, join, limits};
use crate::accounts::Accounts;
use crate::adapters::fixing::Fixing;
use crate::adapters::{self, Discard};
use crate::baseline::Baseline;
use crate::cli::{GlobalArgs, STANDARD_OUTPUT, step_of};
use crate::clock;
use crate::error::{Answer, CommandError, Exit};
use crate::fixed::{Fixed, Mode};
use crate::interrupt::Interrupt;
use crate::own::SETTINGS;
use crate::rewrite;
use crate::session::{self, Session};
use crate::settings::Repository;
use crate::ui::{Screen, Ui};
use crate::waivers;

const EXAMPLES: &str = "\
Examples:
  perfctl fix                         safe changes, in the current directory
  perfctl fix --diff                  what would change, as a patch; nothing is written
  perfctl fix --unsafe --dry-run      which findings --unsafe would mend
  perfctl fix --unsafe src/api --select category:network
  perfctl fix --unsafe --diff --output fix.patch
  perfctl fix --select PERFCTL-SUPPRESS --unused-waivers    suppressions that nobody needs

The exit code is about what is left: 1 when findings over the gate remain, as `perfctl check` would say.";

/// Changes code where a finding knows the change: safe changes unless more is asked for. Each is tried in memory and written only if
/// its file still parses, its finding is gone and no rule finds anything new.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FixArgs {
    /// Files and directories whose findings are mended; facts come from the whole repository
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also make changes that may alter behaviour: read them before you commit
    #[arg(long = "unsafe")]
    unsafe_too: bool,
    /// Say what would be done and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the changes as a patch for `git apply` or `patch -p1` and write nothing
    #[arg(long, conflicts_with = "format")]
    diff: bool,
    /// Also take waivers out of .perfctl.toml that waive nothing any more
    #[arg(long)]
    unused_waivers: bool,
    /// Rules whose findings are mended: an id, tag:X or category:X (repeat or separate with commas)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Rules whose findings are left, in the same forms
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Lowest severity of what is left that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_parser = step_of::<Severity>(Severity::WORDS))]
    fail_on: Option<Severity>,
    /// Lowest confidence of findings that are mended and count
    #[arg(long, value_name = "CONFIDENCE", value_parser = step_of::<Confidence>(Confidence::WORDS))]
    confidence: Option<Confidence>,
    /// Only findings on lines changed since a commit, branch or tag
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Known findings, which are left alone: a list, or an earlier run, its directory or run.json
    #[arg(long, value_name = "FILE|DIR")]
    baseline: Option<PathBuf>,
    /// Form of the result
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// Write the result to a file instead of standard output, which is `-`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Forms of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text for people.
    Human,
    /// JSON, schema perfctl.fix/1.
    Json,
}

impl FixArgs {
    fn mode(&self) -> Mode {
        match (self.diff, self.dry_run) {
            (true, _) => Mode::Diff,
            (false, true) => Mode::DryRun,
            (false, false) => Mode::Write,
        }
    }

    fn permitted(&self) -> Safety {
        match self.unsafe_too {
            true => Safety::Unsafe,
            false => Safety::Safe,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &FixArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    if let Some(file) = args.output.as_deref().filter(|file| file.is_dir()) {
        let message = format!("`--output {}` is a directory", file.display());
        return Err(CommandError::usage(message).hint("name a file in it"));
    }
    let root = session::repository_of(&args.paths)?;
    let paths = limits(&root, &args.paths)?;
    let layer = command_layer(&args.select, &args.ignore, args.fail_on, args.confidence);
    let session = Session::open(Some(Repository::in_place(&root)), layer, global, ui)?;
    let stop = Interrupt::listen();
    let temp = RunDirectory::create(global.keep_temp).map_err(CommandError::failure)?;
    let (checkout, remarks) = session::in_place(&root, &temp.checkout())?;
    let rules = session.rules()?;
    let mut notes = remarks;
    notes.extend(session.check_selectors(&rules)?);
    session.check_any_rule_is_left(&rules)?;
    let baseline = args.baseline.as_deref().map(Baseline::open).transpose()?;
    let baseline = baseline.map(|baseline| baseline.followed(&root));
    let mut policy = session.policy(&rules, baseline.as_ref());
    if let Some(rev) = &args.changed_since {
        policy.changed = Some(changed_lines(&root, rev)?);
    }
    let settings = &session.loaded.settings;
    let named = |list: &[perfctl_wire::settings::Sourced<String>]| -> Vec<String> {
        list.iter().map(|selector| selector.value.clone()).collect()
    };
    let recipe = check_recipe(named(&settings.select), named(&settings.ignore));
    let selection = session.limits(paths);
    let screen = Screen::new(ui);
    let fixing = Fixing::new(
        &rules, &checkout, &recipe, &selection, &policy, &stop, &screen,
    );
    fixing.show("looking for findings");
    let interrupted = |screen: &Screen<'_>| {
        screen.clear();
        ui.warn("interrupted: no file was changed");
        Ok(Exit::Interrupted)
    };
    let Ok(first) = fixing.scan_disk() else {
        return interrupted(&screen);
    };
    let asked_for = fixing.asked_for();
    let wanted = positions(&first.findings, &asked_for);
    let record = |policy: &Policy| -> Result<RunRecord, CommandError> {
        let replay = fixing.replay();
        let commands = adapters::commands(settings, &temp.scratch("commands"))?;
        let tools = perfctl_workspace::tools::Tools::beside(checkout.root());
        let (collectors, probes) = (Default::default(), Default::default());
        run_recipe(
            Request {
                recipe: &recipe,
                checkout: &checkout,
                wishes: Wishes {
                    limits: selection.clone(),
                    ..Wishes::default()
                },
                policy: policy.clone(),
                previous: None,
                changed_files: Vec::new(),
                moves: Default::default(),
                started_ms: clock::now_ms(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                environment: session::environment(),
                notes: notes.clone(),
                secrets: Accounts::of(settings).secrets(),
            },
            Parts {
                rules: &replay,
                commands: &commands,
                tools: &tools,
                artifacts: &Discard,
                reports: &Discard,
                collectors: &collectors,
                probes: &probes,
                sink: &perfctl_core::seams::Silence,
                stop: &stop,
                caches: None,
                chronicle: None,
                lineage: &perfctl_core::seams::NoLineage,
                poetry: None,
                jobs: session.jobs(),
                pause: std::time::Duration::ZERO,
            },
        )
        .map_err(|faults| CommandError::usage(join(&faults)))
    };
    let before = record(&policy)?;
    let Ok(mut outcome) = perfctl_fix::fix(&fixing, &first, &wanted, args.permitted()) else {
        return interrupted(&screen);
    };
    let mut failed = Vec::new();
    if args.unused_waivers
        && let Err(why) = waivers::take_out(&root, &first.findings, &wanted, &mut outcome)
    {
        failed.push((SETTINGS.into(), why));
    }
    let mode = args.mode();
    failed.extend(match mode {
        Mode::Write if !outcome.files.is_empty() => {
            let groups: Vec<&BTreeSet<Arc<str>>> = outcome
                .applied
                .iter()
                .map(|applied| &applied.paths)
                .collect();
            let stopped = || perfctl_core::seams::Stop::requested(&stop);
            rewrite::write(checkout.root(), &outcome.files, &groups, stopped)
        }
        _ => Vec::new(),
    });
    screen.clear();
    // What is said of the end is said of the files as they lie there then.
    let after = match mode {
        Mode::Write if failed.is_empty() && !outcome.files.is_empty() => {
            let mut policy = policy.clone();
            if let Some(rev) = &args.changed_since {
                policy.changed = Some(changed_lines(&root, rev)?);
            }
            let gone = waivers::taken_out(&first.findings, &outcome);
            policy
                .waivers
                .retain(|waiver| !gone.contains(&&waiver.place));
            record(&policy)?
        }
        Mode::Write if !outcome.files.is_empty() => {
            if fixing.scan_disk().is_err() {
                return Ok(Exit::Interrupted);
            }
            let mut policy = policy.clone();
            if failed.iter().all(|(path, _)| &**path != SETTINGS) {
                let gone = waivers::taken_out(&first.findings, &outcome);
                policy
                    .waivers
                    .retain(|waiver| !gone.contains(&&waiver.place));
            }
            record(&policy)?
        }
        _ => before,
    };
    temp.close().map_err(CommandError::failure)?;
    let fixed = Fixed {
        mode,
        first: &first.findings,
        outcome: &outcome,
        failed: &failed,
        after: &after,
        least: session.least(),
        root: checkout.root(),
    };
    deliver(args, &fixed, ui)?;
    for (path, why) in &failed {
        ui.warn(&format!("{path} is not written: {why}"));
    }
    if perfctl_core::seams::Stop::requested(&stop) {
        return Ok(Exit::Interrupted);
    }
    Ok(match exit(&after, settings.fail_on, session.least()) {
        Exit::Clean if !failed.is_empty() => Exit::Failures,
        other => other,
    })
}

/// Writes the result in the form that was asked for.
fn deliver(args: &FixArgs, fixed: &Fixed<'_>, ui: &Ui) -> Result<(), CommandError> {
    let file = args.output.as_deref();
    let bytes = match (fixed.mode, args.format) {
        (Mode::Diff, _) => perfctl_fix::patch::patch(&fixed.outcome.files),
        (_, Some(Form::Json)) => fixed.json(),
        _ => fixed.human(ui.is_quiet()),
    };
    let is_text = fixed.mode != Mode::Diff && args.format != Some(Form::Json);
    match file.filter(|file| *file != Path::new(STANDARD_OUTPUT)) {
        None if is_text => ui.text(&bytes)?,
        _ => ui.deliver(bytes.as_bytes(), file)?,
    }
    // A patch on standard output is for programs, a file says nothing of itself.
    if !is_text || file.is_some() {
        ui.say(&format!("perfctl: {}", fixed.headline()));
    }
    Ok(())
}

/// Where the findings `asked_for` are among `all`, each once.
fn positions(all: &[Finding], asked_for: &[Finding]) -> Vec<usize> {
    let mut taken = vec![false; all.len()];
    let is_same = |one: &Finding, other: &Finding| {
        one.rule == other.rule && one.place == other.place && one.message == other.message
    };
    let mut found: Vec<usize> = asked_for
        .iter()
        .filter_map(|wanted| {
            let at = (0..all.len()).find(|at| !taken[*at] && is_same(&all[*at], wanted))?;
            taken[at] = true;
            Some(at)
        })
        .collect();
    found.sort_unstable();
    found
}
