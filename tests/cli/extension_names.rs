//! Names of what plugins bring: where they are asked for, what has none or two owners is an error, and nothing runs without a word of it.

use std::path::Path;

use crate::support::{World, project};

/// The component of a plugin whose collector and format are called `conformance`.
fn component(kind: &str) -> Vec<u8> {
    let fixtures = project().join("tests/plugins/fixtures/0.1.0");
    std::fs::read(fixtures.join(format!("{kind}.wasm"))).unwrap()
}

/// A pack in `org/plugins` that brings a collector or a format under `name`.
fn plugin(world: &World, id: &str, kind: &str, name: &str) {
    let metrics = match kind {
        "collector" => "metrics = [\"conformance.time\"]\n",
        _ => "",
    };
    let head = format!(
        "schema = \"perfctl.pack/1\"\nid = \"{id}\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n\n[{kind}.{name}]\nabout = \"a\"\n{metrics}"
    );
    world.file(&format!("org/plugins/{id}/pack.toml"), &head);
    let home = world.work().join(format!("org/plugins/{id}/plugin.wasm"));
    std::fs::write(home, component(kind)).unwrap();
}

/// A world with a service without findings, an organisation, and a recipe without a step of rules whose step names `collector`.
fn world(collector: &str) -> World {
    let world = World::new();
    world.file("service/app.py", "x = 1\n");
    world.file(
        "org/recipes/mine.toml",
        &format!(
            "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\nabout = \"y\"\n[[step]]\nkind = \"command\"\nid = \"one\"\nargv = [\"echo\", \"one\"]\n{collector}"
        ),
    );
    world
}

/// Runs words behind which the organisation is named; both streams.
fn said(world: &World, line: &str, code: i32) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let ran = world.run(&[&words[..], &["--config", "org"]].concat());
    let ran = ran.expect(code);
    format!("{}{}", ran.out(), ran.err())
}

const RUN: &str = "recipe run mine --repo service --out audit";

#[test]
fn two_plugins_with_one_collector_are_named_and_neither_measures() {
    let world = world("collector = \"conformance\"\n");
    plugin(&world, "first", "collector", "conformance");
    plugin(&world, "second", "collector", "conformance");
    // A check that does not use it is not whole either.
    let checked = said(&world, "check service", 3);
    assert!(checked.contains("PERFCTL-PACK"), "{checked}");
    let tellers = [
        checked,
        said(&world, RUN, 2),
        said(&world, "recipe validate mine", 2),
    ];
    for told in tellers {
        for word in [
            "org/plugins/second",
            "`conformance`",
            "the plugin `first` (org/plugins/first",
            "take one of the two plugins away, or have its collector renamed",
        ] {
            assert!(told.contains(word), "{word}: {told}");
        }
    }
    assert!(!world.work().join("audit").exists(), "something ran");
    // One of them away is all that it takes.
    std::fs::remove_dir_all(world.work().join("org/plugins/second")).unwrap();
    said(&world, "recipe validate mine", 0);
    said(&world, "check service", 0);
}

#[test]
fn a_recipe_that_needs_neither_of_them_runs_and_says_so() {
    let world = world("collector = \"time\"\n");
    plugin(&world, "first", "collector", "conformance");
    plugin(&world, "second", "collector", "conformance");
    plugin(&world, "third", "collector", "time");
    // It runs no rules either: as with rules that cannot be read, what is not asked for decides no code.
    let told = said(&world, "recipe validate mine", 0);
    assert!(!told.contains("error"), "{told}");
    let ran = said(&world, &format!("{RUN} --dry-run"), 0);
    assert!(ran.contains("run"), "{ran}");
    let record = world.run(&[
        "recipe", "run", "mine", "--repo", "service", "--out", "audit", "--config", "org",
        "--format", "json",
    ]);
    let record: serde_json::Value = serde_json::from_str(&record.out()).unwrap();
    let problems = record["problems"].to_string();
    for word in [
        "second",
        "`conformance`",
        "third",
        "`time`",
        "perfctl itself has one",
    ] {
        assert!(problems.contains(word), "{word}: {record:#}");
    }
}

#[test]
fn two_plugins_with_one_format_are_named_and_neither_renders() {
    let world = world("");
    said(&world, "check service --format json --output run.json", 0);
    plugin(&world, "first", "reporter", "conformance");
    plugin(&world, "second", "reporter", "conformance");
    for line in [
        "report run.json --format conformance",
        "check service --format conformance",
        "recipe run mine --repo service --out audit --format conformance",
    ] {
        let told = said(&world, line, 2);
        for word in [
            "the output format `conformance` cannot be used",
            "org/plugins/second",
            "the plugin `first` (org/plugins/first",
            "have its format renamed",
        ] {
            assert!(told.contains(word), "{line}: {word}: {told}");
        }
    }
    let checked = said(&world, "check service", 3);
    assert!(checked.contains("PERFCTL-PACK"), "{checked}");
    // A report in another form is right, and says what is not.
    let told = said(&world, "report run.json --format json", 0);
    assert!(
        told.contains("its format `conformance` is not read"),
        "{told}"
    );
}

#[test]
fn a_plugin_does_not_take_the_place_of_a_format_of_perfctl() {
    let world = world("");
    said(&world, "check service --format json --output run.json", 0);
    plugin(&world, "mine", "reporter", "json");
    let args = ["report", "run.json", "--format", "json", "--config", "org"];
    let ran = world.run(&args).expect(0);
    assert!(ran.out().starts_with('{'), "{}", ran.out());
    assert!(
        ran.err()
            .contains("its format `json` is not read: perfctl itself"),
        "{}",
        ran.err()
    );
    let checked = said(&world, "check service", 3);
    assert!(
        checked.contains("its format `json` is not read"),
        "{checked}"
    );
}

#[test]
fn settings_choose_the_format_of_a_plugin() {
    let world = world("");
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    std::fs::write(
        world.work().join("org/plugins/page.wasm"),
        component("reporter"),
    )
    .unwrap();
    let set = |format: &str| {
        let text = format!("schema = \"perfctl.settings/1\"\n[output]\nformat = \"{format}\"\n");
        world.file("org/config.toml", &text);
    };
    set("conformance");
    let view = "colour false, width 0, suspicions false, silenced false";
    for line in ["check service", "report run.json", RUN] {
        if line.starts_with("report") {
            said(&world, "check service --format json --output run.json", 0);
        }
        let told = said(&world, line, 0);
        assert!(told.contains(view), "{line}: {told}");
    }
    // The command line wins.
    let told = said(&world, "check service --format concise", 0);
    assert!(!told.contains(view), "{told}");
    let told = said(&world, "config explain output.format", 0);
    assert!(told.contains("conformance"), "{told}");

    // What nobody brings is told with its line, before anything runs, as behind `--format`.
    set("conformence");
    std::fs::remove_dir_all(world.work().join("audit")).unwrap();
    for line in ["check service", "report run.json", RUN] {
        let told = said(&world, line, 2);
        for word in [
            "org/config.toml:3",
            "there is no output format `conformence`",
            "did you mean `conformance`?",
            "there are concise, github, gitlab, html, human, json",
        ] {
            assert!(told.contains(word), "{line}: {word}: {told}");
        }
    }
    assert!(
        !Path::new(&world.work().join("audit")).exists(),
        "something ran"
    );
    said(&world, "check service --format json", 0);
    set("sarfi");
    let told = said(&world, "check service", 2);
    assert!(told.contains("did you mean `sarif`?"), "{told}");
    // What could be nobody's name is a fault of the file.
    set("Acme Page");
    let told = said(&world, "check service", 2);
    assert!(told.contains("did you mean `acme-page`?"), "{told}");
}

#[test]
fn calls_are_timed_on_cases() {
    let world = World::new();
    plugin(&world, "mine", "collector", "conformance");
    let case = "org/plugins/mine/conformance/cases/one";
    world.file(&format!("{case}/output"), "one\n");
    let words = ["plugin", "bench", "org/plugins/mine", "--runs", "2"];
    let timed = world.run(&words).expect(0).out();
    let line = timed.lines().find(|line| line.starts_with("conformance"));
    let line = line.unwrap_or_else(|| panic!("{timed}"));
    assert!(
        line.contains("one") && line.contains("4 B") && line.contains(" us"),
        "{line}"
    );
    let timed = world
        .run(&[&words[..], &["--format", "json"]].concat())
        .expect(0);
    let timed: serde_json::Value = serde_json::from_str(&timed.out()).unwrap();
    let call = &timed["calls"][0];
    assert_eq!(
        (&call["case"], &call["input"]),
        (&"one".into(), &4.into()),
        "{timed}"
    );
    assert!(call["call_us"].as_f64().unwrap() > 0.0, "{timed}");
    // It prints nothing that its pack declares under that name: the answer is refused, and that is said.
    assert!(
        call["note"].as_str().unwrap().contains("does not declare"),
        "{timed}"
    );
    let with = [&words[..], &["--repo", "org"]].concat();
    assert!(
        world
            .run(&with)
            .expect(2)
            .err()
            .contains("`--repo` is for rules")
    );
    std::fs::remove_dir_all(world.work().join("org/plugins/mine/conformance")).unwrap();
    assert!(world.run(&words).expect(2).err().contains("no cases"));
    // Rules need a repository.
    let rules = world.run(&["plugin", "new", "acme", "--lang", "lua"]);
    rules.expect(0);
    let bench = world.run(&["plugin", "bench", "acme"]).expect(2);
    assert!(bench.err().contains("`--repo PATH`"), "{}", bench.err());
}

#[test]
fn a_lost_collector_says_whose_it_is_and_how_it_comes_back() {
    let world = world("collector = \"conformance\"\n");
    let file = world.work().join("tool.wasm");
    std::fs::write(&file, component("collector")).unwrap();
    let add = ["plugin", "add", "tool.wasm", "--dir", "org"];
    let asked = world.run(&add).expect(2);
    assert!(
        asked.out().contains("  collector   conformance: "),
        "{}",
        asked.out()
    );
    world.run(&[&add[..], &["--yes"]].concat()).expect(0);
    let lock = world.work().join("org/perfctl.lock");
    let written = std::fs::read_to_string(&lock).unwrap();
    assert!(
        written.contains("collectors = [\n  \"conformance\",\n]"),
        "{written}"
    );
    world.run(&["plugin", "verify", "--dir", "org"]).expect(0);

    let plugins = std::fs::read_dir(world.work().join("org/plugins")).unwrap();
    for plugin in plugins.flatten() {
        std::fs::remove_file(plugin.path()).unwrap();
    }
    let told = said(&world, RUN, 2);
    for part in ["conformance", "perfctl.lock:4 names it", "plugin add --dir"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // A lock that says otherwise is told, and an update shows it.
    std::fs::write(&lock, written.replace("\"conformance\",", "\"earlier\",")).unwrap();
    world.run(&["plugin", "add", "--dir", "org"]).expect(0);
    let verified = world.run(&["plugin", "verify", "--dir", "org"]).expect(3);
    for part in ["+ collector conformance", "- collector earlier"] {
        assert!(verified.out().contains(part), "{part}: {}", verified.out());
    }
}
