//! The README's list of rules is generated from the rule folders.

use std::fmt::Write as _;

use crate::support::project;
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
