//! `perfctl plugin update`: what plugins' sources hold now.

use std::collections::VecDeque;

use clap::Args;
use perfctl_fetch::Source;
use perfctl_wire::lock::Locked;

use super::several::Several;
use super::shelves::Where;
use super::taking::{self, Consent, Offer};
use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::hidden;
use crate::plugins::{Obtain, Package, SaidBy, Shelf, Wanted};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin update --dry-run             what would change, in capabilities and rules
  perfctl plugin update acme                  one plugin
  perfctl plugin update --yes                 all, unasked, where nobody sits at the terminal

A source that names one state (a tag that does not move, a digest) has no update: `perfctl plugin add` with the newer source takes its place.";

/// Takes what the sources of plugins hold now, after showing what changes.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct UpdateArgs {
    /// Plugins; all of them unless said
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    consent: Consent,
}

/// Runs the command.
pub(super) fn run(args: &UpdateArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let mut shelves = args.place.all(global)?;
    let chosen = shelves.chosen(&args.ids)?;
    if chosen.is_empty() {
        let without_lock = shelves.all.iter().filter(|shelf| shelf.lock.is_none());
        let lying: usize = without_lock.map(|shelf| shelf.owners().len()).sum();
        ui.say(match lying {
            0 => "there are no plugins to update",
            _ => "no plugin can be updated: a perfctl.lock says where each came from, and there is none beside those that are there; `perfctl plugin add SOURCE` makes one",
        });
        return Ok(Exit::Clean);
    }
    let accounts = Accounts::of(&shelves.loaded.settings);
    hidden::hide(&accounts.secrets());
    let obtain = Obtain::new(&accounts, ui);
    let mut several = Several::new(ui);
    let mut waiting: VecDeque<Waiting> = chosen
        .into_iter()
        .map(|(at, plugin)| (at, plugin, None))
        .collect();
    while let Some((at, plugin, known)) = waiting.pop_front() {
        let shelf = &mut shelves.all[at];
        let has_waited = known.is_some();
        let package = match known {
            Some(package) => Ok(package),
            None => latest(&obtain, shelf, &plugin),
        };
        // A rule may move from one plugin to another: who gives it away goes first.
        if let Ok(new) = &package
            && !has_waited
            && waiting.iter().any(|(_, other, _)| gives(other, new))
        {
            waiting.push_back((at, plugin, package.ok()));
            continue;
        }
        let took = package.and_then(|package| {
            let offer = Offer {
                package: &package,
                source: plugin.source.clone(),
                key: None,
            };
            taking::take(&offer, shelf, &shelves.loaded, &args.consent, ui)
        });
        several.came(plugin.id, took)?;
    }
    several.end()
}

/// A plugin whose turn comes, of the shelf at a position; with what its source holds, once that was looked at.
type Waiting = (usize, Locked, Option<Package>);

/// Whether a plugin has a rule that the new state of another one brings.
fn gives(other: &Locked, package: &Package) -> bool {
    other
        .rules
        .iter()
        .any(|rule| package.rules.contains_key(rule))
}

/// What the source of a plugin holds now.
fn latest(obtain: &Obtain<'_>, shelf: &Shelf, plugin: &Locked) -> Result<Package, CommandError> {
    let source: Source = plugin.source.parse().map_err(|why| {
        let lock = shelf.lock_path();
        CommandError::usage(format!("{}:{}: {why}", lock.display(), plugin.line))
    })?;
    let delivery = obtain.get(&Wanted {
        source: &source,
        base: &shelf.dir,
        revision: None,
        said_by: SaidBy::Lock,
    })?;
    let package = obtain.reading(&plugin.id, || Package::read(delivery, &plugin.source))?;
    if package.pack.id != plugin.id {
        return Err(CommandError::usage(format!(
            "{} is `{}` now, and was `{}`: nothing was changed",
            plugin.source, package.pack.id, plugin.id
        )));
    }
    Ok(package)
}
