//! Single questions, each as dear as its arguments can make it. No clock stops a rule within one: what it costs has to be bounded by what it
//! may be asked. Rules in other languages ask the same host.

use std::time::Duration;

use perfctl_core::ids::RuleId;

use super::{Outcome, RULE, World, outcome};

/// The time limit of the rule.
const LIMIT: Duration = Duration::from_secs(1);

/// What is asked, with the words and patterns of [`words`] at hand. Each is answered or refused.
const QUESTIONS: &[(&str, &str)] = &[
    ("calls by suffixes", "repo:calls(suffixes)"),
    ("calls by prefixes", "repo:calls(prefixes)"),
    ("calls by braces", "pcall(repo.calls, repo, braces)"),
    ("calls by one pattern many times", "repo:calls(alike)"),
    ("importers by suffixes", "repo:importers(suffixes)"),
    ("imports by suffixes", "repo:imports(suffixes)"),
    ("imports of a file", "long:imports(suffixes)"),
    ("is", "call:is(suffixes)"),
    ("comes from", "call:comes_from(suffixes)"),
    (
        "descendants by names",
        "long.root:descendants({ 'call', 'name', 'attr' }, words)",
    ),
    (
        "descendants by kinds",
        "pcall(long.root.descendants, long.root, words, words)",
    ),
    ("enclosing", "pcall(call.enclosing, call, words)"),
    ("holding", "repo:holding('**', words)"),
    (
        "holding blanks",
        "for at = 1, 3 do repo:holding('**', (' '):rep(256 * 1024)) end",
    ),
    (
        "holding long texts",
        "local texts = {} for at = 1, 200 do texts[at] = (' '):rep(999) .. at end \
         for at = 1, 3 do repo:holding('**', texts) end",
    ),
    (
        "paths",
        "repo:paths('**/*{' .. table.concat(words, ',', 1, 400) .. '}*')",
    ),
    (
        "statements",
        "file:sql(('select a from t where b = 1; '):rep(20000))",
    ),
    (
        "a statement",
        "file:sql('select a from t where ' .. ('('):rep(20000))",
    ),
    (
        "a fix of everything",
        "report({ at = file, message = 'm', fix = { title = 't', edits = { { at = file, text = other } } } })",
    ),
    (
        "a fix of many places",
        "local edits = {} for at = 0, 900 do edits[#edits + 1] = { at = file:span(3 * at, 3 * at + 1), text = 'é' } end \
         report({ at = file, message = 'm', fix = { title = 't', edits = edits } })",
    ),
];

/// What the questions are asked with.
const WORDS: &str = "local words, suffixes, prefixes, braces, alike, lines = {}, {}, {}, {}, {}, {}
local many = {}
for at = 1, 500 do many[at] = 'q' .. at end
for at = 1, 1000 do
  words[at] = 'word' .. at
  suffixes[at] = '*' .. at .. '.end' .. at
  prefixes[at] = 'pk' .. ('g'):rep(at % 3) .. at .. '**'
  alike[at] = '**'
end
for at = 1, 100 do braces[at] = '*{' .. table.concat(many, ',') .. '}' .. at end
for at = 1, 9000 do lines[at] = 'other' .. at end
local other = table.concat(lines, '\\n')
local long = assert(repo:open('long.py'))
local call = assert(long.root:descendants({ 'call' })[1])
";

/// A repository with many names and a long file.
fn world() -> World {
    let calls = (0..5000).map(|at| format!("pkg.m{at}.f{at}(x)\n"));
    let names = format!("import pkg\n{}", calls.collect::<String>());
    let lines = (0..9000).map(|at| format!("    g(a.b{at}, 'text {at}')\n"));
    let long = format!("def job(a):\n{}", lines.collect::<String>());
    let rule = RULE.replace("time_ms = 250", "time_ms = 1000");
    World::of(
        &rule,
        &[
            ("app.py", format!("f(1)\n{long}")),
            ("names.py", names),
            ("long.py", long),
        ],
    )
}

#[test]
fn no_single_question_takes_longer_than_a_call_may() {
    let world = world();
    assert_eq!(world.rule.limits.time, LIMIT);
    let mut failures = Vec::new();
    for (name, question) in QUESTIONS {
        let script = format!("{WORDS}{question}");
        let script =
            format!("return {{ check = function(file, matches, report, repo)\n{script}\nend }}");
        let mut tries = Vec::new();
        while tries.len() < 3 {
            let output = world.run(&script);
            let took = output.costs[&RuleId::from("EVIL-1")].time;
            match outcome(&output) {
                Outcome::Examined if took <= 2 * LIMIT => break,
                // What is answered piece by piece may be ended between two of them.
                Outcome::Error(why) if why.contains("took longer") && took <= 2 * LIMIT => break,
                ended => tries.push(format!("{ended:?} after {took:?}")),
            }
        }
        if tries.len() == 3 {
            failures.push(format!("{name}: {}", tries.join("; ")));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
