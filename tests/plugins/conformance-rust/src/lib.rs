//! The rule that every language has: it asks for as much of the API as one rule can, and reports what it was told.

use perfctl_plugin::prelude::*;

mod files;
mod nodes;
mod told;
mod values;

use told::{list, or_dash, yes};
use values::Values;

perfctl_plugin::pack![Conformance, Values];

struct Conformance;

impl Rule for Conformance {
    const ID: &'static str = "CONF-001";

    fn check(&self, file: File, matches: Matches, report: &mut Report, repo: Repository) {
        for found in matches.of("request") {
            request(found.node(), report);
        }
        for found in matches.of("append") {
            append(found, report);
        }
        for found in matches.of("print") {
            let values: Vec<_> = found
                .captures("VALUES")
                .map(|value| value.source())
                .collect();
            report
                .finding(found, "print")
                .arg("count", values.len())
                .arg("values", list(values));
        }
        for found in matches.of("marker") {
            marker(found, report);
        }
        files::file(file, report, repo);
    }

    fn check_repository(&self, repo: Repository, report: &mut Report) -> Option<Verdict> {
        if repo.at("app.py").is_none() {
            return Verdict::not_applicable("there is no app.py");
        }
        files::repository(repo, report);
        Verdict::needs_evidence("only a comparison with the other languages decides")
    }
}

fn request(call: Node, report: &mut Report) {
    let (timeout, presence) = call.arg("timeout");
    let without = match presence {
        Presence::Given => "with",
        Presence::Absent => "without",
        Presence::Hidden => "maybe with",
    };
    perfctl_plugin::print!("line {}: {presence}", call.line());
    let target = call.target();
    let library = target.first().and_then(|path| path.split('.').next());
    let mut finding = report
        .finding(call, "request")
        .arg("library", library.unwrap_or("-"))
        .arg("presence", without)
        .arg("function", or_dash(call.func().map(|func| func.name())));
    if presence == Presence::Hidden {
        finding = finding.confidence(Confidence::Low).reach(Reach::Script);
    }
    if call.name() == "post" {
        finding = finding.severity(Severity::High);
    }
    for place in call.loops() {
        finding = finding.related(place.node(), format!("a {} loop", place.kind()));
    }
    for (key, value) in nodes::told(call) {
        finding = finding.note(key, value);
    }
    let last = call.args().last().copied();
    match (presence, timeout, last) {
        (Presence::Given, Some(timeout), _) => {
            finding.fix(Fix::new("Wait for a second").replace(timeout, "1"));
        }
        (Presence::Absent, _, Some(last)) => {
            let fix = Fix::new("Add a timeout").safety(Safety::Unsafe);
            finding.fix(fix.after(last, ", timeout=1"));
        }
        _ => {
            let fix = Fix::new("Keep the answer").safety(Safety::Safe);
            finding.fix(fix.before(call, "answer = "));
        }
    }
}

fn append(found: Match, report: &mut Report) {
    let captured = |name| found.capture(name).map(|capture| capture.source());
    let mut finding = report
        .finding(found, "append")
        .arg("item", or_dash(captured("ITEM")))
        .arg("list", or_dash(captured("LIST")))
        .note("matcher", found.matcher());
    if let Some(item) = found.capture("ITEM").and_then(Capture::try_node) {
        finding = finding.note("item", nodes::value(item));
    }
    if let Some(node) = found.try_node() {
        finding.note("awaited", yes(node.is_awaited()));
    }
}

fn marker(found: Match, report: &mut Report) {
    let Some(span) = found.span() else { return };
    let same_file = found.file() == span.file();
    report
        .finding(span, "marker")
        .arg("text", span.source())
        .note("line", span.line())
        .note("length", span.end() - span.start())
        .note("commands", span.commands().len())
        .note("same file", yes(same_file))
        .fix(Fix::new("Take it out").replace(span, "done"));
}
