//! `print`, for authors: a few lines of what a script sees, never a part of what it finds.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use mlua::{Lua, MultiValue, Table, Value};

use super::api::locate;
use crate::api::{Location, Match};

/// Lines kept of one call of a script.
const MOST_LINES: usize = 100;

/// Bytes kept of one call of a script.
const MOST_BYTES: usize = 8 << 10;

/// Bytes shown of one text.
const LONGEST: usize = 1024;

/// Bytes shown of the code at a place.
const LONGEST_CODE: usize = 80;

/// Entries shown of a table.
const MOST_ENTRIES: usize = 16;

/// What the script printed in the call that runs.
#[derive(Clone, Default)]
pub(super) struct Printed(Rc<RefCell<Kept>>);

#[derive(Default)]
struct Kept {
    lines: Vec<String>,
    bytes: usize,
    is_full: bool,
}

impl Printed {
    /// Gives scripts their `print`. Before the sandbox closes.
    pub(super) fn offer(&self, lua: &Lua) -> mlua::Result<()> {
        let mine = self.clone();
        let print = lua.create_function(move |_, values: MultiValue| {
            mine.add(&values);
            Ok(())
        })?;
        lua.globals().raw_set("print", print)
    }

    /// What was printed since this was asked last.
    pub(super) fn take(&self) -> Vec<String> {
        self.0.take().lines
    }

    fn add(&self, values: &MultiValue) {
        let mut kept = self.0.borrow_mut();
        if kept.is_full {
            return;
        }
        let mut text = String::new();
        for (at, value) in values.iter().enumerate() {
            if text.len() > LONGEST {
                text.push_str(" ...");
                break;
            }
            if at > 0 {
                text.push(' ');
            }
            show(&mut text, value, true);
        }
        for line in text.split('\n') {
            if kept.lines.len() >= MOST_LINES || kept.bytes + line.len() > MOST_BYTES {
                kept.is_full = true;
                kept.lines
                    .push("... (what follows is not shown)".to_owned());
                return;
            }
            kept.bytes += line.len();
            kept.lines.push(visible(line));
        }
    }
}

/// Writes a value without asking anything of the script's own making.
fn show(out: &mut String, value: &Value, is_outer: bool) {
    match value {
        Value::Nil => out.push_str("nil"),
        Value::String(text) if is_outer => out.push_str(&start(&text.as_bytes(), LONGEST)),
        Value::String(text) => {
            let _ = write!(out, "{:?}", start(&text.as_bytes(), LONGEST_CODE));
        }
        Value::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Integer(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Table(table) if is_outer => show_table(out, table),
        Value::UserData(data) => {
            if let Ok(one) = data.borrow::<Match>() {
                let (matcher, code) = (one.matcher(), code_at(&one.shown()));
                let _ = write!(out, "<match `{matcher}` at {code}>");
            } else if let Ok(location) = locate(value) {
                let _ = write!(out, "<{}>", code_at(&location));
            } else {
                let name = data.type_name().map(|name| name.to_string_lossy());
                let _ = write!(out, "<{}>", name.as_deref().unwrap_or("userdata"));
            }
        }
        other => {
            let _ = write!(out, "<{}>", other.type_name());
        }
    }
}

/// A place and the first line of its code.
fn code_at(location: &Location) -> String {
    let place = location.file.place(location.span);
    let code = location.file.slice(location.span);
    let first = code.lines().next().unwrap_or_default();
    let cut = start(first.as_bytes(), LONGEST_CODE);
    format!("{}:{} {cut}", place.path, place.start.line)
}

fn show_table(out: &mut String, table: &Table) {
    out.push('{');
    let length = table.raw_len();
    for (at, pair) in table.pairs::<Value, Value>().enumerate() {
        let Ok((key, value)) = pair else { break };
        if at > 0 {
            out.push_str(", ");
        }
        if at >= MOST_ENTRIES {
            out.push_str("...");
            break;
        }
        match &key {
            Value::Integer(number) if (1..=length as i64).contains(number) => {}
            Value::Number(number) if *number >= 1.0 && *number <= length as f64 => {}
            Value::String(name) => {
                let _ = write!(out, "{} = ", start(&name.as_bytes(), LONGEST_CODE));
            }
            other => {
                show(out, other, false);
                out.push_str(" = ");
            }
        }
        show(out, &value, false);
    }
    out.push('}');
}

/// The first bytes of a text.
fn start(bytes: &[u8], most: usize) -> String {
    let mut text = String::from_utf8_lossy(&bytes[..bytes.len().min(most)]).into_owned();
    if bytes.len() > most {
        text.push_str(" ...");
    }
    text
}

fn visible(line: &str) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    line.trim_end_matches('\r').chars().map(shown).collect()
}
