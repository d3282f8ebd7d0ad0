//! Figures of an evaluation: as a table for people, as a document for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use perfctl_core::ids::RuleId;
use perfctl_engine::score::{Counts, Difference, Score, macro_mean, total};
use serde::Serialize;

use super::labels::Unit;
use super::{Outcome, Scored, Show};
use crate::commands::rule::layout::{BOLD, DIM, YELLOW, paint};

/// What the columns count, and the words before places.
const LEGEND: &str = "\
RIGHT findings meet a label of a defect. WRONG ones meet a label that says there is none, or no label where all defects are
labelled; NEW says how many of them are of the latter kind: look at those, a label may be missing. FOUND are the labelled
defects that a finding meets, OF how many. `--show` lists places: fp (wrong by a label), new, fn (a defect not found).";

/// What came of all repositories.
pub(super) struct Evaluation<'u> {
    repositories: Vec<(&'u Unit, Outcome)>,
    rules: BTreeMap<RuleId, Counts>,
    /// All rules and repositories together.
    pub(super) total: Counts,
}

/// Both means over the same things.
#[derive(Clone, Copy, Serialize)]
struct Means {
    precision: Option<f64>,
    recall: Option<f64>,
}

impl Means {
    fn of<'c>(counts: impl Iterator<Item = &'c Counts> + Clone) -> Self {
        Self {
            precision: macro_mean(counts.clone().filter_map(Counts::precision)),
            recall: macro_mean(counts.filter_map(Counts::recall)),
        }
    }
}

impl<'u> Evaluation<'u> {
    /// Sums up; `outcomes` are in the order of `units`.
    pub(super) fn of(units: &'u [Unit], outcomes: Vec<Outcome>) -> Self {
        let repositories: Vec<(&Unit, Outcome)> = units.iter().zip(outcomes).collect();
        let mut rules: BTreeMap<RuleId, Counts> = BTreeMap::new();
        for (_, outcome) in &repositories {
            let Outcome::Scored(scored) = outcome else {
                continue;
            };
            for (rule, counts) in &scored.score.rules {
                rules.entry(rule.clone()).or_default().add(counts);
            }
        }
        Self {
            total: total(rules.values()),
            repositories,
            rules,
        }
    }

    fn scores(&self) -> impl Iterator<Item = (&'u Unit, &Score)> + Clone {
        self.repositories
            .iter()
            .filter_map(|(unit, outcome)| match outcome {
                Outcome::Scored(scored) => Some((*unit, &scored.score)),
                Outcome::NotScored(_) => None,
            })
    }

    /// Repositories that were scored.
    pub(super) fn scored(&self) -> usize {
        self.scores().count()
    }

    /// Repositories that have labels.
    pub(super) fn all(&self) -> usize {
        self.repositories.len()
    }

    /// Repositories that were not scored, each with why.
    pub(super) fn missing(&self) -> impl Iterator<Item = String> {
        self.repositories
            .iter()
            .filter_map(|(unit, outcome)| match outcome {
                Outcome::NotScored(why) => Some(format!("{}: {why}", unit.shown())),
                Outcome::Scored(_) => None,
            })
    }

    /// What makes the figures say less than they should, a line each: repositories that were not scored, rules that broke.
    pub(super) fn faults(&self) -> impl Iterator<Item = String> {
        let missing = self.missing();
        let missing = missing.map(|missing| format!("not scored: {missing}"));
        missing
            .chain(self.troubles())
            .map(|fault| perfctl_report::neutral_line(&fault).into_owned())
    }

    /// What kept rules from judging a repository.
    fn troubles(&self) -> impl Iterator<Item = String> {
        self.said(|scored| &scored.troubles)
    }

    /// What is said of the repositories that were scored.
    fn said(&self, which: impl Fn(&Scored) -> &Vec<String>) -> impl Iterator<Item = String> {
        self.repositories.iter().flat_map(move |(unit, outcome)| {
            let said = match outcome {
                Outcome::Scored(scored) => which(scored).as_slice(),
                Outcome::NotScored(_) => &[],
            };
            said.iter().map(|one| format!("{}: {one}", unit.shown()))
        })
    }

    /// Whether every repository was scored, by every rule.
    pub(super) fn is_whole(&self) -> bool {
        self.missing().next().is_none() && self.troubles().next().is_none()
    }

    fn by_rule(&self) -> Means {
        Means::of(self.rules.values())
    }

    fn by_repository(&self) -> Means {
        let totals: Vec<Counts> = self.scores().map(|(_, score)| score.total()).collect();
        Means::of(totals.iter())
    }

    /// The figures in a sentence.
    pub(super) fn headline(&self) -> String {
        format!(
            "precision {}, recall {} over {} of {} repositories",
            figure(self.total.precision()),
            figure(self.total.recall()),
            self.scored(),
            self.all()
        )
    }

    fn differences(&self, show: Show) -> impl Iterator<Item = (&'u Unit, &Difference)> {
        self.scores().flat_map(move |(unit, score)| {
            let differences = score.differences.iter();
            let taken = differences.filter(move |one| show.takes(one.mistake));
            taken.map(move |one| (unit, one))
        })
    }

    /// For people.
    pub(super) fn drawn(&self, show: Option<Show>, full: bool, colour: bool) -> String {
        let mut out = String::new();
        for (unit, one) in show.into_iter().flat_map(|show| self.differences(show)) {
            let line = format!(
                "{:4} {} {} {}:{}  {}",
                one.mistake.word(),
                unit.shown(),
                one.rule,
                one.path,
                one.line,
                one.why
            );
            let _ = writeln!(out, "{}", perfctl_report::neutral_line(line.trim_end()));
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let rules = self.rules.iter();
        let spoken = rules.filter(|(_, counts)| full || counts.left < all_of(counts));
        table(
            &mut out,
            "RULE",
            spoken.map(|(id, counts)| (id.to_string(), *counts)),
            &self.total,
            colour,
        );
        if full {
            out.push('\n');
            let rows = self
                .scores()
                .map(|(unit, score)| (unit.shown(), score.total()));
            table(&mut out, "REPOSITORY", rows, &self.total, colour);
        }
        out.push('\n');
        for (over, means) in [
            ("rules", self.by_rule()),
            ("repositories", self.by_repository()),
        ] {
            let _ = writeln!(
                out,
                "mean over {over}: precision {}, recall {}",
                figure(means.precision),
                figure(means.recall)
            );
        }
        let labels: usize = self.scores().map(|(unit, _)| unit.labels.len()).sum();
        let _ = writeln!(
            out,
            "{} of {} repositories scored, {labels} labels",
            self.scored(),
            self.all()
        );
        for note in self.said(|scored| &scored.notes) {
            let note = perfctl_report::neutral_line(&note).into_owned();
            let _ = writeln!(out, "{}", paint(&format!("note: {note}"), DIM, colour));
        }
        for fault in self.faults() {
            let _ = writeln!(out, "{}", paint(&fault, YELLOW, colour));
        }
        let _ = writeln!(out, "\n{}", paint(LEGEND, DIM, colour));
        out
    }

    /// For programs.
    pub(super) fn document(&self, show: Option<Show>) -> Document {
        let figures = |counts: &Counts| Figures {
            right: counts.right,
            wrong: counts.wrong,
            new: counts.new,
            left: counts.left,
            met: counts.met,
            tp: counts.true_labels,
            precision: counts.precision(),
            recall: counts.recall(),
        };
        let rules = self.rules.iter();
        let shown = show.into_iter().flat_map(|show| self.differences(show));
        let repository = |(unit, outcome): &(&Unit, Outcome)| {
            let (figures, [troubles, notes], not_scored) = match outcome {
                Outcome::Scored(scored) => {
                    let said = [&scored.troubles, &scored.notes].map(Clone::clone);
                    (Some(figures(&scored.score.total())), said, None)
                }
                Outcome::NotScored(why) => (None, Default::default(), Some(why.clone())),
            };
            Repository {
                repo: unit.name.clone(),
                commit: unit.commit.clone(),
                labels: unit.labels.len(),
                figures,
                troubles,
                notes,
                not_scored,
            }
        };
        Document {
            schema: "perfctl.rule-eval/1",
            rules: rules
                .map(|(id, counts)| (id.to_string(), figures(counts)))
                .collect(),
            all: figures(&self.total),
            mean_over_rules: self.by_rule(),
            mean_over_repositories: self.by_repository(),
            repositories: self.repositories.iter().map(repository).collect(),
            shown: shown
                .map(|(unit, one)| Shown {
                    kind: one.mistake.word(),
                    repo: unit.name.clone(),
                    commit: unit.commit.clone(),
                    rule: one.rule.to_string(),
                    path: one.path.clone(),
                    line: one.line,
                    why: one.why.clone(),
                })
                .collect(),
        }
    }
}

/// Everything that was counted of findings, and labels beside them.
fn all_of(counts: &Counts) -> usize {
    counts.right + counts.wrong + counts.left + counts.true_labels
}

fn figure(figure: Option<f64>) -> String {
    figure.map_or("-".to_owned(), |figure| format!("{figure:.3}"))
}

fn table(
    out: &mut String,
    head: &str,
    rows: impl Iterator<Item = (String, Counts)>,
    total: &Counts,
    colour: bool,
) {
    let rows: Vec<(String, Counts)> = rows.collect();
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let width = longest.max(head.len());
    let title = format!(
        "{head:width$}  {:>6}  {:>6}  {:>5}  {:>9}  {:>6}  {:>6}  {:>6}",
        "RIGHT", "WRONG", "NEW", "PRECISION", "FOUND", "OF", "RECALL"
    );
    let _ = writeln!(out, "{}", paint(&title, DIM, colour));
    let line = |name: &str, counts: &Counts| {
        format!(
            "{name:width$}  {:>6}  {:>6}  {:>5}  {:>9}  {:>6}  {:>6}  {:>6}",
            counts.right,
            counts.wrong,
            counts.new,
            figure(counts.precision()),
            counts.met,
            counts.true_labels,
            figure(counts.recall())
        )
    };
    for (name, counts) in &rows {
        let _ = writeln!(out, "{}", line(&perfctl_report::neutral_line(name), counts));
    }
    let _ = writeln!(out, "{}", paint(&line("all", total), BOLD, colour));
}

/// All of it, for programs.
#[derive(Serialize)]
pub(super) struct Document {
    schema: &'static str,
    rules: BTreeMap<String, Figures>,
    all: Figures,
    mean_over_rules: Means,
    mean_over_repositories: Means,
    repositories: Vec<Repository>,
    shown: Vec<Shown>,
}

#[derive(Serialize)]
struct Figures {
    right: usize,
    wrong: usize,
    new: usize,
    left: usize,
    met: usize,
    tp: usize,
    precision: Option<f64>,
    recall: Option<f64>,
}

#[derive(Serialize)]
struct Repository {
    repo: String,
    commit: String,
    labels: usize,
    #[serde(flatten)]
    figures: Option<Figures>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    troubles: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_scored: Option<String>,
}

#[derive(Serialize)]
struct Shown {
    kind: &'static str,
    repo: String,
    commit: String,
    rule: String,
    path: String,
    line: u32,
    why: String,
}
