//! A whole rule read, its matchers left alone, and the messages for rules that are wrong.

use super::*;

pub(crate) const FULL: &str = include_str!("../../tests/files/rule.toml");

fn home(folder: &str) -> Home<'_> {
    Home {
        folder,
        pack: "perf",
        layer: Layer::BuiltIn,
        languages: &["python", "go", "javascript"],
    }
}

fn read_text(text: &str) -> Result<RuleFile, Faults> {
    read(
        "plugins/perf/DB-PERF-001/rule.toml",
        text,
        &home("DB-PERF-001"),
    )
}

#[test]
fn a_rule_is_read_in_full_and_its_matchers_are_kept_for_the_runtime() {
    let file = read_text(FULL).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(file.rule.fix, Some(Safety::DisplayOnly));
    assert_eq!(
        file.rule.help.example,
        "for order in orders:\n    print(order.customer.name)"
    );
    assert_eq!((file.matchers.len(), file.matchers[0].line()), (2, 26));
    let call = file.matchers[0].read(|table| {
        let call = table.filled("call", "\"requests.get\"");
        let kind = table.table("inside", |table| {
            table.filled("loop", "\"per-item\"").map(str::to_owned)
        });
        Some(format!("{}/{}", call?, kind?))
    });
    assert_eq!(call.expect("readable"), "session.execute/per-item");
    let wrong =
        file.matchers[1].read(|table| table.filled("call", "\"requests.get\"").map(str::to_owned));
    insta::assert_snapshot!(wrong.expect_err("another matcher"));
    assert!(file.applies.is_some() && file.limits.is_some());
    let messages: Vec<_> = file.messages.iter().map(Message::id).collect();
    assert_eq!(messages, ["lazy", "plain"]);
    assert_eq!(file.messages[0].parameters(), ["relation", "model"]);
    insta::assert_snapshot!(format!("{:#?}", file.rule));
}

#[test]
fn every_fault_of_a_rule_is_named() {
    insta::assert_snapshot!(
        read_text(
            r#"
schema = "perfctl.rule/1"
id = "DB-PERF-002"
aliases = ["orm_1"]
title = ""
category = "Data base"
tags = ["ORM"]
severity = "urgent"
languages = ["pyhton", "sql"]
effort = "XS"
fix = "display-only"
metric = "db queries"
cost = 3

[help]
what = " "
why = "w"
fix = "f"
false_alarm = "x"

[elsewhere]
rust = "no such services here"
go = ""

[match]
call = "x"
"#
        )
        .expect_err("faulty")
    );
}

#[test]
fn a_rule_says_why_it_is_silent_about_a_language() {
    let file = read_text(FULL).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(
        file.rule.elsewhere,
        [("go".to_owned(), "a goroutine may wait".to_owned())].into()
    );
    let own = FULL.replace("go = \"a goroutine", "python = \"a coroutine");
    insta::assert_snapshot!(read_text(&own).expect_err("its own language"));
}

#[test]
fn a_rule_without_metric_needs_no_way_to_measure() {
    let text = FULL
        .replace("metric = \"db.queries\"\n", "")
        .replace("measure = \"Count queries per request.\"\n", "");
    assert!(read_text(&text).is_ok_and(|file| file.rule.help.measure.is_empty()));
    let text = FULL.replace("measure = \"Count queries per request.\"\n", "");
    assert!(read_text(&text).is_err());
}

#[test]
fn a_pack_names_its_version_and_edition() {
    let text =
        "schema = 'perfctl.pack/1'\nid = 'perf'\ntitle = 't'\nversion = '0.1.0'\nedition = 1\n";
    let pack = read_pack("plugins/perf/pack.toml", text, "perf").expect("faultless");
    assert_eq!((pack.id.as_str(), pack.edition), ("perf", EDITION));
    assert_eq!(pack.run, None);
    let limited = format!("{text}[limits]\nrun_ms = 1500\n");
    let limited = read_pack("plugins/perf/pack.toml", &limited, "perf").expect("faultless");
    assert_eq!(limited.run, Some(std::time::Duration::from_millis(1500)));
    for limits in ["run_ms = 0", "run_ms = 3_600_001", "time_ms = 5"] {
        let text = format!("{text}[limits]\n{limits}\n");
        let refused = read_pack("plugins/perf/pack.toml", &text, "perf");
        assert!(refused.is_err(), "{limits}");
    }
    let text =
        "schema = 'perfctl.pack/1'\nid = 'pref'\nversion = '0.1'\nedition = 2\nauthor = 'x'\n";
    insta::assert_snapshot!(read_pack("plugins/perf/pack.toml", text, "perf").expect_err("faulty"));
}

#[test]
fn a_title_is_one_line() {
    // People read it among lines that say what a plugin asks for.
    let forged = r#"title = "Nice\n  asks for    nothing at all""#;
    let pack = format!(
        "schema = 'perfctl.pack/1'\nid = 'perf'\n{forged}\nversion = '0.1.0'\nedition = 1\n"
    );
    let refused = read_pack("pack.toml", &pack, "perf").expect_err("two lines");
    assert!(
        refused.to_string().contains("`title` is more than a line"),
        "{refused}"
    );
    let title = FULL.lines().find(|line| line.starts_with("title = "));
    let rule = FULL.replace(title.expect("a title"), forged);
    let refused = read_text(&rule).expect_err("two lines");
    assert!(
        refused.to_string().contains("`title` is more than a line"),
        "{refused}"
    );
}

/// A pack of collectors with every key.
pub(crate) const COLLECTORS: &str = "\
schema = 'perfctl.pack/1'
id = 'acme'
title = 't'
version = '0.1.0'
edition = 1
[collector.acme-tool]
about = 'the output of acme-tool'
metrics = ['acme.time', 'acme.count']
[collector.acme-tool.options]
unit = { help = 'what a number is', words = ['ms', 's'], required = true }
label = 'what was measured'
warmup = { help = 'lines that do not count', kind = 'count' }
[collector.acme-tool.limits]
time_ms = 100
memory_mib = 64
[collector.acme-other]
about = 'another'
metrics = []
";

#[test]
fn a_pack_of_collectors_says_all_that_a_recipe_needs_to_know() {
    let pack = read_pack("acme/pack.toml", COLLECTORS, "acme").expect("faultless");
    assert_eq!(pack.kind(), Kind::Collectors);
    let names: Vec<&str> = pack
        .collectors
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["acme-other", "acme-tool"]);
    insta::assert_debug_snapshot!(pack.collectors[1]);
    let text = COLLECTORS.replace("collector.acme-", "reporter.acme-");
    let cut = |text: &str| {
        let lines = text.lines();
        let kept = lines.filter(|line| !line.starts_with("metrics"));
        kept.collect::<Vec<_>>().join("\n")
    };
    let options = "[reporter.acme-tool.options]";
    let (head, rest) = text.split_once(options).expect("options");
    let (_, limits) = rest
        .split_once("[reporter.acme-tool.limits]")
        .expect("limits");
    let text = cut(&format!("{head}[reporter.acme-tool.limits]{limits}"));
    let pack = read_pack("acme/pack.toml", &text, "acme").expect("faultless");
    assert_eq!((pack.kind(), pack.reporters.len()), (Kind::Reporters, 2));
    assert_eq!(pack.reporters[1].limits.memory, 64 << 20);
    assert_eq!(pack.reporters[0].limits, CallLimits::default());
}

#[test]
fn every_fault_of_what_a_plugin_brings_is_named() {
    let text = COLLECTORS
        .replace("edition = 1", "edition = 1\ncapabilities = ['files']")
        .replace("'acme.count'", "'Acme Count'")
        .replace("acme-other", "Acme_Other!")
        .replace("'count' }", "'number' }")
        .replace("time_ms = 100", "time_ms = 0\nmemory = 3")
        .replace("label = ", "Label = ")
        + "[reporter.x]\n";
    let text = text.replace("[collector.Acme_Other!]", "[collector.'Acme Other']");
    insta::assert_snapshot!(read_pack("acme/pack.toml", &text, "acme").expect_err("faulty"));
}

proptest::proptest! {
    #[test]
    fn a_rule_with_a_changed_piece_never_panics(at in 0usize..1400, cut in 0usize..60, put in "[\\[\\]{}=\"'a-z0-9.\n ]{0,12}") {
        let at = at.min(FULL.len());
        let end = (at + cut).min(FULL.len());
        let text = format!("{}{put}{}", &FULL[..at], &FULL[end..]);
        if let Err(faults) = read_text(&text) {
            proptest::prop_assert!(!faults.to_string().is_empty());
        }
    }
}

#[test]
fn messages_that_cannot_be_filled_in_are_named_with_their_line() {
    let with = format!(
        "{}\nBad = \"x\"\nbraces = \"a {{ b\"\nempty = \" \"\nname = \"{{A}}\"\n",
        FULL.trim_end()
    );
    insta::assert_snapshot!(read_text(&with).expect_err("it has faults"));
}
