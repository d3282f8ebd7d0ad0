//! Collectors and formats that were built for released versions of the contract: each is handed all that its world knows, says all that it can say,
//! and what comes of it is the same, byte for byte, as it was then. Their sources are `conformance-collector` and `conformance-reporter`.

use std::path::PathBuf;

use super::conformance::hold;
use super::released::versions;
use crate::support::compilers::copy;
use crate::support::{World, project};

/// The folder of a version's components, and what they come to.
fn fixtures(version: &str) -> PathBuf {
    project().join("tests/plugins/fixtures").join(version)
}

fn text(version: &str, file: &str) -> String {
    std::fs::read_to_string(fixtures(version).join(file)).unwrap()
}

/// A world with the component of a version as a plugin in one file, as organisations have it.
fn world(version: &str, component: &str) -> World {
    let world = World::new();
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    let home = world.work().join(format!("org/plugins/{component}"));
    std::fs::copy(fixtures(version).join(component), home).unwrap();
    world.file("service/app.py", "x = 1\n");
    world
}

/// What `perfctl plugin test` says of a version's component and today's cases of its source.
fn tested(version: &str, kind: &str) -> String {
    let world = World::new();
    let pack = format!("conformance-{kind}");
    let dir = world.work().join(&pack);
    copy(&project().join("tests/plugins").join(&pack), &dir);
    let component = fixtures(version).join(format!("{kind}.wasm"));
    std::fs::copy(component, dir.join("plugin.wasm")).unwrap();
    let ran = world.run(&["plugin", "test", &pack, "--format", "json"]);
    ran.expect(0).out()
}

/// A recipe whose steps end in all ways in which a call ends.
const RECIPE: &str = r#"
schema = "perfctl.recipe/1"
title = "x"
about = "y"

[[step]]
id = "well"
kind = "command"
argv = ["sh", "-c", "printf 'one\\ntwo words'; echo careful >&2; exit 7"]
ok_exit = [7]
collector = "conformance"
options = { word = "a \"b\"" }

[[step]]
id = "inconclusive"
kind = "command"
argv = ["echo", "one"]
collector = "conformance"
options = { ends = "inconclusive" }

[[step]]
id = "refused"
kind = "command"
argv = ["echo", "one"]
collector = "conformance"
options = { ends = "refused" }

[[step]]
id = "panicked"
kind = "command"
argv = ["echo", "one"]
collector = "conformance"
options = { ends = "panic" }
"#;

/// What the collector is told to say of the first step's output.
const GIVEN: &str = r#"stdout: "one\ntwo words"
stderr: "careful\n"
exit code: Some(7)
timed out: false
option word: "a \"b\""
"#;

#[test]
fn collectors_of_every_released_version_measure_what_they_measured() {
    for version in versions() {
        hold(
            &format!("the cases of the collector of {version}"),
            &tested(&version, "collector"),
            &text(&version, "collector.tested.json"),
        );
        let world = world(&version, "collector.wasm");
        world.file("org/recipes/all.toml", RECIPE);
        let args = "recipe run all --repo service --config org --out audit --format json -v";
        let ran = world.run(&args.split(' ').collect::<Vec<_>>()).expect(3);
        // A step of its own each: they run side by side.
        for line in ["conformance: line: one", "conformance: line: two words"] {
            assert!(ran.err().contains(line), "{line}: {}", ran.err());
        }
        let record: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
        let metrics = serde_json::to_string_pretty(&record["metrics"]).unwrap() + "\n";
        hold(
            &format!("the metrics of the collector of {version}"),
            &metrics,
            &text(&version, "collector.metrics.json"),
        );
        let kept = world.work().join("audit/artifacts/well");
        let given = std::fs::read_to_string(kept.join("given.txt")).unwrap();
        assert_eq!(given, GIVEN, "{version}");
        assert_eq!(
            std::fs::read(kept.join("bytes.bin")).unwrap(),
            b"one\ntwo words"
        );
        assert_eq!(std::fs::read(kept.join("empty.txt")).unwrap(), b"");
        let ends: Vec<String> = (record["steps"].as_array().unwrap().iter())
            .map(|step| {
                let text = |key: &str| step[key].as_str().unwrap_or_default().to_owned();
                let notes = step["notes"].as_array().unwrap().iter();
                let notes: Vec<&str> = notes.filter_map(|note| note.as_str()).collect();
                let (status, reason) = (text("status"), text("reason"));
                format!("{}: {status} {reason} {}", text("id"), notes.join("; "))
            })
            .collect();
        for (step, says) in [
            ("well: ok", "one; two, with `marks`"),
            ("inconclusive: ", "it was told to"),
            ("refused: failed", "collector.wasm: it was told to refuse"),
            (
                "panicked: failed",
                "src/lib.rs:21: panic: it was told to panic",
            ),
        ] {
            let mut ends = ends.iter();
            let is_told = ends.any(|end| end.starts_with(step) && end.contains(says));
            assert!(is_told, "{version}: {step} {says}: {:#}", record["steps"]);
        }
    }
}

#[test]
fn formats_of_every_released_version_render_what_they_rendered() {
    for version in versions() {
        hold(
            &format!("the cases of the format of {version}"),
            &tested(&version, "reporter"),
            &text(&version, "reporter.tested.json"),
        );
        let world = world(&version, "reporter.wasm");
        let with = |args: &str| {
            let args: Vec<&str> = args.split(' ').collect();
            world.run(&[&args[..], &["--config", "org"]].concat())
        };
        with("check service --format json --output run.json").expect(0);
        with("report run.json --format json --output again.json").expect(0);
        with("report run.json --format conformance --output page").expect(0);
        let file = |name: &str| std::fs::read(world.work().join(name)).unwrap();
        let view = b"colour false, width 0, suspicions false, silenced false\n\0\xff";
        assert!(
            file("page") == [&view[..], &file("again.json")].concat(),
            "{version}"
        );
    }
}
