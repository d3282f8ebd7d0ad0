//! Which fixes can be made at once.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::fix::{Edit, Fix};
use perfctl_core::place::ByteSpan;

/// Takes of `fixes` each that meets none taken before it, those first that replace least: what replaces a whole call comes once the
/// smaller change within it is made, and then holds it. The others wait for the next round, and so does what adds the same lines to a file as another: an import or a definition is wanted once. `whole` tells the parts of a file that count as one place. The answer is a position of each that is taken.
pub fn plan(fixes: &[&Fix], whole: impl Fn(&str) -> Vec<ByteSpan>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..fixes.len()).collect();
    let first = |at: &usize| fixes[*at].edits.first().map(|edit| (&edit.path, edit.span));
    let largest = |at: &usize| {
        let edits = fixes[*at].edits.iter();
        edits.map(|edit| edit.span.end - edit.span.start).max()
    };
    order.sort_by(|left, right| (largest(left), first(left)).cmp(&(largest(right), first(right))));
    let mut parts: BTreeMap<&str, Vec<ByteSpan>> = BTreeMap::new();
    let mut taken: BTreeMap<&str, Vec<ByteSpan>> = BTreeMap::new();
    let mut added: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut now = Vec::new();
    for at in order {
        let places: Vec<(&str, ByteSpan)> = fixes[at]
            .edits
            .iter()
            .map(|edit| {
                let path = &*edit.path;
                let parts = parts.entry(path).or_insert_with(|| whole(path));
                (path, widened(edit.span, parts))
            })
            .collect();
        let is_free = places.iter().all(|(path, span)| {
            let others = taken.get(path).map(Vec::as_slice).unwrap_or_default();
            !others.iter().any(|other| touch(*span, *other))
        });
        let lines: BTreeSet<(&str, &str)> =
            fixes[at].edits.iter().filter_map(added_lines).collect();
        if is_free && added.is_disjoint(&lines) {
            added.extend(lines);
            for (path, span) in places {
                taken.entry(path).or_default().push(span);
            }
            now.push(at);
        }
    }
    now
}

/// The whole lines that an edit adds, without the line ends around them, by file.
fn added_lines(edit: &Edit) -> Option<(&str, &str)> {
    let is_added = edit.span.start == edit.span.end;
    let is_whole = edit.text.starts_with(['\r', '\n']) || edit.text.ends_with('\n');
    let lines = edit.text.trim_matches(['\r', '\n']);
    (is_added && is_whole && !lines.trim().is_empty()).then_some((&*edit.path, lines))
}

/// `span` with every part that it touches.
fn widened(span: ByteSpan, parts: &[ByteSpan]) -> ByteSpan {
    let within = parts.iter().filter(|part| touch(span, **part));
    within.fold(span, |all, part| {
        ByteSpan::new(all.start.min(part.start), all.end.max(part.end))
    })
}

/// Whether two places share a byte or have none between them: of two insertions at one place nobody knows the order.
fn touch(one: ByteSpan, other: ByteSpan) -> bool {
    one.start <= other.end && other.start <= one.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::fix::{Edit, Safety};

    fn fix(edits: &[(&str, u32, u32)]) -> Fix {
        Fix {
            title: String::new(),
            safety: Safety::Safe,
            edits: edits
                .iter()
                .map(|(path, start, end)| Edit {
                    path: (*path).into(),
                    span: ByteSpan::new(*start, *end),
                    text: String::new(),
                })
                .collect(),
            diff: String::new(),
        }
    }

    fn taken(fixes: &[Fix], parts: &[ByteSpan]) -> Vec<usize> {
        plan(&fixes.iter().collect::<Vec<_>>(), |_| parts.to_vec())
    }

    #[test]
    fn what_overlaps_or_touches_waits() {
        let all = [
            fix(&[("a", 8, 9)]),
            fix(&[("a", 0, 5)]),
            fix(&[("a", 5, 6)]),
            fix(&[("a", 3, 4)]),
            fix(&[("b", 3, 4)]),
        ];
        assert_eq!(taken(&all, &[]), [3, 2, 0, 4]);
        let twice = [fix(&[("a", 7, 7)]), fix(&[("a", 7, 7)])];
        assert_eq!(taken(&twice, &[]), [0]);
    }

    #[test]
    fn a_fix_is_taken_whole_or_not_at_all() {
        let all = [
            fix(&[("a", 0, 1), ("b", 4, 5)]),
            fix(&[("a", 3, 4), ("b", 5, 6)]),
            fix(&[("a", 3, 4)]),
        ];
        assert_eq!(taken(&all, &[]), [0, 2]);
    }

    #[test]
    fn the_same_lines_are_added_to_a_file_once_at_a_time() {
        let adds = |path, at, text: &str| {
            let mut fix = fix(&[(path, at, at)]);
            fix.edits[0].text = text.to_owned();
            fix
        };
        let all = [
            adds("a", 0, "x = f()\n\n"),
            adds("a", 20, "\nx = f()"),
            adds("b", 0, "x = f()\n"),
            adds("a", 40, ", timeout=10"),
            adds("a", 60, ", timeout=10"),
            adds("a", 70, "\n    "),
            adds("a", 80, "\n    "),
        ];
        assert_eq!(taken(&all, &[]), [0, 3, 4, 5, 6, 2]);
    }

    #[test]
    fn of_one_run_of_imports_one_fix_changes_something() {
        let all = [
            fix(&[("a", 10, 11)]),
            fix(&[("a", 18, 19)]),
            fix(&[("a", 30, 31)]),
        ];
        assert_eq!(taken(&all, &[ByteSpan::new(5, 20)]), [0, 2]);
    }
}
