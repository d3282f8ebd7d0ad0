//! Answers that a plugin was given a part of: its verdict says so, as that of a script does.

use serde_json::Value;

use crate::support::{World, project};

#[test]
fn what_a_plugin_was_not_told_stands_beside_its_verdict() {
    let world = World::new();
    let plugins = world.work().join("../home/.config/perfctl/plugins");
    std::fs::create_dir_all(&plugins).unwrap();
    let fixture = project().join("tests/plugins/fixtures/0.1.0/conformance.wasm");
    std::fs::copy(fixture, plugins.join("conformance.wasm")).unwrap();
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n\n[grants]\nfiles = [\"conformance\"]\n",
    );
    let problems = |calls: usize| -> Vec<String> {
        let lines = "    load('x')\n".repeat(calls);
        let text = format!(
            "import requests\n\n\ndef load(url):\n    return requests.get(url)\n\n\ndef main():\n{lines}"
        );
        world.file("service/app.py", &text);
        let args = [
            "check", "service", "--select", "CONF-001", "--format", "json",
        ];
        let ran = world.run(&args).expect(0);
        let record: Value = serde_json::from_str(&ran.out()).unwrap();
        let problems = record["problems"].as_array().unwrap().iter();
        let line = |one: &Value| {
            let part = |key: &str| one[key].as_str().unwrap().to_owned();
            format!("{}: {}", part("subject"), part("message"))
        };
        problems.map(line).collect()
    };
    assert_eq!(
        problems(65),
        [
            "CONF-001: `callers` had more than 64 answers, and the rule judged by the first 64 (in app.py)"
        ]
    );
    assert!(problems(64).is_empty());
}
