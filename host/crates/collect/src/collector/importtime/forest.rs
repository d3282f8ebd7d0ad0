//! Builds the import tree from lines that arrive children first.
//!
//! An import is reported when it ends, one level deeper than the import that caused it. So the lines of a finished tree
//! are its nodes in post-order, and a line that nothing ever closes belongs to an import that never ended.
//!
//! Python processes started by the program print into the same stream, behind a header of their own. Where such a process
//! ends is not written; arithmetic finds it: cumulative is self plus the cumulative times of the children. When a line
//! does not add up among the newer process's lines but does with the older one's, the older one has gone on.

use super::line::{Report, Timing};

/// How many steps the search for the process of a line may cost in all. Real outputs need a few hundred.
const PATIENCE: usize = 10_000_000;

/// One import.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The line.
    pub(super) timing: Timing,
    /// What it imported, in order.
    pub(super) children: Vec<usize>,
}

/// One Python process.
#[derive(Clone, Debug, Default)]
pub(super) struct Process {
    /// Top-level imports, in order.
    pub(super) roots: Vec<usize>,
    /// Imports whose importer never ended.
    pub(super) orphans: Vec<usize>,
}

/// All imports of an output.
#[derive(Debug, Default)]
pub(super) struct Forest {
    /// Every import; children before their parents.
    pub(super) nodes: Vec<Node>,
    /// The process that the command started, then those that reported to the same stream.
    pub(super) processes: Vec<Process>,
    /// Lines whose cumulative time is not self plus children: threads imported at the same time, or a fork did.
    pub(super) odd: usize,
}

/// A process whose lines are still coming: imports that no line has closed yet.
struct Open {
    process: usize,
    pending: Vec<usize>,
}

/// Builds the forest.
pub(super) fn grow(reports: &[Report]) -> Forest {
    let mut forest = Forest::default();
    let mut open: Vec<Open> = Vec::new();
    let mut patience = PATIENCE;
    for report in reports {
        match report {
            Report::Header => forest.start(&mut open),
            Report::Import(timing) => {
                if open.is_empty() {
                    forest.start(&mut open);
                }
                forest.close(&mut open, timing, &mut patience);
            }
        }
    }
    for Open { process, pending } in open {
        forest.finish(process, pending);
    }
    forest
}

impl Forest {
    fn start(&mut self, open: &mut Vec<Open>) {
        open.push(Open {
            process: self.processes.len(),
            pending: Vec::new(),
        });
        self.processes.push(Process::default());
    }

    fn finish(&mut self, process: usize, pending: Vec<usize>) {
        for node in pending {
            if self.nodes[node].timing.depth == 0 {
                self.processes[process].roots.push(node);
            } else {
                self.processes[process].orphans.push(node);
            }
        }
    }

    /// Adds the import that just ended, as parent of the deeper ones that wait.
    fn close(&mut self, open: &mut Vec<Open>, timing: &Timing, patience: &mut usize) {
        let newest = open.last().map_or(&[][..], |newest| &newest.pending);
        let mut fits = self.adds_up(newest, timing, patience);
        if !fits && let Some(older) = self.older_process(open, timing, patience) {
            self.return_to(open, older);
            fits = true;
        }
        self.odd += usize::from(!fits);
        let Some(Open { pending, .. }) = open.last_mut() else {
            return;
        };
        let depth = |node: &usize| self.nodes[*node].timing.depth;
        let first = pending
            .iter()
            .rposition(|node| depth(node) <= timing.depth)
            .map_or(0, |at| at + 1);
        let children = pending.split_off(first);
        pending.push(self.nodes.len());
        self.nodes.push(Node {
            timing: timing.clone(),
            children,
        });
    }

    /// Whether the waiting imports directly below the line account for its cumulative time. Every figure was rounded up
    /// to a microsecond, so the sum may be off by one per figure.
    fn adds_up(&self, pending: &[usize], timing: &Timing, patience: &mut usize) -> bool {
        let mut children: i128 = 0;
        let mut count: i128 = 0;
        for node in pending.iter().rev() {
            let child = &self.nodes[*node].timing;
            if child.depth <= timing.depth {
                break;
            }
            *patience = patience.saturating_sub(1);
            if child.depth == timing.depth + 1 {
                children += i128::from(child.cumulative);
                count += 1;
            }
        }
        let expected = i128::from(timing.cumulative) - i128::from(timing.own);
        (expected - children).abs() <= count + 2
    }

    /// The nearest older process in which the line adds up, together with what the newer ones left unfinished.
    fn older_process(&self, open: &[Open], timing: &Timing, patience: &mut usize) -> Option<usize> {
        let mut left: Vec<usize> = Vec::new();
        for older in (0..open.len().saturating_sub(1)).rev() {
            if *patience == 0 {
                return None;
            }
            let unfinished = self.unfinished(&open[older + 1]);
            *patience = patience.saturating_sub(open[older + 1].pending.len() + left.len() + 1);
            left = unfinished.into_iter().chain(left).collect();
            let waiting: Vec<usize> = open[older].pending.iter().chain(&left).copied().collect();
            *patience = patience.saturating_sub(waiting.len());
            if self.adds_up(&waiting, timing, patience) {
                return Some(older);
            }
        }
        None
    }

    fn unfinished(&self, open: &Open) -> Vec<usize> {
        open.pending
            .iter()
            .copied()
            .filter(|node| self.nodes[*node].timing.depth > 0)
            .collect()
    }

    /// Ends the processes newer than `older`. A process that ended left nothing unfinished, so what seems to be left are
    /// lines of the older one.
    fn return_to(&mut self, open: &mut Vec<Open>, older: usize) {
        let ended = open.split_off(older + 1);
        for newer in ended {
            let left = self.unfinished(&newer);
            if let Some(back) = open.last_mut() {
                back.pending.extend(left);
            }
            for node in newer.pending {
                if self.nodes[node].timing.depth == 0 {
                    self.processes[newer.process].roots.push(node);
                }
            }
        }
    }

    /// The imports below `tops` and they themselves, importers first, each with its distance from the top.
    pub(super) fn walk(&self, tops: &[usize]) -> Vec<(usize, usize)> {
        let mut order = Vec::new();
        let mut stack: Vec<(usize, usize)> = tops.iter().rev().map(|top| (*top, 0)).collect();
        while let Some((node, level)) = stack.pop() {
            order.push((node, level));
            stack.extend(
                self.nodes[node]
                    .children
                    .iter()
                    .rev()
                    .map(|child| (*child, level + 1)),
            );
        }
        order
    }

    /// The line of a node.
    pub(super) fn timing(&self, node: usize) -> &Timing {
        &self.nodes[node].timing
    }

    /// Sum of the cumulative times, microseconds.
    pub(super) fn cumulative(&self, nodes: &[usize]) -> f64 {
        // An empty sum of floats is -0, which would be shown as such.
        nodes
            .iter()
            .fold(0.0, |sum, node| sum + self.timing(*node).cumulative as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(own: i64, cumulative: i64, depth: usize, module: &str) -> Report {
        Report::Import(Timing {
            own,
            cumulative,
            depth,
            module: module.to_owned(),
        })
    }

    fn names(forest: &Forest, nodes: &[usize]) -> Vec<String> {
        nodes
            .iter()
            .map(|node| forest.timing(*node).module.clone())
            .collect()
    }

    #[test]
    fn deeper_lines_that_wait_are_the_children_of_the_next_shallower_one() {
        let forest = grow(&[
            Report::Header,
            import(1, 1, 2, "c"),
            import(2, 2, 2, "d"),
            import(3, 6, 1, "b"),
            import(4, 10, 0, "a"),
            import(5, 5, 0, "e"),
        ]);
        assert_eq!(names(&forest, &forest.processes[0].roots), ["a", "e"]);
        let order: Vec<(String, usize)> = forest
            .walk(&forest.processes[0].roots)
            .into_iter()
            .map(|(node, level)| (forest.timing(node).module.clone(), level))
            .collect();
        let expected = [("a", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 0)];
        assert_eq!(
            order,
            expected.map(|(name, level)| (name.to_owned(), level))
        );
        assert_eq!(forest.odd, 0);
    }

    #[test]
    fn lines_that_no_line_closes_are_orphans() {
        let forest = grow(&[
            Report::Header,
            import(1, 1, 0, "site"),
            import(2, 2, 2, "b"),
            import(3, 3, 1, "c"),
        ]);
        assert_eq!(names(&forest, &forest.processes[0].roots), ["site"]);
        assert_eq!(names(&forest, &forest.processes[0].orphans), ["c"]);
    }

    #[test]
    fn a_process_started_during_an_import_does_not_take_its_importers_children() {
        let forest = grow(&[
            Report::Header,
            import(10, 10, 1, "csv"),
            Report::Header,
            import(7, 7, 1, "numbers"),
            import(3, 10, 0, "decimal"),
            import(20, 20, 1, "xml"),
            import(100, 130, 0, "entry"),
        ]);
        assert_eq!(names(&forest, &forest.processes[0].roots), ["entry"]);
        assert_eq!(names(&forest, &forest.processes[1].roots), ["decimal"]);
        let entry = &forest.nodes[forest.processes[0].roots[0]];
        assert_eq!(names(&forest, &entry.children), ["csv", "xml"]);
        assert!(
            forest
                .processes
                .iter()
                .all(|process| process.orphans.is_empty())
        );
        assert_eq!(forest.odd, 0);
    }

    #[test]
    fn lines_that_do_not_add_up_are_counted() {
        let forest = grow(&[Report::Header, import(5, 5, 1, "a"), import(1, 500, 0, "b")]);
        assert_eq!(forest.odd, 1);
        assert_eq!(names(&forest, &forest.processes[0].roots), ["b"]);
    }

    #[test]
    fn a_hostile_output_of_many_headers_ends_soon() {
        let mut reports = vec![import(1, 1, 3, "deep"); 20_000];
        for _ in 0..20_000 {
            reports.push(Report::Header);
            reports.push(import(1, 500, 1, "odd"));
        }
        assert_eq!(grow(&reports).processes.len(), 20_001);
    }
}
