//! An image in every form in which a user names one: built by an allowed step, in the engine, in a registry, as an archive of
//! `docker save`, as an OCI layout folder.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{audit, audit_with};
use crate::support::World;

/// Bytes of the one file in the image's one layer.
const CONTENT: usize = 70_000;

/// A tar file with these members.
fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in members {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[136..147].copy_from_slice(b"00000000000");
        header[148..156].copy_from_slice(b"        ");
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        bytes.extend(header);
        bytes.extend(*content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// One image: its layer, configuration and manifest.
struct Image {
    layer: Vec<u8>,
    config: Vec<u8>,
    manifest: Vec<u8>,
}

impl Image {
    fn new() -> Self {
        let layer = tar(&[("app.py", &[b'x'; CONTENT])]);
        let config = json!({
            "architecture": "amd64", "os": "linux",
            "rootfs": {"type": "layers", "diff_ids": [format!("sha256:{}", hash(&layer))]},
            "history": [{"created_by": "COPY app.py /"}],
        })
        .to_string()
        .into_bytes();
        let manifest = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {
                "mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": format!("sha256:{}", hash(&config)), "size": config.len(),
            },
            "layers": [{
                "mediaType": "application/vnd.oci.image.layer.v1.tar",
                "digest": format!("sha256:{}", hash(&layer)), "size": layer.len(),
            }],
        })
        .to_string()
        .into_bytes();
        Self {
            layer,
            config,
            manifest,
        }
    }

    fn blobs(&self) -> [&[u8]; 3] {
        [&self.layer, &self.config, &self.manifest]
    }

    /// As `docker save` writes it.
    fn save(&self, file: &Path) {
        let manifest =
            json!([{"Config": "config.json", "RepoTags": ["shop:1"], "Layers": ["l/layer.tar"]}]);
        let manifest = manifest.to_string();
        let members: [(&str, &[u8]); 3] = [
            ("l/layer.tar", &self.layer),
            ("config.json", &self.config),
            ("manifest.json", manifest.as_bytes()),
        ];
        fs::write(file, tar(&members)).unwrap();
    }

    /// As an OCI layout.
    fn lay_out(&self, folder: &Path) {
        let blobs = folder.join("blobs/sha256");
        fs::create_dir_all(&blobs).unwrap();
        for blob in self.blobs() {
            fs::write(blobs.join(hash(blob)), blob).unwrap();
        }
        fs::write(
            folder.join("oci-layout"),
            r#"{"imageLayoutVersion":"1.0.0"}"#,
        )
        .unwrap();
        let index = json!({"schemaVersion": 2, "manifests": [{
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": format!("sha256:{}", hash(&self.manifest)), "size": self.manifest.len(),
            "annotations": {"org.opencontainers.image.ref.name": "1"},
        }]});
        fs::write(folder.join("index.json"), index.to_string()).unwrap();
    }

    /// Into the file storage of a registry, as `repository:tag`.
    fn store(&self, root: &Path, repository: &str, tag: &str) {
        let data = root.join("docker/registry/v2");
        let write = |path: String, bytes: &[u8]| {
            let file = data.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        };
        for blob in self.blobs() {
            let name = hash(blob);
            write(format!("blobs/sha256/{}/{name}/data", &name[..2]), blob);
            let link = format!("sha256:{name}");
            write(
                format!("repositories/{repository}/_layers/sha256/{name}/link"),
                link.as_bytes(),
            );
        }
        let name = hash(&self.manifest);
        let link = format!("sha256:{name}");
        for place in [
            format!("revisions/sha256/{name}/link"),
            format!("tags/{tag}/current/link"),
            format!("tags/{tag}/index/sha256/{name}/link"),
        ] {
            write(
                format!("repositories/{repository}/_manifests/{place}"),
                link.as_bytes(),
            );
        }
    }
}

fn service(world: &World) {
    world.file(
        "shop/main.py",
        "from fastapi import FastAPI\n\napp = FastAPI()\n",
    );
    world.file("Dockerfile", "FROM scratch\nCOPY . /app\n");
}

fn measured(run: &Value, metric: &str) -> Option<f64> {
    let metrics = run["metrics"].as_array().unwrap();
    let found = metrics.iter().find(|found| found["name"] == metric)?;
    found["samples"][0].as_f64()
}

fn item(run: &Value) -> (String, String) {
    let items = run["items"].as_array().unwrap();
    let image = items.iter().find(|item| item["id"] == "PERF-004").unwrap();
    let text = |key: &str| image[key].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("reason"))
}

fn step<'r>(run: &'r Value, id: &str) -> &'r Value {
    let steps = run["steps"].as_array().unwrap();
    steps.iter().find(|step| step["id"] == id).unwrap()
}

#[test]
fn an_archive_and_an_oci_layout_are_measured_without_an_engine() {
    let world = World::new();
    service(&world);
    let image = Image::new();
    image.save(&world.work().join("../shop.tar"));
    image.lay_out(&world.work().join("../layout"));
    let size = image.layer.len() as f64;
    for name in [
        "../shop.tar",
        "docker-archive:../shop.tar",
        "../layout",
        "oci:../layout",
    ] {
        let run = audit(&world, &["--set", &format!("image={name}")]);
        assert_eq!(measured(&run, "image.size"), Some(size), "{name}");
        assert_eq!(
            measured(&run, "image.layer"),
            Some(size),
            "{name}: per layer"
        );
        assert_eq!(item(&run).0, "pass", "{name}");
    }
    world.file(
        ".perfctl.toml",
        "schema = \"perfctl.settings/1\"\n[budgets]\n\"image.size\" = \"10 kB\"\n",
    );
    let run = audit(&world, &["--set", "image=../shop.tar"]);
    assert_eq!(item(&run).0, "fail", "a budget that the repository lowers");
}

#[test]
fn an_image_that_is_not_there_needs_evidence_and_says_what_to_do() {
    let world = World::new();
    service(&world);
    world.file("broken.tar", "this is no archive");
    for (name, words) in [
        ("broken.tar", "is no image archive"),
        (
            "127.0.0.1:1/shop:1",
            "cannot be asked for: Connection refused",
        ),
        ("ghcr.io/Shop:1", "is not the name of an image"),
    ] {
        let run = audit(&world, &["--set", &format!("image={name}")]);
        let (verdict, reason) = item(&run);
        assert_eq!(verdict, "needs-evidence", "{name}");
        assert!(reason.contains(words), "{name}: {reason}");
    }
}

/// A program of that name that prints what it is asked for. The only one on the search path beside the shell's.
fn fake_engine(world: &World, name: &str) -> String {
    let bin = world.work().join("../bin");
    fs::create_dir_all(&bin).unwrap();
    let file = bin.join(name);
    fs::write(
        &file,
        "#!/bin/sh\ncase $1 in\n--version) echo engine 5.1.0 ;;\nbuild) echo built >&2 ;;\n\
         history) echo '[{\"id\":\"1\",\"size\":4096,\"CreatedBy\":\"COPY . /app\"}]' ;;\nesac\n",
    )
    .unwrap();
    Command::new("chmod")
        .arg("755")
        .arg(&file)
        .status()
        .unwrap();
    bin.canonicalize().unwrap().display().to_string()
}

#[test]
fn an_image_is_built_only_by_a_step_that_is_allowed() {
    let world = World::new();
    service(&world);
    let path = fake_engine(&world, "podman");
    let on = |args: &[&str]| {
        audit_with(&world, args, |command| {
            command.env("PATH", &path);
        })
    };
    let (verdict, reason) = item(&on(&[]));
    assert_eq!(verdict, "needs-evidence");
    assert!(
        reason.contains("--allow build") && reason.contains("--set image="),
        "{reason}"
    );
    let run = on(&["--allow", "build"]);
    let argv = step(&run, "build")["argv"].to_string();
    assert!(argv.contains("perfctl-audit/work:"), "{argv}");
    assert_eq!(measured(&run, "image.size"), Some(4096.0), "{run}");
    assert_eq!(item(&run).0, "pass");
    let notes = step(&run, "build")["notes"].to_string();
    assert!(notes.contains("ran without a sandbox: podman"), "{notes}");
    let run = on(&["--set", "image=shop:1"]);
    assert_eq!(step(&run, "build")["status"], "skipped");
    assert_eq!(measured(&run, "image.size"), Some(4096.0));
}

#[test]
fn without_an_engine_the_install_hint_is_the_evidence_that_is_needed() {
    let world = World::new();
    service(&world);
    let empty = world.work().join("../empty");
    fs::create_dir_all(&empty).unwrap();
    let run = audit_with(&world, &["--set", "image=shop:1"], |command| {
        command.env("PATH", empty.canonicalize().unwrap());
    });
    let (verdict, reason) = item(&run);
    assert_eq!(verdict, "needs-evidence");
    assert!(
        reason.contains("docker or podman is not installed: install"),
        "{reason}"
    );
    // So it is with the audit's searches: without their tool there is no answer, and nothing that reads like one.
    for search in ["reads-in-loops", "sync-http", "clients"] {
        let step = step(&run, search);
        assert_eq!(step["status"], "needs-evidence", "{step}");
        let why = step["reason"].to_string();
        assert!(why.contains("install the Debian package ripgrep"), "{why}");
    }
}

#[test]
fn a_docker_without_an_engine_gives_way_to_podman_or_says_so() {
    if Path::new("/var/run/docker.sock").exists() {
        return;
    }
    let world = World::new();
    service(&world);
    let path = fake_engine(&world, "docker");
    let on = || {
        audit_with(&world, &["--set", "image=shop:1"], |command| {
            command.env("PATH", &path);
        })
    };
    // `doctor` says what the audit would do.
    let doctor = || {
        let program = env!("CARGO_BIN_EXE_perfctl");
        let mut command = world.command(program);
        let command = command.env("PATH", &path).args(["doctor", "quick-wins"]);
        let output = command.output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let (_, reason) = item(&on());
    assert!(reason.contains("no engine listens"), "{reason}");
    let said = doctor();
    assert!(
        said.contains("cannot be used: docker is installed, but no engine"),
        "{said}"
    );
    assert!(
        said.contains("\nCache\n") && said.contains("network"),
        "{said}"
    );
    fake_engine(&world, "podman");
    assert_eq!(measured(&on(), "image.size"), Some(4096.0));
    let said = doctor();
    assert!(!said.contains("docker "), "{said}");
    assert!(said.contains("podman           5.1.0"), "{said}");
}

#[test]
fn a_repository_without_a_dockerfile_has_no_image_unless_one_is_named() {
    let world = World::new();
    world.file("shop/main.py", "x = 1\n");
    assert_eq!(item(&audit(&world, &[])).0, "not-applicable");
    Image::new().save(&world.work().join("../shop.tar"));
    let run = audit(&world, &["--set", "image=../shop.tar"]);
    assert_eq!(item(&run).0, "pass");
}

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

/// A registry over this storage, or `None` where the program is absent: said, and a failure in CI.
fn registry(world: &World, storage: &Path) -> Option<Registry> {
    let installed = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("docker-registry").is_file())
    });
    assert!(
        installed || std::env::var_os("CI").is_none(),
        "docker-registry is missing; install the Debian package docker-registry"
    );
    if !installed {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: docker-registry is missing; install the Debian package docker-registry"
        );
        return None;
    }
    // Another process may take the port between its release here and its use there.
    for _ in 0..5 {
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .unwrap()
            .to_string();
        let settings = format!(
            "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {}\nhttp:\n  addr: {address}\n",
            storage.display()
        );
        world.file("../registry.yml", &settings);
        let mut child = world
            .command("docker-registry")
            .args(["serve", "../registry.yml"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until && child.try_wait().unwrap().is_none() {
            if answers(&address) {
                return Some(Registry { child, address });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
    panic!("docker-registry does not answer");
}

fn answers(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else {
        return false;
    };
    let mut answer = [0; 12];
    stream
        .write_all(b"GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .and_then(|()| stream.read_exact(&mut answer))
        .is_ok_and(|()| &answer == b"HTTP/1.1 200")
}

#[test]
fn an_image_in_a_registry_is_measured_by_tag_and_by_digest() {
    let world = World::new();
    service(&world);
    let image = Image::new();
    let storage = world.work().join("../storage");
    image.store(&storage, "team/shop", "1");
    let Some(registry) = registry(&world, &storage.canonicalize().unwrap()) else {
        return;
    };
    let name = format!("{}/team/shop", registry.address);
    let size = image.layer.len() as f64;
    for version in [
        ":1".to_owned(),
        format!("@sha256:{}", hash(&image.manifest)),
    ] {
        let run = audit(&world, &["--set", &format!("image={name}{version}")]);
        assert_eq!(measured(&run, "image.compressed"), Some(size), "{version}");
        assert_eq!(measured(&run, "image.layer.compressed"), Some(size));
        assert_eq!(measured(&run, "image.size"), None, "it is not known there");
        assert_eq!(item(&run).0, "pass");
        assert!(
            run["notes"].to_string().contains("without pulling it"),
            "{}",
            run["notes"]
        );
    }
    let (verdict, reason) = item(&audit(
        &world,
        &["--set", &format!("image=docker://{name}:2")],
    ));
    assert_eq!(verdict, "needs-evidence");
    assert!(reason.contains("404: MANIFEST_UNKNOWN"), "{reason}");
}
