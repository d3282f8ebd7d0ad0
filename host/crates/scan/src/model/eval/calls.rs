//! What calls give, as far as the call itself tells.

use smallvec::smallvec;

use super::super::path::{Alternatives, Link, PathId};
use super::results::{Given, Origin};
use super::tables::is_class_name;
use super::{Evaluator, unknown};
use crate::lower::Language;
use crate::tree::{Kind, NodeId, Role, Tree};

/// Among how many arguments of a call a class is looked for.
const MOST_CLASS_ARGUMENTS: usize = 3;

impl Evaluator<'_> {
    pub(super) fn call(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let Some(callee) = tree.child(id, Role::Callee) else {
            return unknown();
        };
        let first = tree.child(id, Role::Arg);
        if self.language == Language::Go
            && let Some(all) = self.built_in(callee, first)
        {
            return all;
        }
        if tree.node(callee).kind == Kind::Name {
            match (tree.text(callee), first) {
                ("require" | "import", Some(arg)) if self.language.is_javascript() => {
                    if tree.node(arg).kind == Kind::Str {
                        return smallvec![self.paths.root(Link::Module(tree.node(arg).atom))];
                    }
                    if let Some(pattern) = self.folder(arg) {
                        return smallvec![self.paths.folder(&pattern)];
                    }
                }
                ("super", None) if self.language == Language::Python => return self.this(id, true),
                ("getattr", Some(base)) if self.language == Language::Python => {
                    if let Some(all) = self.attribute_named(id, callee, base) {
                        return all;
                    }
                }
                _ => {}
            }
        }
        // `cast(T, x)` is an instance of T whatever x is.
        if tree.text(callee) == "cast"
            && self.language == Language::Python
            && let Some(kind) = first
        {
            return self.instance_of(kind);
        }
        if let Some(all) = self.handed_back(id, callee) {
            return all;
        }
        if let Some(all) = first.and_then(|first| self.table_made(callee, first)) {
            return all;
        }
        let link = match first {
            Some(arg) if tree.node(arg).kind == Kind::Str && is_plain(tree.text(arg)) => {
                Link::CallWith(tree.node(arg).atom)
            }
            _ => Link::Call,
        };
        let bases = self.value(callee);
        let link = match self.class_argument(id, &bases) {
            Some((class, at)) => Link::CallOf(class, at),
            None => link,
        };
        self.join_all(&bases, link)
    }

    /// The class among the arguments of a call of what may be a function of the repository, which may give an instance of it:
    /// `validate(Order, body)`.
    fn class_argument(&mut self, call: NodeId, callees: &[PathId]) -> Option<(PathId, u8)> {
        let tree = self.tree;
        let mut arguments = tree
            .children(call)
            .filter(|child| tree.node(*child).role == Role::Arg)
            .take(MOST_CLASS_ARGUMENTS)
            .enumerate();
        let (at, class) = arguments.find(|(_, argument)| {
            matches!(tree.node(*argument).kind, Kind::Name | Kind::Attr)
                && is_class_name(tree.text(*argument))
        })?;
        if self.language == Language::Go || !callees.iter().any(|path| self.may_be_own(*path)) {
            return None;
        }
        let [path] = self.value(class)[..] else {
            return None;
        };
        let mut link = path;
        while let Link::Attr(_) = self.paths.last(link) {
            link = self.paths.base(link);
        }
        let is_plain =
            link != path && matches!(self.paths.last(link), Link::Module(_) | Link::Here);
        Some((path, u8::try_from(at).ok()?)).filter(|_| is_plain)
    }

    /// Whether a path may lead to a function of the repository, as far as the file and the names of libraries tell.
    fn may_be_own(&self, path: PathId) -> bool {
        match self.paths.first(path) {
            Link::Module(name) => !self.results.is_library(self.tree.str(name)),
            Link::Here | Link::Node(_) | Link::Param(_) | Link::Object(_) => true,
            _ => false,
        }
    }

    /// `getattr(self.client, "get")`, where the name is written out.
    fn attribute_named(
        &mut self,
        call: NodeId,
        callee: NodeId,
        base: NodeId,
    ) -> Option<Alternatives> {
        let tree = self.tree;
        let name = argument(tree, call, 1).filter(|name| tree.node(*name).kind == Kind::Str)?;
        let text = tree.text(name);
        let is_name = text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_own = self
            .value(callee)
            .iter()
            .any(|path| !matches!(self.paths.last(*path), Link::Builtin(_)));
        if !is_name || is_own {
            return None;
        }
        let all = self.value(base);
        Some(self.join_all(&all, Link::Attr(tree.node(name).atom)))
    }

    /// What a call gives that hands on what it is given, or what comes of running it: `to_thread(load)` gives what `load` does, and so
    /// does calling `list.bind(this)`.
    fn handed_back(&mut self, call: NodeId, callee: NodeId) -> Option<Alternatives> {
        let tree = self.tree;
        let name = tree.text(callee);
        if name == "bind" && self.language.is_javascript() {
            let function = tree.child(callee, Role::Value)?;
            let is_named = matches!(tree.node(function).kind, Kind::Name | Kind::Attr);
            let all = is_named.then(|| self.value(function))?;
            return self.says_something(&all).then_some(all);
        }
        // `sync_to_async(load)(key)`: what is called is not `load` itself, which runs in a thread.
        if tree.node(callee).kind == Kind::Call {
            let wrapper = tree.child(callee, Role::Callee)?;
            let Some(Given::Wrapped(at)) = self.given(wrapper) else {
                return None;
            };
            let function = argument(tree, callee, at)?;
            let all = self.value(function);
            let all = self.join_all(&all, Link::Call);
            return self.says_something(&all).then_some(all);
        }
        let given = self.given(callee)?;
        let callees = self.value(callee);
        // A function of the file that is called so is followed itself.
        let is_own = |path: &PathId| {
            tree.node(callee).kind == Kind::Name
                && matches!(self.paths.first(*path), Link::Here | Link::Node(_))
        };
        if callees.iter().any(is_own) {
            return None;
        }
        let all = match given {
            Given::Argument(at) => self.value(argument(tree, call, at)?),
            Given::ResultOf(at) => {
                let all = self.value(argument(tree, call, at)?);
                self.join_all(&all, Link::Call)
            }
            Given::Wrapped(_) | Given::Each => return None,
        };
        self.says_something(&all).then_some(all)
    }

    /// What facts say that calls of `callee` give, where they say it of all that it may be.
    fn given(&mut self, callee: NodeId) -> Option<Given> {
        let name = self.tree.text(callee);
        if !self.results.knows(name) {
            return None;
        }
        let callees = self.value(callee);
        let mut all = callees
            .iter()
            .map(|path| self.results.of(name, &self.origin(*path)));
        let first = all.next()??;
        all.all(|given| given == Some(first)).then_some(first)
    }

    /// Where what a path leads to comes from.
    fn origin(&self, path: PathId) -> Origin {
        let tree = self.tree;
        let mut names = Vec::new();
        let (mut at, mut is_plain) = (path, true);
        let module = loop {
            let base = self.paths.base(at);
            match self.paths.last(at) {
                Link::Module(module) => break tree.str(module),
                // What nothing in the file binds may come from `import *`, unless something is read from it.
                Link::Builtin(name) if at != path => {
                    names.push(tree.str(name));
                    break match self.language {
                        Language::Python => "builtins",
                        Language::Go => "builtin",
                        _ => "global",
                    };
                }
                Link::Attr(name) => names.push(tree.str(name)),
                _ if base == PathId::UNKNOWN => return Origin::Unknown,
                _ => is_plain = false,
            }
            if base == PathId::UNKNOWN {
                return Origin::Unknown;
            }
            at = base;
        };
        if module.starts_with(['.', '/']) {
            return Origin::Unknown;
        }
        let module = module.strip_prefix("node:").unwrap_or(module);
        if !is_plain {
            return Origin::Within(module.to_owned());
        }
        // The default import of a library is the library.
        if self.language.is_javascript() && names.last() == Some(&"default") {
            names.pop();
        }
        names.push(module);
        names.reverse();
        Origin::Path(names.join("."))
    }

    fn says_something(&self, all: &[PathId]) -> bool {
        all.iter()
            .any(|path| !matches!(self.paths.first(*path), Link::Unknown | Link::Literal(_)))
    }

    /// The expression whose result stands at position `at` of what a call gives that waits for all that it is handed:
    /// `gather(a(), b())`, `Promise.all([a(), b()])`.
    pub(super) fn gathered(&mut self, value: NodeId, at: usize) -> Option<NodeId> {
        let tree = self.tree;
        let mut call = value;
        while tree.node(call).kind == Kind::Await {
            call = tree.child(call, Role::Value)?;
        }
        let callee = tree
            .child(call, Role::Callee)
            .filter(|_| tree.node(call).kind == Kind::Call)?;
        if self.given(callee) != Some(Given::Each) {
            return None;
        }
        let first = tree.child(call, Role::Arg)?;
        let mut handed = match tree.node(first).kind {
            Kind::List => tree.children(first).take(at + 1).collect::<Vec<_>>(),
            _ => tree
                .children(call)
                .filter(|child| tree.node(*child).role == Role::Arg)
                .take(at + 1)
                .collect(),
        };
        let is_hidden = handed
            .iter()
            .any(|one| matches!(tree.node(*one).kind, Kind::Spread | Kind::KwArg));
        (handed.len() > at && !is_hidden)
            .then(|| handed.pop())
            .flatten()
    }
}

/// The argument of a call at a position, where it stands there by itself.
fn argument(tree: &Tree, call: NodeId, at: usize) -> Option<NodeId> {
    let mut all = tree
        .children(call)
        .filter(|child| tree.node(*child).role == Role::Arg);
    all.nth(at)
        .filter(|arg| !matches!(tree.node(*arg).kind, Kind::KwArg | Kind::Spread))
}

/// Whether a string may stand in a path: short, and free of what would end it.
fn is_plain(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'/' | b':' | b'.' | b'@')
        })
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["asyncio.to_thread"]
result_of = "1"
[[fact]]
paths = ["asyncio.AbstractEventLoop.run_in_executor"]
result_of = "2"
[[fact]]
paths = ["functools.partial"]
stands_for = "1"
[[fact]]
paths = ["asgiref.sync.sync_to_async"]
wraps = "1"
[[fact]]
paths = ["asyncio.gather", "global.Promise.all"]
gives_each = "true"
"#;

    #[test]
    fn a_call_that_hands_a_function_on_gives_what_the_function_does() {
        let text = "import asyncio, psycopg2\nfrom asgiref.sync import sync_to_async\nfrom functools import partial\nclass C:\n    def ask(self): pass\ndef load(): return C()\nasync def f(self):\n    a = await asyncio.to_thread(load)\n    a.ask()\n    b = await self.loop.run_in_executor(None, partial(load, 1))\n    b.ask()\n    c = await sync_to_async(psycopg2.connect)()\n    c.cursor()\n    d = await asyncio.to_thread(lambda: C())\n    d.ask()\n";
        let scratch = Scratch::new(FACTS, &[("a.py", text)]);
        assert_eq!(scratch.called("a.py", "ask"), ["a.py:C.ask"; 3]);
        assert_eq!(
            scratch.called("a.py", "cursor"),
            ["psycopg2.connect().cursor"]
        );
    }

    #[test]
    fn what_one_library_hands_back_says_nothing_of_others_that_have_the_name() {
        let acme = "[[fact]]\npaths = [\"acme_http.from_url\"]\nstands_for = \"1\"\n[[fact]]\npaths = [\"redis.Redis.from_url\"]\nkind = \"cache\"\n";
        let text = "import acme_http, redis\nfrom settings import url, make\nacme_http.from_url(make).a()\nredis.Redis.from_url(url).b()\nredis.Redis().from_url(url).c()\ndef f(cls):\n    cls.from_url(url).d()\nclass C:\n    def __init__(self): self.r = redis.Redis()\n    def g(self): self.r.from_url(url).e()\n";
        let scratch = Scratch::new(&format!("{FACTS}{acme}"), &[("a.py", text)]);
        let called = |name: &str| scratch.called("a.py", name);
        assert_eq!(called("a"), ["settings.make.a"]);
        assert_eq!(called("b"), ["redis.Redis.from_url().b"]);
        assert_eq!(called("c"), ["redis.Redis.from_url().c"]);
        assert!(called("d").is_empty(), "{:?}", called("d"));
        assert_eq!(called("e"), ["redis.Redis.from_url().e"]);
    }

    #[test]
    fn what_a_thread_is_made_to_call_is_not_called_here() {
        let text = "from asgiref.sync import sync_to_async\ndef load(): pass\nlater = sync_to_async(load)\nasync def f():\n    await later()\n    await sync_to_async(load)()\n";
        let scratch = Scratch::new(FACTS, &[("a.py", text)]);
        let graph = &scratch.survey.view.graph;
        let load = scratch.function("a.py", "load");
        assert!(graph.callers(load).is_empty());
    }

    #[test]
    fn a_function_of_the_file_that_is_called_so_is_followed_itself() {
        let text = "import redis\ndef to_thread(f): return redis.Redis()\ndef load(): return 1\nto_thread(load).ask()\n";
        let scratch = Scratch::new(FACTS, &[("a.py", text)]);
        assert_eq!(scratch.called("a.py", "ask"), ["redis.Redis.ask"]);
    }

    #[test]
    fn each_of_the_results_that_are_waited_for_together_is_known() {
        let python = "import asyncio, redis, httpx\nasync def f(many):\n    a, b = await asyncio.gather(redis.one(), httpx.two())\n    b.ask()\n    c, d = await asyncio.gather(*many, httpx.two())\n    d.none()\n";
        let javascript = "const { one, two } = require('pg')\nasync function f() {\n  const [a, b] = await Promise.all([one(), two()])\n  b.ask()\n}\n";
        let scratch = Scratch::new(FACTS, &[("a.py", python), ("a.js", javascript)]);
        assert_eq!(scratch.called("a.py", "ask"), ["httpx.two().ask"]);
        assert_eq!(scratch.called("a.py", "none"), ["asyncio.gather()[].none"]);
        assert_eq!(scratch.called("a.js", "ask"), ["pg.two().ask"]);
    }

    #[test]
    fn a_bound_function_is_the_function() {
        let text = "const db = require('pg')\nclass C {\n  list() {}\n}\nconst c = new C()\nconst list = c.list.bind(c)\nlist()\ndb.prepare('x').bind(1).all()\n";
        let scratch = Scratch::new(FACTS, &[("a.js", text)]);
        assert_eq!(scratch.called("a.js", "list"), ["a.js:C.list"]);
        assert_eq!(scratch.called("a.js", "all"), ["pg.prepare().bind().all"]);
    }
}
