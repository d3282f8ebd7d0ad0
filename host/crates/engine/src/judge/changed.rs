//! Keeps findings on changed lines: a reviewer of a change wants to hear of that change only. Knows no git.

use std::collections::BTreeMap;

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
}
