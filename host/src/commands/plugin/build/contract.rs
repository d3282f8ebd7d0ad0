//! The contract as files, for the tools that make components from it.

use std::path::{Path, PathBuf};

use perfctl_wire::rule::{Capability, Kind, Pack};
use tempfile::TempDir;

use crate::assets;
use crate::error::CommandError;
use crate::plugins::world;

/// The contract in a folder of its own, and a place for what is made.
pub(super) struct Contract {
    dir: TempDir,
    world: &'static str,
}

impl Contract {
    /// The contract for a pack with this head.
    pub(super) fn write(pack: &Pack) -> Result<Self, CommandError> {
        let dir = TempDir::new().map_err(CommandError::failure)?;
        let wit = dir.path().join("wit");
        std::fs::create_dir(&wit).map_err(CommandError::failure)?;
        for (path, text) in assets::wit() {
            std::fs::write(wit.join(path), text).map_err(CommandError::failure)?;
        }
        // Tools for interpreted languages import every interface of a world, used or not.
        let world = match (pack.kind(), pack.capabilities.contains(&Capability::Files)) {
            (Kind::Rules, false) => "rule-pack-without-files",
            (kind, _) => world(kind).name(),
        };
        Ok(Self { dir, world })
    }

    /// The folder of its WIT.
    pub(super) fn wit(&self) -> PathBuf {
        self.dir.path().join("wit")
    }

    /// The world of the pack.
    pub(super) fn world(&self) -> &'static str {
        self.world
    }

    /// A file beside it that is gone when it is.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

/// What a tool left.
pub(super) fn made(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path)
        .map_err(|error| CommandError::failure(format!("{}: {error}", path.display())))
}
