//! What collectors and formats in JavaScript read within the limits that a call has unless its pack says otherwise.

use crate::support::World;
use crate::support::compilers::{Language, build};

/// Starts a pack, builds it as it is, and answers where it lies.
fn started(world: &World, name: &str, kind: &str) -> String {
    world
        .run(&["plugin", "new", name, "--lang", "js", "--kind", kind])
        .expect(0);
    Language::TypeScript.prepare(world, &world.work().join(name));
    build(world, &["plugin", "build", name]).expect(0);
    format!("{name}/{name}/cases")
}

#[test]
fn a_collector_in_javascript_reads_megabytes() {
    if !Language::TypeScript.is_here("a_collector_in_javascript_reads_megabytes") {
        return;
    }
    let world = World::new();
    let cases = started(&world, "acme-tool", "collector");
    // As many samples of one name as a call may have.
    let samples = 99_000;
    world.file(
        &format!("{cases}/many/output"),
        &"orders 1.5\n".repeat(samples),
    );
    let values = vec!["1.5"; samples].join(", ");
    world.file(
        &format!("{cases}/many/expect.json"),
        &format!(
            "{{ \"metrics\": [{{ \"name\": \"acme-tool.time\", \"unit\": \"ms\", \"samples\": [{values}], \"labels\": {{ \"case\": \"orders\" }} }}] }}"
        ),
    );
    // Bytes that are no ASCII, and one at the end that is no UTF-8.
    let long = "pr\u{e9}sent ".repeat(1 << 20);
    let output = [long.as_bytes(), b"\xff".as_slice()].concat();
    world.file(
        &format!("{cases}/long/expect.json"),
        "{ \"error\": \"`pr\u{e9}sent pr\u{e9}sent \" }",
    );
    std::fs::write(world.work().join(format!("{cases}/long/output")), output).unwrap();
    world.run(&["plugin", "test", "acme-tool"]).expect(0);
}

#[test]
fn a_format_in_javascript_renders_ten_thousand_findings() {
    if !Language::TypeScript.is_here("a_format_in_javascript_renders_ten_thousand_findings") {
        return;
    }
    let world = World::new();
    let cases = started(&world, "acme-page", "reporter");
    let read = |name: &str| {
        let path = world.work().join(format!("{cases}/all/{name}"));
        std::fs::read_to_string(path).unwrap()
    };
    let mut record: serde_json::Value = serde_json::from_str(&read("record.json")).unwrap();
    let findings = record["findings"].as_array_mut().unwrap();
    let mut one = findings[0].clone();
    one["severity"] = "high".into();
    one["confidence"] = "high".into();
    let silenced = one.as_object_mut().unwrap();
    silenced.remove("silenced");
    *findings = vec![one.clone(); 10_000];
    let line = ["severity", "rule"].map(|key| one[key].as_str().unwrap().to_owned());
    let (path, row) = (
        one["place"]["path"].as_str().unwrap(),
        &one["place"]["line"],
    );
    let message = one["message"].as_str().unwrap();
    let line = format!("{} {path}:{row} {message}\n", line.join(" "));
    let head = read("expected");
    let (name, _) = head.split_once(':').unwrap();
    world.file(&format!("{cases}/big/record.json"), &record.to_string());
    world.file(
        &format!("{cases}/big/expected"),
        &format!("{name}: 10000 findings\n{}", line.repeat(10_000)),
    );
    world.run(&["plugin", "test", "acme-page"]).expect(0);
}
