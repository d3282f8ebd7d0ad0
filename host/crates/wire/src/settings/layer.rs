//! One layer of settings, as written: every key optional, every value with its place.

use std::collections::BTreeMap;

use perfctl_core::ids::{MetricName, RuleId};
use perfctl_core::place::{Excerpt, Place};
use perfctl_core::scale::{Confidence, Severity};

use super::origin::{Level, Origin, Sourced};
use super::token::Token;
use crate::day::Day;
use crate::quantity::Quantity;
use crate::trust::Trust;

/// A list with the place of each element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The elements.
    pub items: Vec<Sourced<String>>,
    /// Whether they are added to what earlier layers hold, instead of replacing it.
    pub extend: bool,
    /// Where the key stands.
    pub origin: Origin,
}

impl List {
    /// A list that the flag `name` gave; it replaces what files say.
    pub fn flag(name: &str, items: impl IntoIterator<Item = String>) -> Self {
        let items = items
            .into_iter()
            .map(|item| Sourced::flag(name, item))
            .collect();
        Self {
            items,
            extend: false,
            origin: Sourced::flag(name, ()).origin,
        }
    }
}

/// A rule that does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOff {
    /// Its id.
    pub id: RuleId,
    /// Why.
    pub reason: String,
}

/// Findings that are known and accepted. Whether the rule exists, the waiver is used, expired or without a reason is
/// judged by the engine, and is a finding of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule.
    pub rule: RuleId,
    /// Glob of paths.
    pub path: String,
    /// Why; empty when none is given.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Last day on which it holds.
    pub until: Option<Day>,
    /// The table in its file.
    pub place: Place,
    /// Its lines.
    pub excerpt: Excerpt,
}

/// Whether commands need a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SandboxMode {
    /// A command does not run without one.
    Require,
    /// A command runs without one where there is none, and the report says so.
    Prefer,
    /// Commands run without one.
    Off,
}

impl SandboxMode {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("require", Self::Require),
        ("prefer", Self::Prefer),
        ("off", Self::Off),
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Require => "require",
            Self::Prefer => "prefer",
            Self::Off => "off",
        }
    }
}

/// Whether the terminal gets colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Color {
    /// When it is a terminal that shows them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("auto", Self::Auto),
        ("always", Self::Always),
        ("never", Self::Never),
    ];

    /// The word used in files and flags.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Which.
    pub level: Level,
    /// `[rules] select`.
    pub select: Option<List>,
    /// `[rules] ignore`.
    pub ignore: Option<List>,
    /// `[rules] fail_on`.
    pub fail_on: Option<Sourced<Severity>>,
    /// `[rules] confidence`.
    pub confidence: Option<Sourced<Confidence>>,
    /// `[[rules.off]]`.
    pub off: Vec<Sourced<RuleOff>>,
    /// `[[waive]]`.
    pub waivers: Vec<Sourced<Waiver>>,
    /// `exclude`.
    pub exclude: Option<List>,
    /// `entry_points`.
    pub entry_points: Option<List>,
    /// `[budgets]`.
    pub budgets: BTreeMap<MetricName, Sourced<Quantity>>,
    /// `[scan] max_file_size`, in bytes.
    pub max_file_size: Option<Sourced<u64>>,
    /// `[scan] jobs`.
    pub jobs: Option<Sourced<u32>>,
    /// `[history] enabled`.
    pub history: Option<Sourced<bool>>,
    /// `[output] format`.
    pub format: Option<Sourced<String>>,
    /// `[output] color`.
    pub color: Option<Sourced<Color>>,
    /// `[organisation] dirs`, as written.
    pub organisation_dirs: Option<List>,
    /// `[[trust.repository]]`.
    pub trust: Vec<Sourced<Trust>>,
    /// `[sandbox] mode`.
    pub sandbox: Option<Sourced<SandboxMode>>,
    /// `[grants] network`.
    pub grants_network: Option<List>,
    /// `[grants] allow`.
    pub grants_allow: Option<List>,
    /// `[grants] files`.
    pub grants_files: Option<List>,
    /// `[plugins] keys`.
    pub plugin_keys: Option<List>,
    /// `[plugins] require_lock`.
    pub require_lock: Option<Sourced<bool>>,
    /// `[plugins] require_signature`.
    pub require_signature: Option<Sourced<bool>>,
    /// `[tokens]`, by host.
    pub tokens: BTreeMap<String, Sourced<Token>>,
}

impl Layer {
    /// A layer that sets nothing.
    pub fn empty(level: Level) -> Self {
        Self {
            level,
            select: None,
            ignore: None,
            fail_on: None,
            confidence: None,
            off: Vec::new(),
            waivers: Vec::new(),
            exclude: None,
            entry_points: None,
            budgets: BTreeMap::new(),
            max_file_size: None,
            jobs: None,
            history: None,
            format: None,
            color: None,
            organisation_dirs: None,
            trust: Vec::new(),
            sandbox: None,
            grants_network: None,
            grants_allow: None,
            grants_files: None,
            plugin_keys: None,
            require_lock: None,
            require_signature: None,
            tokens: BTreeMap::new(),
        }
    }
}
