//! Attributes that are put on objects from outside.

use std::sync::atomic::Ordering;

use super::{DEEPEST, MOST_ALTERNATIVES, Meanings, Value, instance_class};
use crate::repo::Repo;

impl Repo {
    /// What the repository puts on `owner` as `name`; nothing where facts know what the library itself has there.
    pub(super) fn put_on(&self, owner: &Value, name: &str, depth: u8) -> Option<Meanings> {
        if !self.put.has(name) || depth >= DEEPEST {
            return None;
        }
        if let Value::Library(path) = owner {
            let class = instance_class(path).unwrap_or(path);
            let text = format!("{class}.{name}");
            if self.facts.rewrite(&text).is_some() || self.facts.get(&text).is_some() {
                return None;
            }
        }
        if !self.is_linked {
            self.needs_links.store(true, Ordering::Relaxed);
            return None;
        }
        let mut all = Meanings::new();
        for (file, text) in self.put.on(owner, name) {
            for value in self.meaning_at(*file, *text, depth + 1) {
                if !matches!(value, Value::Unknown | Value::Param(..)) && !all.contains(value) {
                    all.push(value.clone());
                }
            }
        }
        (!all.is_empty() && all.len() <= MOST_ALTERNATIVES).then_some(all)
    }

    /// What `owner` has as `name` by itself, else what is put there from outside.
    pub(super) fn known_or_put(
        &self,
        found: Meanings,
        owner: &Value,
        name: &str,
        depth: u8,
    ) -> Meanings {
        // Of what a class takes over from a library it is not known whether it is there.
        match found.as_slice() {
            [Value::Unknown | Value::Library(_)] => {
                self.put_on(owner, name, depth).unwrap_or(found)
            }
            _ => found,
        }
    }

    /// The object that holds what every file of JavaScript sees, where the repository puts `name` on it.
    pub(super) fn global_with(&self, name: &str) -> Option<Value> {
        let owners = ["global.global", "global.globalThis", "global.window"];
        let mut owners = owners.map(|owner| Value::Library(owner.into())).into_iter();
        if !self.put.has(name) {
            return None;
        }
        if !self.is_linked {
            self.needs_links.store(true, Ordering::Relaxed);
            return None;
        }
        owners.find(|owner| !self.put.on(owner, name).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["redis.Redis.get", "redis.createClient().get", "asgi.App.router"]
kind = "cache"
[returns]
"asgi.Request.app" = "asgi.App()"
"#;

    #[test]
    fn what_one_file_puts_on_an_application_is_there_in_all_others() {
        let files = [
            (
                "main.py",
                "import asgi, redis\nfrom store import Store\napp = asgi.App()\ndef start(a):\n    a.state.cache = redis.Redis()\n    a.state.store = Store()\n    a.router = redis.Redis()\nstart(app)\n",
            ),
            ("store.py", "class Store:\n    def find(self): pass\n"),
            (
                "views.py",
                "from asgi import Request\ndef view(request: Request):\n    request.app.state.cache.get('a')\n    request.app.state.store.find()\n    request.app.state.other.close()\ndef told(request: Request):\n    request.app.router.get('a')\n",
            ),
            (
                "tests/test_views.py",
                "from main import app\nfrom fake import Fake\napp.state.store = Fake()\n",
            ),
        ];
        let scratch = Scratch::new(FACTS, &files);
        // What facts know of the library's own attribute stands.
        assert_eq!(
            scratch.called("views.py", "get"),
            ["redis.Redis.get", "asgi.App.router.get"]
        );
        assert_eq!(scratch.called("views.py", "find"), ["store.py:Store.find"]);
        assert_eq!(
            scratch.called("views.py", "close"),
            ["asgi.App.state.other.close"]
        );
    }

    #[test]
    fn what_is_put_on_instances_modules_and_the_global_object_is_followed() {
        let files = [
            (
                "app.py",
                "import redis, settings\nfrom store import store\nstore.cache = redis.Redis()\nsettings.cache = redis.Redis()\n",
            ),
            ("settings.py", "cache = None\n"),
            (
                "store.py",
                "import settings\nclass Store:\n    def one(self): self.cache.get('a')\n    def two(self): settings.cache.get('a')\nstore = Store()\n",
            ),
            (
                "app.js",
                "const redis = require('redis')\nglobal.cache = redis.createClient()\n",
            ),
            (
                "view.js",
                "exports.one = () => cache.get('a')\nexports.two = () => global.cache.get('a')\n",
            ),
        ];
        let scratch = Scratch::new(FACTS, &files);
        assert_eq!(
            scratch.called("store.py", "get"),
            ["redis.Redis.get", "redis.Redis.get"]
        );
        assert_eq!(
            scratch.called("view.js", "get"),
            ["redis.createClient().get", "redis.createClient().get"]
        );
    }

    #[test]
    fn a_registry_that_is_filled_field_by_field_is_the_same_in_all_files() {
        let files = [
            (
                "app.js",
                "const redis = require('redis')\nlet APP = {}\nglobal.APP = APP\nAPP.cache = redis.createClient()\nAPP.services = {}\nAPP.services.mail = require('./mail')\n",
            ),
            (
                "mail.js",
                "exports.send = function send() {}\nmodule.exports.drop = function drop() {}\n",
            ),
            (
                "view.js",
                "exports.one = () => { APP.cache.get('a'); APP.services.mail.send(); APP.services.mail.drop(); APP.services.none.close() }\n",
            ),
        ];
        let scratch = Scratch::new(FACTS, &files);
        let called = |name: &str| scratch.called("view.js", name);
        assert_eq!(called("get"), ["redis.createClient().get"]);
        assert_eq!(called("send"), ["mail.js:send"]);
        assert_eq!(called("drop"), ["mail.js:drop"]);
        assert_eq!(called("close"), ["%dict.none.close"]);
    }

    #[test]
    fn what_is_put_on_itself_ends() {
        let files = [(
            "a.py",
            "import asgi\napp = asgi.App()\napp.a = app.b.a\napp.b = app.a.b\napp.a.b.run()\n",
        )];
        let scratch = Scratch::new(FACTS, &files);
        let called = scratch.called("a.py", "run");
        assert!(
            called.len() == 1 && called[0].starts_with("asgi.App."),
            "{called:?}"
        );
    }
}
