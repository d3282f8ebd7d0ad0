//! Arguments of calls and the literal values behind them.

use super::code::Code;
use crate::model::scope::{Means, ScopeId};
use crate::tree::{Atom, Flags, Kind, NodeId, Role};

/// A literal, as far as it can be known without running anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Text; the holes of a template are `{}`.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// `None`, `null`, `undefined`, `nil`.
    Null,
}

/// An argument, looked up by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// It is given: its value.
    Given(NodeId),
    /// It is not given.
    Absent,
    /// It may be given by something that cannot be looked into: `**options`, a variable from elsewhere.
    Hidden(NodeId),
}

/// How far a name is followed to the literal behind it.
const DEEPEST: u8 = 6;

impl Code {
    /// Arguments in order, names and spreads included.
    pub fn arguments(&self, call: NodeId) -> Vec<NodeId> {
        let tree = &self.syntax.tree;
        tree.children(call)
            .filter(|child| tree.node(*child).role == Role::Arg)
            .collect()
    }

    /// The positional argument at `position`, from 0; `None` behind a spread.
    pub fn positional(&self, call: NodeId, position: usize) -> Option<NodeId> {
        let tree = &self.syntax.tree;
        let mut seen = 0;
        for arg in self.arguments(call) {
            match tree.node(arg).kind {
                Kind::KwArg => {}
                Kind::Spread => return None,
                _ if seen == position => return Some(arg),
                _ => seen += 1,
            }
        }
        None
    }

    /// Whether one of the arguments stands for several that are not seen: `*args`, `...args`.
    pub fn has_spread(&self, call: NodeId) -> bool {
        let tree = &self.syntax.tree;
        let mut arguments = self.arguments(call).into_iter();
        arguments.any(|arg| tree.node(arg).kind == Kind::Spread)
    }

    /// The argument called `name`: a keyword, or an entry of an object given as an argument, in place or through a
    /// variable. Spreads and objects from elsewhere hide it.
    pub fn named(&self, call: NodeId, name: &str) -> Argument {
        self.named_beside(call, name, &[])
    }

    /// As [`Code::named`], where what hides at one of the nodes `known` is known to hold nothing of that name.
    pub fn named_beside(&self, call: NodeId, name: &str, known: &[NodeId]) -> Argument {
        self.named_at(call, name, 0, known)
    }

    /// `depth` counts the names on the way: `var o = merge(o)` leads back to itself.
    fn named_at(&self, call: NodeId, name: &str, depth: u8, known: &[NodeId]) -> Argument {
        let tree = &self.syntax.tree;
        let mut hidden = None;
        for (position, arg) in self.arguments(call).into_iter().enumerate() {
            let found = match tree.node(arg).kind {
                Kind::KwArg if tree.text(arg) == name => match tree.child(arg, Role::Value) {
                    Some(value) => Argument::Given(value),
                    None => Argument::Absent,
                },
                Kind::Spread => match tree.child(arg, Role::Value) {
                    Some(inner) => self.entry_beside(inner, name, depth, known),
                    None => Argument::Absent,
                },
                Kind::Dict => self.entry_beside(arg, name, depth, known),
                Kind::Name if self.language.is_javascript() => {
                    match self.entry_beside(arg, name, depth, known) {
                        Argument::Hidden(_) if !self.may_hold_options(call, arg, position) => {
                            Argument::Absent
                        }
                        found => found,
                    }
                }
                _ if self.language.is_javascript()
                    && self.may_hold_options(call, arg, position) =>
                {
                    self.entry_beside(arg, name, depth, known)
                }
                _ => Argument::Absent,
            };
            match found {
                Argument::Given(_) => return found,
                Argument::Hidden(at) => hidden = Some(at),
                Argument::Absent => {}
            }
        }
        hidden.map_or(Argument::Absent, Argument::Hidden)
    }

    /// Whether an argument that cannot be looked into may be the options of its call, by what it is called or by its place
    /// behind the address in a request. In other calls an unknown value of another name is data.
    fn may_hold_options(&self, call: NodeId, arg: NodeId, position: usize) -> bool {
        let tree = &self.syntax.tree;
        let mut at = arg;
        while matches!(tree.node(at).kind, Kind::Await | Kind::Call) {
            let inner = match tree.node(at).kind {
                Kind::Call => tree.child(at, Role::Callee),
                _ => tree.child(at, Role::Value),
            };
            match inner {
                Some(inner) => at = inner,
                None => break,
            }
        }
        if tree.node(arg).kind == Kind::Name {
            if is_options_name(tree.text(arg)) {
                return true;
            }
        } else {
            // `settings.axios`, but not `config.url` in the place of the address.
            let base = tree
                .child(at, Role::Value)
                .filter(|base| position > 0 && tree.node(*base).kind == Kind::Name);
            let says_options = |id: NodeId| {
                matches!(tree.node(id).kind, Kind::Name | Kind::Attr) && says_options(tree.text(id))
            };
            if says_options(at) || base.is_some_and(says_options) {
                return true;
            }
        }
        // `router.get(path, handler)` asks nobody: what it gives back is not looked at.
        let is_dropped = tree.node(tree.node(call).parent).kind == Kind::ExprStmt;
        let callee = tree.child(call, Role::Callee).filter(|_| !is_dropped);
        callee
            .and_then(|callee| options_position(tree.text(callee)))
            .is_some_and(|first| first <= position)
    }

    /// The entry `name` of a dictionary, in place or through the variable that holds it, additions included.
    pub fn entry(&self, node: NodeId, name: &str, depth: u8) -> Argument {
        self.entry_beside(node, name, depth, &[])
    }

    /// As [`Code::entry`], where what hides at one of the nodes `known` is known to hold nothing of that name.
    pub fn entry_beside(&self, node: NodeId, name: &str, depth: u8, known: &[NodeId]) -> Argument {
        let tree = &self.syntax.tree;
        let hidden = if known.contains(&node) {
            Argument::Absent
        } else {
            Argument::Hidden(node)
        };
        if depth > DEEPEST {
            return hidden;
        }
        match tree.node(node).kind {
            Kind::Dict => {
                let mut hidden = None;
                let items: Vec<NodeId> = tree.children(node).collect();
                // Of several the last counts, in Python and JavaScript. What nobody sees is not held against what is written.
                for item in items.into_iter().rev() {
                    match tree.node(item).kind {
                        Kind::Pair if tree.text(item) == name => {
                            if let Some(value) = tree.child(item, Role::Value) {
                                return Argument::Given(value);
                            }
                        }
                        Kind::Function if tree.text(item) == name => return Argument::Given(item),
                        Kind::Pair if tree.node(item).flags.has(Flags::COMPUTED) => {
                            hidden = Some(item)
                        }
                        Kind::Spread => {
                            if let Some(inner) = tree.child(item, Role::Value) {
                                match self.entry_beside(inner, name, depth + 1, known) {
                                    Argument::Given(value) => return Argument::Given(value),
                                    Argument::Hidden(at) => hidden = Some(at),
                                    Argument::Absent => {}
                                }
                            }
                        }
                        _ => {}
                    }
                }
                hidden.map_or(Argument::Absent, Argument::Hidden)
            }
            // `dict(timeout=5)`, `Object.assign({}, x)`.
            Kind::Call => match self.named_at(node, name, depth + 1, known) {
                Argument::Given(value) => Argument::Given(value),
                found
                    if tree
                        .child(node, Role::Callee)
                        .is_some_and(|callee| tree.text(callee) == "dict") =>
                {
                    found
                }
                _ => hidden,
            },
            Kind::Name => {
                let later = self.set_later(node, name);
                if let Argument::Given(_) = later {
                    return later;
                }
                match self.bound_value(node) {
                    Some(value) => match self.entry_beside(value, name, depth + 1, known) {
                        Argument::Absent => later,
                        found => found,
                    },
                    None if self.is_definition(node) => Argument::Absent,
                    None => hidden,
                }
            }
            // Seen, and nothing that has entries.
            Kind::Function
            | Kind::Str
            | Kind::Template
            | Kind::Num
            | Kind::Bool
            | Kind::Null
            | Kind::List
            | Kind::Set => Argument::Absent,
            Kind::Await => match tree.child(node, Role::Value) {
                Some(inner) => self.entry_beside(inner, name, depth + 1, known),
                None => hidden,
            },
            _ => hidden,
        }
    }

    /// What is set at a name after it was bound: `options["timeout"] = 5`, `options.timeout = 5`, `options.update(timeout=5)`,
    /// anywhere the name is seen.
    fn set_later(&self, name: NodeId, key: &str) -> Argument {
        let tree = &self.syntax.tree;
        let Some((scope, atom)) = self.bound_scope(name) else {
            return Argument::Absent;
        };
        let mut hidden = Argument::Absent;
        for by in self.syntax.scopes.additions(scope, atom) {
            let target = tree.child(*by, Role::Target);
            let value = tree.child(*by, Role::Value);
            let found = match (target, value) {
                (Some(target), Some(value)) => match tree.node(target).kind {
                    Kind::Attr if tree.text(target) == key => Argument::Given(value),
                    Kind::Index => match tree.child(target, Role::Index) {
                        Some(index) if tree.node(index).kind == Kind::Str => {
                            match tree.text(index) == key {
                                true => Argument::Given(value),
                                false => Argument::Absent,
                            }
                        }
                        _ => Argument::Hidden(target),
                    },
                    _ => Argument::Absent,
                },
                _ if tree
                    .child(*by, Role::Callee)
                    .is_some_and(|callee| tree.text(callee) == "update") =>
                {
                    self.updated(*by, key)
                }
                _ => Argument::Absent,
            };
            match found {
                Argument::Given(_) => return found,
                Argument::Hidden(_) => hidden = found,
                Argument::Absent => {}
            }
        }
        hidden
    }

    /// The entry `key` of what `options.update(...)` adds, as far as it is written there.
    fn updated(&self, call: NodeId, key: &str) -> Argument {
        let tree = &self.syntax.tree;
        let mut hidden = Argument::Absent;
        for arg in self.arguments(call) {
            let written = match tree.node(arg).kind {
                Kind::Dict => tree.children(arg).collect(),
                _ => vec![arg],
            };
            for item in written {
                let is_plain = matches!(tree.node(item).kind, Kind::KwArg | Kind::Pair)
                    && !tree.node(item).flags.has(Flags::COMPUTED);
                match tree.child(item, Role::Value) {
                    Some(value) if is_plain && tree.text(item) == key => {
                        return Argument::Given(value);
                    }
                    _ if is_plain => {}
                    _ => hidden = Argument::Hidden(item),
                }
            }
        }
        hidden
    }

    /// Whether a name is that of a function or class of this file.
    fn is_definition(&self, name: NodeId) -> bool {
        self.bound_scope(name).is_some_and(|(scope, atom)| {
            let mut bindings = self.syntax.scopes.bindings(scope, atom).iter();
            bindings.all(|binding| binding.means == Means::Definition)
        })
    }

    /// The one value that a name was given in this file; `None` when there are several, or none here.
    pub fn bound_value(&self, name: NodeId) -> Option<NodeId> {
        let Bound { scope, atom } = self.lookup(name)?;
        let tree = &self.syntax.tree;
        let mut found = None;
        for binding in self.syntax.scopes.bindings(scope, atom) {
            match binding.means {
                // `let client;` declares the name that another statement sets.
                Means::Assign if tree.child(binding.node, Role::Value).is_none() => {}
                Means::Assign => {
                    let value = tree.child(binding.node, Role::Value)?;
                    if found.is_some() {
                        return None;
                    }
                    found = Some(value);
                }
                // `opts = opts or {}`: a parameter's default is not the value.
                _ => return None,
            }
        }
        found
    }

    /// The scope that binds a name, with the name.
    pub(super) fn bound_scope(&self, name: NodeId) -> Option<(ScopeId, Atom)> {
        self.lookup(name).map(|bound| (bound.scope, bound.atom))
    }

    fn lookup(&self, name: NodeId) -> Option<Bound> {
        let tree = &self.syntax.tree;
        if tree.node(name).kind != Kind::Name {
            return None;
        }
        let atom = tree.node(name).atom;
        let scopes = &self.syntax.scopes;
        let scope = scopes.binder(tree, scopes.of(name), atom)?;
        Some(Bound { scope, atom })
    }

    /// The literal that an expression is, through names bound once in this file.
    pub fn literal(&self, node: NodeId) -> Option<Literal> {
        self.literal_at(node, 0)
    }

    fn literal_at(&self, node: NodeId, depth: u8) -> Option<Literal> {
        if depth > DEEPEST {
            return None;
        }
        let tree = &self.syntax.tree;
        let text = tree.text(node);
        match tree.node(node).kind {
            Kind::Str | Kind::Template => Some(Literal::Text(text.to_owned())),
            Kind::Num => text
                .trim_end_matches(['n', 'j'])
                .parse()
                .ok()
                .map(Literal::Number),
            Kind::Bool => Some(Literal::Bool(text == "true")),
            Kind::Null => Some(Literal::Null),
            Kind::Unary if text == "-" => {
                match self.literal_at(tree.child(node, Role::Value)?, depth + 1)? {
                    Literal::Number(number) => Some(Literal::Number(-number)),
                    _ => None,
                }
            }
            Kind::Binary => {
                let mut sides = tree.children(node);
                let left = self.literal_at(sides.next()?, depth + 1)?;
                let right = self.literal_at(sides.next()?, depth + 1)?;
                match (left, right, text) {
                    (Literal::Number(a), Literal::Number(b), "*") => Some(Literal::Number(a * b)),
                    (Literal::Number(a), Literal::Number(b), "+") => Some(Literal::Number(a + b)),
                    (Literal::Text(a), Literal::Text(b), "+") => Some(Literal::Text(a + &b)),
                    (Literal::Text(a), _, "%") => Some(Literal::Text(a)),
                    _ => None,
                }
            }
            Kind::Name => self.literal_at(self.bound_value(node)?, depth + 1),
            _ => None,
        }
    }

    /// The parameter of its function that a name is, by position; `None` for other names.
    pub fn parameter(&self, name: NodeId) -> Option<(NodeId, usize)> {
        let Bound { scope, atom } = self.lookup(name)?;
        if scope == ScopeId(0) {
            return None;
        }
        let tree = &self.syntax.tree;
        let owner = self.syntax.scopes.scope(scope).node;
        let params = tree
            .children(owner)
            .filter(|child| tree.node(*child).role == Role::Param);
        params
            .enumerate()
            .find(|(_, param)| tree.node(*param).atom == atom)
            .map(|(at, param)| (param, at))
    }
}

struct Bound {
    scope: ScopeId,
    atom: Atom,
}

/// From which position on a request takes options: behind the address, and behind what it sends.
fn options_position(callee: &str) -> Option<usize> {
    match callee {
        "axios" | "del" | "delete" | "fetch" | "get" | "got" | "head" | "ky" | "options"
        | "request" => Some(1),
        "patch" | "patchForm" | "post" | "postForm" | "put" | "putForm" => Some(2),
        _ => None,
    }
}

/// Names of variables that options are passed in.
fn is_options_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    says_options(name)
        || ["init", "params", "args"]
            .iter()
            .any(|word| lower.contains(word))
}

/// Names that mean options wherever they stand; `req.params` and `build_args()` may as well be data.
fn says_options(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["option", "opts", "config", "cfg", "settings", "kwargs"]
        .iter()
        .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    /// What the last call of `get`, `post` or `find` in a file says of its timeout.
    fn timeout(path: &str, text: &str) -> &'static str {
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"", &[(path, text)]);
        let view = &scratch.survey.view;
        let file = view
            .open(view.entry(path).expect("scanned"))
            .expect("readable");
        let code = file.code().expect("code");
        let tree = &code.syntax.tree;
        let is_asked = |id: &NodeId| {
            tree.node(*id).kind == Kind::Call
                && tree
                    .child(*id, Role::Callee)
                    .is_some_and(|callee| matches!(tree.text(callee), "get" | "post" | "find"))
        };
        let call = tree.ids().filter(is_asked).last().expect("a call");
        match code.named(call, "timeout") {
            Argument::Given(_) => "given",
            Argument::Hidden(_) => "hidden",
            Argument::Absent => "absent",
        }
    }

    #[test]
    fn options_that_cannot_be_seen_are_hidden_and_data_is_not() {
        for (args, expected) in [
            ("get(u, this.options)", "hidden"),
            ("get(u, build())", "hidden"),
            ("get(u, await build())", "hidden"),
            ("get(u, settings.axios)", "hidden"),
            ("get(u, cfg)", "hidden"),
            ("get(u, other)", "hidden"),
            ("get(u, big ? a : b)", "hidden"),
            ("get(this.options)", "hidden"),
            ("get(u)", "absent"),
            ("get(config.url)", "absent"),
            ("get(build())", "absent"),
            ("get(u, null)", "absent"),
            ("get(u, (row) => row)", "absent"),
            ("get(u, own)", "absent"),
            ("get(u, { timeout: 5 })", "given"),
            ("post(u, body)", "absent"),
            ("post(u, this.body)", "absent"),
            ("post(u, body, other)", "hidden"),
            ("post(u, body, this.options)", "hidden"),
            ("find(query, values)", "absent"),
            ("find(query, req.params)", "absent"),
            ("find(query, params)", "hidden"),
            ("find(query, this.config)", "hidden"),
        ] {
            let text = format!("function own() {{}}\nfunction f(u) {{ return axios.{args} }}\n");
            assert_eq!(timeout("a.js", &text), expected, "{args}");
        }
        let route = "app.get('/orders', signedIn, wrapped(list))\n";
        assert_eq!(timeout("a.js", route), "absent");
    }

    #[test]
    fn what_is_set_where_the_name_is_bound_is_seen_in_functions() {
        let read = "def f():\n    return requests.get(u, **OPTS)\n";
        for (set, expected) in [
            ("OPTS = {}\nOPTS[\"timeout\"] = 5\n", "given"),
            ("OPTS = {}\nOPTS[\"verify\"] = 5\n", "absent"),
            ("OPTS = {}\nOPTS[KEY] = 5\n", "hidden"),
            ("OPTS = {}\nOPTS.update(timeout=5)\n", "given"),
            ("OPTS = {}\nOPTS.update({\"timeout\": 5})\n", "given"),
            ("OPTS = {}\nOPTS.update(**OPTS)\n", "hidden"),
            (
                "OPTS = {}\ndef g(OPTS):\n    OPTS[\"timeout\"] = 5\n",
                "absent",
            ),
            ("from conf import OPTS\nOPTS[\"timeout\"] = 5\n", "given"),
        ] {
            assert_eq!(timeout("a.py", &format!("{set}{read}")), expected, "{set}");
        }
        let js = "const o = {}\no.timeout = 5\nfunction f(u) { return axios.get(u, o) }\n";
        assert_eq!(timeout("a.js", js), "given");
    }

    #[test]
    fn a_name_that_is_made_of_itself_is_followed_to_an_end() {
        let js = "var o = merge(o, { a: 1 })\nfunction f(u) { return axios.get(u, o) }\n";
        assert_eq!(timeout("a.js", js), "hidden");
    }
}
