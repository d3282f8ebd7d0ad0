//! `perfctl rule list | explain | test | eval | new`: what a rule's reader and a rule's author need.

mod awaited;
mod eval;
mod explain;
pub(crate) mod layout;
mod list;
mod new;
mod places;
mod shown_case;
pub(crate) mod test;
pub(crate) mod watch;

use std::path::Path;

use clap::{Subcommand, ValueEnum};
use perfctl_runtime::pack::Packs;

use super::check::command_layer;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError};
use crate::session::{Session, repository_root};
use crate::settings::Repository;
use crate::ui::Ui;

pub(crate) use new::pack_file;
pub(crate) use test::TestArgs;

pub(crate) const EXAMPLES: &str = "\
Examples:
  perfctl rule list
  perfctl rule explain ORG-001
  perfctl rule new ORG-001 --dir plugins/org      then `perfctl rule test plugins/org`";

/// Lists, explains, tests and starts rules.
#[derive(Subcommand, Debug)]
pub(crate) enum RuleCommand {
    /// List the rules of all layers
    List(list::ListArgs),
    /// Explain a rule: what it looks for, what that costs, how to mend it
    Explain(explain::ExplainArgs),
    /// Run the cases of rules: every marked line found, nothing else found
    Test(test::TestArgs),
    /// Score rules on labelled real repositories: precision and recall
    Eval(eval::EvalArgs),
    /// Start a rule: a folder with a working check and cases
    New(new::NewArgs),
}

/// Forms of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Runs the command.
pub(crate) fn run(command: &RuleCommand, global: &GlobalArgs, ui: &Ui) -> Answer {
    match command {
        RuleCommand::List(args) => list::run(args, global, ui),
        RuleCommand::Explain(args) => explain::run(args, global, ui),
        RuleCommand::Test(args) => test::run(args, global, ui),
        RuleCommand::Eval(args) => eval::run(args, global, ui),
        RuleCommand::New(args) => new::run(args, ui),
    }
}

/// The rules of all layers, as the current directory sees them, with the session that they are of.
fn here(global: &GlobalArgs, ui: &Ui) -> Result<(Session, Packs), CommandError> {
    let root = repository_root(Path::new("."));
    let session = Session::open(
        Some(Repository::in_place(&root)),
        command_layer(&[], &[], None, None),
        global,
        ui,
    )?;
    for note in &session.loaded.notes {
        ui.say(&format!("note: {note}"));
    }
    let packs = crate::assets::packs(&session.loaded)?;
    for problem in &packs.problems {
        ui.warn(&format!("{}: {}", problem.subject, problem.message));
    }
    Ok((session, packs))
}

/// JSON as a result.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, CommandError> {
    perfctl_report::json_pretty(value).map_err(CommandError::failure)
}
