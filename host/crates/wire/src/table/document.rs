//! A parsed TOML file, and tables cut out of one to be read later by another room.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::Table;
use super::syntax;
use super::tree::Entries;
use crate::diagnose::{Fault, Faults, Source};

/// Largest file that is parsed, in bytes. Settings come from strangers' repositories; nobody writes this much by hand.
pub const MAX_BYTES: usize = 4 << 20;

/// A TOML file that parsed. Reading it reports every fault of its content at once.
#[derive(Clone, Debug)]
pub struct Document {
    root: RawTable,
}

impl Document {
    /// Parses `text`, which came from `path`.
    ///
    /// # Errors
    /// Every syntax error of the file. What it says is not looked at then: a broken line would make faults of its own.
    pub fn parse(path: &str, text: &str) -> Result<Self, Faults> {
        Self::parse_source(Source::new(path, text))
    }

    /// As [`Self::parse`], for a source that hides some of its lines.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_source(source: Source) -> Result<Self, Faults> {
        let length = source.text().len();
        if length > MAX_BYTES {
            let fault = Fault::of_file(
                source.path().clone(),
                format!("the file has {length} bytes"),
            )
            .with_hint(format!("at most {MAX_BYTES} bytes are read"));
            return Err(fault.into());
        }
        let (parsed, errors) = DeTable::parse_recoverable(source.text());
        if let Some(faults) = Faults::collect(syntax::faults(&source, &errors)) {
            return Err(faults);
        }
        let entries = Arc::new(Entries::of(parsed.get_ref()));
        let root = RawTable {
            source: Arc::new(source),
            entries,
            at: 0..0,
            label: String::new(),
        };
        Ok(Self { root })
    }

    /// Reads the whole file with `reader`; see [`RawTable::read`].
    ///
    /// # Errors
    /// Every fault that the reader or the tables reported.
    pub fn read<T>(&self, reader: impl FnOnce(&Table<'_>) -> Option<T>) -> Result<T, Faults> {
        self.root.read(reader)
    }

    /// The text with its lines.
    pub fn source(&self) -> &Arc<Source> {
        &self.root.source
    }
}

/// A table kept as it was written, to be read by whoever knows what belongs in it.
#[derive(Clone, Debug)]
pub struct RawTable {
    pub(super) source: Arc<Source>,
    pub(super) entries: Arc<Entries>,
    pub(super) at: Range<usize>,
    pub(super) label: String,
}

impl RawTable {
    /// Hands the table to `reader` and reports the keys that it did not ask for.
    ///
    /// # Errors
    /// Every fault that was reported. A reader that returns `None` without one yields a fault that says so.
    pub fn read<T>(&self, reader: impl FnOnce(&Table<'_>) -> Option<T>) -> Result<T, Faults> {
        let ledger = Ledger::new(&self.source);
        let table = Table::new(&ledger, &self.entries, self.at.clone(), self.label.clone());
        let read = reader(&table);
        table.report_unread();
        match (Faults::collect(ledger.into_faults()), read) {
            (Some(faults), _) => Err(faults),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(self
                .source
                .fault(self.at.clone(), "nothing could be read here")
                .into()),
        }
    }

    /// The file it stands in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The line on which it begins, from 1.
    pub fn line(&self) -> u32 {
        self.source.line_of(self.at.start)
    }

    /// A fault at the table's head, for a check that needs more than this table.
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        self.source.fault(self.at.clone(), message)
    }
}

/// Where the tables of one reading write their faults.
pub(super) struct Ledger<'s> {
    pub(super) source: &'s Arc<Source>,
    faults: RefCell<Vec<Fault>>,
    closed: Cell<bool>,
}

impl<'s> Ledger<'s> {
    fn new(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            faults: RefCell::new(Vec::new()),
            closed: Cell::new(false),
        }
    }

    pub(super) fn push(&self, fault: Fault) {
        if !self.closed.get() {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// Keeps `fault` alone: with it, all others would be noise.
    pub(super) fn close_with(&self, fault: Fault) {
        if !self.closed.replace(true) {
            self.faults.replace(vec![fault]);
        }
    }

    fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }
}
