//! Downloads and uploads: who is shown an account, how far redirects lead, how much is taken.

use std::time::{Duration, Instant};

use perfctl_core::seams::Never;
use perfctl_fetch::artifact::pull;
use perfctl_fetch::download::download;
use perfctl_fetch::{Bounds, Delivery};
use perfctl_registry::Reference;

use super::{Acme, own};
use crate::support::compilers::copy;
use crate::support::web::{Request, Response, Web};
use crate::support::{World, project, tls};

const PASSWORD: &str = "hunter2-5d0f2a9c";

/// `ci:` and the password, as a request carries them.
const BASIC: &str = "Basic Y2k6aHVudGVyMi01ZDBmMmE5Yw==";

/// The file of the pack, beside the world's working directory.
fn built(world: &World) -> Vec<u8> {
    Acme::default().write(world, "acme");
    world
        .run(&["plugin", "build", "acme", "--output", "acme.pack.json"])
        .expect(0);
    std::fs::read(world.work().join("acme.pack.json")).unwrap()
}

fn with_account(world: &World, host: &str) {
    world.file(
        "../home/.config/perfctl/config.toml",
        &format!("schema = \"perfctl.settings/1\"\n[tokens]\n\"{host}\" = \"ci:{PASSWORD}\"\n"),
    );
}

#[test]
fn an_account_is_shown_to_its_own_host_and_to_no_other() {
    let world = World::new();
    let bytes = built(&world);
    let other = Web::start();
    other.put("/acme.pack.json", bytes.clone());
    let there = other.elsewhere("/acme.pack.json");
    // A port is a host of its own, too.
    let beside = Web::start();
    beside.put("/acme.pack.json", bytes.clone());
    let next = beside.at("/acme.pack.json");
    let guarded = Web::answering(move |request| {
        if request.account() != Some(BASIC) {
            return Some(Response::new("401 Unauthorized"));
        }
        let to = match request.path.as_str() {
            "/here" => "/acme.pack.json",
            "/away" => there.as_str(),
            "/beside" => next.as_str(),
            _ => return None,
        };
        Some(Response::new("302 Found").header("location", to))
    });
    guarded.put("/acme.pack.json", bytes);
    let refused = world
        .run(&["plugin", "add", &guarded.at("/here"), "--yes"])
        .expect(2);
    assert!(
        refused.err().contains("may not be read (401"),
        "{}",
        refused.err()
    );
    assert!(
        guarded
            .asked()
            .iter()
            .all(|asked| asked.account().is_none())
    );

    with_account(&world, &guarded.host());
    for (path, leads_to) in [
        ("/here", None),
        ("/away", Some(&other)),
        ("/beside", Some(&beside)),
    ] {
        let before = guarded.requests();
        let ran = world
            .run(&["plugin", "add", &guarded.at(path), "--yes"])
            .expect(0);
        let said = ran.out() + &ran.err();
        assert!(!said.contains(PASSWORD) && !said.contains("Y2k6"), "{said}");
        let asked = &guarded.asked()[before..];
        assert!(asked.len() >= 2, "the file and its signature: {asked:?}");
        assert!(
            asked.iter().all(|asked| asked.account() == Some(BASIC)),
            "{asked:?}"
        );
        if let Some(other) = leads_to {
            let asked = other.asked();
            assert!(!asked.is_empty(), "{path}");
            assert!(
                asked.iter().all(|asked| asked.account().is_none()),
                "{path}: {asked:?}"
            );
        }
    }
    let before = other.requests();
    world
        .run(&["plugin", "add", &other.at("/acme.pack.json"), "--yes"])
        .expect(0);
    let asked = &other.asked()[before..];
    assert!(asked.len() >= 2 && asked.iter().all(|asked| asked.account().is_none()));
    let lock = std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap();
    assert!(!lock.contains(PASSWORD), "{lock}");
}

#[test]
fn redirects_lead_five_steps_and_no_further() {
    let world = World::new();
    let bytes = built(&world);
    let web = Web::answering(|request| {
        let left: u32 = request.path.strip_prefix("/step")?.parse().ok()?;
        let to = match left {
            1 => "/acme.pack.json".to_owned(),
            more => format!("/step{}", more - 1),
        };
        Some(Response::new("302 Found").header("location", to))
    });
    web.put("/acme.pack.json", bytes);
    let far = world
        .run(&["plugin", "add", &web.at("/step6"), "--yes"])
        .expect(3);
    assert!(
        far.err().contains("redirected more than five times"),
        "{}",
        far.err()
    );
    assert_eq!(web.requests(), 6);
    assert!(!own(&world, "perfctl.lock").exists());
    world
        .run(&["plugin", "add", &web.at("/step5"), "--yes"])
        .expect(0);
}

#[test]
fn a_file_that_is_too_large_is_not_taken() {
    let world = World::new();
    let web = Web::start();
    let most = 32 << 20;
    web.put("/large.wasm", vec![0; most + 1]);
    web.put("/most.wasm", vec![0; most]);
    let large = world
        .run(&["plugin", "add", &web.at("/large.wasm"), "--yes"])
        .expect(2);
    assert!(
        large.err().contains("has more than 32 MiB"),
        "{}",
        large.err()
    );
    let most = world
        .run(&["plugin", "add", &web.at("/most.wasm"), "--yes"])
        .expect(2);
    assert!(most.err().contains("it is no plugin"), "{}", most.err());
    assert!(!own(&world, "plugins").exists());
}

/// A registry that gives tokens to `ci` alone, and lets only those write whom it gave one for that.
fn registry() -> Web {
    Web::answering(|request: &Request| {
        if let Some(query) = request.path.strip_prefix("/token?") {
            let is_known = request.account() == Some(BASIC);
            let is_for_push = query.contains("pull%2Cpush") || query.contains("pull,push");
            let token = match (is_known, is_for_push) {
                (true, true) => "may-write",
                (true, false) => "may-read",
                (false, _) => "nobody",
            };
            let body = format!("{{\"token\": \"{token}\"}}");
            return Some(Response::new("200 OK").body(body));
        }
        let host = &request.headers["host"];
        let writes = !matches!(request.method.as_str(), "GET" | "HEAD");
        let may = match request.account() {
            Some("Bearer may-write") => true,
            Some("Bearer may-read") => !writes,
            _ => false,
        };
        if !may {
            let right = if writes { "pull,push" } else { "pull" };
            let challenge = format!(
                "Bearer realm=\"http://{host}/token\",service=\"{host}\",scope=\"repository:rules/acme:{right}\""
            );
            return Some(Response::new("401 Unauthorized").header("www-authenticate", challenge));
        }
        Some(match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/v2/rules/acme/blobs/uploads/") => Response::new("202 Accepted")
                .header("location", "/v2/rules/acme/blobs/uploads/1?state=x"),
            ("PUT", _) => Response::new("201 Created"),
            _ => Response::new("404 Not Found"),
        })
    })
}

#[test]
fn a_registry_that_gives_tokens_is_told_the_password_for_one_and_the_token_for_the_rest() {
    let world = World::new();
    let bytes = built(&world);
    let web = registry();
    let name = format!("oci://{}/rules/acme:1", web.host());
    let push = ["plugin", "push", "acme.pack.json", &name];
    let refused = world.run(&push).expect(2);
    assert!(
        refused.err().contains("may not be read (401"),
        "{}",
        refused.err()
    );
    assert!(refused.err().contains("tokens.\""), "{}", refused.err());
    assert!(web.asked().iter().all(|asked| asked.method != "PUT"));

    with_account(&world, &web.host());
    let before = web.requests();
    let ran = world.run(&push).expect(0);
    let said = ran.out() + &ran.err();
    assert!(
        !said.contains(PASSWORD) && !said.contains("may-write"),
        "{said}"
    );
    let asked = &web.asked()[before..];
    for request in asked {
        let is_token = request.path.starts_with("/token?");
        let is_shown = request.account() == Some(BASIC);
        assert_eq!(
            is_token, is_shown,
            "the password is for tokens alone: {request:?}"
        );
    }
    let puts: Vec<&Request> = asked
        .iter()
        .filter(|request| request.method == "PUT" && request.account() == Some("Bearer may-write"))
        .collect();
    let paths: Vec<&str> = puts.iter().map(|put| put.path.as_str()).collect();
    assert_eq!(
        puts.len(),
        3,
        "the file, its configuration, the manifest: {paths:?}"
    );
    assert_eq!(puts[0].body, bytes);
    assert!(
        paths[0].starts_with("/v2/rules/acme/blobs/uploads/1?state=x&digest=sha256%3A"),
        "{paths:?}"
    );
    assert_eq!(paths[2], "/v2/rules/acme/manifests/1");
}

#[test]
fn a_registry_that_sends_elsewhere_is_not_followed_with_an_account() {
    for (answer, says) in [
        (
            Some("Bearer realm=\"https://auth.example.test/token\",service=\"s\""),
            "the account is not shown there",
        ),
        (None, "at another site, which is shown no account"),
    ] {
        let world = World::new();
        built(&world);
        let web = Web::answering(move |request| {
            Some(match (answer, request.method.as_str()) {
                (Some(challenge), _) => {
                    Response::new("401 Unauthorized").header("www-authenticate", challenge)
                }
                (None, "POST") => Response::new("202 Accepted")
                    .header("location", "http://uploads.example.test/1"),
                (None, _) => Response::new("404 Not Found"),
            })
        });
        with_account(&world, &web.host());
        let name = format!("oci://{}/rules/acme:1", web.host());
        let ran = world
            .run(&["plugin", "push", "acme.pack.json", &name])
            .expect(2);
        assert!(ran.err().contains(says), "{}", ran.err());
        assert!(web.asked().iter().all(|asked| asked.account().is_none()));
    }
}

/// Appends a section that means nothing, so that the component is as large as one in Python.
fn padded(component: &[u8], more: usize) -> Vec<u8> {
    let mut section = vec![4, b'f', b'i', b'l', b'l'];
    section.resize(more, 0);
    let mut out = component.to_vec();
    out.push(0);
    let mut length = section.len();
    while length >= 0x80 {
        out.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(section);
    out
}

#[test]
fn a_check_that_has_to_compile_says_so_and_one_after_add_does_not() {
    let world = World::new();
    let granted = "schema = \"perfctl.settings/1\"\n[grants]\nfiles = [\"conformance\"]\n";
    world.file("../home/.config/perfctl/config.toml", granted);
    let tests = project().join("tests/plugins");
    copy(&tests.join("repository"), &world.work().join("repository"));
    let component = std::fs::read(tests.join("fixtures/0.1.0/conformance.wasm")).unwrap();
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    let said = |bytes: &[u8]| {
        std::fs::write(world.work().join("org/plugins/conformance.wasm"), bytes).unwrap();
        let args = [
            "check",
            "repository",
            "--config",
            "org",
            "--select",
            "CONF-001",
        ];
        let ran = world
            .run(&[&args[..], &["--confidence", "low"]].concat())
            .expect(1);
        ran.err()
    };
    let told =
        "conformance.wasm: compiling it, once; `perfctl plugin add` would have done it before";
    let large = padded(&component, 1 << 20);
    let first = said(&large);
    assert!(first.contains(told), "{first}");
    let second = said(&large);
    assert!(!second.contains("compiling"), "it is kept: {second}");
    // What `add` took, no check compiles.
    let larger = padded(&component, 2 << 20);
    std::fs::write(world.work().join("conformance.wasm"), &larger).unwrap();
    world
        .run(&[
            "plugin",
            "add",
            "conformance.wasm",
            "--dir",
            "other",
            "--yes",
        ])
        .expect(0);
    let third = said(&larger);
    assert!(!third.contains("compiling"), "{third}");
}

#[test]
fn a_server_that_drips_is_left_when_the_time_is_over() {
    let bounds = Bounds {
        time: Duration::from_millis(400),
        ..Bounds::of(1 << 20)
    };
    let begun = Instant::now();
    let says = |what: &str, got: Result<Delivery, String>| {
        let why = got.expect_err(what);
        assert!(why.contains("was not there within"), "{what}: {why}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
    };
    let web = Web::answering(|_| Some(Response::dripping()));
    let file = |web: &Web| {
        download(&web.at("/acme.wasm"), None, bounds, &Never).map_err(|why| why.to_string())
    };
    says("a file", file(&web));
    let name = Reference::read(&format!("{}/acme:1", web.host())).unwrap();
    let pulled = pull(&name, None, false, bounds, &Never).map_err(|why| why.to_string());
    says("an artifact", pulled);
    // The file itself is there at once.
    let signed = Web::answering(|request| {
        let is_signature = request.path.ends_with(".minisig");
        is_signature.then(Response::dripping)
    });
    signed.put("/acme.wasm", "plugin");
    says("a signature", file(&signed));
}

#[test]
fn a_redirect_from_https_to_http_is_not_followed() {
    let world = World::new();
    let bytes = built(&world);
    let clear = Web::start();
    clear.put("/acme.pack.json", bytes);
    let add = |host: &str| {
        let source = format!("https://{host}/acme.pack.json");
        world.run_with("", &["plugin", "add", &source, "--yes"], |command| {
            command.env("SSL_CERT_FILE", tls::certificate());
        })
    };
    let guarded = tls::redirecting(clear.at("/acme.pack.json"));
    let refused = add(&guarded).expect(3);
    let says = "redirected from HTTPS to HTTP";
    assert!(refused.err().contains(says), "{}", refused.err());
    assert_eq!(clear.requests(), 0, "nobody is asked in the clear");
    assert!(!own(&world, "perfctl.lock").exists());
    // It is the redirect that is refused: from HTTPS to HTTPS it is followed, to its end.
    let further = tls::redirecting(format!("https://{guarded}/acme.pack.json"));
    let refused = add(&further).expect(3);
    assert!(refused.err().contains(says), "{}", refused.err());
    assert_eq!(clear.requests(), 0);
}
