//! Plugins in a real OCI registry, Debian's `docker-registry`.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use minisign::KeyPair;

use super::{Acme, check, own, service};
use crate::support::World;
use crate::support::web::{Response, Web};

/// A running registry; ended when dropped.
struct Registry {
    child: Child,
    address: String,
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A registry in the world's directory; `None` where the program is absent, which fails where everything has to be tested.
fn start(world: &World, test: &str) -> Option<Registry> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|dir| dir.join("docker-registry").is_file());
    if !is_there {
        assert!(
            std::env::var_os("CI").is_none(),
            "{test}: apt-get install docker-registry"
        );
        let line = format!("skipped: {test}: docker-registry is not installed\n");
        let _ = std::io::stderr().write_all(line.as_bytes());
        return None;
    }
    // Another process may take the port between its release here and its use there; then another one is tried.
    let started = (0..5).find_map(|_| try_start(world));
    Some(started.expect("docker-registry answers"))
}

fn try_start(world: &World) -> Option<Registry> {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let root = world.work().join("registry").display().to_string();
    world.file(
        "registry.yml",
        &format!("version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {root}\nhttp:\n  addr: {address}\n"),
    );
    let child = Command::new("docker-registry")
        .arg("serve")
        .arg(world.work().join("registry.yml"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut registry = Registry { child, address };
    let end = Instant::now() + Duration::from_secs(30);
    while Instant::now() < end && registry.child.try_wait().is_ok_and(|ended| ended.is_none()) {
        if TcpStream::connect(&registry.address).is_ok() {
            return Some(registry);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    None
}

#[test]
fn a_plugin_is_pushed_to_a_registry_and_added_from_it() {
    let world = World::new();
    let Some(registry) = start(&world, "a_plugin_is_pushed_to_a_registry_and_added_from_it") else {
        return;
    };
    service(&world);
    Acme::default().write(&world, "acme");
    world
        .run(&["plugin", "build", "acme", "--output", "acme.pack.json"])
        .expect(0);
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let bytes = std::fs::read(world.work().join("acme.pack.json")).unwrap();
    let signed = minisign::sign(None, &pair.sk, bytes.as_slice(), None, None).unwrap();
    world.file("acme.pack.json.minisig", &signed.into_string());
    let name = format!("oci://{}/rules/acme:1", registry.address);
    let pushed = world
        .run(&["plugin", "push", "acme.pack.json", &name])
        .expect(0);
    assert!(pushed.out().contains("sha256:"), "{}", pushed.out());

    world
        .run(&[
            "plugin",
            "add",
            &name,
            "--key",
            &pair.pk.to_base64(),
            "--yes",
        ])
        .expect(0);
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    let digest = pushed.out().split_whitespace().last().unwrap().to_owned();
    assert!(lock.contains(&format!("revision = \"{digest}\"")), "{lock}");
    assert!(lock.contains("signed_by = "), "{lock}");
    assert_eq!(check(&world, &[]).0, 1);

    // The tag is moved to an unsigned one of another version: the lock's can be had still, and the other is not taken unsigned.
    Acme {
        version: "2.0.0",
        ..Acme::default()
    }
    .write(&world, "acme");
    world.run(&["plugin", "push", "acme", &name]).expect(0);
    std::fs::remove_file(own(&world, "plugins/acme.pack.json")).unwrap();
    world.run(&["plugin", "add"]).expect(0);
    assert_eq!(
        std::fs::read(own(&world, "plugins/acme.pack.json")).unwrap(),
        bytes
    );
    let refused = world.run(&["plugin", "update", "--yes"]).expect(2);
    assert!(refused.err().contains("it was before"), "{}", refused.err());
    world.run(&["plugin", "verify"]).expect(0);

    let gone = world
        .run(&[
            "plugin",
            "add",
            &format!("oci://{}/rules/acme:9", registry.address),
            "--yes",
        ])
        .expect(2);
    assert!(
        gone.err().contains("is not in the registry"),
        "{}",
        gone.err()
    );
    drop(registry);
    let down = world.run(&["plugin", "add", &name, "--yes"]).expect(3);
    assert!(down.err().contains("cannot be asked for"), "{}", down.err());
    assert_eq!(check(&world, &[]).0, 1, "a run needs no registry");
}

/// A registry over plain HTTP, reached through a proxy, so that it is on another machine; it wants a password.
fn clear_registry() -> Web {
    Web::answering(|_| {
        Some(Response::new("401 Unauthorized").header("www-authenticate", "Basic realm=\"rules\""))
    })
}

#[test]
fn a_lock_does_not_send_the_users_account_in_the_clear() {
    let world = World::new();
    let web = clear_registry();
    let proxy = format!("http://{}", web.host());
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n[tokens]\n\"rules.example.test\" = \"me:s3cret-word\"\n",
    );
    let source = "oci+http://rules.example.test/acme:1";
    world.file(
        "../home/.config/perfctl/perfctl.lock",
        &format!(
            "schema = \"perfctl.lock/1\"\n[[plugin]]\nid = \"acme\"\nversion = \"1.0.0\"\nsource = \"{source}\"\nsha256 = \"{}\"\ncapabilities = []\n\
             rules = []\n",
            "0".repeat(64)
        ),
    );
    let run = |args: &[&str]| {
        let ran = world.run_with("", args, |command| {
            command.env("http_proxy", &proxy);
        });
        ran.expect(2).err()
    };
    for args in [&["plugin", "add"][..], &["plugin", "update", "--yes"]] {
        let said = run(args);
        assert!(said.contains("no lock sends your account"), "{said}");
    }
    let asked = web.asked();
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|request| request.account().is_none()));

    // Whoever names such a registry on the command line has decided it.
    let said = run(&["plugin", "add", source, "--yes"]);
    assert!(said.contains("`docker login rules.example.test`"), "{said}");
    assert!(
        web.asked()
            .iter()
            .any(|request| request.account().is_some())
    );
}

#[test]
fn a_revision_of_a_lock_does_not_change_what_is_asked() {
    let world = World::new();
    let web = Web::start();
    let name = format!("oci://{}/rules/acme:1", web.host());
    world.file(
        "../home/.config/perfctl/perfctl.lock",
        &format!(
            "schema = \"perfctl.lock/1\"\n[[plugin]]\nid = \"acme\"\nversion = \"1.0.0\"\nsource = \"{name}\"\nrevision = \"../../other/blobs/x?y=1\"\n\
             sha256 = \"{}\"\ncapabilities = []\nrules = []\n",
            "0".repeat(64)
        ),
    );
    let refused = world.run(&["plugin", "add"]).expect(2).err();
    assert!(refused.contains("perfctl.lock:6"), "{refused}");
    assert!(
        refused.contains("this is not the digest of a manifest"),
        "{refused}"
    );
    assert_eq!(web.requests(), 0);
}

#[test]
fn why_no_account_was_used_is_said() {
    let world = World::new();
    let web = clear_registry();
    let name = format!("oci://{}/rules/acme:1", web.host());
    let settings = format!(
        "schema = \"perfctl.settings/1\"\n[tokens]\n\"{}\" = {{ env = \"RULES_TOKEN\" }}\n",
        web.host()
    );
    world.file("../home/.config/perfctl/config.toml", &settings);
    let refused = world.run(&["plugin", "add", &name]).expect(2).err();
    assert!(
        refused.contains("the environment variable RULES_TOKEN, which is not set"),
        "{refused}"
    );
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n",
    );
    world.file(
        "../home/.docker/config.json",
        "{\"credsStore\": \"desktop\"}",
    );
    let refused = world.run(&["plugin", "add", &name]).expect(2).err();
    assert!(refused.contains("docker-credential-desktop"), "{refused}");
}
