//! Several values at once: `return connection, cursor` here is `self.connection, self.cursor = connect()` there.

use smallvec::smallvec;

use super::super::path::{Alternatives, Link};
use super::{Evaluator, is_followed, unknown};
use crate::lower::Language;
use crate::model::place::Place;
use crate::tree::{Flags, Kind, NodeId, Role};

/// The most items of a tuple that are told apart.
const MOST: usize = 8;

impl Evaluator<'_> {
    /// Whether a list is what a Python function returns or yields, as several values that can be followed.
    pub(in crate::model) fn is_returned_tuple(&self, id: NodeId) -> bool {
        let tree = self.tree;
        self.language == Language::Python
            && tree.node(id).flags.has(Flags::TUPLE)
            && matches!(
                tree.node(tree.node(id).parent).kind,
                Kind::Return | Kind::Yield
            )
            && tree.children(id).count() <= MOST
            && tree
                .children(id)
                .any(|item| is_followed(tree.node(item).kind))
    }

    /// What a function gives that returns or yields `value`.
    pub(in crate::model) fn returned(&mut self, value: NodeId) -> Alternatives {
        let tree = self.tree;
        if self.is_returned_tuple(value) {
            return smallvec![self.paths.root(Link::Object(value))];
        }
        match tree.node(value).kind {
            // Go's results come in a fixed order, the one that matters first.
            Kind::List if self.language == Language::Go => {
                let first = tree.children(value).next().unwrap_or(value);
                self.value(first)
            }
            _ => self.value(value),
        }
    }

    /// What an assignment gives the target at a place.
    pub(in crate::model) fn unpacked(&mut self, node: NodeId, place: Place) -> Alternatives {
        let tree = self.tree;
        let Some(value) = tree.child(node, Role::Value) else {
            return match tree.child(node, Role::Type) {
                Some(kind) if self.language == Language::Go => self.instance_of(kind),
                _ => unknown(),
            };
        };
        if tree.node(value).kind == Kind::List {
            return match place.of(tree, value) {
                Some(item) => self.value(item),
                None => unknown(),
            };
        }
        if let Place::FromStart(at) = place
            && let Some(one) = self.gathered(value, usize::from(at))
        {
            return self.value(one);
        }
        let all = self.value(value);
        match (self.language, place) {
            // Go's results come in a fixed order, the one that matters first and the error last.
            (Language::Go, Place::FromStart(0)) => all,
            (Language::Go, _) => unknown(),
            (Language::Python, Place::FromStart(at)) => self.join_all(&all, Link::Item(at)),
            // How many there are only the function knows that gives them: any of them.
            _ => self.join_all(&all, Link::Element),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    const FACTS: &str = "schema = \"perfctl.facts/1\"\n[returns]\n\"pg.pair()[]\" = \"pg.One()\"\n";

    #[test]
    fn behind_a_star_positions_are_counted_from_the_end() {
        let db = "import pg\ndef make():\n    return pg.one(), pg.two()\ndef more():\n    return *pg.rest(), pg.one()\n";
        let app = "import pg\nfrom db import make, more\n*x, y = pg.a(), pg.b(), pg.c()\ny.last()\nf, *x, z = pg.a(), pg.b(), pg.c()\nf.first()\nz.end()\n*x, u = make()\nu.any()\ng, h = more()\nh.none()\n*x, v = pg.a(), *pg.rest()\nv.none()\np, q = *pg.rest(), pg.b()\nq.none()\nclass A:\n    def __init__(self):\n        *self.x, self.y = pg.a(), pg.b(), pg.c()\n        self.y.put()\n";
        let scratch = Scratch::new(FACTS, &[("db.py", db), ("app.py", app)]);
        let called = |name: &str| scratch.called("app.py", name);
        assert_eq!(called("last"), ["pg.c().last"]);
        assert_eq!(called("first"), ["pg.a().first"]);
        assert_eq!(called("end"), ["pg.c().end"]);
        let mut any = called("any");
        any.sort();
        assert_eq!(any, ["pg.one().any", "pg.two().any"]);
        assert!(called("none").is_empty(), "{:?}", called("none"));
        assert_eq!(called("put"), ["pg.c().put"]);
    }

    #[test]
    fn of_very_many_targets_the_first_are_told_apart() {
        let targets = "n,".repeat(1 << 16);
        let attributes = "self.x,".repeat(66_000);
        let text = format!(
            "import pg\nclass A:\n    def __init__(self):\n        self.first, {attributes} = pg.pair()\n        self.first.ask()\n{targets} late = pg.pair()\nlate.none()\n"
        );
        let scratch = Scratch::new(FACTS, &[("a.py", text.as_str())]);
        assert_eq!(scratch.called("a.py", "ask"), ["pg.One.ask"]);
        assert!(scratch.called("a.py", "none").is_empty());
    }

    #[test]
    fn each_of_the_values_that_a_function_returns_goes_to_its_own_name() {
        let db = "import pg\ndef connect():\n    try:\n        c = pg.connect()\n        return c, c.cursor(), 1\n    except pg.Error:\n        return None\n";
        let app = "import pg\nfrom db import connect\nclass A:\n    def __init__(self):\n        self.c, self.cur, self.n = connect()\n        self.one, _ = pg.pair()\n    def run(self):\n        self.c.commit()\n        self.cur.execute()\n        self.one.first()\n        con, cur, n = connect()\n        cur.fetch()\n        n.none()\n";
        let scratch = Scratch::new(FACTS, &[("db.py", db), ("app.py", app)]);
        let called = |name: &str| scratch.called("app.py", name);
        assert_eq!(called("commit"), ["pg.connect().commit"]);
        assert_eq!(called("execute"), ["pg.connect().cursor().execute"]);
        assert_eq!(called("fetch"), ["pg.connect().cursor().fetch"]);
        assert_eq!(called("first"), ["pg.One.first"]);
        assert!(called("none").is_empty());
    }
}
