//! How right rules are: findings held against labels. Pure; the arithmetic and the matching are those of `host/docs/labels.md`.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::ids::RuleId;
use perfctl_core::label::{Found, Judged, Label, LabelledRepository, Matching};

mod scope;
#[cfg(test)]
mod tests;

pub use self::scope::Scope;

/// How far a finding may lie from the labelled line, in lines.
const TOLERANCE: u32 = 3;

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings that meet a label of a true place.
    pub right: usize,
    /// Findings that meet only labels of false places, and the new ones.
    pub wrong: usize,
    /// Those of them that meet no label, where every true place is labelled.
    pub new: usize,
    /// Findings that say nothing: debatable ones, those of a twin rule, those where not everything is labelled.
    pub left: usize,
    /// Labels of true places, where every one is labelled.
    pub true_labels: usize,
    /// Those of them that were found.
    pub met: usize,
}

impl Counts {
    /// Right findings of those that are right or wrong; `None` without any. To three digits, as everything that is derived of it.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.right, self.right + self.wrong)
    }

    /// Labels of true places that were found; `None` without any.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.met, self.true_labels)
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.new += other.new;
        self.left += other.left;
        self.true_labels += other.true_labels;
        self.met += other.met;
    }
}

/// Why a place is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// Found, and labelled as no defect.
    Wrong,
    /// Labelled as a defect, and not found.
    Missed,
    /// Found, and no label speaks of it although all true places are labelled.
    New,
}

impl Mistake {
    /// Every kind.
    pub const ALL: [Mistake; 3] = [Mistake::Wrong, Mistake::Missed, Mistake::New];

    /// The word used on the command line and in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Mistake::Wrong => "fp",
            Mistake::Missed => "fn",
            Mistake::New => "new",
        }
    }
}

/// A place where findings and labels differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// In which way.
    pub mistake: Mistake,
    /// The rule.
    pub rule: RuleId,
    /// The file.
    pub path: String,
    /// The line of the finding, or of the label that was missed.
    pub line: u32,
    /// What the label says; empty without one.
    pub why: String,
}

/// The score of one repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// By rule.
    pub rules: BTreeMap<RuleId, Counts>,
    /// Where they differ, in the order of the findings, then of the labels.
    pub differences: Vec<Difference>,
}

impl Score {
    /// All rules together.
    pub fn total(&self) -> Counts {
        total(self.rules.values())
    }
}

/// All of `counts` together.
pub fn total<'c>(counts: impl IntoIterator<Item = &'c Counts>) -> Counts {
    counts.into_iter().fold(Counts::default(), |mut sum, one| {
        sum.add(one);
        sum
    })
}

/// The mean of `figures`, each of which has the same weight; `None` without any.
pub fn macro_mean(figures: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for figure in figures {
        sum += figure;
        count += 1;
    }
    (count > 0).then(|| rounded(sum / f64::from(count)))
}

/// What `findings` in one repository are worth by its `labels`, all of one commit. Without `described`, nobody says for which rules
/// every true place is labelled: then no finding without a label is wrong, and recall is counted over the labels that there are.
/// With `only`, other rules are left alone.
pub fn score(
    labels: &[&Label],
    described: Option<(&LabelledRepository, &Scope)>,
    findings: &[Found],
    matching: &Matching,
    only: Option<&BTreeSet<RuleId>>,
) -> Score {
    let ground = Ground {
        labels,
        matching,
        labelled: labels.iter().map(|label| &label.rule).collect(),
    };
    let is_wanted = |id: &RuleId| only.is_none_or(|only| only.contains(id));
    let mut score = Score::default();
    let mut met = BTreeSet::new();
    for found in findings {
        if !found.ids.iter().any(is_wanted) {
            continue;
        }
        let rule = ground.name(found);
        let counts = score.rules.entry(rule.clone()).or_default();
        let differs = |mistake: Mistake, why: &str| Difference {
            mistake,
            rule: rule.clone(),
            path: found.path.clone(),
            line: found.start,
            why: why.to_owned(),
        };
        match ground.outcome(found, described) {
            Outcome::Right(labels) => {
                counts.right += 1;
                met.extend(labels);
            }
            Outcome::Left => counts.left += 1,
            Outcome::Wrong(why) => {
                counts.wrong += 1;
                score.differences.push(differs(Mistake::Wrong, why));
            }
            Outcome::New => {
                counts.wrong += 1;
                counts.new += 1;
                score.differences.push(differs(Mistake::New, ""));
            }
        }
    }
    for (at, label) in labels.iter().enumerate() {
        let is_counted = described
            .is_none_or(|(repository, _)| repository.exhaustive_rules.contains(&label.rule));
        if label.judged != Judged::True || !is_counted || !is_wanted(&label.rule) {
            continue;
        }
        let counts = score.rules.entry(label.rule.clone()).or_default();
        counts.true_labels += 1;
        if met.contains(&at) {
            counts.met += 1;
        } else {
            score.differences.push(Difference {
                mistake: Mistake::Missed,
                rule: label.rule.clone(),
                path: label.path.clone(),
                line: label.line,
                why: label.why.clone(),
            });
        }
    }
    score
}

/// What came of one finding.
enum Outcome<'l> {
    /// It meets these labels of true places.
    Right(Vec<usize>),
    Wrong(&'l str),
    New,
    Left,
}

struct Ground<'l> {
    labels: &'l [&'l Label],
    matching: &'l Matching,
    /// Rules that have labels here.
    labelled: BTreeSet<&'l RuleId>,
}

impl<'l> Ground<'l> {
    /// The rule that a finding counts for: of its names one that has labels, or else its first.
    fn name(&self, found: &Found) -> RuleId {
        let mut ids = found.ids.iter();
        let named = ids.clone().find(|id| self.labelled.contains(id));
        let named = named.or_else(|| ids.next());
        named.cloned().unwrap_or_else(|| RuleId::new(""))
    }

    fn outcome(
        &self,
        found: &Found,
        described: Option<(&LabelledRepository, &Scope)>,
    ) -> Outcome<'l> {
        let own = self.labels.iter().enumerate();
        let own: Vec<(usize, &'l Label)> = own
            .filter(|(_, label)| found.ids.contains(&label.rule) && self.meets(label, found))
            .map(|(at, label)| (at, *label))
            .collect();
        let judged = |what: Judged| own.iter().filter(move |(_, label)| label.judged == what);
        let right: Vec<usize> = judged(Judged::True).map(|(at, _)| *at).collect();
        if !right.is_empty() {
            return Outcome::Right(right);
        }
        if judged(Judged::Debatable).next().is_some() {
            return Outcome::Left;
        }
        if let Some((_, label)) = own.first() {
            return Outcome::Wrong(&label.why);
        }
        if self.is_a_twins(found) {
            return Outcome::Left;
        }
        let is_read = described.is_some_and(|(repository, scope)| {
            !found.ids.is_disjoint(&repository.exhaustive_rules)
                && scope.holds(&found.path)
                && !scope::is_test(&found.path)
        });
        if is_read { Outcome::New } else { Outcome::Left }
    }

    /// Whether the place is labelled with another rule that sees the same defect.
    fn is_a_twins(&self, found: &Found) -> bool {
        let is_twin = |rule: &RuleId| {
            let mut twins = self.matching.twins.iter();
            twins.any(|twins| twins.rules.contains(rule) && !twins.own.is_disjoint(&found.ids))
        };
        self.labels.iter().any(|label| {
            label.judged != Judged::False && is_twin(&label.rule) && self.meets(label, found)
        })
    }

    /// Whether a finding is at the place of a label, whatever their rules.
    fn meets(&self, label: &Label, found: &Found) -> bool {
        let whole = self.matching.whole_file.contains(&label.rule);
        let near = |path: &str, line: u32| {
            let from = found.start.saturating_sub(TOLERANCE);
            let to = found.end.saturating_add(TOLERANCE);
            path == found.path && (whole || (from..=to).contains(&line))
        };
        near(&label.path, label.line)
            || label.alt_line.is_some_and(|line| near(&label.path, line))
            || label.also.iter().any(|(path, line)| near(path, *line))
            || label.symbol_span.is_some_and(|(first, last)| {
                label.path == found.path && (first..=last).contains(&found.start)
            })
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| rounded(part as f64 / whole as f64))
}

/// To three digits, half to even as the decimal notation of the number has it.
fn rounded(figure: f64) -> f64 {
    format!("{figure:.3}").parse().unwrap_or(figure)
}
