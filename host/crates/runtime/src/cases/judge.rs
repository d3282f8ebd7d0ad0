//! Holds the marks of a case against what its rules found. Pure.

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::run::Problem;
use perfctl_core::scale::Confidence;
use perfctl_core::suppress::Allow;
use perfctl_scan::scanner::Survey;

use super::case::Case;
use super::expect::{self, Expected};
use super::marker::Mark;
use super::outcome::{LineResult, Outcome};

/// What the rules said of a repository.
pub(super) struct Verdicts {
    /// Findings that count.
    pub(super) findings: Vec<Finding>,
    /// Findings that a comment allows.
    pub(super) allowed: Vec<Finding>,
    /// Well-formed allowances of the rule under test that allow nothing.
    pub(super) unused: Vec<Allow>,
    /// How the rule under test ended, where that is no matter of findings, and why.
    pub(super) ended: Option<(Expected, String)>,
    /// Scripts that broke.
    pub(super) errors: Vec<String>,
    /// What could not be looked at.
    pub(super) problems: Vec<Problem>,
    /// What the scripts printed.
    pub(super) printed: Vec<String>,
    /// The repository that they were asked about.
    pub(super) survey: Survey,
}

/// Whether the rule ended as the case expects; `None` when both go without saying.
pub(super) fn ending(case: &Case, verdicts: &Verdicts, under_test: &RuleId) -> Option<LineResult> {
    // A finding that counts decides, whatever else the script says.
    let fails = verdicts
        .findings
        .iter()
        .any(|finding| finding.rule == *under_test && finding.confidence >= Confidence::Medium);
    let what = match &verdicts.ended {
        Some(_) if fails => "fail".to_owned(),
        Some((Expected::NotApplicable, why)) => format!("not applicable: {why}"),
        Some((Expected::NeedsEvidence, why)) => format!("needs evidence: {why}"),
        None => "neither".to_owned(),
    };
    let ended = verdicts.ended.as_ref().map(|(ended, _)| *ended);
    let ended = ended.filter(|_| !fails);
    let (outcome, message) = match (case.verdict, ended) {
        (None, None) => return None,
        (Some(expected), Some(ended)) if expected == ended => (Outcome::Verdict, what),
        (Some(Expected::NotApplicable), None) if verdicts.ended.is_none() => {
            let message = "expected as not applicable, but the rule applies".to_owned();
            (Outcome::Wrong, message)
        }
        (Some(expected), _) => {
            let key = expected.key();
            (
                Outcome::Wrong,
                format!("expected as `{key}`, but the verdict is {what}"),
            )
        }
        (None, Some(ended)) => {
            let message = format!(
                "the verdict on this case is {what}; if that is the point, say `{} = true` in `{}`",
                ended.key(),
                expect::NAME
            );
            (Outcome::Wrong, message)
        }
    };
    Some(case.line(outcome, "", 0, message))
}

/// Holds marks against findings, both ways. Marks of rules that did not run (`runs`) are passed over. `clues` says what may explain
/// that a rule does not find a line.
pub(super) fn compare(
    case: &Case,
    verdicts: &Verdicts,
    runs: impl Fn(&RuleId) -> bool,
    clues: impl Fn(&RuleId, &str, u32) -> String,
) -> Vec<LineResult> {
    let mut open: Vec<&Finding> = verdicts.findings.iter().collect();
    let mut lines = Vec::new();
    for (path, marked) in case.marks() {
        let (outcome, message) = match &marked.mark {
            Mark::Finding(id, _) | Mark::Todo(id) if !runs(id) => continue,
            Mark::Finding(id, sure) => {
                let equal = |finding: &Finding| sure.is_none_or(|sure| finding.confidence == sure);
                let hit = take(&mut open, id, path, marked.line, equal)
                    .or_else(|| take(&mut open, id, path, marked.line, |_| true));
                match (hit, sure) {
                    (Some(finding), Some(sure)) if finding.confidence != *sure => {
                        let (is, what) = (finding.confidence, &finding.message);
                        let message =
                            format!("found with {is} confidence, marked with {sure}: {what}");
                        (Outcome::Wrong, message)
                    }
                    (Some(finding), _) => (Outcome::Reported, finding.message.clone()),
                    (None, _) => {
                        let is_allowed = verdicts.allowed.iter().any(|finding| {
                            finding.rule == *id && is_at(finding, path, marked.line)
                        });
                        let found = verdicts.findings.iter();
                        let found = found
                            .filter(|one| one.rule == *id && is_at(one, path, marked.line))
                            .count();
                        let how = match (is_allowed, found) {
                            (true, _) => "and found here, but a comment allows it".to_owned(),
                            (false, 0) => {
                                let clues = clues(id, path, marked.line);
                                format!("here, but not found{clues}")
                            }
                            // Other marks of the line have these.
                            (false, 1) => "here more than once, and found once: write it as often as there are findings".to_owned(),
                            (false, some) => format!(
                                "here more often than it is found, {some} times: write it as often as there are findings"
                            ),
                        };
                        (Outcome::Missing, format!("{id} is marked {how}"))
                    }
                }
            }
            Mark::Todo(id) => match take(&mut open, id, path, marked.line, |_| true) {
                None => (Outcome::Gap, format!("{id} is known not to find this")),
                Some(_) => {
                    let message =
                        format!("{id} finds this now: write `finding: {id}` for `todo: {id}`");
                    (Outcome::GapClosed, message)
                }
            },
            Mark::Fine(why, _) => {
                let is_found = |finding: &Finding| is_at(finding, path, marked.line);
                if verdicts.findings.iter().any(is_found) {
                    continue;
                }
                (Outcome::Validated, why.clone())
            }
        };
        lines.push(case.line(outcome, path, marked.line, message));
    }
    lines.extend(open.into_iter().map(|finding| noise(case, finding)));
    let allowed = verdicts.allowed.iter().map(|finding| {
        let (path, line) = (&finding.place.path, finding.place.start.line);
        case.line(Outcome::Allowed, path, line, finding.message.clone())
    });
    lines.extend(allowed);
    lines
}

/// Allowances of the rule under test that silence nothing: the case tests nothing with them.
pub(super) fn needless(case: &Case, verdicts: &Verdicts, id: &RuleId) -> Vec<LineResult> {
    let message = format!("a comment allows {id} here, but nothing is found");
    let unused = verdicts.unused.iter();
    unused
        .map(|allow| {
            case.line(
                Outcome::Missing,
                &allow.place.path,
                allow.line,
                message.clone(),
            )
        })
        .collect()
}

/// A finding that no mark stands for.
fn noise(case: &Case, finding: &Finding) -> LineResult {
    let (path, line) = (&*finding.place.path, finding.place.start.line);
    let here = || {
        case.marks()
            .filter(|(other, marked)| *other == path && marked.line == line)
    };
    let why = here().find_map(|(_, marked)| match &marked.mark {
        Mark::Fine(why, _) => Some(why),
        _ => None,
    });
    let id = &finding.rule;
    let is_marked =
        here().any(|(_, marked)| matches!(&marked.mark, Mark::Finding(marked, _) if marked == id));
    let how = match why {
        Some(why) => format!(", though marked `ok: {why}`"),
        None if is_marked => format!(" once more than marked (`finding: {id}, {id}` expects two)"),
        None => ", but not marked".to_owned(),
    };
    let message = format!("{id} is found here{how}: {}", finding.message);
    case.line(Outcome::Noisy, path, line, message)
}

/// Whether a finding begins on that line.
pub(super) fn is_at(finding: &Finding, path: &str, line: u32) -> bool {
    &*finding.place.path == path && finding.place.start.line == line
}

/// Takes the first open finding of a rule on a line out.
fn take<'f>(
    open: &mut Vec<&'f Finding>,
    id: &RuleId,
    path: &str,
    line: u32,
    fits: impl Fn(&Finding) -> bool,
) -> Option<&'f Finding> {
    let hit =
        |finding: &&Finding| finding.rule == *id && is_at(finding, path, line) && fits(finding);
    open.iter().position(hit).map(|at| open.remove(at))
}
