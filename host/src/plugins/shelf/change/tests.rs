//! A machine that stops anywhere, and others who change the same directory.

use std::cell::RefCell;
use std::fs;

use perfctl_core::seams::Never;
use tempfile::TempDir;

use super::super::disk::stop_after;
use super::super::{State, is_plugin};
use super::*;

fn shelf() -> (TempDir, Shelf) {
    let dir = tempfile::tempdir().expect("works here");
    let shelf = Shelf::open(dir.path()).expect("empty");
    (dir, shelf)
}

fn begin(shelf: &mut Shelf) -> Result<Change<'_>, CommandError> {
    let alone = alone(&shelf.dir, Duration::ZERO, &Never, &|_| ())?;
    Change::begin(shelf, alone)
}

/// A plugin whose file has these bytes; `component` decides how its file is called.
fn plugin(id: &str, bytes: &[u8], component: bool) -> Locked {
    Locked {
        id: id.to_owned(),
        version: "1.0.0".to_owned(),
        source: "./there".to_owned(),
        revision: None,
        sha256: sha256(bytes),
        contract: component.then(|| "0.1.0".to_owned()),
        signed_by: None,
        capabilities: Vec::new(),
        rules: Vec::new(),
        collectors: Vec::new(),
        options: None,
        formats: Vec::new(),
        line: 0,
    }
}

/// Content, signature, and whether it is a component.
type Form = (&'static [u8], Option<&'static str>, bool);

fn put(
    shelf: &mut Shelf,
    id: &str,
    (bytes, signature, component): Form,
) -> Result<(), CommandError> {
    begin(shelf)?.put(bytes, signature, plugin(id, bytes, component))
}

/// What a plugin is to whoever runs it: its bytes and its signature.
fn seen(dir: &Path, id: &str) -> Option<(Vec<u8>, Option<String>)> {
    let shelf = Shelf::open(dir).expect("the lock is whole");
    let locked = shelf.lock.as_ref()?.find(id)?;
    let State::Whole(bytes) = shelf.state(locked) else {
        panic!("{:?}", shelf.state(locked));
    };
    Some((bytes.to_vec(), signature_of(&shelf.place_of(locked))))
}

/// Plugins in the folder that nobody's lock names: without a lock they would run.
fn strays(dir: &Path) -> Vec<PathBuf> {
    Shelf::open(dir).expect("whole").strays()
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join("plugins")).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

fn whole((bytes, signature, _): Form) -> Option<(Vec<u8>, Option<String>)> {
    Some((bytes.to_vec(), signature.map(str::to_owned)))
}

const OLD: Form = (b"{old}", Some("old's"), false);

/// Stops a change after each of its steps in turn, and gives each directory to `look`; ends with the first that was not stopped.
fn stopped_anywhere(
    change: impl Fn(&mut Shelf) -> Result<(), CommandError>,
    look: impl Fn(&Path, usize),
) -> usize {
    for steps in 0..100 {
        let (dir, mut shelf) = shelf();
        put(&mut shelf, "kept", (b"kept", None, true)).expect("put");
        put(&mut shelf, "acme", OLD).expect("put");
        stop_after(Some(steps));
        let changed = change(&mut shelf);
        stop_after(None);
        look(dir.path(), steps);
        if changed.is_ok() {
            return steps;
        }
    }
    panic!("it never comes to its end");
}

#[test]
fn a_plugin_is_the_old_one_or_the_new_one_wherever_the_machine_stops() {
    for new in [
        (b"{new}" as &[u8], Some("new's"), false),
        (b"{new}", None, false),
        // Another kind of file has another name.
        (b"new", Some("new's"), true),
        (b"new", None, true),
        OLD,
    ] {
        let both = RefCell::new((0, 0));
        let steps = stopped_anywhere(
            |shelf| put(shelf, "acme", new),
            |dir, at| {
                let is = seen(dir, "acme");
                assert!(is == whole(OLD) || is == whole(new), "{at}: {is:?}");
                let mut both = both.borrow_mut();
                both.0 += usize::from(is == whole(OLD));
                both.1 += usize::from(is == whole(new));
                assert_eq!(seen(dir, "kept"), whole((b"kept", None, true)), "{at}");
                assert_eq!(strays(dir), [] as [PathBuf; 0], "{at}");
                // The next change tidies up, whatever it is about.
                let mut shelf = Shelf::open(dir).expect("whole");
                put(&mut shelf, "other", (b"other", None, true)).expect("put");
                assert_eq!(seen(dir, "acme"), is, "{at}");
                let file = if is == whole(new) && new.2 {
                    "acme.wasm"
                } else {
                    "acme.pack.json"
                };
                let mut expected = vec![file.to_owned()];
                expected.extend(is.and_then(|is| is.1).map(|_| format!("{file}.minisig")));
                expected.extend(["kept.wasm", "other.wasm"].map(str::to_owned));
                assert_eq!(names(dir), expected, "{at}");
            },
        );
        assert!(steps > 5, "{steps}");
        let (old, new) = both.into_inner();
        assert!(old > 2 && new > 1, "{old} {new}");
    }
}

#[test]
fn a_first_plugin_runs_only_once_its_lock_names_it() {
    for steps in 0..100 {
        let (dir, mut shelf) = shelf();
        stop_after(Some(steps));
        let done = put(&mut shelf, "acme", OLD);
        stop_after(None);
        assert_eq!(strays(dir.path()), [] as [PathBuf; 0], "{steps}");
        let is_seen = seen(dir.path(), "acme") == whole(OLD);
        let is_locked = dir.path().join("perfctl.lock").exists();
        assert_eq!(is_seen, is_locked, "{steps}");
        let runnable = names(dir.path());
        let mut runnable = runnable
            .iter()
            .map(|name| dir.path().join("plugins").join(name));
        assert!(
            is_locked || !runnable.any(|path| is_plugin(&path)),
            "{steps}"
        );
        if done.is_ok() {
            assert!(steps > 3);
            return;
        }
    }
    panic!("it never comes to its end");
}

#[test]
fn a_plugin_is_there_or_gone_wherever_the_machine_stops() {
    let steps = stopped_anywhere(
        |shelf| begin(shelf)?.take("acme").map(drop),
        |dir, at| {
            let is = seen(dir, "acme");
            assert!(is.is_none() || is == whole(OLD), "{at}: {is:?}");
            assert_eq!(strays(dir), [] as [PathBuf; 0], "{at}");
            begin(&mut Shelf::open(dir).expect("whole")).expect("tidied");
            assert_eq!(names(dir).len(), if is.is_some() { 3 } else { 1 }, "{at}");
        },
    );
    assert!(steps > 4, "{steps}");
}

#[test]
fn what_lies_aside_and_is_not_what_its_name_says_is_not_taken() {
    let (dir, mut shelf) = shelf();
    put(&mut shelf, "acme", OLD).expect("put");
    let locked = plugin("acme", OLD.0, false);
    fs::write(aside(&shelf.path_of(&locked), &locked.sha256), "torn").expect("written");
    assert!(matches!(shelf.state(&locked), State::Changed(_)));
    begin(&mut shelf).expect("tidied");
    assert_eq!(seen(dir.path(), "acme"), whole(OLD));
}

#[test]
fn one_changes_at_a_time_and_the_other_sees_what_was_changed() {
    let (dir, mut first) = shelf();
    let mut second = Shelf::open(dir.path()).expect("empty");
    let mut change = begin(&mut first).expect("alone");
    let told = RefCell::new(Vec::new());
    let waited = alone(dir.path(), Duration::from_millis(200), &Never, &|text| {
        told.borrow_mut().push(text.to_owned());
    });
    let error = waited.expect_err("the first one is there");
    assert!(error.message.contains("another perfctl"), "{error:?}");
    let told = told.into_inner();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("waiting for another perfctl"),
        "{told:?}"
    );
    let acme = plugin("acme", b"{1}", false);
    change.put(b"{1}", None, acme.clone()).expect("put");
    drop(change);

    let mut change = begin(&mut second).expect("alone now");
    // It read the lock before there was anything in it, and agreed to a first plugin of that name.
    let error = change.expect("acme", None).expect_err("it is there by now");
    assert!(
        error.message.contains("another perfctl changed `acme`"),
        "{error:?}"
    );
    change.expect("acme", Some(&acme)).expect("as it was put");
    change
        .put(b"{2}", None, plugin("beta", b"{2}", false))
        .expect("put");
    drop(change);
    for id in ["acme", "beta"] {
        assert!(seen(dir.path(), id).is_some(), "{id}");
    }
}

#[test]
fn who_waits_may_be_stopped() {
    struct Asked;
    impl Stop for Asked {
        fn requested(&self) -> bool {
            true
        }
    }
    let (dir, mut first) = shelf();
    let _change = begin(&mut first).expect("alone");
    let left = alone(dir.path(), PATIENCE, &Asked, &|_| ()).expect_err("asked to stop");
    assert_eq!(left.exit, crate::error::Exit::Interrupted);
}
