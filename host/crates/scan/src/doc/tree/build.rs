//! Building a [`Document`] in preorder: open a node, add its entries, close it.

use perfctl_core::place::{ByteSpan, LineIndex};

use super::{DocError, DocErrorKind, DocId, DocKind, DocNode, Document, Origin, Text};
use crate::doc::source::Source;

/// More nodes than this are not kept: 500,000 nodes take 40 MB, and no file that people write has as many.
const MAX_NODES: usize = 500_000;
/// Nodes that may be copied for aliases, merges and locals in one file: the guard against exponential aliases.
const MAX_COPIES: usize = 50_000;
/// Errors kept for one file.
const MAX_ERRORS: usize = 100;

/// The document may not grow further; what is built so far stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::doc) struct Full;

/// Builds one document. `open` and `close` must balance; [`DocBuilder::finish`] closes what is left open.
pub(in crate::doc) struct DocBuilder<'s> {
    source: &'s Source<'s>,
    lines: Option<LineIndex>,
    doc: Document,
    open: Vec<DocId>,
    next: Next,
    copies: usize,
    grows: bool,
}

/// What the next node gets beside its value.
#[derive(Clone, Copy)]
struct Next {
    key: Option<(Text, ByteSpan)>,
    labels: (u32, u32),
    tag: Text,
    origin: Origin,
}

const PLAIN: Next = Next {
    key: None,
    labels: (0, 0),
    tag: Text { start: 0, len: 0 },
    origin: Origin::Written,
};

impl<'s> DocBuilder<'s> {
    pub(in crate::doc) fn new(source: &'s Source<'s>) -> Self {
        Self {
            source,
            lines: None,
            doc: Document::default(),
            open: Vec::new(),
            next: PLAIN,
            copies: 0,
            grows: false,
        }
    }

    /// From now on a closing node widens its parent's span: for parsers that do not say where a collection ends.
    pub(in crate::doc) fn grow_spans(&mut self) {
        self.grows = true;
    }

    /// Throws away what was built and refuses the file.
    pub(in crate::doc) fn refuse(&mut self, offset: usize, message: impl Into<String>) {
        self.doc = Document::default();
        self.open.clear();
        self.next = PLAIN;
        self.error(DocErrorKind::Refused, offset, message);
    }

    /// Line index of the file, made when first asked for.
    pub(in crate::doc) fn lines(&mut self) -> &LineIndex {
        let source = self.source;
        self.lines
            .get_or_insert_with(|| LineIndex::new(source.text().as_bytes()))
    }

    /// Records an error at byte `offset`.
    pub(in crate::doc) fn error(
        &mut self,
        kind: DocErrorKind,
        offset: usize,
        message: impl Into<String>,
    ) {
        if self.doc.errors.len() < MAX_ERRORS {
            let offset = offset.min(self.source.text().len()) as u32;
            let line = self.lines().line_of(offset);
            self.doc.errors.push(DocError {
                kind,
                line,
                offset,
                message: message.into(),
            });
        }
    }

    /// How many nodes are open.
    pub(in crate::doc) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The node opened last.
    pub(in crate::doc) fn current(&self) -> Option<DocId> {
        self.open.last().copied()
    }

    /// The id that the next node will have.
    pub(in crate::doc) fn next_id(&self) -> DocId {
        DocId(self.doc.nodes.len() as u32)
    }

    /// Gives the next node a key.
    pub(in crate::doc) fn key(&mut self, key: &str, span: ByteSpan) {
        self.next.key = Some((self.keep(key), span));
    }

    /// Gives the next node HCL labels.
    pub(in crate::doc) fn labels<'l>(&mut self, labels: impl Iterator<Item = &'l str>) {
        let from = self.doc.labels.len() as u32;
        for label in labels {
            let text = self.keep(label);
            self.doc.labels.push(text);
        }
        self.next.labels = (from, self.doc.labels.len() as u32);
    }

    /// Gives the next node a tag.
    pub(in crate::doc) fn tag(&mut self, tag: &str) {
        self.next.tag = self.keep(tag);
    }

    /// Says how the next node came here.
    pub(in crate::doc) fn origin(&mut self, origin: Origin) {
        self.next.origin = origin;
    }

    /// Opens a node below the one opened last, or a new root.
    pub(in crate::doc) fn open(
        &mut self,
        kind: DocKind,
        text: &str,
        span: ByteSpan,
    ) -> Result<DocId, Full> {
        let next = std::mem::replace(&mut self.next, PLAIN);
        if self.doc.nodes.len() >= MAX_NODES {
            return Err(Full);
        }
        let text = self.keep(text);
        let id = self.next_id();
        let parent = self.current().unwrap_or(id);
        if parent == id {
            self.doc.roots.push(id);
        }
        self.doc.nodes.push(DocNode {
            kind,
            origin: next.origin,
            partial: false,
            span,
            key_span: next
                .key
                .map_or(ByteSpan::new(span.start, span.start), |(_, span)| span),
            parent,
            end: DocId(id.0 + 1),
            has_key: next.key.is_some(),
            key: next.key.map_or(Text::default(), |(key, _)| key),
            text,
            tag: next.tag,
            labels: next.labels,
        });
        self.open.push(id);
        Ok(id)
    }

    /// Closes the node opened last.
    pub(in crate::doc) fn close(&mut self) {
        let Some(id) = self.open.pop() else { return };
        let end = self.next_id();
        let node = &mut self.doc.nodes[id.0 as usize];
        node.end = end;
        let (span, key_span, has_key) = (node.span, node.key_span, node.has_key);
        let is_elsewhere = node.origin == Origin::Merge;
        if self.grows
            && !is_elsewhere
            && let Some(parent) = self.open.last()
        {
            let parent = &mut self.doc.nodes[parent.0 as usize].span;
            parent.end = parent.end.max(span.end);
            parent.start = parent.start.min(if has_key {
                key_span.start.min(span.start)
            } else {
                span.start
            });
        }
    }

    /// Adds a node without entries.
    pub(in crate::doc) fn leaf(
        &mut self,
        kind: DocKind,
        text: &str,
        span: ByteSpan,
    ) -> Result<DocId, Full> {
        let id = self.open(kind, text, span)?;
        self.close();
        Ok(id)
    }

    /// Copies the closed node `from` with all below it to here; the copy's own span is `span`.
    /// Beyond the budget it becomes an unknown node with `text`.
    pub(in crate::doc) fn copy(
        &mut self,
        from: DocId,
        span: ByteSpan,
        text: &str,
    ) -> Result<DocId, Full> {
        let original = self.doc.nodes[from.0 as usize];
        let count = (original.end.0 - from.0) as usize;
        self.copies += count;
        if self.copies > MAX_COPIES || self.doc.nodes.len() + count > MAX_NODES {
            self.error(
                DocErrorKind::Limit,
                span.start as usize,
                "aliases expand to too many values; this one is left unknown",
            );
            return self.leaf(DocKind::Unknown, text, span);
        }
        let origin = if self.next.origin == Origin::Written {
            Origin::Alias
        } else {
            self.next.origin
        };
        self.next.origin = origin;
        let id = self.open(original.kind, "", span)?;
        let shift = id.0 - from.0;
        let top = &mut self.doc.nodes[id.0 as usize];
        top.text = original.text;
        top.partial = original.partial;
        if top.tag.len == 0 {
            top.tag = original.tag;
        }
        for at in from.0 + 1..original.end.0 {
            let mut node = self.doc.nodes[at as usize];
            node.parent.0 += shift;
            node.end.0 += shift;
            node.origin = origin;
            self.doc.nodes.push(node);
        }
        self.close();
        Ok(id)
    }

    /// The node `id`.
    pub(in crate::doc) fn node(&self, id: DocId) -> &DocNode {
        &self.doc.nodes[id.0 as usize]
    }

    /// The node `id`, to change.
    pub(in crate::doc) fn node_mut(&mut self, id: DocId) -> &mut DocNode {
        &mut self.doc.nodes[id.0 as usize]
    }

    /// Replaces the text of `id`.
    pub(in crate::doc) fn set_text(&mut self, id: DocId, text: &str) {
        let text = self.keep(text);
        self.doc.nodes[id.0 as usize].text = text;
    }

    /// Replaces the tag of `id`.
    pub(in crate::doc) fn set_tag(&mut self, id: DocId, tag: &str) {
        let tag = self.keep(tag);
        self.doc.nodes[id.0 as usize].tag = tag;
    }

    /// Says that `id` may hold more than is seen.
    pub(in crate::doc) fn set_partial(&mut self, id: DocId) {
        self.doc.nodes[id.0 as usize].partial = true;
    }

    /// The key of `id`.
    pub(in crate::doc) fn key_of(&self, id: DocId) -> Option<&str> {
        let node = self.node(id);
        node.has_key.then(|| self.doc.str(node.key))
    }

    /// The text of `id`.
    pub(in crate::doc) fn text_of(&self, id: DocId) -> &str {
        self.doc.str(self.node(id).text)
    }

    /// Gives the next node the key of `id`.
    pub(in crate::doc) fn key_like(&mut self, id: DocId) {
        let node = self.doc.nodes[id.0 as usize];
        self.next.key = node.has_key.then_some((node.key, node.key_span));
    }

    /// The entry of `id`, which is still open, if it has exactly one.
    pub(in crate::doc) fn only_entry(&self, id: DocId) -> Option<DocId> {
        let first = DocId(id.0 + 1);
        (first < self.next_id() && self.node(first).end == self.next_id()).then_some(first)
    }

    /// Forgets the key given for the next node.
    pub(in crate::doc) fn drop_key(&mut self) {
        self.next = PLAIN;
    }

    /// The source text of `span`, cut where it gets long.
    pub(in crate::doc) fn excerpt(&self, span: ByteSpan) -> &'s str {
        const LONG: u32 = 2000;
        let source: &'s Source<'s> = self.source;
        source.slice(ByteSpan::new(
            span.start,
            span.end.min(span.start.saturating_add(LONG)),
        ))
    }

    /// The entries of `id` so far, which may still be open.
    pub(in crate::doc) fn entries(&self, id: DocId) -> Vec<DocId> {
        let limit = if self.open.contains(&id) {
            self.next_id()
        } else {
            self.node(id).end
        };
        let mut entries = Vec::new();
        let mut at = DocId(id.0 + 1);
        while at < limit {
            entries.push(at);
            at = self.node(at).end.max(DocId(at.0 + 1));
        }
        entries
    }

    /// Closes everything that is open and says of it that it broke off.
    pub(in crate::doc) fn break_off(&mut self) {
        self.next = PLAIN;
        while let Some(id) = self.current() {
            self.set_partial(id);
            self.close();
        }
    }

    /// The document.
    pub(in crate::doc) fn finish(mut self) -> Document {
        self.break_off();
        self.doc.nodes.shrink_to_fit();
        self.doc.store.shrink_to_fit();
        self.doc
    }

    fn keep(&mut self, text: &str) -> Text {
        let start = self.doc.store.len() as u32;
        self.doc.store.push_str(text);
        Text {
            start,
            len: text.len() as u32,
        }
    }
}
