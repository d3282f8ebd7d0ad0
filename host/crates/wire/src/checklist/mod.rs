//! Checklist files (`schema = "perfctl.checklist/1"`): which items answer each line of a document. Packs bring them; which rules
//! exist is not asked here.

mod shelf;

use std::collections::BTreeMap;

use perfctl_core::checklist::{Answer, Checklist, Evidence, EvidenceItem, Line, Section};
use perfctl_core::ids::RuleId;

pub use shelf::Shelf;
pub(crate) use shelf::add;

use crate::diagnose::Faults;
use crate::names;
use crate::recipe::Vocabulary;
use crate::table::{Document, Refusal, Table, Value};

/// The schema that this version reads.
pub const SCHEMA: &str = "perfctl.checklist/1";

/// A file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistFile {
    /// The document.
    pub checklist: Checklist,
    /// Items that no rule owns; every checklist may name them.
    pub items: Vec<EvidenceItem>,
}

/// Reads the checklist called `name` in `text`, which came from `path`. Of the vocabulary only the facts are asked.
///
/// # Errors
/// Every fault of the file.
pub fn read(
    path: &str,
    name: &str,
    text: &str,
    vocabulary: &Vocabulary,
) -> Result<ChecklistFile, Faults> {
    Document::parse(path, text)?.read(|table| read_table(table, name, vocabulary))
}

fn read_table(table: &Table<'_>, name: &str, vocabulary: &Vocabulary) -> Option<ChecklistFile> {
    table.schema(SCHEMA);
    let title = table.filled("title", "\"what the checklist is for, in one line\"");
    let origin = table.filled("origin", "\"the document that it stands for\"");
    let items = table.tables("item", |table| read_item(table, vocabulary));
    check_items(&items);
    let sections = table.tables("section", |table| read_section(table, vocabulary));
    if !table.has("section") {
        let fault = table.fault("a checklist needs a section");
        table.report(fault.with_hint("add a `[[section]]` with a `title` and `lines`"));
    }
    check_lines(&sections);
    check_sections(&sections);
    Some(ChecklistFile {
        checklist: Checklist {
            name: name.to_owned(),
            title: title?.to_owned(),
            origin: origin?.to_owned(),
            sections: sections.into_iter().map(|draft| draft.section).collect(),
        },
        items: items.into_iter().map(|(item, _)| item).collect(),
    })
}

fn read_item<'d>(table: &Table<'d>, vocabulary: &Vocabulary) -> Option<(EvidenceItem, Value<'d>)> {
    let at = table.need("id", "\"DOC-001\"");
    let id = at.as_ref().and_then(|value| value.parsed(names::rule_id));
    if let Some(id) = &id {
        table.call(format!("item {id}"));
    }
    let title = table.filled("title", "\"what goes wrong, as a noun phrase\"");
    let words: Vec<_> = Evidence::ALL.iter().map(|one| (one.word(), *one)).collect();
    let kind = table
        .need("kind", "\"attested\"")
        .and_then(|value| value.word(&words));
    let metric = table
        .value("metric")
        .map(|value| value.parsed(names::metric_name));
    let evidence = table.filled("evidence", "\"link the load test\"");
    let item = EvidenceItem {
        id: id?,
        title: title?.to_owned(),
        kind: kind?,
        metric: metric.flatten(),
        evidence: evidence?.trim_end_matches('.').to_owned(),
        when: read_when(table, vocabulary),
        elsewhere: None,
    };
    Some((item, at?))
}

/// `when`: the facts that must all hold.
fn read_when(table: &Table<'_>, vocabulary: &Vocabulary) -> Vec<String> {
    let facts = table.texts("when");
    for fact in &facts {
        let name = fact.text().unwrap_or("");
        fact.accept(vocabulary.check_fact(name.strip_prefix('!').unwrap_or(name)));
    }
    let facts = facts.iter().filter_map(|fact| fact.text());
    facts.map(str::to_owned).collect()
}

fn check_items(items: &[(EvidenceItem, Value<'_>)]) {
    let mut seen: BTreeMap<&RuleId, u32> = BTreeMap::new();
    for (item, at) in items {
        if let Some(line) = seen.insert(&item.id, at.line()) {
            let refusal = Refusal::new(format!("item `{}` exists already", item.id));
            at.refuse(refusal.hint(format!("the other one is in line {line}")));
        }
    }
}

/// A section with the places that checks across sections point at.
struct Draft<'d> {
    section: Section,
    id_at: Option<Value<'d>>,
    /// Where the numbers of its lines stand.
    numbers: Vec<Value<'d>>,
}

fn read_section<'d>(table: &Table<'d>, vocabulary: &Vocabulary) -> Option<Draft<'d>> {
    let id_at = table.value("id");
    let id = id_at.as_ref().and_then(|value| value.parsed(names::word));
    let title = table.filled("title", "\"what its lines are about\"");
    if let Some(title) = title {
        table.call(format!("section `{title}`"));
    }
    let when = read_when(table, vocabulary);
    if !table.has("lines") {
        let fault = table.fault("a section needs lines");
        let example = "{ at = 12, title = \"...\", items = [\"DOC-001\"] }";
        table.report(fault.with_hint(format!("add `lines = [{example}]`")));
    }
    let lines = table.tables("lines", |table| read_line(table, vocabulary));
    let (lines, numbers): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    Some(Draft {
        section: Section {
            id: id.unwrap_or_default(),
            title: title?.to_owned(),
            when,
            elsewhere: None,
            lines,
        },
        id_at,
        numbers,
    })
}

fn read_line<'d>(table: &Table<'d>, vocabulary: &Vocabulary) -> Option<(Line, Value<'d>)> {
    let at = table.need("at", "12");
    let number = at
        .as_ref()
        .and_then(|value| value.integer(1..=i64::from(u32::MAX)))
        .and_then(|number| u32::try_from(number).ok());
    if let Some(number) = number {
        table.call(format!("line {number}"));
    }
    let title = table.filled("title", "\"what the line asks for, in own words\"");
    let when = read_when(table, vocabulary);
    let items = table.texts("items");
    let ids: Vec<RuleId> = items
        .iter()
        .filter_map(|item| item.parsed(names::rule_id))
        .collect();
    let reason = table.value("out_of_scope").map(|value| value.filled());
    let answer = match (items.is_empty(), reason) {
        (false, None) => Answer::Items(ids),
        (true, Some(reason)) => Answer::OutOfScope(reason?.to_owned()),
        (is_none, _) => {
            let message = match is_none {
                true => "nothing answers the line",
                false => "the line is answered by items and out of scope",
            };
            let fault = table.fault(message);
            let hint = "name its `items`, or say why none can in `out_of_scope`";
            table.report(fault.with_hint(hint));
            return None;
        }
    };
    let line = Line {
        at: number?,
        title: title?.to_owned(),
        when,
        elsewhere: None,
        answer,
    };
    Some((line, at?))
}

/// Refuses a line that is answered in two places.
fn check_lines(sections: &[Draft<'_>]) {
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    for draft in sections {
        for (line, at) in draft.section.lines.iter().zip(&draft.numbers) {
            if let Some(other) = seen.insert(line.at, at.line()) {
                let refusal = Refusal::new(format!("line {} is answered already", line.at));
                at.refuse(refusal.hint(format!(
                    "see line {other} of this file; several `items` may answer one line"
                )));
            }
        }
    }
}

fn check_sections(sections: &[Draft<'_>]) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for draft in sections {
        let Some(at) = &draft.id_at else { continue };
        if let Some(line) = seen.insert(&draft.section.id, at.line()) {
            let refusal = Refusal::new(format!("section `{}` exists already", draft.section.id));
            at.refuse(refusal.hint(format!("the other one is in line {line}")));
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
