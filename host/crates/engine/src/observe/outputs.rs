//! What a step leaves behind: raw outputs as artifacts, and what a collector or probe read from them.

use std::borrow::Cow;

use perfctl_core::metric::Metric;
use perfctl_core::recipe::Step;
use perfctl_core::seams::Collected;

use super::{Bench, Seen};
use crate::redact::Redactor;
use crate::seams::{CommandEnd, CommandOutcome};

/// Longest excerpt of a tool's own words in a reason, in characters.
const LONGEST_QUOTE: usize = 200;

/// What a command wrote, without secrets. They go before anybody quotes or shortens it: of one that is cut in two nobody could tell later
/// that it was one.
#[derive(Default)]
pub(super) struct Shown<'o> {
    pub(super) stdout: Cow<'o, [u8]>,
    pub(super) stderr: Cow<'o, [u8]>,
}

impl<'o> Shown<'o> {
    pub(super) fn of(outcome: &'o CommandOutcome, redactor: &Redactor) -> Self {
        let clean = |stream: &'o [u8]| {
            let whole = match outcome.cut {
                true => redactor.without_begun(stream),
                false => Cow::Borrowed(stream),
            };
            match whole {
                Cow::Borrowed(stream) => redactor.bytes(stream),
                Cow::Owned(stream) => Cow::Owned(redactor.bytes(&stream).into_owned()),
            }
        };
        Self {
            stdout: clean(&outcome.stdout),
            stderr: clean(&outcome.stderr),
        }
    }

    /// What a failed command said last, blank lines and drawn-over progress left out: on standard error, else on standard output.
    pub(super) fn last_lines(&self) -> Vec<String> {
        let of = |bytes: &[u8]| {
            let end = &bytes[bytes.len().saturating_sub(LONGEST_END)..];
            let text = String::from_utf8_lossy(end);
            let lines = text.lines().filter_map(drawn).collect::<Vec<String>>();
            lines[lines.len().saturating_sub(MOST_LINES)..].to_vec()
        };
        match of(&self.stderr) {
            lines if lines.is_empty() => of(&self.stdout),
            lines => lines,
        }
    }
}

/// Keeps both streams and how the command ended. An empty stream has no file; `exit.txt` says that it was empty.
pub(super) fn keep(
    bench: &Bench<'_>,
    step: &Step,
    prefix: &str,
    outcome: &CommandOutcome,
    seen: &mut Seen,
) {
    let end = match outcome.end {
        CommandEnd::Exited(code) => format!("exit code {code}"),
        CommandEnd::Signalled(signal) => format!("ended by signal {signal}"),
        CommandEnd::TimedOut => "ended after its time-out".to_owned(),
        CommandEnd::Interrupted => "interrupted by the user".to_owned(),
    };
    let mut exit = format!(
        "{end}\nstdout {} bytes\nstderr {} bytes\nsandbox {}\n",
        outcome.stdout.len(),
        outcome.stderr.len(),
        outcome.sandbox
    );
    for remark in &outcome.remarks {
        exit.push_str(remark);
        exit.push('\n');
    }
    let shown = Shown::of(outcome, bench.means.redactor);
    let parts: [(&str, &str, &[u8]); 3] = [
        ("stdout.txt", "standard output", &shown.stdout),
        ("stderr.txt", "standard error", &shown.stderr),
        ("exit.txt", "how it ended", exit.as_bytes()),
    ];
    for (name, what, bytes) in parts {
        if !bytes.is_empty() {
            store(bench, step, &format!("{prefix}{name}"), what, bytes, seen);
        }
    }
}

/// Takes over what was collected: metrics with a step and without broken samples, notes, files. Answers why it measures
/// nothing, if it does not.
pub(super) fn take(
    bench: &Bench<'_>,
    step: &Step,
    collected: Collected,
    seen: &mut Seen,
) -> Option<String> {
    let Collected {
        metrics,
        notes,
        artifacts,
        inconclusive,
    } = collected;
    // Of several runs the first speaks for all: files and remarks differ by no more than the samples do.
    let is_first = seen.metrics.is_empty();
    if is_first {
        seen.record.notes.extend(notes);
    }
    for mut metric in metrics {
        let all = metric.samples.len();
        metric.samples.retain(|sample| sample.is_finite());
        if metric.samples.len() < all {
            let lost = all - metric.samples.len();
            seen.record.notes.push(format!(
                "{lost} samples of `{}` are no numbers",
                metric.name
            ));
        }
        if !metric.samples.is_empty() {
            metric.step = step.id.clone();
            seen.metrics.push(metric);
        }
    }
    for (name, bytes) in artifacts.into_iter().filter(|_| is_first) {
        store(bench, step, &name, "made from the output", &bytes, seen);
    }
    inconclusive
}

/// Puts the samples of the series from `new` on with those of the same series before, so that several runs are one series.
pub(super) fn gather(metrics: &mut Vec<Metric>, new: usize) {
    for metric in metrics.split_off(new) {
        let same = |known: &&mut Metric| {
            known.name == metric.name && known.labels == metric.labels && known.unit == metric.unit
        };
        match metrics[..new].iter_mut().find(same) {
            Some(known) => known.samples.extend(metric.samples),
            None => metrics.push(metric),
        }
    }
}

/// Keeps one file. A full disk must not turn a measurement into a failure, so it is a note.
fn store(bench: &Bench<'_>, step: &Step, name: &str, what: &str, bytes: &[u8], seen: &mut Seen) {
    match bench.means.artifacts.put(&step.id, name, what, bytes) {
        Ok(artifact) => seen.record.artifacts.push(artifact),
        Err(why) => seen
            .record
            .notes
            .push(format!("`{name}` was not kept: {why}")),
    }
}

/// Most lines of a failed command that are shown with it.
const MOST_LINES: usize = 10;

/// Most bytes at the end of an output in which its last lines are looked for.
const LONGEST_END: usize = 64 << 10;

/// A line as a terminal would show it in the end, shortened; `None` for a blank one. Its indentation stays.
fn drawn(line: &str) -> Option<String> {
    let line = line.trim_end();
    let line = line.rsplit('\r').next().unwrap_or(line);
    let mut plain = String::new();
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            // A sequence of the terminal's: `ESC [`, parameters, a letter.
            '\u{1b}' => {
                let inner = rest.by_ref().skip_while(|c| *c == '[');
                let _ = inner.into_iter().find(char::is_ascii_alphabetic);
            }
            '\t' => plain.push_str("    "),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    let short: String = plain.chars().take(LONGEST_QUOTE).collect();
    let cut = if short.len() < plain.len() { "..." } else { "" };
    (!short.trim().is_empty()).then(|| format!("{short}{cut}"))
}

/// The last line that is not blank, shortened.
pub(super) fn last_line(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .map(first_line)
}

/// The first line, shortened.
pub(super) fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let short: String = line.chars().take(LONGEST_QUOTE).collect();
    if short.len() < line.len() {
        format!("{short}...")
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_those_that_a_terminal_would_show() {
        let mut outcome = crate::fakes::outcome(CommandEnd::Exited(1), "on standard output\n");
        let plain = Redactor::default();
        let lines = |outcome: &CommandOutcome| Shown::of(outcome, &plain).last_lines();
        assert_eq!(lines(&outcome), ["on standard output"]);
        let many: String = (1..30).map(|line| format!("line {line}\n")).collect();
        outcome.stderr = many.into_bytes();
        assert_eq!(lines(&outcome).len(), MOST_LINES);
        assert_eq!(lines(&outcome)[0], "line 20");
        outcome.stderr = b"Collecting\r\n 10 %\r 90 %\rdone\n\n\x1b[31mERROR:\x1b[0m no\tkey [redacted]\n  File x\n"
            .to_vec();
        assert_eq!(
            lines(&outcome),
            [
                "Collecting",
                "done",
                "ERROR: no    key [redacted]",
                "  File x"
            ]
        );
    }

    #[test]
    fn a_secret_is_hidden_whole_wherever_an_output_is_cut() {
        let redactor = Redactor::new(["hunter22-and-more"]);
        let shown = |stdout: String, cut| {
            let mut outcome = crate::fakes::outcome(CommandEnd::Exited(1), &stdout);
            outcome.cut = cut;
            let shown = Shown::of(&outcome, &redactor);
            let last = last_line(&shown.stdout).unwrap_or_default();
            format!("{:?} {last}", shown.last_lines())
        };
        // The last lines are looked for in the end of the output, a quote is its beginning, and the runner keeps so many bytes.
        let at_the_end = "x".repeat(LONGEST_END - 8);
        let quoted = "x".repeat(LONGEST_QUOTE - 8);
        for (text, cut) in [
            (format!("hunter22-and-more{at_the_end}"), false),
            (format!("{quoted}hunter22-and-more"), false),
            ("the key is hunter22-and".to_owned(), true),
            ("the key is hunter22-\nand".to_owned(), true),
        ] {
            let shown = shown(text, cut);
            assert!(
                !shown.contains("hunter") && !shown.contains("-and"),
                "{shown}"
            );
        }
        assert!(shown("sooner or later hun".to_owned(), true).contains("later hun"));
        assert!(shown("hunter22".to_owned(), false).contains("hunter22"));
    }

    #[test]
    fn a_tools_last_words_are_quoted_and_shortened() {
        let lost = b"Traceback\n  File x\nModuleNotFoundError: no redis\n\n";
        assert_eq!(
            last_line(lost).as_deref(),
            Some("ModuleNotFoundError: no redis")
        );
        assert_eq!(last_line(b" \n"), None);
        let long = "é".repeat(500);
        assert_eq!(first_line(&long).chars().count(), LONGEST_QUOTE + 3);
    }
}
