//! The checklists that the packs bring, held against the documents that they stand for, and against the rules that there are.
//!
//! The documents are not part of the project. `tests/checklists/NAME.lines` holds what a mapping needs of each: the numbers of its
//! checklist lines, each with a hash of the line. With the documents at hand, the lists are made again by
//! `PERFCTL_DOCUMENTS=DIR cargo test -p perfctl --test it -- --ignored documents`.
//!
//! A checklist line is every line of text that is neither blank nor a heading, a rule, a fence or the head of a table, with these
//! exceptions. Within a code block only commands count (shell, SQL, PromQL): the first line of each block of lines between blank ones
//! and comments. A line that ends with a colon introduces what follows, and counts only before code that is no command. A heading
//! counts when such code is the first thing of its part.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::checklist::Checklist;
use perfctl_core::ids::RuleId;
use perfctl_wire::checklist::ChecklistFile;
use perfctl_wire::recipe::Vocabulary;
use sha2::{Digest as _, Sha256};

use crate::support::project;

/// Each checklist with the name of its document.
const DOCUMENTS: [(&str, &str); 5] = [
    ("pre-deploy", "000_c8b71c136b518dc1.txt"),
    ("optimisation", "001_0f45858ff76d8b0b.txt"),
    ("opportunities", "002_6c5f5608519b7903.txt"),
    ("improvements", "003_39f85f74d4041517.txt"),
    ("scalability-audit", "004_b17468edb306a2cd.txt"),
];

/// Languages of code blocks whose lines are commands.
const COMMANDS: [&str; 3] = ["bash", "sql", "promql"];

/// The numbers and texts of a document's checklist lines.
fn checklist_lines(text: &str) -> Vec<(u32, &str)> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    let mut in_command = false;
    // A heading or a line with a colon, of which it is not known yet whether it counts.
    let (mut heading, mut colon) = (None, None);
    let all: Vec<&str> = text.lines().map(str::trim).collect();
    for (number, (at, line)) in (1..).zip(all.iter().copied().enumerate()) {
        let next = all.get(at + 1).copied().unwrap_or("");
        if let Some(language) = line.strip_prefix("```") {
            in_command = false;
            match fence.take() {
                Some(_) => {}
                None => {
                    fence = Some(language);
                    if !COMMANDS.contains(&language) {
                        lines.extend(colon.take().or(heading.take()));
                        heading = None;
                    }
                    colon = None;
                }
            }
            continue;
        }
        if let Some(language) = fence {
            let is_text = !line.is_empty() && !line.starts_with('#') && !line.starts_with("--");
            if COMMANDS.contains(&language) {
                if is_text && !in_command {
                    lines.push((number, line));
                    heading = None;
                }
                in_command = is_text;
            }
            continue;
        }
        let is_rule =
            |line: &str| line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c));
        if line.is_empty() || line == "---" || is_rule(line) || is_rule(next) {
            continue;
        }
        if line.starts_with('#') {
            (heading, colon) = (Some((number, line)), None);
        } else if line.trim_end_matches('*').ends_with(':') {
            colon = Some((number, line));
        } else {
            (heading, colon) = (None, None);
            lines.push((number, line));
        }
    }
    lines
}

fn hash(line: &str) -> String {
    let digest = Sha256::digest(line.as_bytes());
    digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn list_of(text: &str) -> String {
    let lines = checklist_lines(text);
    let one = |(number, line): &(u32, &str)| format!("{number} {}\n", hash(line));
    lines.iter().map(one).collect()
}

fn list_path(name: &str) -> std::path::PathBuf {
    project().join(format!("tests/checklists/{name}.lines"))
}

/// The numbers of a document's checklist lines, as they are kept.
fn kept(name: &str) -> BTreeSet<u32> {
    let text = std::fs::read_to_string(list_path(name)).unwrap();
    let number = |line: &str| line.split(' ').next().unwrap().parse().unwrap();
    text.lines().map(number).collect()
}

fn checklists() -> BTreeMap<String, ChecklistFile> {
    let facts = ["dockerfile", "entry-point", "deploy:*", "framework:*"].map(str::to_owned);
    let languages = perfctl_scan::portrait::LANGUAGES.map(|name| format!("language:{name}"));
    let vocabulary = Vocabulary {
        facts: facts.into_iter().chain(languages).collect(),
        ..Vocabulary::default()
    };
    let folder = project().join("plugins/perf/checklists");
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let read =
            perfctl_wire::checklist::read(&path.display().to_string(), &name, &text, &vocabulary);
        all.insert(name, read.unwrap_or_else(|faults| panic!("{faults}")));
    }
    all
}

fn numbers(checklist: &Checklist) -> BTreeSet<u32> {
    let lines = checklist.sections.iter().flat_map(|section| &section.lines);
    lines.map(|line| line.at).collect()
}

#[test]
fn every_line_of_every_document_is_answered_and_no_other() {
    let checklists = checklists();
    let names: Vec<&String> = checklists.keys().collect();
    assert_eq!(names.len(), DOCUMENTS.len(), "{names:?}");
    for (name, _) in DOCUMENTS {
        let (kept, answered) = (kept(name), numbers(&checklists[name].checklist));
        assert!(kept.len() > 50, "{name}: {}", kept.len());
        let unmapped: Vec<&u32> = kept.difference(&answered).collect();
        assert!(
            unmapped.is_empty(),
            "{name}: nothing answers lines {unmapped:?}"
        );
        let spare: Vec<&u32> = answered.difference(&kept).collect();
        assert!(
            spare.is_empty(),
            "{name}: {spare:?} are no lines of the document"
        );
    }
}

#[test]
fn every_id_of_a_checklist_is_a_rule_or_an_item_and_every_item_is_named() {
    let checklists = checklists();
    let mut items: BTreeMap<&RuleId, &str> = BTreeMap::new();
    for (name, file) in &checklists {
        for item in &file.items {
            let other = items.insert(&item.id, name);
            assert_eq!(
                other, None,
                "{name}: {} is an item of another list",
                item.id
            );
        }
    }
    let ids: BTreeSet<RuleId> = rules();
    assert!(ids.len() > 20, "{ids:?}");
    let decided: Vec<_> = items.keys().filter(|id| ids.contains(**id)).collect();
    assert!(decided.is_empty(), "rules decide {decided:?} by themselves");
    let mut named = BTreeSet::new();
    for (name, file) in &checklists {
        for id in file.checklist.ids() {
            let is_known = ids.contains(id) || items.contains_key(id);
            assert!(
                is_known,
                "{name} names {id}, which is neither a rule nor an item"
            );
            named.insert(id);
        }
    }
    let unnamed: Vec<_> = items.keys().filter(|id| !named.contains(**id)).collect();
    assert!(unnamed.is_empty(), "no line names {unnamed:?}");
}

/// Ids and aliases of the rules that the project brings.
fn rules() -> BTreeSet<RuleId> {
    let mut ids = BTreeSet::new();
    for entry in std::fs::read_dir(project().join("plugins/perf"))
        .unwrap()
        .flatten()
    {
        let Ok(text) = std::fs::read_to_string(entry.path().join("rule.toml")) else {
            continue;
        };
        ids.insert(RuleId::new(entry.file_name().to_string_lossy().as_ref()));
        let aliases = text
            .lines()
            .find_map(|line| line.strip_prefix("aliases = "));
        let aliases = aliases.unwrap_or_default().split('"').skip(1).step_by(2);
        ids.extend(aliases.map(RuleId::new));
    }
    ids
}

#[test]
fn what_counts_as_a_checklist_line_is_what_the_rule_says() {
    let text = "\
# Title

Prose counts.
Before a list:
- an item
Before code:
```python
code()
```
Before a command:
```bash
# a comment
one \\
  --more

two
```
| Head | Cell |
|---|---|
| row | cell |

---
## Code only
```js
code()
```
## Nothing
## Command only
```sql
SELECT 1
```
";
    let lines: Vec<u32> = checklist_lines(text).iter().map(|line| line.0).collect();
    assert_eq!(lines, [3, 5, 6, 13, 16, 20, 23, 30]);
}

#[test]
#[ignore = "needs the documents, which are no part of the project"]
fn documents() {
    let dir = std::env::var("PERFCTL_DOCUMENTS").expect("PERFCTL_DOCUMENTS names their folder");
    for (name, file) in DOCUMENTS {
        let text = std::fs::read_to_string(std::path::Path::new(&dir).join(file)).unwrap();
        std::fs::write(list_path(name), list_of(&text)).unwrap();
    }
}
