//! Results of a SARIF 2.1.0 file, of whatever tool, as far as labels can meet them. Writing SARIF is the report room's business.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::ids::RuleId;
use perfctl_core::label::Found;
use serde::Deserialize;

use crate::diagnose::{Fault, Faults};

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    #[serde(default)]
    tool: Tool,
    #[serde(default)]
    results: Vec<Answer>,
}

#[derive(Default, Deserialize)]
struct Tool {
    #[serde(default)]
    driver: Driver,
}

#[derive(Default, Deserialize)]
struct Driver {
    #[serde(default)]
    rules: Vec<Described>,
}

#[derive(Deserialize)]
struct Described {
    id: String,
    #[serde(default)]
    properties: Properties,
}

#[derive(Default, Deserialize)]
struct Properties {
    #[serde(default)]
    aliases: Vec<String>,
    confidence: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    rule_id: Option<String>,
    #[serde(default)]
    locations: Vec<Location>,
    #[serde(default)]
    suppressions: Vec<serde::de::IgnoredAny>,
    #[serde(default)]
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(default)]
    physical_location: Physical,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    #[serde(default)]
    artifact_location: Artifact,
    #[serde(default)]
    region: Region,
}

#[derive(Default, Deserialize)]
struct Artifact {
    #[serde(default)]
    uri: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: Option<u32>,
    end_line: Option<u32>,
}

/// The results in `text`, which came from `path`, that count: not suppressed, not of low confidence, with a place.
///
/// # Errors
/// A text that is no SARIF.
pub fn read(path: &str, text: &str) -> Result<Vec<Found>, Faults> {
    let log: Log = serde_json::from_str(text).map_err(|error| Fault {
        line: u32::try_from(error.line()).unwrap_or(u32::MAX),
        column: u32::try_from(error.column()).unwrap_or(u32::MAX),
        ..Fault::of_file(path, format!("no SARIF 2.1.0: {error}"))
    })?;
    let mut all = Vec::new();
    for run in log.runs {
        let rules = run.tool.driver.rules.into_iter();
        let aliases: BTreeMap<String, Vec<String>> = rules
            .map(|rule| (rule.id, rule.properties.aliases))
            .collect();
        for answer in run.results {
            let is_low = answer.properties.confidence.as_deref() == Some("low");
            let place = answer.locations.into_iter().next();
            let Some(place) = place.filter(|_| !is_low && answer.suppressions.is_empty()) else {
                continue;
            };
            let id = answer.rule_id.unwrap_or_default();
            let of_rule = aliases.get(&id).into_iter().flatten();
            let ids = answer.properties.aliases.iter().chain(of_rule).chain([&id]);
            let place = place.physical_location;
            let start = place.region.start_line.unwrap_or(1);
            all.push(Found {
                ids: ids
                    .map(|id| RuleId::from(id.as_str()))
                    .collect::<BTreeSet<_>>(),
                path: path_of(&place.artifact_location.uri),
                start,
                end: place.region.end_line.unwrap_or(start),
            });
        }
    }
    Ok(all)
}

/// The path from the repository's root that a URI means: `[id].ts` is written `%5Bid%5D.ts` there.
fn path_of(uri: &str) -> String {
    let uri = uri.strip_prefix("file://").unwrap_or(uri);
    let uri = uri.strip_prefix("./").unwrap_or(uri);
    let digit = |at: usize| {
        let byte = uri.as_bytes().get(at)?;
        (*byte as char).to_digit(16).map(|digit| digit as u8)
    };
    let (mut out, mut at) = (Vec::with_capacity(uri.len()), 0);
    while let Some(byte) = uri.as_bytes().get(at) {
        let pair = (*byte == b'%').then(|| digit(at + 1).zip(digit(at + 2)));
        match pair.flatten() {
            Some((high, low)) => {
                out.push(high * 16 + low);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| uri.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_is_read_with_every_name_of_its_rule() {
        let text = r#"{"runs": [{"tool": {"driver": {"rules": [{"id": "A-1", "properties": {"aliases": ["B-1"]}}]}},
            "results": [
              {"ruleId": "A-1", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "./p/%5Bid%5D.ts"}, "region": {"startLine": 4, "endLine": 6}}}],
               "properties": {"aliases": ["C-1"], "confidence": "high"}},
              {"ruleId": "A-1", "locations": [{}], "properties": {"confidence": "low"}},
              {"ruleId": "A-1", "locations": [{}], "suppressions": [{"kind": "inSource"}]},
              {"ruleId": "A-1"},
              {"ruleId": "D-1", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "100%.py"}}}]}]}]}"#;
        let found = read("x.sarif", text).expect("in order");
        let ids = |at: usize| found[at].ids.iter().map(RuleId::as_str).collect::<Vec<_>>();
        assert_eq!(found.len(), 2);
        assert_eq!(ids(0), ["A-1", "B-1", "C-1"]);
        assert_eq!(
            (&*found[0].path, found[0].start, found[0].end),
            ("p/[id].ts", 4, 6)
        );
        assert_eq!(
            (&*found[1].path, found[1].start, found[1].end),
            ("100%.py", 1, 1)
        );
        let fault = read("x.sarif", "{\"runs\": 1}").expect_err("no SARIF");
        assert!(fault.to_string().contains("x.sarif:1"), "{fault}");
    }
}
