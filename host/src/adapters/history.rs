//! The history of findings for a run: opened when the run has something to enter, and not before.

use std::path::PathBuf;

use perfctl_core::history::Known;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::Chronicle;
use perfctl_store::Store;

use crate::settings::state_dir;

/// The history in the user's state directory.
pub(crate) struct Ledger(PathBuf);

impl Ledger {
    /// Where it is, or would be; `None` on a machine that has no place for it.
    pub(crate) fn of_the_user() -> Option<Self> {
        Some(Self(state_dir()?.join("history.db")))
    }
}

impl Chronicle for Ledger {
    fn enter(
        &self,
        record: &RunRecord,
        advance: &dyn Fn(Vec<Known>) -> Vec<Known>,
    ) -> Result<Vec<Known>, String> {
        let store = Store::open(&self.0).map_err(|error| error.to_string())?;
        store.enter(record, advance)
    }
}
