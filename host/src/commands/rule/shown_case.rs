//! What came of cases, for people and for programs.

use std::fmt::Write as _;
use std::path::Path;

use perfctl_runtime::cases::{CaseResult, LineResult, Outcome};
use serde::Serialize;

use super::layout::{BOLD, DIM, GREEN, RED, YELLOW, paint};
use super::test::RuleTest;

/// How much is drawn, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) colour: bool,
    /// Also lines that are as marked.
    pub(super) passes: bool,
    /// Also how long each rule took.
    pub(super) times: bool,
}

/// One line per rule, with details where something failed. Paths are shown from `here`.
pub(super) fn draw(test: &RuleTest, here: &Path, look: Look) -> String {
    let mut out = String::new();
    let (word, style) = if test.is_pass() {
        ("ok  ", GREEN)
    } else {
        ("FAIL", RED)
    };
    let cases = match test.cases.len() {
        1 => "1 case".to_owned(),
        some => format!("{some} cases"),
    };
    let mut counts: Vec<String> = Vec::new();
    for outcome in Outcome::ALL {
        match test.count(*outcome) {
            0 => {}
            some => counts.push(format!("{some} {}", outcome.word())),
        }
    }
    let took = if look.times {
        format!("  ({:.2} s)", test.took().as_secs_f64())
    } else {
        String::new()
    };
    let colon = if counts.is_empty() { "" } else { ": " };
    let id = format!("{:<14}", test.place.id.as_str());
    let _ = writeln!(
        out,
        "{}  {}  {cases}{colon}{}{took}",
        paint(word, style, look.colour),
        paint(&id, BOLD, look.colour),
        counts.join(", ")
    );
    for fault in &test.faults {
        detail(&mut out, fault, style_of(false), look);
    }
    for remark in &test.remarks {
        detail(&mut out, &format!("note: {remark}"), DIM, look);
    }
    let head = out.len();
    for case in &test.cases {
        draw_case(&mut out, case, here, look);
    }
    if out.len() > head {
        out.push('\n');
    }
    out
}

fn style_of(pass: bool) -> anstyle::Style {
    if pass { DIM } else { RED }
}

fn detail(out: &mut String, text: &str, style: anstyle::Style, look: Look) {
    for (at, line) in perfctl_report::neutral_block(text).lines().enumerate() {
        let line = if at == 0 {
            paint(line, style, look.colour)
        } else {
            line.to_owned()
        };
        let _ = writeln!(out, "      {line}");
    }
}

fn draw_case(out: &mut String, case: &CaseResult, here: &Path, look: Look) {
    let shown: Vec<&LineResult> = case
        .lines
        .iter()
        .filter(|line| look.passes || !line.outcome.is_pass())
        .collect();
    let dir = from(here, &case.dir);
    for line in &shown {
        draw_line(out, line, &dir, look);
    }
    // They explain why something is missing; a case that passes may be about them.
    let problems = case.problems.iter().filter(|_| !shown.is_empty());
    for problem in problems {
        let text = format!("note: {dir}/{}: {}", problem.subject, problem.message);
        detail(out, &text, DIM, look);
    }
    // Behind what failed, so that nobody takes it for the error.
    if !case.printed.is_empty() {
        if !shown.is_empty() {
            out.push('\n');
        }
        detail(out, &format!("printed in {dir}:"), DIM, look);
        for line in &case.printed {
            let _ = writeln!(out, "        {}", perfctl_report::neutral_line(line));
        }
    }
}

fn draw_line(out: &mut String, line: &LineResult, dir: &str, look: Look) {
    let place = match (line.path.as_str(), line.line) {
        ("", _) => dir.to_owned(),
        (path, 0) => format!("{dir}/{path}"),
        (path, number) => format!("{dir}/{path}:{number}"),
    };
    let style = if line.outcome == Outcome::Gap {
        YELLOW
    } else {
        style_of(line.outcome.is_pass())
    };
    let word = paint(line.outcome.word(), style, look.colour);
    let _ = writeln!(
        out,
        "\n      {word}  {}",
        perfctl_report::neutral_line(&place)
    );
    let number = line.line.to_string();
    for code in line.excerpt.text.lines() {
        let code = perfctl_report::neutral_line(code.trim_end()).replace("\\t", "    ");
        let _ = writeln!(
            out,
            "      {} {code}",
            paint(&format!("{number} |"), DIM, look.colour)
        );
    }
    let gutter = " ".repeat(if line.excerpt.text.is_empty() {
        0
    } else {
        number.len() + 1
    });
    for (at, text) in perfctl_report::neutral_block(&line.message)
        .lines()
        .enumerate()
    {
        let sign = if at == 0 { "= " } else { "  " };
        let _ = writeln!(out, "      {gutter}{sign}{text}");
    }
}

/// `path` as seen from `here`.
pub(super) fn from(here: &Path, path: &Path) -> String {
    let shown = path
        .strip_prefix(here)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    if shown.is_empty() {
        ".".to_owned()
    } else {
        shown
    }
}

/// The last line: what was run and what came of it.
pub(super) fn summary(tests: &[RuleTest], problems: usize, colour: bool) -> String {
    let count = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        some => format!("{some} {one}s"),
    };
    let cases: usize = tests.iter().map(|test| test.cases.len()).sum();
    let failed = tests.iter().filter(|test| !test.is_pass()).count();
    let gaps: usize = tests.iter().map(|test| test.count(Outcome::Gap)).sum();
    let packs = || format!("{} of the packs", count(problems, "problem"));
    let verdict = match (failed, problems) {
        (0, 0) => paint("all as marked", GREEN, colour),
        (0, _) => format!("all as marked, {}", paint(&packs(), RED, colour)),
        (some, 0) => paint(&format!("{} failed", count(some, "rule")), RED, colour),
        (some, _) => {
            let failed = format!("{} failed, {}", count(some, "rule"), packs());
            paint(&failed, RED, colour)
        }
    };
    let gaps = if gaps > 0 {
        format!("; {} (todo)", count(gaps, "known gap"))
    } else {
        String::new()
    };
    format!(
        "{}, {}: {verdict}{gaps}\n",
        count(tests.len(), "rule"),
        count(cases, "case")
    )
}

/// All of it, for programs.
#[derive(Serialize)]
pub(super) struct Document {
    schema: &'static str,
    passed: bool,
    /// What is wrong with the packs themselves.
    problems: Vec<String>,
    rules: Vec<RuleShape>,
    summary: Summary,
}

#[derive(Serialize)]
struct RuleShape {
    id: String,
    path: String,
    passed: bool,
    faults: Vec<String>,
    remarks: Vec<String>,
    took_ms: f64,
    cases: Vec<CaseShape>,
}

#[derive(Serialize)]
struct CaseShape {
    name: String,
    path: String,
    passed: bool,
    took_ms: f64,
    lines: Vec<LineShape>,
    printed: Vec<String>,
    problems: Vec<ProblemShape>,
}

#[derive(Serialize)]
struct LineShape {
    outcome: &'static str,
    passed: bool,
    path: String,
    line: u32,
    message: String,
}

#[derive(Serialize)]
struct ProblemShape {
    subject: String,
    message: String,
}

#[derive(Serialize)]
struct Summary {
    rules: usize,
    cases: usize,
    failed_rules: usize,
    failed_cases: usize,
    gaps: usize,
}

/// Milliseconds with three digits.
fn ms(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

impl Document {
    /// Paths are shown from `here`.
    pub(super) fn of(tests: &[RuleTest], problems: Vec<String>, here: &Path) -> Self {
        let cases = || tests.iter().flat_map(|test| &test.cases);
        let summary = Summary {
            rules: tests.len(),
            cases: cases().count(),
            failed_rules: tests.iter().filter(|test| !test.is_pass()).count(),
            failed_cases: cases().filter(|case| !case.is_pass()).count(),
            gaps: tests.iter().map(|test| test.count(Outcome::Gap)).sum(),
        };
        let rules = tests.iter().map(|test| RuleShape {
            id: test.place.id.to_string(),
            path: from(here, &test.place.folder()),
            passed: test.is_pass(),
            faults: test.faults.clone(),
            remarks: test.remarks.clone(),
            took_ms: ms(test.took()),
            cases: test
                .cases
                .iter()
                .map(|case| case_shape(case, here))
                .collect(),
        });
        Self {
            schema: "perfctl.rule-test/1",
            passed: summary.failed_rules == 0 && problems.is_empty(),
            problems,
            rules: rules.collect(),
            summary,
        }
    }
}

fn case_shape(case: &CaseResult, here: &Path) -> CaseShape {
    let lines = case.lines.iter().map(|line| LineShape {
        outcome: line.outcome.word(),
        passed: line.outcome.is_pass(),
        path: line.path.clone(),
        line: line.line,
        message: line.message.clone(),
    });
    let problems = case.problems.iter().map(|problem| ProblemShape {
        subject: problem.subject.clone(),
        message: problem.message.clone(),
    });
    CaseShape {
        name: case.name.clone(),
        path: from(here, &case.dir),
        passed: case.is_pass(),
        took_ms: ms(case.took),
        lines: lines.collect(),
        printed: case.printed.clone(),
        problems: problems.collect(),
    }
}
