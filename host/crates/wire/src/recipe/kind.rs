//! What a step does: the keys that belong to one kind of step only.

use std::collections::BTreeMap;

use perfctl_core::recipe::{Command, Repeat, StepKind};

use super::placeholder::Scope;
use super::{Measurer, Vocabulary};
use crate::names;
use crate::quantity;
use crate::selector::Selector;
use crate::table::{Refusal, Table, Value, advise};

/// Most runs of one command; what needs more is a benchmark with a tool of its own.
const MOST_RUNS: i64 = 100;

/// Kinds that this version executes, each with the keys that belong to it.
const KINDS: [(&str, &[&str]); 4] = [
    (
        "command",
        &[
            "argv",
            "collector",
            "cwd",
            "env",
            "ok_exit",
            "options",
            "repeat",
            "repeat_within",
            "warm_ups",
        ],
    ),
    ("probe", &["collector", "options"]),
    ("report", &["file", "template"]),
    ("rules", &["ignore", "select"]),
];

/// Kinds that are named in the contracts and executed by later versions.
const RESERVED: [&str; 9] = [
    "capacity", "chaos", "http", "load", "lua", "pr", "sample", "service", "sql",
];

/// Reads the keys of the kind that `value` names; `None` when there is no such kind or its keys are unusable.
pub(super) fn read(
    table: &Table<'_>,
    value: &Value<'_>,
    scope: &Scope<'_>,
    vocabulary: &Vocabulary,
) -> Option<StepKind> {
    let word = value.text()?;
    if RESERVED.contains(&word) {
        let known = KINDS.map(|(kind, _)| kind).join(", ");
        value.refuse(
            Refusal::new(format!(
                "this version has no executor for step kind `{word}`"
            ))
            .hint(format!("it runs steps of these kinds: {known}")),
        );
        return None;
    }
    let Some((_, own)) = KINDS.iter().find(|(kind, _)| *kind == word) else {
        let known = KINDS.map(|(kind, _)| kind);
        value.refuse(Refusal::new(format!("unknown step kind `{word}`")).advise(word, known));
        return None;
    };
    for (kind, keys) in KINDS {
        for key in keys.iter().filter(|key| !own.contains(key)) {
            let message =
                format!("`{key}` belongs to steps of kind `{kind}`, this one is of kind `{word}`");
            table.refuse(key, Refusal::new(message));
        }
    }
    match word {
        "rules" => Some(read_rules(table, vocabulary)),
        "command" => read_command(table, scope, vocabulary).map(StepKind::Command),
        "probe" => read_probe(table, scope, vocabulary),
        _ => read_report(table, vocabulary),
    }
}

fn read_rules(table: &Table<'_>, vocabulary: &Vocabulary) -> StepKind {
    let list = |key| -> Vec<String> {
        let known = vocabulary.selectors.as_deref();
        let selectors = table.texts(key).into_iter().filter_map(|value| {
            value.parsed(|text| Selector::parse_known(text, known))?;
            value.text().map(str::to_owned)
        });
        selectors.collect()
    };
    StepKind::Rules {
        select: list("select"),
        ignore: list("ignore"),
    }
}

fn read_command(table: &Table<'_>, scope: &Scope<'_>, vocabulary: &Vocabulary) -> Option<Command> {
    let argv = table.need("argv", "[\"program\", \"argument\"]");
    let argv = argv.as_ref().and_then(|value| read_argv(value, scope));
    let env = table.scalars("env");
    for (name, value) in &env {
        let form = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !form {
            value.refuse_key(Refusal::new(format!(
                "`{name}` is not the name of an environment variable"
            )));
        }
        scope.check(value);
    }
    let cwd = table.value("cwd");
    if let Some(value) = &cwd {
        scope.check(value);
        value.parsed(|text| {
            if text.contains('{') {
                Ok(text.to_owned())
            } else {
                names::inner_path(text, "the repository")
            }
        });
    }
    let ok_exit = table
        .value("ok_exit")
        .map(|value| value.items())
        .unwrap_or_default();
    let ok_exit = ok_exit
        .iter()
        .filter_map(|code| code.integer(0..=255))
        .filter_map(|code| i32::try_from(code).ok());
    let ok_exit = ok_exit.collect();
    let collector = table.value("collector");
    let known = |name: &str| vocabulary.collector(name);
    let (collector, options) = read_measurer(table, collector, "collector", known, scope);
    let repeat = read_repeat(table, collector.is_some());
    Some(Command {
        argv: argv?,
        env: written(&env),
        cwd: cwd.and_then(|value| value.text()).map(str::to_owned),
        ok_exit,
        collector,
        options,
        repeat,
    })
}

/// How often the command runs. Only what a collector reads has samples of which there may be several.
fn read_repeat(table: &Table<'_>, is_collected: bool) -> Repeat {
    let count = |key, least| {
        let value = table.value(key)?;
        if !is_collected {
            let why = format!("`{key}` takes several samples, but no `collector` reads any");
            value.refuse_key(Refusal::new(why));
        }
        u32::try_from(value.integer(least..=MOST_RUNS)?).ok()
    };
    let (warm_ups, runs) = (count("warm_ups", 0), count("repeat", 1));
    let within = table.value("repeat_within");
    // What could not be read is refused already.
    let is_more = |key, number: Option<u32>, than| {
        table.has(key) && number.is_none_or(|number| number > than)
    };
    if let Some(value) = &within
        && !is_more("warm_ups", warm_ups, 0)
        && !is_more("repeat", runs, 1)
    {
        let refusal = Refusal::new("`repeat_within` ends several runs, but the command runs once");
        value.refuse_key(refusal.hint("say how often with `repeat = 5`, or remove it"));
    }
    Repeat {
        warm_ups: warm_ups.unwrap_or(0),
        runs: runs.unwrap_or(1),
        within: within.and_then(|value| value.parsed(quantity::duration)),
    }
}

fn read_argv(value: &Value<'_>, scope: &Scope<'_>) -> Option<Vec<String>> {
    if let Some(line) = value.as_text() {
        let words: Vec<String> = line
            .split_whitespace()
            .map(|word| format!("{word:?}"))
            .collect();
        value.refuse(
            Refusal::new("`argv` must be a list, found text: commands never go through a shell")
                .hint(format!("write `argv = [{}]`", words.join(", "))),
        );
        return None;
    }
    let word = |item: &Value<'_>| {
        if item.is_table() {
            return item.table("a text beside the recipe".to_owned(), |table| {
                let path = table.need("file", "\"recipe/script.py\"")?;
                path.parsed(|path| scope.text_beside(path))
            });
        }
        scope.check(item);
        item.scalar()
    };
    let argv: Vec<String> = value.items().iter().filter_map(word).collect();
    match argv.first() {
        Some(program) if !program.trim().is_empty() => Some(argv),
        _ => {
            value.refuse(
                Refusal::new("`argv` names no program")
                    .hint("its first element is the program to run"),
            );
            None
        }
    }
}

fn read_probe(table: &Table<'_>, scope: &Scope<'_>, vocabulary: &Vocabulary) -> Option<StepKind> {
    let collector = table.need("collector", "\"image-registry\"");
    let known = |name: &str| vocabulary.probe(name);
    let (collector, options) = read_measurer(table, collector, "probe", known, scope);
    Some(StepKind::Probe {
        collector: collector?,
        options,
    })
}

/// A collector's name with its options.
fn read_measurer<'v>(
    table: &Table<'_>,
    name: Option<Value<'_>>,
    what: &str,
    known: impl Fn(&str) -> Result<&'v Measurer, Refusal>,
    scope: &Scope<'_>,
) -> (Option<String>, BTreeMap<String, String>) {
    let options = table.scalars("options");
    let Some(name) = name else {
        if table.has("options") {
            let fault = table.fault("`options` are the collector's, but there is no `collector`");
            table.report(fault.with_hint("name the collector, or remove the options"));
        }
        return (None, BTreeMap::new());
    };
    let measurer = name.parsed(known);
    for (option, value) in &options {
        scope.check(value);
        let Some(measurer) = measurer else { continue };
        let known = measurer.options.iter().map(|(name, _)| name.as_str());
        if known.clone().any(|name| name == option) {
            // What braces stand for is known when it runs.
            let plain = value
                .scalar()
                .filter(|text| !text.is_empty() && !text.contains('{'));
            if let Some(refusal) = plain.and_then(|text| measurer.refuses(option, &text)) {
                value.refuse(refusal);
            }
        } else {
            let mut refusal = Refusal::new(format!(
                "{what} `{}` has no option `{option}`",
                measurer.name
            ));
            refusal.hint = advise(option, known);
            value.refuse_key(refusal);
        }
    }
    for (option, help) in measurer.into_iter().flat_map(Measurer::needed) {
        let is_given = |value: &Value<'_>| value.scalar().is_none_or(|text| !text.is_empty());
        let given = options.iter().find(|(name, _)| *name == option);
        if !given.is_some_and(|(_, value)| is_given(value)) {
            name.refuse(
                Refusal::new(format!(
                    "{what} `{}` needs the option `{option}`",
                    name.text().unwrap_or("")
                ))
                .hint(format!("add `options = {{ {option} = \"...\" }}`: {help}")),
            );
        }
    }
    (
        measurer.map(|measurer| measurer.name.clone()),
        written(&options),
    )
}

fn read_report(table: &Table<'_>, vocabulary: &Vocabulary) -> Option<StepKind> {
    let template = table.filled("template", "\"report.md\"");
    let file = table.value("file");
    if let (Some(template), Some(value)) = (template, table.value("template"))
        && !vocabulary.templates.iter().any(|known| known == template)
    {
        let refusal = Refusal::new(format!("no template is called `{template}`"));
        value.refuse(refusal.advise(template, vocabulary.templates.iter().map(String::as_str)));
    }
    let file = match file {
        Some(value) => value
            .filled()
            .and_then(|_| value.parsed(|text| names::inner_path(text, "the output directory"))),
        None => template.map(str::to_owned),
    };
    Some(StepKind::Report {
        template: template?.to_owned(),
        file: file?,
    })
}

fn written(values: &BTreeMap<String, Value<'_>>) -> BTreeMap<String, String> {
    values
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.scalar()?)))
        .collect()
}
