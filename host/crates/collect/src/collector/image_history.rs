//! `docker history --human=false --no-trunc --format json IMAGE` and `podman history --format json IMAGE`: size per step.
//!
//! Metrics: `image.size` (bytes, the sum) and `image.layer` (bytes, labels `layer`: the step's number from 1, the base
//! first, and `created_by`) for every step that added bytes. How many layers there are is not said: a layer that only
//! removes files has 0 bytes, like a step that made none; `image-inspect` knows. Without `--human=false` docker rounds.

use perfctl_core::metric::Unit;
use perfctl_core::seams::{CollectError, Collected, Collector, Output};
use serde_json::Value;

use crate::ending::{self, series};
use crate::image::{self, engine};
use crate::option::{self, Options};
use crate::size::{self, Size};

/// The collector.
pub(crate) struct ImageHistory;

impl Collector for ImageHistory {
    fn name(&self) -> &str {
        "image-history"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![(
            "image",
            "name of the image for the label `image`, which the output does not have",
        )]
    }

    fn metrics(&self) -> Vec<&str> {
        vec!["image.layer", "image.size"]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        if let Some(refused) = engine::refusal(&output) {
            return refused;
        }
        let steps = engine::objects(output.stdout)?;
        let Some(newest) = steps.first() else {
            return Ok(ending::nothing(engine::absent(
                engine::wanted(options),
                &[],
            )));
        };
        let name = match engine::wanted(options) {
            Some(name) => name.to_owned(),
            None => engine::short(engine::text(newest, &["ID", "id"])),
        };
        let mut total = Size {
            bytes: 0.0,
            rounded: false,
        };
        let mut layers = Vec::new();
        for (at, step) in steps.iter().rev().enumerate() {
            let size = size(step).ok_or_else(|| {
                option::error(format!(
                    "step {} of the history has no readable size",
                    steps.len() - at
                ))
            })?;
            total = Size {
                bytes: total.bytes + size.bytes,
                rounded: total.rounded || (size.rounded && size.bytes > 0.0),
            };
            if size.bytes > 0.0 {
                let index = (at + 1).to_string();
                let created_by = created_by(step);
                let labels = [
                    ("image", name.as_str()),
                    ("layer", &index),
                    ("created_by", &created_by),
                ];
                layers.push(series(
                    "image.layer",
                    Unit::Bytes,
                    vec![size.bytes],
                    &labels,
                ));
            }
        }
        let mut collected = Collected {
            metrics: vec![series(
                "image.size",
                Unit::Bytes,
                vec![total.bytes],
                &[("image", &name)],
            )],
            ..Collected::default()
        };
        collected.metrics.extend(layers);
        if total.rounded {
            collected
                .notes
                .push("docker rounded the sizes to three digits: use `--human=false`".to_owned());
        }
        Ok(collected)
    }
}

/// The instruction; an imported base has none, but a comment.
fn created_by(step: &Value) -> String {
    match image::instruction(engine::text(step, &["CreatedBy", "created_by"])) {
        empty if empty.is_empty() => {
            image::instruction(engine::text(step, &["Comment", "comment"]))
        }
        text => text,
    }
}

fn size(step: &Value) -> Option<Size> {
    match step.get("Size").or_else(|| step.get("size"))? {
        Value::Number(number) => number
            .as_f64()
            .filter(|bytes| *bytes >= 0.0)
            .map(|bytes| Size {
                bytes,
                rounded: false,
            }),
        Value::String(text) => size::parse(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{all, labelled, options, streams, value};

    fn collect(name: &str) -> Collected {
        ImageHistory
            .collect(
                streams(name).exit(0),
                &options(&[("image", "shop/layers:1")]),
            )
            .expect("readable")
    }

    #[test]
    fn exact_sizes_add_up_to_what_inspect_says() {
        let docker = collect("docker-engine/history-human-false.json");
        assert_eq!(value(&docker, "image.size"), 179_612_927.0);
        assert!(docker.notes.is_empty());
        assert_eq!(
            labelled(&docker, "image.layer", "layer", "1"),
            Some(167_029_986.0)
        );
        let big = labelled(
            &docker,
            "image.layer",
            "created_by",
            "dd if=/dev/zero of=/var/cache/big.bin bs=1M count=12 2>/dev/null",
        );
        assert_eq!(big, Some(12_582_912.0));
        assert_eq!(all(&docker, "image.layer").len(), 4);
        let base = all(&docker, "image.layer")[0];
        assert_eq!(
            (
                base.labels["created_by"].as_str(),
                base.labels["image"].as_str()
            ),
            ("debootstrap bookworm minbase", "shop/layers:1")
        );
        let podman = collect("docker/podman-history.json");
        assert_eq!(
            value(&podman, "image.size"),
            4096.0 + 3072.0 + 12_585_984.0 + 5120.0 + 171_847_680.0
        );
        assert_eq!(
            value(
                &collect("docker/docker-history-human-false.json"),
                "image.size"
            ),
            value(&podman, "image.size")
        );
    }

    #[test]
    fn rounded_sizes_are_said_to_be_rounded() {
        for name in ["docker-engine/history.json", "docker/docker-history.json"] {
            let collected = collect(name);
            assert!(collected.notes[0].contains("--human=false"), "{name}");
            assert!(
                (value(&collected, "image.size") - 182e6).abs() < 4e6,
                "{name}"
            );
        }
    }

    #[test]
    fn a_table_is_refused_and_nothing_is_inconclusive() {
        let table = ImageHistory.collect(streams("docker-engine/history").exit(0), &options(&[]));
        assert!(
            table
                .expect_err("a table")
                .message
                .contains("--format json")
        );
        let empty = Output {
            stdout: b"[]",
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        assert!(
            ImageHistory
                .collect(empty, &options(&[]))
                .expect("readable")
                .inconclusive
                .is_some()
        );
    }
}
