//! Plugins in OCI registries.
//!
//! A component is stored as the CNCF's guidance for WASM says (<https://tag-runtime.cncf.io/wgs/wasm/deliverables/wasm-oci-artifact/>): a configuration
//! `application/vnd.wasm.config.v0+json` and one layer `application/wasm`; artifacts of older tools, whose layers are called otherwise, are
//! read, too. A pack without a component is one layer of its own kind with the empty configuration. The signature goes along as an annotation of
//! the layer, so that there is nothing to look for elsewhere.

use std::collections::BTreeMap;
use std::time::Duration;

use perfctl_core::seams::Stop;
use perfctl_registry::{Access, Account, Client, Reference, RegistryError, digest, is_digest};
use serde::{Deserialize, Serialize};

use crate::{Bounds, Delivery, MOST_OF_A_SIGNATURE};

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const WASM_CONFIG: &str = "application/vnd.wasm.config.v0+json";
const WASM_LAYER: &str = "application/wasm";
/// What older tools call the layer.
const OLD_WASM_LAYER: &str = "application/vnd.wasm.content.layer.v1+wasm";
const EMPTY_CONFIG: &str = "application/vnd.oci.empty.v1+json";
const PACK_LAYER: &str = "application/vnd.perfctl.pack.v1+json";
/// The file's name, without which other tools write nothing.
const TITLE: &str = "org.opencontainers.image.title";
const VERSION: &str = "org.opencontainers.image.version";
/// The minisign signature of a layer.
const SIGNATURE: &str = "vnd.perfctl.minisig";

/// How long one request may take until something comes, and one that stores: a plugin in Python has 18 MB.
const PATIENCE: Duration = Duration::from_secs(300);

/// Why a plugin was not read or written. The texts continue a sentence that begins with its name.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// The registry did not do what was asked.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// It is something else.
    #[error("is no plugin: {0}")]
    Other(String),
    /// It is too much.
    #[error("has more than {0} MiB")]
    TooLarge(u64),
}

/// What kind of file a plugin is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A component with these imports and exports.
    Component {
        /// Names of the interfaces that it imports.
        imports: Vec<String>,
        /// Names of the interfaces that it exports.
        exports: Vec<String>,
    },
    /// A pack of scripts.
    Pack,
}

/// A plugin to be stored.
#[derive(Clone, Debug)]
pub struct Parcel<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// Its name.
    pub title: String,
    /// The plugin's version.
    pub version: String,
    /// The text of its signature.
    pub signature: Option<String>,
    /// What it is.
    pub kind: Kind,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: String,
    digest: String,
    size: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    schema_version: u32,
    #[serde(default)]
    media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    artifact_type: Option<String>,
    config: Descriptor,
    layers: Vec<Descriptor>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

/// What a component's configuration says of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    architecture: &'static str,
    os: &'static str,
    layer_digests: [&'a str; 1],
    component: Interfaces<'a>,
}

#[derive(Serialize)]
struct Interfaces<'a> {
    exports: &'a [String],
    imports: &'a [String],
}

fn access(account: Option<&Account>, insecure: bool, whole: Duration) -> Access {
    Access {
        account: account.cloned(),
        insecure,
        timeout: PATIENCE,
        whole,
    }
}

/// Reads the plugin called `name`, within `bounds`.
///
/// # Errors
/// [`ArtifactError`].
pub fn pull(
    name: &Reference,
    account: Option<&Account>,
    insecure: bool,
    bounds: Bounds,
    stop: &dyn Stop,
) -> Result<Delivery, ArtifactError> {
    let (most, access) = (bounds.bytes, access(account, insecure, bounds.time));
    let mut client = Client::new(name, &access, stop)?;
    let text = client.manifest(&name.version, MANIFEST)?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|why| {
        ArtifactError::Other(format!("its manifest is not one of a single file ({why})"))
    })?;
    let [layer] = manifest.layers.as_slice() else {
        return Err(ArtifactError::Other(format!(
            "it has {} layers, and a plugin has one",
            manifest.layers.len()
        )));
    };
    if ![WASM_LAYER, OLD_WASM_LAYER, PACK_LAYER].contains(&layer.media_type.as_str()) {
        return Err(ArtifactError::Other(format!(
            "its layer is `{}`, and a plugin's is `{WASM_LAYER}` or `{PACK_LAYER}`",
            layer.media_type.escape_default()
        )));
    }
    if !is_digest(&layer.digest) || !layer.digest.starts_with("sha256:") {
        return Err(ArtifactError::Other(
            "its layer is not named by a SHA-256".to_owned(),
        ));
    }
    if layer.size > most {
        return Err(ArtifactError::TooLarge(most >> 20));
    }
    let signature = layer.annotations.get(SIGNATURE);
    let signature = signature.filter(|text| text.len() as u64 <= MOST_OF_A_SIGNATURE);
    Ok(Delivery {
        bytes: client.blob(&layer.digest, most)?,
        signature: signature.cloned(),
        revision: Some(digest(&text)),
    })
}

/// Stores a plugin as `name`, and gives the digest of its manifest.
///
/// # Errors
/// [`ArtifactError`]. Blobs that were stored before a failure stay; registries remove what no manifest names.
pub fn push(
    name: &Reference,
    account: Option<&Account>,
    insecure: bool,
    parcel: &Parcel<'_>,
    stop: &dyn Stop,
) -> Result<String, ArtifactError> {
    let access = access(account, insecure, Bounds::of(0).time);
    let mut client = Client::new(name, &access, stop)?;
    let layer = client.push_blob(parcel.bytes)?;
    let (config_type, layer_type, config) = match &parcel.kind {
        Kind::Component { imports, exports } => {
            let config = Config {
                architecture: "wasm",
                os: "wasip2",
                layer_digests: [&layer],
                component: Interfaces { exports, imports },
            };
            (WASM_CONFIG, WASM_LAYER, serde_json::to_vec(&config))
        }
        Kind::Pack => (EMPTY_CONFIG, PACK_LAYER, Ok(b"{}".to_vec())),
    };
    let unwritten = |why: serde_json::Error| ArtifactError::Other(why.to_string());
    let config = config.map_err(unwritten)?;
    let mut annotations = BTreeMap::from([(TITLE.to_owned(), parcel.title.clone())]);
    annotations.extend(
        parcel
            .signature
            .clone()
            .map(|text| (SIGNATURE.to_owned(), text)),
    );
    let manifest = Manifest {
        schema_version: 2,
        media_type: MANIFEST.to_owned(),
        artifact_type: (parcel.kind == Kind::Pack).then(|| PACK_LAYER.to_owned()),
        config: Descriptor {
            media_type: config_type.to_owned(),
            digest: client.push_blob(&config)?,
            size: config.len() as u64,
            annotations: BTreeMap::new(),
        },
        layers: vec![Descriptor {
            media_type: layer_type.to_owned(),
            digest: layer,
            size: parcel.bytes.len() as u64,
            annotations,
        }],
        annotations: BTreeMap::from([(VERSION.to_owned(), parcel.version.clone())]),
    };
    let text = serde_json::to_vec(&manifest).map_err(unwritten)?;
    Ok(client.push_manifest(MANIFEST, &text)?)
}
