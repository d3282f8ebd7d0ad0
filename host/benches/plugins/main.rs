//! `cargo bench -p perfctl --bench plugins [-- call|rows|load|lua|linear]`: what the way into a plugin costs, beside a call of wasmtime
//! alone with the same types and data.
//!
//! Machines are noisy and differ, so what is compared takes turns in one run, every figure is a median in processor time, and where
//! two sides are compared it is their ratio that counts. What needs a tool that is not installed is named and left out.

mod bare;
mod call;
mod guests;
mod lasting;
mod linear;
mod load;
mod lua;
mod rows;
mod scene;
mod table;
mod turns;
mod watched;

use std::process::ExitCode;

use clap::{Parser, ValueEnum};

/// Memory is the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The program that builds plugins for the bench, as cargo built it for benches: with the release profile.
const PERFCTL: &str = env!("CARGO_BIN_EXE_perfctl");

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// A call of a plugin that does nothing
    Call,
    /// A hundred matches of three captures each, through the SDK for Rust
    Rows,
    /// A plugin from the cache, one of 100 KB and one in Python
    Load,
    /// A candidate of a rule in Lua that does nothing
    Lua,
    /// From no candidate to a hundred thousand
    Linear,
}

/// Time what plugins cost
#[derive(Debug, Parser)]
#[command(
    name = "plugins",
    bin_name = "cargo bench -p perfctl --bench plugins --"
)]
struct Args {
    /// What to time; all of it when nothing is named
    what: Vec<What>,

    /// Turns of each side
    #[arg(long, default_value_t = 101)]
    rounds: usize,

    /// Fail when a figure misses its limit, or when one cannot be measured
    #[arg(long)]
    strict: bool,

    /// What cargo passes to every bench
    #[arg(long, hide = true)]
    bench: bool,
}

fn run(args: &Args) -> Result<bool, String> {
    let wants = |what| args.what.is_empty() || args.what.contains(&what);
    let rounds = args.rounds.max(1);
    let mut table = table::Table::default();
    if wants(What::Call) {
        call::run(&mut table, rounds)?;
    }
    if wants(What::Rows) {
        rows::run(&mut table, rounds)?;
    }
    if wants(What::Load) {
        load::run(&mut table, rounds)?;
    }
    if wants(What::Lua) {
        lua::run(&mut table, rounds)?;
    }
    if wants(What::Linear) {
        linear::run(&mut table, rounds)?;
    }
    Ok(table.holds())
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(holds) if holds || !args.strict => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(message) => {
            table::say(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}
