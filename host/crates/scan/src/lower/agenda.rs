//! Lowering tree-sitter's trees without recursion, for every grammar of that kind.
//!
//! tree-sitter nests as deep as the text does, on the heap. A lowering of its tree is a table from the kind of a node to
//! a handler; a handler opens its own node and puts what comes below it on a list of steps, in order. Which kinds
//! there are, and what they become, is the language's business.

use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;
use tree_sitter::{Language, Node, TreeCursor};

use crate::tree::{Atom, Builder, Flags, Kind, MAX_DEPTH, Role, Tree};

/// A file with more errors than this is not broken but something else; the rest is not listed.
const MAX_ERRORS: usize = 100;

/// Lowers one node into the place that the slot describes.
pub(super) type Handler = for<'t> fn(&mut Agenda<'t>, Node<'t>, Slot<'t>);

/// The place a node is lowered into.
#[derive(Clone, Copy)]
pub(super) struct Slot<'t> {
    /// What it is to its parent.
    pub role: Role,
    /// Flags from around it: an `export`, a `static`.
    pub flags: Flags,
    /// The name it is bound to, for functions and classes without one.
    pub name: Atom,
    /// Its span, where that is not the node's own.
    pub span: Option<ByteSpan>,
    /// A second node the handler needs: the type that a literal leaves out.
    pub hint: Option<Node<'t>>,
}

impl Slot<'_> {
    /// A place with a role and nothing else to say.
    pub(super) fn new(role: Role) -> Self {
        Slot {
            role,
            flags: Flags::NONE,
            name: Atom::EMPTY,
            span: None,
            hint: None,
        }
    }

    /// The same place for a node that is bound to `name`.
    pub(super) fn named(self, name: Atom) -> Self {
        Slot { name, ..self }
    }

    /// The same place with these flags too.
    pub(super) fn flagged(self, flags: Flags) -> Self {
        Slot {
            flags: self.flags | flags,
            ..self
        }
    }

    /// The same place for a node that takes the text of `span`.
    pub(super) fn over(self, span: ByteSpan) -> Self {
        Slot {
            span: Some(span),
            ..self
        }
    }
}

/// The kinds and fields of a grammar, by the numbers of its parser.
pub(super) struct Grammar {
    handlers: Vec<Handler>,
    fields: Vec<&'static str>,
}

impl Grammar {
    /// The table of `language`: kinds by name, `rest` for named kinds that `kinds` does not list. `fields` lists the
    /// fields that handlers ask for.
    pub(super) fn new(
        language: &Language,
        kinds: &[(&str, Handler)],
        rest: Handler,
        fields: &[&'static str],
    ) -> Self {
        let handler_of = |id: usize| {
            let name = language.node_kind_for_id(id as u16).unwrap_or_default();
            match kinds.iter().find(|(kind, _)| *kind == name) {
                Some((_, handler)) => *handler,
                None => rest,
            }
        };
        let field_of = |id: usize| {
            let name = language.field_name_for_id(id as u16).unwrap_or_default();
            fields
                .iter()
                .find(|field| **field == name)
                .copied()
                .unwrap_or_default()
        };
        Self {
            handlers: (0..language.node_kind_count()).map(handler_of).collect(),
            fields: (0..=language.field_count()).map(field_of).collect(),
        }
    }
}

/// A child with the field it stands in; empty for none or one that nobody asks for.
#[derive(Clone, Copy)]
struct Child<'t> {
    node: Node<'t>,
    field: &'static str,
}

/// The children of a node: tokens too, comments not.
pub(super) struct Children<'t>(SmallVec<[Child<'t>; 8]>);

impl<'t> Children<'t> {
    /// The first child in `field`.
    pub(super) fn field(&self, field: &str) -> Option<Node<'t>> {
        self.fields(field).next()
    }

    /// Named children in `field`.
    pub(super) fn fields(&self, field: &str) -> impl DoubleEndedIterator<Item = Node<'t>> {
        self.0
            .iter()
            .filter(move |child| child.field == field && child.node.is_named())
            .map(|child| child.node)
    }

    /// The first child in `field`, which may be a token.
    pub(super) fn any_field(&self, field: &str) -> Option<Node<'t>> {
        self.0
            .iter()
            .find(|child| child.field == field)
            .map(|child| child.node)
    }

    /// Every child, tokens too.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = Node<'t>> {
        self.0.iter().map(|child| child.node)
    }

    /// Named children that could be parsed.
    pub(super) fn named(&self) -> impl DoubleEndedIterator<Item = Node<'t>> {
        self.all_named().filter(|node| !node.is_error())
    }

    /// Named children, with the places that could not be parsed.
    pub(super) fn all_named(&self) -> impl DoubleEndedIterator<Item = Node<'t>> {
        self.iter().filter(Node::is_named)
    }

    /// Named children in no field that could be parsed.
    pub(super) fn loose(&self) -> impl DoubleEndedIterator<Item = Node<'t>> {
        let named = |child: &&Child<'t>| child.node.is_named() && !child.node.is_error();
        self.0
            .iter()
            .filter(named)
            .filter(|child| child.field.is_empty())
            .map(|child| child.node)
    }

    /// The first token or named child of this kind.
    pub(super) fn find(&self, kind: &str) -> Option<Node<'t>> {
        self.iter().find(|node| node.kind() == kind)
    }

    /// Whether there is a token or named child of this kind.
    pub(super) fn has(&self, kind: &str) -> bool {
        self.find(kind).is_some()
    }
}

enum Step<'t> {
    Lower(Node<'t>, Slot<'t>),
    With(Handler, Node<'t>, Slot<'t>),
    Open(Kind, Role, ByteSpan, Flags, Atom),
    Leaf(Kind, Role, ByteSpan, Flags, Atom),
    Close,
}

/// The work that is left of one lowering, and the tree so far.
pub(super) struct Agenda<'t> {
    pub builder: Builder,
    source: &'t str,
    grammar: &'static Grammar,
    steps: Vec<Step<'t>>,
    cursor: TreeCursor<'t>,
    broken: SmallVec<[Node<'t>; 2]>,
    /// The first place that was too deep to lower.
    cut: Option<ByteSpan>,
}

impl<'t> Agenda<'t> {
    /// Lowers everything below `root` with `grammar`. The parser may have been given more than `source`, at its end.
    pub(super) fn run(
        grammar: &'static Grammar,
        source: &'t str,
        root: Node<'t>,
        want_comments: bool,
    ) -> Tree {
        let mut agenda = Agenda {
            builder: Builder::new(source.len()),
            source,
            grammar,
            steps: Vec::new(),
            cursor: root.walk(),
            broken: SmallVec::new(),
            cut: None,
        };
        if want_comments {
            agenda.comments(root);
        }
        agenda.errors(root);
        if root.is_error() {
            // Nothing of the file hangs together: what can be read in it still stands at its top.
            let children = agenda.children(root);
            agenda.read_broken();
            agenda.steps.extend(
                children
                    .all_named()
                    .rev()
                    .map(|child| Step::Lower(child, Slot::new(Role::Body))),
            );
        } else {
            agenda.steps.push(Step::Lower(root, Slot::new(Role::Root)));
        }
        while let Some(step) = agenda.steps.pop() {
            let mark = agenda.steps.len();
            match step {
                Step::Lower(node, _) | Step::With(_, node, _)
                    if agenda.builder.depth() >= MAX_DEPTH =>
                {
                    agenda.cut.get_or_insert(span_of(node));
                }
                Step::Lower(node, slot) => {
                    let handler = agenda.handler(node);
                    handler(&mut agenda, node, slot);
                    agenda.flush();
                }
                Step::With(handler, node, slot) => {
                    handler(&mut agenda, node, slot);
                    agenda.flush();
                }
                Step::Open(kind, role, span, flags, atom) => {
                    agenda.builder.open_with(kind, role, span, flags, atom);
                }
                Step::Leaf(kind, role, span, flags, atom) => {
                    agenda.builder.leaf(kind, role, span, flags, atom);
                }
                Step::Close => agenda.builder.close(),
            }
            // Handlers add steps in the order of the text; the list is taken from its end.
            agenda.steps[mark..].reverse();
        }
        if let Some(place) = agenda.cut {
            agenda.builder.error(place, too_deep());
        }
        if root.has_error() {
            agenda.builder.nest_spans();
        }
        let mut tree = agenda.builder.finish();
        let end = source.len() as u32;
        for (span, _) in &mut tree.errors {
            *span = ByteSpan::new(span.start.min(end), span.end.min(end));
        }
        tree.errors.sort_by_key(|(span, _)| *span);
        tree
    }

    fn handler(&self, node: Node<'t>) -> Handler {
        let known = self.grammar.handlers.get(usize::from(node.kind_id()));
        // The one kind beyond the table is that of text which could not be parsed.
        known.copied().unwrap_or(unknown)
    }

    /// The text of `node`.
    pub(super) fn text(&self, node: Node<'t>) -> &'t str {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    /// The text of `span`.
    pub(super) fn source_text(&self, span: ByteSpan) -> &'t str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// The atom of the text of `node`.
    pub(super) fn atom(&mut self, node: Node<'t>) -> Atom {
        let text = self.text(node);
        self.builder.atom(text)
    }

    /// The children of `node`. Broken ones are lowered at its end unless the handler reads them itself and says so with
    /// [`Agenda::read_broken`].
    pub(super) fn children(&mut self, node: Node<'t>) -> Children<'t> {
        let mut list = SmallVec::new();
        self.cursor.reset(node);
        if self.cursor.goto_first_child() {
            loop {
                let child = self.cursor.node();
                if child.is_error() {
                    self.broken.push(child);
                }
                if child.is_error() || !child.is_extra() {
                    let id = self.cursor.field_id().map_or(0, |id| usize::from(id.get()));
                    let field = self.grammar.fields.get(id).copied().unwrap_or_default();
                    list.push(Child { node: child, field });
                }
                if !self.cursor.goto_next_sibling() {
                    break;
                }
            }
        }
        Children(list)
    }

    /// The named children of `node` that could be parsed.
    pub(super) fn items(&mut self, node: Node<'t>) -> SmallVec<[Node<'t>; 4]> {
        self.children(node).named().collect()
    }

    /// Says that the handler has seen to the broken children itself.
    pub(super) fn read_broken(&mut self) {
        self.broken.clear();
    }

    fn flush(&mut self) {
        for node in std::mem::take(&mut self.broken) {
            self.steps.push(Step::Lower(node, Slot::new(Role::Body)));
        }
    }

    /// Opens a node for `node` in `slot`, now. To be followed by steps for what is below it and [`Agenda::close`].
    pub(super) fn open(&mut self, kind: Kind, node: Node<'t>, slot: Slot<'t>) {
        let span = slot.span.unwrap_or(span_of(node));
        self.builder
            .open_with(kind, slot.role, span, slot.flags, slot.name);
    }

    /// Adds a node without children, now.
    pub(super) fn leaf(&mut self, kind: Kind, node: Node<'t>, slot: Slot<'t>, atom: Atom) {
        let span = slot.span.unwrap_or(span_of(node));
        self.builder.leaf(kind, slot.role, span, slot.flags, atom);
    }

    /// Then: lower `node` by its kind.
    pub(super) fn then(&mut self, node: Node<'t>, role: Role) {
        self.then_in(node, Slot::new(role));
    }

    /// Then: lower `node`, if there is one, by its kind.
    pub(super) fn then_maybe(&mut self, node: Option<Node<'t>>, role: Role) {
        if let Some(node) = node {
            self.then(node, role);
        }
    }

    /// Then: lower `node` by its kind into `slot`.
    pub(super) fn then_in(&mut self, node: Node<'t>, slot: Slot<'t>) {
        self.steps.push(Step::Lower(node, slot));
    }

    /// Then: lower `node` with this handler, whatever its kind.
    pub(super) fn then_with(&mut self, handler: Handler, node: Node<'t>, slot: Slot<'t>) {
        self.steps.push(Step::With(handler, node, slot));
    }

    /// Then: open a node.
    pub(super) fn then_open(&mut self, kind: Kind, role: Role, span: ByteSpan) {
        self.then_open_with(kind, role, span, Flags::NONE, Atom::EMPTY);
    }

    /// Then: open a node with flags and text.
    pub(super) fn then_open_with(
        &mut self,
        kind: Kind,
        role: Role,
        span: ByteSpan,
        flags: Flags,
        atom: Atom,
    ) {
        self.steps.push(Step::Open(kind, role, span, flags, atom));
    }

    /// Then: add a node without children.
    pub(super) fn then_leaf(&mut self, kind: Kind, role: Role, span: ByteSpan, atom: Atom) {
        self.steps
            .push(Step::Leaf(kind, role, span, Flags::NONE, atom));
    }

    /// Then: close the node opened last, after what could not be parsed in it.
    pub(super) fn close(&mut self) {
        self.flush();
        self.steps.push(Step::Close);
    }

    fn comments(&mut self, root: Node<'t>) {
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            if node.is_extra() && node.kind().ends_with("comment") {
                self.builder.comment(span_of(node));
            }
            if cursor.goto_first_child() || cursor.goto_next_sibling() {
                continue;
            }
            if !climb(&mut cursor) {
                return;
            }
        }
    }

    fn errors(&mut self, root: Node<'t>) {
        if !root.has_error() {
            return;
        }
        let mut cursor = root.walk();
        let mut left = MAX_ERRORS;
        loop {
            let node = cursor.node();
            let wrong = node.is_error() || node.is_missing();
            if wrong && left == 0 {
                self.builder
                    .error(span_of(node), "and more errors from here".to_owned());
                return;
            }
            left -= usize::from(wrong);
            if node.is_error() {
                let near = self
                    .text(node)
                    .split_whitespace()
                    .next()
                    .unwrap_or_default();
                let near: String = near.chars().take(20).collect();
                self.builder
                    .error(span_of(node), format!("unexpected `{near}`"));
            } else if node.is_missing() {
                self.builder
                    .error(span_of(node), format!("expected `{}`", node.kind()));
            }
            let below = node.has_error() && !node.is_error();
            if below && cursor.goto_first_child() || cursor.goto_next_sibling() {
                continue;
            }
            if !climb(&mut cursor) {
                return;
            }
        }
    }
}

/// What is said of a file whose inner part is left out.
pub(super) fn too_deep() -> String {
    format!("nested deeper than {MAX_DEPTH} levels, the inner part is left out")
}

/// Moves to the next node that follows the whole subtree the cursor stands on.
fn climb(cursor: &mut TreeCursor<'_>) -> bool {
    while cursor.goto_parent() {
        if cursor.goto_next_sibling() {
            return true;
        }
    }
    false
}

/// The bytes of `node`.
pub(super) fn span_of(node: Node<'_>) -> ByteSpan {
    ByteSpan::new(node.start_byte() as u32, node.end_byte() as u32)
}

/// From the start of `first` to the end of `last`.
pub(super) fn span_between(first: Node<'_>, last: Node<'_>) -> ByteSpan {
    ByteSpan::new(first.start_byte() as u32, last.end_byte() as u32)
}

/// A handler for what has no form of its own, and for text that could not be parsed: its named children are still seen.
pub(super) fn unknown<'t>(agenda: &mut Agenda<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = agenda.children(node);
    agenda.read_broken();
    agenda.open(
        Kind::Other,
        node,
        Slot {
            name: Atom::EMPTY,
            flags: Flags::NONE,
            ..slot
        },
    );
    for child in children.all_named() {
        agenda.then(child, Role::Value);
    }
    agenda.close();
}

/// A handler for what is left out.
pub(super) fn nothing<'t>(_: &mut Agenda<'t>, _: Node<'t>, _: Slot<'t>) {}
