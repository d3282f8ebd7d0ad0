//! The parsed file as an owned tree with byte ranges, entries in the order of the file.
//!
//! The parser's own tree borrows from the text and sorts keys by name; this one can be kept, cut up and read later.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// A table's entries, sorted by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries(Vec<Entry>);

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_at: Range<usize>,
    pub(super) node: Node,
}

/// A value with its bytes; of a table, its header or braces.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) at: Range<usize>,
    pub(super) shape: Shape,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Text(String),
    /// `None` when it does not fit 64 bits.
    Integer(Option<i64>),
    /// The digits as written, underscores removed.
    Float(String),
    Flag(bool),
    /// As written, and whether it is a day without a time.
    Date(String, bool),
    List(Vec<Node>),
    Table(Entries),
}

impl Entries {
    pub(super) fn of(table: &DeTable<'_>) -> Self {
        let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| Entry {
            key: AsRef::<std::borrow::Cow<'_, str>>::as_ref(key).to_string(),
            key_at: key.span(),
            node: Node::of(value),
        };
        let mut entries: Vec<Entry> = table.iter().map(entry).collect();
        entries.sort_by_key(|entry| entry.key_at.start);
        Self(entries)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }
}

impl Node {
    fn of(value: &toml::Spanned<DeValue<'_>>) -> Self {
        let shape = match value.get_ref() {
            DeValue::String(text) => Shape::Text(text.to_string()),
            DeValue::Integer(number) => {
                Shape::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok())
            }
            DeValue::Float(number) => Shape::Float(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Shape::Flag(*flag),
            DeValue::Datetime(stamp) => Shape::Date(stamp.to_string(), stamp.time.is_none()),
            DeValue::Array(items) => Shape::List(items.iter().map(Node::of).collect()),
            DeValue::Table(table) => Shape::Table(Entries::of(table)),
        };
        Self {
            at: value.span(),
            shape,
        }
    }
}
