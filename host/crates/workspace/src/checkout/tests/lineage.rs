//! Commits that came before, after and beside the audited one, and those that nothing leads to any more.

use perfctl_core::event::Event;
use perfctl_core::seams::{Kinship, Lineage, Never, Sink};

use super::super::fixture::Fixture;
use super::super::{Ancestry, open_directory, open_directory_at};

struct Nobody;

impl Sink for Nobody {
    fn event(&self, _: Event) {}
}

fn here(fixture: &Fixture) -> Ancestry {
    let checkout = open_directory(&fixture.work, &fixture.into, &Nobody, &Never);
    Ancestry::of(&checkout.expect("a work tree"))
}

#[test]
fn commits_stand_before_after_and_beside() {
    let fixture = Fixture::new();
    let (second, tip) = (fixture.oid("v1"), fixture.oid("main"));
    let release = fixture.oid("release/1.2");
    let ancestry = here(&fixture);
    assert_eq!(ancestry.kinship(&second), Some(Kinship::Earlier));
    assert_eq!(ancestry.kinship(&tip), Some(Kinship::Earlier));
    assert_eq!(ancestry.kinship(&release), Some(Kinship::Later));
    assert_eq!(ancestry.kinship(&"1".repeat(40)), None);
    assert_eq!(ancestry.kinship("no commit"), None);
    fixture.write("app.py", "main went on\n");
    fixture.commit("on main");
    assert_eq!(here(&fixture).kinship(&release), Some(Kinship::Apart));
    // A clone at an older state knows the later ones of the repository that it borrows from.
    let old = open_directory_at(&fixture.work, "v1", &fixture.into, &Nobody, &Never);
    let old = Ancestry::of(&old.expect("a clone"));
    assert_eq!(old.kinship(&tip), Some(Kinship::Later));
}

#[test]
fn a_commit_that_was_written_anew_is_nobodys_relation() {
    let fixture = Fixture::new();
    fixture.write("app.py", "a slip\n");
    let dropped = fixture.commit("to be amended");
    let parent = fixture.oid("main~1");
    let repository = &fixture.repository;
    let parent = repository
        .revparse_single(&parent)
        .expect("the commit before");
    repository
        .reset(&parent, git2::ResetType::Hard, None)
        .expect("reset");
    fixture.write("app.py", "without the slip\n");
    fixture.commit("amended");
    assert_eq!(here(&fixture).kinship(&dropped.to_string()), None);
}
