//! A finding's fix on trial: written into a copy of the case, the file has to stay whole and the finding has to go.

use std::collections::BTreeSet;
use std::path::Path;

use perfctl_core::finding::Finding;
use perfctl_core::fix::{Edit, Fix, spliced};

use super::case::Case;
use super::expect::{Fixed, Offer};
use super::folder;
use super::judge::{Verdicts, is_at};
use super::outcome::{LineResult, Outcome};
use super::trial::Trial;

impl Trial<'_> {
    /// Tries the fixes of all findings of the rule under test in the repository at `root`, each for itself.
    pub(super) fn remedies(
        &self,
        root: &Path,
        case: &Case,
        verdicts: &Verdicts,
    ) -> Vec<LineResult> {
        let mine = |finding: &&Finding| finding.rule == *self.under_test;
        let tried = verdicts.findings.iter().filter(mine).filter_map(|finding| {
            let fix = finding.fix.as_ref()?;
            let (path, line) = (&finding.place.path, finding.place.start.line);
            let mut wanted = case
                .fixed
                .iter()
                .filter(|fixed| is_at(finding, &fixed.path, fixed.line));
            let said = wanted
                .try_for_each(|fixed| is_as_expected(case, fix, fixed))
                .and_then(|()| self.remedy(root, verdicts, fix));
            let (outcome, message) = match said {
                Ok(()) => (Outcome::Fixed, format!("gone with the fix: {}", fix.title)),
                Err(why) => {
                    let message = format!("the fix ({}) {why}:\n{}", fix.title, fix.diff);
                    (Outcome::Unfixed, message)
                }
            };
            Some(case.line(outcome, path, line, message))
        });
        let without = case.fixed.iter().filter_map(|fixed| {
            let here = || {
                let mine = verdicts.findings.iter().filter(mine);
                mine.filter(|finding| is_at(finding, &fixed.path, fixed.line))
            };
            let is_offered = here().any(|finding| finding.fix.is_some());
            let (outcome, message) = match (&fixed.offer, here().next()) {
                (Offer::Nothing, None) => (
                    Outcome::Missing,
                    "nothing is found here that could be without a fix",
                ),
                (Offer::Nothing, Some(finding)) if !is_offered => {
                    (Outcome::Withheld, finding.message.as_str())
                }
                (Offer::Fix { .. }, None) => (
                    Outcome::Missing,
                    "a fix is expected here, and nothing is found",
                ),
                (Offer::Fix { .. }, Some(_)) if !is_offered => (
                    Outcome::Unfixed,
                    "a fix is expected here, and none is offered",
                ),
                _ => return None,
            };
            Some(case.line(outcome, &fixed.path, fixed.line, message.to_owned()))
        });
        tried.chain(without).collect()
    }

    /// Applies `fix` to a copy of the repository at `root`, of which `before` is known.
    ///
    /// # Errors
    /// When the copy holds as many findings as before, more of another rule, or a file that cannot be read any more.
    pub(super) fn remedy(&self, root: &Path, before: &Verdicts, fix: &Fix) -> Result<(), String> {
        let copy = written(self.copies, root, fix)
            .map_err(|error| format!("cannot be written: {error}"))?;
        let after = self.verdicts(copy.path());
        let edited: BTreeSet<&str> = fix.edits.iter().map(|edit| &*edit.path).collect();
        let was_broken = |path: &str| {
            before
                .problems
                .iter()
                .any(|problem| problem.subject == path)
        };
        if let Some(problem) = after
            .problems
            .iter()
            .find(|problem| edited.contains(&*problem.subject) && !was_broken(&problem.subject))
        {
            let (path, why) = (&problem.subject, &problem.message);
            return Err(format!("breaks {path} ({why})"));
        }
        if let Some(error) = after.errors.first() {
            return Err(format!("breaks the rule ({error})"));
        }
        let count = |verdicts: &Verdicts, rule| {
            let all = verdicts.findings.iter().chain(&verdicts.allowed);
            all.filter(|finding: &&Finding| finding.rule == rule)
                .count()
        };
        if count(&after, self.under_test.clone()) >= count(before, self.under_test.clone()) {
            return Err("does not make the finding go".to_owned());
        }
        let more = after.findings.iter().find(|finding| {
            count(&after, finding.rule.clone()) > count(before, finding.rule.clone())
        });
        match more {
            Some(finding) => {
                let (rule, message) = (&finding.rule, &finding.message);
                Err(format!("makes a finding of {rule} ({message})"))
            }
            None => Ok(()),
        }
    }
}

/// Whether the fix is there at all, of its class, and comes to what it must come to.
fn is_as_expected(case: &Case, fix: &Fix, fixed: &Fixed) -> Result<(), String> {
    match &fixed.offer {
        Offer::Nothing => Err("is offered, and none is expected".to_owned()),
        Offer::Fix {
            safety: Some(safety),
            ..
        } if *safety != fix.safety => Err(format!(
            "is `{}`, and `{}` is expected",
            fix.safety.word(),
            safety.word()
        )),
        Offer::Fix { gives, .. } => comes_to(case, fix, &fixed.path, gives),
    }
}

/// Whether the file then holds what it must hold, line ends aside.
fn comes_to(case: &Case, fix: &Fix, path: &str, gives: &[String]) -> Result<(), String> {
    let file = case.files.get(path).ok_or("is of no file")?;
    let edits: Vec<Edit> = fix
        .edits
        .iter()
        .filter(|edit| *edit.path == *path)
        .cloned()
        .collect();
    let changed = spliced(&file.bytes, &edits).ok_or("lies outside of its file")?;
    let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let (before, after) = (plain(&file.bytes), plain(&changed));
    let absent = |text: &&String| before.contains(text.as_str()) || !after.contains(text.as_str());
    match gives.iter().find(absent) {
        Some(text) => Err(format!("does not come to\n{text}\nbut to")),
        None => Ok(()),
    }
}

/// A copy of the repository at `root` with the fix in it.
fn written(copies: &Path, root: &Path, fix: &Fix) -> std::io::Result<tempfile::TempDir> {
    let copy = tempfile::tempdir_in(copies)?;
    folder::copy(root, copy.path())?;
    for edits in fix.edits.chunk_by(|left, right| left.path == right.path) {
        let Some(first) = edits.first() else { continue };
        let path = copy.path().join(&*first.path);
        let changed = spliced(&std::fs::read(&path)?, edits)
            .ok_or_else(|| std::io::Error::other("an edit lies outside of its file"))?;
        std::fs::write(path, changed)?;
    }
    Ok(copy)
}
