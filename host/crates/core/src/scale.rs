//! The ordered scales that judge findings: how bad, how sure, how much work, how often reached.

use std::fmt;
use std::str::FromStr;

/// A word that is on none of the scale's steps; displays the steps that exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStep {
    /// What was written.
    pub written: String,
    /// The words that would have been accepted.
    pub known: &'static [&'static str],
}

impl fmt::Display for UnknownStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of {}", self.written, self.known.join(", "))
    }
}

impl std::error::Error for UnknownStep {}

macro_rules! scale {
    ($(#[$doc:meta])* $ty:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $ty { $($(#[$vdoc])* $variant),+ }

        impl $ty {
            /// Every step, lowest first.
            pub const ALL: &'static [$ty] = &[$($ty::$variant),+];
            /// The words of [`Self::ALL`], in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word used in files and reports.
            pub fn word(self) -> &'static str {
                match self { $($ty::$variant => $word),+ }
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }

        impl FromStr for $ty {
            type Err = UnknownStep;
            fn from_str(text: &str) -> Result<Self, UnknownStep> {
                match text {
                    $($word => Ok($ty::$variant),)+
                    _ => Err(UnknownStep { written: text.to_owned(), known: Self::WORDS }),
                }
            }
        }
    };
}

scale!(
    /// What a finding costs if it is true.
    Severity {
        /// Worth knowing, rarely worth a change of its own.
        Low = "low",
        /// Noticeable under load or over time.
        Medium = "medium",
        /// Users wait or pay for it today.
        High = "high",
        /// Takes the service down or multiplies its bill.
        Critical = "critical",
    }
);

scale!(
    /// How probable it is that a finding is true. Kept apart from [`Severity`], never folded into it.
    Confidence {
        /// A suspicion; shown on request only, with the measurement that would settle it.
        Low = "low",
        /// The shape is right, one fact could not be decided.
        Medium = "medium",
        /// Every fact that separates it from the known false alarms was decided.
        High = "high",
    }
);

scale!(
    /// The work of mending one finding.
    Effort {
        /// Under an hour, one place.
        S = "S",
        /// Under a day, a few places.
        M = "M",
        /// More than a day, a design change.
        L = "L",
    }
);

scale!(
    /// How the code at a place comes to run; orders findings by how many users feel them.
    Reach {
        /// Test code, never deployed.
        Test = "test",
        /// Migrations, seeds and one-off scripts, run by hand.
        Script = "script",
        /// Nothing is known about how it runs.
        Unknown = "unknown",
        /// Once per build or image.
        Build = "build",
        /// Once per process start.
        Startup = "startup",
        /// Per message or scheduled job.
        Worker = "worker",
        /// Per request.
        Request = "request",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_order_is_from_low_to_high() {
        for severity in Severity::ALL {
            assert_eq!(severity.word().parse(), Ok(*severity));
        }
        assert!(Severity::Critical > Severity::High && Confidence::Low < Confidence::Medium);
        let wrong = "urgent".parse::<Severity>().expect_err("not a step");
        assert_eq!(
            wrong.to_string(),
            "`urgent` is none of low, medium, high, critical"
        );
    }
}
