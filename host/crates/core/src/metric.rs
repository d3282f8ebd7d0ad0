//! A measured number with its unit and its raw samples.

use std::collections::BTreeMap;
use std::fmt;

use crate::ids::{MetricName, StepId};

/// What a sample counts. Part of the type, so that seconds are never held against milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Bytes (not KiB, not decimal kilobytes).
    Bytes,
    /// A plain number of things.
    Count,
    /// A share between 0 and 1.
    Ratio,
    /// Things per second.
    PerSecond,
}

impl Unit {
    /// Every unit.
    pub const ALL: &'static [Unit] = &[
        Unit::Seconds,
        Unit::Bytes,
        Unit::Count,
        Unit::Ratio,
        Unit::PerSecond,
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Seconds => "seconds",
            Unit::Bytes => "bytes",
            Unit::Count => "count",
            Unit::Ratio => "ratio",
            Unit::PerSecond => "per-second",
        }
    }

    /// A value of this unit for people: `1.25 s`, `340 ms`, `184.3 MB`, `12.0 %`. Bytes are decimal (1 MB = 10^6 B).
    pub fn show(self, value: f64) -> String {
        match self {
            Unit::Seconds if value.abs() >= 1.0 => format!("{value:.2} s"),
            Unit::Seconds if value.abs() >= 1e-3 => format!("{:.1} ms", value * 1e3),
            Unit::Seconds => format!("{:.0} us", value * 1e6),
            Unit::Bytes if value.abs() >= 1e9 => format!("{:.2} GB", value / 1e9),
            Unit::Bytes if value.abs() >= 1e6 => format!("{:.1} MB", value / 1e6),
            Unit::Bytes if value.abs() >= 1e3 => format!("{:.1} kB", value / 1e3),
            Unit::Bytes => format!("{value:.0} B"),
            Unit::Count if value.fract() == 0.0 => format!("{value:.0}"),
            Unit::Count => format!("{value:.2}"),
            Unit::Ratio => format!("{:.1} %", value * 100.0),
            Unit::PerSecond => format!("{value:.1}/s"),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A series of samples of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// What is measured.
    pub name: MetricName,
    /// What a sample counts.
    pub unit: Unit,
    /// Raw samples in the order taken, never averaged; finite, never empty.
    pub samples: Vec<f64>,
    /// What tells series of one name apart: `module`, `layer`, `image`.
    pub labels: BTreeMap<String, String>,
    /// The step that produced it.
    pub step: StepId,
}

impl Metric {
    /// The middle sample (mean of the two middle ones for an even number); `None` without samples.
    pub fn median(&self) -> Option<f64> {
        let mut sorted = self.samples.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => None,
            n if n % 2 == 1 => Some(sorted[middle]),
            _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_in_a_unit_that_fits_their_size() {
        assert_eq!(Unit::Seconds.show(0.34), "340.0 ms");
        assert_eq!(Unit::Seconds.show(1.254), "1.25 s");
        assert_eq!(Unit::Bytes.show(184_300_000.0), "184.3 MB");
        assert_eq!(Unit::Ratio.show(0.12), "12.0 %");
        assert_eq!(Unit::Count.show(3.0), "3");
    }
}
