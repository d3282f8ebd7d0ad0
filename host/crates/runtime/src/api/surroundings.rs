//! What surrounds a node: loops, functions, and the calls that it is a part of.

use std::sync::Arc;

use perfctl_scan::matcher::PathPattern;
use perfctl_scan::model::loops::{self, LoopAt};
use perfctl_scan::repo::callgraph::FunctionId;
use perfctl_scan::tree::{Flags, Kind, NodeId, Role};
use perfctl_scan::view::{FileView, RepoView};

use super::links::Stop;
use super::meaning::fits_any;
use super::node::Node;
use super::refusal::Answer;
use super::words::effects_of;

/// A loop around a node, as a rule holds it.
#[derive(Clone)]
pub struct Loop {
    file: Arc<FileView>,
    at: LoopAt,
}

/// A function, as a rule holds it.
#[derive(Clone)]
pub struct Func {
    /// Its node.
    pub node: Node,
}

impl Loop {
    /// What it turns over.
    pub fn kind(&self) -> &'static str {
        self.at.kind.word()
    }

    /// The loop: a statement, a clause of a comprehension, or the call of a method such as `map`.
    pub fn node(&self) -> Node {
        Node::new(&self.file, self.at.node)
    }

    /// What it runs over, if it runs over something.
    pub fn iter(&self) -> Option<Node> {
        self.at.iter.map(|id| Node::new(&self.file, id))
    }

    /// Whether an expression reads the loop's element, or something made from it in the body.
    pub fn carries(&self, node: &Node) -> Answer<bool> {
        // What stands in another file reads no name of this one's.
        if node.file.at() != self.file.at() {
            return Ok(false);
        }
        let tree = node.tree()?;
        let names = loops::carried(tree, self.at);
        Ok(loops::mentions(tree, node.id, &names))
    }
}

impl Func {
    pub(super) fn id(&self, repo: &RepoView) -> Answer<Option<FunctionId>> {
        Ok(self.node.code()?.function_id(repo, Some(self.node.id)))
    }

    /// Its name; empty for an anonymous one.
    pub fn name(&self) -> Answer<&str> {
        self.node.text()
    }

    /// Whether it is a coroutine.
    pub fn is_async(&self) -> Answer<bool> {
        self.node.has(Flags::ASYNC)
    }

    /// Whether it is a generator.
    pub fn is_generator(&self) -> Answer<bool> {
        self.node.has(Flags::GENERATOR)
    }

    /// Whether it is an arrow or lambda.
    pub fn is_lambda(&self) -> Answer<bool> {
        self.node.has(Flags::LAMBDA)
    }

    /// How it comes to run.
    pub fn reach(&self) -> Answer<&'static str> {
        let repo = self.node.repo()?;
        let id = self.id(&repo)?;
        Ok(id.map_or("unknown", |id| repo.graph.reach(id).word()))
    }

    /// Its parameters.
    pub fn params(&self) -> Answer<Vec<Node>> {
        self.node.children(Some(Role::Param))
    }

    /// Canonical paths of the decorators, calls without their arguments; empty texts for what is not known.
    pub fn decorators(&self) -> Answer<Vec<String>> {
        let code = self.node.code()?;
        let repo = self.node.repo()?;
        let tree = &code.syntax.tree;
        let decorators = tree
            .children(self.node.id)
            .filter(|id| tree.node(*id).role == Role::Decorator);
        let mut all = Vec::new();
        for id in decorators {
            let meanings = code.target(&repo, id);
            all.extend(meanings.iter().map(|meaning| repo.repo.describe(meaning)));
        }
        Ok(all)
    }

    /// What running it does; second, what of it holds up the caller.
    pub fn effects(&self) -> Answer<(Vec<&'static str>, Vec<&'static str>)> {
        let repo = self.node.repo()?;
        let id = self.id(&repo)?;
        let effects = id.map(|id| repo.graph.effects(id)).unwrap_or_default();
        Ok((effects_of(effects.all), effects_of(effects.blocking)))
    }

    /// The first call in it, functions within included, that calls one of these.
    pub fn calls(&self, patterns: &[PathPattern]) -> Answer<Option<Node>> {
        let code = self.node.code()?;
        let repo = self.node.repo()?;
        let tree = &code.syntax.tree;
        let fits = |id: &NodeId| {
            tree.node(*id).kind == Kind::Call && fits_any(&code.target(&repo, *id), patterns)
        };
        let found = tree.descendants(self.node.id).find(fits);
        Ok(found.map(|id| self.node.at(id)))
    }
}

impl Node {
    /// The loops around it within its function, innermost first.
    pub fn loops(&self) -> Answer<Vec<Loop>> {
        let loops = self.code()?.loops(self.id).into_iter();
        Ok(loops
            .map(|at| Loop {
                file: self.file.clone(),
                at,
            })
            .collect())
    }

    /// The function that it is, or the one around it; `None` at the top level.
    pub fn func(&self) -> Answer<Option<Func>> {
        let code = self.code()?;
        let at = match code.syntax.tree.node(self.id).kind {
            Kind::Function => Some(self.id),
            _ => code.function_around(self.id),
        };
        Ok(at.map(|id| Func { node: self.at(id) }))
    }

    /// How the code here comes to run.
    pub fn reach(&self) -> Answer<&'static str> {
        Ok(self.code()?.reach(&*self.repo()?, self.id).word())
    }

    /// Qualified name of the function or class around it; empty at the top level.
    pub fn symbol(&self) -> Answer<String> {
        Ok(self.code()?.symbol(&*self.repo()?, self.id))
    }

    /// The functions from the one that a platform calls down to the one around this node.
    pub fn route(&self) -> Answer<Vec<Stop>> {
        let route = self.code()?.route(&*self.repo()?, self.id).into_iter();
        Ok(route.map(|(path, symbol)| Stop { path, symbol }).collect())
    }

    /// Whether it is an `await`, or awaited.
    pub fn is_awaited(&self) -> Answer<bool> {
        let tree = self.tree()?;
        let parent = tree.node(tree.node(self.id).parent);
        Ok(parent.kind == Kind::Await || tree.node(self.id).kind == Kind::Await)
    }

    /// The calls in whose arguments it stands, innermost first, functions looked through.
    pub fn argument_of(&self) -> Answer<Vec<Self>> {
        let tree = self.tree()?;
        let mut inner = self.id;
        let mut all = Vec::new();
        for up in tree.ancestors(self.id) {
            if tree.node(up).kind == Kind::Call && tree.node(inner).role == Role::Arg {
                all.push(self.at(up));
            }
            inner = up;
        }
        Ok(all)
    }

    /// The calls chained on this one's result, nearest first; and those that it is chained on.
    pub fn chained(&self) -> Answer<(Vec<Self>, Vec<Self>)> {
        let code = self.code()?;
        let tree = &code.syntax.tree;
        let call = self.call(code);
        let (mut after, mut before) = (Vec::new(), Vec::new());
        let mut at = call;
        loop {
            let parent = tree.node(at).parent;
            let chains = match tree.node(parent).kind {
                Kind::Attr | Kind::Index => tree.node(at).role == Role::Value,
                Kind::Call => tree.node(at).role == Role::Callee,
                Kind::Await => true,
                _ => false,
            };
            if !chains || parent == at {
                break;
            }
            if tree.node(parent).kind == Kind::Call {
                after.push(self.at(parent));
            }
            at = parent;
        }
        let mut at = call;
        while let Some(inner) = tree
            .child(at, Role::Callee)
            .or_else(|| tree.child(at, Role::Value))
        {
            if tree.node(inner).kind == Kind::Call {
                before.push(self.at(inner));
            }
            at = inner;
        }
        Ok((after, before))
    }
}
