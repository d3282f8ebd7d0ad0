//! The guide to an organisation's first rule, followed from an empty folder in every language, line for line; for Python in `python.rs`.

use crate::guide::named_blocks;
use crate::support::compilers::{Language, build};
use crate::support::{World, project};

/// Starts the pack of the guide, and writes its files as far as `source`, the code that it shows in a language.
pub(super) fn written(world: &World, word: &str, source: &str) {
    let guide = std::fs::read_to_string(project().join("sdk/guide.md")).unwrap();
    let begin = "perfctl plugin new acme --lang rust --rule ACME-HTTP-001";
    assert!(guide.contains(begin), "the guide begins otherwise");
    let begin = begin.replace("rust", word);
    let words: Vec<&str> = begin.split(' ').skip(1).collect();
    world.run(&words).expect(0);
    std::fs::remove_dir_all(world.work().join("acme/ACME-HTTP-001/cases")).unwrap();
    let files = named_blocks(&guide);
    for path in [
        "acme/ACME-HTTP-001/rule.toml",
        source,
        "acme/ACME-HTTP-001/cases/orders/app.py",
    ] {
        let text = files.get(path);
        world.file(
            path,
            text.unwrap_or_else(|| panic!("no {path} in the guide")),
        );
    }
}

/// Holds what the guide's rule finds in its case.
pub(super) fn hold(world: &World) {
    let tested = world.run(&["plugin", "test", "acme/ACME-HTTP-001"]);
    let tested = tested.expect(0).out();
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
    if let Some(language) = language {
        language.prepare(&world, &world.work().join("acme"));
        build(&world, &["plugin", "build", "acme"]).expect(0);
    }
    hold(&world);
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
