//! A node of a document: YAML, TOML, JSON, HCL.

use std::sync::Arc;

use perfctl_scan::doc::{DocId, DocKind, Lookup, NodeRef, ScalarKind, shell};
use perfctl_scan::view::FileView;

use super::file::Span;
use super::location::{Located, Location};
use super::refusal::{Answer, Refusal};
use super::shell::ShellCommand;

/// A document's node, as a rule holds it.
///
/// # Errors
/// Its methods fail where the file is no document.
#[derive(Clone)]
pub struct Doc {
    file: Arc<FileView>,
    id: DocId,
}

/// What a scalar holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'d> {
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// Text, and whatever else a scalar may be.
    Text(&'d str),
}

impl Doc {
    pub(super) fn new(file: &Arc<FileView>, id: DocId) -> Self {
        Self {
            file: file.clone(),
            id,
        }
    }

    fn node(&self) -> Answer<NodeRef<'_>> {
        let document = self
            .file
            .document()
            .ok_or_else(|| Refusal::new("this file is no document"))?;
        Ok(document.node(self.id))
    }

    fn at(&self, node: NodeRef<'_>) -> Self {
        Self::new(&self.file, node.id())
    }

    fn all<'d>(&self, nodes: impl IntoIterator<Item = NodeRef<'d>>) -> Vec<Self> {
        nodes.into_iter().map(|node| self.at(node)).collect()
    }

    /// What it is; `unknown` where a template, a reference or a function of the platform decides.
    pub fn kind(&self) -> Answer<&'static str> {
        Ok(match self.node()?.kind() {
            DocKind::Map => "map",
            DocKind::List => "list",
            DocKind::Scalar(_) => "scalar",
            DocKind::Null => "null",
            DocKind::Unknown => "unknown",
        })
    }

    /// The key it stands under.
    pub fn key(&self) -> Answer<Option<&str>> {
        Ok(self.node()?.key())
    }

    /// A scalar as text; of something unknown what decides it, as far as that is one text; empty for everything else.
    pub fn text(&self) -> Answer<&str> {
        Ok(self.node()?.text())
    }

    /// Its tag without the sign: `Ref` for `!Ref`.
    pub fn tag(&self) -> Answer<Option<&str>> {
        Ok(self.node()?.tag())
    }

    /// The labels of a block of HCL.
    pub fn labels(&self) -> Answer<Vec<&str>> {
        Ok(self.node()?.labels().collect())
    }

    /// Its first line, the key's included.
    pub fn line(&self) -> Answer<u32> {
        Ok(self.file.lines().line_of(self.node()?.full_span().start))
    }

    /// Its bytes without the key; of a reference that the file resolves, those of the reference.
    pub fn span(&self) -> Answer<Span> {
        Ok(Span::new(&self.file, self.node()?.span()))
    }

    /// What it holds, if it is a scalar.
    pub fn value(&self) -> Answer<Option<Scalar<'_>>> {
        let node = self.node()?;
        Ok(match node.kind() {
            DocKind::Scalar(ScalarKind::Integer | ScalarKind::Float) => {
                node.as_f64().map(Scalar::Number)
            }
            DocKind::Scalar(ScalarKind::Bool) => node.as_bool().map(Scalar::Bool),
            DocKind::Scalar(_) => Some(Scalar::Text(node.text())),
            _ => None,
        })
    }

    /// The node at a path such as `spec.template.0.name`; and `given`, `absent` or `hidden`.
    pub fn get(&self, path: &str) -> Answer<(Option<Self>, &'static str)> {
        Ok(match self.node()?.lookup(path) {
            Lookup::Found(node) => (Some(self.at(node)), "given"),
            Lookup::Absent(..) => (None, "absent"),
            _ => (None, "hidden"),
        })
    }

    /// Every node that fits a path below it.
    pub fn select(&self, path: &str) -> Answer<Vec<Self>> {
        Ok(self.all(self.node()?.select(path)))
    }

    /// Every node below it with that key.
    pub fn find_all(&self, key: &str) -> Answer<Vec<Self>> {
        Ok(self.all(self.node()?.find_all(key)))
    }

    /// Its entries.
    pub fn entries(&self) -> Answer<Vec<Self>> {
        Ok(self.all(self.node()?.entries()))
    }

    /// Its HCL blocks with that keyword whose labels begin so.
    pub fn blocks(&self, keyword: &str, labels: &[&str]) -> Answer<Vec<Self>> {
        Ok(self.all(self.node()?.blocks(keyword, labels)))
    }

    /// The commands that a shell is given in a string, or the one whose words a list holds; `program` is what is given them.
    pub fn commands(&self, program: Option<&str>) -> Answer<Vec<ShellCommand>> {
        let commands = shell::of_node(self.node()?, self.file.text(), program);
        Ok(ShellCommand::all(&self.file, commands))
    }

    /// Its parent; `None` for the top.
    pub fn parent(&self) -> Answer<Option<Self>> {
        Ok(self.node()?.parent().map(|node| self.at(node)))
    }
}

impl Located for Doc {
    fn location(&self) -> Answer<Location> {
        let node = self.node()?;
        let span = match node.kind() {
            // A whole map would underline pages: its key stands for it.
            DocKind::Map | DocKind::List => node.key_span().unwrap_or(node.span()),
            _ => node.full_span(),
        };
        Ok(Location {
            file: self.file.clone(),
            span,
            node: None,
        })
    }
}
