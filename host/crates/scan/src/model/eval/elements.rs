//! What the variables of loops are: an element of what the loop goes over, or a part of it where several are told apart.

use smallvec::smallvec;

use super::super::path::{Alternatives, Link, PathId};
use super::super::place::{Place, places};
use super::super::scope::Binding;
use super::{Evaluator, unknown};
use crate::lower::Language;
use crate::tree::{Kind, NodeId, Role};

impl Evaluator<'_> {
    /// An element of what a loop goes over.
    pub(super) fn element(&mut self, of: NodeId) -> Alternatives {
        let mut all = self.of_child(of, Role::Iter);
        // A loop over a dictionary goes over its keys.
        if self.language == Language::Python {
            let is_dict = |path: &PathId| match self.paths.last(*path) {
                Link::Object(object) => self.tree.node(object).kind == Kind::Dict,
                _ => false,
            };
            all.retain(|path| !is_dict(path));
        }
        match all.is_empty() {
            true => unknown(),
            false => self.join_all(&all, Link::Element),
        }
    }

    /// The place of a loop's variable among several, where the parts of an element are known: `for name, store in STORES.items()`.
    pub(super) fn element_place(&mut self, binding: &Binding) -> Option<u8> {
        let tree = self.tree;
        if self.language == Language::Go {
            return None;
        }
        let targets = tree
            .child(binding.node, Role::Target)
            .filter(|targets| tree.node(*targets).kind == Kind::List)?;
        if !self.has_parts(tree.child(binding.node, Role::Iter)?) {
            return None;
        }
        let place = places(tree, targets)
            .into_iter()
            .find_map(|(target, place)| {
                let is_it =
                    tree.node(target).kind == Kind::Name && tree.node(target).atom == binding.name;
                is_it.then_some(place)
            });
        match place? {
            Place::FromStart(at) => Some(at),
            Place::FromEnd(_) => None,
        }
    }

    /// Whether it is known what the parts of an element of `iterable` are.
    fn has_parts(&mut self, iterable: NodeId) -> bool {
        let tree = self.tree;
        match tree.node(iterable).kind {
            Kind::Call => {
                let callee = tree.child(iterable, Role::Callee);
                callee.is_some_and(|callee| match tree.node(callee).kind {
                    Kind::Attr => matches!(tree.text(callee), "items" | "entries"),
                    Kind::Name => {
                        self.language == Language::Python
                            && matches!(tree.text(callee), "enumerate" | "zip")
                    }
                    _ => false,
                })
            }
            Kind::Name | Kind::Attr | Kind::List => {
                self.value(iterable)
                    .iter()
                    .all(|path| match self.paths.last(*path) {
                        Link::Object(table) => tree.node(table).kind == Kind::List,
                        // A constant of another file.
                        Link::Attr(name) => {
                            let name = tree.str(name);
                            let base = self.paths.base(*path);
                            matches!(self.paths.last(base), Link::Module(_))
                                && name.chars().any(char::is_uppercase)
                                && !name.chars().any(char::is_lowercase)
                        }
                        _ => false,
                    })
            }
            _ => false,
        }
    }

    /// The part at a place of an element.
    pub(super) fn element_at(&mut self, of: NodeId, at: u8) -> Alternatives {
        let tree = self.tree;
        let Some(iterable) = tree.child(of, Role::Iter) else {
            return unknown();
        };
        let callee = tree.child(iterable, Role::Callee);
        let word = callee.filter(|callee| tree.node(*callee).kind == Kind::Name);
        let mut arguments = tree
            .children(iterable)
            .filter(|child| tree.node(*child).role == Role::Arg);
        let argument = match (word.map(|word| tree.text(word)), at) {
            (Some("enumerate"), 0) => return unknown(),
            (Some("enumerate"), 1) => arguments.next(),
            (Some("zip"), at) => arguments.nth(usize::from(at)),
            _ => None,
        };
        if word.is_some() {
            let all = argument.map_or_else(unknown, |argument| self.value(argument));
            return self.join_all(&all, Link::Element);
        }
        let all = self.element(of);
        let all = self.join_all(&all, Link::Item(at));
        match all.is_empty() {
            true => smallvec![PathId::UNKNOWN],
            false => all,
        }
    }
}
