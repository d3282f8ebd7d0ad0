use std::sync::Mutex;

use super::*;
use crate::fakes::{self, finding, rule, step_record};
use perfctl_core::moves::Moves;
use perfctl_core::seams::NoLineage;

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

/// The history after a run of which git knows no relations: in the order of the clock.
fn advance(known: Vec<Known>, record: &RunRecord) -> Vec<Known> {
    super::advance(known, record, &NoLineage)
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
        // As where another run enters meanwhile.
        advance(known.clone());
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
        &NoLineage,
    );
    keep(
        &mut run("two", 2, &[("b.py", 1), ("c.py", 1)]),
        &memory,
        &NoLineage,
    );
    let mut last = run("three", 3, &[("c.py", 1)]);
    keep(&mut last, &memory, &NoLineage);
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
        &NoLineage,
    );
    assert_eq!(record.history, None);
    assert_eq!(
        record.notes,
        ["when findings came and went is not known: the disk is full"]
    );
}

/// Commits by the name of their run: `1`, `2`, ... lie on one line, `b2` beside what comes after `1`.
struct Line(&'static str, Moves);

impl Lineage for Line {
    fn kinship(&self, commit: &str) -> Option<Kinship> {
        let of = |name: &str| {
            (
                name.starts_with('b'),
                name.trim_start_matches('b').to_owned(),
            )
        };
        let (here, there) = (of(self.0), of(commit.strip_prefix("commit-")?));
        let forked = "1".to_owned();
        Some(match () {
            () if here.0 == there.0 && there.1 <= here.1 => Kinship::Earlier,
            () if here.0 == there.0 => Kinship::Later,
            () if there == (false, forked.clone()) => Kinship::Earlier,
            () if here == (false, forked) => Kinship::Later,
            () => Kinship::Apart,
        })
    }

    fn moves_since(&self, _: &str) -> Moves {
        self.1.clone()
    }
}

/// Counts what git is asked.
#[derive(Default)]
struct Counting(Mutex<Vec<String>>);

impl Counting {
    fn asked(&self, what: &str, commit: &str) {
        let mut asked = self.0.lock().expect("no test panics with it");
        asked.push(format!("{what} {commit}"));
    }
}

impl Lineage for Counting {
    fn kinship(&self, commit: &str) -> Option<Kinship> {
        self.asked("kinship", commit);
        None
    }

    fn moves_since(&self, commit: &str) -> Moves {
        self.asked("moves", commit);
        Moves::default()
    }
}

#[test]
fn git_is_asked_once_of_each_commit_however_often_a_run_is_worked_out() {
    let memory = Memory(Mutex::default(), None);
    keep(
        &mut run("one", 1, &[("a.py", 3), ("b.py", 1)]),
        &memory,
        &NoLineage,
    );
    let git = Counting::default();
    keep(&mut run("two", 2, &[("c.py", 3)]), &memory, &git);
    let asked = git.0.into_inner().expect("no test panics with it");
    assert_eq!(asked, ["moves commit-one", "kinship commit-one"]);
}

/// The history after audits of these commits, each with whether it has the finding, in the order of the clock.
fn audited(audits: &[(&'static str, bool)]) -> Vec<Known> {
    let mut known = Vec::new();
    for (at, (commit, has_it)) in audits.iter().enumerate() {
        let found: &[(&str, u32)] = if *has_it { &[("a.py", 3)] } else { &[] };
        let record = run(commit, at as u64, found);
        known = super::advance(known, &record, &Line(commit, Moves::default()));
    }
    known
}

#[test]
fn an_audit_of_an_older_commit_says_nothing_of_what_came_later() {
    let fixed = |known: &[Known]| commit(known[0].fixed.as_ref()).map(str::to_owned);
    // It came in 3: that 2 does not have it mends nothing, and 4 does not bring it back.
    let known = audited(&[("3", true), ("2", false), ("4", true)]);
    assert_eq!((fixed(&known), &known[0].came_back), (None, &None));
    // It was mended in 3: that 2 has it brings nothing back.
    let known = audited(&[("1", true), ("3", false), ("2", true)]);
    assert_eq!(fixed(&known).as_deref(), Some("commit-3"));
    assert_eq!(known[0].came_back, None);
    let known = audited(&[("1", true), ("3", false), ("2", true), ("4", true)]);
    assert_eq!(fixed(&known), None);
    assert_eq!(commit(known[0].came_back.as_ref()), Some("commit-4"));
}

#[test]
fn an_older_commit_that_has_a_finding_is_the_first_one_that_is_known_to() {
    let first = |known: &[Known]| commit(Some(&known[0].first)).map(str::to_owned);
    let known = audited(&[("4", true), ("2", true), ("3", true)]);
    assert_eq!(first(&known).as_deref(), Some("commit-2"));
    assert_eq!(commit(Some(&known[0].last)), Some("commit-4"));
    // Another branch has not shown that it was there before.
    let known = audited(&[("2", true), ("b2", true)]);
    assert_eq!(first(&known).as_deref(), Some("commit-2"));
}

#[test]
fn branches_say_nothing_of_what_only_another_one_has_or_mended() {
    let fixed = |known: &[Known]| commit(known[0].fixed.as_ref()).map(str::to_owned);
    // What one branch brought the other did not mend.
    let known = audited(&[("2", true), ("b2", false), ("3", true)]);
    assert_eq!((fixed(&known), &known[0].came_back), (None, &None));
    // What one branch mended did not come back on the other, which mends it on its own.
    let audits = [
        ("1", true),
        ("2", true),
        ("b2", false),
        ("3", true),
        ("4", false),
    ];
    let known = audited(&audits[..4]);
    assert_eq!(fixed(&known).as_deref(), Some("commit-b2"));
    assert_eq!(known[0].came_back, None);
    assert_eq!(fixed(&audited(&audits)).as_deref(), Some("commit-4"));
    // A branch that was audited in between holds up nothing.
    let known = audited(&[("1", true), ("b2", true), ("3", false)]);
    assert_eq!(fixed(&known).as_deref(), Some("commit-3"));
}

#[test]
fn without_relations_the_older_commit_is_the_earlier_one() {
    let at = |id: &str, committed_ms, found: &[(&str, u32)]| {
        let mut record = run(id, 9, found);
        record.source.committed_ms = Some(committed_ms);
        record
    };
    let known = advance(Vec::new(), &at("new", 200, &[("a.py", 3)]));
    let known = advance(known, &at("old", 100, &[]));
    assert_eq!(known[0].fixed, None);
    let known = advance(known, &at("newer", 300, &[]));
    assert_eq!(commit(known[0].fixed.as_ref()), Some("commit-newer"));
    let known = advance(known, &at("old", 100, &[("a.py", 3)]));
    assert_eq!(commit(known[0].fixed.as_ref()), Some("commit-newer"));
}

#[test]
fn a_record_says_what_it_found_although_another_state_mended_it() {
    let known = audited(&[("1", true), ("3", false)]);
    let old = run("2", 9, &[("a.py", 3)]);
    let history = shown(known, &old);
    assert_eq!((history.open.len(), history.fixed.len()), (1, 0));
}

#[test]
fn a_finding_of_a_file_that_moved_is_the_one_that_was_known() {
    let named = |id: &str, path: &str| {
        let mut record = run(id, 1, &[]);
        record.findings = vec![finding("A-1", path, 3)];
        crate::judge::fingerprint::assign(&mut record.findings);
        record
    };
    let known = advance(Vec::new(), &named("1", "a.py"));
    let moves = Moves::new([("a.py".to_owned(), "app/b.py".to_owned())]);
    let now = named("2", "app/b.py");
    let known = super::advance(known, &now, &Line("2", moves));
    assert_eq!(known.len(), 1, "{known:?}");
    assert_eq!(known[0].fingerprint, now.findings[0].fingerprint);
    assert_eq!(
        (known[0].path.as_str(), commit(Some(&known[0].first))),
        ("app/b.py", Some("commit-1"))
    );
}

#[test]
fn an_audit_of_the_commit_before_a_move_does_not_lose_what_moved() {
    let named = |id: &str, path: &str| {
        let mut record = run(id, 1, &[]);
        record.findings = vec![finding("A-1", path, 3)];
        crate::judge::fingerprint::assign(&mut record.findings);
        record
    };
    let moved = |before: &str, after: &str| Moves::new([(before.to_owned(), after.to_owned())]);
    let known = advance(Vec::new(), &named("3", "b.py"));
    let back = Line("1", moved("b.py", "a.py"));
    let known = super::advance(known, &named("1", "a.py"), &back);
    let forth = Line("3", moved("a.py", "b.py"));
    let known = super::advance(known, &named("3", "b.py"), &forth);
    assert_eq!(known.len(), 1, "{known:?}");
    assert_eq!(commit(Some(&known[0].first)), Some("commit-1"));
    assert_eq!((known[0].path.as_str(), &known[0].fixed), ("b.py", &None));
}
