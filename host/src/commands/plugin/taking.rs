//! The moment at which a plugin is taken: what it is, what it changes, who signed it, whether the user wants it.

use clap::Args;
use perfctl_core::seams::Stop as _;
use perfctl_fetch::signature::Key;
use perfctl_wire::lock::{FILE as LOCK, Locked};

use crate::error::CommandError;
use crate::interrupt::Interrupt;
use crate::plugins::{
    Before, Package, Pinned, Shelf, Signed, Trusted, Who, between, introduction, refuse_taken,
};
use crate::settings::Loaded;
use crate::ui::Ui;

/// What the user agrees to beforehand.
#[derive(Args, Debug)]
pub(super) struct Consent {
    /// Take what is shown without being asked
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
    let signed_by = signed_by(offer, old.as_ref(), loaded)?;
    let new = package.locked(&offer.source, signed_by);
    let grants = &loaded.settings.grants_files;
    let is_granted = grants.iter().any(|grant| grant.value == *id);
    refuse_folder(shelf, id)?;
    let notes = refuse_taken(shelf, loaded, &new)?;
    let changes = old
        .as_ref()
        .map(|old| between(old, &new, package, &Before::installed(shelf, old)));
    let version = &new.version;
    match &changes {
        // The file may have been lost, or only its revision has another name.
        Some(changes) if changes.is_empty() => {
            if !consent.dry_run {
                put(offer, shelf, old.as_ref(), new, ui)?;
            }
            ui.say(&format!("{id} {} is as it was", package.pack.version));
            return Ok(false);
        }
        Some(changes) => {
            show(id, changes, ui)?;
        }
        None => ui.text(&format!(
            "{id} {version}  {}\n{}",
            perfctl_report::neutral_line(&package.pack.title),
            introduction(&new, package, is_granted)
        ))?,
    }
    let (verb, done, left) = match &old {
        Some(_) => ("take", "is taken".to_owned(), "was left as it is"),
        None => (
            "add",
            format!("is added to {}", shelf.dir.display()),
            "was not added",
        ),
    };
    for note in notes.into_iter().chain(shelf.first_lock_note(&[&new])) {
        ui.say(&note);
    }
    if consent.dry_run {
        ui.say(&format!("{id} {left}: --dry-run"));
        // What comes behind it may take what it leaves.
        shelf.suppose(new);
        return Ok(false);
    }
    if !agrees(&format!("{verb} {id} {version}?"), left, consent, ui)? {
        ui.say(&format!("{id} {left}"));
        return Ok(false);
    }
    // Nothing of a plugin runs before its user agrees to it.
    package.can_judge(Who::User)?;
    put(offer, shelf, old.as_ref(), new, ui)?;
    ui.say(&format!("{id} {done}"));
    Ok(true)
}

/// Shows what changes of a plugin.
pub(super) fn show(id: &str, changes: &[String], ui: &Ui) -> Result<(), CommandError> {
    let lines: Vec<String> = changes.iter().map(|line| format!("  {line}\n")).collect();
    ui.text(&format!("{id}\n{}", lines.concat()))
}

/// Whether the user agrees to what was shown; without a terminal `--yes` has to say so.
pub(super) fn agrees(
    question: &str,
    left: &str,
    consent: &Consent,
    ui: &Ui,
) -> Result<bool, CommandError> {
    if consent.yes {
        return Ok(true);
    }
    let stop = Interrupt::listen();
    let answer = ui.ask(question, &stop).ok_or_else(|| {
        CommandError::usage(format!("the plugin {left}: there is no terminal to ask at"))
            .hint("`--yes` takes what is shown above")
    })?;
    match stop.requested() {
        true => Err(CommandError::interrupted(format!("the plugin {left}"))),
        false => Ok(answer),
    }
}

/// Puts a plugin where `seen` was when the user was asked.
fn put(
    offer: &Offer<'_>,
    shelf: &mut Shelf,
    seen: Option<&Locked>,
    new: Locked,
    ui: &Ui,
) -> Result<(), CommandError> {
    let package = offer.package;
    let mut change = shelf.change(ui)?;
    change.expect(&new.id, seen)?;
    change.put(&package.bytes, package.signature.as_deref(), new)
}

/// The key that a lock holds for a plugin. It is never taken for a path: a file of that name, wherever a command is run, would stand in for it.
pub(super) fn pinned_by(plugin: &Locked) -> Result<Option<Pinned>, CommandError> {
    let key = plugin.signed_by.as_deref().map(|text| {
        Key::read(text).map_err(|why| {
            let line = plugin.line;
            CommandError::usage(format!("{LOCK}:{line}: the key in `signed_by`: {why}")).hint(
                "bring back the lock from version control, or take the plugin anew with `perfctl plugin add SOURCE --key KEY`",
            )
        })
    });
    Ok(key.transpose()?.map(Pinned::Before))
}

/// The key that the lock will hold.
fn signed_by(
    offer: &Offer<'_>,
    old: Option<&Locked>,
    loaded: &Loaded,
) -> Result<Option<String>, CommandError> {
    let Offer { package, key, .. } = offer;
    let trusted = Trusted::of(&loaded.settings)?;
    // A key that the user names now goes before the one of the lock: that is how a new one is taken.
    let pinned = match key {
        Some(key) => Some(Pinned::Now((*key).clone())),
        None => old.map(pinned_by).transpose()?.flatten(),
    };
    let signature = package.signature.as_deref();
    let signed = trusted.check(&package.pack.id, &package.bytes, signature, pinned.as_ref());
    match signed {
        Ok(Signed::By(key)) => Ok(Some(key)),
        Ok(Signed::Unchecked | Signed::Not) => Ok(None),
        Err(why) => {
            let error =
                CommandError::usage(format!("{}: {why}: nothing was changed", offer.source));
            Err(match pinned {
                Some(Pinned::Before(key)) => error.hint(format!(
                    "{key} is the key that signed it before; a new one is taken with `perfctl plugin add SOURCE --key KEY`"
                )),
                _ => error,
            })
        }
    }
}

/// Refuses a plugin beside the folder of a pack that has its id: only one of them would run.
pub(super) fn refuse_folder(shelf: &Shelf, id: &str) -> Result<(), CommandError> {
    let folder = shelf.folder().join(id);
    match folder.join("pack.toml").is_file() {
        true => Err(CommandError::usage(format!(
            "{} is a pack of that name already: of the two only one would run",
            folder.display()
        ))),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use perfctl_wire::lock::Lock;

    use super::*;

    #[test]
    fn the_key_of_a_lock_is_no_path() {
        const KEY: &str = "RWQ8q9ySVd0RB7+Ha8TAhAxDj+3PLvOhPzf7JDbgezYktYjjif31TT5i";
        let dir = tempfile::tempdir().expect("works here");
        let file = dir.path().join("key.pub");
        std::fs::write(&file, KEY).expect("works here");
        let pinned = |signed_by: &str| {
            let sha256 = "0".repeat(64);
            let text = format!(
                "schema = \"perfctl.lock/1\"\n\n[[plugin]]\nid = \"acme\"\nversion = \"0.1.0\"\nsource = \"/a\"\nsha256 = \"{sha256}\"\nsigned_by = \"{signed_by}\"\ncapabilities = []\nrules = [\"ACME-001\"]\n"
            );
            let lock = Lock::read("perfctl.lock", &text).expect("a lock");
            pinned_by(&lock.plugins[0]).map(|pinned| pinned.is_some())
        };
        assert!(pinned(KEY).expect("a key"));
        let refused = pinned(&file.display().to_string()).expect_err("a path");
        assert!(
            refused.message.starts_with("perfctl.lock:3: "),
            "{refused:?}"
        );
    }
}
