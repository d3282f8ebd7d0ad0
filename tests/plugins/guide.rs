//! The guide to an organisation's first rule, followed from an empty folder in every language (for Python in `python.rs`): its commands and its files, in their order. What is
//! installed between them is this machine's, and what the guide says of other machines (registries, settings) is not run.

use crate::guide::named_blocks;
use crate::support::compilers::{Language, build};
use crate::support::{World, project};

/// The section of the guide under a heading.
fn section(heading: &str) -> String {
    let guide = std::fs::read_to_string(project().join("sdk/guide.md")).unwrap();
    let (_, behind) = guide
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("the guide has no section `{heading}`"));
    let end = behind.find("\n## ").unwrap_or(behind.len());
    behind[..end].to_owned()
}

/// The commands of a section: its indented lines, without what is said behind them.
fn commands(section: &str) -> Vec<String> {
    let lines = section.lines().filter_map(|line| line.strip_prefix("    "));
    let starts = ["perfctl ", "rm "];
    let commands = lines.filter(|line| starts.iter().any(|start| line.starts_with(start)));
    commands
        .map(|line| {
            line.split(" #")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .collect()
}

/// How a pack is started, built, tested, and emptied of the scaffold's cases.
fn commands_of_the_start() -> [String; 4] {
    let commands = commands(&section("Start"));
    commands
        .try_into()
        .unwrap_or_else(|commands| panic!("the guide starts otherwise: {commands:?}"))
}

/// Runs a command of the guide, which has to go well; what it said.
fn run(world: &World, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    match words.as_slice() {
        ["perfctl", words @ ..] => build(world, words).expect(0).out(),
        ["rm", "-r", path] => {
            std::fs::remove_dir_all(world.work().join(path)).unwrap();
            String::new()
        }
        _ => panic!("the guide says `{command}`, which nobody runs here"),
    }
}

/// Writes the file that a section shows.
fn write(world: &World, section: &str, path: &str) {
    let files = named_blocks(section);
    let text = files.get(path);
    world.file(
        path,
        text.unwrap_or_else(|| panic!("the guide does not show {path}")),
    );
}

/// Starts the pack of the guide, and writes its files as far as `source`, the code that it shows in a language.
pub(super) fn written(world: &World, word: &str, source: &str) {
    let [new, _, _, rm] = commands_of_the_start();
    run(
        world,
        &new.replace("--lang rust", &format!("--lang {word}")),
    );
    run(world, &rm);
    for (heading, path) in [
        ("What to look at: rule.toml", "acme/ACME-HTTP-001/rule.toml"),
        ("What to think of it: the code", source),
        ("Prove it: cases", "acme/ACME-HTTP-001/cases/orders/app.py"),
    ] {
        write(world, &section(heading), path);
    }
}

/// Holds what the guide's rule finds in its case.
pub(super) fn hold(world: &World) {
    let tested = run(world, "perfctl plugin test acme/ACME-HTTP-001");
    assert!(tested.contains("1 reported, 2 validated"), "{tested}");
    // Nothing of the scaffold is left to be written.
    assert!(!tested.contains("note:"), "{tested}");
}

/// Follows the guide in a language; `None` for Lua, which needs no compiler.
fn followed(language: Option<Language>, word: &str, source: &str, test: &str) {
    if language.is_some_and(|language| !language.is_here(test)) {
        return;
    }
    let world = World::new();
    written(&world, word, source);
    let [_, build, tested, _] = commands_of_the_start();
    if let Some(language) = language {
        language.prepare(&world, &world.work().join("acme"));
        run(&world, &build);
    }
    run(&world, &tested);
    hold(&world);
    if language == Some(Language::Rust) {
        shipped(&world);
    }
}

/// Puts the plugin where the guide says, and has a team run it.
fn shipped(world: &World) {
    let section = section("Ship it");
    for said in [
        "`perfctl plugin inspect acme/plugin.wasm`",
        "`plugins/` of your organisation's directory",
        "`--config /etc/perfctl/acme`",
    ] {
        assert!(section.contains(said), "the guide does not say {said}");
    }
    let inspected = run(world, "perfctl plugin inspect acme/plugin.wasm");
    assert!(inspected.contains("ACME-HTTP-001"), "{inspected}");
    std::fs::create_dir_all(world.work().join("etc/plugins")).unwrap();
    let (from, to) = ("acme/plugin.wasm", "etc/plugins/any-name.wasm");
    std::fs::copy(world.work().join(from), world.work().join(to)).unwrap();
    world.file(
        "team/app.py",
        "import requests\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/')\ndef prices():\n    return requests.get('https://prices', timeout=5).json()\n",
    );
    let args = [
        "check",
        "team",
        "--config",
        "etc",
        "--select",
        "ACME-HTTP-001",
    ];
    let found = world.run(&args).out();
    assert!(found.contains("past `acme_http`"), "{found}");
}

#[test]
fn the_guide_holds_in_lua() {
    let source = "acme/ACME-HTTP-001/rule.lua";
    followed(None, "lua", source, "the_guide_holds_in_lua");
}

#[test]
fn the_guide_holds_in_rust() {
    let rust = Some(Language::Rust);
    followed(rust, "rust", "acme/src/lib.rs", "the_guide_holds_in_rust");
}

#[test]
fn the_guide_holds_in_typescript() {
    let typescript = Some(Language::TypeScript);
    let source = "acme/src/rules.ts";
    followed(typescript, "js", source, "the_guide_holds_in_typescript");
}

/// What is shown of a collector is what `perfctl plugin new` writes. That this builds, and that its cases hold, the tests of `plugin new` show.
#[test]
fn the_guide_shows_a_collector_as_it_is_started() {
    let world = World::new();
    let section = section("Measure with your own tool, report in your own form");
    let commands = commands(&section);
    let [new, build, tested] = commands.as_slice() else {
        panic!("the guide starts a collector otherwise: {commands:?}");
    };
    run(&world, new);
    let [_, first_build, first_test, _] = commands_of_the_start();
    for (command, first) in [(build, first_build), (tested, first_test)] {
        assert_eq!(*command, format!("{first}-tool"));
    }
    let files = named_blocks(&section);
    assert_eq!(files.len(), 2, "{:?}", files.keys());
    for (path, shown) in files {
        let written = std::fs::read_to_string(world.work().join(&path)).unwrap();
        let shown = shown.trim();
        assert!(
            written.contains(shown),
            "{path} is not begun as the guide shows it:\n{shown}\nbut as\n{written}"
        );
    }
}
