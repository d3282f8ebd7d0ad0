//! What `perfctl fix` did, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_fix::{Along, Applied, Foresight, Outcome, Why};
use serde_json::{Value, json};

/// Most findings that are named with their reason; more are counted.
const MOST_NAMED: usize = 12;

/// What was to be done with the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Written into the files.
    Write,
    /// Only told.
    DryRun,
    /// Printed as a patch.
    Diff,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Mode::Write => "write",
            Mode::DryRun => "dry-run",
            Mode::Diff => "diff",
        }
    }
}

/// All there is to say in the end.
pub(crate) struct Fixed<'f> {
    pub(crate) mode: Mode,
    /// Findings before.
    pub(crate) first: &'f [Finding],
    pub(crate) outcome: &'f Outcome,
    /// Findings that are there now, or would be, and that were not before: what a change leaves at the place of something graver.
    pub(crate) came: &'f [Finding],
    /// Files that could not be written, each with the reason.
    pub(crate) failed: &'f [(Arc<str>, String)],
    /// The user ended it while files were written.
    pub(crate) is_cut: bool,
    pub(crate) root: &'f Path,
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The first of many paths, and how many more there are.
pub(crate) fn named(paths: Vec<&str>) -> String {
    let first = paths[..paths.len().min(MOST_NAMED)].join(", ");
    match paths.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        Some(more) => format!("{first} and {more} more"),
        None => first,
    }
}

/// Says how many of a list of findings are not named.
fn and_more(out: &mut String, all: usize) {
    if let Some(more) = all.checked_sub(MOST_NAMED).filter(|n| *n > 0) {
        let _ = writeln!(out, "  and {more} more; `--format json` names all");
    }
}

impl Fixed<'_> {
    /// The changes that were made, or would be.
    fn made(&self) -> impl Iterator<Item = (&Applied, &Finding)> {
        let made = self.outcome.applied.iter();
        made.map(|applied| (applied, &self.first[applied.finding]))
    }

    /// How many findings are there in the end.
    fn still_there(&self) -> usize {
        self.outcome.left.len() + self.came.len()
    }

    /// Changes in one line, with what is left.
    pub(crate) fn headline(&self) -> String {
        let made = self.outcome.applied.len() + self.outcome.went_along.len();
        let findings = count(made, "finding", "findings");
        let files = count(self.outcome.files.len(), "file", "files");
        let left = self.still_there();
        match (made, self.mode) {
            (0, _) if self.more().is_some() => format!("nothing safe to mend, {left} left"),
            (0, _) => format!("nothing to mend, {left} left"),
            (_, Mode::Write) => format!("{findings} mended in {files}, {left} left"),
            _ => format!(
                "would mend {findings} in {files}, {left} would be left; nothing is written"
            ),
        }
    }

    /// Why findings are left, in a line, with what would help; `None` where none is. For who sees a patch and not the list.
    pub(crate) fn why_left(&self) -> Option<String> {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, why) in &self.outcome.left {
            let word = match why {
                Why::NoFix | Why::ShownOnly | Why::Unsafe | Why::WithUnsafe | Why::Crowded => {
                    why.word()
                }
                _ => "refused",
            };
            *numbers.entry(word).or_default() += 1;
        }
        let said = [
            (
                "unsafe",
                "with a change that may alter behaviour (`--unsafe` makes it)",
            ),
            (
                "with-unsafe",
                "without a change of its own that goes with an unsafe one of another (`--unsafe` makes that)",
            ),
            (
                "shown-only",
                "with a change that somebody has to think about (`perfctl check -v` shows it)",
            ),
            (
                "overlap",
                "with a change that overlaps others (run it again)",
            ),
            (
                "refused",
                "with a change that was tried and not kept (`--dry-run` says why)",
            ),
            (
                "no-fix",
                "without a known change (`perfctl rule explain` says what to do)",
            ),
        ];
        let said = said.iter().filter_map(|(word, what)| {
            let number = numbers.get(word)?;
            Some(format!("{number} {what}"))
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| format!("left: {}", said.join("; ")))
    }

    /// What an interruption while files were written has left, in a sentence.
    pub(crate) fn interruption(&self) -> String {
        let written = self.outcome.files.iter().map(|file| &*file.path).collect();
        let unwritten: Vec<&str> = self.failed.iter().map(|(path, _)| &**path).collect();
        match unwritten.is_empty() {
            true => format!(
                "interrupted: all changes are written, to {}",
                named(written)
            ),
            false => format!(
                "interrupted: written is {}; not written is {}; run `perfctl fix` again",
                named(written),
                named(unwritten)
            ),
        }
    }

    /// For people: what was changed by file and rule, what was left and why.
    pub(crate) fn human(&self, is_quiet: bool) -> String {
        let mut out = String::new();
        self.changes(&mut out);
        if !is_quiet {
            self.arrivals(&mut out);
            self.rest(&mut out);
        }
        let _ = writeln!(out, "perfctl: {}", self.headline());
        if let Some(more) = self.more().filter(|_| !is_quiet) {
            let _ = writeln!(out, "{more}");
        }
        out
    }

    /// How many of those left `--unsafe` would mend, and how to see it first; `None` where it would mend none.
    fn more(&self) -> Option<String> {
        let left = self.outcome.left.iter();
        let (number, would) = match self.outcome.foresight {
            Foresight::Mends(number) => (number, "would mend"),
            Foresight::Untried | Foresight::Cut => {
                let hoped = left.filter(|(_, why)| why.is_for_unsafe()).count();
                (hoped, "may mend")
            }
        };
        let what = match self.still_there() {
            left if left == number => "what is left".to_owned(),
            left => format!("{number} of the {left} left"),
        };
        (number > 0).then(|| {
            format!(
                "Only safe changes are made unless asked. `perfctl fix --unsafe` {would} {what}; \
                 `perfctl fix --unsafe --diff` shows how and writes nothing."
            )
        })
    }

    fn changes(&self, out: &mut String) {
        // By file, rule and title: the lines on which it was so.
        type Lines<'a> = BTreeMap<(&'a str, &'a str, &'a str), Vec<u32>>;
        let mut by: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
        for (applied, finding) in self.made() {
            let what = (
                finding.rule.as_str(),
                applied.title.as_str(),
                applied.safety.word(),
            );
            let lines = by.entry(&finding.place.path).or_default();
            lines
                .entry(what)
                .or_default()
                .push(finding.place.start.line);
        }
        for (path, changes) in &by {
            let _ = writeln!(out, "{path}");
            for ((rule, title, safety), lines) in changes {
                let mut lines = lines.clone();
                lines.sort_unstable();
                lines.dedup();
                let word = if lines.len() == 1 { "line" } else { "lines" };
                let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
                let _ = writeln!(
                    out,
                    "  {rule}  {title} ({safety}; {word} {})",
                    lines.join(", ")
                );
            }
        }
        let along = &self.outcome.went_along;
        if !along.is_empty() {
            let (findings, verb) = match along.len() {
                1 => ("1 finding".to_owned(), "goes"),
                more => (format!("{more} findings"), "go"),
            };
            let _ = writeln!(out, "{findings} {verb} with the change of another");
        }
        let doubted = &self.outcome.doubted;
        if !doubted.is_empty() {
            let what = match doubted.len() {
                1 => "1 finding is only a suspicion".to_owned(),
                more => format!("{more} findings are only suspicions"),
            };
            let _ = writeln!(
                out,
                "{what} since the change of another, too unsure to count"
            );
        }
        if !out.is_empty() {
            out.push('\n');
        }
    }

    /// What the changes leave that was not found before.
    fn arrivals(&self, out: &mut String) {
        if self.came.is_empty() {
            return;
        }
        out.push_str("Found now where something was mended:\n");
        for finding in self.came.iter().take(MOST_NAMED) {
            let (place, severity) = (&finding.place, finding.severity.word());
            let _ = writeln!(
                out,
                "  {} {}:{} ({severity}): {}",
                finding.rule, place.path, place.start.line, finding.message
            );
        }
        and_more(out, self.came.len());
        out.push('\n');
    }

    /// What was left, by reason: the classes as sums, what was refused one by one.
    fn rest(&self, out: &mut String) {
        let mut sums: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        let mut refused = Vec::new();
        for (at, why) in &self.outcome.left {
            let finding = &self.first[*at];
            match why {
                Why::NoFix | Why::ShownOnly | Why::Unsafe | Why::WithUnsafe => {
                    let rules = sums.entry(why.word()).or_default();
                    *rules.entry(finding.rule.as_str()).or_default() += 1;
                }
                _ => refused.push((finding, why)),
            }
        }
        if sums.is_empty() && refused.is_empty() {
            return;
        }
        out.push_str("Left as they are:\n");
        for (word, advice) in [
            (
                "unsafe",
                "the change may alter behaviour; `perfctl fix --unsafe` makes it, with `--diff` it shows it",
            ),
            (
                "with-unsafe",
                "no change of their own, but they go with an unsafe one of another, or get one after it; `perfctl fix --unsafe` mends them",
            ),
            (
                "shown-only",
                "somebody has to think about the change; `perfctl check -v` shows it",
            ),
            (
                "no-fix",
                "no change is known; `perfctl rule explain` says what to do",
            ),
        ] {
            let Some(rules) = sums.get(word) else {
                continue;
            };
            let total: usize = rules.values().sum();
            let by: Vec<String> = rules
                .iter()
                .map(|(rule, n)| format!("{rule} {n}"))
                .collect();
            let _ = writeln!(out, "  {total:>3}  {word} ({}): {advice}", by.join(", "));
        }
        refused.sort_by(|(left, _), (right, _)| left.place.cmp(&right.place));
        for (finding, why) in refused.iter().take(MOST_NAMED) {
            let place = &finding.place;
            let _ = writeln!(
                out,
                "  {} {}:{}: {}",
                finding.rule,
                place.path,
                place.start.line,
                why.sentence()
            );
        }
        and_more(out, refused.len());
        out.push('\n');
    }

    /// For programs, schema `perfctl.fix/1`.
    pub(crate) fn json(&self) -> String {
        let place = |finding: &Finding| {
            json!({
                "rule": finding.rule.as_str(),
                "path": &*finding.place.path,
                "line": finding.place.start.line,
                "message": finding.message,
            })
        };
        let with = |finding: &Finding, more: Value| -> Value {
            let (mut all, more) = (place(finding), more);
            if let (Value::Object(all), Value::Object(more)) = (&mut all, more) {
                all.extend(more);
            }
            all
        };
        let fixed: Vec<Value> = self
            .made()
            .map(|(applied, finding)| {
                with(
                    finding,
                    json!({
                        "title": applied.title,
                        "safety": applied.safety.word(),
                        "files": applied.paths.iter().map(|path| &**path).collect::<Vec<_>>(),
                    }),
                )
            })
            .collect();
        let left: Vec<Value> = self
            .outcome
            .left
            .iter()
            .map(|(at, why)| {
                with(
                    &self.first[*at],
                    json!({ "why": why.word(), "reason": why.sentence() }),
                )
            })
            .collect();
        let along = |all: &[Along]| -> Vec<Value> {
            let all = all.iter();
            all.map(|along| place(&self.first[along.finding])).collect()
        };
        let document = json!({
            "schema": "perfctl.fix/1",
            "mode": self.mode.word(),
            "root": self.root.display().to_string(),
            "rounds": self.outcome.rounds,
            "files": self.outcome.files.iter().map(|file| &*file.path).collect::<Vec<_>>(),
            "fixed": fixed,
            "went_along": along(&self.outcome.went_along),
            "doubted": along(&self.outcome.doubted),
            "left": left,
            "came": self.came.iter().map(|finding| with(finding, json!({ "severity": finding.severity.word() }))).collect::<Vec<_>>(),
            "failed": self.failed.iter().map(|(path, why)| json!({ "path": &**path, "reason": why })).collect::<Vec<_>>(),
            "interrupted": self.is_cut,
            "findings": self.still_there(),
        });
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }
}
