//! Where a value goes within a function: the names that hold it, and the expressions that carry it or something made from it.
//!
//! Names are told apart by their text only, and branches are not: it is about what may happen. It knows no library.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::tree::{Atom, Flags, Kind, NodeId, Role, Tree};

/// How often a function is passed over: each pass follows chains written in order, so few are left for the second.
const PASSES: usize = 4;

/// A place where a value, or something made from it, is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The name, or the expression itself, that stands for the value there.
    pub node: NodeId,
    /// The outermost expression that still carries it: `json(rows)` in `return json(rows)`.
    pub top: NodeId,
    /// Calls that it is an argument of on the way there, innermost first.
    pub calls: Vec<NodeId>,
}

/// The names that read a variable which holds the value of `from` itself, in order. `None` when the value is not bound to
/// plain names only: it may be reached in ways that are not seen.
pub fn aliases(tree: &Tree, from: NodeId, within: NodeId) -> Option<Vec<NodeId>> {
    let mut holders: FxHashSet<Atom> = FxHashSet::default();
    let mut found = Vec::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        let (binder, is_bound) = bound_by(tree, node);
        if !is_bound {
            continue;
        }
        let binder = binder?;
        for target in tree
            .children(binder)
            .filter(|child| tree.node(*child).role == Role::Target)
        {
            // Several results come as one list; the first is what the others speak about: `f, err := os.Open(p)`.
            let target = match tree.node(target).kind {
                Kind::List => tree.children(target).next()?,
                _ => target,
            };
            if tree.node(target).kind != Kind::Name {
                return None;
            }
            let atom = tree.node(target).atom;
            if !holders.insert(atom) {
                continue;
            }
            for id in tree.descendants(within).filter(|id| *id > target) {
                if tree.node(id).kind == Kind::Name
                    && tree.node(id).atom == atom
                    && tree.node(id).role != Role::Target
                {
                    found.push(id);
                    open.push(id);
                }
            }
        }
    }
    found.sort();
    found.dedup();
    Some(found)
}

/// The assignment or `with` that binds the value of `node`, through `await`, conditionals and `or`; and whether it is bound.
fn bound_by(tree: &Tree, node: NodeId) -> (Option<NodeId>, bool) {
    let mut at = node;
    loop {
        let parent = tree.node(at).parent;
        match (tree.node(parent).kind, tree.node(at).role) {
            (Kind::Await | Kind::Logic, _) | (Kind::Conditional, Role::Body | Role::Else) => {
                at = parent
            }
            (Kind::Assign, Role::Value) => return (Some(parent), true),
            (Kind::WithItem, Role::Value) => return (Some(parent), true),
            _ => return (None, false),
        }
    }
}

/// Every use of the value of `from`, and of what is made from it, below `within`; that of `from` itself first.
pub fn uses(tree: &Tree, from: NodeId, within: NodeId) -> Vec<Use> {
    let mut search = Search {
        tree,
        from,
        within,
        holders: FxHashSet::default(),
        params: FxHashMap::default(),
    };
    for _ in 0..PASSES {
        let before = search.len();
        search.pass();
        if search.len() == before {
            break;
        }
    }
    let reads: Vec<NodeId> = std::iter::once(from).chain(search.reads()).collect();
    reads.into_iter().map(|id| search.climb(id)).collect()
}

struct Search<'t> {
    tree: &'t Tree,
    from: NodeId,
    within: NodeId,
    holders: FxHashSet<Atom>,
    /// Parameters of functions that are handed to a call: other functions may have others of that name.
    params: FxHashMap<Atom, Vec<NodeId>>,
}

impl Search<'_> {
    fn len(&self) -> usize {
        self.holders.len() + self.params.values().map(Vec::len).sum::<usize>()
    }

    fn reads(&self) -> impl Iterator<Item = NodeId> + '_ {
        let tree = self.tree;
        tree.descendants(self.within).filter(move |id| {
            let node = tree.node(*id);
            node.kind == Kind::Name
                && node.role != Role::Target
                && (self.holders.contains(&node.atom) || self.is_param(*id))
        })
    }

    fn is_param(&self, name: NodeId) -> bool {
        let tree = self.tree;
        let functions = self.params.get(&tree.node(name).atom);
        functions.is_some_and(|all| all.iter().any(|function| tree.is_within(name, *function)))
    }

    fn pass(&mut self) {
        let starts: Vec<NodeId> = std::iter::once(self.from).chain(self.reads()).collect();
        for start in starts {
            let found = self.climb(start);
            self.bind(found.top);
            for call in &found.calls {
                self.put(*call);
            }
        }
    }

    /// Names that come to hold what the expression `top` carries.
    fn bind(&mut self, top: NodeId) {
        let tree = self.tree;
        let parent = tree.node(top).parent;
        let role = tree.node(top).role;
        match tree.node(parent).kind {
            Kind::Assign | Kind::AugAssign | Kind::WithItem if role == Role::Value => {
                self.hold_targets(parent)
            }
            Kind::For | Kind::Clause if role == Role::Iter => self.hold_targets(parent),
            _ => {}
        }
    }

    fn hold_targets(&mut self, binder: NodeId) {
        let tree = self.tree;
        for target in tree
            .children(binder)
            .filter(|child| tree.node(*child).role == Role::Target)
        {
            self.hold(target);
        }
    }

    fn hold(&mut self, target: NodeId) {
        let tree = self.tree;
        match tree.node(target).kind {
            // `out.items = rows`, `out["items"] = rows`: the whole carries it. Not an instance: it is everywhere.
            Kind::Attr | Kind::Index => {
                if let Some(base) = root(tree, target)
                    .filter(|base| !matches!(tree.text(*base), "self" | "this" | "cls"))
                {
                    self.holders.insert(tree.node(base).atom);
                }
            }
            Kind::Name => {
                self.holders.insert(tree.node(target).atom);
            }
            _ => {
                let names = tree
                    .descendants(target)
                    .filter(|id| tree.node(*id).kind == Kind::Name);
                self.holders.extend(names.map(|id| tree.node(id).atom));
            }
        }
        self.holders.remove(&Atom::EMPTY);
    }

    /// `out.append(row)` puts it into `out`.
    fn put(&mut self, call: NodeId) {
        let tree = self.tree;
        let Some(callee) = tree.child(call, Role::Callee) else {
            return;
        };
        if tree.node(callee).kind == Kind::Attr
            && ADDS.contains(&tree.text(callee))
            && let Some(base) = root(tree, callee)
                .filter(|base| !matches!(tree.text(*base), "self" | "this" | "cls"))
        {
            self.holders.insert(tree.node(base).atom);
        }
    }

    /// From an expression that stands for the value to the outermost one that carries it.
    fn climb(&mut self, start: NodeId) -> Use {
        let tree = self.tree;
        let mut at = start;
        let mut calls = Vec::new();
        while at != self.within {
            let parent = tree.node(at).parent;
            if parent == at {
                break;
            }
            let role = tree.node(at).role;
            let carries = match tree.node(parent).kind {
                Kind::Await
                | Kind::Spread
                | Kind::KwArg
                | Kind::Dict
                | Kind::List
                | Kind::Set
                | Kind::Logic
                | Kind::Template => true,
                Kind::Pair => !is_condition_pair(tree, parent),
                Kind::Binary => tree.text(parent) == "+" || tree.text(parent) == "|",
                Kind::Comprehension => role == Role::Value,
                Kind::Conditional => role != Role::Test,
                Kind::Attr => role == Role::Value && !REDUCES.contains(&tree.text(parent)),
                Kind::Index => role == Role::Value && !is_one(tree, parent),
                Kind::Call if role == Role::Callee => {
                    self.hold_params(parent);
                    self.hold_filled(parent);
                    !is_lookup(tree, parent)
                }
                Kind::Call => {
                    calls.push(parent);
                    let name = tree
                        .child(parent, Role::Callee)
                        .map_or("", |callee| tree.text(callee));
                    if RUNS_OVER.contains(&name) {
                        self.hold_params(parent);
                    }
                    !REDUCES.contains(&name) && !is_condition(tree, parent, name)
                }
                // A callback's result is what the call that takes it gives: `query.then(rows => rows.map(f))`.
                Kind::Return => match callback_of(tree, parent, self.within) {
                    Some(function) => {
                        at = function;
                        continue;
                    }
                    None => false,
                },
                // `send(rows := load())`: the name holds it, and so does the whole.
                Kind::Assign if role == Role::Value && is_within_expression(tree, parent) => {
                    self.hold_targets(parent);
                    true
                }
                _ => false,
            };
            if !carries {
                break;
            }
            at = parent;
        }
        Use {
            node: start,
            top: at,
            calls,
        }
    }

    /// `rows.Scan(&order)`, `cursor.All(ctx, &orders)`: Go's readers put what they read into their arguments.
    fn hold_filled(&mut self, call: NodeId) {
        let tree = self.tree;
        let name = tree
            .child(call, Role::Callee)
            .map_or("", |callee| tree.text(callee));
        if !FILLS.contains(&name) {
            return;
        }
        for arg in tree
            .children(call)
            .filter(|child| tree.node(*child).role == Role::Arg)
        {
            if let Some(base) = root(tree, arg) {
                self.holders.insert(tree.node(base).atom);
            }
        }
        self.holders.remove(&Atom::EMPTY);
    }

    /// The parameters of functions handed to a call take what the call runs over.
    fn hold_params(&mut self, call: NodeId) {
        let tree = self.tree;
        for function in tree.children(call).filter(|child| {
            tree.node(*child).role == Role::Arg && tree.node(*child).kind == Kind::Function
        }) {
            for param in tree
                .children(function)
                .filter(|child| tree.node(*child).role == Role::Param)
            {
                let atom = tree.node(param).atom;
                let functions = self.params.entry(atom).or_default();
                if atom != Atom::EMPTY && !functions.contains(&function) {
                    functions.push(function);
                }
                if let Some(target) = tree.child(param, Role::Target) {
                    self.hold(target);
                }
            }
        }
    }
}

/// Whether an assignment stands where a value is asked for, and not by itself.
fn is_within_expression(tree: &Tree, assign: NodeId) -> bool {
    let parent = tree.node(tree.node(assign).parent).kind;
    matches!(
        parent,
        Kind::Await
            | Kind::Call
            | Kind::Compare
            | Kind::Conditional
            | Kind::Dict
            | Kind::Index
            | Kind::KwArg
            | Kind::List
            | Kind::Logic
            | Kind::Pair
            | Kind::Return
            | Kind::Set
            | Kind::Spread
    )
}

/// The function that `statement` returns from, if it is one handed to a call below `within`.
fn callback_of(tree: &Tree, statement: NodeId, within: NodeId) -> Option<NodeId> {
    let function = tree
        .ancestors(statement)
        .find(|up| tree.node(*up).kind == Kind::Function)?;
    let node = tree.node(function);
    let is_handed = function != within
        && tree.is_within(function, within)
        && node.flags.has(Flags::LAMBDA)
        && node.role == Role::Arg
        && tree.node(node.parent).kind == Kind::Call;
    is_handed.then_some(function)
}

/// The name at the left end of a chain of attributes, items and calls.
pub(super) fn root(tree: &Tree, node: NodeId) -> Option<NodeId> {
    let mut at = node;
    loop {
        at = match tree.node(at).kind {
            Kind::Attr | Kind::Index => tree.child(at, Role::Value)?,
            Kind::Call => tree.child(at, Role::Callee)?,
            Kind::Name => return Some(at),
            _ => return None,
        };
    }
}

/// `by_id.get(order.user_id)`, `orders.get(pk=1)`: the element under a key. `answer.get("items")` takes a part by its name, `query.get()` runs it.
fn is_lookup(tree: &Tree, call: NodeId) -> bool {
    let is_get = tree
        .child(call, Role::Callee)
        .is_some_and(|callee| tree.node(callee).kind == Kind::Attr && tree.text(callee) == "get");
    is_get
        && tree
            .child(call, Role::Arg)
            .is_some_and(|key| is_key(tree, key))
}

/// `orders.filter(owner__in=owners)`: a query builder takes the value as a condition. Python's own `filter(f, rows)` gives rows.
fn is_condition(tree: &Tree, call: NodeId, name: &str) -> bool {
    CONDITIONS.contains(&name)
        && (name.starts_with(char::is_uppercase)
            || tree
                .child(call, Role::Callee)
                .is_some_and(|callee| tree.node(callee).kind == Kind::Attr))
}

/// `{ where: ... }`, `{ "$in": ids }`: what a query only picks rows by.
fn is_condition_pair(tree: &Tree, pair: NodeId) -> bool {
    CONDITION_KEYS.contains(&tree.text(pair))
}

/// Whether an expression is worked out for each element: a name or a value of something, no word that is written out.
fn is_key(tree: &Tree, key: NodeId) -> bool {
    match tree.node(key).kind {
        // Constants name a part.
        Kind::Name => tree.text(key).chars().any(char::is_lowercase),
        Kind::Attr | Kind::Call | Kind::Template | Kind::KwArg => true,
        _ => false,
    }
}

/// `rows[0]`, `rows[-1]`, `rows[:10]`, `by_id[order.user_id]`: an element or a part.
fn is_one(tree: &Tree, index: NodeId) -> bool {
    let Some(at) = tree.child(index, Role::Index) else {
        return false;
    };
    match tree.node(at).kind {
        Kind::Num => true,
        Kind::Attr | Kind::Call => is_key(tree, at),
        Kind::Unary => tree
            .child(at, Role::Value)
            .is_some_and(|value| tree.node(value).kind == Kind::Num),
        Kind::Slice => tree.child(at, Role::Upper).is_some(),
        _ => false,
    }
}

/// Methods and functions that make one small thing from many.
const REDUCES: &[&str] = &[
    "aget_object_or_404",
    "aggregate",
    "all",
    "any",
    "bool",
    "cap",
    "count",
    "earliest",
    "every",
    "exists",
    "find",
    "findIndex",
    "findLast",
    "first",
    "get_object_or_404",
    "includes",
    "indexOf",
    "int",
    "isinstance",
    "islice",
    "latest",
    "len",
    "length",
    "max",
    "min",
    "next",
    "one",
    "one_or_none",
    "paginate",
    "pop",
    "rowCount",
    "rowcount",
    "scalar",
    "scalar_one",
    "scalar_one_or_none",
    "shift",
    "size",
    "some",
    "sum",
];

/// Parts of queries in whose arguments another query, or what it gave, only picks rows.
const CONDITIONS: &[&str] = &[
    "Case",
    "Exists",
    "Prefetch",
    "Q",
    "Subquery",
    "When",
    "alias",
    "and_",
    "andWhere",
    "annotate",
    "exclude",
    "filter",
    "filter_by",
    "having",
    "in_",
    "not_in",
    "notin_",
    "or_",
    "where",
    "whereIn",
    "whereNotIn",
];

/// Keys of objects that describe a query, under which stands what it picks rows by.
const CONDITION_KEYS: &[&str] = &["$in", "$nin", "in", "notIn", "where"];

/// Methods that put their argument into what they are called on.
pub(super) const ADDS: &[&str] = &[
    "add", "append", "concat", "extend", "insert", "push", "set", "unshift", "update",
];

/// Methods that put what they read into their arguments.
pub(super) const FILLS: &[&str] = &[
    "All",
    "Decode",
    "MapScan",
    "Scan",
    "SliceScan",
    "StructScan",
];

/// Functions that run a function over another argument.
const RUNS_OVER: &[&str] = &["each", "filter", "forEach", "map", "reduce", "sorted"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{go, javascript, python};

    fn call(tree: &Tree, name: &str) -> NodeId {
        let is_it = |id: &NodeId| {
            tree.node(*id).kind == Kind::Call
                && tree
                    .child(*id, Role::Callee)
                    .is_some_and(|callee| tree.text(callee) == name)
        };
        tree.ids().find(is_it).expect("a call of that name")
    }

    fn is_returned(tree: &Tree, from: NodeId) -> bool {
        let within = tree
            .ids()
            .find(|id| tree.node(*id).kind == Kind::Function)
            .expect("a function");
        uses(tree, from, within)
            .iter()
            .any(|one| tree.node(tree.node(one.top).parent).kind == Kind::Return)
    }

    #[test]
    fn a_list_is_followed_through_loops_lists_and_calls_to_what_is_returned() {
        for body in [
            "return fetch()",
            "rows = fetch()\n    return [f(r) for r in rows]",
            "rows = fetch()\n    out = []\n    for row in rows:\n        out.append(clean(row))\n    return {'rows': out}",
            "page = {}\n    page['rows'] = list(fetch())\n    return jsonify(page)",
            "answer = fetch()\n    return answer.get('rows')",
            "query = fetch()\n    return query.get()",
            "if rows := fetch():\n        return rows",
            "return send(rows := fetch())",
        ] {
            let tree = python::lower(&format!("def f():\n    {body}\n"), false);
            assert!(is_returned(&tree, call(&tree, "fetch")), "{body}");
        }
        let tree = javascript::lower(
            "function f() { const known = fetch(); return list({ where: { id: { in: known.map((k) => k.id) } } }) }",
            "a.js",
            false,
        );
        assert!(!is_returned(&tree, call(&tree, "fetch")));
        let tree = javascript::lower(
            "function f() { const names = fetch().map((r) => r.name); log(names); return other().map((r) => ({ ...r })) }",
            "a.js",
            false,
        );
        assert!(!is_returned(&tree, call(&tree, "fetch")));
        let tree = javascript::lower(
            "function f() { return fetch().then((rows) => rows.map((r) => r.id)) }",
            "a.js",
            false,
        );
        assert!(is_returned(&tree, call(&tree, "fetch")));
    }

    #[test]
    fn rows_that_are_read_into_arguments_are_followed() {
        let tree = go::lower(
            "package p\nfunc f() []Order {\n\trows, _ := fetch()\n\tvar all []Order\n\tfor rows.Next() {\n\t\tvar o Order\n\t\trows.Scan(&o.ID)\n\t\tall = append(all, o)\n\t}\n\treturn all\n}\n",
            false,
        );
        assert!(is_returned(&tree, call(&tree, "fetch")));
    }

    #[test]
    fn what_is_reduced_to_one_thing_is_not_followed() {
        for body in [
            "return len(fetch())",
            "rows = fetch()\n    return rows[0]",
            "n = fetch().count()\n    return n",
            "return fetch().filter(open=True).get(pk=1)",
            "return fetch().aggregate(n=Count())",
            "ids = fetch()\n    return Order.objects.filter(owner__in=ids)",
            "return Order.objects.annotate(n=Subquery(fetch()))",
            "if fetch():\n        return 1",
            "by_id = {r.id: r for r in fetch()}\n    return [by_id.get(o.owner) for o in known]",
            "by_id = {r.id: r for r in fetch()}\n    return [by_id[o.owner] for o in known]",
        ] {
            let tree = python::lower(&format!("def f():\n    {body}\n"), false);
            assert!(!is_returned(&tree, call(&tree, "fetch")), "{body}");
        }
    }

    #[test]
    fn aliases_are_the_names_that_hold_the_value_itself() {
        let tree = python::lower(
            "def f():\n    a = open(p)\n    b = a\n    b.read()\n    c = a.name\n    use(c)\n",
            false,
        );
        let within = tree
            .ids()
            .find(|id| tree.node(*id).kind == Kind::Function)
            .expect("a function");
        let names: Vec<&str> = aliases(&tree, call(&tree, "open"), within)
            .expect("plain names")
            .iter()
            .map(|id| tree.text(*id))
            .collect();
        assert_eq!(names, ["a", "b", "a"]);
        let tree = python::lower("def f(self):\n    self.a = open(p)\n", false);
        let within = tree
            .ids()
            .find(|id| tree.node(*id).kind == Kind::Function)
            .expect("a function");
        assert_eq!(aliases(&tree, call(&tree, "open"), within), None);
    }
}
