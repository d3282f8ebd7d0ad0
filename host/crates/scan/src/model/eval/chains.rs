//! Long chains of calls, as builders of queries make them.

use super::Evaluator;
use crate::tree::{Kind, NodeId, Role};

/// How many links of a chain of calls are read from its other end.
const LONGEST: usize = 96;

impl Evaluator<'_> {
    /// Reads a long chain from where it begins, so that each link asks for one that is known: `db.select(a).from(b).where(c)...`.
    pub(super) fn chain(&mut self, node: NodeId) {
        let tree = self.tree;
        let before = |id: NodeId| match tree.node(id).kind {
            Kind::Call => tree.child(id, Role::Callee),
            Kind::Attr | Kind::Index | Kind::Await => tree.child(id, Role::Value),
            _ => None,
        };
        let mut links: Vec<NodeId> = std::iter::successors(before(node), |at| before(*at))
            .take_while(|at| !self.values.contains_key(at))
            .take(LONGEST)
            .collect();
        self.depth += 1;
        while let Some(link) = links.pop() {
            self.value(link);
        }
        self.depth -= 1;
    }
}
