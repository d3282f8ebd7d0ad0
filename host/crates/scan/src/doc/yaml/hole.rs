//! Where the output of a template line goes: the node that would hold it becomes unknown or partial.

use perfctl_core::place::ByteSpan;

use super::template::{Hole, Masked};
use crate::doc::tree::{DocBuilder, DocId, DocKind, Origin};

/// Marks the nodes that the holes of `masked` belong to; its text begins at byte `shift` of the file.
pub(super) fn settle(masked: &Masked, shift: usize, builder: &mut DocBuilder<'_>) {
    if masked.holes.is_empty() {
        return;
    }
    let starts: Vec<(u32, DocId)> = (0..builder.next_id().0)
        .map(|id| (builder.node(DocId(id)), DocId(id)))
        .filter(|(node, _)| node.origin == Origin::Written)
        .map(|(node, id)| (node.key_span.start.min(node.span.start), id))
        .collect();
    for hole in &masked.holes {
        let at = hole.span.start + shift as u32;
        let before = starts.partition_point(|(start, _)| *start < at);
        let nearest = before
            .checked_sub(1)
            .map(|last| starts[last].1)
            .or(starts.first().map(|first| first.1));
        if let Some(nearest) = nearest {
            let span = ByteSpan::new(at, hole.span.end + shift as u32);
            place(hole, span, nearest, builder);
        }
    }
}

/// Walks outwards from `nearest`, the last node before the hole, to the first that is indented less than the hole's output.
fn place(hole: &Hole, span: ByteSpan, nearest: DocId, builder: &mut DocBuilder<'_>) {
    let mut id = nearest;
    loop {
        let node = *builder.node(id);
        let is_root = node.parent == id;
        let column = column_of(id, builder);
        let is_collection = matches!(node.kind, DocKind::Map | DocKind::List | DocKind::Unknown);
        if is_root || column < Some(hole.column) {
            if node.kind == DocKind::Null {
                builder.node_mut(id).kind = DocKind::Unknown;
                builder.node_mut(id).span = span;
                let written = builder.excerpt(span);
                builder.set_text(id, written);
                return widen(id, span, builder);
            }
            if is_collection || is_root {
                return builder.set_partial(id);
            }
        } else if node.kind == DocKind::List && column == Some(hole.column) {
            // The dashes of a list may stand below its key, so the output may be items or keys: both are possible.
            builder.set_partial(id);
        }
        id = node.parent;
    }
}

/// The column of a node's key; of a list's item, the column just before its content.
fn column_of(id: DocId, builder: &mut DocBuilder<'_>) -> Option<usize> {
    let node = *builder.node(id);
    let has_key = builder.key_of(id).is_some();
    let start = if has_key {
        node.key_span.start
    } else {
        node.span.start
    };
    let line = builder.lines().line_of(start);
    let column = (start - builder.lines().line_start(line)) as usize;
    if has_key {
        Some(column)
    } else {
        column.checked_sub(1)
    }
}

/// The parents of `id` hold what it now spans.
fn widen(id: DocId, span: ByteSpan, builder: &mut DocBuilder<'_>) {
    let mut at = id;
    while builder.node(at).parent != at {
        at = builder.node(at).parent;
        let node = builder.node_mut(at);
        node.span.end = node.span.end.max(span.end);
    }
}
