//! Tables of things in the three languages.

use crate::repo::scratch::Scratch;

const FACTS: &str = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"pg.query\"]\nkind = \"db\"\nverb = \"read\"\n";

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort();
    all
}

#[test]
fn what_a_dictionary_of_instances_gives_is_an_instance() {
    let reg = "class Store:\n    def find(self): ...\nclass Other:\n    def find(self): ...\nPLAIN = {'a': Store(), 'b': Other()}\nSTORES = [Store(), Other()]\n";
    for body in [
        "PLAIN[k].find()",
        "PLAIN.get(k).find()",
        "for x in PLAIN.values(): x.find()",
        "for k, x in PLAIN.items(): x.find()",
        "[x.find() for x in PLAIN.values()]",
        "for x in STORES: x.find()",
        "STORES[0].find()",
        "sum(x.find() for x in STORES)",
    ] {
        let app = format!("from reg import PLAIN, STORES\ndef f(k):\n    {body}\n");
        let scratch = Scratch::new(FACTS, &[("reg.py", reg), ("app.py", &app)]);
        let found = sorted(scratch.called("app.py", "find"));
        assert_eq!(found, ["reg.py:Other.find", "reg.py:Store.find"], "{body}");
        let here = format!("{reg}def f(k):\n    {body}\n");
        let scratch = Scratch::new(FACTS, &[("reg.py", &here)]);
        let found = sorted(scratch.called("reg.py", "find"));
        assert_eq!(found, ["reg.py:Other.find", "reg.py:Store.find"], "{body}");
    }
    for body in [
        // Keys, the table itself, and what is data.
        "for x in PLAIN: x.find()",
        "for x, y in PLAIN.items(): x.find()",
        "PLAIN.find()",
        "PLAIN.keys().find()",
        "row = {'id': k.id, 'name': k.name}\n    row['id'].find()",
    ] {
        let app = format!("{reg}def f(k):\n    {body}\n");
        let scratch = Scratch::new(FACTS, &[("app.py", &app)]);
        let found = scratch.called("app.py", "find");
        assert!(!found.concat().contains("app.py:"), "{body}: {found:?}");
    }
}

#[test]
fn lists_that_are_made_of_instances_hold_them() {
    let app = "class Worker:\n    def start(self): ...\nworkers = [Worker(n) for n in range(4)]\nby_name = {n: Worker(n) for n in 'ab'}\ndef f():\n    for w in workers: w.start()\n    for n, w in by_name.items(): w.start()\n    by_name['a'].start()\n";
    let scratch = Scratch::new(FACTS, &[("app.py", app)]);
    assert_eq!(
        scratch.called("app.py", "start"),
        ["app.py:Worker.start"; 3]
    );
}

#[test]
fn collections_of_javascript_hold_what_they_are_made_of() {
    let reg = "class A { find() {} }\nclass B { find() {} }\nexport const plain = { a: new A(), b: new B() };\nexport const list = [new A(), new B()];\nexport const map = new Map([['a', new A()], ['b', new B()]]);\nexport const data = [1, 2];\n";
    for body in [
        "plain[k].find()",
        "Object.values(plain).forEach((x) => x.find())",
        "for (const x of Object.values(plain)) x.find()",
        "for (const [n, x] of Object.entries(plain)) x.find()",
        "list.forEach((x) => x.find())",
        "for (const x of list) x.find()",
        "list[k].find()",
        "map.get(k).find()",
        "for (const x of map.values()) x.find()",
        "for (const [n, x] of map.entries()) x.find()",
    ] {
        let app = format!(
            "import {{ plain, list, map, data }} from './reg';\nfunction f(k) {{ {body} }}\n"
        );
        let scratch = Scratch::new(FACTS, &[("reg.js", reg), ("app.js", &app)]);
        let found = sorted(scratch.called("app.js", "find"));
        assert_eq!(found, ["reg.js:A.find", "reg.js:B.find"], "{body}");
    }
    for body in ["data[0].find()", "list.find((x) => x.a)", "plain.find()"] {
        let app = format!(
            "import {{ plain, list, map, data }} from './reg';\nfunction f(k) {{ {body} }}\n"
        );
        let scratch = Scratch::new(FACTS, &[("reg.js", reg), ("app.js", &app)]);
        let found = scratch.called("app.js", "find");
        assert!(!found.concat().contains("reg.js:"), "{body}: {found:?}");
    }
}

#[test]
fn a_function_chosen_from_a_table_is_any_of_them() {
    let python = "from pg import query\nfrom late import third\ndef first(x): query()\ndef second(x): ...\nHANDLERS = {'a': first, 'b': second, 'c': third}\nSTEPS = [('a', first), ('b', second)]\nclass A:\n    def one(self): ...\n    def two(self): ...\n    def pick(self, k):\n        return {'1': self.one, '2': self.two}[k](k)\ndef run(kind, x):\n    HANDLERS[kind](x)\ndef again(kind, x):\n    handler = HANDLERS.get(kind)\n    handler(x)\ndef steps(x):\n    for name, step in STEPS:\n        step(x)\n";
    let scratch = Scratch::new(
        FACTS,
        &[("app.py", python), ("late.py", "def third(x): ...\n")],
    );
    let graph = &scratch.survey.view.graph;
    let edges = |symbol: &str| graph.edges(scratch.function("app.py", symbol)).len();
    assert_eq!(edges("run"), 3);
    assert_eq!(edges("again"), 3);
    assert_eq!(edges("steps"), 2);
    assert_eq!(edges("A.pick"), 2);
    assert!(!graph.effects(scratch.function("app.py", "run")).is_empty());
    let go = "package shop\nfunc a(x int) {}\nfunc b(x int) {}\nvar all = map[string]func(int){\"a\": a, \"b\": b}\nvar list = []func(int){a, b}\nfunc run(k string) {\n\tall[k](1)\n}\nfunc each() {\n\tfor _, f := range list {\n\t\tf(1)\n\t}\n}\nfunc late(k string) {\n\tgo all[k](1)\n}\nfunc one(k string) {\n\tif f, ok := all[k]; ok {\n\t\tf(1)\n\t}\n}\n";
    let js = "const fn = (kind) => ({ a, b, c: async () => {} })[kind]();\nasync function a() {}\nfunction b() {}\nfunction late(name, x) { const f = { a, b }[name]; return f(x); }\n";
    let scratch = Scratch::new(
        FACTS,
        &[("go.mod", "module x\n"), ("a.go", go), ("a.js", js)],
    );
    let graph = &scratch.survey.view.graph;
    let edges = |path: &str, symbol: &str| graph.edges(scratch.function(path, symbol)).len();
    for symbol in ["run", "each", "late", "one"] {
        assert_eq!(edges("a.go", symbol), 2, "{symbol}");
    }
    assert_eq!(edges("a.js", "fn"), 3);
    assert_eq!(edges("a.js", "late"), 2);
}

#[test]
fn of_very_many_functions_one_may_run_and_none_is_said_to() {
    let mut text = "from pg import query\n".to_owned();
    for at in 0..20 {
        text.push_str(&format!("def f{at}(x): query()\n"));
    }
    let entries: String = (0..20).map(|at| format!("'{at}': f{at}, ")).collect();
    text.push_str(&format!("ALL = {{{entries}}}\ndef run(k): ALL[k](1)\n"));
    let scratch = Scratch::new(FACTS, &[("app.py", &text)]);
    let graph = &scratch.survey.view.graph;
    let run = scratch.function("app.py", "run");
    assert_eq!(graph.edges(run).len(), 20);
    assert!(graph.effects(run).is_empty());
    assert_eq!(graph.callers(scratch.function("app.py", "f7")).len(), 1);
}
