//! How far an allowance reaches: the statement that its line begins or ends, up to where a body of its own begins.

use perfctl_core::place::LineIndex;
use rustc_hash::FxHashMap;

use crate::tree::{Kind, NodeId, Role, Tree};

/// For each line that begins or ends a statement, the lines that an allowance on it speaks of.
#[derive(Default)]
pub(super) struct Reach {
    lines: FxHashMap<u32, (u32, u32)>,
    /// The head of the compound statement that ends on a line, for lines with nothing but its bracket.
    closing: FxHashMap<u32, (u32, u32)>,
    /// For lines in the midst of a statement, the lines on which an allowance would count.
    midst: FxHashMap<u32, (u32, u32)>,
}

impl Reach {
    /// Reads the statements of a tree. Bodies are passed once for all statements around them.
    pub(super) fn new(text: &str, tree: &Tree, lines: &LineIndex) -> Self {
        let mut reach = Self::default();
        for id in tree
            .ids()
            .skip(1)
            .filter(|id| is_statement(text, tree, *id))
        {
            reach.take(text, tree, lines, id);
        }
        reach
    }

    /// First and last line that an allowance on `line` speaks of. In the middle of a statement it speaks of its own line.
    pub(super) fn of(&self, line: u32) -> (u32, u32) {
        let known = self.lines.get(&line).or_else(|| self.closing.get(&line));
        known.copied().unwrap_or((line, line))
    }

    /// First and last line of the statement in whose midst `line` stands, where nothing begins or ends on it.
    pub(super) fn around(&self, line: u32) -> Option<(u32, u32)> {
        let is_known = self.lines.contains_key(&line) || self.closing.contains_key(&line);
        let around = self.midst.get(&line).filter(|_| !is_known);
        around.copied()
    }

    fn take(&mut self, text: &str, tree: &Tree, lines: &LineIndex, id: NodeId) {
        let node = tree.node(id);
        let last_line = |end: u32, start: u32| lines.line_of(end.saturating_sub(1).max(start));
        let first = lines.line_of(node.span.start);
        let last = last_line(node.span.end, node.span.start);
        let Bodies {
            first_start,
            last_end,
        } = bodies(text, tree, id);
        let head = match first_start {
            Some(start) => {
                let before = text.get(node.span.start as usize..start as usize);
                let length = before.map_or(0, |before| before.trim_end().len()) as u32;
                (first, last_line(node.span.start + length, node.span.start))
            }
            None => (first, last),
        };
        self.join(first, head);
        // Bodies stand apart from the lines between, so that no line is passed twice.
        for line in first + 1..head.1 {
            self.midst.insert(line, head);
        }
        if is_compound(node.kind) {
            self.closing.insert(last, head);
            // What stands between decorators and `def` is about the definition, wherever a rule points.
            let mut below = first;
            for decorator in tree
                .children(id)
                .take_while(|child| tree.node(*child).role == Role::Decorator)
            {
                let span = tree.node(decorator).span;
                self.join(lines.line_of(span.start), head);
                self.join(last_line(span.end, span.start), head);
                below = line_below(text, lines, span.end);
            }
            self.join(below.min(head.1), head);
        } else {
            let tail = last_end.map_or(head.0, |end| last_line(end, node.span.start));
            self.join(last, (tail, last));
        }
        if first_start.is_some() {
            self.join(head.1, head);
        }
    }

    fn join(&mut self, line: u32, (first, last): (u32, u32)) {
        let known = self.lines.entry(line).or_insert((first, last));
        *known = (known.0.min(first), known.1.max(last));
    }
}

/// The line of the first byte behind `offset` that is not blank.
fn line_below(text: &str, lines: &LineIndex, offset: u32) -> u32 {
    let rest = text.get(offset as usize..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    lines.line_of(offset + blank as u32)
}

fn is_statement(text: &str, tree: &Tree, id: NodeId) -> bool {
    let node = tree.node(id);
    let parent = tree.node(node.parent);
    node.kind != Kind::Block
        && matches!(parent.kind, Kind::Block | Kind::Module)
        && !is_expression_body(text, tree, node.parent)
}

/// The body of `x => f(x)`: one value, written as part of the statement around it.
fn is_expression_body(text: &str, tree: &Tree, block: NodeId) -> bool {
    let node = tree.node(block);
    node.kind == Kind::Block
        && tree.node(node.parent).kind == Kind::Function
        && tree.children(block).next().is_some_and(|only| {
            let inner = tree.node(only);
            inner.kind == Kind::Return && inner.span == node.span && inner.end == node.end
        })
        && !begins_with_return(text, node.span.start)
}

/// Whether a statement begins here and not the value itself, as in a body that is one `return`.
fn begins_with_return(text: &str, start: u32) -> bool {
    let rest = text.get(start as usize..).unwrap_or_default();
    rest.strip_prefix("return").is_some_and(|rest| {
        !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')
    })
}

fn is_compound(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Function
            | Kind::Class
            | Kind::If
            | Kind::For
            | Kind::CFor
            | Kind::While
            | Kind::With
            | Kind::Try
            | Kind::Switch
    )
}

/// Where the first body within a statement begins and the last one ends.
struct Bodies {
    first_start: Option<u32>,
    last_end: Option<u32>,
}

fn bodies(text: &str, tree: &Tree, statement: NodeId) -> Bodies {
    let mut found = Bodies {
        first_start: None,
        last_end: None,
    };
    let end = tree.node(statement).end;
    let mut at = NodeId(statement.0 + 1);
    while at < end {
        let node = tree.node(at);
        if node.kind == Kind::Block && !is_expression_body(text, tree, at) {
            found.first_start.get_or_insert(node.span.start);
            found.last_end = Some(node.span.end);
            at = node.end;
        } else {
            at = NodeId(at.0 + 1);
        }
    }
    found
}
