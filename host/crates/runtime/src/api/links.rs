//! What a node is linked with: the functions that a call runs and that call a function, and where a value goes.

use std::sync::Arc;

use perfctl_scan::model::joined::joined;
use perfctl_scan::model::uses;
use perfctl_scan::repo::FileId;
use perfctl_scan::repo::callgraph::{FunctionId, Manner};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::{FileView, RepoView};

use super::cut;
use super::meaning;
use super::node::Node;
use super::refusal::{Answer, Refusal};
use super::surroundings::Func;

/// The most callers and callees that one question is answered with.
const MOST: usize = 64;

/// One function on a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The file.
    pub path: Arc<str>,
    /// Its qualified name.
    pub symbol: String,
}

/// One use of a value.
#[derive(Clone)]
pub struct Use {
    /// The name that stands for it; the expression itself in the first.
    pub node: Node,
    /// The outermost expression that carries it.
    pub top: Node,
    /// The calls that it is given to on the way there, innermost first.
    pub calls: Vec<Node>,
}

impl Node {
    /// What a string says together with what is added to it: `"SELECT " + columns` is `SELECT {}`; `None` behind another part.
    pub fn joined(&self) -> Answer<Option<String>> {
        Ok(joined(self.tree()?, self.id).map(|text| text.into_owned()))
    }

    /// The functions of the repository that a call runs.
    pub fn callees(&self) -> Answer<Vec<Func>> {
        let code = self.code()?;
        let repo = self.repo()?;
        let ids = code.callees(&repo, self.call(code)).into_iter();
        let ids = cut::first("callees", MOST, ids).into_iter();
        Ok(ids.filter_map(|id| function(&repo, id)).collect())
    }

    /// The names that read a variable holding the value itself, in order, within the function around or the node given; `None` when
    /// the value is kept where its uses are not seen: an attribute, an item.
    pub fn aliases(&self, within: Option<&Self>) -> Answer<Option<Vec<Self>>> {
        let within = self.range(within)?;
        let found = uses::aliases(self.tree()?, self.id, within);
        Ok(found.map(|ids| self.all(ids)))
    }

    /// Where the value and what is made from it goes, within the function around or the node given.
    pub fn uses(&self, within: Option<&Self>) -> Answer<Vec<Use>> {
        let within = self.range(within)?;
        let found = uses::uses(self.tree()?, self.id, within).into_iter();
        let one = |one: uses::Use| Use {
            node: self.at(one.node),
            top: self.at(one.top),
            calls: self.all(one.calls),
        };
        Ok(found.map(one).collect())
    }

    /// The node to look below: the one given, which must lie in the same file, or the function around.
    fn range(&self, within: Option<&Self>) -> Answer<NodeId> {
        match within {
            Some(within) if within.file.at() == self.file.at() => Ok(within.id),
            Some(_) => Err(Refusal::new("the node to look below lies in another file")),
            None => Ok(self.code()?.function_around(self.id).unwrap_or(NodeId(0))),
        }
    }
}

impl Func {
    /// The calls that run it.
    pub fn callers(&self) -> Answer<Vec<Node>> {
        let repo = self.node.repo()?;
        let Some(id) = self.id(&repo)? else {
            return Ok(Vec::new());
        };
        let edges = repo
            .graph
            .callers(id)
            .iter()
            .filter(|(_, edge)| matches!(edge.manner, Manner::Called | Manner::Chosen));
        let places = edges.map(|(caller, edge)| (repo.graph.locate(*caller).0, edge.call));
        let places = cut::first("callers", MOST, places);
        Ok(calls(&repo, places.into_iter()))
    }

    /// The calls that hand it to something that runs it in a role: `router.get("/", list)`.
    pub fn registrations(&self) -> Answer<Vec<Node>> {
        let repo = self.node.repo()?;
        let Some(id) = self.id(&repo)? else {
            return Ok(Vec::new());
        };
        let places = repo.graph.registrations(id).iter().copied();
        let places = cut::first("registrations", MOST, places);
        Ok(calls(&repo, places.into_iter()))
    }

    /// The functions from the one that a platform calls down to this one, itself last.
    pub fn route(&self) -> Answer<Vec<Stop>> {
        let repo = self.node.repo()?;
        let Some(id) = self.id(&repo)? else {
            return Ok(Vec::new());
        };
        let stop = |id: FunctionId| {
            let (file, at) = repo.graph.locate(id);
            let code = repo.repo.file(file);
            let row = code.index.functions.get(at as usize);
            Stop {
                path: code.path.clone(),
                symbol: row.map_or("", |row| code.text(row.symbol)).to_owned(),
            }
        };
        Ok(repo.graph.route(id).into_iter().map(stop).collect())
    }
}

fn open(repo: &Arc<RepoView>, file: FileId) -> Option<Arc<FileView>> {
    meaning::open(repo, &repo.repo.file(file).path)
}

fn function(repo: &Arc<RepoView>, id: FunctionId) -> Option<Func> {
    let (file, at) = repo.graph.locate(id);
    let row = repo.repo.file(file).index.functions.get(at as usize)?;
    Some(Func {
        node: Node::new(&open(repo, file)?, row.node),
    })
}

fn calls(repo: &Arc<RepoView>, places: impl Iterator<Item = (FileId, u32)>) -> Vec<Node> {
    places
        .filter_map(|(file, call)| {
            let row = repo.repo.file(file).index.calls.get(call as usize)?;
            Some(Node::new(&open(repo, file)?, row.node))
        })
        .collect()
}
