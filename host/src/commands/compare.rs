//! `perfctl compare RUN_A RUN_B`.

use std::path::{Path, PathBuf};

use clap::Args;
use perfctl_core::moves::Moves;
use perfctl_core::repository::Source;
use perfctl_core::scale::Severity;
use perfctl_workspace::checkout::{State, moves};

use crate::baseline::run_of;
use crate::cli::{GlobalArgs, OutputArgs};
use crate::error::{Answer, CommandError, Exit};
use crate::session;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl compare audit-monday audit-friday
  perfctl compare before/run.json after/run.json --format markdown
  perfctl compare main branch --fail-on high    fails on a new high or critical finding

Exit code: 0 whatever changed, unless `--fail-on` says which new findings fail.";

/// Compares two runs: findings new, fixed and unchanged, verdicts, metrics before and after.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompareArgs {
    /// The earlier run: its directory or run.json
    before: PathBuf,
    /// The later run
    after: PathBuf,
    /// Form of the result
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = clap::builder::PossibleValuesParser::new(perfctl_report::COMPARISON_FORMATS))]
    format: String,
    /// Lowest severity of a new finding, or of an item that a budget fails now, that makes the exit code 1: low, medium, high, critical; none unless given
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Write the result to a file instead of standard output, which is `-`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, _: &GlobalArgs, ui: &Ui) -> Answer {
    let output = OutputArgs {
        format: None,
        output: args.output.clone(),
    };
    output.check()?;
    let (before, after) = (run_of(&args.before)?, run_of(&args.after)?);
    if let Some(why) = perfctl_engine::compare::mismatch(&before.source, &after.source) {
        ui.warn(&why);
    }
    let moves = moves_between(&before.source, &after.source);
    let comparison = perfctl_engine::compare::compare(&before, &after, &moves);
    let view = ui.view(output.file().is_some());
    let bytes =
        perfctl_report::render_comparison(&before, &after, &comparison, &args.format, &view)
            .map_err(CommandError::failure)?;
    ui.deliver(bytes.as_ref(), output.output.as_deref())?;
    if let Some(file) = output.file() {
        let summary = perfctl_report::comparison_summary(&before, &after, &comparison);
        ui.say(&format!(
            "perfctl: {summary}; written to {}",
            file.display()
        ));
    }
    let fails = args.fail_on.is_some_and(|lowest| {
        perfctl_engine::compare::is_worse(&after, &comparison, lowest, after.least)
    });
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

/// Files that lie elsewhere in the later of two runs, where the repository is on this machine: at the path that was audited, or
/// around the current directory. Without it a file that moved is another one.
fn moves_between(before: &Source, after: &Source) -> Moves {
    let (Some(earlier), Some(later)) = (&before.commit, &after.commit) else {
        return Moves::default();
    };
    let state = match after.dirty {
        true => State::Changed(later),
        false if earlier == later => return Moves::default(),
        false => State::Commit(later),
    };
    let audited = PathBuf::from(&after.origin);
    let here = session::repository_root(Path::new("."));
    let here = here.join(after.subdirectory.as_deref().unwrap_or_default());
    let known = [audited, here];
    let known = known
        .iter()
        .filter(|root| root.is_absolute() && root.is_dir());
    let mut told = known.map(|root| moves(root, earlier, state));
    told.find(|moves| !moves.is_empty()).unwrap_or_default()
}
