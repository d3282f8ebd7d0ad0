//! `perfctl plugin vendor`: every plugin in one directory, for machines without a network.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::shelves::Where;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::plugins::{Shelf, State, add_command, signature_of};
use crate::ui::Ui;

const EXAMPLES: &str = "\
The directory is one that `--config DIR` and `[organisation] dirs` take: plugins/ and a perfctl.lock.

Examples:
  perfctl plugin vendor vendor/perfctl
  perfctl check --config vendor/perfctl       on a machine that has nothing else";

/// Copies plugins, their signatures and their lock into one directory that needs no network.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VendorArgs {
    /// Where to; made if it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    to: PathBuf,
    /// Plugins; all of them unless said
    #[arg(long = "plugin", value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    place: Where,
}

/// Runs the command.
pub(super) fn run(args: &VendorArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let shelves = args.place.all(global)?;
    let chosen = shelves.chosen(&args.ids)?;
    if chosen.is_empty() {
        return Err(CommandError::usage("there are no plugins to copy")
            .hint("`perfctl plugin list` shows what there is"));
    }
    let mut to = Shelf::open(&args.to)?;
    let mut whole = Vec::new();
    // Either all of them can be copied, or none is.
    for (at, plugin) in chosen {
        let shelf = &shelves.all[at];
        let path = shelf.place_of(&plugin);
        let State::Whole(bytes) = shelf.state(&plugin) else {
            return Err(CommandError::usage(format!(
                "{} is not there as {}:{} says: nothing was copied",
                path.display(),
                shelf.lock_path().display(),
                plugin.line
            ))
            .hint(format!("`{}` fetches it", add_command(shelf, ""))));
        };
        let earlier = whole
            .iter()
            .find(|(_, other, _): &&(_, perfctl_wire::lock::Locked, _)| other.id == plugin.id);
        if let Some((_, other, _)) = earlier
            && other.sha256 != plugin.sha256
        {
            return Err(CommandError::usage(format!(
                "`{}` is there twice, with different contents: say which with `--dir`",
                plugin.id
            )));
        }
        whole.push((bytes, plugin, signature_of(&path)));
    }
    let count = whole.len();
    let mut change = to.change(ui)?;
    for (bytes, plugin, signature) in whole {
        change.put(&bytes, signature.as_deref(), plugin)?;
    }
    ui.say(&format!(
        "{count} copied to {}; `--config {}` runs what is there",
        args.to.display(),
        args.to.display()
    ));
    Ok(Exit::Clean)
}
