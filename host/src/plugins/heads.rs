//! What a plugin's file says of its rules, read without running or believing anything of it: what an update is held against.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::ids::RuleId;
use perfctl_wasm::section;
use perfctl_wire::lock::Locked;

use super::package::is_wasm;
use super::{Shelf, State, manifest};
use crate::files::sha256;

/// What an update has to show of a rule, in the order in which it is shown. What a rule is worth to a gate comes first.
const SHOWN: [&str; 3] = ["severity", "title", "category"];

/// What of a pack's head an update shows by itself.
const TOLD: [&str; 2] = ["version", "capabilities"];

/// The texts of a plugin, and what its code is told by.
pub(crate) struct Heads {
    files: BTreeMap<String, String>,
    /// The digest of a component without the texts that it carries along; `None` for a pack of scripts.
    code: Option<String>,
}

/// What is known of the plugin that another one would replace.
pub(crate) enum Before {
    /// What its file says.
    Known(Heads),
    /// Nothing, for this reason.
    Unknown(&'static str),
}

impl Before {
    /// The plugin that `locked` names, as it is installed. What another file than the one agreed to says is nothing that changes.
    pub(crate) fn installed(shelf: &Shelf, locked: &Locked) -> Self {
        match shelf.state(locked) {
            State::Whole(bytes) => {
                Heads::carried(&bytes).map_or(Self::Unknown("its file cannot be read"), Self::Known)
            }
            State::Missing => Self::Unknown("the file that the lock names is not there"),
            State::Changed(_) => {
                Self::Unknown("the file that is there is not the one that the lock names")
            }
            State::Unreadable(_) => Self::Unknown("the file that the lock names cannot be read"),
        }
    }
}

impl Heads {
    /// Those that a plugin's file carries along.
    pub(super) fn carried(bytes: &[u8]) -> Option<Self> {
        let files = manifest(bytes).ok()?.files;
        let code = is_wasm(bytes)
            .then(|| section::write(bytes, &[]).ok())
            .flatten();
        Some(Self {
            files,
            code: code.map(|code| sha256(&code)),
        })
    }

    /// What is different in `new` beside the heads and scripts of `rules`: a label and a sentence each.
    pub(super) fn beside(&self, new: &Self, rules: &[RuleId]) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        if self.code.is_some() && new.code.is_some() && self.code != new.code {
            let text = "~ it is no text, so what is different is seen by what its rules, collectors or formats do now";
            all.push(("code", text.to_owned()));
        }
        let (was, is) = (self.table("pack.toml"), new.table("pack.toml"));
        let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
        let keys = differing(&was, &is, &TOLD);
        if !keys.is_empty() {
            all.push(("pack.toml", format!("~ {}", keys.join(", "))));
        }
        let is_shown = |path: &str| {
            let mut ids = rules.iter().map(RuleId::as_str);
            let folder = path.strip_suffix("/rule.toml");
            let folder = folder.or_else(|| path.strip_suffix("/rule.lua"));
            path == "pack.toml" || folder.is_some_and(|folder| ids.any(|id| id == folder))
        };
        let paths: BTreeSet<&String> = self.files.keys().chain(new.files.keys()).collect();
        for path in paths.into_iter().filter(|path| !is_shown(path)) {
            let sign = match (self.files.get(path), new.files.get(path)) {
                (was, is) if was == is => continue,
                (None, _) => '+',
                (_, None) => '-',
                _ => '~',
            };
            all.push(match path.split('/').next() {
                Some("lib") => ("script", format!("{sign} {path}, which its rules share")),
                // They hold for the rules of every pack.
                Some("facts") => (
                    "facts",
                    format!("{sign} {path}: what libraries are, for the rules of all packs"),
                ),
                _ => ("file", format!("{sign} {path}")),
            });
        }
        all
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
        let others = differing(&was, &is, &SHOWN);
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

/// The keys, but those `told`, whose values are different.
fn differing<'t>(was: &'t toml::Table, is: &'t toml::Table, told: &[&str]) -> Vec<&'t str> {
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let others = keys.into_iter().filter(|key| {
        !told.contains(&key.as_str()) && was.get(key.as_str()) != is.get(key.as_str())
    });
    others.map(String::as_str).collect()
}

/// The text of a key as a line shows it: words as they are, a title in quotes.
fn word(table: &toml::Table, key: &str) -> String {
    match table.get(key) {
        Some(toml::Value::String(text)) if key == "title" => {
            format!("\"{}\"", text.replace('"', "\\\""))
        }
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
            code: None,
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

    #[test]
    fn what_a_title_says_ends_where_its_quotes_do() {
        let (old, new) = (heads("title = 'a'", ""), heads("title = 'b\" -> \"a'", ""));
        assert_eq!(
            old.changes(&new, &RuleId::from("A-1")),
            [r#"title "a" -> "b\" -> \"a""#]
        );
    }

    #[test]
    fn what_rules_share_and_what_holds_for_all_packs_is_shown_too() {
        let files = |all: &[(&str, &str)]| {
            let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
            all.iter().map(owned).collect::<BTreeMap<_, _>>()
        };
        let old = Heads {
            files: files(&[
                ("pack.toml", "version = '1'\ntitle = 'a'\nedition = 1\n"),
                ("A-1/rule.lua", "1"),
                ("lib/rows.lua", "1"),
                ("lib/same.lua", "1"),
                ("facts/acme.toml", "1"),
            ]),
            code: Some("1".to_owned()),
        };
        let new = Heads {
            files: files(&[
                (
                    "pack.toml",
                    "version = '2'\ntitle = 'b'\nedition = 1\nrun = { time_ms = 5 }\n",
                ),
                ("A-1/rule.lua", "2"),
                ("lib/rows.lua", "2"),
                ("lib/same.lua", "1"),
                ("facts/other.toml", "1"),
                ("checklists/pre.toml", "1"),
            ]),
            code: Some("2".to_owned()),
        };
        let shown = old.beside(&new, &["A-1".into()]);
        let shown: Vec<String> = shown
            .into_iter()
            .map(|(label, text)| format!("{label}: {text}"))
            .collect();
        assert_eq!(
            shown[1..],
            [
                "pack.toml: ~ run, title",
                "file: + checklists/pre.toml",
                "facts: - facts/acme.toml: what libraries are, for the rules of all packs",
                "facts: + facts/other.toml: what libraries are, for the rules of all packs",
                "script: ~ lib/rows.lua, which its rules share",
            ]
        );
        assert!(shown[0].starts_with("code: ~ it is no text"), "{shown:?}");
        assert!(new.beside(&new, &["A-1".into()]).is_empty());
    }
}
