//! `perfctl foo` as `perfctl-foo`, as cargo does; but only from where the user put it, never from the directory at hand.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt as _;

use perfctl_workspace::tools::Tools;

use crate::cli;
use crate::error::{Answer, CommandError};

/// Becomes the program `perfctl-NAME` of PATH. `words` are the whole command line.
pub(crate) fn run(args: &[OsString], words: &[OsString]) -> Answer {
    let Some((name, rest)) = args.split_first() else {
        return Err(CommandError::usage("no command is named"));
    };
    // Cargo drops what stands before the name. A lost `--config` would give another result without a word.
    if let Some(option) = words.get(1).filter(|first| *first != name) {
        let (option, name) = (option.to_string_lossy(), name.to_string_lossy());
        return Err(CommandError::usage(format!(
            "`{option}` stands before `{name}`, and perfctl-{name} is given only what stands behind its name"
        ))
        .hint(format!("write `perfctl {name} ...`; whether it knows `{option}` is its own business")));
    }
    Err(become_program(name, rest))
}

/// The command of `perfctl help NAME`.
pub(crate) fn asks_for_help(words: &[OsString]) -> Option<OsString> {
    match words {
        [_, help, name] if help == "help" => Some(name.clone()),
        _ => None,
    }
}

/// Only returns when there is no such program or it could not be started.
fn become_program(name: &OsStr, rest: &[OsString]) -> CommandError {
    let name = name.to_string_lossy();
    let program = format!("perfctl-{name}");
    if let Some(found) = find(&name, &program) {
        perfctl_workspace::suspend::unlisten();
        let error = std::process::Command::new(&found).args(rest).exec();
        return CommandError::failure(format!("cannot run {}: {error}", found.display()));
    }
    let command = cli::command();
    let known: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    let near = perfctl_wire::table::nearest(&name, known.iter().copied());
    let error = CommandError::usage(format!(
        "there is no command `{name}`, and no program {program} in the absolute directories of PATH"
    ));
    // Those of `perfctl rule` are what people look for first.
    let rule = command.find_subcommand("rule");
    let of_rule = rule.and_then(|rule| rule.find_subcommand(&*name));
    match near {
        _ if of_rule.is_some() => error.hint(format!("did you mean `perfctl rule {name}`?")),
        Some(near) => error.hint(format!("did you mean `perfctl {near}`?")),
        None => error.hint("`perfctl --help` lists the commands"),
    }
}

/// The program's file, in the absolute directories of PATH.
fn find(name: &str, program: &str) -> Option<std::path::PathBuf> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let found = Tools::new().find(program).map(|found| found.path);
    found.filter(|_| name.chars().all(is_plain))
}
