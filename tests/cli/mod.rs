//! The program as a user runs it.

mod attest;
mod baseline;
mod check;
mod clone;
mod eval;
mod extension;
mod extension_names;
mod fix;
mod fix_installs;
mod fix_leaves;
mod gate;
mod history;
mod hostile;
mod image;
mod listed;
mod misuse;
mod outputs;
mod plugin;
mod plugins;
mod prepare;
mod recipe;
mod scripts;
mod secret;
mod settings;
mod slips;
mod uncommitted;

use std::process::Command;

use serde_json::Value;

use crate::support::World;

/// Runs the recipe with further arguments and reads the record.
fn audit(world: &World, args: &[&str]) -> Value {
    audit_with(world, args, |_| ())
}

fn audit_with(world: &World, args: &[&str], change: impl FnOnce(&mut Command)) -> Value {
    let mut command = world.command(env!("CARGO_BIN_EXE_perfctl"));
    command.args(["recipe", "run", "quick-wins", "--out", "../audit"]);
    command.args(["--format", "json"]).args(args);
    change(&mut command);
    let output = command.output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}
