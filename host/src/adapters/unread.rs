//! Packs and plugins that could not be read, as an item of its own: nobody can say what their rules would have found, so nothing passes for it.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::{Help, Layer, Rule};
use perfctl_core::run::Problem;
use perfctl_core::scale::{Effort, Severity};
use perfctl_engine::rules::{Choice, RuleOutcome, Selection};

/// How many are named in the verdict; all of them are problems of the record.
const MOST_NAMED: usize = 5;

/// The head of the item.
pub(super) fn head() -> Rule {
    Rule {
        id: RuleId::from("PERFCTL-PACK"),
        aliases: Vec::new(),
        title: "packs and plugins that could not be read".to_owned(),
        category: "broken".to_owned(),
        tags: Vec::new(),
        severity: Severity::Low,
        languages: Vec::new(),
        keywords: Vec::new(),
        elsewhere: BTreeMap::new(),
        effort: Effort::S,
        fix: None,
        metric: None,
        help: Help::default(),
        pack: String::new(),
        layer: Layer::BuiltIn,
    }
}

/// Its verdict, where there is something that could not be read. Which rules that would have held nobody knows, so no selection leaves it out; who
/// switches it off says why.
pub(super) fn outcome(problems: &[Problem], selection: &Selection) -> Option<RuleOutcome> {
    let named = problems.iter().take(MOST_NAMED);
    let mut named: Vec<String> = named
        .map(|problem| format!("{}: {}", problem.subject, problem.message.trim()))
        .collect();
    if named.is_empty() {
        return None;
    }
    if let Choice::Off(reason) = selection.choice(&head()) {
        return Some(RuleOutcome::Off(reason.to_owned()));
    }
    let more = problems.len() - named.len();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    Some(RuleOutcome::Error(named.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_is_an_error_whatever_is_selected() {
        let problem = |at: usize| Problem {
            subject: format!("org/plugins/p{at}.wasm"),
            message: "it is no WASM component".to_owned(),
        };
        let selection = Selection::default();
        assert_eq!(outcome(&[], &selection), None);
        let one = RuleOutcome::Error("org/plugins/p1.wasm: it is no WASM component".to_owned());
        assert_eq!(outcome(&[problem(1)], &selection), Some(one));
        let many: Vec<Problem> = (0..8).map(problem).collect();
        let Some(RuleOutcome::Error(why)) = outcome(&many, &selection) else {
            panic!("no error");
        };
        assert!(
            why.contains("p4.wasm") && why.ends_with("; and 3 more"),
            "{why}"
        );
    }
}
