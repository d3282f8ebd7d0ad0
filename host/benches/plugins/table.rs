//! What the bench prints: a figure in a line, with its limit and whether it holds.
#![expect(clippy::print_stdout, reason = "printing is what a bench is for")]

/// Prints a line.
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// The table as far as it is printed.
#[derive(Default)]
pub(crate) struct Table {
    missed: usize,
    skipped: usize,
}

impl Table {
    /// Begins a part.
    pub(crate) fn part(&self, title: &str) {
        println!("\n{title}");
    }

    /// A figure that explains another and has no limit of its own.
    pub(crate) fn shown(&self, what: &str, value: f64, unit: &str) {
        println!("        {what:<64} {value:>9.3} {unit}");
    }

    /// A figure with its limit.
    pub(crate) fn at_most(&mut self, what: &str, value: f64, limit: f64, unit: &str) {
        let word = if value <= limit { "OK" } else { "MISSED" };
        self.missed += usize::from(word == "MISSED");
        println!("{word:<7} {what:<64} {value:>9.3} {unit:<5} limit {limit} {unit}");
    }

    /// A figure that cannot be measured here, and what it needs.
    pub(crate) fn skipped(&mut self, what: &str, why: &str) {
        self.skipped += 1;
        println!("SKIPPED {what}: {why}");
    }

    /// Whether every figure was measured and holds.
    pub(crate) fn holds(&self) -> bool {
        self.missed + self.skipped == 0
    }
}
