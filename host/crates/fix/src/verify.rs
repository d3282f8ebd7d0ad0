//! Whether fixes did what they promised: their findings are gone, and nothing else is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::{Edit, moved};
use perfctl_core::ids::RuleId;
use perfctl_core::scale::Confidence;

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
            let nearest = (0..promised.len()).min_by_key(|at| promised[*at].1.abs_diff(start));
            // One that was promised to go excuses itself with no other.
            if nearest.is_none() && is_left_of(finding, before, fixed, edits) {
                continue;
            }
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

/// Whether a finding is what is left where one of another rule was fixed: a graver one at its place (a call that waits for ever got a
/// limit, and the limit is a long one), or any of its file where it is a suspicion. The code is better than it was.
fn is_left_of(finding: &Finding, before: &[Finding], fixed: &[usize], edits: &Edits<'_>) -> bool {
    let place = &finding.place;
    let others = fixed.iter().map(|at| &before[*at]);
    let mut others = others.filter(|own| own.rule != finding.rule && own.place.path == place.path);
    others.any(|own| {
        finding.confidence == Confidence::Low
            || own.severity > finding.severity
                && place
                    .span
                    .range()
                    .contains(&(start_then(own, edits) as usize))
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

#[cfg(test)]
mod tests {
    use perfctl_core::fix::{Fix, Safety};
    use perfctl_core::place::{ByteSpan, Excerpt, LineIndex};
    use perfctl_core::scale::{Reach, Severity};

    use super::*;

    const TEXT: &str = "get(a)\nget(b)\n";

    fn finding(rule: &str, start: u32, severity: Severity, confidence: Confidence) -> Finding {
        let path: Arc<str> = "a.py".into();
        let span = ByteSpan::new(start, start + 6);
        let edit = Edit {
            path: path.clone(),
            span: ByteSpan::new(start + 5, start + 5),
            text: ", timeout=10".to_owned(),
        };
        Finding {
            rule: RuleId::from(rule),
            message: "m".to_owned(),
            severity,
            confidence,
            reach: Reach::Unknown,
            place: LineIndex::new(TEXT.as_bytes()).place(path, TEXT.as_bytes(), span),
            excerpt: Excerpt::default(),
            symbol: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            fix: Some(Fix {
                title: "t".to_owned(),
                safety: Safety::Safe,
                edits: vec![edit],
                diff: String::new(),
            }),
            fingerprint: String::new(),
            silenced: None,
            rank: None,
        }
    }

    /// Whether the scan after the fix of a grave finding may hold `brought`.
    fn is_accepted(brought: Finding) -> bool {
        let before = [finding("A-1", 0, Severity::High, Confidence::High)];
        let edits = before[0].fix.iter().flat_map(|fix| &fix.edits).collect();
        let edits = Edits::from([("a.py".into(), edits)]);
        complaints(&before, &[brought], &[0], &edits).is_empty()
    }

    #[test]
    fn what_is_left_of_a_graver_finding_at_its_place_is_no_reason_against_its_fix() {
        use Confidence::{High, Low};
        assert!(is_accepted(finding("B-1", 0, Severity::Medium, High)));
        assert!(
            !is_accepted(finding("B-1", 0, Severity::High, High)),
            "as grave"
        );
        assert!(
            !is_accepted(finding("B-1", 7, Severity::Medium, High)),
            "elsewhere"
        );
        assert!(
            is_accepted(finding("B-1", 7, Severity::High, Low)),
            "a suspicion"
        );
        assert!(
            !is_accepted(finding("A-1", 0, Severity::Low, Low)),
            "not gone"
        );
        // Of two that were mended together the lesser one stands.
        let before = [
            finding("A-1", 0, Severity::High, High),
            finding("B-1", 0, Severity::Low, High),
        ];
        let wrong = complaints(&before, &before[1..], &[0, 1], &Edits::new());
        assert_eq!(wrong.len(), 1);
        assert_eq!(
            (wrong[0].suspects.as_slice(), &wrong[0].why),
            (&[1][..], &Why::NotGone)
        );
    }
}
