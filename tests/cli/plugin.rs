//! Plugins from their author's side and their user's: started, built, tested, inspected, used, refused.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::World;
use crate::support::compilers::{Language, build, copied};

#[test]
fn a_plugin_in_rust_is_started_built_tested_inspected_and_used() {
    if !Language::Rust.is_here("a_plugin_in_rust_is_started_built_tested_inspected_and_used") {
        return;
    }
    let world = World::new();
    world
        .run(&["plugin", "new", "org/plugins/acme", "--lang", "rust"])
        .expect(0);
    build(&world, &["plugin", "build", "org/plugins/acme"]).expect(0);
    let tested = world.run(&["plugin", "test", "org/plugins/acme"]).expect(0);
    assert!(tested.out().contains("ACME-001"), "{}", tested.out());
    let file = "org/plugins/acme/plugin.wasm";
    let inspected = world.run(&["plugin", "inspect", file]).expect(0);
    assert!(
        inspected.out().contains("asks for    nothing"),
        "{}",
        inspected.out()
    );
    let inspected = world.run(&["plugin", "inspect", file, "--format", "json"]);
    let inspected: serde_json::Value = serde_json::from_str(&inspected.expect(0).out()).unwrap();
    assert_eq!(inspected["rules"][0]["id"], "ACME-001");
    assert!(inspected["bytes"].as_u64().unwrap() < 200_000);

    // The component alone is the whole plugin.
    world.file(
        "service/app.py",
        "import re\n\ndef codes(rows):\n    for row in rows:\n        yield re.compile('a+').match(row)\n",
    );
    std::fs::create_dir_all(world.work().join("shipped/plugins")).unwrap();
    let shipped = world.work().join("shipped/plugins/any-name.wasm");
    std::fs::copy(world.work().join(file), shipped).unwrap();
    for config in ["org", "shipped"] {
        let args = [
            "check",
            "service",
            "--config",
            config,
            "--select",
            "ACME-001",
            "--fail-on",
            "low",
        ];
        let ran = world.run(&args).expect(1);
        let out = ran.out();
        assert!(out.contains("compile compiles the same pattern"), "{out}");
        assert!(out.contains("service/app.py:5"), "{out}");
    }
}

#[test]
fn what_is_no_plugin_says_what_it_is() {
    let world = World::new();
    world.file("a.wasm", "#!/bin/sh\n");
    world.file("empty/Cargo.toml", "");
    for (args, said) in [
        (
            &["plugin", "inspect", "a.wasm"][..],
            "neither a component of WASM nor a pack of scripts",
        ),
        (&["plugin", "inspect", "b.wasm"], "b.wasm"),
        (&["plugin", "build", "empty"], "no pack.toml"),
        (&["plugin", "build", "nowhere"], "nowhere"),
        (&["plugin", "new", "Bad Name", "--lang", "lua"], "bad-name"),
    ] {
        let ran = world.run(args).expect(2);
        assert!(ran.err().contains(said), "{args:?}: {}", ran.err());
    }
}

#[test]
fn a_broken_component_beside_packs_is_a_problem_that_is_named() {
    let world = World::new();
    world.file("service/app.py", "import json\n");
    world.file("org/plugins/broken.wasm", "\0asm");
    let ran = world.run(&["check", "service", "--config", "org"]);
    let said = format!("{}{}", ran.out(), ran.err());
    assert!(said.contains("broken.wasm"), "{said}");
    assert!(said.contains("no WASM component"), "{said}");
    assert!(said.contains("not everything was looked at"), "{said}");
}

#[test]
fn a_plugin_in_lua_is_a_pack_of_scripts() {
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "lua"])
        .expect(0);
    world.run(&["plugin", "test", "acme"]).expect(0);
    let again = world
        .run(&["plugin", "new", "acme", "--lang", "lua"])
        .expect(2);
    assert!(again.err().contains("exists already"), "{}", again.err());
}

#[test]
fn a_plugin_in_typescript_is_started_built_and_tested() {
    if !Language::TypeScript.is_here("a_plugin_in_typescript_is_started_built_and_tested") {
        return;
    }
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "js"])
        .expect(0);
    let without = world.run(&["plugin", "build", "acme"]).expect(3);
    assert!(without.err().contains("npm install"), "{}", without.err());
    let pack = world.work().join("acme");
    Language::TypeScript.prepare(&world, &pack);
    let mut check = world.command("npm");
    check.args(["run", "--silent", "check"]).current_dir(pack);
    let check = check.output().unwrap();
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success(), "its types: {said}");
    // As a cache restores them: without the links and rights that npm gave them.
    let modules = world.work().join("acme/node_modules");
    std::fs::remove_dir_all(modules.join(".bin")).unwrap();
    for tool in [
        "@perfctl/plugin/bundle.mjs",
        "componentize-qjs/bin/componentize-qjs",
    ] {
        let readable = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(modules.join(tool), readable).unwrap();
    }
    world.run(&["plugin", "build", "acme"]).expect(0);
    world.run(&["plugin", "test", "acme"]).expect(0);
}

#[test]
fn a_plugin_gets_the_files_that_it_asks_for_when_the_user_grants_them() {
    let test = "a_plugin_gets_the_files_that_it_asks_for_when_the_user_grants_them";
    if !Language::Rust.is_here(test) {
        return;
    }
    let world = World::new();
    let pack = copied(&world, "project", "plugins/examples/acme-platform");
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    let shown = pack.display().to_string();
    let args = [
        "plugin",
        "build",
        &shown,
        "--output",
        "org/plugins/acme.wasm",
    ];
    build(&world, &args).expect(0);
    world.file("service/service.yaml", "name: orders\nkind: api\n");
    world.file(
        "service/app.py",
        "import requests\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n@app.get('/')\ndef order():\n    return requests.get('https://prices', timeout=5).text\n",
    );
    let args = [
        "check",
        "service",
        "--config",
        "org",
        "--select",
        "pack:acme-platform",
    ];
    // Not granted, nothing of the plugin runs, and nothing passes for it.
    let refused = world.run(&args).expect(3);
    let said = format!("{}{}", refused.out(), refused.err());
    assert!(
        said.contains("[grants] files = [\"acme-platform\"]"),
        "{said}"
    );
    // The audited repository cannot grant it.
    let grant = "schema = \"perfctl.settings/1\"\n[grants]\nfiles = [\"acme-platform\"]\n";
    world.file("service/.perfctl.toml", grant);
    world.run(&args).expect(3);
    world.file("../home/.config/perfctl/config.toml", grant);
    let granted = world.run(&args).expect(1);
    let out = granted.out();
    assert!(
        out.contains("`service.yaml` declares no latency objective"),
        "{out}"
    );
    assert!(
        out.contains("`get` calls another service with requests"),
        "{out}"
    );
}
