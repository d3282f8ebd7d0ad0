//! Options of collectors in the lock: what an update changes of them is shown before it is taken.

use perfctl_wasm::section;
use perfctl_wire::plugin::Manifest;

use super::own;
use crate::support::{World, project};

/// The collector of the fixtures in this version, whose options are these lines.
fn write(world: &World, version: &str, options: &str) {
    let fixture = project().join("tests/plugins/fixtures/0.1.0/collector.wasm");
    let fixture = std::fs::read(fixture).unwrap();
    let mut manifest = Manifest::read(section::read(&fixture).unwrap()).unwrap();
    let head = manifest.files.get_mut("pack.toml").unwrap();
    let before = head
        .split("[collector.conformance.options]")
        .next()
        .unwrap();
    let before = before.replace("version = \"0.1.0\"", &format!("version = \"{version}\""));
    *head = format!("{before}[collector.conformance.options]\n{options}");
    let bytes = section::write(&fixture, &manifest.write()).unwrap();
    std::fs::write(world.work().join("acme.wasm"), bytes).unwrap();
}

#[test]
fn an_update_shows_which_options_come_and_go_and_what_is_asked_of_them() {
    let world = World::new();
    let lock = || std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    write(
        &world,
        "1.0.0",
        "ends = \"how it ends\"\nword = \"any text\"\n",
    );
    world
        .run(&["plugin", "add", "acme.wasm", "--yes"])
        .expect(0);
    let first = lock();
    let listed = "options = [\n  \"conformance.ends\",\n  \"conformance.word\",\n]\n";
    assert!(first.contains(listed), "{first}");

    write(
        &world,
        "1.1.0",
        "ends = { help = \"how it ends\", required = true }\nunit = { help = \"of the numbers\", required = true }\n",
    );
    let shown = world.run(&["plugin", "update", "--dry-run"]).expect(0);
    for line in [
        "  option      + conformance.unit: of the numbers, required\n",
        "  option      - conformance.word: recipes that give it are refused\n",
        "  option      conformance.ends: required now, any value or none before\n",
    ] {
        assert!(shown.out().contains(line), "{}", shown.out());
    }
    assert_eq!(lock(), first);

    // A lock from before they stood there is in order, and shows them all with the next update.
    std::fs::write(own(&world, "perfctl.lock"), first.replace(listed, "")).unwrap();
    world.run(&["plugin", "verify"]).expect(0);
    let shown = world.run(&["plugin", "update", "--yes"]).expect(0);
    for name in [
        "ends: how it ends, required",
        "unit: of the numbers, required",
    ] {
        let line =
            format!("option      conformance.{name} (the lock did not say which there were)");
        assert!(shown.out().contains(&line), "{}", shown.out());
    }
    assert!(
        lock().contains("  \"conformance.unit, required\",\n"),
        "{}",
        lock()
    );
    // And what somebody wrote into it by hand is told.
    let wrong = lock().replace("conformance.unit", "conformance.unity");
    std::fs::write(own(&world, "perfctl.lock"), wrong).unwrap();
    let said = world.run(&["plugin", "verify"]).expect(3);
    assert!(said.out().contains("+ conformance.unit"), "{}", said.out());
}
