//! What a walk takes and leaves out, in directories made for the purpose.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use perfctl_core::seams::Never;

use super::index::tests::index;
use super::*;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A directory that is removed with it.
struct Directory(PathBuf);

impl Directory {
    fn with(files: &[(&str, &str)]) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("perfctl-walk-{}-{number}", std::process::id());
        let directory = Self(std::env::temp_dir().join(name));
        for (path, text) in files {
            directory.write(path, text.as_bytes());
        }
        directory
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        let parent = path.parent().expect("a file");
        std::fs::create_dir_all(parent).expect("a temporary directory");
        std::fs::write(path, bytes).expect("a temporary file");
    }

    fn walked(&self, below: &str) -> Files {
        walk(&self.0.join(below), &Scope::default(), &Never)
    }

    fn paths(&self, below: &str) -> Vec<String> {
        let entries = self.walked(below).entries;
        let paths = entries.iter().map(|entry| entry.path.to_string());
        paths.filter(|path| !path.ends_with(".gitignore")).collect()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn only_the_files_of_git_leave_something_out() {
    let directory = Directory::with(&[
        (".ignore", "*\n"),
        (".rgignore", "*\n"),
        (".git/info/exclude", "/notes.md\n"),
        (".gitignore", "*.log\n!keep.log\n/out/\n"),
        ("a.py", ""),
        ("a.log", ""),
        ("b/keep.log", ""),
        ("b/.gitignore", "keep.log\n"),
        ("keep.log", ""),
        ("out/x.py", ""),
        ("b/out/y.py", ""),
        ("notes.md", ""),
        ("b/notes.md", ""),
        (".github/workflows/x.yml", ""),
    ]);
    let taken = [
        ".github/workflows/x.yml",
        ".ignore",
        ".rgignore",
        "a.py",
        "b/notes.md",
        "b/out/y.py",
        "keep.log",
    ];
    assert_eq!(directory.paths(""), taken);
    assert_eq!(directory.walked("").problems, []);
}

#[test]
fn rules_above_the_repository_do_not_count_and_those_between_its_root_and_a_part_of_it_do() {
    let directory = Directory::with(&[
        (".gitignore", "*.py\n"),
        ("repo/.git/HEAD", ""),
        ("repo/.gitignore", "*.log\n/services/api/gen/\n"),
        ("repo/services/.gitignore", "*.tmp\n"),
        ("repo/services/api/a.py", ""),
        ("repo/services/api/a.log", ""),
        ("repo/services/api/a.tmp", ""),
        ("repo/services/api/gen/b.py", ""),
    ]);
    assert_eq!(directory.paths("repo"), ["services/api/a.py"]);
    assert_eq!(directory.paths("repo/services/api"), ["a.py"]);
}

#[test]
fn a_directory_that_the_repository_around_leaves_out_is_none_of_it() {
    let directory = Directory::with(&[
        (".git/HEAD", ""),
        (".gitignore", "*\n"),
        ("unpacked/.gitignore", "*.log\n"),
        ("unpacked/a.py", ""),
        ("unpacked/a.log", ""),
    ]);
    assert_eq!(directory.paths("unpacked"), ["a.py"]);
}

#[test]
fn what_is_tracked_is_taken_whatever_the_rules_say() {
    let directory = Directory::with(&[
        (".gitignore", "*\n"),
        ("a.py", ""),
        ("b.py", ""),
        ("dist/app.js", ""),
        ("dist/new.js", ""),
        ("dist/more/app.js", ""),
        ("dist/left/app.js", ""),
    ]);
    directory.write(
        ".git/index",
        &index(&["a.py", "dist/app.js", "dist/more/app.js"], 2, 20),
    );
    let taken = ["a.py", "dist/app.js", "dist/more/app.js"];
    assert_eq!(directory.paths(""), taken);
    assert_eq!(directory.paths("dist"), ["app.js", "more/app.js"]);
}

#[test]
fn a_linked_work_tree_has_its_own_index_and_the_rules_of_its_repository() {
    let directory = Directory::with(&[
        ("main/.git/info/exclude", "*.log\n"),
        ("main/.git/worktrees/w/commondir", "../..\n"),
        ("tree/.git", "gitdir: ../main/.git/worktrees/w\n"),
        ("tree/a.log", ""),
        ("tree/b.log", ""),
        ("tree/c.py", ""),
    ]);
    directory.write("main/.git/worktrees/w/index", &index(&["b.log"], 4, 20));
    assert_eq!(directory.paths("tree"), ["b.log", "c.py"]);
}

#[test]
fn a_repository_inside_goes_by_its_own_rules() {
    let directory = Directory::with(&[
        (".git/HEAD", ""),
        (".gitignore", "*.log\n"),
        ("inner/.git/HEAD", ""),
        ("inner/a.log", ""),
        ("inner/.gitignore", "*.py\n"),
        ("inner/b.py", ""),
    ]);
    assert_eq!(directory.paths(""), ["inner/a.log"]);
}

#[test]
fn rules_that_leave_out_everything_are_said_to() {
    let directory = Directory::with(&[(".git/HEAD", ""), (".gitignore", "*\n"), ("a.py", "")]);
    let walked = directory.walked("");
    assert_eq!(walked.entries.len(), 0);
    assert_eq!(walked.problems.len(), 1);
    assert!(walked.problems[0].message.contains("ignore rules"));
}

#[cfg(unix)]
#[test]
fn a_directory_that_ignores_itself_and_nothing_else_is_no_reason_for_nothing() {
    let said = |files: &[(&str, &str)]| Directory::with(files).walked("").problems.len();
    let fresh = [(".git/HEAD", ""), ("reports/.gitignore", "*\n")];
    assert_eq!(said(&fresh), 0);
    assert_eq!(said(&[&fresh[..], &[("reports/a.py", "")]].concat()), 1);
}

#[test]
fn ignore_files_that_are_links_or_too_large_are_refused() {
    let directory = Directory::with(&[("a.py", ""), ("b/a.py", ""), ("c/a.py", "")]);
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(to, directory.0.join(at)).expect("a link");
    };
    directory.write("rules", b"*\n");
    link("/dev/zero", ".gitignore");
    link("../rules", "b/.gitignore");
    directory.write("c/.gitignore", &b"*.py\n".repeat(1 << 14));
    std::fs::create_dir_all(directory.0.join(".git/info")).expect("a directory");
    link("/dev/zero", ".git/info/exclude");
    link("/dev/zero", ".git/index");
    directory.write("d/.gitignore", b"*.py\n");
    directory.write("d/a.py", b"");
    assert_eq!(directory.paths(""), ["a.py", "b/a.py", "c/a.py", "rules"]);
    let problems = directory.walked("").problems;
    let subjects: Vec<&str> = problems.iter().map(|problem| &*problem.subject).collect();
    let refused = [
        ".git/info/exclude",
        ".gitignore",
        "b/.gitignore",
        "c/.gitignore",
    ];
    assert_eq!(subjects, refused);
}

#[test]
fn many_rules_with_wildcards_take_no_memory_by_their_square() {
    let directory = Directory::with(&[("a.py", ""), ("b/c.py", ""), ("b/x12.py", "")]);
    let rules: String = (0..4000).map(|at| format!("*{at:x}*?12*\n")).collect();
    directory.write(".gitignore", rules.as_bytes());
    assert_eq!(directory.paths(""), ["a.py", "b/c.py", "b/x12.py"]);
    assert_eq!(directory.walked("").problems, []);
}

#[test]
fn a_walk_without_threads_finds_the_same() {
    let directory = Directory::with(&[
        (".git/HEAD", ""),
        (".gitignore", "*.log\n/out/\n"),
        ("a.py", ""),
        ("b/a.log", ""),
        ("b/c/d.py", ""),
        ("out/e.py", ""),
    ]);
    let (root, scope) = (&directory.0, Scope::default());
    let (ignored, found) = (Arc::new(Ignored::below(root)), Mutex::new(Files::default()));
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(false);
    walk_alone(&mut builder, root, &scope, &Never, &ignored, &found);
    let mut files = found.into_inner().expect("whole");
    files
        .entries
        .sort_by(|left, right| left.path.cmp(&right.path));
    let paths: Vec<&str> = files.entries.iter().map(|entry| &*entry.path).collect();
    assert_eq!(paths, [".gitignore", "a.py", "b/c/d.py"]);
    assert_eq!(ignored.left_out().len(), 2);
}

#[test]
fn what_git_hides_is_named_and_where_it_is_much_the_directories_around_it() {
    let mut files: Vec<(String, &str)> = vec![
        (".git/HEAD".to_owned(), ""),
        (".gitignore".to_owned(), "*.csv\n/out/\n__pycache__/\n"),
        ("out/deep/x.py".to_owned(), ""),
        ("app/a.py".to_owned(), ""),
        ("app/__pycache__/a.pyc".to_owned(), ""),
        ("app/one.csv".to_owned(), ""),
    ];
    let hidden = |files: &[(String, &str)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, *text)).collect();
        Directory::with(&files).walked("").hidden
    };
    assert_eq!(hidden(&files), ["app/one.csv", "out"]);
    files.extend((0..=MOST_HIDDEN).map(|at| (format!("app/data/{at}.csv"), "")));
    assert_eq!(hidden(&files), ["app/data", "app/one.csv", "out"]);
    files.extend((0..=MOST_HIDDEN).map(|at| (format!("{at}.csv"), "")));
    assert_eq!(hidden(&files), ["."]);
}
