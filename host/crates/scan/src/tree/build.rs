//! Building a [`Tree`] in preorder: open a node, add its children, close it.

use perfctl_core::place::ByteSpan;
use rustc_hash::FxHashMap;

use super::{Atom, Flags, Kind, Node, NodeId, Role, Tree};

/// Builds one tree. `open` and `close` must balance; [`Builder::finish`] closes what a lowering left open after an error.
pub struct Builder {
    tree: Tree,
    seen: FxHashMap<Box<str>, Atom>,
    open: Vec<NodeId>,
}

impl Builder {
    /// A builder for a file of `bytes` bytes, with its root open.
    pub fn new(bytes: usize) -> Self {
        let mut tree = Tree {
            nodes: Vec::with_capacity(bytes / 8 + 16),
            text: String::with_capacity(bytes / 8),
            atoms: vec![0, 0],
            ..Tree::default()
        };
        tree.nodes.push(Node {
            kind: Kind::Module,
            role: Role::Root,
            flags: Flags::NONE,
            parent: NodeId(0),
            end: NodeId(1),
            atom: Atom::EMPTY,
            span: ByteSpan::new(0, bytes as u32),
        });
        Self { tree, seen: FxHashMap::default(), open: vec![NodeId(0)] }
    }

    /// The atom of `text`.
    pub fn atom(&mut self, text: &str) -> Atom {
        if text.is_empty() {
            return Atom::EMPTY;
        }
        if let Some(atom) = self.seen.get(text) {
            return *atom;
        }
        let atom = Atom(self.tree.atoms.len() as u32 - 1);
        self.tree.text.push_str(text);
        self.tree.atoms.push(self.tree.text.len() as u32);
        self.seen.insert(text.into(), atom);
        atom
    }

    /// Opens a node below the one opened last.
    pub fn open(&mut self, kind: Kind, role: Role, span: ByteSpan) -> NodeId {
        self.open_with(kind, role, span, Flags::NONE, Atom::EMPTY)
    }

    /// Opens a node with flags and text.
    pub fn open_with(&mut self, kind: Kind, role: Role, span: ByteSpan, flags: Flags, atom: Atom) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = *self.open.last().unwrap_or(&NodeId(0));
        self.tree.nodes.push(Node { kind, role, flags, parent, end: NodeId(id.0 + 1), atom, span });
        self.open.push(id);
        id
    }

    /// Closes the node opened last.
    pub fn close(&mut self) {
        if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            self.tree.nodes[id.0 as usize].end = NodeId(self.tree.nodes.len() as u32);
        }
    }

    /// Adds a node without children.
    pub fn leaf(&mut self, kind: Kind, role: Role, span: ByteSpan, flags: Flags, atom: Atom) -> NodeId {
        let id = self.open_with(kind, role, span, flags, atom);
        self.close();
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
        while self.open.len() > 1 {
            self.close();
        }
        let end = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes[0].end = end;
        self.tree.nodes.shrink_to_fit();
        self.tree.text.shrink_to_fit();
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
        b.leaf(Kind::Name, Role::Callee, ByteSpan::new(0, 1), Flags::NONE, name);
        let arg = b.open(Kind::Spread, Role::Arg, ByteSpan::new(2, 5));
        let inner = b.leaf(Kind::Name, Role::Value, ByteSpan::new(3, 4), Flags::NONE, name);
        b.close();
        b.close();
        let tree = b.finish();
        assert_eq!(tree.children(call).count(), 2);
        assert_eq!(tree.text(inner), "f");
        assert_eq!(tree.ancestors(inner).collect::<Vec<_>>(), [arg, call, NodeId(0)]);
        assert!(tree.is_within(inner, call) && !tree.is_within(call, inner));
        assert_eq!(size_of::<Node>(), 24);
    }
}
