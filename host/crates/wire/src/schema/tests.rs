//! Schemas and readers agree: what a reader accepts validates, what is structurally wrong does not, and neither knows a
//! key that the other does not.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::SCHEMAS;
use crate::{attestations, checklist, label, lock, recipe, record, rule, settings};

fn schema(name: &str) -> Value {
    let schema = SCHEMAS
        .iter()
        .find(|schema| schema.name == name)
        .expect("a schema of that name");
    serde_json::from_str(schema.text).expect("schemas are JSON")
}

fn faults(name: &str, instance: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema(name)).expect("a sound schema");
    validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// TOML as the JSON that schema-aware editors see.
fn json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => flag.into(),
            toml::Value::Datetime(stamp) => stamp.to_string().into(),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(table) => table
                .into_iter()
                .map(|(key, value)| (key, convert(value)))
                .collect::<Map<_, _>>()
                .into(),
        }
    }
    convert(toml::Value::Table(text.parse().expect("TOML")))
}

/// Every property that the schema knows and every one that the instance uses, as `definition.property`.
struct Walk<'s> {
    root: &'s Value,
    used: BTreeSet<String>,
    unknown: Vec<String>,
}

impl<'s> Walk<'s> {
    fn known(&self) -> BTreeSet<String> {
        fn collect(at: &str, schema: &Value, into: &mut BTreeSet<String>) {
            for (key, value) in schema.as_object().into_iter().flatten() {
                match key.as_str() {
                    "$defs" => value
                        .as_object()
                        .into_iter()
                        .flatten()
                        .for_each(|(name, value)| collect(name, value, into)),
                    "properties" => {
                        for (name, value) in value.as_object().into_iter().flatten() {
                            into.insert(format!("{at}.{name}"));
                            collect(&format!("{at}.{name}"), value, into);
                        }
                    }
                    "items" | "additionalProperties" => collect(at, value, into),
                    "oneOf" | "anyOf" => value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .for_each(|value| collect(at, value, into)),
                    _ => {}
                }
            }
        }
        let mut known = BTreeSet::new();
        collect("", self.root, &mut known);
        known
    }

    fn visit(&mut self, at: &str, schema: &'s Value, instance: &Value) {
        if let Some(name) = schema["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix("#/$defs/"))
        {
            let root = self.root;
            return self.visit(name, &root["$defs"][name], instance);
        }
        let branches: Vec<&'s Value> = ["oneOf", "anyOf"]
            .iter()
            .flat_map(|key| schema[*key].as_array().into_iter().flatten())
            .collect();
        branches
            .into_iter()
            .for_each(|branch| self.visit(at, branch, instance));
        match instance {
            Value::Array(items) => items
                .iter()
                .for_each(|item| self.visit(at, &schema["items"], item)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    let (property, rest) =
                        (&schema["properties"][name], &schema["additionalProperties"]);
                    let place = format!("{at}.{name}");
                    if !property.is_null() {
                        self.used.insert(place.clone());
                        self.visit(&place, property, value);
                    } else if rest.is_object() {
                        self.visit(at, rest, value);
                    } else if schema["properties"].is_object() && schema["oneOf"].is_null() {
                        self.unknown.push(place);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Holds a file with every key against a schema, both ways.
fn assert_same_keys(name: &str, instance: &Value) {
    let root = schema(name);
    let mut walk = Walk {
        root: &root,
        used: BTreeSet::new(),
        unknown: Vec::new(),
    };
    walk.visit("", &root, instance);
    let known = walk.known();
    let unused: Vec<&String> = known.difference(&walk.used).collect();
    assert!(
        unused.is_empty(),
        "the schema `{name}` knows what the full file does not hold: {unused:?}"
    );
    if name == "run" {
        // The branches of an enum know each other's fields only together.
        walk.unknown.retain(|place| !walk.used.contains(place));
    }
    assert!(
        walk.unknown.is_empty(),
        "the full file holds what the schema `{name}` does not know: {:?}",
        walk.unknown
    );
}

#[test]
fn every_schema_is_sound_names_its_version_and_is_found_by_name() {
    assert!(SCHEMAS.is_sorted_by_key(|schema| schema.name));
    for entry in SCHEMAS {
        let value = schema(entry.name);
        assert!(jsonschema::meta::is_valid(&value), "{}", entry.name);
        assert_eq!(value["title"], entry.version);
        // Lines of labels have no head.
        if entry.name != "label" {
            assert_eq!(value["properties"]["schema"]["const"], entry.version);
        }
    }
    let versions = SCHEMAS.map(|schema| schema.version);
    for version in [
        attestations::SCHEMA,
        checklist::SCHEMA,
        label::SCHEMA,
        lock::SCHEMA,
        recipe::SCHEMA,
        record::SCHEMA,
        rule::SCHEMA,
        settings::SCHEMA,
    ] {
        assert!(versions.contains(&version), "{version}");
    }
}

#[test]
fn the_schema_of_the_record_is_the_one_of_its_shapes() {
    let generated = schemars::schema_for!(record::Run);
    let mut generated = serde_json::to_value(&generated).expect("JSON");
    generated["title"] = record::SCHEMA.into();
    let text = serde_json::to_string_pretty(&generated).expect("JSON") + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/schema/run.json");
    if std::env::var_os("PERFCTL_BLESS").is_some() {
        std::fs::write(path, &text).expect("the schema can be written");
        return;
    }
    assert_eq!(
        text,
        include_str!("run.json"),
        "run the test with PERFCTL_BLESS=1, and look at what changed"
    );
}

#[test]
fn a_record_validates_and_uses_every_key_of_its_schema() {
    let full: Value = serde_json::from_str(record::tests::FULL).expect("JSON");
    assert_eq!(faults("run", &full), Vec::<String>::new());
    assert_same_keys("run", &full);
    let mut wrong = full;
    wrong["findings"][0]["severity"] = "urgent".into();
    wrong["items"][0]["findings"] = "1".into();
    assert_eq!(faults("run", &wrong).len(), 2);
}

#[test]
fn files_that_readers_accept_validate_and_use_every_key() {
    for (name, text) in [
        ("attestations", attestations::tests::FULL),
        ("lock", lock::tests::FULL),
        ("checklist", checklist::tests::FULL),
        ("recipe", recipe::tests::FULL),
        ("rule", rule::tests::FULL),
        ("settings", settings::tests::FULL),
    ] {
        let full = json(text);
        assert_eq!(faults(name, &full), Vec::<String>::new(), "{name}");
        assert_same_keys(name, &full);
    }
    let pack = json(
        "schema = 'perfctl.pack/1'\nid = 'perf'\ntitle = 't'\nversion = '0.1.0'\nedition = 1\ncapabilities = ['files']\n[limits]\nrun_ms = 1000\n[labels]\nwhole_file = ['A-1']\n[[labels.twins]]\n\
         rules = ['B-1', 'C-1']\nwhy = 'one defect'\n",
    );
    assert_eq!(faults("pack", &pack), Vec::<String>::new());
    let mut all = pack.clone();
    let brings = [
        rule::tests::COLLECTORS.to_owned(),
        rule::tests::COLLECTORS
            .lines()
            .take(5)
            .collect::<Vec<_>>()
            .join("\n")
            + "\n[reporter.acme-html]\nabout = 'a page'\nlimits = { time_ms = 100, memory_mib = 64 }\n",
    ];
    for text in brings {
        let one = json(&text);
        assert_eq!(faults("pack", &one), Vec::<String>::new());
        for (key, value) in one.as_object().into_iter().flatten() {
            all[key] = value.clone();
        }
    }
    assert_same_keys("pack", &all);
    let built_in = json(include_str!("../settings/built-in.toml"));
    assert_eq!(faults("settings", &built_in), Vec::<String>::new());
}

#[test]
fn what_readers_refuse_for_its_structure_does_not_validate() {
    for (name, text, was, becomes) in [
        (
            "recipe",
            recipe::tests::FULL,
            "timeout = \"2m\"",
            "tiemout = \"2m\"",
        ),
        (
            "recipe",
            recipe::tests::FULL,
            "timeout = \"2m\"",
            "timeout = \"2 min\"",
        ),
        (
            "recipe",
            recipe::tests::FULL,
            "kind = \"probe\"",
            "kind = \"sql\"",
        ),
        ("recipe", recipe::tests::FULL, "max = \"2 s\"", ""),
        (
            "rule",
            rule::tests::FULL,
            "severity = \"high\"",
            "severity = \"urgent\"",
        ),
        (
            "rule",
            rule::tests::FULL,
            "measure = \"Count queries per request.\"",
            "",
        ),
        (
            "rule",
            rule::tests::FULL,
            "title = \"Query in a loop\"",
            "title = \" \"",
        ),
        ("settings", settings::tests::FULL, "jobs = 4", "jobs = 0"),
        (
            "settings",
            settings::tests::FULL,
            "fail_on = \"medium\"",
            "fail_on = \"meduim\"",
        ),
        (
            "settings",
            settings::tests::FULL,
            "env = \"GIT_TOKEN\"",
            "var = \"GIT_TOKEN\"",
        ),
    ] {
        assert!(text.contains(was), "{was}");
        assert_ne!(
            faults(name, &json(&text.replacen(was, becomes, 1))),
            Vec::<String>::new(),
            "{becomes}"
        );
    }
}
