//! Handlebars templates over the report context: the built-in reports and the user's own.
//!
//! The texts come from the caller; nothing here reads a file. What a template may name is in `templates/README.md`.

mod blocks;
mod fault;
mod verbs;

use std::collections::BTreeMap;

use handlebars::Handlebars;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{RenderError, View};
use serde_json::Value;

use crate::format::within;
use crate::{context, escape, neutral};

/// What a template writes; it follows from the name without `.hbs` and decides how `{{ }}` escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// `.html`, `.htm`, `.xml`, `.svg`.
    Html,
    /// `.md`, `.markdown`.
    Markdown,
    /// Everything else: only harmful characters are escaped.
    Plain,
}

impl Flavour {
    /// The flavour of a template of that name.
    pub(crate) fn of(name: &str) -> Self {
        let name = name.strip_suffix(".hbs").unwrap_or(name);
        match name
            .rsplit_once('.')
            .map(|(_, end)| end.to_ascii_lowercase())
            .as_deref()
        {
            Some("html" | "htm" | "xml" | "svg") => Flavour::Html,
            Some("md" | "markdown") => Flavour::Markdown,
            _ => Flavour::Plain,
        }
    }

    fn escape(self, text: &str) -> String {
        match self {
            Flavour::Html => escape::html(text),
            Flavour::Markdown => escape::markdown(text),
            Flavour::Plain => neutral::block(text).into_owned(),
        }
    }
}

/// Named template texts: `report.html.hbs`, `partials/finding.html.hbs`, and files that templates take in whole, such as
/// `report.css`.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    files: BTreeMap<String, String>,
}

impl Templates {
    /// Takes the files by their paths from the folder of templates, with forward slashes. A later file replaces an
    /// earlier one of the same name, so the layers go in from the built-in one up.
    pub fn new(files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(name, text)| (name.into(), text.into()))
                .collect(),
        }
    }

    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Renders the template `name` of this set; `.hbs` may be left out.
    ///
    /// # Errors
    /// If there is no such template, or it is wrong; the message names template, line and column.
    pub fn render(
        &self,
        name: &str,
        record: &RunRecord,
        view: &View,
    ) -> Result<String, RenderError> {
        let (full, text) = self.named(name)?;
        self.render_text(&full, text, record, view)
    }

    /// The file name and the text of the template `name`; `.hbs` may be left out.
    pub(crate) fn named(&self, name: &str) -> Result<(String, &str), RenderError> {
        let full = if name.ends_with(".hbs") {
            name.to_owned()
        } else {
            format!("{name}.hbs")
        };
        let Some(text) = self.files.get(&full) else {
            let known: Vec<&str> = self
                .names()
                .filter(|name| name.ends_with(".hbs") && !name.starts_with(PARTIALS))
                .collect();
            let message = format!(
                "there is no template `{}`; there are {}",
                neutral::line(name),
                known.join(", ")
            );
            return Err(RenderError { message });
        };
        Ok((full, text))
    }

    /// Renders `text`, the content of a template file called `name`, which may use the partials of this set.
    ///
    /// # Errors
    /// If the template is wrong; the message names template, line and column.
    pub fn render_text(
        &self,
        name: &str,
        text: &str,
        record: &RunRecord,
        view: &View,
    ) -> Result<String, RenderError> {
        let context = self.context(text, record, view)?;
        match longest(text) {
            Some(bytes) => within(bytes, &context, |short| {
                self.render_value(name, text, short)
            }),
            None => self.render_value(name, text, &context),
        }
    }

    /// What the template `text` sees.
    pub(crate) fn context(
        &self,
        text: &str,
        record: &RunRecord,
        view: &View,
    ) -> Result<Value, RenderError> {
        // A template that never says the word cannot ask for the field.
        let with_record = self
            .files
            .values()
            .map(String::as_str)
            .chain([text])
            .any(|text| text.contains("record"));
        context::build(record, view, with_record)
    }

    /// Renders with a context that is already there.
    pub(crate) fn render_value(
        &self,
        name: &str,
        text: &str,
        context: &Value,
    ) -> Result<String, RenderError> {
        let flavour = Flavour::of(name);
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.set_prevent_indent(true);
        registry.register_escape_fn(move |text| flavour.escape(text));
        let assets = self
            .files
            .iter()
            .filter(|(name, _)| !name.ends_with(".hbs"))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        verbs::register(&mut registry, flavour, assets);
        for (path, text) in &self.files {
            if let Some(partial) = partial_name(path).filter(|_| Flavour::of(path) == flavour) {
                registry
                    .register_template_string(partial, text)
                    .map_err(|error| fault::parse(path, text, &error))?;
            }
        }
        registry
            .register_template_string(MAIN, text)
            .map_err(|error| fault::parse(name, text, &error))?;
        registry.render(MAIN, context).map_err(|error| {
            let at = match error.template_name.as_deref() {
                None | Some(MAIN) => name.to_owned(),
                Some(partial) => self
                    .names()
                    .find(|path| {
                        Flavour::of(path) == flavour && partial_name(path) == Some(partial)
                    })
                    .unwrap_or(partial)
                    .to_owned(),
            };
            fault::render(&at, &error, context)
        })
    }
}

/// The bytes that a template sets as its limit, for a comment of a forge: it begins with `{{!-- longest 65536 --}}`.
fn longest(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("{{!-- longest ")?;
    rest.split_once(" --}}")?.0.trim().parse().ok()
}

/// The name under which the template being rendered is registered; no partial can have it.
const MAIN: &str = "(main)";
const PARTIALS: &str = "partials/";

/// `partials/finding.html.hbs` is the partial `finding` of HTML templates.
fn partial_name(path: &str) -> Option<&str> {
    let stem = path.strip_prefix(PARTIALS)?.strip_suffix(".hbs")?;
    Some(stem.rsplit_once('.').map_or(stem, |(name, _)| name))
}

#[cfg(test)]
pub(crate) use tests::embedded as embedded_for_tests;

#[cfg(test)]
mod tests;
