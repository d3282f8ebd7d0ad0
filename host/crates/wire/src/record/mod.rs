//! The run record as JSON (`run.json`, `"schema": "perfctl.run/1"`): shapes of their own, converted both ways.
//!
//! The nouns of the core change with the code; these shapes change with the schema's version only. Within a version,
//! fields are only added: readers ignore what they do not know, and new fields have a default. A changed meaning or a
//! removed field is a new version. Words are kebab-case; a key that carries a unit says so (`duration_ms`); columns
//! count characters; sizes are bytes.

mod checklist;
mod comparison;
mod finding;
mod history;
mod measure;
mod number;
mod place;
mod repository;
mod rule;
mod run;
mod step;
mod word;

use perfctl_core::run::RunRecord;
use serde::Deserialize;

pub use checklist::{Checklist, Item, Line, Section, VerdictWord};
pub use comparison::{
    Comparison, FixedFinding, Interval, MetricChange, VerdictChange, VerdictSide,
};
pub use finding::{Edit, Finding, Fix, NamedValue, Rank, Related, Silenced};
pub use history::{History, KnownFinding, Sighting};
pub use measure::{Budget, BudgetOutcome, BudgetWord, Inputs, Metric, Part};
pub use number::Number;
pub use place::{Excerpt, Place};
pub use repository::{Detected, LanguageShare, Portrait, Source};
pub use rule::{Help, LayerWord, Rule};
pub use run::{Environment, Problem, Run};
pub use step::{Artifact, StatusWord, Step};
pub use word::{Word, Worded};

use crate::diagnose::{self, Fault};

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "perfctl.run/1";

/// The record as pretty JSON with a final line end.
pub fn write(record: &RunRecord) -> String {
    let mut text = serde_json::to_string_pretty(&Run::from(record))
        .expect("the shapes have text keys only and no serializer of theirs fails");
    text.push('\n');
    text
}

/// Reads a record from `text`, which came from `path`.
///
/// # Errors
/// What is wrong with the JSON or its version, with the line. One fault only: a record is written by a program.
pub fn read(path: &str, text: &str) -> Result<RunRecord, Fault> {
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| fault(path, text, &error))?;
    let Some(schema) = head.schema else {
        return Err(
            Fault::of_file(path, "the file does not name its schema").with_hint(format!(
                "a record of perfctl says `\"schema\": \"{SCHEMA}\"`"
            )),
        );
    };
    if schema != SCHEMA {
        let fault = Fault::of_file(
            path,
            format!("this is a file of schema `{schema}`, expected `{SCHEMA}`"),
        );
        return Err(match schema.strip_prefix("perfctl.run/") {
            Some(_) => {
                fault.with_hint("use the version of perfctl that wrote it, or run the recipe again")
            }
            None => fault,
        });
    }
    let run: Run = serde_json::from_str(text).map_err(|error| fault(path, text, &error))?;
    Ok(run.into())
}

fn fault(path: &str, text: &str, error: &serde_json::Error) -> Fault {
    let shown = error.to_string();
    let message = shown
        .rsplit_once(" at line ")
        .map_or(shown.as_str(), |(message, _)| message);
    let line_start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = (line_start + error.column().saturating_sub(1)).min(text.len());
    let fault = diagnose::Source::new(path, text).fault(at..at + 1, message);
    fault.with_hint("if a person edited the file, undo that; if a run was cut short, run it again")
}

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
pub(crate) mod tests;
