//! The lowering of Python, by what its trees look like when dumped.

mod any_text;
mod expressions;
mod statements;

use std::thread;

use crate::tree::{Kind, Tree, dump};

/// The dump of `source`, which must parse.
fn lowered(source: &str) -> String {
    let tree = super::lower(source, false);
    assert_eq!(tree.errors, [], "{source}");
    check_shape(source, &tree);
    dump(&tree)
}

/// The dump of one expression, without the statement around it.
fn expression(source: &str) -> String {
    let text = lowered(source);
    let inner = text
        .strip_prefix("(ExprStmt value:")
        .and_then(|text| text.strip_suffix(')'));
    inner
        .unwrap_or_else(|| panic!("not an expression: {text}"))
        .to_string()
}

/// The text of the first node of this kind.
fn first(kind: Kind, source: &str) -> &str {
    let tree = super::lower(source, false);
    check_shape(source, &tree);
    let id = tree.ids().find(|id| tree.node(*id).kind == kind);
    &source[tree.node(id.expect("a node of that kind")).span.range()]
}

/// What every tree keeps, of whatever text: preorder, nested spans, character boundaries.
fn check_shape(source: &str, tree: &Tree) {
    for id in tree.ids() {
        let node = tree.node(id);
        assert!(
            id < node.end && node.end.0 as usize <= tree.len(),
            "{node:?}"
        );
        assert!(
            source.get(node.span.range()).is_some(),
            "{node:?} splits a character"
        );
        if id.0 > 0 {
            let parent = tree.node(node.parent);
            assert!(
                node.parent < id && node.end <= parent.end,
                "{node:?} in {parent:?}"
            );
            assert!(
                parent.span.contains(node.span),
                "{node:?} sticks out of {parent:?}"
            );
        }
        assert!(tree.atom_count() > node.atom.0 as usize);
    }
    for span in tree
        .comments
        .iter()
        .chain(tree.errors.iter().map(|(span, _)| span))
    {
        assert!(
            source.get(span.range()).is_some(),
            "{span:?} splits a character"
        );
    }
}

/// Runs `work` where nesting as deep as the guard lets through fits, as the scanner's workers do.
fn on_a_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let worker = thread::Builder::new().stack_size(1 << 30).spawn(work);
    let done = worker.expect("address space for a stack").join();
    done.expect("the work must not panic")
}
