//! What the SDK adds to reading rows by hand: 100 matches with 3 captures each, 50 findings with a text.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::tests::{NODE, declared};
use super::*;
use crate::matches::Matches;
use crate::model::File;

fn rows() -> Vec<u32> {
    let mut rows = Vec::new();
    for at in 0..100 {
        for capture in [0, 1, 2, 2] {
            rows.extend([0, capture, at * 10, at * 10 + 5, NODE + at * 4 + capture]);
        }
    }
    rows
}

fn by_hand(rows: &[u32], declared: &Declared) -> raw::Findings {
    let mut found = Report::new(declared).into_findings();
    let mut findings = 0;
    for found_match in rows.chunks_exact(20) {
        let mut sum = 0;
        for row in found_match.chunks_exact(5) {
            sum += row[2] + row[4];
        }
        if black_box(sum) > 0 && findings < 50 {
            findings += 1;
            found.rows.extend([found_match[4], 1, 0, 0, 0, 2]);
            found.texts.push("requests".to_owned());
            found.texts.push("30".to_owned());
        }
    }
    found
}

fn with_the_sdk(rows: &[u32], declared: &Declared) -> raw::Findings {
    let mut report = Report::new(declared);
    let mut findings = 0;
    for found in Matches::new(File(3 << 28), rows, declared).of("request") {
        let mut sum = found.row().start + found.row().thing;
        for name in ["URL", "REST"] {
            for capture in found.captures(name) {
                sum += capture.row().start + capture.row().thing;
            }
        }
        if black_box(sum) > 0 && findings < 50 {
            findings += 1;
            report
                .finding(found, "no-timeout")
                .arg("library", "requests")
                .arg("seconds", "30");
        }
    }
    report.into_findings()
}

/// The shortest of many turns.
fn shortest(mut act: impl FnMut() -> raw::Findings) -> Duration {
    let turns = (0..2_000).map(|_| {
        let start = Instant::now();
        assert_eq!(black_box(act()).texts.len(), 100);
        start.elapsed()
    });
    turns.min().unwrap_or_default()
}

#[test]
#[ignore = "a measurement: `cargo test --release -p perfctl-plugin -- --ignored --nocapture`"]
fn rows_cost_less_than_three_times_what_they_cost_by_hand() {
    let (rows, declared) = (rows(), declared());
    assert_eq!(
        by_hand(&rows, &declared).rows,
        with_the_sdk(&rows, &declared).rows
    );
    let hand = shortest(|| by_hand(&rows, &declared));
    let sdk = shortest(|| with_the_sdk(&rows, &declared));
    crate::print!("by hand {hand:?}, with the SDK {sdk:?}");
    assert!(sdk < hand * 3, "{sdk:?} against {hand:?}");
}
