//! `perfctl rule list | explain | test | new`.

use clap::Subcommand;

use crate::cli::GlobalArgs;
use crate::error::{Answer, Exit};
use crate::ui::Ui;

/// Lists, explains, tests and starts rules.
#[derive(Subcommand, Debug)]
pub(crate) enum RuleCommand {
    /// List rules
    List,
}

/// Runs the command.
pub(crate) fn run(_: &RuleCommand, _: &GlobalArgs, _: &Ui) -> Answer {
    Ok(Exit::Clean)
}
