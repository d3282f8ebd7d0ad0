//! Findings by rule, as templates see them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use perfctl_core::finding::{Finding as Found, Related as Shown, Silenced as Quiet};
use perfctl_core::fix::Fix as Change;
use perfctl_core::place::Place;
use perfctl_core::rule::Rule;
use perfctl_core::run::RunRecord;
use serde::Serialize;

use super::Pair;
use super::outline::anchor;
use crate::frame::{self, Frame};
use crate::help_text::language::{self, Family};
use crate::select;
use crate::shown_finding::reach_phrase;
use crate::source_link::place_url;
use crate::{diff, help_text, ledger};

#[derive(Serialize)]
pub(super) struct Group<'a> {
    position: usize,
    rule: &'a str,
    title: &'a str,
    anchor: String,
    category: Option<&'a str>,
    severity: &'static str,
    effort: Option<&'static str>,
    fix_class: Option<&'static str>,
    metric: Option<&'a str>,
    pack: Option<&'a str>,
    why: String,
    how: String,
    help: Option<Help<'a>>,
    counted: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Help<'a> {
    what: &'a str,
    why: &'a str,
    source: &'a str,
    example: Cow<'a, str>,
    fix: Cow<'a, str>,
    false_alarms: &'a str,
    measure: &'a str,
}

pub(super) fn group<'a>(record: &'a RunRecord, group: &select::Group<'a>, at: usize) -> Group<'a> {
    let rule: Option<&'a Rule> = group.rule;
    // What is said for languages of other repositories is for `rule explain`.
    let paths = group.findings.iter().map(|found| &found.place.path);
    let families: BTreeSet<Family> = paths.filter_map(|path| Family::of_path(path)).collect();
    let chosen = |text: &'a str| language::chosen(text, &families);
    Group {
        position: at + 1,
        rule: group.id.as_str(),
        title: rule.map_or(group.id.as_str(), |rule| &rule.title),
        anchor: anchor(group.id.as_str()),
        category: rule.map(|rule| rule.category.as_str()),
        severity: group.severity().word(),
        effort: rule.map(|rule| rule.effort.word()),
        fix_class: rule.and_then(|rule| rule.fix).map(|safety| safety.word()),
        metric: rule
            .and_then(|rule| rule.metric.as_ref())
            .map(|metric| metric.as_str()),
        pack: rule.map(|rule| rule.pack.as_str()),
        why: rule.map_or_else(String::new, |rule| {
            help_text::first_paragraph(&rule.help.why)
        }),
        how: rule.map_or_else(String::new, |rule| {
            help_text::first_paragraph(&chosen(&rule.help.fix))
        }),
        help: rule.map(|rule| Help {
            what: &rule.help.what,
            why: &rule.help.why,
            source: &rule.help.source,
            example: chosen(&rule.help.example),
            fix: chosen(&rule.help.fix),
            false_alarms: &rule.help.false_alarms,
            measure: &rule.help.measure,
        }),
        counted: group.counted(),
        findings: group
            .findings
            .iter()
            .map(|found| finding(record, found))
            .collect(),
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    position: Option<usize>,
    rule: &'a str,
    message: &'a str,
    severity: &'static str,
    confidence: &'static str,
    reach: &'static str,
    runs: &'static str,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    link: Option<String>,
    symbol: &'a str,
    notes: Vec<Pair<'a>>,
    frame: Code,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
    silenced: Option<Silenced<'a>>,
    score: Option<f64>,
    fingerprint: &'a str,
    is_new: Option<bool>,
    since: Option<String>,
    came_back: bool,
}

fn finding<'a>(record: &'a RunRecord, found: &'a Found) -> Finding<'a> {
    Finding {
        position: found.rank.map(|rank| rank.position),
        rule: found.rule.as_str(),
        message: &found.message,
        severity: found.severity.word(),
        confidence: found.confidence.word(),
        reach: found.reach.word(),
        runs: reach_phrase(found.reach),
        path: &found.place.path,
        line: found.place.start.line,
        column: found.place.start.column,
        end_line: found.place.end.line,
        link: place_url(&record.source, &found.place),
        symbol: &found.symbol,
        notes: found
            .notes
            .iter()
            .map(|(name, value)| Pair { name, value })
            .collect(),
        frame: code(&frame::of_finding(found)),
        related: found
            .related
            .iter()
            .map(|shown| related(record, &found.place, shown))
            .collect(),
        fix: found.fix.as_ref().map(fix),
        silenced: found.silenced.as_ref().map(silenced),
        score: found.rank.map(|rank| rank.score),
        fingerprint: &found.fingerprint,
        is_new: record
            .comparison
            .as_ref()
            .map(|comparison| comparison.new.contains(&found.fingerprint)),
        since: ledger::since(record, found),
        came_back: ledger::came_back(record, found),
    }
}

/// Lines of code with what is marked in them.
#[derive(Serialize)]
struct Code {
    text: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    line: u32,
    gap: bool,
    marked: bool,
    parts: Vec<Part>,
    labels: Vec<String>,
}

#[derive(Serialize)]
struct Part {
    text: String,
    mark: Option<&'static str>,
}

fn code(frame: &Frame) -> Code {
    let lines = frame
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let parts: Vec<Part> = frame
                .parts(at)
                .into_iter()
                .map(|part| Part {
                    text: part.text.to_owned(),
                    mark: part.mark.map(frame::Kind::word),
                })
                .collect();
            Line {
                line: line.number,
                gap: line.gap,
                marked: parts.iter().any(|part| part.mark.is_some()),
                parts,
                labels: frame.labels(at).into_iter().map(str::to_owned).collect(),
            }
        })
        .collect();
    Code {
        text: frame.to_text(),
        lines,
    }
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    path: &'a str,
    line: u32,
    column: u32,
    link: Option<String>,
    /// Whether it is marked in the finding's own frame already.
    beside: bool,
    frame: Code,
}

fn related<'a>(record: &RunRecord, primary: &Place, shown: &'a Shown) -> Related<'a> {
    Related {
        message: &shown.message,
        path: &shown.place.path,
        line: shown.place.start.line,
        column: shown.place.start.column,
        link: place_url(&record.source, &shown.place),
        beside: frame::is_beside(primary, &shown.place),
        frame: code(&frame::of_place(&shown.place, &shown.excerpt)),
    }
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'static str,
    diff: &'a str,
    lines: Vec<DiffLine<'a>>,
}

#[derive(Serialize)]
struct DiffLine<'a> {
    kind: &'static str,
    text: &'a str,
}

fn fix(change: &Change) -> Fix<'_> {
    Fix {
        title: &change.title,
        safety: change.safety.word(),
        diff: &change.diff,
        lines: diff::lines(&change.diff)
            .into_iter()
            .map(|line| DiffLine {
                kind: line.kind.word(),
                text: line.text,
            })
            .collect(),
    }
}

#[derive(Serialize)]
struct Silenced<'a> {
    kind: &'static str,
    reason: &'a str,
}

fn silenced(quiet: &Quiet) -> Silenced<'_> {
    match quiet {
        Quiet::Comment(reason) => Silenced {
            kind: "comment",
            reason,
        },
        Quiet::Waiver(reason) => Silenced {
            kind: "waiver",
            reason,
        },
        Quiet::Baseline => Silenced {
            kind: "baseline",
            reason: "known before",
        },
    }
}
