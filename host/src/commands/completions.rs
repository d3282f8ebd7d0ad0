//! `perfctl completions SHELL` and `perfctl man DIR`.

mod values;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use clap_complete::Shell;

use crate::cli::{self, GlobalArgs};
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
    #[arg(value_hint = ValueHint::DirPath)]
    dir: PathBuf,
}

/// Prints completions.
pub(crate) fn run(args: &CompletionsArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let formats = crate::formats::installed(global)?;
    let command = crate::formats::shown(values::fill(cli::command())?, &formats);
    let script = script(args.shell, command);
    ui.result(script.as_bytes())?;
    Ok(Exit::Clean)
}

/// bash takes the colon of `tag:NAME` for the end of a word: the function of clap is asked about the whole word, and the part that
/// stands there already is taken off what it offers.
const WHOLE_WORDS: &str = r#"_perfctl_whole() {
    local line="${COMP_LINE:0:COMP_POINT}" word before
    word="${line##*[[:space:]]}"
    if [[ "$word" != *:* || "$COMP_WORDBREAKS" != *:* ]]; then
        _perfctl "$@"
        return
    fi
    if [[ "$word" == -*=* ]]; then
        before="${word%%=*}"
        word="${word#*=}"
    else
        line="${line%"$word"}"
        line="${line%"${line##*[![:space:]]}"}"
        before="${line##*[[:space:]]}"
    fi
    _perfctl "$1" "$word" "$before"
    COMPREPLY=("${COMPREPLY[@]#"${word%:*}:"}")
}

"#;

/// The script for a shell, of a command whose arguments know their values.
fn script(shell: Shell, mut command: clap::Command) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command, "perfctl", &mut out);
    let script = String::from_utf8_lossy(&out).into_owned();
    match shell {
        Shell::Bash => {
            let whole = script.replace("complete -F _perfctl ", "complete -F _perfctl_whole ");
            WHOLE_WORDS.to_owned() + &without_files(whole, &command, "perfctl")
        }
        Shell::Fish => script + &positionals(&command, &[]),
        _ => script,
    }
}

/// Whether a path may stand among the command's words without an option's name.
fn takes_paths(command: &clap::Command) -> bool {
    let is_path = |hint| !matches!(hint, ValueHint::Other | ValueHint::Unknown);
    let mut words = command.get_positionals();
    words.any(|arg| is_path(arg.get_value_hint()))
}

/// bash falls back to file names where nothing else fits: not for commands that have no use for them.
fn without_files(mut script: String, command: &clap::Command, name: &str) -> String {
    for inner in command.get_subcommands() {
        let name = format!("{name}__subcmd__{}", inner.get_name());
        if !takes_paths(inner) {
            let head = format!("\n        {name})\n");
            let plain =
                format!("{head}            compopt +o default +o bashdefault 2>/dev/null\n");
            script = script.replace(&head, &plain);
        }
        script = without_files(script, inner, &name);
    }
    script
}

/// What fish is not told about words without an option's name: their values, and that they are no files.
fn positionals(command: &clap::Command, words: &[&str]) -> String {
    let mut out = String::new();
    let condition = match words {
        [one] => Some(format!("__fish_perfctl_using_subcommand {one}")),
        [first, second] => Some(format!(
            "__fish_perfctl_using_subcommand {first}; and __fish_seen_subcommand_from {second}"
        )),
        // Nothing lies deeper but the help of what lies here.
        _ => None,
    };
    if let Some(condition) = condition.filter(|_| !command.has_subcommands()) {
        let names: Vec<String> = command
            .get_positionals()
            .flat_map(clap::Arg::get_possible_values)
            .map(|value| value.get_name().to_owned())
            .collect();
        let no_files = if takes_paths(command) { "" } else { " -f" };
        let names = match names.is_empty() {
            true => String::new(),
            false => format!(" -a \"{}\"", names.join(" ")),
        };
        if !no_files.is_empty() || !names.is_empty() {
            let _ = writeln!(
                out,
                "complete -c perfctl -n \"{condition}\"{no_files}{names}"
            );
        }
    }
    for inner in command.get_subcommands() {
        let words = [words, &[inner.get_name()]].concat();
        out.push_str(&positionals(inner, &words));
    }
    out
}

/// Writes one page per command.
pub(crate) fn man(args: &ManArgs, ui: &Ui) -> Answer {
    if args.dir.exists() && !args.dir.is_dir() {
        let shown = args.dir.display();
        return Err(CommandError::usage(format!("{shown} is a file"))
            .hint("name a directory; the pages are written into it"));
    }
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
    let file = dir.join(format!("{name}.1"));
    let cannot = |error: std::io::Error| {
        CommandError::failure(format!("cannot write {}: {error}", file.display()))
    };
    // The line of the help: clap's own for pages has options without their values.
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone().override_usage(usage))
        .title(name)
        .render(&mut page)
        .map_err(cannot)?;
    write_whole(&file, &page).map_err(cannot)?;
    let mut count = 1;
    for inner in command
        .get_subcommands()
        .filter(|inner| inner.get_name() != "help")
    {
        count += pages(inner, &format!("{name}-{}", inner.get_name()), dir)?;
    }
    Ok(count)
}
