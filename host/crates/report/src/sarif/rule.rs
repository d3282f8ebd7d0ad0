//! Rules as SARIF reporting descriptors.

use std::collections::BTreeSet;

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::rule::Rule;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::Severity;
use serde_json::{Value, json};

use crate::{help_text, neutral};

/// Tags that GitHub accepts per rule.
const TAGS: usize = 20;

/// A rule that the log describes.
pub(super) struct Described<'a> {
    /// Its id.
    pub(super) id: &'a RuleId,
    /// Its `reportingDescriptor`.
    pub(super) descriptor: Value,
}

/// The rules of the findings, in the order of the record; what all the others are about would be nine tenths of a log. What they came to
/// stands among its items.
pub(super) fn rules<'a>(record: &'a RunRecord, findings: &[&'a Finding]) -> Vec<Described<'a>> {
    let found: BTreeSet<&RuleId> = findings.iter().map(|finding| &finding.rule).collect();
    let mut rules: Vec<Described<'a>> = Vec::with_capacity(found.len());
    for rule in &record.rules {
        // The standard wants every descriptor once.
        if found.contains(&rule.id) && !rules.iter().any(|known| *known.id == rule.id) {
            rules.push(Described {
                id: &rule.id,
                descriptor: descriptor(rule),
            });
        }
    }
    for finding in findings {
        if !rules.iter().any(|rule| rule.id == &finding.rule) {
            let descriptor = json!({"id": finding.rule.as_str()});
            rules.push(Described {
                id: &finding.rule,
                descriptor,
            });
        }
    }
    rules
}

/// The SARIF level of a severity.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    let title = neutral::sentence(&rule.title);
    let what = help_text::first_paragraph(&rule.help.what);
    let mut tags = vec!["performance".to_owned(), rule.category.clone()];
    tags.extend(rule.tags.iter().cloned());
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| !tag.is_empty() && seen.insert(tag.clone()));
    tags.truncate(TAGS);
    let mut descriptor = json!({
        "id": rule.id.as_str(),
        "shortDescription": {"text": title},
        "fullDescription": {"text": if what.is_empty() { &title } else { &what }},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {
            "tags": tags,
            "aliases": rule.aliases.iter().map(RuleId::as_str).collect::<Vec<_>>(),
            "category": rule.category,
            "severity": rule.severity.word(),
            "effort": rule.effort.word(),
            "pack": rule.pack,
            // What code scanning shows as the severity of a rule that is not about security.
            "problem.severity": match rule.severity {
                Severity::Critical | Severity::High => "error",
                Severity::Medium => "warning",
                Severity::Low => "recommendation",
            },
        },
    });
    let markdown = help_markdown(rule);
    if !markdown.is_empty() {
        descriptor["help"] = json!({"text": plain_help(rule), "markdown": markdown});
    }
    descriptor
}

fn sections(rule: &Rule) -> impl Iterator<Item = (&'static str, &str)> {
    let help = &rule.help;
    [
        ("What", &help.what),
        ("Why", &help.why),
        ("Example", &help.example),
        ("How to fix", &help.fix),
        ("Known false alarms", &help.false_alarms),
        ("How to measure", &help.measure),
        ("Source", &help.source),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(name, text)| (name, text.as_str()))
}

fn help_markdown(rule: &Rule) -> String {
    let parts: Vec<String> = sections(rule)
        .map(|(name, text)| format!("## {name}\n\n{}", help_text::to_markdown(text)))
        .collect();
    parts.join("\n\n")
}

fn plain_help(rule: &Rule) -> String {
    let parts: Vec<String> = sections(rule)
        .map(|(name, text)| format!("{name}: {}", neutral::block(text).trim()))
        .collect();
    parts.join("\n\n")
}
