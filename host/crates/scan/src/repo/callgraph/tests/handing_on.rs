//! Handlers that functions of the repository hand on to a library.

use super::*;

const GO: &str = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"example.org/web.Router.Get\", \"example.org/web.HandleFunc\"]\nrole = \"request\"\ntakes_function = \"later\"\n";

/// Where a function is registered, as paths and lines.
fn registrations(scratch: &Scratch, path: &str, symbol: &str) -> Vec<String> {
    let view = &scratch.survey.view;
    let id = scratch.function(path, symbol);
    let of = |(file, call): &(FileId, u32)| {
        let code = view.repo.file(*file);
        let opened = view
            .open(view.entry(&code.path).expect("listed"))
            .expect("read");
        let tree = &opened.code().expect("code").syntax.tree;
        let start = tree.node(code.index.calls[*call as usize].node).span.start as usize;
        let line = opened.text()[..=start].lines().count();
        format!("{}:{line}", code.path)
    };
    view.graph.registrations(id).iter().map(of).collect()
}

#[test]
fn a_router_of_the_repository_registers_what_it_hands_on() {
    let router = "package shop\nimport \"example.org/web\"\ntype apiHandler func(w int) error\ntype router struct { own web.Router }\nfunc handler(fn apiHandler) any { return fn }\n\
        func (r *router) Get(pattern string, fn apiHandler) {\n\tr.own.Get(pattern, handler(fn))\n}\n\
        func (r *router) serve(pattern string, fn apiHandler) {\n\tweb.HandleFunc(pattern, func(w int) { fn(w) })\n}\n\
        func (r *router) twice(pattern string, fn apiHandler) {\n\tr.Get(pattern, fn)\n}\n\
        func (r *router) now(pattern string, fn apiHandler) {\n\tfn(1)\n}\n";
    let api = "package shop\ntype API struct{}\nfunc (a *API) list(w int) error { return nil }\nfunc (a *API) show(w int) error { return nil }\nfunc (a *API) more(w int) error { return nil }\nfunc (a *API) once(w int) error { return nil }\n";
    let main = "package shop\nfunc routes(r *router, a *API) {\n\tr.Get(\"/\", a.list)\n\tr.serve(\"/1\", a.show)\n\tr.twice(\"/2\", a.more)\n\tr.now(\"/3\", a.once)\n}\n";
    let scratch = Scratch::new(
        GO,
        &[
            ("go.mod", "module example.com/shop\n"),
            ("router.go", router),
            ("api.go", api),
            ("main.go", main),
        ],
    );
    let graph = &scratch.survey.view.graph;
    for (symbol, at) in [
        ("API.list", "main.go:3"),
        ("API.show", "main.go:4"),
        ("API.more", "main.go:5"),
    ] {
        assert_eq!(registrations(&scratch, "api.go", symbol), [at], "{symbol}");
        let id = scratch.function("api.go", symbol);
        assert!(graph.is_entry(id) && graph.reach(id) == Reach::Request);
    }
    // What is called on the spot answers nothing.
    assert!(registrations(&scratch, "api.go", "API.once").is_empty());
    assert_ne!(reach(&scratch, "api.go", "API.once"), Reach::Request);
}

#[test]
fn however_many_handlers_are_handed_on_each_is_registered_where_it_is_handed() {
    let mut text = "from fastapi import FastAPI\nimport dramatiq\nclass Api:\n    def __init__(self):\n        self.app = FastAPI()\n    def add(self, path, handler, *, before=None):\n        self.app.get(path, handler)\n        before()\n    def route(self, path):\n        def decorate(fn):\n            self.app.get(path, fn)\n            return fn\n        return decorate\napi = Api()\n".to_owned();
    for at in 0..20 {
        text.push_str(&format!(
            "def view{at}(): pass\napi.add('/{at}', view{at})\n"
        ));
    }
    text.push_str("def named(): pass\ndef first(): pass\napi.add('/', handler=named, before=first)\n@api.route('/more')\ndef more(): pass\n");
    let scratch = Scratch::new(FACTS, &[("app.py", &text)]);
    for at in [0, 19] {
        let symbol = format!("view{at}");
        let line = 14 + 2 * at + 2;
        assert_eq!(
            registrations(&scratch, "app.py", &symbol),
            [format!("app.py:{line}")]
        );
        let id = scratch.function("app.py", &symbol);
        let graph = &scratch.survey.view.graph;
        assert!(graph.reach(id) == Reach::Request && graph.callers(id).is_empty());
    }
    assert_eq!(registrations(&scratch, "app.py", "named").len(), 1);
    assert_eq!(reach(&scratch, "app.py", "more"), Reach::Request);
    // Of what a function is handed only that is registered which it hands on.
    assert!(registrations(&scratch, "app.py", "first").is_empty());
    assert_ne!(reach(&scratch, "app.py", "first"), Reach::Request);
}

#[test]
fn all_that_a_router_takes_from_a_place_on_is_registered() {
    let text = "const express = require('express');\nclass Router {\n  constructor() { this.own = express(); }\n  get(path, ...handlers) { this.own.get(path, ...handlers); }\n}\nasync function load(req) {}\nasync function show(req, res) {}\nconst router = new Router();\nrouter.get('/', load, show);\n";
    let scratch = Scratch::new(ROUTES, &[("app.js", text)]);
    for symbol in ["load", "show"] {
        assert_eq!(
            registrations(&scratch, "app.js", symbol),
            ["app.js:9"],
            "{symbol}"
        );
        assert_eq!(reach(&scratch, "app.js", symbol), Reach::Request);
    }
}

#[test]
fn handlers_in_other_files_of_a_package_are_found() {
    let main = "package shop\nimport \"example.org/web\"\nfunc routes(s *Server) {\n\tweb.HandleFunc(\"/\", list)\n\tweb.HandleFunc(\"/1\", s.show)\n\tweb.HandleFunc(\"/2\", nil)\n}\n";
    let api = "package shop\ntype Server struct{}\nfunc list() {}\nfunc (s *Server) show() {}\n";
    let files = [
        ("go.mod", "module example.com/shop\n"),
        ("main.go", main),
        ("api.go", api),
    ];
    let scratch = Scratch::new(GO, &files);
    assert_eq!(registrations(&scratch, "api.go", "list"), ["main.go:4"]);
    assert_eq!(
        registrations(&scratch, "api.go", "Server.show"),
        ["main.go:5"]
    );
}
