//! `[limits]` of a rule: a rule may ask for less than the default, or for a little more.

use std::time::Duration;

use perfctl_wire::diagnose::Faults;
use perfctl_wire::table::{RawTable, Table};

use crate::lua::vm::Limits;

/// The limits that a rule's file sets; the defaults where it sets none.
///
/// # Errors
/// Every fault of the table.
pub(crate) fn read(table: Option<&RawTable>) -> Result<Limits, Faults> {
    let Some(table) = table else {
        return Ok(Limits::default());
    };
    table.read(|table: &Table<'_>| {
        let mut limits = Limits::default();
        if let Some(ms) = table
            .value("time_ms")
            .and_then(|value| value.integer(1..=5_000))
        {
            limits.time = Duration::from_millis(ms as u64);
        }
        if let Some(ms) = table
            .value("run_ms")
            .and_then(|value| value.integer(1..=600_000))
        {
            limits.run = Duration::from_millis(ms as u64);
        }
        if let Some(mib) = table
            .value("memory_mib")
            .and_then(|value| value.integer(1..=256))
        {
            limits.memory = (mib as usize) << 20;
        }
        Some(limits)
    })
}
