//! Whether fixes did what they promised: their findings are gone, and nothing else is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::{Edit, moved};
use perfctl_core::ids::RuleId;

use crate::Why;

/// Edits by file, sorted within each.
pub type Edits<'e> = BTreeMap<Arc<str>, Vec<&'e Edit>>;

/// Where the place of a finding begins once `edits` are made.
pub fn start_then(finding: &Finding, edits: &Edits<'_>) -> u32 {
    let own = edits.get(&finding.place.path);
    moved(finding.place.span.start, own.into_iter().flatten().copied())
}

/// What is wrong with a scan after fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Who may be to blame: findings by position, whose fixes are meant. Nobody where it could be any.
    pub suspects: Vec<usize>,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with the scan `after` some fixes. `fixed` are the positions of the findings that were fixed.
///
/// Findings are counted by rule and file and not told apart by what they say, which a fix of something else on their line may change.
pub fn complaints(
    before: &[Finding],
    after: &[Finding],
    fixed: &[usize],
    edits: &Edits<'_>,
) -> Vec<Complaint> {
    type Key<'f> = (&'f RuleId, &'f Arc<str>);
    fn key(finding: &Finding) -> Key<'_> {
        (&finding.rule, &finding.place.path)
    }
    let mut there: BTreeMap<Key<'_>, Vec<&Finding>> = BTreeMap::new();
    for finding in after {
        there.entry(key(finding)).or_default().push(finding);
    }
    let mut kept: BTreeMap<Key<'_>, Vec<u32>> = BTreeMap::new();
    let mut gone: BTreeMap<Key<'_>, Vec<(usize, u32)>> = BTreeMap::new();
    for (at, finding) in before.iter().enumerate() {
        let start = start_then(finding, edits);
        match fixed.contains(&at) {
            true => gone.entry(key(finding)).or_default().push((at, start)),
            false => kept.entry(key(finding)).or_default().push(start),
        }
    }
    let mut all = Vec::new();
    for (key, found) in there {
        let mut expected = kept.remove(&key).unwrap_or_default();
        let Some(excess) = found.len().checked_sub(expected.len()).filter(|n| *n > 0) else {
            continue;
        };
        let mut promised = gone.remove(&key).unwrap_or_default();
        let unexpected = found.into_iter().filter(|finding| {
            let start = finding.place.span.start;
            let known = expected.iter().position(|one| *one == start);
            known.map(|at| expected.swap_remove(at)).is_none()
        });
        for finding in unexpected.take(excess) {
            let start = finding.place.span.start;
            if is_left_of(finding, before, fixed, edits) {
                continue;
            }
            let nearest = (0..promised.len()).min_by_key(|at| promised[*at].1.abs_diff(start));
            let changing = || changing(before, fixed, &finding.place.path);
            all.push(match nearest.map(|at| promised.swap_remove(at)) {
                // At the same place it is the same; elsewhere it may have moved, or be the work of another fix of the file.
                Some((own, then)) if then == start => Complaint {
                    suspects: vec![own],
                    why: Why::NotGone,
                },
                Some(_) => Complaint {
                    suspects: changing(),
                    why: Why::NotGone,
                },
                None => Complaint {
                    suspects: changing(),
                    why: Why::Brings(finding.rule.clone(), finding.message.clone()),
                },
            });
        }
    }
    all
}

/// Whether a finding is what is left of a graver one of another rule that was fixed at its place: a call that waits for ever got a limit,
/// and the limit is a long one. The code is better than it was.
fn is_left_of(
    finding: &Finding,
    before: &[Finding],
    fixed: &[usize],
    edits: &Edits<'_>,
) -> bool {
    let place = &finding.place;
    fixed.iter().map(|at| &before[*at]).any(|own| {
        own.rule != finding.rule
            && own.severity > finding.severity
            && own.place.path == place.path
            && place.span.range().contains(&(start_then(own, edits) as usize))
    })
}

/// The fixed findings whose fixes change the file `path`.
fn changing(before: &[Finding], fixed: &[usize], path: &Arc<str>) -> Vec<usize> {
    let changes = |at: &usize| {
        let fix = before[*at].fix.as_ref();
        fix.is_some_and(|fix| fix.edits.iter().any(|edit| edit.path == *path))
    };
    fixed.iter().copied().filter(changes).collect()
}
