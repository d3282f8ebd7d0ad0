//! Findings of files that moved since they were last seen: the history goes on under their new names.

use std::collections::BTreeMap;

use perfctl_core::finding::Finding;
use perfctl_core::history::{Known, Sighting};
use perfctl_core::seams::Lineage;

use crate::judge::fingerprint;

/// Most earlier commits that are asked for moves: those in which most findings were seen that are not there now.
const MOST: usize = 4;

/// Gives findings that are known by the place where their file lay the fingerprint that they have now.
pub(super) fn follow(
    known: &mut [Known],
    found: &BTreeMap<&str, &Finding>,
    now: &Sighting,
    lineage: &dyn Lineage,
) {
    let mut absent: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut is_new = found.clone();
    for (at, one) in known.iter().enumerate() {
        let is_there = is_new.remove(one.fingerprint.as_str()).is_some();
        if let (false, None, Some(commit)) = (is_there, &one.fixed, &one.last.commit) {
            let lost = absent.entry(commit.clone()).or_default();
            lost.insert(one.fingerprint.clone(), at);
        }
    }
    if is_new.is_empty() {
        return;
    }
    let mut absent: Vec<_> = absent.into_iter().collect();
    absent.sort_by_key(|(_, lost)| std::cmp::Reverse(lost.len()));
    for (commit, lost) in absent.into_iter().take(MOST) {
        let moves = lineage.moves_since(&commit);
        if moves.is_empty() {
            continue;
        }
        is_new.retain(|name, finding| {
            let path = &finding.place.path;
            let before = moves.before(path).filter(|before| *before != &**path);
            let former = before.and_then(|before| fingerprint::at(finding, before));
            let Some(at) = former.and_then(|former| lost.get(&former)) else {
                return true;
            };
            known[*at].fingerprint = (*name).to_owned();
            known[*at].path = path.to_string();
            // Also where a later commit had it elsewhere: the way back begins at the commit whose name it has.
            known[*at].last = now.clone();
            false
        });
    }
}
