//! The whole record as one JSON document: the same as `run.json`.

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};
use perfctl_wire::record::Run;

use crate::json_text;

/// Help of `--format json`.
pub(super) const ABOUT: &str = "the whole record, as in run.json";

/// See the module.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &str {
        "json"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    /// The view hides nothing here: a record is complete, and readers of it filter themselves.
    fn render(&self, record: &RunRecord, _: &View) -> Result<Vec<u8>, RenderError> {
        json_text::pretty(&Run::from(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn what_is_written_reads_back_as_the_same_record() {
        let record = fixture::rich();
        let bytes = Json.render(&record, &View::default()).expect("renders");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let again = perfctl_wire::record::read("run.json", &text).expect("reads");
        assert_eq!(again, record);
    }
}
