//! The probe on archives of podman, docker and skopeo, whole, cut at every place, and put together here.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use perfctl_core::seams::{Collected, Never, Probe};
use proptest::prelude::*;

use super::*;
use crate::capture::{all, bytes, labelled, made, options, path, probed, value};
use perfctl_registry::digest;

fn probe_with(path: &Path, pairs: &[(&str, &str)]) -> Result<Collected, CollectError> {
    let path = path.to_str().expect("UTF-8");
    probed(&ImageArchive, &[&[("path", path)], pairs].concat())
}

fn probe(path: &Path) -> Collected {
    probe_with(path, &[]).expect("readable")
}

/// A tar file of these files.
fn tarball(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, *content)
            .expect("in memory");
    }
    builder.into_inner().expect("in memory")
}

fn written(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("written");
    file
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn a_docker_archive_gives_unpacked_sizes_and_instructions() {
    let collected = probe(&path("docker/tiny-docker-archive.tar"));
    assert_eq!(
        labelled(&collected, "image.size", "image", "localhost/tiny:1"),
        Some(8704.0)
    );
    assert_eq!(value(&collected, "image.layers"), 2.0);
    assert_eq!(
        labelled(&collected, "image.layer", "layer", "1"),
        Some(2048.0)
    );
    assert_eq!(
        labelled(&collected, "image.layer", "layer", "2"),
        Some(6656.0)
    );
    let first = all(&collected, "image.layer")[0];
    assert!(
        first.labels["created_by"].starts_with("COPY file:fbaead4a"),
        "{:?}",
        first.labels
    );
    assert!(
        all(&collected, "image.compressed").is_empty(),
        "nothing says what a pull would transfer"
    );
    let page: serde_json::Value = serde_json::from_slice(&collected.artifacts[0].1).expect("JSON");
    assert_eq!(page["images"][0]["platform"], "linux/amd64");
    assert_eq!(page["images"][0]["empty_steps"], 2);
}

#[test]
fn an_oci_archive_gives_both_sizes() {
    let collected = probe(&path("docker/tiny-oci-archive.tar"));
    assert_eq!(value(&collected, "image.size"), 8704.0);
    assert_eq!(value(&collected, "image.compressed"), 114.0 + 116.0);
    assert_eq!(
        labelled(&collected, "image.layer.compressed", "layer", "2"),
        Some(114.0)
    );
    assert_eq!(collected.inconclusive, None);
    assert!(made(&collected).iter().eq(ImageArchive.metrics()));
}

#[test]
fn an_archive_gzipped_as_a_whole_is_the_same() {
    for name in [
        "docker/tiny-docker-archive.tar",
        "docker/tiny-oci-archive.tar",
    ] {
        let file = written(&gzip(&bytes(name)));
        assert_eq!(
            probe(file.path()).metrics,
            probe(&path(name)).metrics,
            "{name}"
        );
    }
}

#[test]
fn a_layout_folder_without_a_blob_says_what_is_not_known() {
    // The capture's larger layer was left out.
    let collected = probe(&path("docker/oci-layout"));
    assert_eq!(value(&collected, "image.compressed"), 1_083_984.0);
    assert!(all(&collected, "image.size").is_empty());
    assert_eq!(
        labelled(&collected, "image.layer", "layer", "2"),
        Some(3072.0)
    );
    assert!(
        collected
            .notes
            .iter()
            .any(|note| note.contains("1 of 2 layers")),
        "{:?}",
        collected.notes
    );
    assert!(
        collected
            .notes
            .iter()
            .any(|note| note.contains("`localhost/busybox-local:1`, 1 of 2 layers")),
        "{:?}",
        collected.notes
    );
}

#[test]
fn an_unpacked_docker_archive_without_layers_is_cut_off() {
    let why = probe_with(&path("docker/docker-save"), &[])
        .expect_err("no layers")
        .message;
    assert!(
        why.contains("is cut off before the layer `ea16609a"),
        "{why}"
    );
}

#[test]
fn a_cut_archive_is_never_a_small_image() {
    for name in [
        "docker/tiny-docker-archive.tar",
        "docker/tiny-oci-archive.tar",
    ] {
        let whole = bytes(name);
        let complete = probe(&path(name)).metrics;
        for end in (0..whole.len()).step_by(256).chain([3000]) {
            let file = written(&whole[..end]);
            match probe_with(file.path(), &[]) {
                // The end of the file is padding: what was cut there held nothing.
                Ok(collected) => assert_eq!(collected.metrics, complete, "{name} cut at {end}"),
                Err(why) => assert!(
                    why.message.contains("cut off"),
                    "{name} cut at {end}: {}",
                    why.message
                ),
            }
        }
    }
    let why = probe_with(
        written(&bytes("docker/tiny-docker-archive.tar")[..3000]).path(),
        &[],
    )
    .expect_err("cut")
    .message;
    assert!(why.contains("cut off"), "{why}");
}

#[test]
fn something_else_is_refused_and_nothing_is_inconclusive() {
    let text = written(&b"not a tar file at all, but long enough to hold a header of five hundred and twelve bytes".repeat(20));
    for why in [
        probe_with(text.path(), &[]).expect_err("text").message,
        probe_with(written(&tarball(&[("a/b.txt", b"x")])).path(), &[])
            .expect_err("another tar")
            .message,
        probe_with(tempfile::tempdir().expect("a folder").path(), &[])
            .expect_err("an empty folder")
            .message,
    ] {
        assert!(why.contains("no image archive"), "{why}");
    }
    let absent = probe(Path::new("/nonexistent/image.tar"));
    assert!(
        absent
            .inconclusive
            .is_some_and(|why| why.contains("docker save -o"))
    );
    assert!(ImageArchive.probe(&options(&[]), &Never).is_err());
}

#[test]
fn the_wanted_image_and_platform_are_checked() {
    for name in [
        "docker/tiny-docker-archive.tar",
        "docker/tiny-oci-archive.tar",
    ] {
        for wanted in ["localhost/tiny:1", "tiny:1"] {
            let found = probe_with(&path(name), &[("image", wanted)]).expect("readable");
            assert_eq!(found.inconclusive, None, "{name} {wanted}");
        }
        let other = probe_with(&path(name), &[("image", "shop:2")])
            .expect("readable")
            .inconclusive;
        assert!(
            other.is_some_and(|why| why.contains("no image `shop:2`; it has localhost/tiny:1")),
            "{name}"
        );
        let arm = probe_with(&path(name), &[("platform", "linux/arm64")])
            .expect("readable")
            .inconclusive;
        assert!(
            arm.is_some_and(|why| why.contains("no image for linux/arm64; there is linux/amd64")),
            "{name}"
        );
        assert!(
            probe_with(&path(name), &[("platform", "arm64")]).is_err(),
            "{name}"
        );
    }
}

/// An OCI archive whose index names an index of two platforms and an attestation.
fn multi_platform() -> Vec<u8> {
    let mut blobs: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |content: Vec<u8>| {
        let name = digest(&content);
        let descriptor = (name.clone(), content.len());
        blobs.push((format!("blobs/{}", name.replace(':', "/")), content));
        descriptor
    };
    let media = "application/vnd.oci.image.manifest.v1+json";
    let mut manifests = Vec::new();
    for (architecture, length) in [("amd64", 1000), ("arm64", 3000)] {
        let layer = add(gzip(&vec![b'x'; length]));
        let config = add(format!(r#"{{"os":"linux","architecture":"{architecture}","history":[{{"created_by":"COPY . ."}}]}}"#).into_bytes());
        let manifest = add(
            format!(
                r#"{{"schemaVersion":2,"config":{{"digest":"{}","size":{}}},"layers":[{{"digest":"{}","size":{}}}]}}"#,
                config.0, config.1, layer.0, layer.1
            )
            .into_bytes(),
        );
        manifests.push(format!(
            r#"{{"mediaType":"{media}","digest":"{}","size":{},"platform":{{"os":"linux","architecture":"{architecture}"}}}}"#,
            manifest.0, manifest.1
        ));
    }
    manifests.push(format!(
        r#"{{"mediaType":"{media}","digest":"sha256:{}","size":1,"platform":{{"os":"unknown","architecture":"unknown"}}}}"#,
        "0".repeat(64)
    ));
    let inner = add(format!(
        r#"{{"schemaVersion":2,"manifests":[{}]}}"#,
        manifests.join(",")
    )
    .into_bytes());
    let index = format!(
        r#"{{"schemaVersion":2,"manifests":[{{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"{}","size":{},"annotations":{{"org.opencontainers.image.ref.name":"1"}}}}]}}"#,
        inner.0, inner.1
    );
    let mut files: Vec<(&str, &[u8])> = vec![("index.json", index.as_bytes())];
    files.extend(
        blobs
            .iter()
            .map(|(name, content)| (name.as_str(), content.as_slice())),
    );
    tarball(&files)
}

#[test]
fn an_index_within_the_index_is_followed_to_the_platform() {
    let file = written(&multi_platform());
    assert_eq!(value(&probe(file.path()), "image.size"), 1000.0);
    let arm = probe_with(
        file.path(),
        &[("platform", "linux/arm64/v8"), ("image", "shop/api:1")],
    )
    .expect("readable");
    assert_eq!(value(&arm, "image.size"), 3000.0);
    let none = probe_with(file.path(), &[("platform", "linux/s390x")]).expect("readable");
    assert!(
        none.inconclusive
            .is_some_and(|why| why.contains("linux/amd64, linux/arm64"))
    );
}

#[test]
fn a_name_of_containerd_is_found_as_people_write_it() {
    let index = br#"{"schemaVersion":2,"manifests":[{"digest":"sha256:00","size":1,
        "annotations":{"io.containerd.image.name":"docker.io/library/shop:2","org.opencontainers.image.ref.name":"2"}}]}"#;
    let file = written(&tarball(&[("index.json", index)]));
    let other = probe_with(file.path(), &[("image", "shop:3")]).expect("readable");
    assert!(
        other
            .inconclusive
            .is_some_and(|why| why.contains("it has shop:2"))
    );
    let found = probe_with(file.path(), &[("image", "shop:2")]).expect_err("no blob");
    assert!(
        found.message.contains("`sha256:00` is no digest"),
        "{}",
        found.message
    );
}

#[test]
fn a_blob_with_other_contents_than_its_digest_is_damage() {
    let archive = multi_platform();
    let mut damaged = archive.clone();
    let place = archive
        .windows(5)
        .position(|window| window == b"amd64")
        .expect("a configuration");
    damaged[place..place + 5].copy_from_slice(b"amd99");
    let why = probe_with(written(&damaged).path(), &[])
        .expect_err("damaged")
        .message;
    assert!(why.contains("is damaged"), "{why}");
}

#[test]
fn several_images_of_one_archive_are_several_series_and_links_are_followed() {
    let config = br#"{"os":"linux","architecture":"amd64"}"#;
    let manifest = br#"[{"Config":"a.json","RepoTags":["shop/a:1"],"Layers":["x/layer.tar"]},
                        {"Config":"a.json","RepoTags":null,"Layers":["x/layer.tar","y/layer.tar"]}]"#;
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in [
        ("a.json", &config[..]),
        ("manifest.json", manifest),
        ("x/layer.tar", &[0; 700]),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        builder
            .append_data(&mut header, name, content)
            .expect("in memory");
    }
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    builder
        .append_link(&mut link, "y/layer.tar", "../x/layer.tar")
        .expect("in memory");
    let collected = probe(written(&builder.into_inner().expect("in memory")).path());
    assert_eq!(
        labelled(&collected, "image.size", "image", "shop/a:1"),
        Some(700.0)
    );
    assert_eq!(
        labelled(&collected, "image.size", "image", "a.json"),
        Some(1400.0)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_garbled_archive_is_read_or_refused(at in 0usize..9000, byte in any::<u8>(), which in any::<bool>()) {
        let mut archive = bytes(if which { "docker/tiny-docker-archive.tar" } else { "docker/tiny-oci-archive.tar" });
        archive[at] = byte;
        let _ = probe_with(written(&archive).path(), &[]);
    }

    #[test]
    fn any_index_is_read_or_refused(index in "\\PC{0,80}", manifest in "[\\[\\]{}\":,a-zA-Z0-9]{0,80}") {
        let archive = tarball(&[("index.json", index.as_bytes())]);
        let _ = probe_with(written(&archive).path(), &[]);
        let archive = tarball(&[("manifest.json", manifest.as_bytes())]);
        let _ = probe_with(written(&archive).path(), &[]);
    }
}
