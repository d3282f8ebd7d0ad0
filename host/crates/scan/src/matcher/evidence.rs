//! Where matchers matched that only tell: which files hold something, without any of them being judged for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::RuleMatchers;
use super::local::Match;

/// Paths of the files in which evidence matchers matched.
#[derive(Debug, Default)]
pub struct Evidence {
    /// By rule and matcher, sorted.
    paths: BTreeMap<(u32, u32), Vec<Arc<str>>>,
}

impl Evidence {
    /// Takes out of `found`, the matches in the file `path`, those of evidence matchers.
    pub(crate) fn take(&mut self, rules: &[RuleMatchers], path: &Arc<str>, found: &mut Vec<Match>) {
        found.retain(|one| {
            let (rule, matcher) = (u32::from(one.rule.0), u32::from(one.matcher));
            let only_tells = rules
                .get(rule as usize)
                .and_then(|rule| rule.matchers.get(matcher as usize))
                .is_some_and(|matcher| matcher.evidence);
            if only_tells {
                let paths = self.paths.entry((rule, matcher)).or_default();
                if paths.last() != Some(path) {
                    paths.push(path.clone());
                }
            }
            !only_tells
        });
    }

    /// The files in which the matcher at `matcher` of the rule at `rule` matched, sorted.
    pub fn paths(&self, rule: usize, matcher: usize) -> &[Arc<str>] {
        self.paths
            .get(&(rule as u32, matcher as u32))
            .map_or(&[], Vec::as_slice)
    }
}
