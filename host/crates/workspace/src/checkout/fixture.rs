//! Small repositories for tests, made with git2 alone and without the settings of whoever runs the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use git2::{Oid, Repository, RepositoryInitOptions, Signature};
use perfctl_core::event::Event;
use perfctl_core::seams::Sink;

/// A temporary directory with a repository `work` in it, and a place `into` for a clone that does not exist yet.
pub(super) struct Fixture {
    _guard: tempfile::TempDir,
    pub(super) place: PathBuf,
    pub(super) work: PathBuf,
    pub(super) into: PathBuf,
    pub(super) repository: Repository,
}

impl Fixture {
    /// An empty repository.
    pub(super) fn empty() -> Self {
        let guard = tempfile::tempdir().expect("a temporary directory");
        let place = guard.path().canonicalize().expect("canonical");
        let (work, into) = (place.join("work"), place.join("clone"));
        let repository = init(&work, false);
        Self {
            _guard: guard,
            place,
            work,
            into,
            repository,
        }
    }

    /// Three commits on `main`, a tag `v1` on the second, a branch `release/1.2` with a file of its own.
    pub(super) fn new() -> Self {
        let fixture = Self::empty();
        fixture.write("app.py", "one\ntwo\nthree\nfour\nfive\n");
        fixture.commit("first");
        fixture.write("sub/inner.py", "a\nb\nc\n");
        let second = fixture.commit("second");
        fixture.write("app.py", "one\ntwo\nTHREE\nfour\nfive\n");
        let third = fixture.commit("third");
        fixture.mark(second, third);
        fixture.switch("release/1.2");
        fixture.write("release.txt", "notes\n");
        fixture.commit("fourth");
        fixture.switch("main");
        fixture
    }

    /// The tag and the branch.
    fn mark(&self, second: Oid, third: Oid) {
        let repository = &self.repository;
        let object = repository
            .find_object(second, None)
            .expect("the second commit");
        repository
            .tag("v1", &object, &signature(), "an annotated tag", false)
            .expect("tagged");
        let commit = repository.find_commit(third).expect("the third commit");
        repository
            .branch("release/1.2", &commit, false)
            .expect("branched");
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let file = self.work.join(path);
        fs::create_dir_all(file.parent().expect("a parent")).expect("directories");
        fs::write(file, text).expect("written");
    }

    /// Commits all that is in the work tree.
    pub(super) fn commit(&self, message: &str) -> Oid {
        commit_all(&self.repository, message)
    }

    pub(super) fn switch(&self, branch: &str) {
        let name = format!("refs/heads/{branch}");
        self.repository.set_head(&name).expect("switched");
        let mut options = git2::build::CheckoutBuilder::new();
        self.repository
            .checkout_head(Some(options.force().remove_untracked(true)))
            .expect("checked out");
    }

    /// The commit that `spec` means.
    pub(super) fn oid(&self, spec: &str) -> String {
        let object = self.repository.revparse_single(spec).expect("known");
        object.peel_to_commit().expect("a commit").id().to_string()
    }

    /// A bare repository with all of `work`'s branches and tags.
    pub(super) fn bare(&self) -> PathBuf {
        let path = self.place.join("bare.git");
        let bare = init(&path, true);
        let mut remote = bare.remote_anonymous(self.path()).expect("a remote");
        remote
            .fetch(
                &["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"],
                None,
                None,
            )
            .expect("fetched");
        path
    }

    pub(super) fn path(&self) -> &str {
        self.work.to_str().expect("UTF-8")
    }
}

pub(super) fn init(path: &Path, bare: bool) -> Repository {
    let mut options = RepositoryInitOptions::new();
    options
        .bare(bare)
        .external_template(false)
        .initial_head("main");
    Repository::init_opts(path, &options).expect("a repository")
}

pub(super) fn signature() -> Signature<'static> {
    let time = git2::Time::new(1_700_000_000, 0);
    Signature::new("perfctl tests", "tests@example.invalid", &time).expect("a signature")
}

pub(super) fn commit_all(repository: &Repository, message: &str) -> Oid {
    let mut index = repository.index().expect("an index");
    index
        .add_all(["*"], git2::IndexAddOption::DEFAULT, None)
        .expect("added");
    index.update_all(["*"], None).expect("updated");
    index.write().expect("written");
    let tree = repository
        .find_tree(index.write_tree().expect("a tree"))
        .expect("the tree");
    let parent = repository
        .head()
        .ok()
        .and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<_> = parent.iter().collect();
    let who = signature();
    repository
        .commit(Some("HEAD"), &who, &who, message, &tree, &parents)
        .expect("committed")
}

/// Keeps every event.
#[derive(Default)]
pub(super) struct Heard(Mutex<Vec<Event>>);

impl Heard {
    pub(super) fn notes(&self) -> Vec<String> {
        let events = self.0.lock().expect("not poisoned");
        let note = |event: &Event| match event {
            Event::Note(note) => Some(note.clone()),
            _ => None,
        };
        events.iter().filter_map(note).collect()
    }

    pub(super) fn any(&self, wanted: impl Fn(&Event) -> bool) -> bool {
        self.0.lock().expect("not poisoned").iter().any(wanted)
    }
}

impl Sink for Heard {
    fn event(&self, event: Event) {
        self.0.lock().expect("not poisoned").push(event);
    }
}
