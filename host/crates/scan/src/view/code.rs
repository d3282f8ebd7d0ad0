//! Questions about one file's code, answered with the whole repository in mind.

use std::sync::{Arc, PoisonError};

use perfctl_core::place::ByteSpan;
use perfctl_core::scale::Reach;
use smallvec::smallvec;

use super::{FileView, Remembered, RepoView, Syntax};
use crate::lower::Language;
use crate::model::eval::Evaluator;
use crate::model::loops::{self, LoopAt};
use crate::model::path::{MOST_ALTERNATIVES, PathId};
use crate::repo::FileId;
use crate::repo::callgraph::FunctionId;
use crate::repo::dispatch::constructor;
use crate::repo::facts::{Effects, Fact};
use crate::repo::resolve::{Meanings, Value};
use crate::tree::{Kind, NodeId, Role};

/// One file's code.
pub struct Code {
    /// Its id among the repository's code files.
    pub id: FileId,
    /// Its language.
    pub language: Language,
    /// Its syntax.
    pub syntax: Syntax,
    pub(crate) meanings: Remembered,
}

/// One hop of a call chain, ready to be shown.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Path of the file.
    pub path: Arc<str>,
    /// The function that makes the call.
    pub symbol: String,
    /// The call's bytes, where the file can be opened.
    pub call: NodeId,
    /// The file.
    pub file: FileId,
    /// What is called, as text.
    pub callee: String,
}

impl Code {
    /// What the expression `node` means in the whole repository.
    pub fn meaning(&self, repo: &RepoView, node: NodeId) -> Meanings {
        if let Some(known) = self
            .meanings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&node)
        {
            return known.clone();
        }
        let Syntax { tree, scopes } = &self.syntax;
        let results = repo.repo.facts.results();
        let mut evaluator = Evaluator::new(tree, scopes, self.language, results);
        let mut all = Meanings::new();
        let mut text = String::new();
        for path in evaluator.value(node) {
            if path == PathId::UNKNOWN {
                continue;
            }
            text.clear();
            evaluator.paths.write(tree, path, &mut text);
            for value in repo.repo.follow(self.id, &text, 0) {
                if value != Value::Unknown && !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        if all.is_empty() {
            all = smallvec![Value::Unknown];
        }
        self.meanings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(node, all.clone());
        all
    }

    /// What a call calls, or what any other expression means. Making a class of the repository that is one of a library makes what that one does.
    pub fn target(&self, repo: &RepoView, node: NodeId) -> Meanings {
        let mut all = self.spelled_out(repo, node);
        if self.syntax.tree.node(node).kind == Kind::Call {
            for at in 0..all.len() {
                if let Value::Class(file, class) = all[at]
                    && let Some((path, _)) = repo.repo.library_class(file, class)
                {
                    let library = Value::Library(path.into());
                    if !all.contains(&library) {
                        all.push(library);
                    }
                }
            }
        }
        all
    }

    /// Whether a call makes a class of the repository that is one of a library, by a constructor of its own: what that one hands on is not
    /// seen at the call.
    pub fn hands_on(&self, repo: &RepoView, call: NodeId) -> bool {
        self.target(repo, call).iter().any(|value| match value {
            Value::Class(file, class) => {
                repo.repo.library_class(*file, *class).is_some()
                    && constructor(&repo.repo, *file, *class).is_some()
            }
            _ => false,
        })
    }

    /// What the expression names that a call calls, or what any other means.
    fn spelled_out(&self, repo: &RepoView, node: NodeId) -> Meanings {
        let tree = &self.syntax.tree;
        match tree.node(node).kind {
            Kind::Call => match tree.child(node, Role::Callee) {
                Some(callee) => {
                    let meaning = self.meaning(repo, callee);
                    let chosen = match meaning.as_slice() {
                        [value] => repo.repo.chosen(value),
                        _ => None,
                    };
                    chosen.unwrap_or(meaning)
                }
                None => smallvec![Value::Unknown],
            },
            Kind::Await => match tree.child(node, Role::Value) {
                Some(inner) => self.spelled_out(repo, inner),
                None => smallvec![Value::Unknown],
            },
            _ => self.meaning(repo, node),
        }
    }

    /// The fact about what a call calls; the first alternative that has one.
    pub fn fact<'r>(&self, repo: &'r RepoView, node: NodeId) -> Option<(Box<str>, &'r Fact)> {
        self.target(repo, node)
            .into_iter()
            .find_map(|value| match value {
                Value::Library(path) => repo.repo.facts.get(&path).map(|fact| (path.clone(), fact)),
                _ => None,
            })
    }

    /// The function that a node runs in. A decorator belongs to the function outside, and so does a default value in
    /// Python, where it is made once with the function; JavaScript makes it anew in each call.
    pub fn function_around(&self, node: NodeId) -> Option<NodeId> {
        let tree = &self.syntax.tree;
        let mut inner = node;
        for up in tree.ancestors(node) {
            let is_outside = match tree.node(inner).role {
                Role::Decorator => true,
                Role::Param => self.language == Language::Python && inner != node,
                _ => false,
            };
            if tree.node(up).kind == Kind::Function && !is_outside {
                return Some(up);
            }
            inner = up;
        }
        None
    }

    /// The graph's function for a `Function` node, or for the top level.
    pub fn function_id(&self, repo: &RepoView, function: Option<NodeId>) -> Option<FunctionId> {
        match function {
            None => Some(repo.graph.top(self.id)),
            Some(node) => {
                let functions = &repo.repo.file(self.id).index.functions;
                let at = functions.binary_search_by_key(&node, |row| row.node).ok()?;
                Some(repo.graph.id(self.id, at as u32))
            }
        }
    }

    /// How the code at a node comes to run. A function within another one that is not seen to be called, as a lambda or what
    /// a factory returns, is taken to run as the one around it.
    pub fn reach(&self, repo: &RepoView, node: NodeId) -> Reach {
        let mut at = self.function_around(node);
        loop {
            let reach = self
                .function_id(repo, at)
                .map_or(Reach::Unknown, |id| repo.graph.reach(id));
            let outer = at.and_then(|function| self.function_around(function));
            if reach != Reach::Unknown || outer.is_none() {
                return reach;
            }
            at = outer;
        }
    }

    /// What a call does through the repository's own functions; nothing for a library call.
    pub fn reached_effects(&self, repo: &RepoView, call: NodeId) -> Effects {
        let mut all = Effects::default();
        for id in self.surely_called(repo, call) {
            let effects = repo.graph.effects(id);
            all.all |= effects.all;
            all.blocking |= effects.blocking;
        }
        all
    }

    /// The repository's functions that a call may run: in place of a method that is only declared those that stand in for it.
    pub fn callees(&self, repo: &RepoView, call: NodeId) -> Vec<FunctionId> {
        let mut all = Vec::new();
        for id in self.called(repo, call) {
            let mut found = repo.graph.implementations(&repo.repo, id);
            if found.is_empty() {
                found.push(id);
            }
            for id in found {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        all
    }

    /// The repository's functions that a call names; of a declared method those of the classes below what it is called on, where they are
    /// fewer than all.
    fn called(&self, repo: &RepoView, call: NodeId) -> Vec<FunctionId> {
        self.named_by(repo, call, self.spelled_out(repo, call))
    }

    /// What a call does is not told by one of many that a table holds.
    fn surely_called(&self, repo: &RepoView, call: NodeId) -> Vec<FunctionId> {
        let target = self.spelled_out(repo, call);
        match target.len() <= MOST_ALTERNATIVES {
            true => self.named_by(repo, call, target),
            false => Vec::new(),
        }
    }

    fn named_by(&self, repo: &RepoView, call: NodeId, target: Meanings) -> Vec<FunctionId> {
        let mut all = Vec::new();
        for value in target {
            match value {
                Value::Function(file, at) => {
                    let id = repo.graph.id(file, at);
                    match self.narrowed(repo, call, id) {
                        Some(below) => all.extend(below),
                        None => all.push(id),
                    }
                }
                Value::Class(file, at) => {
                    let made = constructor(&repo.repo, file, at);
                    all.extend(made.map(|(file, at)| repo.graph.id(file, at)));
                }
                _ => {}
            }
        }
        all
    }

    /// The methods that a call runs in place of the declared `method`, where what it is called on tells.
    fn narrowed(
        &self,
        repo: &RepoView,
        call: NodeId,
        method: FunctionId,
    ) -> Option<Vec<FunctionId>> {
        let tree = &self.syntax.tree;
        if !repo.graph.is_abstract(&repo.repo, method) {
            return None;
        }
        let callee = tree.child(call, Role::Callee)?;
        let base = tree.child(callee, Role::Value)?;
        let mut below = Vec::new();
        for value in self.meaning(repo, base) {
            let Value::Instance(file, class) = value else {
                return None;
            };
            below.extend(repo.graph.below(&repo.repo, method, (file, class))?);
        }
        (!below.is_empty()).then_some(below)
    }

    /// The chain of calls from `call` down to the one that has an effect of `mask`; empty when the call has none.
    pub fn chain(&self, repo: &RepoView, call: NodeId, mask: u32, blocking: bool) -> Vec<Hop> {
        for id in self.surely_called(repo, call) {
            let effects = repo.graph.effects(id);
            let has = if blocking {
                effects.blocking
            } else {
                effects.all
            } & mask;
            if has == 0 {
                continue;
            }
            let bit = 1 << has.trailing_zeros();
            return repo
                .graph
                .chain(id, bit, blocking)
                .into_iter()
                .map(|(function, call)| hop(repo, function, call))
                .collect();
        }
        Vec::new()
    }

    /// The calls by which a coroutine gets to the function around `node` in the thread of its own event loop; empty when
    /// that is a coroutine itself, `None` when none gets there.
    pub fn from_loop(&self, repo: &RepoView, node: NodeId) -> Option<Vec<Hop>> {
        let id = self.function_id(repo, self.function_around(node))?;
        let calls = repo.graph.from_loop(&repo.repo, id)?;
        Some(
            calls
                .into_iter()
                .map(|(function, call)| hop(repo, function, call))
                .collect(),
        )
    }

    /// The functions from the one that a platform calls down to the one around `node`.
    pub fn route(&self, repo: &RepoView, node: NodeId) -> Vec<(Arc<str>, String)> {
        let Some(id) = self.function_id(repo, self.function_around(node)) else {
            return Vec::new();
        };
        repo.graph
            .route(id)
            .into_iter()
            .map(|id| {
                let (file, at) = repo.graph.locate(id);
                let code = repo.repo.file(file);
                let symbol = code
                    .index
                    .functions
                    .get(at as usize)
                    .map_or(String::new(), |row| code.text(row.symbol).to_owned());
                (code.path.clone(), symbol)
            })
            .collect()
    }

    /// Loops around a node within its function, innermost first.
    pub fn loops(&self, node: NodeId) -> Vec<LoopAt> {
        loops::around(&self.syntax.tree, &self.syntax.scopes, node)
    }

    /// Qualified name of the function or class around a node, empty at the top level.
    pub fn symbol(&self, repo: &RepoView, node: NodeId) -> String {
        let mut at = self.function_around(node);
        while let Some(function) = at {
            let file = repo.repo.file(self.id);
            if let Ok(row) = file
                .index
                .functions
                .binary_search_by_key(&function, |row| row.node)
            {
                let symbol = file.text(file.index.functions[row].symbol);
                if !symbol.is_empty() {
                    return symbol.to_owned();
                }
            }
            at = self.function_around(function);
        }
        String::new()
    }

    /// The span that stands for a node in a finding: a compound statement's head, else all of it.
    pub fn head(&self, file: &FileView, node: NodeId) -> ByteSpan {
        let tree = &self.syntax.tree;
        let span = tree.node(node).span;
        let compound = matches!(
            tree.node(node).kind,
            Kind::Function
                | Kind::Class
                | Kind::For
                | Kind::While
                | Kind::CFor
                | Kind::With
                | Kind::Try
                | Kind::If
        );
        let Some(body) = tree.child(node, Role::Body).filter(|_| compound) else {
            return span;
        };
        let end = tree.node(body).span.start.max(span.start);
        let mut start = span.start;
        for child in tree
            .children(node)
            .take_while(|child| tree.node(*child).role == Role::Decorator)
        {
            start = tree.node(child).span.end;
        }
        let text = file.slice(ByteSpan::new(start, end));
        let start = start + (text.len() - text.trim_start().len()) as u32;
        ByteSpan::new(start, start + text.trim().len() as u32)
    }
}

fn hop(repo: &RepoView, function: FunctionId, call: u32) -> Hop {
    let (file, at) = repo.graph.locate(function);
    let code = repo.repo.file(file);
    let row = code.index.calls[call as usize];
    let symbol = code
        .index
        .functions
        .get(at as usize)
        .map_or(String::new(), |row| code.text(row.symbol).to_owned());
    let (from, _) = row.targets;
    let callee = code
        .index
        .targets
        .get(from as usize)
        .and_then(|text| repo.repo.meaning(file, *text).first())
        .map(|value| repo.repo.describe(value))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| code.text(row.name).to_owned());
    Hop {
        path: code.path.clone(),
        symbol,
        call: row.node,
        file,
        callee,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    #[test]
    fn a_default_value_is_made_once_in_python_and_in_each_call_in_javascript() {
        for (path, text, is_inside) in [
            ("a.py", "async def f(c=made()):\n    c.get()\n", false),
            ("a.py", "@made()\ndef f():\n    pass\n", false),
            ("a.py", "def f():\n    made()\n", true),
            ("a.js", "async function f(c = made()) { c.get() }\n", true),
        ] {
            let scratch = Scratch::new("schema = \"perfctl.facts/1\"", &[(path, text)]);
            let view = &scratch.survey.view;
            let file = view
                .open(view.entry(path).expect("scanned"))
                .expect("readable");
            let code = file.code().expect("code");
            let tree = &code.syntax.tree;
            let call = tree
                .ids()
                .find(|id| tree.node(*id).kind == Kind::Name && tree.text(*id) == "made")
                .expect("a call");
            assert_eq!(code.function_around(call).is_some(), is_inside, "{text}");
        }
    }
}
