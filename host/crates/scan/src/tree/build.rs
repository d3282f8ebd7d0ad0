//! Building a [`Tree`] in preorder: open a node, add its children, close it. It knows no language.

use perfctl_core::place::ByteSpan;

use super::slots::{Slots, hash};
use super::{Atom, Flags, Kind, Node, NodeId, Role, Tree};

/// The deepest a lowering should build, in nodes from the root. Ordinary code stays below 100; beyond this, everything
/// that asks a node for its ancestors would pay for a hostile file. What is cut off belongs in [`Builder::error`].
pub const MAX_DEPTH: usize = 2000;

/// Builds one tree. `open` and `close` must balance; [`Builder::finish`] closes what a lowering left open after an error.
pub struct Builder {
    tree: Tree,
    /// The node opened last; its parent is the one to go back to.
    current: NodeId,
    depth: usize,
}

impl Builder {
    /// A builder for a file of `bytes` bytes, with its root open.
    pub fn new(bytes: usize) -> Self {
        let mut tree = Tree {
            // Measured on Python: a node per 12 bytes of source, a different text per 80.
            nodes: Vec::with_capacity(bytes / 10 + 16),
            text: String::with_capacity(bytes / 8),
            atoms: Vec::with_capacity(bytes / 64 + 16),
            slots: Slots::for_texts(bytes / 64),
            ..Tree::default()
        };
        tree.atoms.extend([0, 0]);
        tree.nodes.push(Node {
            kind: Kind::Module,
            role: Role::Root,
            flags: Flags::NONE,
            parent: NodeId(0),
            end: NodeId(1),
            atom: Atom::EMPTY,
            span: ByteSpan::new(0, bytes as u32),
        });
        Self {
            tree,
            current: NodeId(0),
            depth: 0,
        }
    }

    /// The atom of `text`. Equal texts have equal atoms.
    #[inline]
    pub fn atom(&mut self, text: &str) -> Atom {
        if text.is_empty() {
            return Atom::EMPTY;
        }
        let hash = hash(text);
        match self.tree.slot(hash, text) {
            Ok(atom) => atom,
            Err(slot) => {
                let atom = Atom(self.tree.atoms.len() as u32 - 1);
                self.tree.text.push_str(text);
                self.tree.atoms.push(self.tree.text.len() as u32);
                self.tree.slots.insert(slot, hash, atom);
                atom
            }
        }
    }

    /// How many nodes are open, the root not counted. A lowering stops descending at [`MAX_DEPTH`].
    #[inline]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Opens a node below the one opened last.
    #[inline]
    pub fn open(&mut self, kind: Kind, role: Role, span: ByteSpan) -> NodeId {
        self.open_with(kind, role, span, Flags::NONE, Atom::EMPTY)
    }

    /// Opens a node with flags and text.
    #[inline]
    pub fn open_with(
        &mut self,
        kind: Kind,
        role: Role,
        span: ByteSpan,
        flags: Flags,
        atom: Atom,
    ) -> NodeId {
        let id = self.leaf(kind, role, span, flags, atom);
        self.current = id;
        self.depth += 1;
        id
    }

    /// Closes the node opened last.
    #[inline]
    pub fn close(&mut self) {
        let end = NodeId(self.tree.nodes.len() as u32);
        let node = &mut self.tree.nodes[self.current.0 as usize];
        node.end = end;
        if self.depth > 0 {
            self.current = node.parent;
            self.depth -= 1;
        }
    }

    /// Adds a node without children.
    #[inline]
    pub fn leaf(
        &mut self,
        kind: Kind,
        role: Role,
        span: ByteSpan,
        flags: Flags,
        atom: Atom,
    ) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = self.current;
        self.tree.nodes.push(Node {
            kind,
            role,
            flags,
            parent,
            end: NodeId(id.0 + 1),
            atom,
            span,
        });
        id
    }

    /// Changes a node that is already there: flags are added.
    pub fn add_flags(&mut self, id: NodeId, flags: Flags) {
        self.tree.nodes[id.0 as usize].flags |= flags;
    }

    /// Gives a node its text after the fact.
    pub fn set_atom(&mut self, id: NodeId, atom: Atom) {
        self.tree.nodes[id.0 as usize].atom = atom;
    }

    /// Gives a node its span after the fact.
    pub fn set_span(&mut self, id: NodeId, span: ByteSpan) {
        self.tree.nodes[id.0 as usize].span = span;
    }

    /// Cuts every span to that of its parent: what a parser makes up after an error may lie anywhere.
    pub fn nest_spans(&mut self) {
        for id in 1..self.tree.nodes.len() {
            let outer = self.tree.nodes[self.tree.nodes[id].parent.0 as usize].span;
            let span = &mut self.tree.nodes[id].span;
            let start = span.start.clamp(outer.start, outer.end);
            *span = ByteSpan::new(start, span.end.min(outer.end));
        }
    }

    /// Records a comment.
    pub fn comment(&mut self, span: ByteSpan) {
        self.tree.comments.push(span);
    }

    /// Records a place that could not be parsed.
    pub fn error(&mut self, span: ByteSpan, message: String) {
        self.tree.errors.push((span, message));
    }

    /// The tree, everything closed.
    pub fn finish(mut self) -> Tree {
        while self.depth > 0 {
            self.close();
        }
        self.close();
        // Trees live as long as their file is looked at: give back only what was badly guessed.
        if self.tree.nodes.capacity() > 2 * self.tree.nodes.len() {
            self.tree.nodes.shrink_to_fit();
        }
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_knows_parents_children_and_subtrees() {
        let mut b = Builder::new(10);
        let name = b.atom("f");
        let call = b.open(Kind::Call, Role::Body, ByteSpan::new(0, 6));
        b.leaf(
            Kind::Name,
            Role::Callee,
            ByteSpan::new(0, 1),
            Flags::NONE,
            name,
        );
        let arg = b.open(Kind::Spread, Role::Arg, ByteSpan::new(2, 5));
        let inner = b.leaf(
            Kind::Name,
            Role::Value,
            ByteSpan::new(3, 4),
            Flags::NONE,
            name,
        );
        b.close();
        b.close();
        let tree = b.finish();
        assert_eq!(tree.children(call).count(), 2);
        assert_eq!(tree.text(inner), "f");
        assert_eq!(
            tree.ancestors(inner).collect::<Vec<_>>(),
            [arg, call, NodeId(0)]
        );
        assert!(tree.is_within(inner, call) && !tree.is_within(call, inner));
        assert_eq!(size_of::<Node>(), 24);
    }

    #[test]
    fn finish_closes_what_was_left_open_and_close_never_leaves_the_root() {
        let mut b = Builder::new(0);
        b.close();
        b.open(Kind::If, Role::Body, ByteSpan::default());
        b.open(Kind::Block, Role::Body, ByteSpan::default());
        b.leaf(
            Kind::Name,
            Role::Body,
            ByteSpan::default(),
            Flags::NONE,
            Atom::EMPTY,
        );
        assert_eq!(b.depth(), 2);
        let tree = b.finish();
        assert!(
            tree.ids()
                .all(|id| id == NodeId(3) || tree.node(id).end == NodeId(4))
        );
    }

    #[test]
    fn spans_that_stick_out_are_cut_from_the_outside_in() {
        let mut b = Builder::new(9);
        b.open(Kind::If, Role::Body, ByteSpan::new(2, 12));
        b.open(Kind::Block, Role::Body, ByteSpan::new(0, 10));
        b.leaf(
            Kind::Name,
            Role::Body,
            ByteSpan::new(0, 0),
            Flags::NONE,
            Atom::EMPTY,
        );
        b.nest_spans();
        let tree = b.finish();
        let spans: Vec<_> = tree.ids().map(|id| tree.node(id).span.range()).collect();
        assert_eq!(spans, [0..9, 2..9, 2..9, 2..2]);
    }

    #[test]
    fn equal_texts_share_an_atom_however_many_there_are() {
        let mut b = Builder::new(0);
        let texts: Vec<String> = (0..5000).map(|i| format!("name{i}")).collect();
        let atoms: Vec<Atom> = texts.iter().map(|text| b.atom(text)).collect();
        let again: Vec<Atom> = texts.iter().map(|text| b.atom(text)).collect();
        assert_eq!(atoms, again);
        assert_eq!(b.atom(""), Atom::EMPTY);
        let tree = b.finish();
        assert_eq!(tree.atom_count(), 5001);
        assert!(
            atoms
                .iter()
                .zip(&texts)
                .all(|(atom, text)| tree.str(*atom) == text)
        );
    }
}
