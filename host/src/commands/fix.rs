//! `perfctl fix`: the changes that findings offer, tried in memory and then written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Severity};
use perfctl_core::seams::{Silence, Stop as _};
use perfctl_engine::judge::Policy;
use perfctl_fix::{Foresight, Terms, Why};
use perfctl_workspace::checkout::uncommitted;
use perfctl_workspace::temp::RunDirectory;

use super::check::{changed_lines, command_layer, exit, limits};
use crate::adapters::fixing::Fixing;
use crate::baseline::Baseline;
use crate::cli::{GlobalArgs, STANDARD_OUTPUT, step_of};
use crate::error::{Answer, CommandError, Exit};
use crate::fixed::{Fixed, Mode, named};
use crate::interrupt::Interrupt;
use crate::own::SETTINGS;
use crate::rewrite;
use crate::rules_only::{Look, recipe_of, rules_only};
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
    notes.extend_from_slice(rules.remarks());
    session.check_any_rule_is_left(&rules)?;
    let baseline = args.baseline.as_deref().map(Baseline::open).transpose()?;
    let baseline = baseline.map(|baseline| baseline.followed(&root));
    let mut policy = session.policy(&rules, baseline.as_ref());
    if let Some(rev) = &args.changed_since {
        policy.changed = Some(changed_lines(&root, rev)?);
    }
    let settings = &session.loaded.settings;
    let recipe = recipe_of(settings);
    let selection = session.limits(paths.clone());
    let screen = Screen::new(ui);
    let fixing = Fixing::new(
        &rules, &checkout, &recipe, &selection, &policy, &stop, &screen,
    );
    fixing.show("looking for findings");
    let untouched = || {
        screen.clear();
        ui.warn("interrupted: no file was changed");
        Ok(Exit::Interrupted)
    };
    let Ok(first) = fixing.scan_disk() else {
        return untouched();
    };
    let wanted = positions(&first.findings, &fixing.asked_for(&policy));
    // What a check would say of the files of the latest scan that proved right, of what the user asks about.
    let scratch = temp.scratch("commands");
    let recorded = |policy: Policy| -> Result<RunRecord, CommandError> {
        let asked = fixing.asked();
        let mut record = rules_only(Look {
            session: &session,
            checkout: &checkout,
            rules: &fixing.replay(),
            policy,
            paths: paths.clone(),
            notes: notes.clone(),
            scratch: &scratch,
            sink: &Silence,
            stop: &stop,
        })?;
        record
            .findings
            .retain(|finding| asked.contains(&finding.rule));
        record.items.retain(|item| asked.contains(&item.id));
        Ok(record)
    };
    let before = recorded(policy.clone())?;
    let terms = Terms {
        permitted: args.permitted(),
        least: policy.least,
        foresee: !ui.is_quiet() || args.format == Some(Form::Json),
    };
    let Ok(mut outcome) = perfctl_fix::fix(&fixing, &first, &wanted, terms) else {
        return untouched();
    };
    let mut failed = Vec::new();
    if args.unused_waivers
        && let Err(why) = waivers::take_out(&root, &first.findings, &wanted, &mut outcome)
    {
        failed.push((SETTINGS.into(), why));
    }
    // Who stopped what is only told is not taken to want nothing: the next wish to stop counts.
    let stops = match outcome.foresight {
        Foresight::Cut => stop.times(),
        _ => 0,
    };
    let is_stopped = || stop.times() > stops;
    let mode = args.mode();
    let is_written = mode == Mode::Write && !outcome.files.is_empty();
    let mut is_cut = false;
    if let Some(note) = irrevocable(args, checkout.root(), &outcome).filter(|_| is_written) {
        screen.clear();
        ui.say(&format!("note: {note}"));
    }
    if is_written {
        let _whole = stop.held();
        let groups: Vec<&BTreeSet<Arc<str>>> = outcome
            .applied
            .iter()
            .map(|applied| &applied.paths)
            .collect();
        let unwritten = rewrite::write(checkout.root(), &outcome.files, &groups, is_stopped);
        is_cut = is_stopped();
        outcome.lose(&unwritten);
        failed.extend(unwritten);
        if is_cut && outcome.files.is_empty() {
            return untouched();
        }
    }
    screen.clear();
    // The exit code is about the files as they lie there then; an interrupted run does not look at them once more.
    if is_written && !is_cut && !failed.is_empty() && fixing.scan_disk().is_err() {
        is_cut = true;
    }
    let is_looked_at = is_written && !is_cut && !stop.requested();
    let mut then = policy.clone();
    let gone = waivers::taken_out(&first.findings, &outcome);
    then.waivers.retain(|waiver| !gone.contains(&&waiver.place));
    if let (true, Some(rev)) = (is_looked_at, &args.changed_since) {
        then.changed = Some(changed_lines(&root, rev)?);
    } else if let Some(changed) = &mut then.changed {
        for file in &outcome.files {
            changed.rewrite(&file.path, &perfctl_fix::patch::rewritten(file));
        }
    }
    // Of files that were written in part nobody knows.
    let came = match is_cut {
        true => Vec::new(),
        false => came(fixing.asked_for(&then), &first.findings, &outcome.left),
    };
    let after = match is_looked_at {
        true => recorded(then)?,
        false => before,
    };
    temp.close().map_err(CommandError::failure)?;
    let fixed = Fixed {
        mode,
        first: &first.findings,
        outcome: &outcome,
        came: &came,
        failed: &failed,
        is_cut,
        root: checkout.root(),
    };
    deliver(args, &fixed, ui)?;
    if is_cut {
        ui.warn(&fixed.interruption());
    } else {
        for (path, why) in &failed {
            ui.warn(&format!("{path} is not written: {why}"));
        }
        if outcome.foresight == Foresight::Cut {
            ui.warn("interrupted: what `--unsafe` would mend was not tried to the end; the safe changes were, and stand");
        }
    }
    if is_cut || stop.requested() {
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
        if let Some(why) = fixed.why_left() {
            ui.say(&why);
        }
    }
    Ok(())
}

/// That git could not take back alone what `--unsafe` is about to write, and what could.
fn irrevocable(args: &FixArgs, root: &Path, outcome: &perfctl_fix::Outcome) -> Option<String> {
    let is_unsafe = outcome
        .applied
        .iter()
        .any(|made| made.safety != Safety::Safe);
    if !args.unsafe_too || !is_unsafe {
        return None;
    }
    let paths: Vec<&str> = outcome.files.iter().map(|file| &*file.path).collect();
    let (what, undo) = match uncommitted(root, &paths) {
        Some(files) if files.is_empty() => return None,
        Some(files) => (
            format!(
                "changes that are not committed yet are in {}, and git cannot tell the new ones from them",
                named(files)
            ),
            "git apply -R fix.patch",
        ),
        None => (
            "this is no git repository, and nothing keeps the files as they were".to_owned(),
            "patch -R -p1 < fix.patch",
        ),
    };
    Some(format!(
        "{what}; with `--diff --output fix.patch` the changes come as a patch to apply, and `{undo}` takes them back"
    ))
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

/// Those of the findings that are there `now` which are not among those that were `left` of the `first`. A change may have moved the
/// latter, so they are told by rule and file: those that say the same first, and in the order of their places.
fn came(mut now: Vec<Finding>, first: &[Finding], left: &[(usize, Why)]) -> Vec<Finding> {
    now.sort_by(|one, other| one.place.cmp(&other.place));
    let mut left: Vec<&Finding> = left.iter().map(|(at, _)| &first[*at]).collect();
    for is_exact in [true, false] {
        left.retain(|one| {
            let is_it = |other: &Finding| {
                other.rule == one.rule
                    && other.place.path == one.place.path
                    && (!is_exact || other.message == one.message)
            };
            let at = now.iter().position(is_it);
            at.map(|at| now.remove(at)).is_none()
        });
    }
    now
}
