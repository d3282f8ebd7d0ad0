//! What to do first: one formula over severity, confidence, reach and effort.
//!
//! `score = cost * probability * exposure * spread / work`, with the factors below. The decision record
//! `host/docs/decisions/0006-ranking.md` says where each number comes from. No rule has a constant of its own.

use crate::scale::{Confidence, Effort, Reach, Severity};

/// The inputs and the result, so that a report can show why something ranks where it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rank {
    /// 1 is first.
    pub position: usize,
    /// The formula's result; larger is sooner.
    pub score: f64,
    /// Findings of the same rule in the repository.
    pub sites: usize,
    /// Share of the measured budget that it breaks (1 = at the limit); `None` when nothing was measured.
    pub measured: Option<f64>,
    /// Work.
    pub effort: Effort,
}

/// The inputs of [`score`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inputs {
    /// What it costs if true.
    pub severity: Severity,
    /// Probability that it is true.
    pub confidence: Confidence,
    /// How often it runs.
    pub reach: Reach,
    /// Findings of the same rule.
    pub sites: usize,
    /// Worst ratio of a confirming metric to its budget.
    pub measured: Option<f64>,
    /// Work of mending it.
    pub effort: Effort,
}

/// What each input comes to in the formula, in its order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors {
    /// Of the severity.
    pub cost: f64,
    /// Of the confidence.
    pub probability: f64,
    /// Of the reach.
    pub exposure: f64,
    /// Of the number of sites.
    pub spread: f64,
    /// Of the ratio to the budget; 1 when nothing was measured.
    pub measured: f64,
    /// Of the effort; the only one that divides.
    pub work: f64,
}

/// The factors of the ranking formula.
///
/// - cost: 1, 3, 9, 27 from low to critical (each step is felt by about three times as many users);
/// - probability: 0.3, 0.7, 0.95, the precision that each confidence promises;
/// - exposure: test 0.05, script 0.2, build 0.4, unknown 0.5, startup 0.6, worker 0.7, request 1;
/// - spread: `1 + log2(sites) / 4`: a habit is worth more than a slip, but ten sites are not ten times one;
/// - measured: a confirmed metric multiplies by its ratio to the budget, held within 0.25 and 4;
/// - work: 1, 3, 8 for S, M, L (an hour, half a day, more than a day, in steps of the Fibonacci estimates teams use).
pub fn factors(inputs: &Inputs) -> Factors {
    Factors {
        cost: match inputs.severity {
            Severity::Low => 1.0,
            Severity::Medium => 3.0,
            Severity::High => 9.0,
            Severity::Critical => 27.0,
        },
        probability: match inputs.confidence {
            Confidence::Low => 0.3,
            Confidence::Medium => 0.7,
            Confidence::High => 0.95,
        },
        exposure: match inputs.reach {
            Reach::Test => 0.05,
            Reach::Script => 0.2,
            Reach::Build => 0.4,
            Reach::Unknown => 0.5,
            Reach::Startup => 0.6,
            Reach::Worker => 0.7,
            Reach::Request => 1.0,
        },
        spread: 1.0 + (inputs.sites.max(1) as f64).log2() / 4.0,
        measured: inputs.measured.map_or(1.0, |ratio| ratio.clamp(0.25, 4.0)),
        work: match inputs.effort {
            Effort::S => 1.0,
            Effort::M => 3.0,
            Effort::L => 8.0,
        },
    }
}

/// The ranking formula over [`factors`].
pub fn score(inputs: &Inputs) -> f64 {
    rounded(product(inputs) / factors(inputs).work)
}

/// What mending gains before its work is counted: every factor but the work.
pub fn impact(inputs: &Inputs) -> f64 {
    rounded(product(inputs))
}

/// Every factor but the work.
fn product(inputs: &Inputs) -> f64 {
    let of = factors(inputs);
    of.cost * of.probability * of.exposure * of.spread * of.measured
}

/// Six decimals: 3 x 0.7 x 1.5 is 3.15 to whoever reads it in a file, and no input is known as exactly as that.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Hours that mending takes in all: the work of one place, in each of them.
pub fn hours(inputs: &Inputs) -> f64 {
    factors(inputs).work * inputs.sites.max(1) as f64
}

/// How much work mending takes in all, by its hours: forty places of an hour each are no small matter.
pub fn effort(inputs: &Inputs) -> Effort {
    match hours(inputs) {
        hours if hours < DAY => Effort::S,
        hours if hours < WEEK => Effort::M,
        _ => Effort::L,
    }
}

/// How large an impact, or a return (the score: impact by work), is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// As what costs little, or runs seldom.
    Low,
    /// As a certain medium finding in a request.
    Medium,
    /// As a certain high finding in a request.
    High,
    /// As a certain critical finding in a request.
    VeryHigh,
}

impl Band {
    /// The band of a value. Its bounds lie halfway between the costs of two severities, as these do: by their ratio.
    pub fn of(value: f64) -> Self {
        let halfway = 3.0_f64.sqrt();
        match value {
            value if value < halfway => Band::Low,
            value if value < 3.0 * halfway => Band::Medium,
            value if value < 9.0 * halfway => Band::High,
            _ => Band::VeryHigh,
        }
    }

    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Band::Low => "low",
            Band::Medium => "medium",
            Band::High => "high",
            Band::VeryHigh => "very high",
        }
    }
}

/// When something is best mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Within a working day, with a return that is at least medium.
    QuickWins,
    /// More work with a return that is at least medium, and less than a day for a smaller one.
    Core,
    /// What brings little for days of work.
    LongTerm,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: &'static [Phase] = &[Phase::QuickWins, Phase::Core, Phase::LongTerm];

    /// What it is called in reports.
    pub fn title(self) -> &'static str {
        match self {
            Phase::QuickWins => "quick wins, each under a day",
            Phase::Core => "core optimisations, and what is small",
            Phase::LongTerm => "in the long term",
        }
    }
}

/// Hours of a working day.
const DAY: f64 = 8.0;

/// Hours of a working week.
const WEEK: f64 = 40.0;

/// The phase of something: by its return and its hours.
pub fn phase(inputs: &Inputs) -> Phase {
    match (Band::of(score(inputs)), hours(inputs) < DAY) {
        (Band::Low, false) => Phase::LongTerm,
        // An hour is nothing to plan a year ahead.
        (Band::Low, true) | (_, false) => Phase::Core,
        (_, true) => Phase::QuickWins,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs() -> Inputs {
        Inputs {
            severity: Severity::High,
            confidence: Confidence::High,
            reach: Reach::Request,
            sites: 1,
            measured: None,
            effort: Effort::S,
        }
    }

    #[test]
    fn more_of_what_costs_ranks_sooner_and_more_work_ranks_later() {
        let base = score(&inputs());
        assert!(
            score(&Inputs {
                severity: Severity::Critical,
                ..inputs()
            }) > base
        );
        assert!(
            score(&Inputs {
                sites: 8,
                ..inputs()
            }) > base
        );
        assert!(
            score(&Inputs {
                measured: Some(2.0),
                ..inputs()
            }) > base
        );
        assert!(
            score(&Inputs {
                confidence: Confidence::Medium,
                ..inputs()
            }) < base
        );
        assert!(
            score(&Inputs {
                reach: Reach::Script,
                ..inputs()
            }) < base
        );
        assert!(
            score(&Inputs {
                effort: Effort::L,
                ..inputs()
            }) < base
        );
        assert!((base - 8.55).abs() < 1e-9);
    }

    #[test]
    fn figures_are_written_as_people_write_them() {
        for (severity, sites, written) in [
            (Severity::Medium, 4, "3.15"),
            (Severity::Medium, 1, "2.1"),
            (Severity::High, 3, "8.796"),
        ] {
            let inputs = Inputs {
                severity,
                sites,
                confidence: Confidence::Medium,
                ..inputs()
            };
            let of = [score(&inputs), impact(&inputs)].map(|value| value.to_string());
            assert!(of.iter().all(|text| text.starts_with(written)), "{of:?}");
            assert!(
                of.iter().all(|text| text.len() <= "0.000000".len()),
                "{of:?}"
            );
        }
    }

    #[test]
    fn a_certain_finding_in_a_request_lies_in_the_band_of_its_severity() {
        let band = |severity| {
            Band::of(impact(&Inputs {
                severity,
                ..inputs()
            }))
        };
        let all = [
            Severity::Low,
            Severity::Medium,
            Severity::High,
            Severity::Critical,
        ];
        let bands = [Band::Low, Band::Medium, Band::High, Band::VeryHigh];
        assert_eq!(all.map(band), bands);
    }

    #[test]
    fn effort_grows_with_the_places() {
        let of = |effort_of_one, sites| {
            effort(&Inputs {
                effort: effort_of_one,
                sites,
                ..inputs()
            })
        };
        assert_eq!(of(Effort::S, 1), Effort::S);
        assert_eq!(of(Effort::S, 7), Effort::S);
        assert_eq!(of(Effort::S, 8), Effort::M);
        assert_eq!(of(Effort::S, 40), Effort::L);
        assert_eq!(of(Effort::M, 2), Effort::S);
        assert_eq!(of(Effort::M, 14), Effort::L);
        assert_eq!(of(Effort::L, 1), Effort::M);
    }

    #[test]
    fn the_phase_follows_from_return_and_hours() {
        let of = |effort, sites, severity| {
            phase(&Inputs {
                effort,
                sites,
                severity,
                ..inputs()
            })
        };
        assert_eq!(of(Effort::S, 7, Severity::High), Phase::QuickWins);
        assert_eq!(of(Effort::S, 8, Severity::High), Phase::Core);
        assert_eq!(of(Effort::M, 2, Severity::High), Phase::QuickWins);
        assert_eq!(of(Effort::M, 3, Severity::High), Phase::Core);
        assert_eq!(of(Effort::L, 1, Severity::Critical), Phase::Core);
        assert_eq!(of(Effort::L, 1, Severity::High), Phase::LongTerm);
        assert_eq!(of(Effort::S, 1, Severity::Low), Phase::Core);
        assert_eq!(of(Effort::S, 40, Severity::Low), Phase::Core);
        assert_eq!(of(Effort::M, 3, Severity::Low), Phase::LongTerm);
    }
}
