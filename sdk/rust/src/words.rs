//! Words that are asked for or given so often that they have a type. The numbers are those of rows.

macro_rules! words {
    ($(#[$docs:meta])* $name:ident { $($(#[$word_docs:meta])* $variant:ident = $number:literal, $word:literal;)* }) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$word_docs])* $variant = $number,)*
        }

        impl $name {
            /// Every word, as other languages write it.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The one with that word.
            fn known(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                Self::known(word).ok_or_else(|| format!("`{word}` is none of {}", Self::WORDS.join(", ")))
            }
        }
    };
}

words! {
    /// Whether something was found. Only [`Presence::Absent`] is a reason to report.
    Presence {
        /// It is there.
        Given = 0, "given";
        /// It is known not to be there.
        Absent = 1, "absent";
        /// It may be there, but cannot be seen: behind `**options` that come from elsewhere, behind a template.
        Hidden = 2, "hidden";
    }
}

words! {
    /// How the code at a place comes to run.
    Reach {
        /// While somebody waits for an answer.
        Request = 1, "request";
        /// In the background: for a job of a queue, at a time.
        Worker = 2, "worker";
        /// When a process starts.
        Startup = 3, "startup";
        /// When an image or an application is built.
        Build = 4, "build";
        /// It is not known.
        Unknown = 5, "unknown";
        /// When somebody runs a script.
        Script = 6, "script";
        /// In tests.
        Test = 7, "test";
    }
}

words! {
    /// What a finding costs if it is true.
    Severity {
        /// Little.
        Low = 1, "low";
        /// Something.
        Medium = 2, "medium";
        /// Much.
        High = 3, "high";
        /// So much that it cannot stay.
        Critical = 4, "critical";
    }
}

words! {
    /// How probable it is that a finding is true.
    Confidence {
        /// A suspicion that is shown on request only.
        Low = 1, "low";
        /// One fact that separates it from the known false alarms could not be decided.
        Medium = 2, "medium";
        /// Every such fact was decided.
        High = 3, "high";
    }
}

words! {
    /// What may be done with a fix unasked.
    Safety {
        /// It is never written.
        ShownOnly = 0, "shown-only";
        /// It is written on request.
        Unsafe = 1, "unsafe";
        /// It is written by default.
        Safe = 2, "safe";
    }
}

impl Presence {
    /// What a newer host may say beyond these words is no reason to report either.
    pub(crate) fn read(word: &str) -> Self {
        Self::known(word).unwrap_or(Self::Hidden)
    }
}

impl Reach {
    pub(crate) fn read(word: &str) -> Self {
        Self::known(word).unwrap_or(Self::Unknown)
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_shown() {
        assert_eq!(Presence::read("absent"), Presence::Absent);
        assert_eq!(Presence::read("perhaps"), Presence::Hidden);
        assert_eq!(Reach::read("startup"), Reach::Startup);
        assert_eq!("critical".parse(), Ok(Severity::Critical));
        assert_eq!(Safety::ShownOnly.to_string(), "shown-only");
        let error = "certain".parse::<Confidence>().unwrap_err();
        assert_eq!(error, "`certain` is none of low, medium, high");
    }
}
