//! The order of steps: every name in `after` exists, and no steps wait for each other.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::ids::StepId;
use perfctl_core::recipe::Step;

use super::step::Draft;
use crate::table::Refusal;

/// Reports unknown names in `after`, and each circle of waiting steps once, by name. `base` are the steps that the recipe takes
/// over; a circle through them is its own doing.
pub(super) fn check(drafts: &[Draft<'_>], base: &[Step]) {
    let ids: Vec<&str> = drafts
        .iter()
        .map(|draft| draft.id.as_str())
        .chain(base.iter().map(|step| step.id.as_str()))
        .collect();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, id) in ids.iter().enumerate() {
        at.entry(id).or_insert(index);
    }
    for draft in drafts {
        for name in &draft.after {
            let written = name.text().unwrap_or("");
            if !at.contains_key(written) {
                let refusal = Refusal::new(format!("no step is called `{written}`"));
                let others = at.keys().copied().filter(|id| *id != draft.id);
                name.refuse(refusal.advise(written, others));
            }
        }
    }
    let own = drafts.iter().map(|draft| {
        let names = draft.after.iter().filter_map(|name| name.text());
        names.filter_map(|name| at.get(name).copied()).collect()
    });
    let taken = base.iter().map(|step| {
        let names = step.after.iter().map(StepId::as_str);
        names.filter_map(|name| at.get(name).copied()).collect()
    });
    let waits: Vec<Vec<usize>> = own.chain(taken).collect();
    let mut reported = BTreeSet::new();
    for mut circle in circles(&waits) {
        // Steps of the recipe itself come first, so that each circle begins with one.
        let Some(first) = circle.iter().position(|step| *step < drafts.len()) else {
            continue;
        };
        circle.rotate_left(first);
        let first = circle[0];
        if !circle.iter().all(|step| reported.insert(*step)) {
            continue;
        }
        let mut names: Vec<&str> = circle.iter().map(|step| ids[*step]).collect();
        names.push(names[0]);
        let message = match circle.len() {
            1 => format!("step `{}` waits for itself", names[0]),
            _ => format!("steps wait for each other: {}", names.join(" -> ")),
        };
        let next = circle.get(1).copied().unwrap_or(first);
        let next = ids[next];
        if let Some(name) = drafts[first]
            .after
            .iter()
            .find(|name| name.text() == Some(next))
        {
            name.refuse(Refusal::new(message).hint("remove one of these from its `after`"));
        }
    }
}

/// Circles in a graph of steps, each beginning at its first step in the order of the file. Every circle shares a step
/// with one that is returned; listing all of them would take exponential time.
fn circles(waits: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; waits.len()];
    let mut found = Vec::new();
    for start in 0..waits.len() {
        if marks[start] != Mark::New {
            continue;
        }
        // The path from `start`, each step with the number of its successors already followed. A recipe may hold
        // thousands of steps in a row, so the path is no call stack.
        let mut path = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((step, followed)) = path.last_mut() {
            let Some(next) = waits[*step].get(*followed).copied() else {
                marks[*step] = Mark::Done;
                path.pop();
                continue;
            };
            *followed += 1;
            match marks[next] {
                Mark::New => {
                    marks[next] = Mark::Open;
                    path.push((next, 0));
                }
                Mark::Open => {
                    let from = path.iter().position(|(step, _)| *step == next).unwrap_or(0);
                    let mut circle: Vec<usize> =
                        path[from..].iter().map(|(step, _)| *step).collect();
                    let smallest = circle
                        .iter()
                        .enumerate()
                        .min_by_key(|(_, step)| **step)
                        .map_or(0, |(at, _)| at);
                    circle.rotate_left(smallest);
                    found.push(circle);
                }
                Mark::Done => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn a_circle_is_found_from_its_first_step_and_a_diamond_is_none() {
        assert_eq!(
            circles(&[vec![1, 2], vec![3], vec![3], vec![]]),
            Vec::<Vec<usize>>::new()
        );
        assert_eq!(
            circles(&[vec![], vec![3], vec![1], vec![2]]),
            [vec![1, 3, 2]]
        );
        assert_eq!(circles(&[vec![0]]), [vec![0]]);
    }

    #[test]
    fn a_long_chain_does_not_exhaust_the_stack() {
        let length = 100_000;
        let waits: Vec<Vec<usize>> = (0..length).map(|at| vec![(at + 1) % length]).collect();
        assert_eq!(circles(&waits).len(), 1);
    }
}
