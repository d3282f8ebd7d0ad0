//! Directories that are audited where they are.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Instant;

use perfctl_core::event::Event;
use perfctl_core::repository::Checkout;
use perfctl_core::seams::{Never, Silence};

use super::super::fixture::{Fixture, Heard, commit_all, init};
use super::super::{CheckoutError, changed_since, open};

fn look(fixture: &Fixture, path: &Path) -> Checkout {
    let path = path.to_str().expect("UTF-8");
    let checkout = open(path, None, &fixture.into, &Silence, &Never).expect("opens");
    assert!(!fixture.into.exists(), "nothing is cloned");
    checkout
}

#[test]
fn a_work_tree_is_audited_in_place_with_its_commit_and_branch() {
    let fixture = Fixture::new();
    let heard = Heard::default();
    let checkout = open(fixture.path(), None, &fixture.into, &heard, &Never).expect("opens");
    assert_eq!(checkout.root(), fixture.work);
    let source = &checkout.source;
    assert_eq!(source.commit.as_deref(), Some(fixture.oid("main").as_str()));
    assert_eq!(
        (source.name.as_str(), source.reference.as_deref()),
        ("work", Some("main"))
    );
    assert!(!source.dirty && source.remote.is_none() && source.subdirectory.is_none());
    assert!(heard.any(
        |event| matches!(event, Event::RepositoryReady { name, commit: Some(_) } if name == "work")
    ));
}

#[test]
fn changed_staged_and_new_files_make_it_dirty_and_ignored_ones_do_not() {
    for (path, text) in [
        ("app.py", "changed\n"),
        ("new.py", ""),
        ("new/deep/file.py", ""),
    ] {
        let fixture = Fixture::new();
        fixture.write(path, text);
        assert!(look(&fixture, &fixture.work).source.dirty, "{path}");
    }
    let fixture = Fixture::new();
    fixture.write(".gitignore", "*.log\n");
    fixture.commit("ignore");
    fixture.write("x.log", "");
    assert!(!look(&fixture, &fixture.work).source.dirty);
    fs::remove_file(fixture.work.join("app.py")).expect("removed");
    assert!(look(&fixture, &fixture.work).source.dirty);
}

#[test]
#[cfg(unix)]
fn a_pipe_where_ignore_rules_are_looked_for_is_not_waited_for() {
    for path in [
        ".gitignore",
        ".gitattributes",
        ".git/info/exclude",
        "sub/.gitignore",
        "not/known/yet/.gitignore",
        "node_modules/left/.gitignore",
    ] {
        let fixture = Fixture::new();
        let file = fixture.work.join(path);
        let _ = fs::remove_file(&file);
        fs::create_dir_all(file.parent().expect("in the tree")).expect("made");
        let made = std::process::Command::new("mkfifo").arg(&file).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo");
        fixture.write("not/known/yet/file.py", "");
        assert!(look(&fixture, &fixture.work).source.dirty, "{path}");
        let error = changed_since(&fixture.work, "HEAD").expect_err("cannot be read");
        assert!(error.to_string().contains("is a pipe"), "{path}: {error}");
    }
    let fixture = Fixture::new();
    std::os::unix::fs::symlink("/dev/zero", fixture.work.join(".gitignore")).expect("linked");
    assert!(look(&fixture, &fixture.work).source.dirty);
}

#[test]
fn the_index_of_the_user_is_not_written_to() {
    let fixture = Fixture::new();
    let index = fixture.work.join(".git/index");
    // Same content, another time: what git would note down in passing.
    fixture.write("app.py", "one\ntwo\nTHREE\nfour\nfive\n");
    let before = (
        fs::read(&index).expect("read"),
        fs::metadata(&index)
            .expect("known")
            .modified()
            .expect("known"),
    );
    assert!(!look(&fixture, &fixture.work).source.dirty);
    let after = (
        fs::read(&index).expect("read"),
        fs::metadata(&index)
            .expect("known")
            .modified()
            .expect("known"),
    );
    assert_eq!(before, after);
}

#[test]
fn a_part_of_a_work_tree_knows_the_commit_and_only_its_own_changes() {
    let fixture = Fixture::new();
    fixture.write("app.py", "changed\n");
    let checkout = look(&fixture, &fixture.work.join("sub"));
    assert_eq!(checkout.root(), fixture.work.join("sub"));
    assert_eq!(checkout.source.subdirectory.as_deref(), Some("sub"));
    assert_eq!(
        checkout.source.commit.as_deref(),
        Some(fixture.oid("main").as_str())
    );
    assert!(!checkout.source.dirty, "the change is elsewhere");
    fixture.write("sub/new.py", "");
    assert!(look(&fixture, &fixture.work.join("sub")).source.dirty);
}

#[test]
fn an_untracked_directory_within_a_repository_is_no_part_of_it() {
    let fixture = Fixture::new();
    fixture.write("subway/file.py", "");
    let checkout = look(&fixture, &fixture.work.join("subway"));
    assert_eq!(checkout.source.commit, None);
    assert_eq!(checkout.source.subdirectory, None);
}

#[test]
fn a_plain_directory_and_a_repository_without_commits_have_no_commit() {
    let fixture = Fixture::empty();
    let plain = fixture.place.join("plain");
    fs::create_dir(&plain).expect("made");
    let checkout = look(&fixture, &plain);
    assert_eq!(
        (checkout.root(), checkout.source.commit.as_deref()),
        (plain.as_path(), None)
    );
    assert!(!checkout.source.dirty);
    fixture.write("file.py", "");
    fixture.write("shop/file.py", "");
    let part = look(&fixture, &fixture.work.join("shop"));
    assert_eq!(part.source.subdirectory.as_deref(), Some("shop"));
    // Not either once other files wait for the first commit; what is ignored is none of it.
    fixture.write(".gitignore", "node_modules\n");
    fixture.write("node_modules/x/index.js", "");
    let mut index = fixture.repository.index().expect("an index");
    index.add_path(Path::new("file.py")).expect("staged");
    index.write().expect("written");
    let part = look(&fixture, &fixture.work.join("shop"));
    assert_eq!(part.source.subdirectory.as_deref(), Some("shop"));
    let other = look(&fixture, &fixture.work.join("node_modules/x"));
    assert_eq!(other.source.subdirectory, None);
    let checkout = look(&fixture, &fixture.work);
    assert_eq!(
        (checkout.source.commit.as_deref(), checkout.source.dirty),
        (None, true)
    );
}

#[test]
fn a_detached_head_has_a_commit_and_no_branch() {
    let fixture = Fixture::new();
    let second = git2::Oid::from_str(&fixture.oid("v1")).expect("a commit");
    fixture
        .repository
        .set_head_detached(second)
        .expect("detached");
    let checkout = look(&fixture, &fixture.work);
    assert_eq!(checkout.source.commit, Some(second.to_string()));
    assert_eq!(checkout.source.reference, None);
}

#[test]
fn the_remote_is_known_without_its_password() {
    let fixture = Fixture::new();
    fixture
        .repository
        .remote("origin", "https://user:hunter22@host.example/org/x.git")
        .expect("set");
    let source = look(&fixture, &fixture.work).source;
    assert_eq!(
        source.remote.as_deref(),
        Some("https://host.example/org/x.git")
    );
    assert!(!format!("{source:?}").contains("hunter22"));
}

#[test]
fn a_linked_work_tree_is_a_work_tree() {
    let fixture = Fixture::new();
    let linked = fixture.place.join("linked");
    let branch = fixture
        .repository
        .find_branch("release/1.2", git2::BranchType::Local)
        .expect("there");
    let mut options = git2::WorktreeAddOptions::new();
    options.reference(Some(branch.get()));
    fixture
        .repository
        .worktree("linked", &linked, Some(&options))
        .expect("added");
    let checkout = look(&fixture, &linked);
    assert_eq!(checkout.source.reference.as_deref(), Some("release/1.2"));
    assert_eq!(checkout.source.commit, Some(fixture.oid("release/1.2")));
}

#[test]
fn absent_submodules_and_lfs_files_are_said() {
    let fixture = Fixture::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n";
    fixture.write(
        ".gitattributes",
        "*.bin filter=lfs diff=lfs merge=lfs -text\n",
    );
    fixture.write("model.bin", pointer);
    fixture.write("small.py", "x = 1\n");
    fixture.commit("lfs");
    let other = init(&fixture.place.join("other"), false);
    fs::write(fixture.place.join("other/file"), "x").expect("written");
    let module = commit_all(&other, "module");
    let mut index = fixture.repository.index().expect("an index");
    let entry = index.get_path(Path::new("app.py"), 0).expect("there");
    index
        .add(&git2::IndexEntry {
            mode: 0o160_000,
            id: module,
            path: b"vendor/module".to_vec(),
            ..entry
        })
        .expect("added");
    index.write().expect("written");
    let heard = Heard::default();
    open(fixture.path(), None, &fixture.into, &heard, &Never).expect("opens");
    let notes = heard.notes();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(
        notes[0].starts_with("1 submodule(s) are not here") && notes[0].contains("vendor/module")
    );
    assert!(notes[1].starts_with("1 file(s) kept in Git LFS are only pointers"));
}

#[test]
fn what_is_no_regular_file_is_not_opened_to_look_for_lfs_pointers() {
    let fixture = Fixture::empty();
    let pointer = "version https://git-lfs.github.com/spec/v1\n";
    fixture.write(".gitattributes", "*.bin filter=lfs\n");
    for name in ["here.bin", "pipe.bin", "link.bin"] {
        fixture.write(name, pointer);
    }
    fixture.commit("pointers");
    let replaced = |name: &str| {
        let file = fixture.work.join(name);
        fs::remove_file(&file).expect("removed");
        file
    };
    let pipe = replaced("pipe.bin");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|made| made.success()), "a pipe");
    // Opening a pipe that nobody writes to waits for ever.
    symlink(&pipe, replaced("link.bin")).expect("a link");
    let said = remarks_in_time(&fixture.work);
    assert!(
        said.len() == 1 && said[0].starts_with("1 file(s)"),
        "{said:?}"
    );
    symlink(&pipe, replaced(".gitattributes")).expect("a link");
    assert_eq!(remarks_in_time(&fixture.work), [] as [String; 0]);
}

/// What is said of the repository in `work`; a failure when that takes as long as waiting for ever.
fn remarks_in_time(work: &Path) -> Vec<String> {
    let (sender, receiver) = std::sync::mpsc::channel();
    let work = work.to_path_buf();
    std::thread::spawn(move || {
        let repository = git2::Repository::open(work).expect("a repository");
        let _ = sender.send(super::super::absent::remarks(&repository));
    });
    receiver
        .recv_timeout(std::time::Duration::from_secs(20))
        .expect("it ends")
}

#[test]
fn a_file_and_a_missing_path_are_refused_by_name() {
    let fixture = Fixture::new();
    let fail = |what: &str| open(what, None, &fixture.into, &Silence, &Never).expect_err("refused");
    let file = fixture.work.join("app.py");
    let error = fail(file.to_str().expect("UTF-8"));
    assert!(matches!(error, CheckoutError::IsFile { .. }), "{error}");
    assert!(matches!(
        fail("/no/such/place"),
        CheckoutError::NotFound { .. }
    ));
}

#[test]
fn a_repository_of_another_user_is_audited_without_git_and_the_cure_is_said() {
    if !rustix::process::geteuid().is_root() {
        // Only root can give a directory away; CI may well run as somebody else.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: repositories of other users: not root"
        );
        return;
    }
    let fixture = Fixture::new();
    give_away(&fixture.work);
    let heard = Heard::default();
    let checkout = open(fixture.path(), None, &fixture.into, &heard, &Never).expect("opens");
    assert_eq!(checkout.source.commit, None);
    let notes = heard.notes();
    assert!(
        notes[0].contains("git config --global --add safe.directory"),
        "{notes:?}"
    );
    let other = Fixture::new();
    let bare = other.bare();
    give_away(&bare);
    let error = open(
        bare.to_str().expect("UTF-8"),
        None,
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect_err("refused");
    assert!(matches!(error, CheckoutError::Owner { .. }), "{error}");
}

fn give_away(path: &Path) {
    let (user, group) = (
        rustix::fs::Uid::from_raw(12_345),
        rustix::fs::Gid::from_raw(12_345),
    );
    rustix::fs::chown(path, Some(user), Some(group)).expect("given away");
    let git = path.join(".git");
    if git.is_dir() {
        rustix::fs::chown(git, Some(user), Some(group)).expect("given away");
    }
}

/// Not a benchmark: that looking does not become quadratic or read every file.
#[test]
fn looking_at_thousands_of_files_is_quick() {
    let fixture = Fixture::empty();
    for directory in 0..50 {
        for file in 0..60 {
            fixture.write(&format!("d{directory}/f{file}.py"), "x = 1\n");
        }
    }
    fixture.commit("many");
    let begun = Instant::now();
    look(&fixture, &fixture.work);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}
