//! The rules of this pack. Each has a folder with its `rule.toml`, which says what to look at, and its `cases`.

use perfctl_plugin::prelude::*;

perfctl_plugin::pack![CompiledInLoop];

/// A regular expression that every turn of a loop compiles again.
struct CompiledInLoop;

impl Rule for CompiledInLoop {
    const ID: &'static str = "NEW-RULE-1";

    // Called once per file that has matches. It looks at each match and reports it, or leaves it alone.
    fn check(&self, _: File, matches: Matches<'_>, report: &mut Report<'_>, _: Repository) {
        for one in matches.of("compile") {
            let call = one.node();
            if let Some(around) = wasted_in(call) {
                report
                    .finding(call, "compiled-in-loop")
                    .arg("call", call.name())
                    // High only if every fact that tells it from the known false alarms was decided.
                    .confidence(Confidence::Medium)
                    .related(around.node(), "the loop");
            }
        }
    }
}

/// The loop that runs the call again and again with the same pattern; none when there is none.
fn wasted_in(call: Node) -> Option<Loop> {
    let loops = call.loops();
    let (pattern, _) = call.arg(0);
    for around in &loops {
        // A pattern made from the loop's element has to be compiled in the loop.
        if pattern.is_some_and(|pattern| around.carries(pattern)) {
            return None;
        }
        // A few turns over a constant cost nothing.
        if around.kind() == "constant" {
            return None;
        }
    }
    loops.into_iter().next()
}
