//! Handlers of every framework that the catalogue names are known to answer requests: each calls `probe` in `tests/handlers/`.

use crate::support::{World, project};

const RULE: &str = r#"
schema = "perfctl.rule/1"
id = "ORG-REACH-1"
title = "a call that shows how it comes to run"
category = "structure"
severity = "low"
languages = ["python", "javascript", "typescript", "go"]
effort = "S"
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "a" }
[[match]]
kind = "call"
called = ["probe"]
"#;

const SCRIPT: &str = r"
return {
  check = function(file, matches, report)
    for _, match in matches do
      report({ at = match.node, message = match.node:reach() })
    end
  end,
}
";

#[test]
fn every_framework_of_the_catalogue_has_handlers() {
    let world = World::new();
    let pack =
        "schema = 'perfctl.pack/1'\nid = 'org'\ntitle = 't'\nversion = '0.1.0'\nedition = 1\n";
    world
        .file("org/plugins/org/pack.toml", pack)
        .file("org/plugins/org/ORG-REACH-1/rule.toml", RULE)
        .file("org/plugins/org/ORG-REACH-1/rule.lua", SCRIPT);
    let services = project().join("tests/handlers");
    let mut frameworks: Vec<String> = std::fs::read_dir(&services)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    frameworks.sort();
    assert_eq!(frameworks.len(), 18);
    for framework in frameworks {
        // A place of its own: what lies in `tests/` is a test.
        let copied = world.work().join(&framework);
        copy(&services.join(&framework), &copied);
        let ran = world.run(&[
            "check",
            &framework,
            "--config",
            "org",
            "--select",
            "ORG-REACH-1",
            "--format",
            "concise",
        ]);
        let out = ran.out();
        let findings: Vec<&str> = out
            .lines()
            .filter(|line| line.contains("ORG-REACH-1"))
            .collect();
        assert!(findings.len() >= 2, "{framework}: {out}");
        for finding in findings {
            assert!(finding.ends_with("request"), "{finding}");
        }
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
