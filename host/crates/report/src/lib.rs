//! Renders run records: one file per output format, and Handlebars templates for reports.
//!
//! Pure: everything comes from the record and the view. Must not know files, processes, clocks, the store or the engine.

mod against;
mod broken;
mod change;
mod checked;
mod column;
mod comparison;
mod context;
mod diff;
mod escape;
mod evidence;
mod format;
mod frame;
mod gate;
mod help_text;
mod json_text;
mod ledger;
mod listed;
mod looked;
mod metric_title;
mod moment;
mod neutral;
mod overview;
mod placeless;
mod prose;
mod rules_page;
mod said_once;
mod sarif;
mod select;
mod shell;
mod short;
mod shown_finding;
mod source_link;
mod summary;
mod template;
mod terminal;

pub use comparison::{COMPARISON_FORMATS, comparison_summary, render_comparison};
pub use format::{Entry, FORMATS, find};
pub use gate::hold_uncommitted;
pub use help_text::{first_paragraph, labelled};
pub use json_text::pretty as json_pretty;
pub use neutral::{block as neutral_block, line as neutral_line};
pub use rules_page::{PageRule, rules_page};
pub use shell::word as shell_word;
pub use summary::headline;
pub use template::Templates;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod snapshot_tests;
#[cfg(test)]
mod testing;
