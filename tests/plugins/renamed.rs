//! The source of a plugin in a folder with another name, as a clone has it: what is built there is tested there.

use crate::support::{World, project};

#[test]
fn a_plugin_is_tested_in_whatever_folder_its_source_lies() {
    let world = World::new();
    let from = project().join("tests/plugins");
    let read = |path: &str| std::fs::read_to_string(from.join(path)).unwrap();
    let pack = "conformance-rust/pack.toml";
    assert!(read(pack).contains("id = \"conformance\""));
    world.file("cloned/pack.toml", &read(pack));
    let rule = "CONF-001/rule.toml";
    world.file(
        &format!("cloned/{rule}"),
        &read(&format!("conformance-rust/{rule}")),
    );
    world.file("cloned/CONF-001/cases/none/README.md", "Nothing.\n");
    world.file(
        "cloned/CONF-001/cases/none/expect.toml",
        "# There is no code.\nnot_applicable = true\n",
    );
    let component = from.join("fixtures/0.1.0/conformance.wasm");
    std::fs::copy(component, world.work().join("cloned/plugin.wasm")).unwrap();
    let tested = world.run(&["plugin", "test", "cloned", "--format", "json"]);
    let tested: serde_json::Value = serde_json::from_str(&tested.out()).unwrap();
    let case = &tested["rules"][0]["cases"][0];
    assert_eq!(case["passed"], true, "{tested:#}");

    // A pack of scripts is used as the folder that it is, and has to be called as its head says.
    world
        .run(&["plugin", "new", "acme", "--lang", "lua"])
        .expect(0);
    let (here, there) = (world.work().join("acme"), world.work().join("other"));
    std::fs::rename(here, there).unwrap();
    let refused = world.run(&["plugin", "test", "other"]).expect(1);
    assert!(refused.err().contains("acme"), "{}", refused.err());
}
