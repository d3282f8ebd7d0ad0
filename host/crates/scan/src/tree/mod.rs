//! The neutral syntax tree: one shape for Python, JavaScript, TypeScript and Go.
//!
//! A parser's own tree lives only inside `lower::*`; everything above works on this one. It is flat (24 bytes a node, in
//! preorder), so walking, asking for ancestors and dropping it cost nothing and cannot overflow a stack.
//!
//! What a lowering must produce is written at [`Kind`] and [`Role`]. Parentheses, type assertions (`x as T`, `x!`),
//! Go's `&x` and `*x`, and JavaScript's optional chains are transparent: only what they hold becomes a node.

mod build;
mod dump;
mod kind;
mod places;
mod slots;

pub use build::{Builder, MAX_DEPTH};
pub use dump::dump;
pub use kind::{Flags, Kind, Role};

use perfctl_core::place::ByteSpan;

/// Index of a node in its [`Tree`]. The root is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Index of a text in the tree's table: a name, a string's value, a number as written, an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom(pub u32);

impl Atom {
    /// The empty text, in every tree.
    pub const EMPTY: Atom = Atom(0);
}

/// One node. Its subtree is the range `id..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// What it is to its parent.
    pub role: Role,
    /// Modifiers.
    pub flags: Flags,
    /// Its parent; the root is its own.
    pub parent: NodeId,
    /// One past the last node of its subtree.
    pub end: NodeId,
    /// Its text, see [`Kind`].
    pub atom: Atom,
    /// Its bytes in the file.
    pub span: ByteSpan,
}

/// A file's syntax.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    text: String,
    atoms: Vec<u32>,
    slots: slots::Slots,
    places: places::Places,
    /// Comments, in order; empty unless the lowering was asked for them.
    pub comments: Vec<ByteSpan>,
    /// Statements that could not be parsed, in order; the rest of the tree still counts.
    pub errors: Vec<(ByteSpan, String)>,
}

impl Tree {
    /// The node `id`.
    #[inline]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// How many nodes there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node at all (an empty file has a root).
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every node in preorder.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The text of `atom`.
    #[inline]
    pub fn str(&self, atom: Atom) -> &str {
        let at = atom.0 as usize;
        &self.text[self.atoms[at] as usize..self.atoms[at + 1] as usize]
    }

    /// The number of different texts; atoms are `0..atom_count()`.
    pub fn atom_count(&self) -> usize {
        self.atoms.len().saturating_sub(1)
    }

    /// The atom of `text`, if the file holds that text.
    pub fn find_atom(&self, text: &str) -> Option<Atom> {
        if text.is_empty() {
            return Some(Atom::EMPTY);
        }
        self.slot(slots::hash(text), text).ok()
    }

    /// The atom of `text`, or the slot where it belongs.
    #[inline]
    fn slot(&self, hash: u32, text: &str) -> Result<Atom, usize> {
        self.slots
            .find(hash, |atom| self.str(atom).as_bytes() == text.as_bytes())
    }

    /// The text of the node `id`.
    #[inline]
    pub fn text(&self, id: NodeId) -> &str {
        self.str(self.node(id).atom)
    }

    /// Direct children in order.
    #[inline]
    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children {
            tree: self,
            next: NodeId(id.0 + 1),
            end: self.node(id).end,
        }
    }

    /// The first child with `role`.
    pub fn child(&self, id: NodeId, role: Role) -> Option<NodeId> {
        self.children(id)
            .find(|child| self.node(*child).role == role)
    }

    /// Every node below `id`, without it, in preorder.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.node(id).end.0).map(NodeId)
    }

    /// Parents from the nearest outwards, root last.
    pub fn ancestors(&self, id: NodeId) -> Ancestors<'_> {
        Ancestors { tree: self, at: id }
    }

    /// Whether `inner` is `outer` or lies below it.
    #[inline]
    pub fn is_within(&self, inner: NodeId, outer: NodeId) -> bool {
        outer <= inner && inner < self.node(outer).end
    }

    /// Bytes held by the tree.
    pub fn heap_size(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
            + self.text.capacity()
            + self.atoms.capacity() * size_of::<u32>()
            + self.slots.heap_size()
            + self.places.heap_size()
    }
}

/// See [`Tree::children`].
pub struct Children<'t> {
    tree: &'t Tree,
    next: NodeId,
    end: NodeId,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        (self.next < self.end).then(|| {
            let child = self.next;
            self.next = self.tree.node(child).end;
            child
        })
    }
}

/// See [`Tree::ancestors`].
pub struct Ancestors<'t> {
    tree: &'t Tree,
    at: NodeId,
}

impl Iterator for Ancestors<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        let parent = self.tree.node(self.at).parent;
        (parent != self.at).then(|| {
            self.at = parent;
            parent
        })
    }
}
