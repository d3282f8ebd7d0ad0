//! A tree-sitter tree as rows in preorder, in the form in which ast-grep's matchers walk it.
//!
//! A parent is one look away here, where tree-sitter searches it from the root; nothing that walks recurses; and every step
//! is counted, so that a condition that would look at everything again and again comes to an end.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use ast_grep_core::source::{Edit, SgNode};
use ast_grep_core::{Doc, Position};
use tree_sitter::Parser;

use super::grammar::Grammar;

/// No row.
const NONE: u32 = u32::MAX;
/// Bytes of text whose look costs as much as one step.
const BYTES_PER_STEP: u64 = 32;

#[derive(Clone, Copy)]
struct Row {
    start: u32,
    end: u32,
    parent: u32,
    /// The sibling before.
    before: u32,
    /// One past the last row below.
    next: u32,
    children: u32,
    kind: u16,
    /// The field of the parent in which it stands; 0 for none.
    field: u16,
    is_named: bool,
    has_named: bool,
    is_missing: bool,
    is_extra: bool,
}

/// A parsed text.
#[derive(Clone)]
pub(super) struct Flat {
    text: String,
    grammar: Grammar,
    rows: Vec<Row>,
    root: usize,
    left: Cell<u64>,
}

#[cfg(test)]
thread_local! {
    /// How many texts this thread has parsed.
    pub(super) static PARSED: Cell<usize> = const { Cell::new(0) };
}

impl Flat {
    /// Parses `text`. `None` when the parser gives up.
    pub(super) fn parse(text: &str, grammar: Grammar) -> Option<Self> {
        #[cfg(test)]
        PARSED.set(PARSED.get() + 1);
        let mut parser = Parser::new();
        parser.set_language(grammar.parser()).ok()?;
        let tree = parser.parse(text, None)?;
        let mut rows: Vec<Row> = Vec::with_capacity(text.len() / 3 + 8);
        let mut cursor = tree.walk();
        let (mut parent, mut before) = (NONE, NONE);
        loop {
            let node = cursor.node();
            let at = rows.len() as u32;
            rows.push(Row {
                start: node.start_byte() as u32,
                end: node.end_byte() as u32,
                parent,
                before,
                next: at + 1,
                children: 0,
                kind: node.kind_id(),
                field: cursor.field_id().map_or(0, std::num::NonZero::get),
                is_named: node.is_named(),
                has_named: false,
                is_missing: node.is_missing(),
                is_extra: node.is_extra(),
            });
            if let Some(row) = rows.get_mut(parent as usize) {
                row.children += 1;
                row.has_named |= node.is_named();
            }
            if cursor.goto_first_child() {
                (parent, before) = (at, NONE);
                continue;
            }
            before = at;
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return Some(Self {
                        text: text.to_owned(),
                        grammar,
                        rows,
                        root: 0,
                        left: Cell::new(u64::MAX),
                    });
                }
                // The cursor now stands on what was the parent.
                before = parent;
                let end = rows.len() as u32;
                let row = &mut rows[before as usize];
                row.next = end;
                parent = row.parent;
            }
        }
    }

    /// The same tree, of which only what stands below the first node of this kind is meant.
    pub(super) fn below(mut self, kind: &str) -> Self {
        let kind = self.grammar.parser().id_for_node_kind(kind, true);
        self.root = self
            .rows
            .iter()
            .position(|row| row.kind == kind)
            .unwrap_or(0);
        self
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The most levels between a node and the root.
    pub(super) fn depth(&self) -> usize {
        let mut depths = vec![0_usize; self.rows.len()];
        for (at, row) in self.rows.iter().enumerate().skip(1) {
            depths[at] = depths[row.parent as usize] + 1;
        }
        depths.into_iter().max().unwrap_or(0)
    }

    /// The text of the first part that is no valid syntax.
    pub(super) fn first_error(&self) -> Option<&str> {
        let row = self.rows.iter().find(|row| row.kind == u16::MAX)?;
        self.text.get(row.start as usize..row.end as usize)
    }

    /// The node in row `at`, which must be below [`Self::len`].
    fn at(&self, at: usize) -> At<'_> {
        At {
            flat: self,
            row: at as u32,
        }
    }

    /// Allows `steps` more from now on.
    pub(super) fn allow(&self, steps: u64) {
        self.left.set(steps);
    }

    /// Whether all the steps that were allowed are used up: what was found last may then be wrong.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// How many of the steps that were allowed are left.
    pub(super) fn left(&self) -> u64 {
        self.left.get()
    }

    fn charge(&self, steps: u64) {
        self.left.set(self.left.get().saturating_sub(steps));
    }
}

/// A node: a row of a [`Flat`].
#[derive(Clone, Copy)]
pub(super) struct At<'r> {
    flat: &'r Flat,
    row: u32,
}

impl<'r> At<'r> {
    fn get(self) -> &'r Row {
        &self.flat.rows[self.row as usize]
    }

    fn go(self, row: u32) -> Option<Self> {
        (row != NONE).then_some(Self {
            flat: self.flat,
            row,
        })
    }

    fn after(self) -> u32 {
        let row = self.get();
        match self.flat.rows.get(row.parent as usize) {
            Some(parent) if row.next < parent.next => row.next,
            _ => NONE,
        }
    }

    /// `first` and what `next` finds from there, one step each, until the steps are used up.
    fn chain(self, first: u32, next: impl Fn(Self) -> u32) -> impl Iterator<Item = Self> {
        let mut at = self.go(first);
        std::iter::from_fn(move || {
            self.flat.charge(1);
            let found = at.filter(|_| !self.flat.is_spent())?;
            at = found.go(next(found));
            Some(found)
        })
    }
}

/// The children of a node, in order.
struct Children<'r> {
    next: u32,
    left: u32,
    flat: &'r Flat,
}

impl<'r> Iterator for Children<'r> {
    type Item = At<'r>;

    fn next(&mut self) -> Option<At<'r>> {
        self.left = self.left.checked_sub(1)?;
        self.flat.charge(1);
        let row = self.next;
        self.next = self.flat.rows[row as usize].next;
        Some(At {
            flat: self.flat,
            row,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for Children<'_> {}

impl<'r> SgNode<'r> for At<'r> {
    fn parent(&self) -> Option<Self> {
        self.flat.charge(1);
        self.go(self.get().parent)
    }

    fn ancestors(&self, _root: Self) -> impl Iterator<Item = Self> {
        self.chain(self.get().parent, |at| at.get().parent)
    }

    fn dfs(&self) -> impl Iterator<Item = Self> {
        let end = self.get().next;
        self.chain(self.row, move |at| match at.row + 1 {
            next if next < end => next,
            _ => NONE,
        })
    }

    fn children(&self) -> impl ExactSizeIterator<Item = Self> {
        // Where the steps are used up there are none: a length that is promised must be kept.
        let left = if self.flat.is_spent() {
            0
        } else {
            self.get().children
        };
        Children {
            next: self.row + 1,
            left,
            flat: self.flat,
        }
    }

    fn next(&self) -> Option<Self> {
        self.flat.charge(1);
        self.go(self.after())
    }

    fn prev(&self) -> Option<Self> {
        self.flat.charge(1);
        self.go(self.get().before)
    }

    fn next_all(&self) -> impl Iterator<Item = Self> {
        self.chain(self.after(), Self::after)
    }

    fn prev_all(&self) -> impl Iterator<Item = Self> {
        self.chain(self.get().before, |at| at.get().before)
    }

    fn is_named(&self) -> bool {
        self.get().is_named
    }

    fn is_named_leaf(&self) -> bool {
        !self.get().has_named
    }

    fn is_leaf(&self) -> bool {
        self.get().children == 0
    }

    fn kind(&self) -> Cow<'_, str> {
        let name = self.flat.grammar.parser().node_kind_for_id(self.get().kind);
        Cow::Borrowed(name.unwrap_or_default())
    }

    fn kind_id(&self) -> u16 {
        self.get().kind
    }

    fn node_id(&self) -> usize {
        self.row as usize
    }

    fn range(&self) -> Range<usize> {
        let row = self.get();
        row.start as usize..row.end as usize
    }

    fn start_pos(&self) -> Position {
        position(&self.flat.text, self.get().start as usize)
    }

    fn end_pos(&self) -> Position {
        position(&self.flat.text, self.get().end as usize)
    }

    fn is_missing(&self) -> bool {
        self.get().is_missing
    }

    fn is_error(&self) -> bool {
        self.get().kind == u16::MAX
    }

    fn is_extra(&self) -> bool {
        self.get().is_extra
    }

    fn field(&self, name: &str) -> Option<Self> {
        let field = self.flat.grammar.parser().field_id_for_name(name)?;
        self.child_by_field_id(field.get())
    }

    fn field_children(&self, field: Option<u16>) -> impl Iterator<Item = Self> {
        self.children()
            .filter(move |child| field.is_some_and(|field| child.get().field == field))
    }

    fn child_by_field_id(&self, field: u16) -> Option<Self> {
        self.children().find(|child| child.get().field == field)
    }
}

fn position(text: &str, at: usize) -> Position {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count();
    let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    Position::new(line, before.len() - start, at)
}

impl Doc for Flat {
    type Source = String;
    type Lang = Grammar;
    type Node<'r> = At<'r>;

    fn get_lang(&self) -> &Grammar {
        &self.grammar
    }

    fn get_source(&self) -> &String {
        &self.text
    }

    fn do_edit(&mut self, _: &Edit<String>) -> Result<(), String> {
        Err("a tree that is searched is not edited".to_owned())
    }

    fn root_node(&self) -> At<'_> {
        self.at(self.root)
    }

    fn get_node_text<'a>(&'a self, node: &At<'a>) -> Cow<'a, str> {
        let text = self.text.get(node.range()).unwrap_or_default();
        self.charge(text.len() as u64 / BYTES_PER_STEP);
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'r>(nodes: impl Iterator<Item = At<'r>>) -> Vec<&'r str> {
        nodes.map(|node| &node.flat.text[node.range()]).collect()
    }

    fn find<'r>(flat: &'r Flat, text: &str) -> At<'r> {
        (0..flat.len())
            .map(|at| flat.at(at))
            .find(|node| &flat.text[node.range()] == text)
            .expect("it is there")
    }

    #[test]
    fn rows_know_their_relatives() {
        let flat = Flat::parse("f(a, b)\ng\n", Grammar::Python).expect("parses");
        let a = find(&flat, "a");
        assert_eq!(texts(a.parent().into_iter()), ["(a, b)"]);
        assert_eq!(texts(a.ancestors(flat.root_node())).len(), 4);
        assert_eq!(texts(a.next_all()), [",", "b", ")"]);
        assert_eq!(texts(find(&flat, "b").prev_all()), [",", "a", "("]);
        assert_eq!(texts(find(&flat, "b").next().into_iter()), [")"]);
        assert_eq!(texts(find(&flat, "(").prev().into_iter()), [""; 0]);
        assert_eq!(texts(find(&flat, ")").next().into_iter()), [""; 0]);
        let call = find(&flat, "f(a, b)").children().next().expect("the call");
        assert_eq!(texts(call.children()), ["f", "(a, b)"]);
        assert_eq!(texts(call.field("arguments").into_iter()), ["(a, b)"]);
        assert_eq!(texts(call.dfs()).len(), 8);
        assert_eq!(flat.root_node().children().len(), 2);
    }

    #[test]
    fn rows_agree_with_the_tree_they_were_made_from() {
        let text =
            "async def f(x=1):\n    # why\n    return [y for y in x if y]\n\nclass C(f): pass\n";
        let flat = Flat::parse(text, Grammar::Python).expect("parses");
        let mut parser = Parser::new();
        parser.set_language(Grammar::Python.parser()).expect("fits");
        let tree = parser.parse(text, None).expect("parses");
        let mut stack = vec![(tree.root_node(), flat.root_node())];
        let mut seen = 0;
        while let Some((theirs, ours)) = stack.pop() {
            seen += 1;
            assert_eq!(theirs.byte_range(), ours.range());
            assert_eq!(theirs.kind(), ours.kind());
            assert_eq!(theirs.is_named(), SgNode::is_named(&ours));
            assert_eq!(theirs.named_child_count() == 0, ours.is_named_leaf());
            assert_eq!(theirs.is_extra(), SgNode::is_extra(&ours));
            assert_eq!(
                theirs.start_position().column,
                ours.start_pos().byte_point().1
            );
            assert_eq!(theirs.start_position().row, ours.start_pos().line());
            assert_eq!(theirs.child_count() as usize, ours.children().len());
            let mut cursor = theirs.walk();
            stack.extend(theirs.children(&mut cursor).zip(ours.children()));
        }
        assert_eq!(seen, flat.len());
    }

    #[test]
    fn a_walk_ends_when_its_steps_are_used_up() {
        let flat = Flat::parse(&"f(a)\n".repeat(100), Grammar::Python).expect("parses");
        assert!(flat.root_node().dfs().count() > 600);
        flat.allow(50);
        assert_eq!(flat.root_node().dfs().count(), 49);
        assert!(flat.is_spent());
        assert_eq!(flat.root_node().children().len(), 0);
    }
}
