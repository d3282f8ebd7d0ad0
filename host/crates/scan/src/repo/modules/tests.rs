//! Imports found without configuration, and where a library has the name.

use super::*;

fn modules(paths: &[&'static str]) -> Modules {
    let files = paths
        .iter()
        .map(|path| (*path, Language::from_path(path).expect("code")));
    Modules::new(
        files,
        BTreeMap::new(),
        BTreeMap::from([("example.com/shop".into(), "".into())]),
    )
}

fn name(modules: &Modules, module: &str, from: &str) -> Option<String> {
    let language = Language::from_path(from).expect("code");
    Some(
        match modules.find(module, from, language, &Facts::default())? {
            Target::File(id) => modules.path(id).expect("known").to_owned(),
            Target::Directory(dir) => format!("{dir}/"),
        },
    )
}

#[test]
fn python_imports_are_found_by_suffix_unless_a_library_has_the_name() {
    let all = modules(&[
        "src/shop/db.py",
        "src/shop/api/__init__.py",
        "src/shop/api/logging.py",
        "tools/x/y.py",
    ]);
    let from = "src/shop/api/__init__.py";
    assert_eq!(
        name(&all, "shop.db", from).as_deref(),
        Some("src/shop/db.py")
    );
    assert_eq!(name(&all, "..db", from).as_deref(), Some("src/shop/db.py"));
    assert_eq!(
        name(&all, ".", from).as_deref(),
        Some("src/shop/api/__init__.py")
    );
    assert_eq!(name(&all, "logging", from), None);
    assert_eq!(name(&all, "y", from), None);
    assert_eq!(name(&all, "tools.x", from).as_deref(), Some("tools/x/"));
    assert_eq!(name(&all, "requests", from), None);
}

#[test]
fn a_python_file_called_as_the_library_it_wraps_imports_the_library() {
    let all = modules(&["app/openai.py", "app/chat.py", "app/prices.py"]);
    assert_eq!(name(&all, "openai", "app/openai.py"), None);
    assert_eq!(
        name(&all, "prices", "app/chat.py").as_deref(),
        Some("app/prices.py")
    );
    let mut facts = Facts::default();
    facts
        .add(
            "x.toml",
            "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"openai.Client\"]\n",
        )
        .expect("well formed");
    assert_eq!(
        all.find("openai", "app/chat.py", Language::Python, &facts),
        None
    );
}

#[test]
fn a_directory_of_python_files_is_a_package_for_what_it_holds() {
    let all = modules(&["api/data/rows.py", "api/alembic/env.py", "api/main.py"]);
    assert_eq!(
        all.namespace("data", "rows.list", "api/main.py").as_deref(),
        Some("api/data")
    );
    assert_eq!(
        all.namespace("alembic", "op.create_table", "api/main.py"),
        None
    );
    assert_eq!(all.namespace("data", "rows", "web/main.py"), None);
}

#[test]
fn javascript_imports_follow_extensions_index_files_and_aliases() {
    let all = modules(&["app/lib/db/index.ts", "app/pages/a.tsx", "app/lib/x.js"]);
    let from = "app/pages/a.tsx";
    assert_eq!(
        name(&all, "../lib/db", from).as_deref(),
        Some("app/lib/db/index.ts")
    );
    assert_eq!(
        name(&all, "../lib/x.js", from).as_deref(),
        Some("app/lib/x.js")
    );
    assert_eq!(name(&all, "@/lib/x", from).as_deref(), Some("app/lib/x.js"));
    assert_eq!(
        name(&all, "@lib/db/index", from).as_deref(),
        Some("app/lib/db/index.ts")
    );
    assert_eq!(
        name(&all, "$lib/db", from).as_deref(),
        Some("app/lib/db/index.ts")
    );
    assert_eq!(name(&all, "@scope/lib", from), None);
    let mut facts = Facts::default();
    facts
        .add(
            "x.toml",
            "schema = \"perfctl.facts/1\"\n[returns]\n\"@lib/x.y\" = \"z\"\n",
        )
        .expect("well formed");
    assert_eq!(all.find("@lib/x", from, Language::TypeScript, &facts), None);
    assert_eq!(name(&all, "axios", from), None);
}

#[test]
fn go_imports_are_directories_of_the_module() {
    let all = modules(&["internal/db/db.go", "main.go"]);
    assert_eq!(
        name(&all, "example.com/shop/internal/db", "main.go").as_deref(),
        Some("internal/db/")
    );
    assert_eq!(name(&all, "database/sql", "main.go"), None);
}

#[test]
fn the_standard_modules_are_sorted_for_the_search() {
    assert!(
        is_standard("abc")
            && is_standard("zoneinfo")
            && is_standard("logging")
            && !is_standard("flask")
    );
}

#[test]
fn modules_of_layers_are_imported_by_their_names_alone() {
    let all = modules(&[
        "shared/layers/common/python/common/store.py",
        "layers/orders/prices.py",
        "utils-layer/nodejs/clients.js",
        "src/MailLayer/python/mail.py",
        "lib/deep/other.py",
        "video/player/decoder.py",
        "players/python/scores.py",
        "data_access_layer/rows.py",
        "player/nodejs/media.js",
        "web/forms.js",
        "functions/list/app.py",
        "functions/list/index.js",
    ]);
    let from = "functions/list/app.py";
    for (module, path) in [
        (
            "common.store",
            Some("shared/layers/common/python/common/store.py"),
        ),
        ("prices", Some("layers/orders/prices.py")),
        ("mail", Some("src/MailLayer/python/mail.py")),
        ("decoder", None),
        ("scores", None),
        ("rows", None),
        ("other", None),
        ("logging", None),
    ] {
        assert_eq!(name(&all, module, from).as_deref(), path, "{module}");
    }
    let from = "functions/list/index.js";
    for (module, path) in [
        ("/opt/nodejs/clients", Some("utils-layer/nodejs/clients.js")),
        ("/opt/clients.js", Some("utils-layer/nodejs/clients.js")),
        ("/opt/nodejs/none", None),
        ("/opt/nodejs/media", None),
        ("/opt/forms", None),
    ] {
        assert_eq!(name(&all, module, from).as_deref(), path, "{module}");
    }
}

#[test]
fn of_files_with_one_suffix_python_takes_the_one_on_its_search_path() {
    let modules = modules(&[
        "api/manage.py",
        "api/permissions/__init__.py",
        "api/permissions/rows.py",
        "api/shops/__init__.py",
        "api/shops/permissions/__init__.py",
        "api/shops/permissions/rows.py",
        "api/orders/__init__.py",
        "api/orders/permissions/__init__.py",
        "api/orders/permissions/rows.py",
    ]);
    let named = |module: &str, from: &str| name(&modules, module, from);
    for from in [
        "api/shops/permissions/rows.py",
        "api/shops/permissions/views.py",
        "api/orders/views.py",
    ] {
        let found = named("permissions.rows", from);
        assert_eq!(found.as_deref(), Some("api/permissions/rows.py"), "{from}");
    }
    let found = named("shops.permissions.rows", "api/orders/views.py");
    assert_eq!(found.as_deref(), Some("api/shops/permissions/rows.py"));
}
