//! The record that a user trusts a repository: its name and the hash of what was trusted.
//!
//! It lives in the user's settings as `[[trust.repository]]`. What is hashed is the caller's business.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table as EditTable, value};

use crate::day::Day;
use crate::diagnose::{Fault, Faults, Source};
use crate::table::{Document, Refusal, Table};

/// One trusted repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// URL without credentials, or absolute path.
    pub repository: String,
    /// SHA-256 of the trusted files, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// When it was recorded.
    pub since: Option<Day>,
    /// The commit that was looked at, where that was a clone.
    pub commit: Option<String>,
}

impl Trust {
    /// Whether it speaks of this repository with this content.
    pub fn holds(&self, repository: &str, sha256: &str) -> bool {
        self.repository == repository && self.sha256 == sha256
    }
}

/// Reads one `[[trust.repository]]`.
pub(crate) fn read(table: &Table<'_>) -> Option<Trust> {
    let repository = table.filled("repository", "\"https://...\"");
    let sha256 = table
        .need("sha256", "\"64 hexadecimal digits\"")
        .and_then(|value| value.parsed(digest));
    let since = table.value("since").and_then(|value| value.day());
    let commit = table.text("commit").map(str::to_owned);
    Some(Trust {
        repository: repository?.to_owned(),
        sha256: sha256?,
        since,
        commit,
    })
}

fn digest(text: &str) -> Result<String, Refusal> {
    let form = text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if form {
        return Ok(text.to_owned());
    }
    Err(Refusal::new("this is not a SHA-256")
        .hint("`perfctl trust` writes it: 64 lower-case hexadecimal digits"))
}

/// The user's settings `text` (from `path`; empty for a new file) with `trust` recorded: an earlier record of the same
/// repository is replaced, everything else, comments included, stays as it is.
///
/// # Errors
/// The faults of `text`, if it does not parse or holds something else under `trust`.
pub fn record(path: &str, text: &str, trust: &Trust) -> Result<String, Faults> {
    let mut document = editable(path, text)?;
    if document.get("schema").is_none() {
        document.insert("schema", value(crate::settings::SCHEMA));
    }
    let parent = document.entry("trust").or_insert_with(|| {
        let mut table = EditTable::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let list = parent
        .as_table_mut()
        .map(|table| {
            table
                .entry("repository")
                .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        })
        .and_then(Item::as_array_of_tables_mut)
        .ok_or_else(|| {
            let fault =
                Fault::of_file(path, "`trust` is written in a form that cannot be added to");
            Faults::from(fault.with_hint("write its records as `[[trust.repository]]` tables"))
        })?;
    list.retain(|table| {
        table.get("repository").and_then(Item::as_str) != Some(trust.repository.as_str())
    });
    let mut table = EditTable::new();
    table.insert("repository", value(trust.repository.as_str()));
    table.insert("sha256", value(trust.sha256.as_str()));
    if let Some(since) = trust.since {
        table.insert("since", value(since.to_string()));
    }
    if let Some(commit) = &trust.commit {
        table.insert("commit", value(commit.as_str()));
    }
    list.push(table);
    Ok(document.to_string())
}

/// The user's settings `text` without the record of `repository`; `None` when there is none. Everything else stays as it is.
///
/// # Errors
/// The faults of `text`, if it does not parse.
pub fn remove(path: &str, text: &str, repository: &str) -> Result<Option<String>, Faults> {
    let mut document = editable(path, text)?;
    let list = document
        .get_mut("trust")
        .and_then(|trust| trust.get_mut("repository"))
        .and_then(Item::as_array_of_tables_mut);
    let Some(list) = list else {
        return Ok(None);
    };
    let before = list.len();
    list.retain(|table| table.get("repository").and_then(Item::as_str) != Some(repository));
    Ok((list.len() < before).then(|| document.to_string()))
}

fn editable(path: &str, text: &str) -> Result<DocumentMut, Faults> {
    // Parsed by our own reader first, for its messages.
    Document::parse_source(Source::new(path, text).hiding("tokens"))?;
    text.parse().map_err(|_| {
        Faults::from(Fault::of_file(
            path,
            "the file could not be read for editing",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{self, Level};

    fn trust(repository: &str, digit: char) -> Trust {
        let sha256 = digit.to_string().repeat(64);
        Trust {
            repository: repository.to_owned(),
            sha256,
            since: Day::parse("2026-11-21").ok(),
            commit: (digit == 'c').then(|| "1fc2d0d".to_owned()),
        }
    }

    fn recorded(text: &str) -> Vec<Trust> {
        let layer = settings::read("config.toml", text, Level::User)
            .unwrap_or_else(|faults| panic!("{faults}"));
        layer.trust.into_iter().map(|trust| trust.value).collect()
    }

    #[test]
    fn a_record_is_added_to_a_new_file_and_replaces_the_older_one() {
        let first =
            record("config.toml", "", &trust("https://example.org/a", 'a')).expect("an empty file");
        let second = record("config.toml", &first, &trust("https://example.org/b", 'b'))
            .expect("one record");
        let third = record("config.toml", &second, &trust("https://example.org/a", 'c'))
            .expect("two records");
        assert_eq!(
            recorded(&third),
            [
                trust("https://example.org/b", 'b'),
                trust("https://example.org/a", 'c')
            ]
        );
    }

    #[test]
    fn a_record_is_removed_and_nothing_else() {
        let mine = "# mine\nschema = \"perfctl.settings/1\"\n\n[scan] # fast\njobs = 3\n";
        let one = record("config.toml", mine, &trust("/srv/a", 'a')).expect("settings");
        let two = record("config.toml", &one, &trust("/srv/b", 'b')).expect("settings");
        let removed = |text: &str, name: &str| remove("config.toml", text, name).expect("settings");
        assert_eq!(removed(&two, "/srv/b").as_deref(), Some(one.as_str()));
        assert_eq!(removed(&one, "/srv/a").as_deref(), Some(mine));
        assert_eq!(removed(&one, "/srv"), None);
        assert_eq!(removed(mine, "/srv/a"), None);
    }

    #[test]
    fn what_the_user_wrote_stays_as_it_is() {
        let text = "# mine\nschema = \"perfctl.settings/1\"\n\n[scan] # fast\njobs = 3\n\n[tokens]\n\"h\" = \"s\"\n";
        let written = record("config.toml", text, &trust("/srv/app", 'a')).expect("settings");
        assert!(written.starts_with(text), "{written}");
        assert_eq!(recorded(&written).len(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_edited_is_refused() {
        let faults = record("config.toml", "[tokens]\nh = \"s3cret\n", &trust("r", 'a'))
            .expect_err("an open quote");
        assert!(!faults.to_string().contains("s3cret"));
        let faults = record("config.toml", "trust = 1\n", &trust("r", 'a')).expect_err("a number");
        assert!(faults.to_string().contains("[[trust.repository]]"));
    }
}
