use super::*;
use crate::repo::scratch::Scratch;

const FACTS: &str = "schema = \"perfctl.facts/1\"\n";

fn found<'v>(view: &'v RepoView, texts: &[&str]) -> Vec<&'v str> {
    let sought = Sought::new(texts).expect("few texts");
    let all = (0..).zip(view.entries());
    let held = all.filter(|(at, _)| view.holds(*at, &sought));
    held.map(|(_, entry)| &*entry.path).collect()
}

#[test]
fn the_same_is_found_however_often_it_is_asked() {
    let texts = [
        ("a.py", "session.get(Row, 1)\n"),
        ("b.py", "é = 'äöü'\n"),
        ("c.txt", "x\0session\0"),
        ("d.py", ""),
    ];
    let scratch = Scratch::new(FACTS, &texts);
    let view = &scratch.survey.view;
    let asked: &[&[&str]] = &[
        &["session"],
        &["session.get(", "öü"],
        &["s"],
        &["zz", "é"],
        &[""],
        &[],
        &["session.put("],
    ];
    let first: Vec<Vec<&str>> = asked.iter().map(|texts| found(view, texts)).collect();
    assert_eq!(first[1], ["a.py", "b.py"]);
    assert!(
        first[4].len() >= 3,
        "an empty text stands in each that is read"
    );
    assert!(first[5].is_empty() && first[6].is_empty());
    for _ in 0..2 {
        let again: Vec<Vec<&str>> = asked.iter().map(|texts| found(view, texts)).collect();
        assert_eq!(again, first);
    }
    let kept = view
        .answers
        .files
        .iter()
        .filter(|file| file.grams.get().is_some());
    assert!(kept.count() >= 3);
}

#[test]
fn what_is_asked_once_keeps_nothing_and_what_is_gone_holds_nothing() {
    let scratch = Scratch::new(FACTS, &[("a.py", "one\n"), ("b.py", "two\n")]);
    let view = &scratch.survey.view;
    assert_eq!(found(view, &["one"]), ["a.py"]);
    assert_eq!(view.answers.taken.load(Ordering::Relaxed), 0);
    let scratch = Scratch::new(FACTS, &[("a.py", "one\n"), ("b.py", "two\n")]);
    let view = &scratch.survey.view;
    std::fs::remove_file(view.root().join("b.py")).expect("it is there");
    assert!(found(view, &["two"]).is_empty());
}

#[test]
fn globs_are_remembered_and_forgotten_without_another_answer() {
    let scratch = Scratch::new(FACTS, &[("a.py", ""), ("b.ts", ""), ("c/d.yml", "")]);
    let view = &scratch.survey.view;
    let ask = |glob: &str| {
        let read = || Files::checked([globset::Glob::new(glob)?]);
        let positions = view.fitting(glob, read).expect("a glob");
        let path = |at: &u32| view.entries()[*at as usize].path.to_string();
        positions.iter().map(path).collect::<Vec<_>>()
    };
    assert_eq!(ask("*.py"), ["a.py"]);
    for at in 0..MOST_GLOBS {
        assert!(ask(&format!("**/none{at}")).is_empty());
    }
    assert!(view.answers.fitting.lock().expect("whole").by_glob.len() < MOST_GLOBS);
    assert_eq!(ask("*.py"), ["a.py"]);
    assert_eq!(ask("**/*.{yml,ts}"), ["b.ts", "c/d.yml"]);
    let refused = view.fitting("[", || Files::checked([globset::Glob::new("[")?]));
    assert!(refused.is_err());
}
