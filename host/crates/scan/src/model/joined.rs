//! Text put together with `+`: what it says as a whole, as far as a file tells. It knows no names and no values.

use std::borrow::Cow;

use crate::tree::{Kind, NodeId, Tree};

/// Parts looked at; text of more parts is cut.
const MOST_PARTS: usize = 64;

/// What the string `id` says together with what is added behind it: `"SELECT a FROM " + table` says `SELECT a FROM {}`, as a
/// template would. A string that itself is added to something else has been told there: `None`.
pub fn joined(tree: &Tree, id: NodeId) -> Option<Cow<'_, str>> {
    let mut whole = id;
    loop {
        let parent = tree.node(whole).parent;
        if !is_sum(tree, parent) {
            break;
        }
        // The left side stands first.
        if tree.children(parent).next() != Some(whole) {
            return None;
        }
        whole = parent;
    }
    if whole == id {
        return Some(Cow::Borrowed(tree.text(id)));
    }
    let mut text = String::new();
    let mut parts = 0;
    add(tree, whole, &mut text, &mut parts);
    Some(Cow::Owned(text))
}

fn add(tree: &Tree, id: NodeId, text: &mut String, parts: &mut usize) {
    // Sums lean to the left: the loop goes down that side, so that a long one needs no deep stack.
    let mut sides = Vec::new();
    let mut at = id;
    while is_sum(tree, at) {
        let mut children = tree.children(at);
        let Some(left) = children.next() else { break };
        sides.extend(children.next());
        at = left;
    }
    sides.push(at);
    for part in sides.into_iter().rev() {
        *parts += 1;
        if *parts > MOST_PARTS {
            return;
        }
        match tree.node(part).kind {
            Kind::Str | Kind::Template => text.push_str(tree.text(part)),
            _ if is_sum(tree, part) => add(tree, part, text, parts),
            _ => text.push_str("{}"),
        }
    }
}

fn is_sum(tree: &Tree, id: NodeId) -> bool {
    tree.node(id).kind == Kind::Binary && tree.text(id) == "+"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::python::lower;

    fn told(source: &str) -> Vec<String> {
        let tree = lower(source, false);
        let strings = tree.ids().filter(|id| tree.node(*id).kind == Kind::Str);
        strings
            .filter_map(|id| joined(&tree, id))
            .map(Cow::into_owned)
            .collect()
    }

    #[test]
    fn a_sum_is_told_once_at_its_first_string_with_holes_for_what_is_not_text() {
        assert_eq!(
            told("q = 'SELECT * ' + 'FROM ' + table + ' LIMIT 5'"),
            ["SELECT * FROM {} LIMIT 5"]
        );
        assert_eq!(told("q = 'a' + ('b' + c)"), ["ab{}"]);
        assert_eq!(told("q = prefix + 'b'"), Vec::<String>::new());
        assert_eq!(told("q = 'a' * 3"), ["a"]);
    }
}
