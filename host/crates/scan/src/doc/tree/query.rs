//! Asking a [`Document`]: its nodes, their values and entries, keys at any depth.

use perfctl_core::place::ByteSpan;

use super::{DocId, DocKind, DocNode, Document, Origin, ScalarKind};

impl Document {
    /// The tops of the documents, in order.
    pub fn roots(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.roots.iter().map(|id| NodeRef { doc: self, id: *id })
    }

    /// The top of the first document, which is the only one but in YAML.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        self.roots().next()
    }

    /// The node `id`, which must come from this document.
    pub fn node(&self, id: DocId) -> NodeRef<'_> {
        NodeRef { doc: self, id }
    }

    /// Every node of every document, in preorder.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef<'_>> {
        (0..self.nodes.len() as u32).map(|id| NodeRef {
            doc: self,
            id: DocId(id),
        })
    }

    /// Every node with `key`, at any depth of any document.
    pub fn find_all<'d>(&'d self, key: &'d str) -> impl Iterator<Item = NodeRef<'d>> + 'd {
        self.nodes().filter(move |node| node.key() == Some(key))
    }

    /// The deepest node written around byte `offset`.
    pub fn node_at(&self, offset: u32) -> Option<NodeRef<'_>> {
        let holds = |node: &NodeRef<'_>| {
            let span = node.full_span();
            node.origin() == Origin::Written && span.start <= offset && offset < span.end
        };
        self.nodes().filter(holds).last()
    }
}

/// A node and the document it stands in.
#[derive(Clone, Copy)]
pub struct NodeRef<'d> {
    doc: &'d Document,
    id: DocId,
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={:?} {:?}", self.path(), self.kind(), self.text())
    }
}

impl<'d> NodeRef<'d> {
    /// Its index.
    pub fn id(self) -> DocId {
        self.id
    }

    /// Its raw record.
    pub fn raw(self) -> &'d DocNode {
        &self.doc.nodes[self.id.0 as usize]
    }

    /// What it is.
    pub fn kind(self) -> DocKind {
        self.raw().kind
    }

    /// Its bytes without the key.
    pub fn span(self) -> ByteSpan {
        self.raw().span
    }

    /// Its key's bytes as written.
    pub fn key_span(self) -> Option<ByteSpan> {
        self.raw().has_key.then_some(self.raw().key_span)
    }

    /// From its key to its end.
    pub fn full_span(self) -> ByteSpan {
        let span = self.span();
        match self.key_span() {
            Some(key) if key.start <= span.start => ByteSpan::new(key.start, span.end.max(key.end)),
            _ => span,
        }
    }

    /// Its key, decoded.
    pub fn key(self) -> Option<&'d str> {
        self.raw().has_key.then(|| self.doc.str(self.raw().key))
    }

    /// A scalar's value, decoded; an unknown node's source; otherwise empty.
    pub fn text(self) -> &'d str {
        self.doc.str(self.raw().text)
    }

    /// Its YAML tag without `!`, the CloudFormation function it calls, or the HCL function or construct that made it.
    pub fn tag(self) -> Option<&'d str> {
        let tag = self.raw().tag;
        (tag.len > 0).then(|| self.doc.str(tag))
    }

    /// The labels of an HCL block.
    pub fn labels(self) -> impl Iterator<Item = &'d str> {
        let (from, to) = self.raw().labels;
        self.doc.labels[from as usize..to as usize]
            .iter()
            .map(|label| self.doc.str(*label))
    }

    /// How it came here.
    pub fn origin(self) -> Origin {
        self.raw().origin
    }

    /// Whether it may hold more entries than are seen.
    pub fn is_partial(self) -> bool {
        self.raw().partial
    }

    /// Whether its value is not told by the file.
    pub fn is_unknown(self) -> bool {
        self.kind() == DocKind::Unknown
    }

    /// Its parent.
    pub fn parent(self) -> Option<NodeRef<'d>> {
        let parent = self.raw().parent;
        (parent != self.id).then_some(NodeRef {
            doc: self.doc,
            id: parent,
        })
    }

    /// Its entries in order, equal keys included.
    pub fn entries(self) -> Entries<'d> {
        Entries {
            doc: self.doc,
            next: DocId(self.id.0 + 1),
            end: self.raw().end,
        }
    }

    /// Everything below it, in preorder.
    pub fn descendants(self) -> impl Iterator<Item = NodeRef<'d>> {
        let doc = self.doc;
        (self.id.0 + 1..self.raw().end.0).map(move |id| NodeRef { doc, id: DocId(id) })
    }

    /// Every node with `key` below it.
    pub fn find_all(self, key: &str) -> impl Iterator<Item = NodeRef<'d>> {
        self.descendants()
            .filter(move |node| node.key() == Some(key))
    }

    /// The string, if it is one.
    pub fn as_str(self) -> Option<&'d str> {
        (self.kind() == DocKind::Scalar(ScalarKind::String)).then(|| self.text())
    }

    /// The whole number, if it is one.
    pub fn as_i64(self) -> Option<i64> {
        if self.kind() != DocKind::Scalar(ScalarKind::Integer) {
            return None;
        }
        let text = self.text().replace('_', "");
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", text.strip_prefix('+').unwrap_or(&text)),
        };
        let (radix, digits) = match digits.get(..2) {
            Some("0x" | "0X") => (16, &digits[2..]),
            Some("0o" | "0O") => (8, &digits[2..]),
            Some("0b" | "0B") => (2, &digits[2..]),
            _ => (10, digits),
        };
        i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()
    }

    /// The number, if it is one.
    pub fn as_f64(self) -> Option<f64> {
        match self.kind() {
            DocKind::Scalar(ScalarKind::Integer) => self.as_i64().map(|n| n as f64),
            DocKind::Scalar(ScalarKind::Float) => {
                let text = self.text().replace('_', "").to_ascii_lowercase();
                text.replace(".inf", "inf")
                    .replace(".nan", "nan")
                    .parse()
                    .ok()
            }
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == DocKind::Scalar(ScalarKind::Bool))
            .then(|| self.text().eq_ignore_ascii_case("true"))
    }

    /// Whether its text holds a `${...}` that some tool (compose, serverless, a shell) fills in.
    pub fn has_substitution(self) -> bool {
        self.text().contains("${")
    }

    /// HCL blocks with `keyword` directly below it whose first labels are `labels`.
    pub fn blocks(self, keyword: &str, labels: &[&str]) -> impl Iterator<Item = NodeRef<'d>> {
        self.entries().filter(move |node| {
            let mut own = node.labels();
            node.key() == Some(keyword) && labels.iter().all(|label| own.next() == Some(label))
        })
    }

    /// The way from its root to here: `spec.containers[0].image`, labels after their block's key.
    pub fn path(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let step = match node.key() {
                Some(key) => {
                    let quote = if key.contains(['.', '[', '"', ' ']) || key.is_empty() {
                        "\""
                    } else {
                        ""
                    };
                    let labels: String = node.labels().map(|label| format!(".{label}")).collect();
                    format!(".{quote}{key}{quote}{labels}")
                }
                None => format!(
                    "[{}]",
                    parent
                        .entries()
                        .position(|entry| entry.id == node.id)
                        .unwrap_or(0)
                ),
            };
            steps.push(step);
            node = parent;
        }
        let path: String = steps.iter().rev().map(String::as_str).collect();
        path.strip_prefix('.').unwrap_or(&path).to_owned()
    }
}

/// See [`NodeRef::entries`].
#[derive(Clone)]
pub struct Entries<'d> {
    doc: &'d Document,
    next: DocId,
    end: DocId,
}

impl<'d> Iterator for Entries<'d> {
    type Item = NodeRef<'d>;

    fn next(&mut self) -> Option<NodeRef<'d>> {
        (self.next < self.end).then(|| {
            let node = NodeRef {
                doc: self.doc,
                id: self.next,
            };
            self.next = node.raw().end;
            node
        })
    }
}
