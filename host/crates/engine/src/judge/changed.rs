//! Keeps findings on changed lines: a reviewer of a change wants to hear of that change only. Knows no git.

use std::collections::BTreeMap;
use std::ops::Range;

use perfctl_core::finding::Finding;
use perfctl_core::place::Place;

/// Lines that a change added or rewrote, by path from the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedLines {
    lines: BTreeMap<String, Vec<(u32, u32)>>,
}

impl ChangedLines {
    /// No line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds lines `first..=last`, counted from 1; a new file is `1..=u32::MAX`. Where lines were only taken away, `first` is the
    /// line below and `last` the one above: such a run belongs to what holds both.
    pub fn add(&mut self, path: impl Into<String>, first: u32, last: u32) {
        self.lines
            .entry(path.into())
            .or_default()
            .push((first, last));
    }

    /// Follows the lines of the file at `path` through a further change of it, given as the runs of lines that are others, before and
    /// after and counted from 0; those runs are changed lines as well.
    pub fn rewrite(&mut self, path: &str, runs: &[[Range<u32>; 2]]) {
        let own = self.lines.entry(path.to_owned()).or_default();
        for (first, last) in own.iter_mut() {
            *first = moved(*first, runs, |after| after.start.saturating_add(1));
            *last = moved(*last, runs, |after| after.end);
        }
        let new = runs.iter().map(|[_, after]| (after.start + 1, after.end));
        own.extend(new);
    }

    /// Whether `place` or any place that explains it shares a line with the change: a query in a loop belongs to the
    /// change when either the query or the loop is new.
    pub fn touches(&self, finding: &Finding) -> bool {
        let related = finding.related.iter().map(|related| &related.place);
        std::iter::once(&finding.place)
            .chain(related)
            .any(|place| self.holds(place))
    }

    fn holds(&self, place: &Place) -> bool {
        self.lines.get(&*place.path).is_some_and(|ranges| {
            ranges.iter().any(|(first, last)| {
                *first <= place.end.line.max(place.start.line) && place.start.line <= *last
            })
        })
    }
}

/// Where a line counted from 1 lies after a change; one that is in a run that is another lies where `within` puts it.
fn moved(line: u32, runs: &[[Range<u32>; 2]], within: impl Fn(&Range<u32>) -> u32) -> u32 {
    if line == u32::MAX {
        return line;
    }
    let mut then = i64::from(line);
    for [before, after] in runs {
        if before.contains(&line.saturating_sub(1)) {
            return within(after);
        }
        if before.end < line {
            then += i64::from(after.end) - i64::from(after.start);
            then -= i64::from(before.end) - i64::from(before.start);
        }
    }
    u32::try_from(then.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;
    use perfctl_core::finding::Related;
    use perfctl_core::place::Excerpt;

    #[test]
    fn a_finding_belongs_to_a_change_by_its_place_or_by_what_explains_it() {
        let mut changed = ChangedLines::new();
        changed.add("a.py", 3, 5);
        changed.add("new.py", 1, u32::MAX);
        changed.add("lost.py", 8, 7);
        let at = |path: &str, line| fakes::finding("NET-1", path, line);
        for (finding, expected) in [
            (at("a.py", 2), false),
            (at("a.py", 3), true),
            (at("a.py", 5), true),
            (at("a.py", 6), false),
            (at("b.py", 3), false),
            (at("new.py", 999), true),
            (at("lost.py", 7), false),
            (at("lost.py", 8), false),
        ] {
            assert_eq!(changed.touches(&finding), expected, "{:?}", finding.place);
        }
        let mut call = at("lost.py", 7);
        call.place.end.line = 8;
        assert!(changed.touches(&call));
        let mut hop = at("b.py", 9);
        let place = at("a.py", 4).place;
        hop.related.push(Related {
            message: String::new(),
            place,
            excerpt: Excerpt::default(),
        });
        assert!(changed.touches(&hop));
    }

    #[test]
    fn changed_lines_are_followed_through_another_change_of_their_file() {
        let mut changed = ChangedLines::new();
        changed.add("a.py", 3, 5);
        changed.add("a.py", 8, 7);
        changed.add("new.py", 1, u32::MAX);
        // An import above, the fourth line becomes two, and the tenth goes.
        changed.rewrite("a.py", &[[0..0, 0..1], [3..4, 4..6], [9..10, 11..11]]);
        changed.rewrite("new.py", &[[4..5, 4..5]]);
        changed.rewrite("b.py", &[[1..2, 1..2]]);
        let holds = |path: &str, line| changed.touches(&fakes::finding("NET-1", path, line));
        let held = |path: &str| (1..=14).filter(|line| holds(path, *line)).collect();
        let held: [Vec<u32>; 3] = ["a.py", "b.py", "new.py"].map(held);
        assert_eq!(
            held,
            [vec![1, 4, 5, 6, 7], vec![2], (1..=14).collect::<Vec<_>>()]
        );
        let mut across = fakes::finding("NET-1", "a.py", 9);
        across.place.end.line = 10;
        assert!(changed.touches(&across), "lines went between these");
        across.place.start.line = 11;
        across.place.end.line = 12;
        assert!(changed.touches(&across), "the tenth was between these");
    }
}
