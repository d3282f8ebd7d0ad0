//! Which finding of one run is which of another: the same rule found the same code in the same symbol of the same file, wherever
//! that file lies by now, or what an edit has made of it. Pure.
//!
//! Of equal code in one symbol the code around it tells which is which, then its order: of two equal findings the one that is left is
//! paired, and not the one that happens to come first. What a run has hidden of the code, because it held a secret, leaves the
//! fingerprint to go by. What is then left alone on both sides may have been edited: see [`edited`].

mod edited;

pub(crate) use edited::left_of_graver;

use std::collections::BTreeMap;

use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::moves::Moves;

use crate::judge::fingerprint;

/// Most pairs of equal findings that are looked at one by one; a generated file with more is paired in its order.
const MOST: usize = 1 << 20;

/// For each of `after` the place in `before` of the finding that it is, each at most once; `moves` says where files were.
pub(crate) fn pair(before: &[Finding], after: &[Finding], moves: &Moves) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        of_after: vec![None; after.len()],
        is_taken: vec![false; before.len()],
    };
    let earlier = grouped(before, |finding| {
        (
            finding.rule.as_str(),
            Some(&*finding.place.path),
            finding.symbol.as_str(),
            fingerprint::code(finding),
        )
    });
    let later = grouped(after, |finding| {
        (
            finding.rule.as_str(),
            moves.before(&finding.place.path),
            finding.symbol.as_str(),
            fingerprint::code(finding),
        )
    });
    for (what, later) in &later {
        if let Some(earlier) = earlier.get(what) {
            pairs.settle(earlier, later, before, after);
        }
    }
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, finding) in before.iter().enumerate().rev() {
        if !pairs.is_taken[at] {
            by_name.entry(&finding.fingerprint).or_default().push(at);
        }
    }
    for (at, finding) in after.iter().enumerate() {
        if pairs.of_after[at].is_none() && !by_name.is_empty() {
            let path = moves.before(&finding.place.path);
            let name = path.and_then(|path| fingerprint::at(finding, path));
            let same = name.and_then(|name| by_name.get_mut(name.as_str())?.pop());
            pairs.of_after[at] = same;
            same.into_iter().for_each(|at| pairs.is_taken[at] = true);
        }
    }
    let alone = |taken: &[bool]| {
        let places = taken.iter().enumerate();
        places
            .filter_map(|(at, taken)| (!taken).then_some(at))
            .collect::<Vec<_>>()
    };
    let is_paired: Vec<bool> = pairs.of_after.iter().map(Option::is_some).collect();
    let (earlier, later) = (alone(&pairs.is_taken), alone(&is_paired));
    for (was, is) in edited::pairs(before, &earlier, after, &later, moves) {
        pairs.of_after[is] = Some(was);
    }
    pairs.of_after
}

/// Findings by what they are, each group in the order of the file.
fn grouped<'f, K: Ord>(
    findings: &'f [Finding],
    what: impl Fn(&'f Finding) -> K,
) -> BTreeMap<K, Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        groups.entry(what(finding)).or_default().push(at);
    }
    for group in groups.values_mut() {
        group.sort_by_key(|at| (findings[*at].place.start, findings[*at].place.end, *at));
    }
    groups
}

/// Whether a finding may be the other one.
type Fit<'f> = &'f dyn Fn(&Finding, &Finding) -> bool;

struct Pairs {
    of_after: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairs {
    /// Pairs equal findings: those with the same code around them first, and of these those that somebody allows or nobody does.
    fn settle(
        &mut self,
        earlier: &[usize],
        later: &[usize],
        before: &[Finding],
        after: &[Finding],
    ) {
        let around = |one: &Finding, other: &Finding| one.excerpt.text == other.excerpt.text;
        let allowed = |one: &Finding, other: &Finding| is_allowed(one) == is_allowed(other);
        let both = |one: &Finding, other: &Finding| around(one, other) && allowed(one, other);
        let any = |_: &Finding, _: &Finding| true;
        let fits: [Fit<'_>; 4] = [&both, &around, &allowed, &any];
        let few = earlier.len().saturating_mul(later.len()) <= MOST;
        for fit in &fits[if few { 0 } else { 3 }..] {
            let mut next = 0;
            for at in later {
                if self.of_after[*at].is_some() {
                    continue;
                }
                while next < earlier.len() && self.is_taken[earlier[next]] {
                    next += 1;
                }
                let found = earlier[next..].iter().find(|earlier| {
                    !self.is_taken[**earlier] && fit(&before[**earlier], &after[*at])
                });
                if let Some(found) = found {
                    self.of_after[*at] = Some(*found);
                    self.is_taken[*found] = true;
                }
            }
        }
    }
}

/// Whether somebody allows the finding.
fn is_allowed(finding: &Finding) -> bool {
    matches!(
        finding.silenced,
        Some(Silenced::Comment(_) | Silenced::Waiver(_))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;
    use perfctl_core::place::ByteSpan;

    /// Findings of `get(url)` wherever it stands in `source`, named.
    fn all(source: &str, path: &str) -> Vec<Finding> {
        let places = source.match_indices("get(url)");
        let spans = places.map(|(at, found)| ByteSpan::new(at as u32, (at + found.len()) as u32));
        let mut found: Vec<Finding> = spans
            .map(|span| fakes::finding_at(source, span, "NET-1", path))
            .collect();
        fingerprint::assign(&mut found);
        found
    }

    #[test]
    fn of_two_equal_findings_the_one_that_is_left_is_paired() {
        let two = all("a = 1\nget(url)\nb = 2\nget(url)\nc = 3\n", "a.py");
        let second = all("a = 1\nb = 2\nget(url)\nc = 3\n", "a.py");
        let first = all("a = 1\nget(url)\nb = 2\nc = 3\n", "a.py");
        let none = Moves::default();
        assert_eq!(pair(&two, &second, &none), [Some(1)]);
        assert_eq!(pair(&two, &first, &none), [Some(0)]);
        assert_eq!(pair(&second, &two, &none), [None, Some(0)]);
        assert_eq!(pair(&first, &two, &none), [Some(0), None]);
    }

    #[test]
    fn a_finding_is_the_same_in_a_file_that_moved_and_none_in_another() {
        let before = all("get(url)\n", "a.py");
        let after = all("import os\n\nget(url)\n", "app/b.py");
        let moves = Moves::new([("a.py".to_owned(), "app/b.py".to_owned())]);
        assert_eq!(pair(&before, &after, &moves), [Some(0)]);
        assert_eq!(pair(&before, &after, &Moves::default()), [None]);
    }

    #[test]
    fn what_hides_a_secret_goes_by_its_fingerprint() {
        let source = "get(url)\nx = 1\nget(url)\n";
        let after = all(source, "app/b.py");
        let mut before = all(source, "a.py");
        for finding in &mut before {
            finding.excerpt.text = "****".to_owned();
        }
        let moves = Moves::new([("a.py".to_owned(), "app/b.py".to_owned())]);
        assert_eq!(pair(&before, &after, &moves), [Some(0), Some(1)]);
    }
}
