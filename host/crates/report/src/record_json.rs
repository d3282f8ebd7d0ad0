//! The record as JSON: what `run.json` holds, for the formats that pass it on and for templates.

use perfctl_core::run::RunRecord;
use perfctl_core::seams::RenderError;
use serde_json::Value;

/// The record as a JSON value.
///
/// # Errors
/// If a number cannot be written as JSON.
pub(crate) fn value(_record: &RunRecord) -> Result<Value, RenderError> {
    Ok(Value::Null)
}
