//! `perfctl foo` as `perfctl-foo`, as cargo does.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;

use crate::cli;
use crate::error::{Answer, CommandError};

/// Becomes the program `perfctl-NAME` of PATH.
pub(crate) fn run(args: &[OsString]) -> Answer {
    let Some((name, rest)) = args.split_first() else {
        return Err(CommandError::usage("no command is named"));
    };
    let name = name.to_string_lossy();
    let program = format!("perfctl-{name}");
    // Only returns when the program could not be started.
    let error = std::process::Command::new(&program).args(rest).exec();
    if error.kind() != std::io::ErrorKind::NotFound {
        return Err(CommandError::failure(format!(
            "cannot run {program}: {error}"
        )));
    }
    let command = cli::command();
    let known: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    let near = perfctl_wire::table::nearest(&name, known.iter().copied());
    let error = CommandError::usage(format!(
        "there is no command `{name}`, and no program {program} on PATH"
    ));
    Err(match near {
        Some(near) => error.hint(format!("did you mean `perfctl {near}`?")),
        None => error.hint("`perfctl --help` lists the commands"),
    })
}
