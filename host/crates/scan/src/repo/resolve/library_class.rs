//! Classes of the repository that are classes of a library: `class Cache(redis.Redis)`. Making one makes what the library's class makes.

use smallvec::SmallVec;

use super::member::is_marker;
use super::{MOST_ASKED, Value};
use crate::repo::facts::Fact;
use crate::repo::{FileId, Repo};

impl Repo {
    /// The library's class that `class` inherits from, the nearest of those that facts speak of, with what they say of making it.
    pub fn library_class(&self, file: FileId, class: u32) -> Option<(&str, &Fact)> {
        let mut asked = SmallVec::<[(FileId, u32); 4]>::new();
        self.library_above((file, class), &mut asked)
    }

    fn library_above<'r>(
        &'r self,
        (file, class): (FileId, u32),
        asked: &mut SmallVec<[(FileId, u32); 4]>,
    ) -> Option<(&'r str, &'r Fact)> {
        if asked.len() >= MOST_ASKED || asked.contains(&(file, class)) {
            return None;
        }
        asked.push((file, class));
        let bases = &self.file(file).index.classes[class as usize].bases;
        let mut values = bases.iter().flat_map(|base| self.meaning(file, *base));
        values.find_map(|value| match value {
            Value::Library(path) if !is_marker(path) => {
                self.facts.exactly(path).map(|fact| (&**path, fact))
            }
            Value::Class(file, at) => self.library_above((*file, *at), asked),
            _ => None,
        })
    }

    /// What facts say of the class of a library whose constructor `path` is, as a subclass calls it: `redis.Redis.__init__`, and `pg.Client()`
    /// of JavaScript's `super()`.
    pub fn made_by_subclass(&self, path: &str) -> Option<&Fact> {
        let class = path
            .strip_suffix(".__init__")
            .or_else(|| path.strip_suffix("()"))?;
        self.facts.exactly(class)
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::facts::effect_bit;
    use crate::repo::scratch::Scratch;
    use crate::tree::{Kind, Role};
    use perfctl_core::scale::Reach;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["redis.Redis", "pg.Client"]
verb = "construct"
[[fact]]
paths = ["redis.Redis.*", "redis.errors.*"]
kind = "cache"
flavour = "sync"
[[fact]]
paths = ["vectors.Store"]
kind = "db"
verb = "connect"
[[fact]]
paths = ["jobs.Worker"]
role = "worker"
[returns]
"redis.StrictRedis" = "redis.Redis"
"io()" = "io.Redis()"
"#;

    /// What the calls by the name `name` in the file at `path` call, with the word of the fact under `verb`.
    fn targets(scratch: &Scratch, path: &str, name: &str) -> Vec<(String, Option<String>)> {
        let view = &scratch.survey.view;
        let file = view.open(view.entry(path).expect("listed")).expect("read");
        let code = file.code().expect("code");
        let tree = &code.syntax.tree;
        let calls = tree.ids().filter(|id| {
            let callee = tree.child(*id, Role::Callee);
            tree.node(*id).kind == Kind::Call && callee.is_some_and(|it| tree.text(it) == name)
        });
        let of = |call| {
            let all = code.target(view, call);
            let all: Vec<String> = all.iter().map(|value| view.repo.describe(value)).collect();
            let verb = code
                .fact(view, call)
                .and_then(|(_, fact)| Some(fact.get("verb")?.to_owned()));
            (all.join(" "), verb)
        };
        calls.map(of).collect()
    }

    fn one(path: &str, verb: Option<&str>) -> Vec<(String, Option<String>)> {
        vec![(path.to_owned(), verb.map(str::to_owned))]
    }

    #[test]
    fn making_a_subclass_makes_what_the_class_of_the_library_makes() {
        let text = "import redis, abc, vectors\nclass Own(redis.StrictRedis):\n    def __init__(self, host):\n        super().__init__(host=host)\n    def get(self, key):\n        return super().get(key)\nclass Bare(Own, abc.ABC): pass\nclass Lost(redis.errors.Gone): pass\nclass Plain: pass\nclass Kept(vectors.Store):\n    def __init__(self): pass\ndef run():\n    own = Own('h')\n    own.get('k')\n    own.set('k', 1)\n    Bare().mget()\n    Lost()\n    Plain()\ndef keep(): Kept()\n";
        let scratch = Scratch::new(FACTS, &[("a.py", text)]);
        let asked = |name: &str| targets(&scratch, "a.py", name);
        assert_eq!(asked("Own"), one("a.py:Own redis.Redis", Some("construct")));
        assert_eq!(
            asked("Bare"),
            one("a.py:Bare redis.Redis", Some("construct"))
        );
        // What is said of all that a module holds is not said of what its classes are made of.
        assert_eq!(asked("Lost"), one("a.py:Lost", None));
        assert_eq!(asked("Plain"), one("a.py:Plain", None));
        assert_eq!(scratch.called("a.py", "set"), ["redis.Redis.set"]);
        assert_eq!(scratch.called("a.py", "mget"), ["redis.Redis.mget"]);
        assert_eq!(
            scratch.called("a.py", "get"),
            ["redis.Redis.get", "a.py:Own.get"]
        );
        let graph = &scratch.survey.view.graph;
        let does = |symbol: &str, effect: &str| {
            let bit = effect_bit(effect).expect("an effect");
            graph.effects(scratch.function("a.py", symbol)).all & bit != 0
        };
        // Commands of a client are not run by making it.
        assert!(does("Own.get", "cache") && !does("Own.__init__", "cache"));
        assert!(does("keep", "db-connect") && !does("run", "db-connect"));
    }

    #[test]
    fn a_class_of_javascript_is_what_it_extends() {
        let text = "const { Client } = require('pg');\nconst Redis = require('io');\nclass Db extends Client {\n  constructor(o) { super(o); }\n}\nclass Cache extends Redis {}\nnew Db({}).query('a');\nnew Cache().ask('a');\n";
        let scratch = Scratch::new(FACTS, &[("a.js", text)]);
        assert_eq!(
            targets(&scratch, "a.js", "Db"),
            one("a.js:Db pg.Client", Some("construct"))
        );
        assert_eq!(scratch.called("a.js", "query"), ["pg.Client.query"]);
        assert_eq!(scratch.called("a.js", "ask"), ["io.Redis.ask"]);
    }

    #[test]
    fn what_the_constructor_of_a_library_takes_it_takes_of_a_subclass() {
        let text = "const { Worker } = require('jobs');\nasync function ship(job) {}\nasync function other(job) {}\nclass Ships extends Worker {\n  constructor() { super('ships', ship); }\n}\nclass Mails extends Worker {}\nclass Others extends Worker {\n  constructor(f) { super('others', null); }\n}\nnew Ships();\nnew Mails('mails', async function mail(job) {});\nnew Others(other);\n";
        let python = "import jobs\ndef ship(job): pass\nclass Ships(jobs.Worker):\n    def __init__(self):\n        super().__init__('ships', ship)\n";
        let scratch = Scratch::new(FACTS, &[("a.js", text), ("a.py", python)]);
        let graph = &scratch.survey.view.graph;
        let reach = |path: &str, symbol: &str| graph.reach(scratch.function(path, symbol));
        assert_eq!(reach("a.js", "ship"), Reach::Worker);
        assert_eq!(reach("a.js", "mail"), Reach::Worker);
        assert_ne!(reach("a.js", "other"), Reach::Worker);
        assert_eq!(reach("a.py", "ship"), Reach::Worker);
    }

    #[test]
    fn of_several_classes_of_libraries_the_one_that_has_a_method_is_asked() {
        let text = "import mixins, redis\nclass Own(mixins.Named, redis.Redis): pass\nOwn().get('k')\nOwn().name()\nclass Same(mixins.Named, mixins.Other): pass\nSame().first()\n";
        let facts = FACTS.replace("redis.Redis.*", "redis.Redis.get");
        let scratch = Scratch::new(&facts, &[("a.py", text)]);
        assert_eq!(scratch.called("a.py", "get"), ["redis.Redis.get"]);
        assert_eq!(scratch.called("a.py", "name"), ["mixins.Named.name"]);
        assert_eq!(scratch.called("a.py", "first"), ["mixins.Named.first"]);
    }
}
