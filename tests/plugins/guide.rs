//! The guide to an organisation's first rule, followed from an empty folder in every language, line for line.

use crate::guide::named_blocks;
use crate::support::compilers::{Language, build};
use crate::support::{World, project};

/// Follows the guide in a language, whose code it shows in `source`; `None` for Lua, which needs no compiler.
fn followed(language: Option<Language>, word: &str, source: &str, test: &str) {
    if language.is_some_and(|language| !language.is_here(test)) {
        return;
    }
    let guide = std::fs::read_to_string(project().join("sdk/guide.md")).unwrap();
    let begin = "perfctl plugin new acme --lang rust --rule ACME-HTTP-001";
    assert!(guide.contains(begin), "the guide begins otherwise");
    let world = World::new();
    let begin = begin.replace("rust", word);
    let words: Vec<&str> = begin.split(' ').skip(1).collect();
    world.run(&words).expect(0);
    if let Some(language) = language {
        language.prepare(&world, &world.work().join("acme"));
    }
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
    if language.is_some() {
        build(&world, &["plugin", "build", "acme"]).expect(0);
    }
    let tested = world.run(&["plugin", "test", "acme"]).expect(0).out();
    assert!(tested.contains("1 reported, 2 validated"), "{tested}");
    // Nothing of the scaffold is left to be written.
    assert!(!tested.contains("note:"), "{tested}");
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

#[test]
fn the_guide_holds_in_python() {
    let python = Some(Language::Python);
    let source = "acme/rules.py";
    followed(python, "python", source, "the_guide_holds_in_python");
}
