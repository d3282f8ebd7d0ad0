//! How functions come to run and what they do, on small repositories.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::repo::flows::Flows;
use crate::repo::scratch::Scratch;

const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["fastapi.FastAPI.get"]
role = "request"
takes_function = "later"
[[fact]]
paths = ["dramatiq.actor"]
role = "worker"
takes_function = "later"
"#;

const ROUTES: &str = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"express.Express.get\"]\nrole = \"request\"\ntakes_function = \"later\"\n\
     [returns]\n\"express()\" = \"express.Express()\"\n";

fn reach(scratch: &Scratch, path: &str, symbol: &str) -> Reach {
    let graph = &scratch.survey.view.graph;
    graph.reach(scratch.function(path, symbol))
}

/// Every class inherits from all others, and the last from what gives it a role.
#[test]
fn classes_that_inherit_from_each_other_are_asked_once_each() {
    let names: Vec<String> = (0..30).map(|at| format!("C{at}")).collect();
    let mut text = "from fastapi import FastAPI\nimport dramatiq\n".to_owned();
    for name in &names {
        let others: Vec<&str> = names
            .iter()
            .map(|it| &**it)
            .filter(|it| it != name)
            .collect();
        let others = others.join(", ");
        text.push_str(&format!(
            "class {name}({others}):\n    def m(self): self.nothing()\n"
        ));
    }
    text.push_str("class Job(C3):\n    def run(self): ...\n");
    text.push_str("class Done(C3, dramatiq.actor):\n    def run(self): ...\n");
    let scratch = Scratch::new(FACTS, &[("app.py", &text)]);
    assert_eq!(reach(&scratch, "app.py", "Job.run"), Reach::Unknown);
    assert_eq!(reach(&scratch, "app.py", "Done.run"), Reach::Worker);
}

#[test]
fn what_a_class_with_a_role_takes_over_runs_as_it_does() {
    let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"graphene.ObjectType\"]\nrole = \"request\"\n";
    let files = [
        (
            "shop/schema.py",
            "class Query:\n    def resolve_orders(self, info):\n        pass\n\nclass Other:\n    def resolve(self, info):\n        pass\n",
        ),
        (
            "schema.py",
            "import graphene\nfrom shop import schema\n\nclass Query(schema.Query, graphene.ObjectType):\n    pass\n",
        ),
    ];
    let scratch = Scratch::new(facts, &files);
    assert_eq!(
        reach(&scratch, "shop/schema.py", "Query.resolve_orders"),
        Reach::Request
    );
    assert_eq!(
        reach(&scratch, "shop/schema.py", "Other.resolve"),
        Reach::Unknown
    );
}

#[test]
fn methods_are_known_by_what_they_are_handed() {
    let facts = "schema = \"perfctl.facts/1\"\n[[convention]]\nfiles = [\"**/*.py\"]\nsymbols = [\"*.*\"]\nparams = [\"self\", \"request\", \"context\"]\n\
         role = \"request\"\n";
    let text = "class Orders(orders_pb2_grpc.OrdersServicer):\n    def Get(self, request, context):\n        pass\n    def helper(self, request):\n        pass\n\
                def plain(self, request, context):\n    pass\n";
    let scratch = Scratch::new(facts, &[("app.py", text)]);
    assert_eq!(reach(&scratch, "app.py", "Orders.Get"), Reach::Request);
    assert_eq!(reach(&scratch, "app.py", "Orders.helper"), Reach::Unknown);
    assert_eq!(reach(&scratch, "app.py", "plain"), Reach::Unknown);
}

#[test]
fn linking_asks_whether_to_stop() {
    struct At(AtomicUsize);
    impl Stop for At {
        fn requested(&self) -> bool {
            self.0.fetch_add(1, Ordering::Relaxed) >= 50
        }
    }
    let text = format!("def f(x): ...\ndef g(y):\n{}", "    f(y)\n".repeat(1000));
    let scratch = Scratch::new(FACTS, &[("app.py", &text)]);
    let repo = &scratch.survey.view.repo;
    let edges = |graph: &Graph| graph.edges.iter().map(Vec::len).sum::<usize>();
    assert_eq!(edges(&scratch.survey.view.graph), 1000);
    assert!(edges(&Graph::new(repo, &[], &At(AtomicUsize::new(0)))) < 60);
    let stop = At(AtomicUsize::new(0));
    Flows::new(repo, &stop);
    assert!((50..60).contains(&stop.0.into_inner()));
}

#[test]
fn a_call_of_a_base_class_reaches_the_methods_that_stand_in_for_it() {
    let scratch = Scratch::new(
        FACTS,
        &[
            ("store.py", "class Store:\n    def get(self): ...\n"),
            (
                "pine.py",
                "from store import Store\nclass Pine(Store):\n    def get(self): return 1\n    def other(self): ...\n",
            ),
            (
                "app.py",
                "from fastapi import FastAPI\nfrom store import Store\napp = FastAPI()\n@app.get('/')\ndef read(store: Store):\n    return store.get()\n",
            ),
        ],
    );
    assert_eq!(reach(&scratch, "pine.py", "Pine.get"), Reach::Request);
    assert_eq!(reach(&scratch, "pine.py", "Pine.other"), Reach::Unknown);
}

#[test]
fn who_puts_a_task_in_a_queue_does_none_of_it() {
    let facts = format!(
        "{FACTS}[[fact]]\npaths = [\"huey.Huey.task\"]\nrole = \"worker\"\ncalled = \"later\"\n[[fact]]\npaths = [\"redis.get\"]\nkind = \"http\"\n"
    );
    let scratch = Scratch::new(
        &facts,
        &[(
            "app.py",
            "import dramatiq, redis\nfrom fastapi import FastAPI\nfrom huey import Huey\napp, queue = FastAPI(), Huey()\n\
             @queue.task()\ndef count(): redis.get('n')\n@dramatiq.actor\ndef add(): redis.get('n')\n\
             @app.get('/a')\ndef queues(): count()\n@app.get('/b')\ndef calls(): add()\n",
        )],
    );
    assert_eq!(reach(&scratch, "app.py", "count"), Reach::Worker);
    assert_eq!(reach(&scratch, "app.py", "add"), Reach::Request);
    let graph = &scratch.survey.view.graph;
    let effects = |symbol| graph.effects(scratch.function("app.py", symbol));
    assert!(effects("queues").is_empty());
    assert!(!effects("calls").is_empty());
}

#[test]
fn the_way_from_a_coroutine_stays_in_its_thread() {
    let facts = format!(
        "{FACTS}[[fact]]\npaths = [\"asyncio.to_thread\"]\noffloads = \"true\"\ntakes_function = \"now\"\n"
    );
    let scratch = Scratch::new(
        &facts,
        &[(
            "app.py",
            "import asyncio\ndef leaf(): ...\ndef mid(): leaf()\nasync def read(): mid()\ndef apart(): ...\nasync def away(): await asyncio.to_thread(apart)\n",
        )],
    );
    let view = &scratch.survey.view;
    let file = view.repo.find("app.py").expect("scanned");
    let index = &view.repo.file(file).index;
    let named = |name: &str| view.graph.id(file, index.functions_by_name[name]);
    let way = view
        .graph
        .from_loop(&view.repo, named("leaf"))
        .expect("read() gets there");
    assert_eq!(
        way.iter()
            .map(|(function, _)| *function)
            .collect::<Vec<_>>(),
        [named("read"), named("mid")]
    );
    assert_eq!(
        view.graph.from_loop(&view.repo, named("read")),
        Some(Vec::new())
    );
    assert_eq!(view.graph.from_loop(&view.repo, named("apart")), None);
}

#[test]
fn methods_that_nobody_calls_run_as_their_instances_are_made_unless_tests_or_startup_make_them() {
    let scratch = Scratch::new(
        FACTS,
        &[
            (
                "jobs.py",
                "import dramatiq\nfrom parts import Part, Shared\n@dramatiq.actor\ndef job():\n    run(Part(), Shared())\n",
            ),
            (
                "parts.py",
                "class Part:\n    def step(self): ...\nclass Shared:\n    def step(self): ...\nclass Tested:\n    def step(self): ...\nSHARED = Shared()\n",
            ),
            (
                "tests/test_parts.py",
                "from parts import Tested\ndef test_it():\n    Tested().step()\n",
            ),
        ],
    );
    assert_eq!(reach(&scratch, "parts.py", "Part.step"), Reach::Worker);
    assert_eq!(reach(&scratch, "parts.py", "Shared.step"), Reach::Unknown);
    assert_eq!(reach(&scratch, "parts.py", "Tested.step"), Reach::Unknown);
}

#[test]
fn a_handler_s_helper_in_a_directory_called_migration_serves_requests_and_its_neighbour_does_not() {
    let scratch = Scratch::new(
        FACTS,
        &[
            (
                "migration/take.py",
                "def take():\n    ...\ndef other():\n    ...\ndef bring():\n    ...\n",
            ),
            (
                "migration/api.py",
                "from app import app\nfrom migration.take import bring\n@app.get('/bring')\ndef write():\n    return bring()\n",
            ),
            (
                "app.py",
                "from fastapi import FastAPI\nfrom migration.take import take\napp = FastAPI()\n@app.get('/')\ndef read():\n    return take()\n",
            ),
        ],
    );
    assert_eq!(reach(&scratch, "migration/take.py", "take"), Reach::Request);
    assert_eq!(reach(&scratch, "migration/take.py", "other"), Reach::Script);
    assert_eq!(reach(&scratch, "migration/api.py", "write"), Reach::Request);
    assert_eq!(
        reach(&scratch, "migration/take.py", "bring"),
        Reach::Request
    );
}

#[test]
fn a_handler_is_one_also_within_what_wraps_it() {
    const ROUTES: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["express.Application.{get,route}"]
role = "request"
takes_function = "later"
[[fact]]
paths = ["pg.Pool.query"]
kind = "db"
verb = "read"
[[parameter]]
names = ["app"]
languages = ["javascript"]
is = "express.Application()"
[returns]
"express()" = "express.Application()"
"#;
    let text = r#"
const express = require("express");
const { Pool } = require("pg");
const app = express();
const pool = new Pool();
const wrap = (f) => (req, res, next) => f(req, res, next).catch(next);
async function named(req, res) { res.json(await pool.query("SELECT 1")); }
class Model { find() {} }
app.get("/a", wrap(wrap(named)));
app.get("/b", wrap(async function written(req, res) { res.json(await pool.query("SELECT 1")); }));
app.route({ method: "GET", async handler(req, res) {}, preHandler: [first] });
app.get("/c", check(Model), (req, res) => {});
function first() {}
function check(model) { return (req, res, next) => next(model); }
"#;
    let plugin = "module.exports = async function (app, options) {\n  app.get(\"/d\", async function later() {});\n};\n";
    let scratch = Scratch::new(ROUTES, &[("app.js", text), ("plugin.js", plugin)]);
    for symbol in ["named", "first"] {
        assert_eq!(
            reach(&scratch, "app.js", symbol),
            Reach::Request,
            "{symbol}"
        );
    }
    let view = &scratch.survey.view;
    let by_symbol = |path: &str, symbol: &str| {
        let file = view
            .repo
            .ids()
            .find(|id| &*view.repo.file(*id).path == path);
        let file = file.expect("a file");
        let code = view.repo.file(file);
        let at = code
            .index
            .functions
            .iter()
            .position(|row| code.text(row.name) == symbol);
        view.graph
            .reach(view.graph.id(file, at.expect(symbol) as u32))
    };
    assert_eq!(by_symbol("app.js", "written"), Reach::Request);
    assert_eq!(by_symbol("app.js", "handler"), Reach::Request);
    assert_eq!(by_symbol("plugin.js", "later"), Reach::Request);
    assert_eq!(reach(&scratch, "app.js", "Model.find"), Reach::Unknown);
    // What a wrapped handler reads is not read where it is registered.
    let file = view
        .repo
        .ids()
        .find(|id| &*view.repo.file(*id).path == "app.js");
    let top = view.graph.top(file.expect("a file"));
    assert!(view.graph.effects(top).is_empty());
}

#[test]
fn a_function_may_be_handed_on_by_a_text_that_spells_where_it_is() {
    let facts = format!(
        "{FACTS}[[fact]]\npaths = [\"rq.Queue.enqueue\", \"sched.add_job\"]\nrole = \"worker\"\ntakes_function = \"later\"\n\
         [[fact]]\npaths = [\"asyncio.run_later\"]\ntakes_function = \"now\"\n\
         [[fact]]\npaths = [\"urls.path\"]\nrole = \"request\"\ntakes_function = \"later\"\n\
         [[fact]]\npaths = [\"sched.Plan.create\"]\nrole = \"worker\"\ntakes_function = \"spelled\"\n"
    );
    let scratch = Scratch::new(
        &facts,
        &[
            (
                "shop/tasks.py",
                "def ship(): pack()\ndef pack(): ...\ndef nightly(): ...\nclass Bill:\n    def run(self): ...\n    def other(self): ...\n\
                 def later(): ...\ndef idle(): ...\ndef yearly(): ...\n",
            ),
            ("shop/views.py", "def show(request): ...\n"),
            (
                "shop/app.py",
                "import asyncio, sched, urls\nfrom shop import tasks\nfrom rq import Queue\nfrom fastapi import FastAPI\nqueue, app = Queue(), FastAPI()\n\
                 @app.get('/')\ndef order():\n    queue.enqueue('shop.tasks.ship', 1)\n    asyncio.run_later('shop.tasks.later')\n\
                 sched.add_job('shop.tasks:nightly', 'cron')\nsched.add_job(func='shop.tasks.Bill.run', id='shop.tasks.idle2')\n\
                 sched.Plan.create(func='shop.tasks.yearly')\nsched.Plan.create(tasks.idle)\n\
                 urls.path('show', 'shop.views.show')\nprint('shop.tasks.idle')\n",
            ),
        ],
    );
    let all = [
        ("shop/tasks.py", "ship", Reach::Worker),
        ("shop/tasks.py", "pack", Reach::Worker),
        ("shop/tasks.py", "nightly", Reach::Worker),
        ("shop/tasks.py", "Bill.run", Reach::Worker),
        ("shop/tasks.py", "Bill.other", Reach::Unknown),
        ("shop/tasks.py", "later", Reach::Unknown),
        ("shop/tasks.py", "yearly", Reach::Worker),
        ("shop/tasks.py", "idle", Reach::Unknown),
        ("shop/views.py", "show", Reach::Request),
    ];
    for (path, symbol, expected) in all {
        assert_eq!(reach(&scratch, path, symbol), expected, "{symbol}");
    }
    // Who queues it does none of it, and the call is where it is registered.
    let graph = &scratch.survey.view.graph;
    let ship = scratch.function("shop/tasks.py", "ship");
    assert_eq!(
        (graph.callers(ship).len(), graph.registrations(ship).len()),
        (0, 1)
    );
}

#[test]
fn functions_in_an_object_run_where_the_callee_calls_what_it_is_handed() {
    let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"store.read\"]\nkind = \"db\"\nverb = \"read\"\neffects = [\"db-read\"]\n";
    let text = "import { read } from 'store';\n\
        function run(queries) { return queries[process.env.STORE](); }\n\
        function keep(queries) { all.push(queries); }\n\
        function runs() { return run({ sql: () => read() }); }\n\
        function keeps() { return keep({ sql: () => read() }); }\n";
    let scratch = Scratch::new(facts, &[("app.ts", text)]);
    let graph = &scratch.survey.view.graph;
    let effects = |symbol| graph.effects(scratch.function("app.ts", symbol));
    assert!(!effects("runs").is_empty());
    assert!(effects("keeps").is_empty());
}

#[test]
fn a_class_without_a_constructor_is_made_by_the_one_that_it_inherits() {
    let base = "class Base:\n    def __init__(self, request):\n        self.found = self.rows()\n    def rows(self): return []\n";
    let app = "from fastapi import FastAPI\nfrom base import Base\nclass Mid(Base): pass\nclass Own(Mid):\n    def rows(self): return [1]\napp = FastAPI()\n@app.get('/')\ndef view(request):\n    return answer(Own(request))\ndef answer(own): pass\n";
    let scratch = Scratch::new(FACTS, &[("base.py", base), ("app.py", app)]);
    let graph = &scratch.survey.view.graph;
    let made = graph.callers(scratch.function("base.py", "Base.__init__"));
    assert_eq!(made.len(), 1);
    assert_eq!(reach(&scratch, "base.py", "Base.__init__"), Reach::Request);
    assert_eq!(reach(&scratch, "app.py", "Own.rows"), Reach::Request);
}

#[test]
fn parts_of_what_a_framework_does_run_as_it_does_and_are_no_entries() {
    let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"orm.Serializer\", \"orm.receiver\"]\nwithin = \"request\"\n";
    let text = "import orm\nclass Order(orm.Serializer):\n    def validate(self): check()\ndef check(): pass\n@orm.receiver('saved')\ndef saved(sender): pass\ndef other(): pass\n";
    let scratch = Scratch::new(facts, &[("a.py", text)]);
    let graph = &scratch.survey.view.graph;
    for symbol in ["Order.validate", "check", "saved"] {
        assert_eq!(reach(&scratch, "a.py", symbol), Reach::Request, "{symbol}");
        assert!(
            !graph.is_entry(scratch.function("a.py", symbol)),
            "{symbol}"
        );
    }
    assert_eq!(reach(&scratch, "a.py", "other"), Reach::Unknown);
}

#[test]
fn what_a_function_of_the_repository_wraps_runs_as_what_it_is_wrapped_in() {
    let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"express.Express.get\"]\nrole = \"request\"\ntakes_function = \"later\"\n\
         [returns]\n\"express()\" = \"express.Express()\"\n[[convention]]\nfiles = [\"lambda/*.ts\"]\nsymbols = [\"handler\"]\nrole = \"request\"\n";
    let wrap = "export const wrap = (handler) => async (event) => { const found = await handler(event); return { body: found }; };\n\
                export const other = (work) => async function () { return work.apply(this, arguments); };\n\
                export const within = (work) => begin(async (tx) => work(tx));\n";
    let orders = "import { wrap, other, within } from './wrap';\nasync function find(event) {}\n\
                  export const list = wrap(async function listed(event) { return find(event); });\nexport const late = other(function idle() {});\n\
                  export const again = async () => { await within(async function kept() { await find(1); }); };\n";
    let lambda = "import { wrap as twice } from '../wrap';\nfunction asked(event) {}\nexport const handler = twice(asked);\n";
    let app = "import express from 'express';\nimport { list } from './orders';\nconst app = express();\napp.get('/', list);\n";
    let scratch = Scratch::new(
        facts,
        &[
            ("wrap.ts", wrap),
            ("orders.ts", orders),
            ("lambda/one.ts", lambda),
            ("app.ts", app),
        ],
    );
    assert_eq!(reach(&scratch, "orders.ts", "listed"), Reach::Request);
    assert_eq!(reach(&scratch, "orders.ts", "find"), Reach::Request);
    assert_eq!(reach(&scratch, "lambda/one.ts", "asked"), Reach::Request);
    // What nobody runs that it is wrapped in does not run where it is wrapped.
    assert_eq!(reach(&scratch, "orders.ts", "idle"), Reach::Unknown);
    let graph = &scratch.survey.view.graph;
    assert!(graph.is_entry(scratch.function("orders.ts", "listed")));
    assert!(!graph.is_entry(scratch.function("orders.ts", "find")));
    assert!(graph.is_entry(scratch.function("lambda/one.ts", "asked")));
    // Who runs it itself does what it does: nothing is given back.
    let kept = scratch.function("orders.ts", "again.kept");
    let again = scratch.function("orders.ts", "again");
    let handed = |edge: &&Edge| edge.callee == kept && edge.manner == Manner::Handed;
    assert_eq!(graph.edges(again).iter().filter(handed).count(), 1);
}

#[test]
fn methods_of_a_class_that_a_helper_is_handed_run_as_the_handler_that_hands_it() {
    let app = "import express from 'express';\nimport { build } from './build';\nimport { Search, Other } from './search';\nconst app = express();\n\
               app.get('/', async (req, res) => { const found = await build(Search, req.body); res.json(await found.rows()); });\n";
    let search = "export class Search { rows() { return this.more(); } more() {} late() {} }\nexport class Other { rows() {} }\n";
    let build = "export const build = async (kind, body) => later(kind, body);\n";
    let scratch = Scratch::new(
        ROUTES,
        &[("app.ts", app), ("search.ts", search), ("build.ts", build)],
    );
    assert_eq!(reach(&scratch, "search.ts", "Search.late"), Reach::Request);
    assert_eq!(reach(&scratch, "search.ts", "Other.rows"), Reach::Unknown);
}

#[test]
fn what_a_program_chooses_from_a_table_as_it_starts_is_its_work_and_not_its_start() {
    let text = "import { one, two } from './jobs';\nfunction prepare() {}\nasync function main() { prepare(); const job = { one, two }[process.env.JOB]; await job(); }\nmain();\n\
                export const answer = (kind) => ({ one, two })[kind]();\n";
    let jobs = "export async function one() {}\nexport async function two() {}\n";
    let app = "import express from 'express';\nconst app = express();\nconst table = { three };\nfunction three() {}\napp.get('/', (req, res) => table[req.body.kind]());\n";
    let scratch = Scratch::new(
        ROUTES,
        &[("main.ts", text), ("jobs.ts", jobs), ("app.ts", app)],
    );
    assert_eq!(reach(&scratch, "main.ts", "prepare"), Reach::Startup);
    assert_eq!(reach(&scratch, "jobs.ts", "two"), Reach::Unknown);
    assert_eq!(reach(&scratch, "app.ts", "three"), Reach::Request);
    let graph = &scratch.survey.view.graph;
    let two = scratch.function("jobs.ts", "two");
    assert_eq!(graph.callers(two).len(), 2);
}

#[test]
fn a_method_of_go_has_the_role_of_its_type_in_every_file_of_the_package() {
    let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"example.org/web.Controller\"]\nrole = \"request\"\n";
    let files = [
        ("go.mod", "module x\n"),
        (
            "shop/base.go",
            "package shop\nimport \"example.org/web\"\ntype Api struct {\n\tweb.Controller\n}\ntype Other struct{}\nfunc (c *Api) Get() {}\n",
        ),
        (
            "shop/orders.go",
            "package shop\nfunc (c *Api) List() { c.load() }\nfunc (c *Api) load() {}\nfunc (o *Other) List() {}\n",
        ),
        (
            "people/people.go",
            "package people\ntype Api struct{}\nfunc (c *Api) List() {}\n",
        ),
    ];
    let scratch = Scratch::new(facts, &files);
    assert_eq!(reach(&scratch, "shop/base.go", "Api.Get"), Reach::Request);
    assert_eq!(
        reach(&scratch, "shop/orders.go", "Api.List"),
        Reach::Request
    );
    assert_eq!(
        reach(&scratch, "shop/orders.go", "Other.List"),
        Reach::Unknown
    );
    assert_eq!(
        reach(&scratch, "people/people.go", "Api.List"),
        Reach::Unknown
    );
}

mod handing_on;
mod tables;
mod wrapped;
