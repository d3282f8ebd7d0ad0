//! What an image is, wherever it was read from: layers with their sizes, and where they come from.
//!
//! Sizes have two meanings that tools mix: *compressed* is what a pull transfers and a registry stores; *uncompressed* is
//! what unpacks. Here uncompressed is the length of the layer's tar stream, as podman counts; docker's engine counts file
//! contents only and shows a few percent less. A size that is not known is absent, never 0.

pub(crate) mod engine;
pub(crate) mod manifest;
pub(crate) mod platform;

use std::collections::BTreeSet;

use perfctl_core::metric::{Metric, Unit};
use serde::Serialize;

use crate::display;
use crate::ending::series;

/// One layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Layer {
    /// Digest of the layer as stored, or its file name in an archive without digests.
    pub(crate) digest: String,
    /// Bytes as transferred.
    pub(crate) compressed: Option<u64>,
    /// Bytes of the tar stream.
    pub(crate) uncompressed: Option<u64>,
    /// The build instruction, white space collapsed; empty where the history does not say.
    pub(crate) created_by: String,
}

/// The base image, as far as the image says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Base {
    /// Its name.
    pub(crate) name: String,
    /// How many of the first layers are its; `None` where the image does not say.
    pub(crate) layers: Option<usize>,
}

/// One image for one platform.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Image {
    /// Name and tag, or whatever it was asked for by.
    pub(crate) name: String,
    /// `os/architecture[/variant]`; empty where unknown.
    pub(crate) platform: String,
    /// Layers, the base first.
    pub(crate) layers: Vec<Layer>,
    /// The base image.
    pub(crate) base: Option<Base>,
    /// Build steps that made no layer.
    pub(crate) empty_steps: usize,
}

/// `created_by` as a label: docker's shell prefixes dropped, at most 80 characters.
pub(crate) fn instruction(created_by: &str) -> String {
    let text = display::collapse(created_by);
    let text = text
        .strip_prefix("/bin/sh -c #(nop) ")
        .or_else(|| text.strip_prefix("/bin/sh -c "))
        .unwrap_or(&text);
    display::cut(text.trim(), 80)
}

impl Image {
    /// Bytes of all layers as transferred: a layer that occurs twice is sent once. `None` where one is unknown.
    pub(crate) fn compressed(&self) -> Option<u64> {
        let mut seen = BTreeSet::new();
        let sent = self
            .layers
            .iter()
            .filter(|layer| seen.insert(layer.digest.as_str()));
        sent.map(|layer| layer.compressed)
            .try_fold(0u64, |sum, size| size.map(|size| sum.saturating_add(size)))
    }

    /// Bytes of all tar streams; `None` where one is unknown.
    pub(crate) fn uncompressed(&self) -> Option<u64> {
        let sizes = self.layers.iter().map(|layer| layer.uncompressed);
        sizes
            .into_iter()
            .try_fold(0u64, |sum, size| size.map(|size| sum.saturating_add(size)))
    }

    /// The metrics: `image.size` and `image.compressed` (bytes, only where every layer's is known), `image.layers`, and
    /// per layer `image.layer` and `image.layer.compressed` with its index from 1, the base first.
    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let labels = [("image", self.name.as_str())];
        let mut metrics = vec![series(
            "image.layers",
            Unit::Count,
            vec![self.layers.len() as f64],
            &labels,
        )];
        for (name, size) in [
            ("image.size", self.uncompressed()),
            ("image.compressed", self.compressed()),
        ] {
            metrics.extend(size.map(|size| series(name, Unit::Bytes, vec![size as f64], &labels)));
        }
        for (at, layer) in self.layers.iter().enumerate() {
            let index = (at + 1).to_string();
            let created_by = instruction(&layer.created_by);
            let labels = [
                ("image", self.name.as_str()),
                ("layer", &index),
                ("created_by", &created_by),
            ];
            for (name, size) in [
                ("image.layer", layer.uncompressed),
                ("image.layer.compressed", layer.compressed),
            ] {
                metrics
                    .extend(size.map(|size| series(name, Unit::Bytes, vec![size as f64], &labels)));
            }
        }
        metrics
    }

    /// Sentences on the base image and on sizes that are not known.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(base) = &self.base {
            let share = base.layers.map(|count| {
                let below = Image {
                    layers: self.layers[..count.min(self.layers.len())].to_vec(),
                    ..Image::default()
                };
                let size = below.uncompressed().or_else(|| below.compressed());
                let size = size.map(|size| format!(" with {}", Unit::Bytes.show(size as f64)));
                format!(
                    ", {count} of {} layers{}",
                    self.layers.len(),
                    size.unwrap_or_default()
                )
            });
            notes.push(format!(
                "`{}` is built on `{}`{}",
                self.name,
                base.name,
                share.unwrap_or_default()
            ));
        }
        notes
    }
}

/// The images as a file for programs.
pub(crate) fn artifact(images: &[Image]) -> (String, Vec<u8>) {
    #[derive(Serialize)]
    struct Page<'a> {
        schema: &'static str,
        unit: &'static str,
        images: &'a [Image],
    }
    let page = Page {
        schema: "perfctl.image/1",
        unit: "bytes",
        images,
    };
    let mut bytes = serde_json::to_vec_pretty(&page).unwrap_or_default();
    bytes.push(b'\n');
    ("image.json".to_owned(), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{labelled, value};
    use perfctl_core::seams::Collected;

    fn layer(digest: &str, compressed: Option<u64>, uncompressed: Option<u64>) -> Layer {
        Layer {
            digest: digest.to_owned(),
            compressed,
            uncompressed,
            created_by: "COPY . ./".to_owned(),
        }
    }

    #[test]
    fn a_layer_sent_once_is_counted_once_and_unpacked_twice() {
        let image = Image {
            layers: vec![
                layer("a", Some(10), Some(100)),
                layer("b", Some(5), Some(50)),
                layer("a", Some(10), Some(100)),
            ],
            ..Image::default()
        };
        assert_eq!(
            (image.compressed(), image.uncompressed()),
            (Some(15), Some(250))
        );
    }

    #[test]
    fn a_total_with_an_unknown_part_is_absent() {
        let image = Image {
            layers: vec![layer("a", Some(10), Some(100)), layer("b", Some(5), None)],
            ..Image::default()
        };
        let collected = Collected {
            metrics: image.metrics(),
            ..Collected::default()
        };
        assert_eq!(value(&collected, "image.compressed"), 15.0);
        assert!(
            !collected
                .metrics
                .iter()
                .any(|metric| metric.name.as_str() == "image.size")
        );
        assert_eq!(
            labelled(&collected, "image.layer", "layer", "1"),
            Some(100.0)
        );
        assert_eq!(labelled(&collected, "image.layer", "layer", "2"), None);
    }

    #[test]
    fn instructions_lose_dockers_prefix_and_are_cut() {
        assert_eq!(instruction("/bin/sh -c #(nop)  CMD [\"a\"]"), "CMD [\"a\"]");
        assert_eq!(instruction("/bin/sh -c rm   /x\n&& y"), "rm /x && y");
        assert_eq!(instruction(&"x".repeat(100)).chars().count(), 80);
    }

    #[test]
    fn sizes_near_the_end_of_the_range_do_not_overflow() {
        let image = Image {
            layers: vec![layer("a", Some(u64::MAX), None), layer("b", Some(1), None)],
            ..Image::default()
        };
        assert_eq!(image.compressed(), Some(u64::MAX));
    }
}
