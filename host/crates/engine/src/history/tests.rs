use std::sync::Mutex;

use super::*;
use crate::fakes::{self, finding, rule, step_record};

/// A run at `commit` that finds `findings` (path, line) of one rule, by one step that ended.
fn run(id: &str, at_ms: u64, findings: &[(&str, u32)]) -> RunRecord {
    let mut record = fakes::record(id);
    record.started_ms = at_ms;
    record.source.commit = Some(format!("commit-{id}"));
    record.rules = vec![rule("A-1")];
    let mut step = step_record("rules");
    step.kind = "rules".to_owned();
    record.steps = vec![step];
    record.findings = findings
        .iter()
        .map(|(path, line)| {
            let mut finding = finding("A-1", path, *line);
            finding.fingerprint = format!("v1-{path}");
            finding
        })
        .collect();
    record
}

fn commit(sighting: Option<&Sighting>) -> Option<&str> {
    sighting?.commit.as_deref()
}

#[test]
fn a_finding_is_first_seen_then_fixed_then_back() {
    let known = advance(Vec::new(), &run("one", 1, &[("a.py", 3), ("b.py", 1)]));
    let known = advance(known, &run("two", 2, &[("b.py", 9)]));
    let (a, b) = (&known[0], &known[1]);
    assert_eq!(commit(Some(&a.first)), Some("commit-one"));
    assert_eq!(commit(a.fixed.as_ref()), Some("commit-two"));
    assert_eq!(a.last.run.as_str(), "one");
    assert_eq!((b.line, b.fixed.is_none(), b.last.at_ms), (9, true, 2));
    // What is gone stays gone, by the run that saw it first.
    let known = advance(known, &run("three", 3, &[("b.py", 9)]));
    assert_eq!(commit(known[0].fixed.as_ref()), Some("commit-two"));
    let known = advance(known, &run("four", 4, &[("a.py", 5)]));
    assert_eq!(known[0].fixed, None);
    assert_eq!(commit(known[0].came_back.as_ref()), Some("commit-four"));
    assert_eq!(commit(Some(&known[0].first)), Some("commit-one"));
    assert!(known[1].fixed.is_some());
}

#[test]
fn only_a_run_that_looked_can_say_that_something_is_fixed() {
    let before = || advance(Vec::new(), &run("one", 1, &[("app/a.py", 3)]));
    let blind: [fn(&mut RunRecord); 6] = [
        |record| record.rules.clear(),
        |record| record.unheard = vec!["A-1".into()],
        |record| record.parts = vec!["web".to_owned()],
        |record| record.changed_lines = true,
        |record| record.excluded = vec!["app".to_owned()],
        |record| record.steps[0].status = perfctl_core::run::StepStatus::Interrupted,
    ];
    for (at, blind) in blind.into_iter().enumerate() {
        let mut record = run("two", 2, &[]);
        blind(&mut record);
        assert_eq!(advance(before(), &record)[0].fixed, None, "{at}");
    }
    assert!(advance(before(), &run("two", 2, &[]))[0].fixed.is_some());
}

#[test]
fn suspicions_are_not_followed_and_uncommitted_changes_are_no_commit() {
    let mut record = run("one", 1, &[("a.py", 3), ("b.py", 3)]);
    record.findings[0].confidence = perfctl_core::scale::Confidence::Low;
    record.source.dirty = true;
    let known = advance(Vec::new(), &record);
    assert_eq!(known.len(), 1);
    assert_eq!(
        (known[0].path.as_str(), commit(Some(&known[0].first))),
        ("b.py", None)
    );
    // A finding of which the rule is less sure now is still there.
    let mut record = run("two", 2, &[("b.py", 3)]);
    record.findings[0].confidence = perfctl_core::scale::Confidence::Low;
    assert_eq!(advance(known, &record)[0].fixed, None);
}

#[test]
fn a_mend_audited_before_its_commit_gets_it_from_the_first_clean_run() {
    let known = advance(Vec::new(), &run("one", 1, &[("a.py", 3)]));
    let mut mended = run("two", 2, &[]);
    mended.source.dirty = true;
    let known = advance(known, &mended);
    assert_eq!(commit(known[0].fixed.as_ref()), None);
    // A run that did not look knows nothing of it.
    let mut blind = run("three", 3, &[]);
    blind.rules.clear();
    let known = advance(known, &blind);
    assert_eq!(commit(known[0].fixed.as_ref()), None);
    let known = advance(known, &run("four", 4, &[]));
    let known = advance(known, &run("five", 5, &[]));
    let fixed = known[0].fixed.as_ref().expect("still gone");
    assert_eq!(commit(Some(fixed)), Some("commit-four"));
    assert_eq!((fixed.run.as_str(), fixed.at_ms), ("two", 2));
}

/// Keeps the history in memory, or does not work.
struct Memory(Mutex<Vec<Known>>, Option<&'static str>);

impl Chronicle for Memory {
    fn enter(
        &self,
        _: &RunRecord,
        advance: &dyn Fn(Vec<Known>) -> Vec<Known>,
    ) -> Result<Vec<Known>, String> {
        if let Some(why) = self.1 {
            return Err(why.to_owned());
        }
        let mut known = self.0.lock().expect("no test panics with it");
        *known = advance(known.clone());
        Ok(known.clone())
    }
}

#[test]
fn a_record_says_what_is_known_of_its_findings_and_what_is_gone() {
    let memory = Memory(Mutex::default(), None);
    keep(
        &mut run("one", 1, &[("a.py", 3), ("b.py", 1), ("c.py", 1)]),
        &memory,
    );
    keep(&mut run("two", 2, &[("b.py", 1), ("c.py", 1)]), &memory);
    let mut last = run("three", 3, &[("c.py", 1)]);
    keep(&mut last, &memory);
    let history = last.history.expect("kept");
    let paths = |list: &[Known]| list.iter().map(|one| one.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&history.open), ["c.py"]);
    assert_eq!(paths(&history.fixed), ["b.py", "a.py"]);
    assert_eq!(history.fixed_in_all, 2);
    assert_eq!(history.of("v1-c.py").map(|one| one.first.at_ms), Some(1));
    assert_eq!(history.of("v1-a.py"), None);
}

#[test]
fn that_no_history_could_be_kept_is_a_note_and_nothing_else() {
    let mut record = run("one", 1, &[("a.py", 3)]);
    keep(
        &mut record,
        &Memory(Mutex::default(), Some("the disk is full")),
    );
    assert_eq!(record.history, None);
    assert_eq!(
        record.notes,
        ["when findings came and went is not known: the disk is full"]
    );
}
