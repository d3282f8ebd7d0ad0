//! What is wrong with a template, said so that its author can mend it: file, line, column, and the nearest known name.

use handlebars::{RenderErrorReason, TemplateError, TemplateErrorReason};
use perfctl_core::seams::RenderError;
use serde_json::Value;

use super::blocks;
use crate::neutral;

/// A template that cannot be parsed.
pub(super) fn parse(name: &str, text: &str, error: &TemplateError) -> RenderError {
    if let Some(found) = blocks::unbalanced(text) {
        let (name, what) = (neutral::line(name), neutral::line(&found.what));
        return RenderError {
            message: format!("{name}:{}:{}: {what}", found.line, found.column),
        };
    }
    reject(name, error)
}

fn reject(name: &str, error: &TemplateError) -> RenderError {
    let place = match error.pos() {
        Some((line, column)) => format!("{}:{line}:{column}", neutral::line(name)),
        None => neutral::line(name).into_owned(),
    };
    // The parser draws its own excerpt below the first lines, which says nothing more than the place.
    let reason = match error.reason() {
        // It lists tokens of its grammar.
        TemplateErrorReason::InvalidSyntax(_) => "this is not how a template is written".to_owned(),
        other => other.to_string(),
    };
    RenderError {
        message: format!("{place}: {}", first_sentence(&reason)),
    }
}

/// A template that cannot be rendered.
pub(super) fn render(name: &str, error: &handlebars::RenderError, context: &Value) -> RenderError {
    if let RenderErrorReason::TemplateError(inner) = error.reason() {
        return reject(name, inner);
    }
    let place = match (error.line_no, error.column_no) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", neutral::line(name)),
        _ => neutral::line(name).into_owned(),
    };
    let what = match error.reason() {
        RenderErrorReason::MissingVariable(path) => missing(path.as_deref().unwrap_or(""), context),
        RenderErrorReason::HelperNotFound(helper) => {
            let known = super::verbs::names();
            format!(
                "there is no helper `{}`{}",
                neutral::line(helper),
                nearest(helper, known.iter().copied())
            )
        }
        RenderErrorReason::PartialNotFound(partial) => {
            format!(
                "there is no partial `{}`; partials are the files in `partials/`",
                neutral::line(partial)
            )
        }
        other => neutral::sentence(&other.to_string()),
    };
    RenderError {
        message: format!("{place}: {what}"),
    }
}

fn missing(path: &str, context: &Value) -> String {
    let last = path.rsplit(['.', '/']).next().unwrap_or(path);
    let mut known = std::collections::BTreeSet::new();
    collect_names(context, &mut known, 0);
    let path = if path.is_empty() { "(unnamed)" } else { path };
    format!(
        "there is no field `{}` here{}; the fields are listed in templates/README.md",
        neutral::line(path),
        nearest(last, known.iter().copied())
    )
}

/// `; did you mean ...?`, or nothing where no name is near.
fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance > 0 && *distance * 3 <= name.len().max(3))
        .min()
        .map_or_else(String::new, |(_, name)| format!("; did you mean `{name}`?"))
}

fn collect_names<'a>(
    value: &'a Value,
    names: &mut std::collections::BTreeSet<&'a str>,
    depth: usize,
) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                names.insert(name.as_str());
                collect_names(inner, names, depth + 1);
            }
        }
        // The elements of an array are alike; a few show all optional parts.
        Value::Array(all) => all
            .iter()
            .take(3)
            .for_each(|inner| collect_names(inner, names, depth + 1)),
        _ => {}
    }
}

fn first_sentence(text: &str) -> String {
    let text = neutral::sentence(text);
    text.trim_end_matches('.').to_owned()
}
