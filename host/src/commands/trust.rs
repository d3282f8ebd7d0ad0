//! `perfctl trust`: a repository's own rules and settings, as they are now.

use std::path::PathBuf;

use clap::Args;
use perfctl_wire::day::Day;
use perfctl_wire::trust::Trust;

use crate::error::{Answer, CommandError, Exit};
use crate::session::repository_root;
use crate::settings::{OWN, SETTINGS, content_hash, identity, user_dir};
use crate::ui::{Ui, write_private};

/// Trusts a repository's own rules, recipes, templates and settings as they are now. A change to any of them ends the trust.
/// Rights (network, tokens, sandbox) are never given by a repository.
#[derive(Args, Debug)]
pub(crate) struct TrustArgs {
    /// The repository
    #[arg(default_value = ".", value_name = "DIR")]
    dir: PathBuf,
}

fn today() -> Day {
    let (year, month, day) = crate::clock::today();
    Day { year, month, day }
}

/// Runs the command.
pub(crate) fn run(args: &TrustArgs, ui: &Ui) -> Answer {
    let root = repository_root(&args.dir);
    if !root.join(OWN).is_dir() && !root.join(SETTINGS).is_file() {
        return Err(CommandError::usage(format!(
            "{} has neither `.perfctl/` nor `.perfctl.toml`: there is nothing to trust",
            root.display()
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
        repository: identity(&root),
        sha256: content_hash(&root),
        since: Some(today()),
    };
    let changed = perfctl_wire::trust::record(&file.display().to_string(), &text, &trust)?;
    write_private(&file, changed.as_bytes()).map_err(|error| {
        CommandError::failure(format!("cannot write {}: {error}", file.display()))
    })?;
    ui.say(&format!(
        "{} is trusted as it is now; recorded in {}",
        root.display(),
        file.display()
    ));
    Ok(Exit::Clean)
}
