//! An image in a registry: what a pull transfers, without pulling.
//!
//! Metrics as in [`crate::image`], label `image`: `image.compressed` (bytes, the sum of the layers that are sent),
//! `image.layers` and `image.layer.compressed`. What the layers unpack to is not in a registry.
//!
//! A manifest is asked for with all four media types: without them a registry answers 404 for OCI images and the old
//! schema 1 for docker's. Of an index the wanted platform is taken. A registry that asks for a token gets one from the
//! address that it names, anonymously or with the account in the options; plain HTTP is spoken to this machine only,
//! unless `insecure` says otherwise.
//!
//! An image that is not there or not for us is inconclusive; a registry that is down or talks nonsense is an error, which
//! a retry may mend.

#[cfg(test)]
mod fake;
#[cfg(test)]
mod real;
#[cfg(test)]
mod tests;

use std::time::Duration;

use perfctl_core::seams::{CollectError, Collected, Demand, Probe, Stop};

use perfctl_registry::{
    Access, Account, Client, MOST_OF_A_MANIFEST, Reference, RegistryError, Secret, is_digest,
};

use super::image_archive;
use crate::ending;
use crate::image::manifest::{self, Config, Document};
use crate::image::platform::{self, Platform};
use crate::image::{self, Image};
use crate::option::{self, Options};

/// How deep indexes may name indexes.
const DEEPEST: usize = 3;

/// Host and repository of an image.
pub(crate) fn place(image: &str) -> Option<(String, String)> {
    let reference = Reference::read(image).ok()?;
    Some((reference.host, reference.repository))
}

/// Why an image was not measured. The texts continue a sentence that begins with the image's name.
#[derive(Debug, thiserror::Error)]
enum Unmeasured {
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The registry holds the image in a form without sizes.
    #[error(
        "has a manifest of docker's schema 1, which has no sizes: push it again with a newer client"
    )]
    Schema1,
    /// The image is not there for the platform.
    #[error("has {0}")]
    Platform(String),
}

/// The probe.
pub(crate) struct ImageRegistry;

impl Probe for ImageRegistry {
    fn name(&self) -> &'static str {
        "image-registry"
    }

    fn options(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("image", "`[host[:port]/]name[:tag][@digest]`; required"),
            (
                "insecure",
                "`true` to speak plain HTTP to a registry on another machine",
            ),
            (
                "password",
                "password or access token, with `username`; the caller fills it in from the user's settings",
            ),
            (
                "platform",
                "`os/architecture[/variant]`; without it linux/amd64, or the only one there is",
            ),
            (
                "timeout",
                "seconds for one request (30), and six times as many for all",
            ),
            ("username", "account that may pull the image"),
        ]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![
            ("image", Demand::Given),
            ("insecure", Demand::Flag),
            ("timeout", Demand::Count),
        ]
    }

    fn metrics(&self) -> &'static [&'static str] {
        &["image.compressed", "image.layer.compressed", "image.layers"]
    }

    fn probe(&self, options: &Options, stop: &dyn Stop) -> Result<Collected, CollectError> {
        let name = option::required(options, "image")?;
        let reference = Reference::read(name).map_err(|why| {
            option::error(format!("option `image` is not the name of an image: {why}"))
        })?;
        let wish = image_archive::wished_platform(options)?;
        match measure(name, &reference, &access(options)?, wish.as_ref(), stop) {
            Ok((image, notes)) => Ok(Collected {
                metrics: image.metrics(),
                notes: [image.notes(), notes].concat(),
                artifacts: vec![image::artifact(&[image])],
                inconclusive: None,
            }),
            Err(
                why @ (Unmeasured::Registry(
                    RegistryError::Unknown(_) | RegistryError::Unauthorised { .. },
                )
                | Unmeasured::Schema1
                | Unmeasured::Platform(_)),
            ) => Ok(ending::nothing(format!("`{name}` {why}"))),
            Err(why @ Unmeasured::Registry(RegistryError::Clear)) => Err(option::error(format!(
                "`{name}` {why}; where it may be asked in the clear, set `insecure` to `true`"
            ))),
            Err(why) => Err(option::error(format!("`{name}` {why}"))),
        }
    }
}

/// How many requests the time of all together is reckoned for.
const MOST_REQUESTS: u32 = 6;

fn access(options: &Options) -> Result<Access, CollectError> {
    let account = match (
        option::text(options, "username"),
        option::text(options, "password"),
    ) {
        (Some(username), Some(password)) => Some(Account {
            username: username.to_owned(),
            password: Secret::new(password),
        }),
        (None, None) => None,
        _ => {
            return Err(option::error(
                "options `username` and `password` need each other",
            ));
        }
    };
    let seconds = option::count(options, "timeout", 30)?.clamp(1, 3600);
    let timeout = Duration::from_secs(seconds as u64);
    Ok(Access {
        account,
        insecure: option::flag(options, "insecure")?.unwrap_or(false),
        timeout,
        // An index, a manifest and a configuration, each with a token before it.
        whole: timeout * MOST_REQUESTS,
    })
}

fn measure(
    name: &str,
    reference: &Reference,
    access: &Access,
    wish: Option<&Platform>,
    stop: &dyn Stop,
) -> Result<(Image, Vec<String>), Unmeasured> {
    let mut client = Client::new(reference, access, stop)?;
    let mut version = reference.version.clone();
    let mut remarks = Vec::new();
    for _ in 0..=DEEPEST {
        let document = manifest::read(&client.manifest(&version, manifest::ACCEPT)?)
            .map_err(RegistryError::Malformed)?;
        match document {
            Document::Schema1 => return Err(Unmeasured::Schema1),
            Document::Index(manifests) => {
                let chosen = platform::choose(&manifests, wish).map_err(Unmeasured::Platform)?;
                version.clone_from(&chosen.digest);
                remarks.extend(platform::remark(&manifests, chosen));
                if !is_digest(&version) {
                    let why = format!("`{version}` is no digest");
                    return Err(RegistryError::Malformed(why).into());
                }
            }
            Document::Image(found) => {
                let (config, unexplained) = config(&mut client, &found.config.digest)?;
                if let Some(why) = config.as_ref().and_then(|config| config.refusal(wish)) {
                    return Err(Unmeasured::Platform(why));
                }
                remarks.extend(unexplained);
                return Ok((manifest::image(name, &found, config.as_ref(), &[]), remarks));
            }
        }
    }
    let why = format!("its indexes name indexes more than {DEEPEST} levels deep");
    Err(RegistryError::Malformed(why).into())
}

/// The configuration, which explains the layers but does not change their sizes: its absence is a remark.
fn config(
    client: &mut Client<'_>,
    digest: &str,
) -> Result<(Option<Config>, Vec<String>), RegistryError> {
    if !is_digest(digest) {
        return Err(RegistryError::Malformed(format!("`{digest}` is no digest")));
    }
    let found = client.blob(digest, MOST_OF_A_MANIFEST).and_then(|bytes| {
        serde_json::from_slice(&bytes)
            .map_err(|why| RegistryError::Malformed(format!("the configuration: {why}")))
    });
    match found {
        Ok(config) => Ok((Some(config), Vec::new())),
        Err(RegistryError::Stopped) => Err(RegistryError::Stopped),
        Err(why) => Ok((
            None,
            vec![format!(
                "the image's configuration {why}; its layers have no build instructions"
            )],
        )),
    }
}
