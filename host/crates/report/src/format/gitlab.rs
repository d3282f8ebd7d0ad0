//! Code Quality of GitLab: a list of issues in the part of Code Climate's format that GitLab reads
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).

use std::collections::HashMap;

use perfctl_core::run::RunRecord;
use perfctl_core::scale::Severity;
use perfctl_core::seams::{Format, RenderError, View};
use serde::Serialize;

use crate::placeless::Kind;
use crate::source_link::repository_path;
use crate::{json_text, neutral, placeless, select};

/// Help of `--format gitlab`.
pub(super) const ABOUT: &str = "Code Quality report of GitLab";

/// See the module.
pub(super) struct GitLab;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// GitLab has a word above critical, and one below for what is no defect.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "blocker",
        Severity::High => "critical",
        Severity::Medium => "major",
        Severity::Low => "minor",
    }
}

impl Format for GitLab {
    fn name(&self) -> &str {
        "gitlab"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        // GitLab keeps one issue of each fingerprint: equal findings are told apart by their number.
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut unique = |fingerprint: String| {
            let number = seen.entry(fingerprint.clone()).or_default();
            *number += 1;
            match number {
                1 => fingerprint,
                number => format!("{fingerprint}-{number}"),
            }
        };
        let findings = record
            .findings
            .iter()
            .filter(|finding| select::is_shown(finding, record.least, view))
            // It knows no silenced issue.
            .filter(|finding| finding.silenced.is_none());
        let mut issues: Vec<Issue> = findings
            .map(|finding| Issue {
                description: neutral::sentence(&finding.message),
                check_name: finding.rule.to_string(),
                fingerprint: unique(finding.fingerprint.clone()),
                severity: severity(finding.severity),
                location: Location {
                    path: repository_path(&record.source, &finding.place.path),
                    lines: Lines {
                        begin: finding.place.start.line,
                    },
                },
            })
            .collect();
        // An empty list would call clean what is too slow, and what nobody could look at. GitLab wants a place of everything.
        issues.extend(placeless::remarks(record).into_iter().map(|remark| {
            let (name, severity) = match remark.kind {
                Kind::Budget(worst) => ("perfctl-budget", severity(worst)),
                Kind::Error => ("perfctl-error", "info"),
            };
            Issue {
                description: format!("{}: {}", remark.subject, remark.message),
                check_name: name.to_owned(),
                fingerprint: unique(format!("{name} {}", remark.subject)),
                severity,
                location: Location {
                    path: remark.subject,
                    lines: Lines { begin: 1 },
                },
            }
        }));
        issues.extend(record.problems.iter().map(|problem| {
            let (path, line) = placeless::place(record, &problem.subject);
            Issue {
                description: neutral::sentence(&problem.message),
                check_name: "perfctl-problem".to_owned(),
                fingerprint: unique(format!("problem {path}")),
                severity: "info",
                location: Location {
                    path,
                    lines: Lines {
                        begin: line.unwrap_or(1),
                    },
                },
            }
        }));
        json_text::pretty(&issues)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    fn issues(record: &RunRecord) -> Vec<Value> {
        let bytes = GitLab.render(record, &View::default()).expect("renders");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    #[test]
    fn an_issue_holds_what_gitlab_asks_for_and_nothing_else() {
        let record = fixture::small();
        let finding = &record.findings[0];
        let expected = json!({
            "description": finding.message,
            "check_name": "NET-901",
            "fingerprint": finding.fingerprint,
            "severity": "critical",
            "location": { "path": "app/billing.py", "lines": { "begin": 14 } },
        });
        assert_eq!(issues(&record), [expected]);
        assert_eq!(issues(&fixture::clean()), Vec::<Value>::new());
    }

    #[test]
    fn a_run_that_fails_is_no_empty_list() {
        let slow = issues(&fixture::slow());
        assert_eq!(slow.len(), 1);
        assert_eq!(slow[0]["severity"], "critical");
        assert!(
            slow[0]["description"]
                .as_str()
                .is_some_and(|text| text.starts_with("START-901: `import.total"))
        );
        let mut broke = fixture::clean();
        broke.items[0].verdict = perfctl_core::verdict::Verdict::Error("line 4".to_owned());
        assert_eq!(issues(&broke)[0]["check_name"], "perfctl-error");
        let record = fixture::misconfigured();
        let place = json!({ "path": ".perfctl.toml", "lines": { "begin": 2 } });
        assert_eq!(issues(&record)[0]["location"], place);
    }

    #[test]
    fn every_fingerprint_is_there_once_and_every_severity_is_one_of_gitlabs() {
        let mut record = fixture::rich();
        let again = record.findings.clone();
        record.findings.extend(again);
        let issues = issues(&record);
        let counted = record
            .findings
            .iter()
            .filter(|finding| select::counts(finding, record.least));
        let others = record.problems.len() + placeless::remarks(&record).len();
        assert_eq!(issues.len(), counted.count() + others);
        let fingerprints: BTreeSet<&str> = issues
            .iter()
            .filter_map(|issue| issue["fingerprint"].as_str())
            .collect();
        assert_eq!(fingerprints.len(), issues.len());
        for issue in &issues {
            let word = issue["severity"].as_str().expect("a word");
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&word));
            assert!(
                !issue["location"]["path"]
                    .as_str()
                    .expect("a path")
                    .starts_with("./")
            );
        }
    }
}
