//! Matchers without one of their conditions, to see which of them keeps a matcher away. Pure.

use perfctl_scan::matcher::{Matcher, What};

/// Takes a condition away; answers whether there was one.
type Without = fn(&mut What) -> bool;

/// The conditions that `rule.toml` may set beside what is looked for, by their keys.
const CONDITIONS: &[(&str, Without)] = &[
    ("in_loop", |what| match what {
        What::Call { in_loop, .. } => std::mem::take(in_loop),
        _ => false,
    }),
    ("in_async", |what| match what {
        What::Call { in_async, .. } => std::mem::take(in_async),
        _ => false,
    }),
    ("blocking", |what| match what {
        What::Call { blocking, .. } => std::mem::take(blocking),
        _ => false,
    }),
    ("entry", |what| match what {
        What::Function { is_entry, .. } => std::mem::take(is_entry),
        _ => false,
    }),
    ("async", |what| match what {
        What::Function { is_async, .. } => is_async.take().is_some(),
        _ => false,
    }),
    ("reach", |what| match what {
        What::Function { reach, .. } => !std::mem::take(reach).is_empty(),
        _ => false,
    }),
    ("decorator", |what| match what {
        What::Function { decorators, .. } => !std::mem::take(decorators).is_empty(),
        _ => false,
    }),
    ("called", |what| match what {
        What::Function { names, .. } => !std::mem::take(names).is_empty(),
        _ => false,
    }),
    ("base", |what| match what {
        What::Class(bases) => !std::mem::take(bases).is_empty(),
        _ => false,
    }),
    ("loop", |what| match what {
        What::Loop(kinds) => !std::mem::take(kinds).is_empty(),
        _ => false,
    }),
    ("pattern", |what| match what {
        What::Text { patterns, .. } => !std::mem::take(patterns).is_empty(),
        _ => false,
    }),
    ("sql", |what| match what {
        What::Text { sql, .. } => std::mem::take(sql),
        _ => false,
    }),
    ("target", |what| match what {
        What::Assign { names, .. } => !std::mem::take(names).is_empty(),
        _ => false,
    }),
    ("outside_functions", |what| match what {
        What::Assign {
            outside_functions, ..
        } => std::mem::take(outside_functions),
        _ => false,
    }),
    ("empty", |what| match what {
        What::Assign { empty, .. } => std::mem::take(empty),
        _ => false,
    }),
];

/// Each matcher once for each of its conditions, without it; and, in the same order, which matcher it was and which condition.
pub(super) fn without_each(matchers: &[Matcher]) -> (Vec<Matcher>, Vec<(usize, &'static str)>) {
    let (mut changed, mut conditions) = (Vec::new(), Vec::new());
    for (at, matcher) in matchers.iter().enumerate().filter(|(_, one)| !one.evidence) {
        for (condition, without) in CONDITIONS {
            let mut matcher = matcher.clone();
            if without(&mut matcher.what) {
                changed.push(matcher);
                conditions.push((at, *condition));
            }
        }
    }
    (changed, conditions)
}
