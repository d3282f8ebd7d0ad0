//! One `[[step]]`: the keys that all kinds share.

use std::collections::BTreeMap;
use std::time::Duration;

use perfctl_core::ids::StepId;
use perfctl_core::recipe::{Needs, Step, StepKind, Tool};

use super::placeholder::Scope;
use super::{Vocabulary, kind};
use crate::names;
use crate::quantity;
use crate::table::{Refusal, Table, Value};

/// Wall time for one attempt of a step that names none.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(600);

/// Most repetitions; more hides a defect.
const MAX_RETRIES: i64 = 10;

/// A step with the places that checks across steps point at. A step that could not be read still has a name, so that
/// others may wait for it.
pub(super) struct Draft<'d> {
    pub(super) id: String,
    pub(super) step: Option<Step>,
    /// The names in `after`, as written.
    pub(super) after: Vec<Value<'d>>,
    /// Where its id was written, or else its kind.
    at: Value<'d>,
    /// Whether the id was written.
    named: bool,
    /// The report's file as written.
    file: Option<Value<'d>>,
}

/// Reads one step.
pub(super) fn read<'d>(
    table: &Table<'d>,
    scope: &Scope<'_>,
    vocabulary: &Vocabulary,
) -> Option<Draft<'d>> {
    let written = table.value("id");
    let id = written.as_ref().and_then(|value| value.parsed(names::word));
    if let Some(id) = &id {
        table.call(format!("step `{id}`"));
    }
    let title = table.value("title").and_then(|value| value.filled());
    let at = table.need("kind", "\"rules\"");
    let kind = at
        .as_ref()
        .and_then(|value| kind::read(table, value, scope, vocabulary));
    if kind.is_none() {
        // Without a known kind, nothing can be said about the other keys.
        table.leave();
    }
    let after = table.texts("after");
    let facts = table.texts("when");
    for fact in &facts {
        let name = fact.text().unwrap_or("");
        let bare = name.strip_prefix('!').unwrap_or(name);
        fact.accept(
            bare.split('|')
                .try_for_each(|one| match one.strip_prefix("param:") {
                    Some(param) => scope.check_param(param),
                    None => vocabulary.check_fact(one),
                }),
        );
    }
    let items = table.texts("items");
    let items = items
        .iter()
        .filter_map(|item| item.parsed(names::rule_id))
        .collect();
    let needs = table.table("needs", read_needs).unwrap_or_default();
    let timeout = table
        .value("timeout")
        .and_then(|value| value.parsed(read_timeout));
    let retries = table
        .value("retries")
        .and_then(|value| value.integer(0..=MAX_RETRIES));
    let word = at.as_ref().and_then(Value::as_text);
    let id = id.or(word.map(str::to_owned))?;
    let step = kind.map(|kind| Step {
        title: title.unwrap_or(&id).to_owned(),
        id: StepId::new(id.as_str()),
        kind,
        after: after
            .iter()
            .filter_map(|name| name.text())
            .map(StepId::from)
            .collect(),
        when: facts
            .iter()
            .filter_map(|fact| fact.text())
            .map(str::to_owned)
            .collect(),
        needs,
        timeout: timeout.unwrap_or(DEFAULT_TIMEOUT),
        retries: retries
            .and_then(|retries| u32::try_from(retries).ok())
            .unwrap_or(0),
        items,
    });
    let file = table.value("file").filter(|_| step.is_some());
    Some(Draft {
        id,
        step,
        after,
        named: written.is_some(),
        at: written.or(at)?,
        file,
    })
}

fn read_timeout(text: &str) -> Result<Duration, Refusal> {
    match quantity::duration(text)? {
        Duration::ZERO => Err(Refusal::new(
            "a timeout of zero ends the step before it starts",
        )),
        timeout => Ok(timeout),
    }
}

fn read_needs(table: &Table<'_>) -> Option<Needs> {
    let tools = table.tables("tools", |table| {
        let program = table.filled("program", "\"docker|podman\"");
        let install = table.filled("install", "\"how to get it, as a sentence\"");
        Some(Tool {
            program: program?.to_owned(),
            install: install?.to_owned(),
        })
    });
    let (network, writes, consent) = (
        table.flag("network"),
        table.flag("writes"),
        table.flag("consent"),
    );
    Some(Needs {
        tools,
        network: network.unwrap_or_default(),
        writes: writes.unwrap_or_default(),
        consent: consent.unwrap_or_default(),
    })
}

/// Reports ids and report files that occur twice. `base` are the steps that the recipe takes over.
pub(super) fn check_unique(drafts: &[Draft<'_>], base: &[Step]) {
    let mut ids = BTreeMap::new();
    let mut files = BTreeMap::new();
    let taken: BTreeMap<&str, &StepId> = base
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::Report { file, .. } => Some((file.as_str(), &step.id)),
            _ => None,
        })
        .collect();
    for draft in drafts {
        let id = &draft.id;
        if let Some(line) = ids.insert(id, draft.at.line()) {
            let hint = match draft.named {
                true => format!("the other one is in line {line}"),
                false => {
                    format!(
                        "give this step and the one in line {line} an `id` each; without one, the kind is the id"
                    )
                }
            };
            draft
                .at
                .refuse(Refusal::new(format!("step `{id}` exists already")).hint(hint));
        }
        let kind = draft.step.as_ref().map(|step| &step.kind);
        if let (Some(StepKind::Report { file, .. }), Some(at)) = (kind, &draft.file) {
            let twice = || Refusal::new(format!("two steps write `{file}`"));
            if let Some(line) = files.insert(file, at.line()) {
                at.refuse(twice().hint(format!("the other one is in line {line}")));
            } else if let Some(other) = taken.get(file.as_str()) {
                at.refuse(twice().hint(format!(
                    "the other one is `{other}` of the extended recipe; give this one its id to replace it"
                )));
            }
        }
    }
}
