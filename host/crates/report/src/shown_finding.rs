//! A finding for a terminal: its code frame with why, how to mend it, what is known, and the change as a diff.

use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::fix::Fix;
use perfctl_core::rule::Rule;
use perfctl_core::scale::{Confidence, Reach};
use perfctl_core::seams::View;

use crate::help_text::language::{self, Family};
use crate::neutral;
use crate::terminal::paint::{self, Paint};
use crate::terminal::snippet::{self, Remark};
use crate::{diff, frame, help_text};

/// Lines of a diff that are shown at most.
const LONGEST_DIFF: usize = 30;

/// How code is reached, as a phrase.
pub(crate) fn reach_phrase(reach: Reach) -> &'static str {
    match reach {
        Reach::Test => "runs in tests only",
        Reach::Script => "runs by hand",
        Reach::Unknown => "reach unknown",
        Reach::Build => "runs once per build",
        Reach::Startup => "runs once per start",
        Reach::Worker => "runs per job",
        Reach::Request => "runs per request",
    }
}

/// Why a finding is silenced, as a sentence; the kind is the first word.
pub(crate) fn silenced_phrase(silenced: &Silenced) -> String {
    match silenced {
        Silenced::Comment(reason) => format!("comment: {}", neutral::sentence(reason)),
        Silenced::Waiver(reason) => format!("waiver: {}", neutral::sentence(reason)),
        Silenced::Baseline => "baseline: known before".to_owned(),
    }
}

/// What is told of a finding beside what it says itself.
pub(crate) struct Told<'t> {
    /// Its rule.
    pub(crate) rule: Option<&'t Rule>,
    /// Whether why, how to mend it and the lines of the change are told, which a reader needs once per rule.
    pub(crate) full: bool,
    /// Whether how to mend it is told again, because what was told above is for another language.
    pub(crate) again: bool,
    /// Since when it is there.
    pub(crate) since: Option<&'t str>,
    /// The finding that is shown right above it.
    pub(crate) above: Option<&'t Finding>,
}

/// How to mend a finding in the language of its file, as one line of plain text.
pub(crate) fn how(rule: &Rule, finding: &Finding) -> String {
    let families = Family::of_path(&finding.place.path).into_iter().collect();
    help_text::first_paragraph(&language::chosen(&rule.help.fix, &families))
}

/// Draws a finding.
pub(crate) fn draw(finding: &Finding, told: &Told<'_>, view: &View) -> String {
    let Told {
        rule,
        full,
        again,
        since,
        above,
    } = *told;
    let mut remarks = Vec::new();
    if let Some(rule) = rule {
        let why = full.then(|| help_text::first_paragraph(&rule.help.why));
        let fix = (full || again).then(|| how(rule, finding));
        for (name, text) in [("why", why), ("fix", fix)] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                remarks.push(Remark { name, text });
            }
        }
    }
    remarks.push(Remark {
        name: "note",
        text: facts(finding),
    });
    remarks.extend(since.map(|since| Remark {
        name: "history",
        text: since.to_owned(),
    }));
    if let Some(silenced) = &finding.silenced {
        remarks.push(Remark {
            name: "silenced",
            text: silenced_phrase(silenced),
        });
    }
    let mut out = snippet::draw(finding, above, &remarks, view);
    if let Some(fix) = &finding.fix {
        let paint = Paint {
            colour: view.colour,
        };
        out.push_str(&format!(
            "{}: {} ({})\n",
            paint.paint(paint::CYAN, "change"),
            neutral::sentence(&fix.title),
            fix.safety.word()
        ));
        if full || view.full {
            out.push_str(&draw_lines(finding, fix, paint));
        }
    }
    out
}

/// A finding in one line: `path:line:column: severity ID message`. A suspicion is called one: the line has no room for how sure a rule is.
pub(crate) fn in_a_line(finding: &Finding, paint: Paint) -> String {
    let start = finding.place.start;
    let silenced = finding.silenced.as_ref().map_or_else(String::new, |why| {
        format!(" (silenced by {})", silenced_phrase(why))
    });
    let suspicion = match finding.confidence {
        Confidence::Low => " (suspicion)",
        _ => "",
    };
    format!(
        "{}:{}:{}: {}{suspicion} {} {}{silenced}",
        paint.paint(paint::BOLD, &neutral::line(&finding.place.path)),
        start.line,
        start.column,
        paint.paint(paint::severity(finding.severity), finding.severity.word()),
        paint.paint(paint::BOLD, &neutral::line(finding.rule.as_str())),
        neutral::sentence(&finding.message)
    )
}

/// Confidence, reach, symbol and the rule's notes in one line.
fn facts(finding: &Finding) -> String {
    let mut text = format!(
        "{} confidence, {}",
        finding.confidence,
        reach_phrase(finding.reach)
    );
    if !finding.symbol.is_empty() {
        text.push_str(&format!(", in `{}`", neutral::line(&finding.symbol)));
    }
    for (key, value) in &finding.notes {
        text.push_str(&format!(
            "; {}: {}",
            neutral::line(key),
            neutral::sentence(value)
        ));
    }
    text
}

/// The lines of a change.
fn draw_lines(finding: &Finding, fix: &Fix, paint: Paint) -> String {
    let mut out = String::new();
    let lines = diff::lines(&fix.diff);
    // A terminal's paths lead from where one stands, and those of the edits with them; the diff's start at the root.
    let own = match fix.edits.as_slice() {
        [] => diff::is_of_one_file(&lines, &finding.place.path),
        edits => edits.iter().all(|edit| edit.path == finding.place.path),
    };
    let shown: Vec<&diff::Line<'_>> = lines
        .iter()
        .filter(|line| !(own && line.kind == diff::Kind::File))
        .collect();
    for line in shown.iter().take(LONGEST_DIFF) {
        let style = match line.kind {
            diff::Kind::Add => paint::GREEN,
            diff::Kind::Remove => paint::RED,
            diff::Kind::Hunk | diff::Kind::File => paint::CYAN,
            diff::Kind::Context => anstyle::Style::new(),
        };
        let text = neutral::block(line.text).replace('\t', frame::TAB);
        out.push_str(format!("    {}", paint.paint(style, text.trim_end())).trim_end());
        out.push('\n');
    }
    if shown.len() > LONGEST_DIFF {
        out.push_str(&format!(
            "    ({} more lines)\n",
            shown.len() - LONGEST_DIFF
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_file_of_a_change_is_named_where_it_is_not_the_files_of_the_finding() {
        let findings = fixture::rich().findings;
        let changed = |finding: &&Finding| finding.fix.is_some();
        let mut finding = findings
            .iter()
            .find(changed)
            .expect("one has a change")
            .clone();
        let mut fix = finding.fix.take().expect("it has a change");
        let names_it = |finding: &Finding, fix: &Fix| {
            draw_lines(finding, fix, Paint { colour: false }).contains("--- a/")
        };
        assert!(!names_it(&finding, &fix));
        // As seen from a directory above the repository.
        finding.place.path = format!("shop/{}", finding.place.path).into();
        fix.edits[0].path = finding.place.path.clone();
        assert!(!names_it(&finding, &fix));
        fix.edits[0].path = "shop/other.py".into();
        assert!(names_it(&finding, &fix));
    }
}
