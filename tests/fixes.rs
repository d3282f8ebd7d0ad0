//! Every fix of every rule, on its cases written in other ways: with other line ends, marks of byte order, tabs, more blank lines,
//! letters that take several bytes, and without a last line end. What comes of it parses, keeps its comments and imports, says
//! nothing that somebody has to fill in, and has nothing left to do.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::{World, project};

/// How a file is written otherwise; `None` where that would be another file.
struct Variant {
    name: &'static str,
    write: fn(&Path, &str) -> Option<String>,
    /// Whether a file with changes is still written so.
    holds: fn(&str, &str) -> bool,
}

const CODE: [&str; 4] = ["py", "js", "ts", "go"];

fn is_code(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| CODE.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

const VARIANTS: [Variant; 7] = [
    Variant {
        name: "as it is",
        write: |_, text| Some(text.to_owned()),
        holds: |_, _| true,
    },
    Variant {
        name: "carriage returns",
        write: |_, text| (!text.contains('\r')).then(|| text.replace('\n', "\r\n")),
        holds: |_, after| after.matches('\n').count() == after.matches("\r\n").count(),
    },
    Variant {
        name: "a mark of byte order",
        write: |path, text| {
            (is_code(path) && !text.starts_with("#!")).then(|| format!("\u{feff}{text}"))
        },
        holds: |_, after| after.starts_with('\u{feff}') && after.matches('\u{feff}').count() == 1,
    },
    Variant {
        name: "more blank lines",
        write: |path, text| is_code(path).then(|| text.replace("\n\n", "\n\n\n")),
        holds: |_, _| true,
    },
    Variant {
        name: "letters of several bytes",
        write: |path, text| {
            let sign = if path.extension()? == "py" { "#" } else { "//" };
            let fits = is_code(path) && !text.starts_with("#!") && !text.starts_with("// Code gen");
            fits.then(|| format!("{sign} Käse, 日本語 und 😀\n{text}"))
        },
        holds: |_, after| after.contains("日本語"),
    },
    Variant {
        name: "no last line end",
        write: |_, text| Some(text.trim_end().to_owned()),
        holds: |_, after| !after.ends_with('\n'),
    },
    Variant {
        name: "tabs",
        write: |path, text| {
            let fits = is_code(path) && !text.contains('\t') && !text.contains("\"\"\"");
            let unit = if path.extension()? == "py" { 4 } else { 2 };
            fits.then(|| text.lines().map(|line| tabbed(line, unit) + "\n").collect())
        },
        holds: |_, after| !after.lines().any(|line| line.starts_with("  ")),
    },
];

/// A line with a tab for each step of its indent, the odd blanks of a comment in a block included.
fn tabbed(line: &str, unit: usize) -> String {
    let rest = line.trim_start_matches(' ');
    let blanks = line.len() - rest.len();
    format!("{}{rest}", "\t".repeat(blanks.div_ceil(unit)))
}

/// Copies the cases of a rule into the world, each file in the way that `pick` chooses; the answer tells which it was.
fn copy(
    world: &World,
    from: &Path,
    to: &str,
    way: usize,
    into: &mut BTreeMap<String, (&'static Variant, String)>,
) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inner = format!("{to}/{name}");
        if path.is_dir() {
            copy(world, &path, &inner, way, into);
        } else if name != "expect.toml"
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            let variant = &VARIANTS[way % VARIANTS.len()];
            let written = (variant.write)(&path, &text);
            let (variant, text) = match written {
                Some(text) => (variant, text),
                None => (&VARIANTS[0], text),
            };
            world.file(&inner, &text);
            into.insert(inner, (variant, text));
        }
    }
}

/// Whether something is to be found in a case.
fn holds_findings(dir: &Path) -> bool {
    std::fs::read_dir(dir)
        .unwrap()
        .flatten()
        .any(|entry| match entry.path() {
            inner if inner.is_dir() => holds_findings(&inner),
            file => std::fs::read_to_string(file)
                .is_ok_and(|text| text.contains("finding: ") || text.contains("finding = ")),
        })
}

/// Tries two ways for each case, all in turn. With `PERFCTL_EVERY_WAY=1` it is every way for every case, which takes minutes, and with
/// ids of rules (`PERFCTL_EVERY_WAY=CONC-001,MEM-002`) every way for theirs.
#[test]
fn fixes_hold_however_their_code_is_written() {
    let asked = std::env::var("PERFCTL_EVERY_WAY").ok();
    let shifts = if asked.is_some() {
        0..VARIANTS.len()
    } else {
        2..4
    };
    let named: Vec<&str> = match asked.as_deref() {
        None | Some("1") => Vec::new(),
        Some(ids) => ids.split(',').collect(),
    };
    for shift in shifts {
        let world = World::new();
        let mut files = BTreeMap::new();
        let mut number = shift;
        for rule in std::fs::read_dir(project().join("plugins/perf")).unwrap() {
            let rule = rule.unwrap().path();
            let head = std::fs::read_to_string(rule.join("rule.toml")).unwrap_or_default();
            if !(head.contains("\nfix = \"safe\"") || head.contains("\nfix = \"unsafe\"")) {
                continue;
            }
            let id = rule.file_name().unwrap().to_string_lossy().into_owned();
            if !named.is_empty() && !named.contains(&id.as_str()) {
                continue;
            }
            let mut cases: Vec<_> = std::fs::read_dir(rule.join("cases"))
                .unwrap()
                .flatten()
                .collect();
            cases.sort_by_key(|case| case.file_name());
            for case in cases {
                let name = case.file_name().to_string_lossy().into_owned();
                if !holds_findings(&case.path()) {
                    continue;
                }
                copy(
                    &world,
                    &case.path(),
                    &format!("{id}/{name}"),
                    number,
                    &mut files,
                );
                number += 1;
            }
        }
        let fixed = holds(&world, &files);
        assert!(
            fixed > 100 || !named.is_empty(),
            "only {fixed} fixes were made"
        );
    }
}

/// What stands for something that only somebody else knows.
const BLANKS: [&str; 7] = ["<digest>", "<your", "<name", "TODO", "FIXME", "XXX", "..."];

/// The remarks of the cases' authors, which stand in comments of every notation.
fn remarks(text: &str) -> Vec<&str> {
    let words = ["finding: ", "ok: ", "todo: "];
    let remark =
        |line: &'_ str| -> Option<usize> { words.iter().filter_map(|word| line.find(word)).min() };
    text.lines()
        .filter_map(|line| Some(line[remark(line)?..].trim_end()))
        .collect()
}

/// The names that a file of Python imports at its top.
fn imported(path: &str, text: &str) -> Vec<String> {
    let is_import = |line: &&str| line.starts_with("import ") || line.starts_with("from ");
    let lines = text
        .lines()
        .filter(is_import)
        .filter(|_| path.ends_with(".py"));
    let names = lines.filter_map(|line| line.split_once("import ").map(|(_, names)| names));
    let names = names.flat_map(|names| names.split('#').next().unwrap_or_default().split(','));
    let last = names.filter_map(|name| name.trim().trim_matches(['(', ')']).rsplit(' ').next());
    last.filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a name stands in the code, and is not imported where it does.
fn is_used(text: &str, name: &str) -> bool {
    let is_sign = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
    let has = |line: &str| {
        let code = line.split('#').next().unwrap_or_default();
        let mut words = code.split(is_sign);
        words.any(|word| word.split('.').next() == Some(name))
    };
    let mut lines = text.lines().filter(|line| has(line)).peekable();
    let is_import = |line: &str| line.contains("import ");
    lines.peek().is_some() && !lines.any(is_import)
}

fn fix(world: &World) -> Value {
    let ran = world.run(&["fix", "--unsafe", "--format", "json"]);
    serde_json::from_str(&ran.out()).unwrap_or_else(|_| panic!("{}", ran.err()))
}

/// Makes the fixes and looks at what came of them. The answer is how many they were.
fn holds(world: &World, files: &BTreeMap<String, (&'static Variant, String)>) -> usize {
    let told = fix(world);
    let fixed = told["fixed"].as_array().unwrap();
    // What was refused would have been wrong: only a comment that allows what is gone then is no fault of a fix.
    let refused: Vec<&Value> = told["left"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|left| !["no-fix", "shown-only"].contains(&left["why"].as_str().unwrap()))
        .filter(|left| {
            !left["reason"]
                .as_str()
                .unwrap()
                .contains("PERFCTL-SUPPRESS")
        })
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
    for path in told["files"].as_array().unwrap() {
        let path = path.as_str().unwrap();
        let (variant, before) = &files[path];
        let after = std::fs::read_to_string(world.work().join(path)).unwrap();
        assert!(
            (variant.holds)(before, &after),
            "{path} is not written with {} any more:\n{after}",
            variant.name
        );
        for remark in remarks(before) {
            assert!(
                remarks(&after).contains(&remark),
                "{path} lost `{remark}`:\n{after}"
            );
        }
        for name in imported(path, before) {
            let is_there = imported(path, &after).contains(&name);
            assert!(
                is_there || !is_used(&after, &name),
                "{path} imports {name} no more:\n{after}"
            );
        }
        let gaps = |text: &str| {
            BLANKS
                .iter()
                .map(|blank| text.matches(blank).count())
                .sum::<usize>()
        };
        assert!(
            gaps(&after) <= gaps(before),
            "{path} has something to fill in:\n{after}"
        );
        if path.ends_with(".py") {
            let parses = |text: &str| ruff_python_parser::parse_module(text).is_ok();
            assert!(parses(&after) || !parses(before), "{path}:\n{after}");
        }
    }
    let again = fix(world);
    assert!(
        again["fixed"].as_array().unwrap().is_empty(),
        "{:#}",
        again["fixed"]
    );
    fixed.len()
}
