//! What people judged about places in real repositories, by which rules are measured: labels, the repositories they are of, and
//! what a rule found as far as a label can meet it. Knows no file format and no arithmetic.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ids::RuleId;

/// What somebody who read the code says of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judged {
    /// The defect is there: a rule should find it.
    True,
    /// It is not there, although the code looks like it.
    False,
    /// Experts would differ: finding it is neither right nor wrong.
    Debatable,
}

impl Judged {
    /// Every judgement.
    pub const ALL: [Judged; 3] = [Judged::True, Judged::False, Judged::Debatable];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Judged::True => "tp",
            Judged::False => "fp",
            Judged::Debatable => "debatable",
        }
    }
}

/// One judgement about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The repository: `owner/name`, or a URL.
    pub repository: String,
    /// Its commit, 40 hexadecimal digits.
    pub commit: String,
    /// The rule.
    pub rule: RuleId,
    /// The file, from the repository's root.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The judgement.
    pub judged: Judged,
    /// Its reason, in a few words.
    pub why: String,
    /// Another line of the file where the same defect may fairly be reported.
    pub alt_line: Option<u32>,
    /// Places in this or other files where the same defect may fairly be reported.
    pub also: Vec<(String, u32)>,
    /// First and last line of the function or block that has the defect: a finding that begins there meets the label.
    pub symbol_span: Option<(u32, u32)>,
    /// Where the label is written: file and line.
    pub written: (Arc<str>, u32),
}

/// A repository of which people have read a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledRepository {
    /// `owner/name`, or a URL.
    pub name: String,
    /// The commit that was read.
    pub commit: String,
    /// Where it is cloned from, where the name does not say it.
    pub url: Option<String>,
    /// Files, directories and globs that were read; `*` for all.
    pub scope_roots: Vec<String>,
    /// Rules of which every true place there is labelled.
    pub exhaustive_rules: BTreeSet<RuleId>,
}

/// What packs say about how findings of their rules meet labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// Rules about a whole file: the file alone has to be the labelled one.
    pub whole_file: BTreeSet<RuleId>,
    /// Rules that see one defect from several sides.
    pub twins: Vec<Twins>,
}

/// Rules that see one defect from several sides: where one of them is labelled, another is not wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// The rules.
    pub rules: BTreeSet<RuleId>,
    /// Those of the pack that says so: it excuses their findings, and nobody else's.
    pub own: BTreeSet<RuleId>,
}

impl Matching {
    /// What a pack says as far as it is about rules of its `own`, aliases among them.
    pub fn narrowed(&self, own: &BTreeSet<RuleId>) -> Self {
        let both = |named: &BTreeSet<RuleId>| named.intersection(own).cloned().collect();
        let twins = self.twins.iter().map(|twins| Twins {
            rules: twins.rules.clone(),
            own: both(&twins.own),
        });
        Self {
            whole_file: both(&self.whole_file),
            twins: twins.filter(|twins| !twins.own.is_empty()).collect(),
        }
    }

    /// Adds what another pack says.
    pub fn extend(&mut self, other: Self) {
        self.whole_file.extend(other.whole_file);
        self.twins.extend(other.twins);
    }
}

/// A finding, as far as a label can meet it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The rule's id and its aliases.
    pub ids: BTreeSet<RuleId>,
    /// The file, from the repository's root.
    pub path: String,
    /// First line.
    pub start: u32,
    /// Last line.
    pub end: u32,
}
