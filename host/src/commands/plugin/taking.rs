//! The moment at which a plugin is taken: what it is, what it changes, who signed it, whether the user wants it.

use clap::Args;
use perfctl_fetch::signature::Key;

use crate::error::CommandError;
use crate::plugins::{Package, Shelf, Signed, Trusted, between, introduction};
use crate::settings::Loaded;
use crate::ui::Ui;

/// What the user agrees to beforehand.
#[derive(Args, Debug)]
pub(super) struct Consent {
    /// Take a plugin's new version without being asked
    #[arg(long, short = 'y')]
    pub(super) yes: bool,
    /// Only say what would change
    #[arg(long, conflicts_with = "yes")]
    pub(super) dry_run: bool,
}

impl Consent {
    /// What is said behind a sentence about what was done.
    pub(super) fn supposed(&self) -> &'static str {
        match self.dry_run {
            true => " (not really: --dry-run)",
            false => "",
        }
    }
}

/// A plugin that could be taken.
pub(super) struct Offer<'o> {
    pub(super) package: &'o Package,
    /// Its source as the lock keeps it.
    pub(super) source: String,
    /// The key that has to have signed it, where the user gave one.
    pub(super) key: Option<&'o Key>,
}

/// Takes a plugin onto a shelf, if nothing speaks against it and the user agrees to what changes. Whether it was taken.
pub(super) fn take(
    offer: &Offer<'_>,
    shelf: &mut Shelf,
    loaded: &Loaded,
    consent: &Consent,
    ui: &Ui,
) -> Result<bool, CommandError> {
    let Offer { package, .. } = offer;
    let id = &package.pack.id;
    let old = shelf.lock.as_ref().and_then(|lock| lock.find(id)).cloned();
    let signed_by = signed_by(
        offer,
        old.as_ref().and_then(|old| old.signed_by.as_deref()),
        loaded,
    )?;
    let new = package.locked(&offer.source, signed_by);
    let grants = &loaded.settings.grants_files;
    let is_granted = grants.iter().any(|grant| grant.value == *id);
    refuse_folder(shelf, id)?;
    let Some(old) = old else {
        ui.text(&format!(
            "{id} {}  {}\n{}",
            new.version,
            package.pack.title,
            introduction(&new, package, is_granted)
        ))?;
        if !consent.dry_run {
            shelf.put(&package.bytes, package.signature.as_deref(), new)?;
        }
        ui.say(&format!(
            "added to {}{}",
            shelf.dir.display(),
            consent.supposed()
        ));
        return Ok(!consent.dry_run);
    };
    let changes = between(&old, &new, package);
    if changes.is_empty() {
        // The file may have been lost, or only its revision has another name.
        if !consent.dry_run {
            shelf.put(&package.bytes, package.signature.as_deref(), new)?;
        }
        ui.say(&format!("{id} {} is as it was", old.version));
        return Ok(false);
    }
    let lines: Vec<String> = changes.iter().map(|line| format!("  {line}\n")).collect();
    ui.text(&format!("{id}\n{}", lines.concat()))?;
    if consent.dry_run {
        ui.say("not taken: --dry-run");
        return Ok(false);
    }
    let agreed = consent.yes
        || ui
            .ask(&format!("take {id} {}?", new.version))
            .ok_or_else(|| {
                CommandError::usage(format!(
                    "{id} was left as it is: nobody is there to be asked"
                ))
                .hint("`--yes` takes what is shown above")
            })?;
    if !agreed {
        ui.say(&format!("{id} was left as it is"));
        return Ok(false);
    }
    shelf.put(&package.bytes, package.signature.as_deref(), new)?;
    ui.say(&format!("{id} is taken"));
    Ok(true)
}

/// The key that the lock will hold.
fn signed_by(
    offer: &Offer<'_>,
    pinned: Option<&str>,
    loaded: &Loaded,
) -> Result<Option<String>, CommandError> {
    let Offer { package, key, .. } = offer;
    let trusted = Trusted::of(&loaded.settings)?;
    let pinned = pinned.map(super::add::read_key).transpose()?;
    // A key that the user names now goes before the one of the lock: that is how a new one is taken.
    let key = key.or(pinned.as_ref());
    let signature = package.signature.as_deref();
    let signed = trusted.check(&package.pack.id, &package.bytes, signature, key);
    match signed {
        Ok(Signed::By(key)) => Ok(Some(key)),
        Ok(Signed::Unchecked | Signed::Not) => Ok(None),
        Err(why) => {
            let error =
                CommandError::usage(format!("{}: {why}: nothing was changed", offer.source));
            Err(match pinned {
                Some(pinned) if offer.key.is_none() => error.hint(format!(
                    "{pinned} is the key that signed it before; a new one is taken with `perfctl plugin add SOURCE --key KEY`"
                )),
                _ => error,
            })
        }
    }
}

/// Refuses a plugin beside the folder of a pack that has its id: only one of them would run.
fn refuse_folder(shelf: &Shelf, id: &str) -> Result<(), CommandError> {
    let folder = shelf.folder().join(id);
    match folder.join("pack.toml").is_file() {
        true => Err(CommandError::usage(format!(
            "{} is a pack of that name already: of the two only one would run",
            folder.display()
        ))),
        false => Ok(()),
    }
}
