//! Functions among the arguments of calls: handlers of routes, bodies of threads, callbacks.

use super::build::Build;
use super::{HandedRow, HandedWay};
use crate::lower::Language;
use crate::model::loops;
use crate::model::path::{Link, PathId};
use crate::model::scope::Means;
use crate::tree::{Kind, NodeId, Role};

/// How deep functions are looked for within an argument: `get("/", first(second(third(handler))))`.
pub(super) const MOST_WRAPPED: u8 = 3;

impl Build<'_, '_, '_> {
    /// Reads the arguments of the call `id`, which has the row `row`.
    pub(super) fn read_handed(&mut self, id: NodeId, row: u32) {
        let tree = self.tree;
        let takes = self.takes_functions(id);
        let takes_spelled = tree
            .child(id, Role::Callee)
            .is_some_and(|callee| self.interest.takes_spelled(tree.text(callee)));
        let takes_file = takes_spelled && self.evaluator.language().is_javascript();
        for arg in tree
            .children(id)
            .filter(|child| tree.node(*child).role == Role::Arg)
        {
            let value = match tree.node(arg).kind {
                Kind::KwArg => tree.child(arg, Role::Value).unwrap_or(arg),
                _ => arg,
            };
            let kind = tree.node(value).kind;
            match kind {
                Kind::Spread if takes => {
                    if let Some(inner) = tree.child(value, Role::Value) {
                        self.read_handed_on(row, inner);
                    }
                }
                Kind::Name if takes => self.read_handed_on(row, value),
                _ => {}
            }
            if takes_file && matches!(kind, Kind::Str | Kind::Call | Kind::Binary | Kind::Template)
            {
                self.file_named(row, value);
            }
            match kind {
                Kind::Function => self.handed(row, value, HandedWay::Written),
                Kind::Name | Kind::Attr if takes => {
                    self.handed(row, value, HandedWay::Named);
                    if let Some(call) = self.made_here(value) {
                        self.handed_within(row, call, MOST_WRAPPED);
                    }
                }
                Kind::Call if takes => {
                    self.handed(row, value, HandedWay::Named);
                    self.handed_within(row, value, MOST_WRAPPED);
                }
                Kind::Dict | Kind::List if takes => self.handed_within(row, value, MOST_WRAPPED),
                Kind::Dict if self.evaluator.is_object(value) => self.carried(row, value),
                Kind::Str if takes_spelled && self.evaluator.language() == Language::Python => {
                    self.spelled(row, value);
                }
                _ => {}
            }
        }
    }

    /// A function by a text that spells where Python would import it from. Most such texts mean something else, and lead nowhere.
    fn spelled(&mut self, call: u32, value: NodeId) {
        if let Some(path) = path_of(self.tree.text(value)) {
            let value = self.index.texts.push(&path);
            let way = HandedWay::Spelled;
            self.index.handed.push(HandedRow { call, way, value });
        }
    }

    /// What a file exports that is named: `queue.process(path.join(__dirname, "visit.js"))`.
    fn file_named(&mut self, call: u32, value: NodeId) {
        if let Some(path) = self.evaluator.file_named(value) {
            let value = self.index.texts.push(&format!("{path}|"));
            let way = HandedWay::Spelled;
            self.index.handed.push(HandedRow { call, way, value });
        }
    }

    /// Whether facts speak of a call of that name that runs the functions that it is given.
    fn takes_functions(&self, call: NodeId) -> bool {
        self.tree.child(call, Role::Callee).is_some_and(|callee| {
            let name = self.tree.text(callee);
            self.takes_named(callee)
                || self.tree.node(callee).kind == Kind::Attr
                    && loops::ITERATING_METHODS.contains(&name)
                || matches!(name, "super" | "__init__")
                    && self
                        .base_around(call)
                        .is_some_and(|base| self.interest.takes_function(self.tree.text(base)))
        })
    }

    /// Whether facts speak of what is called so; what is called by an index is `[]` to them.
    pub(super) fn takes_named(&self, callee: NodeId) -> bool {
        let tree = self.tree;
        let name = match tree.node(callee).kind {
            Kind::Index => "[]",
            _ => tree.text(callee),
        };
        self.interest.takes_function(name)
    }

    /// What the class inherits from whose constructor calls that of its base: `super(...)`, `super().__init__(...)`.
    fn base_around(&self, call: NodeId) -> Option<NodeId> {
        let class = self.around(call, Kind::Class)?;
        self.tree.child(class, Role::Base)
    }

    /// Whether a path leads to nothing that a repository defines. The files of a package of Go share their names.
    pub(super) fn leads_nowhere(&self, path: PathId) -> bool {
        match self.evaluator.paths.first(path) {
            Link::Unknown | Link::Literal(_) => true,
            Link::Builtin(name) => {
                self.evaluator.language() != Language::Go
                    || PREDECLARED.contains(&self.tree.str(name))
            }
            _ => false,
        }
    }

    fn handed(&mut self, call: u32, value: NodeId, way: HandedWay) {
        for path in self.evaluator.value(value) {
            if !self.leads_nowhere(path) {
                let value = self.text(path);
                self.index.handed.push(HandedRow { call, way, value });
            }
        }
    }

    /// Functions that are written out in an object.
    fn carried(&mut self, call: u32, object: NodeId) {
        let tree = self.tree;
        for child in tree.children(object) {
            let value = match tree.node(child).kind {
                Kind::Pair => tree.child(child, Role::Value),
                _ => Some(child),
            };
            if let Some(value) = value.filter(|value| tree.node(*value).kind == Kind::Function) {
                self.handed(call, value, HandedWay::Carried);
            }
        }
    }

    /// Functions in an argument that is itself a call, a dictionary or a list.
    fn handed_within(&mut self, call: u32, value: NodeId, levels: u8) {
        let mut all = Vec::new();
        self.within(value, levels, &mut all);
        // `resolvers` of `const resolvers = merge(orders, users)`
        for at in 0..all.len() {
            if let Some(merging) = self.merged_here(all[at]) {
                self.within(merging, levels, &mut all);
            }
        }
        for inner in all {
            self.read_handed_on(call, inner);
            self.handed(call, inner, HandedWay::Within);
        }
    }

    /// What may be a function in a call, a dictionary or a list. What a call within runs by itself is left to it.
    pub(super) fn within(&self, value: NodeId, levels: u8, all: &mut Vec<NodeId>) {
        let tree = self.tree;
        if levels == 0 || tree.node(value).kind == Kind::Call && self.takes_functions(value) {
            return;
        }
        for child in tree.children(value) {
            let inner = match (tree.node(child).kind, tree.node(child).role) {
                (_, Role::Callee) => continue,
                (Kind::Pair | Kind::KwArg, _) => match tree.child(child, Role::Value) {
                    Some(inner) => inner,
                    None => continue,
                },
                _ => child,
            };
            match tree.node(inner).kind {
                Kind::Function | Kind::Name | Kind::Attr => all.push(inner),
                Kind::Call => {
                    all.push(inner);
                    self.within(inner, levels - 1, all);
                }
                Kind::List => self.within(inner, levels - 1, all),
                // `{ resolvers: { Query: { users() {} } } }`
                Kind::Dict if self.evaluator.is_object(inner) => all.push(inner),
                _ => {}
            }
        }
    }

    /// The call of what may be a function of the repository that gives a variable its only value.
    pub(super) fn made_here(&mut self, name: NodeId) -> Option<NodeId> {
        let call = self.only_call(name)?;
        let callees = self.evaluator.value(self.tree.child(call, Role::Callee)?);
        let is_own = callees.iter().any(|path| self.may_be_own(*path));
        is_own.then_some(call)
    }

    /// The call that gives a variable its only value by putting objects together.
    fn merged_here(&self, name: NodeId) -> Option<NodeId> {
        let call = self.only_call(name)?;
        let callee = self.tree.child(call, Role::Callee)?;
        MERGING.contains(&self.tree.text(callee)).then_some(call)
    }

    /// The call that gives a variable its only value.
    fn only_call(&self, name: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        if tree.node(name).kind != Kind::Name || !self.evaluator.language().is_javascript() {
            return None;
        }
        let atom = tree.node(name).atom;
        let scope = self.scopes.binder(tree, self.scopes.of(name), atom)?;
        let [binding] = self.scopes.bindings(scope, atom) else {
            return None;
        };
        (binding.means == Means::Assign)
            .then(|| tree.child(binding.node, Role::Value))?
            .filter(|value| tree.node(*value).kind == Kind::Call)
    }
}

/// What functions are called that put objects together.
const MERGING: &[&str] = &["assign", "defaultsDeep", "merge", "mergeResolvers"];

/// What Go itself names that is read most often.
const PREDECLARED: &[&str] = &[
    "any", "append", "bool", "byte", "cap", "error", "false", "float32", "float64", "int", "int32",
    "int64", "iota", "len", "make", "map", "max", "min", "new", "nil", "rune", "string", "true",
    "uint", "uint32", "uint64", "uint8",
];

/// The longest text that is taken for the name of a function.
const LONGEST_SPELLED: usize = 200;

/// The path of what `shop.tasks.ship`, `shop.tasks:ship` or `shop.tasks.Ship.run` spells: the module goes up to the colon, else up to the
/// first name of a class, else up to the last dot.
fn path_of(text: &str) -> Option<String> {
    if text.len() > LONGEST_SPELLED {
        return None;
    }
    let is_name = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next();
        first.is_some_and(|c| c.is_alphabetic() || c == '_')
            && letters.all(|c| c.is_alphanumeric() || c == '_')
    };
    let (module, name) = text.split_once(':').or_else(|| {
        let class = text
            .match_indices('.')
            .find(|(at, _)| text[at + 1..].starts_with(char::is_uppercase));
        match class {
            Some((at, _)) => Some((&text[..at], &text[at + 1..])),
            None => text.rsplit_once('.'),
        }
    })?;
    let mut words = module.split('.').chain(name.split('.'));
    words.all(is_name).then(|| format!("{module}|{name}"))
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn a_text_spells_a_function_when_it_is_names_and_dots() {
        for (text, path) in [
            ("shop.tasks.ship", Some("shop.tasks|ship")),
            ("tasks:ship", Some("tasks|ship")),
            ("shop.tasks:Ship.run", Some("shop.tasks|Ship.run")),
            ("shop.tasks.Ship.run", Some("shop.tasks|Ship.run")),
            ("ship", None),
            ("/orders/1.0", None),
            ("robots.txt", Some("robots|txt")),
            ("an end.", None),
            ("..tasks.ship", None),
            ("12:30", None),
            ("", None),
        ] {
            assert_eq!(path_of(text).as_deref(), path, "{text}");
        }
    }
}
