//! What a node is linked with: the functions that a call runs and that call a function, and where a value goes.

use std::sync::Arc;

use mlua::{Result, UserDataMethods};
use perfctl_scan::model::joined::joined;
use perfctl_scan::model::uses;
use perfctl_scan::repo::FileId;
use perfctl_scan::repo::callgraph::{FunctionId, Manner};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::{FileView, RepoView};

use super::node::Node;
use super::surroundings::Func;

/// The most callers and callees that one question is answered with.
const MOST: usize = 64;

pub(super) fn add_to_node<M: UserDataMethods<Node>>(methods: &mut M) {
    // First and last byte, from 1.
    methods.add_method("bytes", |_, this, ()| {
        let span = this.code()?.syntax.tree.node(this.id).span;
        Ok((span.start + 1, span.end))
    });
    // What a string says together with what is added to it: `"SELECT " + columns` is `SELECT {}`; nil behind another part.
    methods.add_method("joined", |_, this, ()| {
        Ok(joined(&this.code()?.syntax.tree, this.id).map(|text| text.into_owned()))
    });
    // The functions of the repository that a call runs.
    methods.add_method("callees", |_, this, ()| {
        let code = this.code()?;
        let repo = this.repo()?;
        let ids = code.callees(&repo, this.call(code));
        Ok(ids
            .into_iter()
            .take(MOST)
            .filter_map(|id| function(&repo, id))
            .collect::<Vec<_>>())
    });
    // The names that read a variable holding the value itself, in order, within the function around or the node given; nil
    // when the value is kept where its uses are not seen: an attribute, an item.
    methods.add_method("aliases", |_, this, within: Option<Node>| {
        let code = this.code()?;
        let within = range(this, within)?;
        Ok(uses::aliases(&code.syntax.tree, this.id, within)
            .map(|all| all.into_iter().map(|id| this.at(id)).collect::<Vec<_>>()))
    });
    // Where the value and what is made from it goes, within the function around or the node given: a list of
    // `{node, top, calls}`: the name that stands for it, the outermost expression that carries it, the calls it is given to.
    methods.add_method("uses", |lua, this, within: Option<Node>| {
        let code = this.code()?;
        let within = range(this, within)?;
        let list = lua.create_table()?;
        for one in uses::uses(&code.syntax.tree, this.id, within) {
            let row = lua.create_table()?;
            row.set("node", this.at(one.node))?;
            row.set("top", this.at(one.top))?;
            row.set(
                "calls",
                one.calls
                    .into_iter()
                    .map(|id| this.at(id))
                    .collect::<Vec<_>>(),
            )?;
            list.push(row)?;
        }
        Ok(list)
    });
}

pub(super) fn add_to_function<M: UserDataMethods<Func>>(methods: &mut M) {
    // The calls that run the function, as nodes.
    methods.add_method("callers", |_, this, ()| {
        let repo = this.node.repo()?;
        let Some(id) = this.node.code()?.function_id(&repo, Some(this.node.id)) else {
            return Ok(Vec::new());
        };
        let edges = repo
            .graph
            .callers(id)
            .iter()
            .filter(|(_, edge)| edge.manner == Manner::Called);
        let places = edges.map(|(caller, edge)| (repo.graph.locate(*caller).0, edge.call));
        Ok(calls(&repo, places.take(MOST)))
    });
    // The calls that hand the function to something that runs it in a role, as nodes: `router.get("/", list)`.
    methods.add_method("registrations", |_, this, ()| {
        let repo = this.node.repo()?;
        let Some(id) = this.node.code()?.function_id(&repo, Some(this.node.id)) else {
            return Ok(Vec::new());
        };
        Ok(calls(
            &repo,
            repo.graph.registrations(id).iter().copied().take(MOST),
        ))
    });
    // The functions from the one that a platform calls down to this one, itself last: a list of {path, symbol}.
    methods.add_method("route", |lua, this, ()| {
        let repo = this.node.repo()?;
        let list = lua.create_table()?;
        let Some(id) = this.node.code()?.function_id(&repo, Some(this.node.id)) else {
            return Ok(list);
        };
        for id in repo.graph.route(id) {
            let (file, at) = repo.graph.locate(id);
            let code = repo.repo.file(file);
            let row = lua.create_table()?;
            row.set("path", &*code.path)?;
            row.set(
                "symbol",
                code.index
                    .functions
                    .get(at as usize)
                    .map_or("", |row| code.text(row.symbol)),
            )?;
            list.push(row)?;
        }
        Ok(list)
    });
}

/// The node to look below: the one given, which must lie in the same file, or the function around.
fn range(node: &Node, within: Option<Node>) -> Result<NodeId> {
    match within {
        Some(within) if within.file.at() == node.file.at() => Ok(within.id),
        Some(_) => Err(mlua::Error::runtime(
            "the node to look below lies in another file",
        )),
        None => Ok(node.code()?.function_around(node.id).unwrap_or(NodeId(0))),
    }
}

fn open(repo: &Arc<RepoView>, file: FileId) -> Option<Arc<FileView>> {
    repo.entry(&repo.repo.file(file).path)
        .and_then(|at| repo.open(at).ok())
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
