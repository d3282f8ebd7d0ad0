//! Components that the SDKs make: what they import and export, and that nothing else gets in.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeSet;
use std::path::Path;
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

/// Builds a crate as a component, in the environment that `sdk/rust/toolchain` sets up.
fn built(folder: &Path, name: &str) -> Vec<u8> {
    let target = tempfile::tempdir().unwrap();
    let output = Command::new("cargo")
        .args(["build", "--release", "--target", "wasm32-unknown-unknown"])
        .current_dir(folder)
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
#[ignore = "needs a compiler for wasm32-unknown-unknown: see sdk/rust/README.md"]
fn the_conformance_rule_sees_all_of_the_api_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plugins/conformance-rust");
    let (imports, exports) = surface(&built(&folder, "conformance"));
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
#[ignore = "needs a compiler for wasm32-unknown-unknown: see sdk/rust/README.md"]
fn a_rule_that_asks_nothing_needs_no_capability() {
    let code = "
        use perfctl_plugin::prelude::*;
        perfctl_plugin::pack![Quiet];
        struct Quiet;
        impl Rule for Quiet {
            const ID: &'static str = \"ACME-001\";
        }";
    let (imports, exports) = surface(&built(written(code).path(), "guest"));
    assert_eq!(imports, set(&["declared", "log", "types"]));
    assert_eq!(exports, set(&["rules"]));
}

#[test]
#[ignore = "needs a compiler for wasm32-unknown-unknown: see sdk/rust/README.md"]
fn collectors_and_reporters_import_the_log_alone() {
    let code = "
        use perfctl_plugin::collector::{Collected, Collector, Options, Output};
        perfctl_plugin::collectors![Lines];
        struct Lines;
        impl Collector for Lines {
            const NAME: &'static str = \"lines\";
            fn collect(&self, output: &Output, _: &Options) -> Result<Collected, String> {
                perfctl_plugin::print!(\"{} bytes\", output.stdout.len());
                Ok(Collected::new().metric(\"lines\", \"count\", [output.text().lines().count() as f64]))
            }
        }";
    let (imports, exports) = surface(&built(written(code).path(), "guest"));
    assert_eq!(imports, set(&["log"]));
    assert_eq!(exports, set(&["collection"]));
    let code = "
        use perfctl_plugin::reporter::{Reporter, View};
        perfctl_plugin::reporters![Size];
        struct Size;
        impl Reporter for Size {
            const NAME: &'static str = \"size\";
            fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String> {
                Ok(format!(\"{} bytes, {} columns\", record.len(), view.width).into_bytes())
            }
        }";
    let (imports, exports) = surface(&built(written(code).path(), "guest"));
    assert_eq!(imports, set(&["log"]));
    assert_eq!(exports, set(&["rendering"]));
}
