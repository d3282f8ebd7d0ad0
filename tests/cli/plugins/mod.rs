//! Plugins that come from elsewhere: added, pinned, updated, verified, carried along.

mod asked;
mod author;
mod compiling;
mod download;
mod lock;
mod options;
mod registry;
mod sources;
mod stopped;
mod taken;
mod together;
mod trust;
mod update;

use crate::support::World;

/// A pack of scripts with one rule, which finds every call of `json.loads`.
pub(super) struct Acme<'w> {
    pub(super) id: &'w str,
    pub(super) version: &'w str,
    pub(super) capabilities: &'w str,
    pub(super) rules: &'w [&'w str],
}

impl Default for Acme<'_> {
    fn default() -> Self {
        Self {
            id: "acme",
            version: "1.0.0",
            capabilities: "[]",
            rules: &["ACME-001"],
        }
    }
}

impl Acme<'_> {
    /// Writes the pack into a folder.
    pub(super) fn write(&self, world: &World, folder: &str) {
        world.file(
            &format!("{folder}/pack.toml"),
            &format!(
                "schema = \"perfctl.pack/1\"\nid = \"{}\"\ntitle = \"What acme agreed on\"\nversion = \"{}\"\nedition = 1\n\
                 capabilities = {}\n",
                self.id, self.version, self.capabilities
            ),
        );
        for rule in self.rules {
            world.file(&format!("{folder}/{rule}/rule.toml"), &head(rule));
            world.file(
                &format!("{folder}/{rule}/rule.lua"),
                "return {\n  check = function(file, matches, report, repo)\n    for _, match in matches do\n      \
                 report({ at = match.node, message = \"loads is slow\" })\n    end\n  end,\n}\n",
            );
        }
    }
}

/// Adds a plugin without rules that is called `id`.
pub(super) fn add_without_rules(world: &World, id: &str) {
    Acme {
        id,
        rules: &[],
        ..Acme::default()
    }
    .write(world, id);
    world.run(&["plugin", "add", id, "--yes"]).expect(0);
}

fn head(rule: &str) -> String {
    format!(
        r#"schema = "perfctl.rule/1"
id = "{rule}"
title = "No loads"
category = "cpu"
severity = "high"
languages = ["python"]
effort = "S"

[[match]]
name = "call"
kind = "call"
target = ["json.loads"]

[help]
what = "Calls of loads."
why = "Each one compiles its text."
source = "the documentation of json"
example = "json.loads(text)"
fix = "Write the code."
false_alarms = "None known."
measure = "Profile the function."
"#
    )
}

/// A service with one call of `json.loads`.
pub(super) fn service(world: &World) {
    world.file(
        "service/app.py",
        "import json\n\n\ndef f(text):\n    return json.loads(text)\n",
    );
}

/// What a check with the pack says: exit code, and everything printed.
pub(super) fn check(world: &World, more: &[&str]) -> (i32, String) {
    let args = [&["check", "service", "--select", "ACME-001"], more].concat();
    let ran = world.run(&args);
    (ran.code(), format!("{}{}", ran.out(), ran.err()))
}

/// Where the user's own plugins are.
pub(super) fn own(world: &World, path: &str) -> std::path::PathBuf {
    world.work().join("../home/.config/perfctl").join(path)
}
