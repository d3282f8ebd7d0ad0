//! What a component is told of its pack: the rules by the numbers that it is called with.

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_scan::matcher::{Matcher, What};

use super::{Judge, LoadedRule, Unreadable};
use crate::plugin::{Component, Declared, DeclaredMatcher, DeclaredRule};

/// Tells a component what its pack declares, and has it judge.
pub(super) fn hand_over(
    component: &Arc<dyn Component>,
    read: &mut BTreeMap<RuleId, Result<LoadedRule, Unreadable>>,
) {
    let declared = read
        .iter()
        .map(|(id, rule)| declare(id, rule.as_ref().ok()));
    let declared = Declared {
        rules: declared.collect(),
    };
    let plugin = component.clone().plugin(Arc::new(declared));
    for (at, rule) in read.values_mut().enumerate() {
        if let Ok(rule) = rule {
            rule.judge = Judge::Plugin(plugin.clone(), at as u32);
        }
    }
}

/// What a rule declares; of one that cannot be read, that it is there: the others keep their positions.
fn declare(id: &RuleId, rule: Option<&LoadedRule>) -> DeclaredRule {
    let matcher = |matcher: &Matcher| DeclaredMatcher {
        name: matcher.name.clone(),
        captures: match &matcher.what {
            What::Structure(structure) => structure.variables().to_vec(),
            _ => Vec::new(),
        },
    };
    let matchers = rule.map_or(&[][..], |rule| &rule.matchers.matchers);
    DeclaredRule {
        id: id.clone(),
        messages: rule.map(|rule| rule.messages.to_vec()).unwrap_or_default(),
        matchers: matchers.iter().map(matcher).collect(),
        limits: rule.map(|rule| rule.limits).unwrap_or_default(),
    }
}
