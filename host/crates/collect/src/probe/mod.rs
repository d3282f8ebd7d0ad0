//! Measurements that need no program: an image archive on disk, an image in a registry.

pub(crate) mod image_archive;
pub(crate) mod image_registry;
