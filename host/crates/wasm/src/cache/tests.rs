use std::os::unix::fs::symlink;

use proptest::prelude::*;

use super::*;

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().expect("a directory"),
        }
    }

    fn cache_dir(&self) -> PathBuf {
        self.dir.path().join("cache")
    }

    fn key(&self) -> PathBuf {
        self.dir.path().join("state/key")
    }

    fn open(&self) -> Result<Cache, CacheError> {
        Cache::open(&self.cache_dir(), &self.key())
    }
}

/// The bytes kept for `key`.
fn got(cache: &Cache, key: Key) -> Option<Vec<u8>> {
    let code = cache.get(key)?;
    Some(code.bytes().expect("readable"))
}

#[test]
fn what_was_put_is_got_by_the_same_key_only() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let key = Key::new(b"component", b"engine");
    assert!(cache.get(key).is_none());
    cache.put(key, b"machine code");
    assert_eq!(got(&cache, key).as_deref(), Some(&b"machine code"[..]));
    assert!(cache.get(Key::new(b"component", b"other engine")).is_none());
    assert!(cache.get(Key::new(b"other component", b"engine")).is_none());
    // What is one cannot be split in another place.
    assert_ne!(
        Key::new(b"tengine", b"componen"),
        Key::new(b"engine", b"component")
    );
    let again = place.open().expect("the key is kept");
    assert_eq!(got(&again, key).as_deref(), Some(&b"machine code"[..]));
}

#[test]
fn no_changed_byte_is_accepted() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let key = Key::new(b"component", b"engine");
    cache.put(key, &[7; 168]);
    let path = place.cache_dir().join(key.name());
    let whole = fs::read(&path).expect("it is there");
    assert_eq!(whole.len(), 200);
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, changed).expect("written");
        assert!(cache.get(key).is_none(), "byte {at}");
        assert!(!path.exists(), "what is damaged is removed");
    }
    for end in [0, 1, MARK - 1, MARK, whole.len() - 1] {
        fs::write(&path, &whole[..end]).expect("written");
        assert!(cache.get(key).is_none(), "{end} bytes");
    }
    fs::write(&path, &whole).expect("written");
    assert!(cache.get(key).is_some());
}

#[test]
fn what_belongs_to_another_component_is_not_taken() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let (one, other) = (Key::new(b"one", b""), Key::new(b"other", b""));
    cache.put(one, b"code of one");
    let at = |key: Key| place.cache_dir().join(key.name());
    fs::copy(at(one), at(other)).expect("copied");
    assert!(cache.get(other).is_none());
}

#[test]
fn a_cache_that_came_without_its_key_is_worth_nothing() {
    let place = Place::new();
    let key = Key::new(b"component", b"engine");
    place.open().expect("a cache").put(key, b"code");
    fs::remove_file(place.key()).expect("removed");
    assert!(place.open().expect("a cache").get(key).is_none());
}

#[test]
fn a_link_is_not_followed() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let key = Key::new(b"component", b"engine");
    cache.put(key, b"code");
    let (path, elsewhere) = (
        place.cache_dir().join(key.name()),
        place.dir.path().join("elsewhere"),
    );
    fs::rename(&path, &elsewhere).expect("moved");
    symlink(&elsewhere, &path).expect("linked");
    assert!(cache.get(key).is_none());
    assert!(elsewhere.exists());

    let linked = Place::new();
    symlink(place.cache_dir(), linked.cache_dir()).expect("linked");
    assert!(matches!(linked.open(), Err(CacheError::Unsafe(..))));
}

#[test]
fn a_directory_or_a_key_that_others_write_is_refused() {
    let place = Place::new();
    place.open().expect("a cache");
    let allow = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
    };
    allow(&place.cache_dir(), 0o777);
    let refused = place.open().expect_err("others could write").to_string();
    assert!(refused.contains("chmod go-w"), "{refused}");
    // What others only see is closed to them.
    allow(&place.cache_dir(), 0o755);
    place.open().expect("it is ours");
    let mode = fs::metadata(place.cache_dir()).expect("there").mode();
    assert_eq!(mode & 0o777, 0o700);
    allow(&place.key(), 0o644);
    assert!(matches!(place.open(), Err(CacheError::Unsafe(..))));
    fs::remove_file(place.key()).expect("removed");
    fs::write(place.key(), "short").expect("written");
    allow(&place.key(), 0o600);
    let refused = place.open().expect_err("no key").to_string();
    assert!(refused.contains("is no key"), "{refused}");
}

#[test]
fn the_longest_unused_go_first() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let keys: Vec<Key> = (0..3).map(|at| Key::new(&[at], b"")).collect();
    // Sparse, so that the test writes little.
    for (at, key) in keys.iter().enumerate() {
        let path = place.cache_dir().join(key.name());
        let file = File::create(path).expect("made");
        file.set_len(MOST / 2).expect("longer");
        let used = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at as u64 + 1);
        file.set_modified(used).expect("dated");
    }
    cache.put(Key::new(b"new", b""), b"code");
    let left: Vec<bool> = keys
        .iter()
        .map(|key| place.cache_dir().join(key.name()).exists())
        .collect();
    assert_eq!(left, [false, false, true]);
    assert!(cache.get(Key::new(b"new", b"")).is_some());
}

#[test]
fn what_was_never_finished_is_removed_and_what_is_being_written_is_not() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let file = |name: &str, age: u64| {
        let path = place.cache_dir().join(name);
        let file = File::create(&path).expect("made");
        let at = SystemTime::now() - Duration::from_secs(age);
        file.set_modified(at).expect("dated");
        path
    };
    let (old, new) = (file(".unfinished-a", 4000), file(".unfinished-b", 10));
    let foreign = file("notes.txt", 4000);
    cache.put(Key::new(b"new", b""), b"code");
    assert!(!old.exists() && new.exists() && foreign.exists());
}

#[test]
fn nothing_is_left_of_what_could_not_be_written() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let key = Key::new(b"component", b"");
    // A directory stands where the file should be.
    fs::create_dir(place.cache_dir().join(key.name())).expect("made");
    cache.put(key, b"code");
    assert!(cache.get(key).is_none());
    let left = fs::read_dir(place.cache_dir()).expect("readable").count();
    assert_eq!(left, 1);
}

#[test]
fn a_digest_is_found_out_once_and_believed_with_its_mark_only() {
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let place = Place::new();
    let cache = place.open().expect("a cache");
    assert_eq!(cache.sha256(b"abc"), ABC);
    let key = Key::of(DIGEST, &[], b"abc");
    let path = place.cache_dir().join(key.name());
    let whole = fs::read(&path).expect("it is kept");
    // What is kept is what is told: another one with a mark of ours would be believed.
    cache.put(key, b"another digest");
    assert_eq!(cache.sha256(b"abc"), "another digest");
    let mut changed = whole.clone();
    *changed.last_mut().expect("it has bytes") ^= 1;
    fs::write(&path, changed).expect("written");
    assert_eq!(cache.sha256(b"abc"), ABC);
    assert_eq!(fs::read(&path).expect("it is kept again"), whole);
    // Nor is code taken for a digest.
    fs::write(&path, []).expect("written");
    cache.put(Key::new(b"abc", &[]), b"code");
    assert_eq!(cache.sha256(b"abc"), ABC);
}

#[test]
fn what_could_not_be_read_this_time_is_kept() {
    let place = Place::new();
    let cache = place.open().expect("a cache");
    let key = Key::new(b"component", b"");
    cache.put(key, b"code");
    let full = || Err(std::io::Error::from(std::io::ErrorKind::OutOfMemory));
    assert!(cache.get_into(key, full).is_none());
    assert_eq!(got(&cache, key).as_deref(), Some(&b"code"[..]));
}

/// What may happen to a file.
#[derive(Clone, Debug)]
enum Harm {
    Flip(usize, u8),
    Cut(usize),
    Insert(usize, Vec<u8>),
    Swap(usize, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<prop::sample::Index>;
    let at = move || at().prop_map(|at| at.index(5000));
    prop_oneof![
        (at(), 1..=u8::MAX).prop_map(|(at, by)| Harm::Flip(at, by)),
        at().prop_map(Harm::Cut),
        (at(), prop::collection::vec(any::<u8>(), 1..40))
            .prop_map(|(at, put)| Harm::Insert(at, put)),
        (at(), at()).prop_map(|(one, other)| Harm::Swap(one, other)),
    ]
}

fn harmed(whole: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for harm in harms {
        let length = bytes.len().max(1);
        match harm {
            _ if bytes.is_empty() => break,
            Harm::Flip(at, by) => bytes[at % length] ^= by,
            Harm::Cut(at) => bytes.truncate(at % length),
            Harm::Insert(at, put) => {
                let at = at % length;
                bytes.splice(at..at, put.iter().copied());
            }
            Harm::Swap(one, other) => bytes.swap(one % length, other % length),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn two_hundred_kinds_of_damage_are_all_refused(harms in prop::collection::vec(harm(), 1..6), code in prop::collection::vec(any::<u8>(), 0..4000)) {
        let place = Place::new();
        let cache = place.open().expect("a cache");
        let key = Key::new(b"component", b"engine");
        cache.put(key, &code);
        let path = place.cache_dir().join(key.name());
        let whole = fs::read(&path).expect("it is there");
        let changed = harmed(&whole, &harms);
        fs::write(&path, &changed).expect("written");
        let got = got(&cache, key);
        match changed == whole {
            true => prop_assert_eq!(got, Some(code)),
            false => prop_assert_eq!(got, None),
        }
    }
}
