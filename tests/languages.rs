//! The matrix of rules and languages: a language that a rule looks at has positive cases, one that it does not a reason.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::tidy::rule_folders;

/// Languages of services, with the names under which `rule.toml` knows them and the ends of their files.
const LANGUAGES: [(&[&str], &[&str]); 3] = [
    (&["python"], &["py"]),
    (
        &["javascript", "typescript"],
        &["js", "jsx", "mjs", "cjs", "ts", "tsx", "prisma"],
    ),
    (&["go"], &["go"]),
];

/// Positive cases that show a rule to be more than a match of one library's names.
const ENOUGH: usize = 3;

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// How often each end of files has a line that must be found.
fn marked(folder: &Path, id: &str) -> BTreeMap<String, usize> {
    let mut all = Vec::new();
    files(&folder.join("cases"), &mut all);
    let mut counts = BTreeMap::new();
    for path in all {
        let Some(end) = path.extension().and_then(|end| end.to_str()) else {
            continue;
        };
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let found = text.lines().filter_map(|line| line.split_once("finding: "));
        *counts.entry(end.to_owned()).or_default() +=
            found.filter(|(_, ids)| ids.contains(id)).count();
    }
    counts
}

#[test]
fn every_rule_over_code_proves_its_languages_and_explains_the_others() {
    let mut wrong = Vec::new();
    for folder in rule_folders() {
        let id = folder.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(folder.join("rule.toml")).unwrap();
        let rule: toml::Table = text.parse().unwrap();
        let own: Vec<&str> = rule
            .get("languages")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .collect();
        // A rule over files has no matrix.
        if own.is_empty() {
            continue;
        }
        let counts = marked(&folder, id);
        for (names, ends) in LANGUAGES {
            let found: usize = ends.iter().filter_map(|end| counts.get(*end)).sum();
            for name in names {
                let explained = rule
                    .get("elsewhere")
                    .and_then(|reasons| reasons.get(name))
                    .is_some();
                match own.contains(name) {
                    true if found < ENOUGH => wrong.push(format!(
                        "{id} looks at {name} and has {found} positive cases, not {ENOUGH}"
                    )),
                    false if !explained => wrong.push(format!(
                        "{id} does not look at {name}, and `[elsewhere]` gives no reason"
                    )),
                    _ => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
