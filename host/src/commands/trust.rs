//! `perfctl trust`: a repository's own rules and settings, as they are now.

use std::path::Path;

use clap::Args;
use perfctl_wire::day::Day;
use perfctl_wire::settings::{Layer, Level};
use perfctl_wire::trust::Trust;
use perfctl_workspace::temp::RunDirectory;

use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::files::write_private;
use crate::hidden;
use crate::interrupt::Interrupt;
use crate::own::{OWN, SETTINGS, content_hash};
use crate::session::repository_root;
use crate::settings::{Repository, cannot_be_trusted, load, user_dir};
use crate::ui::{Screen, Ui};

const EXAMPLES: &str = "\
Examples:
  perfctl trust                                   the repository around the current directory
  perfctl trust https://example.com/shop.git      for audits that clone it";

/// Trusts a repository's own rules, recipes, templates and settings as they are now. A change to any of them ends the trust.
/// Rights (network, tokens, sandbox) are never given by a repository.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TrustArgs {
    /// The repository: a directory, or a URL or bare repository, which is cloned to see what it holds
    #[arg(default_value = ".", value_name = "DIR|URL")]
    repository: String,
    /// Branch, tag or commit of a repository that is cloned
    #[arg(long = "ref", value_name = "REF")]
    reference: Option<String>,
}

fn today() -> Day {
    let (year, month, day) = crate::clock::today();
    Day { year, month, day }
}

/// Runs the command.
pub(crate) fn run(args: &TrustArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let dir = Path::new(&args.repository);
    let is_bare = dir.join("HEAD").is_file() && dir.join("objects").is_dir();
    if dir.is_dir() && args.reference.is_none() && !is_bare {
        let root = repository_root(dir);
        return record(Repository::in_place(&root), ui);
    }
    let stop = Interrupt::listen();
    let temp = RunDirectory::create(false).map_err(CommandError::failure)?;
    let screen = Screen::new(ui);
    let before = load(None, Layer::empty(Level::CommandLine), global)?;
    let accounts = Accounts::of(&before.settings);
    hidden::hide(&accounts.secrets());
    let checkout = perfctl_workspace::checkout::open_with(
        &args.repository,
        args.reference.as_deref(),
        &temp.checkout(),
        &accounts.for_git(),
        &screen,
        &stop,
    )?;
    screen.clear();
    let exit = record(Repository::of(&checkout), ui)?;
    temp.close().map_err(CommandError::failure)?;
    Ok(exit)
}

fn record(repository: Repository<'_>, ui: &Ui) -> Answer {
    let (root, identity) = (repository.root, repository.identity());
    if !root.join(OWN).is_dir() && !root.join(SETTINGS).is_file() {
        return Err(CommandError::usage(format!(
            "{identity} has neither `.perfctl/` nor `.perfctl.toml`: there is nothing to trust"
        )));
    }
    let dir = user_dir().ok_or_else(|| {
        CommandError::usage("there is no place for your settings")
            .hint("set HOME or XDG_CONFIG_HOME")
    })?;
    let file = dir.join("config.toml");
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "schema = \"perfctl.settings/1\"\n".to_owned()
        }
        Err(error) => {
            return Err(CommandError::usage(format!(
                "cannot read {}: {error}",
                file.display()
            )));
        }
    };
    let trust = Trust {
        repository: identity.clone(),
        sha256: content_hash(root).map_err(|why| cannot_be_trusted(&identity, &why))?,
        since: Some(today()),
    };
    let changed = perfctl_wire::trust::record(&file.display().to_string(), &text, &trust)?;
    write_private(&file, changed.as_bytes()).map_err(|error| {
        CommandError::failure(format!("cannot write {}: {error}", file.display()))
    })?;
    ui.say(&format!(
        "{identity} is trusted as it is now; recorded in {}",
        file.display()
    ));
    Ok(Exit::Clean)
}
