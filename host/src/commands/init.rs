//! `perfctl init`: a `.perfctl.toml` to start from.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::error::{Answer, CommandError, Exit};
use crate::files::write_whole;
use crate::own::SETTINGS;
use crate::session::repository_root;
use crate::settings::passed_over;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl init                                    at the root of the repository
  perfctl init --force                            replaces the file that is there
  perfctl init services/shop                      for audits of that directory by itself";

/// Writes a `.perfctl.toml` to start from.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArgs {
    /// The directory that the settings are for; the root of the repository around the current directory unless given
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

const START: &str = r#"# Settings of perfctl for this repository. Every key may be left out; `perfctl config explain KEY` says what is in force and why.
# A repository that is not trusted may only tighten: switch rules off with a reason, waive, exclude, lower budgets.
schema = "perfctl.settings/1"

# Paths that are not looked at, as globs from this directory.
exclude = []

# Modules at which a process starts, when they are not found by themselves: "shop.main".
entry_points = []

# [[rules.off]]
# id = "ORG-002"
# reason = "the ingress of the platform compresses"

# [[waive]]
# rule = "ORG-001"
# path = "shop/legacy/**"
# reason = "replaced in the next release"
# owner = "team-shop"
# until = 2027-01-31

# [budgets]
# "import.total" = "1 s"
"#;

/// Runs the command.
pub(crate) fn run(args: &InitArgs, ui: &Ui) -> Answer {
    let dir = args.dir.clone();
    let dir = dir.unwrap_or_else(|| match repository_root(Path::new(".")) {
        // As short as it can be said.
        root if std::fs::canonicalize(".").is_ok_and(|here| here == root) => PathBuf::new(),
        root => root,
    });
    if !dir.join(".").is_dir() {
        return Err(CommandError::usage(format!(
            "there is no directory {}",
            dir.display()
        )));
    }
    let file = dir.join(SETTINGS);
    if file.exists() && !args.force {
        return Err(
            CommandError::usage(format!("{} is already there", file.display()))
                .hint("pass `--force` to replace it"),
        );
    }
    write_whole(&file, START.as_bytes()).map_err(|error| {
        CommandError::failure(format!("cannot write {}: {error}", file.display()))
    })?;
    ui.say(&format!("wrote {}", file.display()));
    let root = repository_root(&dir.join("."));
    for note in passed_over(&root, &[dir]) {
        ui.say(&format!("note: {note}"));
    }
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_to_start_from_is_in_order() {
        let layer = perfctl_wire::settings::read(
            ".perfctl.toml",
            super::START,
            perfctl_wire::settings::Level::Repository,
        );
        assert!(layer.is_ok(), "{layer:?}");
    }
}
