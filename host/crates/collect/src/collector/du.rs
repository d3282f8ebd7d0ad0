//! `du -sk PATH...` and `du -sb PATH...`: bytes on disk or of files.
//!
//! Metric `disk.size` (bytes, labels `path` and, where option `label` gives it, `what`). The output does not say its unit, so option `unit` must: `kib` for `-k`
//! (space taken on disk), `bytes` for `-b` (apparent size). Human sizes (`-h`) are refused: they are rounded, and follow
//! the locale (`1,5M`). With `-0` names may hold line ends.

use perfctl_core::metric::{Metric, Unit};
use perfctl_core::seams::{CollectError, Collected, Collector, Demand, Output};

use crate::display;
use crate::ending::{self, series};
use crate::option::{self, Options};

/// The collector.
pub(crate) struct Du;

impl Collector for Du {
    fn name(&self) -> &str {
        "du"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![
            (
                "label",
                "the label `what` of every series, to tell them from those of other steps",
            ),
            (
                "unit",
                "what a number counts: `kib` for `du -k`, `bytes` for `du -b`; required",
            ),
        ]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![
            ("unit", Demand::Given),
            ("unit", Demand::word(&["kib", "bytes"])),
        ]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["disk.size"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let factor = match option::required(options, "unit")? {
            "kib" => 1024.0,
            "bytes" => 1.0,
            other => {
                return Err(option::error(format!(
                    "option `unit` is `{other}`: give `kib` or `bytes`"
                )));
            }
        };
        let label = options.get("label").map(String::as_str).unwrap_or_default();
        let end = if output.stdout.contains(&0) { 0 } else { b'\n' };
        let metrics = output
            .stdout
            .split(|byte| *byte == end)
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
            .map(|(at, line)| read(line, at + 1, factor, label))
            .collect::<Result<Vec<_>, _>>()?;
        let measured = !metrics.is_empty();
        let collected = Collected {
            metrics,
            ..Collected::default()
        };
        if let Some(why) = ending::cut_off(&output) {
            return Ok(ending::partial(
                collected,
                format!("{why}: not all sizes were printed"),
            ));
        }
        let words =
            ending::last_words(output.stderr).unwrap_or_else(|| "it said nothing".to_owned());
        match output.exit_code {
            Some(0) if measured => Ok(collected),
            Some(0) => Ok(ending::nothing(
                "du printed no size: name a path that exists",
            )),
            // It goes on after a path that it cannot read, so the other sizes stand; a size may lack its unreadable part.
            code => Ok(ending::partial(
                collected,
                format!("du ended with exit code {}: {words}", code.unwrap_or(-1)),
            )),
        }
    }
}

fn read(line: &[u8], number: usize, factor: f64, label: &str) -> Result<Metric, CollectError> {
    let wrong = || {
        let line = display::cut(&display::line(line), 80);
        option::error(format!(
            "line {number} of du's output is `{line}`: run it with -k or -b, without -h"
        ))
    };
    let tab = line
        .iter()
        .position(|byte| *byte == b'\t')
        .ok_or_else(wrong)?;
    let size: u64 = std::str::from_utf8(&line[..tab])
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(wrong)?;
    let path = display::line(&line[tab + 1..]);
    let labels = [("path", path.as_str()), ("what", label)];
    Ok(series(
        "disk.size",
        Unit::Bytes,
        vec![size as f64 * factor],
        match label {
            "" => &labels[..1],
            _ => &labels,
        },
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::{all, labelled, options, streams};

    fn collect(output: Output<'_>, unit: &str) -> Result<Collected, CollectError> {
        Du.collect(output, &options(&[("unit", unit)]))
    }

    #[test]
    fn both_units_become_bytes() {
        let kib = collect(streams("du/du-ak-depth").exit(0), "kib").expect("readable");
        assert_eq!(
            labelled(&kib, "disk.size", "path", "web"),
            Some(724.0 * 1024.0)
        );
        assert_eq!(
            labelled(&kib, "disk.size", "path", "web/node_modules"),
            Some(0.0)
        );
        let bytes = collect(streams("du/du-sb").exit(0), "bytes").expect("readable");
        assert_eq!(
            labelled(&bytes, "disk.size", "path", "app"),
            Some(1_528_678.0)
        );
        let null = collect(streams("du/du-null").exit(0), "kib").expect("readable");
        assert_eq!(
            labelled(&null, "disk.size", "path", "app"),
            Some(1500.0 * 1024.0)
        );
    }

    #[test]
    fn a_label_tells_the_series_of_several_steps_apart() {
        let given = options(&[("unit", "bytes"), ("label", "package")]);
        let captured = streams("du/du-sb");
        let labelled = Du.collect(captured.exit(0), &given).expect("readable");
        let what = |metric: &Metric| metric.labels.get("what").cloned();
        let all = labelled.metrics.iter().map(what);
        assert!(
            all.into_iter()
                .all(|what| what.as_deref() == Some("package"))
        );
        let plain = collect(streams("du/du-sb").exit(0), "bytes").expect("readable");
        assert_eq!(what(&plain.metrics[0]), None);
    }

    #[test]
    fn human_sizes_are_refused_in_every_locale() {
        for name in ["du/du-sh", "locale-traps/de-du"] {
            let error = collect(streams(name).exit(0), "kib").expect_err("human sizes");
            assert!(
                error.message.contains("line 1") && error.message.contains("without -h"),
                "{}",
                error.message
            );
        }
    }

    #[test]
    fn a_path_that_cannot_be_read_makes_the_rest_partial() {
        let collected =
            collect(streams("du/du-fail-missing-rc1").exit(1), "kib").expect("readable");
        assert_eq!(
            labelled(&collected, "disk.size.partial", "path", "app"),
            Some(1500.0 * 1024.0)
        );
        assert!(
            collected
                .inconclusive
                .is_some_and(|why| why.contains("cannot access 'nope'"))
        );
    }

    #[test]
    fn the_unit_must_be_said_and_no_output_is_no_size() {
        let silent = Output {
            stdout: b"",
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        assert!(Du.collect(silent, &options(&[])).is_err());
        assert!(collect(silent, "mb").is_err());
        assert!(
            collect(silent, "kib")
                .expect("readable")
                .inconclusive
                .is_some()
        );
    }

    #[test]
    fn disk_usage_and_apparent_size_of_one_path_are_both_kept() {
        let collected =
            collect(streams("du/du-apparent-vs-disk").exit(0), "kib").expect("readable");
        let sizes: Vec<f64> = all(&collected, "disk.size")
            .iter()
            .map(|metric| metric.samples[0])
            .collect();
        assert_eq!(sizes, [0.0, 10_485_760.0]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(stdout in prop::collection::vec(any::<u8>(), 0..200)) {
            let output = Output { stdout: &stdout, stderr: b"", exit_code: Some(0), timed_out: false };
            let _ = collect(output, "bytes");
        }
    }
}
