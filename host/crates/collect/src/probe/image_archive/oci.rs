//! OCI layout: `index.json` names manifests, manifests name layers, everything lies under `blobs/` by digest.

use std::collections::BTreeMap;

use super::Wish;
use super::contents::{ArchiveError, Contents};
use crate::image::manifest::{self, Config, Descriptor, Document, Manifest};
use crate::image::{Image, engine, platform};

/// How deep indexes may name indexes. Two levels occur.
const DEEPEST: usize = 4;

/// The images that `index.json` names and the wish covers.
pub(super) fn images(
    contents: &dyn Contents,
    index: &[u8],
    wish: &Wish<'_>,
) -> Result<Vec<Image>, ArchiveError> {
    let manifests = match manifest::read(index) {
        Ok(Document::Index(manifests)) => manifests,
        Ok(_) => {
            return Err(ArchiveError::Damaged(
                "`index.json` is not an index".to_owned(),
            ));
        }
        Err(why) => return Err(ArchiveError::Damaged(format!("`index.json`: {why}"))),
    };
    let mut named: BTreeMap<String, Vec<Descriptor>> = BTreeMap::new();
    for found in manifests.into_iter().filter(Descriptor::is_image) {
        named.entry(name(&found)).or_default().push(found);
    }
    let there: Vec<String> = named
        .keys()
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    if let Some(wanted) = wish.image {
        // A layout often knows the tag alone.
        let tag = wanted
            .rsplit('/')
            .next()
            .and_then(|last| last.split_once(':'))
            .map(|(_, tag)| tag);
        named.retain(|name, _| {
            name == wanted
                || tag == Some(name.as_str())
                || engine::is_wanted(std::slice::from_ref(name), "", wanted)
        });
    }
    if named.is_empty() {
        return Err(ArchiveError::no_image(wish.image, &there));
    }
    named
        .iter()
        .map(|(name, manifests)| image(contents, name, manifests, wish))
        .collect()
}

/// The name that containerd or the tool that wrote the layout gave, as people write it.
fn name(descriptor: &Descriptor) -> String {
    let keys = [
        "io.containerd.image.name",
        "org.opencontainers.image.ref.name",
    ];
    let name = keys
        .iter()
        .find_map(|key| descriptor.annotation(key))
        .unwrap_or_default();
    engine::familiar(name).to_owned()
}

fn image(
    contents: &dyn Contents,
    name: &str,
    manifests: &[Descriptor],
    wish: &Wish<'_>,
) -> Result<Image, ArchiveError> {
    let (digest, manifest) = resolve(contents, manifests.to_vec(), wish)?;
    let config: Option<Config> = match blob(contents, &manifest.config.digest)? {
        Some(bytes) => serde_json::from_slice(&bytes).ok(),
        None => None,
    };
    let wrong = config
        .as_ref()
        .and_then(|config| config.refusal(wish.platform.as_ref()));
    if let Some(why) = wrong {
        return Err(ArchiveError::Absent(why));
    }
    let unpacked = manifest
        .layers
        .iter()
        .map(|layer| unpacked(contents, layer))
        .collect::<Result<Vec<_>, _>>()?;
    let name = match (wish.image, name) {
        (Some(wanted), _) => wanted.to_owned(),
        (None, "") => engine::short(&digest),
        (None, name) => name.to_owned(),
    };
    Ok(manifest::image(
        &name,
        &manifest,
        config.as_ref(),
        &unpacked,
    ))
}

/// Follows indexes down to one manifest, with its digest.
fn resolve(
    contents: &dyn Contents,
    mut manifests: Vec<Descriptor>,
    wish: &Wish<'_>,
) -> Result<(String, Manifest), ArchiveError> {
    for _ in 0..DEEPEST {
        let chosen = platform::choose(&manifests, wish.platform.as_ref())
            .map_err(ArchiveError::Absent)?
            .clone();
        let bytes = blob(contents, &chosen.digest)?.ok_or_else(|| {
            ArchiveError::Truncated(format!("before the manifest {}", chosen.digest))
        })?;
        match manifest::read(&bytes) {
            Ok(Document::Image(manifest)) => return Ok((chosen.digest, manifest)),
            Ok(Document::Index(further)) => manifests = further,
            Ok(Document::Schema1) => {
                return Err(ArchiveError::Damaged(
                    "a manifest of schema 1 has no place here".to_owned(),
                ));
            }
            Err(why) => {
                return Err(ArchiveError::Damaged(format!(
                    "manifest {}: {why}",
                    chosen.digest
                )));
            }
        }
    }
    Err(ArchiveError::Damaged(format!(
        "its indexes name indexes more than {DEEPEST} levels deep"
    )))
}

/// A small blob, checked against its digest.
fn blob(contents: &dyn Contents, digest: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
    let Some(bytes) = contents.text(&place(digest)?)? else {
        return Ok(None);
    };
    if !perfctl_registry::is_digest_of(digest, &bytes) {
        return Err(ArchiveError::Damaged(format!(
            "the blob {digest} has other contents than its digest says"
        )));
    }
    Ok(Some(bytes))
}

fn place(digest: &str) -> Result<String, ArchiveError> {
    match digest.split_once(':') {
        Some((algorithm, hash)) if perfctl_registry::is_digest(digest) => {
            Ok(format!("blobs/{algorithm}/{hash}"))
        }
        _ => Err(ArchiveError::Damaged(format!("`{digest}` is no digest"))),
    }
}

fn unpacked(contents: &dyn Contents, layer: &Descriptor) -> Result<Option<u64>, ArchiveError> {
    let Some(weight) = contents.weigh(&place(&layer.digest)?)? else {
        return Ok(None);
    };
    if weight.stored != layer.size {
        return Err(ArchiveError::Damaged(format!(
            "the layer {} has {} bytes where its manifest says {}",
            layer.digest, weight.stored, layer.size
        )));
    }
    Ok(weight.unpacked)
}
