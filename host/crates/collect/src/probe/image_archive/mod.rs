//! An image archive on disk: `docker save`, `podman save`, an OCI archive, an OCI layout folder or a saved archive unpacked.
//!
//! Metrics as in [`crate::image`], label `image`. An archive of `docker save` holds its layers unpacked, so only
//! `image.size` is known; an OCI archive holds them compressed, so both are. The file may be gzipped as a whole. Layers
//! are read through once and never unpacked to disk. Layers in zstd, or absent from a sparse layout, have no unpacked
//! size; then `image.size` is absent rather than too small.

mod contents;
mod docker;
mod folder;
mod oci;
mod tarball;
#[cfg(test)]
mod tests;

use std::path::Path;

use perfctl_core::seams::{CollectError, Collected, Demand, Probe, Stop};

use self::contents::{ArchiveError, Contents};
use crate::ending;
use crate::image::platform::Platform;
use crate::image::{self, Image};
use crate::option::{self, Options};

/// The probe.
pub(crate) struct ImageArchive;

/// What is asked of an archive.
pub(super) struct Wish<'a> {
    /// Name and tag of the image, where the archive has several.
    image: Option<&'a str>,
    /// Platform of the image, where it has several.
    platform: Option<Platform>,
}

impl Probe for ImageArchive {
    fn name(&self) -> &'static str {
        "image-archive"
    }

    fn options(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "image",
                "name and tag of the image, where the archive holds several; without it all count",
            ),
            (
                "path",
                "archive (`.tar`, `.tar.gz`) or folder (OCI layout); required",
            ),
            (
                "platform",
                "`os/architecture[/variant]`; without it linux/amd64, or the only one there is",
            ),
        ]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![("path", Demand::Given)]
    }

    fn metrics(&self) -> &'static [&'static str] {
        &[
            "image.compressed",
            "image.layer",
            "image.layer.compressed",
            "image.layers",
            "image.size",
        ]
    }

    fn probe(&self, options: &Options, stop: &dyn Stop) -> Result<Collected, CollectError> {
        let path = Path::new(option::required(options, "path")?);
        let wish = Wish {
            image: option::text(options, "image"),
            platform: wished_platform(options)?,
        };
        let name = path.display();
        match measure(path, &wish, stop) {
            Ok(images) => Ok(report(&images)),
            Err(ArchiveError::NotThere) => Ok(ending::nothing(format!(
                "there is no file or folder `{name}`: save the image first (`docker save -o FILE TAG`, `podman save -o \
                 FILE TAG`)"
            ))),
            Err(ArchiveError::Absent(why)) => Ok(ending::nothing(format!("`{name}`: {why}"))),
            Err(why) => Err(option::error(format!("`{name}` {why}"))),
        }
    }
}

/// Option `platform`, shared with the registry probe.
pub(crate) fn wished_platform(options: &Options) -> Result<Option<Platform>, CollectError> {
    option::text(options, "platform")
        .map(|text| {
            Platform::read(text).ok_or_else(|| {
                option::error(format!(
                    "option `platform` is `{text}`: give one such as `linux/arm64`"
                ))
            })
        })
        .transpose()
}

fn measure(path: &Path, wish: &Wish<'_>, stop: &dyn Stop) -> Result<Vec<Image>, ArchiveError> {
    let about = std::fs::metadata(path).map_err(|why| match why.kind() {
        std::io::ErrorKind::NotFound => ArchiveError::NotThere,
        _ => ArchiveError::Unreadable(why.to_string()),
    })?;
    if about.is_dir() {
        images(&folder::Folder::new(path, stop), wish)
    } else if about.is_file() {
        images(&tarball::read(path, stop)?, wish)
    } else {
        Err(ArchiveError::Unreadable(
            "it is neither a file nor a folder".to_owned(),
        ))
    }
}

/// Images of either kind of archive. Newer dockers write both indexes into one archive; the OCI one says more.
fn images(contents: &dyn Contents, wish: &Wish<'_>) -> Result<Vec<Image>, ArchiveError> {
    if let Some(index) = contents.text("index.json")? {
        oci::images(contents, &index, wish)
    } else if let Some(manifest) = contents.text("manifest.json")? {
        docker::images(contents, &manifest, wish)
    } else {
        Err(ArchiveError::Foreign)
    }
}

fn report(images: &[Image]) -> Collected {
    let mut collected = Collected {
        artifacts: vec![image::artifact(images)],
        ..Collected::default()
    };
    for image in images {
        collected.metrics.extend(image.metrics());
        collected.notes.extend(image.notes());
        let unknown = image
            .layers
            .iter()
            .filter(|layer| layer.uncompressed.is_none())
            .count();
        if unknown > 0 {
            collected.notes.push(format!(
                "the unpacked size of {unknown} of {} layers of `{}` is not known: they are absent from the archive, or \
                 packed in another way than gzip",
                image.layers.len(),
                image.name
            ));
        }
    }
    collected
}
