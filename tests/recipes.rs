//! The guide for authors of recipes, run as it stands, and held against what recipes may name.

use crate::guide::named_blocks;
use crate::support::{World, project};

fn guide() -> String {
    std::fs::read_to_string(project().join("host/docs/recipes.md")).unwrap()
}

#[test]
fn every_recipe_of_the_guide_is_in_order_and_does_what_the_guide_says() {
    let world = World::new();
    let files = named_blocks(&guide());
    for (path, text) in &files {
        world.file(path, text);
    }
    let recipes: Vec<&String> = files
        .keys()
        .filter(|path| path.starts_with("org/recipes/") && path.ends_with(".toml"))
        .collect();
    assert_eq!(recipes.len(), 3, "{recipes:?}");
    for path in recipes {
        world
            .run(&["--config", "org", "recipe", "validate", path])
            .expect(0);
    }
    world.file("shop/data.txt", &"x".repeat(5000));
    let ran = world
        .run(&["--config", "org", "recipe", "run", "sizes", "--dry-run"])
        .expect(0);
    assert_eq!(ran.out().lines().count(), 2, "{}", ran.out());
    for line in ran.out().lines() {
        assert!(guide().contains(line.trim_end()), "{line}");
    }
    let run = [
        "--config", "org", "recipe", "run", "sizes", "--set", "depth=2", "--out", "../audit",
    ];
    world.run(&run).expect(0);
    let report = std::fs::read_to_string(world.work().join("../audit/sizes.md")).unwrap();
    assert!(report.contains("- `disk.size`: pass"), "{report}");
    world
        .run(&[
            "--config", "org", "recipe", "run", "sizes", "--set", "depth=9",
        ])
        .expect(2);
    world
        .run(&["--config", "org", "recipe", "run", "first"])
        .expect(0);
    // The guide's checklist, which a recipe of one step names.
    world.file(
        "org/plugins/house/pack.toml",
        "schema = \"perfctl.pack/1\"\nid = \"house\"\ntitle = \"ours\"\nversion = \"0.1.0\"\nedition = 1\n",
    );
    let first = &files["org/recipes/first.toml"];
    let listed = first.replace("\n[[step]]", "checklist = [\"shipping\"]\n\n[[step]]");
    world.file("org/recipes/shipping.toml", &listed);
    let ran = world
        .run(&[
            "--config",
            "org",
            "recipe",
            "run",
            "shipping",
            "--out",
            "../listed",
        ])
        .expect(0);
    let said = "nothing in this recipe measures it: run the recipe `sizes`";
    assert!(ran.out().contains(said), "{}", ran.out());
    let run = std::fs::read_to_string(world.work().join("../listed/run.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&run).unwrap();
    let items = run["items"].as_array().unwrap();
    let verdict = |id: &str| items.iter().find(|item| item["id"] == id).unwrap()["verdict"].clone();
    assert_eq!(verdict("HOUSE-SIZE-1"), "needs-evidence");
    assert_eq!(verdict("HOUSE-DOC-1"), "not-applicable");
    assert_eq!(run["checklists"][0]["sections"][1]["lines"][0]["at"], 9);
    let shown = world
        .run(&["--config", "org", "recipe", "show", "sizes"])
        .expect(0);
    assert!(shown.out().contains("[one of: 1, 2, 3]"), "{}", shown.out());
    let source = world
        .run(&["--config", "org", "recipe", "show", "sizes", "--source"])
        .expect(0);
    assert_eq!(source.out(), files["org/recipes/sizes.toml"]);
}

#[test]
fn the_guide_names_everything_that_a_recipe_may_name() {
    let guide = guide();
    let named = |text: &str| guide.contains(&format!("`{text}`"));
    let row = |name: &str| {
        let begin = format!("| `{name}` |");
        let row = guide.lines().find(|line| line.starts_with(&begin));
        row.unwrap_or_else(|| panic!("no row for `{name}`"))
    };
    let collectors = perfctl_collect::COLLECTORS.iter();
    let collectors = collectors.map(|one| (one.name(), one.options(), one.metrics()));
    let probes = perfctl_collect::PROBES.iter();
    let probes = probes.map(|one| {
        let (options, metrics) = (one.options().to_vec(), one.metrics().to_vec());
        (one.name(), options, metrics)
    });
    for (name, options, metrics) in collectors.chain(probes) {
        let row = row(name);
        for word in options.iter().map(|(option, _)| *option).chain(metrics) {
            assert!(row.contains(&format!("`{word}`")), "{name}: {word}");
        }
    }
    for value in perfctl_engine::values::DERIVED {
        assert!(named(&format!("{{{value}}}")), "{value}");
    }
    for fact in perfctl_engine::plan::FACTS {
        let family = fact.strip_suffix('*').unwrap_or(fact);
        assert!(guide.contains(&format!("`{family}")), "{fact}");
    }
    let schema: serde_json::Value =
        serde_json::from_str(&World::new().run(&["schema", "recipe"]).expect(0).out()).unwrap();
    let mut keys = Vec::new();
    collect(&schema, &mut keys);
    assert!(keys.contains(&"ok_exit".to_owned()), "{keys:?}");
    for key in keys {
        let is_said = named(&key)
            || guide.contains(&format!("`{key} = "))
            || guide.contains(&format!("[[{key}]]"))
            || guide.contains(&format!("[{key}."))
            || guide.contains(&format!(" {key} = "));
        assert!(is_said, "the guide does not say what `{key}` is");
    }
}

/// Names of all properties of a schema.
fn collect(schema: &serde_json::Value, keys: &mut Vec<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            if let Some(properties) = map.get("properties").and_then(|some| some.as_object()) {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|inner| collect(inner, keys));
        }
        serde_json::Value::Array(all) => all.iter().for_each(|inner| collect(inner, keys)),
        _ => {}
    }
}
