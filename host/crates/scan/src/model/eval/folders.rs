//! Modules that are loaded by names made at run time: `require("./routes/" + name)` may be any file of that directory.

use super::Evaluator;
use crate::model::scope::{Means, ScopeId};
use crate::tree::{Kind, NodeId, Role};

/// How many parts a name is put together from, one within the other, at most.
const DEEPEST: u8 = 8;

/// How many parts one name is put together from at most, and how many bytes it has: a few names of a hundred parts each, one within the
/// other, would make one that no memory holds.
const LONGEST: (usize, usize) = (64, 512);

/// A name while it is put together.
#[derive(Default)]
struct Spelling {
    text: String,
    parts: usize,
    is_too_long: bool,
}

impl Spelling {
    /// Adds what is written, as long as there is room.
    fn add(&mut self, text: &str) {
        self.is_too_long |= self.text.len() + text.len() > LONGEST.1;
        if !self.is_too_long {
            self.text.push_str(text);
        }
    }

    /// Adds what is not known, of which two beside each other say no more than one.
    fn hole(&mut self) {
        if !self.text.ends_with('*') {
            self.add("*");
        }
    }

    /// The whole name; nothing where it is longer than any that is followed, since its end may say anything.
    fn whole(self) -> Option<String> {
        (!self.is_too_long).then_some(self.text)
    }
}

impl Evaluator<'_> {
    /// The modules that a text may name which is put together at run time, relative to the file, with `*` for what is not known;
    /// `None` where the directory is not known either.
    pub(in crate::model) fn folder(&self, text: NodeId) -> Option<String> {
        if !matches!(
            self.tree.node(text).kind,
            Kind::Binary | Kind::Template | Kind::Call | Kind::Name
        ) {
            return None;
        }
        let pattern = self.spelled(text)?;
        let (directory, _) = pattern.split_once('*')?;
        let is_told = directory.starts_with("./") || directory.starts_with("../");
        (is_told && !directory.contains("{}")).then_some(pattern)
    }

    /// The file that a text names which is put together from what is written, relative to the one it stands in:
    /// `path.join(__dirname, "worker.js")`.
    pub(in crate::model) fn file_named(&self, text: NodeId) -> Option<String> {
        let path = self.spelled(text)?;
        let is_told = path.starts_with("./") || path.starts_with("../");
        (is_told && !path.contains(['*', '|', '(', '['])).then_some(path)
    }

    fn spelled(&self, text: NodeId) -> Option<String> {
        let mut spelling = Spelling::default();
        self.spell(text, 0, &mut spelling);
        spelling.whole()
    }

    fn spell(&self, text: NodeId, depth: u8, into: &mut Spelling) {
        let tree = self.tree;
        let node = tree.node(text);
        into.parts += 1;
        into.is_too_long |= into.parts > LONGEST.0;
        match node.kind {
            _ if into.is_too_long => {}
            _ if depth >= DEEPEST => into.hole(),
            Kind::Str => into.add(tree.text(text)),
            Kind::Template => {
                let mut pieces = tree.text(text).split("{}");
                into.add(pieces.next().unwrap_or_default());
                for (piece, part) in pieces.zip(tree.children(text)) {
                    if into.is_too_long {
                        break;
                    }
                    self.spell(part, depth + 1, into);
                    into.add(piece);
                }
            }
            Kind::Binary if tree.text(text) == "+" => {
                for part in tree.children(text) {
                    self.spell(part, depth + 1, into);
                }
            }
            // `path.join(__dirname, "routes", name)`
            Kind::Call if self.joins(text) => {
                let parts = tree
                    .children(text)
                    .filter(|child| tree.node(*child).role == Role::Arg);
                for (at, part) in parts.enumerate() {
                    if into.is_too_long {
                        break;
                    }
                    if at > 0 {
                        into.add("/");
                    }
                    self.spell(part, depth + 1, into);
                }
            }
            Kind::Name if tree.text(text) == "__dirname" => into.add("."),
            Kind::Name => match self.only_value(text) {
                Some(value) => self.spell(value, depth + 1, into),
                None => into.hole(),
            },
            _ => into.hole(),
        }
    }

    fn joins(&self, call: NodeId) -> bool {
        let callee = self.tree.child(call, Role::Callee);
        callee.is_some_and(|callee| matches!(self.tree.text(callee), "join" | "resolve"))
    }

    /// What a name of the file's top level is given once, or by its only assignment.
    fn only_value(&self, name: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        let scopes = [self.scopes.of(name), ScopeId(0)];
        let bindings = scopes
            .into_iter()
            .map(|scope| self.scopes.bindings(scope, tree.node(name).atom))
            .find(|bindings| !bindings.is_empty())?;
        match bindings {
            [one] if one.means == Means::Assign => tree.child(one.node, Role::Value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use perfctl_core::scale::Reach;

    use crate::repo::callgraph::Manner;
    use crate::repo::scratch::Scratch;

    const FACTS: &str = "schema = \"perfctl.facts/1\"\n";

    #[test]
    fn what_is_loaded_by_a_name_made_at_run_time_is_every_file_of_that_directory() {
        let route = "module.exports = function route(app) { app.ask() }\n";
        for name in [
            "'./routes/' + name",
            "`./routes/${name}`",
            "`${__dirname}/routes/${name}.js`",
            "__dirname + '/routes/' + name",
            "path.join(__dirname, 'routes', name)",
            "path.join(dir, name)",
        ] {
            let app = format!(
                "const path = require('path')\nconst dir = path.join(__dirname, 'routes')\nconst db = require('pg')\nfor (const name of names()) {{ require({name})(db.one()) }}\n"
            );
            let files = [
                ("app.js", app.as_str()),
                ("routes/a.js", route),
                ("routes/b.js", route),
                ("routes/c/index.js", route),
                ("routes/c/inner.js", route),
                ("other/d.js", route),
            ];
            let scratch = Scratch::new(FACTS, &files);
            let graph = &scratch.survey.view.graph;
            let callers = |path: &str| {
                let function = scratch.function(path, "exports");
                let callers = graph.callers(function).iter();
                callers
                    .filter(|(_, edge)| edge.manner == Manner::Called)
                    .count()
            };
            let is_directory = !name.contains(".js");
            assert_eq!(callers("routes/a.js"), 1, "{name}");
            assert_eq!(callers("routes/b.js"), 1, "{name}");
            assert_eq!(
                callers("routes/c/index.js"),
                usize::from(is_directory),
                "{name}"
            );
            assert_eq!(
                callers("routes/c/inner.js") + callers("other/d.js"),
                0,
                "{name}"
            );
            assert_eq!(
                scratch.called("routes/b.js", "ask"),
                ["pg.one().ask"],
                "{name}"
            );
        }
    }

    #[test]
    fn each_of_many_files_of_such_a_directory_has_its_own_of_what_is_asked() {
        let app = "function show(name, db) { require('./routes/' + name).handle(db).send() }\n";
        let route =
            "export function handle(db) { return new Sender(db) }\nclass Sender { send() {} }\n";
        let paths: Vec<String> = (0..6).map(|at| format!("routes/r{at}.js")).collect();
        let mut files = vec![("app.js", app)];
        files.extend(paths.iter().map(|path| (path.as_str(), route)));
        let scratch = Scratch::new(FACTS, &files);
        let expected = |symbol: &str| {
            paths
                .iter()
                .map(|path| format!("{path}:{symbol}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(scratch.called("app.js", "handle"), expected("handle"));
        assert_eq!(scratch.called("app.js", "send"), expected("Sender.send"));
    }

    #[test]
    fn a_file_that_is_named_to_a_queue_runs_as_its_worker() {
        let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"bull.process\"]\nrole = \"worker\"\ntakes_function = \"later\"\n";
        for name in [
            "path.resolve(__dirname, 'visit.js')",
            "'./visit'",
            "__dirname + '/visit.js'",
        ] {
            let app = format!("const bull = require('bull')\nbull.process(1, {name})\n");
            let files = [
                ("q/app.js", app.as_str()),
                ("q/visit.js", "module.exports = function (job) {}\n"),
            ];
            let scratch = Scratch::new(facts, &files);
            let graph = &scratch.survey.view.graph;
            let reach = graph.reach(scratch.function("q/visit.js", "exports"));
            assert_eq!(reach, Reach::Worker, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_put_together_from_very_much_loads_nothing_at_once() {
        let joined = |of: &str, count: usize| format!("path.join({})", vec![of; count].join(","));
        let app = |count: usize| {
            let steps = [("c", "d"), ("b", "c"), ("a", "b")];
            let steps = steps.map(|(name, of)| format!("const {name} = {}\n", joined(of, count)));
            format!(
                "const path = require('path')\nconst d = './x'\n{}require({} + name)()\nrequire({})()\nqueue.process({})\n",
                steps.concat(),
                joined("a", count),
                joined("a", count),
                joined("a", count)
            )
        };
        // Spelled out it would be longer than all the memory there is: 400 to the power of four.
        let long = app(400);
        let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"bull.process\"]\nrole = \"worker\"\ntakes_function = \"later\"\n";
        let files = [
            ("app.js", long.as_str()),
            ("x/y.js", "module.exports = function y() {}\n"),
        ];
        let scratch = Scratch::new(facts, &files);
        let graph = &scratch.survey.view.graph;
        assert!(
            graph
                .callers(scratch.function("x/y.js", "exports"))
                .is_empty()
        );
        let few = "const path = require('path')\nrequire(path.join(__dirname, 'x', name))()\n";
        let files = [("app.js", few), files[1]];
        let scratch = Scratch::new(facts, &files);
        let graph = &scratch.survey.view.graph;
        assert!(
            !graph
                .callers(scratch.function("x/y.js", "exports"))
                .is_empty()
        );
    }

    #[test]
    fn a_name_of_which_nothing_is_known_loads_nothing() {
        for name in [
            "name",
            "name + '/x'",
            "`${name}/x`",
            "'./' + a() + b.c",
            "'pkg/' + name",
        ] {
            let app = format!("function f(name) {{ require({name})() }}\n");
            let files = [
                ("src/app.js", app.as_str()),
                ("src/x/y.js", "module.exports = function y() {}\n"),
            ];
            let scratch = Scratch::new(FACTS, &files);
            let graph = &scratch.survey.view.graph;
            let function = scratch.function("src/x/y.js", "exports");
            assert!(graph.callers(function).is_empty(), "{name}");
        }
    }
}
