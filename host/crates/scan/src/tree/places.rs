//! Finding the node with given bytes.

use std::sync::OnceLock;

use perfctl_core::place::ByteSpan;

use super::{NodeId, Tree};

/// All nodes by their bytes, of those with the same bytes the outer ones first. Made when somebody asks: most trees are never asked, and one
/// that is asked for one match is asked for others, where walking down to each would look at every statement before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(OnceLock<Box<[NodeId]>>);

impl Places {
    /// Bytes held.
    pub(super) fn heap_size(&self) -> usize {
        self.0.get().map_or(0, |ids| size_of_val(&**ids))
    }
}

impl Tree {
    /// The innermost node with exactly the bytes `span`.
    pub fn node_with(&self, span: ByteSpan) -> Option<NodeId> {
        let bytes = |id: &NodeId| {
            let span = self.node(*id).span;
            (span.start, span.end)
        };
        let all = self.places.0.get_or_init(|| {
            let mut ids: Vec<NodeId> = self.ids().collect();
            ids.sort_by_key(|id| (bytes(id), *id));
            ids.into()
        });
        let wanted = (span.start, span.end);
        let first = all.partition_point(|id| bytes(id) < wanted);
        let mut found: Option<NodeId> = None;
        for id in all[first..].iter().take_while(|id| bytes(id) == wanted) {
            // Two beside each other may have the same bytes, as key and value of `{a}`: what counts is the first with what lies in it.
            if found.is_none_or(|outer| self.is_within(*id, outer)) {
                found = Some(*id);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::{javascript, python};

    use super::*;

    /// The same, by walking down from the root.
    fn walked(tree: &Tree, span: ByteSpan) -> Option<NodeId> {
        let mut found = None;
        let mut at = NodeId(0);
        loop {
            if tree.node(at).span == span {
                found = Some(at);
            }
            let inner = tree.children(at).find(|child| {
                let outer = tree.node(*child).span;
                outer.start <= span.start && span.end <= outer.end
            });
            match inner {
                Some(inner) => at = inner,
                None => return found,
            }
        }
    }

    #[test]
    fn every_node_is_found_by_its_bytes_as_by_walking_down_to_it() {
        let script = "import a from 'a';\nexport const b = ({ c, d: [e] }, ...f) => a(`x${c}`, { c, e }, (f)) ? g : h.i?.j;\n";
        let text = "@d(1)\ndef f(a, *, b=2):\n    x, y = a.b, (a)\n    return [i for i in x if f(i, b=b)] or {**a}\n";
        let trees = [
            javascript::lower(script, "a.ts", false),
            python::lower(text, false),
        ];
        for tree in trees {
            let mut found = 0;
            for id in tree.ids() {
                let span = tree.node(id).span;
                let near = ByteSpan::new(span.start, span.end + 1);
                for span in [span, near] {
                    assert_eq!(tree.node_with(span), walked(&tree, span), "{id:?} {span:?}");
                    found += usize::from(tree.node_with(span).is_some());
                }
            }
            assert!(found >= tree.len());
        }
    }
}
