//! What `--unsafe` would mend of what safe fixes leave.

use super::*;

const FORESEEN: Terms = Terms {
    foresee: true,
    ..SAFE
};

fn unsafe_word(from: &'static str, to: &'static str) -> Word {
    Word {
        safety: Safety::Unsafe,
        ..word(from, to)
    }
}

fn fix(made: &Made) -> Outcome {
    let first = made.found(&Texts::new());
    let all: Vec<usize> = (0..first.findings.len()).collect();
    super::super::fix(made, &first, &all, FORESEEN).expect("nobody stops it")
}

#[test]
fn what_goes_with_unsafe_changes_is_told_and_nothing_of_it_is_made() {
    let made = Made::new(
        &[("a", "old bad odd")],
        vec![
            word("old", "new"),
            unsafe_word("bad", "good"),
            // Stands within what the unsafe change takes away.
            Word {
                safety: Safety::DisplayOnly,
                ..word("ad", "x")
            },
            Word {
                safety: Safety::DisplayOnly,
                ..word("odd", "even")
            },
        ],
    );
    let outcome = fix(&made);
    assert_eq!(text(&outcome, "a"), "new bad odd");
    assert_eq!(left(&outcome), ["unsafe", "with-unsafe", "shown-only"]);
    // The last that proved right is what was made, and not what was foreseen.
    let proved = made.proved.borrow();
    assert_eq!(&*proved["a"], "new bad odd");
    assert_eq!(&*made.latest.borrow()["a"], "new good odd");
}

#[test]
fn what_unsafe_changes_could_not_keep_is_not_promised() {
    let made = Made::new(
        &[("a", "bad"), ("b", "dull")],
        vec![
            unsafe_word("bad", "very bad"),
            unsafe_word("dull", "bright"),
        ],
    );
    let outcome = fix(&made);
    assert_eq!(left(&outcome), ["not-gone", "unsafe"]);
    assert!(outcome.files.is_empty());
}

#[test]
fn where_nothing_is_unsafe_nothing_is_tried() {
    let made = Made::new(
        &[("a", "odd")],
        vec![Word {
            safety: Safety::DisplayOnly,
            ..word("odd", "even")
        }],
    );
    assert_eq!(left(&fix(&made)), ["shown-only"]);
    assert_eq!(*made.scans.borrow(), 0);
}
