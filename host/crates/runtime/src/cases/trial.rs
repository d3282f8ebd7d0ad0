//! One case on trial: scanned as a repository, as it is and with each of its mutations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::seams::Stop;
use perfctl_core::suppress::Allow;
use perfctl_scan::scanner::{Ruleset, Survey, survey};
use perfctl_scan::walk::Scope;

use super::case::Case;
use super::clue::Scanned;
use super::expect::Expected;
use super::folder;
use super::judge::{self, Verdicts};
use super::marker::Mark;
use super::mutation::{self, Edit, Mutation};
use super::outcome::{CaseResult, LineResult, Outcome, name_of};
use super::saying;
use crate::pack::LoadedRule;
use crate::runner;

/// What every case of a rule is judged with.
pub(super) struct Trial<'t> {
    /// The rule that the cases belong to.
    pub(super) under_test: &'t RuleId,
    /// The rules that run, the one under test among them.
    pub(super) rules: &'t [&'t LoadedRule],
    /// Their matchers, in the same order, with the facts.
    pub(super) ruleset: &'t Ruleset,
    /// Whether a rule of that id exists.
    pub(super) known: &'t (dyn Fn(&RuleId) -> bool + Sync),
    /// Where copies of the case are made.
    pub(super) copies: &'t Path,
    /// Ends it early.
    pub(super) stop: &'t dyn Stop,
}

impl Trial<'_> {
    /// Runs the case in the folder `dir`.
    pub(super) fn run(&self, dir: &Path) -> CaseResult {
        let begun = Instant::now();
        let case = match Case::read(dir, self.known) {
            Ok(case) => case,
            Err(why) => return CaseResult::failed(dir, why),
        };
        let verdicts = self.verdicts(dir);
        let mut lines = case.faults.clone();
        let mut said = BTreeSet::new();
        self.hear(&verdicts, &mut said);
        lines.extend(
            verdicts
                .errors
                .iter()
                .map(|error| case.line(Outcome::Broken, "", 0, error.clone())),
        );
        lines.extend(judge::ending(&case, &verdicts, self.under_test));
        if verdicts.errors.is_empty() {
            let runs = |id: &RuleId| self.rules.iter().any(|rule| rule.rule.id == *id);
            let clues = |id: &RuleId, path: &str, line: u32| self.clues(&verdicts, id, path, line);
            lines.extend(judge::compare(&case, &verdicts, runs, clues));
            lines.extend(judge::needless(&case, &verdicts, self.under_test));
            lines.extend(saying::compare(&case, &verdicts, self.under_test));
            lines.extend(self.remedies(dir, &case, &verdicts));
            for (path, marks) in &case.marks {
                for marked in &marks.marked {
                    if let Mark::Fine(_, mutations) = &marked.mark {
                        let was_broken = verdicts
                            .problems
                            .iter()
                            .any(|problem| problem.subject == *path);
                        let tried = mutations.iter();
                        lines.extend(tried.map(|mutation| {
                            let at = (path.as_str(), marked.line);
                            self.mutate(dir, &case, at, was_broken, mutation, &mut said)
                        }));
                    }
                }
            }
        }
        lines.sort_by(|left, right| {
            (&left.path, left.line, left.outcome).cmp(&(&right.path, right.line, right.outcome))
        });
        CaseResult {
            name: name_of(dir),
            dir: dir.to_owned(),
            lines,
            problems: verdicts.problems,
            printed: verdicts.printed,
            said,
            took: begun.elapsed(),
        }
    }

    /// Runs the rules on the repository at `root`.
    pub(super) fn verdicts(&self, root: &Path) -> Verdicts {
        let survey = scan(root, self.ruleset, self.stop);
        let output = runner::run(&survey, self.rules, |_| true, self.stop);
        let mut verdicts = Verdicts {
            findings: Vec::new(),
            allowed: Vec::new(),
            unused: Vec::new(),
            ended: None,
            errors: Vec::new(),
            problems: survey.problems.clone(),
            printed: output.printed.into_iter().map(|(_, line)| line).collect(),
            survey,
        };
        verdicts.problems.extend(output.problems);
        for (id, outcome) in output.outcomes {
            match outcome {
                runner::Outcome::Error(error) => verdicts.errors.push(error),
                _ if id != *self.under_test => {}
                runner::Outcome::NotApplicable(why) => {
                    verdicts.ended = Some((Expected::NotApplicable, why));
                }
                runner::Outcome::NeedsEvidence(why) => {
                    verdicts.ended = Some((Expected::NeedsEvidence, why));
                }
                runner::Outcome::Examined => {}
            }
        }
        let holds = |allow: &Allow| allow.malformed.is_none() && !allow.reason.is_empty();
        let names = |allow: &Allow, id: &RuleId| {
            let aliases = self
                .rules
                .iter()
                .filter(|rule| rule.rule.id == *id)
                .flat_map(|rule| &rule.rule.aliases);
            allow
                .rules
                .iter()
                .any(|named| named == id || aliases.clone().any(|alias| alias == named))
        };
        let allows: Vec<&Allow> = output.allows.iter().filter(|allow| holds(allow)).collect();
        let mut used = vec![false; allows.len()];
        for finding in output.findings {
            let by = allows.iter().position(|allow| {
                allow.place.path == finding.place.path
                    && names(allow, &finding.rule)
                    && allow.covers(&finding.place)
            });
            match by {
                Some(at) => {
                    used[at] = true;
                    verdicts.allowed.push(finding);
                }
                None => verdicts.findings.push(finding),
            }
        }
        let unused = allows
            .iter()
            .zip(used)
            .filter(|(allow, used)| !used && names(allow, self.under_test));
        verdicts.unused = unused.map(|(allow, _)| (*allow).clone()).collect();
        verdicts
    }

    /// Keeps what findings of the rule under test say, allowed ones among them.
    fn hear(&self, verdicts: &Verdicts, said: &mut BTreeSet<String>) {
        let all = verdicts.findings.iter().chain(&verdicts.allowed);
        let own = all.filter(|finding| finding.rule == *self.under_test);
        said.extend(own.map(|finding| finding.message.clone()));
    }

    /// Applies one mutation to a copy and sees whether the marked line is found then. `was_broken` says that the file could not
    /// be read in full before.
    fn mutate(
        &self,
        dir: &Path,
        case: &Case,
        (path, line): (&str, u32),
        was_broken: bool,
        mutation: &Mutation,
        said: &mut BTreeSet<String>,
    ) -> LineResult {
        let result = |outcome, message| case.line(outcome, path, line, message);
        let written = &mutation.written;
        let (root, line_then) = match self.mutated(dir, case, path, line, mutation) {
            Ok(mutated) => mutated,
            Err(why) => {
                return result(
                    Outcome::Broken,
                    format!("the mutation `{written}` cannot be made: {why}"),
                );
            }
        };
        let verdicts = self.verdicts(root.path());
        self.hear(&verdicts, said);
        let hit = |finding: &&Finding| {
            finding.rule == *self.under_test
                && &*finding.place.path == path
                && finding.place.start.line == line_then
        };
        if let Some(problem) = verdicts
            .problems
            .iter()
            .find(|problem| problem.subject == path && !was_broken)
        {
            return result(
                Outcome::Broken,
                format!("`{written}` breaks the file: {}", problem.message),
            );
        }
        if let Some(finding) = verdicts.findings.iter().find(hit) {
            let fix = finding.fix.as_ref();
            if let Some((fix, why)) =
                fix.and_then(|fix| Some((fix, self.remedy(root.path(), &verdicts, fix).err()?)))
            {
                let message = format!("with `{written}` the fix {why}:\n{}", fix.diff);
                return result(Outcome::Unfixed, message);
            }
            return result(
                Outcome::Fired,
                format!("with `{written}`: {}", finding.message),
            );
        }
        if let Some(error) = verdicts.errors.first() {
            return result(Outcome::Broken, format!("with `{written}`: {error}"));
        }
        let mut message = format!(
            "with `{written}` this line still is no finding of {}",
            self.under_test
        );
        let elsewhere = verdicts
            .findings
            .iter()
            .find(|finding| finding.rule == *self.under_test);
        if let Some((Expected::NotApplicable, why)) = verdicts.ended {
            message.push_str(&format!(" (the rule does not apply: {why})"));
        } else if let Some(finding) = elsewhere {
            let place = &finding.place;
            message.push_str(&format!(
                " (it finds {}:{} of the copy: {})",
                place.path, place.start.line, finding.message
            ));
        } else {
            message.push_str(&self.clues(&verdicts, self.under_test, path, line_then));
        }
        result(Outcome::Silent, message)
    }

    /// What may explain that a rule does not find a line; nothing where the rule said of the whole that it does not apply.
    fn clues(&self, verdicts: &Verdicts, id: &RuleId, path: &str, line: u32) -> String {
        let rule = self.rules.iter().position(|rule| rule.rule.id == *id);
        let is_over = *id == *self.under_test && verdicts.ended.is_some();
        let Some(rule) = rule.filter(|_| !is_over) else {
            return String::new();
        };
        let scanned = Scanned {
            survey: &verdicts.survey,
            ruleset: self.ruleset,
            rule,
            stop: self.stop,
        };
        scanned.clues(path, line)
    }

    /// A copy of the case with the mutation applied, and where the marked line is then.
    fn mutated(
        &self,
        dir: &Path,
        case: &Case,
        path: &str,
        line: u32,
        mutation: &Mutation,
    ) -> Result<(tempfile::TempDir, u32), String> {
        let mut by_file: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
        for edit in &mutation.edits {
            by_file
                .entry(edit.path.as_deref().unwrap_or(path))
                .or_default()
                .push(edit);
        }
        let mut line_then = line;
        let mut changed = Vec::new();
        for (other, edits) in by_file {
            let file = case
                .files
                .get(other)
                .ok_or_else(|| format!("the case has no file `{other}`"))?;
            let marks = case
                .marks
                .get(other)
                .map(|marks| marks.comments.as_slice())
                .unwrap_or_default();
            let line = if other == path { line } else { 0 };
            let mutated = mutation::apply(&file.bytes, line, marks, edits)
                .map_err(|why| format!("{other}: {why}"))?;
            if other == path {
                line_then = mutated.line;
            }
            changed.push((other, mutated.bytes));
        }
        let copy = || -> std::io::Result<tempfile::TempDir> {
            let root = tempfile::tempdir_in(self.copies)?;
            folder::copy(dir, root.path())?;
            for (path, bytes) in changed {
                std::fs::write(root.path().join(path), bytes)?;
            }
            Ok(root)
        };
        Ok((
            copy().map_err(|error| format!("no copy can be made: {error}"))?,
            line_then,
        ))
    }
}

/// Scans a case. They run side by side already, so each has one thread.
pub(super) fn scan(root: &Path, ruleset: &Ruleset, stop: &dyn Stop) -> Survey {
    let scope = Scope {
        exclude: expectations().into(),
        threads: 1,
        ..Scope::default()
    };
    survey(root, ruleset, &scope, stop)
}

/// What lies in a case and is no part of its repository.
fn expectations() -> GlobSet {
    let glob = GlobBuilder::new("**/expect.toml")
        .literal_separator(true)
        .build();
    glob.ok()
        .and_then(|glob| GlobSetBuilder::new().add(glob).build().ok())
        .unwrap_or_default()
}
