//! Paths followed through the repository. Each case is a tiny repository; nothing here reads the file system otherwise.

use std::cell::Cell;

use super::steps::Steps;
use super::*;
use crate::repo::scratch::Scratch;

thread_local! {
    /// How many paths this thread followed.
    pub(super) static FOLLOWED: Cell<usize> = const { Cell::new(0) };
}

#[test]
fn a_written_path_is_read_link_by_link() {
    let steps: Vec<Step<'_>> = Steps("client('s3').get_object()[].x").collect();
    assert_eq!(
        steps,
        [
            Step::Attr("client"),
            Step::Call(Some("s3")),
            Step::Attr("get_object"),
            Step::Call(None),
            Step::Element,
            Step::Attr("x"),
        ]
    );
}

#[test]
fn only_capitalised_calls_make_instances() {
    assert_eq!(
        instance_class("requests.Session()"),
        Some("requests.Session")
    );
    assert_eq!(instance_class("net/http.Client()"), Some("net/http.Client"));
    assert_eq!(instance_class("sqlite3.connect()"), None);
}

const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["@prisma/client.Delegate.update"]
kind = "db"
[[fact]]
paths = ["@prisma/client.PrismaClient.$transaction"]
takes_function = "now"
[returns]
"@prisma/client.PrismaClient.*" = "@prisma/client.Delegate()"
"@prisma/client.PrismaClient.$transaction.<0:0>" = "@prisma/client.PrismaClient()"
"store.Rows[]" = "store.Row()"
"store.rows()" = "store.Rows()"
"#;

/// What the calls named `name` in `path` call.
fn called(files: &[(&str, &str)], path: &str, name: &str) -> Vec<String> {
    Scratch::new(FACTS, files).called(path, name)
}

#[test]
fn a_default_import_is_the_default_export_of_a_file_through_any_alias_and_the_module_of_a_library()
{
    let files = [
        (
            "src/lib/find.ts",
            "export default async function find() {}\n",
        ),
        ("src/lib/old.js", "module.exports = function old() {}\n"),
        ("src/lib/names.js", "module.exports = { one() {} }\n"),
        (
            "src/app.ts",
            "import find from '@/lib/find'\nimport old from './lib/old'\nimport names from '@/lib/names'\nimport axios from 'axios'\nconst again = require('./lib/old')\nfind(); old(); names.one(); axios.get(); again()\n",
        ),
    ];
    let call = |name: &str| called(&files, "src/app.ts", name);
    assert_eq!(call("find"), ["src/lib/find.ts:find"]);
    assert_eq!(call("old"), ["src/lib/old.js:exports"]);
    assert_eq!(call("one"), ["src/lib/names.js:one"]);
    assert_eq!(call("get"), ["axios.get"]);
    assert_eq!(call("again"), ["src/lib/old.js:exports"]);
}

#[test]
fn a_callback_gets_elements_from_iterating_methods_and_what_facts_say_from_libraries() {
    let files = [(
        "a.ts",
        "import { PrismaClient } from '@prisma/client'\nimport { rows } from 'store'\nconst p = new PrismaClient()\np.$transaction(async (tx) => { await tx.user.update({}) })\nrows().forEach(row => row.touch())\n",
    )];
    assert_eq!(
        called(&files, "a.ts", "update"),
        ["@prisma/client.Delegate.update"]
    );
    assert_eq!(called(&files, "a.ts", "touch"), ["store.Row.touch"]);
}

#[test]
fn a_helper_that_runs_a_callback_tells_what_it_passes() {
    let files = [
        (
            "tx.ts",
            "import { PrismaClient } from '@prisma/client'\nconst p = new PrismaClient()\nexport function within(label, run) { return run(p, label) }\n",
        ),
        (
            "a.ts",
            "import { within } from './tx'\nwithin('x', async (db) => db.user.update({}))\n",
        ),
    ];
    assert_eq!(
        called(&files, "a.ts", "update"),
        ["@prisma/client.Delegate.update"]
    );
}

#[test]
fn a_name_declared_outside_a_function_is_what_the_function_sets_it_to() {
    let files = [(
        "a.js",
        "const { PrismaClient } = require('@prisma/client')\nlet db\nfunction start() { db = new PrismaClient() }\nfunction use() { return db.user.update({}) }\n",
    )];
    assert_eq!(
        called(&files, "a.js", "update"),
        ["@prisma/client.Delegate.update"]
    );
    let files = [(
        "a.py",
        "import store\ndef start():\n    db = store.rows()\ndef use():\n    db.touch()\n",
    )];
    assert_eq!(called(&files, "a.py", "touch"), ["builtins.db.touch"]);
}

#[test]
fn modules_that_import_everything_from_each_other_are_asked_once_each() {
    let names: Vec<String> = (0..30).map(|at| format!("m{at}")).collect();
    let mut files: Vec<(String, String)> = Vec::new();
    for name in &names {
        let others = names.iter().filter(|it| *it != name);
        let stars: String = others.map(|it| format!("from {it} import *\n")).collect();
        files.push((format!("{name}.py"), stars));
    }
    files[7].1.push_str("def there(): ...\n");
    let app = "import m0\nm0.there()\nm0.nowhere()\n";
    files.push(("app.py".to_owned(), app.to_owned()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    assert_eq!(called(&files, "app.py", "there"), ["m7.py:there"]);
    assert!(called(&files, "app.py", "nowhere").concat().is_empty());
}

/// Each function gives back what four others do, and the last ones what they are handed.
#[test]
fn what_depends_on_flows_is_followed_once_while_they_are_found() {
    let mut text = String::new();
    for level in 0..7 {
        for at in 0..4 {
            let next: String = (0..4)
                .map(|to| format!("    if p: return f{}_{to}(p)\n", level + 1))
                .collect();
            text.push_str(&format!("def f{level}_{at}(p):\n{next}"));
        }
    }
    for at in 0..4 {
        text.push_str(&format!("def f7_{at}(p):\n    return p.x{at}()\n"));
    }
    text.push_str("def g(q): ...\ndef h(p):\n    g(p)\n    f0_0(p).call(p)\n");
    let before = FOLLOWED.get();
    assert_eq!(called(&[("app.py", &text)], "app.py", "g"), ["app.py:g"]);
    let followed = FOLLOWED.get() - before;
    assert!(followed < 1000, "{followed}");
}

#[test]
fn a_workspace_package_is_what_its_manifest_names_and_what_that_passes_on() {
    let files = [
        (
            "package.json",
            r#"{ "name": "shop", "workspaces": ["packages/*"] }"#,
        ),
        (
            "packages/files/package.json",
            r#"{ "name": "@shop/files", "main": "index.ts" }"#,
        ),
        ("packages/files/index.ts", "export * from \"./create\"\n"),
        (
            "packages/files/create.ts",
            "export async function createFile() {}\n",
        ),
        (
            "packages/store/package.json",
            r#"{ "name": "@shop/store", "main": "./dist/index.js", "types": "./dist/index.d.ts", "source": "src/entry.ts" }"#,
        ),
        ("packages/store/src/entry.ts", "export function save() {}\n"),
        (
            "packages/mail/package.json",
            r#"{ "name": "@shop/mail", "exports": { ".": { "types": "./src/mail.ts", "default": "./dist/mail.js" }, "./queue": "./src/deep/queue.ts", "./kinds/*": { "import": "./src/kinds/*.ts" } } }"#,
        ),
        ("packages/mail/src/mail.ts", "export function send() {}\n"),
        (
            "packages/mail/src/deep/queue.ts",
            "export function push() {}\n",
        ),
        (
            "packages/mail/src/kinds/order.ts",
            "export function order() {}\n",
        ),
        (
            "packages/built/package.json",
            r#"{ "name": "@shop/built", "main": "dist/server/main.js" }"#,
        ),
        (
            "packages/built/src/server/main.ts",
            "export function run() {}\n",
        ),
        (
            "apps/web/a.ts",
            "import { createFile } from '@shop/files'\nimport { save } from '@shop/store'\nimport { send } from '@shop/mail'\nimport { push } from '@shop/mail/queue'\nimport { order } from '@shop/mail/kinds/order'\nimport { run } from '@shop/built'\nimport { other } from '@shop/filesystem'\ncreateFile(); save(); send(); push(); order(); run(); other()\n",
        ),
    ];
    let call = |name: &str| called(&files, "apps/web/a.ts", name).join(" ");
    assert_eq!(call("createFile"), "packages/files/create.ts:createFile");
    assert_eq!(call("save"), "packages/store/src/entry.ts:save");
    assert_eq!(call("send"), "packages/mail/src/mail.ts:send");
    assert_eq!(call("push"), "packages/mail/src/deep/queue.ts:push");
    assert_eq!(call("order"), "packages/mail/src/kinds/order.ts:order");
    assert_eq!(call("run"), "packages/built/src/server/main.ts:run");
    assert_eq!(call("other"), "@shop/filesystem.other");
}

#[test]
fn an_alias_may_be_followed_by_a_path_with_its_end() {
    let files = [
        ("web/src/pages/x.tsx", "export function page() {}\n"),
        ("web/src/lib/a.ts", "export function a() {}\n"),
        (
            "web/src/main.ts",
            "import { page } from '@/pages/x.tsx'\nimport { a } from '~/lib/a.js'\npage(); a()\n",
        ),
    ];
    let call = |name: &str| called(&files, "web/src/main.ts", name);
    assert_eq!(call("page"), ["web/src/pages/x.tsx:page"]);
    assert_eq!(call("a"), ["web/src/lib/a.ts:a"]);
}

#[test]
fn what_a_go_slice_or_map_holds_is_known_from_its_literal_or_its_making() {
    let go = |body: &str| {
        let text = format!("package shop\nfunc f() {{\n{body}\n}}\n");
        let order = "package shop\ntype Order struct{}\nfunc (o *Order) Total() int { return 1 }\n\
             func load() []*Order { return nil }\ntype Keep struct { orders map[string]*Order }\n";
        let files = [
            ("go.mod", "module example.com/shop\n"),
            ("order.go", order),
            ("f.go", text.as_str()),
        ];
        called(&files, "f.go", "Total")
    };
    let total = ["order.go:Order.Total"];
    for body in [
        "for _, o := range []Order{} { o.Total() }",
        "os := []*Order{}\nfor _, o := range os { o.Total() }",
        "os := make([]Order, 0, 8)\nfor i := range os { os[i].Total() }",
        "var os []Order\nos = append(os, Order{})\nos[0].Total()",
        "os := []Order{}\nfor os == nil { os = append(os, Order{}) }\nfor _, o := range os { o.Total() }",
        "os := make(map[string]*Order)\nfor _, o := range os { o.Total() }",
        "os := map[string]Order{}\nos[\"a\"].Total()",
        "o := new(Order)\no.Total()",
        "for _, o := range load() { o.Total() }",
        "os := append([]*Order{}, load()...)\nos[0].Total()",
        "k := Keep{}\nfor _, o := range k.orders { o.Total() }",
    ] {
        assert_eq!(go(body), total, "{body}");
    }
    for body in [
        // The key of a range, a slice itself, and what the file calls `make`.
        "for o := range []Order{} { o.Total() }",
        "for o, _ := range load() { o.Total() }",
        "os := []Order{}\nos.Total()",
        "make := func(a any) any { return nil }\no := make(Order{})\no.Total()",
        "for _, o := range []string{} { o.Total() }",
    ] {
        let none = go(body);
        assert!(!none.contains(&total[0].to_owned()), "{body}: {none:?}");
    }
}

#[test]
fn items_of_what_a_function_returns_are_instances() {
    let order = "class Order:\n    def total(self): ...\ndef load() -> list[Order]: ...\ndef by_id() -> dict[str, Order]: ...\n";
    let python = |body: &str| {
        let files = [("order.py", order), ("app.py", body)];
        called(&files, "app.py", "total")
    };
    for body in [
        "from order import load\nfor o in load():\n    o.total()\n",
        "from order import by_id\nby_id()['a'].total()\n",
    ] {
        assert_eq!(python(body), ["order.py:Order.total"], "{body}");
    }
    let none = python("from order import load\nload().total()\n");
    assert_eq!(none, ["%list.total"]);
    let files = [
        (
            "order.ts",
            "export class Order { total() {} }\nexport async function load(): Promise<Order[]> { return [] }\n",
        ),
        (
            "app.ts",
            "import { load } from './order'\nasync function f() { for (const o of await load()) { o.total() } }\n",
        ),
    ];
    assert_eq!(called(&files, "app.ts", "total"), ["order.ts:Order.total"]);
}

#[test]
fn a_list_of_exports_binds_nothing_and_a_field_of_a_type_is_what_it_holds() {
    let files = [
        (
            "order.ts",
            "export class Order { total() {} }\nconst order = new Order()\nexport { order }\n",
        ),
        ("app.ts", "import { order } from './order'\norder.total()\n"),
        (
            "shop.ts",
            "import { Order } from './order'\ninterface Props { order: Order }\n\
             class Shop { private readonly order: Props[\"order\"]; sum() { return this.order.total() } }\n",
        ),
    ];
    assert_eq!(called(&files, "app.ts", "total"), ["order.ts:Order.total"]);
    assert_eq!(called(&files, "shop.ts", "total"), ["order.ts:Order.total"]);
}

#[test]
fn what_an_object_literal_holds_by_name_is_called() {
    let files = [
        (
            "orders.js",
            "const service = {\n  find: async (id) => service.load(id),\n  load(id) { return this.query(id); },\n  query: async function () {},\n};\nservice.late = async () => {};\nmodule.exports = service;\n",
        ),
        (
            "app.js",
            "const orders = require('./orders');\nconst all = { ...orders, one: orders.find };\norders.find(1);\norders.late();\nall.load(2);\nall.one(3);\norders.nothing();\n",
        ),
        (
            "di.js",
            "const orders = require('./orders');\nconst make = ({ repo }) => ({ list: () => repo.find() });\nconst made = make({ repo: orders });\nmade.list();\n",
        ),
    ];
    let of = |path, name| called(&files, path, name);
    assert_eq!(of("orders.js", "load"), ["orders.js:load"]);
    assert_eq!(of("orders.js", "query"), ["orders.js:query"]);
    assert_eq!(of("app.js", "find"), ["orders.js:find"]);
    assert_eq!(of("app.js", "late"), ["orders.js:late"]);
    assert_eq!(of("app.js", "load"), ["orders.js:load"]);
    assert_eq!(of("app.js", "one"), ["orders.js:find"]);
    assert_eq!(of("app.js", "nothing"), ["%dict.nothing"]);
    assert_eq!(of("di.js", "list"), ["di.js:make.list"]);
    assert_eq!(of("di.js", "find"), ["orders.js:find"]);
}

#[test]
fn a_table_of_functions_is_any_of_them() {
    let files = [(
        "app.js",
        "const by = { a: async () => {}, b: async () => {} };\nconst go = (kind) => by[kind]();\n",
    )];
    assert_eq!(called(&files, "app.js", ""), ["app.js:a", "app.js:b"]);
    let files = [
        (
            "db.js",
            "exports.run = (queries) => queries[process.env.STORE]();\n",
        ),
        (
            "app.js",
            "const { run } = require('./db');\nconst { A, B } = require('./names');\nconst rows = () => run({ [A]: () => 1, [B]: () => 2 });\n",
        ),
    ];
    assert_eq!(called(&files, "db.js", "").len(), 2);
}

#[test]
fn what_forty_models_hand_a_mixin_is_one_thing() {
    let mut files: Vec<(String, String)> = (0..40)
        .map(|at| {
            let text = format!(
                "const {{ Base }} = require('orm');\nconst {{ stamped }} = require('./mixin');\nclass M{at} extends stamped(Base) {{}}\nM{at}.query();\n"
            );
            (format!("m{at}.js"), text)
        })
        .collect();
    files.push((
        "mixin.js".to_owned(),
        "exports.stamped = (Model) => class extends Model {};\n".to_owned(),
    ));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert_eq!(called(&files, "m7.js", "query"), ["orm.Base.query"]);
}

#[test]
fn what_an_instance_passes_on_is_asked_where_it_has_nothing_itself() {
    let holder = "class Holder(object):\n    def __init__(self):\n        self.inner = None\n\n    def start(self, url):\n        from shop.store import Store\n        \
         self.inner = Store(url)\n\n    def __getattr__(self, name):\n        if not self.inner:\n            raise RuntimeError(name)\n        \
         return getattr(self.inner, name)\n\nstore = Holder()\n";
    let files = [
        ("shop/holder.py", holder),
        (
            "shop/store.py",
            "class Table:\n    def find(self):\n        pass\n\nclass Store:\n    def __init__(self, url):\n        self.orders = Table()\n\n    \
             def start(self):\n        pass\n",
        ),
        (
            "shop/client.py",
            "import redis\n\nclass Client:\n    def __init__(self):\n        self._redis = redis.Redis()\n\n    \
             def __getattr__(self, key):\n        return getattr(self._redis, key)\n\nclass Other:\n    def __getattr__(self, key):\n        \
             return getattr(self._redis, 'x' + key)\n",
        ),
        (
            "web.py",
            "from shop.holder import store\nfrom shop.client import Client, Other\n\ndef show():\n    store.orders.find()\n    store.start('x')\n    \
             Client().get('a')\n    Other().get('b')\n",
        ),
    ];
    let called = |name| called(&files, "web.py", name);
    assert_eq!(called("find"), ["shop/store.py:Table.find"]);
    assert_eq!(called("start"), ["shop/holder.py:Holder.start"]);
    assert_eq!(called("get"), ["redis.Redis.get"]);
}

#[test]
fn an_object_that_is_filled_from_its_directory_has_what_the_files_there_give() {
    let facts = [
        (
            "models/index.js",
            "const fs = require('fs')\nconst path = require('path')\nconst db = {}\nfs.readdirSync(__dirname).filter((f) => f !== 'index.js').forEach((file) => {\n  \
             const model = require(path.join(__dirname, file))(connection)\n  db[model.name] = model\n})\ndb.connection = connection\nmodule.exports = db\n",
        ),
        (
            "models/order.js",
            "module.exports = (connection) => {\n  class Order {\n    static late() {}\n  }\n  return Order\n}\n",
        ),
        (
            "models/people.js",
            "const { PrismaClient } = require('@prisma/client')\nmodule.exports = function (connection) {\n  const People = new PrismaClient().people\n  return People\n}\n",
        ),
        (
            "web.js",
            "const db = require('./models')\nconst { Order } = require('./models')\nfunction show() {\n  db.Order.late()\n  Order.late()\n  db.People.update()\n  \
             db.Other.remove()\n}\n",
        ),
    ];
    let called = |name| called(&facts, "web.js", name);
    assert_eq!(called("late"), ["models/order.js:exports.Order.late"; 2]);
    assert_eq!(called("update"), ["@prisma/client.Delegate.update"]);
    assert_eq!(called("remove"), ["%dict.Other.remove"]);
}

#[test]
fn what_the_repository_defines_goes_before_what_a_library_might_have() {
    let files = [
        (
            "base.py",
            "from typing import Generic, Protocol, TypeVar\nfrom mixins import Mixin\nM = TypeVar('M')\n\nclass Shape(Protocol[M]):\n    \
             async def create(self, row): ...\n\nclass Base(Shape, Generic[M]):\n    async def create(self, row):\n        pass\n\nclass ById(Generic[M]):\n    \
             async def find(self, id):\n        pass\n\nclass Late(Mixin, ById[int]):\n    pass\n",
        ),
        (
            "app.py",
            "from base import Base, ById, Late\n\nclass Orders(Base[int], ById[int]):\n    pass\n\nasync def show(orders: Orders, late: Late):\n    \
             await orders.find(1)\n    await late.find(1)\n    await orders.create(1)\n    late.touch()\n    orders.gone()\n",
        ),
    ];
    let called = |name| called(&files, "app.py", name);
    assert_eq!(called("find"), ["base.py:ById.find", "base.py:ById.find"]);
    assert_eq!(called("create"), ["base.py:Base.create"]);
    assert_eq!(called("touch"), ["mixins.Mixin.touch"]);
    assert_eq!(called("gone"), [] as [&str; 0]);
}

#[test]
fn what_is_annotated_with_self_is_of_the_class_that_was_asked() {
    let base = "from typing import Self\nclass Base:\n    @classmethod\n    def of(cls, session) -> Self:\n        return cls(session)\n    def only(self) -> Self:\n        return self\n    @classmethod\n    def all(cls) -> list[Self]:\n        return []\n    def ping(self): ...\n    @property\n    def root(self) -> Self:\n        return self\n    def __enter__(self) -> Self:\n        return self\n";
    let app = "from base import Base\nclass Orders(Base):\n    def newest(self): ...\n    def rooted(self): ...\nclass Users(Base):\n    def newest(self): ...\n    def held(self): ...\n    def oldest(self): ...\ndef run(session):\n    Orders.of(session).newest()\n    Users(session).only().only().oldest()\n    for one in Users.all():\n        one.ping()\n    Orders(session).root.rooted()\n    with Users(session) as users:\n        users.held()\n";
    let files = [("base.py", base), ("app.py", app)];
    let call = |name: &str| called(&files, "app.py", name);
    assert_eq!(call("newest"), ["app.py:Orders.newest"]);
    assert_eq!(call("oldest"), ["app.py:Users.oldest"]);
    assert_eq!(call("ping"), ["base.py:Base.ping"]);
    assert_eq!(call("rooted"), ["app.py:Orders.rooted"]);
    assert_eq!(call("held"), ["app.py:Users.held"]);
}

#[test]
fn a_star_passes_on_no_default_export() {
    let files = [
        (
            "src/err.ts",
            "class Err extends Error {}\nexport default Err\n",
        ),
        ("src/stores.ts", "export class Store { list() {} }\n"),
        (
            "src/index.ts",
            "export * from './err'\nexport * from './stores'\n",
        ),
        (
            "src/app.ts",
            "import { Store } from './index'\nnew Store().list()\n",
        ),
    ];
    assert_eq!(
        called(&files, "src/app.ts", "list"),
        ["src/stores.ts:Store.list"]
    );
}

#[test]
fn what_a_file_exports_may_be_called_through_its_exports() {
    let files = [
        (
            "mail.js",
            "function client() {}\nfunction late() {}\nfunction send() { module.exports.client(); exports.late(); module.exports.none(); }\nmodule.exports = { client, send };\nexports.late = late;\n",
        ),
        (
            "own.js",
            "function f(module) { module.exports.client(); }\nmodule.exports = { client() {} };\n",
        ),
    ];
    assert_eq!(called(&files, "mail.js", "client"), ["mail.js:client"]);
    assert_eq!(called(&files, "mail.js", "late"), ["mail.js:late"]);
    let none = [
        called(&files, "mail.js", "none"),
        called(&files, "own.js", "client"),
    ]
    .concat();
    assert!(none.concat().is_empty(), "{none:?}");
}

#[test]
fn a_long_chain_of_calls_keeps_where_it_begins() {
    let links: String = (0..20).map(|at| format!(".where({at})")).collect();
    let files = [(
        "app.js",
        &*format!("const knex = require('knex')\nknex('t'){links}.first()\n"),
    )];
    let first = called(&files, "app.js", "first");
    assert!(
        first[0].starts_with("knex()") && first[0].ends_with(".where().first"),
        "{first:?}"
    );
}

#[test]
fn an_attribute_asked_for_by_its_written_name_is_that() {
    let files = [(
        "app.py",
        "import redis\nclass A:\n    def run(self): pass\n    def go(self, name):\n        f = getattr(self, 'run')\n        f()\n        getattr(self, name)()\n        getattr(redis.Redis(), 'get', None)('k')\n",
    )];
    assert_eq!(called(&files, "app.py", "f"), ["app.py:A.run"]);
    // By a name that is not written out nothing is known.
    let direct = called(&files, "app.py", "").join(" ");
    assert_eq!(direct, "builtins.getattr() redis.Redis.get");
}

#[test]
fn what_a_method_makes_of_the_class_that_it_is_called_on_is_of_that_class() {
    let base = "class Base:\n    @classmethod\n    def of(cls, row):\n        return cls(row)\n    def plain(self):\n        return self\n    @classmethod\n    def all(cls):\n        return Base()\n";
    let app = "from base import Base\nclass Orders(Base):\n    def newest(self): ...\n    def oldest(self): ...\n    def none(self): ...\nmake = Base.of\ndef run():\n    Orders.of(1).newest()\n    make(1).plain()\n    Orders(1).plain().plain().oldest()\n    Orders.all().none()\n";
    let files = [("base.py", base), ("app.py", app)];
    let call = |name: &str| called(&files, "app.py", name);
    assert_eq!(call("newest"), ["app.py:Orders.newest"]);
    assert_eq!(call("oldest"), ["app.py:Orders.oldest"]);
    assert!(
        call("plain")
            .iter()
            .all(|found| found == "base.py:Base.plain")
    );
    assert!(call("none").concat().is_empty());
    let files = [(
        "app.ts",
        "class Base { static of(row) { return new this(row); } where() { return this; } }\nclass Orders extends Base { newest() {} oldest() {} }\nOrders.of(1).newest();\nnew Orders().where().where().oldest();\n",
    )];
    assert_eq!(called(&files, "app.ts", "newest"), ["app.ts:Orders.newest"]);
    assert_eq!(called(&files, "app.ts", "oldest"), ["app.ts:Orders.oldest"]);
}
