//! `rule.toml` (`schema = "perfctl.rule/1"`): the head of a rule as [`Rule`], its matchers as tables left to the
//! runtime, which knows what a matcher is.

mod extension;
mod help;
mod pack;

use std::collections::BTreeMap;

use perfctl_core::fix::Safety;
use perfctl_core::ids::RuleId;
use perfctl_core::message::Message;
use perfctl_core::rule::{Layer, Rule};
use perfctl_core::scale::{Effort, Severity};

pub use extension::{CallLimits, CollectorHead, ReporterHead};
pub use pack::{Capability, EDITION, Kind, Pack, read as read_pack};

use crate::diagnose::Faults;
use crate::names;
use crate::table::{Document, RawTable, Refusal, Table, Value};

/// The schema that this version reads.
pub const SCHEMA: &str = "perfctl.rule/1";

/// A rule's file: what this crate understands, and the tables that the runtime reads.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// The head.
    pub rule: Rule,
    /// `[[match]]`, in the order of the file. Read each with [`RawTable::read`].
    pub matchers: Vec<RawTable>,
    /// `[applies]`.
    pub applies: Option<RawTable>,
    /// `[limits]`.
    pub limits: Option<RawTable>,
    /// `[messages]`, in the order of the file.
    pub messages: Vec<Message>,
}

/// Where a rule lies and what it may name.
#[derive(Clone, Debug)]
pub struct Home<'h> {
    /// The name of its folder, which must be its id.
    pub folder: &'h str,
    /// The id of its pack.
    pub pack: &'h str,
    /// The layer of its pack.
    pub layer: Layer,
    /// Languages as the scanner spells them.
    pub languages: &'h [&'h str],
}

/// Reads the rule in `text`, which came from `path`.
///
/// # Errors
/// Every fault of the file, but for what stands in the tables left to the runtime.
pub fn read(path: &str, text: &str, home: &Home<'_>) -> Result<RuleFile, Faults> {
    Document::parse(path, text)?.read(|table| read_table(table, home))
}

fn read_table(table: &Table<'_>, home: &Home<'_>) -> Option<RuleFile> {
    table.schema(SCHEMA);
    let id = table.need("id", &format!("{:?}", home.folder));
    let id = id.and_then(|value| read_id(&value, home.folder));
    let aliases = table.texts("aliases");
    let aliases: Vec<RuleId> = aliases
        .iter()
        .filter_map(|alias| alias.parsed(names::rule_id))
        .collect();
    let title = table.one_line("title", "\"what goes wrong, as a noun phrase\"");
    let category = table
        .need("category", "\"database\"")
        .and_then(|value| value.parsed(names::word));
    let tags = read_words(table, "tags");
    let keywords = table.texts("keywords");
    let keywords = keywords.iter().filter_map(|value| value.filled());
    let keywords: Vec<String> = keywords.map(str::to_owned).collect();
    let severity = table
        .need("severity", "\"high\"")
        .and_then(|value| value.word(&severities()));
    let languages = table.texts("languages");
    let languages = languages
        .iter()
        .filter_map(|value| value.accept(known_language(value.text()?, home.languages)));
    let languages: Vec<String> = languages.collect();
    let elsewhere = read_elsewhere(table, &languages, home.languages);
    let effort = table
        .need("effort", "\"S\"")
        .and_then(|value| value.word(&efforts()));
    let fix = table.value("fix").map(|value| value.word(&safeties()));
    let metric = table
        .value("metric")
        .map(|value| value.parsed(names::metric_name));
    let help = table.need("help", "{ what = \"...\", why = \"...\" }");
    let help = help.and_then(|value| {
        value.table("`[help]`".to_owned(), |table| {
            help::read(table, metric.is_some())
        })
    });
    let matchers = table.raws("match");
    let (applies, limits) = (table.raw("applies"), table.raw("limits"));
    let messages = table.table("messages", |table| Some(read_messages(table)));
    let rule = Rule {
        id: id?,
        aliases,
        title: title?.to_owned(),
        category: category?,
        tags,
        keywords,
        severity: severity?,
        languages,
        elsewhere,
        effort: effort?,
        fix: fix.flatten(),
        metric: metric.flatten(),
        help: help?,
        pack: home.pack.to_owned(),
        layer: home.layer.clone(),
    };
    Some(RuleFile {
        rule,
        matchers,
        applies,
        limits,
        messages: messages.unwrap_or_default(),
    })
}

/// `[messages]`: what findings say, by the names that the rule's code uses.
fn read_messages(table: &Table<'_>) -> Vec<Message> {
    let entries = table.entries().into_iter();
    entries
        .filter_map(|(id, value)| {
            let id = value.accept(names::word(&id))?;
            value.parsed(|text| {
                Message::parse(id, text).map_err(|error| Refusal::new(error.to_string()))
            })
        })
        .collect()
}

fn read_id(value: &Value<'_>, folder: &str) -> Option<RuleId> {
    let id = value.parsed(names::rule_id)?;
    if id.as_str() != folder {
        value.refuse(
            Refusal::new(format!(
                "the rule is called `{id}`, but its folder `{folder}`"
            ))
            .hint("give both the same name; ids a rule had before go to `aliases`"),
        );
    }
    Some(id)
}

fn read_words(table: &Table<'_>, key: &'static str) -> Vec<String> {
    table
        .texts(key)
        .iter()
        .filter_map(|value| value.parsed(names::word))
        .collect()
}

/// `[elsewhere]`: for which languages the rule has nothing to say, and why.
fn read_elsewhere(table: &Table<'_>, own: &[String], known: &[&str]) -> BTreeMap<String, String> {
    let reasons = table.scalars("elsewhere");
    let reasons = reasons.iter().filter_map(|(language, value)| {
        let reason = value.filled()?.trim().to_owned();
        let language = known_language(language, known).and_then(|language| {
            if own.contains(&language) {
                return Err(Refusal::new(format!("the rule looks at {language}")).hint(
                    "`[elsewhere]` says why it has nothing to say about the other languages",
                ));
            }
            Ok(language)
        });
        Some((value.accept(language)?, reason))
    });
    reasons.collect()
}

fn known_language(text: &str, known: &[&str]) -> Result<String, Refusal> {
    if known.contains(&text) {
        return Ok(text.to_owned());
    }
    Err(Refusal::new(format!("no language is called `{text}`")).advise(text, known.iter().copied()))
}

fn severities() -> Vec<(&'static str, Severity)> {
    Severity::ALL
        .iter()
        .map(|step| (step.word(), *step))
        .collect()
}

fn efforts() -> Vec<(&'static str, Effort)> {
    Effort::ALL
        .iter()
        .map(|step| (step.word(), *step))
        .collect()
}

fn safeties() -> [(&'static str, Safety); 3] {
    [Safety::Safe, Safety::Unsafe, Safety::DisplayOnly].map(|safety| (safety.word(), safety))
}

#[cfg(test)]
pub(crate) mod tests;
