//! Slips of authors in JavaScript, in a component as it runs: each is an error that says what it was, and none reads as nothing found.

use crate::support::World;
use crate::support::compilers::{Language, build};

/// What a rule does, by the name of the file that it judges, and what is said of it; `None` for what is no slip.
const SLIPS: &[(&str, &str, Option<&str>)] = &[
    (
        "awaits",
        "(async () => { await 0; report(match, 'no such message', {}); })();",
        Some("src/rules.ts:3: Error: nothing waits in a plugin"),
    ),
    (
        "then",
        "Promise.resolve(1).then(() => report(match, 'no such message', {}));",
        Some("src/rules.ts:4: Error: nothing waits in a plugin"),
    ),
    (
        "returns",
        "return 1;",
        Some("`check` of the rule `ACME-001` returned 1, of which nothing comes"),
    ),
    (
        "clock",
        "performance.now();",
        Some("src/rules.ts:6: Error: a plugin has no clock"),
    ),
    (
        "network",
        "fetch('https://example.test');",
        Some("src/rules.ts:7: Error: a plugin has no network"),
    ),
    (
        "edit",
        "report(match, 'compiled-in-loop', { call: '' }, { fix: { title: 't', edits: [replace(match, 'a\\ud800')] } });",
        Some("src/rules.ts:8: RangeError: `a\u{fffd}` holds half of a character"),
    ),
    (
        "circle",
        "const round = new Error('round'); (round as any).cause = round; throw round;",
        Some("src/rules.ts:9: Error: round"),
    ),
    (
        "bare",
        "throw Object.create(null);",
        Some("throw: {} (it is no Error"),
    ),
    (
        "object",
        "throw { code: 5 };",
        Some("throw: {\"code\":5} (it is no Error"),
    ),
    (
        "named",
        "const odd = new Error('cut \\ud800'); (odd as any).name = 5; throw odd;",
        Some("src/rules.ts:12: 5: cut \u{fffd}"),
    ),
    (
        "emoji",
        "console.log('\\ud800'); report(match, 'compiled-in-loop', { call: 'cut \\ud83d' }, { notes: { 'a\\ud800': 1 } });",
        None,
    ),
];

#[test]
fn slips_in_javascript_are_told_and_texts_of_the_repository_are_none() {
    if !Language::TypeScript
        .is_here("slips_in_javascript_are_told_and_texts_of_the_repository_are_none")
    {
        return;
    }
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "js"])
        .expect(0);
    let mut source = "import { pack, replace, type Match, type Report } from \"@perfctl/plugin\";\nconst slips: Record<string, (match: Match, report: Report) => any> = {\n".to_owned();
    for (name, code, _) in SLIPS {
        source += &format!("  {name}(match, report) {{ {code} }},\n");
    }
    source += "};\nexport const rules = pack({ id: \"ACME-001\", check: (file, matches, report) => slips[file.path.slice(0, -3)]!(matches.at(0)!, report) });\n";
    world.file("acme/src/rules.ts", &source);
    Language::TypeScript.prepare(&world, &world.work().join("acme"));
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    let component = "org/plugins/acme.wasm";
    let output = ["--output", component];
    // Some slips are told by the types; an author may want to see how the others end.
    let typed = build(
        &world,
        &[&["plugin", "build", "acme"], &output[..]].concat(),
    )
    .expect(3);
    let told = "acme/src/rules.ts:6:26: error TS2304: Cannot find name 'performance'";
    assert!(typed.err().contains(told), "{}", typed.err());
    let untyped = ["plugin", "build", "acme", "--no-types"];
    build(&world, &[&untyped, &output[..]].concat()).expect(0);
    for (name, _, told) in SLIPS {
        let file = format!("{name}/{name}.py");
        world.file(
            &file,
            "import re\n\n\ndef read(rows):\n    for row in rows:\n        re.compile('a').match(row)\n",
        );
        let args = [
            "check", name, "--config", "org", "--select", "ACME-001", "--format", "json",
        ];
        let ran = world.run(&args);
        let record: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
        let item = &record["items"][0];
        match told {
            Some(told) => {
                assert_eq!(item["verdict"], "error", "{name}: {item:#}");
                let reason = item["reason"].as_str().unwrap();
                assert!(reason.contains(told), "{name}: {reason}");
            }
            None => {
                let finding = &record["findings"][0];
                let message = finding["message"].as_str().unwrap_or_default();
                assert!(message.contains("cut \u{fffd}"), "{name}: {item:#}");
                let note = &finding["notes"][0];
                assert_eq!(
                    (&note["name"], &note["value"]),
                    (&"a\u{fffd}".into(), &"1".into())
                );
            }
        }
    }

    // A component that is older than its source is told, and a module without its export never becomes one.
    let built = world.work().join("acme/plugin.wasm");
    std::fs::copy(world.work().join(component), &built).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    let file = std::fs::File::options().write(true).open(&built).unwrap();
    file.set_modified(long_ago).unwrap();
    let hidden = source.replace("export const rules", "export const ruels");
    world.file("acme/src/rules.ts", &hidden);
    let tested = world.run(&["plugin", "test", "acme"]);
    let told = "acme/src/rules.ts was changed since plugin.wasm was built";
    assert!(tested.err().contains(told), "{}", tested.err());
    let failed = build(&world, &untyped).expect(3);
    for says in ["has to export `rules`", "it exports ruels"] {
        assert!(failed.err().contains(says), "{}", failed.err());
    }
}

#[test]
fn slips_in_rust_name_the_authors_line() {
    if !Language::Rust.is_here("slips_in_rust_name_the_authors_line") {
        return;
    }
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "rust"])
        .expect(0);
    let source = std::fs::read_to_string(world.work().join("acme/src/lib.rs")).unwrap();
    let reads = source.replace(
        "let call = one.node();",
        "let call = one.node(); std::fs::read_to_string(\"app.py\").unwrap();",
    );
    let renamed = source.replace("\"ACME-001\"", "\"ACME-002\"");
    world.file("acme/src/lib.rs", &renamed);
    let refused = build(&world, &["plugin", "build", "acme"]).expect(2);
    let told = "acme/plugin.wasm: src/lib.rs:5: panic: the pack has the rule `ACME-001` in ACME-001/rule.toml, but `pack!` no rule of that `ID`; left are `ACME-002`";
    assert!(refused.err().contains(told), "{}", refused.err());

    world.file("acme/src/lib.rs", &reads);
    build(&world, &["plugin", "build", "acme"]).expect(0);
    let tested = world.run(&["plugin", "test", "acme"]).expect(1);
    let told = "a plugin has no files, network, threads or clock";
    assert!(tested.out().contains(told), "{}", tested.out());
}
