//! The format of this pack. `perfctl schema run` describes the record that it gets.

use std::fmt::Write as _;

use perfctl_plugin::reporter::{Reporter, View};
use serde_json::Value;

perfctl_plugin::reporters![Lines];

/// A line for each finding.
struct Lines;

impl Reporter for Lines {
    const NAME: &'static str = "NEW-PACK";

    // Called once per report. An error says why there is no such document of this record.
    fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String> {
        let record: Value = serde_json::from_slice(record).map_err(|error| error.to_string())?;
        let is_shown = |finding: &&Value| {
            (view.suspicions || finding["confidence"] != "low") && (view.silenced || finding["silenced"].is_null())
        };
        let findings: Vec<&Value> = record["findings"].as_array().into_iter().flatten().filter(is_shown).collect();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let plural = if findings.len() == 1 { "" } else { "s" };
        let mut out = format!("{}: {} finding{plural}\n", text(&record["source"]["name"]), findings.len());
        for one in findings {
            let [severity, rule, message] = ["severity", "rule", "message"].map(|key| text(&one[key]));
            let (path, line) = (text(&one["place"]["path"]), &one["place"]["line"]);
            let _ = writeln!(out, "{severity} {rule} {path}:{line} {message}");
        }
        Ok(out.into_bytes())
    }
}
