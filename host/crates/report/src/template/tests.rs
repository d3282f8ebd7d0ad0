//! Tests of templates: escaping by kind, errors that name the place, and the documented context.

use serde_json::json;

use super::*;
use crate::fixture;

/// The built-in set, as the binary embeds it.
pub(crate) fn embedded() -> Templates {
    Templates::new(crate::testing::template_files())
}

fn render(name: &str, text: &str, context: &Value) -> Result<String, String> {
    embedded()
        .render_value(name, text, context)
        .map_err(|error| error.message)
}

#[test]
fn fields_are_escaped_by_the_kind_of_file() {
    let context = json!({"x": "<b> `a` | *b* \u{1b}"});
    assert_eq!(
        render("a.html.hbs", "{{x}}", &context).expect("renders"),
        "&lt;b&gt; `a` | *b* \\x1b"
    );
    assert_eq!(
        render("a.md.hbs", "{{x}}", &context).expect("renders"),
        "&lt;b&gt; \\`a\\` \\| \\*b\\* \\\\x1b"
    );
    assert_eq!(
        render("a.txt.hbs", "{{x}}", &context).expect("renders"),
        "<b> `a` | *b* \\x1b"
    );
}

#[test]
fn helpers_give_values_and_markup() {
    let context = json!({
        "n": 1_234_567, "s": 0.34, "half": 0.5, "none": null, "text": "a|`b`", "list": [{"k": "x"}, {"k": "y"}, {"k": "x"}],
    });
    let cases = [
        ("{{bytes n}}", "1.2 MB"),
        ("{{seconds s}}", "340.0 ms"),
        ("{{seconds none}}", ""),
        ("{{percent half}}", "50.0 %"),
        ("{{number n}}", "1\u{a0}234\u{a0}567"),
        ("{{bar half 4}}", "██░░"),
        ("{{limitbar half}}", "████▌░░░░|░░░"),
        ("{{code text}}", "`` a|`b` ``"),
        ("{{upper \"abc\"}}{{lower \"ABC\"}}", "ABCabc"),
        (
            "{{count 1 \"file\" \"files\"}}, {{count 2 \"file\" \"files\"}}",
            "1 file, 2 files",
        ),
        ("{{len (where list \"k\" \"x\")}}", "2"),
        (
            "{{#each (first list 1)}}{{k}}{{/each}}{{#each (rest list 2)}}{{k}}{{/each}}",
            "xx",
        ),
        ("{{add n 1}}", "1234568"),
        ("{{default none \"-\"}}", "-"),
        ("{{show s \"seconds\"}}", "340.0 ms"),
        ("{{date 0}}", "1970-01-01 00:00 UTC"),
        ("{{#if (eq half 0.5)}}yes{{else}}no{{/if}}", "yes"),
    ];
    for (template, expected) in cases {
        let name = if template.contains("code") {
            "x.md"
        } else {
            "x.txt"
        };
        assert_eq!(
            render(name, template, &context).as_deref(),
            Ok(expected),
            "{template}"
        );
    }
    assert_eq!(
        render("x.html", "{{json text}}", &json!({"text": "</script>"})).expect("renders"),
        "\"\\u003c/script\\u003e\""
    );
}

#[test]
fn errors_name_template_line_column_and_a_near_name() {
    let context = json!({"headline": "x", "items": [{"title": "a"}]});
    let message = render("mine.md.hbs", "ok\n  {{headlin}}", &context).expect_err("it is wrong");
    assert_eq!(
        message,
        "mine.md.hbs:2:3: there is no field `headlin` here; did you mean `headline`?; the fields are listed in \
         templates/README.md"
    );
    let message =
        render("mine.md.hbs", "{{#if titel}}x{{/if}}", &context).expect_err("it is wrong");
    assert!(
        message.starts_with("mine.md.hbs:1:1: there is no field `titel`"),
        "{message}"
    );
    let message =
        render("mine.md.hbs", "a\n{{#each items}}{{/if}}", &context).expect_err("it is wrong");
    assert!(
        message.starts_with("mine.md.hbs:2:") && message.contains("closing"),
        "{message}"
    );
    let message = render("mine.md.hbs", "{{byte 3}}", &context).expect_err("it is wrong");
    assert!(
        message.contains("there is no helper `byte`; did you mean `bytes`?"),
        "{message}"
    );
    let message = render("mine.md.hbs", "{{bytes \"x\"}}", &context).expect_err("it is wrong");
    assert!(
        message.ends_with("helper `bytes`: argument 1 is a text, not a number"),
        "{message}"
    );
    let message = render("mine.md.hbs", "{{> nothing}}", &context).expect_err("it is wrong");
    assert!(
        message.contains("there is no partial `nothing`"),
        "{message}"
    );
}

#[test]
fn an_error_in_a_partial_names_the_partial() {
    let set = Templates::new([("partials/row.md.hbs", "one\n{{missing}}")]);
    let error = set
        .render_value("mine.md", "{{> row}}", &json!({}))
        .expect_err("it is wrong");
    assert!(
        error.message.starts_with("partials/row.md.hbs:2:1: "),
        "{}",
        error.message
    );
}

#[test]
fn an_unknown_template_lists_those_that_exist() {
    let error = embedded()
        .render("summary.md", &fixture::clean(), &View::default())
        .expect_err("it is wrong");
    assert_eq!(
        error.message,
        "there is no template `summary.md`; there are comment.md.hbs, improvements.html.hbs, improvements.md.hbs, \
         opportunities.html.hbs, opportunities.md.hbs, report.html.hbs, report.md.hbs"
    );
}

#[test]
fn every_field_of_the_context_is_documented() {
    let all = View {
        suspicions: true,
        silenced: true,
        ..View::default()
    };
    let context = context::build(&fixture::listed(), &all, true).expect("builds");
    let mut names = std::collections::BTreeSet::new();
    let mut pending = vec![&context];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(map) => {
                // `record` is run.json, which has its own schema.
                for (name, inner) in map.iter().filter(|(name, _)| *name != "record") {
                    names.insert(name.clone());
                    pending.push(inner);
                }
            }
            Value::Array(all) => pending.extend(all),
            _ => {}
        }
    }
    let functions = super::verbs::names();
    let taken: Vec<&String> = names
        .iter()
        .filter(|name| functions.contains(&name.as_str()))
        .collect();
    assert!(
        taken.is_empty(),
        "a helper would hide these fields: {taken:?}"
    );
    let documentation = include_str!("../../../../../templates/README.md");
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !documentation.contains(&format!("`{name}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "not in templates/README.md: {missing:?}"
    );
    for name in super::verbs::names() {
        assert!(
            documentation.contains(&format!("`{name}")),
            "helper {name} is not in templates/README.md"
        );
    }
}
