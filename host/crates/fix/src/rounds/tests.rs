//! Rounds over a repository that is made up: a rule is a word, and finds each place where its word stands.

mod doubt;
mod foresight;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::{Edit, Fix, Safety};
use perfctl_core::ids::RuleId;
use perfctl_core::place::{ByteSpan, Excerpt, LineIndex};
use perfctl_core::scale::{Confidence, Reach, Severity};

use super::*;
use crate::{Outcome, Soundness, Texts};

/// What a word becomes, and how safely; several files change where the third part names another one.
struct Word {
    word: &'static str,
    text: &'static str,
    safety: Safety,
    also: Option<(&'static str, &'static str)>,
}

fn word(word: &'static str, text: &'static str) -> Word {
    Word {
        word,
        text,
        safety: Safety::Safe,
        also: None,
    }
}

/// Safe fixes, of findings that are no suspicions.
const SAFE: Terms = Terms {
    permitted: Safety::Safe,
    least: Confidence::Medium,
    foresee: false,
};

struct Made {
    files: Texts,
    rules: Vec<Word>,
    scans: RefCell<usize>,
    /// The scans, counted from 1, in which the rule of the last word breaks.
    breaks: Vec<usize>,
    /// The lowest confidence that counts.
    least: Confidence,
    /// A word whose rule is unsure in a file with that text.
    doubts: Option<(&'static str, &'static str)>,
    /// What the latest scan saw, and what the latest that proved right did.
    latest: RefCell<Texts>,
    proved: RefCell<Texts>,
}

impl Made {
    fn new(files: &[(&str, &str)], rules: Vec<Word>) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).into(), (*text).into()));
        Self {
            files: files.collect(),
            rules,
            scans: RefCell::default(),
            breaks: Vec::new(),
            least: Confidence::Medium,
            doubts: None,
            latest: RefCell::default(),
            proved: RefCell::default(),
        }
    }

    fn found(&self, changed: &Texts) -> Scan {
        let mut scan = Scan::default();
        for rule in &self.rules {
            for (path, disk) in &self.files {
                let text = changed.get(path).unwrap_or(disk);
                for (at, _) in text.match_indices(rule.word) {
                    let span = ByteSpan::new(at as u32, (at + rule.word.len()) as u32);
                    let edit = |path: &Arc<str>, span, text: &str| Edit {
                        path: path.clone(),
                        span,
                        text: text.to_owned(),
                    };
                    let mut edits = vec![edit(path, span, rule.text)];
                    if let Some((other, text)) = rule.also {
                        edits.push(edit(&other.into(), ByteSpan::new(0, 0), text));
                    }
                    let index = LineIndex::new(text.as_bytes());
                    scan.findings.push(Finding {
                        rule: RuleId::new(rule.word.to_uppercase()),
                        message: format!("{} is there", rule.word),
                        severity: Severity::Low,
                        confidence: match self.doubts {
                            Some((word, with)) if word == rule.word && text.contains(with) => {
                                Confidence::Low
                            }
                            _ => Confidence::High,
                        },
                        reach: Reach::Unknown,
                        place: index.place(path.clone(), text.as_bytes(), span),
                        excerpt: Excerpt::default(),
                        symbol: String::new(),
                        related: Vec::new(),
                        notes: Vec::new(),
                        fix: Some(Fix {
                            title: format!("{} -> {}", rule.word, rule.text),
                            safety: rule.safety,
                            edits,
                            diff: String::new(),
                        }),
                        fingerprint: String::new(),
                        silenced: None,
                        rank: None,
                    });
                }
            }
        }
        scan
    }

    fn fix_only(&self, wanted: impl Fn(&Finding) -> bool, permitted: Safety) -> Outcome {
        let first = self.found(&Texts::new());
        let wanted: Vec<usize> = (0..first.findings.len())
            .filter(|at| wanted(&first.findings[*at]))
            .collect();
        let terms = Terms {
            permitted,
            least: self.least,
            foresee: false,
        };
        super::fix(self, &first, &wanted, terms).expect("nobody stops it")
    }

    fn fix(&self, permitted: Safety) -> Outcome {
        self.fix_only(|_| true, permitted)
    }
}

impl Repository for Made {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        match path {
            "locked" => Err("it is read-only".to_owned()),
            _ => Ok(self.files[path].clone()),
        }
    }

    /// A text is as unsound as it has braces that are not closed; its first line is one whole when it begins with `import`.
    fn soundness(&self, path: &str, text: &str) -> Soundness {
        let count = |sign| text.matches(sign).count();
        let head = text.find('\n').filter(|_| text.starts_with("import"));
        Soundness {
            faults: count('{').abs_diff(count('}')),
            whole: head
                .map(|end| ByteSpan::new(0, end as u32))
                .into_iter()
                .collect(),
            is_unread: path.ends_with(".txt"),
        }
    }

    fn scan(&self, changed: &Texts) -> Result<Scan, Stopped> {
        *self.scans.borrow_mut() += 1;
        *self.latest.borrow_mut() = changed.clone();
        let mut scan = self.found(changed);
        if let Some(rule) = self.rules.last()
            && self.breaks.contains(&self.scans.borrow())
        {
            let id = RuleId::new(rule.word.to_uppercase());
            scan.findings.retain(|finding| finding.rule != id);
            scan.broken.insert(id);
        }
        Ok(scan)
    }

    fn proved(&self) {
        *self.proved.borrow_mut() = self.latest.borrow().clone();
    }

    fn heard(&self, _: Progress) {}
}

fn text(outcome: &Outcome, path: &str) -> String {
    let file = outcome.files.iter().find(|file| &*file.path == path);
    file.map_or("unchanged".to_owned(), |file| file.after.to_string())
}

fn left(outcome: &Outcome) -> Vec<&'static str> {
    outcome.left.iter().map(|(_, why)| why.word()).collect()
}

#[test]
fn what_goes_together_takes_one_scan() {
    let made = Made::new(
        &[("a", "old x old\n"), ("b", "old\n"), ("c", "y\n")],
        vec![word("old", "new")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a"), "new x new\n");
    assert_eq!(
        (outcome.files.len(), outcome.applied.len(), outcome.rounds),
        (2, 3, 1)
    );
    assert_eq!((*made.scans.borrow(), outcome.left.len()), (1, 0));
}

#[test]
fn what_meets_another_change_waits_a_round() {
    let made = Made::new(
        &[("a", "oldbad")],
        vec![word("old", "new"), word("bad", "good")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), outcome.rounds),
        ("newgood".to_owned(), 2)
    );
    assert_eq!(outcome.applied[1].round, 2);
    let made = Made::new(
        &[("a", "import old, bad\nbad\n")],
        vec![word("old", "new"), word("bad", "good")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), outcome.rounds),
        ("import new, good\ngood\n".to_owned(), 2)
    );
}

#[test]
fn what_waited_for_a_refused_fix_has_its_turn() {
    let made = Made::new(
        &[("a", "badold")],
        vec![word("old", "new"), word("bad", "very bad")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), left(&outcome)),
        ("badnew".to_owned(), vec!["not-gone"])
    );
}

#[test]
fn classes_are_kept_apart() {
    let rules = || {
        vec![
            word("old", "new"),
            Word {
                safety: Safety::Unsafe,
                ..word("bad", "good")
            },
            Word {
                safety: Safety::DisplayOnly,
                ..word("odd", "even")
            },
        ]
    };
    let made = Made::new(&[("a", "old bad odd")], rules());
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a"), "new bad odd");
    assert_eq!(left(&outcome), ["unsafe", "shown-only"]);
    let outcome = made.fix(Safety::Unsafe);
    assert_eq!(text(&outcome, "a"), "new good odd");
    assert_eq!(left(&outcome), ["shown-only"]);
}

#[test]
fn what_no_parser_reads_is_changed_only_where_unsafe_changes_are() {
    let files = [("a", "old"), ("b.txt", "old")];
    let made = || Made::new(&files, vec![word("old", "new")]);
    let outcome = made().fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), text(&outcome, "b.txt")),
        ("new".to_owned(), "unchanged".to_owned())
    );
    assert_eq!(left(&outcome), ["unchecked"]);
    assert_eq!(text(&made().fix(Safety::Unsafe), "b.txt"), "new");
}

#[test]
fn only_what_is_wanted_is_fixed_also_in_later_rounds() {
    let made = Made::new(&[("a", "old old oldold")], vec![word("old", "n")]);
    let outcome = made.fix_only(|finding| finding.place.span.start != 4, Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), outcome.rounds),
        ("n old nn".to_owned(), 2)
    );
}

#[test]
fn a_fix_that_does_not_mend_is_refused_and_the_others_are_made() {
    let made = Made::new(
        &[("a", "old bad"), ("b", "old bad")],
        vec![word("old", "new"), word("bad", "very bad")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a"), "new bad");
    assert_eq!(left(&outcome), ["not-gone", "not-gone"]);
}

#[test]
fn a_fix_that_brings_another_finding_is_refused() {
    let made = Made::new(
        &[("a", "old bad two"), ("b", "bad")],
        vec![
            word("old", "new"),
            word("bad", "worse"),
            word("worse", "worse!"),
            word("two", "three"),
        ],
    );
    let outcome = made.fix_only(|finding| finding.rule.as_str() != "WORSE", Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), text(&outcome, "b")),
        ("new bad three".to_owned(), "unchanged".to_owned())
    );
    assert_eq!(left(&outcome), ["brings-finding", "brings-finding"]);
    assert_eq!(
        outcome.left[0].1.sentence(),
        "its change would bring a finding of WORSE: worse is there"
    );
    // The trial of what was refused came last, but what proved right is what is there.
    let ends = |texts: &Texts| texts.values().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(ends(&made.proved.borrow()), ["new bad three"]);
    assert_ne!(*made.latest.borrow(), *made.proved.borrow());
}

#[test]
fn a_fix_that_breaks_a_file_is_refused() {
    let made = Made::new(
        &[("a", "old } bad"), ("b", "bad }")],
        vec![word("old", "new"), word("bad", "}")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a"), "new } bad");
    assert_eq!(left(&outcome), ["breaks-file", "breaks-file"]);
    // One that leaves as many faults as there were is none.
    let made = Made::new(&[("a", "{ old")], vec![word("old", "new")]);
    assert_eq!(text(&made.fix(Safety::Safe), "a"), "{ new");
}

#[test]
fn edits_in_several_files_are_made_all_or_none() {
    let rule = |also| {
        vec![Word {
            also: Some(also),
            ..word("old", "new")
        }]
    };
    let files = [("a", "old"), ("b", "x"), ("locked", "y")];
    let outcome = Made::new(&files, rule(("b", "import new\n"))).fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), text(&outcome, "b")),
        ("new".to_owned(), "import new\nx".to_owned())
    );
    let outcome = Made::new(&files, rule(("locked", "import new\n"))).fix(Safety::Safe);
    assert!(outcome.files.is_empty());
    assert_eq!(
        outcome.left[0].1.sentence(),
        "locked is not written: it is read-only"
    );
    let outcome = Made::new(&files, rule(("b", "{"))).fix(Safety::Safe);
    assert_eq!(
        (outcome.files.len(), left(&outcome)),
        (0, vec!["breaks-file"])
    );
}

#[test]
fn a_file_that_would_come_back_to_an_earlier_text_stays() {
    let made = Made::new(
        &[("a", "tic"), ("b", "tic old")],
        vec![word("tic", "tic"), word("old", "new")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a"), text(&outcome, "b")),
        ("unchanged".to_owned(), "tic new".to_owned())
    );
    assert_eq!(left(&outcome), ["returns", "returns"]);
}

#[test]
fn a_second_run_has_nothing_to_do() {
    let rules = || {
        vec![
            word("old", "new"),
            word("bad", "good"),
            word("worse", "bad"),
        ]
    };
    let made = Made::new(&[("a", "oldbad badold worse")], rules());
    let outcome = made.fix(Safety::Safe);
    let again: BTreeMap<String, String> = outcome
        .files
        .iter()
        .map(|file| (file.path.to_string(), file.after.to_string()))
        .collect();
    let again: Vec<(&str, &str)> = again
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let outcome = Made::new(&again, rules()).fix(Safety::Safe);
    assert!(outcome.files.is_empty(), "{:?}", outcome.files);
}

#[test]
fn who_changed_a_file_is_tried_apart_from_the_others() {
    let names: Vec<String> = (0..64).map(|at| format!("f{at}")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "old")).collect();
    files.push(("a", "old bad bad old"));
    let made = Made::new(
        &files,
        vec![
            word("old", "new"),
            word("bad", "worse"),
            word("worse", "worse!"),
        ],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a"), "new bad bad new");
    assert_eq!(outcome.applied.len(), 66);
    // All, the other files, the four, two and two, one and one; and both bad ones again at the end.
    let scans = *made.scans.borrow();
    assert!(scans <= 14, "{scans} scans");
}

#[test]
fn what_another_fix_brings_is_not_held_against_one_of_the_same_rule() {
    let made = Made::new(
        &[("a", "bad and old")],
        vec![word("old", "new"), word("bad", "an old one")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a"), "bad and new");
    assert_eq!(left(&outcome), ["brings-finding"]);
}

#[test]
fn a_rule_that_breaks_once_is_asked_again() {
    let rules = || vec![word("old", "new"), word("odd", "even")];
    let mut made = Made::new(&[("a", "old odd")], rules());
    made.breaks = vec![1];
    assert_eq!(text(&made.fix(Safety::Safe), "a"), "new even");
    made.breaks = (1..99).collect();
    *made.scans.borrow_mut() = 0;
    let outcome = made.fix(Safety::Safe);
    assert_eq!(outcome.files.len(), 0);
    assert_eq!(left(&outcome), ["breaks-rule", "breaks-rule"]);
}

#[test]
fn what_a_broken_rule_would_have_found_is_held_against_nobody() {
    let made = Made::new(
        &[("a", "old odd")],
        vec![word("old", "new"), word("odd", "even")],
    );
    let mut first = made.found(&Texts::new());
    first.findings.truncate(1);
    first.broken.insert(RuleId::new("ODD"));
    let outcome = fix(&made, &first, &[0], SAFE).expect("nobody stops it");
    assert_eq!(text(&outcome, "a"), "new odd");
}

#[test]
fn what_a_broken_rule_does_not_find_again_is_left_and_not_mended() {
    let made = |breaks: std::ops::Range<usize>| {
        let mut made = Made::new(
            &[("a", "old odd"), ("b", "odd")],
            vec![word("old", "new odd"), word("odd", "even")],
        );
        made.breaks = breaks.collect();
        made
    };
    // It found something in `a` and `b` before it broke in a file that it is asked about again and again.
    let always = made(1..99);
    let mut first = always.found(&Texts::new());
    first.broken.insert(RuleId::new("ODD"));
    let outcome = fix(&always, &first, &[0, 1, 2], SAFE).expect("nobody stops it");
    assert_eq!(text(&outcome, "a"), "new odd odd");
    assert_eq!(text(&outcome, "b"), "unchanged");
    assert_eq!((outcome.applied.len(), outcome.went_along.len()), (1, 0));
    assert_eq!(left(&outcome), ["unproven"; 2]);
    assert_eq!(
        outcome.left[0].1.sentence(),
        "ODD breaks, so nobody could tell whether its change helps"
    );
    // Where it runs again in a later round, its findings have their turn.
    let once = made(0..0);
    let outcome = fix(&once, &first, &[0, 1, 2], SAFE).expect("nobody stops it");
    assert_eq!(text(&outcome, "b"), "even");
    assert!(outcome.left.is_empty(), "{:?}", outcome.left);
}

#[test]
fn what_is_not_written_mends_nothing() {
    let rules = || {
        vec![
            word("oldest", "new"),
            Word {
                safety: Safety::Unsafe,
                ..word("old", "new")
            },
        ]
    };
    let files = [("a", "oldest"), ("b", "oldest oldest")];
    let made = Made::new(&files, rules());
    let outcome = made.fix(Safety::Safe);
    assert_eq!((outcome.applied.len(), outcome.went_along.len()), (3, 3));
    let mut lost = outcome.clone();
    lost.lose(&[("b".into(), "the disk is full".to_owned())]);
    assert_eq!((lost.applied.len(), lost.went_along.len()), (1, 1));
    assert_eq!(
        (lost.files.len(), text(&lost, "b")),
        (1, "unchanged".to_owned())
    );
    assert_eq!(left(&lost), ["unwritable"; 4]);
    assert_eq!(
        lost.left[0].1.sentence(),
        "b is not written: the disk is full"
    );
}

#[test]
fn what_is_refused_takes_no_turn_from_the_others() {
    // The line of imports takes one fix a round, and those of the three bad ones fail each time.
    let text_before = format!("import bad bad bad{}\n", " older".repeat(8));
    let made = Made::new(
        &[("a", &text_before)],
        vec![word("older", "new"), word("bad", "}")],
    );
    let outcome = made.fix(Safety::Safe);
    assert_eq!(text(&outcome, "a").matches("older").count(), 1);
    assert_eq!((outcome.rounds, *made.scans.borrow()), (7, 7));
    assert!(left(&outcome).contains(&"overlap"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_stands_there_it_ends_with_less_and_a_second_run_does_nothing(
        a in "(old|bad|worse|[ {}\n]|import){0,14}", b in "(old|bad|[ \n]){0,8}"
    ) {
        let rules = || vec![
            word("old", "new"),
            word("bad", "}"),
            Word { also: Some(("b", "x")), ..word("worse", "") },
        ];
        let made = Made::new(&[("a", &a), ("b", &b)], rules());
        let outcome = made.fix(Safety::Safe);
        let before = made.found(&Texts::new()).findings.len();
        proptest::prop_assert_eq!(outcome.last.findings.len(), outcome.left.len());
        proptest::prop_assert_eq!(
            before,
            outcome.left.len() + outcome.applied.len() + outcome.went_along.len()
        );
        let then = |path: &str, text: &str| {
            let file = outcome.files.iter().find(|file| &*file.path == path);
            file.map_or(text.to_owned(), |file| file.after.to_string())
        };
        if outcome.left.iter().all(|(_, why)| *why != Why::Crowded) {
            let again = Made::new(&[("a", &then("a", &a)), ("b", &then("b", &b))], rules());
            proptest::prop_assert!(again.fix(Safety::Safe).files.is_empty());
        }
    }
}
