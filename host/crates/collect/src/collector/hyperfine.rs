//! `hyperfine --export-json /dev/stdout`: wall time of repeated runs.
//!
//! Metrics, one series per benchmarked command (label `command`, and one label per hyperfine parameter): `run.wall`
//! (seconds, every run), `run.rss` (bytes, every run, from hyperfine 1.19). Hyperfine's mean and standard deviation are
//! not taken over, nor its user and system time, which it gives as means only.
//!
//! The JSON may follow the text report on standard output. An empty export means that hyperfine failed; one that lacks a
//! command means that the later one did; runs with an error status (`-i`) measure a failure.

use std::collections::BTreeMap;

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Demand, Output};
use serde::Deserialize;

use crate::ending::{self, series};
use crate::option::{self, Options};

/// The collector.
pub(crate) struct Hyperfine;

#[derive(Deserialize)]
struct Export {
    results: Vec<Benchmark>,
}

#[derive(Deserialize)]
struct Benchmark {
    command: String,
    times: Option<Vec<f64>>,
    #[serde(default)]
    exit_codes: Vec<Option<i64>>,
    memory_usage_byte: Option<Vec<f64>>,
    #[serde(default)]
    parameters: BTreeMap<String, serde_json::Value>,
}

impl Collector for Hyperfine {
    fn name(&self) -> &str {
        "hyperfine"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![(
            "accept-failure",
            "`true` to measure a command that ends with an error, too",
        )]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![("accept-failure", Demand::Flag)]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["run.rss", "run.wall"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let accept = option::flag(options, "accept-failure")?.unwrap_or(false);
        let export = find(output.stdout)?;
        let mut collected = Collected::default();
        let mut failed = Vec::new();
        for benchmark in export.iter().flat_map(|export| &export.results) {
            let (bad, runs) = (failures(benchmark), benchmark.exit_codes.len());
            if bad > 0 {
                failed.push(format!(
                    "{bad} of {runs} runs of `{}` ended with an error",
                    benchmark.command
                ));
            }
            measure(benchmark, &mut collected)?;
        }
        let words = ending::last_words(output.stderr);
        let why = match (ending::cut_off(&output), output.exit_code) {
            (Some(why), _) => Some(why.to_owned()),
            (None, Some(0)) if collected.metrics.is_empty() => Some(
                "standard output has no export: run hyperfine with `--export-json /dev/stdout`"
                    .to_owned(),
            ),
            (None, Some(0)) => None,
            (None, code) => Some(format!(
                "hyperfine ended with exit code {}: {}",
                code.unwrap_or(-1),
                words.unwrap_or_else(|| "it said nothing".to_owned())
            )),
        };
        if let Some(why) = why {
            return Ok(ending::partial(collected, why));
        }
        if !failed.is_empty() && !accept {
            return Ok(ending::partial(
                collected,
                format!("{}: its time is that of a failure", failed.join("; ")),
            ));
        }
        collected.notes = failed;
        Ok(collected)
    }
}

/// The export within standard output, where the text report may stand before it: the last line that begins with `{`
/// begins it, because no line within it does.
fn find(stdout: &[u8]) -> Result<Option<Export>, CollectError> {
    let begins = |at: &usize| stdout[*at] == b'{' && (*at == 0 || stdout[*at - 1] == b'\n');
    let Some(start) = (0..stdout.len()).rev().find(begins) else {
        return Ok(None);
    };
    let mut documents =
        serde_json::Deserializer::from_slice(&stdout[start..]).into_iter::<Export>();
    match documents.next() {
        Some(Ok(export)) => Ok(Some(export)),
        Some(Err(why)) if why.is_eof() => Ok(None),
        Some(Err(why)) => Err(option::error(format!(
            "hyperfine's export is not readable: {why}"
        ))),
        None => Ok(None),
    }
}

/// Runs that ended with an error status or by a signal (`null`).
fn failures(benchmark: &Benchmark) -> usize {
    benchmark
        .exit_codes
        .iter()
        .filter(|code| **code != Some(0))
        .count()
}

fn measure(benchmark: &Benchmark, collected: &mut Collected) -> Result<(), CollectError> {
    let parameters: Vec<(String, String)> = benchmark
        .parameters
        .iter()
        .map(|(key, value)| {
            (
                key.clone(),
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            )
        })
        .collect();
    let mut labels = vec![("command", benchmark.command.as_str())];
    labels.extend(
        parameters
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str())),
    );
    let whole = |samples: &&Vec<f64>| {
        !samples.is_empty() && samples.iter().all(|sample| sample.is_finite())
    };
    let Some(times) = benchmark.times.as_ref().filter(whole) else {
        return Err(option::error(format!(
            "hyperfine's export has no single times for `{}`",
            benchmark.command
        )));
    };
    collected
        .metrics
        .push(series("run.wall", Unit::Seconds, times.clone(), &labels));
    if let Some(memory) = benchmark.memory_usage_byte.as_ref().filter(whole) {
        collected
            .metrics
            .push(series("run.rss", Unit::Bytes, memory.clone(), &labels));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::{all, bytes, options};

    fn run(stdout: &[u8], stderr: &str, code: i32) -> Collected {
        let stderr = if stderr.is_empty() {
            Vec::new()
        } else {
            bytes(stderr)
        };
        let output = Output {
            stdout,
            stderr: &stderr,
            exit_code: Some(code),
            timed_out: false,
        };
        Hyperfine.collect(output, &options(&[])).expect("readable")
    }

    #[test]
    fn every_run_is_a_sample_and_every_command_a_series() {
        let collected = run(&bytes("hyperfine/basic.json"), "", 0);
        let series = all(&collected, "run.wall");
        assert_eq!(series.len(), 2);
        assert_eq!(series[0].labels["command"], "sleep 0.05");
        assert_eq!(
            series[0].samples,
            [
                0.056025723000000006,
                0.051076337000000006,
                0.060989538,
                0.054675480000000005,
                0.073191294
            ]
        );
        assert_eq!(collected.inconclusive, None);
    }

    #[test]
    fn the_export_is_found_behind_the_text_report() {
        let mut stdout = bytes("hyperfine/basic.stdout.txt");
        stdout.extend(bytes("hyperfine/basic.json"));
        stdout.extend(b"\nSummary\n  'sleep 0.05' ran\n");
        assert_eq!(all(&run(&stdout, "", 0), "run.wall").len(), 2);
    }

    #[test]
    fn parameters_are_labels_and_one_run_is_enough() {
        let collected = run(&bytes("hyperfine/params.json"), "", 0);
        let values: Vec<&str> = all(&collected, "run.wall")
            .iter()
            .map(|metric| metric.labels["n"].as_str())
            .collect();
        assert_eq!(values, ["1", "2"]);
        assert_eq!(
            all(&run(&bytes("hyperfine/one-run.json"), "", 0), "run.wall")[0]
                .samples
                .len(),
            1
        );
        assert_eq!(
            all(
                &run(
                    &bytes("hyperfine/fast.json"),
                    "hyperfine/fast-command-warning.stderr.txt",
                    0
                ),
                "run.wall"
            )[0]
            .samples
            .len(),
            20
        );
    }

    #[test]
    fn an_empty_export_is_a_failure() {
        let collected = run(
            &bytes("hyperfine/fail-nonzero.json"),
            "hyperfine/fail-nonzero.stderr.txt",
            1,
        );
        assert!(collected.metrics.is_empty());
        assert!(
            collected
                .inconclusive
                .is_some_and(|why| why.contains("exit code 1: Error: Command terminated"))
        );
        assert!(
            run(b"Benchmark 1: true\n", "", 0)
                .inconclusive
                .is_some_and(|why| why.contains("--export-json"))
        );
        let silent = Output {
            stdout: &bytes("hyperfine/fail-timeout-term.json"),
            stderr: b"",
            exit_code: Some(143),
            timed_out: false,
        };
        let ended = Hyperfine.collect(silent, &options(&[])).expect("readable");
        assert!(
            ended
                .inconclusive
                .is_some_and(|why| why.contains("exit code 143"))
        );
        let output = Output {
            stdout: b"{\n  \"results\": [",
            stderr: b"",
            exit_code: None,
            timed_out: true,
        };
        let killed = Hyperfine.collect(output, &options(&[])).expect("readable");
        assert!(
            killed
                .inconclusive
                .is_some_and(|why| why.contains("timeout"))
        );
    }

    #[test]
    fn a_later_command_that_failed_makes_the_earlier_one_partial() {
        let collected = run(
            &bytes("hyperfine/fail-second-command.json"),
            "hyperfine/fail-second-command.stderr.txt",
            1,
        );
        assert_eq!(all(&collected, "run.wall.partial").len(), 1);
        assert!(collected.inconclusive.is_some());
    }

    #[test]
    fn ignored_failures_measure_a_failure_unless_accepted() {
        let json = bytes("hyperfine/ignore-failure.json");
        let why = run(&json, "", 0).inconclusive.expect("inconclusive");
        assert!(why.contains("3 of 3 runs of `false`"), "{why}");
        let output = Output {
            stdout: &json,
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        let accepted = Hyperfine
            .collect(output, &options(&[("accept-failure", "true")]))
            .expect("readable");
        assert!(accepted.inconclusive.is_none() && accepted.notes.len() == 1);
    }

    #[test]
    fn memory_of_newer_versions_is_taken() {
        let json = br#"{"results":[{"command":"x","times":[1.0,2.0],"memory_usage_byte":[4096,8192],"exit_codes":[0,0]}]}"#;
        assert_eq!(
            all(&run(json, "", 0), "run.rss")[0].samples,
            [4096.0, 8192.0]
        );
    }

    #[test]
    fn an_export_without_single_times_is_refused() {
        let json = br#"{"results":[{"command":"x","mean":1.0}]}"#;
        let output = Output {
            stdout: json,
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        let error = Hyperfine
            .collect(output, &options(&[]))
            .expect_err("no times");
        assert!(error.message.contains("`x`"), "{}", error.message);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(stdout in "[{}\\[\\]\",:a-z0-9\n ]{0,200}") {
            let output = Output { stdout: stdout.as_bytes(), stderr: b"", exit_code: Some(0), timed_out: false };
            let _ = Hyperfine.collect(output, &options(&[]));
        }
    }
}
