//! Which methods stand in for a declared one: those of subclasses, of classes that implement an interface, and in Go those of
//! every type that has all methods of an interface. Knows nothing of what they do.

mod protocols;

use std::collections::VecDeque;

use perfctl_core::seams::Stop;
use rustc_hash::{FxHashMap, FxHashSet};

use super::callgraph::{FunctionId, Graph};
use super::modules::directory;
use super::resolve::Value;
use super::{FileId, Repo};
use crate::lower::Language;
use perfctl_core::path_class::PathClass;

/// Methods by the method that they stand in for.
pub type Overriding = FxHashMap<FunctionId, Vec<FunctionId>>;

/// The most types of Go that one interface is followed to: an interface that more of them satisfy (`Close`, `String`) is
/// satisfied by chance.
const MOST_BY_SHAPE: usize = 4;

/// Follows the classes of `repo`. Those of tests stand in for nothing: they are made to be called by tests.
pub fn overriding(repo: &Repo, graph: &Graph, stop: &dyn Stop) -> Overriding {
    let mut all = Overriding::default();
    for file in repo
        .ids()
        .filter(|file| repo.file(*file).class != PathClass::Test)
    {
        for class in 0..repo.file(file).index.classes.len() as u32 {
            if stop.requested() {
                return all;
            }
            for (base_file, base) in ancestors(repo, file, class) {
                let inherited = &repo.file(base_file).index.classes[base as usize].methods;
                for (name, at) in &repo.file(file).index.classes[class as usize].methods {
                    if let Some(of) = inherited.get(name) {
                        all.entry(graph.id(base_file, *of))
                            .or_default()
                            .push(graph.id(file, *at));
                    }
                }
            }
        }
    }
    by_shape(repo, graph, &mut all);
    protocols::by_protocol(repo, graph, &mut all);
    for methods in all.values_mut() {
        methods.sort_unstable();
        methods.dedup();
    }
    all
}

/// The function that makes an instance of a class: its own constructor, else that of the nearest class that it inherits from.
pub fn constructor(repo: &Repo, file: FileId, class: u32) -> Option<(FileId, u32)> {
    let own = |(file, class): (FileId, u32)| {
        let methods = &repo.file(file).index.classes[class as usize].methods;
        let at = methods
            .get("__init__")
            .or_else(|| methods.get("constructor"))?;
        Some((file, *at))
    };
    own((file, class)).or_else(|| ancestors(repo, file, class).into_iter().find_map(own))
}

/// Classes of the repository that a class inherits from, nearest first.
pub(crate) fn ancestors(repo: &Repo, file: FileId, class: u32) -> Vec<(FileId, u32)> {
    let mut found: Vec<(FileId, u32)> = Vec::new();
    let mut queue = VecDeque::from([(file, class)]);
    while let Some((file, class)) = queue.pop_front() {
        for base in &repo.file(file).index.classes[class as usize].bases {
            for value in repo.meaning(file, *base) {
                if let Value::Class(file, at) = value
                    && found.len() < 16
                    && !found.contains(&(*file, *at))
                {
                    found.push((*file, *at));
                    queue.push_back((*file, *at));
                }
            }
        }
    }
    found
}

/// Go's types satisfy interfaces without saying so.
fn by_shape(repo: &Repo, graph: &Graph, all: &mut Overriding) {
    let go = || {
        repo.ids().filter(|file| {
            repo.file(*file).language == Language::Go && repo.file(*file).class != PathClass::Test
        })
    };
    // The methods of a type may stand in any file of its package.
    let mut types = Types::default();
    for file in go() {
        let code = repo.file(file);
        for (at, row) in code
            .index
            .functions
            .iter()
            .enumerate()
            .filter(|(_, row)| row.is_bound)
        {
            if let Some((owner, name)) = code.text(row.symbol).split_once('.') {
                types
                    .entry((directory(&code.path), owner))
                    .or_default()
                    .insert(name, Some(graph.id(file, at as u32)));
            }
        }
    }
    let types = with_promoted(repo, graph, types, go());
    let mut having: FxHashMap<&str, Vec<&(&str, &str)>> = FxHashMap::default();
    for (owner, methods) in &types {
        for name in methods.keys() {
            having.entry(name).or_default().push(owner);
        }
    }
    for file in go() {
        for class in &repo.file(file).index.classes {
            let declared: Vec<(&str, FunctionId)> = class
                .methods
                .iter()
                .map(|(name, at)| (&**name, graph.id(file, *at)))
                .collect();
            if declared.is_empty() || declared.iter().any(|(_, id)| !graph.is_abstract(repo, *id)) {
                continue;
            }
            let rarest = declared
                .iter()
                .min_by_key(|(name, _)| (having.get(name).map_or(0, Vec::len), *name));
            let candidates = rarest
                .and_then(|(name, _)| having.get(name))
                .map_or(&[][..], Vec::as_slice);
            let fitting: FxHashSet<&(&str, &str)> = candidates
                .iter()
                .copied()
                .filter(|owner| {
                    declared
                        .iter()
                        .all(|(name, _)| types[*owner].contains_key(name))
                })
                .collect();
            let Some(fitting) = nearest(fitting, directory(&repo.file(file).path)) else {
                continue;
            };
            for (name, id) in &declared {
                all.entry(*id)
                    .or_default()
                    .extend(fitting.iter().filter_map(|owner| types[*owner][name]));
            }
        }
    }
}

/// The methods of Go's types, by package and name; `None` for one that an embedded interface only declares.
type Types<'r> = FxHashMap<(&'r str, &'r str), FxHashMap<&'r str, Option<FunctionId>>>;

/// The methods of types with those of what they embed, of which the nearest counts.
fn with_promoted<'r>(
    repo: &'r Repo,
    graph: &Graph,
    own: Types<'r>,
    files: impl Iterator<Item = FileId>,
) -> Types<'r> {
    let mut all = own.clone();
    for file in files {
        let code = repo.file(file);
        for (at, class) in code.index.classes.iter().enumerate() {
            // What an interface embeds is declared where it stands, and followed from there.
            let is_interface = !class.methods.is_empty()
                && (class.methods.values()).all(|at| graph.is_abstract(repo, graph.id(file, *at)));
            if class.bases.is_empty() || is_interface {
                continue;
            }
            let promoted = ancestors(repo, file, at as u32);
            let methods = all
                .entry((directory(&code.path), code.text(class.name)))
                .or_default();
            for (base_file, base) in promoted {
                let base_code = repo.file(base_file);
                let base = &base_code.index.classes[base as usize];
                let owner = (directory(&base_code.path), base_code.text(base.name));
                for (name, id) in own.get(&owner).into_iter().flatten() {
                    methods.entry(name).or_insert(*id);
                }
                for (name, at) in &base.methods {
                    if graph.is_abstract(repo, graph.id(base_file, *at)) {
                        methods.entry(name).or_insert(None);
                    }
                }
            }
        }
    }
    all
}

/// Of more types than one interface is followed to, those of its own package, or else those of the directory that both packages
/// share most of: each service of a repository has its own copy of generated code. None where these are too many as well.
fn nearest<'t>(
    fitting: FxHashSet<&'t (&'t str, &'t str)>,
    dir: &str,
) -> Option<Vec<&'t (&'t str, &'t str)>> {
    if fitting.len() <= MOST_BY_SHAPE {
        return Some(fitting.into_iter().collect());
    }
    let shared = |other: &str| {
        let pairs = dir.split('/').zip(other.split('/'));
        let count = pairs.take_while(|(one, two)| one == two).count();
        (other == dir, count)
    };
    let most = fitting.iter().map(|(other, _)| shared(other)).max()?;
    let nearest: Vec<_> = fitting
        .into_iter()
        .filter(|(other, _)| shared(other) == most)
        .collect();
    (most.1 > 0 && nearest.len() <= MOST_BY_SHAPE).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use crate::repo::facts::effect_bit;
    use crate::repo::scratch::Scratch;
    use crate::tree::{Kind, Role};

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["psycopg2.connect().execute", "database/sql.DB.QueryRow"]
kind = "db"
verb = "read"
"#;

    /// Whether the function `symbol` reads a database, and how many calls lead there.
    fn reads(scratch: &Scratch, path: &str, symbol: &str) -> (bool, usize) {
        let view = &scratch.survey.view;
        let id = scratch.function(path, symbol);
        let bit = effect_bit("db-read").expect("an effect");
        (
            view.graph.effects(id).all & bit != 0,
            view.graph.chain(id, bit, false).len(),
        )
    }

    #[test]
    fn a_declared_method_does_what_the_methods_do_that_stand_in_for_it() {
        let scratch = Scratch::new(
            FACTS,
            &[
                (
                    "store.py",
                    "class Store:\n    def get(self):\n        raise NotImplementedError\n    def plain(self):\n        return 1\n",
                ),
                (
                    "pg.py",
                    "import psycopg2\nfrom store import Store\nclass Pg(Store):\n    def get(self):\n        psycopg2.connect().execute('x')\n    def plain(self):\n        self.get()\n",
                ),
                (
                    "app.py",
                    "from store import Store\ndef one(store: Store):\n    store.get()\ndef two(store: Store):\n    store.plain()\n",
                ),
            ],
        );
        assert_eq!(reads(&scratch, "app.py", "one"), (true, 2));
        assert_eq!(reads(&scratch, "app.py", "two"), (false, 0));
    }

    #[test]
    fn what_one_of_many_implementations_does_the_declared_method_does_not() {
        let plain = |name: &str| {
            format!(
                "from store import Store\nclass {name}(Store):\n    def get(self):\n        return 1\n"
            )
        };
        let (one, two) = (plain("One"), plain("Two"));
        let scratch = Scratch::new(
            FACTS,
            &[
                (
                    "store.py",
                    "class Store:\n    def get(self):\n        raise NotImplementedError\n",
                ),
                (
                    "pg.py",
                    "import psycopg2\nfrom store import Store\nclass Pg(Store):\n    def get(self):\n        psycopg2.connect().execute('x')\n",
                ),
                ("one.py", &one),
                ("two.py", &two),
                (
                    "app.py",
                    "from store import Store\ndef run(store: Store):\n    store.get()\n",
                ),
            ],
        );
        assert_eq!(reads(&scratch, "app.py", "run"), (false, 0));
    }

    #[test]
    fn a_declared_method_does_what_its_result_shows() {
        let facts =
            format!("{FACTS}\n[[fact]]\npaths = [\"database/sql.Rows\"]\nshows = \"db-read\"\n");
        let scratch = Scratch::new(
            &facts,
            &[(
                "db.go",
                "package db\nimport \"database/sql\"\ntype DBTX interface {\n\tQuery(q string) (*sql.Rows, error)\n}\ntype Queries struct {\n\tdb DBTX\n}\nfunc (q *Queries) List() {\n\tq.db.Query(\"x\")\n}\n",
            )],
        );
        assert_eq!(reads(&scratch, "db.go", "Queries.List"), (true, 1));
    }

    #[test]
    fn a_go_interface_is_what_the_types_do_that_have_all_its_methods() {
        let scratch = Scratch::new(
            FACTS,
            &[
                ("go.mod", "module example.com/shop\n"),
                (
                    "shop/shop.go",
                    "package shop\ntype Users interface {\n\tGet(id int) int\n\tPut(id int)\n}\ntype App struct {\n\tusers Users\n}\nfunc (a *App) Run() {\n\ta.users.Get(1)\n}\n",
                ),
                (
                    "pg/pg.go",
                    "package pg\nimport \"database/sql\"\ntype Store struct {\n\tdb *sql.DB\n}\nfunc (s *Store) Get(id int) int {\n\ts.db.QueryRow(\"x\")\n\treturn 1\n}\n",
                ),
                ("pg/put.go", "package pg\nfunc (s *Store) Put(id int) {}\n"),
                (
                    "pg/half.go",
                    "package pg\ntype Half struct{}\nfunc (h *Half) Get(id int) int { return 1 }\n",
                ),
            ],
        );
        assert_eq!(reads(&scratch, "shop/shop.go", "App.Run"), (true, 2));
    }

    #[test]
    fn methods_of_what_a_struct_embeds_are_its_own() {
        let scratch = Scratch::new(
            FACTS,
            &[
                ("go.mod", "module example.com/shop\n"),
                (
                    "shop/shop.go",
                    "package shop\ntype Users interface {\n\tGet(id int) int\n\tPut(id int)\n\tPing()\n}\ntype Kept struct {\n\tUsers\n}\nfunc (k *Kept) Get(id int) int { return 1 }\nfunc run(users Users) {\n\tusers.Get(1)\n}\nfunc check(users Users) {\n\tusers.Ping()\n}\n",
                ),
                (
                    "pg/base.go",
                    "package pg\nimport \"database/sql\"\ntype base struct {\n\tdb *sql.DB\n}\nfunc (b *base) Put(id int) {}\nfunc (b *base) Ping() {\n\tb.db.QueryRow(\"x\")\n}\n",
                ),
                (
                    "pg/pg.go",
                    "package pg\ntype Store struct {\n\tbase\n}\nfunc (s *Store) Get(id int) int {\n\ts.db.QueryRow(\"x\")\n\treturn 1\n}\n",
                ),
            ],
        );
        assert_eq!(reads(&scratch, "shop/shop.go", "run"), (true, 2));
        assert_eq!(reads(&scratch, "shop/shop.go", "check"), (true, 2));
    }

    #[test]
    fn of_many_types_that_satisfy_an_interface_those_of_its_package_count() {
        let store = |at: usize| {
            let text = "package pb\nimport \"database/sql\"\ntype Users interface {\n\tGet(id int) int\n}\ntype users struct {\n\tdb *sql.DB\n}\nfunc (s *users) Get(id int) int {\n\ts.db.QueryRow(\"x\")\n\treturn 1\n}\ntype other struct{}\nfunc (s *other) Get(id int) int { return 1 }\n";
            (format!("service{at}/pb/pb.go"), text.to_owned())
        };
        let mut files: Vec<(String, String)> = (0..4).map(store).collect();
        files.push((
            "service1/main.go".to_owned(),
            "package main\nimport \"example.com/shop/service1/pb\"\nfunc run(users pb.Users) {\n\tusers.Get(1)\n}\n".to_owned(),
        ));
        files.push(("go.mod".to_owned(), "module example.com/shop\n".to_owned()));
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let scratch = Scratch::new(FACTS, &files);
        assert_eq!(reads(&scratch, "service1/main.go", "run"), (true, 2));
    }

    #[test]
    fn a_method_in_another_file_goes_before_those_of_what_a_struct_embeds() {
        let scratch = Scratch::new(
            FACTS,
            &[
                ("go.mod", "module example.com/shop\n"),
                (
                    "app.go",
                    "package shop\nimport (\n\t\"sync\"\n\t\"example.com/shop/db\"\n)\ntype App struct {\n\tsync.Mutex\n\tdb *db.Store\n}\nfunc (a *App) Run() {\n\ta.load()\n}\n",
                ),
                (
                    "load.go",
                    "package shop\nfunc (a *App) load() {\n\ta.db.Get(1)\n}\n",
                ),
                (
                    "db/db.go",
                    "package db\nimport \"database/sql\"\ntype Store struct {\n\tdb *sql.DB\n}\nfunc (s *Store) Get(id int) {\n\ts.db.QueryRow(\"x\")\n}\n",
                ),
            ],
        );
        assert_eq!(reads(&scratch, "app.go", "App.Run"), (true, 3));
    }

    /// What the calls by the name `name` in a file are said to run.
    fn callees(scratch: &Scratch, path: &str, name: &str) -> Vec<String> {
        let view = &scratch.survey.view;
        let file = view.open(view.entry(path).expect("listed")).expect("read");
        let code = file.code().expect("code");
        let tree = &code.syntax.tree;
        let calls = tree.ids().filter(|id| {
            let callee = tree.child(*id, Role::Callee);
            tree.node(*id).kind == Kind::Call && callee.is_some_and(|it| tree.text(it) == name)
        });
        let all = calls.flat_map(|call| code.callees(view, call));
        all.map(|id| {
            let (file, at) = view.graph.locate(id);
            let code = view.repo.file(file);
            code.text(code.index.functions[at as usize].symbol)
                .to_owned()
        })
        .collect()
    }

    #[test]
    fn of_a_generic_interface_with_many_classes_those_of_the_receivers_own_type_count() {
        let facts = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"pg.query\"]\nkind = \"db\"\nverb = \"read\"\n";
        let mut files = vec![(
            "store.ts".to_owned(),
            "export interface Store<T> { all(): Promise<T[]> }\n".to_owned(),
        )];
        for at in 0..12 {
            let body = if at == 3 {
                "return query('x');"
            } else {
                "return [];"
            };
            let text = format!(
                "import {{ query }} from 'pg';\nimport {{ Store }} from './store';\nexport interface Own{at} extends Store<string> {{ more{at}(): void }}\nexport class Pg{at} implements Own{at} {{ async all() {{ {body} }} more{at}() {{}} }}\n"
            );
            files.push((format!("s{at}.ts"), text));
        }
        let app = "import { Own3 } from './s3';\nimport { Own4 } from './s4';\nimport { Store } from './store';\n\
             class Three { constructor(private own: Own3) {} run() { return this.own.all(); } }\n\
             class Four { constructor(private own: Own4) {} run() { return this.own.all(); } }\n";
        files.push(("app.ts".to_owned(), app.to_owned()));
        let any = "import { Store } from './store';\nclass Any { constructor(private any: Store<string>) {} run() { return this.any.all(); } }\n";
        files.push(("any.ts".to_owned(), any.to_owned()));
        let files: Vec<(&str, &str)> = (files.iter())
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let scratch = Scratch::new(facts, &files);
        assert_eq!(reads(&scratch, "app.ts", "Three.run"), (true, 2));
        assert_eq!(reads(&scratch, "app.ts", "Four.run"), (false, 0));
        assert_eq!(reads(&scratch, "any.ts", "Any.run"), (false, 0));
        assert_eq!(callees(&scratch, "app.ts", "all"), ["Pg3.all", "Pg4.all"]);
        assert_eq!(callees(&scratch, "any.ts", "all"), ["Store.all"]);
    }

    #[test]
    fn a_protocol_is_what_the_classes_do_that_have_all_its_methods() {
        let scratch = Scratch::new(
            FACTS,
            &[
                (
                    "store.py",
                    "from typing import Protocol\nclass Store(Protocol):\n    def get(self, id: int) -> int: ...\n    def put(self, id: int) -> None: ...\n",
                ),
                (
                    "pg.py",
                    "import psycopg2\nclass Pg:\n    def get(self, id):\n        psycopg2.connect().execute('x')\n    def put(self, id): pass\nclass Half:\n    def get(self, id): return 1\n",
                ),
                (
                    "app.py",
                    "from store import Store\ndef run(store: Store):\n    store.get(1)\ndef keep(store: Store):\n    store.put(1)\n",
                ),
            ],
        );
        assert_eq!(reads(&scratch, "app.py", "run"), (true, 2));
        assert_eq!(reads(&scratch, "app.py", "keep"), (false, 0));
        assert_eq!(callees(&scratch, "app.py", "get"), ["Pg.get"]);
    }
}
