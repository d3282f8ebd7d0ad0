//! `perfctl plugin vendor`: every plugin in one directory, for machines without a network.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};
use perfctl_fetch::{Delivery, Source};
use perfctl_wire::lock::Locked;

use super::kept::kept;
use super::shelves::Where;
use super::taking::{self, Consent};
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::plugins::{
    Before, Package, Placed, Shelf, State, Trusted, add_command, between, refuse_taken_in,
    signature_of,
};
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
    #[command(flatten)]
    consent: Consent,
}

/// Runs the command.
pub(super) fn run(args: &VendorArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let shelves = args.place.all(global)?;
    let chosen = shelves.chosen(&args.ids)?;
    if chosen.is_empty() {
        return Err(CommandError::usage("there are no plugins to copy")
            .hint("`perfctl plugin list` shows what there is"));
    }
    let trusted = Trusted::of(&shelves.loaded.settings)?;
    let mut to = Shelf::open(&args.to)?;
    let mut whole: Vec<Copied> = Vec::new();
    // Either all of them can be copied, or none is.
    for (at, plugin) in chosen {
        let shelf = &shelves.all[at];
        let earlier = whole.iter().find(|other| other.locked.id == plugin.id);
        if let Some(other) = earlier
            && other.locked.sha256 != plugin.sha256
        {
            return Err(CommandError::usage(format!(
                "`{}` is there twice, with different contents: say which with `--dir`",
                plugin.id
            )));
        }
        taking::refuse_folder(&to, &plugin.id)?;
        let copied = Copied::of(shelf, plugin, &args.to)?;
        copied.is_signed(&trusted)?;
        whole.push(copied);
    }
    refuse_twice(&whole)?;
    let mut then = Shelf::open(&args.to)?;
    let has_lock = then.lock.is_some();
    for one in &whole {
        // Without a lock there, what lies there runs, and is asked before what is copied brings one.
        if !has_lock {
            refuse_taken_in(&to, &one.locked)?;
        }
        then.suppose(one.locked.clone());
    }
    for one in &whole {
        refuse_taken_in(&then, &one.locked)?;
    }
    let mut differ = false;
    for one in &whole {
        let changes = one.against(&to)?;
        if !changes.is_empty() {
            taking::show(&one.locked.id, &changes, ui)?;
            differ = true;
        }
    }
    let named: Vec<&Locked> = whole.iter().map(|one| &one.locked).collect();
    if let Some(note) = to.first_lock_note(&named) {
        ui.say(&note);
    }
    if args.consent.dry_run {
        ui.say(&format!("{} would be copied: --dry-run", whole.len()));
        return Ok(Exit::Clean);
    }
    let question = format!("take what changes in {}?", args.to.display());
    if differ && !taking::agrees(&question, "was not copied", &args.consent, ui)? {
        ui.say("nothing was copied");
        return Ok(Exit::Clean);
    }
    let seen: Vec<Option<Locked>> = whole
        .iter()
        .map(|one| to.lock.as_ref()?.find(&one.locked.id).cloned())
        .collect();
    let mut change = to.change(ui)?;
    for (one, seen) in whole.iter().zip(&seen) {
        change.expect(&one.locked.id, seen.as_ref())?;
    }
    let placed: Vec<Placed<'_>> = whole.iter().map(Copied::placed).collect();
    change.put_all(&placed)?;
    ui.say(&format!(
        "{} copied to {}; `--config {}` runs what is there",
        whole.len(),
        args.to.display(),
        args.to.display()
    ));
    Ok(Exit::Clean)
}

/// Refuses plugins of which two have one rule, as those of a user and of a repository may.
fn refuse_twice(whole: &[Copied]) -> Result<(), CommandError> {
    for (at, one) in whole.iter().enumerate() {
        for other in &whole[..at] {
            let mut rules = other.locked.rules.iter();
            if let Some(rule) = rules.find(|rule| one.locked.rules.contains(rule)) {
                return Err(CommandError::usage(format!(
                    "`{}` and `{}` both have {rule}, and one directory has one plugin for a rule: nothing was copied",
                    other.locked.id, one.locked.id
                ))
                .hint("say which with `--plugin ID`, or whose with `--dir DIR`"));
            }
        }
    }
    Ok(())
}

/// A plugin on its way to another directory.
struct Copied {
    bytes: Arc<[u8]>,
    signature: Option<String>,
    locked: Locked,
}

impl Copied {
    /// A plugin of a shelf, with what the lock in `to` will say of it.
    fn of(shelf: &Shelf, plugin: Locked, to: &Path) -> Result<Self, CommandError> {
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
        // A source that is none is copied as it is: whoever fetches from it is told.
        let source: Option<Source> = plugin.source.parse().ok();
        let source = source.map(|source| kept(&source, &shelf.dir, to).to_string());
        Ok(Self {
            bytes,
            signature: signature_of(&path),
            locked: Locked {
                source: source.unwrap_or_else(|| plugin.source.clone()),
                ..plugin
            },
        })
    }

    /// Refuses what lost its signature, or never had one where one has to be: nobody could run it where it goes.
    fn is_signed(&self, trusted: &Trusted) -> Result<(), CommandError> {
        let pinned = taking::pinned_by(&self.locked)?;
        let signature = self.signature.as_deref();
        let checked = trusted.check(&self.locked.id, &self.bytes, signature, pinned.as_ref());
        checked.map(drop).map_err(|why| {
            CommandError::usage(format!("`{}`: {why}: nothing was copied", self.locked.id))
                .hint("`perfctl plugin verify` looks at all of them")
        })
    }

    /// What it changes of the plugin that has its place.
    fn against(&self, to: &Shelf) -> Result<Vec<String>, CommandError> {
        let lock = to.lock.as_ref();
        let Some(old) = lock.and_then(|lock| lock.find(&self.locked.id)) else {
            return Ok(Vec::new());
        };
        let delivery = Delivery {
            bytes: self.bytes.to_vec(),
            signature: self.signature.clone(),
            revision: self.locked.revision.clone(),
        };
        let package = Package::read(delivery, &self.locked.id)?;
        let before = Before::installed(to, old);
        Ok(between(old, &self.locked, &package, &before))
    }

    fn placed(&self) -> Placed<'_> {
        Placed {
            bytes: &self.bytes,
            signature: self.signature.as_deref(),
            locked: self.locked.clone(),
        }
    }
}
