//! Checklists: documents whose lines are decided by rules, by measurements or by signatures.
//!
//! A checklist says which items answer each of its lines; what came of an item is a [`crate::verdict::Item`] of the record.

use crate::ids::{MetricName, RuleId};

/// A document, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Its name: the file name without `.toml`.
    pub name: String,
    /// One line.
    pub title: String,
    /// Which document it stands for.
    pub origin: String,
    /// Its sections, in the order of the document.
    pub sections: Vec<Section>,
}

impl Checklist {
    /// The ids that its lines name, as they are written.
    pub fn ids(&self) -> impl Iterator<Item = &RuleId> {
        let lines = self.sections.iter().flat_map(|section| &section.lines);
        lines.flat_map(|line| line.answer.items())
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What recipes call it by, as `NAME/ID`; empty where none may.
    pub id: String,
    /// One line.
    pub title: String,
    /// Facts that must all hold, as in a step's `when`; where one does not, none of its lines is for the repository.
    pub when: Vec<String>,
    /// Why it is not for the repository; set where a recipe is bound to one.
    pub elsewhere: Option<String>,
    /// Its lines, in the order of the document.
    pub lines: Vec<Line>,
}

/// A line of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the document, from 1.
    pub at: u32,
    /// What it asks for, in own words.
    pub title: String,
    /// Facts that must all hold, beside those of its section.
    pub when: Vec<String>,
    /// Why it is not for the repository, of itself or by its section; set where a recipe is bound to one.
    pub elsewhere: Option<String>,
    /// What answers it.
    pub answer: Answer,
}

/// What answers a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The items that decide it, by id or alias; at least one.
    Items(Vec<RuleId>),
    /// Nothing does, and why.
    OutOfScope(String),
}

impl Answer {
    /// The ids of the items that decide it.
    pub fn items(&self) -> &[RuleId] {
        match self {
            Answer::Items(ids) => ids,
            Answer::OutOfScope(_) => &[],
        }
    }
}

/// How an item that no rule owns is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// By a number that a step of a recipe produces.
    Measured,
    /// By a person who signs for it.
    Attested,
}

impl Evidence {
    /// Every kind.
    pub const ALL: &'static [Evidence] = &[Evidence::Measured, Evidence::Attested];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Evidence::Measured => "measured",
            Evidence::Attested => "attested",
        }
    }
}

/// An item of a checklist that no rule owns. Where a rule of its id exists, the rule decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceItem {
    /// Its id.
    pub id: RuleId,
    /// Its title.
    pub title: String,
    /// How it is decided.
    pub kind: Evidence,
    /// The metric that decides it, where one does.
    pub metric: Option<MetricName>,
    /// What would decide it, as a sentence in the imperative without a full stop.
    pub evidence: String,
    /// Facts that must all hold, as in a step's `when`; where one does not, it is not for the repository.
    pub when: Vec<String>,
    /// Why it is not for the repository; set where a recipe is bound to one.
    pub elsewhere: Option<String>,
}
