//! Files that moved, committed and not, of whole repositories and of parts.

use std::fs;

use super::super::fixture::Fixture;
use super::super::{State, moves};
use perfctl_core::moves::Moves;

const LONG: &str = "import os\n\n\ndef first():\n    return os.getpid()\n\n\ndef second():\n    return os.getcwd()\n\n\ndef third():\n    return os.name\n";

fn to(list: &[(&str, &str)]) -> Moves {
    let owned = list
        .iter()
        .map(|(before, now)| ((*before).to_owned(), (*now).to_owned()));
    Moves::new(owned)
}

/// A repository in which `web/long.py` and `same.py` moved, with a change in the first.
fn moved() -> (Fixture, String) {
    let fixture = Fixture::empty();
    fixture.write("web/long.py", LONG);
    fixture.write("same.py", "x = 1\n");
    fixture.write("stays.py", "y = 2\n");
    let before = fixture.commit("one").to_string();
    for path in ["web/long.py", "same.py"] {
        fs::remove_file(fixture.work.join(path)).expect("removed");
    }
    fixture.write("web/api/short.py", &LONG.replace("os.name", "os.sep"));
    fixture.write("lib/same.py", "x = 1\n");
    (fixture, before)
}

#[test]
fn a_file_that_moved_is_found_before_and_after_its_commit() {
    let (fixture, before) = moved();
    let expected = to(&[
        ("web/long.py", "web/api/short.py"),
        ("same.py", "lib/same.py"),
    ]);
    assert_eq!(moves(&fixture.work, &before, State::WorkTree), expected);
    assert_eq!(
        moves(&fixture.work, &before, State::Changed(&before)),
        expected
    );
    let after = fixture.commit("two").to_string();
    assert_eq!(
        moves(&fixture.work, &before, State::Changed(&before)),
        to(&[])
    );
    fixture.write("web/api/short.py", "nothing of it\n");
    assert_eq!(
        moves(&fixture.work, &before, State::Commit(&after)),
        expected
    );
    assert_eq!(moves(&fixture.work, &after, State::WorkTree), to(&[]));
    let inner = moves(&fixture.work.join("web"), &before, State::Commit(&after));
    assert_eq!(inner, to(&[("long.py", "api/short.py")]));
}

#[test]
fn what_cannot_be_told_is_no_move() {
    let (fixture, before) = moved();
    let unknown = "1".repeat(40);
    assert_eq!(moves(&fixture.work, &unknown, State::WorkTree), to(&[]));
    assert_eq!(moves(&fixture.work, "main", State::WorkTree), to(&[]));
    assert_eq!(
        moves(&fixture.work, &before, State::Commit(&unknown)),
        to(&[])
    );
    let outside = tempfile::tempdir().expect("a directory");
    assert_eq!(moves(outside.path(), &before, State::WorkTree), to(&[]));
}
