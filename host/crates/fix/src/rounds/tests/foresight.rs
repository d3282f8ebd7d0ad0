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
    assert_eq!(outcome.foresight, Foresight::Mends(2));
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
    assert_eq!(outcome.foresight, Foresight::Mends(1));
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

/// A repository whose scan, the one of that number from 1, is stopped.
struct StoppedAt<'m>(&'m Made, usize);

impl Repository for StoppedAt<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        self.0.read(path)
    }

    fn soundness(&self, path: &str, text: &str) -> Soundness {
        self.0.soundness(path, text)
    }

    fn scan(&self, changed: &Texts) -> Result<Scan, Stopped> {
        let number = *self.0.scans.borrow() + 1;
        match number >= self.1 {
            true => Err(Stopped),
            false => self.0.scan(changed),
        }
    }

    fn proved(&self) {
        self.0.proved();
    }

    fn heard(&self, _: Progress) {}
}

#[test]
fn who_stops_the_foresight_keeps_what_safe_fixes_came_to() {
    let fix = |at: usize| {
        let made = Made::new(
            &[("a", "old bad")],
            vec![word("old", "new"), unsafe_word("bad", "good")],
        );
        let first = made.found(&Texts::new());
        super::super::fix(&StoppedAt(&made, at), &first, &[0, 1], FORESEEN)
    };
    let outcome = fix(2).expect("the safe changes were proven by then");
    assert_eq!(text(&outcome, "a"), "new bad");
    assert_eq!(left(&outcome), ["unsafe"]);
    assert_eq!(outcome.foresight, Foresight::Cut);
    assert!(fix(1).is_err(), "nothing was proven");
}

#[test]
fn an_unsafe_change_that_is_only_shown_after_those_of_others_is_not_counted() {
    let made = Made::new(
        &[("a", "bad dull")],
        vec![unsafe_word("bad", "good"), unsafe_word("dull", "bright")],
    );
    let first = made.found(&Texts::new());
    let outcome = super::super::fix(&Shy(&made), &first, &[0, 1], FORESEEN);
    let outcome = outcome.expect("nobody stops it");
    // Each is made where it is asked for alone, together only one is.
    assert_eq!(left(&outcome), ["unsafe", "unsafe"]);
    assert_eq!(outcome.foresight, Foresight::Mends(1));
}

/// A repository in which both changes at once are too much, and the fixes of what is left are only shown once one is made.
struct Shy<'m>(&'m Made);

impl Repository for Shy<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        self.0.read(path)
    }

    /// Both at once break the file.
    fn soundness(&self, path: &str, text: &str) -> Soundness {
        match text.contains("good bright") {
            true => self.0.soundness(path, "{"),
            false => self.0.soundness(path, text),
        }
    }

    fn scan(&self, changed: &Texts) -> Result<Scan, Stopped> {
        let mut scan = self.0.scan(changed)?;
        for fix in scan.findings.iter_mut().filter_map(|one| one.fix.as_mut()) {
            fix.safety = Safety::DisplayOnly;
        }
        Ok(scan)
    }

    fn proved(&self) {}

    fn heard(&self, _: Progress) {}
}
