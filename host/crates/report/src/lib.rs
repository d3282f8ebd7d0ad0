//! Renders run records: one file per output format, and Handlebars templates for reports.
//!
//! Pure: everything comes from the record and the view. Must not know files, processes, clocks, the store or the engine.

mod change;
mod column;
mod comparison;
mod context;
mod diff;
mod escape;
mod format;
mod frame;
mod help_text;
mod json_text;
mod metric_title;
mod moment;
mod neutral;
mod overview;
mod prose;
mod said_once;
mod sarif;
mod select;
mod shown_finding;
mod source_link;
mod summary;
mod template;
mod terminal;

pub use comparison::{COMPARISON_FORMATS, render_comparison};
pub use context::SCHEMA as TEMPLATE_CONTEXT_SCHEMA;
pub use format::{Entry, FORMATS, find};
pub use help_text::{first_paragraph, to_html as help_to_html, to_markdown as help_to_markdown};
pub use json_text::{compact as json_compact, pretty as json_pretty};
pub use neutral::{block as neutral_block, line as neutral_line, sentence as neutral_sentence};
pub use summary::{headline, next_step};
pub use template::{Flavour, Templates};

/// Draws one finding as the format `human` does, with why and how to fix it: what a live run prints as things are found.
/// Ends with a line end.
pub fn draw_finding(
    finding: &perfctl_core::finding::Finding,
    rule: Option<&perfctl_core::rule::Rule>,
    view: &perfctl_core::seams::View,
) -> String {
    shown_finding::draw(finding, rule, true, view)
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod snapshot_tests;
#[cfg(test)]
mod testing;
