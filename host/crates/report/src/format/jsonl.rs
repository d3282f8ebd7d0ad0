//! wip
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};
pub(super) const ABOUT: &str = "x";
pub(super) struct JsonLines;
impl Format for JsonLines {
    fn name(&self) -> &'static str { "jsonl" }
    fn about(&self) -> &'static str { ABOUT }
    fn render(&self, record: &RunRecord, _: &View) -> Result<Vec<u8>, RenderError> {
        crate::json_text::pretty(&crate::record_json::value(record)?)
    }
}
