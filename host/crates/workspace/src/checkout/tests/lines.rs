//! Changed lines, with uncommitted and new files, in whole and shallow clones.

use std::fs;
use std::path::Path;

use super::super::fixture::{Fixture, commit_all, init};
use super::super::{ChangeError, ChangedLines, changed_since};

fn changed(root: &Path, rev: &str) -> ChangedLines {
    changed_since(root, rev).expect("worked out")
}

fn lines(list: &[(&str, &[(u32, u32)])]) -> ChangedLines {
    list.iter()
        .map(|(path, runs)| ((*path).to_owned(), runs.to_vec()))
        .collect()
}

#[test]
fn committed_staged_unstaged_and_new_lines_are_all_changed() {
    let fixture = Fixture::new();
    // Since the tag, line 3 changed in a commit.
    assert_eq!(
        changed(&fixture.work, "v1"),
        lines(&[("app.py", &[(3, 3)])])
    );
    fixture.write("app.py", "zero\none\ntwo\nTHREE\nfour\nfive\nsix\n");
    fixture.write("new/file.py", "x\ny\n");
    fixture.write(".gitignore", "*.log\n");
    fixture.write("x.log", "ignored\n");
    let mut index = fixture.repository.index().expect("an index");
    fixture.write("sub/inner.py", "a\nb\nC\n");
    index.add_path(Path::new("sub/inner.py")).expect("staged");
    index.write().expect("written");
    assert_eq!(
        changed(&fixture.work, "v1"),
        lines(&[
            (".gitignore", &[(1, 1)]),
            ("app.py", &[(1, 1), (4, 4), (7, 7)]),
            ("new/file.py", &[(1, 2)]),
            ("sub/inner.py", &[(3, 3)]),
        ])
    );
}

#[test]
fn lines_are_counted_from_where_the_branches_parted() {
    let fixture = Fixture::new();
    fixture.switch("release/1.2");
    fixture.write("release.txt", "notes\nmore\n");
    fixture.commit("on the branch");
    fixture.switch("main");
    fixture.write("app.py", "main moved on\n");
    fixture.commit("on main");
    fixture.switch("release/1.2");
    assert_eq!(
        changed(&fixture.work, "main"),
        lines(&[("release.txt", &[(1, 2)])])
    );
}

#[test]
fn lost_lines_are_an_empty_run_between_those_that_are_left_and_lost_files_have_none() {
    let fixture = Fixture::new();
    fixture.write("app.py", "one\ntwo\nfour\nfive\n");
    fs::remove_file(fixture.work.join("sub/inner.py")).expect("removed");
    assert_eq!(
        changed(&fixture.work, "HEAD"),
        lines(&[("app.py", &[(3, 2)]), ("sub/inner.py", &[])])
    );
}

#[test]
fn a_lost_allowance_changes_what_it_may_have_allowed() {
    let fixture = Fixture::new();
    let allowed = "one()\n# perfctl: allow X-1 -- once a day\ntwo()\nthree()  # perfctl: allow X-1 -- short\nfour()\n";
    fixture.write("app.py", allowed);
    fixture.commit("allowed");
    fixture.write("app.py", "one()\ntwo()\nthree()\nfour()\n");
    let found = changed(&fixture.work, "HEAD");
    assert_eq!(found["app.py"], [(2, 2), (3, 4)]);
    fixture.write(
        "app.py",
        &allowed.replace("# perfctl: allow X-1 -- once a day", "# a note"),
    );
    assert_eq!(changed(&fixture.work, "HEAD")["app.py"], [(2, 3)]);
}

#[test]
fn a_file_that_moved_keeps_its_old_lines() {
    let fixture = Fixture::new();
    let text: String = (0..40).map(|n| format!("line {n}\n")).collect();
    fixture.write("old.py", &text);
    fixture.commit("a file");
    fs::remove_file(fixture.work.join("old.py")).expect("removed");
    fixture.write("moved.py", &text.replace("line 20\n", "line twenty\n"));
    assert_eq!(changed(&fixture.work, "HEAD")["moved.py"], [(21, 21)]);
}

#[test]
fn a_file_taken_out_of_the_index_but_kept_is_new_as_a_whole() {
    let fixture = Fixture::new();
    let mut index = fixture.repository.index().expect("an index");
    index.remove_path(Path::new("app.py")).expect("removed");
    index.write().expect("written");
    assert_eq!(changed(&fixture.work, "HEAD")["app.py"], [(1, u32::MAX)]);
}

#[test]
fn binary_files_and_files_without_a_last_newline_are_changed_too() {
    let fixture = Fixture::new();
    fixture.write("data.bin", "\0\0\0");
    fixture.write("app.py", "one\ntwo\nTHREE\nfour\nfive");
    let found = changed(&fixture.work, "HEAD");
    assert_eq!(found["data.bin"], [(1, u32::MAX)]);
    assert_eq!(found["app.py"], [(5, 5)]);
}

#[test]
fn paths_count_from_the_audited_directory() {
    let fixture = Fixture::new();
    fixture.write("app.py", "elsewhere\n");
    fixture.write("sub/inner.py", "A\nb\nc\n");
    fixture.write("subway.py", "not in it\n");
    assert_eq!(
        changed(&fixture.work.join("sub"), "HEAD"),
        lines(&[("inner.py", &[(1, 1)])])
    );
}

#[test]
fn lines_of_a_submodule_count_from_the_commit_that_it_was_at() {
    let fixture = Fixture::new();
    let library = fixture.work.join("lib/inner");
    let submodule = init(&library, false);
    fs::write(library.join("l.py"), "one\ntwo\n").expect("written");
    commit_all(&submodule, "first");
    let mut index = fixture.repository.index().expect("an index");
    index.add_path(Path::new("lib/inner")).expect("added");
    index.write().expect("written");
    fixture.commit("a submodule");
    assert_eq!(
        changed(&fixture.work, "HEAD~1"),
        lines(&[("lib/inner/l.py", &[(1, 2)])])
    );
    fs::write(library.join("l.py"), "one\nTWO\n").expect("written");
    commit_all(&submodule, "second");
    fs::write(library.join("new.py"), "x\n").expect("written");
    for (root, shown) in [
        (fixture.work.clone(), "lib/inner/"),
        (fixture.work.join("lib"), "inner/"),
    ] {
        assert_eq!(
            changed(&root, "HEAD"),
            lines(&[
                (&format!("{shown}l.py"), &[(2, 2)]),
                (&format!("{shown}new.py"), &[(1, 1)]),
            ])
        );
    }
    assert_eq!(
        changed(&fixture.work.join("sub"), "HEAD"),
        ChangedLines::new()
    );
}

#[test]
fn nothing_changed_is_an_empty_list() {
    let fixture = Fixture::new();
    assert_eq!(changed(&fixture.work, "HEAD"), ChangedLines::new());
}

#[test]
fn an_unknown_revision_and_a_plain_directory_are_refused_by_name() {
    let fixture = Fixture::new();
    let error = changed_since(&fixture.work, "mian").expect_err("unknown");
    assert!(
        error
            .to_string()
            .starts_with("no revision `mian`; did you mean `main`?"),
        "{error}"
    );
    let error = changed_since(&fixture.work, "master").expect_err("unknown");
    assert!(
        error.to_string().contains("did you mean `main`?"),
        "{error}"
    );
    let plain = fixture.place.join("plain");
    fs::create_dir(&plain).expect("made");
    let error = changed_since(&plain, "main").expect_err("no git");
    assert!(matches!(error, ChangeError::NoRepository { .. }), "{error}");
}

#[test]
fn branches_without_common_history_are_refused() {
    let fixture = Fixture::new();
    let tree = fixture
        .repository
        .head()
        .expect("head")
        .peel_to_tree()
        .expect("a tree");
    let who = super::super::fixture::signature();
    fixture
        .repository
        .commit(Some("refs/heads/island"), &who, &who, "alone", &tree, &[])
        .expect("committed");
    let error = changed_since(&fixture.work, "island").expect_err("no base");
    assert!(
        matches!(error, ChangeError::NoCommonHistory { shallow: false, .. }),
        "{error}"
    );
}

#[test]
fn a_shallow_clone_without_the_history_says_how_to_get_it() {
    let fixture = Fixture::new();
    // What a shallow clone is: a file that names the commits whose parents are not here.
    fs::write(
        fixture.work.join(".git/shallow"),
        format!("{}\n", fixture.oid("main")),
    )
    .expect("written");
    let error = changed_since(&fixture.work, "origin/main")
        .expect_err("unknown")
        .to_string();
    assert!(error.contains("fetch-depth: 0"), "{error}");
}
