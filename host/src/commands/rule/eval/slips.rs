//! Labels that no finding can meet, because of a slip of the pen or of a clone that is not whole: each would count as missed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use perfctl_core::ids::RuleId;
use perfctl_core::label::Label;

use perfctl_wire::table::nearest;

use super::labels::Unit;
use crate::nearest_path::nearest_path;

/// The slips among the labels of `unit` that speak of the rules `only`, each with file and line of the first label that makes it.
pub(super) fn of(
    unit: &Unit,
    root: &Path,
    known: &BTreeSet<RuleId>,
    only: Option<&BTreeSet<RuleId>>,
) -> Vec<String> {
    let labels = unit.labels.iter();
    let asked = labels.filter(|label| only.is_none_or(|only| only.contains(&label.rule)));
    let mut lines: BTreeMap<&str, Option<u32>> = BTreeMap::new();
    // A clone that is not whole lacks many, and each costs a walk.
    let mut near: BTreeMap<&str, Option<String>> = BTreeMap::new();
    // What is wrong, with the first label and how many more there are.
    let mut slips: BTreeMap<String, (&Label, usize)> = BTreeMap::new();
    for label in asked {
        let path = label.path.as_str();
        let last = *lines.entry(path).or_insert_with(|| length(root, path));
        let unknown = (!known.contains(&label.rule)).then(|| {
            let near = nearest(label.rule.as_str(), known.iter().map(RuleId::as_str));
            let meant = meant(near);
            format!(
                "labels speak of {}, which no rule is called{meant}",
                label.rule
            )
        });
        let absent = match last {
            None => {
                let near = near.entry(path).or_insert_with(|| nearest_path(root, path));
                let meant = meant(near.as_deref());
                Some(format!("labels speak of {path}, which is not there{meant}"))
            }
            Some(last) if label.line > last => Some(format!(
                "labels speak of {path}:{}, and the file ends at line {last}",
                label.line,
            )),
            Some(_) => None,
        };
        for slip in unknown.into_iter().chain(absent) {
            let (_, more) = slips.entry(slip).or_insert((label, 0));
            *more += 1;
        }
    }
    let described = unit.described.iter();
    let promised = described.flat_map(|(repository, _)| &repository.exhaustive_rules);
    let promised = promised
        .filter(|rule| !known.contains(*rule) && only.is_none_or(|only| only.contains(*rule)));
    let promised = promised.map(|rule| {
        let near = nearest(rule.as_str(), known.iter().map(RuleId::as_str));
        let meant = meant(near);
        format!("`exhaustive_rules` names {rule}, which no rule is called{meant}")
    });
    let promised: Vec<String> = promised.collect();
    let mut slips: Vec<_> = slips.into_iter().collect();
    slips.sort_by(|(_, (one, _)), (_, (other, _))| one.written.cmp(&other.written));
    slips
        .into_iter()
        .map(|(slip, (label, times))| {
            let (file, line) = &label.written;
            let more = match times {
                1 => String::new(),
                times => format!(" (and {} more)", times - 1),
            };
            format!("{file}:{line}: {slip}{more}")
        })
        .chain(promised)
        .collect()
}

/// The end of a sentence about a name that is not there.
fn meant(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

/// The number of the last line that a label may name; `None` where there is no such file.
fn length(root: &Path, path: &str) -> Option<u32> {
    let file = root.join(path);
    if !file.is_file() {
        // What is said of a directory has no line.
        return file.exists().then_some(u32::MAX);
    }
    let bytes = std::fs::read(file).ok()?;
    let lines = bytes.split(|byte| *byte == b'\n').count();
    let is_ended = bytes.last() == Some(&b'\n');
    u32::try_from(lines - usize::from(is_ended)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::label::{Judged, LabelledRepository};
    use perfctl_engine::score::Scope;

    fn label(rule: &str, path: &str, line: u32, at: u32) -> Label {
        Label {
            repository: "shop/api".to_owned(),
            commit: "0".repeat(40),
            rule: rule.into(),
            path: path.to_owned(),
            line,
            judged: Judged::True,
            why: String::new(),
            alt_line: None,
            also: Vec::new(),
            symbol_span: None,
            written: ("labels.jsonl".into(), at),
        }
    }

    #[test]
    fn a_label_that_nothing_can_meet_is_named_with_its_place() {
        let dir = tempfile::tempdir().expect("works here");
        std::fs::write(dir.path().join("a.py"), "x = 1\ny = 2\n").expect("works here");
        std::fs::write(dir.path().join("views.py"), "x = 1\n").expect("works here");
        std::fs::write(dir.path().join("b.py"), "x = 1").expect("works here");
        let unit = Unit {
            name: "shop/api".to_owned(),
            commit: "0".repeat(40),
            is_alone: true,
            described: None,
            labels: vec![
                label("A-1", "a.py", 2, 1),
                label("A-1", "b.py", 1, 2),
                label("A-1", "a.py", 3, 3),
                label("A-2", "a.py", 1, 4),
                label("A-2", "a.py", 2, 5),
                label("A-1", "c.py", 9, 6),
                label("A-1", "veiws.py", 1, 7),
            ],
        };
        let known = BTreeSet::from(["A-1".into()]);
        assert_eq!(
            of(&unit, dir.path(), &known, None),
            [
                "labels.jsonl:3: labels speak of a.py:3, and the file ends at line 2",
                "labels.jsonl:4: labels speak of A-2, which no rule is called; did you mean A-1? (and 1 more)",
                "labels.jsonl:6: labels speak of c.py, which is not there",
                "labels.jsonl:7: labels speak of veiws.py, which is not there; did you mean views.py?",
            ]
        );
        let mut described = unit;
        described.labels.clear();
        let promise = LabelledRepository {
            name: "shop/api".to_owned(),
            commit: "0".repeat(40),
            url: None,
            scope_roots: vec!["*".to_owned()],
            exhaustive_rules: ["A-1".into(), "A-11".into()].into(),
        };
        let scope = Scope::of(&promise.scope_roots).expect("a scope");
        described.described = Some((promise, scope));
        assert_eq!(
            of(&described, dir.path(), &known, None),
            ["`exhaustive_rules` names A-11, which no rule is called; did you mean A-1?"]
        );
        let unit = described;
        let only = BTreeSet::from(["A-3".into()]);
        assert!(of(&unit, dir.path(), &known, Some(&only)).is_empty());
    }
}
