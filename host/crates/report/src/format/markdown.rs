//! Markdown as GitHub and GitLab show it, from the template `report.md.hbs`.

use std::sync::Arc;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};

use crate::template::Templates;

/// Help of `--format markdown`.
pub(super) const ABOUT: &str = "Markdown for pull requests, job summaries and wikis";

/// See the module.
pub(super) struct Markdown(pub(super) Arc<Templates>);

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        self.0
            .render("report.md", record, view)
            .map(String::into_bytes)
    }
}
