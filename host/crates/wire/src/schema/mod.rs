//! JSON Schemas of the files, for editors, other programs and `perfctl schema`.
//!
//! The one of the run record is generated from its shapes by a test, which also fails when the two differ; those of the
//! TOML files are written by hand beside their readers and held against them by tests. Knows nothing of validation.

/// A schema by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The name on the command line.
    pub name: &'static str,
    /// Name and version, as files state it.
    pub version: &'static str,
    /// JSON Schema, draft 2020-12.
    pub text: &'static str,
}

/// Every schema, by name.
pub const SCHEMAS: [Schema; 10] = [
    Schema {
        name: "attestations",
        version: "perfctl.attestations/1",
        text: include_str!("attestations.json"),
    },
    Schema {
        name: "checklist",
        version: "perfctl.checklist/1",
        text: include_str!("checklist.json"),
    },
    Schema {
        name: "fix",
        version: "perfctl.fix/1",
        text: include_str!("fix.json"),
    },
    Schema {
        name: "label",
        version: "perfctl.label/1",
        text: include_str!("label.json"),
    },
    Schema {
        name: "lock",
        version: "perfctl.lock/1",
        text: include_str!("lock.json"),
    },
    Schema {
        name: "pack",
        version: "perfctl.pack/1",
        text: include_str!("pack.json"),
    },
    Schema {
        name: "recipe",
        version: "perfctl.recipe/1",
        text: include_str!("recipe.json"),
    },
    Schema {
        name: "rule",
        version: "perfctl.rule/1",
        text: include_str!("rule.json"),
    },
    Schema {
        name: "run",
        version: "perfctl.run/1",
        text: include_str!("run.json"),
    },
    Schema {
        name: "settings",
        version: "perfctl.settings/1",
        text: include_str!("settings.json"),
    },
];

#[cfg(test)]
mod tests;
