//! Plugins in Rust are the same bytes wherever they are built, and hold nothing of the machine that built them.

use std::path::PathBuf;

use crate::support::compilers::{Language, build, copied, copy, homes, toolchain};
use crate::support::{World, project};

/// Fails when a plugin holds a path of this machine.
pub(super) fn hold_no_path(world: &World, plugin: &[u8]) {
    let mut paths: Vec<PathBuf> = homes().map(|(_, dir)| dir).into();
    paths.extend(toolchain());
    paths.extend([std::env::temp_dir(), world.work(), project()]);
    for path in paths {
        let path = path.display().to_string();
        let mut parts = plugin.windows(path.len());
        let is_in = parts.any(|part| part == path.as_bytes());
        assert!(!is_in, "the plugin holds `{path}`");
    }
}

#[test]
fn a_plugin_in_rust_is_the_same_bytes_from_whatever_folder() {
    if !Language::Rust.is_here("a_plugin_in_rust_is_the_same_bytes_from_whatever_folder") {
        return;
    }
    let world = World::new();
    let built = |into: &str| {
        let dir = copied(&world, into, "tests/plugins/conformance-rust");
        // As `perfctl plugin new` lays it out: cargo tells crates outside of the pack's folder apart by where they lie.
        copy(
            &project().join("sdk/rust"),
            &dir.join("vendor/perfctl-plugin"),
        );
        let manifest = std::fs::read_to_string(dir.join("Cargo.toml")).unwrap();
        let vendored = manifest.replace("../../../sdk/rust", "vendor/perfctl-plugin");
        assert_ne!(manifest, vendored);
        std::fs::write(dir.join("Cargo.toml"), vendored).unwrap();
        build(&world, &["plugin", "build", &dir.display().to_string()]).expect(0);
        std::fs::read(dir.join("plugin.wasm")).unwrap()
    };
    let first = built("a");
    let second = built("somewhere/much deeper/b");
    assert!(first.len() > 10_000);
    assert!(
        first == second,
        "two folders gave {} and {} bytes that differ: the path of a source is in them",
        first.len(),
        second.len()
    );
    hold_no_path(&world, &first);
}
