//! The README's list of rules is generated from the rule folders, its excerpt is what the program prints.

use std::fmt::Write as _;

use crate::support::{World, project};
use crate::tidy::rule_folders;

const BEGIN: &str = "PERFCTL_BLESS=1 cargo test -p perfctl --test it readme -->\n";
const END: &str = "<!-- /rules -->";

fn generated() -> String {
    let mut table =
        String::from("\n| rule | what goes wrong | severity | languages |\n|---|---|---|---|\n");
    for folder in rule_folders() {
        let text = std::fs::read_to_string(folder.join("rule.toml")).unwrap();
        let rule: toml::Table = text.parse().unwrap();
        let word = |key: &str| rule[key].as_str().unwrap().to_owned();
        let languages: Vec<&str> = rule
            .get("languages")
            .and_then(|list| list.as_array())
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str())
            .collect();
        let languages = if languages.is_empty() {
            "files".to_owned()
        } else {
            languages.join(", ")
        };
        writeln!(
            table,
            "| {} | {} | {} | {languages} |",
            word("id"),
            word("title"),
            word("severity")
        )
        .unwrap();
    }
    table.push('\n');
    table
}

#[test]
fn readme_lists_the_rules_that_exist() {
    let file = project().join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let from = text.find(BEGIN).expect("the list's begin mark") + BEGIN.len();
    let to = text.find(END).expect("the list's end mark");
    let table = generated();
    if std::env::var_os("PERFCTL_BLESS").is_some() {
        std::fs::write(&file, format!("{}{table}{}", &text[..from], &text[to..])).unwrap();
        return;
    }
    assert_eq!(
        text[from..to],
        table,
        "run `PERFCTL_BLESS=1 cargo test -p perfctl --test it readme`"
    );
}

#[test]
fn readme_shows_a_finding_as_it_is_printed() {
    let text = std::fs::read_to_string(project().join("README.md")).unwrap();
    let (_, rest) = text.split_once("```text\n").unwrap();
    let (excerpt, _) = rest.split_once("```").unwrap();
    let world = World::new();
    let out = world.work().join("out");
    let out = out.to_str().unwrap();
    let sample = "tests/service";
    let audit = [
        "recipe",
        "run",
        "quick-wins",
        "--repo",
        sample,
        "--out",
        out,
    ];
    let ran = world.run_with("", &audit, |command| {
        command.current_dir(project());
    });
    assert!(!excerpt.trim().is_empty());
    assert!(
        ran.out().contains(excerpt),
        "README.md shows\n{excerpt}\nand this is printed:\n{}",
        ran.out()
    );
}

#[test]
fn the_reference_names_every_setting_format_and_exit_code() {
    let text = std::fs::read_to_string(project().join("host/docs/reference.md")).unwrap();
    let world = World::new();
    let has = |word: &str| {
        assert!(
            text.contains(&format!("`{word}`")),
            "host/docs/reference.md does not speak of `{word}`"
        );
    };
    let keys = world.run(&["config", "keys"]).expect(0).out();
    for key in keys.lines().filter_map(|line| line.split(' ').next()) {
        has(key);
    }
    for name in world.run(&["schema"]).expect(0).out().lines() {
        has(name);
    }
    let help = world.run(&["check", "-h"]).expect(0).out();
    let form = help.split("Form of the result").nth(1).unwrap();
    let (_, formats) = form.split_once("[possible values:").unwrap();
    let (formats, _) = formats.split_once(']').unwrap();
    for format in formats.split(',') {
        has(format.trim());
    }
    let help = world.run(&["--help"]).expect(0).out();
    let (_, rest) = help.split_once("Exit codes:\n").unwrap();
    let (codes, variables) = rest.split_once("Environment:\n").unwrap();
    for code in codes
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        assert!(text.contains(&format!("\n| {code} | ")), "exit code {code}");
    }
    for name in variables
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        has(name);
    }
}
