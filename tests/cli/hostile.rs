//! Components that mean harm in an organisation's directory, beside one that does not, through the program as a user runs it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;
use std::time::{Duration, Instant};

use perfctl_core::seams::Never;
use perfctl_wasm::compiler::{Compile, InChild};
use perfctl_wasm::engine::Engine;
use perfctl_wasm::section;
use perfctl_wire::plugin::Manifest;
use serde_json::Value;

use crate::support::World;

#[expect(dead_code, reason = "the host's own attacks use more of it")]
#[path = "../../host/crates/wasm/src/hostile/guest.rs"]
mod guest;

const RULE: &str = r#"
schema = "perfctl.rule/1"
title = "t"
category = "test"
severity = "low"
languages = ["python"]
effort = "S"
limits = { time_ms = 200 }
match = [{ name = "call", kind = "call", called = ["f"] }]
messages = { plain = "found by a plugin" }
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;

/// A whole plugin in one file: its only rule is called as the pack, in capitals.
fn plugin(id: &str, component: &[u8], facts: &str) -> Vec<u8> {
    let rule = format!("{}-001", id.to_uppercase());
    let head = format!(
        "schema = \"perfctl.pack/1\"\nid = \"{id}\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n"
    );
    let mut files = BTreeMap::from([
        ("pack.toml".to_owned(), head),
        (
            format!("{rule}/rule.toml"),
            format!("id = \"{rule}\"\n{RULE}"),
        ),
    ]);
    if !facts.is_empty() {
        let text = format!("schema = \"perfctl.facts/1\"\n{facts}");
        files.insert("facts/own.toml".to_owned(), text);
    }
    let manifest = Manifest {
        id: id.to_owned(),
        files,
    };
    section::write(component, &manifest.write()).unwrap()
}

/// A world with an organisation that has these plugins, and a service with one call that they are about.
fn world(plugins: &[(&str, Vec<u8>)]) -> World {
    let world = World::new();
    world.file("service/app.py", "f(1)\n");
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    for (name, bytes) in plugins {
        std::fs::write(world.work().join("org/plugins").join(name), bytes).unwrap();
    }
    world
}

/// The record of a check with the organisation's plugins, which ends with this exit code.
fn check(world: &World, code: i32) -> Value {
    let args = [
        "check",
        "service",
        "--config",
        "org",
        "--fail-on",
        "critical",
        "--format",
        "json",
    ];
    let ran = world.run(&args).expect(code);
    serde_json::from_str(&ran.out()).unwrap()
}

/// The verdict of an item and its reason.
fn verdict(record: &Value, id: &str) -> (String, String) {
    let items = record["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["id"] == id);
    let item = item.unwrap_or_else(|| panic!("no item {id}"));
    let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("reason"))
}

fn good() -> Vec<u8> {
    guest::component(&guest::good())
}

/// Where the findings of the good plugin are.
fn found(record: &Value) -> usize {
    let findings = record["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["rule"] == "GOOD-001")
        .count()
}

#[test]
fn hostile_plugins_are_errors_that_name_plugin_and_rule_and_the_good_one_goes_on() {
    let guest = |core: &str| guest::component(core);
    let evil = [
        (
            "loop",
            guest(&guest::check("(loop $l (br $l)) unreachable")),
            "took longer than its limit of 200 ms",
        ),
        (
            "panic",
            guest(&guest::check("unreachable")),
            "it ended with a trap",
        ),
        (
            "greed",
            guest(&guest::check(
                "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable",
            )),
            "took more than its limit of 128 MiB",
        ),
        (
            "start",
            guest(&guest::module(
                "(func $s (loop $l (br $l))) (start $s)",
                "(call $none)",
                "(call $none)",
            )),
            "took longer than its limit of 500 ms",
        ),
        (
            "flood",
            guest(&guest::with_print(
                "(loop $l (call $print (i32.const 64) (i32.const 65536)) (br $l)) unreachable",
            )),
            "printed more than",
        ),
        (
            "wasi",
            wat::parse_str(
                r#"(component (import "wasi:filesystem/types@0.2.9" (instance (export "open" (func))))
                  (core module $m (func (export "c"))) (core instance $i (instantiate $m))
                  (func $c (canon lift (core func $i "c"))) (instance $rules (export "check" (func $c)))
                  (export "perfctl:plugin/rules@0.1.0" (instance $rules)))"#,
            )
            .unwrap(),
            "it imports `wasi:filesystem/types@0.2.9`",
        ),
    ];
    let mut plugins: Vec<(String, Vec<u8>)> = evil
        .iter()
        .map(|(id, bytes, _)| (format!("{id}.wasm"), plugin(id, bytes, "")))
        .collect();
    plugins.push(("good.wasm".to_owned(), plugin("good", &good(), "")));
    let plugins: Vec<(&str, Vec<u8>)> = plugins
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    let world = world(&plugins);
    // The second time their code comes from the cache.
    for _ in 0..2 {
        let record = check(&world, 3);
        for (id, _, says) in &evil {
            let (verdict, reason) = verdict(&record, &format!("{}-001", id.to_uppercase()));
            assert_eq!(verdict, "error", "{id}: {reason}");
            assert!(
                reason.contains(says) && reason.contains(&format!("org/plugins/{id}.wasm")),
                "{id}: {reason}"
            );
        }
        assert_eq!(verdict(&record, "GOOD-001").0, "fail");
        assert_eq!(found(&record), 1);
    }
}

#[test]
fn what_cannot_be_read_is_an_error_that_names_the_file_and_the_rest_goes_on() {
    let twice = section::write(
        &good(),
        br#"{"schema":"perfctl.plugin/1","id":"twice","files":{"pack.toml":"","pack.toml":""}}"#,
    );
    let world = world(&[
        ("good.wasm", plugin("good", &good(), "")),
        ("no.wasm", b"#!/bin/sh\nrm -rf /\n".to_vec()),
        ("bare.wasm", good()),
        ("twice.wasm", twice.unwrap()),
    ]);
    let record = check(&world, 3);
    let (verdict, reason) = verdict(&record, "PERFCTL-PACK");
    assert_eq!(verdict, "error");
    for says in [
        "org/plugins/no.wasm: it is no plugin",
        "org/plugins/bare.wasm: it has no manifest",
        "org/plugins/twice.wasm: its manifest is broken: the file `pack.toml` stands there twice",
    ] {
        assert!(reason.contains(says), "{reason}");
    }
    assert_eq!(found(&record), 1);
    // Which rules they hold nobody knows: a selection leaves none of it out.
    let args = [
        "check", "service", "--config", "org", "--select", "GOOD-001",
    ];
    let ran = world.run(&[&args[..], &["--fail-on", "critical"]].concat());
    let out = ran.expect(3).out();
    assert!(
        out.contains("no.wasm") && out.contains("PERFCTL-PACK"),
        "{out}"
    );
    for name in ["no.wasm", "bare.wasm", "twice.wasm"] {
        std::fs::remove_file(world.work().join("org/plugins").join(name)).unwrap();
    }
    check(&world, 0);
}

#[test]
fn a_plugin_whose_facts_are_against_those_of_others_is_an_error_that_names_both() {
    let facts = "[[fact]]\npaths = [\"requests.get\"]\nkind = \"none\"\n";
    let world = world(&[
        ("evil.wasm", plugin("evil", &good(), facts)),
        ("good.wasm", plugin("good", &good(), "")),
    ]);
    let record = check(&world, 3);
    let (verdict, reason) = verdict(&record, "EVIL-001");
    assert_eq!(verdict, "error");
    for says in [
        "org/plugins/evil.wasm",
        "built-in:plugins/perf/facts/",
        "`kind = none` where `kind = http` is known",
    ] {
        assert!(reason.contains(says), "{reason}");
    }
    assert_eq!(found(&record), 1);
}

/// A component with so many functions, each of so many additions.
fn bomb(functions: usize, additions: usize) -> Vec<u8> {
    let body =
        "(local.set 0 (i32.add (i32.mul (local.get 0) (i32.const 7)) (i32.load (local.get 0))))"
            .repeat(additions);
    let one = format!("(func (param i32) (result i32) {body} (local.get 0))");
    let head = one.repeat(functions);
    guest::component(&guest::module(&head, "(call $none)", "(call $none)"))
}

/// This program as a compiler, started by a shell that limits it first.
fn compiler(limit: &str) -> InChild {
    let script = format!("{limit} exec \"$0\" __compile-plugin");
    let arguments = ["-c", &script, env!("CARGO_BIN_EXE_perfctl")];
    let arguments = arguments.map(OsString::from);
    InChild::new("/bin/sh".into(), arguments.into(), Arc::new(Never))
}

/// W24.
#[test]
fn a_component_of_a_hundred_thousand_functions_is_compiled_within_limits() {
    let bytes = bomb(100_000, 1);
    let begun = Instant::now();
    let compiled = compiler("").compile(&Engine::new().unwrap(), &bytes);
    // Three minutes of processor time at most, on whatever is left of a busy machine.
    assert!(begun.elapsed() < Duration::from_secs(600));
    match compiled {
        Ok(code) => assert!(code.len() > 1 << 20),
        Err(why) => assert!(why.contains("compiling it takes"), "{why}"),
    }
}

/// W24, with limits that it meets.
#[test]
fn a_component_that_takes_too_long_to_compile_is_refused() {
    let bytes = bomb(30_000, 4);
    let engine = Engine::new().unwrap();
    for (limit, says) in [
        ("ulimit -S -t 1;", "compiling it takes longer than"),
        ("ulimit -S -v 300000;", "or breaks the compiler"),
    ] {
        let refused = compiler(limit).compile(&engine, &bytes);
        let why = refused.expect_err(limit);
        assert!(why.contains(says), "{limit} {why}");
    }
}
