//! `grep -rn` and `rg -n` in all their forms: how many lines match, and which.
//!
//! Metrics, with label `pattern` where option `label` is given: `matches` (count of matching lines; a match over several
//! lines counts once) and `matches.files` (count). Artifact `matches.txt`: `path:line: text`, sorted, cut to `limit` lines.
//!
//! Forms: `rg --json` (the only one that is never ambiguous), `path NUL line:text` (`grep -Z`, `rg -0`) and plain
//! `path:line:text`, where a path that itself contains `:12:` is split too early. Exit code 1 means no match, 2 an error
//! *even when there are matches*: then the count is partial, because a part of the tree was not read.

mod json;
mod lines;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Demand, Output};

use crate::display;
use crate::ending::{self, series};
use crate::option::{self, Options};

/// A matching line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    /// Path without a leading `./`; empty where the tool printed none.
    path: String,
    /// Line, from 1; 0 where the tool printed none.
    line: u64,
    /// The line's text, invalid UTF-8 replaced, without its end.
    text: String,
}

/// What an output says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    matches: Vec<Match>,
    /// Files that match but whose lines the tool does not show because they look binary.
    binary: usize,
    /// Whether the tool's own end of the output is missing.
    cut: bool,
}

impl Match {
    fn new(path: &[u8], line: u64, text: &[u8]) -> Self {
        let path = display::line(path);
        let path = path
            .strip_prefix("./")
            .map_or_else(|| path.clone(), str::to_owned);
        Self {
            path,
            line,
            text: display::line(text),
        }
    }
}

/// The collector.
pub(crate) struct Grep;

impl Collector for Grep {
    fn name(&self) -> &str {
        "grep"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![
            (
                "label",
                "what was searched for; the label `pattern` of the metrics",
            ),
            (
                "limit",
                "how many lines the artifact shows at most (1000); the count is always complete",
            ),
        ]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![("limit", Demand::Count)]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["matches", "matches.files"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let limit = option::count(options, "limit", 1000)?;
        let label = option::text(options, "label").unwrap_or_default();
        let ended = ending::cut_off(&output);
        // The last line of an output that was cut off may be half a line.
        let stdout = match ended {
            Some(_) => {
                &output.stdout[..output
                    .stdout
                    .iter()
                    .rposition(|byte| *byte == b'\n')
                    .map_or(0, |at| at + 1)]
            }
            None => output.stdout,
        };
        let plain = display::without_ansi(stdout);
        let mut found = match json::applies(&plain) {
            true => json::read(&plain)?,
            false => lines::read(&plain)?,
        };
        found.matches.sort();
        let binary = found.binary + remarks_on_binaries(output.stderr);
        let mut notes = Vec::new();
        if binary > 0 {
            notes.push(format!("{binary} binary file(s) match and are not counted"));
        }
        let collected = Collected {
            metrics: measure(&found.matches, label),
            artifacts: vec![("matches.txt".to_owned(), list(&found.matches, limit))],
            notes,
            inconclusive: None,
        };
        let words =
            ending::last_words(output.stderr).unwrap_or_else(|| "it said nothing".to_owned());
        let why = match (ended, output.exit_code) {
            (Some(why), _) => Some(format!(
                "{why}: not everything was searched; give a path, so that it does not read its input"
            )),
            (None, Some(0)) if found.matches.is_empty() && binary == 0 => {
                return Err(option::error(
                    "exit code 0 says that lines match, but the output shows none: leave out -q, -c and -l",
                ));
            }
            (None, Some(0 | 1)) if found.cut => Some(
                "the output ends before the tool's summary: not everything was searched".to_owned(),
            ),
            (None, Some(0 | 1)) => None,
            (None, code) => Some(format!(
                "the search ended with exit code {}, so a part was not searched: {words}",
                code.unwrap_or(-1)
            )),
        };
        Ok(match why {
            Some(why) => ending::partial(collected, why),
            None => collected,
        })
    }
}

fn measure(matches: &[Match], label: &str) -> Vec<perfctl_core::metric::Metric> {
    let files: BTreeSet<&str> = matches.iter().map(|found| found.path.as_str()).collect();
    let labels = [("pattern", label)];
    vec![
        series("matches", Unit::Count, vec![matches.len() as f64], &labels),
        series(
            "matches.files",
            Unit::Count,
            vec![files.len() as f64],
            &labels,
        ),
    ]
}

/// `grep: ./a.bin: binary file matches` (GNU grep 3.5 and newer) goes to standard error.
fn remarks_on_binaries(stderr: &[u8]) -> usize {
    display::lines(stderr)
        .filter(|line| line.ends_with(b": binary file matches"))
        .count()
}

fn list(matches: &[Match], limit: usize) -> Vec<u8> {
    let mut page = String::new();
    for found in matches.iter().take(limit) {
        let text = display::cut(found.text.trim_start(), 240);
        page.push_str(&format!("{}:{}: {text}\n", found.path, found.line));
    }
    if matches.len() > limit {
        page.push_str(&format!("... and {} more\n", matches.len() - limit));
    }
    page.into_bytes()
}
