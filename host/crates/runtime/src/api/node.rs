//! A node of code: what it is, and what stands around and below it.

use std::sync::Arc;

use perfctl_core::place::ByteSpan;
use perfctl_scan::model::loops;
use perfctl_scan::tree::{Flags, Kind, NodeId, Role, Tree};
use perfctl_scan::view::code::Code;
use perfctl_scan::view::{FileView, RepoView};
use rustc_hash::FxHashSet;

use super::cut;
use super::file::File;
use super::location::{Located, Location};
use super::refusal::{Answer, Refusal};
use super::words::{Kinds, check_length, kind_word};

/// The most nodes below one that a question is answered with.
const MOST: usize = 20_000;

/// A node, as a rule holds it.
///
/// # Errors
/// Its methods fail where the file holds no code, and those that ask about meaning where the repository is gone.
#[derive(Clone)]
pub struct Node {
    /// The file.
    pub file: Arc<FileView>,
    /// The node.
    pub id: NodeId,
}

impl Node {
    /// The node `id` of a file of code.
    pub fn new(file: &Arc<FileView>, id: NodeId) -> Self {
        Self {
            file: file.clone(),
            id,
        }
    }

    pub(super) fn at(&self, id: NodeId) -> Self {
        Self::new(&self.file, id)
    }

    pub(super) fn all(&self, ids: impl IntoIterator<Item = NodeId>) -> Vec<Self> {
        ids.into_iter().map(|id| self.at(id)).collect()
    }

    #[inline]
    pub(super) fn code(&self) -> Answer<&Code> {
        self.file
            .code()
            .ok_or_else(|| Refusal::new("this file holds no code"))
    }

    #[inline]
    pub(super) fn tree(&self) -> Answer<&Tree> {
        Ok(&self.code()?.syntax.tree)
    }

    pub(super) fn repo(&self) -> Answer<Arc<RepoView>> {
        self.file
            .repo()
            .ok_or_else(|| Refusal::new("the repository is gone: nodes do not outlive their call"))
    }

    /// The call behind an `await` or a statement, else the node itself.
    pub(super) fn call(&self, code: &Code) -> NodeId {
        let tree = &code.syntax.tree;
        let mut at = self.id;
        while matches!(tree.node(at).kind, Kind::Await | Kind::ExprStmt) {
            match tree.child(at, Role::Value) {
                Some(inner) => at = inner,
                None => break,
            }
        }
        at
    }

    /// What it is.
    pub fn kind(&self) -> Answer<&'static str> {
        Ok(kind_word(self.tree()?.node(self.id).kind))
    }

    /// What it says: a name, the value of a string, a number as written, an operator; empty where nothing is said.
    pub fn text(&self) -> Answer<&str> {
        Ok(self.tree()?.text(self.id))
    }

    /// Its bytes.
    #[inline]
    pub fn span(&self) -> Answer<ByteSpan> {
        Ok(self.tree()?.node(self.id).span)
    }

    /// Its code as written.
    pub fn source(&self) -> Answer<&str> {
        Ok(self.file.slice(self.span()?))
    }

    /// Its first line.
    pub fn line(&self) -> Answer<u32> {
        Ok(self.file.lines().line_of(self.span()?.start))
    }

    /// Its last line.
    pub fn last_line(&self) -> Answer<u32> {
        let end = self.span()?.end;
        Ok(self.file.lines().line_of(end.saturating_sub(1)))
    }

    /// The last name of what a call calls, of an attribute, or the name itself.
    pub fn name(&self) -> Answer<&str> {
        let tree = self.tree()?;
        Ok(tree.text(named_by(tree, self.id)))
    }

    /// The file it stands in.
    pub fn file(&self) -> File {
        File::new(self.file.clone())
    }

    /// Whether it carries a modifier.
    pub fn has(&self, flag: Flags) -> Answer<bool> {
        Ok(self.tree()?.node(self.id).flags.has(flag))
    }

    /// Its parent; `None` for the file's root.
    pub fn parent(&self) -> Answer<Option<Self>> {
        let parent = self.tree()?.node(self.id).parent;
        Ok((parent != self.id).then(|| self.at(parent)))
    }

    /// Its first child with that role.
    pub fn child(&self, role: Role) -> Answer<Option<Self>> {
        Ok(self.tree()?.child(self.id, role).map(|id| self.at(id)))
    }

    /// Its children in order, all or those with that role.
    pub fn children(&self, role: Option<Role>) -> Answer<Vec<Self>> {
        let tree = self.tree()?;
        Ok(self.all(
            tree.children(self.id)
                .filter(|id| role.is_none_or(|role| tree.node(*id).role == role)),
        ))
    }

    /// Every node below it of these kinds, in order; with `names` only those whose name is one of them.
    pub fn descendants<S: AsRef<str>>(
        &self,
        kinds: &[S],
        names: Option<&[S]>,
    ) -> Answer<Vec<Self>> {
        check_length(names.map_or(0, <[S]>::len))?;
        let kinds = Kinds::named(kinds)?;
        let names = names.map(|names| names.iter().map(AsRef::as_ref));
        let names: Option<FxHashSet<&str>> = names.map(Iterator::collect);
        let tree = self.tree()?;
        let is_wanted = |id: &NodeId| {
            kinds.holds(tree.node(*id).kind)
                && names
                    .as_ref()
                    .is_none_or(|names| names.contains(tree.text(named_by(tree, *id))))
        };
        let found = tree.descendants(self.id).filter(is_wanted);
        Ok(self.all(cut::first("descendants", MOST, found)))
    }

    /// The nearest node around it of these kinds.
    pub fn enclosing<S: AsRef<str>>(&self, kinds: &[S]) -> Answer<Option<Self>> {
        let kinds = Kinds::named(kinds)?;
        let tree = self.tree()?;
        let found = tree
            .ancestors(self.id)
            .find(|id| kinds.holds(tree.node(*id).kind));
        Ok(found.map(|id| self.at(id)))
    }

    /// Whether it is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> Answer<bool> {
        Ok(self.file.at() == other.file.at() && self.tree()?.is_within(self.id, other.id))
    }

    /// Whether it is the same node of the same file.
    pub fn same(&self, other: &Self) -> bool {
        self.file.at() == other.file.at() && self.id == other.id
    }

    /// What it is to its parent.
    pub fn role(&self) -> Answer<String> {
        Ok(format!("{:?}", self.tree()?.node(self.id).role).to_ascii_lowercase())
    }

    /// The statement it is or stands in.
    pub fn statement(&self) -> Answer<Option<Self>> {
        let tree = self.tree()?;
        let is_statement = |id: &NodeId| {
            matches!(
                tree.node(tree.node(*id).parent).kind,
                Kind::Block | Kind::Module
            )
        };
        let found = std::iter::once(self.id)
            .chain(tree.ancestors(self.id))
            .find(is_statement);
        Ok(found.map(|id| self.at(id)))
    }

    /// The statement after this one in the same block.
    pub fn next_statement(&self) -> Answer<Option<Self>> {
        let tree = self.tree()?;
        let node = tree.node(self.id);
        let end = node.end;
        Ok((end < tree.node(node.parent).end && node.parent != self.id).then(|| self.at(end)))
    }

    /// Whether it reads a name that `other` binds: the targets of an assignment, of a loop.
    pub fn reads_from(&self, other: &Self) -> Answer<bool> {
        // What stands in another file binds no name of this one's.
        if self.file.at() != other.file.at() {
            return Ok(false);
        }
        let tree = self.tree()?;
        let mut names = FxHashSet::default();
        for child in tree.children(other.id) {
            if tree.node(child).role == Role::Target {
                for id in std::iter::once(child).chain(tree.descendants(child)) {
                    if tree.node(id).kind == Kind::Name {
                        names.insert(tree.node(id).atom);
                    }
                }
            }
        }
        Ok(loops::mentions(tree, self.id, &names))
    }
}

/// The node whose text is the name of `id`: of a call that of what it calls.
fn named_by(tree: &Tree, id: NodeId) -> NodeId {
    match tree.node(id).kind {
        Kind::Call => tree.child(id, Role::Callee).unwrap_or(id),
        _ => id,
    }
}

impl Located for Node {
    fn location(&self) -> Answer<Location> {
        Ok(Location {
            file: self.file.clone(),
            span: self.code()?.head(&self.file, self.id),
            node: Some(self.id),
        })
    }
}
