//! Reading TOML tables strictly: typed questions, faults with place and advice, and no key left unread.
//!
//! A reader asks a [`Table`] for its keys; each question that finds the wrong thing writes a fault and yields `None`.
//! When the reader is done, keys that nobody asked for are reported, with the key that was probably meant. So a file
//! shows all its faults at once, and a reader cannot forget to refuse unknown keys. The rule to follow: ask for every
//! key first, give up (`?`) only then.
//!
//! Public because other rooms read tables of their own (the matchers of rules) and owe their users the same messages.
//! Knows no schema.

mod document;
mod suggest;
mod syntax;
mod tree;
mod value;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub use document::{Document, MAX_BYTES, RawTable};
pub use suggest::{advise, nearest};
pub use value::{Refusal, Value};

use crate::diagnose::{Fault, Source};
use document::Ledger;
use tree::{Entries, Entry};

/// One table of a file while it is being read.
pub struct Table<'d> {
    ledger: &'d Ledger<'d>,
    entries: &'d Entries,
    at: Range<usize>,
    label: RefCell<String>,
    asked: RefCell<Vec<&'static str>>,
    refused: RefCell<Vec<&'static str>>,
    /// What was needed and is not there, with its fault: told once it is known which keys are mistyped.
    missing: RefCell<Vec<(&'static str, Fault)>>,
    open: Cell<bool>,
}

impl<'d> Table<'d> {
    fn new(ledger: &'d Ledger<'d>, entries: &'d Entries, at: Range<usize>, label: String) -> Self {
        Self {
            ledger,
            entries,
            at,
            label: RefCell::new(label),
            asked: RefCell::default(),
            refused: RefCell::default(),
            missing: RefCell::default(),
            open: Cell::new(false),
        }
    }

    /// Says how messages call this table from now on, such as "step `imports`".
    pub fn call(&self, label: impl Into<String>) {
        self.label.replace(label.into());
    }

    /// The line on which the table begins, from 1.
    pub fn line(&self) -> u32 {
        self.ledger.source.line_of(self.at.start)
    }

    /// The bytes from the table's head to the end of its last value.
    pub fn extent(&self) -> Range<usize> {
        let ends = self.entries.iter().map(|entry| entry.node.at.end);
        self.at.start..ends.chain([self.at.end]).max().unwrap_or(self.at.end)
    }

    /// The file it stands in.
    pub fn source(&self) -> &'d Arc<Source> {
        self.ledger.source
    }

    /// The line on which `key` stands, or the table's own.
    pub fn line_of(&self, key: &str) -> u32 {
        let start = self
            .entries
            .get(key)
            .map_or(self.at.start, |entry| entry.key_at.start);
        self.ledger.source.line_of(start)
    }

    /// Asks for `key`; a missing one is no fault.
    pub fn value(&self, key: &'static str) -> Option<Value<'d>> {
        self.asked.borrow_mut().push(key);
        let entry = self.entries.get(key)?;
        Some(Value::of(self.ledger, entry))
    }

    /// Asks for `key` and reports its absence; `example` is a value that would do, as it would be written.
    pub fn need(&self, key: &'static str, example: &str) -> Option<Value<'d>> {
        let value = self.value(key);
        if value.is_none() {
            let fault = self.fault(format!("missing key `{key}`{}", self.place()));
            let fault = fault.with_hint(format!("add `{key} = {example}`"));
            self.missing.borrow_mut().push((key, fault));
        }
        value
    }

    /// Optional text.
    pub fn text(&self, key: &'static str) -> Option<&'d str> {
        self.value(key)?.text()
    }

    /// Text that must be there and hold more than white space.
    pub fn filled(&self, key: &'static str, example: &str) -> Option<&'d str> {
        self.need(key, example)?.filled()
    }

    /// Text that must be there, on one line.
    pub fn one_line(&self, key: &'static str, example: &str) -> Option<&'d str> {
        self.need(key, example)?.one_line()
    }

    /// Optional `true` or `false`; absent means `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        self.value(key).map_or(Some(false), |value| value.flag())
    }

    /// Optional list of non-empty texts; absent means none. Faulty elements are reported and left out.
    pub fn texts(&self, key: &'static str) -> Vec<Value<'d>> {
        let items = self
            .value(key)
            .map(|value| value.items())
            .unwrap_or_default();
        items
            .into_iter()
            .filter(|item| item.filled().is_some())
            .collect()
    }

    /// An optional table inside this one; absent yields `None` without a fault.
    pub fn table<T>(
        &self,
        key: &'static str,
        reader: impl FnOnce(&Table<'d>) -> Option<T>,
    ) -> Option<T> {
        self.value(key)?.table(format!("`{key}`"), reader)
    }

    /// An optional list of tables (`[[key]]`); elements for which the reader yields `None` are left out.
    pub fn tables<T>(&self, key: &'static str, reader: impl Fn(&Table<'d>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let name = self.path_of(key);
        if value.is_table() {
            value.refuse(
                Refusal::new(format!("`{key}` must be a list of tables")).hint(format!(
                    "write `[[{name}]]` with two brackets, or `{key} = [{{ ... }}]`"
                )),
            );
            return Vec::new();
        }
        let items = value.items().into_iter().enumerate();
        items
            .filter_map(|(at, item)| item.table(format!("`[[{name}]]` number {}", at + 1), &reader))
            .collect()
    }

    /// A map from free names to scalars, each as the text it was written as; absent means empty.
    pub fn scalars(&self, key: &'static str) -> BTreeMap<String, Value<'d>> {
        let read = |table: &Table<'d>| {
            let entries = table.entries().into_iter();
            Some(
                entries
                    .filter(|(_, value)| value.scalar().is_some())
                    .collect(),
            )
        };
        self.table(key, read).unwrap_or_default()
    }

    /// Every entry in the order of the file, all of them counted as read: for tables whose keys are names.
    pub fn entries(&self) -> Vec<(String, Value<'d>)> {
        self.leave();
        let named = |entry: &'d Entry| (entry.key.clone(), Value::of(self.ledger, entry));
        self.entries.iter().map(named).collect()
    }

    /// Counts every key as read: when the table's own kind is unknown, nothing can be said about its keys.
    pub fn leave(&self) {
        self.open.set(true);
    }

    /// Takes an optional table out, to be read elsewhere later.
    pub fn raw(&self, key: &'static str) -> Option<RawTable> {
        self.value(key)?.raw(format!("`[{key}]`"))
    }

    /// Takes an optional list of tables out, to be read elsewhere later.
    pub fn raws(&self, key: &'static str) -> Vec<RawTable> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let name = self.path_of(key);
        if value.is_table() {
            value.refuse(
                Refusal::new(format!("`{key}` must be a list of tables"))
                    .hint(format!("write `[[{name}]]` with two brackets")),
            );
            return Vec::new();
        }
        let items = value.items().into_iter().enumerate();
        items
            .filter_map(|(at, item)| item.raw(format!("`[[{name}]]` number {}", at + 1)))
            .collect()
    }

    /// Reports `key` if it is there: it exists elsewhere, but not in a table like this one. Never suggested.
    pub fn refuse(&self, key: &'static str, refusal: Refusal) {
        self.refused.borrow_mut().push(key);
        if let Some(entry) = self.entries.get(key) {
            self.report(refusal.at(self.ledger.source, entry.key_at.clone()));
        }
    }

    /// Whether `key` is there, whatever it holds. Does not count as reading it.
    pub fn has(&self, key: &str) -> bool {
        self.entries.get(key).is_some()
    }

    /// Checks `schema = "family/version"`. With another version every other message would be noise, so that fault
    /// stands alone.
    pub fn schema(&self, expected: &'static str) {
        let Some(value) = self.value("schema") else {
            let fault = Fault::of_file(
                self.ledger.source.path().clone(),
                "the file does not name its schema",
            )
            .with_hint(format!("begin it with `schema = \"{expected}\"`"));
            return self.ledger.push(fault);
        };
        let Some(written) = value.text() else { return };
        if written == expected {
            return;
        }
        let family = expected.split('/').next().unwrap_or(expected);
        let refusal = match written.split_once('/') {
            Some((name, version)) if name == family => {
                let newer = version.parse::<u32>().is_ok_and(|version| version > 1);
                let hint = if newer {
                    "a newer perfctl wrote it or is needed to read it"
                } else {
                    "versions are whole numbers"
                };
                Refusal::new(format!("version `{version}` of `{family}` is not known; this perfctl reads `{expected}`"))
                    .hint(hint)
            }
            _ => Refusal::new(format!(
                "this is a file of schema `{written}`, expected `{expected}`"
            ))
            .hint(format!(
                "if it is one of ours, write `schema = \"{expected}\"`"
            )),
        };
        self.ledger
            .close_with(refusal.at(self.ledger.source, value.span()));
    }

    /// A fault at the head of the table; not yet reported.
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        if self.at.is_empty() {
            return Fault::of_file(self.ledger.source.path().clone(), message);
        }
        self.ledger.source.fault(self.at.clone(), message)
    }

    /// Reports a fault.
    pub fn report(&self, fault: Fault) {
        self.ledger.push(fault);
    }

    /// The file's name.
    pub fn path(&self) -> &'d Arc<str> {
        self.ledger.source.path()
    }

    /// How the list of tables `key` of this one is headed, such as `rules.off`.
    fn path_of(&self, key: &str) -> String {
        let label = self.label.borrow();
        let own = label
            .strip_prefix('`')
            .and_then(|rest| rest.strip_suffix('`'));
        match own {
            Some(own) => format!("{own}.{key}"),
            None => key.to_owned(),
        }
    }

    fn place(&self) -> String {
        let label = self.label.borrow();
        if label.is_empty() {
            String::new()
        } else {
            format!(" in {label}")
        }
    }

    fn report_unread(&self) {
        let mut missing = self.missing.take();
        if !self.open.get() {
            self.report_unknown(&mut missing);
        }
        for (_, fault) in missing {
            self.report(fault);
        }
    }

    /// Reports keys that nobody asked for. What one of them was meant to be is not `missing` besides.
    fn report_unknown(&self, missing: &mut Vec<(&'static str, Fault)>) {
        let (asked, refused) = (self.asked.borrow(), self.refused.borrow());
        for entry in self.entries.iter() {
            let name = entry.key.as_str();
            if asked.contains(&name) || refused.contains(&name) {
                continue;
            }
            // A key that is there already was not mistyped a second time.
            let free = asked.iter().copied().filter(|known| !self.has(known));
            let near = nearest(name, free);
            missing.retain(|(key, _)| near != Some(*key));
            let advice = near.map(|near| format!("did you mean `{near}`?"));
            let advice = advice.or_else(|| advise(name, asked.iter().copied()));
            let refusal = Refusal::new(format!("unknown key `{name}`{}", self.place()));
            let refusal = match advice {
                Some(advice) => refusal.hint(advice),
                None => refusal,
            };
            self.report(refusal.at(self.ledger.source, entry.key_at.clone()));
        }
    }
}

#[cfg(test)]
mod tests;
