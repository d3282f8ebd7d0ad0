//! What a plugin's file says of its rules, read without running or believing anything of it: what an update is held against.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_wire::lock::Locked;

use super::{Shelf, State, manifest};

/// What an update has to show of a rule, in the order in which it is shown. What a rule is worth to a gate comes first.
const SHOWN: [&str; 3] = ["severity", "title", "category"];

/// The texts of a plugin's rules.
pub(crate) struct Heads {
    files: BTreeMap<String, String>,
}

impl Heads {
    /// Those of the plugin that `locked` names, as it is installed. `None` where its file is not the one that was agreed to: what
    /// another file says is nothing that changes.
    pub(crate) fn installed(shelf: &Shelf, locked: &Locked) -> Option<Self> {
        match shelf.state(locked) {
            State::Whole(bytes) => Self::carried(&bytes),
            _ => None,
        }
    }

    /// Those that a plugin's file carries along.
    pub(super) fn carried(bytes: &[u8]) -> Option<Self> {
        let files = manifest(bytes).ok()?.files;
        Some(Self { files })
    }

    /// What is different of a rule in `new`, for a sentence each; empty where nothing is.
    pub(super) fn changes(&self, new: &Self, rule: &RuleId) -> Vec<String> {
        let head = format!("{rule}/rule.toml");
        let (Some(was), Some(is)) = (self.table(&head), new.table(&head)) else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for key in SHOWN {
            let (was, is) = (word(&was, key), word(&is, key));
            if was != is {
                changes.push(format!("{key} {was} -> {is}"));
            }
        }
        let keys: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        let others = keys.into_iter().filter(|key| {
            !SHOWN.contains(&key.as_str()) && was.get(key.as_str()) != is.get(key.as_str())
        });
        let others: Vec<&str> = others.map(String::as_str).collect();
        if !others.is_empty() {
            changes.push(format!("{} of its rule.toml", others.join(", ")));
        }
        let script = format!("{rule}/rule.lua");
        if self.files.get(&script) != new.files.get(&script) {
            changes.push("its script".to_owned());
        }
        changes
    }

    fn table(&self, path: &str) -> Option<toml::Table> {
        self.files.get(path)?.parse().ok()
    }
}

/// The text of a key as a line shows it: words as they are, a title in quotes.
fn word(table: &toml::Table, key: &str) -> String {
    match table.get(key) {
        Some(toml::Value::String(text)) if key == "title" => format!("\"{text}\""),
        Some(toml::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(head: &str, script: &str) -> Heads {
        Heads {
            files: BTreeMap::from([
                ("A-1/rule.toml".to_owned(), head.to_owned()),
                ("A-1/rule.lua".to_owned(), script.to_owned()),
            ]),
        }
    }

    #[test]
    fn what_a_rule_is_worth_is_shown_and_the_rest_is_named() {
        let old = heads(
            "severity = 'critical'\ntitle = 'No loads'\ncategory = 'cpu'\nmatch = [1]\n",
            "a",
        );
        let new = heads(
            "severity = 'low'\ntitle = 'Loads'\ncategory = 'cpu'\nmatch = [2]\nlimits = { time_ms = 5 }\n",
            "b",
        );
        let changes = |old: &Heads, new: &Heads| old.changes(new, &RuleId::from("A-1"));
        assert_eq!(
            changes(&old, &new),
            [
                "severity critical -> low",
                "title \"No loads\" -> \"Loads\"",
                "limits, match of its rule.toml",
                "its script",
            ]
        );
        assert!(changes(&new, &new).is_empty());
    }
}
