//! `/usr/bin/time -v COMMAND` (GNU time): wall time, processor time and peak memory of one run.
//!
//! Metrics: `run.wall`, `run.user`, `run.system` (seconds), `run.rss` (bytes, the peak). The report follows the command's
//! own standard error, may be glued to its last line, and begins with a line that says how the command ended. The exit
//! code of `time` is the command's. A run that failed is inconclusive, unless `accept-failure` says that it counts.

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Demand, Output};

use crate::display;
use crate::ending::{self, series};
use crate::option::{self, Options};

const START: &[u8] = b"\tCommand being timed: ";

/// The collector.
pub(crate) struct Time;

impl Collector for Time {
    fn name(&self) -> &str {
        "time"
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
        vec!["run.rss", "run.system", "run.user", "run.wall"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let accept = option::flag(options, "accept-failure")?.unwrap_or(false);
        if let Some(why) = ending::cut_off(&output) {
            return Ok(ending::nothing(format!(
                "{why}, and GNU time reports at the end only"
            )));
        }
        let Some(start) = output
            .stderr
            .windows(START.len())
            .rposition(|window| window == START)
        else {
            return Err(option::error(no_report(output.stderr)));
        };
        let (before, report) = output.stderr.split_at(start);
        let field = |label: &str| {
            display::lines(report)
                .filter_map(|line| {
                    line.strip_prefix(b"\t")
                        .and_then(|line| line.strip_prefix(label.as_bytes()))
                })
                .find_map(|value| std::str::from_utf8(value).ok())
                .ok_or_else(|| option::error(format!("GNU time's report has no line `{label}`")))
        };
        let number = |label: &str| -> Result<f64, CollectError> {
            let value = field(label)?;
            let number = value
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite() && *number >= 0.0);
            number.ok_or_else(|| {
                option::error(format!(
                    "GNU time's line `{label}` holds `{value}`, which is no number"
                ))
            })
        };
        let label = "Elapsed (wall clock) time (h:mm:ss or m:ss): ";
        let elapsed = field(label)?;
        let wall = clock(elapsed).ok_or_else(|| {
            option::error(format!(
                "GNU time's line `{label}` holds `{elapsed}`, which is no time"
            ))
        })?;
        let metric = |name, unit, value| series(name, unit, vec![value], &[]);
        let collected = Collected {
            metrics: vec![
                metric("run.wall", Unit::Seconds, wall),
                metric("run.user", Unit::Seconds, number("User time (seconds): ")?),
                metric(
                    "run.system",
                    Unit::Seconds,
                    number("System time (seconds): ")?,
                ),
                metric(
                    "run.rss",
                    Unit::Bytes,
                    number("Maximum resident set size (kbytes): ")? * 1024.0,
                ),
            ],
            ..Collected::default()
        };
        Ok(match ending(before, output.exit_code) {
            Some(why) if !accept => {
                ending::partial(collected, format!("{why}: its time is that of a failure"))
            }
            Some(why) => Collected {
                notes: vec![why],
                ..collected
            },
            None => collected,
        })
    }
}

fn no_report(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let kind = if text
        .lines()
        .any(|line| line.starts_with("real ") || line.starts_with("real\t"))
    {
        "it looks like the shell's `time` or `time -p`"
    } else if text.contains("maxresident)k") {
        "it looks like GNU time without -v"
    } else {
        "standard error holds none"
    };
    format!("no report of GNU time: {kind}; run `/usr/bin/time -v COMMAND` without `-o`")
}

/// Seconds from `m:ss.cc` or `h:mm:ss`.
fn clock(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    for part in text.split(':') {
        seconds = seconds * 60.0
            + part
                .parse::<f64>()
                .ok()
                .filter(|part| part.is_finite() && *part >= 0.0)?;
    }
    (text.contains(':') && f64::is_finite(seconds)).then_some(seconds)
}

/// How the command failed: said by the line before the report, which may be glued to the command's own text.
fn ending(before: &[u8], code: Option<i32>) -> Option<String> {
    let line = display::lines(before)
        .last()
        .map(display::line)
        .unwrap_or_default();
    for words in [
        "Command exited with non-zero status ",
        "Command terminated by signal ",
        "Command stopped by signal ",
    ] {
        if let Some(at) = line.rfind(words) {
            return Some(format!("the command {}", &line[at + "Command ".len()..]));
        }
    }
    code.filter(|code| *code != 0)
        .map(|code| format!("the command ended with exit code {code}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::{bytes, options, streams, value};

    fn collect(output: Output<'_>) -> Collected {
        Time.collect(output, &options(&[])).expect("readable")
    }

    #[test]
    fn the_report_is_read_in_seconds_and_bytes() {
        let collected = collect(streams("time/v-python").exit(0));
        assert_eq!(value(&collected, "run.wall"), 0.52);
        assert_eq!(value(&collected, "run.user"), 0.09);
        assert_eq!(value(&collected, "run.system"), 0.05);
        assert_eq!(value(&collected, "run.rss"), 62_300.0 * 1024.0);
        assert_eq!(collected.inconclusive, None);
        assert_eq!(
            value(
                &collect(streams("locale-traps/de-gnu-time-v").exit(0)),
                "run.wall"
            ),
            0.12
        );
    }

    #[test]
    fn the_clock_has_two_forms() {
        assert_eq!(clock("0:00.10"), Some(0.1));
        assert_eq!(clock("2:03.50"), Some(123.5));
        assert_eq!(clock("1:02:03"), Some(3723.0));
        for wrong in ["12", "", "1:x", "-1:00", "1:inf", "0:0,10"] {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_failed_command_is_inconclusive_unless_it_counts() {
        let failed = streams("time/fail-nonzero");
        let collected = collect(failed.exit(7));
        assert!(
            collected
                .inconclusive
                .is_some_and(|why| why.contains("non-zero status 7"))
        );
        assert_eq!(collected.metrics[0].name.as_str(), "run.wall.partial");
        let accepted = Time
            .collect(failed.exit(7), &options(&[("accept-failure", "true")]))
            .expect("readable");
        assert_eq!(value(&accepted, "run.wall"), 0.01);
        assert!(accepted.inconclusive.is_none() && accepted.notes.len() == 1);
        for (name, code, words) in [
            ("time/fail-signal", 137, "terminated by signal 9"),
            ("time/fail-not-found", 127, "non-zero status 127"),
        ] {
            let why = collect(streams(name).exit(code))
                .inconclusive
                .expect("inconclusive");
            assert!(why.contains(words), "{why}");
        }
    }

    #[test]
    fn the_report_is_found_behind_text_without_a_line_end() {
        let mut stderr = b"progress 100%Command exited with non-zero status 2\n".to_vec();
        stderr.extend(bytes("time/v-sleep.stderr.txt"));
        let output = Output {
            stdout: b"",
            stderr: &stderr,
            exit_code: Some(2),
            timed_out: false,
        };
        assert!(
            collect(output)
                .inconclusive
                .is_some_and(|why| why.contains("non-zero status 2"))
        );
        let mut glued = b"progress 100%".to_vec();
        glued.extend(bytes("time/v-sleep.stderr.txt"));
        let output = Output {
            stdout: b"",
            stderr: &glued,
            exit_code: Some(0),
            timed_out: false,
        };
        assert_eq!(value(&collect(output), "run.wall"), 0.32);
    }

    #[test]
    fn other_kinds_of_time_are_refused_with_what_to_run() {
        for (name, words) in [
            ("time/bash-builtin", "the shell's `time`"),
            ("time/p-format", "`time -p`"),
            ("time/default-format", "without -v"),
            ("time/custom-json-format", "holds none"),
        ] {
            let error = Time
                .collect(streams(name).exit(0), &options(&[]))
                .expect_err("no report");
            assert!(error.message.contains(words), "{name}: {}", error.message);
        }
    }

    #[test]
    fn a_timeout_leaves_no_report() {
        let output = Output {
            stdout: b"",
            stderr: b"",
            exit_code: None,
            timed_out: true,
        };
        assert!(
            collect(output)
                .inconclusive
                .is_some_and(|why| why.contains("timeout"))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut stderr = START.to_vec();
            stderr.extend(tail);
            let output = Output { stdout: b"", stderr: &stderr, exit_code: Some(0), timed_out: false };
            let _ = Time.collect(output, &options(&[]));
        }
    }
}
