//! `pack.toml` (`schema = "perfctl.pack/1"`): a folder of rules, its version, and the edition of the API they use.

use std::collections::BTreeSet;
use std::time::Duration;

use perfctl_core::label::{Matching, Twins};

use super::extension::{self, CollectorHead, ReporterHead};
use crate::diagnose::Faults;
use crate::names;
use crate::table::{Document, Refusal, Table};

/// The schema that this version reads.
const SCHEMA: &str = "perfctl.pack/1";

/// The edition of the rules' API that this version speaks.
pub const EDITION: u32 = 1;

/// The most milliseconds of processor time that a pack may ask for its rules in a run.
const LONGEST_RUN_MS: i64 = 3_600_000;

/// The head of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its id, also the name of its folder.
    pub id: String,
    /// One line.
    pub title: String,
    /// Its version: three numbers joined by dots.
    pub version: String,
    /// The edition of the rules' API that its scripts use.
    pub edition: u32,
    /// How findings of its rules meet labels.
    pub labels: Matching,
    /// What its plugin asks to be allowed beyond judging what its matchers matched.
    pub capabilities: Vec<Capability>,
    /// Processor time that its rules together may take in a run, where it says so.
    pub run: Option<Duration>,
    /// The collectors that its plugin brings; then it brings nothing else.
    pub collectors: Vec<CollectorHead>,
    /// The formats of reports that its plugin brings; then it brings nothing else.
    pub reporters: Vec<ReporterHead>,
}

impl Pack {
    /// What its plugin is.
    pub fn kind(&self) -> Kind {
        match (self.collectors.is_empty(), self.reporters.is_empty()) {
            (true, true) => Kind::Rules,
            (false, _) => Kind::Collectors,
            (true, false) => Kind::Reporters,
        }
    }
}

/// What a plugin is: a component is made for one world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A pack of rules.
    Rules,
    /// Collectors.
    Collectors,
    /// Formats of reports.
    Reporters,
}

/// What a plugin may ask for. It gets it when the user's settings grant it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// To look at files of the audited repository beside those in which its matchers matched.
    Files,
}

impl Capability {
    /// Every capability.
    pub const ALL: [Self; 1] = [Self::Files];

    /// The word in manifests and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Files => "files",
        }
    }

    /// What it allows, for who is asked.
    pub fn about(self) -> &'static str {
        match self {
            Self::Files => {
                "read any file of the audited repository, not only those that its rules match"
            }
        }
    }
}

/// Reads the pack in `text`, which came from `path` in the folder `folder`.
///
/// # Errors
/// Every fault of the file.
pub fn read(path: &str, text: &str, folder: &str) -> Result<Pack, Faults> {
    Document::parse(path, text)?.read(|table| read_table(table, folder))
}

fn read_table(table: &Table<'_>, folder: &str) -> Option<Pack> {
    table.schema(SCHEMA);
    let id = table.need("id", &format!("{folder:?}"));
    let id = id.and_then(|value| {
        let id = value.parsed(names::word)?;
        if id != folder {
            let message = format!("the pack is called `{id}`, but its folder `{folder}`");
            value.refuse(Refusal::new(message).hint("give both the same name"));
        }
        Some(id)
    });
    let title = table.one_line("title", "\"what the pack is about\"");
    let version = table
        .need("version", "\"0.1.0\"")
        .and_then(|value| value.parsed(read_version));
    let edition = table.need("edition", &EDITION.to_string());
    let edition = edition.and_then(|value| {
        let edition = u32::try_from(value.integer(1..=i64::from(u32::MAX))?).ok()?;
        if edition > EDITION {
            value.refuse(
                Refusal::new(format!(
                    "this perfctl speaks edition {EDITION} of the rules' API, not {edition}"
                ))
                .hint("use a newer perfctl for this pack"),
            );
        }
        Some(edition)
    });
    let labels = table.table("labels", |table| Some(matching(table)));
    let words = Capability::ALL.map(|capability| (capability.word(), capability));
    let capabilities = table.texts("capabilities").into_iter();
    let capabilities: Vec<Capability> = capabilities
        .filter_map(|value| value.word(&words))
        .collect();
    let run = table.table("limits", |table| {
        let ms = table.value("run_ms")?.integer(1..=LONGEST_RUN_MS)?;
        u64::try_from(ms).ok().map(Duration::from_millis)
    });
    let collectors = extension::collectors(table);
    let reporters = extension::reporters(table);
    let refuse = |message: &str, hint: &str| table.report(table.fault(message).with_hint(hint));
    match [table.has("collector"), table.has("reporter")] {
        [true, true] => refuse(
            "a plugin brings collectors or formats of reports, not both",
            "a component is one thing: make a pack of its own for each",
        ),
        [false, false] => {}
        _ if capabilities.is_empty() => {}
        _ => refuse(
            "a plugin of collectors or formats has no capabilities",
            "it sees what it is handed and nothing else: take `capabilities` out",
        ),
    }
    Some(Pack {
        id: id?,
        title: title?.to_owned(),
        version: version?,
        edition: edition?,
        labels: labels.unwrap_or_default(),
        capabilities,
        run,
        collectors,
        reporters,
    })
}

/// `[labels]`: which rules are about whole files, and which see one defect from several sides.
fn matching(table: &Table<'_>) -> Matching {
    let ids = |table: &Table<'_>, key| -> BTreeSet<_> {
        let values = table.texts(key).into_iter();
        values
            .filter_map(|value| value.parsed(names::rule_id))
            .collect()
    };
    let twins = table.tables("twins", |twins| {
        twins.filled("why", "\"one defect, one rule\"");
        let rules = ids(twins, "rules");
        if rules.len() < 2 {
            twins.refuse(
                "rules",
                Refusal::new("twins are two rules at least")
                    .hint("write rules = [\"ORG-001\", \"ORG-002\"]"),
            );
        }
        Some(Twins {
            own: rules.clone(),
            rules,
        })
    });
    Matching {
        whole_file: ids(table, "whole_file"),
        twins,
    }
}

fn read_version(text: &str) -> Result<String, Refusal> {
    let parts: Vec<&str> = text.split('.').collect();
    let number = |part: &&str| {
        !part.is_empty()
            && part.len() <= 9
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    if parts.len() == 3 && parts.iter().all(number) {
        return Ok(text.to_owned());
    }
    Err(Refusal::new(format!("`{text}` is not a version"))
        .hint("a version is three numbers joined by dots, such as `0.1.0`"))
}
