//! `[[match]]` tables as matchers of the scanner.

mod structure;

use std::sync::Arc;

use perfctl_core::path_class::PathClass;
use perfctl_core::rule::Layer;
use perfctl_core::scale::Reach;
use perfctl_scan::lower::Language;
use perfctl_scan::matcher::regular::Regular;
use perfctl_scan::matcher::{FactTest, Matcher, PathPattern, RuleMatchers, What};
use perfctl_scan::model::loops::LoopKind;
use perfctl_scan::repo::facts::{EFFECTS, effect_bit};
use perfctl_wire::diagnose::Faults;
use perfctl_wire::table::{RawTable, Refusal, Table, Value};

use crate::applies::files;
use crate::pack::language;

/// Kinds of file that no rule looks at unless it says so.
const SKIPPED: &[PathClass] = &[
    PathClass::Test,
    PathClass::Vendored,
    PathClass::Generated,
    PathClass::Example,
];

/// How a regular expression is read.
type ReadRegular = fn(&str) -> Result<Regular, Refusal>;

/// Reads every matcher of a rule from `layer`.
///
/// # Errors
/// Every fault of all tables.
pub(crate) fn read(
    tables: &[RawTable],
    languages: &[Language],
    layer: &Layer,
) -> Result<RuleMatchers, Faults> {
    // The program's own are compiled by its tests, not at every start.
    let regular: ReadRegular = match layer {
        Layer::BuiltIn => |text| Ok(Regular::known(text)),
        _ => regular,
    };
    let mut matchers = Vec::new();
    let mut faults = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        match table.read(|table| one(table, languages, at, regular)) {
            Ok(matcher) => matchers.push(matcher),
            Err(some) => faults.extend(some.into_list()),
        }
    }
    match Faults::collect(faults) {
        Some(faults) => Err(faults),
        None => Ok(RuleMatchers {
            matchers,
            asks_for_code: !languages.is_empty(),
        }),
    }
}

const KINDS: &[&str] = &[
    "call",
    "import",
    "function",
    "class",
    "loop",
    "text",
    "assign",
    "dockerfile",
    "document",
    "file",
    "regex",
    "pattern",
    "repository",
];

fn one(table: &Table<'_>, all: &[Language], at: usize, regular: ReadRegular) -> Option<Matcher> {
    let name = table
        .text("name")
        .map_or_else(|| (at + 1).to_string(), str::to_owned);
    let kinds: Vec<(&str, &str)> = KINDS.iter().map(|kind| (*kind, *kind)).collect();
    let kind = table
        .need("kind", "\"call\"")
        .and_then(|value| value.word(&kinds));
    let mut languages = table.texts("languages");
    if kind == Some("pattern") {
        languages.extend(table.value("language"));
    }
    let languages: Vec<Language> = languages
        .iter()
        .filter_map(|value| {
            value.accept(
                language(value.text()?)
                    .ok_or_else(|| Refusal::new("no language of that name is scanned")),
            )
        })
        .collect();
    let globs = table.texts("files");
    let files = (!globs.is_empty()).then(|| Arc::new(files(&globs)));
    let classes: Vec<(&str, PathClass)> = [
        PathClass::Source,
        PathClass::Test,
        PathClass::Migration,
        PathClass::Script,
        PathClass::Example,
        PathClass::Generated,
        PathClass::Vendored,
    ]
    .iter()
    .map(|class| (class.word(), *class))
    .collect();
    let skip: Vec<PathClass> = match table.value("skip") {
        None => SKIPPED.to_vec(),
        Some(value) => value
            .items()
            .iter()
            .filter_map(|item| item.word(&classes))
            .collect(),
    };
    let is_code = kind.is_some_and(|kind| {
        matches!(
            kind,
            "call" | "import" | "function" | "class" | "loop" | "text" | "assign" | "pattern"
        )
    });
    let languages = match languages.is_empty() {
        true if is_code => all.to_vec(),
        _ => languages,
    };
    let evidence = table.flag("evidence");
    let what = match kind {
        Some("pattern") => structure::read(table, &languages),
        Some(kind) => what(kind, table, regular),
        None => {
            table.leave();
            None
        }
    };
    Some(Matcher {
        name,
        languages,
        files,
        skip,
        evidence: evidence?,
        what: what?,
    })
}

fn what(kind: &str, table: &Table<'_>, regular: ReadRegular) -> Option<What> {
    match kind {
        "call" => call(table),
        "import" => match fact(table) {
            Some(fact) => Some(What::Loaded(fact)),
            None => Some(What::Import(patterns(table, "module"))),
        },
        "function" => {
            let is_async = table.value("async").and_then(|value| value.flag());
            let reaches: Vec<(&str, Reach)> = Reach::ALL
                .iter()
                .map(|reach| (reach.word(), *reach))
                .collect();
            let reach = table
                .texts("reach")
                .iter()
                .filter_map(|value| value.word(&reaches))
                .collect();
            let decorators = patterns(table, "decorator");
            let names = regulars(table, "called", regular);
            let is_entry = table.flag("entry")?;
            Some(What::Function {
                is_entry,
                is_async,
                reach,
                decorators,
                names,
            })
        }
        "class" => Some(What::Class(patterns(table, "base"))),
        "loop" => {
            let kinds: Vec<(&str, LoopKind)> = LoopKind::ALL
                .iter()
                .map(|kind| (kind.word(), *kind))
                .collect();
            let wanted = table.texts("loop");
            let wanted = wanted.iter().filter_map(|value| value.word(&kinds));
            Some(What::Loop(
                wanted.map(|kind| kind.word().to_owned()).collect(),
            ))
        }
        "text" => {
            let sql = table.flag("sql")?;
            Some(What::Text {
                patterns: regulars(table, "pattern", regular),
                sql,
            })
        }
        "assign" => {
            let (outside_functions, empty) = (table.flag("outside_functions"), table.flag("empty"));
            Some(What::Assign {
                names: regulars(table, "target", regular),
                outside_functions: outside_functions?,
                empty: empty?,
            })
        }
        "dockerfile" => Some(What::Dockerfile),
        "document" => Some(What::Document),
        "file" => Some(What::File),
        "regex" => {
            let pattern = table.need("pattern", "'...'")?;
            let pattern = pattern.accept(regular(pattern.text()?))?;
            Some(What::Regex(pattern))
        }
        _ => Some(What::Repository),
    }
}

fn call(table: &Table<'_>) -> Option<What> {
    let targets = patterns(table, "target");
    let names = table
        .texts("called")
        .iter()
        .filter_map(Value::text)
        .map(str::to_owned)
        .collect();
    let fact = fact(table);
    let bits: Vec<(&str, u32)> = EFFECTS
        .iter()
        .map(|name| (*name, effect_bit(name).unwrap_or(0)))
        .collect();
    let mask = |key: &'static str| {
        table
            .texts(key)
            .iter()
            .filter_map(|value| value.word(&bits))
            .fold(0, |all, bit| all | bit)
    };
    let (reaches, hands) = (mask("reaches"), mask("hands"));
    let ways = ["target", "called", "fact", "reaches", "hands"];
    if !ways.iter().any(|key| table.has(key)) {
        let fault = table.fault("nothing says which calls are meant: no call would match");
        table.report(fault.with_hint("add `target`, `called`, `fact`, `reaches` or `hands`"));
    }
    let (blocking, in_loop, in_async) = (
        table.flag("blocking"),
        table.flag("in_loop"),
        table.flag("in_async"),
    );
    Some(What::Call {
        targets,
        names,
        fact,
        reaches,
        hands,
        blocking: blocking?,
        in_loop: in_loop?,
        in_async: in_async?,
    })
}

/// A condition on facts: each key with a word or several.
fn fact(table: &Table<'_>) -> Option<FactTest> {
    table.table("fact", |table| {
        let tests = table
            .entries()
            .into_iter()
            .map(|(key, value)| {
                let words = match value.as_text() {
                    Some(word) => vec![word.to_owned()],
                    None => value
                        .items()
                        .iter()
                        .filter_map(Value::text)
                        .map(str::to_owned)
                        .collect(),
                };
                (key, words)
            })
            .collect();
        Some(FactTest(tests))
    })
}

/// The patterns of paths under `key`; faulty ones are reported and left out.
pub(crate) fn patterns(table: &Table<'_>, key: &'static str) -> Vec<PathPattern> {
    let read = |value: &Value<'_>| {
        let read = PathPattern::read(value.text()?);
        value.accept(read.map_err(|error| Refusal::new(error.to_string())))
    };
    let values = table.texts(key);
    values.iter().filter_map(read).flatten().collect()
}

fn regulars(table: &Table<'_>, key: &'static str, regular: ReadRegular) -> Vec<Regular> {
    table
        .texts(key)
        .iter()
        .filter_map(|value| value.accept(regular(value.text()?)))
        .collect()
}

fn regular(text: &str) -> Result<Regular, Refusal> {
    Regular::new(text).map_err(|error| {
        Refusal::new(format!(
            "no regular expression: {}",
            error.to_string().lines().last().unwrap_or_default()
        ))
    })
}

#[cfg(test)]
mod tests;
