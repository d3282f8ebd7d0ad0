//! One value of a file while it is being read, with the name by which messages call it.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::document::Ledger;
use super::tree::{Entry, Node, Shape};
use super::{RawTable, Table, advise};
use crate::day::Day;
use crate::diagnose::{Fault, Source};

/// Why a value is not accepted, before anyone knows where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong: a fragment without a full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Refusal {
    /// A refusal without advice.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    /// The same refusal with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same refusal with the known word that was probably meant, or all of them if they are few.
    pub fn advise<'k>(
        mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) -> Self {
        self.hint = advise(written, known).or(self.hint);
        self
    }

    /// The refusal at its place.
    pub fn at(self, source: &Source, at: Range<usize>) -> Fault {
        let mut fault = source.fault(at, self.message);
        fault.hint = self.hint;
        fault
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}

/// One value of a file while it is being read.
#[derive(Clone)]
pub struct Value<'d> {
    ledger: &'d Ledger<'d>,
    name: String,
    key_at: Range<usize>,
    node: &'d Node,
}

impl<'d> Value<'d> {
    /// The value of a key.
    pub(super) fn of(ledger: &'d Ledger<'d>, entry: &'d Entry) -> Self {
        Self {
            ledger,
            name: entry.key.clone(),
            key_at: entry.key_at.clone(),
            node: &entry.node,
        }
    }

    /// The bytes of the value, quotes included.
    pub fn span(&self) -> Range<usize> {
        self.node.at.clone()
    }

    /// The line on which it begins, from 1.
    pub fn line(&self) -> u32 {
        self.ledger.source.line_of(self.node.at.start)
    }

    /// The name by which messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file it stands in.
    pub fn source(&self) -> &'d Arc<Source> {
        self.ledger.source
    }

    /// The value, which must be text.
    pub fn text(&self) -> Option<&'d str> {
        self.as_text().or_else(|| self.expected("text in quotes"))
    }

    /// Text that holds more than white space.
    pub fn filled(&self) -> Option<&'d str> {
        let text = self.text()?;
        if text.trim().is_empty() {
            self.refuse(Refusal::new(format!("`{}` is empty", self.name)));
            return None;
        }
        Some(text)
    }

    /// Text of one line, as it is shown in the middle of others: what could begin a line of its own, or steer a terminal, is refused.
    pub fn one_line(&self) -> Option<&'d str> {
        let text = self.filled()?;
        if text.contains(char::is_control) {
            let refusal = Refusal::new(format!("`{}` is more than a line", self.name));
            self.refuse(refusal.hint("write one line, without tabs and control characters"));
            return None;
        }
        Some(text)
    }

    /// A whole number within `range`.
    pub fn integer(&self, range: RangeInclusive<i64>) -> Option<i64> {
        match self.node.shape {
            Shape::Integer(Some(number)) if range.contains(&number) => Some(number),
            _ if *range.end() == i64::MAX => {
                self.expected(&format!("a whole number from {}", range.start()))
            }
            _ => self.expected(&format!(
                "a whole number from {} to {}",
                range.start(),
                range.end()
            )),
        }
    }

    /// A finite number, whole or not.
    pub fn number(&self) -> Option<f64> {
        match &self.node.shape {
            Shape::Integer(number) => number.map(|number| number as f64),
            Shape::Float(digits) => digits
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite()),
            _ => None,
        }
        .or_else(|| self.expected("a number"))
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        match self.node.shape {
            Shape::Flag(flag) => Some(flag),
            _ => self.expected("`true` or `false`"),
        }
    }

    /// Text, number or flag, as it would be written in an argument.
    pub fn scalar(&self) -> Option<String> {
        match &self.node.shape {
            Shape::Text(text) => Some(text.clone()),
            Shape::Flag(flag) => Some(flag.to_string()),
            Shape::Integer(Some(number)) => Some(number.to_string()),
            // As written: `3.10` is a version, not 3.1.
            Shape::Float(digits) => Some(digits.clone()),
            _ => self.expected("text, a number, `true` or `false`"),
        }
    }

    /// Text that `parse` understands; what it refuses is reported at this value.
    pub fn parsed<T>(&self, parse: impl FnOnce(&str) -> Result<T, Refusal>) -> Option<T> {
        let text = self.text()?;
        self.accept(parse(text))
    }

    /// Reports the refusal in `result` at this value.
    pub fn accept<T>(&self, result: Result<T, Refusal>) -> Option<T> {
        result.map_err(|refusal| self.refuse(refusal)).ok()
    }

    /// One of a closed list of words.
    pub fn word<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let written = self.text()?;
        let found = words.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            let refusal = Refusal::new(format!("unknown `{}`: `{written}`", self.name));
            self.refuse(refusal.advise(written, known));
        }
        found.map(|(_, value)| *value)
    }

    /// A day: a TOML date or the text `YYYY-MM-DD`.
    pub fn day(&self) -> Option<Day> {
        match &self.node.shape {
            Shape::Text(text) => self.accept(Day::parse(text)),
            Shape::Date(text, true) => self.accept(Day::parse(text)),
            _ => self.expected("a day such as `2027-01-31`"),
        }
    }

    /// The elements of a list. Anything else is reported.
    pub fn items(&self) -> Vec<Value<'d>> {
        let Shape::List(items) = &self.node.shape else {
            let refusal = Refusal::new(format!(
                "`{}` must be a list, found {}",
                self.name,
                self.kind()
            ));
            let written = self.written();
            let short = self.as_text().is_some()
                && written.len() < 80
                && !written.contains('\n')
                && !self.is_hidden();
            self.refuse(match short {
                true => refusal.hint(format!("write `{} = [{written}]`", self.name)),
                false => refusal,
            });
            return Vec::new();
        };
        let named = |(at, node): (usize, &'d Node)| Value {
            ledger: self.ledger,
            name: format!("{}[{at}]", self.name),
            key_at: node.at.clone(),
            node,
        };
        items.iter().enumerate().map(named).collect()
    }

    /// The text, if it is text; no fault otherwise.
    pub fn as_text(&self) -> Option<&'d str> {
        match &self.node.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.node.shape, Shape::Table(_))
    }

    /// The value as a table, called `label` in messages. Keys that `reader` does not ask for are reported.
    pub fn table<T>(
        &self,
        label: String,
        reader: impl FnOnce(&Table<'d>) -> Option<T>,
    ) -> Option<T> {
        let Shape::Table(entries) = &self.node.shape else {
            return self.expected("a table");
        };
        let table = Table::new(self.ledger, entries, self.node.at.clone(), label);
        let read = reader(&table);
        table.report_unread();
        read
    }

    /// The value as a table to be read later.
    pub fn raw(&self, label: String) -> Option<RawTable> {
        let Shape::Table(entries) = &self.node.shape else {
            return self.expected("a table");
        };
        Some(RawTable {
            source: self.ledger.source.clone(),
            entries: Arc::new(entries.clone()),
            at: self.node.at.clone(),
            label,
        })
    }

    /// Reports a refusal of this value.
    pub fn refuse(&self, refusal: Refusal) {
        self.ledger
            .push(refusal.at(self.ledger.source, self.span()));
    }

    /// Reports a refusal of the key that holds this value.
    pub fn refuse_key(&self, refusal: Refusal) {
        self.ledger
            .push(refusal.at(self.ledger.source, self.key_at.clone()));
    }

    /// Reports a refusal of the bytes `within` of this text; of the whole value where escapes make that unclear.
    pub fn refuse_part(&self, within: Range<usize>, refusal: Refusal) {
        let quoted = self.written();
        let inner = quoted.get(1..quoted.len().saturating_sub(1));
        let at = match (&self.node.shape, inner) {
            (Shape::Text(text), Some(inner)) if inner == text => {
                let start = self.node.at.start + 1;
                start + within.start..start + within.end
            }
            _ => self.span(),
        };
        self.ledger.push(refusal.at(self.ledger.source, at));
    }

    fn written(&self) -> &'d str {
        self.ledger.source.text().get(self.span()).unwrap_or("")
    }

    /// Whether no message may show the value.
    fn is_hidden(&self) -> bool {
        self.ledger.source.is_hidden(self.line())
    }

    fn expected<T>(&self, wanted: &str) -> Option<T> {
        self.refuse(Refusal::new(format!(
            "`{}` must be {wanted}, found {}",
            self.name,
            self.kind()
        )));
        None
    }

    /// The type in words, with the value itself where it is short.
    fn kind(&self) -> String {
        let written = self.written();
        let short = written.len() <= 24 && !self.is_hidden();
        match &self.node.shape {
            Shape::Integer(_) if short => format!("the whole number `{written}`"),
            Shape::Float(_) if short => format!("the number `{written}`"),
            Shape::Date(stamp, _) => format!("the date `{stamp}`"),
            Shape::Flag(flag) => format!("`{flag}`"),
            Shape::Text(_) => "text".to_owned(),
            Shape::Integer(_) => "a whole number".to_owned(),
            Shape::Float(_) => "a number".to_owned(),
            Shape::List(_) => "a list".to_owned(),
            Shape::Table(_) => "a table".to_owned(),
        }
    }
}
