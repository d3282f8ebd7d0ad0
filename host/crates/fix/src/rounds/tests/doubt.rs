//! Findings that fall to suspicions with the change of something else.

use super::*;

#[test]
fn a_finding_that_falls_to_a_suspicion_is_neither_mended_nor_left() {
    let mut made = Made::new(
        &[("a", "old bad\n"), ("b", "bad\n")],
        vec![
            word("old", "new"),
            Word {
                safety: Safety::Unsafe,
                ..word("bad", "good")
            },
        ],
    );
    made.doubts = Some(("bad", "new"));
    let mut outcome = made.fix(Safety::Safe);
    assert_eq!((outcome.applied.len(), outcome.went_along.len()), (1, 0));
    let doubted = [Along {
        finding: 1,
        paths: BTreeSet::from(["a".into()]),
    }];
    assert_eq!(outcome.doubted, doubted);
    assert_eq!(outcome.left, [(2, Why::Unsafe)]);
    // Without the change it is as sure as before.
    let why = "it is busy".to_owned();
    outcome.lose(&[("a".into(), why.clone())]);
    assert_eq!(outcome.doubted, []);
    let unwritable = |at| (at, Why::Unwritable("a".into(), why.clone()));
    assert_eq!(
        outcome.left,
        [unwritable(0), unwritable(1), (2, Why::Unsafe)]
    );
    made.least = Confidence::Low;
    let outcome = made.fix(Safety::Safe);
    assert_eq!(
        (outcome.doubted.len(), left(&outcome)),
        (0, vec!["unsafe", "unsafe"])
    );
}

#[test]
fn nobody_mends_what_fell_to_a_suspicion() {
    let mut made = Made::new(
        &[("a", "oldbad\n")],
        vec![word("old", "new"), word("bad", "good")],
    );
    made.doubts = Some(("bad", "new"));
    let outcome = made.fix(Safety::Safe);
    assert_eq!(
        (text(&outcome, "a").as_str(), outcome.doubted.len()),
        ("newbad\n", 1)
    );
    assert_eq!(made.fix_only(|_| true, Safety::Unsafe).left, []);
}
