//! What a name from elsewhere stands for, as the node that defines it: an imported constant or function, an attribute of
//! an instance. Follows one definition only; knows nothing of what the value means.

use std::sync::Arc;

use super::arguments::Argument;
use super::code::Code;
use super::{FileView, RepoView};
use crate::model::scope::{Means, ScopeId};
use crate::repo::FileId;
use crate::repo::modules::Target;
use crate::repo::resolve::Value;
use crate::tree::{Kind, NodeId, Role};

/// How many files are passed through that only hand a name on.
const DEEPEST: u8 = 4;

/// How many classes are asked for one attribute: they may all inherit from each other.
const MOST_CLASSES: usize = 16;

impl Code {
    /// The file and node that define what `node` reads: for an imported name the value of its only assignment, or the
    /// function or class; for `self.client` the value that the class gives its attribute. `None` when there is none, or
    /// more than one.
    pub fn definition(
        &self,
        repo: &Arc<RepoView>,
        node: NodeId,
    ) -> Option<(Arc<FileView>, NodeId)> {
        let tree = &self.syntax.tree;
        match tree.node(node).kind {
            Kind::Name => {
                let (scope, atom) = self.bound_scope(node)?;
                let [binding] = self.syntax.scopes.bindings(scope, atom) else {
                    return None;
                };
                match binding.means {
                    Means::Import => self.imported(repo, binding.node, 0),
                    _ => None,
                }
            }
            Kind::Attr => {
                let base = tree.child(node, Role::Value)?;
                match self.meaning(repo, base).as_slice() {
                    [Value::Module(file)] => exported(repo, *file, tree.text(node), 0),
                    [Value::Instance(file, class) | Value::Class(file, class)] => {
                        attribute(repo, (*file, *class), tree.text(node), &mut Vec::new())
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// As [`Code::named`] and [`Code::entry`], through constants of other files; the value with the file it stands in.
    pub fn argument_across(
        &self,
        view: &Arc<FileView>,
        repo: &Arc<RepoView>,
        name: &str,
        find: impl Fn(&Code, &[NodeId]) -> Argument,
    ) -> (Arc<FileView>, Argument) {
        let mut known: Vec<NodeId> = Vec::new();
        loop {
            let found = find(self, &known);
            let Argument::Hidden(at) = found else {
                return (view.clone(), found);
            };
            let Some((file, value)) = self.definition(repo, at).filter(|_| known.len() < 8) else {
                return (view.clone(), found);
            };
            let Some(code) = file.code() else {
                return (view.clone(), found);
            };
            match code.entry(value, name, 0) {
                Argument::Given(id) => return (file.clone(), Argument::Given(id)),
                Argument::Hidden(_) => return (view.clone(), found),
                Argument::Absent => known.push(at),
            }
        }
    }

    fn imported(
        &self,
        repo: &Arc<RepoView>,
        name: NodeId,
        depth: u8,
    ) -> Option<(Arc<FileView>, NodeId)> {
        let tree = &self.syntax.tree;
        let module = tree.text(tree.node(name).parent);
        let from = &repo.repo.file(self.id).path;
        let Target::File(file) =
            repo.repo
                .modules
                .find(module, from, self.language, &repo.repo.facts)?
        else {
            return None;
        };
        exported(repo, file, tree.text(name), depth + 1)
    }
}

/// What defines `name` at the top level of `file`.
fn exported(
    repo: &Arc<RepoView>,
    file: FileId,
    name: &str,
    depth: u8,
) -> Option<(Arc<FileView>, NodeId)> {
    if name.is_empty() || depth > DEEPEST {
        return None;
    }
    let view = repo.open(repo.entry(&repo.repo.file(file).path)?).ok()?;
    let code = view.code()?;
    let tree = &code.syntax.tree;
    if name == "default"
        && let Some(value) = default_export(code)
    {
        return Some((view.clone(), value));
    }
    let [binding] = code
        .syntax
        .scopes
        .bindings(ScopeId(0), tree.find_atom(name)?)
    else {
        return None;
    };
    match binding.means {
        Means::Assign => tree
            .child(binding.node, Role::Value)
            .map(|value| (view.clone(), value)),
        Means::Definition => Some((view.clone(), binding.node)),
        Means::Import => code.imported(repo, binding.node, depth),
        _ => None,
    }
}

/// The value of `export default`, through the name that it may be.
fn default_export(code: &Code) -> Option<NodeId> {
    let tree = &code.syntax.tree;
    let export = tree
        .children(NodeId(0))
        .find(|id| tree.node(*id).kind == Kind::Export && tree.text(*id) == "default")?;
    let value = tree.child(export, Role::Value)?;
    match tree.node(value).kind {
        Kind::Name => code.bound_value(value),
        _ => Some(value),
    }
}

/// The value of the only assignment to an attribute, in the class or in what it inherits from.
fn attribute(
    repo: &Arc<RepoView>,
    (file, class): (FileId, u32),
    name: &str,
    asked: &mut Vec<(FileId, u32)>,
) -> Option<(Arc<FileView>, NodeId)> {
    if asked.len() >= MOST_CLASSES || asked.contains(&(file, class)) {
        return None;
    }
    asked.push((file, class));
    let view = repo.open(repo.entry(&repo.repo.file(file).path)?).ok()?;
    let code = view.code()?;
    let tree = &code.syntax.tree;
    let row = &repo.repo.file(file).index.classes[class as usize];
    let mut found = None;
    for id in tree
        .descendants(row.node)
        .filter(|id| tree.node(*id).kind == Kind::Assign)
    {
        let Some(target) = tree
            .child(id, Role::Target)
            .filter(|target| tree.text(*target) == name)
        else {
            continue;
        };
        let is_attribute = match tree.node(target).kind {
            Kind::Attr => {
                let base = tree.child(target, Role::Value);
                base.is_some_and(|base| matches!(tree.text(base), "self" | "this" | "cls"))
            }
            Kind::Name => tree.node(tree.node(id).parent).parent == row.node,
            _ => false,
        };
        let value = tree
            .child(id, Role::Value)
            .filter(|value| tree.node(*value).kind != Kind::Null);
        match (is_attribute, value, found) {
            (true, Some(_), Some(_)) => return None,
            (true, Some(value), None) => found = Some(value),
            _ => {}
        }
    }
    if let Some(value) = found {
        return Some((view.clone(), value));
    }
    for base in &row.bases {
        for value in repo.repo.meaning(file, *base) {
            if let Value::Class(file, class) = value
                && let Some(found) = attribute(repo, (*file, *class), name, asked)
            {
                return Some(found);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;
    use crate::tree::{Kind, NodeId};
    use crate::view::arguments::Argument;

    /// The source of what defines the last expression `node` of `path`, and the file that it stands in.
    fn defined(files: &[(&str, &str)], path: &str, wanted: &str) -> Option<(String, String)> {
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", files);
        let repo = &scratch.survey.view;
        let view = repo
            .open(repo.entry(path).expect("listed"))
            .expect("readable");
        let code = view.code().expect("code");
        let tree = &code.syntax.tree;
        let node = tree
            .ids()
            .filter(|id| view.slice(tree.node(*id).span) == wanted)
            .last()
            .expect("written");
        let (file, node) = code.definition(repo, node)?;
        let span = file.code().expect("code").syntax.tree.node(node).span;
        Some((file.path().to_string(), file.slice(span).to_owned()))
    }

    #[test]
    fn an_imported_constant_is_found_where_it_is_made_through_files_that_hand_it_on() {
        let files = [
            (
                "src/config.ts",
                "export const options = { timeout: 5 }\nexport default options\n",
            ),
            ("src/index.ts", "export { options } from './config'\n"),
            (
                "src/a.ts",
                "import { options } from './config'\nfetch(u, options)\n",
            ),
            (
                "src/b.ts",
                "import settings from './config'\nfetch(u, settings)\n",
            ),
            ("conf.py", "LIMIT = 5\n"),
            ("c.py", "import conf\nf(conf.LIMIT)\n"),
        ];
        let options = Some(("src/config.ts".to_owned(), "{ timeout: 5 }".to_owned()));
        assert_eq!(defined(&files, "src/a.ts", "options"), options);
        assert_eq!(defined(&files, "src/b.ts", "settings"), options);
        assert_eq!(
            defined(&files, "c.py", "conf.LIMIT"),
            Some(("conf.py".to_owned(), "5".to_owned()))
        );
    }

    #[test]
    fn an_option_is_looked_for_in_constants_of_other_files() {
        let files = [
            (
                "src/config.ts",
                "export const slow = { headers: {} }\nexport const quick = { timeout: 5 }\n",
            ),
            (
                "src/a.ts",
                "import { slow, quick } from './config'\nf(u, { ...slow })\nf(u, { ...slow, ...quick })\nf(u, { ...slow, ...other })\n",
            ),
        ];
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", &files);
        let repo = &scratch.survey.view;
        let view = repo
            .open(repo.entry("src/a.ts").expect("listed"))
            .expect("readable");
        let code = view.code().expect("code");
        let tree = &code.syntax.tree;
        let calls: Vec<NodeId> = tree
            .ids()
            .filter(|id| tree.node(*id).kind == Kind::Call)
            .collect();
        let across = |call: NodeId| {
            code.argument_across(&view, repo, "timeout", |code, known| {
                code.named_beside(call, "timeout", known)
            })
        };
        assert_eq!(across(calls[0]).1, Argument::Absent);
        let (file, found) = across(calls[1]);
        assert!(matches!(found, Argument::Given(_)) && &**file.path() == "src/config.ts");
        assert!(matches!(across(calls[2]).1, Argument::Hidden(_)));
    }

    #[test]
    fn an_attribute_is_what_its_class_sets_once() {
        let files = [
            (
                "a.py",
                "class Base:\n    def __init__(self):\n        self.client = make(1)\n        self.twice = 1\n        self.twice = 2\n",
            ),
            (
                "b.py",
                "from a import Base\nclass Own(Base):\n    def get(self):\n        return self.client, self.twice\n",
            ),
        ];
        assert_eq!(
            defined(&files, "b.py", "self.client"),
            Some(("a.py".to_owned(), "make(1)".to_owned()))
        );
        assert_eq!(defined(&files, "b.py", "self.twice"), None);
    }
}
