//! Tests that no text in a record, whatever a stranger wrote into it, breaks out of an output.

use std::sync::Arc;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::View;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::{fixture, format, neutral, testing};

/// Keys whose values are words of a closed list; everything else in a record is free text.
const WORDS: &[&str] = &[
    "schema",
    "severity",
    "confidence",
    "least",
    "reach",
    "verdict",
    "unit",
    "effort",
    "status",
    "safety",
    "layer",
    "by",
    "difference",
    "fail_on",
];

/// The rich record with the strings in every text field and in every key of labels, parameters and tools.
fn poisoned(strings: &[String]) -> RunRecord {
    let mut json =
        serde_json::to_value(perfctl_wire::record::Run::from(&fixture::rich())).expect("is JSON");
    let mut next = 0;
    poison(&mut json, "", strings, &mut next);
    let text = serde_json::to_string(&json).expect("is JSON");
    let mut record = perfctl_wire::record::read("run.json", &text).expect("is still a record");
    // A rule id in one of the findings must meet its head, or help texts are never rendered.
    for (at, finding) in record.findings.iter_mut().enumerate() {
        if let Some(rule) = record.rules.get(at) {
            finding.rule = rule.id.clone();
        }
    }
    record
}

fn poison(value: &mut Value, key: &str, strings: &[String], next: &mut usize) {
    let mut take = || {
        *next += 1;
        strings[*next % strings.len()].clone()
    };
    match value {
        Value::String(text) if !WORDS.contains(&key) && !is_verdict_side(key, text) => {
            *text = take()
        }
        Value::Array(all) => all
            .iter_mut()
            .for_each(|inner| poison(inner, key, strings, next)),
        Value::Object(map) if matches!(key, "labels" | "params" | "tools" | "series") => {
            map.insert(take(), take().into());
        }
        Value::Object(map) => map
            .iter_mut()
            .for_each(|(key, inner)| poison(inner, key, strings, next)),
        _ => {}
    }
}

/// `fix` of a rule is a safety word, `fix` of its help is text.
fn is_verdict_side(key: &str, text: &str) -> bool {
    key == "fix" && ["safe", "unsafe", "shown-only"].contains(&text)
}

fn hostile_text() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        3 => any::<String>(),
        2 => Just("plain words".to_owned()),
        8 => prop::sample::select(vec![
            "<script>alert(1)</script>", "\" onmouseover=\"x()", "' onfocus='x()", "]]>", "-->", "<!--", "</pre>", "</style>",
            "</script>", "`", "```", "~~~", "|", "\u{1b}[31m", "\u{9b}2J", "\0", "\u{202e}", "\u{fffe}", "::error::x", "\n::error::x",
            "](javascript:alert(1))", "[x](javascript:x)", "![x](http://x/y.png)", "{{headline}}", "\n# heading", "\r\n", "&#x3c;b&#x3e;", "\n\n",
            "- ", "1. ", "> ", "\t", "\\", "*", "__", "<b>", "<https://x.org>", "{0}", "$", "é", "日本", "😀", "a\u{301}", "\u{200d}",
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", "<details>", "%0A", "::",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(token, 0..6).prop_map(|tokens| tokens.concat())
}

fn render(name: &str, record: &RunRecord, colour: bool) -> Result<String, TestCaseError> {
    let templates = Arc::new(crate::template::embedded_for_tests());
    let view = View {
        suspicions: true,
        silenced: true,
        width: 100,
        colour,
        full: colour,
        brief: false,
        flags: colour,
    };
    let bytes = format::find(name)
        .expect("a format")
        .build(&templates)
        .render(record, &view)
        .map_err(|error| TestCaseError::fail(error.message))?;
    String::from_utf8(bytes).map_err(|error| TestCaseError::fail(error.to_string()))
}

fn assert_harmless(name: &str, text: &str) -> Result<(), TestCaseError> {
    for (at, c) in text.char_indices() {
        let allowed = c == '\n' || (c == '\t' && name != "human" && name != "github");
        prop_assert!(
            allowed || !neutral::is_harmful(c),
            "{name}: {c:?} at {at}: {:?}",
            around(text, at)
        );
    }
    Ok(())
}

fn around(text: &str, at: usize) -> String {
    let start = text[..at]
        .char_indices()
        .rev()
        .nth(60)
        .map_or(0, |(start, _)| start);
    text[start..].chars().take(120).collect()
}

/// Walks HTML with a strict tokenizer: known tags only, balanced, no handlers, no foreign addresses.
fn assert_page_is_whole(page: &str) -> Result<(), TestCaseError> {
    const VOID: &[&str] = &["meta", "br", "input", "rect", "hr"];
    const KNOWN: &[&str] = &[
        "a",
        "article",
        "b",
        "blockquote",
        "body",
        "button",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "html",
        "i",
        "label",
        "legend",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "output",
        "p",
        "pre",
        "script",
        "section",
        "span",
        "strong",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
    ];
    let mut open: Vec<String> = Vec::new();
    let mut rest = page.strip_prefix("<!doctype html>").expect("a doctype");
    let (mut scripts, mut styles) = (0, 0);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closing = rest.starts_with('/');
        rest = rest.trim_start_matches('/');
        let name: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        prop_assert!(
            KNOWN.contains(&name.as_str()) || VOID.contains(&name.as_str()),
            "<{name}> in {:?}",
            around(rest, 0)
        );
        rest = &rest[name.len()..];
        let mut void = VOID.contains(&name.as_str());
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>") {
                (void, rest) = (true, after);
                break;
            }
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let attribute: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            prop_assert!(!attribute.is_empty(), "<{name} at {:?}", around(rest, 0));
            prop_assert!(
                !attribute.starts_with("on") && attribute != "src",
                "{attribute} in <{name}>"
            );
            rest = &rest[attribute.len()..];
            let Some(after) = rest.strip_prefix('=') else {
                continue;
            };
            let quoted = after.strip_prefix('"');
            let (value, after) = match quoted {
                Some(after) => after.split_once('"').expect("a closing quote"),
                None => after.split_at(after.find(['>', ' ']).expect("an end")),
            };
            if attribute == "href" {
                let fine = ["https://", "http://", "#", "./"]
                    .iter()
                    .any(|start| value.starts_with(start));
                prop_assert!(fine, "href {value}");
            }
            rest = after;
        }
        if closing {
            prop_assert_eq!(open.pop(), Some(name), "closing in {:?}", around(rest, 0));
        } else if name == "script" || name == "style" {
            (scripts, styles) = (
                scripts + usize::from(name == "script"),
                styles + usize::from(name == "style"),
            );
            let end = rest.find(&format!("</{name}>")).expect("an end");
            rest = &rest[end + name.len() + 3..];
        } else if !void {
            open.push(name);
        }
    }
    prop_assert!(open.is_empty(), "still open: {open:?}");
    prop_assert_eq!((scripts, styles), (1, 1));
    Ok(())
}

fn assert_markdown_holds(text: &str) -> Result<(), TestCaseError> {
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => {
                let ours = [
                    "<a id=\"rule-",
                    "</a>",
                    "<br>",
                    "<details><summary>",
                    "</summary>",
                    "</details>",
                ];
                prop_assert!(
                    ours.iter().any(|own| raw.starts_with(own)) || raw.trim().is_empty(),
                    "html {raw:?}"
                );
            }
            Event::Start(Tag::Image { dest_url, .. }) => prop_assert!(false, "image {dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let fine = ["https://", "http://", "#", "./"]
                    .iter()
                    .any(|start| dest_url.starts_with(start));
                prop_assert!(fine, "link to {dest_url}");
            }
            _ => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_text_in_a_record_breaks_out_of_any_format(strings in prop::collection::vec(hostile_text(), 1..5)) {
        let record = poisoned(&strings);
        for entry in format::FORMATS {
            let text = render(entry.name, &record, false)?;
            assert_harmless(entry.name, &text)?;
            match entry.name {
                "json" | "sarif" => {
                    serde_json::from_str::<Value>(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
                }
                "jsonl" => {
                    for line in text.lines() {
                        serde_json::from_str::<Value>(line).map_err(|error| TestCaseError::fail(error.to_string()))?;
                    }
                }
                "junit" => {
                    roxmltree::Document::parse(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
                }
                "github" => {
                    let findings = record.findings.iter().filter(|finding| finding.silenced.is_none()).count();
                    let shown = findings + record.problems.len() + crate::placeless::remarks(&record).len();
                    let commands = text.lines().filter(|line| line.trim_start().starts_with("::")).count();
                    prop_assert!(commands <= shown, "{commands} commands for {shown} things to tell: {text}");
                }
                "html" => assert_page_is_whole(&text)?,
                "markdown" => assert_markdown_holds(&text)?,
                _ => {}
            }
        }
        let styled = render("human", &record, true)?;
        assert_harmless("human", &testing::without_colour(&styled))?;
    }

    #[test]
    fn sarif_stays_valid_whatever_the_texts(strings in prop::collection::vec(hostile_text(), 1..5)) {
        static SCHEMA: std::sync::LazyLock<jsonschema::Validator> = std::sync::LazyLock::new(|| {
            let schema = include_str!("../tests/schemas/sarif-schema-2.1.0.json");
            jsonschema::validator_for(&serde_json::from_str(schema).expect("JSON")).expect("a schema")
        });
        let log: Value = serde_json::from_str(&render("sarif", &poisoned(&strings), false)?).expect("JSON");
        let errors: Vec<String> =
            SCHEMA.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).take(3).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn comparisons_hold_too(strings in prop::collection::vec(hostile_text(), 1..5)) {
        let (before, after) = (poisoned(&strings), poisoned(&strings));
        let comparison = after.comparison.clone().unwrap_or_default();
        for name in crate::COMPARISON_FORMATS {
            let view = View { width: 80, ..View::default() };
            let bytes = crate::render_comparison(&before, &after, &comparison, name, &view)
                .map_err(|error| TestCaseError::fail(error.message))?;
            let text = String::from_utf8(bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
            assert_harmless(name, &text)?;
            match *name {
                "json" => {
                    serde_json::from_str::<Value>(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
                }
                "markdown" => assert_markdown_holds(&text)?,
                _ => {}
            }
        }
    }
}

#[test]
fn the_page_check_finds_what_it_looks_for() {
    let page = |body: &str| {
        format!(
            "<!doctype html><html><head><style></style></head><body>{body}<script></script></body></html>"
        )
    };
    assert!(assert_page_is_whole(&page("<p>fine &lt;b&gt;</p>")).is_ok());
    for bad in [
        "<img>",
        "<p onclick=\"x\"></p>",
        "</p>",
        "<p>",
        "<a href=\"javascript:x\"></a>",
        "<script></script>",
    ] {
        assert!(assert_page_is_whole(&page(bad)).is_err(), "{bad}");
    }
    assert!(
        assert_markdown_holds("a <b>x</b>").is_err() && assert_markdown_holds("![x](y)").is_err()
    );
}
