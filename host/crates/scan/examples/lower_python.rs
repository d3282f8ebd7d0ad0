//! Developer tool: how much of a scan's time is ruff's parser, and how much the lowering and the guard add to it.
//!
//! ```text
//! cargo run --release -p perfctl-scan --example lower_python -- DIR [ROUNDS]
//! ```
//!
//! Reads every `.py` file below `DIR` into memory, then times each stage over all of them on one thread, `ROUNDS` times
//! (5 unless said), and prints the least processor time of each. Drops are part of every stage.
#![expect(
    clippy::print_stdout,
    reason = "a measuring tool prints what it measures"
)]

use std::path::Path;
use std::time::Duration;
use std::{env, fs, hint, io};

use perfctl_scan::lower::{Language, guard, python};
use perfctl_scan::tree::Tree;
use ruff_python_ast::PySourceType;
use rustix::time::{ClockId, clock_gettime};

/// As in the product: the share of allocation in both stages depends on it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let root = arguments.next().unwrap_or_else(|| ".".into());
    let rounds: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5);

    let mut sources = Vec::new();
    collect(Path::new(&root), &mut sources)?;
    let bytes: usize = sources.iter().map(String::len).sum();
    println!(
        "{} files, {:.1} MB, best of {rounds}",
        sources.len(),
        bytes as f64 / 1e6
    );

    let mut refused = 0;
    let guard = best_of(rounds, || {
        let passed = |source: &&String| guard::check(source.as_bytes(), Language::Python).is_ok();
        refused = sources.len() - sources.iter().filter(passed).count();
    });
    let parse = best_of(rounds, || {
        for source in &sources {
            hint::black_box(ruff_python_parser::parse_unchecked_source(
                source,
                PySourceType::Python,
            ));
        }
    });
    let (mut nodes, mut atoms, mut errors) = (0, 0, 0);
    let lower = best_of(rounds, || {
        (nodes, atoms, errors) = (0, 0, 0);
        for source in &sources {
            let tree: Tree = hint::black_box(python::lower(source, false));
            nodes += tree.len();
            atoms += tree.atom_count();
            errors += tree.errors.len();
        }
    });

    let report = |stage: &str, time: Duration| {
        let (ms, rate) = (
            time.as_secs_f64() * 1e3,
            bytes as f64 / 1e6 / time.as_secs_f64(),
        );
        println!(
            "{stage:<14} {ms:>8.1} ms {rate:>8.0} MB/s {:>5.2} x parse",
            ms / 1e3 / parse.as_secs_f64()
        );
    };
    report("guard", guard);
    report("parse", parse);
    report("parse + lower", lower);
    println!("{nodes} nodes, {atoms} texts, {errors} errors, {refused} refused by the guard");
    Ok(())
}

fn collect(directory: &Path, sources: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            collect(&path, sources)?;
        } else if kind.is_file()
            && Language::from_path(&path.to_string_lossy()) == Some(Language::Python)
            && let Ok(source) = fs::read_to_string(&path)
        {
            sources.push(source);
        }
    }
    Ok(())
}

/// The least processor time that `work` took on this thread.
fn best_of(rounds: usize, mut work: impl FnMut()) -> Duration {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
    };
    let timed = |_| {
        let start = now();
        work();
        now() - start
    };
    (0..rounds.max(1)).map(timed).min().unwrap_or_default()
}
