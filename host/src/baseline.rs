//! What `--baseline` and the arguments of `compare` name: a list of known findings, the record of a run, or the directory that
//! a run wrote into.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use perfctl_core::finding::Silenced;
use perfctl_core::moves::Moves;
use perfctl_core::run::RunRecord;
use perfctl_engine::compare::Sight;
use perfctl_engine::judge::silence;
use perfctl_wire::baseline::{self, Known};
use perfctl_workspace::checkout::{State, moves};

use crate::error::CommandError;
use crate::session::read;

/// Known findings, which do not count.
pub(crate) struct Baseline {
    /// As the user named it.
    shown: String,
    known: baseline::Baseline,
    /// The run that they come from; `None` for a list.
    record: Option<RunRecord>,
    /// Files that lie elsewhere since that run.
    moves: Moves,
}

/// Lines of a baseline that have become too many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Spare {
    /// Lines of which nothing is there.
    gone: usize,
    /// Lines that count more findings than there are.
    fewer: usize,
}

/// How somebody comes to check again what a run looked at.
pub(crate) enum Again<'r> {
    /// Where it lies, by these paths as the user named them; none for where they stand.
    Here(Vec<Cow<'r, str>>),
    /// In a clone of this URL.
    Clone(&'r str),
}

impl Again<'_> {
    /// The command that narrows the list in `file`.
    fn command(&self, file: &str) -> String {
        let (paths, wherever) = match self {
            Again::Here(paths) => (paths.as_slice(), String::new()),
            Again::Clone(url) => (&[][..], format!(" in a clone of {url}")),
        };
        let paths: String = paths.iter().map(|path| format!(" {path}")).collect();
        format!("`perfctl check{paths} --baseline {file} --write-baseline {file}`{wherever}")
    }
}

impl Baseline {
    /// Reads what `path` names.
    pub(crate) fn open(path: &Path) -> Result<Self, CommandError> {
        let shown = path.display().to_string();
        let file = file_of(path);
        let text = without_mark(read(&file)?);
        let name = file.display().to_string();
        if !text.trim_start().starts_with('{') {
            return Ok(Self {
                shown,
                known: baseline::Baseline::read(&name, &text)?,
                record: None,
                moves: Moves::default(),
            });
        }
        let record = perfctl_wire::record::read(&name, &text).map_err(CommandError::usage)?;
        Ok(Self {
            shown,
            known: baseline::Baseline::of(&record.findings),
            record: Some(record),
            moves: Moves::default(),
        })
    }

    /// What a run of this program has found, known under the name `shown`.
    pub(crate) fn of(shown: String, record: RunRecord) -> Self {
        Self {
            shown,
            known: baseline::Baseline::of(&record.findings),
            record: Some(record),
            moves: Moves::default(),
        }
    }

    /// The same, with what git knows of files that lie elsewhere at `root` than they did in that run. A list does not say which
    /// commit it speaks of.
    pub(crate) fn followed(mut self, root: &Path) -> Self {
        let commit = self
            .record
            .as_ref()
            .and_then(|run| run.source.commit.as_deref());
        if let Some(commit) = commit {
            self.moves = moves(root, commit, State::WorkTree);
        }
        self
    }

    /// Files that lie elsewhere since the run that it comes from.
    pub(crate) fn moves(&self) -> &Moves {
        &self.moves
    }

    /// How many findings it holds.
    pub(crate) fn total(&self) -> usize {
        self.known.total()
    }

    /// For the judge.
    pub(crate) fn known(&self) -> silence::Baseline {
        match &self.record {
            Some(run) => silence::Baseline::Run(run.findings.clone(), self.moves.clone()),
            None => silence::Baseline::new(self.known.counts()),
        }
    }

    /// The run that it comes from.
    pub(crate) fn record(&self) -> Option<&RunRecord> {
        self.record.as_ref()
    }

    /// Says that no file of it is below `root`: it was written from another directory, or all that it holds is gone, and no run can
    /// tell which.
    pub(crate) fn elsewhere(&self, root: &Path) -> Option<String> {
        let known = self.known.known();
        let there = |path| {
            self.moves
                .now(path)
                .is_some_and(|now| root.join(now).exists())
        };
        let any = known.iter().any(|known| there(&known.path));
        (!any && !known.is_empty()).then(|| {
            format!(
                "no file that {} names is here: it was written from another directory, or all that it holds is gone and it can be deleted",
                self.shown
            )
        })
    }

    /// What is left of it after a run of `root`: what was found again, and what the run did not look for. All of it is left where
    /// none of its files is there, for then it was written from another directory.
    pub(crate) fn narrowed(&self, run: &RunRecord, root: &Path) -> baseline::Baseline {
        if self.elsewhere(root).is_some() {
            return self.known.clone();
        }
        let sight = Sight::of(run);
        if self.record.is_none() {
            let still =
                |one: &Known| sight.still_there(&one.rule, &one.path, &one.fingerprint, one.count);
            return self.known.narrowed(still);
        }
        // What was found again may have another name where its file lies now.
        let again = run.findings.iter();
        let again = again.filter(|one| one.silenced == Some(Silenced::Baseline));
        let unseen = |one: &Known| {
            let path = self.moves.now(&one.path).unwrap_or(&one.path);
            let is_covered = sight.covers(&one.rule, path, None);
            if is_covered { 0 } else { one.count }
        };
        let unseen = self.known.narrowed(unseen);
        unseen.joined(&baseline::Baseline::of(&again.cloned().collect::<Vec<_>>()))
    }

    /// Says which lines a list no longer needs after a run, and how to take them out by a check that looks at the same; `None` where
    /// it needs all. Of a run's record the comparison says it.
    pub(crate) fn spare(&self, run: &RunRecord, root: &Path, again: &Again<'_>) -> Option<String> {
        if self.record.is_some() {
            return None;
        }
        if let Some(elsewhere) = self.elsewhere(root) {
            return Some(elsewhere);
        }
        let narrowed = self.narrowed(run, root);
        let left = narrowed.counts();
        let mut spare = Spare::default();
        for (fingerprint, count) in self.known.counts() {
            match left.get(&fingerprint) {
                None => spare.gone += 1,
                Some(now) if *now < count => spare.fewer += 1,
                Some(_) => {}
            }
        }
        let file = &self.shown;
        let lines = |number: usize, one: &str, many: &str| match number {
            1 => format!("1 line of {file} {one}"),
            number => format!("{number} lines of {file} {many}"),
        };
        let said: Vec<String> = [
            (
                spare.gone,
                lines(spare.gone, "is no longer needed", "are no longer needed"),
            ),
            (
                spare.fewer,
                lines(
                    spare.fewer,
                    "counts more findings than there are",
                    "count more findings than there are",
                ),
            ),
        ]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(_, text)| text)
        .collect();
        (!said.is_empty())
            .then(|| format!("{}: {} narrows it", said.join(", "), again.command(file)))
    }
}

/// The record of an earlier run: a file, or a directory that holds `run.json`.
pub(crate) fn run_of(path: &Path) -> Result<RunRecord, CommandError> {
    let file = file_of(path);
    let text = without_mark(read(&file)?);
    if text.starts_with(baseline::MARK) {
        return Err(CommandError::usage(format!(
            "{} is a baseline, a list of known findings, and not the record of a run",
            path.display()
        ))
        .hint(format!(
            "name a run: its directory or its run.json; `perfctl check --baseline {}` shows what is new since the list was written",
            path.display()
        )));
    }
    perfctl_wire::record::read(&file.display().to_string(), &text).map_err(CommandError::usage)
}

/// The text of a file without the byte order mark that some editors begin it with.
fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn file_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join("run.json")
    } else {
        path.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_that_narrows_looks_at_the_same_place() {
        let paths = |paths: &[&'static str]| {
            Again::Here(paths.iter().map(|path| Cow::from(*path)).collect())
        };
        let narrowing = |check: &str| format!("`{check} --baseline k.txt --write-baseline k.txt`");
        for (again, check, wherever) in [
            (paths(&[]), "perfctl check", ""),
            (
                paths(&["../shop", "tests"]),
                "perfctl check ../shop tests",
                "",
            ),
            (
                Again::Clone("https://git.example/shop"),
                "perfctl check",
                " in a clone of https://git.example/shop",
            ),
        ] {
            let expected = format!("{}{wherever}", narrowing(check));
            assert_eq!(again.command("k.txt"), expected);
        }
    }
}
