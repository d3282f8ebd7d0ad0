//! Which sandbox works on this machine: found out by running a harmless program in it, once per process. It must not know
//! which policy asks.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use perfctl_core::seams::Never;

use super::{CommandSpec, Launcher, Runner};
use crate::sandbox::{Kind, Policy, Sandbox};

/// Whether one kind of sandbox works here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    /// Which.
    pub kind: Kind,
    /// What it holds, or why it does not work.
    pub works: Result<Sandbox, String>,
}

/// Tries every kind of sandbox, strongest first. `launcher` and `scratch` as for [`Runner::new`]. The answer is
/// remembered for the life of the process.
pub fn availability(launcher: &Launcher, scratch: &std::path::Path) -> Vec<Availability> {
    Kind::ALL
        .map(|kind| Availability {
            kind,
            works: works(kind, launcher, scratch),
        })
        .into()
}

/// What was tried: by launcher and kind.
static TRIED: Mutex<BTreeMap<(PathBuf, Kind), Result<Sandbox, String>>> =
    Mutex::new(BTreeMap::new());

/// Whether `kind` works, and what it holds.
pub(super) fn works(
    kind: Kind,
    launcher: &Launcher,
    scratch: &std::path::Path,
) -> Result<Sandbox, String> {
    let key = (launcher.program.clone(), kind);
    // Held while trying: of many steps that start at once, one tries.
    let mut tried = TRIED.lock().unwrap_or_else(PoisonError::into_inner);
    tried
        .entry(key)
        .or_insert_with(|| attempt(kind, launcher, scratch))
        .clone()
}

fn attempt(kind: Kind, launcher: &Launcher, scratch: &std::path::Path) -> Result<Sandbox, String> {
    let spec = CommandSpec {
        timeout: Duration::from_secs(10),
        ..CommandSpec::new(scratch, ["true"])
    };
    let runner = Runner::new(Policy::Exactly(kind), scratch, launcher.clone());
    let outcome = runner
        .run_in(Some(kind), &spec, &Never)
        .map_err(|error| error.to_string())?;
    tracing::debug!(
        kind = kind.word(),
        exit = outcome.exit_code,
        "sandbox tried"
    );
    if outcome.exit_code == Some(0) {
        return Ok(outcome.sandbox);
    }
    let said = String::from_utf8_lossy(&outcome.stderr).trim().to_owned();
    Err(format!(
        "{}: a program that does nothing failed in it: {said}",
        kind.word()
    ))
}
