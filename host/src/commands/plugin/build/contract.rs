//! The contract as files, for the tools that make components from it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use perfctl_wire::rule::{Capability, Kind, Pack};
use tempfile::TempDir;

use crate::assets;
use crate::error::CommandError;
use crate::plugins::world;
use crate::ui::Ui;

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

/// Runs a tool, whose own words are shown. `missing` says what to do where there is none.
pub(super) fn run(command: &mut Command, ui: &Ui, missing: &str) -> Result<(), CommandError> {
    let shown = command.get_program().to_string_lossy().into_owned();
    run_as(&shown, command, ui, missing)
}

/// The same for a tool that is a script: its own name says more than that of what runs it.
pub(super) fn run_as(
    tool: &str,
    command: &mut Command,
    ui: &Ui,
    missing: &str,
) -> Result<(), CommandError> {
    let shown = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null());
    // What is made is the result; a tool's chatter is none.
    command.stdout(if ui.is_quiet() {
        Stdio::null()
    } else {
        Stdio::from(std::io::stderr())
    });
    tracing::info!(?command, "building");
    let status = command.status().map_err(|error| {
        let is_missing = error.kind() == std::io::ErrorKind::NotFound;
        let error = CommandError::failure(format!("cannot run {shown}: {error}"));
        if is_missing {
            error.hint(missing)
        } else {
            error
        }
    })?;
    match status.success() {
        true => Ok(()),
        false => Err(CommandError::failure(format!("{tool} failed"))),
    }
}

/// What a tool left.
pub(super) fn made(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path)
        .map_err(|error| CommandError::failure(format!("{}: {error}", path.display())))
}
