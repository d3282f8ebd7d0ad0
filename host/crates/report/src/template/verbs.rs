//! The functions that templates may call (Handlebars calls them helpers). Two kinds: those that give a value, which is
//! escaped like any field and can be an argument of another, and those that give markup of the template's own kind.

use std::collections::BTreeMap;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonTruthy, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable, ScopedJson,
};
use perfctl_core::metric::Unit;
use serde_json::{Value, json};

use super::Flavour;
use crate::terminal::bar;
use crate::{escape, help_text, json_text, moment, neutral, prose, summary};

type Arguments<'a> = &'a [&'a Value];
type ValueVerb = fn(Arguments<'_>) -> Result<Value, String>;
type MarkupVerb = fn(Flavour, Arguments<'_>, &Options) -> Result<String, String>;

/// Named arguments: `table=true`, `class="fail"`.
#[derive(Default)]
struct Options {
    /// Whether the text stands in a Markdown table.
    table: bool,
    /// A class for HTML.
    class: String,
}

/// Functions that give a value.
const VALUES: &[(&str, ValueVerb)] = &[
    ("add", |a| {
        Ok(json!(number(a, 0)? + number(a, 1)?)).map(whole)
    }),
    ("bytes", |a| shown(a, Unit::Bytes)),
    ("count", |a| {
        let number = number(a, 0)?.max(0.0) as usize;
        Ok(summary::count(number, &text(a, 1)?, &text(a, 2)?).into())
    }),
    ("date", |a| {
        Ok(moment::utc_for_people(number(a, 0)?.max(0.0) as u64).into())
    }),
    ("day_after", |a| {
        let (from, days) = (text(a, 0)?, text(a, 1)?);
        moment::day_after(&from, &days).map(Value::from)
    }),
    ("default", |a| {
        let value = argument(a, 0)?;
        Ok(if value.is_truthy(true) {
            value.clone()
        } else {
            argument(a, 1)?.clone()
        })
    }),
    ("first", |a| {
        let (list, n) = (list(a, 0)?, number(a, 1)?.max(0.0) as usize);
        Ok(list.iter().take(n).cloned().collect())
    }),
    ("join", |a| {
        let parts: Vec<String> = list(a, 0)?.iter().map(as_text).collect();
        Ok(parts.join(&text(a, 1)?).into())
    }),
    ("lower", |a| Ok(text(a, 0)?.to_lowercase().into())),
    ("number", |a| Ok(grouped(number(a, 0)?).into())),
    ("percent", |a| shown(a, Unit::Ratio)),
    ("rest", |a| {
        let (list, n) = (list(a, 0)?, number(a, 1)?.max(0.0) as usize);
        Ok(list.iter().skip(n).cloned().collect())
    }),
    ("seconds", |a| shown(a, Unit::Seconds)),
    ("show", |a| {
        let word = text(a, 1)?;
        let unit = Unit::ALL.iter().find(|unit| unit.word() == word);
        shown(
            a,
            *unit.ok_or_else(|| format!("`{}` is no unit", neutral::line(&word)))?,
        )
    }),
    ("upper", |a| Ok(text(a, 0)?.to_uppercase().into())),
    ("where", |a| {
        let (list, key, wanted) = (list(a, 0)?, text(a, 1)?, argument(a, 2)?);
        Ok(list
            .iter()
            .filter(|one| one.get(&key) == Some(wanted))
            .cloned()
            .collect())
    }),
];

/// Functions that give markup.
const MARKUP: &[(&str, MarkupVerb)] = &[
    ("bar", |flavour, a, options| {
        let share = number(a, 0)?;
        let cells = a
            .get(1)
            .and_then(|cells| cells.as_u64())
            .unwrap_or(10)
            .clamp(1, 60) as usize;
        Ok(match flavour {
            Flavour::Html => svg_bar(share, None, &options.class),
            _ => bar::of_share(share, cells),
        })
    }),
    ("code", |flavour, a, options| {
        let text = text(a, 0)?;
        Ok(match flavour {
            Flavour::Html => format!("<code>{}</code>", escape::html(&neutral::line(&text))),
            Flavour::Markdown => escape::code_span(&text, options.table),
            Flavour::Plain => neutral::line(&text).into_owned(),
        })
    }),
    ("fence", |flavour, a, _| {
        let text = text(a, 0)?;
        let language = a
            .get(1)
            .map_or_else(String::new, |language| as_text(language));
        Ok(match flavour {
            Flavour::Html => format!("<pre><code>{}</code></pre>\n", escape::html(&text)),
            Flavour::Markdown => escape::code_fence(&text, &language),
            Flavour::Plain => neutral::block(&text).into_owned(),
        })
    }),
    ("json", |flavour, a, _| {
        let bytes = json_text::compact(argument(a, 0)?).map_err(|error| error.message)?;
        let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        // Within JSON strings these mean the same as themselves, and outside of strings they cannot occur.
        Ok(match flavour {
            Flavour::Html => text
                .replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026"),
            _ => text,
        })
    }),
    ("limitbar", |flavour, a, options| {
        let share = number(a, 0)?;
        Ok(match flavour {
            Flavour::Html => svg_bar(share * 0.75, Some(75.0), &options.class),
            _ => bar::against_limit(share, 1.0, 12),
        })
    }),
    ("md", |flavour, a, _| {
        let text = text(a, 0)?;
        Ok(match flavour {
            Flavour::Html => help_text::to_html(&text),
            Flavour::Markdown => {
                let markdown = help_text::to_markdown(&text);
                // A block behind words on the same line would not be one: a fence would become a code span.
                if help_text::starts_with_words(&markdown) {
                    markdown
                } else {
                    format!("\n\n{markdown}")
                }
            }
            Flavour::Plain => neutral::block(&text).into_owned(),
        })
    }),
    ("prose", |flavour, a, options| {
        let text = text(a, 0)?;
        Ok(match flavour {
            Flavour::Html => prose::html(&text),
            Flavour::Markdown => prose::markdown(&text, options.table),
            Flavour::Plain => prose::plain(&text),
        })
    }),
];

/// Names of all helpers, those of Handlebars itself among them.
pub(super) fn names() -> Vec<&'static str> {
    let own = VALUES
        .iter()
        .map(|(name, _)| *name)
        .chain(MARKUP.iter().map(|(name, _)| *name));
    let built_in = [
        "and", "asset", "each", "eq", "gt", "gte", "if", "len", "lookup", "lt", "lte", "ne", "not",
        "or", "unless", "with",
    ];
    own.chain(built_in).collect()
}

/// Gives a registry all helpers.
pub(super) fn register(
    registry: &mut Handlebars<'_>,
    flavour: Flavour,
    assets: BTreeMap<String, String>,
) {
    for (name, verb) in VALUES {
        registry.register_helper(name, Box::new(Valued { name, verb: *verb }));
    }
    for (name, verb) in MARKUP {
        registry.register_helper(
            name,
            Box::new(Marked {
                name,
                verb: *verb,
                flavour,
            }),
        );
    }
    registry.register_helper("asset", Box::new(Asset(assets)));
    registry.register_helper("if", Box::new(Condition { wanted: true }));
    registry.register_helper("unless", Box::new(Condition { wanted: false }));
}

struct Valued {
    name: &'static str,
    verb: ValueVerb,
}

impl HelperDef for Valued {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let value = (self.verb)(&arguments(helper)?).map_err(|error| wrong(self.name, &error))?;
        Ok(ScopedJson::Derived(value))
    }
}

struct Marked {
    name: &'static str,
    verb: MarkupVerb,
    flavour: Flavour,
}

impl HelperDef for Marked {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let options = Options {
            table: helper
                .hash_get("table")
                .is_some_and(|value| value.value().is_truthy(false)),
            class: helper
                .hash_get("class")
                .map(|value| as_text(value.value()))
                .unwrap_or_default(),
        };
        let markup = (self.verb)(self.flavour, &arguments(helper)?, &options)
            .map_err(|error| wrong(self.name, &error))?;
        out.write(&markup)?;
        Ok(())
    }
}

/// A file of the set as it is: styles and scripts.
struct Asset(BTreeMap<String, String>);

impl HelperDef for Asset {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = text(&arguments(helper)?, 0).map_err(|error| wrong("asset", &error))?;
        let Some(content) = self.0.get(&name) else {
            return Err(wrong(
                "asset",
                &format!("there is no file `{}`", neutral::line(&name)),
            ));
        };
        out.write(content)?;
        Ok(())
    }
}

/// `if` and `unless`, which in Handlebars take a misspelt name for false without a word.
struct Condition {
    wanted: bool,
}

impl HelperDef for Condition {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render_context: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let holds = argument(&arguments(helper)?, 0)
            .map_err(|error| wrong(helper.name(), &error))?
            .is_truthy(false);
        let branch = if holds == self.wanted {
            helper.template()
        } else {
            helper.inverse()
        };
        branch.map_or(Ok(()), |branch| {
            branch.render(registry, context, render_context, out)
        })
    }
}

fn arguments<'a>(helper: &'a Helper<'_>) -> Result<Vec<&'a Value>, RenderError> {
    helper
        .params()
        .iter()
        .map(|param| {
            if param.is_value_missing() {
                return Err(RenderError::strict_error(param.relative_path()));
            }
            Ok(param.value())
        })
        .collect()
}

fn wrong(name: &str, error: &str) -> RenderError {
    RenderErrorReason::Other(format!("helper `{name}`: {error}")).into()
}

fn argument<'a>(arguments: Arguments<'a>, at: usize) -> Result<&'a Value, String> {
    arguments
        .get(at)
        .copied()
        .ok_or_else(|| format!("it needs an argument {}", at + 1))
}

fn number(arguments: Arguments<'_>, at: usize) -> Result<f64, String> {
    let value = argument(arguments, at)?;
    value
        .as_f64()
        .ok_or_else(|| format!("argument {} is {}, not a number", at + 1, kind(value)))
}

fn text(arguments: Arguments<'_>, at: usize) -> Result<String, String> {
    match argument(arguments, at)? {
        value @ (Value::Array(_) | Value::Object(_)) => Err(format!(
            "argument {} is {}, not a text",
            at + 1,
            kind(value)
        )),
        value => Ok(as_text(value)),
    }
}

fn list<'a>(arguments: Arguments<'a>, at: usize) -> Result<&'a Vec<Value>, String> {
    let value = argument(arguments, at)?;
    value
        .as_array()
        .ok_or_else(|| format!("argument {} is {}, not a list", at + 1, kind(value)))
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A number in a unit; null stays empty, because "no data" is not zero.
fn shown(arguments: Arguments<'_>, unit: Unit) -> Result<Value, String> {
    if argument(arguments, 0)?.is_null() {
        return Ok(Value::String(String::new()));
    }
    Ok(unit.show(number(arguments, 0)?).into())
}

/// Sums of whole numbers stay whole.
fn whole(value: Value) -> Value {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => json!(number as i64),
        _ => value,
    }
}

/// `1 234 567.5`: thousands apart by a no-break space.
fn grouped(number: f64) -> String {
    let text = if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.2}")
    };
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = rest
        .split_once('.')
        .map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

fn svg_bar(share: f64, limit: Option<f64>, class: &str) -> String {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let width = if share > 0.0 {
        (share * 100.0).max(0.6)
    } else {
        0.0
    };
    let mark = limit.map_or_else(String::new, |at| {
        format!("<rect class=\"limit\" x=\"{at}\" width=\"0.8\" height=\"10\"/>")
    });
    let class = escape::html(class);
    let gap = if class.is_empty() { "" } else { " " };
    format!(
        "<svg class=\"bar{gap}{class}\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"track\" width=\"100\" height=\"10\"/><rect class=\"fill\" width=\"{width:.1}\" height=\"10\"/>\
         {mark}</svg>"
    )
}
