//! `perfctl init`: a `.perfctl.toml` to start from.

use std::path::PathBuf;

use clap::Args;

use crate::error::{Answer, CommandError, Exit};
use crate::files::write_whole;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl init                                    in the current directory
  perfctl init services/shop --force              replaces the file that is there";

/// Writes a `.perfctl.toml` to start from.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArgs {
    /// The repository
    #[arg(default_value = ".", value_name = "DIR")]
    dir: PathBuf,
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
    if !args.dir.is_dir() {
        return Err(CommandError::usage(format!(
            "there is no directory {}",
            args.dir.display()
        )));
    }
    let file = args.dir.join(".perfctl.toml");
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
