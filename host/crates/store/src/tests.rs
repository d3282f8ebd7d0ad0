//! The file as processes and people meet it.

use std::collections::BTreeMap;
use std::time::Duration;

use perfctl_core::repository::{Portrait, Source};
use perfctl_core::run::Environment;
use perfctl_core::scale::Confidence;

use super::*;

fn record(id: &str, origin: &str) -> RunRecord {
    RunRecord {
        id: RunId::new(id),
        recipe: "quick-wins".to_owned(),
        title: String::new(),
        started_ms: 7,
        duration: Duration::ZERO,
        version: "0".to_owned(),
        source: Source {
            origin: origin.to_owned(),
            ..Source::default()
        },
        portrait: Portrait::default(),
        params: BTreeMap::new(),
        steps: Vec::new(),
        rules: Vec::new(),
        unheard: Vec::new(),
        ignored: Vec::new(),
        items: Vec::new(),
        checklists: Vec::new(),
        least: Confidence::Medium,
        parts: Vec::new(),
        changed_lines: false,
        excluded: Vec::new(),
        hidden: Vec::new(),
        findings: Vec::new(),
        metrics: Vec::new(),
        budgets: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
        environment: Environment::default(),
        comparison: None,
        history: None,
        interrupted: false,
    }
}

fn seen(run: &str, commit: Option<&str>) -> Sighting {
    Sighting {
        run: RunId::new(run),
        at_ms: 7,
        commit: commit.map(str::to_owned),
        committed_ms: None,
    }
}

fn known(fingerprint: &str, class: PathClass) -> Known {
    Known {
        fingerprint: fingerprint.to_owned(),
        rule: "A-1".into(),
        path: "a b/\u{e9}.py".to_owned(),
        line: 3,
        message: "it's \"slow\"".to_owned(),
        class,
        first: seen("one", Some("c1")),
        last: seen("two", None),
        fixed: Some(seen("three", Some("c3"))),
        came_back: None,
    }
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("state/perfctl/history.db");
    (dir, file)
}

/// The history of `origin` as `file` has it.
fn read(file: &Path, origin: &str) -> Vec<Known> {
    let store = Store::open(file).expect("a history");
    store
        .enter(&record("reader", origin), &|all| all)
        .expect("read")
}

#[test]
fn what_is_entered_is_there_for_the_next_process_and_for_this_repository_alone() {
    let (_dir, file) = place();
    let all = vec![known("a", PathClass::Test), known("b", PathClass::Source)];
    let store = Store::open(&file).expect("a new history");
    let entered = store.enter(&record("one", "/srv/shop"), &|before| {
        assert!(before.is_empty());
        all.clone()
    });
    assert_eq!(entered.as_deref(), Ok(&all[..]));
    drop(store);
    assert_eq!(read(&file, "/srv/shop"), all);
    assert_eq!(read(&file, "/srv/other"), []);
}

#[test]
fn nobody_waits_while_a_run_works_out_what_it_adds() {
    let (_dir, file) = place();
    let add = |run: &str, name: &str, meanwhile: &dyn Fn(&[Known])| {
        let store = Store::open(&file).expect("a history");
        let entered = store.enter(&record(run, "/srv/shop"), &|mut before| {
            meanwhile(&before);
            before.push(known(name, PathClass::Source));
            before
        });
        entered.expect("entered");
    };
    let names = || -> Vec<String> {
        let all = read(&file, "/srv/shop").into_iter();
        all.map(|one| one.fingerprint).collect()
    };
    let tries = std::cell::Cell::new(0);
    add("one", "a", &|before| {
        tries.set(tries.get() + 1);
        if before.is_empty() {
            add("two", "b", &|_| {});
        }
    });
    assert_eq!((names(), tries.get()), (vec!["a".into(), "b".into()], 2));
    // Where others are faster again and again, they wait in the end.
    tries.set(0);
    add("three", "c", &|_| {
        tries.set(tries.get() + 1);
        if tries.get() <= MOST_TRIES {
            add("four", &format!("d{}", tries.get()), &|_| {});
        }
    });
    assert_eq!((names().len(), tries.get()), (7, MOST_TRIES + 1));
}

#[cfg(unix)]
#[test]
fn it_is_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, file) = place();
    read(&file, "/srv/shop");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().expect("its directory")), 0o700);
}

#[test]
fn several_processes_lose_nothing_of_each_other() {
    let (_dir, file) = place();
    std::thread::scope(|scope| {
        for at in 0..8 {
            let file = &file;
            scope.spawn(move || {
                let store = Store::open(file).expect("a history");
                let run = record(&format!("run-{at}"), "/srv/shop");
                let entered = store.enter(&run, &|mut all| {
                    all.push(known(&format!("f{at}"), PathClass::Source));
                    all
                });
                assert!(entered.is_ok(), "{entered:?}");
            });
        }
    });
    assert_eq!(read(&file, "/srv/shop").len(), 8);
}

#[test]
fn a_file_that_is_not_ours_is_refused_with_what_to_do_and_left_alone() {
    let said = |file: &Path| match Store::open(file) {
        Ok(_) => panic!("opened"),
        Err(error) => error.to_string(),
    };
    let (_dir, file) = place();
    std::fs::create_dir_all(file.parent().expect("a directory")).expect("made");
    let text = "no database, but a text that is long enough to be taken for one";
    std::fs::write(&file, text.repeat(40)).expect("written");
    assert!(said(&file).contains("move it away"), "{}", said(&file));
    assert_eq!(
        std::fs::read_to_string(&file).expect("there"),
        text.repeat(40)
    );
    // Somebody else's database.
    let other = file.with_file_name("other.db");
    let connection = Connection::open(&other).expect("opened");
    connection
        .execute_batch("CREATE TABLE mine (x)")
        .expect("made");
    assert!(said(&other).contains("is no history of perfctl"));
    // A later perfctl's.
    let newer = file.with_file_name("newer.db");
    read(&newer, "/srv/shop");
    let connection = Connection::open(&newer).expect("opened");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("written");
    assert!(
        said(&newer).contains("newer perfctl (version 99"),
        "{}",
        said(&newer)
    );
    // No place for one.
    let nowhere = file.join("history.db");
    assert!(said(&nowhere).contains("cannot be used"));
}

#[test]
fn a_change_that_cannot_be_written_changes_nothing() {
    let (_dir, file) = place();
    let store = Store::open(&file).expect("a history");
    let enter = |all: Vec<Known>| store.enter(&record("one", "/srv/shop"), &|_| all.clone());
    enter(vec![known("a", PathClass::Source)]).expect("entered");
    let connection = Connection::open(&file).expect("opened");
    connection
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON finding WHEN NEW.fingerprint = 'c' BEGIN SELECT RAISE (ABORT, 'full'); END",
        )
        .expect("made");
    let failed = enter(vec![
        known("b", PathClass::Source),
        known("c", PathClass::Source),
    ]);
    assert!(failed.is_err());
    let all = read(&file, "/srv/shop");
    assert_eq!(all.len(), 1, "{all:?}");
}

#[test]
fn what_goes_by_another_name_is_there_once_and_commits_keep_their_time() {
    let (_dir, file) = place();
    let store = Store::open(&file).expect("a history");
    let mut run = record("two", "/srv/shop");
    run.source.committed_ms = Some(99);
    let enter = |all: Vec<Known>| store.enter(&run, &|_| all.clone());
    enter(vec![known("a", PathClass::Source)]).expect("entered");
    enter(vec![known("b", PathClass::Source)]).expect("entered");
    let all = read(&file, "/srv/shop");
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].fingerprint, "b");
    assert_eq!(
        (all[0].last.committed_ms, all[0].first.committed_ms),
        (Some(99), None)
    );
}

#[test]
fn a_history_of_the_first_version_is_read_on() {
    let (_dir, file) = place();
    std::fs::create_dir_all(file.parent().expect("a directory")).expect("made");
    let connection = Connection::open(&file).expect("opened");
    schema::make_version(&connection, 1);
    connection
        .execute_batch(
            "INSERT INTO repository VALUES (1, 'git.example.com/shop', 'shop');
             INSERT INTO run VALUES (1, 'one', 'quick-wins', 7, 'c1', 0, '0');
             INSERT INTO finding (repository, fingerprint, rule, path, line, message, class, first_run, first_ms, last_run, last_ms)
             VALUES (1, 'v1-a', 'A-1', 'a.py', 3, 'slow', 'source', 'one', 7, 'one', 7);",
        )
        .expect("made");
    drop(connection);
    let all = read(&file, "https://git.example.com/shop");
    assert_eq!((all.len(), all[0].first.committed_ms), (1, None));
}
