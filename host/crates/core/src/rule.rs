//! What the host knows about a rule before any code is looked at.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::fix::Safety;
use crate::ids::{MetricName, RuleId};
use crate::scale::{Effort, Severity};

/// Where rules, recipes and templates come from; later layers win.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Embedded in the binary.
    BuiltIn,
    /// The user's settings directory.
    User(PathBuf),
    /// A directory that the user's settings or `--config` name.
    Organisation(PathBuf),
    /// The audited repository, after `perfctl trust`.
    Repository(PathBuf),
}

impl Layer {
    /// The word used in files and reports.
    pub fn word(&self) -> &'static str {
        match self {
            Layer::BuiltIn => "built-in",
            Layer::User(_) => "user",
            Layer::Organisation(_) => "organisation",
            Layer::Repository(_) => "repository",
        }
    }
}

/// The texts that a developer learns from; Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// What it checks.
    pub what: String,
    /// What it costs, with a figure.
    pub why: String,
    /// Where the figure comes from.
    pub source: String,
    /// Code that is found.
    pub example: String,
    /// How to mend it.
    pub fix: String,
    /// Known false alarms.
    pub false_alarms: String,
    /// How to confirm by measurement.
    pub measure: String,
}

/// The head of a rule: everything but its matchers and its script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id, also the name of its folder.
    pub id: RuleId,
    /// Other ids under which checklists know it.
    pub aliases: Vec<RuleId>,
    /// What goes wrong, as a noun phrase.
    pub title: String,
    /// Its family: `network`, `database`, `build`, ...
    pub category: String,
    /// Words to select it by.
    pub tags: Vec<String>,
    /// What people call the problem where its title does not (`n+1`), to search by.
    pub keywords: Vec<String>,
    /// What a finding costs unless the rule judges a place otherwise.
    pub severity: Severity,
    /// Languages it looks at, by the names of the scanner; empty means files, not code.
    pub languages: Vec<String>,
    /// Languages that it says nothing about, by the names of the scanner, and why.
    pub elsewhere: BTreeMap<String, String>,
    /// The work of mending one finding.
    pub effort: Effort,
    /// The class of its fix, if it offers one.
    pub fix: Option<Safety>,
    /// The metric that confirms it.
    pub metric: Option<MetricName>,
    /// Texts.
    pub help: Help,
    /// The pack that holds it.
    pub pack: String,
    /// The layer that the pack came from.
    pub layer: Layer,
}
