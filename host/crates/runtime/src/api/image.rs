//! A reference to an image.

use perfctl_scan::doc::docker::{ImageRef, Part};

/// A reference to an image, as a rule holds it.
#[derive(Clone)]
pub struct Image {
    image: ImageRef,
}

impl Image {
    pub(super) fn new(image: &ImageRef) -> Self {
        Self {
            image: image.clone(),
        }
    }

    /// As written.
    pub fn written(&self) -> &str {
        &self.image.written
    }

    /// With variables filled in as far as they are known.
    pub fn resolved(&self) -> &str {
        &self.image.resolved
    }

    /// Its name without registry, tag and digest; `None` when a variable decides it.
    pub fn name(&self) -> Option<&str> {
        self.image.name.known()
    }

    /// The last part of its name.
    pub fn short_name(&self) -> Option<&str> {
        self.image.short_name()
    }

    /// Its registry.
    pub fn registry(&self) -> Option<&str> {
        self.image.registry.known()
    }

    /// Its tag.
    pub fn tag(&self) -> Option<&str> {
        self.image.tag.known()
    }

    /// Its digest.
    pub fn digest(&self) -> Option<&str> {
        self.image.digest.known()
    }

    /// Whether it is `scratch`.
    pub fn is_scratch(&self) -> bool {
        self.image.is_scratch()
    }

    /// Whether a variable without a value decides a part of it.
    pub fn is_unknown(&self) -> bool {
        [&self.image.name, &self.image.tag, &self.image.digest]
            .iter()
            .any(|part| matches!(part, Part::Unknown(..)))
    }
}
