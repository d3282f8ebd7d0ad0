//! `perfctl check`: rules only.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::Args;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Severity};
use perfctl_engine::compare::mismatch;
use perfctl_engine::judge::changed::ChangedLines;
use perfctl_engine::judge::gate::gate;
use perfctl_wire::settings::{Layer, Level, List, Sourced};
use perfctl_workspace::temp::RunDirectory;

use crate::adapters;
use crate::baseline::{Again, Baseline};
use crate::cli::{GlobalArgs, OutputArgs, STANDARD_OUTPUT, step_of};
use crate::error::{Answer, CommandError, Exit};
use crate::formats::{self, Chosen};
use crate::interrupt::Interrupt;
use crate::nearby;
use crate::rules_only::{Look, rules_only};
use crate::session::{self, Session};
use crate::settings::Repository;
use crate::ui::{Screen, Ui};

const EXAMPLES: &str = "\
Examples:
  perfctl check                                  the current directory
  perfctl check src/api --select category:database
  perfctl check --changed-since main --format github
  perfctl check --format sarif --output perfctl.sarif
  perfctl check --write-baseline known.txt       adopt what is there now
  perfctl check --baseline known.txt             only what is new counts
  perfctl check --baseline known.txt --write-baseline known.txt    narrow it";

/// Runs rules on code, nothing else: no command of the repository is run, no network is used.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Files and directories that findings are limited to; facts come from the whole repository
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Rules to run: an id, tag:X or category:X (repeat or separate with commas)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Rules not to run, in the same forms
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_parser = step_of::<Severity>(Severity::WORDS))]
    fail_on: Option<Severity>,
    /// Lowest confidence that is shown and counts
    #[arg(long, value_name = "CONFIDENCE", value_parser = step_of::<Confidence>(Confidence::WORDS))]
    confidence: Option<Confidence>,
    /// Only findings on lines changed since a commit, branch or tag
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Known findings, which do not count: a list (`--write-baseline`), or an earlier run, its directory or run.json
    #[arg(long, value_name = "FILE|DIR")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run, suspicions too, as a list of known ones, and end with 0; with `--baseline` only what is still there of it
    #[arg(long, value_name = "FILE", conflicts_with = "changed_since")]
    write_baseline: Option<PathBuf>,
    /// Also show findings that a comment, a waiver or the baseline silences
    #[arg(long)]
    show_silenced: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// What flags say, as a layer of settings.
pub(crate) fn command_layer(
    select: &[String],
    ignore: &[String],
    fail_on: Option<Severity>,
    confidence: Option<Confidence>,
) -> Layer {
    let mut layer = Layer::empty(Level::CommandLine);
    if !select.is_empty() {
        layer.select = Some(List::flag("--select", select.iter().cloned()));
    }
    if !ignore.is_empty() {
        layer.ignore = Some(List::flag("--ignore", ignore.iter().cloned()));
    }
    layer.fail_on = fail_on.map(|severity| Sourced::flag("--fail-on", severity));
    layer.confidence = confidence.map(|confidence| Sourced::flag("--confidence", confidence));
    layer
}

/// What findings are limited to in the repository at `root` where a user named `given`; nothing for all of it.
pub(crate) fn limits(root: &Path, given: &[PathBuf]) -> Result<Vec<String>, CommandError> {
    let mut paths = Vec::new();
    for path in given {
        if !path.exists() {
            return Err(CommandError::usage(format!(
                "there is no file or directory {}",
                path.display()
            )));
        }
        let inside = session::relative(root, path).ok_or_else(|| {
            CommandError::usage(format!(
                "{} lies outside of the repository {}",
                path.display(),
                root.display()
            ))
            .hint("check one repository at a time")
        })?;
        paths.push(inside);
    }
    // The whole repository is no limit, and takes in whatever else is named but what it would take for tests.
    if paths.iter().any(String::is_empty) {
        paths.retain(|path| adapters::rules::counts_when_named(root, path));
        if !paths.is_empty() {
            paths.insert(0, ".".to_owned());
        }
    }
    // Without a path the current directory is meant, which may be a part of its repository.
    if given.is_empty()
        && let Some(inside) =
            session::relative(root, Path::new(".")).filter(|inside| !inside.is_empty())
    {
        paths.push(inside);
    }
    Ok(paths)
}

/// The lines that changed since `rev`.
pub(crate) fn changed_lines(root: &Path, rev: &str) -> Result<ChangedLines, CommandError> {
    let lines =
        perfctl_workspace::checkout::changed_since(root, rev).map_err(CommandError::usage)?;
    let mut changed = ChangedLines::new();
    for (path, ranges) in lines {
        for (first, last) in ranges {
            changed.add(path.clone(), first, last);
        }
    }
    Ok(changed)
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    args.output.check()?;
    if args.write_baseline.as_deref() == Some(Path::new(STANDARD_OUTPUT)) {
        return Err(CommandError::usage(
            "`--write-baseline` takes a file: standard output is for the report",
        )
        .hint("name a file"));
    }
    let here = Path::new(".");
    let root = session::repository_of(&args.paths)?;
    let paths = limits(&root, &args.paths)?;
    let all_paths = paths.is_empty() || paths.iter().any(|path| path == ".");
    let is_part = !all_paths || !args.select.is_empty() || !args.ignore.is_empty();
    // What is narrowed keeps what nobody looked at.
    if let Some(file) = args.write_baseline.as_deref().filter(|_| is_part)
        && args.baseline.is_none()
        && file.exists()
    {
        return Err(CommandError::usage(format!(
            "{} is there, and this check looks at a part of the repository: what the file holds of the rest would be lost",
            file.display()
        ))
        .hint("check all of it, or name a new file"));
    }
    let layer = command_layer(&args.select, &args.ignore, args.fail_on, args.confidence);
    let session = Session::open(Some(Repository::in_place(&root)), layer, global, ui)?;
    session.check_format(&args.output)?;
    let stop = Interrupt::listen();
    let temp = RunDirectory::create(global.keep_temp).map_err(CommandError::failure)?;
    let (checkout, remarks) = session::in_place(&root, &temp.checkout())?;
    let rules = session.rules()?;
    let mut notes = session.loaded.notes.clone();
    notes.extend(remarks);
    let named = match args.paths.as_slice() {
        [] => &[here.to_owned()],
        paths => paths,
    };
    notes.extend(crate::settings::passed_over(&root, named));
    notes.extend(session.check_selectors(&rules)?);
    notes.extend_from_slice(rules.remarks());
    session.check_any_rule_is_left(&rules)?;
    let baseline = args.baseline.as_deref().map(Baseline::open).transpose()?;
    let baseline = baseline.map(|baseline| baseline.followed(&root));
    if let Some(previous) = baseline.as_ref().and_then(Baseline::record) {
        notes.extend(mismatch(&previous.source, &checkout.source));
    }
    let mut policy = session.policy(&rules, baseline.as_ref());
    if let Some(rev) = &args.changed_since {
        policy.changed = Some(changed_lines(&root, rev)?);
    }
    let settings = &session.loaded.settings;
    let screen = Screen::new(ui);
    let record = rules_only(Look {
        session: &session,
        checkout: &checkout,
        rules: &rules,
        policy,
        paths,
        notes,
        scratch: &temp.scratch("commands"),
        sink: &Quietly(&screen),
        stop: &stop,
    })?;
    screen.clear();
    temp.close().map_err(CommandError::failure)?;
    let adopted = match (&args.write_baseline, &baseline) {
        (Some(file), Some(baseline)) => {
            let narrowed = baseline.narrowed(&record, &root);
            narrow(baseline.total(), &narrowed, file, ui)?;
            if let Some(why) = baseline.elsewhere(&root) {
                ui.warn(&why);
            }
            false
        }
        (Some(file), None) => write_baseline(&record, file, session.least(), ui)?,
        (None, _) => false,
    };
    let view = perfctl_core::seams::View {
        silenced: args.show_silenced,
        flags: true,
        ..ui.view(args.output.file().is_some())
    };
    let usual = settings
        .format
        .as_ref()
        .is_none_or(|set| set.value == "human");
    let asked = args.output.format.is_some() || args.output.output.is_some() || !usual;
    if adopted && !asked {
        // All findings are known now, and nobody asked to see them.
        ui.text(&format!("perfctl: {}\n", perfctl_report::headline(&record)))?;
    } else {
        show(
            &record,
            Some(checkout.root()),
            &args.output,
            &session,
            view,
            ui,
        )?;
    }
    if args.write_baseline.is_none()
        && let Some(spare) = baseline.and_then(|one| {
            let paths = args.paths.iter().map(|path| path.to_string_lossy());
            one.spare(&record, &root, &Again::Here(paths.collect()))
        })
    {
        ui.say(&spare);
    }
    if global.timings {
        crate::timings::say(&record, &rules.costs(), ui);
    }
    let exit = exit(&record, settings.fail_on, session.least());
    // What stands in the baseline is accepted.
    Ok(if adopted && exit == Exit::Findings {
        Exit::Clean
    } else {
        exit
    })
}

/// Writes what is still there of a baseline: nothing new comes in, and what was not looked at stays.
fn narrow(
    before: usize,
    narrowed: &perfctl_wire::baseline::Baseline,
    file: &Path,
    ui: &Ui,
) -> Result<(), CommandError> {
    ui.write(narrowed.write().as_bytes(), file)?;
    let (left, out) = (narrowed.total(), before - narrowed.total());
    ui.say(&format!(
        "{} holds {left} finding{}; {out} that {} gone {} taken out",
        file.display(),
        if left == 1 { "" } else { "s" },
        if out == 1 { "is" } else { "are" },
        if out == 1 { "was" } else { "were" },
    ));
    Ok(())
}

/// Writes the findings of a record as a baseline. From a run that did not see everything none is written: what it missed would
/// come back as new.
fn write_baseline(
    record: &RunRecord,
    file: &Path,
    least: Confidence,
    ui: &Ui,
) -> Result<bool, CommandError> {
    let broke = |item: &perfctl_core::verdict::Item| {
        matches!(item.verdict, perfctl_core::verdict::Verdict::Error(_))
    };
    let why = if record.interrupted {
        Some("the check was interrupted".to_owned())
    } else {
        let broken = record.items.iter().find(|item| broke(item));
        broken.map(|item| format!("{} could not be judged: {}", item.id, item.verdict.reason()))
    };
    if let Some(why) = why {
        ui.warn(&format!("{} is not written: {why}", file.display()));
        return Ok(false);
    }
    let text = perfctl_wire::baseline::Baseline::of(&record.findings).write();
    ui.write(text.as_bytes(), file)?;
    let open = record.findings.iter().filter(|one| one.silenced.is_none());
    let (all, sure) = open.fold((0, 0), |(all, sure), one| {
        (all + 1, sure + usize::from(one.confidence >= least))
    });
    ui.say(&format!(
        "{} holds {all} finding{}, {} of low confidence among them; `perfctl check --baseline {}` shows what is new",
        file.display(),
        if all == 1 { "" } else { "s" },
        all - sure,
        file.display()
    ));
    Ok(true)
}

/// Renders a record as the user asked for it. `root` is where the files lie that it speaks of, if they are still there.
pub(crate) fn show(
    record: &RunRecord,
    root: Option<&Path>,
    output: &OutputArgs,
    session: &Session,
    view: perfctl_core::seams::View,
    ui: &Ui,
) -> Result<(), CommandError> {
    let set = session.loaded.settings.format.as_ref();
    let name = output
        .format
        .as_deref()
        .or(set.map(|set| set.value.as_str()))
        .unwrap_or("human");
    let chosen = session.format(name)?;
    let templates = std::sync::Arc::new(session.templates.clone());
    let mut shown = Cow::Borrowed(record);
    if let (true, Some(root), Ok(here)) = (
        ["human", "concise"].contains(&name) && output.file().is_none(),
        root,
        std::env::current_dir().and_then(|here| here.canonicalize()),
    ) {
        nearby::seen_from(&here, root, shown.to_mut());
    }
    let mut bytes = chosen
        .render(&templates, &shown, &view)
        .map_err(CommandError::failure)?;
    // What a stranger wrote cannot command the terminal.
    if matches!(chosen, Chosen::Plugin(_)) && output.file().is_none() && ui.shows_results() {
        bytes = formats::harmless(&bytes, view.colour);
    }
    ui.deliver(&bytes, output.output.as_deref())?;
    if let Some(file) = output.file() {
        let headline = perfctl_report::headline(record);
        ui.say(&format!(
            "perfctl: {headline}; written to {}",
            file.display()
        ));
    }
    Ok(())
}

/// The exit code of a record.
pub(crate) fn exit(record: &RunRecord, fail_on: Option<Severity>, least: Confidence) -> Exit {
    match gate(record, fail_on, least).code() {
        0 => Exit::Clean,
        1 => Exit::Findings,
        130 => Exit::Interrupted,
        _ => Exit::Failures,
    }
}

/// Several faults as one message.
pub(crate) fn join<T: std::fmt::Display>(faults: &[T]) -> String {
    faults
        .iter()
        .map(T::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A check has one step, whose beginning and end are no news.
struct Quietly<'s, 'u>(&'s Screen<'u>);

impl perfctl_core::seams::Sink for Quietly<'_, '_> {
    fn event(&self, event: perfctl_core::event::Event) {
        use perfctl_core::event::Event;
        if matches!(event, Event::Note(_)) {
            self.0.event(event);
        }
    }
}
