//! Clones from this machine.

use std::fs;

use perfctl_core::seams::{Never, Silence, Stop};

use super::super::fixture::{Fixture, Heard, init};
use super::super::{CheckoutError, Part, Tokens, open, open_part};

#[test]
fn a_bare_repository_is_cloned_at_its_default_branch() {
    let fixture = Fixture::new();
    let bare = fixture.bare();
    let checkout = open(
        bare.to_str().expect("UTF-8"),
        None,
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect("clones");
    assert_eq!(checkout.root(), fixture.into);
    assert_eq!(checkout.source.name, "bare");
    assert_eq!(checkout.source.reference.as_deref(), Some("main"));
    assert_eq!(checkout.source.commit, Some(fixture.oid("main")));
    assert_eq!(
        fs::read_to_string(fixture.into.join("app.py")).expect("there"),
        "one\ntwo\nTHREE\nfour\nfive\n"
    );
    assert!(!fixture.into.join("release.txt").exists());
}

#[test]
fn branches_tags_commits_and_expressions_are_found() {
    for (reference, commit, name) in [
        ("release/1.2", "release/1.2", "release/1.2"),
        ("v1", "v1", "v1"),
        ("refs/tags/v1", "v1", "v1"),
        ("main~1", "v1", "main~1"),
    ] {
        let fixture = Fixture::new();
        let bare = fixture.bare();
        let bare = bare.to_str().expect("UTF-8");
        let checkout =
            open(bare, Some(reference), &fixture.into, &Silence, &Never).expect(reference);
        assert_eq!(
            checkout.source.commit,
            Some(fixture.oid(commit)),
            "{reference}"
        );
        assert_eq!(checkout.source.reference.as_deref(), Some(name));
        assert_eq!(
            fixture.into.join("release.txt").exists(),
            reference == "release/1.2"
        );
    }
    for length in [7, 40] {
        let fixture = Fixture::new();
        let commit = fixture.oid("v1");
        let checkout = open(
            fixture.path(),
            Some(&commit[..length]),
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect("clones");
        assert_eq!(checkout.source.commit, Some(commit));
    }
}

#[test]
fn head_is_what_is_checked_out_here_and_not_on_the_host() {
    let fixture = Fixture::new();
    fixture
        .repository
        .reference_symbolic("refs/remotes/origin/HEAD", "refs/tags/v1", true, "test")
        .expect("referenced");
    for reference in ["HEAD", "@"] {
        let into = fixture.place.join(reference);
        let checkout =
            open(fixture.path(), Some(reference), &into, &Silence, &Never).expect(reference);
        assert_eq!(checkout.source.commit, Some(fixture.oid("main")));
        assert_eq!(checkout.source.reference.as_deref(), Some("main"));
    }
}

#[test]
fn a_reference_into_a_work_tree_clones_it_and_leaves_the_tree_alone() {
    let fixture = Fixture::new();
    fixture.write("app.py", "uncommitted\n");
    let checkout =
        open(fixture.path(), Some("v1"), &fixture.into, &Silence, &Never).expect("clones");
    assert_eq!(checkout.root(), fixture.into);
    assert!(!checkout.source.dirty);
    assert_eq!(
        fs::read_to_string(fixture.into.join("app.py")).expect("there"),
        "one\ntwo\nthree\nfour\nfive\n"
    );
    assert_eq!(
        fs::read_to_string(fixture.work.join("app.py")).expect("there"),
        "uncommitted\n"
    );
    assert_eq!(
        fixture
            .repository
            .head()
            .expect("a head")
            .shorthand()
            .expect("a name"),
        "main"
    );
}

#[test]
fn a_reference_with_a_part_of_a_work_tree_audits_that_part_of_the_clone() {
    let fixture = Fixture::new();
    let part = fixture.work.join("sub");
    let part = part.to_str().expect("UTF-8");
    let checkout =
        open(part, Some("release/1.2"), &fixture.into, &Silence, &Never).expect("clones");
    assert_eq!(checkout.root(), fixture.into.join("sub"));
    assert_eq!(checkout.source.subdirectory.as_deref(), Some("sub"));
    let other = fixture.place.join("other");
    // The first commit has no such directory.
    let error = open(part, Some("v1~1"), &other, &Silence, &Never).expect_err("not there");
    assert!(error.to_string().contains("sub at v1~1"), "{error}");
}

#[test]
fn a_part_that_was_a_link_at_the_reference_leads_nowhere() {
    let fixture = Fixture::new();
    let secret = fixture.place.join("secret");
    fs::create_dir(&secret).expect("made");
    fs::remove_dir_all(fixture.work.join("sub")).expect("removed");
    std::os::unix::fs::symlink(&secret, fixture.work.join("sub")).expect("linked");
    let linked = fixture.commit("a link").to_string();
    fs::remove_file(fixture.work.join("sub")).expect("removed");
    fixture.write("sub/inner.py", "");
    fixture.commit("a directory");
    let part = fixture.work.join("sub");
    let part = part.to_str().expect("UTF-8");
    let error = open(part, Some(&linked), &fixture.into, &Silence, &Never).expect_err("refused");
    assert!(error.to_string().contains("sub at"), "{error}");
}

#[test]
fn a_file_url_is_cloned_even_when_it_is_a_work_tree() {
    let fixture = Fixture::new();
    fixture.write("app.py", "uncommitted\n");
    let url = format!("file://{}", fixture.path());
    let checkout = open(&url, None, &fixture.into, &Silence, &Never).expect("clones");
    assert_eq!(checkout.root(), fixture.into);
    assert!(
        fs::read_to_string(fixture.into.join("app.py"))
            .expect("there")
            .starts_with("one\n")
    );
}

#[test]
fn the_git_directory_of_a_work_tree_is_cloned_from() {
    let fixture = Fixture::new();
    let git = fixture.work.join(".git");
    let checkout = open(
        git.to_str().expect("UTF-8"),
        None,
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect("clones");
    assert_eq!(
        (checkout.root(), checkout.source.name.as_str()),
        (fixture.into.as_path(), "work")
    );
}

#[test]
fn the_clone_has_its_history_and_survives_further_commits() {
    let fixture = Fixture::new();
    let checkout = open(
        fixture.path(),
        Some("main"),
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect("clones");
    fixture.write("app.py", "later\n");
    fixture.commit("later");
    let clone = git2::Repository::open(checkout.root()).expect("a repository");
    let mut walk = clone.revwalk().expect("a walk");
    walk.push_head().expect("a head");
    assert_eq!(walk.count(), 3);
    assert!(clone.statuses(None).expect("known").is_empty());
}

#[test]
fn an_unknown_reference_names_near_ones() {
    let fixture = Fixture::new();
    let fail = |reference| {
        open(
            fixture.path(),
            Some(reference),
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect_err("unknown")
    };
    let error = fail("realese/1.2");
    assert!(
        matches!(&error, CheckoutError::NoReference { near, .. } if near == &["release/1.2"]),
        "{error:?}"
    );
    assert!(
        error.to_string().ends_with("did you mean `release/1.2`?"),
        "{error}"
    );
    assert!(matches!(fail("qqq"), CheckoutError::NoReference { near, .. } if near.is_empty()));
}

#[test]
fn a_reference_into_a_plain_directory_and_an_empty_repository_are_refused() {
    let fixture = Fixture::empty();
    let plain = fixture.place.join("plain");
    fs::create_dir(&plain).expect("made");
    let fail = |what: &std::path::Path, reference| {
        open(
            what.to_str().expect("UTF-8"),
            reference,
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect_err("refused")
    };
    assert!(matches!(
        fail(&plain, Some("main")),
        CheckoutError::NoRepository { .. }
    ));
    let bare = fixture.place.join("empty.git");
    init(&bare, true);
    assert!(matches!(fail(&bare, None), CheckoutError::Empty { .. }));
}

#[test]
fn a_bare_repository_whose_default_branch_was_never_pushed_has_its_only_one() {
    let fixture = Fixture::new();
    let path = fixture.place.join("odd.git");
    let odd = init(&path, true);
    odd.remote_anonymous(fixture.path())
        .and_then(|mut remote| remote.fetch(&["+refs/heads/main:refs/heads/trunk"], None, None))
        .expect("fetched");
    let checkout = open(
        path.to_str().expect("UTF-8"),
        None,
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect("clones");
    assert_eq!(checkout.source.reference.as_deref(), Some("trunk"));
}

struct Always;

impl Stop for Always {
    fn requested(&self) -> bool {
        true
    }
}

#[test]
fn ctrl_c_ends_the_writing_of_files() {
    let fixture = Fixture::new();
    let error = open(
        fixture.path(),
        Some("main"),
        &fixture.into,
        &Silence,
        &Always,
    )
    .expect_err("ended");
    assert!(matches!(error, CheckoutError::Interrupted), "{error}");
}

#[test]
fn a_source_without_the_contents_of_a_file_gives_all_others_and_says_so() {
    let fixture = Fixture::empty();
    fixture.write("app.py", "one\n");
    fixture.write("sub/[large].bin", "very large\n");
    fixture.commit("first");
    let tree = fixture
        .repository
        .head()
        .and_then(|head| head.peel_to_tree());
    let tree = tree.expect("a tree");
    let large = tree
        .get_path(std::path::Path::new("sub/[large].bin"))
        .expect("there");
    let id = large.id().to_string();
    let object = fixture
        .work
        .join(".git/objects")
        .join(&id[..2])
        .join(&id[2..]);
    std::fs::remove_file(object).expect("removed");
    let heard = Heard::default();
    let checkout = open(fixture.path(), Some("main"), &fixture.into, &heard, &Never);
    let checkout = checkout.expect("what is there");
    assert!(checkout.root().join("app.py").is_file());
    assert!(!checkout.root().join("sub/[large].bin").exists());
    assert_eq!(checkout.source.commit, Some(fixture.oid("main")));
    let said = heard.notes();
    assert!(
        said.iter()
            .any(|note| note.contains("1 file(s) of the commit are not among the objects")),
        "{said:?}"
    );
}

#[test]
fn of_a_part_only_the_files_are_written_whose_paths_begin_with_it() {
    for (begins, written) in [
        (
            "part/inner",
            vec!["part/inner.wasm", "part/inner.wasm.sig", "part/inner/a"],
        ),
        ("part/inner/a", vec!["part/inner/a"]),
        ("nowhere", vec![]),
    ] {
        let fixture = Fixture::new();
        for path in [
            "part/inner/a",
            "part/inner.wasm",
            "part/inner.wasm.sig",
            "part/b",
            "other/inner",
        ] {
            fixture.write(path, path);
        }
        fixture.commit("parts");
        let part = Part {
            reference: Some("HEAD"),
            begins: Some(begins),
            ..Part::default()
        };
        let into = &fixture.into;
        open_part(
            fixture.path(),
            part,
            into,
            &Tokens::default(),
            &Silence,
            &Never,
        )
        .expect("clones");
        let mut found = Vec::new();
        let mut left = vec![into.clone()];
        while let Some(dir) = left.pop() {
            for entry in fs::read_dir(dir).expect("read").flatten() {
                let path = entry.path();
                let name = path
                    .strip_prefix(into)
                    .expect("below")
                    .display()
                    .to_string();
                match path.is_dir() {
                    true if name == ".git" => {}
                    true => left.push(path),
                    false => found.push(name),
                }
            }
        }
        found.sort();
        assert_eq!(found, written, "{begins}");
    }
}
