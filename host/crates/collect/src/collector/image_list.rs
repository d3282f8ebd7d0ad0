//! `docker images --format json`, `podman images --format json`, `buildah images --json`: sizes of the engine's images.
//!
//! Metric `image.size` (bytes, label `image`): docker's is a decimal string rounded to three digits, podman's is exact.
//! Option `image` picks one; without it every tagged image counts, so it is better to name one.

use std::collections::BTreeMap;

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Output};
use serde_json::Value;

use crate::ending::{self, series};
use crate::image::engine;
use crate::option::{self, Options};
use crate::size::{self, Size};

/// The collector.
pub(crate) struct ImageList;

impl Collector for ImageList {
    fn name(&self) -> &str {
        "image-list"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![(
            "image",
            "name and tag, or id, of the image to measure; without it every tagged image counts",
        )]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["image.size"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        if let Some(refused) = engine::refusal(&output) {
            return refused;
        }
        let wanted = engine::wanted(options);
        // A name is listed once per digest; by name they are one image.
        let mut sizes: BTreeMap<String, Size> = BTreeMap::new();
        let mut there = Vec::new();
        for object in engine::objects(output.stdout)? {
            let id = engine::text(&object, &["ID", "Id", "id"]).to_owned();
            let names = names(&object);
            let label = match wanted {
                Some(wanted) if engine::is_wanted(&names, &id, wanted) => Some(wanted.to_owned()),
                Some(_) => None,
                None => names.first().cloned(),
            };
            there.extend(names);
            if let Some(label) = label {
                sizes.insert(label, size(&object).ok_or_else(|| no_size(&id))?);
            }
        }
        if sizes.is_empty() {
            return Ok(ending::nothing(engine::absent(wanted, &there)));
        }
        let notes = if sizes.values().any(|size| size.rounded) {
            vec!["the engine rounds its sizes to three or four digits; `docker image inspect` gives exact ones".to_owned()]
        } else {
            Vec::new()
        };
        let metrics = sizes
            .into_iter()
            .map(|(image, size)| {
                series(
                    "image.size",
                    Unit::Bytes,
                    vec![size.bytes],
                    &[("image", &image)],
                )
            })
            .collect();
        Ok(Collected {
            metrics,
            notes,
            ..Collected::default()
        })
    }
}

fn no_size(id: &str) -> CollectError {
    option::error(format!(
        "the image `{id}` has no readable `Size` in the engine's list"
    ))
}

/// Names with tags: podman and buildah list them, docker has two fields and `<none>`.
fn names(object: &Value) -> Vec<String> {
    let listed = engine::texts(object, &["Names", "names"]);
    let (repository, tag) = (
        engine::text(object, &["Repository"]),
        engine::text(object, &["Tag"]),
    );
    if listed.is_empty() && !repository.is_empty() && repository != "<none>" && tag != "<none>" {
        return vec![format!("{repository}:{tag}")];
    }
    listed
}

/// `Size`, or docker's `VirtualSize` where it says the same with one digit more.
fn size(object: &Value) -> Option<Size> {
    let read = |key: &str| match object.get(key)? {
        Value::Number(number) => number
            .as_f64()
            .filter(|bytes| *bytes >= 0.0)
            .map(|bytes| Size {
                bytes,
                rounded: false,
            }),
        Value::String(text) => size::parse(text),
        _ => None,
    };
    let short = read("Size").or_else(|| read("size"))?;
    match read("VirtualSize") {
        Some(long) if short.rounded && (long.bytes - short.bytes).abs() <= short.bytes * 0.01 => {
            Some(long)
        }
        _ => Some(short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{all, labelled, options, streams};

    fn collect(name: &str, pairs: &[(&str, &str)]) -> Collected {
        ImageList
            .collect(streams(name).exit(0), &options(pairs))
            .expect("readable")
    }

    #[test]
    fn every_engine_and_client_is_read() {
        for (name, image, bytes, rounded) in [
            (
                "docker-engine/images.json",
                "shop/layers:1",
                179_600_000.0,
                true,
            ),
            (
                "docker-engine/images-debian-client.jsonlines",
                "shop/multistage:1",
                1_982_000.0,
                true,
            ),
            (
                "docker/docker-images.json",
                "localhost/layers:docker",
                184_500_000.0,
                true,
            ),
            (
                "docker/podman-images.json",
                "localhost/layers:docker",
                184_452_127.0,
                false,
            ),
            (
                "docker/buildah-images.json",
                "localhost/debian-min:12",
                172_000_000.0,
                true,
            ),
        ] {
            let collected = collect(name, &[]);
            assert_eq!(
                labelled(&collected, "image.size", "image", image),
                Some(bytes),
                "{name}"
            );
            assert_eq!(!collected.notes.is_empty(), rounded, "{name}");
            assert!(
                all(&collected, "image.size")
                    .iter()
                    .all(|metric| !metric.labels["image"].contains("none")),
                "{name}"
            );
        }
    }

    #[test]
    fn one_image_is_picked_by_name_or_id() {
        for wanted in ["layers:docker", "localhost/layers:docker", "6033745aed5f"] {
            let collected = collect("docker/podman-images.json", &[("image", wanted)]);
            assert_eq!(all(&collected, "image.size").len(), 1, "{wanted}");
            assert_eq!(
                labelled(&collected, "image.size", "image", wanted),
                Some(184_452_127.0),
                "{wanted}"
            );
        }
    }

    #[test]
    fn a_name_listed_once_per_digest_is_one_image() {
        let collected = collect(
            "docker/docker-images-after-pull.json",
            &[("image", "localhost/multistage:1")],
        );
        assert_eq!(all(&collected, "image.size").len(), 1);
    }

    #[test]
    fn an_image_that_is_not_there_is_inconclusive() {
        let collected = collect("docker-engine/images.json", &[("image", "shop/api:9")]);
        let why = collected.inconclusive.expect("inconclusive");
        assert!(
            why.contains("`shop/api:9`")
                && why.contains("shop/layers:bk")
                && why.contains("docker build"),
            "{why}"
        );
        let empty = Output {
            stdout: b"",
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        assert!(
            ImageList
                .collect(empty, &options(&[]))
                .expect("readable")
                .inconclusive
                .is_some()
        );
    }

    #[test]
    fn a_size_that_cannot_be_read_is_an_error() {
        let output = Output {
            stdout: br#"{"ID":"a","Repository":"x","Tag":"1","Size":"N/A"}"#,
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        assert!(
            ImageList
                .collect(output, &options(&[]))
                .expect_err("no size")
                .message
                .contains("`a`")
        );
    }
}
