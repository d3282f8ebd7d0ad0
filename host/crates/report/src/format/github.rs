//! Workflow commands of GitHub Actions: one annotation per finding, and one for everything else that the exit code is about,
//! within the limits that GitHub cuts at silently.

use std::collections::HashMap;
use std::fmt::Write as _;

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::Severity;
use perfctl_core::seams::{Format, RenderError, View};

use crate::placeless::Kind;
use crate::source_link::repository_path;
use crate::{help_text, neutral, placeless, select, shown_finding, summary};

/// Help of `--format github`.
pub(super) const ABOUT: &str = "annotations for GitHub Actions, ten per level";

/// Annotations of one level that a step may make; GitHub drops further ones without a word.
const PER_LEVEL: usize = 10;

/// See the module.
pub(super) struct GitHub;

const LEVELS: [&str; 3] = ["error", "warning", "notice"];

/// The level of items and steps without a result: the exit code is 3 for them.
const BROKEN: usize = 0;

/// The level of what could not be looked at.
const PROBLEM: usize = 1;

fn level(severity: Severity) -> usize {
    match severity {
        Severity::Critical | Severity::High => 0,
        Severity::Medium => 1,
        Severity::Low => 2,
    }
}

impl Format for GitHub {
    fn name(&self) -> &str {
        "github"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let mut out = String::new();
        let (mut shown, mut cut) = ([0; 3], [0; 3]);
        for remark in placeless::remarks(record) {
            let level = match remark.kind {
                Kind::Budget(severity) => level(severity),
                Kind::Error => BROKEN,
            };
            if shown[level] == PER_LEVEL {
                cut[level] += 1;
                continue;
            }
            shown[level] += 1;
            let item = record
                .items
                .iter()
                .find(|item| item.id.as_str() == remark.subject);
            let title = item.map_or("", |item| item.title.as_str());
            let _ = writeln!(
                out,
                "::{} title={}::{}",
                LEVELS[level],
                escape_property(format!("{} {title}", remark.subject).trim_end()),
                escape_data(&remark.message)
            );
        }
        for finding in by_worth(record, view) {
            let level = level(finding.severity);
            if shown[level] == PER_LEVEL {
                cut[level] += 1;
                continue;
            }
            shown[level] += 1;
            annotation(&mut out, LEVELS[level], record, finding);
        }
        for problem in &record.problems {
            if shown[PROBLEM] == PER_LEVEL {
                cut[PROBLEM] += 1;
                continue;
            }
            shown[PROBLEM] += 1;
            // A line is named only by what lies on it; the subject of others may be no file.
            let (path, line) = placeless::place(record, &problem.subject);
            let place = line.map_or(String::new(), |line| {
                format!("file={},line={line},", escape_property(&path))
            });
            let _ = writeln!(
                out,
                "::{} {place}title={}::{}",
                LEVELS[PROBLEM],
                escape_property(if line.is_some() {
                    &path
                } else {
                    &problem.subject
                }),
                escape_data(&problem.message)
            );
        }
        let cut: Vec<String> = LEVELS
            .iter()
            .zip(cut)
            .filter(|(_, number)| *number > 0)
            .map(|(level, number)| format!("{number} more at level {level}"))
            .collect();
        if !cut.is_empty() {
            let _ = writeln!(
                out,
                "perfctl: {} not shown as annotations (GitHub takes {PER_LEVEL} per level); the report has all",
                cut.join(", ")
            );
        }
        let _ = writeln!(out, "perfctl: {}", summary::headline(record));
        Ok(out.into_bytes())
    }
}

/// The findings in the order in which they deserve one of the few places: the critical ones, then one of each rule before a
/// second one of any, the best rank first.
fn by_worth<'a>(record: &'a RunRecord, view: &View) -> Vec<&'a Finding> {
    let mut findings: Vec<&Finding> = record
        .findings
        .iter()
        .filter(|finding| select::is_shown(finding, record.least, view))
        .filter(|finding| finding.silenced.is_none())
        .collect();
    let is_less = |finding: &Finding| finding.severity != Severity::Critical;
    findings.sort_by_key(|finding| {
        let position = finding.rank.map_or(usize::MAX, |rank| rank.position);
        (is_less(finding), position)
    });
    let mut of_rule: HashMap<&RuleId, usize> = HashMap::new();
    let mut turns: Vec<(usize, &Finding)> = Vec::with_capacity(findings.len());
    for finding in findings {
        let turn = of_rule.entry(&finding.rule).or_default();
        turns.push((*turn, finding));
        *turn += 1;
    }
    turns.sort_by_key(|(turn, finding)| (is_less(finding), *turn));
    turns.into_iter().map(|(_, finding)| finding).collect()
}

fn annotation(out: &mut String, level: &str, record: &RunRecord, finding: &Finding) {
    let rule = select::rule_of(record, &finding.rule);
    let place = &finding.place;
    let title = rule.map_or("", |rule| rule.title.as_str());
    let mut properties = vec![
        ("file", repository_path(&record.source, &place.path)),
        ("line", place.start.line.to_string()),
        ("endLine", place.end.line.to_string()),
    ];
    // GitHub takes columns only where the span is within one line.
    if place.start.line == place.end.line {
        properties.push(("col", place.start.column.to_string()));
        properties.push(("endColumn", place.end.column.to_string()));
    }
    properties.push((
        "title",
        format!("{} {title}", finding.rule).trim_end().to_owned(),
    ));
    let properties: Vec<String> = properties
        .iter()
        .map(|(key, value)| format!("{key}={}", escape_property(value)))
        .collect();
    let mut message = neutral::sentence(&finding.message);
    if let Some(rule) = rule {
        let why = help_text::first_paragraph(&rule.help.why);
        for (name, text) in [("why", why), ("fix", shown_finding::how(rule, finding))] {
            if !text.is_empty() {
                let _ = write!(message, "\n{name}: {text}");
            }
        }
    }
    let _ = writeln!(
        out,
        "::{level} {}::{}",
        properties.join(","),
        escape_data(&message)
    );
}

/// What follows the second `::`.
fn escape_data(text: &str) -> String {
    neutral::block(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace('\t', " ")
}

/// The value of a property.
fn escape_property(text: &str) -> String {
    escape_data(&neutral::sentence(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use perfctl_core::verdict::Verdict;

    fn text(record: &RunRecord) -> String {
        String::from_utf8(GitHub.render(record, &View::default()).expect("renders")).expect("UTF-8")
    }

    #[test]
    fn properties_and_message_are_escaped() {
        let mut record = fixture::small();
        record.findings[0].place.path = "a,b:c%.py".into();
        record.findings[0].message = "100 %\n::error::injected".to_owned();
        let text = text(&record);
        assert!(
            text.starts_with("::error file=a%2Cb%3Ac%25.py,line=14,"),
            "{text}"
        );
        assert!(
            text.contains("::100 %25 ::error::injected%0Awhy: "),
            "{text}"
        );
        assert_eq!(
            text.lines().filter(|line| line.starts_with("::")).count(),
            1
        );
    }

    #[test]
    fn ten_per_level_and_then_one_line_that_says_how_many_are_missing() {
        let mut record = fixture::small();
        let one = record.findings[0].clone();
        record.findings = vec![one; 25];
        let text = text(&record);
        assert_eq!(text.matches("::error ").count(), 10);
        assert!(
            text.contains("perfctl: 15 more at level error not shown"),
            "{text}"
        );
    }

    #[test]
    fn critical_findings_come_first_and_every_rule_before_any_repeats() {
        let mut record = fixture::small();
        let one = record.findings[0].clone();
        let find = |rule: &str, severity, line| {
            let mut finding = one.clone();
            finding.rule = RuleId::new(rule);
            finding.severity = severity;
            finding.place.start.line = line;
            finding.rank = None;
            finding
        };
        // In the order of their ranks.
        let many = (1..=12).map(|line| find("NET-901", Severity::High, line));
        let rest = [
            find("DB-901", Severity::High, 20),
            find("CACHE-901", Severity::Critical, 21),
            find("DB-901", Severity::High, 22),
        ];
        record.findings = many.chain(rest).collect();
        let text = text(&record);
        let lines: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split("line=").nth(1)?.split(',').next())
            .collect();
        assert_eq!(lines, ["21", "1", "20", "2", "22", "3", "4", "5", "6", "7"]);
    }

    #[test]
    fn a_rule_that_broke_is_named() {
        let mut record = fixture::clean();
        record.items[0].verdict = Verdict::Error("rule.lua:3: attempt to index nil".to_owned());
        let id = record.items[0].id.to_string();
        let text = text(&record);
        assert!(text.starts_with(&format!("::error title={id} ")), "{text}");
        assert!(text.contains("::could not be judged: rule.lua:3"), "{text}");
    }

    #[test]
    fn a_span_over_lines_has_no_columns() {
        let mut record = fixture::small();
        record.findings[0].place.end.line += 1;
        assert!(!text(&record).contains("col="));
    }

    #[test]
    fn a_problem_in_the_settings_lies_on_its_line() {
        let record = fixture::misconfigured();
        let bytes = GitHub.render(&record, &View::default()).expect("renders");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let expected = "::warning file=.perfctl.toml,line=2,title=.perfctl.toml::names no module\n";
        assert!(text.starts_with(expected), "{text}");
    }
}
