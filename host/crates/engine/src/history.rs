//! What a run adds to the history of a repository's findings. Pure but for the one call that keeps it.
//!
//! A finding enters when it counts, or would if nobody had allowed it. It is *fixed* by the first run that would have found it
//! and did not (as [`Sight`] says for comparisons: its rule ran, looked at that path, and was not cut short), and has *come back* when a later
//! run finds it again. A mend that was audited before it was committed gets its commit from the next run without uncommitted changes
//! that does not find it either. Suspicions are not followed: they come and go with the confidence that a rule has.
//!
//! Earlier and later are those of git's history, not of the clock (`standing`): an audit of an old tag says nothing of what came
//! after it, and one branch says nothing of what only another one has or mended. Files that moved take their findings with them.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::finding::Finding;
use perfctl_core::history::{History, Known, Sighting};
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Chronicle, Kinship, Lineage};

mod moves;
mod standing;

use self::standing::{Standing, Told};
use crate::compare::Sight;

/// Findings that are gone which a record names; all of them are in the history.
const NAMED: usize = 200;

/// Enters a run into its repository's history, and says in the record what that knows. That none could be kept is a note.
pub(crate) fn keep(record: &mut RunRecord, chronicle: &dyn Chronicle, lineage: &dyn Lineage) {
    let lineage = Told::by(lineage);
    match chronicle.enter(record, &|known| advance(known, record, &lineage)) {
        Ok(all) => record.history = Some(shown(all, record)),
        Err(why) => record
            .notes
            .push(format!("when findings came and went is not known: {why}")),
    }
}

/// The history after `record`, of the one before it.
pub fn advance(mut known: Vec<Known>, record: &RunRecord, lineage: &dyn Lineage) -> Vec<Known> {
    let now = Sighting {
        run: record.id.clone(),
        at_ms: record.started_ms,
        commit: (record.source.commit.clone()).filter(|_| !record.source.dirty),
        committed_ms: record.source.committed_ms,
    };
    let standing = Standing::new(&now, lineage);
    let sight = Sight::of(record);
    let found: BTreeMap<&str, &Finding> = record
        .findings
        .iter()
        .map(|finding| (finding.fingerprint.as_str(), finding))
        .collect();
    moves::follow(&mut known, &found, &now, lineage);
    for one in &mut known {
        let last = standing.of(&one.last);
        match found.get(one.fingerprint.as_str()) {
            Some(finding) => {
                // Whoever was audited first came after this one, which has it already.
                if standing.of(&one.first) == Kinship::Later {
                    one.first = now.clone();
                }
                let mend = one.fixed.as_ref().map(|fixed| standing.of(fixed));
                if mend == Some(Kinship::Earlier) {
                    one.fixed = None;
                    one.came_back = Some(now.clone());
                }
                if last != Kinship::Later && mend != Some(Kinship::Later) {
                    one.path = finding.place.path.to_string();
                    one.line = finding.place.start.line;
                    one.message = finding.message.clone();
                    one.class = sight.class_of(&one.path);
                    one.last = now.clone();
                }
            }
            None if sight.covers(&one.rule, &one.path, Some(one.class)) => {
                // Whoever came before the finding, or has nothing of what brought it, has not mended it.
                let had_it = last == Kinship::Earlier
                    || (last == Kinship::Apart && standing.of(&one.first) == Kinship::Earlier);
                if !had_it {
                    continue;
                }
                match &mut one.fixed {
                    None => one.fixed = Some(now.clone()),
                    // Another branch mended it, and this one did on its own.
                    Some(fixed) if standing.of(fixed) == Kinship::Apart => *fixed = now.clone(),
                    Some(fixed) if fixed.commit.is_none() => {
                        fixed.commit.clone_from(&now.commit);
                    }
                    Some(_) => {}
                }
            }
            None => {}
        }
    }
    let old: BTreeSet<String> = known.iter().map(|one| one.fingerprint.clone()).collect();
    let new = found
        .into_values()
        .filter(|finding| finding.confidence >= record.least && !old.contains(&finding.fingerprint))
        .map(|finding| Known {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            path: finding.place.path.to_string(),
            line: finding.place.start.line,
            message: finding.message.clone(),
            class: sight.class_of(&finding.place.path),
            first: now.clone(),
            last: now.clone(),
            fixed: None,
            came_back: None,
        });
    known.extend(new);
    known.sort_by(|one, other| one.fingerprint.cmp(&other.fingerprint));
    known
}

/// What a record says of it: its own findings, and the latest that are gone. What was mended elsewhere, in a later commit or on another
/// branch, is there all the same.
fn shown(all: Vec<Known>, record: &RunRecord) -> History {
    let here: BTreeSet<&str> = record
        .findings
        .iter()
        .map(|finding| finding.fingerprint.as_str())
        .collect();
    let (open, others): (Vec<Known>, Vec<Known>) =
        (all.into_iter()).partition(|one| here.contains(one.fingerprint.as_str()));
    let gone = others.into_iter().filter(|one| one.fixed.is_some());
    let mut fixed: Vec<Known> = gone.collect();
    fixed.sort_by(|one, other| {
        let when = |one: &Known| one.fixed.as_ref().map(|fixed| fixed.at_ms);
        let place = |one: &Known| (one.rule.clone(), one.path.clone(), one.line);
        when(other)
            .cmp(&when(one))
            .then_with(|| place(one).cmp(&place(other)))
    });
    let fixed_in_all = fixed.len();
    fixed.truncate(NAMED);
    History {
        open,
        fixed,
        fixed_in_all,
    }
}

#[cfg(test)]
mod tests;
