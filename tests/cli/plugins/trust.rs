//! Signatures: made by minisign's own format, checked, pinned, asked for.

use minisign::KeyPair;

use super::{Acme, check, own, service};
use crate::support::World;

/// Signs a file, as `minisign -S` does.
fn sign(world: &World, pair: &KeyPair, file: &str) {
    let bytes = std::fs::read(world.work().join(file)).unwrap();
    let signed = minisign::sign(None, &pair.sk, bytes.as_slice(), None, None).unwrap();
    world.file(&format!("{file}.minisig"), &signed.into_string());
}

fn build(world: &World, version: &str) {
    Acme {
        version,
        ..Acme::default()
    }
    .write(world, "acme");
    world
        .run(&["plugin", "build", "acme", "--output", "acme.pack.json"])
        .expect(0);
}

fn settings(world: &World, text: &str) {
    world.file(
        "../home/.config/perfctl/config.toml",
        &format!("schema = \"perfctl.settings/1\"\n[plugins]\n{text}\n"),
    );
}

#[test]
fn a_key_that_signed_once_has_to_sign_again() {
    let world = World::new();
    let (ours, theirs) = (
        KeyPair::generate_unencrypted_keypair().unwrap(),
        KeyPair::generate_unencrypted_keypair().unwrap(),
    );
    let key = ours.pk.to_base64();
    build(&world, "1.0.0");
    let unsigned = world
        .run(&["plugin", "add", "acme.pack.json", "--key", &key, "--yes"])
        .expect(2);
    assert!(
        unsigned.err().contains(&format!(
            "it is not signed, and {key} has to have signed it"
        )),
        "{}",
        unsigned.err()
    );
    sign(&world, &theirs, "acme.pack.json");
    let wrong = world
        .run(&["plugin", "add", "acme.pack.json", "--key", &key, "--yes"])
        .expect(2);
    assert!(
        wrong.err().contains("its signature is not by"),
        "{}",
        wrong.err()
    );
    assert!(!own(&world, "perfctl.lock").exists());
    sign(&world, &ours, "acme.pack.json");
    world.file(
        "acme.pub",
        &format!("untrusted comment: minisign public key\n{key}\n"),
    );
    world
        .run(&[
            "plugin",
            "add",
            "acme.pack.json",
            "--key",
            "acme.pub",
            "--yes",
        ])
        .expect(0);
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    assert!(lock.contains(&format!("signed_by = \"{key}\"")), "{lock}");
    assert!(own(&world, "plugins/acme.pack.json.minisig").is_file());

    build(&world, "1.1.0");
    sign(&world, &theirs, "acme.pack.json");
    let other = world.run(&["plugin", "update", "--yes"]).expect(2);
    assert!(
        other.err().contains("is the key that signed it before"),
        "{}",
        other.err()
    );
    std::fs::remove_file(world.work().join("acme.pack.json.minisig")).unwrap();
    let none = world.run(&["plugin", "update", "--yes"]).expect(2);
    assert!(none.err().contains("it was before"), "{}", none.err());
    sign(&world, &ours, "acme.pack.json");
    world.run(&["plugin", "update", "--yes"]).expect(0);
    // A new key is taken when the user names it.
    let new = theirs.pk.to_base64();
    sign(&world, &theirs, "acme.pack.json");
    let asked = world
        .run(&["plugin", "add", "acme.pack.json", "--key", &new, "--yes"])
        .expect(0);
    assert!(
        asked.out().contains(&format!("{key} -> {new}")),
        "{}",
        asked.out()
    );
    world.run(&["plugin", "verify"]).expect(0);
    world.file(
        "../home/.config/perfctl/plugins/acme.pack.json.minisig",
        "untrusted comment: x\n",
    );
    let verified = world.run(&["plugin", "verify"]).expect(3);
    assert!(
        verified.out().contains("no signature of minisign"),
        "{}",
        verified.out()
    );
}

#[test]
fn where_signatures_are_required_nothing_else_runs() {
    let world = World::new();
    service(&world);
    let ours = KeyPair::generate_unencrypted_keypair().unwrap();
    let key = ours.pk.to_base64();
    build(&world, "1.0.0");
    world
        .run(&["plugin", "add", "acme.pack.json", "--yes"])
        .expect(0);
    assert_eq!(check(&world, &[]).0, 1);
    settings(
        &world,
        &format!("keys = [\"{key}\"]\nrequire_signature = true"),
    );
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("`acme` is not signed by a key that counts"),
        "{said}"
    );
    let refused = world
        .run(&["plugin", "add", "acme.pack.json", "--yes"])
        .expect(2);
    assert!(
        refused.err().contains("require_signature"),
        "{}",
        refused.err()
    );

    sign(&world, &ours, "acme.pack.json");
    world
        .run(&["plugin", "add", "acme.pack.json", "--yes"])
        .expect(0);
    assert_eq!(check(&world, &[]).0, 1);
    // A signature that is lost can be had again.
    let signature = own(&world, "plugins/acme.pack.json.minisig");
    std::fs::remove_file(&signature).unwrap();
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("`perfctl plugin add` fetches a signature that is lost"),
        "{said}"
    );
    world.run(&["plugin", "add"]).expect(0);
    assert!(signature.is_file());
    assert_eq!(check(&world, &[]).0, 1);
    // The lock may be anybody's: a key that it pins is no key of the user's.
    let theirs = KeyPair::generate_unencrypted_keypair().unwrap();
    settings(
        &world,
        &format!(
            "keys = [\"{}\"]\nrequire_signature = true",
            theirs.pk.to_base64()
        ),
    );
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 3, "{said}");
    settings(&world, "keys = [\"hello\"]");
    let wrong = world.run(&["check", "service"]).expect(2);
    assert!(wrong.err().contains("config.toml:3"), "{}", wrong.err());
    assert!(
        wrong.err().contains("no public key of minisign"),
        "{}",
        wrong.err()
    );
}

#[test]
fn where_signatures_are_required_a_folder_of_scripts_does_not_run() {
    let world = World::new();
    service(&world);
    Acme::default().write(&world, "org/plugins/acme");
    // A fact of an unsigned folder would decide what signed rules find.
    world.file(
        "org/plugins/acme/facts/broken.toml",
        "this is no fact, and nobody reads it",
    );
    let ours = KeyPair::generate_unencrypted_keypair().unwrap();
    settings(
        &world,
        &format!(
            "keys = [\"{}\"]\nrequire_signature = true",
            ours.pk.to_base64()
        ),
    );
    let (code, said) = check(&world, &["--config", "org"]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("ACME-001") && said.contains("a folder of scripts is not signed"),
        "{said}"
    );
    assert!(
        !said.contains("loads is slow") && !said.contains("broken.toml"),
        "{said}"
    );
    // The program's own rules are nobody's plugins.
    let ran = world.run(&["check", "service"]);
    assert_eq!(ran.code(), 0, "{}{}", ran.out(), ran.err());
}

#[test]
fn a_repository_cannot_say_whose_signatures_count() {
    let world = World::new();
    service(&world);
    build(&world, "1.0.0");
    world
        .run(&["plugin", "add", "acme.pack.json", "--yes"])
        .expect(0);
    world.file(
        "service/.perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[plugins]\nrequire_signature = false\n",
    );
    assert_eq!(check(&world, &[]).0, 1);
    settings(&world, "require_signature = true");
    let (code, said) = check(&world, &[]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("sets `plugins.require_signature`; this is ignored"),
        "{said}"
    );
}

#[test]
fn whoever_trusts_a_repository_is_told_of_its_plugins() {
    let world = World::new();
    service(&world);
    build(&world, "1.0.0");
    std::fs::create_dir_all(world.work().join("service/.perfctl/plugins")).unwrap();
    std::fs::rename(
        world.work().join("acme.pack.json"),
        world.work().join("service/.perfctl/plugins/acme.pack.json"),
    )
    .unwrap();
    let trusted = world.run_in("service", &["trust"]).expect(0);
    assert!(
        trusted.err().contains("plugins    acme.pack.json"),
        "{}",
        trusted.err()
    );
    assert_eq!(check(&world, &[]).0, 1);
}

#[test]
fn a_signature_that_is_lost_is_seen_wherever_plugins_are_looked_at_and_can_be_had_again() {
    let world = World::new();
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    build(&world, "1.0.0");
    sign(&world, &pair, "acme.pack.json");
    let key = pair.pk.to_base64();
    world
        .run(&["plugin", "add", "acme.pack.json", "--key", &key, "--yes"])
        .expect(0);
    let signature = own(&world, "plugins/acme.pack.json.minisig");
    for (text, remedy) in [
        (None, "`perfctl plugin add` fetches the signature"),
        (Some("no signature"), "`perfctl plugin add` fetches it anew"),
    ] {
        std::fs::remove_file(&signature).unwrap();
        if let Some(text) = text {
            std::fs::write(&signature, text).unwrap();
        }
        let listed = world.run(&["plugin", "list"]).expect(0);
        assert!(listed.out().contains("not signed"), "{}", listed.out());
        let verified = world.run(&["plugin", "verify"]).expect(3);
        assert!(verified.out().contains(remedy), "{}", verified.out());
        let copied = world.run(&["plugin", "vendor", "out"]).expect(2);
        assert!(
            copied.err().contains("nothing was copied"),
            "{}",
            copied.err()
        );
        assert!(!world.work().join("out").exists());
        if text.is_some() {
            std::fs::remove_file(&signature).unwrap();
        }
        world.run(&["plugin", "add"]).expect(0);
        world.run(&["plugin", "verify"]).expect(0);
    }
}
