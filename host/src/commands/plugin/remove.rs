//! `perfctl plugin remove`: a plugin out of its directory and its lock.

use clap::Args;

use super::shelves::Where;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin remove acme
  perfctl plugin remove acme --dir /etc/perfctl/acme --dry-run";

/// Removes plugins: their files, and their entries in perfctl.lock.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RemoveArgs {
    /// Plugins, by the ids of their packs
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    place: Where,
    /// Only say what would be removed
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub(super) fn run(args: &RemoveArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let mut shelves = args.place.all(global)?;
    // All of them are known before the first goes.
    let chosen = shelves.chosen(&args.ids);
    let chosen = chosen.map_err(|error| match args.ids.len() {
        1 => error,
        _ => CommandError {
            message: format!("{}: nothing was removed", error.message),
            ..error
        },
    })?;
    for (at, plugin) in chosen {
        let shelf = &mut shelves.all[at];
        let dir = shelf.dir.display().to_string();
        if args.dry_run {
            ui.say(&format!(
                "{} {} would be removed from {dir}",
                plugin.id, plugin.version
            ));
            continue;
        }
        let word = match shelf.change(ui)?.take(&plugin.id)? {
            Some(_) => "is",
            None => "was already",
        };
        ui.say(&format!(
            "{} {} {word} removed from {dir}",
            plugin.id, plugin.version
        ));
        let grants = &shelves.loaded.settings.grants_files;
        if let Some(grant) = grants.iter().find(|grant| grant.value == plugin.id) {
            ui.say(&format!(
                "note: `[grants] files` ({}) still names `{}`: another plugin of that name would have the right",
                grant.origin, plugin.id
            ));
        }
    }
    Ok(Exit::Clean)
}
