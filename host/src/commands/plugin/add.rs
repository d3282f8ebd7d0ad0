//! `perfctl plugin add`: a plugin from somewhere into a directory and its lock.

use std::path::Path;

use clap::{Args, ValueHint};
use perfctl_fetch::Source;
use perfctl_fetch::signature::Key;
use perfctl_wire::lock::Locked;

use super::kept::{is_of_this_machine, kept};
use super::several::Several;
use super::shelves::{Shelves, Where};
use super::taking::{self, Consent, Offer};
use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::hidden;
use crate::plugins::{Obtain, Package, SaidBy, Shelf, State, Trusted, Wanted, signature_of};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin add ./acme.wasm                                a file, or the folder of a pack
  perfctl plugin add https://example.com/acme-1.2.0.wasm        a file on a web server
  perfctl plugin add git+https://example.com/rules#v1.2:acme    git: #TAG, and :FOLDER
  perfctl plugin add git+file:///srv/rules#v1.2:acme            a repository of this machine
  perfctl plugin add oci://registry.example.com/rules/acme:1.2  an artifact in an OCI registry
  perfctl plugin add acme.wasm --dir /etc/perfctl/acme          into an organisation's directory
  perfctl plugin add                                            what perfctl.lock names

What a plugin holds and asks for is shown before it is added, and a person at a terminal is asked; elsewhere `--yes` has to say so.
A directory with plugins has a perfctl.lock, which holds the version and the sha256 of each and is looked at whenever one is loaded.
No run of perfctl uses the network for plugins: `add` and `update` do, and nothing else.";

/// Adds a plugin: fetches it, checks it, compiles it, and pins it in perfctl.lock.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    /// Where it comes from: a path, https://..., git+https://...#TAG, oci://...; without one, what the lock names is fetched
    #[arg(value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    source: Option<String>,
    #[command(flatten)]
    place: Where,
    /// The minisign key that has to have signed it (the key, or its file); the lock keeps it for updates
    #[arg(long, value_name = "KEY", requires = "source")]
    key: Option<String>,
    /// Refuse a file with another digest
    #[arg(long, value_name = "HEX", requires = "source", value_parser = digest)]
    sha256: Option<String>,
    #[command(flatten)]
    consent: Consent,
}

/// Runs the command.
pub(super) fn run(args: &AddArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    match &args.source {
        Some(source) => add(args, source, global, ui),
        None => complete(args, global, ui),
    }
}

/// A sha256 as people copy it.
fn digest(written: &str) -> Result<String, String> {
    let bare = written.strip_prefix("sha256:").unwrap_or(written);
    match bare.len() == 64 && bare.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(bare.to_owned()),
        false => Err("a sha256 is 64 digits of 0 to 9 and a to f".to_owned()),
    }
}

/// A key as the user gave it: itself, or the path of its file.
fn read_key(written: &str) -> Result<Key, CommandError> {
    let path = Path::new(written);
    let text = match path.is_file() {
        true => std::fs::read_to_string(path)
            .map_err(|error| CommandError::usage(format!("{written}: {error}")))?,
        false => written.to_owned(),
    };
    Key::read(&text).map_err(|why| CommandError::usage(format!("--key {written}: {why}")))
}

fn add(args: &AddArgs, written: &str, global: &GlobalArgs, ui: &Ui) -> Answer {
    let source: Source = written
        .parse()
        .map_err(|why| CommandError::usage(format!("{written}: {why}")))?;
    let key = args.key.as_deref().map(read_key).transpose()?;
    let loaded = Where::settings(global)?;
    let accounts = Accounts::of(&loaded.settings);
    hidden::hide(&accounts.secrets());
    let mut shelf = args.place.target()?;
    let obtain = Obtain::new(&accounts, ui);
    let delivery = obtain.get(&Wanted {
        source: &source,
        base: Path::new(""),
        revision: None,
        said_by: SaidBy::User,
    });
    let delivery = delivery.map_err(|error| match meant_git(&source) {
        Some(written) => error.hint(format!(
            "a git repository on this machine is written `{written}`"
        )),
        None => error,
    })?;
    let shown = source.to_string();
    let package = obtain.reading(&shown, || Package::read(delivery, &shown));
    // The page of a repository is a page like any other.
    let package = package.map_err(|error| match &source {
        Source::Url(_) => error.hint(format!("a git repository is written `git+{shown}#TAG`")),
        _ => error,
    })?;
    if let Some(wanted) = &args.sha256
        && !wanted.eq_ignore_ascii_case(&package.sha256)
    {
        return Err(CommandError::usage(format!(
            "{source} has sha256 {}, not {wanted}: nothing was added",
            package.sha256
        )));
    }
    let kept = kept(&source, Path::new(""), &shelf.dir);
    let offer = Offer {
        package: &package,
        source: kept.to_string(),
        key: key.as_ref(),
    };
    let taken = taking::take(&offer, &mut shelf, &loaded, &args.consent, ui)?;
    if taken && is_of_this_machine(&kept, &shelf.dir) {
        ui.say(&format!(
            "note: {} names {kept}, which only this machine has: whoever clones the repository cannot fetch it from there",
            shelf.lock_path().display()
        ));
    }
    if taken && !loaded_from(&shelf, &loaded) {
        ui.say(&format!(
            "note: no run reads {} yet: name it in `[organisation] dirs` of your settings, or with `--config {}`",
            shelf.dir.display(),
            shelf.dir.display()
        ));
    }
    Ok(Exit::Clean)
}

/// How a path is written as a git repository, where `#` in it says that one is meant and no file is called so.
fn meant_git(source: &Source) -> Option<String> {
    let Source::Path(path) = source else {
        return None;
    };
    let (repository, rest) = path.to_str()?.split_once('#')?;
    let whole = std::path::absolute(repository).ok()?;
    (!path.exists()).then(|| format!("git+file://{}#{rest}", whole.display()))
}

/// Whether runs read the plugins of a directory.
fn loaded_from(shelf: &Shelf, loaded: &crate::settings::Loaded) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let dir = real(&shelf.dir);
    let layers = crate::assets::layers(loaded).into_iter();
    // A repository's own directory is read once it is trusted, which says itself what it needs.
    layers
        .map(|(_, layer)| real(&layer))
        .any(|layer| layer == dir)
        || dir.file_name().is_some_and(|name| name == crate::own::OWN)
}

/// Fetches what locks name and is not there, with the digests that they hold.
fn complete(args: &AddArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let Shelves { loaded, mut all } = args.place.all(global)?;
    let trusted = Trusted::of(&loaded.settings)?;
    let accounts = Accounts::of(&loaded.settings);
    hidden::hide(&accounts.secrets());
    let obtain = Obtain::new(&accounts, ui);
    let mut several = Several::new(ui);
    for shelf in &mut all {
        for plugin in shelf.locked().to_vec() {
            if is_complete(shelf, &plugin, &trusted) {
                continue;
            }
            let fetched = fetch(&obtain, shelf, &plugin, &trusted, args, ui);
            several.came(plugin.id, fetched.map(|()| true))?;
        }
    }
    if several.is_nothing() {
        let locks = all.iter().filter(|shelf| shelf.lock.is_some());
        ui.say(match locks.count() {
            0 => "there is no perfctl.lock yet: name a plugin to add",
            _ => "every plugin of every perfctl.lock is here",
        });
    }
    several.end()
}

/// Whether a plugin is as its lock says, with the signature that it has to have.
fn is_complete(shelf: &Shelf, plugin: &Locked, trusted: &Trusted) -> bool {
    let State::Whole(bytes) = shelf.state(plugin) else {
        return false;
    };
    let signature = signature_of(&shelf.place_of(plugin));
    let pinned = taking::pinned_by(plugin);
    pinned.is_ok_and(|pinned| {
        let text = signature.as_deref();
        let checked = trusted.check(&plugin.id, &bytes, text, pinned.as_ref());
        checked.is_ok()
    })
}

/// Puts the plugin that a lock names where it belongs.
fn fetch(
    obtain: &Obtain<'_>,
    shelf: &mut Shelf,
    plugin: &Locked,
    trusted: &Trusted,
    args: &AddArgs,
    ui: &Ui,
) -> Result<(), CommandError> {
    let package = again(obtain, shelf, plugin, trusted)?;
    if !args.consent.dry_run {
        let mut change = shelf.change(ui)?;
        change.expect(&plugin.id, Some(plugin))?;
        change.put(&package.bytes, package.signature.as_deref(), plugin.clone())?;
    }
    ui.say(&format!(
        "{} {} is in {}{}",
        plugin.id,
        plugin.version,
        shelf.folder().display(),
        args.consent.supposed()
    ));
    Ok(())
}

/// The plugin that a lock means, from its source.
fn again(
    obtain: &Obtain<'_>,
    shelf: &Shelf,
    plugin: &Locked,
    trusted: &Trusted,
) -> Result<Package, CommandError> {
    let source: Source = plugin.source.parse().map_err(|why| {
        let lock = shelf.lock_path();
        CommandError::usage(format!("{}:{}: {why}", lock.display(), plugin.line))
    })?;
    let delivery = obtain.get(&Wanted {
        source: &source,
        base: &shelf.dir,
        revision: plugin.revision.as_deref(),
        said_by: SaidBy::Lock,
    })?;
    let package = obtain.reading(&plugin.id, || Package::read(delivery, &plugin.source))?;
    if package.sha256 != plugin.sha256 {
        return Err(CommandError::usage(format!(
            "{} has sha256 {} now, and {}:{} says {}: nothing was changed",
            plugin.source,
            package.sha256,
            shelf.lock_path().display(),
            plugin.line,
            plugin.sha256
        ))
        .hint(format!(
            "`perfctl plugin update {}` shows what is different, and takes it if you want",
            plugin.id
        )));
    }
    let pinned = taking::pinned_by(plugin)?;
    let signature = package.signature.as_deref();
    trusted
        .check(&plugin.id, &package.bytes, signature, pinned.as_ref())
        .map_err(|why| CommandError::usage(format!("{}: {why}", plugin.source)))?;
    Ok(package)
}
