//! Docker's archive: `manifest.json` lists images, each with a configuration and the files of its layers.

use serde::Deserialize;

use super::Wish;
use super::contents::{ArchiveError, Contents};
use crate::image::manifest::Config;
use crate::image::{Image, Layer, engine};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// The images that `manifest.json` lists and the wish covers.
pub(super) fn images(
    contents: &dyn Contents,
    manifest: &[u8],
    wish: &Wish<'_>,
) -> Result<Vec<Image>, ArchiveError> {
    let mut listed: Vec<Listed> = serde_json::from_slice(manifest)
        .map_err(|why| ArchiveError::Damaged(format!("`manifest.json`: {why}")))?;
    let there: Vec<String> = listed
        .iter()
        .flat_map(|one| one.repo_tags.clone().unwrap_or_default())
        .collect();
    if let Some(wanted) = wish.image {
        let covers = |one: &Listed| {
            engine::is_wanted(
                one.repo_tags.as_deref().unwrap_or_default(),
                one.config.trim_end_matches(".json"),
                wanted,
            )
        };
        listed.retain(covers);
    }
    if listed.is_empty() {
        return Err(ArchiveError::no_image(wish.image, &there));
    }
    listed
        .iter()
        .map(|one| image(contents, one, wish))
        .collect()
}

fn image(contents: &dyn Contents, listed: &Listed, wish: &Wish<'_>) -> Result<Image, ArchiveError> {
    let bytes = contents.text(&listed.config)?.ok_or_else(|| {
        ArchiveError::Truncated(format!("before the configuration `{}`", listed.config))
    })?;
    let config: Config = serde_json::from_slice(&bytes).map_err(|why| {
        ArchiveError::Damaged(format!("the configuration `{}`: {why}", listed.config))
    })?;
    if let Some(why) = config.refusal(wish.platform.as_ref()) {
        return Err(ArchiveError::Absent(why));
    }
    let name = match (wish.image, listed.repo_tags.as_deref()) {
        (Some(wanted), _) => wanted.to_owned(),
        (None, Some([first, ..])) => first.clone(),
        (None, _) => engine::short(listed.config.rsplit('/').next().unwrap_or_default()),
    };
    let layers = listed
        .layers
        .iter()
        .map(|layer| weigh(contents, layer))
        .collect::<Result<Vec<_>, _>>()?;
    let mut image = Image {
        name,
        layers,
        ..Image::default()
    };
    config.explain(&mut image);
    Ok(image)
}

fn weigh(contents: &dyn Contents, file: &str) -> Result<Layer, ArchiveError> {
    let weight = contents.weigh(file)?.ok_or_else(|| {
        ArchiveError::Truncated(format!(
            "before the layer `{file}`, which its manifest lists"
        ))
    })?;
    // A layer that is stored as it unpacks says nothing about what a pull would transfer.
    let compressed = (weight.unpacked != Some(weight.stored)).then_some(weight.stored);
    Ok(Layer {
        digest: file
            .trim_end_matches("/layer.tar")
            .trim_end_matches(".tar")
            .to_owned(),
        compressed,
        uncompressed: weight.unpacked,
        created_by: String::new(),
    })
}
