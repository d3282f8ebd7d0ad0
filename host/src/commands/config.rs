//! `perfctl config explain KEY`.

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use perfctl_wire::settings::KEYS;

use super::check::command_layer;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::session::repository_root;
use crate::settings;
use crate::ui::Ui;

pub(crate) const EXAMPLES: &str = "\
Examples:
  perfctl config explain rules.fail_on            its value, who set it, what it overrides
  perfctl config explain rules                    every key of the table
  perfctl config keys";

/// Explains settings.
#[derive(Subcommand, Debug)]
pub(crate) enum ConfigCommand {
    /// Say which value a key has, from which file and line, and what it overrides
    Explain(ExplainArgs),
    /// List every key
    #[command(after_help = EXAMPLES)]
    Keys,
}

/// Explains one key.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// The key, such as `rules.fail_on`; a table explains all its keys
    key: String,
}

/// Runs the command.
pub(crate) fn run(command: &ConfigCommand, global: &GlobalArgs, ui: &Ui) -> Answer {
    let mut out = String::new();
    match command {
        ConfigCommand::Keys => {
            for key in KEYS {
                let _ = writeln!(out, "{:<28} {}", key.name, key.help);
            }
        }
        ConfigCommand::Explain(args) => {
            let here = std::path::Path::new(".");
            let root = repository_root(here);
            let loaded = settings::load(
                Some(settings::Repository::in_place(&root)),
                command_layer(&[], &[], None, None),
                global,
            )?;
            ui.colours(loaded.settings.color);
            let explained = loaded.settings.explain(&args.key).map_err(|refusal| {
                let error = CommandError::usage(refusal.message);
                match refusal.hint {
                    Some(hint) => error.hint(hint),
                    None => error.hint("`perfctl config keys` lists every key"),
                }
            })?;
            let passed_over = settings::passed_over(&root, &[here.to_owned()]);
            for note in passed_over.iter().chain(&loaded.changed) {
                ui.say(&format!("note: {note}"));
            }
            for explanation in explained {
                let _ = writeln!(out, "{explanation}");
            }
        }
    }
    ui.text(&out)?;
    Ok(Exit::Clean)
}
