//! The history of findings for a run: opened when the run has something to enter, and not before.

use std::path::PathBuf;

use perfctl_core::history::Known;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::Chronicle;
use perfctl_store::Store;

/// The history in the user's state directory.
pub(crate) struct Ledger(PathBuf);

impl Ledger {
    /// Where it is, or would be; `None` on a machine that has no place for it.
    pub(crate) fn of_the_user() -> Option<Self> {
        let state = std::env::var_os("XDG_STATE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
        let dir = state.or_else(home).filter(|dir| dir.is_absolute())?;
        Some(Self(dir.join("perfctl/history.db")))
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
