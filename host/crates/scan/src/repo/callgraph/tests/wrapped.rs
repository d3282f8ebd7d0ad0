//! Handlers that functions of the repository wrap.

use super::*;

/// Files with more handlers than a parameter is followed to.
fn wrapped_by_name(wrap: &str) -> (String, String) {
    let mut orders = "import { wrap } from './wrap';\n".to_owned();
    let mut app = "import express from 'express';\nimport * as orders from './orders';\nconst app = express();\n".to_owned();
    for at in 0..20 {
        orders.push_str(&format!(
            "async function find{at}(req, res) {{ res.json({at}); }}\n{}",
            wrap.replace('#', &at.to_string())
        ));
        app.push_str(&format!("app.get('/{at}', orders.list{at});\n"));
    }
    (orders, app)
}

#[test]
fn however_many_are_wrapped_by_name_each_runs_as_what_it_is_wrapped_in() {
    let (orders, app) = wrapped_by_name("export const list# = wrap(find#);\n");
    let wrap = "export const wrap = (handler) => async (req, res) => { await handler(req, res); };\nexport const idle = (handler) => async () => handler();\n";
    let late =
        "import { idle } from './wrap';\nfunction rest() {}\nexport const later = idle(rest);\n";
    let scratch = Scratch::new(
        ROUTES,
        &[
            ("wrap.js", wrap),
            ("orders.js", &orders),
            ("app.js", &app),
            ("late.js", late),
        ],
    );
    let graph = &scratch.survey.view.graph;
    for at in [0, 19] {
        let symbol = format!("find{at}");
        assert_eq!(reach(&scratch, "orders.js", &symbol), Reach::Request);
        let id = scratch.function("orders.js", &symbol);
        assert!(graph.is_entry(id), "{symbol}");
        assert_eq!(graph.registrations(id).len(), 1, "{symbol}");
    }
    assert_eq!(reach(&scratch, "late.js", "rest"), Reach::Unknown);
}

#[test]
fn the_declared_type_of_a_wrapper_does_not_hide_what_it_gives_back() {
    let wrap = "import { Handler } from 'express';\nexport const wrap = (handler: Handler): Handler => async (req, res) => { await handler(req, res); };\n\
                export function named(handler: Handler): Handler { const inner = async (req, res) => { await handler(req, res); }; return inner; }\n";
    let orders = "import { wrap, named } from './wrap';\nexport const list = wrap(async function listed(req, res) {});\nexport const find = named(async function found(req, res) {});\n";
    let app = "import express from 'express';\nimport { list, find } from './orders';\nconst app = express();\napp.get('/', list);\napp.get('/1', find);\n";
    let scratch = Scratch::new(
        ROUTES,
        &[("wrap.ts", wrap), ("orders.ts", orders), ("app.ts", app)],
    );
    for symbol in ["listed", "found"] {
        assert_eq!(
            reach(&scratch, "orders.ts", symbol),
            Reach::Request,
            "{symbol}"
        );
    }
}

#[test]
fn a_route_that_names_what_was_wrapped_elsewhere_is_that_of_the_wrapped_handler() {
    let wrap = "exports.wrap = (f) => async (req, res) => { await f(req, res); };\n";
    let auth = "exports.auth = (f) => async (req, res) => { await f(req, res); };\n";
    let orders = "const { wrap } = require('./wrap');\nconst { auth } = require('./auth');\n\
                  exports.named = wrap(async function one(req, res) {});\nexports.twice = wrap(auth(async function two(req, res) {}));\n\
                  const inner = auth(async function three(req, res) {});\nexports.chained = wrap(inner);\nexports.unused = wrap(async function four(req, res) {});\n";
    let people = "import { wrap } from './wrap';\nclass People { list = wrap(async function five(req, res) {}); }\nexport default new People();\n";
    let items = "const { wrap } = require('./wrap');\nconst items = { list: wrap(async function six(req, res) {}) };\nitems.more = wrap(async function seven(req, res) {});\nmodule.exports = items;\n";
    let index = "export * from './orders';\n";
    let app = "import express from 'express';\nimport * as orders from './orders';\nimport { chained } from './index';\nimport people from './people';\nimport items from './items';\nimport { wrap } from './wrap';\nconst app = express();\n\
               app.get('/1', orders.named);\napp.get('/2', orders.twice);\napp.get('/3', chained);\napp.get('/5', people.list);\napp.get('/6', items.list);\napp.get('/7', items.more);\n\
               function routes() { const local = wrap(async function eight(req, res) {}); app.get('/8', local); }\nroutes();\n\
               const here = wrap(async function nine(req, res) {});\napp.get('/9', here);\n";
    let scratch = Scratch::new(
        ROUTES,
        &[
            ("wrap.js", wrap),
            ("auth.js", auth),
            ("orders.js", orders),
            ("people.js", people),
            ("items.js", items),
            ("index.js", index),
            ("app.js", app),
        ],
    );
    let graph = &scratch.survey.view.graph;
    let registered =
        |path: &str, symbol: &str| graph.registrations(scratch.function(path, symbol)).len();
    for (path, symbol) in [
        ("orders.js", "one"),
        ("orders.js", "two"),
        ("orders.js", "three"),
        ("people.js", "People.five"),
        ("items.js", "six"),
        ("items.js", "seven"),
        ("app.js", "routes.eight"),
        ("app.js", "nine"),
    ] {
        assert_eq!(registered(path, symbol), 1, "{symbol}");
        assert_eq!(reach(&scratch, path, symbol), Reach::Request, "{symbol}");
    }
    assert_eq!(registered("orders.js", "four"), 0);
    // What all of them are wrapped in has none.
    let repo = &scratch.survey.view.repo;
    let file = repo.find("wrap.js").expect("scanned");
    for at in 0..repo.file(file).index.functions.len() as u32 {
        assert!(graph.registrations(graph.id(file, at)).is_empty());
    }
}

#[test]
fn what_a_library_wraps_runs_as_what_it_gives_back() {
    let facts = format!(
        "{ROUTES}[[convention]]\nfiles = [\"**/*.js\"]\nsymbols = [\"handler\"]\nparams = [\"event\"]\nrole = \"request\"\n"
    );
    let orders = "import guard from 'guard';\nimport middy from 'middy';\nexport const list = guard(find);\nasync function find(req, res) {}\n\
                  const show = async (event) => {};\nexport const handler = middy(show).use(log()).use(late);\nfunction late(options) {}\n";
    let app = "import express from 'express';\nimport { list } from './orders';\nconst app = express();\napp.get('/', list);\n";
    let idle = "import guard from 'guard';\nexport const kept = guard(keep);\nasync function keep(req, res) {}\n";
    let files = [("orders.js", orders), ("app.js", app), ("idle.js", idle)];
    let scratch = Scratch::new(&facts, &files);
    let graph = &scratch.survey.view.graph;
    assert_eq!(reach(&scratch, "orders.js", "find"), Reach::Request);
    assert!(graph.is_entry(scratch.function("orders.js", "find")));
    assert_eq!(reach(&scratch, "orders.js", "show"), Reach::Request);
    // It takes no event.
    assert_eq!(reach(&scratch, "orders.js", "late"), Reach::Unknown);
    assert_eq!(reach(&scratch, "idle.js", "keep"), Reach::Unknown);
}
