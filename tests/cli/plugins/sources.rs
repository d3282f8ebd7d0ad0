//! Where plugins come from: git repositories, web servers, and what is refused of them.

use super::{Acme, check, own, service};
use crate::support::World;
use crate::support::web::Web;

/// A repository of git with the pack in a folder, at the tag `v1`.
fn repository(world: &World) {
    Acme::default().write(world, "rules/packs/acme");
    world.file("rules/README.md", "rules\n");
    world.git(&["init", "-q", "-b", "main", "rules"]);
    commit(world);
    world.git(&["-C", "rules", "tag", "v1"]);
}

fn commit(world: &World) {
    world.git(&["-C", "rules", "add", "-A"]);
    world.git(&["-C", "rules", "commit", "-qm", "x"]);
}

fn file_url(world: &World) -> String {
    format!("git+file://{}/rules", world.work().display())
}

#[test]
fn a_pack_in_a_git_repository_is_pinned_to_its_commit() {
    let world = World::new();
    service(&world);
    repository(&world);
    let url = file_url(&world);
    let root = world
        .run(&["plugin", "add", &format!("{url}#v1"), "--yes"])
        .expect(2);
    assert!(
        root.err().contains("`URL#TAG:FOLDER`: packs/acme"),
        "{}",
        root.err()
    );
    let source = format!("{url}#v1:packs/acme");
    world.run(&["plugin", "add", &source, "--yes"]).expect(0);
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    let revision = lock
        .lines()
        .find(|line| line.starts_with("revision = "))
        .unwrap();
    assert_eq!(revision.len(), "revision = \"\"".len() + 40, "{lock}");
    assert_eq!(check(&world, &[]).0, 1);

    // The tag is moved: what the lock holds stays, and can be had again.
    Acme {
        version: "2.0.0",
        ..Acme::default()
    }
    .write(&world, "rules/packs/acme");
    commit(&world);
    world.git(&["-C", "rules", "tag", "-f", "v1"]);
    std::fs::remove_file(own(&world, "plugins/acme.pack.json")).unwrap();
    world.run(&["plugin", "add"]).expect(0);
    world.run(&["plugin", "verify"]).expect(0);
    let asked = world.run(&["plugin", "update", "--dry-run"]).expect(0);
    assert!(
        asked.out().contains("version     1.0.0 -> 2.0.0"),
        "{}",
        asked.out()
    );
    world.run(&["plugin", "update", "--yes"]).expect(0);
    world.run(&["plugin", "verify"]).expect(0);
}

#[test]
fn a_link_in_a_strangers_repository_is_not_followed() {
    let world = World::new();
    repository(&world);
    world.file("secret.toml", "password = \"hunter2\"\n");
    let link = world.work().join("rules/packs/acme/facts.toml");
    std::os::unix::fs::symlink(world.work().join("secret.toml"), link).unwrap();
    commit(&world);
    let source = format!("{}#main:packs/acme", file_url(&world));
    let ran = world.run(&["plugin", "add", &source, "--yes"]).expect(2);
    assert!(
        ran.err().contains("`facts.toml` is a symbolic link"),
        "{}",
        ran.err()
    );
    assert!(!own(&world, "perfctl.lock").exists());
}

#[test]
fn a_folder_of_a_strangers_repository_is_one_of_that_repository() {
    let world = World::new();
    repository(&world);
    Acme::default().write(&world, "mine/acme");
    let link = world.work().join("rules/other");
    std::os::unix::fs::symlink(world.work().join("mine"), link).unwrap();
    commit(&world);
    let source = format!("{}#main:other/acme", file_url(&world));
    world.run(&["plugin", "add", &source, "--yes"]).expect(2);
    assert!(!own(&world, "perfctl.lock").exists());
    // What is not taken may be a link.
    let source = format!("{}#main:packs/acme", file_url(&world));
    let docs = world.work().join("rules/packs/acme/README.md");
    std::os::unix::fs::symlink("/dev/zero", docs).unwrap();
    commit(&world);
    let ran = world.run(&["plugin", "add", &source, "--yes"]).expect(0);
    // Nothing is audited here.
    assert!(!ran.err().contains("auditing"), "{}", ran.err());
}

#[test]
fn a_file_on_a_web_server_is_downloaded_once_and_never_at_a_check() {
    let world = World::new();
    service(&world);
    Acme::default().write(&world, "acme");
    world
        .run(&["plugin", "build", "acme", "--output", "acme.pack.json"])
        .expect(0);
    let bytes = std::fs::read(world.work().join("acme.pack.json")).unwrap();
    let web = Web::start();
    web.put("/acme.pack.json?download=1", bytes.clone());
    let url = web.at("/acme.pack.json?download=1");

    let zeros = "0".repeat(64);
    let other = world
        .run(&["plugin", "add", &url, "--sha256", &zeros, "--yes"])
        .expect(2);
    assert!(other.err().contains("nothing was added"), "{}", other.err());
    assert!(!own(&world, "plugins").exists());
    world.run(&["plugin", "add", &url, "--yes"]).expect(0);
    let asked = web.requests();
    assert_eq!(check(&world, &[]).0, 1);
    world.run(&["plugin", "verify"]).expect(0);
    world.run(&["plugin", "list"]).expect(0);
    assert_eq!(
        web.requests(),
        asked,
        "only `add` and `update` use the network"
    );

    // What is no plugin is not taken, and what was there stays.
    web.put("/acme.pack.json?download=1", "<html>Not found</html>");
    let ran = world.run(&["plugin", "update", "--yes"]).expect(2);
    assert!(ran.err().contains("it is no plugin"), "{}", ran.err());
    assert_eq!(
        std::fs::read(own(&world, "plugins/acme.pack.json")).unwrap(),
        bytes
    );
    let gone = world
        .run(&["plugin", "add", &web.at("/nothing.wasm"), "--yes"])
        .expect(2);
    assert!(gone.err().contains("is not there (404"), "{}", gone.err());
}

#[test]
fn what_cannot_be_a_plugin_says_why() {
    let world = World::new();
    world.file("plain.txt", "hello\n");
    world.file("sources/pack.toml", "schema = \"perfctl.pack/1\"\nid = \"sources\"\ntitle = \"t\"\nversion = \"1.0.0\"\nedition = 1\n");
    world.file("sources/Cargo.toml", "");
    world.file("empty/a", "");
    for (source, said) in [
        ("nowhere.wasm", "nowhere.wasm"),
        ("plain.txt", "it is no plugin"),
        ("empty", "it has no pack.toml"),
        ("sources", "perfctl plugin build"),
        (
            "https://user:hunter2@example.test/a.wasm",
            "leave the password out",
        ),
        (
            "http://example.test/a.wasm",
            "plain HTTP is for this machine only",
        ),
        ("ftp://example.test/a.wasm", "`ftp://` is not known"),
        ("oci://Bad Name", "no name in a registry"),
    ] {
        let ran = world.run(&["plugin", "add", source, "--yes"]).expect(2);
        assert!(ran.err().contains(said), "{source}: {}", ran.err());
    }
    assert!(!own(&world, "perfctl.lock").exists());
}
