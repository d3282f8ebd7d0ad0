//! The matrix of rules and languages: a language that a rule looks at has positive cases, one that it does not a reason.

use std::path::{Path, PathBuf};

use crate::tidy::rule_folders;

/// Languages of services, with the names under which `rule.toml` knows them and the ends of their files.
const LANGUAGES: [(&[&str], &[&str]); 3] = [
    (&["python"], &["py"]),
    (
        &["javascript", "typescript"],
        &["js", "jsx", "mjs", "cjs", "ts", "tsx"],
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

/// The end of a file's name.
fn end_of(path: &Path) -> &str {
    path.extension().and_then(|end| end.to_str()).unwrap_or("")
}

/// How many places of the rule's cases must be found in each of [`LANGUAGES`]. A place outside of code, such as a table in a schema,
/// is one in the languages of its case.
fn marked(folder: &Path, id: &str) -> [usize; LANGUAGES.len()] {
    let mut counts = [0; LANGUAGES.len()];
    for case in std::fs::read_dir(folder.join("cases")).unwrap() {
        let mut all = Vec::new();
        files(&case.unwrap().path(), &mut all);
        let speaks = |at: usize, path: &Path| LANGUAGES[at].1.contains(&end_of(path));
        let is_code = |path: &Path| (0..LANGUAGES.len()).any(|at| speaks(at, path));
        for path in &all {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            let marks = text.lines().filter_map(|line| {
                let said = line
                    .split_once("finding: ")
                    .or_else(|| line.split_once("finding = "));
                said.map(|(_, ids)| ids)
            });
            let found = marks.filter(|ids| ids.contains(id)).count();
            for (at, count) in counts.iter_mut().enumerate() {
                let counts_here = match is_code(path) {
                    true => speaks(at, path),
                    false => all.iter().any(|other| speaks(at, other)),
                };
                *count += if counts_here { found } else { 0 };
            }
        }
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
        for ((names, _), found) in LANGUAGES.iter().zip(counts) {
            for name in *names {
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
