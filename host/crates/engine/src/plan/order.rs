//! The order of steps: names in `after` become positions, and a circle is refused. Knows nothing of what steps do.

use std::collections::BTreeMap;

use perfctl_core::recipe::Step;

use crate::nearness::hint;

/// Positions that each step waits for, and what is wrong, by position.
pub(super) struct Order {
    pub(super) after: Vec<Vec<usize>>,
    pub(super) wrong: Vec<(usize, String)>,
}

/// Turns the names in `after` into positions.
pub(super) fn after(steps: &[Step]) -> Order {
    let mut wrong = Vec::new();
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        if positions.insert(step.id.as_str(), at).is_some() {
            wrong.push((at, "another step has the same id".to_owned()));
        }
    }
    let mut after = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let mut before: Vec<usize> = Vec::with_capacity(step.after.len());
        for name in &step.after {
            match positions.get(name.as_str()) {
                Some(position) => before.push(*position),
                None => {
                    let hint = hint(name.as_str(), positions.keys().copied());
                    wrong.push((at, format!("`after` names no step: `{name}`{hint}")));
                }
            }
        }
        before.sort_unstable();
        before.dedup();
        after.push(before);
    }
    let edges: Vec<&[usize]> = after.iter().map(Vec::as_slice).collect();
    if let Some(at) = cycle(&edges) {
        wrong.push((at, "its `after` leads back to itself".to_owned()));
    }
    Order { after, wrong }
}

/// A position on or behind a circle, if there is one: what is left when every step whose predecessors are gone is taken
/// away, over and over.
pub(super) fn cycle(after: &[&[usize]]) -> Option<usize> {
    let mut gone = vec![false; after.len()];
    loop {
        let ready =
            (0..after.len()).find(|at| !gone[*at] && after[*at].iter().all(|before| gone[*before]));
        match ready {
            Some(at) => gone[at] = true,
            None => return gone.iter().position(|gone| !gone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_and_a_diamond_is_none() {
        assert_eq!(cycle(&[&[], &[0], &[0], &[1, 2]]), None);
        assert_eq!(cycle(&[&[], &[2], &[1]]), Some(1));
        assert_eq!(cycle(&[&[0]]), Some(0));
        assert_eq!(cycle(&[]), None);
    }
}
