//! Components that the SDKs make: what they import and export, and that nothing else gets in.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use wit_component::DecodedWasm;

/// The names of what a component imports and exports.
fn surface(component: &[u8]) -> (BTreeSet<String>, BTreeSet<String>) {
    let DecodedWasm::Component(resolve, world) = wit_component::decode(component).unwrap() else {
        panic!("it is no component");
    };
    let world = &resolve.worlds[world];
    let imports = world.imports.keys().map(|key| resolve.name_world_key(key));
    let exports = world.exports.keys().map(|key| resolve.name_world_key(key));
    (imports.collect(), exports.collect())
}

fn set(interfaces: &[&str]) -> BTreeSet<String> {
    let full = |name: &&str| format!("perfctl:plugin/{name}@0.1.0");
    interfaces.iter().map(full).collect()
}

/// The toolchain that `sdk/rust/toolchain` makes. Without it `test` is skipped and says so; where everything has to be tested, it fails.
fn toolchain(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("PERFCTL_RUST_WASM").map(PathBuf::from);
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let own = cache.or(home).map(|dir| dir.join("perfctl-rust-wasm"));
    let mut dirs = named.into_iter().chain(own);
    let found = dirs.find(|dir| dir.join("bin/rustc").is_file());
    if found.is_none() {
        let missing = "no Rust toolchain for WASM: run sdk/rust/toolchain/rust-wasm-toolchain";
        assert!(std::env::var_os("CI").is_none(), "{test}: {missing}");
        let line = format!("skipped: {test}: {missing}\n");
        // Not `eprintln!`, which the harness keeps to itself when a test passes.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
    found
}

/// Builds a crate as a component.
fn built(toolchain: &Path, folder: &Path, name: &str) -> Vec<u8> {
    let target = tempfile::tempdir().unwrap();
    let linker = toolchain.join("bin/wasm-component-ld");
    let output = Command::new("cargo")
        .args(["build", "--release", "--target", "wasm32-unknown-unknown"])
        .current_dir(folder)
        .env("RUSTC", toolchain.join("bin/rustc"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
        .env("CARGO_TARGET_DIR", target.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let file = format!("wasm32-unknown-unknown/release/{name}.wasm");
    std::fs::read(target.path().join(file)).unwrap()
}

/// A crate with one file that depends on the SDK.
fn written(code: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rust");
    let manifest = format!(
        "[package]\nname = \"guest\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
         [dependencies]\nperfctl-plugin = {{ path = {:?} }}\n\n[lints.rust]\nunsafe_code = \"forbid\"\n\n\
         [profile.release]\nlto = true\npanic = \"abort\"\n\n[workspace]\n",
        sdk.canonicalize().unwrap()
    );
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.path().join("src/lib.rs"), code).unwrap();
    folder
}

#[test]
fn the_conformance_rule_sees_all_of_the_api_and_nothing_else() {
    let Some(toolchain) = toolchain("the_conformance_rule_sees_all_of_the_api_and_nothing_else")
    else {
        return;
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plugins/conformance-rust");
    let (imports, exports) = surface(&built(&toolchain, &folder, "conformance"));
    let mut of_world = set(&[
        "declared",
        "log",
        "node",
        "loop",
        "func",
        "file",
        "span",
        "doc",
        "dockerfile",
        "docker-stage",
        "instruction",
        "load-hop",
        "shell-command",
        "repository",
        "files",
    ]);
    of_world.extend(set(&["types"]));
    assert_eq!(imports, of_world);
    assert_eq!(exports, set(&["rules"]));
}

#[test]
fn a_rule_that_asks_nothing_needs_no_capability() {
    let Some(toolchain) = toolchain("a_rule_that_asks_nothing_needs_no_capability") else {
        return;
    };
    let code = "
        use perfctl_plugin::prelude::*;
        perfctl_plugin::pack![Quiet];
        struct Quiet;
        impl Rule for Quiet {
            const ID: &'static str = \"ACME-001\";
        }";
    let (imports, exports) = surface(&built(&toolchain, written(code).path(), "guest"));
    assert_eq!(imports, set(&["declared", "log", "types"]));
    assert_eq!(exports, set(&["rules"]));
}

#[test]
fn collectors_and_reporters_import_the_log_alone() {
    let Some(toolchain) = toolchain("collectors_and_reporters_import_the_log_alone") else {
        return;
    };
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plugins");
    for (kind, export) in [("collector", "collection"), ("reporter", "rendering")] {
        let folder = packs.join(format!("conformance-{kind}"));
        let (imports, exports) =
            surface(&built(&toolchain, &folder, &format!("conformance_{kind}")));
        assert_eq!(imports, set(&["log"]));
        assert_eq!(exports, set(&[export]));
    }
}
