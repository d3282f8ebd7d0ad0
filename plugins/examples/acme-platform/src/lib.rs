//! What every service on ACME's platform keeps to: an example of an organisation's own rules in Rust.

use perfctl_plugin::prelude::*;

perfctl_plugin::pack![PastTheClient, Objective];

/// A call of another service past the platform's client.
struct PastTheClient;

impl Rule for PastTheClient {
    const ID: &'static str = "ACME-HTTP-001";

    fn check(&self, _: File, matches: Matches<'_>, report: &mut Report<'_>, _: Repository) {
        for one in matches.of("call") {
            let call = one.node();
            if call.reach() != Reach::Request || call.is("acme_http.**") {
                continue;
            }
            let library = call.fact("library");
            let mut found = report
                .finding(call, "past-the-client")
                .arg("call", call.name())
                .arg("library", library.as_deref().unwrap_or("an HTTP library"));
            for stop in call.route().into_iter().take(1) {
                found = found.note("route", stop.symbol);
            }
        }
    }
}

/// How long the gateway waits for an answer, in milliseconds.
const GATEWAY_MS: f64 = 2_000.0;

/// A service that declares no latency objective, or one that helps nobody.
struct Objective;

impl Rule for Objective {
    const ID: &'static str = "ACME-SLO-001";

    fn check_repository(&self, repo: Repository, report: &mut Report<'_>) -> Option<Verdict> {
        let file = "service.yaml";
        // Only what is known not to be there is no reason to judge.
        if repo.at(file).is_none_or(|kind| kind != "file") {
            return Verdict::not_applicable("there is no service.yaml: the platform runs nothing of this");
        }
        let opened = repo.open(file).filter(|opened| !opened.is_partial());
        let documents = opened.and_then(|opened| Some((opened, opened.documents()?)));
        let Some((opened, documents)) = documents else {
            return Verdict::needs_evidence("service.yaml cannot be read: the platform cannot, either");
        };
        let Some(top) = documents.into_iter().next() else {
            report.finding(opened, "no-objective").arg("file", file);
            return None;
        };
        let (kind, _) = top.get("kind");
        if kind.is_some_and(|kind| kind.text() == "worker") {
            return None;
        }
        match top.get("slo.latency_p99_ms") {
            (Some(limit), _) => {
                if limit.value().number().is_some_and(|ms| ms > GATEWAY_MS) {
                    report
                        .finding(limit, "too-slow")
                        .arg("file", file)
                        .arg("limit", limit.text())
                        .arg("gateway", GATEWAY_MS);
                }
            }
            (None, Presence::Absent) => {
                report.finding(opened, "no-objective").arg("file", file);
            }
            // A template decides.
            (None, _) => {}
        }
        None
    }
}
