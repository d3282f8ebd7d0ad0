//! Manifests, indexes and configurations of images: OCI and docker's schema 2, which differ in media types only.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::platform::Platform;
use super::{Base, Image, Layer};
use crate::display;

/// What a client must say it understands; a registry answers 404 or an old schema to one that does not.
pub(crate) const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, \
     application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";

/// A reference to content by digest.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Descriptor {
    #[serde(default)]
    pub(crate) media_type: String,
    pub(crate) digest: String,
    pub(crate) size: u64,
    pub(crate) platform: Option<Platform>,
    pub(crate) annotations: Option<BTreeMap<String, String>>,
}

/// What a manifest file says.
#[derive(Clone, Debug)]
pub(crate) enum Document {
    /// Several manifests, one per platform.
    Index(Vec<Descriptor>),
    /// One image.
    Image(Manifest),
    /// Docker's schema 1, which carries no sizes.
    Schema1,
}

/// One image's parts.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    pub(crate) config: Descriptor,
    pub(crate) layers: Vec<Descriptor>,
    pub(crate) annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    schema_version: u32,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
    annotations: Option<BTreeMap<String, String>>,
}

/// An image's configuration, as far as it explains layers.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Config {
    #[serde(flatten)]
    pub(crate) platform: Platform,
    #[serde(default)]
    history: Option<Vec<Step>>,
}

#[derive(Clone, Debug, Deserialize)]
struct Step {
    #[serde(default)]
    created_by: String,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    empty_layer: bool,
}

/// Reads a manifest, index or list. The error is a fragment for "... is not readable: {error}".
pub(crate) fn read(bytes: &[u8]) -> Result<Document, String> {
    let raw: Raw = serde_json::from_slice(bytes).map_err(|why| format!("not a manifest: {why}"))?;
    match raw {
        Raw {
            schema_version: 1, ..
        } => Ok(Document::Schema1),
        Raw {
            manifests: Some(manifests),
            ..
        } => Ok(Document::Index(manifests)),
        Raw {
            config: Some(config),
            layers: Some(layers),
            annotations,
            ..
        } => Ok(Document::Image(Manifest {
            config,
            layers,
            annotations: annotations.unwrap_or_default(),
        })),
        _ => Err("neither a manifest (`config`, `layers`) nor an index (`manifests`)".to_owned()),
    }
}

impl Descriptor {
    /// Whether it is an image or an index of images, and not a signature, an attestation or another artifact.
    pub(crate) fn is_image(&self) -> bool {
        let known = self.media_type.is_empty() || ACCEPT.contains(&self.media_type);
        let attests = self.annotation("vnd.docker.reference.type").is_some();
        known && !attests && self.platform.as_ref().is_none_or(Platform::is_known)
    }

    /// An annotation's value.
    pub(crate) fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.as_ref()?.get(key).map(String::as_str)
    }
}

/// Puts manifest and configuration together. `uncompressed` holds the layers' tar lengths where they were measured.
pub(crate) fn image(
    name: &str,
    manifest: &Manifest,
    config: Option<&Config>,
    uncompressed: &[Option<u64>],
) -> Image {
    let layers = manifest.layers.iter().enumerate().map(|(at, layer)| Layer {
        digest: layer.digest.clone(),
        compressed: Some(layer.size),
        uncompressed: uncompressed.get(at).copied().flatten(),
        created_by: String::new(),
    });
    let mut image = Image {
        name: name.to_owned(),
        layers: layers.collect(),
        ..Image::default()
    };
    if let Some(config) = config {
        config.explain(&mut image);
    }
    if let Some(base) = manifest
        .annotations
        .get("org.opencontainers.image.base.name")
        .filter(|name| !name.is_empty())
    {
        let layers = image
            .base
            .take()
            .filter(|found| found.name == *base)
            .and_then(|found| found.layers);
        image.base = Some(Base {
            name: base.clone(),
            layers,
        });
    }
    image
}

impl Config {
    /// Why the image is not the wanted one; `None` where it is, or where it does not say what it is for.
    pub(crate) fn refusal(&self, wish: Option<&Platform>) -> Option<String> {
        let wanted =
            wish.filter(|wanted| self.platform.is_known() && !wanted.takes(&self.platform))?;
        Some(format!("no image for {wanted}; there is {}", self.platform))
    }

    /// Adds platform, build instructions and base to an image whose layers are known.
    pub(crate) fn explain(&self, image: &mut Image) {
        image.platform = self.platform.to_string();
        let history = self.history.as_deref().unwrap_or_default();
        let steps: Vec<&Step> = history.iter().filter(|step| !step.empty_layer).collect();
        image.empty_steps = history.len() - steps.len();
        // Squashed and flattened images have histories of another length; then nothing says which step made a layer.
        if steps.len() != image.layers.len() {
            return;
        }
        for (layer, step) in image.layers.iter_mut().zip(steps) {
            layer.created_by = display::cut(&display::collapse(&step.created_by), 1000);
        }
        // Buildah and podman write `FROM name` beside the first step that is their own.
        let own = history
            .iter()
            .position(|step| step.comment.starts_with("FROM ") && !is_hash(&step.comment[5..]));
        image.base = own.map(|own| Base {
            name: history[own].comment["FROM ".len()..].trim().to_owned(),
            layers: Some(
                history[..own]
                    .iter()
                    .filter(|step| !step.empty_layer)
                    .count(),
            ),
        });
    }
}

/// Whether a base is named by its hash alone: an intermediate image of the same build, which nobody knows by that name.
fn is_hash(name: &str) -> bool {
    let name = name.trim();
    name.len() >= 12 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::bytes;

    #[test]
    fn layers_meet_their_build_steps_and_the_base_is_found() {
        let Ok(Document::Image(manifest)) =
            read(&bytes("docker/registry-manifest-schema2.json.stdout.txt"))
        else {
            panic!("a manifest")
        };
        let config: Config =
            serde_json::from_slice(&bytes("docker/registry-config-blob.json.stdout.txt"))
                .expect("JSON");
        let image = image("shop/layers:docker", &manifest, Some(&config), &[]);
        assert_eq!(image.platform, "linux/amd64");
        assert_eq!(
            image.compressed(),
            Some(63_375_741 + 220 + 17_549 + 170 + 221)
        );
        assert_eq!(
            image.layers[2].created_by,
            "/bin/sh -c dd if=/dev/zero of=/var/cache/big.bin bs=1M count=12 2>/dev/null"
        );
        assert_eq!(
            image.base,
            Some(Base {
                name: "localhost/debian-min:12".to_owned(),
                layers: Some(1)
            })
        );
        assert_eq!(image.empty_steps, 8);
    }

    #[test]
    fn an_annotation_names_the_base() {
        let Ok(Document::Image(manifest)) =
            read(&bytes("docker/registry-manifest-oci.json.stdout.txt"))
        else {
            panic!("a manifest")
        };
        let image = image("shop/multistage:1", &manifest, None, &[]);
        assert_eq!(
            image.base,
            Some(Base {
                name: "localhost/busybox-local:1".to_owned(),
                layers: None
            })
        );
    }

    #[test]
    fn schema_1_and_other_json_are_told_apart() {
        let old = bytes("docker/registry-manifest-no-accept.stdout.txt");
        let body = old
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .map(|at| at + 4)
            .expect("a body");
        assert!(matches!(read(&old[body..]), Ok(Document::Schema1)));
        assert!(read(b"{\"errors\":[]}").is_err());
        assert!(read(br#"{"schemaVersion":2}"#).is_err());
        assert!(
            read(br#"{"schemaVersion":2,"config":{"digest":"a","size":-1},"layers":[]}"#).is_err()
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
