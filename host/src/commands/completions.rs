//! `perfctl completions SHELL` and `perfctl man DIR`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use crate::cli;
use crate::error::{Answer, CommandError, Exit};
use crate::files::write_whole;
use crate::ui::Ui;

const COMPLETIONS: &str = "\
Examples:
  perfctl completions bash > ~/.local/share/bash-completion/completions/perfctl
  perfctl completions zsh > ~/.zfunc/_perfctl
  perfctl completions fish > ~/.config/fish/completions/perfctl.fish";

const PAGES: &str = "\
Examples:
  perfctl man ~/.local/share/man/man1             then `man perfctl-check`";

/// Prints completions for a shell.
#[derive(Args, Debug)]
#[command(after_help = COMPLETIONS)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes man pages.
#[derive(Args, Debug)]
#[command(after_help = PAGES)]
pub(crate) struct ManArgs {
    /// The directory for the pages
    dir: PathBuf,
}

/// Prints completions.
pub(crate) fn run(args: &CompletionsArgs, ui: &Ui) -> Answer {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "perfctl", &mut out);
    ui.result(&out)?;
    Ok(Exit::Clean)
}

/// Writes one page per command.
pub(crate) fn man(args: &ManArgs, ui: &Ui) -> Answer {
    let mut command = cli::command();
    command.build();
    let count = pages(&command, "perfctl", &args.dir)?;
    ui.say(&format!("wrote {count} pages to {}", args.dir.display()));
    Ok(Exit::Clean)
}

fn pages(
    command: &clap::Command,
    name: &str,
    dir: &std::path::Path,
) -> Result<usize, CommandError> {
    let cannot =
        |error: std::io::Error| CommandError::failure(format!("cannot write {name}.1: {error}"));
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .title(name)
        .render(&mut page)
        .map_err(cannot)?;
    write_whole(&dir.join(format!("{name}.1")), &page).map_err(cannot)?;
    let mut count = 1;
    for inner in command
        .get_subcommands()
        .filter(|inner| inner.get_name() != "help")
    {
        count += pages(inner, &format!("{name}-{}", inner.get_name()), dir)?;
    }
    Ok(count)
}
