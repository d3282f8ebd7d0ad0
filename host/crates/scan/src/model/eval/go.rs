//! What only Go's syntax tells of values: literals that name what they hold, functions of the language, keys of a range.

use super::super::path::{Alternatives, Link, PathId, Shape};
use super::super::scope::Binding;
use super::{Evaluator, unknown};
use crate::lower::Language;
use crate::tree::{Atom, Kind, NodeId, Role};

impl Evaluator<'_> {
    /// A list or dictionary: many of what it names.
    pub(super) fn collection(&mut self, id: NodeId, shape: Shape) -> Alternatives {
        let tree = self.tree;
        let held = tree.node(id).atom;
        if held == Atom::EMPTY {
            return self.literal(shape);
        }
        let mut words = tree.str(held).split('.');
        let first = words.next().and_then(|word| tree.find_atom(word));
        let mut all = first.map_or_else(unknown, |word| self.name(id, word));
        for word in words {
            let Some(word) = tree.find_atom(word) else {
                return self.literal(shape);
            };
            all = self.join_all(&all, Link::Attr(word));
        }
        all.retain(|path| *path != PathId::UNKNOWN);
        if all.is_empty() {
            return self.literal(shape);
        }
        let one = self.join_all(&all, Link::Call);
        self.join_all(&one, Link::Many)
    }

    /// `make(T, n)`, `new(T)` and `append(all, one)`, unless the file has functions of that name.
    pub(super) fn built_in(
        &mut self,
        callee: NodeId,
        first: Option<NodeId>,
    ) -> Option<Alternatives> {
        let tree = self.tree;
        let (name, first) = (tree.text(callee), first?);
        if tree.node(callee).kind != Kind::Name || !matches!(name, "make" | "new" | "append") {
            return None;
        }
        let is_own = self
            .value(callee)
            .iter()
            .all(|path| matches!(self.paths.last(*path), Link::Builtin(_)));
        let all = match name {
            _ if !is_own => return None,
            "append" => self.value(first),
            _ => self.instance_of(first),
        };
        // Of a channel or a type without a name the call itself says as much.
        (all.as_slice() != [PathId::UNKNOWN]).then_some(all)
    }

    /// Whether a loop's variable is the index or key of what Go's `range` gives: the first of two, or the only one where the rest is known
    /// to be no channel.
    pub(super) fn is_key(&mut self, binding: &Binding) -> bool {
        let tree = self.tree;
        if self.language != Language::Go || tree.node(binding.node).kind != Kind::For {
            return false;
        }
        let mut targets = tree
            .children(binding.node)
            .take_while(|child| tree.node(*child).role == Role::Target);
        let is_first = targets
            .next()
            .is_some_and(|first| tree.node(first).atom == binding.name);
        let is_alone = targets.next().is_none();
        is_first && (!is_alone || self.is_collection(binding.node))
    }

    /// Whether a loop runs over many of something, as far as that is known.
    fn is_collection(&mut self, of: NodeId) -> bool {
        let over = self.of_child(of, Role::Iter);
        let paths = &self.paths;
        let is_many = |path: &PathId| matches!(paths.last(*path), Link::Many | Link::Literal(_));
        over.iter().any(is_many)
    }
}
