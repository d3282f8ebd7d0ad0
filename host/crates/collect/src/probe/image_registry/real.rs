//! The probe against Debian's `docker-registry`, into which the test pushes an image over HTTP.
//!
//! Where the program is absent the test says so and is skipped, except in CI (`CI` set), where it must be there.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use perfctl_core::seams::{Collected, Never, Probe};
use reqwest::blocking::Client;
use tempfile::TempDir;

use super::ImageRegistry;
use crate::capture::{labelled, options, path, value};
use perfctl_registry::digest;

/// `ci` with the password `s3cret-word`, hashed as htpasswd does with bcrypt.
const ACCOUNTS: &str = "ci:$2y$05$abcdefghijklmnopqrstuuEpHRRKIlpAGo.iP7Bpa.htQEJMAAnRe\n";

/// A running registry; ended and its files removed when dropped.
struct Registry {
    child: Child,
    address: String,
    http: Client,
    account: Option<(&'static str, &'static str)>,
    _files: TempDir,
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn installed() -> bool {
    let found = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("docker-registry").is_file())
    });
    assert!(
        found || std::env::var_os("CI").is_none(),
        "docker-registry is not installed: apt-get install docker-registry"
    );
    if !found {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: docker-registry is not installed (apt-get install docker-registry)"
        );
    }
    found
}

impl Registry {
    fn start(account: Option<(&'static str, &'static str)>) -> Self {
        let files = tempfile::tempdir().expect("a temporary folder");
        // Another process may take the port between its release here and its use there; then another one is tried.
        (0..5)
            .find_map(|_| Self::try_start(&files, account))
            .map(|(child, address)| {
                let http = Client::builder().no_proxy().build().expect("a client");
                Self {
                    child,
                    address,
                    http,
                    account,
                    _files: files,
                }
            })
            .expect("docker-registry answers")
    }

    fn try_start(files: &TempDir, account: Option<(&str, &str)>) -> Option<(Child, String)> {
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .expect("a free port")
            .to_string();
        let root = files.path().display();
        let auth = match account {
            Some(_) => format!("auth:\n  htpasswd:\n    realm: test\n    path: {root}/htpasswd\n"),
            None => String::new(),
        };
        std::fs::write(files.path().join("htpasswd"), ACCOUNTS).expect("written");
        let settings = format!(
            "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {root}/data\nhttp:\n  addr: {address}\n{auth}"
        );
        let file = files.path().join("config.yml");
        std::fs::write(&file, settings).expect("written");
        let mut child = Command::new("docker-registry")
            .arg("serve")
            .arg(&file)
            .env_clear()
            .current_dir(files.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("docker-registry starts");
        let http = Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(2))
            .build()
            .expect("a client");
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end && child.try_wait().is_ok_and(|status| status.is_none()) {
            if http.get(format!("http://{address}/v2/")).send().is_ok() {
                return Some((child, address));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }

    fn request(&self, method: reqwest::Method, target: &str) -> reqwest::blocking::RequestBuilder {
        let address = if target.starts_with("http") {
            target.to_owned()
        } else {
            format!("http://{}{target}", self.address)
        };
        let request = self.http.request(method, address);
        match self.account {
            Some((name, password)) => request.basic_auth(name, Some(password)),
            None => request,
        }
    }

    /// Pushes a blob in one piece and gives its digest.
    fn push_blob(&self, repository: &str, content: &[u8]) -> String {
        let begun = self
            .request(
                reqwest::Method::POST,
                &format!("/v2/{repository}/blobs/uploads/"),
            )
            .send()
            .expect("answered");
        assert_eq!(begun.status().as_u16(), 202, "{begun:?}");
        let place = begun.headers()["location"]
            .to_str()
            .expect("ASCII")
            .to_owned();
        let name = digest(content);
        let joint = if place.contains('?') { '&' } else { '?' };
        let done = self
            .request(
                reqwest::Method::PUT,
                &format!("{place}{joint}digest={name}"),
            )
            .header("content-type", "application/octet-stream")
            .body(content.to_vec())
            .send()
            .expect("answered");
        assert_eq!(done.status().as_u16(), 201, "{done:?}");
        name
    }

    fn push_manifest(&self, repository: &str, tag: &str, media_type: &str, content: &[u8]) {
        let done = self
            .request(
                reqwest::Method::PUT,
                &format!("/v2/{repository}/manifests/{tag}"),
            )
            .header("content-type", media_type)
            .body(content.to_vec())
            .send()
            .expect("answered");
        assert_eq!(done.status().as_u16(), 201, "{:?}", done.text());
    }

    fn probe(&self, name: &str, pairs: &[(&str, &str)]) -> Collected {
        let mut options = options(pairs);
        options.insert("image".to_owned(), format!("{}/{name}", self.address));
        ImageRegistry.probe(&options, &Never).expect("no error")
    }
}

/// The files of an OCI archive.
fn files(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(std::fs::File::open(archive).expect("the capture"));
    let entries = archive.entries().expect("a tar file").map(|entry| {
        let mut entry = entry.expect("readable");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("readable");
        (entry.path().expect("a path").display().to_string(), content)
    });
    entries.collect()
}

/// Pushes the captured `tiny` image as `shop/tiny:1` (OCI), `:2` (schema 2), `:list` (an OCI index of two platforms).
fn push_tiny(registry: &Registry) {
    let oci = "application/vnd.oci.image.manifest.v1+json";
    let files = files(&path("docker/tiny-oci-archive.tar"));
    for (_, content) in files
        .iter()
        .filter(|(name, content)| name.starts_with("blobs/sha256/") && !content.is_empty())
    {
        registry.push_blob("shop/tiny", content);
    }
    let manifest = &files
        .iter()
        .find(|(_, content)| {
            content.starts_with(b"{\"schemaVersion\":2,\"mediaType\"")
                || content.starts_with(b"{\"schemaVersion\":2,\"config\"")
        })
        .expect("a manifest")
        .1;
    registry.push_manifest("shop/tiny", "1", oci, manifest);
    let schema2 = String::from_utf8_lossy(manifest)
        .replace(oci, "application/vnd.docker.distribution.manifest.v2+json")
        .replace(
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.docker.container.image.v1+json",
        )
        .replace(
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
        );
    registry.push_manifest(
        "shop/tiny",
        "2",
        "application/vnd.docker.distribution.manifest.v2+json",
        schema2.as_bytes(),
    );
    let entry = |architecture: &str| {
        format!(
            r#"{{"mediaType":"{oci}","digest":"{}","size":{},"platform":{{"architecture":"{architecture}","os":"linux"}}}}"#,
            digest(manifest),
            manifest.len()
        )
    };
    let index = format!(
        r#"{{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{},{}]}}"#,
        entry("arm64"),
        entry("amd64")
    );
    registry.push_manifest(
        "shop/tiny",
        "list",
        "application/vnd.oci.image.index.v1+json",
        index.as_bytes(),
    );
}

#[test]
fn an_image_pushed_to_a_real_registry_is_measured() {
    if !installed() {
        return;
    }
    let registry = Registry::start(None);
    push_tiny(&registry);
    for tag in ["1", "2", "list"] {
        let collected = registry.probe(&format!("shop/tiny:{tag}"), &[]);
        assert_eq!(collected.inconclusive, None, "{tag}");
        assert_eq!(value(&collected, "image.compressed"), 230.0, "{tag}");
        assert_eq!(value(&collected, "image.layers"), 2.0, "{tag}");
        assert_eq!(
            labelled(&collected, "image.layer.compressed", "layer", "1"),
            Some(116.0),
            "{tag}"
        );
    }
    let absent = registry.probe("shop/tiny:none", &[]).inconclusive;
    assert!(absent.is_some_and(|why| why.contains("404: MANIFEST_UNKNOWN")));
    let nowhere = registry.probe("shop/other:1", &[]).inconclusive;
    assert!(nowhere.is_some_and(|why| why.contains("404")));
    let windows = registry
        .probe("shop/tiny:list", &[("platform", "windows/amd64")])
        .inconclusive;
    assert!(windows.is_some_and(|why| why.contains("linux/arm64, linux/amd64")));
}

#[test]
fn a_real_registry_with_accounts_answers_the_right_one() {
    if !installed() {
        return;
    }
    let account = ("ci", "s3cret-word");
    let registry = Registry::start(Some(account));
    push_tiny(&registry);
    let right = registry.probe(
        "shop/tiny:1",
        &[("username", account.0), ("password", account.1)],
    );
    assert_eq!(value(&right, "image.compressed"), 230.0);
    for pairs in [&[][..], &[("username", "ci"), ("password", "wrong-word")]] {
        let why = registry
            .probe("shop/tiny:1", pairs)
            .inconclusive
            .expect("inconclusive");
        assert!(
            why.contains("may not be read") && !why.contains("wrong-word"),
            "{why}"
        );
    }
}
