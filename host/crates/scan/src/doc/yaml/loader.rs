//! From the parser's events to nodes, with a stack of open collections.

use std::borrow::Cow;

use perfctl_core::place::ByteSpan;
use rustc_hash::{FxHashMap, FxHashSet};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::scalar::{local_tag, quoted_length, scalar_kind};
use super::template::Masked;
use crate::doc::intrinsic;
use crate::doc::source::CharIndex;
use crate::doc::tree::{DocBuilder, DocId, DocKind, Full, MAX_DEPTH, Origin};

/// Why reading stopped.
pub(super) enum Stop {
    Syntax { at: usize, message: String },
    TooDeep { at: usize },
    Full,
}

impl From<Full> for Stop {
    fn from(_: Full) -> Self {
        Stop::Full
    }
}

/// A collection that is being read.
struct Frame {
    shape: Shape,
    anchor: usize,
    /// For a map: what `<<` names, in order.
    merges: Vec<DocId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A map that waits for a key.
    Key(DocId),
    /// A map that waits for the value of a key.
    Value(DocId),
    /// A map that waits for the value of `<<`.
    MergeValue(DocId),
    List(DocId),
    /// The list behind `<<`; it has no node.
    MergeList,
}

/// Reads one text from the parser's events.
pub(super) struct Loader<'l, 's> {
    text: &'l str,
    index: CharIndex<'l>,
    /// Where the text being parsed begins in the file.
    shift: usize,
    /// The template's changes, and where the text they were made in begins in the file.
    masked: Option<(&'l Masked, usize)>,
    anchors: FxHashMap<usize, DocId>,
    frames: Vec<Frame>,
    /// How deep we are in a key that is a collection; its inside is not kept.
    skipped: usize,
    builder: &'l mut DocBuilder<'s>,
}

impl<'l, 's> Loader<'l, 's> {
    /// For `text`, which begins at byte `shift` of the file.
    pub(super) fn new(
        text: &'l str,
        shift: usize,
        masked: Option<(&'l Masked, usize)>,
        builder: &'l mut DocBuilder<'s>,
    ) -> Self {
        Self {
            text,
            index: CharIndex::new(text),
            shift,
            masked,
            anchors: FxHashMap::default(),
            frames: Vec::new(),
            skipped: 0,
            builder,
        }
    }

    /// Reads to the end of the text, or to the first error.
    pub(super) fn run(mut self) -> Result<(), Stop> {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, span)) => self.event(event, span)?,
                Err(error) => {
                    let at = self.index.byte(error.marker().index());
                    return Err(Stop::Syntax {
                        at,
                        message: error.info().to_owned(),
                    });
                }
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        if self.skipped > 0 {
            match event {
                Event::SequenceStart(..) | Event::MappingStart(..) => self.skipped += 1,
                Event::SequenceEnd | Event::MappingEnd => self.skipped -= 1,
                _ => {}
            }
            return Ok(());
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag, span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::MappingStart(anchor, tag) => self.start(DocKind::Map, anchor, tag, span),
            Event::SequenceStart(anchor, tag) => self.start(DocKind::List, anchor, tag, span),
            Event::MappingEnd | Event::SequenceEnd => self.end(span),
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        span: Span,
    ) -> Result<(), Stop> {
        let span = self.without_tail(self.bytes(span), style);
        if let Some(map) = self.expects_key() {
            let is_merge = text == "<<" && style == ScalarStyle::Plain;
            if self.is_masked(span) {
                let written = self.builder.excerpt(span);
                self.builder.key(written, span);
                self.builder.set_partial(map);
            } else {
                self.builder.key(text, span);
            }
            self.set_shape(if is_merge {
                Shape::MergeValue(map)
            } else {
                Shape::Value(map)
            });
            return Ok(());
        }
        self.before_value();
        let id = if self.is_masked(span) {
            let written = self.builder.excerpt(span);
            if self.takes_merge()
                && let Some(map) = self.builder.current()
            {
                self.builder.set_partial(map);
            }
            self.builder.leaf(DocKind::Unknown, written, span)?
        } else {
            let text = self.without_blanked_lines(text, style);
            let (kind, name) = scalar_kind(&text, style, tag.as_deref());
            if let Some(name) = name {
                self.builder.tag(&name);
            }
            self.builder.leaf(kind, &text, span)?
        };
        self.remember(anchor, id);
        self.after_value();
        Ok(())
    }

    fn remember(&mut self, anchor: usize, id: DocId) {
        // The parser numbers anchors from 1; 0 is none.
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        let span = self.bytes(span);
        let target = self.anchors.get(&anchor).copied();
        if let Some(map) = self.expects_key() {
            let key = target.map_or_else(
                || self.builder.excerpt(span).to_owned(),
                |id| self.builder.text_of(id).to_owned(),
            );
            self.builder.key(&key, span);
            self.set_shape(Shape::Value(map));
            return Ok(());
        }
        if self.takes_merge() {
            let frame_of_map = self
                .frames
                .iter_mut()
                .rev()
                .find(|frame| frame.shape != Shape::MergeList);
            if let (Some(target), Some(frame)) = (target, frame_of_map) {
                frame.merges.push(target);
            }
            if self
                .frames
                .last()
                .is_some_and(|frame| frame.shape != Shape::MergeList)
            {
                self.builder.drop_key();
                self.after_value();
            }
            return Ok(());
        }
        let written = self.builder.excerpt(span);
        match target {
            Some(target) => self.builder.copy(target, span, written)?,
            // The anchor's own value is still open: it names itself.
            None => self.builder.leaf(DocKind::Unknown, written, span)?,
        };
        self.after_value();
        Ok(())
    }

    fn start(
        &mut self,
        kind: DocKind,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        span: Span,
    ) -> Result<(), Stop> {
        let span = self.bytes(span);
        if self.builder.depth() >= MAX_DEPTH {
            return Err(Stop::TooDeep {
                at: span.start as usize - self.shift,
            });
        }
        if let Some(map) = self.expects_key() {
            // A collection as key: its source stands for it.
            let written = self.builder.excerpt(span).trim().to_owned();
            self.builder.key(&written, span);
            self.set_shape(Shape::Value(map));
            self.skipped = 1;
            return Ok(());
        }
        if kind == DocKind::List
            && matches!(
                self.frames.last(),
                Some(Frame {
                    shape: Shape::MergeValue(_),
                    ..
                })
            )
        {
            self.builder.drop_key();
            self.frames.push(Frame {
                shape: Shape::MergeList,
                anchor,
                merges: Vec::new(),
            });
            return Ok(());
        }
        self.before_value();
        let name = tag.as_deref().and_then(local_tag);
        if let Some(name) = &name {
            self.builder.tag(name);
        }
        let kind = if name.is_some() && kind == DocKind::List {
            DocKind::Unknown
        } else {
            kind
        };
        let id = self
            .builder
            .open(kind, "", ByteSpan::new(span.start, span.start))?;
        if name.is_some() {
            self.builder.set_partial(id);
        }
        let shape = if kind == DocKind::Map {
            Shape::Key(id)
        } else {
            Shape::List(id)
        };
        self.frames.push(Frame {
            shape,
            anchor,
            merges: Vec::new(),
        });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let span = self.bytes(span);
        match frame.shape {
            Shape::MergeList => {}
            Shape::List(id) | Shape::Key(id) | Shape::Value(id) | Shape::MergeValue(id) => {
                // The closing bracket of a flow collection; a block collection's end is empty and lies further down.
                if span.start < span.end {
                    self.builder.node_mut(id).span.end = span.start + 1;
                }
                self.merge(id, &frame.merges)?;
                if self.builder.node(id).kind == DocKind::Map {
                    intrinsic::mark_call(self.builder, id);
                } else if self.builder.node(id).kind == DocKind::Unknown {
                    let written = self.builder.excerpt(self.builder.node(id).span);
                    self.builder.set_text(id, written);
                }
                self.builder.close();
                self.remember(frame.anchor, id);
                if self.takes_merge()
                    && let Some(parent) = self
                        .frames
                        .iter_mut()
                        .rev()
                        .find(|frame| frame.shape != Shape::MergeList)
                {
                    parent.merges.push(id);
                }
            }
        }
        self.after_value();
        Ok(())
    }

    /// Appends to the open map `id` the entries of `merges` whose keys it lacks; earlier ones win.
    fn merge(&mut self, id: DocId, merges: &[DocId]) -> Result<(), Stop> {
        if merges.is_empty() {
            return Ok(());
        }
        let own = self.builder.entries(id);
        let mut keys: FxHashSet<String> = own
            .iter()
            .filter_map(|entry| self.builder.key_of(*entry))
            .map(str::to_owned)
            .collect();
        for target in merges {
            let node = *self.builder.node(*target);
            if node.kind != DocKind::Map || node.partial {
                self.builder.set_partial(id);
            }
            for entry in self.builder.entries(*target) {
                let Some(key) = self.builder.key_of(entry).map(str::to_owned) else {
                    continue;
                };
                if keys.insert(key) {
                    let span = self.builder.node(entry).span;
                    self.builder.key_like(entry);
                    self.builder.origin(Origin::Merge);
                    self.builder.copy(entry, span, "")?;
                }
            }
        }
        Ok(())
    }

    fn expects_key(&self) -> Option<DocId> {
        match self.frames.last()?.shape {
            Shape::Key(map) => Some(map),
            _ => None,
        }
    }

    /// Whether the next value is one that `<<` takes in.
    fn takes_merge(&self) -> bool {
        matches!(
            self.frames.last(),
            Some(Frame {
                shape: Shape::MergeValue(_) | Shape::MergeList,
                ..
            })
        )
    }

    fn set_shape(&mut self, shape: Shape) {
        if let Some(frame) = self.frames.last_mut() {
            frame.shape = shape;
        }
    }

    /// A map written out in the list behind `<<` has no key of its own.
    fn before_value(&mut self) {
        if matches!(
            self.frames.last(),
            Some(Frame {
                shape: Shape::MergeList,
                ..
            })
        ) {
            self.builder.key("<<", ByteSpan::default());
        }
    }

    fn after_value(&mut self) {
        if let Some(Frame { shape, .. }) = self.frames.last_mut()
            && let Shape::Value(map) | Shape::MergeValue(map) = *shape
        {
            *shape = Shape::Key(map);
        }
    }

    fn bytes(&self, span: Span) -> ByteSpan {
        let start = self.index.byte(span.start.index());
        let end = self.index.byte(span.end.index().max(span.start.index()));
        ByteSpan::new((start + self.shift) as u32, (end + self.shift) as u32)
    }

    /// The parser lets a block scalar run on to the next token, and a quoted one over the comment behind it.
    fn without_tail(&self, span: ByteSpan, style: ScalarStyle) -> ByteSpan {
        let (start, end) = (
            span.start as usize - self.shift,
            span.end as usize - self.shift,
        );
        let Some(text) = self.text.get(start..end) else {
            return span;
        };
        let length = match style {
            ScalarStyle::Plain => return span,
            ScalarStyle::Literal | ScalarStyle::Folded => text.trim_end().len(),
            ScalarStyle::SingleQuoted => quoted_length(text, '\''),
            ScalarStyle::DoubleQuoted => quoted_length(text, '"'),
        };
        ByteSpan::new(span.start, span.start + length as u32)
    }

    /// Blanked lines of actions behind a block scalar that keeps its line ends are no part of its text.
    fn without_blanked_lines<'t>(&self, text: &'t str, style: ScalarStyle) -> Cow<'t, str> {
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let kept = text.trim_end_matches([' ', '\n']);
        if self.masked.is_none() || !is_block || text.len() < kept.len() + 2 {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("{kept}\n"))
    }

    fn is_masked(&self, span: ByteSpan) -> bool {
        let Some((masked, shift)) = self.masked else {
            return false;
        };
        let shift = shift as u32;
        let at = masked
            .changed
            .partition_point(|changed| changed.end + shift <= span.start);
        masked
            .changed
            .get(at)
            .is_some_and(|changed| changed.start + shift < span.end)
    }
}
