//! `cargo bench -p perfctl --bench speed [-- scan|start|rules] [--repo PATH]`: perfctl timed beside other tools, in turn in one run.
//!
//! Machines are noisy and differ, so every figure is a median of rounds in which each program has its turn, and what counts are ratios.
//! Tools that are not installed are named and left out.

mod more_rules;
mod probe;
mod repository;
mod scan;
mod start;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

/// The program that is timed, as cargo built it for benches: with the release profile.
const PERFCTL: &str = env!("CARGO_BIN_EXE_perfctl");

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// A large Python repository, beside ruff's parser alone, ripgrep, ast-grep and semgrep
    Scan,
    /// The version, and a check of 50 files, beside ripgrep
    Start,
    /// A hundred rules more that find nothing
    Rules,
}

/// Time perfctl beside other tools
#[derive(Debug, Parser)]
#[command(name = "speed", bin_name = "cargo bench -p perfctl --bench speed --")]
struct Args {
    /// What to time; all of it when nothing is named
    what: Vec<What>,

    /// The large repository; without it saleor is cloned at a fixed commit into cargo's target directory
    #[arg(long)]
    repo: Option<PathBuf>,

    /// Turns of each program
    #[arg(long, default_value_t = 5)]
    rounds: usize,

    /// Fail when a figure misses its target
    #[arg(long)]
    strict: bool,

    /// What cargo passes to every bench
    #[arg(long, hide = true)]
    bench: bool,
}

fn run(args: &Args) -> Result<bool, String> {
    let wants = |what| args.what.is_empty() || args.what.contains(&what);
    let mut holds = true;
    if wants(What::Start) {
        holds &= start::run(args.rounds * 4)?;
    }
    if wants(What::Scan) || wants(What::Rules) {
        let repository = repository::prepare(args.repo.as_deref())?;
        if wants(What::Scan) {
            holds &= scan::run(&repository, args.rounds)?;
        }
        if wants(What::Rules) {
            holds &= more_rules::run(&repository, args.rounds * 2)?;
        }
    }
    Ok(holds)
}

fn main() -> ExitCode {
    // The bench runs itself for what is no program of its own.
    if let Some(done) = probe::serve() {
        return done;
    }
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
