//! The guide for rule authors and the README's five minutes, run as they stand: every example that names its file in its first
//! line is written there and tested, so that neither can rot.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{World, project};

/// Heads and help texts are left out of most examples; these stand in for them.
const HELP: &str =
    "\n[help]\nwhat = \"w\"\nwhy = \"w\"\nsource = \"s\"\nfix = \"f\"\nfalse_alarms = \"f\"\n";

fn guide() -> String {
    std::fs::read_to_string(project().join("sdk/lua/guide.md")).unwrap()
}

/// Code blocks of `text` whose first line is a comment that names a file, by that name; without that line.
pub(crate) fn named_blocks(text: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let opens = line.len() > 3 && line.starts_with("```");
        if !opens {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let Some((first, rest)) = block.split_first() else {
            continue;
        };
        let name = ["# ", "-- ", "// ", "{{!-- "]
            .iter()
            .find_map(|sign| first.strip_prefix(sign))
            .map(|name| name.trim_end_matches(" --}}"));
        if let Some(name) = name {
            let code: String = rest.iter().flat_map(|line| [*line, "\n"]).collect();
            let before = all.insert(name.to_owned(), code);
            assert_eq!(before, None, "{name} stands twice in the guide");
        }
    }
    all
}

/// `rule.toml` of the rule `id` with what an example leaves out.
fn whole(id: &str, text: &str) -> String {
    if text.contains("schema =") {
        return text.to_owned();
    }
    format!(
        "schema = \"perfctl.rule/1\"\nid = \"{id}\"\ntitle = \"t\"\ncategory = \"guide\"\nseverity = \"low\"\neffort = \"S\"\n{text}{HELP}"
    )
}

#[test]
fn every_example_of_the_guide_does_what_the_guide_says() {
    let mut files = named_blocks(&guide());
    let plain = files
        .remove("the script of the examples without one")
        .unwrap();
    let rules: BTreeSet<String> = files
        .keys()
        .filter_map(|path| Some(path.split_once('/')?.0.to_owned()))
        .filter(|folder| folder.starts_with("ORG-"))
        .collect();
    assert!(rules.len() > 20, "examples are no longer found: {rules:?}");
    let world = World::new();
    for id in &rules {
        let head = files.get_mut(&format!("{id}/rule.toml")).unwrap();
        *head = whole(id, head);
        files
            .entry(format!("{id}/rule.lua"))
            .or_insert_with(|| plain.clone());
    }
    for (path, text) in &files {
        world.file(&format!("plugins/guide/{path}"), text);
    }
    let ran = world.run(&["rule", "test", "plugins/guide"]);
    assert_eq!(ran.code(), 0, "\n{}\n{}", ran.out(), ran.err());
    let end = ran.out();
    let last = end.lines().last().unwrap_or_default();
    assert!(
        last.starts_with(&format!("{} rules, ", rules.len())) && last.contains("all as marked"),
        "{last}"
    );
}

#[test]
fn the_guide_names_every_kind_of_matcher() {
    let source =
        std::fs::read_to_string(project().join("host/crates/runtime/src/matchers.rs")).unwrap();
    let list = source
        .split("const KINDS: &[&str] = &[")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .unwrap();
    let guide = guide();
    let kinds: Vec<&str> = list
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|kind| !kind.trim().is_empty())
        .collect();
    assert!(kinds.contains(&"call"));
    for kind in kinds {
        assert!(
            guide.contains(&format!("kind = \"{kind}\"")),
            "sdk/lua/guide.md has no example of a matcher of kind `{kind}`"
        );
    }
}

#[test]
fn the_five_minutes_of_the_readme_work_when_pasted() {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let section = readme
        .split("## Write a rule in five minutes")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .unwrap();
    let world = World::new();
    let commands: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("    perfctl "))
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in &commands {
        let words: Vec<&str> = command.split(' ').collect();
        world.run(&words).expect(0);
    }
    let rule = world.work().join("plugins/org/ORG-001");
    let blocks = named_blocks(section);
    let scaffold = std::fs::read_to_string(rule.join("rule.toml")).unwrap();
    let (head, rest) = scaffold.split_once("[[match]]").unwrap();
    let (_, help) = rest.split_once("[help]").unwrap();
    let given = &blocks["plugins/org/ORG-001/rule.toml, in place of its title and its [[match]]"];
    let (title, matched) = given.split_once("\n\n").unwrap();
    let (before, after) = head.split_once("title = ").unwrap();
    let (_, after) = after.split_once('\n').unwrap();
    std::fs::write(
        rule.join("rule.toml"),
        format!("{before}{title}\n{after}{matched}\n[help]{help}"),
    )
    .unwrap();
    std::fs::remove_dir_all(rule.join("cases")).unwrap();
    for path in ["rule.lua", "cases/orders/shop/orders.py"] {
        let path = format!("plugins/org/ORG-001/{path}");
        world.file(&path, &blocks[&path]);
    }
    let words: Vec<&str> = commands[1].split(' ').collect();
    let ran = world.run(&words).expect(0);
    assert!(
        ran.out().contains("1 reported, 1 validated"),
        "{}",
        ran.out()
    );
    // What is left of the scaffold is said, and the title is none of it.
    assert!(ran.out().contains("[help] still holds"), "{}", ran.out());
    assert!(!ran.out().contains("its title is"), "{}", ran.out());
}
