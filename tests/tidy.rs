//! The structure itself, asserted so that it cannot rot. Each message says the cure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::project;

fn files(dir: &Path, end: &str, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && name != ".git" && name != "cases" {
                files(&path, end, out);
            }
        } else if name.ends_with(end) {
            out.push(path);
        }
    }
}

/// Files with code of the project's own, each with how its first line begins to say what the file owns; none for the script of
/// a rule, whose `rule.toml` says it.
fn sources() -> Vec<(PathBuf, &'static str)> {
    let mut all = Vec::new();
    for (dir, end, first) in [
        ("host", ".rs", "//!"),
        ("tests", ".rs", "//!"),
        ("plugins", "/rule.lua", ""),
        ("plugins", ".lua", "--"),
        ("recipes", ".py", "\"\"\""),
    ] {
        let mut found = Vec::new();
        files(
            &project().join(dir),
            end.trim_start_matches('/'),
            &mut found,
        );
        found.retain(|path| end.starts_with('/') || !path.ends_with("rule.lua"));
        all.extend(found.into_iter().map(|path| (path, first)));
    }
    all
}

fn shown(path: &Path) -> String {
    path.strip_prefix(project())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// A file up to the module of its own tests; tests that stand in files of their own are no part of it.
fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

/// Arrows that may exist between our crates.
fn arrows() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let all = [
        "collect",
        "core",
        "engine",
        "fetch",
        "fix",
        "registry",
        "report",
        "runtime",
        "scan",
        "store",
        "wasm",
        "wire",
        "workspace",
    ];
    BTreeMap::from([
        ("core", BTreeSet::new()),
        ("wire", BTreeSet::from(["core"])),
        ("workspace", BTreeSet::from(["core"])),
        ("scan", BTreeSet::from(["core"])),
        ("runtime", BTreeSet::from(["core", "wire", "scan"])),
        ("registry", BTreeSet::from(["core"])),
        ("collect", BTreeSet::from(["core", "registry"])),
        ("fetch", BTreeSet::from(["core", "registry"])),
        ("report", BTreeSet::from(["core", "wire"])),
        ("engine", BTreeSet::from(["core", "workspace"])),
        ("fix", BTreeSet::from(["core"])),
        ("store", BTreeSet::from(["core", "wire"])),
        ("wasm", BTreeSet::from(["core", "runtime", "scan", "wire"])),
        ("host", BTreeSet::from(all)),
    ])
}

#[test]
fn crates_see_only_what_the_architecture_lets_them_see() {
    let arrows = arrows();
    let mut found = 0;
    for entry in std::fs::read_dir(project().join("host/crates"))
        .unwrap()
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let allowed = arrows.get(name.as_str()).unwrap_or_else(|| {
            panic!("add the new room `{name}` to architecture.md and to this table")
        });
        let manifest = std::fs::read_to_string(entry.path().join("Cargo.toml")).unwrap();
        for line in manifest.lines() {
            let Some(other) = line.trim().strip_prefix("perfctl-") else {
                continue;
            };
            let other = other.split(['.', ' ', '=']).next().unwrap();
            assert!(
                allowed.contains(other),
                "`{name}` must not see `{other}`: give it what it needs through a seam of `core`"
            );
        }
        found += 1;
    }
    assert_eq!(found + 1, arrows.len(), "a room of the table is gone");
}

#[test]
fn every_file_says_what_it_owns_has_a_good_name_and_can_be_read_in_one_sitting() {
    for (path, first) in sources() {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = shown(&path);
        let is_tests = path.ends_with("tests.rs");
        assert!(
            is_tests || text.starts_with(first),
            "{name}: begin with `{first}` and say what the file owns"
        );
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        for bad in [
            "utils", "util", "common", "helpers", "helper", "manager", "misc", "types",
        ] {
            assert!(stem != bad, "{name}: name it after what it holds");
        }
        let own = before_tests(&text).lines().count();
        assert!(
            own <= 600,
            "{name}: {own} lines before its tests; split it where a reader would"
        );
        assert!(
            path.ends_with("tidy.rs")
                || !text.contains("todo!(") && !text.contains("unimplemented!("),
            "{name}: finish it or take it out"
        );
    }
}

#[test]
fn the_host_names_no_rule() {
    let ids: Vec<String> = rule_folders()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(!ids.is_empty());
    let mut host = Vec::new();
    files(&project().join("host"), ".rs", &mut host);
    for path in host {
        let text = std::fs::read_to_string(&path).unwrap();
        let own = before_tests(&text);
        let is_test = path
            .components()
            .any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "fixture")))
            || path.ends_with("tests.rs");
        // The wire room shows ids in examples of what to write; it loads no rule.
        let is_wire = shown(&path).starts_with("host/crates/wire/");
        for id in &ids {
            let said = own.lines().any(|line| {
                // An example in advice is no knowledge of a rule.
                let is_example = line.contains(&format!("\\\"{id}\\\""));
                line.contains(id.as_str()) && !is_example && !line.trim_start().starts_with("//")
            });
            assert!(
                is_test || is_wire || !said,
                "{}: names {id}: what a rule needs is a gap in the rules' API",
                shown(&path)
            );
        }
    }
}

pub(crate) fn rule_folders() -> Vec<PathBuf> {
    let mut all = Vec::new();
    for pack in std::fs::read_dir(project().join("plugins"))
        .unwrap()
        .flatten()
    {
        if !pack.path().is_dir() {
            continue;
        }
        for rule in std::fs::read_dir(pack.path()).unwrap().flatten() {
            if rule.path().join("rule.toml").is_file() {
                all.push(rule.path());
            }
        }
    }
    all.sort();
    all
}

#[test]
fn every_rule_has_a_script_and_cases_in_both_directions() {
    for folder in rule_folders() {
        let name = shown(&folder);
        assert!(folder.join("rule.lua").is_file(), "{name}: add rule.lua");
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        let mut texts = Vec::new();
        all_files(&folder.join("cases"), &mut texts);
        let all: String = texts
            .iter()
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .collect();
        // A rule of presence reports no places: it passes, or asks for evidence.
        let is_of_presence = all.contains("needs_evidence = true") && !is_found_in(&all, &id);
        assert!(
            is_of_presence || is_found_in(&all, &id),
            "{name}: add a case that is found"
        );
        let is_fine = |line: &str| {
            let told = ["# ok: ", "// ok: ", "-- ok: ", "ok = "];
            told.iter().any(|mark| line.contains(mark))
        };
        assert!(
            is_of_presence || all.lines().any(is_fine),
            "{name}: add a case that is not found, with the reason"
        );
    }
}

/// Whether a case's text marks a place that the rule has to find.
pub(crate) fn is_found_in(text: &str, id: &str) -> bool {
    text.contains(&format!("finding: {id}")) || text.contains(&format!("finding = \"{id}\""))
}

pub(crate) fn all_files(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            all_files(&entry.path(), out);
        } else {
            out.push(entry.path());
        }
    }
}

#[test]
fn nothing_of_the_machine_it_was_written_on_is_left() {
    let mut all = Vec::new();
    for end in [
        ".rs", ".toml", ".lua", ".luau", ".md", ".hbs", ".sh", ".yml", ".yaml", ".py", ".ts",
        ".js", ".go", ".json",
    ] {
        for dir in [
            "host",
            "tests",
            "plugins",
            "recipes",
            "templates",
            "sdk",
            ".github",
        ] {
            files(&project().join(dir), end, &mut all);
        }
    }
    all.extend(["README.md", ".ci/run", "Cargo.toml"].map(|file| project().join(file)));
    // Written in two parts, so that this file does not hold what it looks for.
    let forbidden = [
        ["/wo", "rk/main"].concat(),
        ["/wo", "rk/shared"].concat(),
        ["/wo", "rk/corpus"].concat(),
        ["crates", ".io/api"].concat(),
    ];
    for path in all {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        for word in &forbidden {
            assert!(
                !text.contains(word.as_str()),
                "{}: holds `{word}`",
                shown(&path)
            );
        }
    }
}

#[test]
fn labels_of_our_own_parse_name_rules_that_there_are_and_are_there_once() {
    use perfctl_wire::label;
    let dir = project().join("tests/labels");
    let read = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        label::read(&shown(path), &text).unwrap_or_else(|faults| panic!("{faults}"))
    };
    let repos = std::fs::read_to_string(dir.join("repos.json")).unwrap();
    let repos = label::read_repositories("tests/labels/repos.json", &repos).unwrap();
    let given = read(&dir.join("labels.jsonl"));
    assert!(repos.len() >= 20 && given.len() > 2000);
    let key = |label: &perfctl_core::label::Label| {
        let (repository, commit) = (label.repository.clone(), label.commit.clone());
        (
            repository,
            commit,
            label.rule.clone(),
            label.path.clone(),
            label.line,
        )
    };
    let mut seen: BTreeSet<_> = given.iter().map(key).collect();
    let rules: BTreeSet<String> = rule_folders()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut own = Vec::new();
    files(&dir.join("own"), ".jsonl", &mut own);
    for path in own {
        let name = shown(&path);
        let rule = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            rules.contains(&rule),
            "{name}: there is no rule of that name"
        );
        for label in read(&path) {
            let line = label.written.1;
            assert!(
                label.rule.as_str() == rule,
                "{name}:{line}: speaks of {}",
                label.rule
            );
            assert!(
                seen.insert(key(&label)),
                "{name}:{line}: is labelled already"
            );
        }
    }
}

#[test]
fn decisions_are_numbered_without_gaps() {
    let mut numbers: Vec<u32> = std::fs::read_dir(project().join("host/docs/decisions"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy()[..4].parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>());
}

#[test]
fn the_root_holds_what_it_should_and_nothing_else() {
    let known = [
        ".ci",
        ".git",
        ".github",
        ".gitignore",
        ".pre-commit-hooks.yaml",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "host",
        "plugins",
        "recipes",
        "sdk",
        "target",
        "templates",
        "tests",
    ];
    for entry in std::fs::read_dir(project()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            known.contains(&name.as_str()) || name == "perfctl-out",
            "`{name}` does not belong into the root"
        );
    }
}
