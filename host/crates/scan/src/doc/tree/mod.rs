//! The neutral document tree: one shape for YAML, TOML, JSON and HCL.
//!
//! The tree is flat and in preorder, so walking it, copying parts of it and dropping it cannot overflow a stack. It knows nothing
//! of any notation.

mod build;
mod lookup;
mod path;
mod query;

pub(super) use build::{DocBuilder, Full};
pub use lookup::Lookup;
pub use path::Segment;
pub use query::NodeRef;

use perfctl_core::place::ByteSpan;

/// Documents nested deeper are refused.
pub const MAX_DEPTH: usize = 1000;

/// Index of a node in its [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocKind {
    /// Entries with keys: a mapping, a table, an object, a block.
    Map,
    /// Entries without keys.
    List,
    /// A single value; [`NodeRef::text`] is the value.
    Scalar(ScalarKind),
    /// Nothing was written, or `null`.
    Null,
    /// Something stands here whose value the file alone does not tell: a template action, an expression, a reference. Its source
    /// is kept as text, and what is known of its inside as entries.
    Unknown,
}

/// The type of a [`DocKind::Scalar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarKind {
    /// Text, dates included.
    String,
    /// A whole number as written, maybe with `0x`, `0o`, `_`.
    Integer,
    /// A number with fraction or exponent, infinity, not-a-number.
    Float,
    /// `true` or `false`.
    Bool,
}

/// How a node came to stand where it stands. The spans of all but [`Origin::Written`] point to where the value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It is written there.
    Written,
    /// A YAML alias; the node's own span is the alias, the spans below it are the anchor's.
    Alias,
    /// A YAML merge key, or HCL's `merge(...)`.
    Merge,
    /// A Terraform `local.x` of the same file.
    Local,
    /// The default of a Terraform `var.x` of the same file: a caller may have set another value.
    Default,
}

/// A stretch of the document's text store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Text {
    start: u32,
    len: u32,
}

/// One node. Its subtree is the range `id..end`.
#[derive(Clone, Copy, Debug)]
pub struct DocNode {
    /// What it is.
    pub kind: DocKind,
    /// How it came here.
    pub origin: Origin,
    /// Whether it may hold more entries than are seen: a template action among them, an argument of `merge` that is unknown, a
    /// document that broke off. What such a node seems to lack is unknown, not absent.
    pub partial: bool,
    /// Its bytes in the file, without its key.
    pub span: ByteSpan,
    /// Its key's bytes as written, quotes included; empty when there is no key.
    pub key_span: ByteSpan,
    /// Its parent; a root is its own.
    pub parent: DocId,
    /// One past the last node of its subtree.
    pub end: DocId,
    has_key: bool,
    key: Text,
    text: Text,
    tag: Text,
    labels: (u32, u32),
}

/// What was wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct DocError {
    /// Whether anything was read.
    pub kind: DocErrorKind,
    /// Line of the error, from 1.
    pub line: u32,
    /// Byte offset of the error in the file.
    pub offset: u32,
    /// What is wrong, a lowercase fragment.
    pub message: String,
}

/// How bad a [`DocError`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocErrorKind {
    /// Nothing of the file was read.
    Refused,
    /// A part could not be read; the rest counts.
    Syntax,
    /// A part was left out because a limit was reached.
    Limit,
}

/// A file's content: one tree per document in it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    nodes: Vec<DocNode>,
    roots: Vec<DocId>,
    store: String,
    labels: Vec<Text>,
    errors: Vec<DocError>,
}

impl Document {
    /// A document that was not read, for the reason `message`.
    pub(super) fn refused(message: String) -> Self {
        let error = DocError {
            kind: DocErrorKind::Refused,
            line: 1,
            offset: 0,
            message,
        };
        Self {
            errors: vec![error],
            ..Self::default()
        }
    }

    /// What was wrong, in the order of the file.
    pub fn errors(&self) -> &[DocError] {
        &self.errors
    }

    /// Whether nothing was read at all.
    pub fn is_refused(&self) -> bool {
        self.errors
            .iter()
            .any(|error| error.kind == DocErrorKind::Refused)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Bytes held by the tree.
    pub fn heap_size(&self) -> usize {
        self.nodes.capacity() * size_of::<DocNode>()
            + self.store.capacity()
            + self.labels.capacity() * size_of::<Text>()
    }

    fn str(&self, text: Text) -> &str {
        &self.store[text.start as usize..(text.start + text.len) as usize]
    }
}
