//! What a script hands back: findings, checked before they are believed.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{MultiValue, Result, Table, UserData, UserDataMethods, Value};
use perfctl_core::finding::Related;
use perfctl_core::fix::{Edit, Fix, Safety};
use perfctl_core::place::{ByteSpan, Excerpt, Place};
use perfctl_core::scale::{Confidence, Reach, Severity};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::docker::Instruction;
use super::document::Doc;
use super::file::{File, Span};
use super::node::Node;
use super::shell::ShellCommand;

/// The most findings of one rule in one file. More is no help to anybody, and a script that makes more is broken.
const MOST_FINDINGS: usize = 1000;
/// The longest message, in bytes.
pub(crate) const LONGEST: usize = 2048;
/// The most related places and notes of a finding.
const MOST_RELATED: usize = 16;

/// Most edits of a fix. Half a fix would be worse than none, so that more are an error.
const MOST_EDITS: usize = 1000;

/// Something with a place in a file.
pub(super) trait SpanLike {
    /// The file, the bytes, and the node if it is code.
    fn locate(&self) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)>;
}

/// A finding before the rule's own data is added.
#[derive(Clone, Debug)]
pub struct Draft {
    /// One sentence.
    pub message: String,
    /// Severity, when the script judged this place otherwise than its rule.
    pub severity: Option<Severity>,
    /// Confidence; high unless said.
    pub confidence: Confidence,
    /// How the code runs; worked out from the place unless said.
    pub reach: Reach,
    /// Where.
    pub place: Place,
    /// The code.
    pub excerpt: Excerpt,
    /// The function around.
    pub symbol: String,
    /// Further places.
    pub related: Vec<Related>,
    /// Further facts.
    pub notes: Vec<(String, String)>,
    /// A change.
    pub fix: Option<Fix>,
}

/// Collects findings of one call of a script.
#[derive(Clone)]
pub struct Report {
    /// `None` once the call is over.
    drafts: Rc<RefCell<Option<Vec<Draft>>>>,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            drafts: Rc::new(RefCell::new(Some(Vec::new()))),
        }
    }
}

impl Report {
    /// What was reported in the call, which is over: a script that has kept this and reports later fails, so that nothing it finds
    /// is lost in silence.
    pub fn close(&self) -> Vec<Draft> {
        self.drafts.take().unwrap_or_default()
    }

    fn add(&self, table: &Table) -> Result<()> {
        let Some(so_far) = self.drafts.borrow().as_ref().map(Vec::len) else {
            return Err(mlua::Error::runtime(
                "`report` belongs to the call that was given it, which is over",
            ));
        };
        if so_far >= MOST_FINDINGS {
            return Err(mlua::Error::runtime(format!(
                "more than {MOST_FINDINGS} findings in one call"
            )));
        }
        refuse_unknown(
            table,
            &[
                "at",
                "message",
                "severity",
                "confidence",
                "reach",
                "related",
                "notes",
                "fix",
            ],
        )?;
        let (file, span, node) = locate(&table.raw_get::<Value>("at")?)?;
        if !file.holds(span) {
            return Err(mlua::Error::runtime(format!(
                "the place is not inside {}",
                file.path()
            )));
        }
        let message = text(table, "message")?
            .ok_or_else(|| mlua::Error::runtime("a finding needs a `message`"))?;
        let severity = step::<Severity>(table, "severity")?;
        let confidence = step::<Confidence>(table, "confidence")?.unwrap_or(Confidence::High);
        let code = file.code().zip(file.repo()).zip(node);
        let reach = match (step::<Reach>(table, "reach")?, &code) {
            (Some(reach), _) => reach,
            (None, Some(((code, repo), node))) => code.reach(repo, *node),
            (None, None) if file.dockerfile().is_some() => Reach::Build,
            (None, None) => Reach::Unknown,
        };
        let symbol = code.as_ref().map_or(String::new(), |((code, repo), node)| {
            code.symbol(repo, *node)
        });
        let draft = Draft {
            message,
            severity,
            confidence,
            reach,
            place: file.place(span),
            excerpt: file.excerpt(span, 1, 12),
            symbol,
            related: related(table)?,
            notes: notes(table)?,
            fix: fix(table)?,
        };
        if let Some(drafts) = self.drafts.borrow_mut().as_mut() {
            drafts.push(draft);
        }
        Ok(())
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
pub(crate) fn locate(value: &Value) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)> {
    let Value::UserData(data) = value else {
        return Err(mlua::Error::runtime(format!(
            "`at` must be a node, span, document or file, not {}",
            value.type_name()
        )));
    };
    if let Ok(node) = data.borrow::<Node>() {
        return node.locate();
    }
    if let Ok(span) = data.borrow::<Span>() {
        return span.locate();
    }
    if let Ok(doc) = data.borrow::<Doc>() {
        return doc.locate();
    }
    if let Ok(instruction) = data.borrow::<Instruction>() {
        return instruction.locate();
    }
    if let Ok(command) = data.borrow::<ShellCommand>() {
        return command.locate();
    }
    if let Ok(file) = data.borrow::<File>() {
        return file.locate();
    }
    Err(mlua::Error::runtime("`at` is nothing that has a place"))
}

/// A text of a table, cut to a sane length, control characters made visible.
fn text(table: &Table, key: &str) -> Result<Option<String>> {
    match table.raw_get::<Value>(key)? {
        Value::Nil => Ok(None),
        Value::String(text) => Ok(Some(clean(&text.to_string_lossy()))),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Integer(number) => Ok(Some(number.to_string())),
        other => Err(mlua::Error::runtime(format!(
            "`{key}` must be a string, not {}",
            other.type_name()
        ))),
    }
}

fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    for c in text.chars() {
        if out.len() >= LONGEST {
            out.push_str(" ...");
            break;
        }
        match c {
            '\n' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn step<T: std::str::FromStr>(table: &Table, key: &str) -> Result<Option<T>>
where
    T::Err: std::fmt::Display,
{
    match text(table, key)? {
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

fn related(table: &Table) -> Result<Vec<Related>> {
    let Some(list) = inner(table, "related", "a list of `{ at = ..., message = ... }`")? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for row in list.sequence_values::<Table>().take(MOST_RELATED) {
        let row = row?;
        refuse_unknown(&row, &["at", "message"])?;
        let (file, span, _) = locate(&row.raw_get::<Value>("at")?)?;
        let message = text(&row, "message")?.unwrap_or_default();
        all.push(Related {
            message,
            place: file.place(span),
            excerpt: file.excerpt(span, 0, 3),
        });
    }
    Ok(all)
}

fn notes(table: &Table) -> Result<Vec<(String, String)>> {
    let Some(list) = inner(table, "notes", "a table of texts and numbers by key")? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for pair in list.pairs::<String, Value>().take(MOST_RELATED) {
        let (key, _) = pair?;
        let value = text(&list, &key)?.unwrap_or_default();
        all.push((clean(&key), value));
    }
    all.sort();
    Ok(all)
}

/// A span that leaves the mark of byte order alone with which `text` may begin: what is written before the first line is not
/// written before the file.
fn behind_mark(text: &str, span: ByteSpan) -> ByteSpan {
    match text.starts_with('\u{feff}') {
        true => ByteSpan::new(span.start.max(3), span.end.max(3)),
        false => span,
    }
}

/// `new` with the line ends that `text` has: scripts write `\n`.
fn with_line_ends_of(text: &str, new: String) -> String {
    let has_returns = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    match has_returns && new.contains('\n') {
        true => new.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => new,
    }
}

/// `fix = {title=..., safety="unsafe", edits={{at=..., text=...}, {before=..., text=...}, {after=..., text=...}}}`.
fn fix(table: &Table) -> Result<Option<Fix>> {
    let Some(row) = inner(table, "fix", "a table with `title` and `edits`")? else {
        return Ok(None);
    };
    refuse_unknown(&row, &["title", "safety", "edits"])?;
    let title =
        text(&row, "title")?.ok_or_else(|| mlua::Error::runtime("a fix needs a `title`"))?;
    let safety = match text(&row, "safety")?.as_deref() {
        Some("safe") => Safety::Safe,
        Some("unsafe") => Safety::Unsafe,
        Some("shown-only") | None => Safety::DisplayOnly,
        Some(other) => {
            return Err(mlua::Error::runtime(format!(
                "`{other}` is none of safe, unsafe, shown-only"
            )));
        }
    };
    let list: Table = row.raw_get("edits")?;
    let mut edits = Vec::new();
    let mut files: Vec<Arc<FileView>> = Vec::new();
    for edit in list.sequence_values::<Table>() {
        let edit = edit?;
        if edits.len() >= MOST_EDITS {
            return Err(mlua::Error::runtime(format!(
                "more than {MOST_EDITS} edits in one fix"
            )));
        }
        refuse_unknown(&edit, &["at", "before", "after", "text"])?;
        let new = match edit.raw_get::<Value>("text")? {
            Value::String(text) => text.to_string_lossy(),
            _ => return Err(mlua::Error::runtime("an edit needs a `text`")),
        };
        let mut place = None;
        for key in ["at", "before", "after"] {
            let value = edit.raw_get::<Value>(key)?;
            if value.is_nil() {
                continue;
            }
            let (file, span, node) = locate(&value)?;
            // An edit means all of a node, where a finding shows only its head.
            let span = match (file.code(), node) {
                (Some(code), Some(node)) => code.syntax.tree.node(node).span,
                _ => span,
            };
            let span = match key {
                "before" => ByteSpan::new(span.start, span.start),
                "after" => ByteSpan::new(span.end, span.end),
                _ => span,
            };
            let span = behind_mark(file.text(), span);
            place = Some((file, span));
        }
        let (file, span) =
            place.ok_or_else(|| mlua::Error::runtime("an edit needs `at`, `before` or `after`"))?;
        edits.push(Edit {
            path: file.path().clone(),
            span,
            text: with_line_ends_of(file.text(), new),
        });
        if !files.iter().any(|known| known.path() == file.path()) {
            files.push(file);
        }
    }
    edits.sort_by(|left, right| (&left.path, left.span).cmp(&(&right.path, right.span)));
    if edits
        .windows(2)
        .any(|pair| pair[0].path == pair[1].path && pair[0].span.overlaps(pair[1].span))
    {
        return Err(mlua::Error::runtime("edits of a fix overlap"));
    }
    let diff = files
        .iter()
        .map(|file| crate::diff::of(file.path(), file.text(), &edits))
        .collect();
    Ok(Some(Fix {
        title,
        safety,
        edits,
        diff,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_byte_order_stays_the_first() {
        assert_eq!(
            behind_mark("\u{feff}a", ByteSpan::new(0, 0)),
            ByteSpan::new(3, 3)
        );
        assert_eq!(
            behind_mark("\u{feff}a", ByteSpan::new(0, 4)),
            ByteSpan::new(3, 4)
        );
        assert_eq!(
            behind_mark("abcd", ByteSpan::new(0, 1)),
            ByteSpan::new(0, 1)
        );
    }

    #[test]
    fn what_is_written_into_a_file_ends_its_lines_as_the_file_does() {
        let ends = |text, new: &str| with_line_ends_of(text, new.to_owned());
        assert_eq!(ends("a\r\nb\r\n", "c\nd\r\n"), "c\r\nd\r\n");
        assert_eq!(ends("a\nb\r\n", "c\n"), "c\n");
        assert_eq!(ends("a", "c\n"), "c\n");
    }
}
