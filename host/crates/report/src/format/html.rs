//! One self-contained HTML page, from the template `report.html.hbs`.

use std::sync::Arc;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};

use crate::template::Templates;

/// Help of `--format html`.
pub(super) const ABOUT: &str = "one self-contained page for a browser or paper";

/// See the module.
pub(super) struct Html(pub(super) Arc<Templates>);

impl Format for Html {
    fn name(&self) -> &str {
        "html"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        self.0
            .render("report.html", record, view)
            .map(String::into_bytes)
    }
}
