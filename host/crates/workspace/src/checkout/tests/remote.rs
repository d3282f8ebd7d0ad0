//! Clones from hosts: git's own daemon on the loopback, and small web servers that refuse.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use perfctl_core::event::Event;
use perfctl_core::seams::{Never, Silence, Stop};

use super::super::fixture::{Fixture, Heard};
use super::super::{CheckoutError, Part, Tokens, open, open_part};

/// `git daemon` for one directory.
struct Daemon {
    child: Child,
    port: u16,
}

impl Daemon {
    /// `None`, and a word about it, where git is not installed; a failure where `CI` is set.
    fn start(base: &Path) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a port")
            .port();
        let child = Command::new("git")
            .args([
                "daemon",
                "--export-all",
                "--listen=127.0.0.1",
                "--reuseaddr",
            ])
            .arg(format!("--port={port}"))
            .arg(format!("--base-path={}", base.display()))
            // The daemon serves repositories of its own user only unless told; tests may run as another.
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "safe.directory")
            .env("GIT_CONFIG_VALUE_0", "*")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let missing = |why: &str| {
            assert!(std::env::var_os("CI").is_none(), "git daemon: {why}");
            let _ = writeln!(
                std::io::stderr(),
                "skipped: clone over the network: git daemon: {why}"
            );
            None
        };
        let Ok(mut child) = child else {
            return missing("git is not installed");
        };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if child.try_wait().is_ok_and(|status| status.is_some())
                || begun.elapsed().as_secs() > 10
            {
                return missing("it does not start");
            }
            thread::sleep(Duration::from_millis(10));
        }
        Some(Self { child, port })
    }

    fn url(&self, name: &str) -> String {
        format!("git://127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It waits for its children by itself; `git` passes the signal on to `git-daemon`.
        if let Ok(pid) = i32::try_from(self.child.id())
            && let Some(pid) = rustix::process::Pid::from_raw(pid)
        {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        let _ = self.child.wait();
    }
}

/// A fixture with a bare copy `bare.git` and a daemon that serves it.
fn served() -> Option<(Fixture, Daemon)> {
    let fixture = Fixture::new();
    fixture.bare();
    let daemon = Daemon::start(&fixture.place)?;
    Some((fixture, daemon))
}

fn history(fixture: &Fixture) -> usize {
    let clone = git2::Repository::open(&fixture.into).expect("a repository");
    let mut walk = clone.revwalk().expect("a walk");
    walk.push_head().expect("a head");
    walk.count()
}

#[test]
fn a_clone_is_announced_before_the_host_is_asked_and_without_its_password() {
    let fixture = Fixture::new();
    let heard = Heard::default();
    // Nothing listens there.
    let url = "http://me:hunter22@127.0.0.1:1/shop.git";
    assert!(open(url, None, &fixture.into, &heard, &Never).is_err());
    let said = |event: &Event| matches!(event, Event::CloneStarted { from } if from.contains("127.0.0.1:1/shop.git") && !from.contains("hunter22"));
    assert!(heard.any(said));
}

#[test]
fn the_default_branch_comes_without_history() {
    let Some((fixture, daemon)) = served() else {
        return;
    };
    let url = daemon.url("bare.git");
    let heard = Heard::default();
    let checkout = open(&url, None, &fixture.into, &heard, &Never).expect("clones");
    assert_eq!(checkout.source.commit, Some(fixture.oid("main")));
    assert_eq!(checkout.source.reference.as_deref(), Some("main"));
    assert_eq!(
        (
            checkout.source.name.as_str(),
            checkout.source.origin.as_str()
        ),
        ("bare", url.as_str())
    );
    assert_eq!(history(&fixture), 1);
    assert!(fixture.into.join("sub/inner.py").is_file());
    assert!(heard.any(
        |event| matches!(event, Event::CloneProgress { received, total } if received == total)
    ));
}

#[test]
fn a_branch_a_tag_and_a_whole_commit_are_fetched_alone() {
    for (reference, wanted, commits) in [("release/1.2", "release/1.2", 1), ("v1", "v1", 1)] {
        let Some((fixture, daemon)) = served() else {
            return;
        };
        let checkout = open(
            &daemon.url("bare.git"),
            Some(reference),
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect("clones");
        assert_eq!(
            checkout.source.commit,
            Some(fixture.oid(wanted)),
            "{reference}"
        );
        assert_eq!(checkout.source.reference.as_deref(), Some(reference));
        assert_eq!(history(&fixture), commits, "{reference}");
    }
}

#[test]
fn a_commit_that_the_host_does_not_give_alone_comes_with_its_history() {
    let Some((fixture, daemon)) = served() else {
        return;
    };
    let commit = fixture.oid("v1~1");
    let checkout = open(
        &daemon.url("bare.git"),
        Some(&commit),
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect("clones");
    assert_eq!(checkout.source.commit, Some(commit));
    assert!(
        !fixture.into.join("sub").exists(),
        "the first commit has only one file"
    );
}

#[test]
fn a_commit_that_the_host_gives_alone_comes_alone() {
    let Some((fixture, daemon)) = served() else {
        return;
    };
    let bare = git2::Repository::open(fixture.place.join("bare.git")).expect("bare");
    bare.config()
        .and_then(|mut config| config.set_bool("uploadpack.allowAnySHA1InWant", true))
        .expect("set");
    let commit = fixture.oid("v1");
    let checkout = open(
        &daemon.url("bare.git"),
        Some(&commit),
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect("clones");
    assert_eq!(checkout.source.commit, Some(commit));
    assert_eq!(history(&fixture), 1);
}

#[test]
fn a_shortened_commit_and_an_expression_are_understood() {
    for shortened in [true, false] {
        let Some((fixture, daemon)) = served() else {
            return;
        };
        let commit = fixture.oid("v1");
        let reference = if shortened {
            commit[..8].to_owned()
        } else {
            "main~1".to_owned()
        };
        let checkout = open(
            &daemon.url("bare.git"),
            Some(reference.as_str()),
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect("clones");
        assert_eq!(checkout.source.commit, Some(commit));
        assert_eq!(
            checkout.source.reference.as_deref(),
            Some(reference.as_str())
        );
    }
}

#[test]
fn head_is_the_hosts_default_branch_whatever_it_is_called() {
    for (reference, wanted, name) in [
        ("HEAD", "develop", "develop"),
        ("@", "develop", "develop"),
        ("HEAD~1", "develop~1", "HEAD~1"),
        ("@~1", "develop~1", "@~1"),
        ("main~1", "main~1", "main~1"),
    ] {
        let fixture = Fixture::new();
        fixture
            .repository
            .branch(
                "develop",
                &fixture
                    .repository
                    .head()
                    .expect("a head")
                    .peel_to_commit()
                    .expect("a commit"),
                false,
            )
            .expect("branched");
        fixture.switch("develop");
        fixture.write("develop.txt", "one\n");
        fixture.commit("fifth");
        fixture.write("develop.txt", "two\n");
        fixture.commit("sixth");
        let bare = git2::Repository::open(fixture.bare()).expect("a repository");
        bare.set_head("refs/heads/develop").expect("pointed");
        let Some(daemon) = Daemon::start(&fixture.place) else {
            return;
        };
        let checkout = open(
            &daemon.url("bare.git"),
            Some(reference),
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect(reference);
        let source = checkout.source;
        assert_eq!(source.commit, Some(fixture.oid(wanted)), "{reference}");
        assert_eq!(source.reference.as_deref(), Some(name));
    }
}

#[test]
fn a_host_whose_head_is_on_no_branch_has_a_history_before_it() {
    let Some((fixture, daemon)) = served() else {
        return;
    };
    let bare = git2::Repository::open(fixture.place.join("bare.git")).expect("a repository");
    let lone = bare
        .find_commit(git2::Oid::from_str(&fixture.oid("v1")).expect("a name"))
        .expect("a commit");
    let who = super::super::fixture::signature();
    let tree = lone.tree().expect("a tree");
    let lone = bare
        .commit(None, &who, &who, "on no branch", &tree, &[&lone])
        .expect("committed");
    bare.set_head_detached(lone).expect("pointed");
    let url = daemon.url("bare.git");
    let checkout = open(&url, Some("HEAD~1"), &fixture.into, &Silence, &Never).expect("clones");
    assert_eq!(checkout.source.commit, Some(fixture.oid("v1")));
}

#[test]
fn an_unknown_reference_on_a_host_names_near_ones() {
    let Some((fixture, daemon)) = served() else {
        return;
    };
    for (reference, wanted) in [("release/12", Some("release/1.2")), ("qqq", None)] {
        let error = open(
            &daemon.url("bare.git"),
            Some(reference),
            &fixture.into,
            &Silence,
            &Never,
        )
        .expect_err("unknown");
        let CheckoutError::NoReference { near, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(near.first().map(String::as_str), wanted);
        std::fs::remove_dir_all(&fixture.into).expect("removed");
    }
}

#[test]
fn a_repository_that_a_host_does_not_have_is_not_found() {
    let Some((fixture, daemon)) = served() else {
        return;
    };
    let error = open(
        &daemon.url("absent.git"),
        None,
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect_err("absent");
    assert!(
        matches!(
            error,
            CheckoutError::RemoteNotFound { .. } | CheckoutError::Network { .. }
        ),
        "{error}"
    );
}

/// A web server that answers every request with `status` and keeps what it was sent.
fn web(status: &'static str, header: &'static str) -> (u16, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("an address").port();
    let server = thread::spawn(move || {
        let mut heard = String::new();
        // Git may ask again with credentials; a quiet second ends it.
        listener.set_nonblocking(true).expect("set");
        let mut last = Instant::now();
        while last.elapsed() < Duration::from_secs(1) {
            let Ok((mut stream, _)) = listener.accept() else {
                thread::sleep(Duration::from_millis(10));
                continue;
            };
            last = Instant::now();
            stream.set_nonblocking(false).expect("set");
            stream
                .set_read_timeout(Some(Duration::from_millis(500)))
                .expect("set");
            let mut buffer = [0; 4096];
            let size = stream.read(&mut buffer).unwrap_or(0);
            heard.push_str(&String::from_utf8_lossy(&buffer[..size]));
            let answer = format!(
                "HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(answer.as_bytes());
        }
        heard
    });
    (port, server)
}

#[test]
fn a_host_that_wants_credentials_is_said_so_and_the_password_is_not() {
    let fixture = Fixture::empty();
    let (port, server) = web(
        "401 Unauthorized",
        "WWW-Authenticate: Basic realm=\"x\"\r\n",
    );
    let url = format!("http://someone:s3cr3t-token@127.0.0.1:{port}/org/x.git");
    let error = open(&url, None, &fixture.into, &Silence, &Never).expect_err("refused");
    assert!(matches!(error, CheckoutError::AuthNeeded { .. }), "{error}");
    let said = format!("{error} {error:?}");
    assert!(
        !said.contains("s3cr3t-token") && !said.contains("someone"),
        "{said}"
    );
    // The password was offered all the same.
    let heard = server.join().expect("no panic");
    assert!(heard.contains("Authorization: Basic"), "{heard}");
}

#[test]
fn a_host_without_the_repository_says_not_found() {
    let fixture = Fixture::empty();
    let (port, server) = web("404 Not Found", "");
    let url = format!("http://127.0.0.1:{port}/org/x.git");
    let error = open(&url, None, &fixture.into, &Silence, &Never).expect_err("refused");
    assert!(
        matches!(error, CheckoutError::RemoteNotFound { .. }),
        "{error}"
    );
    drop(server);
}

#[test]
fn a_host_that_is_not_there_cannot_be_reached() {
    let fixture = Fixture::empty();
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port();
    for url in [
        format!("http://127.0.0.1:{port}/x.git"),
        format!("git://127.0.0.1:{port}/x.git"),
    ] {
        let error = open(&url, None, &fixture.into, &Silence, &Never).expect_err("refused");
        assert!(matches!(error, CheckoutError::Network { .. }), "{error}");
        std::fs::remove_dir_all(&fixture.into).expect("removed");
    }
    let error = open(
        "https://host.invalid/x.git",
        None,
        &fixture.into,
        &Silence,
        &Never,
    )
    .expect_err("refused");
    assert!(matches!(error, CheckoutError::Network { .. }), "{error}");
}

/// Text that hardly anything packs into less than 180 000 bytes.
fn noise(mut state: u64) -> String {
    let letters = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'a' + u8::try_from((state >> 33) % 26).expect("a letter"))
    });
    letters.take(300_000).collect()
}

#[test]
fn a_clone_that_brings_too_much_is_left() {
    let fixture = Fixture::new();
    fixture.write("noise.txt", &noise(1));
    fixture.commit("noise");
    let Some(daemon) = Daemon::start(&fixture.place) else {
        return;
    };
    let clone = |most| {
        let part = Part {
            most,
            ..Part::default()
        };
        let (url, tokens) = (daemon.url("work"), Tokens::default());
        open_part(&url, part, &fixture.into, &tokens, &Silence, &Never)
    };
    let error = clone(Some(50_000)).expect_err("too much");
    assert!(
        matches!(error, CheckoutError::TooLarge { most: 50_000, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("git://127.0.0.1"), "{error}");
    for most in [Some(1 << 20), None] {
        std::fs::remove_dir_all(&fixture.into).expect("removed");
        clone(most).expect("it is little enough");
    }
}

#[test]
fn what_a_host_sends_is_counted_over_all_that_it_is_asked_for() {
    let fixture = Fixture::new();
    fixture.write("noise.txt", &noise(1));
    fixture.commit("noise");
    // A commit's id is asked for by itself, and then all branches; this is none.
    let repository = git2::Repository::open(fixture.place.join("work")).expect("a repository");
    let mut settings = repository.config().expect("its settings");
    settings
        .set_bool("uploadpack.allowAnySHA1InWant", true)
        .expect("set");
    let blob = repository.blob(noise(2).as_bytes()).expect("written");
    let Some(daemon) = Daemon::start(&fixture.place) else {
        return;
    };
    let (url, tokens, wanted) = (daemon.url("work"), Tokens::default(), blob.to_string());
    let clone = |reference, most| {
        let part = Part {
            reference,
            most: Some(most),
            ..Part::default()
        };
        open_part(&url, part, &fixture.into, &tokens, &Silence, &Never)
    };
    // Each of the two is little enough by itself.
    clone(None, 350_000).expect("it is little enough");
    std::fs::remove_dir_all(&fixture.into).expect("removed");
    let error = clone(Some(&wanted), 350_000).expect_err("together they are not");
    assert!(matches!(error, CheckoutError::TooLarge { .. }), "{error}");
    std::fs::remove_dir_all(&fixture.into).expect("removed");
    let error = clone(Some(&wanted), 900_000).expect_err("it is no commit");
    assert!(!matches!(error, CheckoutError::TooLarge { .. }), "{error}");
}

#[test]
fn files_that_were_packed_into_little_are_not_written_when_they_are_much() {
    let fixture = Fixture::new();
    for name in ["a/one.txt", "a/two.txt", "b/three.txt"] {
        fixture.write(name, &"0".repeat(400_000));
    }
    fixture.commit("zeros");
    let Some(daemon) = Daemon::start(&fixture.place) else {
        return;
    };
    let here = fixture.place.join("work").display().to_string();
    for (url, reference) in [(daemon.url("work"), None), (here, Some("HEAD"))] {
        for (begins, most, is_too_much) in [
            (None, 1_000_000, true),
            (None, 1_500_000, false),
            (Some("a"), 700_000, true),
            (Some("a/two"), 700_000, false),
        ] {
            let part = Part {
                reference,
                begins,
                most: Some(most),
                ..Part::default()
            };
            let tokens = Tokens::default();
            let got = open_part(&url, part, &fixture.into, &tokens, &Silence, &Never);
            let is = matches!(got, Err(CheckoutError::TooLarge { .. }));
            assert_eq!(is, is_too_much, "{url} {begins:?} {most}: {got:?}");
            assert_eq!(got.is_ok(), !is_too_much, "{url} {begins:?}: {got:?}");
            assert_eq!(fixture.into.join("a/two.txt").exists(), !is_too_much);
            std::fs::remove_dir_all(&fixture.into).expect("removed");
        }
    }
}

struct Soon(Instant);

impl Stop for Soon {
    fn requested(&self) -> bool {
        self.0.elapsed() > Duration::from_millis(200)
    }
}

#[test]
fn ctrl_c_ends_a_clone_from_a_host_that_never_answers() {
    let fixture = Fixture::empty();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let url = format!(
        "http://127.0.0.1:{}/x.git",
        listener.local_addr().expect("an address").port()
    );
    let begun = Instant::now();
    let error = open(&url, None, &fixture.into, &Silence, &Soon(begun)).expect_err("ended");
    assert!(matches!(error, CheckoutError::Interrupted), "{error}");
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "{:?}",
        begun.elapsed()
    );
}
