//! Collectors and formats of plugins: started, built, tested, inspected, named in recipes and behind `--format`, refused.

use serde_json::Value;

use crate::support::World;
use crate::support::compilers::{Language, build, has};

/// A new plugin in `org/plugins`, built and tested.
fn started(world: &World, name: &str, kind: &str) -> String {
    let dir = format!("org/plugins/{name}");
    world
        .run(&["plugin", "new", &dir, "--lang", "rust", "--kind", kind])
        .expect(0);
    build(world, &["plugin", "build", &dir]).expect(0);
    let tested = world.run(&["plugin", "test", &dir]).expect(0);
    assert!(tested.out().contains(name), "{}", tested.out());
    dir
}

/// A recipe with a step for each command; each prints a text that the collector reads.
fn recipe(steps: &[(&str, &str, &str)]) -> String {
    let head = "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\nabout = \"y\"\n";
    let step = |(id, prints, options): &(&str, &str, &str)| {
        format!(
            "[[step]]\nid = \"{id}\"\nkind = \"command\"\ntitle = \"{id}\"\nargv = [\"printf\", \"{prints}\"]\ncollector = \"acme-tool\"\n{options}\
             needs = {{ tools = [{{ program = \"printf\", install = \"install coreutils\" }}] }}\n"
        )
    };
    head.to_owned() + &steps.iter().map(step).collect::<String>()
}

#[test]
fn a_collector_in_rust_measures_for_a_recipe() {
    if !Language::Rust.is_here("a_collector_in_rust_measures_for_a_recipe") {
        return;
    }
    let world = World::new();
    let dir = started(&world, "acme-tool", "collector");
    let shown = world.run(&["plugin", "inspect", &format!("{dir}/plugin.wasm")]);
    let shown = shown.expect(0).out();
    for said in [
        "collector of contract 0.1.0",
        "collector   acme-tool: ",
        "option    warmup: lines",
        "metrics   acme-tool.time",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    // A case that holds something else fails, and says what.
    let case = format!("{dir}/acme-tool/cases/two-names/output");
    world.file(&case, "orders 90\norders 1\n");
    let failed = world.run(&["plugin", "test", &dir]).expect(1).out();
    assert!(failed.contains("(case=prices) is missing"), "{failed}");
    let only = format!("{dir}/acme-tool/cases/cut-off");
    let one = world.run(&["plugin", "test", &only, "--format", "json"]);
    let one: Value = serde_json::from_str(&one.expect(0).out()).unwrap();
    assert_eq!(one["tests"][0]["cases"].as_array().unwrap().len(), 1);

    world.file("service/app.py", "x = 1\n");
    let good = recipe(&[(
        "times",
        "orders 90\\\\norders 12.5\\\\n",
        "options = { warmup = 1 }\n",
    )]);
    let budget = "[[budget]]\nmetric = \"acme-tool.time\"\nmax = \"10 ms\"\nwhy = \"z\"\n";
    world.file("org/recipes/times.toml", &(good + budget));
    let config = ["--config", "org"];
    let with = |args: &[&str]| world.run(&[args, &config].concat());
    with(&["recipe", "validate", "times"]).expect(0);
    let origin = with(&["recipe", "show", "times", "--origin"])
        .expect(0)
        .out();
    assert!(
        origin.contains("collector organisation  acme-tool"),
        "{origin}"
    );
    let run = [
        "recipe", "run", "times", "--repo", "service", "--out", "audit", "--format", "json",
    ];
    let record: Value = serde_json::from_str(&with(&run).expect(1).out()).unwrap();
    assert_eq!(record["metrics"][0]["name"], "acme-tool.time");
    assert_eq!(record["metrics"][0]["samples"][0], 0.0125);
    assert_eq!(record["metrics"][0]["labels"]["case"], "orders");
    assert_eq!(record["budgets"][0]["verdict"], "fail");

    // What a recipe gets wrong is told before anything runs.
    for (options, says) in [
        ("options = { warmup = \"some\" }\n", "give a whole number"),
        ("options = { warm = 1 }\n", "no option `warm`"),
    ] {
        world.file("wrong.toml", &recipe(&[("times", "a 1", options)]));
        let wrong = with(&["recipe", "validate", "wrong.toml"]).expect(2).err();
        assert!(wrong.contains(says), "{wrong}");
    }
    // Without the plugin there is no such collector.
    let unknown = world.run(&["recipe", "validate", "org/recipes/times.toml"]);
    assert!(
        unknown
            .expect(2)
            .err()
            .contains("no collector is called `acme-tool`")
    );

    // Settings limit its metric as they limit a built-in one.
    world.file(
        "org/config.toml",
        "schema = \"perfctl.settings/1\"\n[budgets]\nacme-tool.time = \"10 ms\"\nacme-tool.tme = \"1 ms\"\n",
    );
    let checked = with(&["check", "service"]).expect(0);
    let said = format!("{}{}", checked.out(), checked.err());
    assert!(said.contains("did you mean `acme-tool.time`?"), "{said}");
    assert!(!said.contains("limits `acme-tool.time`"), "{said}");
    std::fs::remove_file(world.work().join("org/config.toml")).unwrap();

    // A step whose output it cannot read fails, and the run goes on.
    let two = recipe(&[
        ("broken", "Segmentation fault", ""),
        ("fine", "orders 3", ""),
    ]);
    world.file("org/recipes/two.toml", &two);
    let run = [
        "recipe", "run", "two", "--repo", "service", "--out", "other", "--format", "json",
    ];
    let record: Value = serde_json::from_str(&with(&run).expect(3).out()).unwrap();
    let broken = record["steps"][0]["reason"].as_str().unwrap_or_default();
    assert!(
        broken.contains("collector `acme-tool`") && broken.contains("plugins/acme-tool"),
        "{}",
        record["steps"]
    );
    assert_eq!(record["metrics"].as_array().unwrap().len(), 1);
}

#[test]
fn a_format_in_rust_renders_what_a_check_finds() {
    if !Language::Rust.is_here("a_format_in_rust_renders_what_a_check_finds") {
        return;
    }
    let world = World::new();
    let dir = started(&world, "acme-page", "reporter");
    world.file(
        "service/app.py",
        "import requests\n\ndef get():\n    return requests.get('https://x.example')\n",
    );
    let config = ["--config", "org"];
    let with = |args: &[&str]| world.run(&[args, &config].concat());
    let checked = with(&[
        "check",
        "service",
        "--select",
        "NET-PERF-004",
        "--format",
        "acme-page",
    ]);
    let out = checked.expect(1).out();
    assert!(out.starts_with("service: 1 finding\n"), "{out}");
    assert!(out.contains("NET-PERF-004 app.py:4"), "{out}");
    with(&[
        "check", "service", "--format", "json", "--output", "run.json",
    ])
    .expect(1);
    with(&[
        "report",
        "run.json",
        "--format",
        "acme-page",
        "--output",
        "page.txt",
    ])
    .expect(0);
    let page = std::fs::read_to_string(world.work().join("page.txt")).unwrap();
    assert!(page.starts_with("service: "), "{page}");
    // Help and completions know it, and who does not have the plugin reads which formats there are.
    let help = with(&["check", "--help"]).expect(0).out();
    assert!(help.contains("acme-page"), "{help}");
    let completions = with(&["completions", "bash"]).expect(0).out();
    assert!(completions.contains("acme-page"));
    let without = world
        .run(&["check", "service", "--format", "acme-page"])
        .expect(2);
    assert!(
        without.err().contains("no output format `acme-page`"),
        "{}",
        without.err()
    );
    let misspelt = with(&["check", "service", "--format", "acme-pge"]).expect(2);
    assert!(
        misspelt.err().contains("did you mean `acme-page`?"),
        "{}",
        misspelt.err()
    );

    // One that breaks is an error with its line, and leaves what was there.
    let source = world.work().join(&dir).join("src/lib.rs");
    let text = std::fs::read_to_string(&source).unwrap();
    let text = text.replacen(
        "let record: Value",
        "assert!(record.len() < 9, \"no room\");\n        let record: Value",
        1,
    );
    std::fs::write(&source, text).unwrap();
    build(&world, &["plugin", "build", &dir]).expect(0);
    let broken = with(&[
        "report",
        "run.json",
        "--format",
        "acme-page",
        "--output",
        "page.txt",
    ]);
    let said = broken.expect(3).err();
    for word in ["format `acme-page`", "acme-page", "src/lib.rs", "no room"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert_eq!(
        std::fs::read_to_string(world.work().join("page.txt")).unwrap(),
        page
    );
}

#[test]
fn what_cannot_be_a_plugin_of_collectors_is_named() {
    let world = World::new();
    let lua = world.run(&["plugin", "new", "a", "--lang", "lua", "--kind", "collector"]);
    assert!(lua.expect(2).err().contains("`--lang rust`"));
    // Not built, it is a problem that is named.
    let head = "schema = \"perfctl.pack/1\"\nid = \"acme\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
    let collector = "[collector.acme-tool]\nabout = \"a\"\nmetrics = []\n";
    world.file("org/plugins/acme/pack.toml", &format!("{head}{collector}"));
    world.file("service/app.py", "x = 1\n");
    let checked = world
        .run(&["check", "service", "--config", "org"])
        .expect(3);
    let said = format!("{}{}", checked.out(), checked.err());
    assert!(said.contains("perfctl plugin build"), "{said}");
    assert!(said.contains("PERFCTL-PACK"), "{said}");
    let tested = world.run(&["plugin", "test", "org/plugins/acme"]).expect(1);
    assert!(
        tested.err().contains("there is no component"),
        "{}",
        tested.err()
    );
    // A recipe that names it is refused, and so is a format that a plugin could not bring.
    world.file("mine.toml", &recipe(&[("times", "a 1", "")]));
    let refused = world.run(&["recipe", "validate", "mine.toml", "--config", "org"]);
    assert!(
        refused
            .expect(2)
            .err()
            .contains("collector `acme-tool` cannot be used")
    );
    let args = [
        "check",
        "service",
        "--config",
        "org",
        "--format",
        "acme-page",
    ];
    let refused = world.run(&args).expect(2).err();
    assert!(refused.contains("there is no component"), "{refused}");
    // With rules beside it is two plugins.
    world.file("org/plugins/acme/ACME-001/rule.toml", "");
    let mixed = world
        .run(&["check", "service", "--config", "org"])
        .expect(3);
    let said = format!("{}{}", mixed.out(), mixed.err());
    assert!(said.contains("make a pack for each"), "{said}");
}

/// Starts, builds and tests a plugin in another language than Rust.
fn works(world: &World, lang: &str, kind: &str, prepare: impl Fn(&str)) {
    let dir = format!("{lang}-{kind}");
    world
        .run(&["plugin", "new", &dir, "--lang", lang, "--kind", kind])
        .expect(0);
    prepare(&dir);
    world.run(&["plugin", "build", &dir]).expect(0);
    world.run(&["plugin", "test", &dir]).expect(0);
}

#[test]
fn collectors_and_formats_in_python_work_as_they_are_started() {
    let test = "collectors_and_formats_in_python_work_as_they_are_started";
    if !has(test, "componentize-py") {
        return;
    }
    let world = World::new();
    for kind in ["collector", "reporter"] {
        works(&world, "python", kind, |_| ());
    }
}

#[test]
fn collectors_and_formats_in_typescript_work_as_they_are_started() {
    let test = "collectors_and_formats_in_typescript_work_as_they_are_started";
    if !has(test, "npm") {
        return;
    }
    let world = World::new();
    for kind in ["collector", "reporter"] {
        works(&world, "js", kind, |dir| {
            let installed = world
                .command("npm")
                .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir(world.work().join(dir))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&installed.stderr);
            assert!(installed.status.success(), "{said}");
            let checked = world
                .command("npm")
                .args(["run", "check", "--silent"])
                .current_dir(world.work().join(dir))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&checked.stdout);
            assert!(checked.status.success(), "{said}");
        });
    }
}
