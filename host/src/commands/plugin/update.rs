//! `perfctl plugin update`: what plugins' sources hold now.

use clap::Args;
use perfctl_fetch::Source;

use super::several::Several;
use super::shelves::Where;
use super::taking::{self, Consent, Offer};
use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::hidden;
use crate::plugins::{Obtain, Package, SaidBy, Wanted};
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
    for (at, plugin) in chosen {
        let shelf = &mut shelves.all[at];
        let took = (|| {
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
            let offer = Offer {
                package: &package,
                source: plugin.source.clone(),
                key: None,
            };
            taking::take(&offer, shelf, &shelves.loaded, &args.consent, ui)
        })();
        several.came(plugin.id, took)?;
    }
    several.end()
}
