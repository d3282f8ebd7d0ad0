//! The probe against a server in this process that replays what a registry answered.

use std::time::Instant;

use perfctl_core::seams::{Collected, Never, Probe};

use super::fake::{Reply, Request, Server};
use super::*;
use crate::capture::{all, bytes, labelled, made, options, probed, value};
use perfctl_registry::digest;

const OCI: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const SCHEMA2: &str = "application/vnd.docker.distribution.manifest.v2+json";

fn probe(server: &Server, name: &str, pairs: &[(&str, &str)]) -> Result<Collected, CollectError> {
    let image = format!("{}/{name}", server.address());
    probed(
        &ImageRegistry,
        &[&[("image", image.as_str())], pairs].concat(),
    )
}

fn inconclusive(found: Result<Collected, CollectError>) -> String {
    let found = found.expect("no error");
    assert!(found.metrics.is_empty(), "{:?}", found.metrics);
    found.inconclusive.expect("inconclusive")
}

/// A registry with the captured images: `shop/multistage:1` (OCI), `shop/layers:docker` (schema 2), `shop/multi-arch:1`
/// and `:dockerlist`. As the real one, it answers differently to a client that does not say what it understands.
fn registry(request: &Request) -> Reply {
    let accepts = |kind: &str| request.header("accept").contains(kind);
    let oci = || bytes("docker/registry-manifest-oci.json.stdout.txt");
    let body = |reply: Vec<u8>| {
        reply[reply
            .windows(4)
            .position(|at| at == b"\r\n\r\n")
            .map_or(0, |at| at + 4)..]
            .to_vec()
    };
    match request.target.strip_prefix("/v2/shop/").unwrap_or_default() {
        "multistage/manifests/1" if accepts(OCI) => Reply::ok(OCI, oci()),
        "multistage/manifests/1" => Reply::status(
            404,
            body(bytes("docker/registry-manifest-oci-no-accept.stdout.txt")),
        ),
        "layers/manifests/docker" if accepts(SCHEMA2) => Reply::ok(
            SCHEMA2,
            bytes("docker/registry-manifest-schema2.json.stdout.txt"),
        ),
        "layers/manifests/docker" | "old/manifests/1" => Reply::ok(
            "application/vnd.docker.distribution.manifest.v1+prettyjws",
            body(bytes("docker/registry-manifest-no-accept.stdout.txt")),
        ),
        "multi-arch/manifests/1" if accepts(OCI_INDEX) => Reply::ok(
            OCI_INDEX,
            bytes("docker/registry-index-oci.json.stdout.txt"),
        ),
        "multi-arch/manifests/dockerlist" => Reply::ok(
            "application/vnd.docker.distribution.manifest.list.v2+json",
            bytes("docker/registry-list-docker.json.stdout.txt"),
        ),
        target => match target
            .split_once("/manifests/sha256:")
            .or(target.split_once("/blobs/sha256:"))
        {
            Some((_, hash)) if digest(&oci()).ends_with(hash) => Reply::ok(OCI, oci()),
            Some((_, hash))
                if crate::capture::path(&format!("docker/oci-layout/blobs/sha256/{hash}"))
                    .exists() =>
            {
                Reply::ok(
                    "application/octet-stream",
                    bytes(&format!("docker/oci-layout/blobs/sha256/{hash}")),
                )
            }
            Some((_, hash)) if hash.starts_with("6033745aed5f") => Reply::ok(
                "application/octet-stream",
                bytes("docker/registry-config-blob.json.stdout.txt"),
            ),
            _ => Reply::status(
                404,
                body(bytes("docker/registry-fail-unknown-tag.stdout.txt")),
            ),
        },
    }
}

fn open_registry() -> Server {
    Server::start(|request, _| registry(request))
}

#[test]
fn an_oci_image_gives_its_layers_and_base() {
    let server = open_registry();
    let collected = probe(&server, "shop/multistage:1", &[]).expect("measured");
    assert_eq!(value(&collected, "image.compressed"), 1_083_812.0 + 172.0);
    assert_eq!(value(&collected, "image.layers"), 2.0);
    assert!(made(&collected).iter().eq(ImageRegistry.metrics()));
    assert!(
        all(&collected, "image.size").is_empty(),
        "a registry does not know what layers unpack to"
    );
    let second = all(&collected, "image.layer.compressed")[1];
    assert!(
        second.labels["created_by"].starts_with("COPY file:1a8d71e4"),
        "{:?}",
        second.labels
    );
    assert!(
        collected
            .notes
            .iter()
            .any(|note| note.contains("localhost/busybox-local:1")),
        "{:?}",
        collected.notes
    );
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.header("user-agent").starts_with("perfctl/"))
    );
}

#[test]
fn a_schema_2_image_is_asked_for_so_that_it_is_not_schema_1() {
    let server = open_registry();
    let collected = probe(&server, "shop/layers:docker", &[]).expect("measured");
    assert_eq!(value(&collected, "image.compressed"), 63_393_901.0);
    let dd = "dd if=/dev/zero of=/var/cache/big.bin bs=1M count=12 2>/dev/null";
    assert_eq!(
        labelled(&collected, "image.layer.compressed", "created_by", dd),
        Some(17_549.0)
    );
}

#[test]
fn the_platform_of_an_index_is_chosen() {
    let server = open_registry();
    let collected = probe(&server, "shop/multi-arch:1", &[]).expect("measured");
    assert_eq!(value(&collected, "image.compressed"), 1_083_984.0);
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.target.clone())
        .collect();
    assert!(
        targets[1].starts_with("/v2/shop/multi-arch/manifests/sha256:eb6557d8"),
        "{targets:?}"
    );
    // The list's manifests are not there, so asking by digest shows which platform was meant.
    let arm = inconclusive(probe(
        &server,
        "shop/multi-arch:dockerlist",
        &[("platform", "linux/arm64")],
    ));
    assert!(
        server
            .requests()
            .last()
            .is_some_and(|last| last.target.contains("sha256:a45068a0")),
        "{arm}"
    );
    let why = inconclusive(probe(
        &server,
        "shop/multi-arch:1",
        &[("platform", "windows/amd64")],
    ));
    assert!(
        why.contains("no image for windows/amd64; there is linux/amd64, linux/arm64/v8"),
        "{why}"
    );
    let single = inconclusive(probe(
        &server,
        "shop/multistage:1",
        &[("platform", "linux/arm64")],
    ));
    assert!(single.contains("there is linux/amd64"), "{single}");
}

#[test]
fn an_unknown_tag_is_inconclusive_and_says_what_the_registry_said() {
    let server = open_registry();
    let why = inconclusive(probe(&server, "shop/layers:nope", &[]));
    assert!(
        why.contains("is not in the registry (404: MANIFEST_UNKNOWN manifest unknown)"),
        "{why}"
    );
}

#[test]
fn a_schema_1_answer_is_inconclusive() {
    let server = open_registry();
    let why = inconclusive(probe(&server, "shop/old:1", &[]));
    assert!(why.contains("schema 1"), "{why}");
}

/// A registry that wants a token from its own `/token`, for the account `ci` or for anyone.
fn token_registry(open: bool) -> Server {
    Server::start(move |request, address| {
        if let Some(query) = request.target.strip_prefix("/token?") {
            // `ci:pass-word` in base64.
            let known = request.header("authorization") == "Basic Y2k6cGFzcy13b3Jk";
            assert_eq!(
                query,
                "scope=repository%3Ashop%2Fmultistage%3Apull&service=registry.test"
            );
            return if open || known {
                Reply::ok("application/json", br#"{"access_token":"t0ken"}"#)
            } else {
                Reply::status(401, "")
            };
        }
        if request.header("authorization") == "Bearer t0ken" {
            return registry(request);
        }
        Reply::status(401, r#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#).with(
            "www-authenticate",
            format!(r#"Bearer realm="http://{address}/token",service="registry.test",scope="repository:shop/multistage:pull""#),
        )
    })
}

#[test]
fn an_anonymous_token_is_fetched_once() {
    let server = token_registry(true);
    let collected = probe(&server, "shop/multistage:1", &[]).expect("measured");
    assert_eq!(value(&collected, "image.compressed"), 1_083_984.0);
    let tokens = server
        .requests()
        .iter()
        .filter(|request| request.target.starts_with("/token"))
        .count();
    assert_eq!(tokens, 1);
}

#[test]
fn an_account_gets_the_token_that_anyone_does_not() {
    let server = token_registry(false);
    let why = inconclusive(probe(&server, "shop/multistage:1", &[]));
    assert!(why.contains("docker login"), "{why}");
    let account = [("username", "ci"), ("password", "pass-word")];
    assert_eq!(
        value(
            &probe(&server, "shop/multistage:1", &account).expect("measured"),
            "image.layers"
        ),
        2.0
    );
    let wrong = inconclusive(probe(
        &server,
        "shop/multistage:1",
        &[("username", "ci"), ("password", "guess-me")],
    ));
    assert!(!wrong.contains("guess-me"), "{wrong}");
    assert!(probe(&server, "shop/multistage:1", &[("username", "ci")]).is_err());
}

#[test]
fn a_token_address_in_the_clear_elsewhere_gets_no_password() {
    let server = Server::start(|_, _| {
        Reply::status(401, "").with(
            "www-authenticate",
            r#"Bearer realm="http://tokens.example.test/t",service="x""#,
        )
    });
    let why = probe(
        &server,
        "shop/a:1",
        &[("username", "ci"), ("password", "pass-word")],
    )
    .expect_err("refused")
    .message;
    assert!(why.contains("`tokens.example.test` is not HTTPS"), "{why}");
}

#[test]
fn basic_accounts_are_sent_only_when_asked_for() {
    let server = Server::start(|request, _| match request.header("authorization") {
        "Basic Y2k6cGFzcy13b3Jk" => registry(request),
        "" => Reply::status(401, "").with("www-authenticate", "Basic realm=\"Registry\""),
        _ => Reply::status(401, "").with("www-authenticate", "Basic realm=\"Registry\""),
    });
    let account = [("username", "ci"), ("password", "pass-word")];
    assert_eq!(
        value(
            &probe(&server, "shop/multistage:1", &account).expect("measured"),
            "image.layers"
        ),
        2.0
    );
    assert_eq!(server.requests()[0].header("authorization"), "");
    assert!(inconclusive(probe(&server, "shop/multistage:1", &[])).contains("wants a password"));
    let wrong = [("username", "ci"), ("password", "guess")];
    assert!(
        inconclusive(probe(&server, "shop/multistage:1", &wrong)).contains("may not be read (401")
    );
}

#[test]
fn a_registry_that_is_down_or_slow_is_an_error() {
    let address = open_registry().address();
    let options = options(&[("image", &format!("{address}/shop/a:1"))]);
    let why = ImageRegistry
        .probe(&options, &Never)
        .expect_err("nobody listens")
        .message;
    assert!(
        why.contains("cannot be asked for: Connection refused"),
        "{why}"
    );
    let slow = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(2500));
        Reply::status(200, "")
    });
    let start = Instant::now();
    let why = probe(&slow, "shop/a:1", &[("timeout", "1")])
        .expect_err("too slow")
        .message;
    assert!(why.contains("no answer within the time limit"), "{why}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn nonsense_is_an_error_and_never_a_size() {
    type Answer = fn() -> Reply;
    let answers: [(Answer, &str); 8] = [
        (
            || Reply::ok("text/html", "<html>sign in</html>"),
            "not readable",
        ),
        (|| Reply::ok(OCI, ""), "not readable"),
        (
            || Reply::ok(OCI, vec![b' '; 5 << 20]),
            "it has more than 4194304 bytes",
        ),
        (|| Reply::ok(OCI, "{").broken(), "broke off"),
        (|| Reply::status(500, "boom"), "the registry answered 500"),
        (
            || Reply::status(429, "").with("retry-after", "60"),
            "it allows more after 60",
        ),
        (
            || Reply::status(302, "").with("location", "/v2/shop/a/manifests/1"),
            "more than five times",
        ),
        (
            || {
                Reply::ok(OCI, br#"{"schemaVersion":2,"config":{"digest":"sha256:../x","size":1},"layers":[]}"#)
            },
            "`sha256:../x` is no digest",
        ),
    ];
    for (answer, words) in answers {
        let server = Server::start(move |_, _| answer());
        let why = probe(&server, "shop/a:1", &[]).expect_err(words).message;
        assert!(why.contains(words), "{words}: {why}");
    }
}

#[test]
fn content_that_does_not_fit_its_digest_is_refused() {
    let server = Server::start(|request, _| match request.target.contains("sha256:") {
        true => Reply::ok(
            OCI,
            bytes("docker/registry-manifest-schema2.json.stdout.txt"),
        ),
        false => registry(request),
    });
    let why = probe(&server, "shop/multi-arch:1", &[])
        .expect_err("another manifest")
        .message;
    assert!(why.contains("other contents than its digest says"), "{why}");
}

#[test]
fn a_missing_configuration_leaves_the_sizes() {
    let server = Server::start(|request, _| match request.target.contains("/blobs/") {
        true => Reply::status(404, ""),
        false => registry(request),
    });
    let collected = probe(&server, "shop/multistage:1", &[]).expect("measured");
    assert_eq!(value(&collected, "image.compressed"), 1_083_984.0);
    assert!(
        collected
            .notes
            .iter()
            .any(|note| note.contains("no build instructions")),
        "{:?}",
        collected.notes
    );
}

#[test]
fn the_name_must_be_one_and_a_request_to_stop_is_heard() {
    struct Now;
    impl Stop for Now {
        fn requested(&self) -> bool {
            true
        }
    }
    assert!(ImageRegistry.probe(&options(&[]), &Never).is_err());
    let wrong = ImageRegistry
        .probe(&options(&[("image", "Shop Api")]), &Never)
        .expect_err("no name")
        .message;
    assert!(wrong.contains("`image`"), "{wrong}");
    let server = open_registry();
    let options = options(&[("image", &format!("{}/shop/multistage:1", server.address()))]);
    assert!(
        ImageRegistry
            .probe(&options, &Now)
            .expect_err("stopped")
            .message
            .contains("on request")
    );
    assert!(server.requests().is_empty());
}
