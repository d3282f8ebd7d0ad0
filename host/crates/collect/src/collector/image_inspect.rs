//! `docker image inspect IMAGE...` and `podman image inspect IMAGE...`: exact size and number of layers.
//!
//! Metrics `image.size` (bytes) and `image.layers` (count), label `image`. docker counts file contents, podman the layers'
//! tar streams, so the same image is a few percent smaller with docker. `inspect` prints `[]` and fails for an image that
//! is not there, and prints the others when one of several is not.

use std::collections::BTreeSet;

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Output};
use serde_json::Value;

use crate::ending::{self, series};
use crate::image::engine;
use crate::option::{self, Options};

/// The collector.
pub(crate) struct ImageInspect;

impl Collector for ImageInspect {
    fn name(&self) -> &str {
        "image-inspect"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![(
            "image",
            "name and tag, or id, of the image to measure, where several are inspected",
        )]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["image.layers", "image.size"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let objects = match engine::refusal(&output) {
            // What it found is printed all the same, unless something worse than a missing image happened.
            Some(Ok(refused)) => {
                let found = engine::objects(output.stdout).unwrap_or_default();
                if found.is_empty() {
                    return Ok(refused);
                }
                let why = refused.inconclusive.unwrap_or_default();
                return measure(&found, engine::wanted(options))
                    .map(|found| ending::partial(found, why));
            }
            Some(Err(error)) => return Err(error),
            None => engine::objects(output.stdout)?,
        };
        measure(&objects, engine::wanted(options))
    }
}

fn measure(objects: &[Value], wanted: Option<&str>) -> Result<Collected, CollectError> {
    let mut collected = Collected::default();
    let mut there = Vec::new();
    let mut seen = BTreeSet::new();
    for object in objects {
        let id = engine::text(object, &["Id", "ID"]);
        let names = engine::texts(object, &["RepoTags"]);
        let label = match wanted {
            Some(wanted) => wanted.to_owned(),
            None => names.first().cloned().unwrap_or_else(|| engine::short(id)),
        };
        if wanted.is_some_and(|wanted| !engine::is_wanted(&names, id, wanted)) {
            there.extend(names);
            continue;
        }
        if !seen.insert(label.clone()) {
            continue;
        }
        let size = object.get("Size").and_then(Value::as_u64).ok_or_else(|| {
            option::error(format!("`{label}` has no `Size`: use `docker image inspect` or `podman image inspect`, not `buildah inspect`"))
        })?;
        let labels = [("image", label.as_str())];
        collected.metrics.push(series(
            "image.size",
            Unit::Bytes,
            vec![size as f64],
            &labels,
        ));
        if let Some(layers) = object.pointer("/RootFS/Layers").and_then(Value::as_array) {
            collected.metrics.push(series(
                "image.layers",
                Unit::Count,
                vec![layers.len() as f64],
                &labels,
            ));
        }
    }
    if collected.metrics.is_empty() {
        return Ok(ending::nothing(engine::absent(wanted, &there)));
    }
    Ok(collected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{bytes, labelled, options, streams};

    fn collect(name: &str, code: i32, pairs: &[(&str, &str)]) -> Collected {
        ImageInspect
            .collect(streams(name).exit(code), &options(pairs))
            .expect("readable")
    }

    #[test]
    fn size_and_layers_are_exact_for_both_engines() {
        for (name, image, size, layers) in [
            (
                "docker-engine/image-inspect.json",
                "shop/layers:1",
                179_612_927.0,
                6.0,
            ),
            (
                "docker-engine/image-inspect.json",
                "shop/multistage:1",
                1_982_368.0,
                2.0,
            ),
            (
                "docker/podman-image-inspect.json",
                "localhost/layers:docker",
                184_452_127.0,
                5.0,
            ),
            (
                "docker/docker-image-inspect.json",
                "localhost/multistage:1",
                2_002_444.0,
                2.0,
            ),
        ] {
            let collected = collect(name, 0, &[]);
            assert_eq!(
                labelled(&collected, "image.size", "image", image),
                Some(size),
                "{name}"
            );
            assert_eq!(
                labelled(&collected, "image.layers", "image", image),
                Some(layers),
                "{name}"
            );
        }
    }

    #[test]
    fn one_image_is_picked() {
        let collected = collect(
            "docker-engine/image-inspect.json",
            0,
            &[("image", "shop/multistage:1")],
        );
        assert_eq!(collected.metrics.len(), 2);
        let absent = collect(
            "docker-engine/image-inspect.json",
            0,
            &[("image", "shop/api:1")],
        );
        assert!(
            absent
                .inconclusive
                .is_some_and(|why| why.contains("shop/layers:1"))
        );
    }

    #[test]
    fn a_missing_image_is_inconclusive() {
        assert!(
            collect("docker-engine/inspect-fail-missing", 1, &[])
                .inconclusive
                .is_some()
        );
        assert!(
            collect("docker/podman-inspect-fail-missing", 125, &[])
                .inconclusive
                .is_some()
        );
    }

    #[test]
    fn one_missing_image_of_several_makes_the_others_partial() {
        let stdout = bytes("docker-engine/image-inspect.json.stdout.txt");
        let stderr = bytes("docker-engine/inspect-fail-missing.stderr.txt");
        let output = Output {
            stdout: &stdout,
            stderr: &stderr,
            exit_code: Some(1),
            timed_out: false,
        };
        let collected = ImageInspect
            .collect(output, &options(&[]))
            .expect("readable");
        assert_eq!(
            labelled(&collected, "image.size.partial", "image", "shop/layers:1"),
            Some(179_612_927.0)
        );
        assert!(collected.inconclusive.is_some());
    }

    #[test]
    fn an_output_without_sizes_is_an_error() {
        let error = ImageInspect
            .collect(
                streams("docker/buildah-inspect.json").exit(0),
                &options(&[]),
            )
            .expect_err("no size");
        assert!(
            error.message.contains("buildah inspect"),
            "{}",
            error.message
        );
    }
}
