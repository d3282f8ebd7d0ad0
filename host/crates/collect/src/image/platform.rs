//! Platforms: what an image is for, and which image of an index is meant.

use std::fmt;

use serde::Deserialize;

use super::manifest::Descriptor;

/// Operating system and processor that an image is for.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub(crate) struct Platform {
    #[serde(default)]
    os: String,
    #[serde(default)]
    architecture: String,
    #[serde(default)]
    variant: String,
}

impl Platform {
    /// Reads `linux/arm64` or `linux/arm64/v8`.
    pub(crate) fn read(text: &str) -> Option<Platform> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts[..] {
            [os, architecture] | [os, architecture, ""]
                if !os.is_empty() && !architecture.is_empty() =>
            {
                Some(Platform {
                    os: os.to_owned(),
                    architecture: architecture.to_owned(),
                    variant: String::new(),
                })
            }
            [os, architecture, variant] if !os.is_empty() && !architecture.is_empty() => {
                Some(Platform {
                    os: os.to_owned(),
                    architecture: architecture.to_owned(),
                    variant: variant.to_owned(),
                })
            }
            _ => None,
        }
    }

    /// What an audit asks for unless told otherwise: what nearly every service ships.
    pub(crate) fn usual() -> Platform {
        Platform {
            os: "linux".to_owned(),
            architecture: "amd64".to_owned(),
            variant: String::new(),
        }
    }

    /// Whether an image for `offered` serves a wish for `self`. Without a variant in the wish, any will do.
    pub(crate) fn takes(&self, offered: &Platform) -> bool {
        let variant =
            |platform: &Platform| match (platform.architecture.as_str(), platform.variant.as_str())
            {
                ("arm64", "") => "v8".to_owned(),
                (_, variant) => variant.to_owned(),
            };
        self.os == offered.os
            && self.architecture == offered.architecture
            && (self.variant.is_empty() || variant(self) == variant(offered))
    }

    /// Whether anything is known; builders file attestations under `unknown/unknown`.
    pub(crate) fn is_known(&self) -> bool {
        !self.os.is_empty() && self.os != "unknown"
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_known(), self.variant.as_str()) {
            (false, _) => Ok(()),
            (true, "") => write!(f, "{}/{}", self.os, self.architecture),
            (true, variant) => write!(f, "{}/{}/{variant}", self.os, self.architecture),
        }
    }
}

/// The manifest of an index for a platform. `Err` lists the platforms that are there. Without a wish the usual platform is
/// taken, or the only one.
pub(crate) fn choose<'a>(
    manifests: &'a [Descriptor],
    wish: Option<&Platform>,
) -> Result<&'a Descriptor, String> {
    let images: Vec<&Descriptor> = manifests.iter().filter(|one| one.is_image()).collect();
    let usual = Platform::usual();
    let wanted = wish.unwrap_or(&usual);
    let offered = |one: &&&Descriptor| {
        one.platform
            .as_ref()
            .is_some_and(|platform| wanted.takes(platform))
    };
    match (images.iter().find(offered), &images[..], wish) {
        (Some(found), _, _) => Ok(found),
        (None, [only], None) => Ok(only),
        (None, [only], Some(_)) if only.platform.is_none() => Ok(only),
        (None, _, _) => {
            let names: Vec<String> = images
                .iter()
                .filter_map(|one| one.platform.as_ref())
                .map(Platform::to_string)
                .collect();
            Err(format!(
                "no image for {wanted}; there is {}",
                if names.is_empty() {
                    "none".to_owned()
                } else {
                    names.join(", ")
                }
            ))
        }
    }
}

/// Which platform was taken, where there was a choice; a sentence.
pub(crate) fn remark(manifests: &[Descriptor], chosen: &Descriptor) -> Option<String> {
    let images: Vec<String> = manifests
        .iter()
        .filter(|one| one.is_image())
        .filter_map(|one| one.platform.as_ref())
        .map(Platform::to_string)
        .collect();
    let taken = chosen.platform.as_ref()?;
    (images.len() > 1).then(|| {
        format!(
            "the image for {taken} was measured, of {}: `platform` chooses another",
            images.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::bytes;
    use crate::image::manifest::{Document, read};

    fn index(name: &str) -> Vec<Descriptor> {
        match read(&bytes(name)) {
            Ok(Document::Index(manifests)) => manifests,
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn both_kinds_of_index_offer_their_platforms() {
        for name in [
            "docker/registry-index-oci.json.stdout.txt",
            "docker/registry-list-docker.json.stdout.txt",
        ] {
            let manifests = index(name);
            let amd64 = choose(&manifests, None).expect("linux/amd64");
            assert_eq!(amd64.platform, Some(Platform::usual()), "{name}");
            for wish in ["linux/arm64", "linux/arm64/v8"] {
                let arm64 = choose(&manifests, Platform::read(wish).as_ref()).expect("linux/arm64");
                assert_eq!(
                    arm64.platform.as_ref().map(Platform::to_string).as_deref(),
                    Some("linux/arm64/v8"),
                    "{name}"
                );
            }
            let none =
                choose(&manifests, Platform::read("windows/amd64").as_ref()).expect_err("absent");
            assert_eq!(
                none, "no image for windows/amd64; there is linux/amd64, linux/arm64/v8",
                "{name}"
            );
        }
    }

    #[test]
    fn an_attestation_is_never_chosen() {
        let text = r#"{"schemaVersion":2,"manifests":[
            {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:aa","size":1,"platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest"}},
            {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:bb","size":1,"platform":{"os":"linux","architecture":"s390x"}}]}"#;
        let Ok(Document::Index(manifests)) = read(text.as_bytes()) else {
            panic!("an index")
        };
        assert_eq!(
            choose(&manifests, None).expect("the only image").digest,
            "sha256:bb"
        );
        assert!(choose(&manifests, Platform::read("linux/amd64").as_ref()).is_err());
    }

    #[test]
    fn platforms_are_read_and_refused() {
        assert_eq!(
            Platform::read("linux/arm/v7")
                .map(|found| found.to_string())
                .as_deref(),
            Some("linux/arm/v7")
        );
        for wrong in ["", "linux", "linux/", "/amd64", "a/b/c/d"] {
            assert_eq!(Platform::read(wrong), None, "{wrong}");
        }
        assert!(
            !Platform::read("linux/arm/v6")
                .expect("read")
                .takes(&Platform::read("linux/arm/v7").expect("read"))
        );
    }
}
