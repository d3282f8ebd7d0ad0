//! `perfctl trust`: a repository's own rules and settings, as they are now.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use perfctl_wire::day::Day;
use perfctl_wire::settings::{self, Layer, Level};
use perfctl_wire::trust::Trust;
use perfctl_workspace::checkout::origin_of;
use perfctl_workspace::temp::RunDirectory;

use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::files::write_private;
use crate::hidden;
use crate::interrupt::Interrupt;
use crate::own::{self, Granted, OWN, SETTINGS, content_hash};
use crate::session::repository_root;
use crate::settings::{Repository, cannot_be_trusted, has_own, load, user_dir};
use crate::ui::{Screen, Ui};

const EXAMPLES: &str = "\
Examples:
  perfctl trust                                   the repository around the current directory
  perfctl trust https://example.com/shop.git      for audits that clone it
  perfctl trust --list                            what is trusted, and whether it still is as it was
  perfctl trust --remove https://example.com/shop.git";

/// Trusts a repository's own rules, recipes, templates and settings as they are now. A change to any of them ends the trust.
/// Rights (network, tokens, sandbox) are never given by a repository.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TrustArgs {
    /// A directory, or a URL or bare repository, which is cloned to see what it holds; the repository around the current directory
    /// unless given
    #[arg(value_name = "DIR|URL", value_hint = ValueHint::DirPath)]
    repository: Option<String>,
    /// Branch, tag or commit of a repository that is cloned
    #[arg(long = "ref", value_name = "REF")]
    reference: Option<String>,
    /// List the repositories that are trusted
    #[arg(long, conflicts_with_all = ["repository", "reference", "remove"])]
    list: bool,
    /// Trust the repository no longer
    #[arg(long, conflicts_with = "reference")]
    remove: bool,
}

fn today() -> Day {
    let (year, month, day) = crate::clock::today();
    Day { year, month, day }
}

/// Runs the command.
pub(crate) fn run(args: &TrustArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    if args.list {
        return list(global, ui);
    }
    let named = args.repository.as_deref().unwrap_or(".");
    if args.remove {
        return remove(named, ui);
    }
    let dir = Path::new(named);
    if dir.is_dir() && args.reference.is_none() && !is_bare(dir) {
        let root = match &args.repository {
            // Named, and audited by itself: its settings are its own.
            Some(_) if has_own(dir) => dir.canonicalize().unwrap_or_else(|_| dir.to_owned()),
            _ => repository_root(dir),
        };
        return record(Repository::in_place(&root), None, ui);
    }
    let stop = Interrupt::listen();
    let temp = RunDirectory::create(false).map_err(CommandError::failure)?;
    let screen = Screen::new(ui);
    let before = load(None, Layer::empty(Level::CommandLine), global)?;
    let accounts = Accounts::of(&before.settings);
    hidden::hide(&accounts.secrets());
    let checkout = perfctl_workspace::checkout::open_with(
        named,
        args.reference.as_deref(),
        &temp.checkout(),
        &accounts.for_git(),
        &screen,
        &stop,
    )?;
    screen.clear();
    let exit = record(
        Repository::of(&checkout),
        checkout.source.commit.as_deref(),
        ui,
    )?;
    temp.close().map_err(CommandError::failure)?;
    Ok(exit)
}

/// Whether git keeps a repository without a work tree in `dir`.
fn is_bare(dir: &Path) -> bool {
    dir.join("HEAD").is_file() && dir.join("objects").is_dir()
}

/// Records that it is trusted; `commit` is the one that a clone of it holds.
fn record(repository: Repository<'_>, commit: Option<&str>, ui: &Ui) -> Answer {
    let (root, identity) = (repository.root, repository.identity());
    if !root.join(OWN).is_dir() && !root.join(SETTINGS).is_file() {
        return Err(CommandError::usage(format!(
            "{identity} has neither `.perfctl/` nor `.perfctl.toml`: there is nothing to trust"
        )));
    }
    // What cannot be read is no reason to trust: nothing is written before all of it is known.
    let sha256 = content_hash(root).map_err(|why| cannot_be_trusted(&identity, &why))?;
    let granted = Granted::of(root).map_err(|why| cannot_be_trusted(&identity, &why))?;
    let said = [
        ("settings", loosened(repository)?),
        ("rules", granted.rules),
        ("plugins", granted.plugins),
        ("recipes", granted.recipes),
        ("templates", granted.templates),
    ];
    let (file, text) = own_settings()?;
    let trust = Trust {
        repository: identity.clone(),
        sha256,
        since: Some(today()),
        commit: commit.map(str::to_owned),
    };
    let changed = perfctl_wire::trust::record(&file.display().to_string(), &text, &trust)?;
    write_settings(&file, &changed)?;
    ui.say(&format!(
        "{identity} is trusted as it is now; recorded in {}",
        file.display()
    ));
    if said.iter().all(|(_, names)| names.is_empty()) {
        ui.say("  nothing in it needed trust");
    }
    for (what, names) in said.iter().filter(|(_, names)| !names.is_empty()) {
        ui.say(&format!("  {what:<9}  {}", names.join(", ")));
    }
    Ok(Exit::Clean)
}

/// Keys of the repository's settings that count only when it is trusted.
fn loosened(repository: Repository<'_>) -> Result<Vec<String>, CommandError> {
    let file = repository.root.join(SETTINGS);
    let Some(text) = own::text_in(repository.root, &file)? else {
        return Ok(Vec::new());
    };
    // Nobody finds a clone again.
    let shown = match repository.cloned_from {
        Some(_) => SETTINGS.to_owned(),
        None => file.display().to_string(),
    };
    let layer = settings::read(&shown, &text, Level::Repository)?;
    let merged = settings::merge(&[settings::built_in(), layer], false);
    let by_trust = merged.ignored.into_iter().filter(|one| one.by_trust);
    let mut keys: Vec<String> = by_trust.map(|one| one.key).collect();
    keys.dedup();
    Ok(keys)
}

/// The user's settings file and its text.
fn own_settings() -> Result<(PathBuf, String), CommandError> {
    let dir = user_dir().ok_or_else(|| {
        CommandError::usage("there is no place for your settings")
            .hint("set HOME or XDG_CONFIG_HOME")
    })?;
    let file = dir.join("config.toml");
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok((file, text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok((file, "schema = \"perfctl.settings/1\"\n".to_owned()))
        }
        Err(error) => Err(CommandError::usage(format!(
            "cannot read {}: {error}",
            file.display()
        ))),
    }
}

fn write_settings(file: &Path, text: &str) -> Result<(), CommandError> {
    write_private(file, text.as_bytes())
        .map_err(|error| CommandError::failure(format!("cannot write {}: {error}", file.display())))
}

fn list(global: &GlobalArgs, ui: &Ui) -> Answer {
    let loaded = load(None, Layer::empty(Level::CommandLine), global)?;
    let trusted: Vec<&Trust> = (loaded.settings.trust.iter())
        .map(|trust| &trust.value)
        .collect();
    if trusted.is_empty() {
        ui.say("no repository is trusted");
    }
    let mut out = String::new();
    for trust in trusted {
        let since = trust.since.map_or("?".to_owned(), |day| day.to_string());
        let _ = writeln!(out, "{since:<10}  {}{}", trust.repository, state(trust));
    }
    ui.text(&out)?;
    Ok(Exit::Clean)
}

/// What has become of a repository since it was trusted, as far as it can be seen without cloning it: what lies in a directory
/// says nothing of the clone that was looked at, or may have been.
fn state(trust: &Trust) -> String {
    let root = Path::new(&trust.repository);
    let said = match &trust.commit {
        _ if root.is_absolute() && !root.is_dir() => "not there",
        Some(commit) => return format!("  (commit {commit:.10})"),
        None if !root.is_absolute() || is_bare(root) => return String::new(),
        None => match content_hash(root) {
            Ok(sha256) if sha256 == trust.sha256 => return String::new(),
            _ => "changed since, not trusted as it is now",
        },
    };
    format!("  ({said})")
}

fn remove(repository: &str, ui: &Ui) -> Answer {
    let (file, text) = own_settings()?;
    let shown = file.display().to_string();
    let named = origin_of(repository);
    let around = repository_root(Path::new(repository));
    let around = Repository::in_place(&around).identity();
    // A directory may be gone, and its record is then found by what `--list` shows, which may be written by hand.
    for name in [repository, &named, &around] {
        if let Some(changed) = perfctl_wire::trust::remove(&shown, &text, name)? {
            write_settings(&file, &changed)?;
            ui.say(&format!("{} is trusted no longer", origin_of(name)));
            return Ok(Exit::Clean);
        }
    }
    Err(
        CommandError::usage(format!("{named} is not among what is trusted"))
            .hint("`perfctl trust --list` shows what is"),
    )
}
