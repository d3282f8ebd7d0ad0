//! What became of every value that some layer wrote, for `perfctl config explain KEY`.

use std::collections::BTreeMap;
use std::fmt;

use super::keys::{KEYS, Key};
use super::origin::Origin;
use crate::table::{Refusal, nearest};

/// What became of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in force, alone.
    Wins,
    /// It is in force beside others.
    Adds,
    /// A later layer replaced it.
    Overridden,
    /// Its layer may not set it; why.
    Ignored(String),
}

/// One value that a layer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value as TOML; tokens hidden.
    pub shown: String,
    /// Where it was written.
    pub origin: Origin,
    /// What became of it.
    pub fate: Fate,
}

/// The answer to "why does this key have this value".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The key.
    pub key: String,
    /// What it sets.
    pub help: &'static str,
    /// Every value written, the latest layer first.
    pub entries: Vec<Entry>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.help)?;
        if self.entries.is_empty() {
            return f.write_str("\n  not set");
        }
        for entry in &self.entries {
            let fate = match &entry.fate {
                Fate::Wins => "in force",
                Fate::Adds => "in force, added",
                Fate::Overridden => "overridden",
                Fate::Ignored(_) => "ignored",
            };
            write!(
                f,
                "\n  {fate}: {}\n      from {}",
                entry.shown, entry.origin
            )?;
            if let Fate::Ignored(why) = &entry.fate {
                write!(f, "\n      because {why}")?;
            }
        }
        Ok(())
    }
}

/// Entries by key, in the order of the layers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal(BTreeMap<String, Vec<Entry>>);

impl Journal {
    /// Notes a value; one that wins overrides what was in force.
    pub(super) fn note(&mut self, key: &str, entry: Entry) {
        let entries = self.0.entry(key.to_owned()).or_default();
        if entry.fate == Fate::Wins {
            for earlier in entries
                .iter_mut()
                .filter(|earlier| matches!(earlier.fate, Fate::Wins | Fate::Adds))
            {
                earlier.fate = Fate::Overridden;
            }
        }
        entries.push(entry);
    }

    /// Everything about `key`; for a table such as `budgets` or `rules`, about all keys in it.
    pub(super) fn explain(&self, key: &str) -> Result<Vec<Explanation>, Refusal> {
        let within = |name: &str, table: &str| {
            name.strip_prefix(table)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        let mut found = Vec::new();
        for known in &KEYS {
            let free = known.name.strip_suffix(".*");
            let asked = known.name == key || within(known.name, key);
            match free {
                Some(table) => {
                    let names = self.0.keys().filter(|name| within(name, table));
                    let wanted: Vec<&String> = names
                        .filter(|name| asked || key == table || *name == key)
                        .collect();
                    // A free name that no layer sets is a fair question too.
                    if wanted.is_empty() && (key == table || within(key, table)) {
                        found.push(self.explanation(key, known));
                    }
                    found.extend(wanted.into_iter().map(|name| self.explanation(name, known)));
                }
                None if asked => found.push(self.explanation(known.name, known)),
                None => {}
            }
        }
        if found.is_empty() {
            return Err(unknown(key));
        }
        Ok(found)
    }

    fn explanation(&self, name: &str, key: &Key) -> Explanation {
        let mut entries = self.0.get(name).cloned().unwrap_or_default();
        entries.reverse();
        Explanation {
            key: name.to_owned(),
            help: key.help,
            entries,
        }
    }
}

/// The refusal of a key that does not exist; its last part alone is enough to find what was meant.
fn unknown(key: &str) -> Refusal {
    let refusal = Refusal::new(format!("no setting is called `{key}`"));
    let names = KEYS.iter().map(|known| known.name.trim_end_matches(".*"));
    if nearest(key, names.clone()).is_some() {
        return refusal.advise(key, names);
    }
    let last = |name: &'static str| name.rsplit('.').next().unwrap_or(name);
    let (short, lasts) = (
        key.rsplit('.').next().unwrap_or(key),
        names.clone().map(last),
    );
    let meant = lasts
        .clone()
        .find(|name| *name == short)
        .or_else(|| nearest(short, lasts));
    match names.clone().find(|name| meant == Some(last(name))) {
        Some(name) => refusal.hint(format!("did you mean `{name}`?")),
        None => refusal.hint(format!(
            "settings: {}",
            names.collect::<Vec<_>>().join(", ")
        )),
    }
}
