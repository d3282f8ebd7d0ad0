//! The baseline file: findings that a team has decided to live with for now, one fingerprint per line.
//!
//! Text made for review and merging: sorted by path, each line `fingerprint rule count path`. Counts and not only
//! presence, because of two equal findings one may be fixed. Lines may stand in any order and twice (a merge that keeps
//! both sides is right), and `#` begins a comment.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::ids::RuleId;

use crate::diagnose::{Faults, Source};
use crate::names;
use crate::table::Refusal;

/// What the file begins with, whatever its version.
pub const MARK: &str = "# perfctl.baseline/";

/// The first line of the file.
const HEAD: &str = "# perfctl.baseline/1";

/// One known finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// Path from the repository's root.
    pub path: String,
    /// The rule.
    pub rule: RuleId,
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// How many findings have this fingerprint; at least 1.
    pub count: usize,
}

/// The known findings, sorted by path, rule and fingerprint, each fingerprint once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: Vec<Known>,
}

impl Baseline {
    /// The baseline that holds exactly `findings`, without those that a comment or a waiver allows: they have their
    /// own reason already.
    pub fn of(findings: &[Finding]) -> Self {
        let counted = findings.iter().filter(|finding| {
            !matches!(
                finding.silenced,
                Some(Silenced::Comment(_) | Silenced::Waiver(_))
            )
        });
        let mut known: BTreeMap<&str, Known> = BTreeMap::new();
        for finding in counted {
            let entry = known.entry(&finding.fingerprint).or_insert_with(|| Known {
                path: finding.place.path.to_string(),
                rule: finding.rule.clone(),
                fingerprint: finding.fingerprint.clone(),
                count: 0,
            });
            entry.count += 1;
        }
        Self::sorted(known.into_values())
    }

    fn sorted(known: impl Iterator<Item = Known>) -> Self {
        let mut known: Vec<Known> = known.collect();
        known.sort();
        Self { known }
    }

    /// The known findings.
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// How many findings of each fingerprint are known.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        self.known
            .iter()
            .map(|known| (known.fingerprint.clone(), known.count))
            .collect()
    }

    /// How many findings it holds.
    pub fn total(&self) -> usize {
        self.known.iter().map(|known| known.count).sum()
    }

    /// The same with as many of each as `still` says, at most as many as there were. Nothing new comes in.
    pub fn narrowed(&self, still: impl Fn(&Known) -> usize) -> Self {
        let left = self.known.iter().map(|known| Known {
            count: known.count.min(still(known)),
            ..known.clone()
        });
        Self::sorted(left.filter(|known| known.count > 0))
    }

    /// What this one or `other` holds, as a merge of both files would have it.
    pub fn joined(&self, other: &Self) -> Self {
        let mut all: BTreeMap<&str, Known> = BTreeMap::new();
        for known in self.known.iter().chain(&other.known) {
            let entry = all.entry(&known.fingerprint);
            let entry = entry.or_insert_with(|| known.clone());
            entry.count = entry.count.max(known.count);
        }
        Self::sorted(all.into_values())
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let mut text = format!("{HEAD}\n# fingerprint rule count path\n");
        for Known {
            path,
            rule,
            fingerprint,
            count,
        } in &self.known
        {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{fingerprint} {rule} {count} {}", escape(path));
        }
        text
    }

    /// Reads a baseline from `text`, which came from `path`.
    ///
    /// # Errors
    /// Every line that is none of a baseline.
    pub fn read(path: &str, text: &str) -> Result<Self, Faults> {
        let source = Source::new(path, text);
        let mut known: BTreeMap<String, Known> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut start = 0;
        for (at, whole) in text.split_inclusive('\n').enumerate() {
            let line = whole.trim_end_matches(['\n', '\r']);
            let span = start..start + line.len();
            start += whole.len();
            if at == 0 && line.trim_start_matches('\u{feff}') != HEAD {
                let refusal = Refusal::new("this is no baseline of a known version");
                let refusal = refusal.hint(format!("its first line must be `{HEAD}`"));
                return Err(refusal.at(&source, span).into());
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Ok(next) => {
                    let entry = known
                        .entry(next.fingerprint.clone())
                        .or_insert_with(|| next.clone());
                    entry.count = entry.count.max(next.count);
                }
                Err(refusal) => faults.push(refusal.at(&source, span)),
            }
        }
        if text.is_empty() {
            let refusal =
                Refusal::new("the file is empty").hint(format!("a baseline begins with `{HEAD}`"));
            return Err(refusal.at(&source, 0..0).into());
        }
        match Faults::collect(faults) {
            Some(faults) => Err(faults),
            None => Ok(Self::sorted(known.into_values())),
        }
    }
}

fn entry(line: &str) -> Result<Known, Refusal> {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
        .iter()
        .any(|mark| line.starts_with(mark))
    {
        return Err(Refusal::new("this is a mark of an unfinished merge")
            .hint("remove the marks and keep the lines of both sides"));
    }
    let mut parts = line.splitn(4, ' ');
    let (Some(fingerprint), Some(rule), Some(count), Some(path)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(
            Refusal::new("this line is incomplete").hint("a line is `fingerprint rule count path`")
        );
    };
    if fingerprint.is_empty() || !fingerprint.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Refusal::new(format!(
            "`{fingerprint}` is not a fingerprint"
        )));
    }
    let count = count.parse().ok().filter(|count| *count > 0);
    Ok(Known {
        path: unescape(path),
        rule: names::rule_id(rule)?,
        fingerprint: fingerprint.to_owned(),
        count: count.ok_or_else(|| Refusal::new("the count must be a whole number from 1"))?,
    })
}

/// Line ends in a path would end the line.
fn escape(path: &str) -> String {
    path.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

fn unescape(text: &str) -> String {
    let mut path = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => path.push('\n'),
                Some('r') => path.push('\r'),
                Some(other) => path.push(other),
                None => path.push('\\'),
            },
            c => path.push(c),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(path: &str, fingerprint: &str, count: usize) -> Known {
        Known {
            path: path.to_owned(),
            rule: RuleId::new("DB-PERF-001"),
            fingerprint: fingerprint.to_owned(),
            count,
        }
    }

    #[test]
    fn a_baseline_is_sorted_text() {
        let baseline =
            Baseline::sorted([known("b.py", "ff", 2), known("a dir/a.py", "ee", 1)].into_iter());
        let text = "# perfctl.baseline/1\n# fingerprint rule count path\nee DB-PERF-001 1 a dir/a.py\nff DB-PERF-001 2 b.py\n";
        assert_eq!(baseline.write(), text);
        assert_eq!(Baseline::read("b", text), Ok(baseline.clone()));
        assert_eq!(baseline.counts()["ff"], 2);
    }

    #[test]
    fn a_narrowed_baseline_holds_less_and_never_more() {
        let all = [
            known("a.py", "ee", 1),
            known("b.py", "ff", 2),
            known("c.py", "gg", 3),
        ];
        let baseline = Baseline::sorted(all.into_iter());
        let narrowed = baseline.narrowed(|known| match known.fingerprint.as_str() {
            "ee" => 0,
            "ff" => 9,
            _ => 1,
        });
        assert_eq!(
            narrowed.known(),
            [known("b.py", "ff", 2), known("c.py", "gg", 1)]
        );
    }

    #[test]
    fn both_sides_of_a_merge_may_stay() {
        let text = "# perfctl.baseline/1\r\nff DB-PERF-001 2 b.py\r\nff DB-PERF-001 1 b.py\n\nee DB-PERF-001 1 a.py\n# end\n";
        let baseline = Baseline::read("b", text).expect("a baseline");
        assert_eq!(
            baseline.known(),
            [known("a.py", "ee", 1), known("b.py", "ff", 2)]
        );
    }

    #[test]
    fn every_broken_line_is_named() {
        let text = "# perfctl.baseline/1\n<<<<<<< ours\nff DB-PERF-001 2 b.py\nff db-1 1 x\nff DB-PERF-001 0 x\nff DB-PERF-001\n";
        insta::assert_snapshot!(Baseline::read("baseline.txt", text).expect_err("broken"));
        insta::assert_snapshot!(
            Baseline::read("baseline.txt", "# perfctl.baseline/2\nx\n")
                .expect_err("another version")
        );
        assert!(Baseline::read("baseline.txt", "").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            entries in prop::collection::btree_map("[0-9a-f]{4}", ("\\PC{1,20}|a[\\\\\n\r ]b", 1usize..9), 0..9),
        ) {
            let list = entries.iter().map(|(fingerprint, (path, count))| known(path, fingerprint, *count));
            let baseline = Baseline::sorted(list);
            prop_assert_eq!(Baseline::read("b", &baseline.write()), Ok(baseline));
        }

        #[test]
        fn no_text_makes_the_reader_panic(body in "[\\PC\n]{0,200}") {
            if let Err(faults) = Baseline::read("b", &format!("{HEAD}\n{body}")) {
                prop_assert!(!faults.to_string().is_empty());
            }
        }
    }
}
