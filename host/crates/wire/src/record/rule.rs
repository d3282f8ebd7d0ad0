//! Rules that ran, with the texts that reports show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use perfctl_core::fix::Safety;
use perfctl_core::ids::{MetricName, RuleId};
use perfctl_core::rule::{Help as CoreHelp, Layer, Rule as CoreRule};
use perfctl_core::scale::{Effort, Severity};
use serde::{Deserialize, Serialize};

use super::word::Word;

/// A rule that ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Other ids under which checklists know it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What goes wrong, as a noun phrase.
    pub title: String,
    /// Its family.
    pub category: String,
    /// Words to select it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What people call the problem where its title does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What a finding costs unless the rule judges a place otherwise.
    pub severity: Word<Severity>,
    /// Languages it looks at; empty means files, not code.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Languages that it says nothing about, and why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub elsewhere: BTreeMap<String, String>,
    /// The work of mending one finding.
    pub effort: Word<Effort>,
    /// The class of its fix, if it offers one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Word<Safety>>,
    /// The metric that confirms it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// Texts.
    pub help: Help,
    /// The pack that holds it.
    pub pack: String,
    /// The layer that the pack came from.
    pub layer: LayerWord,
    /// The layer's directory; absent for what is built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer_path: Option<String>,
}

/// The texts that a developer learns from; Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Help {
    /// What it checks.
    pub what: String,
    /// What it costs, with a figure.
    pub why: String,
    /// Where the figure comes from.
    pub source: String,
    /// Code that is found; may be empty.
    pub example: String,
    /// How to mend it.
    pub fix: String,
    /// Known false alarms.
    pub false_alarms: String,
    /// How to confirm by measurement; may be empty.
    pub measure: String,
}

/// A layer, without its directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LayerWord {
    /// Embedded in the binary.
    BuiltIn,
    /// The user's settings directory.
    User,
    /// A directory of an organisation.
    Organisation,
    /// The audited repository.
    Repository,
}

impl From<&CoreRule> for Rule {
    fn from(rule: &CoreRule) -> Self {
        let CoreRule {
            id,
            aliases,
            title,
            category,
            tags,
            keywords,
            severity,
            languages,
            elsewhere,
            effort,
            fix,
            metric,
            help,
            pack,
            layer,
        } = rule;
        let CoreHelp {
            what,
            why,
            source,
            example,
            fix: mend,
            false_alarms,
            measure,
        } = help.clone();
        // Paths that are no UTF-8 are shown, not found again.
        let shown = |path: &Path| Some(path.to_string_lossy().into_owned());
        let (word, path) = match layer {
            Layer::BuiltIn => (LayerWord::BuiltIn, None),
            Layer::User(path) => (LayerWord::User, shown(path)),
            Layer::Organisation(path) => (LayerWord::Organisation, shown(path)),
            Layer::Repository(path) => (LayerWord::Repository, shown(path)),
        };
        Self {
            id: id.to_string(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            title: title.clone(),
            category: category.clone(),
            tags: tags.clone(),
            keywords: keywords.clone(),
            severity: Word(*severity),
            languages: languages.clone(),
            elsewhere: elsewhere.clone(),
            effort: Word(*effort),
            fix: fix.map(Word),
            metric: metric.as_ref().map(ToString::to_string),
            help: Help {
                what,
                why,
                source,
                example,
                fix: mend,
                false_alarms,
                measure,
            },
            pack: pack.clone(),
            layer: word,
            layer_path: path,
        }
    }
}

impl From<Rule> for CoreRule {
    fn from(rule: Rule) -> Self {
        let Help {
            what,
            why,
            source,
            example,
            fix,
            false_alarms,
            measure,
        } = rule.help;
        let path = PathBuf::from(rule.layer_path.unwrap_or_default());
        let layer = match rule.layer {
            LayerWord::BuiltIn => Layer::BuiltIn,
            LayerWord::User => Layer::User(path),
            LayerWord::Organisation => Layer::Organisation(path),
            LayerWord::Repository => Layer::Repository(path),
        };
        Self {
            id: RuleId::new(rule.id),
            aliases: rule.aliases.into_iter().map(RuleId::new).collect(),
            title: rule.title,
            category: rule.category,
            tags: rule.tags,
            keywords: rule.keywords,
            severity: rule.severity.0,
            languages: rule.languages,
            elsewhere: rule.elsewhere,
            effort: rule.effort.0,
            fix: rule.fix.map(|fix| fix.0),
            metric: rule.metric.map(MetricName::new),
            help: CoreHelp {
                what,
                why,
                source,
                example,
                fix,
                false_alarms,
                measure,
            },
            pack: rule.pack,
            layer,
        }
    }
}
