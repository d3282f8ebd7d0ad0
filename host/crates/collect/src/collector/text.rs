//! Any command: keeps what it printed and counts the lines.
//!
//! Lines that begin with option `note` are told to the reader of the report, at most 20 of them.
//!
//! Metric `lines` (count, label `pattern` where option `label` is given): lines with at least one character. Whether the
//! exit code means success is the recipe's to say (`ok_exit`), so it is not judged here.

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Demand, Output};

use crate::display;
use crate::ending::{self, series};
use crate::option::{self, Options};

/// The collector.
pub(crate) struct Text;

impl Collector for Text {
    fn name(&self) -> &str {
        "text"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![
            ("count", "`false` for no metric (true)"),
            (
                "label",
                "what the lines are; the label `pattern` of the metric",
            ),
            (
                "note",
                "beginning of lines that the report should say; the rest of each is a sentence",
            ),
            (
                "stream",
                "which stream counts: `stdout` (the default) or `stderr`",
            ),
        ]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![
            ("count", Demand::Flag),
            ("stream", Demand::word(&["stdout", "stderr"])),
        ]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["lines"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let bytes = match option::text(options, "stream") {
            None | Some("stdout") => output.stdout,
            Some("stderr") => output.stderr,
            Some(other) => {
                return Err(option::error(format!(
                    "option `stream` is `{other}`: give `stdout` or `stderr`"
                )));
            }
        };
        let label = option::text(options, "label").unwrap_or_default();
        let lines = display::lines(bytes)
            .filter(|line| !line.is_empty())
            .count();
        let mut collected = Collected {
            notes: notes(bytes, option::text(options, "note")),
            artifacts: vec![("output.txt".to_owned(), bytes.to_vec())],
            ..Collected::default()
        };
        if option::flag(options, "count")?.unwrap_or(true) {
            collected.metrics.push(series(
                "lines",
                Unit::Count,
                vec![lines as f64],
                &[("pattern", label)],
            ));
        }
        Ok(match ending::cut_off(&output) {
            Some(why) => ending::partial(collected, format!("{why}: its output is not complete")),
            None => collected,
        })
    }
}

/// What follows `prefix` in lines that begin with it.
fn notes(bytes: &[u8], prefix: Option<&str>) -> Vec<String> {
    let Some(prefix) = prefix else {
        return Vec::new();
    };
    display::lines(bytes)
        .map(display::line)
        .filter_map(|line| {
            line.strip_prefix(prefix)
                .map(|rest| display::cut(rest.trim(), 300))
        })
        .filter(|note| !note.is_empty())
        .take(20)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{labelled, options, value};

    fn output<'a>(stdout: &'a [u8], stderr: &'a [u8]) -> Output<'a> {
        Output {
            stdout,
            stderr,
            exit_code: Some(0),
            timed_out: false,
        }
    }

    #[test]
    fn lines_are_counted_and_the_bytes_are_kept_as_they_are() {
        let collected = Text
            .collect(
                output(b"a\r\n\n\xff\xfe\nlast", b"x"),
                &options(&[("label", "globals")]),
            )
            .expect("readable");
        assert_eq!(
            labelled(&collected, "lines", "pattern", "globals"),
            Some(3.0)
        );
        assert_eq!(collected.artifacts[0].1, b"a\r\n\n\xff\xfe\nlast");
    }

    #[test]
    fn what_a_command_has_to_say_is_a_note_and_needs_no_metric() {
        let collected = Text
            .collect(
                output(b"note: from uv.lock\nother\nnote: \n", b""),
                &options(&[("note", "note: "), ("count", "false")]),
            )
            .expect("readable");
        assert_eq!(collected.notes, ["from uv.lock"]);
        assert!(collected.metrics.is_empty());
    }

    #[test]
    fn the_other_stream_counts_when_asked_for() {
        let collected = Text
            .collect(output(b"a\nb\n", b"x\n"), &options(&[("stream", "stderr")]))
            .expect("readable");
        assert_eq!(value(&collected, "lines"), 1.0);
        assert!(
            Text.collect(output(b"", b""), &options(&[("stream", "both")]))
                .is_err()
        );
    }

    #[test]
    fn a_killed_command_counts_partially() {
        let killed = Output {
            exit_code: None,
            timed_out: true,
            ..output(b"a\n", b"")
        };
        let collected = Text.collect(killed, &options(&[])).expect("readable");
        assert_eq!(value(&collected, "lines.partial"), 1.0);
        assert!(collected.inconclusive.is_some());
    }
}
