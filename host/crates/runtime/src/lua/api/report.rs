//! What a script hands back: findings, read from tables.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{MultiValue, Result, Table, UserData, UserDataMethods, Value};

use perfctl_core::message::Message;
use perfctl_wire::table::nearest;

use crate::api::words::safety_of;
use crate::api::{
    Doc, Draft, File, Findings, Instruction, Located, Location, MOST_RELATED, Node, Put,
    ShellCommand, Span, Told, ToldEdit, ToldFix, clean,
};

/// Collects findings of one call of a script.
#[derive(Clone)]
pub struct Report {
    /// `None` once the call is over.
    findings: Rc<RefCell<Option<Findings>>>,
    /// What the rule declares to say.
    messages: Arc<[Message]>,
}

impl Report {
    /// Collects findings of a rule that declares these messages.
    pub fn new(messages: &Arc<[Message]>) -> Self {
        Self {
            findings: Rc::new(RefCell::new(Some(Findings::default()))),
            messages: messages.clone(),
        }
    }

    /// What was reported in the call, which is over: a script that has kept this and reports later fails, so that nothing it finds
    /// is lost in silence.
    pub fn close(&self) -> Vec<Draft> {
        let findings = self.findings.take();
        findings.map(Findings::into_drafts).unwrap_or_default()
    }

    fn add(&self, table: &Table) -> Result<()> {
        let over = || {
            mlua::Error::runtime("`report` belongs to the call that was given it, which is over")
        };
        // Not held while the table is read.
        let room = self.findings.borrow().as_ref().map(Findings::check_room);
        room.ok_or_else(over)??;
        let told = told(table, &self.messages)?;
        let mut findings = self.findings.borrow_mut();
        Ok(findings.as_mut().ok_or_else(over)?.add(told)?)
    }
}

impl UserData for Report {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(mlua::MetaMethod::Call, |_, this, given: MultiValue| {
            match (given.front(), given.len()) {
                (Some(Value::Table(table)), 1) => this.add(table),
                _ => Err(mlua::Error::runtime(
                    "`report` takes one table: `report({ at = match.node, message = \"what is wrong\" })`",
                )),
            }
        });
    }
}

fn told(table: &Table, messages: &[Message]) -> Result<Told> {
    refuse_unknown(
        table,
        &[
            "at",
            "message",
            "message_id",
            "args",
            "severity",
            "confidence",
            "reach",
            "related",
            "notes",
            "fix",
        ],
    )?;
    Ok(Told {
        at: locate(&table.raw_get::<Value>("at")?)?.inside()?,
        message: message(table, messages)?,
        severity: step(table, "severity")?,
        confidence: step(table, "confidence")?,
        reach: step(table, "reach")?,
        related: related(table)?,
        notes: notes(table)?,
        fix: fix(table)?,
    })
}

/// What a finding says: `message`, or the declared message that `message_id` names with its names filled in from `args`.
fn message(table: &Table, messages: &[Message]) -> Result<String> {
    let args = inner(
        table,
        "args",
        "a table of texts, numbers and booleans by name",
    )?;
    let id = match (text(table, "message")?, word(table, "message_id")?) {
        (Some(_), Some(_)) => {
            return Err(mlua::Error::runtime(
                "a finding has a `message` or a `message_id`, not both",
            ));
        }
        (Some(_), None) if args.is_some() => {
            return Err(mlua::Error::runtime(
                "`args` fills in the message that `message_id` names; `message` is said as it is",
            ));
        }
        (Some(message), None) => return Ok(message),
        (None, None) => return Err(mlua::Error::runtime("a finding needs a `message`")),
        (None, Some(id)) => id,
    };
    let Some(declared) = messages.iter().find(|message| message.id() == id) else {
        let known: Vec<&str> = messages.iter().map(Message::id).collect();
        let near = nearest(&id, known.iter().copied());
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(mlua::Error::runtime(format!(
            "`[messages]` of rule.toml holds no `{id}`{near}"
        )));
    };
    let names: Vec<&str> = declared.parameters().iter().map(String::as_str).collect();
    let values = match args {
        None => Vec::new(),
        Some(args) => {
            refuse_unknown(&args, &names)?;
            let given = names.iter().map(|name| value(&args, name));
            given.collect::<Result<Vec<_>>>()?
        }
    };
    let values = names.iter().enumerate().map(|(at, name)| {
        let value = values.get(at).cloned().flatten();
        value.ok_or_else(|| {
            mlua::Error::runtime(format!("the message `{id}` needs `{name}` in `args`"))
        })
    });
    Ok(declared.fill(&values.collect::<Result<Vec<_>>>()?))
}

fn refuse_unknown(table: &Table, known: &[&str]) -> Result<()> {
    for pair in table.pairs::<Value, Value>() {
        let (key, _) = pair?;
        let Value::String(key) = key else {
            return Err(mlua::Error::runtime("keys of a report are strings"));
        };
        let key = key.to_str()?.to_owned();
        if !known.contains(&key.as_str()) {
            return Err(mlua::Error::runtime(format!(
                "unknown key `{key}`; known are {}",
                known.join(", ")
            )));
        }
    }
    Ok(())
}

/// Where something is that a script gave as `at`.
pub(crate) fn locate(value: &Value) -> Result<Location> {
    let Value::UserData(data) = value else {
        return Err(mlua::Error::runtime(format!(
            "`at` must be a node, span, document or file, not {}",
            value.type_name()
        )));
    };
    if let Ok(node) = data.borrow::<Node>() {
        return Ok(node.location()?);
    }
    if let Ok(span) = data.borrow::<Span>() {
        return Ok(span.location()?);
    }
    if let Ok(doc) = data.borrow::<Doc>() {
        return Ok(doc.location()?);
    }
    if let Ok(instruction) = data.borrow::<Instruction>() {
        return Ok(instruction.location()?);
    }
    if let Ok(command) = data.borrow::<ShellCommand>() {
        return Ok(command.location()?);
    }
    if let Ok(file) = data.borrow::<File>() {
        return Ok(file.location()?);
    }
    Err(mlua::Error::runtime("`at` is nothing that has a place"))
}

/// A text or number of a table.
fn text(table: &Table, key: &str) -> Result<Option<String>> {
    match table.raw_get::<Value>(key)? {
        Value::Nil => Ok(None),
        Value::String(text) => Ok(Some(text.to_string_lossy())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Integer(number) => Ok(Some(number.to_string())),
        other => Err(mlua::Error::runtime(format!(
            "`{key}` must be a string, not {}",
            other.type_name()
        ))),
    }
}

/// A text, number or boolean of a table, as every language shows it.
fn value(table: &Table, key: &str) -> Result<Option<String>> {
    match table.raw_get::<Value>(key)? {
        Value::Boolean(is) => Ok(Some(is.to_string())),
        _ => text(table, key),
    }
}

/// A word of a table, fit to be shown in a message.
fn word(table: &Table, key: &str) -> Result<Option<String>> {
    Ok(text(table, key)?.map(|word| clean(&word)))
}

fn step<T: std::str::FromStr>(table: &Table, key: &str) -> Result<Option<T>>
where
    T::Err: std::fmt::Display,
{
    match word(table, key)? {
        None => Ok(None),
        Some(word) => word
            .parse()
            .map(Some)
            .map_err(|error: T::Err| mlua::Error::runtime(format!("`{key}`: {error}"))),
    }
}

/// The table under `key`; anything else in its place is a slip that would otherwise read as nothing said.
fn inner(table: &Table, key: &str, form: &str) -> Result<Option<Table>> {
    match table.raw_get::<Value>(key)? {
        Value::Nil => Ok(None),
        Value::Table(table) => Ok(Some(table)),
        other => Err(mlua::Error::runtime(format!(
            "`{key}` must be {form}, not {}",
            other.type_name()
        ))),
    }
}

fn related(table: &Table) -> Result<Vec<(Location, String)>> {
    let Some(list) = inner(table, "related", "a list of `{ at = ..., message = ... }`")? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for row in list.sequence_values::<Table>().take(MOST_RELATED) {
        let row = row?;
        refuse_unknown(&row, &["at", "message"])?;
        let at = locate(&row.raw_get::<Value>("at")?)?;
        all.push((at, text(&row, "message")?.unwrap_or_default()));
    }
    Ok(all)
}

fn notes(table: &Table) -> Result<Vec<(String, String)>> {
    let Some(list) = inner(
        table,
        "notes",
        "a table of texts, numbers and booleans by key",
    )?
    else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for pair in list.pairs::<String, Value>().take(MOST_RELATED) {
        let (key, _) = pair?;
        let value = value(&list, &key)?.unwrap_or_default();
        all.push((key, value));
    }
    Ok(all)
}

/// `fix = {title=..., safety="unsafe", edits={{at=..., text=...}, {before=..., text=...}, {after=..., text=...}}}`.
fn fix(table: &Table) -> Result<Option<ToldFix>> {
    let Some(row) = inner(table, "fix", "a table with `title` and `edits`")? else {
        return Ok(None);
    };
    refuse_unknown(&row, &["title", "safety", "edits"])?;
    let title =
        text(&row, "title")?.ok_or_else(|| mlua::Error::runtime("a fix needs a `title`"))?;
    let safety = word(&row, "safety")?;
    let safety = safety.map(|word| safety_of(&word)).transpose()?;
    let list: Table = row.raw_get("edits")?;
    let mut edits = Vec::new();
    for row in list.sequence_values::<Table>() {
        let row = row?;
        ToldFix::check_edits(edits.len() + 1)?;
        edits.push(edit(&row)?);
    }
    Ok(Some(ToldFix {
        title,
        safety,
        edits,
    }))
}

fn edit(row: &Table) -> Result<ToldEdit> {
    refuse_unknown(row, &["at", "before", "after", "text"])?;
    let text = match row.raw_get::<Value>("text")? {
        Value::String(text) => text.to_string_lossy(),
        _ => return Err(mlua::Error::runtime("an edit needs a `text`")),
    };
    let mut place = None;
    for (key, put) in [
        ("at", Put::InPlace),
        ("before", Put::Before),
        ("after", Put::Behind),
    ] {
        let value = row.raw_get::<Value>(key)?;
        if !value.is_nil() {
            place = Some((locate(&value)?, put));
        }
    }
    let (at, put) =
        place.ok_or_else(|| mlua::Error::runtime("an edit needs `at`, `before` or `after`"))?;
    Ok(ToldEdit { at, put, text })
}
