//! What the bench prints: tables of medians, and targets that hold or do not.
#![expect(clippy::print_stdout, reason = "printing is what a bench is for")]

use crate::probe::{Run, Subject};

/// Prints a line.
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints the medians of `subjects`, with ratios to the one at `base`.
pub(crate) fn print(title: &str, subjects: &[Subject], runs: &[Run], base: usize) {
    println!("\n{title}");
    println!(
        "{:<34} {:>10} {:>10} {:>9} {:>9}",
        "", "cpu ms", "wall ms", "peak MiB", "cpu ratio"
    );
    for (subject, run) in subjects.iter().zip(runs) {
        println!(
            "{:<34} {:>10.1} {:>10.1} {:>9.0} {:>9.2}",
            subject.name,
            run.cpu,
            run.wall,
            run.peak,
            run.cpu / runs[base].cpu
        );
    }
}

/// Prints whether `value` is at most `limit`, and says so.
pub(crate) fn at_most(what: &str, value: f64, limit: f64, unit: &str) -> bool {
    let holds = value <= limit;
    let word = if holds { "holds " } else { "MISSED" };
    println!("{word}  {what}: {value:.2}{unit}, at most {limit}{unit}");
    holds
}

/// Prints whether `value` is at least `limit`, and says so.
pub(crate) fn at_least(what: &str, value: f64, limit: f64, unit: &str) -> bool {
    let holds = value >= limit;
    let word = if holds { "holds " } else { "MISSED" };
    println!("{word}  {what}: {value:.1}{unit}, at least {limit}{unit}");
    holds
}
