//! The command line of perfctl: it reads arguments and settings, puts the rooms together, and owns the terminal.
//!
//! Nothing here decides about code or findings. `cli` says what can be asked for, `commands` holds one file per command,
//! `adapters` is the only place that names concrete parts, `ui` the only one that prints.

mod accounts;
mod adapters;
mod answered;
mod assets;
mod baseline;
mod cli;
mod clock;
mod commands;
mod confirm;
mod error;
mod extensions;
mod files;
mod fixed;
mod formats;
mod hidden;
mod interrupt;
mod logging;
mod measured;
mod nearby;
mod nearest_path;
mod own;
mod plugins;
mod poetry;
mod remarks;
mod rewrite;
mod rules_only;
mod session;
mod settings;
mod timings;
mod ui;
mod waivers;

use std::process::ExitCode;

/// Runs the program: the whole of `main`.
pub fn main_impl() -> ExitCode {
    // The launcher of sandboxed commands is this same program, and so is the compiler of plugins; neither may parse arguments that are not
    // ours.
    match std::env::args_os().nth(1) {
        Some(arg) if arg == adapters::LAUNCHER => return perfctl_workspace::command::launch(),
        Some(arg) if arg == plugins::COMPILER => {
            return perfctl_wasm::compiler::compile_for_parent();
        }
        _ => {}
    }
    perfctl_workspace::suspend::listen();
    // A panic is a bug of ours: say so, once, with what a report needs, and end with the code that stands for it.
    match std::panic::catch_unwind(cli::main) {
        Ok(code) => code,
        Err(_) => {
            ui::bug();
            error::Exit::Bug.into()
        }
    }
}
